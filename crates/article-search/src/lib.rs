//! Full-text search over articles, in memory.
//!
//! An [`Indexer`] takes documents in and hands out a [`Snapshot`] after each change. A snapshot answers a [`Query`] with
//! the positions of the articles that match, best match first. The crate knows nothing of files, of Discord or of a clock.
//!
//! - A word of a query matches the word, its English stem, and the beginning of a longer word. Accents and case do not
//!   count. Scripts without spaces are matched by pairs of characters.
//! - Where few articles match so, one typing error is forgiven in each word of at least [`FORGIVEN_CHARACTERS_MIN`] letters
//!   that few articles have. Where none matches, it is forgiven in every such word, however many articles have the word. What
//!   matches by an error stands behind the rest.
//! - Where no article has all words, [`Found::has_all_words`] is false, and the articles have at least half of them.
//! - An article whose title was typed whole comes first.
//! - The title counts most, then topics and provider, then the excerpt. The earlier of two documents that match about
//!   equally comes first.
//!
//! [`Snapshot::like`] finds documents that are like a given one: they share its rarest and most prominent words.
//!
//! tantivy stores the terms and their articles. The score is computed here (`score`), because the forms of one word have
//! to count as one word: a rare misspelling must not outweigh the word itself.

mod error;
mod fold;
mod forms;
mod indexer;
mod like;
mod matched;
mod pieces;
mod query;
mod score;
mod snapshot;
mod stem;
mod tokens;

pub use error::SearchError;
pub use forms::{FORGIVEN_CHARACTERS_MIN, FORMS_MAX};
pub use indexer::{Document, Indexer, SEGMENTS_MAX};
pub use like::LIKE_WORDS_MAX;
pub use matched::Matched;
pub use query::{QUERY_CHARACTERS_MAX, QUERY_WORDS_MAX, Query};
pub use snapshot::{Found, Hit, NEAREST_WORDS_MAX, Snapshot};
