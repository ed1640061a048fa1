//! The next post of a channel, and the wait of each feed.

use super::claim::{new_post, tried_in_last_hour};
use super::{Input, Plan, StepKind};
use crate::collection::Position;
use crate::delivery::change::FeedChange;
use crate::delivery::wait::{Wait, WaitReason};
use crate::feed::pacing::Digest;
use crate::feed::{Feed, FeedStatus};

/// Proposes the hottest story of all feeds that may post now.
pub(super) fn post(input: &Input<'_>, is_sending: bool, plan: &mut Plan) {
    let mut hottest: Option<(Position, &Feed, usize)> = None;
    for (number, feed) in input.feeds.iter().enumerate() {
        let Some(forecast) = plan.forecasts.get(number) else { continue };
        if feed.status != FeedStatus::Active || !input.has_begun(feed) {
            continue;
        }
        let first = forecast.due.first().copied();
        let wait = wait(input, feed);
        let is_digest = feed.settings.pacing.digest != Digest::Off;
        // A digest in the future comes from a clock that was wrong.
        if is_digest && (feed.digested_at > input.now || (first.is_none() && wait.is_none())) {
            plan.changes.push(FeedChange::Digested(input.now).of(feed.id));
        }
        if let Some(wait) = &wait {
            let until = wait.until;
            // The time of a digest matters even when no story is due.
            if first.is_some() || wait.reason == WaitReason::Digest {
                plan.wake_at(until);
            }
        } else if let Some(first) = first
            && hottest.is_none_or(|(hottest, ..)| first < hottest)
        {
            hottest = Some((first, feed, number));
        }
        if let Some(forecast) = plan.forecasts.get_mut(number) {
            forecast.wait = wait.filter(|_| first.is_some());
        }
    }
    if is_sending {
        return;
    }
    if let Some((_, feed, number)) = hottest
        && let Some(forecast) = plan.forecasts.get(number)
    {
        let step = new_post(input, feed, &forecast.due);
        plan.propose(input, step);
    }
}

/// What a feed's next post waits for. Of several waits, the longest.
fn wait(input: &Input<'_>, feed: &Feed) -> Option<Wait> {
    let Input { now, rows, .. } = *input;
    let pacing = &feed.settings.pacing;
    let free_at = pacing.free_at(&tried_in_last_hour(input, feed), now);
    let digests = rows.digests_since(feed.id, feed.digested_at).filter(|at| *at <= now);
    let digest_at = pacing.digest_after(digests.max().unwrap_or(feed.digested_at));
    let waits = [
        digest_at.map(|until| Wait { until, reason: WaitReason::Digest }),
        pacing.quiet_until(now).map(|until| Wait { until, reason: WaitReason::QuietHours }),
        Some(Wait { until: free_at, reason: WaitReason::FullHour }),
        input.blocks.get(StepKind::Post, now).copied(),
    ];
    waits.into_iter().flatten().filter(|wait| wait.until > now).max_by_key(|wait| wait.until)
}
