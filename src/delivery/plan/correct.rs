//! What follows a post: a thread, a crosspost, and for 14 days corrections in place.

use jiff::{SignedDuration, Timestamp};

use super::standing::{Standing, standing};
use super::{Input, Plan, Step};
use crate::card::Fingerprint;
use crate::delivery::record::{Aftermath, DeliveryState, Post};

/// For how long cards are corrected (the contract, "Feeds and deliveries").
const CORRECTED_DAYS: i64 = 14;
/// Several changes within this are one edit.
const EDIT_SECONDS_MIN: i64 = 10;
/// What changed only in heat is edited no more often than this.
const HEAT_EDIT_SECONDS_MIN: i64 = 3600;
/// Published messages take three edits an hour (facts, section 6).
const PUBLISHED_EDIT_SECONDS_MIN: i64 = 1200;

/// Proposes threads and crossposts.
pub(super) fn follow_up(input: &Input<'_>, plan: &mut Plan) {
    for post in input.book.to_follow().filter(|post| post.message.is_some()) {
        if input.kept_feed(post.feed).is_none() || !is_standing(input, post) {
            continue;
        }
        if post.discussion == Aftermath::Due {
            plan.propose(input, Step::Discussion { post: post.key });
        }
        if post.crosspost == Aftermath::Due {
            plan.propose(input, Step::Crosspost { post: post.key });
        }
    }
}

fn is_standing(input: &Input<'_>, post: &Post) -> bool {
    input.book.carried_by(post.key).any(|delivery| delivery.state == DeliveryState::Sent)
}

/// Proposes the edit that has been due for longest.
pub(super) fn edit(input: &Input<'_>, plan: &mut Plan) {
    let since = after(input.now, -CORRECTED_DAYS * 24 * 3600);
    for post in input.book.sent_since(since).filter(|post| post.message.is_some()) {
        if input.kept_feed(post.feed).is_none() {
            continue;
        }
        let Some(stories) = told(input, post) else { continue };
        let Some(edit_at) = edit_at(input, post, &stories) else { continue };
        if edit_at > input.now {
            plan.look_again_at(edit_at);
        } else {
            plan.propose(input, Step::Edit { post: post.key, stories });
        }
    }
}

/// The positions of a post's stories; `None` unless all that stand in it are told.
fn told(input: &Input<'_>, post: &Post) -> Option<Vec<usize>> {
    let sent = input.book.carried_by(post.key).filter(|delivery| delivery.state == DeliveryState::Sent);
    let positions: Option<Vec<usize>> = sent
        .map(|delivery| match standing(input.snapshot, input.book, delivery, input.now) {
            Standing::Told(position) => Some(position),
            _ => None,
        })
        .collect();
    positions.filter(|positions| !positions.is_empty())
}

/// From when on a post may be edited to show what its stories are now; `None` if it shows that already.
fn edit_at(input: &Input<'_>, post: &Post, stories: &[usize]) -> Option<Timestamp> {
    let Fingerprint { without_heat, with_heat } = input.snapshot.fingerprint(stories, input.now);
    let pause = if without_heat != post.shown {
        EDIT_SECONDS_MIN
    } else if with_heat != post.shown_with_heat {
        HEAT_EDIT_SECONDS_MIN
    } else {
        return None;
    };
    let is_published = post.crosspost == Aftermath::Done;
    let pause = if is_published { pause.max(PUBLISHED_EDIT_SECONDS_MIN) } else { pause };
    Some(after(post.edited_at.or(post.sent_at)?, pause))
}

/// Saturates at the calendar's ends, which no clock reaches.
fn after(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}
