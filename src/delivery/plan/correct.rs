//! Follow-ups of a post: a thread, a crosspost, and corrections for 14 days.

use jiff::{SignedDuration, Timestamp};

use super::story_presence::{StoryPresence, story_presence};
use super::{Input, Plan, Step};
use crate::card::Fingerprint;
use crate::collection::Position;
use crate::delivery::record::{DeliveryState, FollowUp, Post};

/// How many days a card is corrected (the contract, "Feeds and deliveries").
const CORRECTED_DAYS: i64 = 14;
/// Changes within this time become one edit.
const EDIT_SECONDS_MIN: i64 = 10;
/// The shortest time between edits for heat alone.
const HEAT_EDIT_SECONDS_MIN: i64 = 3600;
/// Discord allows three edits of a published message an hour (facts, section 6).
const PUBLISHED_EDIT_SECONDS_MIN: i64 = 1200;

/// Proposes threads and crossposts.
pub(super) fn follow_up(input: &Input<'_>, plan: &mut Plan) {
    for post in input.rows.to_follow().filter(|post| post.message.is_some()) {
        if input.kept_feed(post.feed).is_none() || !is_standing(input, post) {
            continue;
        }
        if post.discussion == FollowUp::Due {
            plan.propose(input, Step::Discussion { post: post.key });
        }
        if post.crosspost == FollowUp::Due {
            plan.propose(input, Step::Crosspost { post: post.key });
        }
    }
}

fn is_standing(input: &Input<'_>, post: &Post) -> bool {
    input.rows.carried_by(post.key).any(|delivery| delivery.state == DeliveryState::Sent)
}

/// Proposes an edit of the first post that is due for one, the oldest post first.
pub(super) fn edit(input: &Input<'_>, plan: &mut Plan) {
    let since = after(input.now, -CORRECTED_DAYS * 24 * 3600);
    for post in input.rows.sent_since(since).filter(|post| post.message.is_some()) {
        if input.kept_feed(post.feed).is_none() {
            continue;
        }
        let Some(stories) = reported(input, post) else { continue };
        let Some(edit_at) = edit_at(input, post, &stories) else { continue };
        if edit_at > input.now {
            plan.wake_at(edit_at);
        } else {
            plan.propose(input, Step::Edit { post: post.key, stories });
        }
    }
}

/// The positions of a post's stories. `None` unless every sent story of the post has an article.
fn reported(input: &Input<'_>, post: &Post) -> Option<Vec<Position>> {
    let sent = input.rows.carried_by(post.key).filter(|delivery| delivery.state == DeliveryState::Sent);
    let positions: Option<Vec<Position>> = sent
        .map(|delivery| match story_presence(input.snapshot, input.rows, delivery, input.now) {
            StoryPresence::Reported(position) => Some(position),
            _ => None,
        })
        .collect();
    positions.filter(|positions| !positions.is_empty())
}

/// The earliest time at which the post may be edited. `None` if the post displays the current content.
fn edit_at(input: &Input<'_>, post: &Post, stories: &[Position]) -> Option<Timestamp> {
    let Fingerprint { without_heat, with_heat } = input.snapshot.fingerprint(stories, input.now);
    let pause = if without_heat != post.displayed {
        EDIT_SECONDS_MIN
    } else if with_heat != post.displayed_with_heat {
        HEAT_EDIT_SECONDS_MIN
    } else {
        return None;
    };
    let is_published = post.crosspost == FollowUp::Done;
    let pause = if is_published { pause.max(PUBLISHED_EDIT_SECONDS_MIN) } else { pause };
    Some(after(post.edited_at.or(post.sent_at)?, pause))
}

/// Saturates at the ends of the calendar, which no clock reaches.
fn after(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}
