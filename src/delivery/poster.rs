//! The poster: it alone changes feeds and rows. It plans each channel, writes down what it is about to do, has it done, and
//! writes down what came of it.
//!
//! One task does all of this, so that nothing happens twice at once. Requests to Discord are made beside it, one at a time
//! for each channel: a slow channel holds up no other.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::book::Book;
use super::desk::Request;
use super::ledger::{Ledger, LedgerError, LedgerErrorKind};
use super::plan::{Blocks, Input, Outlook, Plan, StepKind, plan};
use super::send::Sender;
use super::snapshot::{Loaded, Snapshot};
use super::wait::{Wait, WaitReason};
use crate::collection::incremental::Clock;
use crate::feed::{FEEDS_PER_SERVER_MAX, Feed, FeedId, FeedStatus};
use crate::ids::{ChannelId, GuildId};
use crate::messages::Language;
use crate::reload::Current;
use answered::Finished;
use running::Running;
use written::{Kept, Write};

mod answered;
mod fates;
mod log;
mod posts;
mod requests;
mod rows;
mod running;
mod settle;
mod steps;
mod trial;
mod writes;
mod written;

/// How often one channel is planned again at once, because there was something to write down first. A plan that never
/// comes to rest would be a fault of ours; it is looked at again a little later. Feeds that begin together do so one by one.
const ROUNDS_MAX: usize = FEEDS_PER_SERVER_MAX + 8;
/// How many channels are planned before what they have to write is written, and their requests are made.
const CHANNELS_TOGETHER: usize = 100;
/// How long the poster sleeps at most: a clock that is put forward is noticed after this.
const SLEEP_MAX: Duration = Duration::from_secs(15);
/// How often it is kept when feeds were last looked through, if nothing else is to be written.
const LOOKED_AT_SECONDS: i64 = 600;
/// How long requests under way may take when the bot is told to stop. What is unsettled then is settled at the next start.
const STOP_SECONDS_MAX: u64 = 5;
/// How long the feeds of a server are kept that the bot has left.
const LEFT_DAYS_MAX: i64 = 30;
/// The longest pause after the database failed.
const DATABASE_WAIT_SECONDS_MAX: i64 = 60;

/// What the poster works with.
pub struct Tools<S> {
    /// Feeds and rows.
    pub ledger: Ledger,
    /// Discord.
    pub sender: Arc<S>,
    /// The time.
    pub clock: Clock,
    /// The collection, whenever it was loaded.
    pub current: watch::Receiver<Current>,
    /// The language of a guild's posts.
    pub language_of: Box<dyn Fn(GuildId) -> Language + Send + Sync>,
    /// Has the collection loaded again, to be sure that a file is gone.
    pub look_again: Box<dyn Fn() + Send + Sync>,
}

/// Why the poster ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum PosterError {
    /// The ledger could not be read at the start.
    #[error("the feeds cannot be read from the database")]
    Ledger(#[from] LedgerError),
    /// Discord refuses the token.
    #[error(
        "Discord refuses the token; copy it again from the developer portal (Bot, Reset Token) into DISCORD_TOKEN"
    )]
    WrongToken,
}

/// See the module.
pub struct Poster<S> {
    tools: Tools<S>,
    feeds: BTreeMap<FeedId, Feed>,
    channels: HashMap<ChannelId, Channel>,
    snapshot: Arc<Snapshot>,
    loaded: Loaded,
    missing_since: HashMap<u64, Timestamp>,
    /// When another load is to be asked for.
    look_again_at: Option<Timestamp>,
    /// Nothing is sent before this: Discord's global limit.
    paused_until: Option<Wait>,
    database: Option<DatabaseTrouble>,
    /// Forums in which threads may not be deleted; known until the next start.
    keeps_threads: HashSet<ChannelId>,
    /// What the ledger was given since the last commit, by channel.
    kept: Vec<(ChannelId, Kept)>,
    finished: (mpsc::Sender<Finished>, mpsc::Receiver<Finished>),
}

/// One channel's rows, and what is going on there.
#[derive(Default)]
struct Channel {
    book: Book,
    blocks: Blocks,
    outlooks: Vec<Outlook>,
    /// The request under way. A channel makes one request at a time.
    running: Option<Running>,
    /// How often steps of a kind failed in a row.
    failures: HashMap<StepKind, u32>,
    /// What happened and could not be written down yet. Nothing else is done before it is.
    unwritten: VecDeque<Write>,
    is_to_be_planned: bool,
    again_at: Option<Timestamp>,
}

