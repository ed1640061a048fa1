//! The folder of a source. A file in it is there whole or not at all, whenever the program ends.
//!
//! New texts go into files with hidden names ([`Folder::stage`]), are written through to the disk together
//! ([`Folder::sync_staged`]), and get their names then. No symbolic link is followed, neither for the folder nor for a file.
//! One process at a time writes into a folder: the lock of the memory sees to that.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use article_format::bounds::FILE_BYTES_MAX;
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, RenameFlags};
use rustix::io::Errno;

use crate::stop;

/// Names of staged files begin like this, and a number follows. A crash may leave some behind; [`Folder::finish`] deletes
/// them.
const STAGED: &str = ".heatwire-staged-";

/// Staged files that are synced one by one. A sync of the whole file system waits for what other programs write too: beside a
/// program that writes without a pause, 50 files took 5 ms one by one, and 29 ms (once 109) with the file system. Of 1,000 files,
/// as in the first fetch of a large feed, one by one is the slower way: 360 ms, and 145 with the file system.
#[cfg(target_os = "linux")]
const SYNCED_ALONE_MAX: usize = 100;

/// Names in a folder at most. Of more, the rest is not seen.
const NAMES_MAX: usize = 200_000;

/// A folder below the folder of all articles.
#[derive(Debug)]
pub(crate) struct Folder {
    folder: OwnedFd,
}

