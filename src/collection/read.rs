//! One file of a collection: its bytes, safely, and what they say.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::walk::{FileKind, FoundFile, shown_name};
use crate::article::bounds::FILE_BYTES_MAX;
use crate::article::problem::Problem;
use crate::article::shared_texts::SharedTexts;
use crate::article::topic_file::{self, TopicFile};
use crate::article::{self, Article, ArticleId};

/// What became of one file.
pub(crate) struct Outcome {
    /// `None` when the file could not be read.
    pub(crate) bytes_read: Option<u64>,
    /// How its text ends.
    pub(crate) ending: Ending,
    pub(crate) content: Content,
}

/// How the text of a file ends, which may tell that it is still being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// After a line break.
    Whole,
    /// Inside a line.
    InLine,
    /// There is no text but white space.
    Blank,
}

impl Ending {
    fn of(bytes: &[u8]) -> Self {
        match bytes.last() {
            _ if bytes.trim_ascii().is_empty() => Self::Blank,
            Some(b'\n' | b'\r') => Self::Whole,
            _ => Self::InLine,
        }
    }
}

pub(crate) enum Content {
    Article(Box<Article>),
    TopicFile(Box<TopicFile>),
    Problems(Vec<Problem>),
    /// The file is none of ours.
    Foreign,
    /// The file was deleted since the folder was listed.
    Gone,
}

/// Reads and parses a file. An article takes what it has in common with others from `texts`.
pub(crate) fn read(root: &Path, file: &FoundFile, texts: &SharedTexts) -> Outcome {
    let shown_name = shown_name(&file.name);
    let bytes = match read_bytes(&root.join(&*file.name)) {
        Ok(bytes) => bytes,
        Err(ReadError::Gone) => return unread(Content::Gone),
        Err(ReadError::NotRegular) => return unread(Content::Problems(vec![not_regular(&shown_name)])),
        Err(ReadError::Other(error)) => {
            return unread(Content::Problems(vec![unreadable(&shown_name, &error)]));
        }
    };
    let content = match file.kind {
        FileKind::Article => {
            let id = file.name.strip_suffix(FileKind::ARTICLE_SUFFIX).unwrap_or(&file.name);
            match article::parse(ArticleId::new(id), &shown_name, &bytes) {
                Ok(mut article) => {
                    texts.share(&mut article);
                    Content::Article(Box::new(article))
                }
                Err(problems) => Content::Problems(problems),
            }
        }
        FileKind::Yaml => match topic_file::parse(&shown_name, &bytes) {
            Ok(Some(topic_file)) => Content::TopicFile(Box::new(topic_file)),
            Ok(None) => Content::Foreign,
            Err(problems) => Content::Problems(problems),
        },
    };
    Outcome { bytes_read: u64::try_from(bytes.len()).ok(), ending: Ending::of(&bytes), content }
}

fn unread(content: Content) -> Outcome {
    Outcome { bytes_read: None, ending: Ending::Whole, content }
}

pub(crate) enum ReadError {
    /// Deleted since the folder was listed: the same as if it had never been there.
    Gone,
    NotRegular,
    Other(io::Error),
}

/// The bytes of a regular file, at most one more than a file may have, so that its reader sees that it is too large.
///
/// Since the folder was listed, anyone may have put something else in the file's place. `O_NOFOLLOW` refuses a link,
/// `O_NONBLOCK` does not wait for the other end of a FIFO, and the handle itself is asked what it is.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let file: File = OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(path)
        .map_err(|error| match error.raw_os_error() {
            Some(libc::ELOOP | libc::ENXIO) => ReadError::NotRegular,
            Some(libc::ENOENT | libc::ENOTDIR) => ReadError::Gone,
            _ => ReadError::Other(error),
        })?;
    let metadata = file.metadata().map_err(ReadError::Other)?;
    if !metadata.is_file() {
        return Err(ReadError::NotRegular);
    }
    let limit_bytes = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let expected_bytes = usize::try_from(metadata.len().min(limit_bytes)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected_bytes);
    file.take(limit_bytes).read_to_end(&mut bytes).map_err(ReadError::Other)?;
    Ok(bytes)
}

pub(crate) fn unreadable(name: &str, error: &io::Error) -> Problem {
    problem(name, &format!("this cannot be read: {}", words_of(error)), "check its permissions and the disk")
}

pub(crate) fn not_regular(name: &str) -> Problem {
    problem(name, "this is not a regular file", "put a regular file here, or rename it")
}

pub(crate) fn problem(name: &str, cause: &str, remedy: &str) -> Problem {
    Problem { path: name.into(), position: None, cause: cause.into(), remedy: remedy.into() }
}

/// What the system says in words that name no path of the server.
pub(crate) fn words_of(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "the bot may not read it",
        io::ErrorKind::NotFound => "it does not exist",
        io::ErrorKind::Interrupted | io::ErrorKind::TimedOut => "the disk did not answer in time",
        io::ErrorKind::OutOfMemory => "there is not enough memory",
        _ => match error.raw_os_error() {
            Some(libc::EMFILE | libc::ENFILE) => "too many files are open",
            Some(libc::EIO) => "the disk has an error",
            Some(libc::ENAMETOOLONG) => "its name is too long",
            _ => "the system gave an error",
        },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    fn folder(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), text).unwrap();
        folder
    }

    #[test]
    fn a_file_that_was_swapped_after_the_listing_is_not_followed() {
        let folder = folder("text");
        let path = |name: &str| folder.path().join(name);
        symlink(path("a.md"), path("link.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(path("fifo.md")).status().unwrap();
        assert!(made.success());
        assert!(read_bytes(&path("a.md")).is_ok());
        for name in ["link.md", "fifo.md", "."] {
            assert!(matches!(read_bytes(&path(name)), Err(ReadError::NotRegular)), "{name}");
        }
        assert!(matches!(read_bytes(&path("gone.md")), Err(ReadError::Gone)));
        assert!(matches!(read_bytes(&path("a.md/b.md")), Err(ReadError::Gone)));
    }

    #[test]
    fn the_system_is_put_into_words() {
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(words_of(&error), "the bot may not read it");
    }

    #[test]
    fn an_ending_tells_of_a_file_that_is_being_written() {
        for (text, ending) in
            [("", Ending::Blank), (" \r\n", Ending::Blank), ("a\n", Ending::Whole), ("a\nb", Ending::InLine)]
        {
            assert_eq!(Ending::of(text.as_bytes()), ending, "{text:?}");
        }
    }
}
