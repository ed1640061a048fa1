//! The ledger's connection and its transactions.

use std::ops::{Deref, DerefMut};

use tokio::sync::{Mutex, MutexGuard};

use super::database::Database;
use super::error::LedgerError;

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
    /// Whether a transaction was begun that has no known end.
    is_open: bool,
}

impl SharedConnection {
    pub(super) fn new(database: Database) -> Self {
        Self(Mutex::new(Connection { database, is_open: false }))
    }

    /// The connection for a read.
    pub(super) async fn read(&self) -> Result<Access<'_>, LedgerError> {
        let mut connection = self.in_order().await;
        connection.database.connect().await?;
        Ok(Access(connection))
    }

    /// The connection within a transaction. Without [`Access::commit`] nothing changes, whether after an
    /// error or when the caller is dropped.
    pub(super) async fn write(&self) -> Result<Access<'_>, LedgerError> {
        let mut connection = self.in_order().await;
        connection.is_open = true;
        connection.database.begin().await?;
        Ok(Access(connection))
    }

    /// Renews the lease by a transaction that writes nothing else.
    pub(super) async fn renew(&self) -> Result<(), LedgerError> {
        self.write().await?.commit().await
    }

    /// Ends the use of the database: another process may have it.
    pub(super) async fn release(&self) -> Result<(), LedgerError> {
        let mut connection = self.in_order().await;
        connection.database.roll_back().await;
        connection.is_open = false;
        connection.database.release().await
    }

    /// Rolls back a transaction that a failed or dropped call left open.
    async fn in_order(&self) -> MutexGuard<'_, Connection> {
        let mut connection = self.0.lock().await;
        if connection.is_open {
            connection.database.roll_back().await;
            connection.is_open = false;
        }
        connection
    }
}

/// The connection, for one caller at a time.
#[derive(Debug)]
pub(super) struct Access<'a>(MutexGuard<'a, Connection>);

impl Access<'_> {
    /// Commits the transaction.
    pub(super) async fn commit(mut self) -> Result<(), LedgerError> {
        self.0.database.commit().await?;
        self.0.is_open = false;
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
