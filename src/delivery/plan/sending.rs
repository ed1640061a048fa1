//! Posts of unknown outcome: they are settled before anything new is posted.

use jiff::SignedDuration;

use super::standing::{Standing, standing};
use super::{Entry, Input, Plan, Step};
use crate::delivery::record::{DeliveryState, NONCE_SECONDS, Post, PostShape};
use crate::feed::FeedStatus;

/// Proposes how the channel's posts of unknown outcome are settled, the one that was claimed first; says whether there are any.
pub(super) fn settle(input: &Input<'_>, plan: &mut Plan) -> bool {
    let Some(delivery) = input.book.in_state(DeliveryState::Sending).next() else { return false };
    let Some(post) = delivery.post.and_then(|key| input.book.post(key)) else { return false };
    match (retried(input, post), post.uncertain_since) {
        (Next::Retry(stories), None) => {
            plan.propose(input, Step::Retry { post: post.key, stories });
        }
        (Next::Retry(stories), Some(_)) if is_nonce_known(input, post) => {
            plan.propose(input, Step::Retry { post: post.key, stories });
        }
        (Next::Drop, None) => plan.entries.push(Entry::Unclaim { post: post.key }),
        (Next::Outgrown, None) => plan.entries.push(Entry::Outgrown { post: post.key }),
        (_, Some(_)) => {
            plan.propose(input, Step::Find { post: post.key });
        }
    }
    true
}

enum Next {
    Retry(Vec<usize>),
    /// The feed does not post now, or a story is no longer told.
    Drop,
    Outgrown,
}

fn is_nonce_known(input: &Input<'_>, post: &Post) -> bool {
    let within = SignedDuration::from_secs(NONCE_SECONDS);
    // A clock that was put back makes the first try lie ahead: its age is unknown then.
    let is_fresh = |since| {
        let age = input.now.duration_since(since);
        !age.is_negative() && age < within
    };
    post.shape != PostShape::ForumPost && post.uncertain_since.is_some_and(is_fresh)
}

fn retried(input: &Input<'_>, post: &Post) -> Next {
    let Some(feed) = input.feed(post.feed).filter(|feed| feed.status == FeedStatus::Active) else {
        return Next::Drop;
    };
    let mut stories = Vec::new();
    for delivery in input.book.carried_by(post.key) {
        let Standing::Told(position) = standing(input.snapshot, input.book, delivery, input.now) else {
            return Next::Drop;
        };
        stories.push(position);
    }
    let since = feed.settings.rules.new_since(input.now);
    let is_too_old = |&position: &usize| {
        let at = input.snapshot.collection().article(position).and_then(|article| article.published_at);
        since.is_some_and(|since| at.is_none_or(|at| at < since))
    };
    // What a moderator wants sent again is tried at least once.
    let is_tried = post.attempts > 0;
    if is_tried && !stories.is_empty() && stories.iter().all(is_too_old) {
        Next::Outgrown
    } else {
        Next::Retry(stories)
    }
}