/// The database cannot be used.
struct DatabaseTrouble {
    wait: Wait,
    seconds: i64,
}

impl<S: Sender> Poster<S> {
    /// Reads the ledger.
    ///
    /// # Errors
    /// When that cannot be done.
    pub async fn start(tools: Tools<S>) -> Result<Self, PosterError> {
        let loaded_rows = tools.ledger.load().await?;
        let current = tools.current.borrow().clone();
        let snapshot = look_at(&current).await;
        let mut channels: HashMap<ChannelId, Channel> = HashMap::new();
        for (channel, delivery) in loaded_rows.deliveries {
            channels.entry(channel).or_default().book.enter(delivery);
        }
        for (channel, post) in loaded_rows.posts {
            channels.entry(channel).or_default().book.enter_post(post);
        }
        let feeds: BTreeMap<FeedId, Feed> =
            loaded_rows.feeds.into_iter().map(|feed| (feed.id, feed)).collect();
        let mut poster = Self {
            feeds,
            channels,
            snapshot,
            loaded: loaded(&current),
            missing_since: HashMap::new(),
            look_again_at: None,
            paused_until: None,
            database: None,
            keeps_threads: HashSet::new(),
            kept: Vec::new(),
            finished: mpsc::channel(64),
            tools,
        };
        poster.plan_all();
        Ok(poster)
    }

    /// Works until `stop`, and settles then what is under way, for a bounded time.
    ///
    /// # Errors
    /// When Discord refuses the token.
    pub async fn run(
        mut self,
        requests: mpsc::Receiver<Request>,
        stop: CancellationToken,
    ) -> Result<(), PosterError> {
        let mut ended = self.work_until(requests, stop).await;
        if ended.is_ok() {
            ended = self.wait_for_what_runs().await;
        }
        if let Err(error) = self.write_down().await {
            tracing::error!(cause = %error, "what happened last could not be written down; the next start settles it");
        }
        ended
    }

