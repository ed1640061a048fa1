//! How well the articles of one segment match.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// How much a term counts by the places of one article in which it stands. The index is the frequency of the term in the field
/// `words`: 8 for the title, 4 for topics and provider, and the number of times in the excerpt, at most 3.
pub(crate) const ZONES: [f32; 16] = [
    0.0, 1.0, 1.15, 1.25, //
    1.6, 1.8, 1.83, 1.85, //
    3.0, 3.2, 3.23, 3.25, //
    3.32, 3.52, 3.55, 3.57,
];

/// The part of [`ZONES`] that says "in the title".
const TITLE: usize = 8;

/// A form has to count at least so much to count as a word of the title.
const TITLE_WEIGHT_MIN: f32 = 0.45;

/// How much more an article counts whose title has all the words and no other.
const COVERED_TITLE: f32 = 0.6;

/// Where in the articles words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zone {
    All,
    Title,
}

/// A word, ready to be looked up in one segment.
pub(crate) struct ScoredWord {
    /// The articles of each form, with the form's weight.
    pub(crate) forms: Vec<(SegmentPostings, f32)>,
    /// How much the word counts: rare words count more.
    pub(crate) rarity: f32,
    pub(crate) is_required: bool,
}

/// An article that matches.
pub(crate) struct ScoredDocument {
    pub(crate) document: DocId,
    pub(crate) score: f32,
}

/// Sums up the scores of all words for each article of a segment.
pub(crate) struct Scores {
    totals: Vec<f32>,
    /// How many required words each article has.
    counts: Vec<u8>,
    /// How many words each title has.
    title_words: Vec<u8>,
    /// Of the word at hand.
    word: Vec<f32>,
    is_in_title: Vec<bool>,
    touched: Vec<DocId>,
    zone: Zone,
}

impl Scores {
    pub(crate) fn new(documents: usize, zone: Zone) -> Self {
        Self {
            zone,
            totals: vec![0.0; documents],
            counts: vec![0; documents],
            title_words: vec![0; documents],
            word: vec![0.0; documents],
            is_in_title: vec![false; documents],
            touched: Vec::new(),
        }
    }

    /// The articles that have at least so many of the required words. The words come with the rarest first.
    pub(crate) fn of(
        mut self,
        words: &mut [ScoredWord],
        needed: u8,
        title_length: impl Fn(DocId) -> u8,
    ) -> Vec<ScoredDocument> {
        let required = u8::try_from(words.iter().filter(|word| word.is_required).count()).unwrap_or(u8::MAX);
        let total = u8::try_from(words.len()).unwrap_or(u8::MAX);
        words.sort_by_key(|word| !word.is_required);
        let mut survivors: Option<Vec<DocId>> = None;
        let mut required_so_far = 0;
        for word in words.iter_mut() {
            for (postings, weight) in &mut word.forms {
                match &survivors {
                    Some(survivors) => self.note_of(survivors, postings, *weight),
                    None => self.note_all(postings, *weight),
                }
            }
            self.finish_word(word);
            if word.is_required {
                required_so_far += 1;
                // Where all words are needed, only the articles that have all so far are of interest.
                if needed == required {
                    let counts = &self.counts;
                    let has_all = |document: &DocId| counts.get(at(*document)) == Some(&required_so_far);
                    self.touched.retain(has_all);
                    self.touched.sort_unstable();
                    survivors = Some(self.touched.clone());
                }
            }
            self.touched.clear();
        }
        let candidates = survivors.unwrap_or_else(|| {
            let with_enough = (0..).zip(&self.counts).filter(|(_, count)| **count >= needed.max(1));
            with_enough.map(|(document, _)| document).collect()
        });
        let scored = candidates.into_iter().filter_map(|document| {
            let title_words = f32::from(*self.title_words.get(at(document))?);
            let length = f32::from(title_length(document).max(total).max(1));
            let score =
                self.totals.get(at(document))? * (1.0 + COVERED_TITLE * (title_words / length).min(1.0));
            Some(ScoredDocument { document, score })
        });
        scored.collect()
    }

    fn note_all(&mut self, postings: &mut SegmentPostings, weight: f32) {
        let mut document = postings.doc();
        while document != TERMINATED {
            self.note(document, postings.term_freq(), weight);
            document = postings.advance();
        }
    }

    /// Notes only these articles, which are ascending.
    fn note_of(&mut self, documents: &[DocId], postings: &mut SegmentPostings, weight: f32) {
        let mut current = postings.doc();
        for &document in documents {
            if current < document {
                current = postings.seek(document);
            }
            if current == document {
                self.note(document, postings.term_freq(), weight);
            }
        }
    }

    fn note(&mut self, document: DocId, zones: u32, weight: f32) {
        let zones = zones as usize;
        if self.zone == Zone::Title && zones < TITLE {
            return;
        }
        let score = weight * ZONES.get(zones).copied().unwrap_or(0.0);
        if let Some(known) = self.word.get_mut(at(document)) {
            if *known == 0.0 {
                self.touched.push(document);
            }
            *known = known.max(score);
        }
        if zones >= TITLE
            && weight >= TITLE_WEIGHT_MIN
            && let Some(is_in_title) = self.is_in_title.get_mut(at(document))
        {
            *is_in_title = true;
        }
    }

    fn finish_word(&mut self, word: &ScoredWord) {
        for &document in &self.touched {
            let index = at(document);
            let (Some(score), Some(is_in_title)) =
                (self.word.get_mut(index), self.is_in_title.get_mut(index))
            else {
                continue;
            };
            if let Some(total) = self.totals.get_mut(index) {
                *total += word.rarity * *score;
            }
            if let Some(count) = self.counts.get_mut(index) {
                *count += u8::from(word.is_required);
            }
            if let Some(count) = self.title_words.get_mut(index) {
                *count += u8::from(*is_in_title);
            }
            (*score, *is_in_title) = (0.0, false);
        }
    }
}

fn at(document: DocId) -> usize {
    document as usize
}

/// How much a word counts that so many of all articles have (as in BM25).
pub(crate) fn rarity(articles_with: u32, articles: u32) -> f32 {
    let (with, all) = (articles_with.min(articles) as f32, articles as f32);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}
