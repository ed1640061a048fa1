//! What a load found.

use std::time::Duration;

use jiff::Timestamp;

use crate::collection::diff::Difference;

/// What came of a load.
#[derive(Debug, Clone)]
pub struct Report {
    /// When it ended.
    pub at: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// How many files were read.
    pub files_read: usize,
    /// What changed, or why the folder could not be read at all. Then everything stays as it was.
    pub outcome: Result<Difference, String>,
    /// Whether all files could be looked at. Where not, a file that is not there may well exist.
    pub is_complete: bool,
}
