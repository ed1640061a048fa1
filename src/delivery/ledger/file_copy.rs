//! A copy of an SQLite ledger in a new file.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnection;
use tempfile::NamedTempFile;

use super::error::LedgerError;

/// The mode of a ledger's files: only the user that runs the bot may read and write them.
pub(super) const FILE_MODE: u32 = 0o600;

/// Why there is no copy, for the operator. No part of a file is left.
#[derive(Debug, thiserror::Error)]
pub enum FileCopyError {
    /// A copy never replaces a file.
    #[error("{} exists already; name a new file", .0.display())]
    Exists(PathBuf),
    /// The copy cannot be written.
    #[error("{} cannot be written; name a file in a folder that is there and that you may write", .path.display())]
    Unwritable {
        /// The file of the copy.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The database failed.
    #[error("the copy of the database could not be finished")]
    Database(#[source] LedgerError),
}

/// Copies the ledger of a connection to a new file that only its owner may read.
pub(super) async fn copy_into(connection: &mut SqliteConnection, target: &Path) -> Result<(), FileCopyError> {
    let unwritable = |cause: io::Error| FileCopyError::Unwritable { path: target.to_owned(), cause };
    let folder = fs::canonicalize(folder_of(target)).map_err(unwritable)?;
    let copy = NamedTempFile::with_prefix_in(".heatwire-backup-", &folder).map_err(unwritable)?;
    copy.as_file().set_permissions(Permissions::from_mode(FILE_MODE)).map_err(unwritable)?;
    let copy_path = copy.path().to_str().ok_or_else(|| {
        unwritable(io::Error::new(io::ErrorKind::InvalidFilename, "its folder's name is not UTF-8"))
    })?;
    let copied = sqlx::query("VACUUM INTO $1").bind(copy_path).execute(connection).await;
    copied.map_err(|error| FileCopyError::Database(error.into()))?;
    // SQLite does not flush a copy to the disk.
    copy.as_file().sync_all().map_err(unwritable)?;
    copy.persist_noclobber(target).map_err(|fault| match fault.error.kind() {
        io::ErrorKind::AlreadyExists => FileCopyError::Exists(target.to_owned()),
        _ => unwritable(fault.error),
    })?;
    File::open(&folder).and_then(|folder| folder.sync_all()).map_err(unwritable)
}

/// The folder that a file is in.
pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
