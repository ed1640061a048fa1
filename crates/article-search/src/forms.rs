//! The forms in which a word of a query may stand in articles.

use std::collections::HashMap;

use tantivy::Term;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;

use crate::error::SearchError;
use crate::query::{Ending, Role, Word};
use crate::stem::{STEM_MARK, Stems, marked};
use crate::tokens::{is_half_of_pair, is_of_pairs};

/// Forms of one word in one segment. Weaker and rarer forms beyond are not looked for.
pub const FORMS_MAX: usize = 64;

/// In shorter words no typing error is forgiven: too many words are one error away.
pub const FORGIVEN_CHARACTERS_MIN: usize = 4;

/// A shorter word before the last one is taken as typed whole.
const BEGINNING_CHARACTERS_MIN: usize = 4;

/// The most terms that are read for one beginning, in the order of the alphabet. Further terms are not found.
const TERMS_SEEN_MAX: usize = 20_000;

const STEM_WEIGHT: f32 = 0.9;
const JOINED_WEIGHT: f32 = 0.9;
/// Of a longer word that begins with the typed one. The more of the longer word was typed, the more it counts.
const BEGINNING_WEIGHT: f32 = 0.35;
const BEGINNING_WHOLE_WEIGHT: f32 = 0.45;
/// Of a beginning before the last word, in comparison.
const INNER_BEGINNING_WEIGHT: f32 = 0.6;
const ERROR_WEIGHT: f32 = 0.5;
const ERROR_STEM_WEIGHT: f32 = 0.45;
const ERROR_BEGINNING_WEIGHT: f32 = 0.25;

/// Whether typing errors are forgiven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errors {
    Refused,
    /// Only in words that few documents have. Such a word may be an error of both.
    ForgivenInRareWords,
    Forgiven,
}

/// A term that stands for a word.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) term: String,
    pub(crate) info: TermInfo,
    /// From 0 to 1, where 1 is the word itself.
    pub(crate) weight: f32,
}

/// Looks for forms in the terms of one segment.
pub(crate) struct FormFinder<'a> {
    pub(crate) terms: &'a TermDictionary,
    pub(crate) field: Field,
    pub(crate) stems: &'a Stems,
}

