//! Opens files and folders below the root of a collection, and nothing outside it.
//!
//! Anyone who may write into the root can swap a folder for a link between two system calls. So each folder is opened from
//! the root's handle without following any link, and each file from its folder's handle:
//!
//! - Where the kernel has `openat2` (Linux 5.6), one call opens a folder at any depth (`RESOLVE_BENEATH`).
//! - Elsewhere, or where a sandbox forbids that call, each folder on the way is opened from the handle of the one above.
//!
//! This module resolves a link to a file step by step, with the same calls. It never opens `..`, but shortens the path and
//! opens it again from the root.

use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, Stat, openat, readlinkat, statat};
use rustix::io::Errno;

/// A file may be at most this many links away, as in Linux.
const LINKS_MAX: usize = 40;

/// How a folder below the root is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By one call for the whole path.
    #[cfg(target_os = "linux")]
    OneCall,
    /// By a handle for each folder on the path.
    EachFolder,
}

/// The root of a collection.
#[derive(Debug)]
pub(crate) struct Root {
    path: PathBuf,
    handle: OwnedFd,
    way: Way,
}

/// Why a file below the root cannot be opened.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum OpenError {
    /// The file does not exist.
    Gone,
    /// The file is a FIFO, a device or the like.
    NotRegular,
    /// A folder on the way was swapped for a link, or the file for something else, while it was being opened.
    Swapped,
    /// The file is a link that leads out of the root.
    LeadsOutside,
    /// The file is a link to a folder.
    LeadsToFolder,
    /// The file is a link to nothing.
    Dangling,
    /// The file is a link that leads to further links without an end.
    Circle,
    /// The system gave an error.
    Other(Errno),
}

impl Root {
    /// Opens the root, which may itself be a link.
    ///
    /// # Errors
    /// When there is no folder at that path, or none that may be opened.
    pub(crate) fn open(path: &Path) -> Result<Self, Errno> {
        let handle = openat(CWD, path, folder_flags(), Mode::empty())?;
        let way = Way::of(&handle);
        Ok(Self { path: path.to_owned(), handle, way })
    }

    /// Opens a folder by its path below the root (empty for the root itself). No part of the path may be a link.
    ///
    /// # Errors
    /// `LOOP` where a part of the path is a link; else what the system says.
    pub(crate) fn folder(&self, path: &[u8]) -> Result<OwnedFd, Errno> {
        let path = path.strip_suffix(b"/").unwrap_or(path);
        match self.way {
            #[cfg(target_os = "linux")]
            Way::OneCall => {
                use rustix::fs::{ResolveFlags, openat2};
                let path = if path.is_empty() { b"." } else { path };
                let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
                openat2(&self.handle, path, folder_flags(), Mode::empty(), resolve)
            }
            Way::EachFolder => {
                let mut folder = openat(&self.handle, ".", folder_flags(), Mode::empty())?;
                for name in path.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
                    folder = folder_in(&folder, name)?;
                }
                Ok(folder)
            }
        }
    }

    /// The path below the root to which an absolute link leads.
    fn below<'a>(&self, target: &'a Path) -> Option<&'a Path> {
        let as_given = std::path::absolute(&self.path).ok();
        let as_it_is = self.path.canonicalize().ok();
        [as_given, as_it_is].into_iter().flatten().find_map(|root| target.strip_prefix(root).ok())
    }

    /// Follows a link in a folder, and further links. Returns the target's folder and its name there.
    fn follow(&self, folder: &[u8], name: &[u8]) -> Result<(OwnedFd, Vec<u8>), OpenError> {
        let mut at = folder.strip_suffix(b"/").unwrap_or(folder).to_vec();
        let mut here = self.folder(&at).map_err(of_folder)?;
        let mut rest = vec![name.to_vec()];
        let mut links = 0;
        while let Some(name) = rest.pop() {
            match &*name {
                b"" | b"." => continue,
                b".." if at.is_empty() => return Err(OpenError::LeadsOutside),
                b".." => {
                    at.truncate(at.iter().rposition(|byte| *byte == b'/').unwrap_or(0));
                    here = self.folder(&at).map_err(of_folder)?;
                    continue;
                }
                _ => {}
            }
            let target = match readlinkat(&here, &*name, Vec::new()) {
                Ok(target) => target.into_bytes(),
                Err(Errno::INVAL) if rest.is_empty() => return Ok((here, name)),
                Err(Errno::INVAL) => {
                    here = folder_in(&here, &name).map_err(on_the_way)?;
                    at.extend((!at.is_empty()).then_some(b'/').into_iter().chain(name));
                    continue;
                }
                Err(error) => return Err(on_the_way(error)),
            };
            links += 1;
            if links > LINKS_MAX {
                return Err(OpenError::Circle);
            }
            let mut target = Path::new(std::ffi::OsStr::from_bytes(&target));
            if target.is_absolute() {
                target = self.below(target).ok_or(OpenError::LeadsOutside)?;
                at.clear();
                here = self.folder(b"").map_err(of_folder)?;
            }
            let names = target.as_os_str().as_bytes().split(|byte| *byte == b'/');
            rest.extend(names.rev().filter(|name| !name.is_empty()).map(<[u8]>::to_vec));
        }
        Err(OpenError::LeadsToFolder)
    }
}

