//! Articles come, change and go, Discord fails, and the process dies. A seed selects the events. At the end
//! the channels contain what the rules alone say.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::super::{Dependencies, Worker};
use super::fake::{Fake, Fault, TestClock};
use crate::article_key::ArticleKey;
use crate::collection::Collection;
use crate::delivery::desk::{Answer, DeskError, Explanation, FeedReport, GuildEvent, Request};
use crate::delivery::ledger::Ledger;
use crate::delivery::ledger::tests::execute;
use crate::delivery::ledger::tests::homes::{Home, Place};
use crate::delivery::record::DeliveryState;
use crate::delivery::service::Service;
use crate::feed::pacing::{Digest, Pacing};
use crate::feed::{ChannelKind, FeedSettings, NewFeed, Rules};
use crate::ids::{ChannelId, GuildId};
use crate::messages::Language;
use crate::reload::Current;
use article_format::address::identities;
use article_format::fixture::article;
use article_format::{Article, ArticleId};

pub(super) const CHANNEL: ChannelId = ChannelId(7);
pub(super) const GUILD: GuildId = GuildId(1);
const START: &str = "2026-06-10T12:00:00Z";

/// A bot's process, disk and folder.
pub(super) struct Bot {
    pub(super) clock: TestClock,
    pub(super) discord: Fake,
    pub(super) database: Place,
    current: watch::Sender<Current>,
    worker: Option<Worker<Fake>>,
    service: Option<Service<Fake>>,
    /// The language of every guild.
    pub(super) language: Arc<Mutex<Language>>,
    pub(super) articles: Vec<Article>,
}

impl Bot {
    pub(super) async fn new(articles: Vec<Article>) -> Self {
        Self::in_home(Home::chosen(), articles).await
    }

    pub(super) async fn in_home(home: Home, articles: Vec<Article>) -> Self {
        let clock = TestClock::at(START);
        let current = Current {
            collection: Arc::new(Collection::new(articles.clone(), &[], Vec::new())),
            at: clock.now(),
            is_complete: true,
            arrived_at: clock.now(),
        };
        let mut bot = Self {
            discord: Fake::new(clock.clone()),
            clock,
            database: Place::new(home).await,
            current: watch::Sender::new(current),
            worker: None,
            service: None,
            language: Arc::default(),
            articles,
        };
        bot.start().await;
        bot
    }

    async fn start(&mut self) {
        let ledger = Ledger::open(&self.database.url()).await.unwrap();
        // A crash of these tests is no power cut. Without a flush for each post they take a fraction of the time.
        execute(&ledger, self.database.without_flush()).await;
        let (clock, language) = (self.clock.clone(), Arc::clone(&self.language));
        let dependencies = Dependencies {
            ledger,
            board: Arc::default(),
            snapshots: Arc::default(),
            sender: Arc::new(self.discord.clone()),
            clock: Arc::new(move || clock.now()),
            current: self.current.subscribe(),
            language_of: Arc::new(move |_| *language.lock().unwrap()),
            reload: Box::new(|| {}),
        };
        self.service = Some(Service::new(&dependencies));
        self.worker = Some(Worker::start(dependencies).await.unwrap());
    }

    /// The process dies. The outcome of a request under way is lost.
    pub(super) async fn crash(&mut self) {
        (self.worker, self.service) = (None, None);
        self.database.expire_lease().await;
        self.start().await;
    }

    pub(super) fn service(&self) -> &Service<Fake> {
        self.service.as_ref().unwrap()
    }

    pub(super) fn worker(&mut self) -> &mut Worker<Fake> {
        self.worker.as_mut().unwrap()
    }

    /// Creates a feed, a moment after the publication of the existing articles.
    pub(super) async fn add_feed(&mut self, change: impl FnOnce(&mut NewFeed)) {
        if !self.articles.is_empty() {
            self.clock.advance(1);
        }
        let rules = Rules { quality_min: 60, max_age_days: 7, ..Rules::default() };
        let settings = FeedSettings {
            rules,
            pacing: Pacing { posts_per_hour_max: 1000, ..Pacing::default() },
            mention: None,
            is_silent: false,
            opens_thread: false,
            crossposts: false,
        };
        let mut feed = NewFeed {
            guild: GUILD,
            channel: CHANNEL,
            channel_kind: ChannelKind::Text,
            settings,
            backfill: 0,
        };
        change(&mut feed);
        self.ask(|answer| Request::Add(Box::new(feed), answer)).await.unwrap();
    }

