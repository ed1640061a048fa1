//! The article format: reads the text of a file into a valid [`Article`], or into problems.
//!
//! `docs/editors.md` (“The article format”) lists all keys and their meaning. Texts of an article are plain text: they have no
//! HTML, and their white space is folded. A program that shows a text must escape the text first.

pub mod address;
mod article;
mod body;
pub mod bounds;
mod checks;
mod fault;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
mod front_matter;
mod hash;
pub mod keys;
mod ordinary_address;
mod pairs;
mod parse;
mod plain_text;
pub mod problem;
mod raw;
pub mod related;
pub mod schema;
pub mod shared_texts;
mod slips;
pub mod source_list;
mod strict;
mod surrogates;
#[cfg(test)]
mod tests;
pub mod topic_file;
mod utf16;
mod validate;
mod values;
pub mod whole_word;
mod yaml;
mod yaml_error;
mod yaml_tree;

pub use article::{Article, ArticleId, Details, Image, LINK_CHARACTERS_MAX, Provider, Rating, Story};
pub use fault::quoted;
pub use hash::{hash_to_text, parse_hash, stable_hash64};
pub use parse::{looks_like_one, parse, parse_in_full, parse_strictly};
pub use slips::is_wide_colon;