    async fn work_until(
        &mut self,
        mut requests: mpsc::Receiver<Request>,
        stop: CancellationToken,
    ) -> Result<(), PosterError> {
        let mut current = self.tools.current.clone();
        current.mark_unchanged();
        loop {
            self.work().await;
            let pause = self.pause();
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                Some(finished) = self.finished.1.recv() => {
                    self.finish(finished)?;
                    // Whatever else was answered by now is written down together with it.
                    while let Ok(finished) = self.finished.1.try_recv() {
                        self.finish(finished)?;
                    }
                }
                Some(request) = requests.recv() => self.answer(request).await,
                Ok(()) = current.changed() => {
                    let now = current.borrow_and_update().clone();
                    self.take(now).await;
                }
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    fn now(&self) -> Timestamp {
        (self.tools.clock)()
    }

    /// Takes over what a load left.
    async fn take(&mut self, current: Current) {
        if !Arc::ptr_eq(self.snapshot.collection(), &current.collection) {
            self.snapshot = look_at(&current).await;
        }
        let before = std::mem::replace(&mut self.loaded, loaded(&current));
        if self.loaded.arrived_at > before.arrived_at {
            // Files are arriving: what is missing may be among those to come.
            self.missing_since.clear();
        }
        self.plan_all();
    }

    fn plan_all(&mut self) {
        for feed in self.feeds.values() {
            self.channels.entry(feed.channel).or_default().is_to_be_planned = true;
        }
    }

    /// Plans each channel for which something may have changed, and starts what is to be done.
    async fn work(&mut self) {
        let now = self.now();
        self.ask_for_load(now);
        self.forget_left_servers(now).await;
        if self.database.as_ref().is_some_and(|trouble| trouble.wait.until > now) {
            return;
        }
        let is_due = |channel: &Channel| {
            channel.is_to_be_planned
                || !channel.unwritten.is_empty()
                || channel.again_at.is_some_and(|at| at <= now)
        };
        let free = self.channels.iter().filter(|(_, channel)| channel.running.is_none());
        let due: Vec<ChannelId> = free.filter(|(_, channel)| is_due(channel)).map(|(id, _)| *id).collect();
        // After a failure each by itself, so that what fails for one channel fails for no other.
        let together = if self.database.is_some() { 1 } else { CHANNELS_TOGETHER };
        let mut failed = None;
        for channels in due.chunks(together) {
            if let Err(error) = self.work_on(channels.to_vec()).await {
                let is_of_one = together == 1 && error.kind() == LedgerErrorKind::Other;
                failed.get_or_insert(error);
                if !is_of_one {
                    break;
                }
            }
        }
        match failed {
            Some(error) => self.note_database_trouble(&error),
            None => self.database = None,
        }
    }

    /// Plans channels, and again those in which something had to be written down first.
    async fn work_on(&mut self, channels: Vec<ChannelId>) -> Result<(), LedgerError> {
        let mut due = channels;
        for _ in 0..ROUNDS_MAX {
            if due.is_empty() {
                return Ok(());
            }
            due = self.round(due).await?;
        }
        let later = self.now().saturating_add(SLEEP_MAX).ok();
        for channel in due {
            tracing::error!(%channel, "the plan of a channel does not come to rest; please report this");
            if let Some(state) = self.channels.get_mut(&channel) {
                state.again_at = later;
            }
        }
        Ok(())
    }

    /// Writes down together what happened in these channels and what is about to be done there, and then has it done. Gives
    /// those that are to be planned again at once.
    async fn round(&mut self, channels: Vec<ChannelId>) -> Result<Vec<ChannelId>, LedgerError> {
        self.tools.ledger.keep_together().await;
        let (mut again, mut failed) = (Vec::new(), None);
        for channel in channels {
            match self.next(channel).await {
                Ok(true) => {}
                Ok(false) => again.push(channel),
                Err(error) => {
                    self.channels.entry(channel).or_default().is_to_be_planned = true;
                    failed.get_or_insert(error);
                }
            }
        }
        let committed = self.commit().await;
        // Of both the first says what the matter is.
        let done = failed.map_or(committed, Err);
        if done.is_err() {
            for channel in &again {
                self.channels.entry(*channel).or_default().is_to_be_planned = true;
            }
        }
        done.map(|()| again)
    }

    /// One channel: what is unwritten, then what the plan wants written down, or its step. Says whether the plan is at rest.
    async fn next(&mut self, channel: ChannelId) -> Result<bool, LedgerError> {
        if !self.write_unwritten(channel).await? {
            return Ok(false);
        }
        let Plan { entries, step, again_at, outlooks, doubtful, wants_load } = self.plan(channel);
        self.note_missing(&doubtful);
        if wants_load || !doubtful.is_empty() {
            self.look_again();
        }
        let is_at_rest = entries.is_empty();
        if let Some(state) = self.channels.get_mut(&channel) {
            state.outlooks = outlooks;
            state.again_at = again_at;
            state.is_to_be_planned = false;
        }
        for entry in entries {
            self.write_entry(channel, entry).await?;
        }
        if is_at_rest {
            self.note_looked_at(channel).await?;
            if let Some(step) = step {
                self.start_step(channel, step).await?;
            }
        }
        Ok(is_at_rest)
    }

    fn feeds_of(&self, channel: ChannelId) -> Vec<&Feed> {
        self.feeds.values().filter(|feed| feed.channel == channel).collect()
    }

    fn plan(&self, channel: ChannelId) -> Plan {
        let Some(state) = self.channels.get(&channel) else { return Plan::default() };
        let now = self.now();
        let feeds = self.feeds_of(channel);
        let mut plan = plan(&self.input(state, &feeds, now));
        if let Some(wait) = self.paused_until.as_ref().filter(|wait| wait.until > now) {
            plan.step = None;
            plan.again_at = Some(plan.again_at.map_or(wait.until, |at| at.min(wait.until)));
        }
        plan
    }

    fn input<'a>(&'a self, channel: &'a Channel, feeds: &'a [&'a Feed], now: Timestamp) -> Input<'a> {
        Input {
            snapshot: &self.snapshot,
            loaded: self.loaded,
            now,
            feeds,
            book: &channel.book,
            blocks: &channel.blocks,
            missing_since: &self.missing_since,
        }
    }

    /// Remembers since when files are missing.
    fn note_missing(&mut self, doubtful: &[u64]) {
        let at = self.loaded.at;
        for article in doubtful {
            self.missing_since.entry(*article).or_insert(at);
        }
    }

    /// Has the folder read once more, some seconds after the last load.
    fn look_again(&mut self) {
        let at = self.loaded.at;
        let seconds = SignedDuration::from_secs(super::snapshot::LOOK_AGAIN_SECONDS);
        self.look_again_at.get_or_insert(at.saturating_add(seconds).unwrap_or(at));
    }

    fn ask_for_load(&mut self, now: Timestamp) {
        if self.look_again_at.is_some_and(|at| at <= now) {
            self.look_again_at = None;
            (self.tools.look_again)();
        }
    }

    fn note_database_trouble(&mut self, error: &LedgerError) {
        let seconds = self.database.as_ref().map_or(1, |trouble| trouble.seconds * 2);
        let seconds = seconds.min(DATABASE_WAIT_SECONDS_MAX);
        let is_new = self.database.is_none();
        if is_new {
            let words = error.kind().words();
            tracing::error!(cause = %error, "{words}; nothing is posted until then");
        }
        let until = self.now().saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
        let wait = Wait { until, reason: WaitReason::Database(error.kind()) };
        self.database = Some(DatabaseTrouble { wait, seconds });
    }

    /// How long there is nothing to do if nothing happens.
    fn pause(&self) -> Duration {
        let now = self.now();
        let of_channels = self.channels.values().filter(|channel| channel.running.is_none());
        let of_channels = of_channels.filter_map(|channel| {
            if channel.is_to_be_planned || !channel.unwritten.is_empty() {
                Some(now)
            } else {
                channel.again_at
            }
        });
        let database = self.database.as_ref().map(|trouble| trouble.wait.until);
        let next = match database {
            Some(until) => Some(until),
            None => of_channels.chain(self.look_again_at).min(),
        };
        let pause = next.map(|next| next.duration_since(now).max(SignedDuration::ZERO));
        pause.and_then(|pause| Duration::try_from(pause).ok()).unwrap_or(SLEEP_MAX).min(SLEEP_MAX)
    }

    /// Waits for the requests under way, for a bounded time.
    async fn wait_for_what_runs(&mut self) -> Result<(), PosterError> {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(STOP_SECONDS_MAX);
        while self.channels.values().any(|channel| channel.running.is_some()) {
            match tokio::time::timeout_at(deadline, self.finished.1.recv()).await {
                Ok(Some(finished)) => self.finish(finished)?,
                Ok(None) | Err(_) => {
                    let count = self.channels.values().filter(|channel| channel.running.is_some()).count();
                    tracing::warn!(
                        count,
                        "stopped before these requests were answered; the next start settles them"
                    );
                    break;
                }
            }
        }
        Ok(())
    }

    async fn forget_left_servers(&mut self, now: Timestamp) {
        let kept_for = SignedDuration::from_hours(24 * LEFT_DAYS_MAX);
        let is_over = |feed: &&Feed| matches!(feed.status, FeedStatus::Left { since, .. } if now.duration_since(since) > kept_for);
        let over: Vec<FeedId> = self.feeds.values().filter(is_over).map(|feed| feed.id).collect();
        for feed in over {
            match self.tools.ledger.remove_feed(feed).await {
                Ok(()) => {
                    self.feeds.remove(&feed);
                }
                // It is tried again at the next turn.
                Err(error) => return self.note_database_trouble(&error),
            }
        }
    }
}

fn loaded(current: &Current) -> Loaded {
    Loaded { at: current.at, arrived_at: current.arrived_at, is_complete: current.is_complete }
}

/// Looks at a collection beside the tasks that have to answer soon.
async fn look_at(current: &Current) -> Arc<Snapshot> {
    let collection = Arc::clone(&current.collection);
    let looked = tokio::task::spawn_blocking(move || Snapshot::new(collection)).await;
    // A panic there would be a fault of ours; an empty snapshot posts and withdraws nothing.
    Arc::new(looked.unwrap_or_default())
}

/// Steps that wait together.
const ALL_KINDS: [StepKind; 5] =
    [StepKind::Post, StepKind::Withdraw, StepKind::Discussion, StepKind::Crosspost, StepKind::Edit];

#[cfg(test)]
mod tests;
