//! What the worker counts for the metrics.

use jiff::{SignedDuration, Timestamp};

use super::Worker;
use crate::delivery::board::Counts;
use crate::delivery::change::Change;
use crate::delivery::record::DeliveryState;
use crate::delivery::send::Sender;
use crate::feed::FeedStatus;
use crate::ops::metrics;

/// The least time between two counts. A count looks at each channel.
const COUNT_PAUSE: SignedDuration = SignedDuration::from_secs(5);

impl<S: Sender> Worker<S> {
    /// Counts feeds and open deliveries, if some time has passed since the last count.
    pub(super) fn count_open(&mut self) {
        let now = self.now();
        let since = now.duration_since(self.counted_at);
        // A clock that was set back counts at once.
        if !since.is_negative() && since < COUNT_PAUSE {
            return;
        }
        self.counted_at = now;
        let mut counts = Counts::default();
        for channel in self.channels.values_mut() {
            for feed in channel.state.feeds() {
                *match feed.status {
                    FeedStatus::Active => &mut counts.active,
                    FeedStatus::PausedByModerator => &mut counts.paused_by_moderator,
                    FeedStatus::Paused(_) | FeedStatus::PausedByBoth(_) => &mut counts.paused_by_trouble,
                    FeedStatus::ForeignChannel => &mut counts.foreign,
                    FeedStatus::Left { .. } => &mut counts.left,
                } += 1;
            }
            let due: usize = channel.forecasts.iter().map(|forecast| forecast.due.len()).sum();
            channel.due_since = (due > 0).then(|| channel.due_since.unwrap_or(now));
            counts.due += due;
            counts.due_since = earlier(counts.due_since, channel.due_since);
            let open = |state| channel.state.in_state(state).filter(|row| !row.is_dismissed).count();
            counts.sending += open(DeliveryState::Sending);
            counts.failed += open(DeliveryState::Failed);
            counts.unknown += open(DeliveryState::Unknown);
        }
        self.dependencies.board.set_counts(counts);
    }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    [one, other].into_iter().flatten().min()
}

/// Counts the deliveries to which a written change gave a state.
pub(super) fn count_written(change: &Change) {
    match change {
        Change::Settle { deliveries, state, .. } => metrics::deliveries(state.word(), deliveries.len()),
        Change::Record { deliveries, state, .. } => metrics::deliveries(state.word(), deliveries.len()),
        _ => {}
    }
}
