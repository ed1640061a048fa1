//! Plans of one channel, as tables: each line is a small world and the expected plan.

mod corrections;
mod due;
mod joined;
mod posts;
mod withdrawals;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::article_key::ArticleKey;
use crate::card::Fingerprint;
use crate::collection::{Collection, Position};
use crate::delivery::change::Change;
use crate::delivery::channel_state::ChannelState;
use crate::delivery::identity::Identity;
use crate::delivery::record::{
    Delivery, DeliveryId, DeliveryState, FollowUp, NewDelivery, Post, PostKey, PostShape, WithdrawalWord,
};
use crate::delivery::snapshot::{Loaded, Snapshot};
use crate::delivery::wait::Wait;
use crate::feed::pause::PauseReason;
use crate::feed::{ChannelKind, Feed, FeedDefaults, FeedId, FeedStatus};
use crate::ids::{ChannelId, GuildId, MessageId};
use article_format::Article;
use article_format::address::identities;
use article_format::fixture::article;
use article_format::problem::Problem;
use article_format::topic_file::TopicFile;

const NOW: &str = "2026-06-10T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A time so many seconds before now.
fn ago(seconds: i64) -> Timestamp {
    now() - SignedDuration::from_secs(seconds)
}

fn left() -> FeedStatus {
    FeedStatus::Left { since: ago(60), before: Box::new(FeedStatus::Active) }
}

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// One channel and the input of its plan.
struct Scene {
    articles: Vec<Article>,
    topic_files: Vec<TopicFile>,
    unreadable: Vec<&'static str>,
    feeds: Vec<Feed>,
    rows: ChannelState,
    blocks: Blocks,
    missing_since: HashMap<ArticleKey, Timestamp>,
    is_complete: bool,
    arrived_at: Timestamp,
    now: Timestamp,
    row_count: i64,
}

/// A story of yesterday that every feed of these tests accepts.
fn story(name: &str, heat: i64, change: impl FnOnce(&mut Article)) -> Article {
    article(name, |article| {
        article.quality = Some(80);
        article.heat = heat;
        article.published_at = Some(ago(DAY));
        article.addresses = identities([&*format!("https://example.com/{name}")]);
        change(article);
    })
}

impl Scene {
    /// One feed that has begun.
    fn new(articles: Vec<Article>) -> Self {
        let mut scene = Self {
            articles,
            topic_files: Vec::new(),
            unreadable: Vec::new(),
            feeds: Vec::new(),
            rows: ChannelState::default(),
            blocks: Blocks::default(),
            missing_since: HashMap::new(),
            is_complete: true,
            arrived_at: ago(HOUR),
            now: now(),
            row_count: 0,
        };
        scene.add_feed(|_| {});
        scene
    }

    fn add_feed(&mut self, change: impl FnOnce(&mut Feed)) {
        let id = i64::try_from(self.feeds.len()).unwrap() + 1;
        let mut feed = Feed {
            id: FeedId(id),
            guild: GuildId(1),
            channel: ChannelId(7),
            channel_kind: ChannelKind::Text,
            settings: FeedDefaults::default().settings(),
            status: FeedStatus::Active,
            pending_backfill: None,
            created_at: ago(30 * DAY),
            checked_at: ago(60),
            digested_at: ago(30 * DAY),
            version: 1,
            pending: None,
        };
        change(&mut feed);
        self.feeds.push(feed);
    }

    /// Makes the first feed new.
    fn begin(&mut self, backfill: Option<u8>) {
        (self.feed().pending_backfill, self.feed().created_at) = (backfill, now());
    }

    fn feed(&mut self) -> &mut Feed {
        &mut self.feeds[0]
    }

    fn article(&mut self, name: &str) -> &mut Article {
        self.articles.iter_mut().find(|article| article.id.as_str() == name).unwrap()
    }

    fn remove(&mut self, name: &str) {
        self.articles.retain(|article| article.id.as_str() != name);
    }

    fn snapshot(&self) -> Snapshot {
        let problem = |name: &&str| Problem {
            path: format!("{name}.md").into(),
            position: None,
            cause: "it is bad".into(),
            remedy: "fix it".into(),
        };
        let problems = self.unreadable.iter().map(problem).collect();
        Snapshot::new(Arc::new(Collection::new(self.articles.clone(), &self.topic_files, problems)))
    }

