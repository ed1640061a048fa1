//! A request under way.

use std::sync::Arc;

use crate::card::Fingerprint;
use crate::delivery::plan::Step;
use crate::delivery::record::Post;
use crate::delivery::send::Action;

/// A request under way.
pub(super) struct Running {
    /// The step that the request does.
    pub(super) step: Step,
    /// The post of the request, as the ledger has it.
    pub(super) post: Post,
    /// The request to Discord; `None` for a search.
    pub(super) action: Option<Arc<Action>>,
    /// The content that the message will display.
    pub(super) displays: Fingerprint,
    /// The number of attempts of this step, this one included.
    pub(super) attempts: u32,
}

impl Running {
    /// Whether it was certain before this attempt that Discord has no such message.
    pub(super) fn was_certain(&self) -> bool {
        match self.step {
            Step::Post { .. } => true,
            Step::Retry { was_certain, .. } => was_certain,
            _ => self.post.uncertain_since.is_none(),
        }
    }
}
