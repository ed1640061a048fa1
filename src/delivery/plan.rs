//! The next change of one channel, decided only from a snapshot of the articles, the channel's feeds, its
//! state and the clock.
//!
//! A plan remembers nothing. Reloads, refusals and crashes need no code of their own, because the next plan
//! reads their results.

use super::change::FeedChange;
use crate::feed::Feed;

mod claim;
mod correct;
mod due;
mod input;
mod post;
mod proposal;
mod sending;
mod split_refused;
mod step;
pub mod story_presence;
mod withdraw;

pub use claim::{asked, repeated};
pub use due::{candidates, left_behind, separated};
pub use input::{Blocks, Input, has_begun, rules_of};
pub use proposal::{Forecast, Plan};
pub use step::{Step, StepKind};

/// How often, in seconds, the time of the last check is noted, if nothing else changes.
const CHECKED_AT_SECONDS: i64 = 600;

/// Plans one channel. The order is the priority: posts of unknown outcome, withdrawals, new posts, threads
/// and crossposts, edits.
#[must_use]
pub fn plan(input: &Input<'_>) -> Plan {
    let mut plan = Plan::default();
    due::settle_edits(input, &mut plan);
    due::begin(input, &mut plan);
    due::check_articles(input, &mut plan);
    let is_sending = sending::resolve(input, &mut plan);
    split_refused::split_refused(input, &mut plan);
    withdraw::withdraw(input, &mut plan);
    post::post(input, is_sending, &mut plan);
    // With a step, another plan follows. Threads, crossposts and edits are planned when nothing else is to be
    // done.
    if plan.step.is_none() {
        correct::follow_up(input, &mut plan);
        correct::edit(input, &mut plan);
    }
    if plan.changes.is_empty() {
        plan.undecided = due::undecided(input);
        claim::claim(input, &mut plan);
        // After a post, the next plan checks what had no place in a digest.
        if plan.step.is_none() {
            note_checked(input, &mut plan);
        }
    } else {
        // The next plan has the step.
        plan.step = None;
    }
    plan
}

/// Notes now and then when the feeds were checked.
fn note_checked(input: &Input<'_>, plan: &mut Plan) {
    let is_long_ago =
        |feed: &&&Feed| input.now.duration_since(feed.checked_at).as_secs().abs() >= CHECKED_AT_SECONDS;
    let stale = input.feeds.iter().filter(is_long_ago).filter(|feed| !feed.status.is_unreadable());
    plan.changes.extend(stale.map(|feed| FeedChange::Checked(input.now).of(feed.id)));
}

#[cfg(test)]
mod tests;
