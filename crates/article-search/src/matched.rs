//! Which words of a text a query matched.

use std::collections::HashSet;
use std::ops::Range;

use std::sync::Arc;

use crate::stem::{Stems, marked};
use crate::tokens::{Token, TokenKind, tokens};

/// The terms by which articles were found.
#[derive(Clone)]
pub struct Matched {
    terms: HashSet<String>,
    stems: Arc<Stems>,
}

impl Matched {
    pub(crate) fn new(stems: Arc<Stems>) -> Self {
        Self { terms: HashSet::new(), stems }
    }

    pub(crate) fn add(&mut self, term: &str) {
        if !self.terms.contains(term) {
            self.terms.insert(term.to_owned());
        }
    }

    /// The places of the words in a text that matched, in bytes: ascending, none empty, none touching the next one.
    #[must_use]
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let is_match = |term: &str| {
            self.terms.contains(term)
                || self.stems.of(term).is_some_and(|stem| self.terms.contains(&marked(&stem)))
        };
        let (joined, words): (Vec<Token>, Vec<Token>) = tokens(text)
            .into_iter()
            .filter(|token| is_match(&token.term))
            .partition(|token| token.kind == TokenKind::Joined);
        let mut places: Vec<Range<usize>> = words.into_iter().map(|token| token.place).collect();
        // A compound is marked whole only where none of its parts matched.
        let compounds: Vec<Range<usize>> = joined
            .into_iter()
            .map(|token| token.place)
            .filter(|whole| !places.iter().any(|part| whole.start <= part.start && part.end <= whole.end))
            .collect();
        places.extend(compounds);
        places.sort_unstable_by_key(|place| place.start);
        let mut spans: Vec<Range<usize>> = Vec::with_capacity(places.len());
        for place in places {
            match spans.last_mut() {
                Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
                _ => spans.push(place),
            }
        }
        spans
    }
}
