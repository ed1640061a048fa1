//! An immutable index, which answers queries.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::InvertedIndexReader;
use tantivy::query::{EnableScoring, PhraseQuery, Query as _};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use crate::error::SearchError;
use crate::forms::{Errors, Form, FormFinder, may_have_error};
use crate::indexer::{Document, Fields, KEY, TITLE};
use crate::like::{self, LIKE_WORDS_MAX};
use crate::matched::Matched;
use crate::query::{Ending, Query, Role, Word};
use crate::score::{ScoredWord, Scores, ZONES, Zone, rarity};
use crate::stem::Stems;

/// The words that are offered in place of one that nothing matches.
pub const NEAREST_WORDS_MAX: usize = 5;

/// Where fewer articles than a page match, typing errors are forgiven.
const FEW: usize = 5;

/// A word of fewer documents may be a typing error, even if a document has it.
const DOCUMENTS_OF_WORD_MIN: u32 = 5;

/// How much more the first of all documents counts than the last one: what matches about equally well stands in the
/// documents' order.
const ORDER_WEIGHT: f32 = 0.1;

/// The letters of each of two words that were typed as one.
const PART_CHARACTERS_MIN: usize = 3;

/// The score of a title that was typed whole.
const WHOLE_TITLE_SCORE: f32 = 1_000.0;

/// A document is like another one if its words count at least so much of what the other's words count together.
const LIKENESS_MIN: f32 = 0.12;

/// In place of the position of a document that is gone.
const GONE: u32 = u32::MAX;

/// The index as it was after one change. It stays as it is while the index changes.
pub struct Snapshot {
    searcher: Searcher,
    segments: Vec<Segment>,
    fields: Fields,
    stems: Arc<Stems>,
    documents: u32,
}

struct Segment {
    ordinal: u32,
    words: Arc<InvertedIndexReader>,
    rows: Vec<Row>,
}

/// What is known of the document of a segment.
#[derive(Clone, Copy)]
struct Row {
    /// In the order of all documents, or [`GONE`].
    position: u32,
    /// As of [`TITLE`].
    title: u64,
}

/// A document that matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// In the order of all documents.
    pub position: usize,
    /// Above 0. Scores of one query can be compared.
    pub score: f32,
}

/// The answer to a query.
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// False where no document has all words of the query: then the hits have at least half of them.
    pub has_all_words: bool,
    /// What matched, for marking the words in texts.
    pub matched: Matched,
}

/// One way to look for a query.
struct Attempt<'a> {
    words: &'a [Word],
    errors: Errors,
    /// How many of the required words a document needs.
    needed: u8,
    zone: Zone,
}

impl Snapshot {
    pub(crate) fn new(
        searcher: Searcher,
        fields: Fields,
        stems: Arc<Stems>,
        order: impl IntoIterator<Item = u64>,
    ) -> Result<Self, SearchError> {
        let positions: HashMap<u64, u32> = order.into_iter().zip(0..).collect();
        let segments: Result<Vec<Segment>, SearchError> = (0..)
            .zip(searcher.segment_readers())
            .map(|(ordinal, reader)| Segment::new(ordinal, reader, fields, &positions))
            .collect();
        let documents = u32::try_from(positions.len()).unwrap_or(u32::MAX);
        Ok(Self { segments: segments?, searcher, fields, stems, documents })
    }

