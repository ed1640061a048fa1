//! The next post of a feed, and the claim that is written before its request.

use jiff::{SignedDuration, Timestamp};

use super::due::new_delivery;
use super::{Input, Plan, Step};
use crate::card::Fingerprint;
use crate::collection::Position;
use crate::delivery::change::Change;
use crate::delivery::record::{Delivery, FollowUp, Post, PostKey, PostShape};
use crate::feed::pacing::Digest;
use crate::feed::{ChannelKind, Feed};
use article_format::stable_hash64;

/// How many cards a digest has. So a message never exceeds Discord's 6,000 characters.
const DIGEST_CARDS_MAX: usize = 5;

/// The post of the first due stories.
pub(super) fn new_post(input: &Input<'_>, feed: &Feed, due: &[Position]) -> Step {
    let is_digest = feed.settings.pacing.digest != Digest::Off;
    let room = if is_digest { DIGEST_CARDS_MAX } else { 1 };
    let stories: Vec<Position> = due.iter().copied().take(room).collect();
    let shape = match (feed.channel_kind, is_digest) {
        (ChannelKind::Forum, _) => PostShape::ForumPost,
        (_, true) => PostShape::Digest,
        (_, false) => PostShape::Single,
    };
    let rest = if is_digest { due.len() - stories.len() } else { 0 };
    let first = stories.first().and_then(|position| input.snapshot.collection().article(*position));
    let post = key_of(feed, first.map_or("", |article| article.id.as_str()));
    Step::Post { feed: feed.id, post, shape, stories, rest }
}

/// When the feed tried posts in the last hour.
pub(super) fn tried_in_last_hour(input: &Input<'_>, feed: &Feed) -> Vec<Timestamp> {
    let hour_ago = input.now.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
    input.rows.tried_since(feed.id, hour_ago)
}

/// The key of a post. After a claim was removed, the same key is used again. If Discord has that message after
/// all, the nonce prevents a second post.
fn key_of(feed: &Feed, what: &str) -> PostKey {
    PostKey(stable_hash64(&format!("{}\n{}\n{what}", feed.channel, feed.id)))
}

/// Claims the post that the plan's step makes.
pub(super) fn claim(input: &Input<'_>, plan: &mut Plan) {
    let Input { now, snapshot, rows, .. } = *input;
    match &plan.step {
        Some(Step::Post { feed, post, shape, stories, .. }) => {
            let Some(feed) = input.feed(*feed) else { return };
            let new = stories.iter().map(|&position| new_delivery(input, feed, position)).collect();
            let displays = snapshot.fingerprint(stories, now);
            let post = Post {
                uncertain_since: Some(input.attempt_time()),
                attempts: 1,
                ..unclaimed(feed, *post, *shape, now)
            };
            let post = Box::new(post.displaying(displays));
            plan.changes.push(Change::Claim { post, new, again: Vec::new(), at: now });
        }
        Some(Step::Retry { post, .. }) => {
            let Some(mut post) = rows.post(*post).cloned() else { return };
            post.uncertain_since = Some(post.uncertain_since.unwrap_or_else(|| input.attempt_time()));
            post.attempts = post.attempts.saturating_add(1);
            plan.changes.push(Change::Save(Box::new(post)));
        }
        _ => {}
    }
}

/// The claim that posts a delivery's story again, in a post of its own. Discord certainly has no such message.
#[must_use]
pub fn repeated(feed: &Feed, row: &Delivery, now: Timestamp) -> Change {
    // Each repetition has another post before it.
    let before = row.post.map_or(0, |post| post.0);
    let key = key_of(feed, &format!("again {} {before}", row.id.0));
    let shape =
        if feed.channel_kind == ChannelKind::Forum { PostShape::ForumPost } else { PostShape::Single };
    let post = Box::new(unclaimed(feed, key, shape, now));
    Change::Claim { post, new: Vec::new(), again: vec![row.id], at: now }
}

/// The claim and the step of a post that a moderator asks for, whatever the rules say now. `row` is the story's delivery, which is
/// final and not in the channel.
#[must_use]
pub fn asked(input: &Input<'_>, feed: &Feed, position: Position, row: Option<&Delivery>) -> (Change, Step) {
    let new = new_delivery(input, feed, position);
    let what = match row {
        Some(row) => format!("asked {} {}", row.id.0, row.since),
        None => format!("asked {}", new.article_id),
    };
    let key = key_of(feed, &what);
    let is_forum = feed.channel_kind == ChannelKind::Forum;
    let shape = if is_forum { PostShape::ForumPost } else { PostShape::Single };
    let stories = vec![position];
    let post = Post {
        uncertain_since: Some(input.attempt_time()),
        attempts: 1,
        ..unclaimed(feed, key, shape, input.now)
    };
    let post = Box::new(post.displaying(input.snapshot.fingerprint(&stories, input.now)));
    let (new, again) = match row {
        Some(row) => (Vec::new(), vec![row.id]),
        None => (vec![new], Vec::new()),
    };
    let claim = Change::Claim { post, new, again, at: input.now };
    (claim, Step::Post { feed: feed.id, post: key, shape, stories, rest: 0 })
}

/// A post without an attempt.
fn unclaimed(feed: &Feed, key: PostKey, shape: PostShape, now: Timestamp) -> Post {
    let wanted = |is_wanted: bool| if is_wanted { FollowUp::Due } else { FollowUp::Unwanted };
    let is_announcement = feed.channel_kind == ChannelKind::Announcement;
    let Fingerprint { without_heat, with_heat } = Fingerprint::default();
    Post {
        key,
        feed: feed.id,
        shape,
        uncertain_since: None,
        first_tried_at: now,
        attempts: 0,
        message: None,
        thread: None,
        sent_at: None,
        edited_at: None,
        fingerprint_version: Fingerprint::VERSION,
        displayed: without_heat,
        displayed_with_heat: with_heat,
        is_without_pictures: false,
        discussion: wanted(feed.settings.opens_thread && shape != PostShape::ForumPost),
        crosspost: wanted(feed.settings.crossposts && is_announcement),
    }
}
