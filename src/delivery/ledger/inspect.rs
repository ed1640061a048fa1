//! Looks at a ledger for `heatwire doctor`, without a change: no lock and no lease is taken, no table is made.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use tokio::sync::watch;

use super::Ledger;
use super::address::{Address, ServerAddress};
use super::before_migration::MADE;
use super::connection::SharedConnection;
use super::database::Database;
use super::error::LedgerError;
use super::lease::HeldUntil;
use super::open_error::OpenError;
use super::postgres::{self, Server};
use super::sqlite;
use super::statement::Statement;

/// Which locks the system holds (Linux' proc(5)). Other systems have no such file.
const LOCKS: &str = "/proc/locks";

/// What a look found.
#[derive(Debug)]
pub enum Inspected {
    /// `DATABASE_URL` keeps nothing.
    Memory,
    /// There are no tables yet. The first start makes them.
    Missing {
        /// The file; `None` for a server.
        path: Option<PathBuf>,
    },
    /// A ledger.
    Found(Found),
}

/// What `inspect` found out about a ledger.
#[derive(Debug)]
pub struct Found {
    /// For reading only.
    pub ledger: Ledger,
    /// The file; `None` for a server.
    pub path: Option<PathBuf>,
    /// Bytes on the disk, with SQLite's write-ahead log.
    pub bytes: u64,
    /// Whether the tables are those of this version. Otherwise the next start changes them.
    pub is_current: bool,
    /// Whether a process delivers with the database; `None` if the system does not say.
    pub is_in_use: Option<bool>,
}

/// Looks at the ledger of `database_url`. An SQLite file is checked for damage.
///
/// # Errors
/// In words for the operator, with the remedy.
pub async fn inspect(database_url: &str) -> Result<Inspected, OpenError> {
    match Address::parse(database_url).map_err(OpenError::Address)? {
        Address::Memory => Ok(Inspected::Memory),
        Address::File(path) => inspect_file(path).await,
        Address::Server(address) => inspect_server(&address).await,
    }
}

async fn inspect_file(path: PathBuf) -> Result<Inspected, OpenError> {
    let Ok(file) = fs::canonicalize(&path) else { return Ok(Inspected::Missing { path: Some(path) }) };
    let in_words = |error: LedgerError| sqlite::in_words(&path, error);
    let options = sqlite::options(sqlite::BUSY_TIMEOUT).filename(&file).read_only(true);
    let mut connection = options.connect().await.map_err(|error| in_words(error.into()))?;
    if !sqlite::check(&mut connection, &path).await? {
        return Ok(Inspected::Missing { path: Some(path) });
    }
    let size = |ending: &str| fs::metadata(beside(&file, ending)).map_or(0, |found| found.len());
    let is_in_use = is_locked(&beside(&file, ".lock"));
    let bytes = size("") + size("-wal");
    let ledger = read_only(Database::Sqlite(connection));
    let newer = || OpenError::Newer(path.display().to_string());
    let is_current = is_current(&ledger, &sqlite::MIGRATIONS).await.map_err(in_words)?.ok_or_else(newer)?;
    Ok(Inspected::Found(Found { ledger, path: Some(path), bytes, is_current, is_in_use }))
}

async fn inspect_server(address: &ServerAddress) -> Result<Inspected, OpenError> {
    let server = Server::new(address)?;
    let place = server.place.clone();
    let ledger = read_only(Database::Postgres(Box::new(server)));
    let in_words = |cause| OpenError::Server { place: place.clone(), cause };
    let has_tables = Statement::new("SELECT to_regclass('lease') IS NOT NULL");
    if one::<(bool,)>(&ledger, has_tables).await.map_err(in_words)? != Some((true,)) {
        return Ok(Inspected::Missing { path: None });
    }
    let newer = || OpenError::Newer(place.clone());
    let is_current = is_current(&ledger, &postgres::MIGRATIONS).await.map_err(in_words)?.ok_or_else(newer)?;
    let held = Statement::new("SELECT expires_at > clock_timestamp() FROM lease WHERE name = 'delivery'");
    let held: Option<(bool,)> = one(&ledger, held).await.map_err(in_words)?;
    let size = Statement::new("SELECT pg_database_size(current_database())");
    let size: Option<(i64,)> = one(&ledger, size).await.map_err(in_words)?;
    let bytes = size.and_then(|(bytes,)| u64::try_from(bytes).ok()).unwrap_or_default();
    let is_in_use = held.map(|(is_held,)| is_held);
    Ok(Inspected::Found(Found { ledger, path: None, bytes, is_current, is_in_use }))
}