impl Way {
    #[cfg(target_os = "linux")]
    fn of(root: &OwnedFd) -> Self {
        use rustix::fs::{ResolveFlags, openat2};
        // Old kernels lack the call, and some sandboxes refuse it.
        match openat2(root, ".", folder_flags(), Mode::empty(), ResolveFlags::BENEATH) {
            Ok(_) => Self::OneCall,
            Err(_) => Self::EachFolder,
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn of(_root: &OwnedFd) -> Self {
        Self::EachFolder
    }
}

/// Opens the files of a collection. It keeps the handle of the last folder, because consecutive files are often in one folder.
#[derive(Debug)]
pub(crate) struct Opener<'a> {
    root: &'a Root,
    last_folder: Option<(Vec<u8>, OwnedFd)>,
}

impl<'a> Opener<'a> {
    pub(crate) fn new(root: &'a Root) -> Self {
        Self { root, last_folder: None }
    }

    /// The metadata of a file, or of its target where the file is a link.
    ///
    /// # Errors
    /// When the file is gone, is a link that may not be followed, or its metadata cannot be read.
    pub(crate) fn stat(&mut self, name: &str) -> Result<Stat, OpenError> {
        let (path, name) = parts(name);
        let stat = statat(self.folder(path)?, name, AtFlags::SYMLINK_NOFOLLOW).map_err(of_file)?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::Symlink {
            return Ok(stat);
        }
        self.target(path, name).map(|(_, _, stat)| stat)
    }

    /// Opens a file, or the target of a link, for reading. The caller asks the handle whether it is a regular file.
    ///
    /// # Errors
    /// When the file is gone, not regular, a link that may not be followed, or cannot be opened.
    pub(crate) fn open(&mut self, name: &str) -> Result<OwnedFd, OpenError> {
        let (path, name) = parts(name);
        match openat(self.folder(path)?, name, file_flags(), Mode::empty()) {
            Err(Errno::LOOP) => {
                let (folder, name, _) = self.target(path, name)?;
                openat(folder, name, file_flags(), Mode::empty()).map_err(|error| match error {
                    Errno::LOOP => OpenError::Swapped,
                    error => of_file(error),
                })
            }
            opened => opened.map_err(of_file),
        }
    }

    /// Whether this name exists, even as a link to nothing.
    pub(crate) fn is_there(&mut self, name: &str) -> bool {
        let (path, name) = parts(name);
        self.folder(path).is_ok_and(|folder| statat(folder, name, AtFlags::SYMLINK_NOFOLLOW).is_ok())
    }

    /// The target of a link, if the target is a regular file.
    fn target(&self, path: &[u8], name: &[u8]) -> Result<(OwnedFd, Vec<u8>, Stat), OpenError> {
        let (folder, name) = self.root.follow(path, name)?;
        let stat = statat(&folder, &*name, AtFlags::SYMLINK_NOFOLLOW).map_err(on_the_way)?;
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => Ok((folder, name, stat)),
            FileType::Directory => Err(OpenError::LeadsToFolder),
            FileType::Symlink => Err(OpenError::Swapped),
            _ => Err(OpenError::NotRegular),
        }
    }

    fn folder(&mut self, path: &[u8]) -> Result<&OwnedFd, OpenError> {
        let folder = match self.last_folder.take() {
            Some(last) if last.0 == path => last,
            _ => (path.to_vec(), self.root.folder(path).map_err(of_folder)?),
        };
        Ok(&self.last_folder.insert(folder).1)
    }
}

/// Opens a folder in another one.
fn folder_in(folder: &OwnedFd, name: &[u8]) -> Result<OwnedFd, Errno> {
    openat(folder, name, folder_flags() | OFlags::NOFOLLOW, Mode::empty()).map_err(|error| {
        let is_link = || {
            let stat = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW);
            stat.is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink)
        };
        // For a link, the system says only that it is no folder.
        if error == Errno::NOTDIR && is_link() { Errno::LOOP } else { error }
    })
}

/// Whether an entry of a folder is a folder, links followed. The target is not opened, so it may be outside the root.
pub(crate) fn leads_to_folder(folder: impl AsFd, name: &[u8]) -> bool {
    let stat = statat(folder, name, AtFlags::empty());
    stat.is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Directory)
}

/// The path of a file's folder, and the file's name there.
fn parts(name: &str) -> (&[u8], &[u8]) {
    let (folder, name) = name.rsplit_once('/').unwrap_or(("", name));
    (folder.as_bytes(), name.as_bytes())
}

fn folder_flags() -> OFlags {
    OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC
}

/// `O_NOFOLLOW` refuses a link, `O_NONBLOCK` does not wait for the other end of a FIFO.
fn file_flags() -> OFlags {
    OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC
}

/// The meaning of an error from opening a file's folder.
fn of_folder(error: Errno) -> OpenError {
    match error {
        Errno::NOENT | Errno::NOTDIR => OpenError::Gone,
        Errno::LOOP | Errno::XDEV => OpenError::Swapped,
        error => OpenError::Other(error),
    }
}

/// The meaning of an error from opening a file in its folder.
fn of_file(error: Errno) -> OpenError {
    match error {
        Errno::NXIO => OpenError::NotRegular,
        Errno::NOENT | Errno::NOTDIR => OpenError::Gone,
        error => OpenError::Other(error),
    }
}

/// The meaning of an error on the way from a link to its target.
fn on_the_way(error: Errno) -> OpenError {
    match error {
        Errno::NOENT | Errno::NOTDIR => OpenError::Dangling,
        Errno::LOOP => OpenError::Swapped,
        error => OpenError::Other(error),
    }
}

#[cfg(test)]
mod tests;
