//! A copy of a ledger, also of one in use: `heatwire backup FILE`.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::{ConnectOptions, Connection};

use super::address::Address;
use super::file_copy::{FileCopyError, copy_into, folder_of};
use super::open_error::OpenError;
use super::sqlite::{BUSY_TIMEOUT, check, in_words, options};

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
    /// The name of a file that belongs to the ledger. SQLite would take the backup for its own file and
    /// destroy it.
    #[error("{} belongs to the database itself; name another file", .0.display())]
    Reserved(PathBuf),
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] OpenError),
    /// The copy failed.
    #[error(transparent)]
    Copy(#[from] FileCopyError),
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
        return Err(FileCopyError::Exists(target.to_owned()).into());
    }
    if is_beside(&file, target) {
        return Err(BackupError::Reserved(target.to_owned()));
    }
    let options = options(BUSY_TIMEOUT).filename(file).read_only(true);
    let mut connection = options.connect().await.map_err(|error| in_words(&path, error.into()))?;
    if !check(&mut connection, &path).await? {
        return Err(BackupError::Nothing(Some(path)));
    }
    copy_into(&mut connection, target).await?;
    // The copy is complete. An error while the connection closes does not matter.
    let _ended = connection.close().await;
    Ok(())
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
