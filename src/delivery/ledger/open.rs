//! Opens a ledger: its file, its lock, its health, its tables.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};

use super::Ledger;
use super::address::Address;
use super::connection::SharedConnection;
use super::error::{LedgerError, LedgerErrorKind};
use crate::delivery::kill;

/// The compiler notices a changed folder of migrations when this file changes. A clean build always has all
/// migrations.
static MIGRATIONS: Migrator = sqlx::migrate!("src/delivery/ledger/migrations");
/// The `PRAGMA application_id` of every ledger. The first migration sets it.
const APPLICATION_ID: i32 = 0x6865_6174;
/// How long a write waits while another program holds the file.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The size, in bytes, to which SQLite cuts the write-ahead log after a burst.
const LOG_BYTES_MAX: &str = "67108864";
/// The mode of the files: only the user that runs the bot may read and write them.
pub(super) const FILE_MODE: u32 = 0o600;
/// The mode of a new folder.
const FOLDER_MODE: u32 = 0o700;

/// Why a ledger cannot be opened, for the operator. The text names the file as `DATABASE_URL` does.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// `DATABASE_URL` names no file.
    #[error("{0}")]
    Address(String),
    /// Another heatwire uses the file.
    #[error("{} is in use by another heatwire; stop that one, or give this one a DATABASE_URL of its own", .0.display())]
    InUse(PathBuf),
    /// The file or its folder cannot be created or opened.
    #[error("{} cannot be opened; DATABASE_URL has to name a file that heatwire may make, in a folder that it may write", .path.display())]
    Unreachable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The file or its folder may not be written.
    #[error("{} may not be written; give heatwire the right to write this file and its folder, or let DATABASE_URL name another", .0.display())]
    ReadOnly(PathBuf),
    /// The file belongs to another program.
    #[error("{} is no database of heatwire; let DATABASE_URL name another file", .0.display())]
    Foreign(PathBuf),
    /// The file is damaged.
    #[error(
        "{path} is damaged, or no database at all, and posting with it could repeat articles; move {path}, {path}-wal and {path}-shm away and \
         put the last backup (heatwire backup FILE) in the place of {path}; without one, an empty start treats all \
         present articles as known, and feeds have to be added again", path = .path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        finding: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A newer version of heatwire wrote it.
    #[error("{} was written by a newer heatwire; start that version, or put a backup from before in its place", .0.display())]
    Newer(PathBuf),
    /// The database failed.
    #[error("{} cannot be opened", .path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: LedgerError,
    },
}

impl Ledger {
    /// Opens the ledger, and creates it if it does not exist. The file stays locked against other processes
    /// until the ledger is dropped or the process ends.
    ///
    /// # Errors
    ///
    /// In words for the operator, with the remedy.
    pub async fn open(database_url: &str) -> Result<Self, OpenError> {
        Self::open_with(database_url, BUSY_TIMEOUT).await
    }

    pub(super) async fn open_with(database_url: &str, busy_timeout: Duration) -> Result<Self, OpenError> {
        let options = options(busy_timeout);
        let (path, options, lock) = match Address::parse(database_url).map_err(OpenError::Address)? {
            Address::Memory => (PathBuf::from(":memory:"), options.in_memory(true), None),
            Address::File(path) => {
                let (file, lock) = lock(&path)?;
                (path, options.filename(file), Some(lock))
            }
        };
        let in_words = |error| in_words(&path, error);
        let mut connection = options.connect().await.map_err(|error| in_words(error.into()))?;
        check(&mut connection, &path).await?;
        if lock.is_some() {
            sqlx::query("PRAGMA journal_mode = WAL")
                .execute(&mut connection)
                .await
                .map_err(|error| in_words(error.into()))?;
        }
        kill::point("before-migration");
        #[cfg(feature = "kill-points")]
        points_of_migration(&mut connection).await.map_err(|error| in_words(error.into()))?;
        MIGRATIONS.run_direct(None, &mut connection, false).await.map_err(|error| match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
                OpenError::Newer(path.clone())
            }
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => in_words(error.into()),
            other => in_words(LedgerError::new(LedgerErrorKind::Other, other)),
        })?;
        #[cfg(feature = "kill-points")]
        no_points(&mut connection).await.map_err(|error| in_words(error.into()))?;
        kill::point("after-migration");
        Ok(Self { connection: SharedConnection::new(connection), _lock: lock })
    }
}

