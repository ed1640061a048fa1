//! The result of a plan: changes, the next request, and when to plan again.

use crate::collection::Position;
use jiff::Timestamp;

use super::input::Input;
use super::step::Step;
use crate::article_key::ArticleKey;
use crate::delivery::change::Change;
use crate::delivery::record::DeliveryId;
use crate::delivery::wait::Wait;
use crate::feed::FeedId;

/// The result of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The changes. A plan with a step has no other changes than its claim and marks of the feeds.
    pub changes: Vec<Change>,
    /// The next request. It may be made when the changes are written.
    pub step: Option<Step>,
    /// When to plan again, if nothing happens before.
    pub again_at: Option<Timestamp>,
    /// The forecast of each feed, in the order of the feeds.
    pub forecasts: Vec<Forecast>,
    /// Articles whose file is missing since the last load. Another load, some seconds later, has to confirm that.
    pub doubtful: Vec<ArticleKey>,
    /// Whether another load has to confirm that no more articles arrive.
    pub wants_load: bool,
    /// Feeds that have so much to withdraw that the number of their sent deliveries decides.
    pub wants_counts: Vec<FeedId>,
    /// The candidates that may still be due, if the plan has no changes to write first.
    pub undecided: Vec<Position>,
}

impl Plan {
    pub(super) fn wake_at(&mut self, at: Timestamp) {
        self.again_at = Some(self.again_at.map_or(at, |already| already.min(at)));
    }

    /// Takes the step, unless the plan has a step already or Discord asked to wait with steps of this kind.
    pub(super) fn propose(&mut self, input: &Input<'_>, step: Step) {
        match input.blocks.get(step.kind(), input.now) {
            Some(wait) => self.wake_at(wait.until),
            None => {
                self.step.get_or_insert(step);
            }
        }
    }
}

/// The near future of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// The feed.
    pub feed: FeedId,
    /// Positions of the stories that are due, hottest first.
    pub due: Vec<Position>,
    /// What the first of them waits for.
    pub wait: Option<Wait>,
    /// Withdrawals that wait for a moderator's decision.
    pub withheld: Vec<DeliveryId>,
}
