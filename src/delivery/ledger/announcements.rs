//! How the processes that share a server announce changes of feeds to the one that delivers (`NOTIFY`). An announcement may be lost,
//! as with a connection or behind a pooler. The worker looks for changes every 5 s, and finds what it missed.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::time::sleep;

use super::address::Address;
use super::database::Database;
use super::error::LedgerError;
use super::postgres;
use super::statement::Statement;

const CHANNEL: &str = "heatwire_changes";
/// How long after an error the process connects again.
const CONNECT_AGAIN: Duration = Duration::from_secs(5);

impl Database {
    /// Announces the changes of the transaction, when it is committed. The process of a file has nobody to tell.
    pub(super) async fn announce(&mut self) -> Result<(), LedgerError> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(server) => {
                server.execute(Statement::new("SELECT pg_notify($1, '')").bind(CHANNEL)).await.map(drop)
            }
        }
    }
}

/// Calls `heard` when another process may have changed feeds: after each announcement, and after each time that nobody listened.
/// Never ends.
pub async fn follow_announcements(database_url: &str, heard: impl Fn()) {
    let options = match Address::parse(database_url) {
        Ok(Address::Server(address)) => postgres::options(&address).ok(),
        _ => None,
    };
    let Some(options) = options else { return std::future::pending().await };
    let mut has_trouble = false;
    loop {
        let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(options.clone());
        let listening = async {
            let mut listener = PgListener::connect_with(&pool).await?;
            listener.listen(CHANNEL).await?;
            heard();
            has_trouble = false;
            // `None` ends a connection that was lost.
            while listener.try_recv().await?.is_some() {
                heard();
            }
            Ok::<(), sqlx::Error>(())
        };
        if let Err(error) = listening.await
            && !std::mem::replace(&mut has_trouble, true)
        {
            tracing::debug!(cause = %error, "this process hears no announcements, and looks for changes every 5 s");
        }
        sleep(CONNECT_AGAIN).await;
    }
}
