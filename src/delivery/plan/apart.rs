//! A message of several stories that Discord refuses ends only the story for which it is refused, and nobody is told which that
//! is: each is tried in a post of its own.

use super::standing::{Standing, standing};
use super::{Entry, Input, Plan};
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, PostShape};
use crate::feed::{FeedStatus, Hold};

/// Has the stories of refused messages claimed one by one, as many of them as each feed may post now.
pub(super) fn apart(input: &Input<'_>, plan: &mut Plan) {
    for feed in input.feeds.iter().filter(|feed| feed.status == FeedStatus::Active) {
        let failed = input.book.in_state(DeliveryState::Failed).filter(|row| row.feed == feed.id);
        let mut rows = failed.filter(|row| !row.is_dismissed && is_of_several(input, row)).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let pacing = &feed.settings.pacing;
        let tried = super::new_post::tried_in_last_hour(input, feed);
        let free_at = pacing.quiet_until(input.now).unwrap_or_else(|| pacing.free_at(&tried, input.now));
        if free_at > input.now {
            plan.look_again_at(free_at);
            continue;
        }
        let applied = feed.settings.rules.applied_to(input.snapshot.collection());
        let is_let_through = |row: &&Delivery| match standing(input.snapshot, input.book, row, input.now) {
            Standing::Told(position) => matches!(
                applied.hold(position, input.now),
                // What was posted on request is posted on request again.
                None | Some(Hold::NotAnnounced)
            ),
            _ => false,
        };
        let rows = rows.filter(is_let_through).take(pacing.room(&tried, input.now));
        let rows: Vec<DeliveryId> = rows.map(|row| row.id).collect();
        if !rows.is_empty() {
            plan.entries.push(Entry::Apart { feed: feed.id, rows });
        }
    }
}

/// Whether its message was refused, and was to carry others too ([`PostShape::of_refused`]); they may have been tried since.
fn is_of_several(input: &Input<'_>, row: &Delivery) -> bool {
    let post = row.post.and_then(|key| input.book.post(key));
    post.is_some_and(|post| post.message.is_none() && post.shape == PostShape::Digest)
}