    /// How many parts the index has.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.segments.len()
    }

    /// The documents that match a query and that the caller accepts by their positions, best first.
    ///
    /// # Errors
    /// Where tantivy fails.
    pub fn search(&self, query: &Query, accepts: &dyn Fn(usize) -> bool) -> Result<Found, SearchError> {
        let mut matched = Matched::new(Arc::clone(&self.stems));
        let required = query.words.iter().filter(|word| word.role != Role::Optional).count();
        let all = u8::try_from(required).unwrap_or(u8::MAX);
        let conditions = self.conditions(query, accepts)?;
        let attempt = Attempt { words: &query.words, errors: Errors::Refused, needed: all, zone: Zone::All };
        let forms = self.forms(&attempt)?;
        let mut hits = self.hits(&forms, (all, attempt.zone), &conditions, &mut |term| matched.add(term))?;
        let mut has_all_words = true;
        // Many documents with each word, and hardly one with all of them: the words are no errors.
        let may_have_errors = hits.is_empty() || forms.iter().any(|word| is_rare(&word.by_segment));
        if hits.len() < FEW && may_have_errors && !query.is_empty() {
            let words = self.parted(&query.words)?;
            let all = words.iter().filter(|word| word.role != Role::Optional).count();
            let all = u8::try_from(all).unwrap_or(u8::MAX);
            let errors = if hits.is_empty() { Errors::Forgiven } else { Errors::ForgivenInRareWords };
            let attempt = Attempt { words: &words, errors, needed: all, zone: Zone::All };
            let mut with_errors = matched.clone();
            let forgiven = self.run(&attempt, &conditions, &mut with_errors)?;
            let known: Vec<usize> = hits.iter().map(|hit| hit.position).collect();
            hits.extend(forgiven.into_iter().filter(|hit| !known.contains(&hit.position)));
            if hits.len() > known.len() {
                matched = with_errors;
            }
            if hits.is_empty() && all > 1 {
                let attempt = Attempt { needed: all.div_ceil(2), ..attempt };
                hits = self.run(&attempt, &conditions, &mut matched)?;
                has_all_words = hits.is_empty();
            }
        }
        Ok(Found { hits, has_all_words, matched })
    }

    /// The documents whose titles have all words of a query, best first. Each word may be the beginning of a longer one, and
    /// one typing error in each word is forgiven.
    ///
    /// # Errors
    /// Where tantivy fails.
    pub fn search_titles(
        &self,
        query: &Query,
        accepts: &dyn Fn(usize) -> bool,
    ) -> Result<Vec<Hit>, SearchError> {
        let words: Vec<Word> =
            query.words.iter().map(|word| Word { ending: Ending::Open, ..word.clone() }).collect();
        let required = words.iter().filter(|word| word.role != Role::Optional).count();
        let needed = u8::try_from(required).unwrap_or(u8::MAX);
        let attempt = Attempt { words: &words, errors: Errors::Forgiven, needed, zone: Zone::Title };
        let mut matched = Matched::new(Arc::clone(&self.stems));
        self.run(&attempt, &self.conditions(query, accepts)?, &mut matched)
    }

    /// Words of the documents that are nearest to the words of a query that no document has.
    ///
    /// # Errors
    /// Where tantivy fails.
    pub fn nearest_words(&self, query: &Query) -> Result<Vec<String>, SearchError> {
        let mut nearest: Vec<(u8, u32, String)> = Vec::new();
        for word in query.words.iter().filter(|word| word.role != Role::Optional) {
            if !may_have_error(&word.term) || self.has(&word.term)? {
                continue;
            }
            for distance in [1, 2] {
                for segment in &self.segments {
                    for (term, documents) in self.finder(segment).near(&word.term, distance)? {
                        match nearest.iter_mut().find(|(_, _, known)| *known == term) {
                            Some((known, sum, _)) if *known == distance => *sum += documents,
                            Some(_) => {}
                            None => nearest.push((distance, documents, term)),
                        }
                    }
                }
            }
        }
        nearest.sort_by(|(one, one_documents, one_term), (other, other_documents, other_term)| {
            one.cmp(other).then(other_documents.cmp(one_documents)).then_with(|| one_term.cmp(other_term))
        });
        nearest.truncate(NEAREST_WORDS_MAX);
        Ok(nearest.into_iter().map(|(_, _, term)| term).collect())
    }

    /// The documents that are like this one, most alike first. They share some of its words; a rare word of the title counts
    /// most. The caller refuses the document itself, if the index has it.
    ///
    /// # Errors
    /// Where tantivy fails.
    pub fn like(
        &self,
        document: &Document<'_>,
        accepts: &dyn Fn(usize) -> bool,
    ) -> Result<Vec<Hit>, SearchError> {
        let mut words = Vec::new();
        for (term, zones) in like::words(document) {
            let kin = |segment| self.finder(segment).kin(&term);
            let by_segment = self.segments.iter().map(kin).collect::<Result<Vec<_>, SearchError>>()?;
            // A word with a stem stands in no document without the stem.
            let is_counted = |form: &&Form| form.term != term || self.stems.of(&term).is_none();
            let forms = by_segment.iter().flatten().filter(is_counted);
            let documents: u32 = forms.fold(0, |sum, form| sum.saturating_add(form.info.doc_freq));
            let rarity = rarity(documents, self.documents);
            let weight = rarity * ZONES.get(usize::from(zones.code())).copied().unwrap_or_default();
            // A word of one document alone leads to no other.
            if documents > 1 {
                words.push((weight, WordForms { by_segment, rarity, is_required: true }));
            }
        }
        words.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        words.truncate(LIKE_WORDS_MAX);
        let enough = LIKENESS_MIN * words.iter().map(|(weight, _)| weight).sum::<f32>();
        let mut forms: Vec<WordForms> = words.into_iter().map(|(_, forms)| forms).collect();
        forms.sort_by(|one, other| other.rarity.total_cmp(&one.rarity));
        let without =
            Query { words: Vec::new(), phrases: Vec::new(), excluded: Vec::new(), title_hash: None };
        let conditions = self.conditions(&without, accepts)?;
        let mut hits = self.hits(&forms, (1, Zone::All), &conditions, &mut |_| ())?;
        hits.retain(|hit| hit.score >= enough);
        Ok(hits)
    }

    fn finder<'a>(&'a self, segment: &'a Segment) -> FormFinder<'a> {
        FormFinder { terms: segment.words.terms(), field: self.fields.words, stems: &self.stems }
    }

    fn has(&self, term: &str) -> Result<bool, SearchError> {
        for segment in &self.segments {
            if self.finder(segment).has(term)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The words, and two in place of one that no document has and that consists of two that documents have.
    fn parted(&self, words: &[Word]) -> Result<Vec<Word>, SearchError> {
        let mut parted = Vec::with_capacity(words.len());
        for word in words {
            let is_unknown = word.role == Role::Required && !self.has(&word.term)?;
            let parts = if is_unknown { self.parts_of(&word.term)? } else { None };
            match parts {
                Some((one, other)) => {
                    let part = |term: String| Word {
                        term,
                        joined: Vec::new(),
                        role: Role::Required,
                        ending: Ending::Whole,
                    };
                    parted.extend([part(one), part(other)]);
                }
                None => parted.push(word.clone()),
            }
        }
        Ok(parted)
    }

    /// "machinelearning" is two words, and so is "rfc3339".
    fn parts_of(&self, term: &str) -> Result<Option<(String, String)>, SearchError> {
        for (at, next) in term.char_indices().skip(1) {
            let (one, other) = term.split_at(at);
            let is_number_next = next.is_ascii_digit() != one.ends_with(|last: char| last.is_ascii_digit());
            let are_long = one.chars().count().min(other.chars().count()) >= PART_CHARACTERS_MIN;
            if (are_long || is_number_next) && self.has(one)? && self.has(other)? {
                return Ok(Some((one.to_owned(), other.to_owned())));
            }
        }
        Ok(None)
    }

    fn run(
        &self,
        attempt: &Attempt<'_>,
        conditions: &Conditions<'_>,
        matched: &mut Matched,
    ) -> Result<Vec<Hit>, SearchError> {
        let forms = self.forms(attempt)?;
        self.hits(&forms, (attempt.needed, attempt.zone), conditions, &mut |term| matched.add(term))
    }

    /// The documents with at least `needed` of the required words, best first. `matched` gets each form of a required word.
    fn hits(
        &self,
        forms: &[WordForms],
        (needed, zone): (u8, Zone),
        conditions: &Conditions<'_>,
        matched: &mut dyn FnMut(&str),
    ) -> Result<Vec<Hit>, SearchError> {
        let mut hits = Vec::new();
        for (at, segment) in self.segments.iter().enumerate() {
            let mut words = Vec::with_capacity(forms.len());
            for word in forms {
                let found = word.by_segment.get(at).map(Vec::as_slice).unwrap_or_default();
                let mut postings = Vec::with_capacity(found.len());
                for form in found {
                    let read = segment
                        .words
                        .read_postings_from_terminfo(&form.info, IndexRecordOption::WithFreqs)?;
                    postings.push((read, form.weight));
                    if word.is_required {
                        matched(&form.term);
                    }
                }
                words.push(ScoredWord {
                    forms: postings,
                    rarity: word.rarity,
                    is_required: word.is_required,
                });
            }
            conditions.add_whole_titles(segment, &mut hits);
            if needed > 0 {
                let length = |document| segment.row(document).map_or(0, |row| title_length(row.title));
                let scored = Scores::new(segment.rows.len(), zone).of(&mut words, needed, length);
                hits.extend(scored.into_iter().filter_map(|scored| {
                    let position = conditions.accept(at, segment, scored.document)?;
                    Some(Hit { position, score: scored.score * self.order_factor(position) })
                }));
            }
        }
        hits.sort_unstable_by(best_first);
        Ok(hits)
    }

    /// More for an earlier document.
    fn order_factor(&self, position: usize) -> f32 {
        let part = position as f32 / (self.documents.max(1)) as f32;
        1.0 + ORDER_WEIGHT * (1.0 - part)
    }

    /// The forms of each word in each segment, the rarest word first.
    fn forms(&self, attempt: &Attempt<'_>) -> Result<Vec<WordForms>, SearchError> {
        let mut words = Vec::with_capacity(attempt.words.len());
        for word in attempt.words {
            let forms = match attempt.errors {
                Errors::ForgivenInRareWords => {
                    let forms = self.forms_of(word, Errors::Refused)?;
                    if is_rare(&forms) { self.forms_of(word, Errors::Forgiven)? } else { forms }
                }
                errors => self.forms_of(word, errors)?,
            };
            let rarity = rarity(documents(&forms), self.documents);
            words.push(WordForms { by_segment: forms, rarity, is_required: word.role != Role::Optional });
        }
        words.sort_by(|one, other| other.rarity.total_cmp(&one.rarity));
        Ok(words)
    }

    /// The forms of a word in each segment.
    fn forms_of(&self, word: &Word, errors: Errors) -> Result<Vec<Vec<Form>>, SearchError> {
        self.segments.iter().map(|segment| self.finder(segment).forms(word, errors)).collect()
    }

    fn conditions<'a>(
        &self,
        query: &Query,
        accepts: &'a dyn Fn(usize) -> bool,
    ) -> Result<Conditions<'a>, SearchError> {
        let mut by_segment = Vec::with_capacity(self.segments.len());
        for segment in &self.segments {
            let mut phrases = Vec::new();
            for phrase in &query.phrases {
                phrases.push(self.with_phrase(segment, phrase)?);
            }
            let mut excluded = Vec::new();
            for terms in &query.excluded {
                excluded.extend(match terms.as_slice() {
                    [term] => self.with_word(segment, term)?,
                    _ => self.with_phrase(segment, terms)?,
                });
            }
            excluded.sort_unstable();
            by_segment.push(SegmentConditions { phrases, excluded });
        }
        Ok(Conditions { by_segment, title: query.title_hash.map(|hash| hash & !0xff), accepts })
    }

    /// The documents with the word or another word of its stem, in any order.
    fn with_word(&self, segment: &Segment, term: &str) -> Result<Vec<DocId>, SearchError> {
        let mut documents = Vec::new();
        for form in self.finder(segment).kin(term)? {
            let mut postings =
                segment.words.read_postings_from_terminfo(&form.info, IndexRecordOption::Basic)?;
            collect(&mut postings, &mut documents);
        }
        Ok(documents)
    }

    /// The documents with terms that follow each other, ascending.
    fn with_phrase(&self, segment: &Segment, terms: &[String]) -> Result<Vec<DocId>, SearchError> {
        let terms = terms.iter().map(|term| Term::from_field_text(self.fields.order, term)).collect();
        let weight = PhraseQuery::new(terms).weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        let mut documents = Vec::new();
        let reader = self.searcher.segment_reader(segment.ordinal);
        collect(weight.scorer(reader, 1.0)?.as_mut(), &mut documents);
        Ok(documents)
    }
}

