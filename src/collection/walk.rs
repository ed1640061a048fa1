//! Finds the files of a folder, and their metadata.

use std::ffi::CStr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rustix::fs::{AtFlags, Dir, FileType, Stat, statat};

use super::beneath::{OpenError, Opener, Root, leads_to_folder};
use super::file_problem::{displayed_name, not_regular, problem, unopened, unreadable};
use super::folder_identity::{FolderIdentity, identity};
use super::load_error::LoadError;
use article_format::problem::Problem;

/// A collection has at most this many article and topic files. At the bound a problem says so, and no further file is read.
/// The order is the same every time: by name, folder by folder.
pub(crate) const FILES_MAX: usize = 200_000;

/// A walk checks at most this many entries of all folders, with files of other kinds. The bound works as for [`FILES_MAX`].
pub(crate) const ENTRIES_MAX: usize = 1_000_000;

/// How many files a thread takes at a time: enough to make taking cheap, few enough that no thread waits long for another.
const FILES_AT_A_TIME: usize = 64;

/// The kind of a file, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Article,
    Yaml,
}

impl FileKind {
    pub(crate) const ARTICLE_SUFFIX: &str = ".md";
    pub(crate) const YAML_SUFFIX: &str = ".yaml";

    pub(crate) fn of(name: &[u8]) -> Option<Self> {
        if name.ends_with(Self::ARTICLE_SUFFIX.as_bytes()) {
            Some(Self::Article)
        } else {
            name.ends_with(Self::YAML_SUFFIX.as_bytes()).then_some(Self::Yaml)
        }
    }

    /// The kind that a file with a wrong ending may be meant to be.
    fn meant_by(name: &[u8]) -> Option<Self> {
        let ends_in = |suffix: &[u8]| {
            let end = name.len().checked_sub(suffix.len()).and_then(|start| name.get(start..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(suffix))
        };
        let meant = if ends_in(Self::ARTICLE_SUFFIX.as_bytes()) || ends_in(b".markdown") {
            Some(Self::Article)
        } else {
            (ends_in(Self::YAML_SUFFIX.as_bytes()) || ends_in(b".yml")).then_some(Self::Yaml)
        };
        meant.filter(|_| Self::of(name).is_none())
    }
}

/// The kind of a file by its name. Files without a kind are skipped.
type KindOf = fn(&[u8]) -> Option<FileKind>;

/// Metadata of a file. A file with an equal stamp has not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    size_bytes: i64,
    inode: u64,
    /// When the content changed, in seconds since 1970 and nanoseconds. A program may set it to any time.
    modified: (i64, i64),
    /// When the content or the metadata changed, likewise. No program can set it, so it also changes when a program resets the
    /// time above.
    touched: (i64, i64),
}

impl Stamp {
    pub(crate) fn of(stat: &Stat) -> Self {
        let nanoseconds = |ns| i64::try_from(ns).unwrap_or_default();
        Self {
            size_bytes: stat.st_size,
            inode: stat.st_ino,
            modified: (stat.st_mtime, nanoseconds(stat.st_mtime_nsec)),
            touched: (stat.st_ctime, nanoseconds(stat.st_ctime_nsec)),
        }
    }

    /// When the file was last written or touched, in nanoseconds since 1970.
    pub(crate) fn latest_ns(&self) -> i128 {
        let (seconds, ns) = self.modified.max(self.touched);
        i128::from(seconds) * 1_000_000_000 + i128::from(ns)
    }
}

/// A file that may be read.
#[derive(Debug)]
pub(crate) struct FoundFile {
    pub(crate) kind: FileKind,
    /// Its path below the root, with `/`.
    pub(crate) name: Box<str>,
}

impl FoundFile {
    /// The stamp of the file, or of the target if the file is a link. `None` if the file is gone, or only reading it shows its
    /// problem.
    ///
    /// # Errors
    /// When the system gives an error.
    pub(crate) fn stamp(&self, files: &mut Opener<'_>) -> Result<Option<Stamp>, Fault> {
        match files.stat(&self.name) {
            Ok(stat) => Ok(Some(Stamp::of(&stat))),
            Err(error @ (OpenError::Other(_) | OpenError::Swapped)) => {
                let problem = unopened(&displayed_name(&self.name), error);
                Err(Fault { name: Some(self.name.clone()), problem, hides_files: true })
            }
            Err(_) => Ok(None),
        }
    }
}

