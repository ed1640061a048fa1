//! Sources: web feeds and git repositories become article files below one folder.
//!
//! Files are the interface: nothing here knows who reads them. The one exception is [`scores`]: a caller that knows which
//! articles tell the same story passes that on, and heat follows.

mod article_file;
pub mod git;
pub mod runner;
pub mod schedule;
pub mod scores;
mod topics;

pub use topics::{TooManyKeywords, TopicKeywords};
