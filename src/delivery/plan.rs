//! What is to be done next in one channel: decided from a snapshot, its feeds, its book and the clock, and from nothing else.
//!
//! A plan never remembers. Whatever happened since (a reload, a refusal, a crash) is in what the next one is made from.

use jiff::Timestamp;

mod apart;
mod correct;
mod due;
mod input;
mod new_post;
mod post;
mod proposal;
mod sending;
pub mod standing;
mod step;
mod withdraw;

pub(crate) use due::new_delivery;
pub use due::{has_begun, left_behind, newly_let_in};
pub use input::{Blocks, Input};
pub use proposal::{Entry, Outlook, Plan};
pub use step::{Step, StepKind};

/// Plans one channel. What comes first matters most: rows of unknown outcome, withdrawals, posts, what follows posts, edits.
#[must_use]
pub fn plan(input: &Input<'_>) -> Plan {
    let mut plan = Plan::default();
    due::begin(input, &mut plan);
    due::look_through(input, &mut plan);
    let is_sending = sending::settle(input, &mut plan);
    apart::apart(input, &mut plan);
    withdraw::withdraw(input, &mut plan);
    post::post(input, is_sending, &mut plan);
    // After a step there is another plan: what is to follow posts is looked for when it can be done.
    if plan.step.is_none() {
        correct::follow_up(input, &mut plan);
        correct::edit(input, &mut plan);
    }
    let next_change = input.snapshot.collection().dates().next_change(input.now);
    if next_change < Timestamp::MAX {
        plan.look_again_at(next_change);
    }
    if !plan.entries.is_empty() {
        plan.step = None;
    }
    plan
}

#[cfg(test)]
mod tests;