impl Folder {
    /// Opens `name` below `articles`, and makes the folders that are missing. `name` is one or two names of folders,
    /// joined by `/`.
    pub(crate) fn open_or_create(articles: &Path, name: &str) -> io::Result<Self> {
        std::fs::create_dir_all(articles)?;
        let mut folder =
            rustix::fs::openat(CWD, articles, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        for part in name.split('/') {
            match rustix::fs::mkdirat(&folder, part, Mode::from_raw_mode(0o777)) {
                Ok(()) => rustix::fs::fsync(&folder)?,
                Err(Errno::EXIST) => {}
                Err(error) => return Err(error.into()),
            }
            folder = below(&folder, part)?;
        }
        Ok(Self { folder })
    }

    /// `None` if the folder does not exist.
    pub(crate) fn open(articles: &Path, name: &str) -> io::Result<Option<Self>> {
        let opened = rustix::fs::openat(CWD, articles, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty());
        let opened =
            name.split('/').fold(opened.map_err(io::Error::from), |folder, part| below(&folder?, part));
        match opened {
            Ok(folder) => Ok(Some(Self { folder })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The names of everything that is not hidden, [`NAMES_MAX`] at most. A name that is not UTF-8 is passed over.
    pub(crate) fn names(&self) -> io::Result<HashSet<String>> {
        let mut names = HashSet::new();
        for entry in Dir::read_from(&self.folder)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes()).to_str();
            if let Some(name) = name.filter(|name| !name.starts_with('.')) {
                names.insert(name.to_owned());
            }
            if names.len() == NAMES_MAX {
                break;
            }
        }
        Ok(names)
    }

    /// The bytes of a regular file. `None` if there is none of this name: a link, a folder or a file that is larger than an
    /// article may be belongs to a person.
    pub(crate) fn read(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        if name.contains('/') {
            return Ok(None);
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match rustix::fs::openat(&self.folder, name, flags, Mode::empty()) {
            Ok(file) => file,
            Err(Errno::NOENT | Errno::LOOP | Errno::NXIO) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if FileType::from_raw_mode(rustix::fs::fstat(&file)?.st_mode) != FileType::RegularFile {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let bytes_max = u64::try_from(FILE_BYTES_MAX).unwrap_or(u64::MAX);
        File::from(file).take(bytes_max + 1).read_to_end(&mut bytes)?;
        Ok(Some(bytes).filter(|bytes| bytes.len() <= FILE_BYTES_MAX))
    }

    /// Writes a text under a hidden name. Numbers begin at 0.
    pub(crate) fn stage(&self, number: usize, text: &str) -> io::Result<()> {
        stop::point()?;
        let name = staged_name(number);
        // What a crash left, or a link that somebody put there.
        self.remove_if_there(&name)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = rustix::fs::openat(&self.folder, &name, flags, Mode::from_raw_mode(0o666))?;
        let mut file = File::from(file);
        let half = text.len() / 2;
        file.write_all(text.as_bytes().get(..half).unwrap_or_default())?;
        stop::point()?;
        file.write_all(text.as_bytes().get(half..).unwrap_or_default())?;
        stop::point()
    }

    /// Has the first `count` staged texts reach the disk.
    pub(crate) fn sync_staged(&self, count: usize) -> io::Result<()> {
        stop::point()?;
        #[cfg(target_os = "linux")]
        if count > SYNCED_ALONE_MAX {
            return Ok(rustix::fs::syncfs(&self.folder)?);
        }
        for number in 0..count {
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let file = rustix::fs::openat(&self.folder, staged_name(number), flags, Mode::empty())?;
            rustix::fs::fsync(file)?;
        }
        Ok(())
    }

    /// Gives a staged text a name that is free. An error of the kind `AlreadyExists` says that the name is not free.
    pub(crate) fn create(&self, name: &str, number: usize) -> io::Result<()> {
        stop::point()?;
        let staged = staged_name(number);
        let renamed =
            rustix::fs::renameat_with(&self.folder, &staged, &self.folder, name, RenameFlags::NOREPLACE);
        match renamed {
            // Some file systems cannot tell.
            Err(Errno::INVAL | Errno::NOSYS) if !self.has(name)? => {
                rustix::fs::renameat(&self.folder, &staged, &self.folder, name)?;
            }
            Err(Errno::INVAL | Errno::NOSYS) => return Err(io::ErrorKind::AlreadyExists.into()),
            other => other?,
        }
        stop::point()
    }

    /// Puts a staged text in the place of a file, unless the file is no longer as `expected`. Returns whether it did.
    pub(crate) fn replace(&self, name: &str, expected: &[u8], number: usize) -> io::Result<bool> {
        stop::point()?;
        if self.read(name)?.as_deref() != Some(expected) {
            return Ok(false);
        }
        rustix::fs::renameat(&self.folder, staged_name(number), &self.folder, name)?;
        stop::point()?;
        Ok(true)
    }

    /// Deletes a file.
    pub(crate) fn remove(&self, name: &str) -> io::Result<()> {
        stop::point()?;
        rustix::fs::unlinkat(&self.folder, name, AtFlags::empty())?;
        stop::point()
    }

    /// Ends a series of writes: the new names reach the disk, and nothing staged stays.
    pub(crate) fn finish(&self) -> io::Result<()> {
        stop::point()?;
        for entry in Dir::read_from(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_bytes().starts_with(STAGED.as_bytes()) {
                rustix::fs::unlinkat(&self.folder, entry.file_name(), AtFlags::empty())?;
            }
        }
        rustix::fs::fsync(&self.folder)?;
        stop::point()
    }

    fn remove_if_there(&self, name: &str) -> io::Result<()> {
        match rustix::fs::unlinkat(&self.folder, name, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    fn has(&self, name: &str) -> io::Result<bool> {
        match rustix::fs::statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(_) => Ok(true),
            Err(Errno::NOENT) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

fn staged_name(number: usize) -> String {
    format!("{STAGED}{number}")
}

/// A folder in a folder. A link is an error.
fn below(folder: &OwnedFd, name: &str) -> io::Result<OwnedFd> {
    let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(rustix::fs::openat(folder, name, flags, Mode::empty())?)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::stop::armed;

    fn folder() -> (tempfile::TempDir, Folder) {
        let articles = tempfile::tempdir().unwrap();
        let folder = Folder::open_or_create(articles.path(), "source").unwrap();
        (articles, folder)
    }

    fn create(folder: &Folder, name: &str, text: &str) -> io::Result<()> {
        folder.stage(0, text)?;
        folder.sync_staged(1)?;
        folder.create(name, 0)
    }

    fn replace(folder: &Folder, name: &str, expected: &[u8], text: &str) -> io::Result<bool> {
        folder.stage(0, text)?;
        folder.sync_staged(1)?;
        folder.replace(name, expected, 0)
    }

    #[test]
    fn a_file_is_written_once_and_replaced_only_as_expected() {
        let (articles, folder) = folder();
        create(&folder, "a.md", "one").unwrap();
        let again = create(&folder, "a.md", "two").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert!(!replace(&folder, "a.md", b"other", "two").unwrap());
        assert!(replace(&folder, "a.md", b"one", "two").unwrap());
        assert!(!replace(&folder, "b.md", b"", "two").unwrap());
        folder.finish().unwrap();
        let names: Vec<_> = fs::read_dir(articles.path().join("source")).unwrap().collect();
        assert_eq!(names.len(), 1);
        assert_eq!(folder.read("a.md").unwrap().as_deref(), Some(b"two".as_slice()));
        folder.remove("a.md").unwrap();
        assert_eq!(folder.read("a.md").unwrap(), None);
    }

    #[test]
    fn no_link_is_followed() {
        let (articles, folder) = folder();
        let outside = tempfile::tempdir().unwrap();
        let secret = outside.path().join("secret.md");
        fs::write(&secret, "secret").unwrap();
        let path = articles.path().join("source");
        symlink(&secret, path.join("a.md")).unwrap();
        symlink(&secret, path.join(staged_name(0))).unwrap();
        assert_eq!(folder.read("a.md").unwrap(), None);
        assert_eq!(create(&folder, "a.md", "x").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        create(&folder, "b.md", "x").unwrap();
        assert_eq!(fs::read_to_string(&secret).unwrap(), "secret");
        symlink(outside.path(), articles.path().join("linked")).unwrap();
        assert!(Folder::open_or_create(articles.path(), "linked").is_err());
        assert!(Folder::open(articles.path(), "linked").is_err());
        assert!(Folder::open(articles.path(), "missing").unwrap().is_none());
    }

    #[test]
    fn a_stop_at_any_point_leaves_the_old_file_or_the_new_one() {
        for points in 0.. {
            let (_articles, folder) = folder();
            create(&folder, "a.md", "an old text").unwrap();
            armed::stop_after(points);
            let stopped = replace(&folder, "a.md", b"an old text", "a new text").is_err()
                || create(&folder, "b.md", "another text").is_err()
                || folder.finish().is_err();
            armed::resume();
            let a = folder.read("a.md").unwrap().unwrap();
            assert!(a == b"an old text" || a == b"a new text", "{points}: {a:?}");
            let b = folder.read("b.md").unwrap();
            assert!(b.is_none_or(|b| b == b"another text"), "{points}");
            if !stopped {
                assert!(points > 6);
                return;
            }
        }
    }

    #[test]
    fn folders_and_pipes_belong_to_people() {
        let (articles, folder) = folder();
        fs::create_dir(articles.path().join("source/a.md")).unwrap();
        assert_eq!(folder.read("a.md").unwrap(), None);
        let large = "x".repeat(FILE_BYTES_MAX + 1);
        fs::write(articles.path().join("source/b.md"), large).unwrap();
        assert_eq!(folder.read("b.md").unwrap(), None);
        assert_eq!(folder.names().unwrap().len(), 2);
    }
}
