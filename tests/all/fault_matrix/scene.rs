//! A feed, a Discord, and a clock that only the test moves.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use article_format::ArticleId;
use discord_sandbox::{Fault, FaultKind, RateLimits, Sandbox, SandboxOptions};
use heatwire::article_key::ArticleKey;
use heatwire::collection::Collection;
use heatwire::delivery::board::Board;
use heatwire::delivery::desk::{Desk, Explanation, FeedReport};
use heatwire::delivery::ledger::Ledger;
use heatwire::delivery::record::{DeliveryDetails, DeliveryId, DeliveryState};
use heatwire::delivery::send::{Action, Found, Outcome, Search, Sender};
use heatwire::delivery::service::Service;
use heatwire::delivery::worker::{Dependencies, Worker, WorkerError};
use heatwire::discord::Settings;
use heatwire::discord::sender::DiscordSender;
use heatwire::feed::{ChannelKind, FeedDefaults, NewFeed};
use heatwire::ids::{ChannelId, GuildId};
use heatwire::messages::Language;
use heatwire::reload::Current;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{Asked, Wrong};
use crate::harness::{NOW, PATIENCE, article as file, sandbox_with, settings};
use crate::home::Home;

/// How far the clock goes on when nothing is under way, and how often at most: two hours.
const TURN_SECONDS: i64 = 20;
const TURNS_MAX: usize = 360;
/// How long it goes on when all is done: whatever comes twice comes by then.
const TURNS_AFTER: usize = 60;
const CROSSPOSTED: i64 = 1;
const HAS_THREAD: i64 = 1 << 5;

#[derive(Clone)]
pub(super) struct TestClock(Arc<Mutex<Timestamp>>);

impl TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn advance(&self) {
        *self.0.lock().unwrap() += SignedDuration::from_secs(TURN_SECONDS);
    }

    fn reader(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}

/// The bot's sender, which says how many requests are under way.
pub(super) struct Watched {
    discord: DiscordSender,
    /// Where nobody listens.
    nowhere: DiscordSender,
    sandbox: Arc<Sandbox>,
    refusals_left: AtomicU32,
    refused: AtomicUsize,
    running: AtomicUsize,
    began: AtomicUsize,
}

impl Watched {
    /// The next requests find no connection.
    pub(super) fn refuse(&self, times: u32) {
        self.refusals_left.store(times, Ordering::SeqCst);
    }

    fn is_refused(&self) -> bool {
        let left = |left: u32| left.checked_sub(1);
        let is_refused = self.refusals_left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, left).is_ok();
        self.refused.fetch_add(usize::from(is_refused), Ordering::SeqCst);
        is_refused
    }

    /// The client gives up after 8 s. Here it gives up as soon as the request had its effect.
    async fn unanswered(&self) -> Outcome {
        let count = |faults: &[Fault]| -> u32 {
            let unanswered = faults.iter().filter(|fault| fault.kind == FaultKind::Unanswered);
            unanswered.map(|fault| fault.count).sum()
        };
        let before = count(&self.sandbox.planned_faults());
        while count(&self.sandbox.planned_faults()) == before {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Outcome::Lost { may_have_arrived: true, cause: "the test gave up".to_owned() }
    }

    fn begin(&self) {
        self.began.fetch_add(1, Ordering::SeqCst);
        self.running.fetch_add(1, Ordering::SeqCst);
    }
}

impl Sender for Watched {
    async fn send(&self, action: &Action) -> Outcome {
        self.begin();
        let outcome = if self.is_refused() {
            self.nowhere.send(action).await
        } else {
            tokio::select! {
                outcome = self.discord.send(action) => outcome,
                outcome = self.unanswered() => outcome,
            }
        };
        self.running.fetch_sub(1, Ordering::SeqCst);
        outcome
    }

    async fn find(&self, search: &Search) -> Found {
        self.begin();
        let found = self.discord.find(search).await;
        self.running.fetch_sub(1, Ordering::SeqCst);
        found
    }

