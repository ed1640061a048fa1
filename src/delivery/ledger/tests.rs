//! The ledger through its calls: after a crash the next process finds exactly the finished calls.

mod announcements;
mod backup;
mod copies;
mod faults;
mod guilds;
pub(crate) mod homes;
mod model;
mod open;
mod proxy;
mod reasons;
mod rows;
mod server;
mod together;
pub(crate) mod trouble;
mod upgrade;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use homes::{Home, Place, in_both_homes};

use super::deliveries::DeliveryRow;
use super::feeds::FeedRow;
use super::posts::PostRow;
use super::statement::Statement;
use super::*;
use crate::article_key::ArticleKey;
use crate::delivery::change::{Change, FeedChange, number};
use crate::delivery::identity::{Identity, TitleIdentity, id_hash};
use crate::delivery::reason::{DeliveryReason, SearchFailure};
use crate::delivery::record::{
    AttemptTime, Delivery, DeliveryId, DeliveryState, FollowUp, NewDelivery, Post, PostKey, PostShape,
    WithdrawalWord,
};
use crate::feed::pacing::{Digest, Pacing, QuietHours, Zone};
use crate::feed::pause::PauseReason;
use crate::feed::phrases::Phrases;
use crate::feed::{ChannelKind, Feed, FeedId, FeedSettings, FeedStatus, NewFeed, Rules};
use crate::ids::{ChannelId, GuildId, MessageId, RoleId};

const CHANNEL: ChannelId = ChannelId(1_300_000_000_000_000_042);

/// Runs a plain statement, so that a test can make the database fail.
pub(in crate::delivery) async fn execute(ledger: &Ledger, statement: &'static str) {
    ledger.connection.read().await.unwrap().execute(Statement::new(statement)).await.unwrap();
}

/// All rows of a ledger, each kind the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::delivery) struct Everything {
    pub(in crate::delivery) feeds: Vec<Feed>,
    pub(in crate::delivery) deliveries: Vec<(ChannelId, Delivery)>,
    posts: Vec<(ChannelId, Post)>,
    last_delivery: i64,
}

/// Reading all, and calls that make one change, or some that belong together.
impl Ledger {
    pub(in crate::delivery) async fn everything(&self) -> Result<Everything, LedgerError> {
        let mut read = self.connection.read().await?;
        let feeds: Vec<FeedRow> = read.all(Statement::new("SELECT * FROM feed ORDER BY id")).await?;
        let rows = format!("SELECT {} FROM delivery ORDER BY id", deliveries::COLUMNS);
        let rows: Vec<DeliveryRow> = read.all(Statement::composed(rows)).await?;
        let posts = format!("SELECT {} FROM post ORDER BY first_tried_at, key", posts::COLUMNS);
        let posts: Vec<PostRow> = read.all(Statement::composed(posts)).await?;
        Ok(Everything {
            feeds: feeds.into_iter().map(FeedRow::into_feed).collect(),
            deliveries: rows.into_iter().map(DeliveryRow::into_delivery).collect::<Result<_, _>>()?,
            posts: posts.into_iter().map(PostRow::into_post).collect::<Result<_, _>>()?,
            last_delivery: read.last_number("delivery").await?,
        })
    }

    async fn write(&self, mut changes: Vec<Change>) -> Result<Vec<Delivery>, LedgerError> {
        self.write_in(CHANNEL, &mut changes).await
    }

    /// Returns the new deliveries, then those that are posted again.
    async fn write_in(
        &self,
        channel: ChannelId,
        changes: &mut [Change],
    ) -> Result<Vec<Delivery>, LedgerError> {
        let mut next = DeliveryId(self.everything().await?.last_delivery + 1);
        number(changes, &mut next);
        let of_channel: Vec<(ChannelId, &Change)> = changes.iter().map(|change| (channel, change)).collect();
        self.apply(&of_channel, &[]).await?;
        let mut made = Vec::new();
        for change in changes {
            match change {
                Change::Record { state, deliveries, at } => {
                    made.extend(deliveries.iter().map(|new| Delivery::new(new, *state, None, *at)));
                }
                Change::Claim { post, new, again, at } => {
                    let state = DeliveryState::Sending;
                    made.extend(new.iter().map(|new| Delivery::new(new, state, Some(post.key), *at)));
                    let rows = self.everything().await?.deliveries.into_iter().map(|(_, row)| row);
                    made.extend(rows.filter(|row| again.contains(&row.id)));
                }
                _ => {}
            }
        }
        Ok(made)
    }

    async fn claim(
        &self,
        post: &Post,
        new: &[NewDelivery],
        again: &[DeliveryId],
        at: Timestamp,
    ) -> Result<Vec<Delivery>, LedgerError> {
        self.write(vec![claim(post, new, again, at)]).await
    }