/// In how many documents the forms are, where each document has one of them.
fn documents(by_segment: &[Vec<Form>]) -> u32 {
    by_segment.iter().flatten().fold(0, |sum, form| sum.saturating_add(form.info.doc_freq))
}

fn is_rare(by_segment: &[Vec<Form>]) -> bool {
    documents(by_segment) < DOCUMENTS_OF_WORD_MIN
}

struct WordForms {
    by_segment: Vec<Vec<Form>>,
    rarity: f32,
    is_required: bool,
}

impl Segment {
    fn new(
        ordinal: u32,
        reader: &SegmentReader,
        fields: Fields,
        positions: &HashMap<u64, u32>,
    ) -> Result<Self, SearchError> {
        let keys = reader.fast_fields().u64(KEY)?.first_or_default_col(0);
        let titles = reader.fast_fields().u64(TITLE)?.first_or_default_col(0);
        let rows = (0..reader.max_doc()).map(|document| {
            let position = positions.get(&keys.get_val(document)).filter(|_| !reader.is_deleted(document));
            Row { position: position.copied().unwrap_or(GONE), title: titles.get_val(document) }
        });
        Ok(Self { ordinal, words: reader.inverted_index(fields.words)?, rows: rows.collect() })
    }

    fn row(&self, document: DocId) -> Option<&Row> {
        self.rows.get(document as usize).filter(|row| row.position != GONE)
    }
}

