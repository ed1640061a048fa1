//! The ledger's connection, its transactions, and the meaning of SQLite's errors.

use std::ops::{Deref, DerefMut};

use sqlx::sqlite::SqliteConnection;
use tokio::sync::{Mutex, MutexGuard};

use super::error::{LedgerError, LedgerErrorKind};

/// The connection that all reads and writes share, one after the other.
///
/// Transactions are begun and ended with plain statements. sqlx counts the depth of transactions itself, but
/// SQLite ends a transaction on its own when the disk is full or fails. sqlx would then believe for good that
/// a transaction is open, and every write would fail.
#[derive(Debug)]
pub(super) struct SharedConnection(Mutex<Connection>);

#[derive(Debug)]
struct Connection {
    sqlite: SqliteConnection,
    open: Open,
}

/// A transaction that was begun and has no known end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// A call's own transaction.
    Call,
    /// Calls are kept together, and nothing was written yet.
    Together,
    /// The transaction of calls that are kept together.
    Begun,
    /// The same, while one of the calls runs.
    AtWork,
    /// The same, after the transaction could not begin or one of the calls failed. Nothing of it will be
    /// kept.
    Lost,
}

impl SharedConnection {
    pub(super) fn new(sqlite: SqliteConnection) -> Self {
        Self(Mutex::new(Connection { sqlite, open: Open::Nothing }))
    }

    /// The connection for a read.
    pub(super) async fn read(&self) -> Access<'_> {
        Access(self.in_order().await)
    }

    /// The connection within a transaction. Without [`Access::commit`] nothing changes, whether after an
    /// error or when the caller is dropped.
    pub(super) async fn write(&self) -> Result<Access<'_>, LedgerError> {
        let mut connection = self.in_order().await;
        match connection.open {
            Open::Nothing | Open::Call => {
                connection.open = Open::Call;
                connection.execute("BEGIN IMMEDIATE").await?;
            }
            Open::Together => {
                connection.open = Open::Lost;
                connection.execute("BEGIN IMMEDIATE").await?;
                connection.open = Open::AtWork;
            }
            Open::Begun | Open::AtWork => connection.open = Open::AtWork,
            Open::Lost => return Err(lost()),
        }
        Ok(Access(connection))
    }

    /// Begins one transaction for the writes up to [`Self::commit_together`]. If one of them fails, nothing
    /// is kept.
    pub(super) async fn keep_together(&self) {
        let mut connection = self.in_order().await;
        if connection.open != Open::Nothing {
            // The caller that began the transaction has abandoned it.
            let _none_is_open = connection.execute("ROLLBACK").await;
        }
        connection.open = Open::Together;
    }

    /// Commits the writes since [`Self::keep_together`]. After an error nothing changed.
    pub(super) async fn commit_together(&self) -> Result<(), LedgerError> {
        let mut connection = self.in_order().await;
        let open = connection.open;
        // If the commit fails, the next caller rolls back.
        connection.open = Open::Call;
        match open {
            Open::Lost => return Err(lost()),
            Open::Begun => connection.execute("COMMIT").await?,
            _nothing_was_written => {}
        }
        connection.open = Open::Nothing;
        Ok(())
    }

    /// Rolls back a transaction that a failed or dropped call left open.
    async fn in_order(&self) -> MutexGuard<'_, Connection> {
        let mut connection = self.0.lock().await;
        match connection.open {
            Open::Call => {
                // The statement fails if no transaction is open. After any other failure the next `BEGIN`
                // fails too, and this is tried again.
                let _none_is_open = connection.execute("ROLLBACK").await;
                connection.open = Open::Nothing;
            }
            Open::AtWork => connection.open = Open::Lost,
            Open::Nothing | Open::Together | Open::Begun | Open::Lost => {}
        }
        connection
    }
}

fn lost() -> LedgerError {
    LedgerError::new(LedgerErrorKind::Other, "what was written together with this failed")
}

impl Connection {
    async fn execute(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(statement).execute(&mut self.sqlite).await.map(|_| ())
    }
}

/// The connection, for one caller at a time.
#[derive(Debug)]
pub(super) struct Access<'a>(MutexGuard<'a, Connection>);

impl Access<'_> {
    /// Commits the transaction. Where calls are kept together, the commit follows in
    /// [`SharedConnection::commit_together`].
    pub(super) async fn commit(mut self) -> Result<(), LedgerError> {
        if self.0.open == Open::AtWork {
            self.0.open = Open::Begun;
        } else {
            self.0.execute("COMMIT").await?;
            self.0.open = Open::Nothing;
        }
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
        // <https://sqlite.org/rescode.html>: the low byte of a code is its kind.
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

/// Numbers as one argument, for `id IN (SELECT value FROM json_each($1))`. One statement takes any number of
/// them.
pub(super) fn list(ids: impl IntoIterator<Item = i64>) -> String {
    let numbers: Vec<String> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("[{}]", numbers.join(","))
}

/// How many rows one statement takes.
const ROWS_MAX: usize = 32;

/// Splits rows into parts of 32, 16, 8, 4, 2 and 1, in their order. So only few statements are prepared.
pub(super) fn several<T>(rows: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let count = rest.len().checked_ilog2().map(|log| ROWS_MAX.min(1 << log))?;
        let (part, others) = rest.split_at_checked(count)?;
        rest = others;
        Some(part)
    })
}