    async fn record(
        &self,
        state: DeliveryState,
        deliveries: &[NewDelivery],
        at: Timestamp,
    ) -> Result<Vec<Delivery>, LedgerError> {
        self.write(vec![Change::Record { state, deliveries: deliveries.to_vec(), at }]).await
    }

    async fn record_outcome(
        &self,
        post: &Post,
        state: DeliveryState,
        reason: Option<&DeliveryReason>,
        deliveries: &[DeliveryId],
        at: Timestamp,
    ) -> Result<(), LedgerError> {
        let settled = settle(deliveries, state, reason, at);
        self.write(vec![Change::Save(Box::new(post.clone())), settled]).await.map(drop)
    }

    async fn change(&self, change: Change) -> Result<(), LedgerError> {
        self.write(vec![change]).await.map(drop)
    }

    /// Writes everything that a moderator, an event or the worker can change of a feed.
    async fn save_feed(&self, feed: &Feed) -> Result<(), LedgerError> {
        self.change_feeds(FeedsOf::Feed(feed.id), |_| feed.clone()).await?;
        let marks = [FeedChange::Checked(feed.checked_at), FeedChange::Digested(feed.digested_at)];
        self.write(marks.into_iter().map(|change| change.of(feed.id)).collect()).await?;
        // So that a test need not count.
        let version = Statement::new("UPDATE feed SET version = $1 WHERE id = $2");
        self.connection.read().await?.execute(version.bind(feed.version).bind(feed.id.0)).await.map(drop)
    }

    async fn remove_feed(&self, feed: FeedId) -> Result<(), LedgerError> {
        self.change(Change::RemoveFeed(feed)).await
    }
}

fn claim(post: &Post, new: &[NewDelivery], again: &[DeliveryId], at: Timestamp) -> Change {
    Change::Claim { post: Box::new(post.clone()), new: new.to_vec(), again: again.to_vec(), at }
}

fn settle(
    deliveries: &[DeliveryId],
    state: DeliveryState,
    reason: Option<&DeliveryReason>,
    since: Timestamp,
) -> Change {
    Change::Settle { deliveries: deliveries.to_vec(), state, reason: reason.cloned(), since }
}

/// A ledger in a place of its own.
struct Kept {
    ledger: Ledger,
    place: Place,
}

impl Kept {
    async fn new(home: Home) -> Self {
        let place = Place::new(home).await;
        Self { ledger: Ledger::open(&place.url()).await.unwrap(), place }
    }

    /// A ledger with one feed, one post and one delivery.
    async fn with_a_post(home: Home) -> (Self, Feed) {
        let kept = Self::new(home).await;
        let feed = kept.ledger.add_feed(&new_feed(), at(0)).await.unwrap();
        let sent = post(feed.id, 1);
        let claimed = kept.ledger.claim(&sent, &[story(feed.id, 1)], &[], at(1)).await.unwrap();
        kept.ledger.record_outcome(&sent, DeliveryState::Sent, None, &[claimed[0].id], at(2)).await.unwrap();
        (kept, feed)
    }

    fn file(&self) -> PathBuf {
        file(self.place.folder())
    }

    fn url(&self) -> String {
        self.place.url()
    }

    /// The same ledger in the next process.
    async fn reopened(self) -> Self {
        let Self { ledger, place } = self;
        drop(ledger);
        place.expire_lease().await;
        Self { ledger: Ledger::open(&place.url()).await.unwrap(), place }
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("heatwire.db")
}

fn url(folder: &Path) -> String {
    format!("sqlite://{}", file(folder).display())
}

/// The error and its causes, as an operator reads them.
fn words(error: impl std::error::Error + Send + Sync + 'static) -> String {
    format!("{:#}", anyhow::Error::from(error))
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_780_000_000 + second).unwrap()
}

fn new_feed() -> NewFeed {
    NewFeed {
        guild: GuildId(7),
        channel: CHANNEL,
        channel_kind: ChannelKind::Announcement,
        settings: FeedSettings {
            rules: Rules {
                topic: Some("Rust".into()),
                kind: None,
                source: Some("The Daily".into()),
                words: Phrases::parse("Rust, machine learning").unwrap(),
                without: Phrases::parse("Job, Crypto").unwrap(),
                quality_min: 60,
                heat_min: Some(-1),
                max_age_days: 7,
            },
            pacing: Pacing {
                posts_per_hour_max: 3,
                quiet_hours: Some(QuietHours::parse("22:00-07:00").unwrap()),
                zone: Zone::parse("Europe/Berlin").unwrap(),
                digest: Digest::parse("daily 18:30").unwrap(),
            },
            mention: Some(RoleId(u64::MAX)),
            is_silent: true,
            opens_thread: true,
            crossposts: false,
        },
        backfill: 3,
    }
}

