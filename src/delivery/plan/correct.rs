//! Follow-ups of a post: a thread, a crosspost, and corrections for 14 days.

use crate::collection::Position;
use jiff::{SignedDuration, Timestamp};

use super::story_presence::{StoryPresence, story_presence};
use super::{Input, Plan, Step};
use crate::card::Fingerprint;
use crate::delivery::change::Change;
use crate::delivery::record::{DeliveryState, FollowUp, Post, young_since};

/// Changes within this time become one edit.
const EDIT_SECONDS_MIN: i64 = 10;
/// The shortest time between edits of a post for heat alone.
const HOUR_SECONDS: i64 = 3600;
/// With so many edits in an hour a channel has no room for an edit for heat alone.
const HEAT_EDITS_PER_HOUR_MAX: usize = 10;
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

/// Proposes the next edit: changed content first, then the post that waits longest. Posts whose heat alone changed come last, and
/// only so many in an hour.
pub(super) fn edit(input: &Input<'_>, plan: &mut Plan) {
    let heat_from = heat_edits_from(input);
    let mut due: Option<(bool, Timestamp, Step)> = None;
    for post in input.rows.sent_since(young_since(input.now)).filter(|post| post.message.is_some()) {
        if input.kept_feed(post.feed).is_none() {
            continue;
        }
        let Some(stories) = reported(input, post) else { continue };
        if post.fingerprint_version != Fingerprint::VERSION {
            // Fingerprints of two versions cannot be compared.
            let displays = input.snapshot.fingerprint(&stories, input.now);
            plan.changes.push(Change::Save(Box::new(post.clone().displaying(displays))));
            continue;
        }
        let Some((is_heat_alone, edit_at)) = edit_at(input, post, &stories) else { continue };
        let edit_at = if is_heat_alone { edit_at.max(heat_from) } else { edit_at };
        let Some(waits_since) = post.edited_at.or(post.sent_at).filter(|_| edit_at <= input.now) else {
            plan.wake_at(edit_at);
            continue;
        };
        let is_first =
            |(is_heat, since, _): &(bool, Timestamp, Step)| (is_heat_alone, waits_since) < (*is_heat, *since);
        if due.as_ref().is_none_or(is_first) {
            due = Some((is_heat_alone, waits_since, Step::Edit { post: post.key, stories }));
        }
    }
    if let Some((.., step)) = due {
        plan.propose(input, step);
    }
}

/// When the channel has room for a further edit for heat alone.
fn heat_edits_from(input: &Input<'_>) -> Timestamp {
    let hour_ago = after(input.now, -HOUR_SECONDS);
    let edited = input.rows.sent_since(young_since(input.now)).filter_map(|post| post.edited_at);
    let mut edited: Vec<Timestamp> = edited.filter(|at| *at > hour_ago && *at <= input.now).collect();
    edited.sort_unstable();
    let full_since = edited.len().checked_sub(HEAT_EDITS_PER_HOUR_MAX).and_then(|over| edited.get(over));
    full_since.map_or(input.now, |at| after(*at, HOUR_SECONDS))
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

/// Whether the heat alone changed, and the earliest time at which the post may be edited. `None` if the post displays the
/// current content.
fn edit_at(input: &Input<'_>, post: &Post, stories: &[Position]) -> Option<(bool, Timestamp)> {
    let Fingerprint { without_heat, with_heat } = input.snapshot.fingerprint(stories, input.now);
    let is_heat_alone = without_heat == post.displayed;
    if is_heat_alone && with_heat == post.displayed_with_heat {
        return None;
    }
    let pause = if is_heat_alone { HOUR_SECONDS } else { EDIT_SECONDS_MIN };
    let is_published = post.crosspost == FollowUp::Done;
    let pause = if is_published { pause.max(PUBLISHED_EDIT_SECONDS_MIN) } else { pause };
    Some((is_heat_alone, after(post.edited_at.or(post.sent_at)?, pause)))
}

/// Saturates at the ends of the calendar, which no clock reaches.
fn after(at: Timestamp, seconds: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}
