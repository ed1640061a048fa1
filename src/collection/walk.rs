//! Which files a folder holds, and what of them the system says without their being read.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use walkdir::{DirEntry, WalkDir};

use super::load::LoadError;
use super::read::{not_regular, problem, unreadable};
use crate::article::problem::{Problem, printable};

/// Article and topic files of a collection at most. Beyond it one problem says so, and no further file is read; which
/// files come first is the same every time (by name, folder by folder).
pub(crate) const FILES_MAX: usize = 200_000;

/// Entries of all folders looked at, at most, files of other kinds included; beyond it as with [`FILES_MAX`].
pub(crate) const ENTRIES_MAX: usize = 1_000_000;

/// Which reader a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Article,
    Yaml,
}

impl FileKind {
    pub(crate) const ARTICLE_SUFFIX: &str = ".md";

    fn of(name: &OsStr) -> Option<Self> {
        let name = name.as_bytes();
        if name.ends_with(Self::ARTICLE_SUFFIX.as_bytes()) {
            Some(Self::Article)
        } else {
            name.ends_with(b".yaml").then_some(Self::Yaml)
        }
    }
}

/// What tells a changed file from the one that was read, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    size_bytes: u64,
    inode: u64,
    /// Of the content, in nanoseconds since 1970. A program may set it to anything.
    modified_ns: i128,
    /// Of the content or what the system keeps about it, in nanoseconds since 1970. No program can set it, so it
    /// also tells of a file that was put back to its old time.
    touched_ns: i128,
}

impl Stamp {
    fn of(metadata: &fs::Metadata) -> Self {
        let ns = |seconds: i64, ns: i64| i128::from(seconds) * 1_000_000_000 + i128::from(ns);
        Self {
            size_bytes: metadata.size(),
            inode: metadata.ino(),
            modified_ns: ns(metadata.mtime(), metadata.mtime_nsec()),
            touched_ns: ns(metadata.ctime(), metadata.ctime_nsec()),
        }
    }

    /// When the file was last written or touched, in nanoseconds since 1970.
    pub(crate) fn latest_ns(&self) -> i128 {
        self.modified_ns.max(self.touched_ns)
    }
}

/// A file that may be read.
#[derive(Debug)]
pub(crate) struct FoundFile {
    pub(crate) kind: FileKind,
    /// Its path below the root, with `/`.
    pub(crate) name: Box<str>,
    pub(crate) stamp: Stamp,
}

/// An entry that cannot be used.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Its path below the root; `None` where that is not UTF-8.
    pub(crate) name: Option<Box<str>>,
    pub(crate) problem: Problem,
    /// Whether there may be files behind it that nobody can see.
    pub(crate) hides_files: bool,
}

/// What a folder holds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<FoundFile>,
    pub(crate) faults: Vec<Fault>,
    /// Whether there was more than may be.
    pub(crate) is_cut_off: bool,
}

/// Lists the files, in an order that is the same every time.
///
/// # Errors
/// When the root is missing or unreadable, also when it went away meanwhile: what was found then is no statement on
/// what the collection holds.
pub(crate) fn find(root: &Path) -> Result<Found, LoadError> {
    let before = identity(root)?;
    fs::read_dir(root).map_err(LoadError::Unreadable)?;
    let found = stamp(root, list(root, FILES_MAX, ENTRIES_MAX));
    if identity(root)? == before { Ok(found) } else { Err(LoadError::Replaced) }
}

/// Which folder the root is now, links followed: its device and inode.
///
/// # Errors
/// When there is no folder, or none that can be looked at.
pub(crate) fn identity(root: &Path) -> Result<(u64, u64), LoadError> {
    match fs::metadata(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(LoadError::Missing),
        Err(error) => Err(LoadError::Unreadable(error)),
        Ok(metadata) if !metadata.is_dir() => Err(LoadError::NotAFolder),
        Ok(metadata) => Ok((metadata.dev(), metadata.ino())),
    }
}

/// A file's kind and its path below the root.
type Named = (FileKind, Box<str>);

#[derive(Default)]
struct Listed {
    files: Vec<Named>,
    faults: Vec<Fault>,
    is_cut_off: bool,
}

