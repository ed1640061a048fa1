//! The ledger: the database of feeds, posts and deliveries, which survives every crash.
//!
//! The ledger is an SQLite file or a database of a PostgreSQL server ([`Address`]), with one connection. Each writing call is one transaction:
//! when the call returns, its changes are on the disk; when it fails, nothing changed. A killed process leaves
//! the state of its last finished call. [`Ledger::apply`] writes changes. [`Ledger::load`] reads what is
//! open at the start. Finished deliveries are read when a plan has to look at them, and texts when somebody asks.

mod address;
mod announcements;
mod apply;
mod backup;
mod before_migration;
mod columns;
mod connection;
mod copy;
mod database;
mod deliveries;
mod error;
mod feed_changes;
mod feeds;
mod file_copy;
mod guilds;
mod hold;
mod identify_turn;
mod inspect;
mod lease;
mod leased;
mod load;
mod open;
mod open_error;
mod postgres;
mod posts;
mod processes;
mod sqlite;
mod statement;

use std::fs::File;
use std::sync::Arc;

use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

pub use address::Address;
pub use announcements::follow_announcements;
pub use apply::{Applied, KnownFeeds};
pub use backup::{BackupError, backup};
pub use copy::{Copied, CopyError, copy};
pub use error::{LedgerError, LedgerErrorKind};
pub use feed_changes::FeedsOf;
pub use file_copy::FileCopyError;
pub(crate) use guilds::NoticesRow;
pub use guilds::{GuildChoices, GuildStore};
pub use hold::DatabaseHold;
pub use identify_turn::IdentifyTurn;
pub use inspect::{Found, Inspected, inspect};
pub use load::{Loaded, Rows};
pub use open_error::OpenError;
pub use processes::ProcessReport;

use connection::SharedConnection;
use lease::HeldUntil;
use statement::Statement;

/// An open ledger. Clones share one connection, and calls run one after the other.
#[derive(Debug, Clone)]
pub struct Ledger {
    connection: Arc<SharedConnection>,
    hold: watch::Receiver<HeldUntil>,
    /// The lock of the file, held while the ledger is open; `None` for a ledger in memory or on a server. The
    /// lock is released after the connection.
    _lock: Option<Arc<File>>,
    /// Renews the lease of a server.
    renewal: Option<Arc<AbortOnDropHandle<()>>>,
}

impl Ledger {
    /// Whether other processes may write to the database.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.renewal.is_some()
    }

    /// Reads, and makes a write that changes nothing: no name is empty. A transaction alone would not notice a database that may
    /// only be read.
    ///
    /// # Errors
    /// The database cannot be read, or takes no writes.
    pub async fn try_out(&self) -> Result<(), LedgerError> {
        let mut write = self.connection.write().await?;
        write.execute(Statement::new("DELETE FROM done_once WHERE name = ''")).await?;
        write.commit().await
    }

    /// The right of this process to use the database.
    #[must_use]
    pub fn hold(&self) -> DatabaseHold {
        DatabaseHold::new(self.renewal.is_some().then(|| Arc::clone(&self.connection)), self.hold.clone())
    }
}

#[cfg(test)]
pub(crate) mod tests;