impl FormFinder<'_> {
    /// The forms of a word, strongest first.
    pub(crate) fn forms(&self, word: &Word, errors: Errors) -> Result<Vec<Form>, SearchError> {
        let mut forms = Forms::default();
        self.add(&mut forms, &word.term, 1.0)?;
        if word.role != Role::Exact {
            for joined in &word.joined {
                self.add(&mut forms, joined, JOINED_WEIGHT)?;
            }
            self.add_stem(&mut forms, &word.term, STEM_WEIGHT)?;
            self.add_beginnings(&mut forms, word)?;
            if errors == Errors::Forgiven && may_have_error(&word.term) {
                self.add_errors(&mut forms, word)?;
            }
        }
        Ok(forms.strongest())
    }

    /// The word, and the words with its stem.
    pub(crate) fn kin(&self, term: &str) -> Result<Vec<Form>, SearchError> {
        let mut forms = Forms::default();
        self.add(&mut forms, term, 1.0)?;
        self.add_stem(&mut forms, term, STEM_WEIGHT)?;
        Ok(forms.strongest())
    }

    /// Whether articles have this very word.
    pub(crate) fn has(&self, term: &str) -> Result<bool, SearchError> {
        Ok(self.terms.get(term)?.is_some())
    }

    /// Words that are at most this many errors away, with the number of their articles.
    pub(crate) fn near(&self, term: &str, distance: u8) -> Result<Vec<(String, u32)>, SearchError> {
        let mut near = Vec::new();
        self.each_like(term, distance, false, |term, info| near.push((term.to_owned(), info.doc_freq)))?;
        Ok(near)
    }

    fn add(&self, forms: &mut Forms, term: &str, weight: f32) -> Result<(), SearchError> {
        if let Some(info) = self.terms.get(term)? {
            forms.note(term, &info, weight);
        }
        Ok(())
    }

    /// The words with the same stem, and the stem where it is a word.
    fn add_stem(&self, forms: &mut Forms, term: &str, weight: f32) -> Result<(), SearchError> {
        let stem = self.stems.of(term);
        let stem = stem.as_deref().unwrap_or(term);
        self.add(forms, stem, weight)?;
        self.add(forms, &marked(stem), weight)
    }

    fn add_beginnings(&self, forms: &mut Forms, word: &Word) -> Result<(), SearchError> {
        let typed = word.term.chars().count();
        let is_open = word.ending == Ending::Open;
        if is_of_pairs(&word.term) && !is_half_of_pair(&word.term) {
            return Ok(());
        }
        if !is_open && typed < BEGINNING_CHARACTERS_MIN {
            return Ok(());
        }
        let factor = if is_open { 1.0 } else { INNER_BEGINNING_WEIGHT };
        let mut stream = self.terms.range().ge(word.term.as_bytes()).into_stream()?;
        let mut seen = 0;
        while seen < TERMS_SEEN_MAX
            && let Some((key, info)) = stream.next()
            && key.starts_with(word.term.as_bytes())
        {
            seen += 1;
            if let Ok(term) = str::from_utf8(key)
                && term.len() > word.term.len()
            {
                let part = ratio(typed, term.chars().count());
                forms.note(term, info, factor * (BEGINNING_WEIGHT + BEGINNING_WHOLE_WEIGHT * part));
            }
        }
        Ok(())
    }

    /// Words that are one error away, and words with the same stems.
    fn add_errors(&self, forms: &mut Forms, word: &Word) -> Result<(), SearchError> {
        let mut near: Vec<String> = Vec::new();
        self.each_like(&word.term, 1, false, |term, info| {
            forms.note(term, info, ERROR_WEIGHT);
            near.push(term.to_owned());
        })?;
        if let Some(stem) = self.stems.of(&word.term).filter(|stem| may_have_error(stem)) {
            self.each_like(&stem, 1, false, |term, info| {
                forms.note(term, info, ERROR_STEM_WEIGHT);
                near.push(term.to_owned());
            })?;
        }
        near.truncate(FORMS_MAX);
        for term in &near {
            self.add_stem(forms, term, ERROR_STEM_WEIGHT)?;
        }
        if word.ending == Ending::Open && word.term.chars().count() > FORGIVEN_CHARACTERS_MIN {
            self.each_like(&word.term, 1, true, |term, info| forms.note(term, info, ERROR_BEGINNING_WEIGHT))?;
        }
        Ok(())
    }

    /// Hands out the words that are at most this many errors away, or that begin so.
    fn each_like(
        &self,
        term: &str,
        distance: u8,
        is_beginning: bool,
        mut take: impl FnMut(&str, &TermInfo),
    ) -> Result<(), SearchError> {
        let term = Term::from_field_text(self.field, term);
        let like = match is_beginning {
            true => FuzzyTermQuery::new_prefix(term, distance, true),
            false => FuzzyTermQuery::new(term, distance, true),
        };
        let mut stream = self.terms.search(like.automaton()?).into_stream()?;
        let mut seen = 0;
        while seen < TERMS_SEEN_MAX
            && let Some((key, info)) = stream.next()
        {
            seen += 1;
            if let Ok(term) = str::from_utf8(key)
                && !term.starts_with(STEM_MARK)
            {
                take(term, info);
            }
        }
        Ok(())
    }
}

/// Whether one error in the word leaves it recognisable. Another digit is another thing.
pub(crate) fn may_have_error(term: &str) -> bool {
    !is_of_pairs(term)
        && term.chars().nth(FORGIVEN_CHARACTERS_MIN - 1).is_some()
        && !term.contains(|letter: char| letter.is_ascii_digit())
}

fn ratio(part: usize, whole: usize) -> f32 {
    // Words have at most 64 characters, or 192 where they are joined.
    let number = |count: usize| f32::from(u8::try_from(count).unwrap_or(u8::MAX));
    number(part) / number(whole.max(1))
}

#[derive(Default)]
struct Forms(HashMap<String, (TermInfo, f32)>);

impl Forms {
    fn note(&mut self, term: &str, info: &TermInfo, weight: f32) {
        match self.0.get_mut(term) {
            Some((_, known)) => *known = known.max(weight),
            None => {
                self.0.insert(term.to_owned(), (info.clone(), weight));
            }
        }
    }

    fn strongest(self) -> Vec<Form> {
        let forms = self.0.into_iter().map(|(term, (info, weight))| Form { term, info, weight });
        let mut forms: Vec<Form> = forms.collect();
        forms.sort_unstable_by(|one, other| {
            let by_weight = other.weight.total_cmp(&one.weight);
            by_weight
                .then(other.info.doc_freq.cmp(&one.info.doc_freq))
                .then_with(|| one.term.cmp(&other.term))
        });
        forms.truncate(FORMS_MAX);
        forms
    }
}
