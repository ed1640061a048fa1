//! Hands tantivy terms that are made already.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Stands between two terms. No term has this character.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// Splits a text into the terms between separators. An empty term makes a gap that no phrase spans.
#[derive(Clone, Default)]
pub(crate) struct Pieces;

pub(crate) struct PieceStream<'a> {
    rest: Option<&'a str>,
    token: Token,
}

impl Tokenizer for Pieces {
    type TokenStream<'a> = PieceStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PieceStream<'a> {
        PieceStream { rest: Some(text), token: Token::default() }
    }
}

impl TokenStream for PieceStream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(rest) = self.rest {
            let (piece, behind) = match rest.split_once(SEPARATOR) {
                Some((piece, behind)) => (piece, Some(behind)),
                None => (rest, None),
            };
            self.rest = behind;
            self.token.position = self.token.position.wrapping_add(1);
            if !piece.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(piece);
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
