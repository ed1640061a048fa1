//! From a folder to its articles, topic files and problems.
//!
//! One bad file never costs another: whatever is wrong with a file or folder below the root becomes a
//! [`Problem`], and the rest load. Only a root that cannot be read at all is an error.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use walkdir::{DirEntry, WalkDir};

use crate::article::bounds::FILE_BYTES_MAX;
use crate::article::problem::Problem;
use crate::article::topic_file::{self, TopicFile};
use crate::article::{self, Article, ArticleId};

/// Article and topic files of a collection at most. Beyond it one problem says so, and no further file is read; which
/// files come first is the same every time (by name, folder by folder).
pub const FILES_MAX: usize = 200_000;

/// Entries of all folders looked at, at most, files of other kinds included; beyond it as with [`FILES_MAX`].
pub const ENTRIES_MAX: usize = 1_000_000;

/// What a folder holds.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The valid articles, by id.
    pub articles: Vec<Article>,
    /// The valid topic files, by path.
    pub topic_files: Vec<TopicFile>,
    /// What is wrong with the rest, by path and position.
    pub problems: Vec<Problem>,
    /// How many files were read, those with problems included.
    pub files_read: usize,
    /// How many bytes were read.
    pub bytes_read: u64,
}

/// Why a folder could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is nothing at that path.
    #[error("the articles folder does not exist")]
    Missing,
    /// There is something else.
    #[error("the articles folder is not a folder")]
    NotAFolder,
    /// Its entries cannot be listed.
    #[error("the articles folder cannot be read: {}", words_of(.0))]
    Unreadable(#[source] io::Error),
}

/// Reads everything below `root`, which may itself be a link.
///
/// # Errors
/// Only when the root is missing or unreadable; everything else is among the problems.
pub fn load(root: &Path) -> Result<Loaded, LoadError> {
    match fs::metadata(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(LoadError::Missing),
        Err(error) => return Err(LoadError::Unreadable(error)),
        Ok(metadata) if !metadata.is_dir() => return Err(LoadError::NotAFolder),
        Ok(_) => {}
    }
    fs::read_dir(root).map_err(LoadError::Unreadable)?;
    let Found { files, mut problems } = find(root);
    let outcomes: Vec<Outcome> = files.into_par_iter().map(|file| read(root, file)).collect();
    let mut loaded = Loaded::default();
    for Outcome { bytes_read, content } in outcomes {
        loaded.files_read += usize::from(bytes_read.is_some());
        loaded.bytes_read += bytes_read.unwrap_or(0);
        match content {
            Content::Article(article) => loaded.articles.push(*article),
            Content::TopicFile(topic_file) => loaded.topic_files.push(*topic_file),
            Content::Problems(found) => problems.extend(found),
            Content::Nothing => {}
        }
    }
    loaded.articles.sort_unstable_by(|one, other| one.id.cmp(&other.id));
    problems.sort_unstable();
    loaded.problems = problems;
    Ok(loaded)
}

/// The files that [`load`] reads, for whoever looks at them once more.
pub(crate) fn files(root: &Path) -> Vec<FoundFile> {
    find(root).files
}

/// Which reader a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// `*.md`.
    Article,
    /// `*.yaml`.
    Yaml,
}

impl FileKind {
    const ARTICLE_SUFFIX: &str = ".md";

    fn of(name: &OsStr) -> Option<Self> {
        let name = name.as_bytes();
        if name.ends_with(Self::ARTICLE_SUFFIX.as_bytes()) {
            Some(Self::Article)
        } else {
            name.ends_with(b".yaml").then_some(Self::Yaml)
        }
    }
}

/// A file that is to be read.
pub(crate) struct FoundFile {
    /// By its name.
    pub(crate) kind: FileKind,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its path below the root, with `/`.
    name: String,
}

impl FoundFile {
    /// What problems call it.
    pub(crate) fn shown_name(&self) -> String {
        self.name.chars().map(article::problem::printable).collect()
    }
}

#[derive(Default)]
struct Found {
    files: Vec<FoundFile>,
    problems: Vec<Problem>,
}

