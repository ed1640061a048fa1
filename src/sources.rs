//! Web feeds and git repositories: the list of sources, and fetching while the bot runs.
//!
//! The files are the interface: the collection sees the files, and knows nothing of fetching.

pub(crate) use board::{SourceBoard, SourcesReport};
pub(crate) use coverage::rescore_once;
pub(crate) use keywords::KeywordCache;
pub(crate) use list::{ListFaults, read_list};

mod board;
pub(crate) mod coverage;
pub(crate) mod keep;
mod keywords;
mod list;