    pub(super) async fn ask<T>(
        &mut self,
        request: impl FnOnce(Answer<T>) -> Request,
    ) -> Result<T, DeskError> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.request(request(answer)).await;
        answered.await.unwrap()
    }

    /// Discord sends an event.
    pub(super) async fn tell(&mut self, event: GuildEvent) {
        self.request(Request::Event(event)).await;
    }

    /// The service answers, and the worker follows what the service wrote.
    async fn request(&mut self, request: Request) {
        self.service().answer(request).await;
        let board = Arc::clone(&self.worker().dependencies.board);
        if board.takes_change() {
            board.announce_change();
            self.worker().work().await;
        }
    }

    pub(super) async fn reports(&mut self) -> Vec<FeedReport> {
        self.ask(|answer| Request::Feeds(GUILD, answer)).await.unwrap()
    }

    /// A load finds the current articles.
    pub(super) async fn load(&mut self) {
        let before = self.current.borrow().collection.articles().len();
        let collection = Arc::new(Collection::new(self.articles.clone(), &[], Vec::new()));
        let has_new_articles = self.articles.len() > before;
        self.take(collection, true, has_new_articles).await;
    }

    /// A load finds the current articles before the worker has begun to work. Then the worker works until these stories stand.
    pub(super) async fn load_and_run(&mut self, expected: &[ArticleKey]) {
        let collection = Arc::new(Collection::new(self.articles.clone(), &[], Vec::new()));
        let at = self.clock.now();
        self.current.send_replace(Current { collection, at, is_complete: true, arrived_at: at });
        let stop = CancellationToken::new();
        let worker = tokio::spawn(self.worker.take().unwrap().run(stop.clone()));
        let stands = async {
            while posted(self) != expected {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let stood = tokio::time::timeout(Duration::from_secs(10), stands).await;
        stop.cancel();
        worker.await.unwrap().unwrap();
        assert_eq!((stood.is_ok(), &*posted(self)), (true, expected));
    }

    /// A load finds this collection.
    pub(super) async fn take(
        &mut self,
        collection: Arc<Collection>,
        is_complete: bool,
        has_new_articles: bool,
    ) {
        let at = self.clock.now();
        let arrived_at = if has_new_articles { at } else { self.current.borrow().arrived_at };
        let current = Current { collection, at, is_complete, arrived_at };
        self.current.send_replace(current.clone());
        self.worker().take(current).await;
    }

    /// The bot does everything that it can do now, with at most `answers_max` outcomes.
    pub(super) async fn work(&mut self, answers_max: usize) {
        for _ in 0..answers_max {
            let worker = self.worker();
            worker.work().await;
            if !worker.channels.values().any(|channel| channel.running.is_some()) {
                return;
            }
            let finished = worker.finished.1.recv().await.unwrap();
            worker.finish(finished).unwrap();
        }
    }

    /// Requests under way go on for so many turns: the first turn begins a request, the second ends it.
    pub(super) async fn turns(&self, count: usize) {
        for _ in 0..count {
            tokio::task::yield_now().await;
        }
    }

    /// Time passes until the bot waits for nothing, at most so many seconds.
    pub(super) async fn settle(&mut self, seconds_max: i64) {
        let end = self.clock.now() + SignedDuration::from_secs(seconds_max);
        loop {
            self.work(1000).await;
            let pause = SignedDuration::try_from(self.worker().pause()).unwrap();
            let next = self.clock.now() + pause.max(SignedDuration::from_secs(1));
            if next > end {
                return;
            }
            self.clock.set(next);
        }
    }

    /// How many deliveries are in this state, in the database.
    pub(super) async fn states(&mut self, state: DeliveryState) -> usize {
        let all = self.worker().dependencies.ledger.everything().await.unwrap();
        all.deliveries.iter().filter(|(_, row)| row.state == state).count()
    }
}

pub(super) fn story(number: usize, published_at: Timestamp) -> Article {
    article(&format!("story-{number}"), |article| {
        article.quality = Some(80);
        article.heat = i64::try_from(number).unwrap();
        article.published_at = Some(published_at);
        article.addresses = identities([&*format!("https://example.com/story-{number}")]);
    })
}

pub(super) fn now() -> Timestamp {
    START.parse().unwrap()
}

/// The stories in the channel, in the order of their messages.
pub(super) fn posted(bot: &Bot) -> Vec<ArticleKey> {
    bot.discord.standing(CHANNEL).into_iter().flat_map(|message| message.stories).collect()
}

pub(super) fn hashes(numbers: &[usize]) -> Vec<ArticleKey> {
    numbers.iter().map(|number| ArticleKey::of(&format!("story-{number}"))).collect()
}

#[tokio::test]
async fn a_first_run_posts_only_the_backfill_and_then_what_comes() {
    let mut bot = Bot::new((0..50).map(|number| story(number, now())).collect()).await;
    bot.add_feed(|feed| feed.backfill = 3).await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[49, 48, 47]), "the hottest, hottest first");
    assert_eq!(bot.states(DeliveryState::Baseline).await, 47);
    bot.articles.push(story(50, now()));
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[49, 48, 47, 50]));
    bot.crash().await;
    bot.settle(600).await;
    assert_eq!(posted(&bot), hashes(&[49, 48, 47, 50]), "a restart posts nothing again");
}

