//! A worker with a real database and feeds that take every article.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use heatwire::collection::Collection;
use heatwire::delivery::ledger::Ledger;
use heatwire::delivery::send::{Action, Found, Made, Outcome, Search, Sender};
use heatwire::delivery::worker::{Dependencies, Worker, WorkerError};
use heatwire::feed::pacing::{POSTS_PER_HOUR_MAX, Pacing};
use heatwire::feed::{ChannelKind, FeedDefaults, NewFeed};
use heatwire::ids::{ChannelId, GuildId, MessageId};
use heatwire::messages::Language;
use heatwire::reload::Current;
use jiff::Timestamp;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::articles;

/// Answers at once, like a Discord that costs nothing.
pub(crate) struct AtOnce;

impl Sender for AtOnce {
    async fn send(&self, _: &Action) -> Outcome {
        Outcome::Done(Made { message: Some(MessageId(1)), thread: None })
    }

    async fn find(&self, _: &Search) -> Found {
        Found::Absent
    }

    fn discord_now(&self) -> Option<Timestamp> {
        Some(Timestamp::now())
    }
}

/// Counts what another one sent.
struct Counting<S> {
    sender: S,
    sent: AtomicUsize,
    wanted: usize,
    is_done: Notify,
}

impl<S: Sender> Sender for Counting<S> {
    async fn send(&self, action: &Action) -> Outcome {
        let outcome = self.sender.send(action).await;
        if matches!(outcome, Outcome::Done(_)) && self.sent.fetch_add(1, Ordering::SeqCst) + 1 == self.wanted
        {
            self.is_done.notify_one();
        }
        outcome
    }

    async fn find(&self, search: &Search) -> Found {
        self.sender.find(search).await
    }

    fn discord_now(&self) -> Option<Timestamp> {
        self.sender.discord_now()
    }
}

/// New articles but for the first so many, a second apart, all let through by every feed.
fn new_articles(count: usize, missing: usize) -> Arc<Collection> {
    let mut new = articles::articles(count);
    let now = Timestamp::now();
    for (number, article) in new.iter_mut().enumerate() {
        article.published_at = now.checked_sub(Duration::from_secs(number as u64)).ok();
        article.addresses = article_format::address::identities(article.link.as_deref());
    }
    let new = new.split_off(missing);
    Arc::new(Collection::new(new, &articles::topic_files(), Vec::new()))
}

fn current(collection: Arc<Collection>) -> Current {
    let at = Timestamp::now();
    // Long ago, so that feeds begin at once.
    Current { collection, at, is_complete: true, arrived_at: Timestamp::UNIX_EPOCH }
}

fn new_feed(guild: GuildId, channel: ChannelId) -> NewFeed {
    let mut settings = FeedDefaults::default().settings();
    settings.rules.quality_min = 0;
    settings.pacing = Pacing { posts_per_hour_max: POSTS_PER_HOUR_MAX, ..Pacing::default() };
    NewFeed { guild, channel, channel_kind: ChannelKind::Text, settings, backfill: 0 }
}

/// How long it takes to post so many articles to each of these channels: from the moment at which the worker learns of them
/// to the last answer. The database is empty.
pub(crate) async fn time_to_post<S: Sender>(
    sender: S,
    guild: GuildId,
    channels: &[ChannelId],
    articles: usize,
    database_url: &str,
) -> Duration {
    let ledger = Ledger::open(database_url).await.expect("a ledger");
    // Straight into the ledger: a guild may not have so many feeds.
    for channel in channels {
        ledger.add_feed(&new_feed(guild, *channel), Timestamp::now()).await.expect("a feed");
    }
    // A feed begins where there are any articles. The one that is there then is known.
    let (loads, follow) = watch::channel(current(new_articles(articles + 1, articles)));
    let wanted = channels.len() * articles;
    let sender = Arc::new(Counting { sender, sent: AtomicUsize::new(0), wanted, is_done: Notify::new() });
    let dependencies = Dependencies {
        ledger,
        board: Arc::default(),
        snapshots: Arc::default(),
        sender: Arc::clone(&sender),
        clock: Arc::new(Timestamp::now),
        current: follow,
        language_of: Arc::new(|_| Language::English),
        reload: Box::new(|| {}),
    };
    let mut turns = dependencies.board.turns();
    let stop = CancellationToken::new();
    let worker = Worker::start(dependencies).await.expect("a worker");
    let worker: JoinHandle<Result<(), WorkerError>> = tokio::spawn(worker.run(stop.clone()));
    // The first turn ends when every feed has begun.
    turns.changed().await.expect("a turn");
    let new = current(new_articles(articles + 1, 0));
    let began = Instant::now();
    loads.send_replace(new);
    sender.is_done.notified().await;
    let time = began.elapsed();
    stop.cancel();
    worker.await.expect("the worker ends").expect("the worker ends well");
    time
}
