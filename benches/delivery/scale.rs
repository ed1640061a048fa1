//! What many finished deliveries cost: `cargo bench --bench delivery_scale`; `.ci/with-postgres` in front of it measures PostgreSQL
//! beside SQLite. A thousand feeds of the default rules in 500 guilds.
//! The rules of each feed accept 500 of 20,000 articles.
//!
//! The least such a bot knows are 500,000 deliveries: otherwise the articles would be due. The figures are of this number and of
//! 2,000,000, each in a process of its own, with their ratio. Memory should not grow with finished deliveries.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench that cannot go on shall say why, and it prints its figures"
)]

#[path = "../../tests/kill/server.rs"]
mod server;

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use article_format::address::identities;
use article_format::fixture::article;
use article_format::{Article, ArticleId, Story};
use heatwire::article_key::ArticleKey;
use heatwire::card::Fingerprint;
use heatwire::collection::Position;
use heatwire::collection::{Change as CollectionChange, Collection};
use heatwire::delivery::change::{Change, FeedChange, number};
use heatwire::delivery::identity::Identity;
use heatwire::delivery::ledger::{self, Ledger};
use heatwire::delivery::record::{
    DeliveryId, DeliveryState, FollowUp, NewDelivery, Post, PostKey, PostShape,
};
use heatwire::delivery::send::{Action, Found, Made, Outcome, Search, Sender};
use heatwire::delivery::worker::{Dependencies, Worker};
use heatwire::feed::{ChannelKind, Feed, FeedDefaults, FeedId, NewFeed};
use heatwire::ids::{ChannelId, GuildId, MessageId};
use heatwire::messages::Language;
use heatwire::reload::Current;
use jiff::{SignedDuration, Timestamp};
use rustix::time::{ClockId, clock_gettime};
use server::{Schema, server};
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

const ARTICLES: usize = 20_000;
const PASSING: usize = 500;
/// Of the passing articles each channel has posted so many within two weeks. The others are baseline.
const YOUNG_POSTS: usize = 50;
const FEEDS: u64 = 1_000;
/// Further deliveries of each channel, whose articles are gone: half of them were posted.
const OLD: usize = 1_500;
/// Feeds without an age limit: every article passes.
const UNLIMITED: u64 = 20;
/// The heat that only the last feed asks for.
const HEAT: i64 = 1_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    if let [_, word, url, filled_at, hottest] = &arguments[..]
        && word == "measure"
    {
        let articles = articles(filled_at.parse().expect("a time"));
        return runtime.block_on(measure(url, articles, hottest.parse().expect("a position")));
    }
    let now = Timestamp::now();
    let folder = tempfile::tempdir().expect("a folder");
    let url = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
    let (limited, unlimited) = (url("limited"), url("unlimited"));
    runtime.block_on(fill(&limited, now, FEEDS, 7, 0..PASSING));
    let few = measured("500,000 deliveries", &limited, now, PASSING - 1);
    runtime.block_on(add_old(&limited));
    let many = measured("2,000,000 deliveries", &limited, now, PASSING - 2);
    if let Some(server) = server() {
        let schema = runtime.block_on(Schema::new(server));
        runtime.block_on(ledger::copy(&limited, &schema.url())).expect("a copy");
        let on_server = measured("2,000,000 deliveries on PostgreSQL", &schema.url(), now, PASSING - 3);
        for (file, server) in many.iter().zip(&on_server) {
            println!("{}: {:.2} times as much as in a file", file.0, server.1 / file.1);
        }
    }
    for (few, many) in few.iter().zip(&many) {
        println!("{}: {:.2} times as much with 4 times the deliveries", many.0, many.1 / few.1);
    }
    runtime.block_on(fill(&unlimited, now, UNLIMITED, 0, 0..ARTICLES));
    measured("20 feeds without an age limit, 400,000 deliveries", &unlimited, now, PASSING - 1);
}