fn read_only(database: Database) -> Ledger {
    let hold = watch::Sender::new(HeldUntil::Lost).subscribe();
    Ledger { connection: Arc::new(SharedConnection::new(database)), hold, _lock: None, renewal: None }
}

async fn one<R: super::statement::Row>(
    ledger: &Ledger,
    statement: Statement,
) -> Result<Option<R>, LedgerError> {
    ledger.connection.read().await?.one(statement).await
}

/// Whether all migrations of this version were made. `None` if another version made further ones.
async fn is_current(ledger: &Ledger, known: &Migrator) -> Result<Option<bool>, LedgerError> {
    let made: Option<(i64,)> = one(ledger, Statement::new(MADE)).await?;
    let made = made.map_or(0, |(version,)| version);
    let last = known.iter().map(|migration| migration.version).max().unwrap_or_default();
    Ok((made <= last).then_some(made == last))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Whether a process has the lock of a file. A trial to lock it would stop a bot that starts at this moment.
fn is_locked(lock: &Path) -> Option<bool> {
    let locks = fs::read_to_string(LOCKS).ok()?;
    let Ok(inode) = fs::metadata(lock).map(|found| found.ino()) else { return Some(false) };
    Some(has_lock(&locks, inode))
}

/// Whether a file is among the locks. A line reads `1: FLOCK ADVISORY WRITE 4711 08:02:131077 0 EOF`; the inode is the third part of
/// the file.
fn has_lock(locks: &str, inode: u64) -> bool {
    let of_line =
        |line: &str| line.split_whitespace().find_map(|word| word.splitn(3, ':').nth(2)?.parse::<u64>().ok());
    locks.lines().filter_map(of_line).any(|locked| locked == inode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_known_by_the_inode_of_its_file() {
        let locks =
            "1: POSIX  ADVISORY  READ  5 00:1a:77 0 EOF\n2: FLOCK  ADVISORY  WRITE 4711 08:02:131077 0 EOF\n";
        assert!(has_lock(locks, 131_077) && has_lock(locks, 77));
        assert!(!has_lock(locks, 4711) && !has_lock("", 77));
    }

    #[tokio::test]
    async fn a_look_changes_nothing_and_sees_who_uses_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heatwire.db");
        let url = format!("sqlite://{}", path.display());
        assert!(matches!(inspect(&url).await.unwrap(), Inspected::Missing { .. }));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

        let ledger = Ledger::open(&url).await.unwrap();
        let Inspected::Found(found) = inspect(&url).await.unwrap() else { panic!("there is a ledger") };
        assert!(found.is_current && found.bytes > 0);
        assert_ne!(found.is_in_use, Some(false));
        assert!(found.ledger.try_out().await.is_err(), "it is open for reading only");
        drop((ledger, found));
        let Inspected::Found(found) = inspect(&url).await.unwrap() else { panic!("there is a ledger") };
        assert_ne!(found.is_in_use, Some(true));

        let damaged = folder.path().join("damaged.db");
        fs::write(&damaged, "no database ".repeat(1000)).unwrap();
        let damaged = inspect(&format!("sqlite://{}", damaged.display())).await;
        assert!(matches!(damaged, Err(OpenError::Damaged { .. })), "{damaged:?}");
    }
}
