//! Sources: web feeds and git repositories become article files below one folder.
//!
//! Files are the interface: nothing here knows who reads them. The one exception is [`scores`]: a caller that knows which
//! articles tell the same story passes that on, and heat follows.

mod article_file;
mod feed_source;
mod fetch;
mod fetcher;
mod folder;
pub mod git;
pub mod http;
mod list;
mod lock;
mod memory;
mod plan;
mod preview;
mod rescore;
pub mod runner;
pub mod schedule;
pub mod scores;
mod stop;
#[cfg(test)]
mod tests;
mod topics;

pub use feed_source::{FeedSource, ListPlace, ListSource};
pub use fetch::{FetchError, FetchReport, FetchSettings, fetch};
pub use fetcher::Fetcher;
pub use list::{FetchedList, fetch_list, last_list};
pub use memory::{MemoryError, Progress, progress_of};
pub use plan::EntryCounts;
pub use preview::{Preview, PreviewFile, dry_run, dry_run_of_list, try_address};
pub use rescore::{PAUSE, RescoreReport, rescore};
#[cfg(all(feature = "kill-points", not(test)))]
pub use stop::kill_at;
pub use topics::{TooManyKeywords, TopicKeywords};
