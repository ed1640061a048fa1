//! The one connection, its transactions, and what SQLite's errors mean.

use std::ops::{Deref, DerefMut};

use sqlx::sqlite::SqliteConnection;
use tokio::sync::{Mutex, MutexGuard};

use super::error::{LedgerError, LedgerErrorKind};

/// The connection that all reads and writes share, one after the other.
///
/// Transactions are begun and ended by hand. sqlx counts their depth by itself, and SQLite ends one on its own when the disk
/// is full or fails; sqlx then believes for good that it is in one, and no write succeeds any more.
#[derive(Debug)]
pub(super) struct SharedConnection(Mutex<Connection>);

#[derive(Debug)]
struct Connection {
    sqlite: SqliteConnection,
    /// Whether a transaction was begun that is not known to have ended.
    may_be_in_transaction: bool,
}

impl SharedConnection {
    pub(super) fn new(sqlite: SqliteConnection) -> Self {
        Self(Mutex::new(Connection { sqlite, may_be_in_transaction: false }))
    }

    /// The connection for a read.
    pub(super) async fn read(&self) -> Access<'_> {
        Access(self.in_order().await)
    }

    /// The connection within a transaction that may write. Without [`Access::commit`] nothing of it happened, whether an
    /// error or the caller's own end came between.
    pub(super) async fn write(&self) -> Result<Access<'_>, LedgerError> {
        let mut connection = self.in_order().await;
        connection.may_be_in_transaction = true;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut connection.sqlite).await?;
        Ok(Access(connection))
    }

    /// Ends what a failed or forsaken write left open.
    async fn in_order(&self) -> MutexGuard<'_, Connection> {
        let mut connection = self.0.lock().await;
        if connection.may_be_in_transaction {
            // It fails where there is none. Should it fail otherwise, the next `BEGIN` does too, and this is tried again.
            let _none_is_open = sqlx::query("ROLLBACK").execute(&mut connection.sqlite).await;
            connection.may_be_in_transaction = false;
        }
        connection
    }
}

/// The connection, for one who has it alone.
#[derive(Debug)]
pub(super) struct Access<'a>(MutexGuard<'a, Connection>);

impl Access<'_> {
    /// Ends a transaction: from here on what it wrote outlives a crash.
    pub(super) async fn commit(mut self) -> Result<(), LedgerError> {
        sqlx::query("COMMIT").execute(&mut self.0.sqlite).await?;
        self.0.may_be_in_transaction = false;
        Ok(())
    }
}

impl Deref for Access<'_> {
    type Target = SqliteConnection;

    fn deref(&self) -> &Self::Target {
        &self.0.sqlite
    }
}

impl DerefMut for Access<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0.sqlite
    }
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        // <https://sqlite.org/rescode.html>; the low byte of a code is its kind.
        let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
        let kind = match code.map(|code| code & 0xff) {
            Some(5 | 6) => LedgerErrorKind::Busy,
            Some(8) => LedgerErrorKind::ReadOnly,
            Some(11 | 26) => LedgerErrorKind::Damaged,
            Some(13) => LedgerErrorKind::Full,
            _ => LedgerErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

/// Numbers as one argument: `id IN (SELECT value FROM json_each($1))` takes any count of them with one statement.
pub(super) fn list(ids: impl IntoIterator<Item = i64>) -> String {
    let numbers: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", numbers.join(","))
}