#[tokio::test]
async fn what_is_published_or_rises_later_is_posted_once() {
    let hidden = Article { is_published: false, ..story(1, now()) };
    let poor = Article { quality: Some(10), ..story(2, now()) };
    let mut bot = Bot::new(vec![hidden, poor]).await;
    bot.add_feed(|_| {}).await;
    bot.settle(60).await;
    assert!(posted(&bot).is_empty());
    bot.articles = vec![story(1, now()), story(2, now())];
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[2, 1]));
    bot.articles[1].link = Some("https://example.com/corrected".into());
    bot.articles[1].addresses = identities(["https://example.com/corrected"]);
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[2, 1]), "a corrected link posts nothing again");
}

#[tokio::test]
async fn what_is_dated_ahead_is_posted_at_its_time_without_a_load() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(1, now() + SignedDuration::from_hours(3))];
    bot.load().await;
    bot.settle(3 * 3600 - 20).await;
    assert!(posted(&bot).is_empty());
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1]));
}

#[tokio::test]
async fn a_withdrawal_needs_a_word_of_the_file_or_two_loads_and_a_restored_article_stays_away() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = (0..4).map(|number| story(number, now())).collect();
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot).len(), 4);
    bot.articles[0].is_removed = true;
    let missing = bot.articles.remove(1);
    bot.load().await;
    bot.work(100).await;
    assert_eq!(posted(&bot), hashes(&[3, 2, 1]), "one says so, the other is only missing");
    bot.clock.advance(11);
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[3, 2]));
    bot.articles[0].is_removed = false;
    bot.articles.push(missing);
    bot.load().await;
    bot.settle(600).await;
    assert_eq!(posted(&bot), hashes(&[3, 2]), "restored articles are not posted twice");
    bot.articles.clear();
    for _ in 0..3 {
        bot.load().await;
        bot.settle(60).await;
    }
    assert_eq!(posted(&bot), hashes(&[3, 2]), "an empty folder is one that is not mounted");
}

#[tokio::test]
async fn many_withdrawals_wait_for_a_word() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = (0..20).map(|number| story(number, now())).collect();
    bot.load().await;
    bot.settle(600).await;
    for article in &mut bot.articles[..6] {
        article.is_published = false;
    }
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot).len(), 20);
    let feed = bot.worker().feeds().next().unwrap().id;
    assert_eq!(bot.ask(|answer| Request::DecideWithdrawals(GUILD, feed, true, answer)).await, Ok(6));
    bot.settle(60).await;
    assert_eq!(posted(&bot).len(), 14);
}

#[tokio::test]
async fn a_message_that_a_moderator_deleted_stays_deleted() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    bot.discord.world().messages.values_mut().for_each(|message| message.is_deleted = true);
    bot.articles[0].title = "Corrected".into();
    bot.load().await;
    bot.settle(600).await;
    assert!(posted(&bot).is_empty());
    assert_eq!(bot.states(DeliveryState::Withdrawn).await, 1);
}

#[tokio::test]
async fn corrections_are_edits_and_heat_alone_waits_for_its_hour() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    bot.articles[0].title = "Corrected".into();
    bot.load().await;
    bot.settle(60).await;
    let message = bot.discord.standing(CHANNEL).remove(0);
    assert_eq!((message.titles, message.edits), (vec!["Corrected".to_owned()], 1));
    bot.articles[0].heat = 500;
    bot.load().await;
    bot.settle(1800).await;
    assert_eq!(bot.discord.standing(CHANNEL)[0].edits, 1);
    bot.settle(3600).await;
    assert_eq!(bot.discord.standing(CHANNEL)[0].edits, 2);
}