/// An entry that cannot be used.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Its path below the root; `None` where the path is not UTF-8.
    pub(crate) name: Option<Box<str>>,
    pub(crate) problem: Problem,
    /// Whether it may hide files.
    pub(crate) hides_files: bool,
}

/// The result of a walk.
#[derive(Debug)]
pub(crate) struct FoundFiles<T = FoundFile> {
    /// One value for each file.
    pub(crate) files: Vec<T>,
    pub(crate) faults: Vec<Fault>,
    /// Whether the walk stopped at a bound.
    pub(crate) is_cut_off: bool,
}

/// Lists the files, in an order that is the same every time.
///
/// # Errors
/// Those of [`each_file`].
pub(crate) fn find(root: &Path) -> Result<FoundFiles, LoadError> {
    each_file(root, |_, file| file)
}

/// Lists the files that are skipped although their names nearly have an ending of [`FileKind`], within the same bounds.
///
/// # Errors
/// Those of [`each_file`].
pub(crate) fn find_misnamed(root: &Path) -> Result<Vec<FoundFile>, LoadError> {
    Ok(each_file_of(root, identity(root)?, FileKind::meant_by, |_, file| file)?.files)
}

/// Calls `work` for each file, on all cores and while the search goes on. The order of the results is the same every time.
/// `work` opens the files by their names with the opener.
///
/// # Errors
/// When the root is missing or unreadable, or went away during the walk.
pub(crate) fn each_file<T: Send>(
    root: &Path,
    work: impl Fn(&mut Opener<'_>, FoundFile) -> T + Sync,
) -> Result<FoundFiles<T>, LoadError> {
    each_file_of(root, identity(root)?, FileKind::of, work)
}

/// Like [`each_file`], for YAML files alone.
///
/// # Errors
/// Those of [`each_file`].
pub(crate) fn each_yaml_file<T: Send>(
    root: &Path,
    work: impl Fn(&mut Opener<'_>, FoundFile) -> T + Sync,
) -> Result<FoundFiles<T>, LoadError> {
    let yaml_alone = |name: &[u8]| FileKind::of(name).filter(|kind| *kind == FileKind::Yaml);
    each_file_of(root, identity(root)?, yaml_alone, work)
}

/// Like [`each_file`], for a root that has to be this folder from the beginning to the end.
///
/// # Errors
/// Those of [`each_file`].
pub(crate) fn each_file_of<T: Send>(
    root: &Path,
    expected: FolderIdentity,
    kind_of: KindOf,
    work: impl Fn(&mut Opener<'_>, FoundFile) -> T + Sync,
) -> Result<FoundFiles<T>, LoadError> {
    let folder = open_root(root)?;
    let found = each_file_below(&folder, kind_of, FILES_MAX, ENTRIES_MAX, work)?;
    if identity(root)? == expected { Ok(found) } else { Err(LoadError::Replaced) }
}

/// Opens a root that existed a moment before.
///
/// # Errors
/// When the root is gone by now, or cannot be read.
pub(crate) fn open_root(root: &Path) -> Result<Root, LoadError> {
    Root::open(root).map_err(|error| match error {
        gone if is_gone(gone) => LoadError::Replaced,
        other => LoadError::Unreadable(other.into()),
    })
}

fn each_file_below<T: Send>(
    root: &Root,
    kind_of: KindOf,
    files_max: usize,
    entries_max: usize,
    work: impl Fn(&mut Opener<'_>, FoundFile) -> T + Sync,
) -> Result<FoundFiles<T>, LoadError> {
    let entries = entries_of(root, &[]).map_err(|error| LoadError::Unreadable(error.into()))?;
    let top = Folder { path: Vec::new(), entries: entries.into_iter() };
    let done: Mutex<Vec<(usize, Vec<T>)>> = Mutex::new(Vec::new());
    let mut listing =
        Listing { root, kind_of, files_max, entries_max, entries: 0, faults: Vec::new(), is_cut_off: false };
    let (work, results) = (&work, &done);
    rayon::scope(|scope| {
        let mut count = 0;
        let mut hand_out = |files: Vec<FoundFile>| {
            let number = count;
            count += 1;
            scope.spawn(move |_| {
                let mut opener = Opener::new(root);
                let of_these = files.into_iter().map(|file| work(&mut opener, file)).collect();
                results.lock().unwrap_or_else(PoisonError::into_inner).push((number, of_these));
            });
        };
        let mut batch = Vec::with_capacity(FILES_AT_A_TIME);
        listing.each(top, |file| {
            batch.push(file);
            if batch.len() == FILES_AT_A_TIME {
                hand_out(std::mem::replace(&mut batch, Vec::with_capacity(FILES_AT_A_TIME)));
            }
        });
        hand_out(batch);
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(number, _)| *number);
    let mut files = Vec::with_capacity(done.iter().map(|(_, files)| files.len()).sum());
    files.extend(done.into_iter().flat_map(|(_, files)| files));
    Ok(FoundFiles { files, faults: listing.faults, is_cut_off: listing.is_cut_off })
}

/// A search for files.
struct Listing<'a> {
    root: &'a Root,
    kind_of: KindOf,
    files_max: usize,
    entries_max: usize,
    entries: usize,
    faults: Vec<Fault>,
    is_cut_off: bool,
}

/// An entry of a folder.
struct Entry {
    name: Box<CStr>,
    file_type: FileType,
}

/// A folder with the entries that are still to check.
struct Folder {
    /// Its path below the root, with a `/` at its end; empty for the root.
    path: Vec<u8>,
    entries: std::vec::IntoIter<Entry>,
}

impl Listing<'_> {
    /// Hands out the files, folder by folder.
    fn each(&mut self, top: Folder, mut take: impl FnMut(FoundFile)) {
        let mut files = 0;
        // No recursion: deeply nested folders could overflow the stack.
        let mut open_folders = vec![top];
        while let Some(folder) = open_folders.last_mut() {
            let Some(Entry { name, file_type }) = folder.entries.next() else {
                open_folders.pop();
                continue;
            };
            let path = [&*folder.path, name.to_bytes()].concat();
            if self.entries >= self.entries_max || files >= self.files_max {
                self.cut_off(&path);
                return;
            }
            self.entries += 1;
            if file_type == FileType::Directory {
                open_folders.extend(self.folder([&*path, b"/"].concat()));
                continue;
            }
            match self.file(path, name.to_bytes(), file_type) {
                Ok(file) => file.into_iter().for_each(|file| {
                    files += 1;
                    take(file);
                }),
                Err(fault) => self.faults.push(*fault),
            }
        }
    }

    fn cut_off(&mut self, path: &[u8]) {
        let cause =
            format!("the collection has more than {} files or {} entries", self.files_max, self.entries_max);
        let remedy = "take files away; this one and those behind it are not loaded";
        // Without a name, the fault keeps no file beyond the bound. Else a collection could grow without end.
        self.faults.push(Fault { name: None, ..fault(path, &cause, remedy) });
        self.is_cut_off = true;
    }

    /// Lists a folder. A folder that cannot be read is a fault; a folder that went away is not.
    fn folder(&mut self, path: Vec<u8>) -> Option<Folder> {
        match entries_of(self.root, &path) {
            Ok(entries) => Some(Folder { path, entries: entries.into_iter() }),
            Err(error) => {
                if !is_gone(error) {
                    let path = path.strip_suffix(b"/").unwrap_or(&path);
                    let problem = unreadable(&shown(path), &error.into());
                    let name = str::from_utf8(path).ok().map(Into::into);
                    self.faults.push(Fault { name, problem, hides_files: true });
                }
                None
            }
        }
    }

    /// The file to read at an entry, if there is one. Reading decides whether a link may be followed.
    fn file(&self, path: Vec<u8>, name: &[u8], file_type: FileType) -> Result<Option<FoundFile>, Box<Fault>> {
        let kind = (self.kind_of)(name);
        let is_link = file_type == FileType::Symlink;
        if is_link && kind.is_none() {
            // A link without a file's ending is a fault only if it leads to a folder, because an author may expect that its files
            // load.
            let folder = path.get(..path.len() - name.len()).unwrap_or_default();
            let is_of_folder = self.root.folder(folder).is_ok_and(|folder| leads_to_folder(folder, name));
            return if is_of_folder {
                let problem = unopened(&shown(&path), OpenError::LeadsToFolder);
                Err(Box::new(Fault { problem, ..fault(&path, "", "") }))
            } else {
                Ok(None)
            };
        }
        let Some(kind) = kind else { return Ok(None) };
        if file_type != FileType::RegularFile && !is_link {
            return Err(Box::new(Fault { problem: not_regular(&shown(&path)), ..fault(&path, "", "") }));
        }
        match String::from_utf8(path) {
            Ok(name) => Ok(Some(FoundFile { kind, name: name.into() })),
            Err(error) => Err(Box::new(fault(
                error.as_bytes(),
                "the name is not UTF-8",
                "rename the file or its folder",
            ))),
        }
    }
}

/// The entries of a folder, by name, without those to skip.
fn entries_of(root: &Root, path: &[u8]) -> Result<Vec<Entry>, rustix::io::Errno> {
    let mut entries = Vec::new();
    let mut buffer = Dir::new(root.folder(path)?)?;
    while let Some(entry) = buffer.read() {
        let entry = entry?;
        let name = entry.file_name();
        if is_passed_over(name.to_bytes()) {
            continue;
        }
        let file_type = match entry.file_type() {
            // Some file systems do not give the type here.
            FileType::Unknown => match statat(buffer.fd()?, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(stat) => type_of(&stat),
                Err(error) if is_gone(error) => continue,
                Err(error) => return Err(error),
            },
            known => known,
        };
        entries.push(Entry { name: name.into(), file_type });
    }
    entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

fn type_of(stat: &Stat) -> FileType {
    FileType::from_raw_mode(stat.st_mode)
}

fn is_gone(error: rustix::io::Errno) -> bool {
    error == rustix::io::Errno::NOENT
}

/// Whether a file or folder of this name is skipped. Hidden names are, and with them `.` and `..`.
fn is_passed_over(name: &[u8]) -> bool {
    name.starts_with(b".") || name.eq_ignore_ascii_case(b"README.md")
}

fn fault(path: &[u8], cause: &str, remedy: &str) -> Fault {
    let problem = problem(&shown(path), cause, remedy);
    Fault { name: str::from_utf8(path).ok().map(Into::into), problem, hides_files: false }
}

/// A path below the root for people.
fn shown(path: &[u8]) -> String {
    displayed_name(&String::from_utf8_lossy(path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_collection_beyond_its_bounds_is_cut_off_at_the_same_place_every_time() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b/2.md", "b/1.md", "a.md", "b.md", "c/other.txt", "d.md"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let root = Root::open(folder.path()).unwrap();
        let check = |files_max: usize, entries_max: usize, expected: &[&str], cut_at: Option<&str>| {
            let found =
                each_file_below(&root, FileKind::of, files_max, entries_max, |_, file| file.name).unwrap();
            assert_eq!(found.files.iter().map(|name| &**name).collect::<Vec<_>>(), expected);
            assert_eq!(found.is_cut_off, cut_at.is_some());
            assert_eq!(found.faults.first().map(|fault| &*fault.problem.path), cut_at);
            assert!(found.faults.iter().all(|fault| fault.name.is_none()));
        };
        check(9, 9, &["a.md", "b/1.md", "b/2.md", "b.md", "d.md"], None);
        check(3, 9, &["a.md", "b/1.md", "b/2.md"], Some("b.md"));
        check(9, 4, &["a.md", "b/1.md", "b/2.md"], Some("b.md"));
    }

    #[test]
    fn a_root_that_is_replaced_during_the_walk_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir(&root).unwrap();
        fs::write(root.join("a.md"), "").unwrap();
        let walked =
            |change: &(dyn Fn() + Sync)| each_file(&root, |_, _| change()).map(|found| found.files.len());
        assert!(matches!(walked(&|| ()), Ok(1)));
        let replace = || {
            fs::rename(&root, folder.path().join("old")).unwrap();
            fs::create_dir(&root).unwrap();
            fs::write(root.join("b.md"), "").unwrap();
        };
        assert!(matches!(walked(&replace), Err(LoadError::Replaced)));
        assert!(matches!(walked(&|| fs::remove_dir_all(&root).unwrap()), Err(LoadError::Missing)));
        // It goes away before the first look at it.
        fs::create_dir(&root).unwrap();
        let expected = identity(&root).unwrap();
        fs::remove_dir(&root).unwrap();
        assert!(matches!(
            each_file_of(&root, expected, FileKind::of, |_, file| file),
            Err(LoadError::Replaced)
        ));
    }
}
