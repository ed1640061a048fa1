//! English stems. A stem stands in the index beside the word, with a mark, so prefixes and typing errors are looked for in
//! words as they are written.

use frostem::{Algorithm, Stemmer};

/// Begins every stem in the index. No word begins with this character.
pub(crate) const STEM_MARK: char = '\u{1}';

/// Reduces English words to their stems.
pub(crate) struct Stems(Stemmer);

impl Stems {
    pub(crate) fn new() -> Self {
        Self(Stemmer::new(Algorithm::English))
    }

    /// The stem of a folded word, without its mark; `None` where the word is its own stem or not of English letters.
    pub(crate) fn of(&self, term: &str) -> Option<String> {
        if term.len() < 3 || !term.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let stem = self.0.stem(term);
        (stem != term).then(|| stem.into_owned())
    }
}

/// A stem as it stands in the index.
pub(crate) fn marked(stem: &str) -> String {
    format!("{STEM_MARK}{stem}")
}

/// Words that most English texts have. An article need not have them.
pub(crate) fn is_stop_word(term: &str) -> bool {
    matches!(
        term,
        "a" | "an"
            | "and"
            | "are"
            | "as"
            | "at"
            | "be"
            | "by"
            | "do"
            | "does"
            | "for"
            | "from"
            | "how"
            | "i"
            | "in"
            | "is"
            | "it"
            | "its"
            | "of"
            | "on"
            | "or"
            | "that"
            | "the"
            | "this"
            | "to"
            | "was"
            | "what"
            | "when"
            | "where"
            | "which"
            | "who"
            | "why"
            | "with"
            | "you"
            | "your"
    )
}