/// Asks for the files' stamps on all cores: that is most of what a walk costs.
fn stamp(root: &Path, listed: Listed) -> Found {
    let Listed { files, mut faults, is_cut_off } = listed;
    let stamped: Vec<Result<FoundFile, Option<Fault>>> = files
        .into_par_iter()
        .map(|(kind, name)| {
            let path = root.join(&*name);
            match fs::symlink_metadata(&path) {
                Ok(metadata) => Ok(FoundFile { kind, name, stamp: Stamp::of(&metadata) }),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Err(None),
                Err(error) => {
                    let problem = unreadable(&shown_name(&name), &error);
                    Err(Some(Fault { name: Some(name), problem, hides_files: true }))
                }
            }
        })
        .collect();
    let mut found = Vec::with_capacity(stamped.len());
    for file in stamped {
        match file {
            Ok(file) => found.push(file),
            Err(fault) => faults.extend(fault),
        }
    }
    Found { files: found, faults, is_cut_off }
}

fn list(root: &Path, files_max: usize, entries_max: usize) -> Listed {
    let mut found = Listed::default();
    let entries = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
    let visible = entries.filter_entry(|entry| !is_passed_over(entry.file_name()));
    for (index, entry) in visible.enumerate() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.faults.extend(walk_fault(root, &error));
                continue;
            }
        };
        if index >= entries_max || found.files.len() >= files_max {
            let cause = format!("the collection has more than {files_max} files or {entries_max} entries");
            let remedy = "take files away; this one and those behind it are not loaded";
            // No name: what is beyond the bound is not kept, or a collection could grow without end.
            found.faults.push(Fault { name: None, ..fault(root, entry.path(), &cause, remedy) });
            found.is_cut_off = true;
            break;
        }
        match check_entry(root, &entry) {
            Ok(file) => found.files.extend(file),
            Err(fault) => found.faults.push(*fault),
        }
    }
    found
}

/// Names that are no part of a collection, whether of files or of folders.
fn is_passed_over(name: &OsStr) -> bool {
    name.as_bytes().starts_with(b".") || name == "README.md"
}

/// The file to read that an entry is, if it is one.
fn check_entry(root: &Path, entry: &DirEntry) -> Result<Option<Named>, Box<Fault>> {
    let kind = FileKind::of(entry.file_name());
    let path = entry.path();
    let file_type = entry.file_type();
    if file_type.is_symlink() {
        // What a link without a telling name leads to matters only if it is a folder that an editor may take for loaded.
        let leads_to_folder = || fs::metadata(path).is_ok_and(|metadata| metadata.is_dir());
        return if kind.is_some() || leads_to_folder() {
            let cause = "this is a link, and links are not followed";
            Err(Box::new(fault(root, path, cause, "put the file or folder itself here")))
        } else {
            Ok(None)
        };
    }
    match kind {
        Some(_) if file_type.is_dir() => Ok(None),
        None => Ok(None),
        Some(_) if !file_type.is_file() => {
            let name = relative(root, path).map(Into::into);
            Err(Box::new(Fault { name, problem: not_regular(&name_below(root, path)), hides_files: false }))
        }
        Some(kind) => match relative(root, path) {
            Some(name) => Ok(Some((kind, name.into()))),
            None => {
                Err(Box::new(fault(root, path, "the name is not UTF-8", "rename the file or its folder")))
            }
        },
    }
}

/// The fault that an error of the walk is; none when the entry went away meanwhile.
fn walk_fault(root: &Path, error: &walkdir::Error) -> Option<Fault> {
    let path = error.path().unwrap_or(root);
    match error.io_error() {
        Some(error) if error.kind() == io::ErrorKind::NotFound => None,
        Some(error) => {
            let problem = unreadable(&name_below(root, path), error);
            Some(Fault { name: relative(root, path).map(Into::into), problem, hides_files: true })
        }
        None => {
            let fault = fault(root, path, "the folder cannot be read", "check it");
            Some(Fault { hides_files: true, ..fault })
        }
    }
}

fn fault(root: &Path, path: &Path, cause: &str, remedy: &str) -> Fault {
    let problem = problem(&name_below(root, path), cause, remedy);
    Fault { name: relative(root, path).map(Into::into), problem, hides_files: false }
}

fn relative<'a>(root: &Path, path: &'a Path) -> Option<&'a str> {
    path.strip_prefix(root).ok().and_then(Path::to_str)
}

/// The path below the root as problems show it.
fn name_below(root: &Path, path: &Path) -> String {
    shown_name(&path.strip_prefix(root).unwrap_or(Path::new("")).to_string_lossy())
}

/// A path below the root as problems show it: nothing in it that a terminal would obey.
pub(crate) fn shown_name(relative: &str) -> String {
    match relative.chars().map(printable).collect::<String>() {
        name if name.is_empty() => ".".to_owned(),
        name => name,
    }
}
