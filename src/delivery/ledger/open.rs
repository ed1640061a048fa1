//! Opening a ledger.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

use super::address::{Address, ServerAddress};
use super::connection::SharedConnection;
use super::database::Database;
use super::lease::{HeldUntil, IfTaken, RENEWAL};
use super::open_error::OpenError;
use super::postgres::Server;
use super::{Ledger, sqlite};

impl Ledger {
    /// Opens the ledger, and makes it if there is none.
    ///
    /// A file stays locked against other processes until the ledger is dropped, or the process ends in whatever way. Of a
    /// server's database one process has the lease. This waits until no other process has it.
    ///
    /// # Errors
    ///
    /// In words for the operator, with the remedy.
    pub async fn open(database_url: &str) -> Result<Self, OpenError> {
        Self::open_with(database_url, sqlite::BUSY_TIMEOUT, IfTaken::Wait).await
    }

    /// Opens the database of a server beside other processes, without the lease: for commands, which check the versions of feeds. A
    /// worker may not use it.
    ///
    /// # Errors
    ///
    /// In words for the operator, with the remedy. A file has one process, so it is no place for this.
    pub async fn open_beside(database_url: &str) -> Result<Self, OpenError> {
        let Address::Server(address) = Address::parse(database_url).map_err(OpenError::Address)? else {
            return Self::open(database_url).await;
        };
        let mut server = Server::new(&address)?;
        server.open_beside().await?;
        let connection = Arc::new(SharedConnection::new(Database::Postgres(Box::new(server))));
        let hold = watch::Sender::new(HeldUntil::Always).subscribe();
        Ok(Self { connection, hold, _lock: None, renewal: None })
    }

    pub(super) async fn open_with(
        database_url: &str,
        busy_timeout: Duration,
        if_taken: IfTaken,
    ) -> Result<Self, OpenError> {
        let path = match Address::parse(database_url).map_err(OpenError::Address)? {
            Address::Memory => None,
            Address::File(path) => Some(path),
            Address::Server(address) => return Self::open_server(&address, if_taken).await,
        };
        let (connection, lock) = sqlite::open(path.as_deref(), busy_timeout, &sqlite::MIGRATIONS).await?;
        let connection = Arc::new(SharedConnection::new(Database::Sqlite(connection)));
        let hold = watch::Sender::new(HeldUntil::Always).subscribe();
        Ok(Self { connection, hold, _lock: lock.map(Arc::new), renewal: None })
    }

    async fn open_server(address: &ServerAddress, if_taken: IfTaken) -> Result<Self, OpenError> {
        let mut server = Server::new(address)?;
        let hold = server.open(if_taken).await?;
        let connection = Arc::new(SharedConnection::new(Database::Postgres(Box::new(server))));
        let renewal = AbortOnDropHandle::new(tokio::spawn(renew(Arc::clone(&connection))));
        Ok(Self { connection, hold, _lock: None, renewal: Some(Arc::new(renewal)) })
    }
}

/// Renews the lease again and again, so that it lasts while nothing else is written.
async fn renew(connection: Arc<SharedConnection>) {
    loop {
        tokio::time::sleep(RENEWAL).await;
        if let Err(error) = connection.renew().await {
            // The next write reports the error.
            tracing::debug!(cause = %error, "the lease is not renewed");
        }
    }
}
