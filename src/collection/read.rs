//! Reads and parses one file of a collection.

use std::cell::RefCell;

use rustix::buffer::spare_capacity;
use rustix::fs::{FileType, fstat};
use rustix::io::Errno;

use super::beneath::{OpenError, Opener, Root};
use super::file_problem::{displayed_name, unopened};
use super::walk::{FileKind, FoundFile, Stamp};
use article_format::bounds::FILE_BYTES_MAX;
use article_format::problem::Problem;
use article_format::shared_texts::SharedTexts;
use article_format::topic_file::{self, Faulty, TopicFile};
use article_format::{Article, ArticleId};

/// The result of reading one file.
pub(crate) struct FileOutcome {
    /// `None` when the file could not be read.
    pub(crate) stamp: Option<Stamp>,
    /// `None` when the file could not be read.
    pub(crate) bytes_read: Option<u64>,
    /// How its text ends.
    pub(crate) ending: Ending,
    pub(crate) content: Content,
}

/// The end of a file's text. It may show that the file is still being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// After a line break.
    Whole,
    /// Inside a line.
    InLine,
    /// White space alone.
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
    /// The problems count only if the file was a topic file before. Otherwise the file is not part of the collection.
    ProblemsIfKnown(Vec<Problem>),
    /// The file is not part of the collection.
    Foreign,
    /// The file was deleted since the folder was listed.
    Gone,
}

/// Reads and parses a file. An article shares its texts with other articles through `texts`.
pub(crate) fn read(files: &mut Opener<'_>, file: &FoundFile, texts: &SharedTexts) -> FileOutcome {
    let with_bytes = |bytes: &mut Vec<u8>| match read_file(files, &file.name, bytes) {
        Ok(stamp) => FileOutcome {
            stamp: Some(stamp),
            bytes_read: u64::try_from(bytes.len()).ok(),
            ending: Ending::of(bytes),
            content: content(file, bytes, texts),
        },
        Err(OpenError::Gone) => unread(Content::Gone),
        Err(error) => unread(Content::Problems(vec![unopened(&displayed_name(&file.name), error)])),
    };
    // All files of a thread use one buffer. Allocating one for each would take most of the time.
    thread_local! { static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) } }
    BYTES.with_borrow_mut(with_bytes)
}

fn content(file: &FoundFile, bytes: &[u8], texts: &SharedTexts) -> Content {
    let displayed_name = displayed_name(&file.name);
    match file.kind {
        FileKind::Article => {
            let id = file.name.strip_suffix(FileKind::ARTICLE_SUFFIX).unwrap_or(&file.name);
            match article_format::parse(ArticleId::new(id), &displayed_name, bytes) {
                Ok(mut article) => {
                    texts.share(&mut article);
                    Content::Article(Box::new(article))
                }
                Err(problems) => Content::Problems(problems),
            }
        }
        FileKind::Yaml => match topic_file::parse(&displayed_name, bytes) {
            Ok(Some(topic_file)) => Content::TopicFile(Box::new(topic_file)),
            Ok(None) => Content::Foreign,
            Err(Faulty { problems, says_topic: true }) => Content::Problems(problems),
            Err(Faulty { problems, says_topic: false }) => Content::ProblemsIfKnown(problems),
        },
    }
}

fn unread(content: Content) -> FileOutcome {
    FileOutcome { stamp: None, bytes_read: None, ending: Ending::Whole, content }
}

/// The bytes of a regular file below the root, at most one more than a file may have.
pub(crate) fn read_bytes(root: &Root, name: &str) -> Result<Vec<u8>, OpenError> {
    let mut bytes = Vec::new();
    read_file(&mut Opener::new(root), name, &mut bytes)?;
    Ok(bytes)
}

/// Puts the bytes of a regular file into `bytes`, at most one more than a file may have: the parser then sees that the file is
/// too large. Returns the stamp from before the bytes were read.
///
/// Anyone may have replaced the file since the folder was listed, so the type comes from the open handle.
fn read_file(files: &mut Opener<'_>, name: &str, bytes: &mut Vec<u8>) -> Result<Stamp, OpenError> {
    bytes.clear();
    let file = files.open(name)?;
    let stat = fstat(&file).map_err(OpenError::Other)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(OpenError::NotRegular);
    }
    let expected_bytes = usize::try_from(stat.st_size).unwrap_or(usize::MAX).min(BYTES_READ_MAX);
    // One byte more than expected, so that the first read can reach the end.
    bytes.reserve(expected_bytes + 1);
    while bytes.len() < BYTES_READ_MAX {
        bytes.reserve(1);
        let count = match rustix::io::read(&file, spare_capacity(bytes)) {
            Ok(count) => count,
            Err(Errno::INTR) => continue,
            Err(error) => return Err(OpenError::Other(error)),
        };
        if count == 0 || (bytes.len() == expected_bytes && expected_bytes < BYTES_READ_MAX) {
            break;
        }
    }
    bytes.truncate(BYTES_READ_MAX);
    Ok(Stamp::of(&stat))
}

/// One more than a file may have.
const BYTES_READ_MAX: usize = FILE_BYTES_MAX + 1;

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
    fn only_regular_files_are_read_whatever_the_listing_said() {
        let folder = folder("text");
        let path = |name: &str| folder.path().join(name);
        symlink("fifo.md", path("link.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(path("fifo.md")).status().unwrap();
        assert!(made.success());
        let root = Root::open(folder.path()).unwrap();
        let read = |name: &str| read_bytes(&root, name);
        assert_eq!(read("a.md").as_deref(), Ok(&b"text"[..]));
        for name in ["link.md", "fifo.md", "."] {
            assert_eq!(read(name), Err(OpenError::NotRegular), "{name}");
        }
        assert_eq!(read("gone.md"), Err(OpenError::Gone));
        assert_eq!(read("a.md/b.md"), Err(OpenError::Gone));
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
