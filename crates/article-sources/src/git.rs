//! Git repositories: the files of a branch become a folder of the collection.
//!
//! All work happens in a hidden workspace beside the folder. The folder changes in one step, as the last one, so a
//! failure at any time leaves the last good files. Git runs nothing that the repository brings: no hook, no filter, no
//! submodule; symbolic links are left out.

pub use error::GitError;
pub use places::GitPlaces;
pub use program::Git;
pub use update::{GitBounds, GitOutcome, GitPreview, preview, update};

mod error;
mod listing;
mod places;
mod program;
#[cfg(test)]
mod tests;
mod update;
