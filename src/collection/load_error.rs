//! Why the articles folder cannot be read at all.

use std::io;
use std::path::Path;

use super::file_problem::{displayed_name, words_of};

/// A fault of the whole folder.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The path does not exist.
    #[error("the articles folder does not exist")]
    Missing,
    /// The path is something else.
    #[error("the articles folder is not a folder")]
    NotAFolder,
    /// The folder was deleted or replaced while it was read.
    #[error("the articles folder went away while it was being read")]
    Replaced,
    /// Another folder than in the load before is at this path, and has no file.
    #[error(
        "in the place of the articles folder is another one without any file, as where a disk is not mounted (if it is to be \
        empty, restart the bot)"
    )]
    Emptied,
    /// The folder's entries cannot be listed.
    #[error("the articles folder cannot be read: {}", words_of(.0))]
    Unreadable(#[source] io::Error),
}

/// The path at which the bot looked for the articles folder, in words for the log and the terminal. Empty unless the error is
/// about the path. Discord never gets a path of the server.
#[must_use]
pub fn place_of(root: &Path, error: &LoadError) -> String {
    if !matches!(error, LoadError::Missing | LoadError::NotAFolder) {
        return String::new();
    }
    let absolute = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let shown = displayed_name(&absolute.to_string_lossy());
    // A shell would expand `~`, but no shell reads the settings.
    let hint = if root.starts_with("~") { ", because ~ is not expanded: write the whole path" } else { "" };
    format!(" (the bot looked for {shown}{hint})")
}
