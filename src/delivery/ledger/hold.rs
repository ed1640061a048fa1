//! What a process knows of its right to deliver, for those who make requests.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use super::connection::SharedConnection;
use super::error::LedgerError;
use super::lease::HeldUntil;

/// How much of the lease a request needs: its own time-out of 8 s, and some more.
const LEFT_MIN: Duration = Duration::from_secs(12);

/// The right of this process to deliver: the lock of a file, or the lease of a server's database.
#[derive(Debug, Clone)]
pub struct DatabaseHold {
    /// To the server; a file's lock needs none.
    connection: Option<Arc<SharedConnection>>,
    until: watch::Receiver<HeldUntil>,
}

impl DatabaseHold {
    pub(super) fn new(connection: Option<Arc<SharedConnection>>, until: watch::Receiver<HeldUntil>) -> Self {
        Self { connection, until }
    }

    /// Whether a request may begin that changes something at Discord. It would end before another process can take over.
    #[must_use]
    pub fn suffices_for_a_request(&self) -> bool {
        match *self.until.borrow() {
            HeldUntil::Always => true,
            HeldUntil::Until(end) => end.saturating_duration_since(Instant::now()) >= LEFT_MIN,
            HeldUntil::Lost => false,
        }
    }

    /// Waits until another process has taken over, or what this one knows is not what the database has.
    pub async fn lost(&self) {
        let lost = self.until.clone().wait_for(|until| *until == HeldUntil::Lost).await.is_ok();
        if !lost {
            // The ledger is closed, and nobody uses it any more.
            std::future::pending::<()>().await;
        }
    }

    /// Lets another process take over at once. Nothing can be written afterwards.
    ///
    /// # Errors
    ///
    /// The server was not told. Another process can take over after at most 20 s.
    pub async fn release(&self) -> Result<(), LedgerError> {
        match &self.connection {
            Some(connection) => connection.release().await,
            None => Ok(()),
        }
    }
}
