//! Withdrawals (the contract, "Feeds and deliveries"): only when a readable file says so, or when a file is missing in two
//! complete loads some seconds apart. Many at once wait for a moderator's word.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;

use super::standing::{Standing, standing};
use super::{Input, Plan, Step};
use crate::delivery::reason::WithdrawalCause;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, PostKey, WithdrawalWord};
use crate::delivery::snapshot::LOOK_AGAIN_SECONDS;
use crate::feed::FeedId;

/// Up to this many withdrawals at once need no word.
const WITHDRAWALS_MAX: usize = 5;
/// More than one in so many of a feed's posts is many.
const SHARE_MIN: usize = 5;

/// Proposes what is to be taken back.
pub(super) fn withdraw(input: &Input<'_>, plan: &mut Plan) {
    let mut wanted: HashMap<FeedId, Vec<(&Delivery, WithdrawalCause)>> = HashMap::new();
    for delivery in input.book.in_state(DeliveryState::Sent) {
        let is_kept = delivery.withdrawal == WithdrawalWord::Keep || input.kept_feed(delivery.feed).is_none();
        if let Some(cause) = if is_kept { None } else { cause(input, delivery, plan) } {
            wanted.entry(delivery.feed).or_default().push((delivery, cause));
        }
    }
    for feed in input.feeds {
        let Some(deliveries) = wanted.remove(&feed.id) else { continue };
        let sent = input.book.count(feed.id, DeliveryState::Sent);
        let is_many = deliveries.len() > WITHDRAWALS_MAX && deliveries.len() * SHARE_MIN > sent;
        let (allowed, withheld): (Vec<_>, Vec<_>) = deliveries
            .into_iter()
            .partition(|(delivery, _)| !is_many || delivery.withdrawal == WithdrawalWord::Withdraw);
        if let Some(outlook) = plan.outlooks.iter_mut().find(|outlook| outlook.feed == feed.id) {
            outlook.withheld = withheld.iter().map(|(delivery, _)| delivery.id).collect();
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

/// Why a story is to be taken back, if it is.
fn cause(input: &Input<'_>, delivery: &Delivery, plan: &mut Plan) -> Option<WithdrawalCause> {
    match standing(input.snapshot, input.book, delivery, input.now) {
        Standing::Told(_) | Standing::Unclear => None,
        Standing::TakenBack => Some(WithdrawalCause::FileHides),
        // An empty folder is one that is not mounted, or about to be filled.
        Standing::Missing
            if !input.loaded.is_complete || input.snapshot.collection().articles().is_empty() =>
        {
            None
        }
        Standing::Missing => {
            let since = input.missing_since.get(&delivery.article).copied();
            let is_sure = |since| {
                input.loaded.at.duration_since(since) >= SignedDuration::from_secs(LOOK_AGAIN_SECONDS)
            };
            if since.is_some_and(is_sure) {
                return Some(WithdrawalCause::FileGone);
            }
            plan.doubtful.push(delivery.article);
            None
        }
    }
}

/// The positions of the other stories that a message keeps showing; `None` where one of them can neither be shown now nor goes
/// itself: it would go with the one that is taken back.
fn others(
    input: &Input<'_>,
    post: PostKey,
    going: &HashSet<DeliveryId>,
    but: DeliveryId,
) -> Option<Vec<usize>> {
    let carried = input.book.carried_by(post);
    let others = carried.filter(|other| other.id != but && other.state == DeliveryState::Sent);
    let staying = others.filter(|other| !going.contains(&other.id));
    staying
        .map(|other| match standing(input.snapshot, input.book, other, input.now) {
            Standing::Told(position) => Some(position),
            _ => None,
        })
        .collect()
}
