//! A copy of a ledger, also of one in use: `heatwire backup FILE`.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sqlx::{ConnectOptions, Connection};
use tempfile::NamedTempFile;

use super::address::Address;
use super::error::LedgerError;
use super::open_error::OpenError;
use super::sqlite::{BUSY_TIMEOUT, FILE_MODE, check, in_words, options};

/// Why no backup was made, for the operator. No part of a file is left.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is nothing to copy.
    #[error("{}", .0.as_ref().map_or_else(
        || "DATABASE_URL keeps nothing (sqlite::memory:), so there is nothing to back up".to_owned(),
        |path| format!("{} holds no data of heatwire; DATABASE_URL has to name the file that the bot uses", path.display()),
    ))]
    Nothing(Option<PathBuf>),
    /// The ledger is on a server.
    #[error(
        "DATABASE_URL names a PostgreSQL server, and heatwire backup copies SQLite files; back up a server with pg_dump, \
         for example: pg_dump --format=custom --file=heatwire.dump DATABASE"
    )]
    Server,
    /// A backup never replaces a file.
    #[error("{} exists already; name a new file", .0.display())]
    Exists(PathBuf),
    /// The name of a file that belongs to the ledger. SQLite would take the backup for its own file and
    /// destroy it.
    #[error("{} belongs to the database itself; name another file", .0.display())]
    Reserved(PathBuf),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] OpenError),
    /// The backup cannot be written.
    #[error("{} cannot be written; name a file in a folder that is there and that you may write", .path.display())]
    Unwritable {
        /// The backup's file.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The copy failed.
    #[error("the backup could not be finished")]
    Database(#[source] LedgerError),
}

/// Copies the ledger of `database_url` to a new file that only its owner may read. A running bot goes on
/// working. The copy shows one moment. The file exists completely, or not at all.
///
/// # Errors
///
/// In words for the operator, with the remedy.
pub async fn backup(database_url: &str, target: &Path) -> Result<(), BackupError> {
    let path = match Address::parse(database_url).map_err(OpenError::Address)? {
        Address::File(path) => path,
        Address::Memory => return Err(BackupError::Nothing(None)),
        Address::Server(_) => return Err(BackupError::Server),
    };
    let Ok(file) = fs::canonicalize(&path) else { return Err(BackupError::Nothing(Some(path))) };
    if fs::symlink_metadata(target).is_ok() {
        return Err(BackupError::Exists(target.to_owned()));
    }
    if is_beside(&file, target) {
        return Err(BackupError::Reserved(target.to_owned()));
    }
    let options = options(BUSY_TIMEOUT).filename(file).read_only(true);
    let mut connection = options.connect().await.map_err(|error| in_words(&path, error.into()))?;
    if !check(&mut connection, &path).await? {
        return Err(BackupError::Nothing(Some(path)));
    }
    let unwritable = |cause: io::Error| BackupError::Unwritable { path: target.to_owned(), cause };
    let folder = fs::canonicalize(folder_of(target)).map_err(unwritable)?;
    let copy = NamedTempFile::with_prefix_in(".heatwire-backup-", &folder).map_err(unwritable)?;
    copy.as_file().set_permissions(Permissions::from_mode(FILE_MODE)).map_err(unwritable)?;
    let copy_path = copy.path().to_str().ok_or_else(|| {
        unwritable(io::Error::new(io::ErrorKind::InvalidFilename, "its folder's name is not UTF-8"))
    })?;
    let copied = sqlx::query("VACUUM INTO $1").bind(copy_path).execute(&mut connection).await;
    copied.map_err(|error| BackupError::Database(error.into()))?;
    // The copy is complete. An error while the connection closes does not matter.
    let _ended = connection.close().await;
    // SQLite does not flush a copy to the disk.
    copy.as_file().sync_all().map_err(unwritable)?;
    copy.persist_noclobber(target).map_err(|fault| match fault.error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(target.to_owned()),
        _ => unwritable(fault.error),
    })?;
    File::open(&folder).and_then(|folder| folder.sync_all()).map_err(unwritable)
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a file belongs to the ledger: SQLite's files beside it, and the lock.
fn is_beside(ledger: &Path, file: &Path) -> bool {
    let (Ok(folder), Some(name)) = (fs::canonicalize(folder_of(file)), file.file_name()) else {
        return false;
    };
    ["-wal", "-shm", "-journal", ".lock"].iter().any(|ending| {
        let mut beside = ledger.as_os_str().to_owned();
        beside.push(ending);
        folder.join(name) == Path::new(&beside)
    })
}
