//! When two titles are nearly equal (`docs/stories.md` says the same for editors).
//!
//! - Numbers, currencies, months and other words that exclude each other agree where both titles have them. Words that turn a
//!   story around, variants of products, flags, comparison signs and question marks are the same.
//! - The titles share enough words. A word that only the other article's excerpt has supports the title, and counts less.
//! - At most one of the titles says something that the other article does not say at all. If both do, the stories may be two
//!   of one pattern, as "A is available in the shop" and "B is available in the shop"; then only excerpts that have much in
//!   common make them one.

use super::headline::{Headline, Word};
use super::terms::Kind;

/// Titles that share fewer words, fillers apart, are nearly equal only if they share them all.
const SHARED_MIN: usize = 4;
/// The fewest words that can be all of both titles.
const SHARED_OF_SAME_MIN: usize = 3;

/// The share of all words of both titles that they share at least: so many of so many.
const SHARED_SHARE: (usize, usize) = (2, 5);

/// A word that both titles have counts so much, and one that the other excerpt has.
const SHARED_POINTS: usize = 3;
const SUPPORTED_POINTS: usize = 2;
/// What all words of both titles have to reach on average, in halves of a point.
const HALF_POINTS_MIN: usize = 3;

/// So many words of the shorter excerpt, as a share of 1 in so many, have to be in the other excerpt where both titles say
/// something of their own.
const EXCERPT_SHARE: usize = 3;
const EXCERPT_WORDS_MIN: usize = 6;

/// How much two titles have in common. Fillers do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// How many words both titles have.
    pub shared: usize,
    /// How many more words of one title are in the other article's excerpt.
    pub supported: usize,
    /// How many words the titles have together.
    pub all: usize,
}

/// A title and its excerpt, as the comparison needs them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) headline: &'a Headline,
    /// Sorted.
    pub(super) excerpt: &'a [u64],
}

/// Whether two titles can be nearly equal whatever the excerpts say: quick, and without the excerpts.
pub(super) fn can_be_near(one: &Headline, other: &Headline) -> bool {
    let is_same = one.signs == other.signs && Headline::do_numbers_agree(one.numbers, other.numbers);
    if !is_same || !agree(one, other) {
        return false;
    }
    let shared = one.words().iter().filter(|word| has(other.words(), word)).count();
    let is_enough = shared >= SHARED_MIN
        || (shared >= SHARED_OF_SAME_MIN && shared == one.words().len() && shared == other.words().len());
    is_enough && have_one_direction(one, other)
}

/// How much two titles have in common, if they are nearly equal.
pub(super) fn likeness(one: Told<'_>, other: Told<'_>) -> Option<Likeness> {
    if !can_be_near(one.headline, other.headline) {
        return None;
    }
    let (left, right) = (one.headline.words(), other.headline.words());
    let only_left: Vec<&Word> = left.iter().filter(|word| !has(right, word)).collect();
    let only_right: Vec<&Word> = right.iter().filter(|word| !has(left, word)).collect();
    let own_left = not_in(&only_left, other.excerpt);
    let own_right = not_in(&only_right, one.excerpt);
    let shared = left.len() - only_left.len();
    let all = shared + only_left.len() + only_right.len();
    let supported = all - shared - own_left.len() - own_right.len();
    let (part, whole) = SHARED_SHARE;
    let points = SHARED_POINTS * shared + SUPPORTED_POINTS * supported;
    if shared * whole < all * part || 2 * points < HALF_POINTS_MIN * all {
        return None;
    }
    let is_one_pattern = !own_left.is_empty() && !own_right.is_empty();
    let is_told_by_excerpts =
        || !differ_at_one_place(left, right) && excerpts_tell_one_story(one, other, &own_left, &own_right);
    if is_one_pattern && !is_told_by_excerpts() {
        return None;
    }
    Some(Likeness { shared, supported, all })
}

fn has(words: &[Word], word: &Word) -> bool {
    words.iter().any(|other| other.meaning == word.meaning)
}

fn not_in<'a>(words: &[&'a Word], excerpt: &[u64]) -> Vec<&'a Word> {
    words.iter().copied().filter(|word| excerpt.binary_search(&word.meaning).is_err()).collect()
}

/// Whether two titles differ at one place only, as "A opens a shop at the harbour" and "B opens a shop at the harbour".
fn differ_at_one_place(left: &[Word], right: &[Word]) -> bool {
    // The shared words in their order, and a gap for each run of other words.
    let pattern = |words: &[Word], other: &[Word]| {
        let mut pattern: Vec<Option<u64>> =
            words.iter().map(|word| Some(word.meaning).filter(|_| has(other, word))).collect();
        pattern.dedup();
        pattern
    };
    let (left, right) = (pattern(left, right), pattern(right, left));
    left == right && left.iter().filter(|word| word.is_none()).count() == 1
}

/// Whether excerpts make one story of titles that each say something of their own.
fn excerpts_tell_one_story(one: Told<'_>, other: Told<'_>, own_left: &[&Word], own_right: &[&Word]) -> bool {
    // What a headline begins with is mostly who or what it is about.
    let begins = |headline: &Headline, own: &[&Word]| {
        headline.words().first().zip(own.first()).is_some_and(|(first, own)| first == *own)
    };
    if begins(one.headline, own_left) && begins(other.headline, own_right) {
        return false;
    }
    // Where each excerpt confirms its own title alone, the stories differ in what the titles say.
    let is_confirmed =
        |own: &[&Word], excerpt: &[u64]| own.iter().any(|word| excerpt.binary_search(&word.meaning).is_ok());
    if is_confirmed(own_left, one.excerpt) && is_confirmed(own_right, other.excerpt) {
        return false;
    }
    let shared = one.excerpt.iter().filter(|meaning| other.excerpt.binary_search(meaning).is_ok()).count();
    shared >= EXCERPT_WORDS_MIN && shared * EXCERPT_SHARE >= one.excerpt.len().min(other.excerpt.len())
}

/// Whether words that exclude each other agree, and words that turn a story around are the same.
fn agree(one: &Headline, other: &Headline) -> bool {
    let is_matched = |word: &Word, other: &Headline| {
        let mut others = other.agreeing();
        others.clone().any(|other| other.meaning == word.meaning)
            || (word.kind != Kind::Both && others.all(|other| other.kind != word.kind))
    };
    one.agreeing().all(|word| is_matched(word, other)) && other.agreeing().all(|word| is_matched(word, one))
}

/// Whether the same acts on the same: of "A sues B" and "B sues A", the words before "sues" have nothing in common.
fn have_one_direction(one: &Headline, other: &Headline) -> bool {
    let before = |headline: &Headline, word: &Word| {
        headline.words().iter().position(|known| known.meaning == word.meaning)
    };
    one.words().iter().filter(|word| word.is_directed).all(|word| {
        let left = before(one, word).and_then(|end| one.words().get(..end)).unwrap_or_default();
        let right = before(other, word).and_then(|end| other.words().get(..end)).unwrap_or_default();
        left.is_empty() || right.is_empty() || left.iter().any(|word| has(right, word))
    })
}
