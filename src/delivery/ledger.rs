//! The ledger: what has become of each story in each channel, kept through every crash.
//!
//! It is one SQLite file ([`Address`]) and one connection, which a [`Ledger`] owns. Each writing call is one
//! transaction: when it returns, what it did is on the disk, and when it fails, nothing was done. Several can be one. A process that is killed
//! leaves the state after its last finished call. All that is planned with is read once, by [`Ledger::load`], and held in
//! memory; only what people read is asked for later.

mod address;
mod backup;
mod columns;
mod connection;
mod deliveries;
mod error;
mod feeds;
mod load;
mod open;
mod posts;

use std::fs::File;

pub use address::Address;
pub use backup::{BackupError, backup};
pub use error::{LedgerError, LedgerErrorKind};
pub use load::Loaded;
pub use open::OpenError;
pub use posts::Unclaimed;

use connection::SharedConnection;

/// An open ledger. Calls wait for each other.
#[derive(Debug)]
pub struct Ledger {
    connection: SharedConnection,
    /// Locked as long as it is open; `None` for a ledger in memory. It goes after the connection.
    _lock: Option<File>,
}

impl Ledger {
    /// The writing calls from here to [`Ledger::commit_together`] are one transaction, so that the disk is waited for once. What
    /// they did is on the disk only after that. When one fails, nothing of them will be, and those that follow fail too.
    pub async fn keep_together(&self) {
        self.connection.keep_together().await;
    }

    /// Ends what [`Ledger::keep_together`] began: all that calls have done since is on the disk.
    ///
    /// # Errors
    ///
    /// None of it was done.
    pub async fn commit_together(&self) -> Result<(), LedgerError> {
        self.connection.commit_together().await
    }
}

#[cfg(test)]
pub(crate) mod tests;
