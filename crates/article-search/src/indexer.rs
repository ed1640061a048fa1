//! Puts documents into the index.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::directory::RamDirectory;
use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::error::SearchError;
use crate::pieces::{Pieces, SEPARATOR};
use crate::query::{phrase_terms, title_hash};
use crate::snapshot::Snapshot;
use crate::stem::{Stems, marked};
use crate::tokens::{Token, TokenKind, tokens};

/// Parts of the index. Each change adds one. Where more would stand, the small ones are merged.
pub const SEGMENTS_MAX: usize = 6;

/// The working memory of a change, in bytes. A change that needs more makes several segments.
const WRITER_BYTES: usize = 64_000_000;

/// The working memory of a change with few documents, in bytes: the least that tantivy takes. A writer works in a thread of its own,
/// and the allocator may keep the memory of each such thread.
const SMALL_WRITER_BYTES: usize = 15_000_000;

/// A change with more documents is not small.
const SMALL_DOCUMENTS_MAX: usize = 500;

/// A segment with more than a quarter of removed articles is merged too.
const REMOVED_PARTS_MAX: u32 = 4;

/// What is known of one article.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// Names the article in later changes. No two articles of an index have the same key.
    pub key: u64,
    /// Counts most.
    pub title: &'a str,
    /// May be empty.
    pub excerpt: &'a str,
    /// May be empty.
    pub topics: &'a [Box<str>],
    /// May be empty.
    pub provider: &'a str,
}

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    key: Field,
    /// Each term once. Its frequency says where in the article the term stands: [`crate::score::ZONES`].
    pub(crate) words: Field,
    /// The words in their order, for phrases.
    pub(crate) order: Field,
    title: Field,
}

/// The name of the column with the keys.
pub(crate) const KEY: &str = "key";
/// The name of the column with the hash of the title's words and, in the lowest byte, their number.
pub(crate) const TITLE: &str = "title";
/// The name of [`Pieces`].
const PIECES: &str = "pieces";

/// Changes an index, and makes a snapshot after each change.
pub struct Indexer {
    index: Index,
    directory: RamDirectory,
    fields: Fields,
    stems: Arc<Stems>,
}

impl Indexer {
    /// An empty index.
    ///
    /// # Errors
    /// Where tantivy fails.
    pub fn new() -> Result<Self, SearchError> {
        let mut schema = Schema::builder();
        let indexing = |record| {
            let indexing = TextFieldIndexing::default().set_tokenizer(PIECES).set_fieldnorms(false);
            TextOptions::default().set_indexing_options(indexing.set_index_option(record))
        };
        let fields = Fields {
            key: schema.add_u64_field(KEY, INDEXED | FAST),
            words: schema.add_text_field("words", indexing(IndexRecordOption::WithFreqs)),
            order: schema.add_text_field("order", indexing(IndexRecordOption::WithFreqsAndPositions)),
            title: schema.add_u64_field(TITLE, FAST),
        };
        let directory = RamDirectory::create();
        let index = Index::create(directory.clone(), schema.build(), IndexSettings::default())?;
        index.tokenizers().register(PIECES, Pieces);
        Ok(Self { index, directory, fields, stems: Arc::new(Stems::new()) })
    }