/// What a document has to fulfil beside its words.
struct Conditions<'a> {
    by_segment: Vec<SegmentConditions>,
    /// Of the query as a title.
    title: Option<u64>,
    accepts: &'a dyn Fn(usize) -> bool,
}

struct SegmentConditions {
    phrases: Vec<Vec<DocId>>,
    excluded: Vec<DocId>,
}

impl Conditions<'_> {
    /// The position of a document that fulfils the conditions and is no whole title.
    fn accept(&self, at: usize, segment: &Segment, document: DocId) -> Option<usize> {
        let row = segment.row(document)?;
        let conditions = self.by_segment.get(at)?;
        let has_phrases = conditions.phrases.iter().all(|with| with.binary_search(&document).is_ok());
        let is_excluded = conditions.excluded.binary_search(&document).is_ok();
        let position = row.position as usize;
        let fulfils = has_phrases && !is_excluded && !self.is_whole_title(row) && (self.accepts)(position);
        fulfils.then_some(position)
    }

    fn is_whole_title(&self, row: &Row) -> bool {
        self.title == Some(row.title & !0xff)
    }

    /// The documents whose titles equal the query. Signs of a title are no phrases and no exclusions.
    fn add_whole_titles(&self, segment: &Segment, hits: &mut Vec<Hit>) {
        let rows = segment.rows.iter().filter(|row| row.position != GONE && self.is_whole_title(row));
        let positions = rows.map(|row| row.position as usize).filter(|position| (self.accepts)(*position));
        hits.extend(positions.map(|position| Hit { position, score: WHOLE_TITLE_SCORE }));
    }
}

fn title_length(title: u64) -> u8 {
    u8::try_from(title & 0xff).unwrap_or(u8::MAX)
}

fn best_first(one: &Hit, other: &Hit) -> Ordering {
    other.score.total_cmp(&one.score).then(one.position.cmp(&other.position))
}

fn collect(documents: &mut (impl DocSet + ?Sized), found: &mut Vec<DocId>) {
    let mut document = documents.doc();
    while document != TERMINATED {
        found.push(document);
        document = documents.advance();
    }
}