/// Passes kill points while SQLite runs a migration and before SQLite commits one.
#[cfg(feature = "kill-points")]
async fn points_of_migration(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    /// In steps of SQLite's virtual machine. A statement that creates a table takes some dozens.
    const INSTRUCTIONS_BETWEEN: i32 = 8;
    let mut handle = connection.lock_handle().await?;
    handle.set_progress_handler(INSTRUCTIONS_BETWEEN, || {
        kill::point("during-migration");
        true
    });
    handle.set_commit_hook(|| {
        kill::point("before-migration-commit");
        true
    });
    Ok(())
}

#[cfg(feature = "kill-points")]
async fn no_points(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut handle = connection.lock_handle().await?;
    handle.remove_progress_handler();
    handle.remove_commit_hook();
    Ok(())
}

pub(super) fn options(busy_timeout: Duration) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .foreign_keys(true)
        .synchronous(SqliteSynchronous::Full)
        .pragma("journal_size_limit", LOG_BYTES_MAX)
        .busy_timeout(busy_timeout)
        .disable_statement_logging()
}

pub(super) fn in_words(path: &Path, error: LedgerError) -> OpenError {
    let path = path.to_owned();
    match error.kind() {
        LedgerErrorKind::ReadOnly => OpenError::ReadOnly(path),
        LedgerErrorKind::Damaged => {
            OpenError::Damaged { path, finding: error.into_cause().to_string().into() }
        }
        _ => OpenError::Database { path, cause: error },
    }
}

/// Creates the file with its folder, and takes the lock. Returns the file's real path, so that all links to a
/// file share one lock.
fn lock(path: &Path) -> Result<(PathBuf, File), OpenError> {
    let fault = |cause: io::Error| match cause.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => OpenError::ReadOnly(path.to_owned()),
        _ => OpenError::Unreachable { path: path.to_owned(), cause },
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder).map_err(fault)?;
    }
    if !make(path).and_then(|file| file.metadata()).map_err(fault)?.is_file() {
        return Err(fault(io::Error::new(ErrorKind::InvalidInput, "it is no regular file")));
    }
    let file = fs::canonicalize(path).map_err(fault)?;
    let mut lock_path = file.clone().into_os_string();
    lock_path.push(".lock");
    let lock = make(Path::new(&lock_path)).map_err(fault)?;
    match lock.try_lock() {
        Ok(()) => Ok((file, lock)),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse(path.to_owned())),
        Err(TryLockError::Error(cause)) => Err(fault(cause)),
    }
}

/// Opens a file for writing. A new file is for its owner only, whatever the umask says. An existing file
/// keeps its mode. SQLite gives the same mode to its own files.
fn make(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(FILE_MODE);
    match options.clone().create_new(true).open(path) {
        Ok(file) => {
            file.set_permissions(Permissions::from_mode(FILE_MODE))?;
            Ok(file)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => options.open(path),
        Err(error) => Err(error),
    }
}

/// Refuses a damaged file and a file of another program. Returns whether the file is a ledger already. An
/// empty file becomes a ledger.
pub(super) async fn check(connection: &mut SqliteConnection, path: &Path) -> Result<bool, OpenError> {
    let fault = |error: sqlx::Error| in_words(path, error.into());
    let finding: String =
        sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut *connection).await.map_err(fault)?;
    if finding != "ok" {
        let finding = finding.lines().collect::<Vec<_>>().join(" ").into();
        return Err(OpenError::Damaged { path: path.to_owned(), finding });
    }
    let application_id: i32 =
        sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await.map_err(fault)?;
    // A start that was killed early leaves only the table of migrations.
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE tbl_name <> '_sqlx_migrations'")
            .fetch_one(connection)
            .await
            .map_err(fault)?;
    match (application_id, tables) {
        (APPLICATION_ID, _) => Ok(true),
        (0, 0) => Ok(false),
        _ => Err(OpenError::Foreign(path.to_owned())),
    }
}