/// Runs [`measure`] in a process of its own. The article at the position `hottest` becomes the hottest, and the last feed posts it.
fn measured(what: &str, url: &str, filled_at: Timestamp, hottest: usize) -> Vec<(String, f64)> {
    let program = std::env::current_exe().expect("this program");
    let (filled_at, hottest) = (filled_at.to_string(), hottest.to_string());
    let output =
        Command::new(program).args(["measure", url, &filled_at, &hottest]).output().expect("a process");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    println!("{what}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    print!("{text}");
    let figure = |line: &str| {
        let (name, rest) = line.trim().split_once(": ")?;
        Some((name.to_owned(), rest.split(' ').next()?.parse().ok()?))
    };
    text.lines().filter_map(figure).collect()
}

/// The time is of the fill: a message says when its article was published, so the worker would correct all messages of another time.
fn articles(now: Timestamp) -> Vec<Article> {
    let made = |number: usize| {
        article("x", |article| {
            article.id = ArticleId::new(format!("news/story-{number}"));
            article.title =
                format!("Report {number} on subject {} of field {}", number * 7919, number * 104_729).into();
            article.quality = Some(80);
            article.heat = i64::try_from(ARTICLES - number).unwrap_or_default();
            // The first ones are of the last week.
            let minutes =
                if number < PASSING { i64::try_from(number).unwrap_or_default() * 19 } else { 60 * 24 * 30 };
            article.published_at = now.checked_sub(SignedDuration::from_mins(minutes)).ok();
            article.link = Some(format!("https://example.com/story-{number}").into());
            article.addresses = identities([&*format!("https://example.com/story-{number}")]);
        })
    };
    (0..ARTICLES).map(made).collect()
}

fn story(feed: FeedId, article: &Article) -> NewDelivery {
    NewDelivery {
        id: DeliveryId(0),
        feed,
        article_id: article.id.as_str().into(),
        article: ArticleKey::from(&article.id),
        title: article.title.clone(),
        identity: vec![Identity::of(article)],
    }
}

fn old(number: usize) -> Article {
    article("x", |article| {
        article.id = ArticleId::new(format!("old/story-{number}"));
        article.title = format!("Former report {number} on subject {}", number * 7919).into();
        article.published_at = Timestamp::from_second(1_600_000_000).ok();
        article.addresses = identities([&*format!("https://old.example/story-{number}")]);
    })
}

/// The changes of a story that was posted at this time, and shows what its article says.
fn posted(feed: FeedId, article: &Article, at: Timestamp) -> [Change; 2] {
    let displays = Fingerprint::of(&Story { article, others: Vec::new() });
    let post = Post {
        key: PostKey(article.id.hash64()),
        feed,
        shape: PostShape::Single,
        uncertain_since: None,
        first_tried_at: at,
        attempts: 1,
        message: Some(MessageId(1)),
        thread: None,
        sent_at: Some(at),
        edited_at: None,
        fingerprint_version: Fingerprint::VERSION,
        displayed: displays.without_heat,
        displayed_with_heat: displays.with_heat,
        is_without_pictures: false,
        discussion: FollowUp::Unwanted,
        crosspost: FollowUp::Unwanted,
    };
    let new = vec![story(feed, article)];
    let claim = Change::Claim { post: Box::new(post), new, again: Vec::new(), at };
    let settle =
        Change::Settle { deliveries: Vec::new(), state: DeliveryState::Sent, reason: None, since: at };
    [claim, settle]
}

/// Writes changes, and names in each settlement the delivery of the claim before it.
async fn write(ledger: &Ledger, channel: ChannelId, mut changes: Vec<Change>, next: &mut DeliveryId) {
    number(&mut changes, next);
    let mut claimed = DeliveryId(0);
    for change in &mut changes {
        match change {
            Change::Claim { new, .. } => claimed = new.first().map_or(claimed, |new| new.id),
            Change::Settle { deliveries, .. } => deliveries.push(claimed),
            _ => {}
        }
    }
    let changes: Vec<(ChannelId, &Change)> = changes.iter().map(|change| (channel, change)).collect();
    ledger.apply(&changes, &[]).await.expect("changes that can be written");
}

async fn add(ledger: &Ledger, channel: u64, max_age_days: u16, heat_min: Option<i64>) -> Feed {
    let mut settings = FeedDefaults::default().settings();
    (settings.rules.max_age_days, settings.rules.heat_min) = (max_age_days, heat_min);
    let guild = GuildId(1 + channel / 2);
    let (channel, channel_kind) = (ChannelId(channel), ChannelKind::Text);
    let new = NewFeed { guild, channel, channel_kind, settings, backfill: 0 };
    let feed = ledger.add_feed(&new, Timestamp::now()).await.expect("a feed");
    let begun = FeedChange::Begun.of(feed.id);
    ledger.apply(&[(channel, &begun)], &[]).await.expect("a feed that has begun");
    feed
}

/// Feeds that know these articles, and one more that takes nothing. The numbers of feeds and channels are equal.
async fn fill(url: &str, now: Timestamp, feeds: u64, max_age_days: u16, known: std::ops::Range<usize>) {
    let articles = articles(now);
    let ledger = Ledger::open(url).await.expect("a ledger");
    let first = add(&ledger, 1, max_age_days, None).await;
    for channel in 2..=feeds {
        add(&ledger, channel, max_age_days, None).await;
    }
    add(&ledger, feeds + 1, max_age_days, Some(HEAT)).await;
    let (mut changes, mut baseline) = (Vec::new(), Vec::new());
    for (number, article) in articles[known].iter().enumerate() {
        if number < YOUNG_POSTS {
            let hours = i64::try_from(number).unwrap_or_default() * 6;
            let at = now.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(now);
            changes.extend(posted(first.id, article, at));
        } else {
            baseline.push(story(first.id, article));
        }
    }
    changes.push(Change::Record { state: DeliveryState::Baseline, deliveries: baseline, at: now });
    write(&ledger, first.channel, changes, &mut DeliveryId(1)).await;
    drop(ledger);
    copy(url, 1, feeds).await;
}

/// Adds finished deliveries of a year.
async fn add_old(url: &str) {
    let ledger = Ledger::open(url).await.expect("a ledger");
    let loaded = ledger.load(Timestamp::MAX).await.expect("the feeds");
    let first = loaded.feeds.first().expect("a feed");
    let from = loaded.last_delivery + 1;
    let (mut changes, mut expired) = (Vec::new(), Vec::new());
    for (number, article) in (0..OLD).map(old).enumerate() {
        if number % 2 == 0 {
            let hours = 24 * 20 + i64::try_from(number).unwrap_or_default() * 6;
            let at = Timestamp::now().checked_sub(SignedDuration::from_hours(hours)).expect("a time");
            changes.extend(posted(first.id, &article, at));
        } else {
            expired.push(story(first.id, &article));
        }
    }
    let at = Timestamp::now();
    changes.push(Change::Record { state: DeliveryState::Expired, deliveries: expired, at });
    write(&ledger, first.channel, changes, &mut DeliveryId(from)).await;
    drop(ledger);
    copy(url, from, FEEDS).await;
}

/// Gives all other channels what channel 1 has from this delivery on. The database copies its own rows: to write millions of
/// deliveries one by one takes an hour. The deliveries of an article follow each other, as if all channels had posted the article.
async fn copy(url: &str, from: i64, channels: u64) {
    let options: SqliteConnectOptions = url.parse().expect("the address of a file");
    // A crash may cost the file.
    let options = options.synchronous(SqliteSynchronous::Off).pragma("cache_size", "-400000");
    let mut database = options.connect().await.expect("the file");
    let copy = format!(
        "BEGIN;
        CREATE TEMP TABLE copied AS SELECT id, post, known_by, (SELECT max(id) FROM delivery) + {channels} * (id - {from}) AS start
            FROM delivery WHERE channel = 1 AND id >= {from};
        CREATE TEMP TABLE channels AS
            WITH RECURSIVE numbers (number) AS (SELECT 2 UNION ALL SELECT number + 1 FROM numbers WHERE number < {channels})
            SELECT number FROM numbers;
        CREATE TEMP TABLE keys AS SELECT post AS key, number, random() AS copy FROM copied, channels WHERE post IS NOT NULL ORDER BY copy;
        CREATE INDEX temp.keys_of_post ON keys (key, number);
        INSERT INTO post SELECT keys.copy, number, number, shape, uncertain_since, uncertain_since_discord, first_tried_at, attempts,
            message, thread, sent_at, edited_at, fingerprint_version, displayed, displayed_with_heat, is_without_pictures, discussion,
            crosspost FROM keys JOIN post ON post.key = keys.key;
        INSERT INTO delivery SELECT copied.start + channels.number, channels.number, channels.number, state, keys.copy, article,
            article_id, title, reason, since, delivery.known_by, withdrawal, is_dismissed, NULL, NULL, NULL
            FROM copied JOIN delivery ON delivery.id = copied.id CROSS JOIN channels
            LEFT JOIN keys ON keys.key = copied.post AND keys.number = channels.number;
        INSERT INTO identity SELECT channels.number, hash, copied.start + channels.number
            FROM channels CROSS JOIN identity JOIN copied ON copied.id = identity.delivery WHERE identity.channel = 1;
        COMMIT;
        DROP TABLE temp.keys; DROP TABLE temp.channels; DROP TABLE temp.copied;
        PRAGMA wal_checkpoint(TRUNCATE);"
    );
    sqlx::raw_sql(AssertSqlSafe(copy)).execute(&mut database).await.expect("rows that can be copied");
    database.close().await.expect("a closed file");
    // Otherwise the first commit that is measured waits for these rows.
    let file = url.trim_start_matches("sqlite://");
    std::fs::File::open(file).and_then(|file| file.sync_all()).expect("a file on the disk");
}

/// Answers at once, and tells when a message was posted.
struct AtOnce(Notify);

impl Sender for AtOnce {
    async fn send(&self, action: &Action) -> Outcome {
        if matches!(action, Action::Post { .. }) {
            self.0.notify_one();
        }
        Outcome::Done(Made { message: Some(MessageId(1)), thread: None })
    }

    async fn find(&self, _: &Search) -> Found {
        Found::Absent
    }

    fn discord_now(&self) -> Option<Timestamp> {
        Some(Timestamp::now())
    }
}

fn current(collection: Arc<Collection>) -> Current {
    let at = Timestamp::now();
    Current { collection, at, is_complete: true, arrived_at: Timestamp::UNIX_EPOCH }
}

/// Kilobytes of memory, by a name in Linux' account of this process.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or_default()
}

