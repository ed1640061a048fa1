//! Where the files of a repository are, and the step that changes them.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with, syncfs};
use rustix::io::Errno;

use crate::lock::FileLock;

/// The folder of a repository's files, and the hidden workspace for all that git needs.
#[derive(Debug, Clone)]
pub struct GitPlaces {
    /// The folder of the collection that gets the files.
    pub(super) tree: PathBuf,
    /// The hidden folder of this source.
    pub(super) workspace: PathBuf,
}

impl GitPlaces {
    /// The places of the source with this name in a folder of articles.
    ///
    /// The name is one safe path component, as a list of sources has it.
    #[must_use]
    pub fn new(articles: &Path, source: &str) -> Self {
        // Git runs in other folders. Where the folder of the process is gone, git says so.
        let articles = std::path::absolute(articles).unwrap_or_else(|_| articles.to_owned());
        Self {
            tree: articles.join(source),
            workspace: articles.join(".heatwire").join(format!("{source}.git")),
        }
    }

    /// The bare repository.
    pub(super) fn repository(&self) -> PathBuf {
        self.workspace.join("repository")
    }

    /// Exists while the repository may be half-written.
    pub(super) fn unfinished(&self) -> PathBuf {
        self.workspace.join("unfinished")
    }

    /// The next files. After an exchange, the previous ones.
    pub(super) fn next(&self) -> PathBuf {
        self.workspace.join("next")
    }

    /// The previous files, while a file system without an exchange is between two renames.
    fn previous(&self) -> PathBuf {
        self.workspace.join("previous")
    }

    /// Git's index of the files in the folder. Each index says which content each file has.
    pub(super) fn index(&self) -> PathBuf {
        self.workspace.join("current.index")
    }

    /// The index of files that are about to come into the folder. After a kill, they may be there already.
    pub(super) fn coming_index(&self) -> PathBuf {
        self.workspace.join("coming.index")
    }

    /// The index that a fetch builds.
    pub(super) fn next_index(&self) -> PathBuf {
        self.workspace.join("next.index")
    }

    /// Which commit is in the folder.
    pub(super) fn state(&self) -> PathBuf {
        self.workspace.join("state.json")
    }

    /// Makes the workspace and locks it. `None` if another fetch has the lock.
    pub(super) fn lock(&self) -> io::Result<Option<FileLock>> {
        FileLock::take(&self.workspace.join("in-use"))
    }

    /// Repairs what a kill left half-done.
    pub(super) fn recover(&self) -> io::Result<()> {
        if !exists(&self.tree)? && exists(&self.previous())? {
            fs::rename(self.previous(), &self.tree)?;
        }
        remove(&self.previous())?;
        remove(&self.next())?;
        remove(&self.next_index())?;
        for entry in fs::read_dir(&self.workspace)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "lock") {
                remove(&path)?;
            }
        }
        if exists(&self.unfinished())? {
            remove(&self.repository())?;
            remove(&self.unfinished())?;
        }
        Ok(())
    }

    /// Brings the next files into the folder. A reader sees all of the old ones or all of the new ones.
    pub(super) fn swap(&self) -> io::Result<()> {
        // After a loss of power, no file may be there by its name only.
        syncfs(File::open(self.next())?)?;
        fs::rename(self.next_index(), self.coming_index())?;
        if !exists(&self.tree)? {
            fs::rename(self.next(), &self.tree)?;
        } else if let Err(error) = exchange(&self.next(), &self.tree) {
            if !matches!(error, Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) {
                return Err(error.into());
            }
            self.swap_in_two_steps()?;
        }
        fs::rename(self.coming_index(), self.index())
    }

    /// The swap on a file system that cannot exchange two folders. For a moment there is no folder.
    pub(super) fn swap_in_two_steps(&self) -> io::Result<()> {
        fs::rename(&self.tree, self.previous())?;
        fs::rename(self.next(), &self.tree)
    }

    /// Removes the previous files.
    pub(super) fn clean(&self) -> io::Result<()> {
        remove(&self.next())?;
        remove(&self.previous())
    }
}

fn exchange(one: &Path, other: &Path) -> Result<(), Errno> {
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
}

/// Whether there is anything with this name, also a link that leads nowhere.
pub(super) fn exists(path: &Path) -> io::Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes a file, a link or a folder with all its content, if there is one.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}