    /// Removes and adds documents. A changed document is both in `gone`, by its key, and in `come`. `order` are the keys of all
    /// documents after the change: a [`crate::Hit`] says a position in this order. Of two documents that match about equally,
    /// the earlier one comes first.
    ///
    /// Works for a moment, and starts threads of its own that end before it returns.
    ///
    /// # Errors
    /// Where tantivy fails. The index is of no further use then.
    pub fn apply<'a>(
        &mut self,
        gone: impl IntoIterator<Item = u64>,
        come: impl IntoIterator<Item = Document<'a>>,
        order: impl IntoIterator<Item = u64>,
    ) -> Result<Snapshot, SearchError> {
        let come: Vec<Document<'a>> = come.into_iter().collect();
        let bytes = if come.len() > SMALL_DOCUMENTS_MAX { WRITER_BYTES } else { SMALL_WRITER_BYTES };
        let mut writer: IndexWriter = self.index.writer_with_num_threads(1, bytes)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for key in gone {
            writer.delete_term(Term::from_field_u64(self.fields.key, key));
        }
        for document in come {
            writer.add_document(self.row(&document))?;
        }
        writer.commit()?;
        self.merge(&mut writer)?;
        writer.wait_merging_threads()?;
        let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Snapshot::new(reader.searcher(), self.fields, Arc::clone(&self.stems), order)
    }

    /// The memory of the index, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.directory.total_mem_usage()
    }

    /// Keeps the number of segments, and of removed documents in them, within bounds.
    fn merge(&self, writer: &mut IndexWriter) -> Result<(), SearchError> {
        let mut segments = self.index.searchable_segment_metas()?;
        segments.sort_by_key(|segment| std::cmp::Reverse(segment.num_docs()));
        let is_worn = |segment: &tantivy::SegmentMeta| {
            segment.num_deleted_docs() > segment.max_doc() / REMOVED_PARTS_MAX
        };
        let are_many = segments.len() > SEGMENTS_MAX;
        let merged: Vec<_> = segments
            .iter()
            .enumerate()
            .filter(|(rank, segment)| is_worn(segment) || (are_many && *rank > 0))
            .map(|(_, segment)| segment.id())
            .collect();
        if !merged.is_empty() {
            writer.merge(&merged).wait()?;
        }
        Ok(())
    }

    fn row(&self, document: &Document<'_>) -> TantivyDocument {
        let title = tokens(document.title);
        let about: Vec<Vec<Token>> =
            document.topics.iter().map(AsRef::as_ref).chain([document.provider]).map(tokens).collect();
        let excerpt = tokens(document.excerpt);
        let mut row = TantivyDocument::default();
        row.add_u64(self.fields.key, document.key);
        row.add_u64(self.fields.title, title_info(&title));
        row.add_text(self.fields.words, self.words(&title, &about, &excerpt));
        let texts = [&title].into_iter().chain(&about).chain([&excerpt]);
        let texts: Vec<String> =
            texts.map(|text| phrase_terms(text).join(SEPARATOR.to_string().as_str())).collect();
        // An empty piece between two texts: no phrase goes from one into the next.
        row.add_text(self.fields.order, texts.join(&format!("{SEPARATOR}{SEPARATOR}")));
        row
    }

    /// Each term as often as [`crate::score::ZONES`] says.
    fn words(&self, title: &[Token], about: &[Vec<Token>], excerpt: &[Token]) -> String {
        let mut zones: HashMap<String, Zones> = HashMap::new();
        let mut note = |tokens: &[Token], note: fn(&mut Zones)| {
            for token in tokens {
                if let Some(stem) = self.stems.of(&token.term) {
                    note(zones.entry(marked(&stem)).or_default());
                }
                note(zones.entry(token.term.clone()).or_default());
            }
        };
        note(title, |zones| zones.title = true);
        about.iter().for_each(|text| note(text, |zones| zones.about = true));
        note(excerpt, Zones::add_excerpt);
        let mut words = String::new();
        for (term, zones) in &zones {
            for _ in 0..zones.code() {
                words.push_str(term);
                words.push(SEPARATOR);
            }
        }
        words
    }
}

/// Where in one article a term stands.
#[derive(Default)]
pub(crate) struct Zones {
    pub(crate) title: bool,
    pub(crate) about: bool,
    /// How often, at most 3.
    excerpt: u8,
}

impl Zones {
    pub(crate) fn add_excerpt(&mut self) {
        self.excerpt = (self.excerpt + 1).min(3);
    }

    /// The index in [`crate::score::ZONES`].
    pub(crate) fn code(&self) -> u8 {
        8 * u8::from(self.title) + 4 * u8::from(self.about) + self.excerpt
    }
}

fn title_info(title: &[Token]) -> u64 {
    let words = title.iter().filter(|token| token.kind == TokenKind::Word).count();
    let count = u64::try_from(words.min(255)).unwrap_or(255);
    (title_hash(title).unwrap_or(0) & !0xff) | count
}