    fn discord_now(&self) -> Option<Timestamp> {
        self.discord.discord_now()
    }
}

/// How the worker came to rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    AtRest,
    WrongToken,
}

/// The worker of a scene has ended by itself.
struct WorkerHasEnded;

pub(super) struct Scene {
    asked: Asked,
    pub(super) sandbox: Arc<Sandbox>,
    pub(super) sender: Arc<Watched>,
    clock: TestClock,
    database: Home,
    current: watch::Sender<Current>,
    desk: Desk,
    board: Arc<Board>,
    worker: Option<JoinHandle<Result<(), WorkerError>>>,
    service: Option<JoinHandle<()>>,
    stop: CancellationToken,
}

impl Scene {
    pub(super) async fn new(asked: Asked) -> Self {
        let clock = TestClock(Arc::new(Mutex::new(NOW.parse().unwrap())));
        let most = u32::MAX;
        let rate_limits = RateLimits {
            global_per_second: most,
            messages_per_window: most,
            crossposts_per_hour: most,
            old_edits_per_window: most,
            published_edits_per_hour: most,
            others_per_second: most,
            ..RateLimits::default()
        };
        let options = SandboxOptions { clock: clock.reader(), rate_limits, ..SandboxOptions::default() };
        let sandbox = Arc::new(sandbox_with(options).await);
        let sender = |settings: &Settings| {
            DiscordSender::new(settings, clock.reader()).unwrap().with_requests_per_second(1_000_000)
        };
        let nowhere = Settings { api_url: Some(address_without_listener()), ..settings(&sandbox) };
        let sender = Arc::new(Watched {
            discord: sender(&settings(&sandbox)),
            nowhere: sender(&nowhere),
            sandbox: Arc::clone(&sandbox),
            refusals_left: AtomicU32::new(0),
            refused: AtomicUsize::new(0),
            running: AtomicUsize::new(0),
            began: AtomicUsize::new(0),
        });
        let current = watch::Sender::new(current(Vec::new(), clock.now()));
        let (database, stop) = (Home::lasting().await, CancellationToken::new());
        let desk = Desk::new().0;
        let board = Arc::default();
        let mut scene = Self {
            asked,
            sandbox,
            sender,
            clock,
            database,
            current,
            desk,
            board,
            worker: None,
            service: None,
            stop,
        };
        scene.start().await;
        scene
    }

    /// A process begins, with what the last one left.
    pub(super) async fn start(&mut self) {
        if let Some(service) = self.service.take() {
            service.abort();
            let _is_aborted = service.await;
        }
        self.database.is_free().await;
        let dependencies = Dependencies {
            ledger: Ledger::open(&self.database.url()).await.unwrap(),
            board: Arc::clone(&self.board),
            snapshots: Arc::default(),
            sender: Arc::clone(&self.sender),
            clock: self.clock.reader(),
            current: self.current.subscribe(),
            language_of: Arc::new(|_| Language::English),
            reload: Box::new(|| {}),
        };
        let (desk, requests) = Desk::new();
        self.desk = desk;
        let stop = self.stop.clone();
        self.service = Some(tokio::spawn(Service::new(&dependencies).run(requests, stop.clone())));
        let worker = Worker::start(dependencies).await.unwrap();
        self.worker = Some(tokio::spawn(worker.run(stop)));
    }

    pub(super) async fn stop(mut self) {
        self.stop.cancel();
        let worker = self.worker.take().unwrap();
        tokio::time::timeout(PATIENCE, worker).await.unwrap().unwrap().unwrap();
    }

