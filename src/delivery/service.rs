//! Answers commands and Discord's events from the store. It never asks the worker: it reads the rows of the channels in question and
//! makes the same plan as the worker, and it writes what moderators decide in transactions of its own. The worker notices the new
//! version of a feed before it claims anything for it.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::board::Board;
use super::desk::{Answer, DeskError, Request};
use super::ledger::{Ledger, LedgerError};
use super::send::Sender;
use super::snapshots::Snapshots;
use super::worker::Dependencies;
use crate::collection::incremental::Clock;
use crate::ids::GuildId;
use crate::messages::Language;
use crate::reload::Current;

mod events;
mod explain;
mod feeds;
mod posts;
mod rows;
mod test_post;
mod view;

/// Answers requests, one after the other.
pub struct Service<S> {
    ledger: Ledger,
    board: Arc<Board>,
    snapshots: Arc<Snapshots>,
    sender: Arc<S>,
    clock: Clock,
    current: watch::Receiver<Current>,
    language_of: Arc<dyn Fn(GuildId) -> Language + Send + Sync>,
}

impl<S: Sender> Service<S> {
    /// The service of a process. A worker with the same dependencies may run beside it.
    #[must_use]
    pub fn new(dependencies: &Dependencies<S>) -> Self {
        Self {
            ledger: dependencies.ledger.clone(),
            board: Arc::clone(&dependencies.board),
            snapshots: Arc::clone(&dependencies.snapshots),
            sender: Arc::clone(&dependencies.sender),
            clock: Arc::clone(&dependencies.clock),
            current: dependencies.current.clone(),
            language_of: Arc::clone(&dependencies.language_of),
        }
    }

    /// Answers until `stop`, or until nobody can ask any more.
    pub async fn run(self, mut requests: mpsc::Receiver<Request>, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                request = requests.recv() => match request {
                    Some(request) => self.answer(request).await,
                    None => return,
                },
            }
        }
    }

    /// Answers one request.
    pub(super) async fn answer(&self, request: Request) {
        match request {
            Request::List(guild, answer) => give(answer, self.list(guild).await),
            Request::Feeds(guild, answer) => give(answer, self.reports(guild).await),
            Request::Add(feed, answer) => give(answer, self.add(&feed).await),
            Request::AddFirst(feed, answer) => give(answer, self.add_first(&feed).await),
            Request::Edit(guild, feed, settings, backfill, answer) => {
                give(answer, self.edit(guild, feed, &settings, backfill).await);
            }
            Request::Pause(guild, feed, answer) => give(answer, self.pause(guild, feed).await),
            Request::Resume(guild, feed, answer) => give(answer, self.resume(guild, feed).await),
            Request::IsSending(guild, feed, answer) => give(answer, self.is_sending(guild, feed).await),
            Request::Remove(guild, feed, answer) => give(answer, self.remove(guild, feed).await),
            Request::Test(guild, feed, answer) => self.test(guild, feed, answer).await,
            Request::Why(guild, article, answer) => give(answer, self.why(guild, article).await),
            Request::Open(guild, answer) => give(answer, self.open(guild).await),
            Request::Posts(guild, answer) => give(answer, self.posts(guild).await),
            Request::Post(guild, feed, article, answer) => {
                give(answer, self.post(guild, feed, article).await);
            }
            Request::Resend(guild, delivery, answer) => give(answer, self.resend(guild, delivery).await),
            Request::Dismiss(guild, delivery, answer) => give(answer, self.dismiss(guild, delivery).await),
            Request::DecideWithdrawals(guild, feed, withdraws, answer) => {
                give(answer, self.decide_withdrawals(guild, feed, withdraws).await);
            }
            Request::Summary(guild, answer) => give(answer, self.summary(guild).await),
            Request::Event(event) => self.follow(event).await,
        }
    }
}

/// Logs an error of the database. The person reads that it is not available.
fn trouble(error: &LedgerError) -> DeskError {
    tracing::error!(cause = %error, "the database cannot answer a command");
    DeskError::Database
}

/// The caller may be gone.
fn give<T>(answer: Answer<T>, result: Result<T, DeskError>) {
    let _is_gone = answer.send(result);
}
