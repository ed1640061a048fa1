//! Posts of unknown outcome. They are resolved before any new post.

use jiff::SignedDuration;

use super::story_presence::{StoryPresence, story_presence};
use super::{Input, Plan, Step};
use crate::collection::Position;
use crate::delivery::change::Change;
use crate::delivery::record::{AttemptTime, DeliveryState, NONCE_SECONDS, Post, PostShape};
use crate::feed::FeedStatus;
use crate::feed::pacing::Digest;

/// Discord writes dates in whole seconds, so a later answer may say an earlier time.
const DATES_DIFFER_MAX: SignedDuration = SignedDuration::from_secs(2);

/// Proposes the next step for the oldest post of unknown outcome. Returns whether there is such a post.
pub(super) fn resolve(input: &Input<'_>, plan: &mut Plan) -> bool {
    let Some(delivery) = input.rows.in_state(DeliveryState::Sending).next() else { return false };
    let Some(post) = delivery.post.and_then(|key| input.rows.post(key)) else { return false };
    match (retried(input, post), post.uncertain_since) {
        (Next::Retry(stories), uncertain) if uncertain.is_none() || is_nonce_known(input, post) => {
            let was_certain = uncertain.is_none();
            plan.propose(input, Step::Retry { post: post.key, stories, was_certain });
        }
        (Next::Outgrown, None) => plan.changes.push(Change::Settle {
            deliveries: input.rows.carried_by(post.key).map(|row| row.id).collect(),
            state: DeliveryState::Expired,
            reason: None,
            since: input.now,
        }),
        (_, None) => plan.changes.push(Change::Unclaim { post: post.key, at: input.now }),
        (_, Some(_)) => {
            plan.propose(input, Step::Find { post: post.key });
        }
    }
    true
}

enum Next {
    Retry(Vec<Position>),
    /// The feed does not post now, or no article reports the story.
    Drop,
    Outgrown,
}

/// Whether Discord certainly still knows the nonce. Both clocks have to say so: the clock of this machine may jump, and Discord's
/// time stands still while the machine sleeps.
fn is_nonce_known(input: &Input<'_>, post: &Post) -> bool {
    let within = SignedDuration::from_secs(NONCE_SECONDS);
    let is_known = |since: AttemptTime| {
        let by_discord = input.discord_now.zip(since.discord).map(|(now, since)| now.duration_since(since));
        let by_host = input.now.duration_since(since.host);
        // After a clock was set back, the first attempt lies in the future, and its age is unknown.
        by_discord.is_some_and(|age| age > -DATES_DIFFER_MAX && age < within)
            && !by_host.is_negative()
            && by_host < within
    };
    post.shape != PostShape::ForumPost && post.uncertain_since.is_some_and(is_known)
}

fn retried(input: &Input<'_>, post: &Post) -> Next {
    let Some(feed) = input.feed(post.feed).filter(|feed| feed.status == FeedStatus::Active) else {
        return Next::Drop;
    };
    let mut stories = Vec::new();
    for delivery in input.rows.carried_by(post.key) {
        let StoryPresence::Reported(position) =
            story_presence(input.snapshot, input.rows, delivery, input.now)
        else {
            return Next::Drop;
        };
        stories.push(position);
    }
    // The stories of a digest were in time for it.
    let is_of_digests = feed.settings.pacing.digest != Digest::Off;
    let since = feed.settings.rules.new_since(input.now).filter(|_| !is_of_digests);
    let is_too_old = |&position: &Position| {
        let at = input.snapshot.collection().article(position).and_then(|article| article.published_at);
        since.is_some_and(|since| at.is_none_or(|at| at < since))
    };
    // A story that a moderator sends again is tried at least once, whatever its age.
    let is_tried = post.attempts > 0;
    if is_tried && !stories.is_empty() && stories.iter().all(is_too_old) {
        Next::Outgrown
    } else {
        Next::Retry(stories)
    }
}
