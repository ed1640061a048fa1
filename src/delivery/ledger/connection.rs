//! The ledger's connection and its transactions.

use std::ops::{Deref, DerefMut};

use tokio::sync::{Mutex, MutexGuard};

use super::database::Database;
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
    database: Database,
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
    pub(super) fn new(database: Database) -> Self {
        Self(Mutex::new(Connection { database, open: Open::Nothing }))
    }

    /// The connection for a read.
    pub(super) async fn read(&self) -> Result<Access<'_>, LedgerError> {
        let mut connection = self.in_order().await;
        if matches!(connection.open, Open::Nothing | Open::Together | Open::Lost) {
            connection.database.connect().await?;
        }
        Ok(Access(connection))
    }

    /// The connection within a transaction. Without [`Access::commit`] nothing changes, whether after an
    /// error or when the caller is dropped.
    pub(super) async fn write(&self) -> Result<Access<'_>, LedgerError> {
        let mut connection = self.in_order().await;
        match connection.open {
            Open::Nothing | Open::Call => {
                connection.open = Open::Call;
                connection.database.begin().await?;
            }
            Open::Together => {
                connection.open = Open::Lost;
                connection.database.begin().await?;
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
            connection.database.roll_back().await;
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
            Open::Begun => connection.database.commit().await?,
            _nothing_was_written => {}
        }
        connection.open = Open::Nothing;
        Ok(())
    }

    /// Renews the lease by a transaction that writes nothing else. While calls are kept together, their commit renews it.
    pub(super) async fn renew(&self) -> Result<(), LedgerError> {
        let connection = self.in_order().await;
        if connection.open != Open::Nothing {
            return Ok(());
        }
        drop(connection);
        self.write().await?.commit().await
    }

    /// Ends the use of the database: another process may have it.
    pub(super) async fn release(&self) -> Result<(), LedgerError> {
        let mut connection = self.in_order().await;
        connection.database.roll_back().await;
        connection.open = Open::Nothing;
        connection.database.release().await
    }

    /// Rolls back a transaction that a failed or dropped call left open.
    async fn in_order(&self) -> MutexGuard<'_, Connection> {
        let mut connection = self.0.lock().await;
        match connection.open {
            Open::Call => {
                connection.database.roll_back().await;
                connection.open = Open::Nothing;
            }
            Open::AtWork => {
                connection.database.roll_back().await;
                connection.open = Open::Lost;
            }
            Open::Nothing | Open::Together | Open::Begun | Open::Lost => {}
        }
        connection
    }
}

fn lost() -> LedgerError {
    LedgerError::new(LedgerErrorKind::Other, "what was written together with this failed")
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
            self.0.database.commit().await?;
            self.0.open = Open::Nothing;
        }
        Ok(())
    }
}

impl Deref for Access<'_> {
    type Target = Database;

    fn deref(&self) -> &Self::Target {
        &self.0.database
    }
}

impl DerefMut for Access<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0.database
    }
}