#[tokio::test]
async fn a_renamed_file_is_what_the_buttons_lead_to_soon_after() {
    for digest in [Digest::Off, Digest::Hourly] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|feed| feed.settings.pacing.digest = digest).await;
        bot.articles = vec![story(1, now())];
        bot.load().await;
        bot.settle(2 * 3600).await;
        assert_eq!(posted(&bot), hashes(&[1]));
        bot.articles[0].id = ArticleId::new("moved/elsewhere");
        bot.load().await;
        bot.settle(60).await;
        assert_eq!(posted(&bot), [ArticleKey::of("moved/elsewhere")], "{digest:?}");
        assert_eq!(bot.discord.standing(CHANNEL)[0].edits, 1, "and that is all");
    }
}

#[tokio::test]
async fn what_outgrows_the_age_limit_while_it_waits_expires() {
    let mut bot = Bot::new(vec![story(9, now())]).await;
    bot.add_feed(|feed| feed.settings.pacing.posts_per_hour_max = 1).await;
    bot.settle(60).await;
    let old = bot.clock.now() - SignedDuration::from_hours(24 * 7 - 2);
    bot.articles.extend((0..5).map(|number| story(number, old)));
    bot.load().await;
    bot.settle(6 * 3600).await;
    assert_eq!(posted(&bot), hashes(&[4, 3, 2]), "at once, after an hour, after two");
    assert_eq!(bot.states(DeliveryState::Expired).await, 2);
}

#[tokio::test]
async fn where_nothing_can_be_found_out_a_moderator_decides() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.discord.world().hides_history = true;
    bot.discord.world().script.extend([Fault::LostAfter; 40]);
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(3600).await;
    assert_eq!(bot.states(DeliveryState::Unknown).await, 1);
    assert_eq!(posted(&bot), hashes(&[1]));
    bot.discord.world().script.clear();
    let row = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap().remove(0);
    bot.ask(|answer| Request::Resend(GUILD, row.id, answer)).await.unwrap();
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1, 1]), "the moderator wanted it");
}

#[tokio::test]
async fn a_withdrawal_that_discord_refused_is_tried_again_by_a_word_and_never_posts_a_second_message() {
    for (is_republished, crashes) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|_| {}).await;
        bot.articles = vec![story(1, now())];
        bot.load().await;
        bot.settle(60).await;
        bot.articles[0].is_removed = true;
        bot.discord.world().script.push_back(Fault::Refused { status: 400, code: 50_021 });
        bot.load().await;
        bot.settle(600).await;
        let row = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap().remove(0);
        assert!(row.is_refused_withdrawal(), "{row:?}");
        if is_republished {
            bot.articles[0].is_removed = false;
            bot.articles[0].title = "As it is now".into();
            bot.load().await;
            bot.settle(600).await;
        }
        bot.ask(|answer| Request::Resend(GUILD, row.id, answer)).await.unwrap();
        if crashes {
            bot.crash().await;
        }
        bot.settle(600).await;
        assert_eq!(bot.discord.world().messages.len(), 1, "{is_republished} {crashes}: no second message");
        let standing = bot.discord.standing(CHANNEL);
        assert_eq!(standing.len(), usize::from(is_republished));
        let is_shown = standing.iter().all(|message| message.titles == ["As it is now"]);
        assert!(is_shown, "it is corrected as any other: {standing:?}");
        let state = if is_republished { DeliveryState::Sent } else { DeliveryState::Withdrawn };
        assert_eq!(bot.states(state).await, 1);
    }
}

#[tokio::test]
async fn messages_are_told_as_they_stand() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = (0..3).map(|number| story(number, now())).collect();
    bot.load().await;
    bot.settle(60).await;
    bot.articles[0].is_published = false;
    bot.articles[1].title = "Corrected".into();
    bot.articles[2].is_removed = true;
    bot.discord.world().script.push_back(Fault::Refused { status: 400, code: 50_021 });
    bot.load().await;
    bot.settle(60).await;
    let posts = bot.ask(|answer| Request::Posts(GUILD, answer)).await.unwrap();
    let told: Vec<_> =
        posts.iter().map(|post| (post.stories, post.refused, post.edited_at.is_some())).collect();
    assert_eq!(told, [(1, 0, true), (0, 1, false)], "the newest comes first, and the third was withdrawn");
    assert_eq!(bot.ask(|answer| Request::Posts(GuildId(GUILD.0 + 1), answer)).await.unwrap(), []);
    assert_eq!(bot.reports().await[0].withdrawn, 1);
}

