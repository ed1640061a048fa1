//! Tells a folder from another one that was put in its place.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::SystemTime;

use super::load_error::LoadError;
use super::remote;

/// The identity of a folder: equal for the same folder, different for another one at the same path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FolderIdentity {
    device: u64,
    inode: u64,
    /// When the folder was made. A new folder often has the inode of a deleted one. `None` where the file system does not say
    /// it, and for remote file systems, which do not always say the same.
    made_at: Option<SystemTime>,
}

/// The identity of the folder that the root is now, links followed.
///
/// # Errors
/// When there is no folder, or its metadata cannot be read.
pub(crate) fn identity(root: &Path) -> Result<FolderIdentity, LoadError> {
    match fs::metadata(root) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(LoadError::Missing),
        Err(error) => Err(LoadError::Unreadable(error)),
        Ok(metadata) if !metadata.is_dir() => Err(LoadError::NotAFolder),
        Ok(metadata) => Ok(FolderIdentity {
            device: metadata.dev(),
            inode: metadata.ino(),
            made_at: metadata.created().ok().filter(|_| remote::file_system(root).is_none()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stays_the_same_whatever_happens_in_it_and_another_one_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        fs::create_dir(&one).unwrap();
        fs::create_dir(&other).unwrap();
        let before = identity(&one).unwrap();
        fs::write(one.join("a.md"), "a").unwrap();
        fs::remove_file(one.join("a.md")).unwrap();
        assert_eq!(identity(&one).unwrap(), before);
        assert_ne!(identity(&other).unwrap(), before);
        std::os::unix::fs::symlink("one", folder.path().join("link")).unwrap();
        assert_eq!(identity(&folder.path().join("link")).unwrap(), before);
        fs::rename(&one, folder.path().join("renamed")).unwrap();
        assert_eq!(identity(&folder.path().join("renamed")).unwrap(), before);
        assert!(matches!(identity(&one), Err(LoadError::Missing)));
    }
}
