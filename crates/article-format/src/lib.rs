//! One article: what a file says, checked once and immutable from then on.
//!
//! The keys of the file format and their meaning are in the README ("The article format"). Text is kept
//! as plain text: HTML is gone and white space is folded, so that nothing after this module has to
//! ask. It is *not* safe to show yet: the program that shows it must escape it first.

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
pub mod plain_text;
pub mod problem;
mod raw;
pub mod related;
pub mod schema;
pub mod shared_texts;
mod slips;
mod strict;
mod surrogates;
#[cfg(test)]
mod tests;
pub mod topic_file;
mod utf16;
mod validate;
mod values;
mod yaml;
mod yaml_error;
mod yaml_tree;

pub use article::{Article, ArticleId, Details, Image, LINK_CHARACTERS_MAX, Provider, Rating, Story};
pub use fault::quoted;
pub use hash::{hash_to_text, parse_hash, stable_hash64};
pub use parse::{looks_like_one, parse, parse_in_full, parse_strictly};
pub use slips::is_wide_colon;
