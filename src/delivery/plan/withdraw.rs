//! Withdrawals (the contract, "Feeds and deliveries"). A story is withdrawn only when a readable file says
//! so, or when its file is missing in two complete loads some seconds apart. Many withdrawals at once wait
//! for a moderator's decision.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;

use super::story_presence::{StoryPresence, story_presence};
use super::{Input, Plan, Step};
use crate::collection::Position;
use crate::delivery::reason::WithdrawalCause;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, PostKey, WithdrawalWord, young_since};
use crate::delivery::snapshot::RECHECK_SECONDS;
use crate::feed::FeedId;

/// Up to this many withdrawals at once need no decision.
const WITHDRAWALS_MAX: usize = 5;
/// More than one of this many posts of a feed counts as many.
const SHARE_MIN: usize = 5;

/// Proposes the next withdrawal.
pub(super) fn withdraw(input: &Input<'_>, plan: &mut Plan) {
    let mut wanted: HashMap<FeedId, Vec<(&Delivery, WithdrawalCause)>> = HashMap::new();
    for delivery in input.rows.in_state(DeliveryState::Sent) {
        let is_kept = delivery.withdrawal == WithdrawalWord::Keep || input.kept_feed(delivery.feed).is_none();
        if let Some(cause) = if is_kept { None } else { cause(input, delivery, plan) } {
            wanted.entry(delivery.feed).or_default().push((delivery, cause));
        }
    }
    for feed in input.feeds {
        let Some(deliveries) = wanted.remove(&feed.id) else { continue };
        let is_many = deliveries.len() > WITHDRAWALS_MAX && {
            let sent = input.rows.sent_count(feed.id);
            plan.wants_counts.extend(sent.is_none().then_some(feed.id));
            sent.is_none_or(|sent| deliveries.len() * SHARE_MIN > sent)
        };
        let (allowed, withheld): (Vec<_>, Vec<_>) = deliveries
            .into_iter()
            .partition(|(delivery, _)| !is_many || delivery.withdrawal == WithdrawalWord::Withdraw);
        if let Some(forecast) = plan.forecasts.iter_mut().find(|forecast| forecast.feed == feed.id) {
            forecast.withheld = withheld.iter().map(|(delivery, _)| delivery.id).collect();
        }
        let going: HashSet<DeliveryId> = allowed.iter().map(|(delivery, _)| delivery.id).collect();
        let step = allowed.iter().find_map(|(delivery, cause)| {
            let post = delivery.post?;
            let others = others(input, post, &going, delivery.id)?;
            Some(Step::Withdraw { delivery: delivery.id, post, others, cause: *cause })
        });
        if let Some(step) = step {
            plan.propose(input, step);
        }
    }
}

/// Why a story has to be withdrawn; `None` if it stays.
fn cause(input: &Input<'_>, delivery: &Delivery, plan: &mut Plan) -> Option<WithdrawalCause> {
    match story_presence(input.snapshot, input.rows, delivery, input.now) {
        StoryPresence::Reported(_) | StoryPresence::Unclear => None,
        StoryPresence::Withdrawn => Some(WithdrawalCause::FileHides),
        // An empty folder is not mounted, or not filled yet.
        StoryPresence::Missing
            if !input.loaded.is_complete
                || input.do_collections_differ
                || input.snapshot.collection().articles().is_empty() =>
        {
            None
        }
        // Tidying up old files deletes no message.
        StoryPresence::Missing if !is_young(input, delivery) => None,
        StoryPresence::Missing => {
            let since = input.missing_since.get(&delivery.article).copied();
            let is_sure =
                |since| input.loaded.at.duration_since(since) >= SignedDuration::from_secs(RECHECK_SECONDS);
            if since.is_some_and(is_sure) {
                return Some(WithdrawalCause::FileGone);
            }
            plan.doubtful.push(delivery.article);
            None
        }
    }
}

/// Whether post and article are both young.
fn is_young(input: &Input<'_>, delivery: &Delivery) -> bool {
    let since = young_since(input.now);
    let post = delivery.post.and_then(|key| input.rows.post(key));
    post.is_some_and(|post| post.made_at() >= since)
        && delivery.titles.iter().all(|title| title.published_at >= since)
}

/// The positions of the other stories that stay in the message. `None` if one of them can neither be
/// displayed now nor is withdrawn itself: an edit would remove that story too.
fn others(
    input: &Input<'_>,
    post: PostKey,
    going: &HashSet<DeliveryId>,
    but: DeliveryId,
) -> Option<Vec<Position>> {
    let carried = input.rows.carried_by(post);
    let others = carried.filter(|other| other.id != but && other.state == DeliveryState::Sent);
    let staying = others.filter(|other| !going.contains(&other.id));
    staying
        .map(|other| match story_presence(input.snapshot, input.rows, other, input.now) {
            StoryPresence::Reported(position) => Some(position),
            _ => None,
        })
        .collect()
}