    /// A feed, and where the request is about a message, that message.
    pub(super) async fn prepare(&mut self) {
        let channel_kind = match self.asked {
            Asked::ForumPost | Asked::DeleteThread => ChannelKind::Forum,
            Asked::Crosspost => ChannelKind::Announcement,
            _ => ChannelKind::Text,
        };
        let mut settings = FeedDefaults { quality_min: 0, max_age_days: 7 }.settings();
        settings.opens_thread = self.asked == Asked::OpenThread;
        settings.crossposts = self.asked == Asked::Crosspost;
        let channel = ChannelId(self.sandbox.channel_id(self.asked.channel()).unwrap());
        let guild = GuildId(self.sandbox.guild_id());
        self.desk.add(NewFeed { guild, channel, channel_kind, settings, backfill: 0 }).await.unwrap();
        if matches!(self.asked, Asked::Edit | Asked::Delete | Asked::DeleteThread) {
            self.load("Story", "");
            assert_eq!(self.settle().await, Ended::AtRest);
            assert_eq!(self.messages().len(), 1);
        }
    }

    /// What has the request made.
    pub(super) fn act(&self) {
        match self.asked {
            Asked::Edit => self.load("Corrected", ""),
            Asked::Delete | Asked::DeleteThread => self.load("Story", "published: false\n"),
            _ => self.load("Story", ""),
        }
    }

    fn load(&self, title: &str, more: &str) {
        // It comes out when its feed is made.
        let text = file(title, "AI", 1, more).replace("2026-06-01T00:00:00Z", NOW);
        let text = text.replace(&title.to_lowercase(), "story");
        let article = article_format::parse(ArticleId::new("story"), "story.md", text.as_bytes()).unwrap();
        self.current.send_replace(current(vec![article], self.clock.now()));
    }

    pub(super) fn plan_fault(&self, kind: FaultKind, count: u32) {
        let route = self.asked.route().to_owned();
        self.sandbox.plan_fault(Fault { route, kind, count }).unwrap();
    }

    pub(super) fn clear_faults(&self) {
        self.sandbox.clear_faults();
        self.sender.refuse(0);
    }

    /// Lets time pass until all is done or nothing happens any more, and a while longer.
    pub(super) async fn settle(&mut self) -> Ended {
        let mut turns_left = TURNS_MAX;
        while turns_left > 0 {
            if self.rest().await.is_err() {
                let ended = tokio::time::timeout(PATIENCE, self.worker.take().unwrap()).await.unwrap();
                assert!(matches!(ended.unwrap(), Err(WorkerError::WrongToken)));
                return Ended::WrongToken;
            }
            if self.is_done() {
                turns_left = turns_left.min(TURNS_AFTER);
            }
            turns_left -= 1;
            self.clock.advance();
        }
        Ended::AtRest
    }

