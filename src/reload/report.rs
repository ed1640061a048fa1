//! The report of a load.

use std::time::Duration;

use jiff::Timestamp;

use crate::collection::diff::Difference;

/// The result of a load.
#[derive(Debug, Clone)]
pub struct Report {
    /// When the load ended.
    pub at: Timestamp,
    /// How long the load took.
    pub took: Duration,
    /// How many files were read.
    pub files_read: usize,
    /// The difference, or why the folder could not be read at all. The collection then stays as it was.
    pub outcome: Result<Difference, String>,
    /// Whether the load saw all files. If not, a missing file may exist.
    pub is_complete: bool,
}
