//! Turns of processes that begin sessions with Discord. Discord lets few begin at a time (Discord's docs, "Rate Limiting" of
//! sharding). A lock of the server is enough for a turn: where it fails, Discord refuses a session, and serenity tries again.

use std::time::Duration;

use tokio::time::sleep;

use super::address::Address;
use super::error::LedgerError;
use super::open_error::OpenError;
use super::postgres::Server;
use super::statement::Statement;

/// The number of the lock: `heat` in ASCII, as the mark of heatwire's files.
const LOCK: i64 = 0x6865_6174;
/// How often a process looks whether it is its turn.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The turn of this process. Another process has its turn when this is dropped.
#[derive(Debug)]
pub struct IdentifyTurn {
    /// The lock ends with the connection.
    _connection: Option<Server>,
}

impl IdentifyTurn {
    /// Waits for the turn. A database in a file has one process, which need not wait.
    ///
    /// # Errors
    ///
    /// The server cannot be asked.
    pub async fn wait(database_url: &str) -> Result<Self, OpenError> {
        let Address::Server(address) = Address::parse(database_url).map_err(OpenError::Address)? else {
            return Ok(Self { _connection: None });
        };
        let mut server = Server::new(&address)?;
        let in_words = |cause: LedgerError| OpenError::Server { place: address.place(), cause };
        loop {
            server.connect().await.map_err(in_words)?;
            let locked: Option<(bool,)> = server
                .one(Statement::new("SELECT pg_try_advisory_lock($1)").bind(LOCK))
                .await
                .map_err(in_words)?;
            if locked == Some((true,)) {
                return Ok(Self { _connection: Some(server) });
            }
            sleep(LOOK_AGAIN).await;
        }
    }
}
