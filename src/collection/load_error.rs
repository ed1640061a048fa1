//! Why the articles folder cannot be read at all.

use std::io;
use std::path::Path;

use super::file_problem::{displayed_name, words_of};

/// Why a folder could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is nothing at that path.
    #[error("the articles folder does not exist")]
    Missing,
    /// There is something else.
    #[error("the articles folder is not a folder")]
    NotAFolder,
    /// It was deleted or replaced while it was being read.
    #[error("the articles folder went away while it was being read")]
    Replaced,
    /// Another folder is in its place than was read before, and has no file.
    #[error(
        "in the place of the articles folder is another one without any file, as where a disk is not mounted (if it is to be \
        empty, restart the bot)"
    )]
    Emptied,
    /// Its entries cannot be listed.
    #[error("the articles folder cannot be read: {}", words_of(.0))]
    Unreadable(#[source] io::Error),
}

/// Where the articles folder was looked for, for the log and the terminal; empty where the error is another one. Discord
/// never sees a path of the server.
#[must_use]
pub fn place_of(root: &Path, error: &LoadError) -> String {
    if !matches!(error, LoadError::Missing | LoadError::NotAFolder) {
        return String::new();
    }
    let absolute = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let shown = displayed_name(&absolute.to_string_lossy());
    // A shell expands it, and a setting in a file sees no shell.
    let hint = if root.starts_with("~") { ", because ~ is not expanded: write the whole path" } else { "" };
    format!(" (the bot looked for {shown}{hint})")
}
