//! The words of one document that say most about it.

use std::collections::HashMap;

use crate::indexer::{Document, Zones};
use crate::stem::is_stop_word;
use crate::tokens::{Token, TokenKind, tokens};

/// The words of a document by which others are like it. Further words say less, and are not looked for.
pub const LIKE_WORDS_MAX: usize = 16;

/// The words of the excerpt that are read. The beginning of a text says what the text is about.
const EXCERPT_WORDS_MAX: usize = 120;

/// The different words of a document, without stop words and without the provider, each with the places where it stands.
pub(crate) fn words(document: &Document<'_>) -> Vec<(String, Zones)> {
    let mut words: HashMap<String, Zones> = HashMap::new();
    let mut note = |text: &str, words_max: usize, note: fn(&mut Zones)| {
        let said = tokens(text).into_iter().filter(says_something);
        said.take(words_max).for_each(|token| note(words.entry(token.term).or_default()));
    };
    note(document.title, usize::MAX, |zones| zones.title = true);
    for topic in document.topics {
        note(topic, usize::MAX, |zones| zones.about = true);
    }
    note(document.excerpt, EXCERPT_WORDS_MAX, Zones::add_excerpt);
    let mut words: Vec<(String, Zones)> = words.into_iter().collect();
    words.sort_by(|(one, _), (other, _)| one.cmp(other));
    words
}

fn says_something(token: &Token) -> bool {
    token.kind == TokenKind::Word && !is_stop_word(&token.term)
}