#[tokio::test]
async fn a_feed_beside_a_paused_one_posts_what_is_new_and_leaves_it_what_waited() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(0, now())];
    bot.load().await;
    bot.settle(60).await;
    let first = bot.reports().await[0].feed.id;
    bot.ask(|answer| Request::Pause(GUILD, first, answer)).await.unwrap();
    bot.articles.push(story(1, now()));
    bot.load().await;
    bot.settle(60).await;
    bot.add_feed(|_| {}).await;
    bot.articles.push(story(2, bot.clock.now()));
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[0, 2]));
    let waits = ArticleKey::of("story-1");
    let explanations = bot.ask(|answer| Request::Why(GUILD, waits, answer)).await.unwrap();
    let explanations: Vec<Explanation> =
        explanations.into_iter().map(|(_, explanation)| explanation).collect();
    assert_eq!(explanations, [Explanation::Paused, Explanation::DueThrough { feed: first, posts: false }]);
    bot.ask(|answer| Request::Resume(GUILD, first, answer)).await.unwrap();
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[0, 2, 1]));
}

#[tokio::test]
async fn what_a_removed_feed_had_to_post_floods_no_feed_that_was_made_later() {
    for is_paused in [true, false] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|feed| feed.settings.pacing.posts_per_hour_max = 1).await;
        let first = bot.reports().await[0].feed.id;
        if is_paused {
            bot.ask(|answer| Request::Pause(GUILD, first, answer)).await.unwrap();
        }
        bot.articles = (0..6).map(|number| story(number, now())).collect();
        bot.load().await;
        bot.settle(60).await;
        bot.add_feed(|_| {}).await;
        bot.articles.push(story(9, bot.clock.now()));
        bot.load().await;
        bot.ask(|answer| Request::Remove(GUILD, first, answer)).await.unwrap();
        bot.settle(600).await;
        let expected: &[usize] = if is_paused { &[9] } else { &[5, 9] };
        assert_eq!(posted(&bot), hashes(expected), "{is_paused}");
        assert_eq!(bot.states(DeliveryState::Baseline).await, 7 - expected.len());
    }
}

#[tokio::test]
async fn settings_that_change_while_a_request_is_under_way_stay() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.worker().work().await;
    bot.tell(GuildEvent::GuildLeft(GUILD)).await;
    bot.tell(GuildEvent::GuildJoined(GUILD)).await;
    let feed = bot.reports().await.remove(0).feed;
    let settings = FeedSettings { opens_thread: true, ..feed.settings };
    bot.ask(|answer| Request::Edit(GUILD, feed.id, Box::new(settings), 0, answer)).await.unwrap();
    bot.settle(60).await;
    bot.crash().await;
    assert!(bot.reports().await[0].feed.settings.opens_thread);
}

#[tokio::test]
async fn a_refusal_pauses_the_feed_and_keeps_what_is_due() {
    for code in [10_003, 50_001, 50_013] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|_| {}).await;
        bot.articles = vec![story(1, now())];
        bot.discord.world().script.push_back(Fault::Refused { status: 403, code });
        bot.load().await;
        bot.settle(3600).await;
        let report = bot.reports().await.remove(0);
        assert!(matches!(report.feed.status, crate::feed::FeedStatus::Paused(_)), "{code}: {report:?}");
        assert_eq!((report.due, bot.discord.world().requests), (1, 1), "{code}");
        let feed = report.feed.id;
        bot.ask(|answer| Request::Resume(GUILD, feed, answer)).await.unwrap();
        bot.settle(60).await;
        assert_eq!(posted(&bot), hashes(&[1]), "{code}");
    }
}