    fn with_input<T>(&self, look: impl FnOnce(&Input<'_>) -> T) -> T {
        let snapshot = self.snapshot();
        let feeds: Vec<&Feed> = self.feeds.iter().collect();
        let candidates: Vec<Position> = Position::all(self.articles.len()).collect();
        let mut rows = self.rows.clone();
        for feed in &feeds {
            rows.set_sent_count(feed.id, rows.count(feed.id, DeliveryState::Sent));
        }
        look(&Input {
            snapshot: &snapshot,
            loaded: Loaded { at: self.now, arrived_at: self.arrived_at, is_complete: self.is_complete },
            do_collections_differ: false,
            now: self.now,
            discord_now: Some(self.now),
            feeds: &feeds,
            candidates: &candidates,
            rows: &rows,
            blocks: &self.blocks,
            missing_since: &self.missing_since,
        })
    }

    fn plan(&self) -> Plan {
        self.with_input(plan)
    }

    /// The changes that come before any request.
    fn changes(&self) -> Vec<Change> {
        let plan = self.plan();
        if plan.step.is_some() { Vec::new() } else { plan.changes }
    }

    /// The names of the stories that are due for each feed, hottest first.
    fn due(&self) -> Vec<Vec<String>> {
        let snapshot = self.snapshot();
        let names = |due: &Vec<Position>| due.iter().map(|at| name(&snapshot, *at)).collect();
        self.plan().forecasts.iter().map(|forecast| names(&forecast.due)).collect()
    }

    /// The next step, in words.
    fn step(&self) -> String {
        let snapshot = self.snapshot();
        let names = |stories: &[Position]| {
            stories.iter().map(|at| name(&snapshot, *at)).collect::<Vec<_>>().join(" ")
        };
        match self.plan().step {
            None => "nothing".to_owned(),
            Some(Step::Post { feed, stories, rest, .. }) => {
                format!("feed {feed} posts {} and leaves {rest}", names(&stories))
            }
            Some(Step::Retry { stories, .. }) => format!("tries {} again", names(&stories)),
            Some(Step::Find { .. }) => "looks".to_owned(),
            Some(Step::Withdraw { delivery, others, .. }) => {
                format!("takes row {} back and keeps [{}]", delivery.0, names(&others))
            }
            Some(Step::Discussion { .. }) => "opens a thread".to_owned(),
            Some(Step::Crosspost { .. }) => "publishes".to_owned(),
            Some(Step::Edit { stories, .. }) => format!("edits {}", names(&stories)),
        }
    }

    /// Adds a row for a loaded story. Returns its number.
    fn row(&mut self, name: &str, state: DeliveryState, post: Option<PostKey>) -> DeliveryId {
        let article = self.articles.iter().find(|article| article.id.as_str() == name).unwrap();
        let identity = Identity::of(article);
        self.row_count += 1;
        let id = DeliveryId(self.row_count);
        self.rows.enter(Delivery {
            id,
            feed: FeedId(1),
            state,
            post,
            article: ArticleKey::of(name),
            since: ago(DAY),
            hashes: identity.hashes.into(),
            titles: identity.title.into_iter().collect(),
            withdrawal: WithdrawalWord::None,
            is_dismissed: false,
            previous: None,
        });
        id
    }

    /// Adds a post of these stories. Its key is its number.
    fn sent(&mut self, key: u64, names: &[&str], change: impl FnOnce(&mut Post)) {
        let snapshot = self.snapshot();
        let shape = if names.len() == 1 { PostShape::Single } else { PostShape::Digest };
        let stories: Vec<Position> =
            names.iter().map(|name| snapshot.position(ArticleKey::of(name)).unwrap()).collect();
        let Fingerprint { without_heat, with_heat } = snapshot.fingerprint(&stories, self.now);
        let mut post = Post {
            key: PostKey(key),
            feed: FeedId(1),
            shape,
            uncertain_since: None,
            first_tried_at: ago(2 * HOUR),
            attempts: 1,
            message: Some(MessageId(key)),
            thread: None,
            sent_at: Some(ago(2 * HOUR)),
            edited_at: None,
            fingerprint_version: Fingerprint::VERSION,
            displayed: without_heat,
            displayed_with_heat: with_heat,
            is_without_pictures: false,
            discussion: FollowUp::Unwanted,
            crosspost: FollowUp::Unwanted,
        };
        change(&mut post);
        self.rows.enter_post(post);
        for name in names {
            self.row(name, DeliveryState::Sent, Some(PostKey(key)));
        }
    }

    /// Adds a post of unknown outcome, or of certain outcome without `uncertain_since`.
    fn sending(&mut self, name: &str, change: impl FnOnce(&mut Post)) {
        self.sent(100, &[name], |post| {
            (post.message, post.sent_at) = (None, None);
            change(post);
        });
        let row = self.rows.delivery(DeliveryId(self.row_count)).unwrap().clone();
        self.rows.enter(Delivery { state: DeliveryState::Sending, ..row });
    }
}

fn name(snapshot: &Snapshot, position: Position) -> String {
    snapshot.collection().article(position).unwrap().id.as_str().to_owned()
}
