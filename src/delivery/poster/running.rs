//! A request under way, and why it was made.

use std::sync::Arc;

use crate::card::Fingerprint;
use crate::delivery::plan::Step;
use crate::delivery::record::Post;
use crate::delivery::send::Action;
use crate::feed::FeedId;

/// A request under way.
pub(super) struct Running {
    /// What it is for.
    pub(super) step: Step,
    /// The feed it is made for.
    pub(super) feed: FeedId,
    /// The post that it is about, as the ledger has it.
    pub(super) post: Post,
    /// What is asked of Discord; `None` for a search.
    pub(super) action: Option<Arc<Action>>,
    /// What the message will show.
    pub(super) shows: Fingerprint,
    /// Whether it was certain before this try that there is no such message.
    pub(super) was_certain: bool,
    /// How often this step was tried, this time included.
    pub(super) attempts: u32,
}

impl Running {
    /// Whether it was written down that it is about to be made.
    pub(super) fn is_claim(&self) -> bool {
        matches!(self.step, Step::Post { .. } | Step::Retry { .. })
    }

    /// The positions of what is posted for the first time.
    pub(super) fn stories(&self) -> &[usize] {
        if let Step::Post { stories, .. } = &self.step { stories } else { &[] }
    }
}
