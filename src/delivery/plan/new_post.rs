//! The next post of a feed, and the number of its posts in the last hour.

use jiff::{SignedDuration, Timestamp};

use super::{Input, Step};
use crate::collection::Position;
use crate::delivery::record::PostShape;
use crate::feed::pacing::Digest;
use crate::feed::{ChannelKind, Feed};

/// How many cards a digest has. So a message never exceeds Discord's 6,000 characters.
const DIGEST_CARDS_MAX: usize = 5;

/// The post of the first due stories.
pub(super) fn new_post(feed: &Feed, due: &[Position]) -> Step {
    let is_digest = feed.settings.pacing.digest != Digest::Off;
    let room = if is_digest { DIGEST_CARDS_MAX } else { 1 };
    let stories: Vec<Position> = due.iter().copied().take(room).collect();
    let shape = match (feed.channel_kind, is_digest) {
        (ChannelKind::Forum, _) => PostShape::ForumPost,
        (_, true) => PostShape::Digest,
        (_, false) => PostShape::Single,
    };
    let rest = if is_digest { due.len() - stories.len() } else { 0 };
    Step::Post { feed: feed.id, shape, stories, rest }
}

/// When the feed tried posts in the last hour.
pub(super) fn tried_in_last_hour(input: &Input<'_>, feed: &Feed) -> Vec<Timestamp> {
    let hour_ago = input.now.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
    input.rows.tried_since(feed.id, hour_ago)
}
