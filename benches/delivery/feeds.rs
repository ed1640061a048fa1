//! Feeds with mixed rules, and what the ledger knows of them.

use heatwire::article_key::ArticleKey;
use heatwire::collection::{Collection, Position};
use heatwire::delivery::channel_state::ChannelState;
use heatwire::delivery::identity::Identity;
use heatwire::delivery::record::{
    Delivery, DeliveryId, DeliveryState, FollowUp, Post, PostKey, PostShape, WithdrawalWord,
};
use heatwire::feed::pacing::Pacing;
use heatwire::feed::{ChannelKind, Feed, FeedDefaults, FeedId, FeedSettings, FeedStatus};
use heatwire::ids::{ChannelId, GuildId, MessageId};
use jiff::{SignedDuration, Timestamp};

use super::articles;

/// So many feeds, each in a channel of its own: every third is of a topic, every fifth of a type, bars and ages differ.
pub(crate) fn feeds(count: usize) -> Vec<Feed> {
    (0..count).map(|number| feed(number, settings(number))).collect()
}

fn settings(number: usize) -> FeedSettings {
    let mut settings = FeedDefaults::default().settings();
    settings.rules.topic = number.is_multiple_of(3).then(|| format!("Topic {}", number % 200).into());
    settings.rules.kind = number.is_multiple_of(5).then(|| ["article", "video", "course"][number % 3].into());
    settings.rules.quality_min = i64::try_from(number % 4 * 20).unwrap_or_default();
    settings.rules.heat_min = number.is_multiple_of(7).then_some(100);
    settings.rules.max_age_days = [1, 7, 30, 0][number % 4];
    settings.pacing = Pacing { posts_per_hour_max: 3600, ..Pacing::default() };
    settings
}

fn feed(number: usize, settings: FeedSettings) -> Feed {
    let now = articles::now();
    Feed {
        id: FeedId(i64::try_from(number).unwrap_or_default()),
        guild: GuildId(1),
        channel: ChannelId(number as u64),
        channel_kind: ChannelKind::Text,
        settings,
        status: FeedStatus::Active,
        pending_backfill: None,
        created_at: now,
        checked_at: now,
        digested_at: now,
        version: 1,
        pending: None,
    }
}

/// A channel in which these articles were posted, one a minute, the last one just now.
pub(crate) fn channel_state(
    feed: &Feed,
    collection: &Collection,
    positions: impl Iterator<Item = Position>,
) -> ChannelState {
    let mut state = ChannelState::default();
    for (number, position) in positions.enumerate() {
        let Some(article) = collection.article(position) else { continue };
        let number = i64::try_from(number).unwrap_or_default();
        let at = ago(number);
        let key = PostKey(number.cast_unsigned());
        let identity = Identity::of(article);
        state.enter(Delivery {
            id: DeliveryId(number),
            feed: feed.id,
            state: DeliveryState::Sent,
            post: Some(key),
            article: ArticleKey::from(&article.id),
            since: at,
            hashes: identity.hashes.into(),
            titles: identity.title.into_iter().collect(),
            withdrawal: WithdrawalWord::None,
            is_dismissed: false,
            previous: None,
        });
        state.enter_post(post(feed, key, at));
    }
    state
}

fn ago(minutes: i64) -> Timestamp {
    articles::now().saturating_sub(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MIN)
}

fn post(feed: &Feed, key: PostKey, at: Timestamp) -> Post {
    Post {
        key,
        feed: feed.id,
        shape: PostShape::Single,
        uncertain_since: None,
        first_tried_at: at,
        attempts: 1,
        message: Some(MessageId(key.0)),
        thread: None,
        sent_at: Some(at),
        edited_at: None,
        fingerprint_version: 1,
        displayed: 0,
        displayed_with_heat: 0,
        is_without_pictures: false,
        discussion: FollowUp::Unwanted,
        crosspost: FollowUp::Unwanted,
    }
}
