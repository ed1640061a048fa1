//! The worker delivers. It plans each channel, writes the changes and claims, makes the requests, and writes the
//! outcomes. Moderators and Discord's events change feeds in the store, and the worker follows (`refresh`).
//!
//! One task does all of this, so nothing happens twice at once. Each request runs in a task of its own, one
//! at a time for each channel. A slow channel delays no other channel.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::board::{Board, Waits};
use super::change::Change;
use super::channel_state::ChannelState;
use super::ledger::{Applied, Ledger, LedgerError, LedgerErrorKind};
use super::plan::{Blocks, Forecast, Input, Plan, Step, StepKind, plan};
use super::record::{DeliveryId, young_since};
use super::send::{Sender, is_off};
use super::snapshot::{Loaded, Snapshot, Touched};
use super::snapshots::Snapshots;
use super::wait::{Wait, WaitReason};
use crate::article_key::ArticleKey;
use crate::collection::incremental::Clock;
use crate::collection::{Collection, Position};
use crate::feed::{FEEDS_PER_GUILD_MAX, Feed, FeedId, FeedStatus};
use crate::ids::{ChannelId, GuildId};
use crate::messages::Language;
use crate::reload::Current;
use answered::Finished;
use running::Running;

mod answered;
mod asked_posts;
mod catch_up;
mod counts;
mod finish;
mod log;
mod record_outcome;
mod refresh;
mod running;
mod steps;
mod writes;

/// How many plans in a row one channel gets at once, because the plan before had changes to write. Feeds that
/// begin together begin one by one. A plan that never ends is a bug: the worker logs it and plans again
/// later.
const ROUNDS_MAX: usize = FEEDS_PER_GUILD_MAX + 8;
/// After so many channels other tasks have their turn.
const CHANNELS_AT_ONCE: usize = 16;
/// How many channels share one transaction.
const CHANNELS_TOGETHER: usize = 100;
/// The longest sleep. A clock that is set forward is noticed after it.
const SLEEP_MAX: Duration = Duration::from_secs(15);
/// How often the worker looks for changes that other processes made in the store.
const REFRESH: SignedDuration = SignedDuration::from_secs(5);
/// How long, in seconds, a stop waits for requests under way. The next start resolves the rest.
const STOP_SECONDS_MAX: u64 = 5;
/// How many days the feeds of a guild are kept after the bot left it.
const LEFT_DAYS_MAX: i64 = 30;
/// How many days the baseline and the expired deliveries of a removed feed are kept (the contract, "Feeds and deliveries").
const OUTDATED_DAYS: i64 = 400;
/// The longest pause, in seconds, after a failure of the database.
const DATABASE_WAIT_SECONDS_MAX: i64 = 60;

/// What the worker needs from the rest of the bot.
pub struct Dependencies<S> {
    /// The database.
    pub ledger: Ledger,
    /// What the worker and the service tell each other.
    pub board: Arc<Board>,
    /// The snapshots of both.
    pub snapshots: Arc<Snapshots>,
    /// Discord.
    pub sender: Arc<S>,
    /// The time.
    pub clock: Clock,
    /// The latest collection.
    pub current: watch::Receiver<Current>,
    /// The language of a guild's posts.
    pub language_of: Arc<dyn Fn(GuildId) -> Language + Send + Sync>,
    /// Starts a load of the collection, to confirm that a file is gone.
    pub reload: Box<dyn Fn() + Send + Sync>,
}

/// Why the worker ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The ledger could not be read at the start.
    #[error("the feeds cannot be read from the database")]
    Ledger(#[from] LedgerError),
    /// Discord refuses the token.
    #[error(
        "Discord refuses the token; copy it again from the developer portal (Bot, Reset Token) into DISCORD_TOKEN"
    )]
    WrongToken,
}

