//! SQLite: its file, its lock, its health, its errors.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};

use super::before_migration;
use super::error::{LedgerError, LedgerErrorKind};
use super::file_copy::FILE_MODE;
use super::open_error::OpenError;
use super::statement::Statement;
use crate::delivery::kill;

/// The compiler notices a changed folder of migrations when this file changes. A clean build always has all
/// migrations.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("src/delivery/ledger/migrations/sqlite");
/// The `PRAGMA application_id` of every ledger. The first migration sets it.
const APPLICATION_ID: i32 = 0x6865_6174;
/// How long a write waits while another program holds the file.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The size, in bytes, to which SQLite cuts the write-ahead log after a burst.
const LOG_BYTES_MAX: &str = "67108864";
/// The mode of a new folder.
const FOLDER_MODE: u32 = 0o700;

/// Opens a file, and makes it if there is none. Without a path the database is in memory. The lock goes with the connection.
pub(super) async fn open(
    path: Option<&Path>,
    busy_timeout: Duration,
    migrations: &Migrator,
) -> Result<(SqliteConnection, Option<File>), OpenError> {
    let options = options(busy_timeout);
    let locked = path.map(lock).transpose()?;
    let options = match &locked {
        None => options.in_memory(true),
        Some((file, _)) => options.filename(file),
    };
    let path = path.unwrap_or(Path::new(":memory:"));
    let in_words = |error| in_words(path, error);
    let mut connection = options.connect().await.map_err(|error| in_words(error.into()))?;
    let is_ledger = check(&mut connection, path).await?;
    if let Some((file, _)) = &locked {
        sqlx::query("PRAGMA journal_mode = WAL")
            .execute(&mut connection)
            .await
            .map_err(|error| in_words(error.into()))?;
        if is_ledger {
            before_migration::copy_file(&mut connection, file, migrations).await?;
        }
    }
    migrate(&mut connection, path, migrations).await?;
    Ok((connection, locked.map(|(_, lock)| lock)))
}

/// Brings the tables into the form of this version.
async fn migrate(
    connection: &mut SqliteConnection,
    path: &Path,
    migrations: &Migrator,
) -> Result<(), OpenError> {
    let in_words = |error| in_words(path, error);
    kill::point("before-migration");
    #[cfg(feature = "kill-points")]
    points_of_migration(connection).await.map_err(|error| in_words(error.into()))?;
    migrations.run_direct(None, connection, false).await.map_err(|error| match error {
        MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
            OpenError::Newer(path.display().to_string())
        }
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => in_words(error.into()),
        other => in_words(LedgerError::new(LedgerErrorKind::Other, other)),
    })?;
    #[cfg(feature = "kill-points")]
    no_points(connection).await.map_err(|error| in_words(error.into()))?;
    kill::point("after-migration");
    Ok(())
}

pub(super) async fn begin(connection: &mut SqliteConnection) -> Result<(), LedgerError> {
    // Another writer is waited for here, and not in the middle.
    sqlx::query("BEGIN IMMEDIATE").execute(connection).await?;
    Ok(())
}

pub(super) async fn commit(connection: &mut SqliteConnection) -> Result<(), LedgerError> {
    sqlx::query("COMMIT").execute(connection).await?;
    Ok(())
}

pub(super) async fn roll_back(connection: &mut SqliteConnection) -> Result<(), LedgerError> {
    sqlx::query("ROLLBACK").execute(connection).await?;
    Ok(())
}

/// <https://sqlite.org/rescode.html>; the low byte of a code is its kind.
pub(super) fn kind(code: Option<&str>) -> LedgerErrorKind {
    match code.and_then(|code| code.parse::<u32>().ok()).map(|code| code & 0xff) {
        Some(5 | 6) => LedgerErrorKind::Busy,
        Some(8) => LedgerErrorKind::ReadOnly,
        Some(11 | 26) => LedgerErrorKind::Damaged,
        Some(13) => LedgerErrorKind::Full,
        _ => LedgerErrorKind::Other,
    }
}

/// The names and kinds of a table's columns.
pub(super) const COLUMNS: &str = "SELECT name, type FROM pragma_table_info($1) ORDER BY cid";

pub(super) fn last_number(table: &'static str) -> Statement {
    Statement::new("SELECT seq FROM sqlite_sequence WHERE name = $1").bind(table)
}

pub(super) fn set_last_number(table: &'static str, number: i64) -> Vec<Statement> {
    vec![
        Statement::new("DELETE FROM sqlite_sequence WHERE name = $1").bind(table),
        Statement::new("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)").bind(table).bind(number),
    ]
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
