//! What two titles are compared by where they are not equal: their words, each by its stem or by the word that means the same.

use article_format::stable_hash64;
use smallvec::SmallVec;

use super::terms::{CURRENCIES, Kind, NUMBERS, Term, stem, term};
use super::tokens::{spelled, spelled_title, tokens};

/// A title of more words is too long to be nearly equal to another.
const WORDS_MAX: usize = 32;

/// A title of more bytes is too long as well.
const TITLE_BYTES_MAX: usize = 1000;

/// Most titles have no more words, and their words need no memory of their own.
const WORDS_INLINE: usize = 12;

/// So much of an excerpt can support a title, in bytes and in words: its first sentences.
const EXCERPT_BYTES_MAX: usize = 400;
const EXCERPT_WORDS_MAX: usize = 60;

/// One word of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// The hash of the word's meaning.
    pub(super) meaning: u64,
    pub(super) kind: Kind,
    pub(super) is_directed: bool,
}

/// The words of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headline {
    /// Each once. First come those that count, in the title's order. Currencies and "may" do not count: "$5 billion" and
    /// "5 billion dollars" say the same.
    all: SmallVec<[Word; WORDS_INLINE]>,
    counted: usize,
    /// The numbers and versions, in whatever order they stand, as a hash; 0 without any.
    pub(super) numbers: u64,
    /// Flags, signs that compare, and whether the title asks a question, as a hash.
    pub(super) signs: u64,
}

impl Headline {
    /// The words of a title, given with its identity; `None` where it has so many that only an equal title is the same.
    pub(super) fn of(title: &str, identity: &str) -> Option<Self> {
        if title.len() > TITLE_BYTES_MAX {
            return None;
        }
        let spelled = spelled_title(title, identity);
        let (tokens, mut signs) = tokens(&spelled);
        if title.contains(['?', '？', '؟']) {
            signs.push('?');
        }
        let mut all: SmallVec<[Word; WORDS_INLINE]> = SmallVec::new();
        let mut counted = 0;
        for token in &tokens {
            let word = word(token);
            let is_known = all.iter().any(|known| known.meaning == word.meaning);
            if word.kind == Kind::Filler || is_known {
                continue;
            }
            if all.len() == WORDS_MAX {
                return None;
            }
            if word.kind == Kind::OneOf(CURRENCIES) || token == "may" {
                all.push(word);
            } else {
                all.insert(counted, word);
                counted += 1;
            }
        }
        let numbers = all.iter().filter(|word| word.kind == Kind::OneOf(NUMBERS)).map(|word| word.meaning);
        let numbers = numbers.fold(0, u64::wrapping_add);
        let signs = if signs.is_empty() { 0 } else { stable_hash64(&signs) };
        Some(Self { all, counted, numbers, signs })
    }

    /// The words that count.
    pub(super) fn words(&self) -> &[Word] {
        self.all.get(..self.counted).unwrap_or_default()
    }

    /// Whether numbers and versions agree. 0 stands for no numbers.
    pub(super) fn do_numbers_agree(one: u64, other: u64) -> bool {
        one == other || one == 0 || other == 0
    }

    /// The other words that have to agree with those of the other title, currencies and "may" among them.
    pub(super) fn agreeing(&self) -> impl Iterator<Item = &Word> + Clone {
        let has_to_agree =
            |kind: Kind| matches!(kind, Kind::OneOf(_) | Kind::Both) && kind != Kind::OneOf(NUMBERS);
        self.all.iter().filter(move |word| has_to_agree(word.kind))
    }
}

/// The hashes of the meanings in the first sentences of an excerpt, sorted, each once.
pub(super) fn meanings_of_excerpt(excerpt: &str) -> Vec<u64> {
    let end = (0..=EXCERPT_BYTES_MAX.min(excerpt.len())).rev().find(|&end| excerpt.is_char_boundary(end));
    let spelled = spelled(excerpt.get(..end.unwrap_or(0)).unwrap_or_default());
    let (tokens, _) = tokens(&spelled);
    let words = tokens.iter().map(|token| word(token)).filter(|word| word.kind != Kind::Filler);
    let mut meanings: Vec<u64> = words.map(|word| word.meaning).take(EXCERPT_WORDS_MAX).collect();
    meanings.sort_unstable();
    meanings.dedup();
    meanings
}

fn word(token: &str) -> Word {
    let of_class =
        |class: u8| Word { meaning: stable_hash64(token), kind: Kind::OneOf(class), is_directed: false };
    if token.starts_with(|first: char| first.is_ascii_digit()) {
        return of_class(NUMBERS);
    }
    if token.starts_with("sign") && term(stable_hash64(token)).is_none() {
        return of_class(CURRENCIES);
    }
    let stem = stem(token);
    let meaning = stable_hash64(&stem);
    if let Some(Term { meaning, kind, is_directed }) = term(meaning) {
        return Word { meaning, kind, is_directed };
    }
    let has_digit = stem.bytes().any(|byte| byte.is_ascii_digit());
    Word { meaning, kind: if has_digit { Kind::OneOf(NUMBERS) } else { Kind::Plain }, is_directed: false }
}