/// Delivers articles. The module's text says how.
pub struct Worker<S> {
    dependencies: Dependencies<S>,
    channels: HashMap<ChannelId, Channel>,
    snapshot: Arc<Snapshot>,
    loaded: Loaded,
    missing_since: HashMap<ArticleKey, Timestamp>,
    /// What changed since the ledger was last read for it.
    touched: Touched,
    /// The worker has planned for all articles that became visible until this time.
    visible_until: Timestamp,
    /// When the next article becomes visible.
    visible_next: Option<Timestamp>,
    /// When the worker reads next what moderators and events changed.
    refresh_at: Timestamp,
    /// Whether the last turn knew of a process with other articles.
    did_collections_differ: bool,
    /// Whether a task waits for its turn, or for an outcome.
    has_tasks: bool,
    /// When the worker removes outdated deliveries next.
    forget_at: Timestamp,
    /// When feeds and deliveries were last counted for the metrics.
    counted_at: Timestamp,
    /// When the next load is to be requested.
    reload_at: Option<Timestamp>,
    /// No request is made before this: Discord's global limit.
    paused_until: Option<Wait>,
    database: Option<DatabaseTrouble>,
    /// Forums in which the bot may not delete threads. Forgotten at a restart.
    keeps_threads: HashSet<ChannelId>,
    /// Whether the log says that the clock of this machine is wrong.
    is_clock_off: bool,
    /// The number of the next delivery.
    next_delivery: DeliveryId,
    finished: (mpsc::Sender<Finished>, mpsc::Receiver<Finished>),
}

/// The state of one channel, and its work.
#[derive(Default)]
struct Channel {
    state: ChannelState,
    /// The articles that may be due.
    candidates: HashSet<ArticleKey>,
    /// Whether the next turn examines all articles, because a feed is new or has not begun.
    is_stale: bool,
    blocks: Blocks,
    forecasts: Vec<Forecast>,
    /// The request under way. A channel makes one request at a time.
    running: Option<Running>,
    /// Failures in a row, by kind of step.
    failures: HashMap<StepKind, u32>,
    /// Changes that memory has and the disk does not. They are written before anything else happens in the
    /// channel.
    unwritten: Vec<Change>,
    /// The database refuses the channel's changes.
    fault: Option<DatabaseTrouble>,
    is_to_be_planned: bool,
    again_at: Option<Timestamp>,
    /// Since when each count found due deliveries.
    due_since: Option<Timestamp>,
}

/// The database cannot be used.
struct DatabaseTrouble {
    wait: Wait,
    seconds: i64,
}

impl DatabaseTrouble {
    /// A longer wait than before.
    fn after(before: Option<&Self>, error: &LedgerError, now: Timestamp) -> Self {
        let seconds = before.map_or(1, |trouble| trouble.seconds * 2).min(DATABASE_WAIT_SECONDS_MAX);
        let until = now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX);
        Self { wait: Wait { until, reason: WaitReason::Database(error.kind()) }, seconds }
    }
}

impl Channel {
    /// Whether the channel can be planned: no request is under way, and the database refused nothing a moment ago.
    fn is_free(&self, now: Timestamp) -> bool {
        self.running.is_none() && self.fault.as_ref().is_none_or(|fault| fault.wait.until <= now)
    }
}

