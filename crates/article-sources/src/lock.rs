//! Locks of files between processes.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

/// A locked file, until the drop.
#[derive(Debug)]
pub(crate) struct FileLock(File);

impl FileLock {
    /// Locks a file. Makes the file and its folder if they are missing. `None` if somebody else has the lock.
    ///
    /// # Errors
    /// The system refuses.
    pub(crate) fn take(path: &Path) -> io::Result<Option<Self>> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = File::options().create(true).append(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // A closed file alone is not enough: a child process that starts at this moment has the file for a moment longer.
        let _closed_anyway = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_ends_with_the_drop_even_while_a_child_process_has_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/lock");
        let lock = FileLock::take(&path).unwrap().unwrap();
        assert!(FileLock::take(&path).unwrap().is_none());
        // As after a fork: the same open file, which stays open.
        let of_child = lock.0.try_clone().unwrap();
        drop(lock);
        assert!(FileLock::take(&path).unwrap().is_some());
        drop(of_child);
    }
}