/// How long the one thread of the runtime has worked. Times in which the machine ran other programs do not count.
fn worked() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}

/// Microseconds, the longest since the last question, that the one thread of the runtime worked without getting round to this task.
#[derive(Default)]
struct Held(AtomicU64);

impl Held {
    async fn watch(self: Arc<Self>) {
        let tick = Duration::from_millis(1);
        loop {
            let before = worked();
            tokio::time::sleep(tick).await;
            // A timer of tokio is one tick late.
            let late = worked().saturating_sub(before + 2 * tick);
            self.0.fetch_max(u64::try_from(late.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }

    fn milliseconds(&self) -> f64 {
        Duration::from_micros(self.0.swap(0, Ordering::Relaxed)).as_secs_f64() * 1e3
    }
}

async fn measure(url: &str, articles: Vec<Article>, hottest: usize) {
    let collection = Arc::new(Collection::new(articles, &[], Vec::new()));
    let before = memory("VmRSS:");
    let held = Arc::new(Held::default());
    tokio::spawn(Arc::clone(&held).watch());
    let (loads, follow) = watch::channel(current(Arc::clone(&collection)));
    let sender = Arc::new(AtOnce(Notify::new()));
    let began = Instant::now();
    let dependencies = Dependencies {
        ledger: Ledger::open(url).await.expect("a ledger"),
        board: Arc::default(),
        snapshots: Arc::default(),
        sender: Arc::clone(&sender),
        clock: Arc::new(Timestamp::now),
        current: follow,
        language_of: Arc::new(|_| Language::English),
        reload: Box::new(|| {}),
    };
    let opened = began.elapsed();
    let mut turns = dependencies.board.turns();
    let stop = CancellationToken::new();
    let worker = Worker::start(dependencies).await.expect("a worker");
    let worker = tokio::spawn(worker.run(stop.clone()));
    // The first turn ends when every channel is planned.
    turns.changed().await.expect("a turn");
    let started = began.elapsed() - opened;
    println!("  opening the database, a check of the file included: {:.2} s", opened.as_secs_f64());
    println!("  start: {:.2} s (at most 3)", started.as_secs_f64());
    println!("  the thread was held in the start: {:.1} ms (at most 5)", held.milliseconds());
    println!(
        "  memory: {:.0} MB (at most 200), the collection alone {:.0} MB",
        memory("VmRSS:") / 1e3,
        before / 1e3
    );
    // An article that every feed knows becomes hot enough for the last feed.
    let known = collection.article(Position::new(hottest)).expect("an article");
    let hotter = Article { heat: 2 * HEAT, ..known.clone() };
    let changed = collection.changed(CollectionChange {
        gone: vec![known],
        come: vec![Arc::new(hotter)],
        topic_files: &[],
        are_topic_files_the_same: true,
        problems: Vec::new(),
    });
    let next = current(Arc::new(changed));
    held.milliseconds();
    let began = Instant::now();
    loads.send_replace(next);
    sender.0.notified().await;
    turns.mark_unchanged();
    turns.changed().await.expect("a turn");
    let time = began.elapsed();
    println!("  reload of one article: {:.1} ms (at most 50)", time.as_secs_f64() * 1e3);
    println!("  the thread was held in the reload: {:.1} ms (at most 5)", held.milliseconds());
    stop.cancel();
    worker.await.expect("the worker ends").expect("the worker ends well");
}