impl<S: Sender> Worker<S> {
    /// Reads the ledger.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn start(dependencies: Dependencies<S>) -> Result<Self, WorkerError> {
        let now = (dependencies.clock)();
        let loaded_rows = dependencies.ledger.load(young_since(now)).await?;
        let current = dependencies.current.borrow().clone();
        let mut channels: HashMap<ChannelId, Channel> = HashMap::new();
        for feed in loaded_rows.feeds {
            channels.entry(feed.channel).or_default().state.enter_feed(feed);
        }
        let mut worker = Self {
            channels,
            snapshot: Arc::default(),
            loaded: Loaded::from(&current),
            missing_since: HashMap::new(),
            touched: Touched::default(),
            visible_until: now,
            visible_next: None,
            refresh_at: Timestamp::MAX,
            did_collections_differ: false,
            has_tasks: false,
            forget_at: now,
            counted_at: Timestamp::MIN,
            reload_at: None,
            paused_until: None,
            database: None,
            keeps_threads: HashSet::new(),
            is_clock_off: false,
            next_delivery: DeliveryId(loaded_rows.last_delivery + 1),
            finished: mpsc::channel(64),
            dependencies,
        };
        worker.index(&current.collection).await;
        worker.enter(loaded_rows.rows).await;
        worker.await_next_date(now);
        worker.plan_all();
        // The process before may have left work.
        worker.dependencies.board.announce_change();
        Ok(worker)
    }

    /// Works until `stop`. Then waits a bounded time for the requests under way, and writes their outcomes.
    ///
    /// # Errors
    /// Discord refuses the token.
    pub async fn run(mut self, stop: CancellationToken) -> Result<(), WorkerError> {
        let mut ended = self.work_until(stop).await;
        if ended.is_ok() {
            ended = self.wait_for_what_runs().await;
        }
        if let Err(error) = self.write_down().await {
            tracing::error!(cause = %error, "the last outcomes could not be written; the next start resolves them");
        }
        ended
    }

    async fn work_until(&mut self, stop: CancellationToken) -> Result<(), WorkerError> {
        let (mut current, board) = (self.dependencies.current.clone(), Arc::clone(&self.dependencies.board));
        // The bot may have loaded again while the worker waited for its connection to Discord.
        let latest = current.borrow_and_update().clone();
        self.take(latest).await;
        loop {
            self.work().await;
            let pause = self.pause();
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                Some(finished) = self.finished.1.recv() => {
                    self.finish(finished)?;
                    // Outcomes that arrived together are written together.
                    while let Ok(finished) = self.finished.1.try_recv() {
                        self.finish(finished)?;
                    }
                    // Discord has just said its time.
                    self.check_clock();
                }
                () = board.change() => {}
                Ok(()) = current.changed() => {
                    let now = current.borrow_and_update().clone();
                    self.take(now).await;
                }
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Logs once that the clock of this machine is wrong, and once that it is right again.
    fn check_clock(&mut self) {
        let Some(discord_now) = self.dependencies.sender.discord_now() else { return };
        let ahead = self.now().duration_since(discord_now);
        match (is_off(ahead), self.is_clock_off) {
            (true, false) => {
                let ahead_s = ahead.as_secs();
                tracing::warn!(
                    ahead_s,
                    "the clock of this machine differs from Discord's; set it, as with NTP"
                );
            }
            (false, true) => tracing::info!("the clock of this machine is right again"),
            _ => {}
        }
        self.is_clock_off = is_off(ahead);
    }

    fn now(&self) -> Timestamp {
        (self.dependencies.clock)()
    }

    /// Takes a new load.
    async fn take(&mut self, current: Current) {
        if !Arc::ptr_eq(self.snapshot.collection(), &current.collection) {
            self.index(&current.collection).await;
            self.await_next_date(self.visible_until);
        }
        let before = std::mem::replace(&mut self.loaded, Loaded::from(&current));
        if self.loaded.arrived_at > before.arrived_at {
            // While files arrive, a missing file may still come.
            self.missing_since.clear();
        }
        self.plan_all();
    }

    /// Takes the snapshot of a collection, and compares it with the one before in a blocking task, because that takes a while. The
    /// snapshot before is dropped there too.
    async fn index(&mut self, collection: &Arc<Collection>) {
        let before = std::mem::take(&mut self.snapshot);
        self.snapshot = self.dependencies.snapshots.of(collection).await;
        let snapshot = Arc::clone(&self.snapshot);
        let touched = tokio::task::spawn_blocking(move || snapshot.touched_since(&before)).await;
        // A panic there would be a bug.
        let touched = touched.unwrap_or_default();
        self.touched.articles.extend(touched.articles);
        self.touched.hidden.extend(touched.hidden);
    }

    fn plan_all(&mut self) {
        for channel in self.channels.values_mut().filter(|channel| channel.state.feeds().next().is_some()) {
            channel.is_to_be_planned = true;
            channel.state.forget_sent_counts();
        }
    }

    /// Plans each channel that may have changed, and starts its next request.
    async fn work(&mut self) {
        self.do_turn().await;
        self.dependencies.board.set_waits(self.waits());
        self.count_open();
        self.dependencies.board.count_turn();
    }

    async fn do_turn(&mut self) {
        let now = self.now();
        self.ask_for_load(now);
        if self.database.as_ref().is_some_and(|trouble| trouble.wait.until > now) {
            return;
        }
        let differ = self.dependencies.board.do_collections_differ();
        if std::mem::replace(&mut self.did_collections_differ, differ) != differ {
            self.plan_all();
        }
        let is_changed = self.dependencies.board.takes_change() || self.refresh_at <= now || self.has_tasks;
        if is_changed && let Err(error) = self.refresh(now).await {
            self.refresh_at = now;
            return self.note_database_trouble(&error);
        }
        self.forget_left_guilds(now).await;
        self.forget_outdated(now).await;
        self.note_appeared(now);
        let is_due = |channel: &Channel| {
            channel.is_to_be_planned
                || !channel.unwritten.is_empty()
                || channel.again_at.is_some_and(|at| at <= now)
        };
        let free = self.channels.iter().filter(|(_, channel)| channel.is_free(now));
        let due: Vec<ChannelId> = free.filter(|(_, channel)| is_due(channel)).map(|(id, _)| *id).collect();
        for channels in due.chunks(CHANNELS_TOGETHER) {
            if let Err(error) = self.work_apart_from_faults(channels).await {
                return self.note_database_trouble(&error);
            }
        }
        self.database = None;
    }

    /// Works on channels together. After a fault in the data each gets a transaction of its own, and the faulty channel waits alone.
    /// An error is one of the database itself.
    async fn work_apart_from_faults(&mut self, channels: &[ChannelId]) -> Result<(), LedgerError> {
        match self.work_on(channels.to_vec()).await {
            Err(error) if error.kind() == LedgerErrorKind::Other => {}
            done => return done,
        }
        for id in channels {
            match self.work_on(vec![*id]).await {
                Err(error) if error.kind() == LedgerErrorKind::Other => self.note_fault(*id, &error),
                done => done?,
            }
        }
        Ok(())
    }

    fn note_fault(&mut self, id: ChannelId, error: &LedgerError) {
        let now = self.now();
        let channel = self.channels.entry(id).or_default();
        if channel.fault.is_none() {
            tracing::error!(channel = %id, cause = %error, "the database refuses the changes of a channel; the channel waits");
        }
        channel.fault = Some(DatabaseTrouble::after(channel.fault.as_ref(), error, now));
    }

    /// Plans channels, and plans those again that had changes to write.
    async fn work_on(&mut self, channels: Vec<ChannelId>) -> Result<(), LedgerError> {
        self.catch_up().await?;
        let mut due = channels;
        for _ in 0..ROUNDS_MAX {
            if due.is_empty() {
                return Ok(());
            }
            due = self.round(due).await?;
        }
        let later = self.now().saturating_add(SLEEP_MAX).ok();
        for channel in due {
            tracing::error!(%channel, "the plan of a channel does not end; please report this");
            if let Some(state) = self.channels.get_mut(&channel) {
                state.again_at = later;
            }
        }
        Ok(())
    }

    /// Writes the outcomes of these channels, and the changes of their plans, in one transaction. Starts the
    /// requests after the commit. Returns the channels to plan again at once.
    async fn round(&mut self, channels: Vec<ChannelId>) -> Result<Vec<ChannelId>, LedgerError> {
        let (mut changes, mut steps, mut counted) = (Vec::new(), Vec::new(), Vec::new());
        for id in channels {
            let plan = self.plan(id);
            self.note_missing(&plan.doubtful);
            if plan.wants_load || !plan.doubtful.is_empty() {
                self.reload_soon();
            }
            let channel = self.channels.entry(id).or_default();
            (channel.forecasts, channel.again_at) = (plan.forecasts, plan.again_at);
            channel.is_to_be_planned = true;
            if plan.wants_counts.is_empty() {
                steps.push((plan.step, plan.undecided));
                changes.push((id, plan.changes));
            } else {
                self.count(id, &plan.wants_counts).await?;
                counted.push(id);
            }
            if changes.len() % CHANNELS_AT_ONCE == 0 {
                tokio::task::yield_now().await;
            }
        }
        if self.write(&mut changes).await? == Applied::FeedsChanged {
            self.refresh(self.now()).await?;
            self.catch_up().await?;
            return Ok(changes.into_iter().map(|(id, _)| id).chain(counted).collect());
        }
        let (mut again, now) = (counted, self.now());
        for (number, ((id, changes), (step, undecided))) in changes.into_iter().zip(steps).enumerate() {
            let channel = self.channels.entry(id).or_default();
            let is_at_rest = step.is_some() || changes.is_empty();
            channel.is_to_be_planned = !is_at_rest;
            if is_at_rest {
                channel.candidates = undecided.into_iter().filter_map(|at| self.snapshot.key(at)).collect();
                channel.state.trim(&self.snapshot, now);
            }
            if let Some(Step::Post { stories, .. }) = &step {
                // The stories have deliveries now, and must not count twice.
                for forecast in &mut channel.forecasts {
                    forecast.due.retain(|position| !stories.contains(position));
                }
            }
            if !is_at_rest {
                again.push(id);
            } else if let Some(running) = step.and_then(|step| self.request(id, step)) {
                self.launch(id, running);
            }
            if number % CHANNELS_AT_ONCE == 0 {
                tokio::task::yield_now().await;
            }
        }
        Ok(again)
    }

    /// Notes how many sent deliveries feeds have.
    async fn count(&mut self, channel: ChannelId, feeds: &[FeedId]) -> Result<(), LedgerError> {
        let counts = self.dependencies.ledger.counts(feeds).await?;
        self.channels.entry(channel).or_default().state.set_sent_counts(feeds, &counts);
        Ok(())
    }

    /// The positions of a channel's candidates, hottest first.
    fn candidates_of(&self, channel: &Channel) -> Vec<Position> {
        let positions = channel.candidates.iter().filter_map(|key| self.snapshot.position(*key));
        let mut positions: Vec<Position> = positions.collect();
        positions.sort_unstable();
        positions
    }

    fn plan(&self, channel: ChannelId) -> Plan {
        let Some(channel) = self.channels.get(&channel) else { return Plan::default() };
        let now = self.now();
        let candidates = self.candidates_of(channel);
        let mut plan = plan(&self.input(channel, &channel.state.own_feeds(), &candidates, now));
        if let Some(wait) = self.paused_until.as_ref().filter(|wait| wait.until > now) {
            if plan.step.take().is_some() {
                // The claim goes with its request.
                plan.changes.clear();
            }
            plan.again_at = Some(plan.again_at.map_or(wait.until, |at| at.min(wait.until)));
        }
        plan
    }

    fn input<'a>(
        &'a self,
        channel: &'a Channel,
        feeds: &'a [&'a Feed],
        candidates: &'a [Position],
        now: Timestamp,
    ) -> Input<'a> {
        Input {
            snapshot: &self.snapshot,
            loaded: self.loaded,
            do_collections_differ: self.dependencies.board.do_collections_differ(),
            now,
            discord_now: self.dependencies.sender.discord_now(),
            feeds,
            candidates,
            rows: &channel.state,
            blocks: &channel.blocks,
            missing_since: &self.missing_since,
        }
    }

    fn feeds(&self) -> impl Iterator<Item = &Feed> {
        self.channels.values().flat_map(|channel| channel.state.feeds())
    }

    /// Remembers since when files are missing.
    fn note_missing(&mut self, doubtful: &[ArticleKey]) {
        let at = self.loaded.at;
        for article in doubtful {
            self.missing_since.entry(*article).or_insert(at);
        }
    }

    /// Requests another load, some seconds after the last one.
    fn reload_soon(&mut self) {
        let at = self.loaded.at;
        let seconds = SignedDuration::from_secs(super::snapshot::RECHECK_SECONDS);
        self.reload_at.get_or_insert(at.saturating_add(seconds).unwrap_or(at));
    }

    fn ask_for_load(&mut self, now: Timestamp) {
        if self.reload_at.is_some_and(|at| at <= now) {
            self.reload_at = None;
            (self.dependencies.reload)();
        }
    }

    /// What the next posts wait for, besides the rules of their feeds.
    fn waits(&self) -> Waits {
        let now = self.now();
        let all = [self.database.as_ref().map(|trouble| trouble.wait), self.paused_until];
        let latest = |waits: [Option<Wait>; 2]| {
            let waits = waits.into_iter().flatten().filter(|wait| wait.until > now);
            waits.max_by_key(|wait| wait.until)
        };
        let channels = self.channels.iter().filter_map(|(id, channel)| {
            let asked = channel.blocks.get(StepKind::Post, now).copied();
            Some((*id, latest([asked, channel.fault.as_ref().map(|fault| fault.wait)])?))
        });
        Waits { all: latest(all), channels: channels.collect() }
    }

    fn note_database_trouble(&mut self, error: &LedgerError) {
        if self.database.is_none() {
            let words = error.kind().words();
            tracing::error!(cause = %error, "{words}; nothing is posted until then");
        }
        self.database = Some(DatabaseTrouble::after(self.database.as_ref(), error, self.now()));
    }

    /// How long the worker can sleep if no event comes.
    fn pause(&self) -> Duration {
        let now = self.now();
        let of_channels = self.channels.values().filter(|channel| channel.running.is_none());
        let of_channels = of_channels.filter_map(|channel| {
            if let Some(fault) = channel.fault.as_ref().filter(|fault| fault.wait.until > now) {
                Some(fault.wait.until)
            } else if channel.is_to_be_planned || !channel.unwritten.is_empty() {
                Some(now)
            } else {
                channel.again_at
            }
        });
        let database = self.database.as_ref().map(|trouble| trouble.wait.until);
        let next = match database {
            Some(until) => Some(until),
            None => of_channels.chain(self.reload_at).chain(self.visible_next).chain([self.refresh_at]).min(),
        };
        let pause = next.map(|next| next.duration_since(now).max(SignedDuration::ZERO));
        pause.and_then(|pause| Duration::try_from(pause).ok()).unwrap_or(SLEEP_MAX).min(SLEEP_MAX)
    }

    /// Waits for the requests under way, for a bounded time.
    async fn wait_for_what_runs(&mut self) -> Result<(), WorkerError> {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(STOP_SECONDS_MAX);
        while self.channels.values().any(|channel| channel.running.is_some()) {
            match tokio::time::timeout_at(deadline, self.finished.1.recv()).await {
                Ok(Some(finished)) => self.finish(finished)?,
                Ok(None) | Err(_) => {
                    let count = self.channels.values().filter(|channel| channel.running.is_some()).count();
                    tracing::warn!(
                        count,
                        "the stop did not wait for these requests; the next start resolves them"
                    );
                    break;
                }
            }
        }
        Ok(())
    }

    async fn forget_left_guilds(&mut self, now: Timestamp) {
        let kept_for = SignedDuration::from_hours(24 * LEFT_DAYS_MAX);
        let is_over = |feed: &&Feed| matches!(feed.status, FeedStatus::Left { since, .. } if now.duration_since(since) > kept_for);
        let over: Vec<(ChannelId, FeedId)> =
            self.feeds().filter(is_over).map(|feed| (feed.channel, feed.id)).collect();
        for (channel, feed) in over {
            let changes = self.removal(channel, feed, true);
            // After an error the removal is tried again at the next turn.
            if let Err(error) = self.write(&mut [(channel, changes)]).await {
                return self.note_database_trouble(&error);
            }
        }
    }

    /// The changes that remove a feed. The last feed of a channel that is gone takes all deliveries with it.
    fn removal(&self, channel: ChannelId, feed: FeedId, is_channel_gone: bool) -> Vec<Change> {
        let known = self.channels.get(&channel).map(|channel| &channel.state);
        let is_last = known.is_some_and(|state| state.feeds().all(|other| other.id == feed));
        let mut changes = vec![Change::RemoveFeed(feed)];
        changes.extend((is_last && is_channel_gone).then_some(Change::ForgetChannel));
        changes
    }

    /// Removes, once a day, deliveries of removed feeds that nobody needs any more.
    async fn forget_outdated(&mut self, now: Timestamp) {
        if now < self.forget_at {
            return;
        }
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        let before = now.saturating_sub(days(OUTDATED_DAYS)).unwrap_or(Timestamp::MIN);
        match self.dependencies.ledger.forget_outdated(before).await {
            // The rest follows at the next turn.
            Ok(1..) => {}
            Ok(0) => self.forget_at = now.saturating_add(days(1)).unwrap_or(Timestamp::MAX),
            Err(error) => self.note_database_trouble(&error),
        }
    }
}

/// All kinds of steps.
const ALL_KINDS: [StepKind; 5] =
    [StepKind::Post, StepKind::Withdraw, StepKind::Discussion, StepKind::Crosspost, StepKind::Edit];

#[cfg(test)]
mod tests;