/// Lists the files, in an order that is the same every time.
fn find(root: &Path) -> Found {
    let mut found = Found::default();
    let entries = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
    let visible = entries.filter_entry(|entry| !is_passed_over(entry.file_name()));
    for (index, entry) in visible.enumerate() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.problems.extend(walk_problem(root, &error));
                continue;
            }
        };
        if index >= ENTRIES_MAX || found.files.len() >= FILES_MAX {
            let cause = format!("the collection has more than {FILES_MAX} files or {ENTRIES_MAX} entries");
            let remedy = "take files away; this one and those behind it are not loaded";
            found.problems.push(problem(&name_below(root, entry.path()), &cause, remedy));
            break;
        }
        match check_entry(root, &entry) {
            Ok(file) => found.files.extend(file),
            Err(problem) => found.problems.push(problem),
        }
    }
    found
}

/// Names that are no part of a collection, whether of files or of folders.
fn is_passed_over(name: &OsStr) -> bool {
    name.as_bytes().starts_with(b".") || name == "README.md"
}

/// The file to read that an entry is, if it is one.
fn check_entry(root: &Path, entry: &DirEntry) -> Result<Option<FoundFile>, Problem> {
    let kind = FileKind::of(entry.file_name());
    let name = name_below(root, entry.path());
    let file_type = entry.file_type();
    if file_type.is_symlink() {
        // What a link without a telling name leads to matters only if it is a folder that an editor may take for loaded.
        let leads_to_folder = || fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir());
        return if kind.is_some() || leads_to_folder() {
            Err(problem(
                &name,
                "this is a link, and links are not followed",
                "put the file or folder itself here",
            ))
        } else {
            Ok(None)
        };
    }
    match kind {
        Some(_) if file_type.is_dir() => Ok(None),
        None => Ok(None),
        Some(_) if !file_type.is_file() => Err(not_regular(&name)),
        Some(kind) => match entry.path().strip_prefix(root).ok().and_then(Path::to_str) {
            Some(relative) => {
                Ok(Some(FoundFile { kind, name: relative.to_owned(), path: entry.path().to_owned() }))
            }
            None => Err(problem(&name, "the name is not UTF-8", "rename the file or its folder")),
        },
    }
}

/// What became of one file.
struct Outcome {
    /// `None` when the file could not be read.
    bytes_read: Option<u64>,
    content: Content,
}

enum Content {
    Article(Box<Article>),
    TopicFile(Box<TopicFile>),
    Problems(Vec<Problem>),
    /// The file is not ours, or is gone.
    Nothing,
}

fn read(root: &Path, file: FoundFile) -> Outcome {
    let shown_name = name_below(root, &file.path);
    let bytes = match read_bytes(&file.path) {
        Ok(bytes) => bytes,
        Err(ReadError::Gone) => return Outcome { bytes_read: None, content: Content::Nothing },
        Err(ReadError::NotRegular) => return unread(not_regular(&shown_name)),
        Err(ReadError::Other(error)) => return unread(unreadable(&shown_name, &error)),
    };
    let content = match file.kind {
        FileKind::Article => {
            let id = file.name.strip_suffix(FileKind::ARTICLE_SUFFIX).unwrap_or(&file.name);
            match article::parse(ArticleId::new(id), &shown_name, &bytes) {
                Ok(article) => Content::Article(Box::new(article)),
                Err(problems) => Content::Problems(problems),
            }
        }
        FileKind::Yaml => match topic_file::parse(&shown_name, &bytes) {
            Ok(Some(topic_file)) => Content::TopicFile(Box::new(topic_file)),
            Ok(None) => Content::Nothing,
            Err(problems) => Content::Problems(problems),
        },
    };
    Outcome { bytes_read: u64::try_from(bytes.len()).ok(), content }
}

fn unread(problem: Problem) -> Outcome {
    Outcome { bytes_read: None, content: Content::Problems(vec![problem]) }
}