fn identity(number: u64) -> Identity {
    Identity {
        hashes: vec![id_hash(&format!("stories/{number}")), number],
        title: Some(TitleIdentity {
            hash: number,
            published_at: at(0) + jiff::SignedDuration::from_nanos(1),
            provider: u64::MAX - number,
        }),
    }
}

fn story(feed: FeedId, number: u64) -> NewDelivery {
    NewDelivery {
        id: DeliveryId(0),
        feed,
        article_id: format!("stories/{number}").into(),
        article: ArticleKey(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        title: format!("Story {number}").into(),
        identity: vec![identity(number)],
    }
}

fn post(feed: FeedId, key: u64) -> Post {
    Post {
        key: PostKey(key),
        feed,
        shape: PostShape::Single,
        uncertain_since: Some(AttemptTime { host: at(1), discord: Some(at(2)) }),
        first_tried_at: at(1),
        attempts: 1,
        message: None,
        thread: None,
        sent_at: None,
        edited_at: None,
        fingerprint_version: 1,
        displayed: u64::MAX,
        displayed_with_heat: 1,
        is_without_pictures: false,
        discussion: FollowUp::Due,
        crosspost: FollowUp::Unwanted,
    }
}

in_both_homes!(what_was_done_is_there_after_a_crash, a_claim_that_is_taken_back_leaves_things_as_before);

async fn what_was_done_is_there_after_a_crash(home: Home) {
    let kept = Kept::new(home).await;
    let ledger = &kept.ledger;
    let mut feed = ledger.add_feed(&new_feed(), at(0)).await.unwrap();
    feed.pending_backfill = None;
    feed.status = FeedStatus::Paused(PauseReason::PermissionsMissing(1 << 14));
    feed.checked_at = at(5);
    let stories = [story(feed.id, 1), story(feed.id, 2)];
    ledger.save_feed(&feed).await.unwrap();
    let mut changes = vec![FeedChange::Begun.of(feed.id)];
    changes.push(Change::Record { state: DeliveryState::Baseline, deliveries: stories.to_vec(), at: at(1) });
    let baseline = ledger.write(changes).await.unwrap();
    let mut sent = post(feed.id, u64::MAX);
    let mut claimed = ledger.claim(&sent, &[story(feed.id, 3)], &[], at(2)).await.unwrap();
    assert_eq!(claimed[0].state, DeliveryState::Sending);
    assert_eq!(kept.place.after_a_crash().await.posts, [(CHANNEL, sent.clone())]);
    sent.message = Some(MessageId(99));
    sent.sent_at = Some(at(3));
    sent.uncertain_since = None;
    ledger.record_outcome(&sent, DeliveryState::Sent, None, &[claimed[0].id], at(3)).await.unwrap();
    claimed[0].state = DeliveryState::Sent;
    claimed[0].since = at(3);
    let deliveries = baseline.into_iter().chain(claimed).map(|delivery| (CHANNEL, delivery)).collect();
    let expected =
        Everything { feeds: vec![feed], deliveries, posts: vec![(CHANNEL, sent)], last_delivery: 3 };
    assert_eq!(kept.place.after_a_crash().await, expected);
    assert_eq!(ledger.everything().await.unwrap(), expected);
}

async fn a_claim_that_is_taken_back_leaves_things_as_before(home: Home) {
    let kept = Kept::new(home).await;
    let ledger = &kept.ledger;
    let feed = ledger.add_feed(&new_feed(), at(0)).await.unwrap();
    let no_history = DeliveryReason::Unconfirmed(SearchFailure::TooManyMessages);
    let first = post(feed.id, 1);
    let unknown = ledger.claim(&first, &[story(feed.id, 1)], &[], at(1)).await.unwrap().remove(0);
    ledger
        .record_outcome(&first, DeliveryState::Unknown, Some(&no_history), &[unknown.id], at(2))
        .await
        .unwrap();
    let before = ledger.everything().await.unwrap();
    let second = post(feed.id, 2);
    let claimed = ledger.claim(&second, &[story(feed.id, 2)], &[unknown.id], at(3)).await.unwrap();
    assert_eq!(claimed.iter().map(|row| row.post).collect::<Vec<_>>(), [Some(second.key); 2]);
    ledger.change(Change::Unclaim { post: second.key, at: at(2) }).await.unwrap();
    let after = ledger.everything().await.unwrap();
    assert_eq!(after, Everything { last_delivery: claimed[0].id.0, ..before });
    let details = ledger.details(&[unknown.id]).await.unwrap().remove(0);
    assert_eq!(details.reason, Some(no_history));
    // The number of a removed row is not used again.
    let again = ledger.claim(&second, &[story(feed.id, 2)], &[], at(4)).await.unwrap();
    assert!(again[0].id > claimed[0].id);
}