    /// Waits until no request is under way: a few turns of the worker began none.
    async fn rest(&self) -> Result<(), WorkerHasEnded> {
        let mut quiet_turns = 0;
        while quiet_turns < 4 {
            let began = self.sender.began.load(Ordering::SeqCst);
            self.take_turn().await?;
            let is_quiet = self.sender.running.load(Ordering::SeqCst) == 0
                && self.sender.began.load(Ordering::SeqCst) == began;
            quiet_turns = if is_quiet { quiet_turns + 1 } else { 0 };
            if !is_quiet {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        Ok(())
    }

    /// The worker makes a turn, unless it has ended.
    async fn take_turn(&self) -> Result<(), WorkerHasEnded> {
        let mut turns = self.board.turns();
        turns.mark_unchanged();
        self.board.announce_change();
        loop {
            if self.worker.as_ref().is_none_or(JoinHandle::is_finished) {
                return Err(WorkerHasEnded);
            }
            match tokio::time::timeout(Duration::from_millis(5), turns.changed()).await {
                Ok(changed) => return changed.map_err(|_| WorkerHasEnded),
                Err(_elapsed) => {}
            }
        }
    }

    pub(super) async fn report(&self) -> FeedReport {
        self.desk.feeds(GuildId(self.sandbox.guild_id())).await.unwrap().remove(0)
    }

    pub(super) async fn resume(&self) {
        let feed = self.report().await.feed;
        self.desk.resume(feed.guild, feed.id).await.unwrap();
    }

    /// The row of the story, as `/why` reports it.
    pub(super) async fn row(&self) -> DeliveryDetails {
        let guild = GuildId(self.sandbox.guild_id());
        let explanations = self.desk.why(guild, ArticleKey::of("story")).await.unwrap();
        let (_, explanation) = explanations.into_iter().next().unwrap();
        let row =
            if let Explanation::Recorded(details) = explanation { Ok(details) } else { Err(explanation) };
        row.unwrap()
    }

    pub(super) async fn resend(&self, row: DeliveryId) {
        self.desk.resend(GuildId(self.sandbox.guild_id()), row).await.unwrap();
    }

    fn messages(&self) -> Vec<Arc<Value>> {
        let messages = self.sandbox.posted_in(self.asked.channel()).unwrap();
        messages.into_iter().filter(|message| message["embeds"][0]["title"].is_string()).collect()
    }

    /// Whether what was asked for has its effect.
    pub(super) fn is_done(&self) -> bool {
        let messages = self.messages();
        let flags = || messages.first().map_or(0, |message| message["flags"].as_i64().unwrap_or(0));
        match self.asked {
            Asked::Post | Asked::ForumPost => !messages.is_empty(),
            Asked::Edit => messages.iter().any(|message| message["embeds"][0]["title"] == "Corrected"),
            Asked::Delete | Asked::DeleteThread => messages.is_empty(),
            Asked::Crosspost => flags() & CROSSPOSTED != 0,
            Asked::OpenThread => flags() & HAS_THREAD != 0,
        }
    }

    fn is_asked(&self, method: &str, path: &str) -> bool {
        let (wanted, route) = self.asked.route().split_once(' ').unwrap();
        let path = path.trim_start_matches("/api/v10");
        let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
        method == wanted
            && route.len() == path.len()
            && route.iter().zip(&path).all(|(part, segment)| *part == "*" || part == segment)
    }

    fn tried_at(&self) -> Vec<Timestamp> {
        let requests = self.sandbox.requests().into_iter();
        requests
            .filter(|request| self.is_asked(&request.method, &request.path))
            .map(|request| request.at)
            .collect()
    }

    /// How often it was tried.
    pub(super) fn tries(&self) -> usize {
        self.tried_at().len() + self.sender.refused.load(Ordering::SeqCst)
    }

    /// After a 429 nothing is tried before the longer of what header and body say.
    pub(super) fn waited_long_enough(&self, wrong: Wrong) -> bool {
        let Wrong::Request(FaultKind::RateLimit { retry_after, header, .. }) = wrong else { return true };
        let longest = SignedDuration::try_from(retry_after.max(header.unwrap_or_default())).unwrap();
        let tried = self.tried_at();
        tried.len() > 2 && tried.windows(2).take(2).all(|pair| pair[1].duration_since(pair[0]) >= longest)
    }

    /// What the row says is so: one message where it is sent, none where it failed or was withdrawn.
    pub(super) fn check_once(&self, state: DeliveryState, what: &str) {
        let count = self.messages().len();
        let stood_before = !matches!(self.asked, Asked::Post | Asked::ForumPost);
        match state {
            DeliveryState::Sent => assert_eq!(count, 1, "{what}"),
            // A test's lie: a message that is there is said to be gone, or not to be deleted.
            _ if stood_before => assert!(count <= 1, "{what}: {count} messages"),
            _ => assert_eq!(count, 0, "{what}"),
        }
    }
}

/// A port that was free a moment ago.
fn address_without_listener() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn current(articles: Vec<article_format::Article>, at: Timestamp) -> Current {
    let collection = Arc::new(Collection::new(articles, &[], Vec::new()));
    Current { collection, at, is_complete: true, arrived_at: at }
}