/// Why a file has no bytes.
pub(crate) enum ReadError {
    /// Deleted since the folder was listed: the same as if it had never been there.
    Gone,
    /// A link, a FIFO, a device.
    NotRegular,
    /// What the system says.
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

/// The problem that an error of the walk is; none when a folder went away meanwhile.
fn walk_problem(root: &Path, error: &walkdir::Error) -> Option<Problem> {
    let name = error.path().map_or_else(String::new, |path| name_below(root, path));
    match error.io_error() {
        Some(error) if error.kind() == io::ErrorKind::NotFound => None,
        Some(error) => Some(unreadable(&name, error)),
        None => Some(problem(&name, "the folder cannot be read", "check it")),
    }
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    problem(name, &format!("this cannot be read: {}", words_of(error)), "check its permissions and the disk")
}

fn not_regular(name: &str) -> Problem {
    problem(name, "this is not a regular file", "put a regular file here, or rename it")
}

fn problem(name: &str, cause: &str, remedy: &str) -> Problem {
    Problem { path: name.into(), position: None, cause: cause.into(), remedy: remedy.into() }
}

/// What the system says in words that name no path of the server.
fn words_of(error: &io::Error) -> &'static str {
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

/// The path below the root as problems show it: with `/`, and nothing in it that a terminal would obey.
fn name_below(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(Path::new(""));
    match relative.to_string_lossy().chars().map(article::problem::printable).collect::<String>() {
        name if name.is_empty() => ".".to_owned(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    /// A folder below the system's temporary one, with these files.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn shown(loaded: &Loaded) -> (Vec<&str>, Vec<String>) {
        let ids = loaded.articles.iter().map(|article| article.id.as_str()).collect();
        (ids, loaded.problems.iter().map(Problem::to_string).collect())
    }

    const ARTICLE: &str = "---\ntitle: T\n---\n";

    #[test]
    fn articles_and_topics_are_found_at_any_depth() {
        let folder = folder(&[
            ("b.md", ARTICLE),
            ("a/deep/er/c.md", ARTICLE),
            ("a-.md", ARTICLE),
            ("x.md/d.md", ARTICLE),
            ("README.md", "not an article"),
            ("a/README.md", "not an article"),
            (".hidden.md", "not an article"),
            (".git/e.md", "not an article"),
            ("notes.txt", "not an article"),
            ("f.markdown", "not an article"),
            ("topics/ai.yaml", "taxonomy: topic\nname: AI"),
            ("docker-compose.yaml", "services: ["),
        ]);
        let loaded = load(folder.path()).unwrap();
        assert_eq!(shown(&loaded), (vec!["a-", "a/deep/er/c", "b", "x.md/d"], vec![]));
        assert_eq!(loaded.topic_files.iter().map(|topic| &*topic.name).collect::<Vec<_>>(), ["AI"]);
        assert_eq!((loaded.files_read, loaded.bytes_read), (6, 4 * 17 + 24 + 11));
    }

    #[test]
    fn one_bad_file_costs_no_other() {
        let large = format!("---\ntitle: T\n---\n{}", "x".repeat(FILE_BYTES_MAX));
        let folder = folder(&[
            ("good.md", ARTICLE),
            ("bad/b.md", "---\nheat: hot\n---\n"),
            ("bad/a.md", "no front matter"),
            ("large.md", &large),
            ("topic.yaml", "taxonomy: topic\nname: ["),
        ]);
        let loaded = load(folder.path()).unwrap();
        let (ids, problems) = shown(&loaded);
        assert_eq!(ids, ["good"]);
        let expected = [
            "bad/a.md:1:1: the file does not begin",
            "bad/b.md:2:1: there is no title",
            "bad/b.md:2:7: heat is “hot”",
            "large.md: the file is larger",
            "topic.yaml:2:8: a value is missing here",
        ];
        assert_eq!(problems.len(), expected.len(), "{problems:#?}");
        for (problem, expected) in problems.iter().zip(expected) {
            assert!(problem.starts_with(expected), "{problem}, not {expected}");
        }
        assert_eq!(loaded.bytes_read, 17 + 18 + 15 + FILE_BYTES_MAX as u64 + 1 + 23);
    }

    #[test]
    fn only_regular_files_are_read() {
        let outside = folder(&[("secret.md", ARTICLE)]);
        let folder = folder(&[("a.md", ARTICLE), ("sub/b.md", ARTICLE)]);
        let path = |name: &str| folder.path().join(name);
        symlink(outside.path().join("secret.md"), path("outside.md")).unwrap();
        symlink(path("a.md"), path("inside.md")).unwrap();
        symlink("/nowhere", path("dangling.md")).unwrap();
        symlink("/nowhere", path("dangling")).unwrap();
        symlink(outside.path(), path("linked")).unwrap();
        symlink(folder.path(), path("sub/circle")).unwrap();
        let _socket = UnixListener::bind(path("socket.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(path("fifo.md")).status().unwrap();
        assert!(made.success());
        fs::create_dir(path("c.md")).unwrap();
        let loaded = load(folder.path()).unwrap();
        let (ids, problems) = shown(&loaded);
        assert_eq!(ids, ["a", "sub/b"]);
        let link = "this is a link, and links are not followed; put the file or folder itself here";
        let special = "this is not a regular file; put a regular file here, or rename it";
        let expected = [
            format!("dangling.md: {link}"),
            format!("fifo.md: {special}"),
            format!("inside.md: {link}"),
            format!("linked: {link}"),
            format!("outside.md: {link}"),
            format!("socket.md: {special}"),
            format!("sub/circle: {link}"),
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn a_file_that_was_swapped_after_the_listing_is_not_followed() {
        let folder = folder(&[("a.md", ARTICLE)]);
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
    fn names_are_shown_so_that_no_terminal_obeys_them() {
        let folder = folder(&[("bad\u{1B}[31m\n.md", "x"), ("good é.md", ARTICLE)]);
        fs::write(folder.path().join(OsStr::from_bytes(b"latin-\xE9.md")), ARTICLE).unwrap();
        let loaded = load(folder.path()).unwrap();
        let (ids, problems) = shown(&loaded);
        assert_eq!(ids, ["good é"]);
        assert!(problems[0].starts_with("bad\u{FFFD}[31m .md:1:1: the file does not begin"), "{problems:?}");
        assert_eq!(problems[1], "latin-\u{FFFD}.md: the name is not UTF-8; rename the file or its folder");
    }

    #[test]
    fn what_cannot_be_read_is_a_problem_without_the_path_of_the_server() {
        let folder = folder(&[("a.md", ARTICLE), ("closed.md", ARTICLE), ("closed/b.md", ARTICLE)]);
        for name in ["closed.md", "closed"] {
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o000)).unwrap();
        }
        // Permissions do not bind the superuser, as whom some build machines run tests.
        let is_bound = File::open(folder.path().join("closed.md")).is_err();
        let loaded = load(folder.path()).unwrap();
        fs::set_permissions(folder.path().join("closed"), fs::Permissions::from_mode(0o700)).unwrap();
        if is_bound {
            let unread = "this cannot be read: the bot may not read it; check its permissions and the disk";
            let problems = vec![format!("closed: {unread}"), format!("closed.md: {unread}")];
            assert_eq!(shown(&loaded), (vec!["a"], problems));
        }
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        assert_eq!(words_of(&error), "the bot may not read it");
    }

    #[test]
    fn a_root_that_cannot_be_read_is_an_error() {
        let folder = folder(&[("a.md", ARTICLE)]);
        let path = |name: &str| folder.path().join(name);
        let words = |path: &Path| load(path).unwrap_err().to_string();
        assert_eq!(words(&path("nowhere")), "the articles folder does not exist");
        assert_eq!(words(&path("a.md")), "the articles folder is not a folder");
        // A root that is a link, or hidden, is what the operator chose.
        symlink(folder.path(), path(".link")).unwrap();
        assert_eq!(shown(&load(&path(".link")).unwrap()).0, ["a"]);
        let empty = tempfile::tempdir().unwrap();
        assert!(load(empty.path()).unwrap().articles.is_empty());
    }
}
