//! Turns of processes that begin sessions with Discord. Discord lets one shard of each bucket begin at a time (Discord's docs,
//! "Sharding", "Max Concurrency"). A lock of the server is enough for the turn of a bucket: where the lock fails, Discord refuses a
//! session, and serenity tries again.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::sleep;

use super::address::Address;
use super::error::LedgerError;
use super::open_error::OpenError;
use super::postgres::Server;
use super::statement::Statement;

/// The number of the first bucket's lock: `heat` in ASCII, as the mark of heatwire's files.
const LOCK: i64 = 0x6865_6174;
/// How often a process looks whether it is its turn.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// The turn of this process in some buckets. Another process has its turn when this is dropped.
#[derive(Debug)]
pub struct IdentifyTurn {
    /// The locks end with the connection.
    _connection: Option<Server>,
}

impl IdentifyTurn {
    /// Waits for the turn in each of these buckets. All processes take the buckets in the same order, so none waits for one that
    /// waits for it. A database in a file has one process, which need not wait.
    ///
    /// # Errors
    ///
    /// The server cannot be asked.
    pub async fn wait(database_url: &str, buckets: &BTreeSet<u32>) -> Result<Self, OpenError> {
        let Address::Server(address) = Address::parse(database_url).map_err(OpenError::Address)? else {
            return Ok(Self { _connection: None });
        };
        let mut server = Server::new(&address)?;
        let in_words = |cause: LedgerError| OpenError::Server { place: address.place(), cause };
        server.connect().await.map_err(in_words)?;
        for bucket in buckets {
            while !try_lock(&mut server, *bucket).await.map_err(in_words)? {
                sleep(LOOK_AGAIN).await;
            }
        }
        Ok(Self { _connection: Some(server) })
    }
}

/// An error ends the turns that this connection has, too.
async fn try_lock(server: &mut Server, bucket: u32) -> Result<bool, LedgerError> {
    let lock = Statement::new("SELECT pg_try_advisory_lock($1)").bind(LOCK + i64::from(bucket));
    let locked: Option<(bool,)> = server.one(lock).await?;
    Ok(locked == Some((true,)))
}
