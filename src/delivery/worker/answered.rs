//! The outcome of a request, as the task that made the request reports it.

use crate::delivery::send::{Found, Outcome};
use crate::ids::ChannelId;

/// The outcome of a channel's request.
pub(super) struct Finished {
    pub(super) channel: ChannelId,
    pub(super) result: StepResult,
}

/// The outcome of a request, or of a search.
pub(super) enum StepResult {
    Sent(Outcome),
    Searched(Found),
}
