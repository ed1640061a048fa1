//! Access of commands to the desk of the feeds.

use std::future::Future;
use std::time::Duration;

use super::find;
use crate::delivery::desk::{Desk, DeskError};
use crate::discord::invocation::Invocation;
use crate::discord::reasons;
use crate::discord::reply::Reply;
use crate::discord::state::State;
use crate::feed::Feed;
use crate::messages::{Words, say};

/// The most seconds that a command waits for the worker. Discord accepts the answer for 15 minutes, but no person waits that long.
const WORKER_SECONDS_MAX: u64 = 60;

/// The desk of the feeds.
///
/// # Errors
/// The answer of a bot without a database, which has no feeds.
pub(in crate::discord::commands) fn of<'a>(state: &'a State, words: &Words) -> Result<&'a Desk, Reply> {
    state.desk().ok_or_else(|| Reply::to_asker(say!(words, "no-feeds-without-database")))
}

/// Waits for the worker, within a time limit.
///
/// # Errors
/// Cause and remedy, in words.
pub(in crate::discord::commands) async fn answered<T>(
    asked: impl Future<Output = Result<T, DeskError>>,
    words: &Words,
) -> Result<T, String> {
    match tokio::time::timeout(Duration::from_secs(WORKER_SECONDS_MAX), asked).await {
        Ok(answer) => answer.map_err(|error| reasons::of_desk_error(&error, words)),
        Err(_elapsed) => Err(say!(words, "desk-busy", seconds = WORKER_SECONDS_MAX)),
    }
}

/// The feed that a moderator typed or chose.
///
/// # Errors
/// Cause and remedy, in words.
pub(super) async fn find_feed(typed: &str, desk: &Desk, invocation: &Invocation<'_>) -> Result<Feed, String> {
    let feeds = answered(desk.list(invocation.guild()), invocation.words).await?;
    find::find(typed, &feeds, invocation.state.channel_list(), invocation.words).cloned()
}
