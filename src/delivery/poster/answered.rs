//! What came of requests, as the poster hears of it.

use jiff::Timestamp;

use crate::delivery::record::PostKey;
use crate::delivery::send::{Found, Outcome};
use crate::ids::ChannelId;

/// What came of a channel's requests, in their order.
pub(super) struct Finished {
    pub(super) channel: ChannelId,
    pub(super) answered: Vec<Answered>,
}

/// What came of one request.
pub(super) struct Answered {
    /// The post that it is about.
    pub(super) post: PostKey,
    pub(super) began_at: Timestamp,
    pub(super) result: StepResult,
}

/// What a request, or a search, ended with.
pub(super) enum StepResult {
    Sent(Outcome),
    Searched(Found),
    /// It was not begun: it was claimed too long ago.
    Late,
}
