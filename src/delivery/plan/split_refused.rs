//! Splits refused messages of several stories. Discord refuses a whole message for one story and does not
//! tell which one, so each story is tried in a post of its own.

use jiff::Timestamp;

use super::claim::{repeated, tried_in_last_hour};
use super::story_presence::{StoryPresence, story_presence};
use super::{Input, Plan};
use crate::delivery::record::{Delivery, DeliveryState, PostShape};
use crate::feed::{FeedStatus, Hold};

/// Proposes to claim the stories of refused messages one by one, as many as each feed may post now.
pub(super) fn split_refused(input: &Input<'_>, plan: &mut Plan) {
    for feed in input.feeds.iter().filter(|feed| feed.status == FeedStatus::Active) {
        let failed = input.rows.in_state(DeliveryState::Failed).filter(|row| row.feed == feed.id);
        let mut rows = failed.filter(|row| !row.is_dismissed && is_of_several(input, row)).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let pacing = &feed.settings.pacing;
        let tried = tried_in_last_hour(input, feed);
        let free_at = pacing.quiet_until(input.now).unwrap_or_else(|| pacing.free_at(&tried, input.now));
        if free_at > input.now {
            plan.wake_at(free_at);
            continue;
        }
        // The stories were in time for their digest, whatever their age is now.
        let applied = feed.settings.rules.applied_to(input.snapshot.collection()).with_age_at(Timestamp::MIN);
        let is_let_through =
            |row: &&Delivery| match story_presence(input.snapshot, input.rows, row, input.now) {
                StoryPresence::Reported(position) => matches!(
                    applied.hold(position, input.now),
                    // A story that was posted on request is posted on request again.
                    None | Some(Hold::NotAnnounced)
                ),
                _ => false,
            };
        let rows = rows.filter(is_let_through).take(pacing.room(&tried, input.now));
        plan.changes.extend(rows.map(|row| repeated(feed, row, input.now)));
    }
}

/// Whether the delivery's message had several stories and was refused ([`PostShape::of_refused`]).
fn is_of_several(input: &Input<'_>, row: &Delivery) -> bool {
    let post = row.post.and_then(|key| input.rows.post(key));
    post.is_some_and(|post| post.message.is_none() && post.shape == PostShape::Digest)
}