#[tokio::test]
async fn what_the_database_refuses_for_one_channel_is_done_for_others_and_tried_again() {
    // The trigger is SQLite's.
    let mut bot = Bot::in_home(Home::Sqlite, Vec::new()).await;
    bot.add_feed(|_| {}).await;
    for other in [ChannelId(CHANNEL.0 + 1), ChannelId(CHANNEL.0 + 2)] {
        bot.add_feed(|feed| feed.channel = other).await;
    }
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON post WHEN NEW.channel = 7 BEGIN SELECT RAISE(ABORT, 'no'); END";
    execute(&bot.worker().dependencies.ledger, refuse).await;
    for number in 1..4 {
        bot.articles.push(story(number, now()));
        bot.load().await;
        bot.work(1000).await;
        assert!(posted(&bot).is_empty());
        for other in [ChannelId(CHANNEL.0 + 1), ChannelId(CHANNEL.0 + 2)] {
            assert_eq!(
                bot.discord.standing(other).len(),
                number,
                "at once, however often the other is refused"
            );
        }
    }
    let waits: Vec<bool> = bot.reports().await.iter().map(|report| report.wait.is_some()).collect();
    assert_eq!(waits, [true, false, false]);
    bot.settle(600).await;
    assert!(posted(&bot).is_empty());
    execute(&bot.worker().dependencies.ledger, "DROP TRIGGER refuse").await;
    bot.settle(600).await;
    assert_eq!(
        posted(&bot),
        hashes(&[3, 2, 1]),
        "without a load, or anything else that would have it planned"
    );
    assert_eq!(bot.states(DeliveryState::Sent).await, 9);
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_is_looked_into_before_it_ends_the_delivery() {
    let refused = Fault::Refused { status: 400, code: 50_035 };
    for (lost, state) in [(Fault::LostAfter, DeliveryState::Sent), (Fault::LostBefore, DeliveryState::Failed)]
    {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|_| {}).await;
        bot.articles = vec![story(1, now())];
        // The search consumes an entry of the script too.
        bot.discord.world().script.extend([lost, refused, Fault::None, refused]);
        bot.load().await;
        bot.settle(600).await;
        assert_eq!(bot.states(state).await, 1, "{lost:?}");
        assert_eq!(posted(&bot).len(), usize::from(state == DeliveryState::Sent), "{lost:?}");
    }
}

pub(super) fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => Just(Fault::None),
        1 => Just(Fault::LostBefore),
        1 => Just(Fault::LostAfter),
        1 => Just(Fault::NotSent),
        1 => any::<bool>().prop_map(|has_effect| Fault::Trouble { has_effect }),
        1 => (0..200_u64).prop_map(|seconds| Fault::Limited { seconds }),
    ]
}

/// The next event.
#[derive(Debug, Clone)]
enum Event {
    Arrive(usize),
    Work(usize),
    /// The due stories are claimed, and requests go on for so many turns. No outcome is received.
    Turns(usize),
    Wait(i64),
    Crash,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => prop_oneof![1..4_usize, 1..12_usize].prop_map(Event::Arrive),
        3 => (1..4_usize).prop_map(Event::Work),
        2 => (0..8_usize).prop_map(Event::Turns),
        2 => (1..400_i64).prop_map(Event::Wait),
        1 => Just(Event::Crash),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: Home::cases(), ..ProptestConfig::default() })]
    #[test]
    fn whatever_fails_each_story_is_posted_once(
        events in proptest::collection::vec(event(), 1..30),
        faults in proptest::collection::vec(fault(), 0..60),
        shape in 0..3_usize,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut bot = Bot::new(Vec::new()).await;
            bot.add_feed(|feed| match shape {
                1 => feed.channel_kind = ChannelKind::Forum,
                2 => feed.settings.pacing.digest = Digest::Hourly,
                _ => {}
            }).await;
            bot.discord.world().script.extend(faults);
            let mut count = 0;
            for event in events {
                match event {
                    Event::Arrive(more) => {
                        let at = bot.clock.now();
                        bot.articles.extend((count..count + more).map(|number| story(number, at)));
                        count += more;
                        bot.load().await;
                    }
                    Event::Work(answers) => bot.work(answers).await,
                    Event::Turns(turns) => {
                        bot.worker().work().await;
                        bot.turns(turns).await;
                    }
                    Event::Wait(seconds) => {
                        // No request takes so long: requests under way end first.
                        bot.turns(100).await;
                        bot.clock.advance(seconds);
                    }
                    Event::Crash => bot.crash().await,
                }
            }
            bot.discord.world().script.clear();
            bot.settle(24 * 3600).await;
            let posted = posted(&bot);
            let once: BTreeSet<ArticleKey> = posted.iter().copied().collect();
            let expected: BTreeSet<ArticleKey> = hashes(&(0..count).collect::<Vec<_>>()).into_iter().collect();
            assert_eq!(once, expected, "each story stands there");
            assert_eq!(posted.len(), once.len(), "and none of them twice");
            assert_eq!(bot.states(DeliveryState::Sent).await, count);
        });
    }
}
