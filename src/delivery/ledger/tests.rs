//! The ledger through its calls: after a crash the next process finds exactly the finished calls.

mod backup;
mod copies;
mod faults;
pub(crate) mod homes;
mod model;
mod open;
mod proxy;
mod reasons;
mod rows;
mod server;
mod together;
pub(crate) mod trouble;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use homes::{Home, Place, in_both_homes};

use super::statement::Statement;
use super::*;
use crate::article_key::ArticleKey;
use crate::delivery::identity::{Identity, TitleIdentity, id_hash};
use crate::delivery::reason::{DeliveryReason, SearchFailure};
use crate::delivery::record::{DeliveryState, FollowUp, NewDelivery, Post, PostKey, PostShape};
use crate::feed::pacing::{Digest, Pacing, QuietHours, Zone};
use crate::feed::pause::PauseReason;
use crate::feed::{ChannelKind, Feed, FeedId, FeedSettings, FeedStatus, NewFeed, Rules};
use crate::ids::{ChannelId, GuildId, MessageId, RoleId};

const CHANNEL: ChannelId = ChannelId(1_300_000_000_000_000_042);

/// Runs a plain statement, so that a test can make the database fail.
pub(in crate::delivery) async fn execute(ledger: &Ledger, statement: &'static str) {
    ledger.connection.read().await.unwrap().execute(Statement::new(statement)).await.unwrap();
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
        let claimed = kept.ledger.claim(CHANNEL, &sent, &[story(feed.id, 1)], &[], at(1)).await.unwrap();
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
            opens_thread: true,
            crossposts: false,
        },
        backfill: 3,
    }
}

fn identity(number: u64) -> Identity {
    Identity {
        provider: None,
        hashes: vec![id_hash(&format!("stories/{number}")), number],
        title: Some(TitleIdentity {
            hash: number,
            published_at: at(0) + jiff::SignedDuration::from_nanos(1),
        }),
    }
}

fn story(feed: FeedId, number: u64) -> NewDelivery {
    NewDelivery {
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
        uncertain_since: Some(at(1)),
        first_tried_at: at(1),
        attempts: 1,
        message: None,
        thread: None,
        sent_at: None,
        edited_at: None,
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
    let baseline = ledger
        .record(
            CHANNEL,
            DeliveryState::Baseline,
            &[story(feed.id, 1), story(feed.id, 2)],
            None,
            Some(&feed),
            at(1),
        )
        .await
        .unwrap();
    let mut sent = post(feed.id, u64::MAX);
    let mut claimed = ledger.claim(CHANNEL, &sent, &[story(feed.id, 3)], &[], at(2)).await.unwrap();
    assert_eq!(claimed[0].state, DeliveryState::Sending);
    assert_eq!(kept.place.after_a_crash().await.posts, [(CHANNEL, sent.clone())]);
    sent.message = Some(MessageId(99));
    sent.sent_at = Some(at(3));
    sent.uncertain_since = None;
    ledger.record_outcome(&sent, DeliveryState::Sent, None, &[claimed[0].id], at(3)).await.unwrap();
    claimed[0].state = DeliveryState::Sent;
    claimed[0].since = at(3);
    let deliveries = baseline.into_iter().chain(claimed).map(|delivery| (CHANNEL, delivery)).collect();
    let expected = Loaded { feeds: vec![feed], deliveries, posts: vec![(CHANNEL, sent)] };
    assert_eq!(kept.place.after_a_crash().await, expected);
    assert_eq!(ledger.load().await.unwrap(), expected);
}

async fn a_claim_that_is_taken_back_leaves_things_as_before(home: Home) {
    let kept = Kept::new(home).await;
    let ledger = &kept.ledger;
    let feed = ledger.add_feed(&new_feed(), at(0)).await.unwrap();
    let no_history = DeliveryReason::Unconfirmed(SearchFailure::TooManyMessages);
    let first = post(feed.id, 1);
    let unknown = ledger.claim(CHANNEL, &first, &[story(feed.id, 1)], &[], at(1)).await.unwrap().remove(0);
    ledger
        .record_outcome(&first, DeliveryState::Unknown, Some(&no_history), &[unknown.id], at(2))
        .await
        .unwrap();
    let before = ledger.load().await.unwrap();
    let second = post(feed.id, 2);
    let claimed = ledger.claim(CHANNEL, &second, &[story(feed.id, 2)], &[unknown.id], at(3)).await.unwrap();
    assert_eq!(claimed.iter().map(|row| row.post).collect::<Vec<_>>(), [Some(second.key); 2]);
    let unclaimed = ledger.unclaim(second.key, at(2)).await.unwrap();
    assert_eq!(unclaimed.gone, [claimed[0].id]);
    assert_eq!(unclaimed.restored, [before.deliveries[0].1.clone()]);
    assert_eq!(ledger.load().await.unwrap(), before);
    let details = ledger.details(&[unknown.id]).await.unwrap().remove(0);
    assert_eq!(details.reason, Some(no_history));
    // The number of a removed row is not used again.
    let again = ledger.claim(CHANNEL, &second, &[story(feed.id, 2)], &[], at(4)).await.unwrap();
    assert!(again[0].id > claimed[0].id);
}
