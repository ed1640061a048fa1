//! The next post of a channel, and what each feed's next post waits for.

use super::new_post::{new_post, tried_in_last_hour};
use super::{Input, Plan, StepKind, has_begun};
use crate::delivery::wait::{Wait, WaitReason};
use crate::feed::pacing::Digest;
use crate::feed::{Feed, FeedStatus};

/// Proposes the hottest story of all feeds that may post now.
pub(super) fn post(input: &Input<'_>, is_sending: bool, plan: &mut Plan) {
    let mut hottest: Option<(usize, &Feed, usize)> = None;
    for (number, feed) in input.feeds.iter().enumerate() {
        let Some(outlook) = plan.outlooks.get(number) else { continue };
        if feed.status != FeedStatus::Active || !has_begun(input, feed) {
            continue;
        }
        let first = outlook.due.first().copied();
        let wait = wait(input, feed);
        let is_digest = feed.settings.pacing.digest != Digest::Off;
        // One of the future was noted by a clock that has been put right since.
        if is_digest && (feed.digested_at > input.now || (first.is_none() && wait.is_none())) {
            plan.entries.push(super::Entry::DigestPassed { feed: feed.id });
        }
        if let Some(wait) = &wait {
            let until = wait.until;
            // A digest's time has to be noticed even if there is nothing to post.
            if first.is_some() || wait.reason == WaitReason::Digest {
                plan.look_again_at(until);
            }
        } else if let Some(first) = first
            && hottest.is_none_or(|(hottest, ..)| first < hottest)
        {
            hottest = Some((first, feed, number));
        }
        if let Some(outlook) = plan.outlooks.get_mut(number) {
            outlook.wait = wait.filter(|_| first.is_some());
        }
    }
    if is_sending {
        return;
    }
    if let Some((_, feed, number)) = hottest
        && let Some(outlook) = plan.outlooks.get(number)
    {
        let step = new_post(feed, &outlook.due);
        plan.propose(input, step);
    }
}

/// What a feed's next post waits for: of several, what takes longest.
fn wait(input: &Input<'_>, feed: &Feed) -> Option<Wait> {
    let Input { now, book, .. } = *input;
    let pacing = &feed.settings.pacing;
    let free_at = pacing.free_at(&tried_in_last_hour(input, feed), now);
    let digests = book.digests_since(feed.id, feed.digested_at).filter(|at| *at <= now);
    let digest_at = pacing.digest_after(digests.max().unwrap_or(feed.digested_at));
    let waits = [
        digest_at.map(|until| Wait { until, reason: WaitReason::Digest }),
        pacing.quiet_until(now).map(|until| Wait { until, reason: WaitReason::QuietHours }),
        Some(Wait { until: free_at, reason: WaitReason::FullHour }),
        input.blocks.get(StepKind::Post, now).copied(),
    ];
    waits.into_iter().flatten().filter(|wait| wait.until > now).max_by_key(|wait| wait.until)
}
