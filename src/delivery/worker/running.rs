//! A request under way, and why it was made.

use std::sync::Arc;

use crate::card::Fingerprint;
use crate::collection::Position;
use crate::delivery::plan::Step;
use crate::delivery::record::Post;
use crate::delivery::send::Action;
use crate::feed::FeedId;

/// A request under way.
pub(super) struct Running {
    /// The step that the request does.
    pub(super) step: Step,
    /// The feed of the request.
    pub(super) feed: FeedId,
    /// The post of the request, as the ledger has it.
    pub(super) post: Post,
    /// The request to Discord; `None` for a search.
    pub(super) action: Option<Arc<Action>>,
    /// The content that the message will display.
    pub(super) displays: Fingerprint,
    /// Whether it was certain before this attempt that Discord has no such message.
    pub(super) was_certain: bool,
    /// The number of attempts of this step, this one included.
    pub(super) attempts: u32,
}

impl Running {
    /// Whether the request is a post with a claim.
    pub(super) fn is_claim(&self) -> bool {
        matches!(self.step, Step::Post { .. } | Step::Retry { .. })
    }

    /// The positions of new stories.
    pub(super) fn stories(&self) -> &[Position] {
        if let Step::Post { stories, .. } = &self.step { stories } else { &[] }
    }
}
