//! What a plan is made from.

use std::collections::HashMap;

use jiff::Timestamp;

use super::step::StepKind;
use crate::delivery::book::Book;
use crate::delivery::snapshot::{Loaded, Snapshot};
use crate::delivery::wait::Wait;
use crate::feed::{Feed, FeedId, FeedStatus};

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The articles.
    pub snapshot: &'a Snapshot,
    /// The last load that could be made; it may be a later one than made the snapshot, where nothing changed since.
    pub loaded: Loaded,
    /// The clock.
    pub now: Timestamp,
    /// The channel's feeds, in the order of their numbers.
    pub feeds: &'a [&'a Feed],
    /// The channel's rows.
    pub book: &'a Book,
    /// What Discord asked to wait for.
    pub blocks: &'a Blocks,
    /// By [`article_format::ArticleId::hash64`]: since when a file that carried a sent story is missing.
    pub missing_since: &'a HashMap<u64, Timestamp>,
}

impl<'a> Input<'a> {
    pub(super) fn feed(&self, id: FeedId) -> Option<&'a Feed> {
        self.feeds.iter().copied().find(|feed| feed.id == id)
    }

    /// A feed whose messages are still looked after. One that was removed leaves them as they are, one that Discord keeps out
    /// cannot help it.
    pub(super) fn kept_feed(&self, id: FeedId) -> Option<&'a Feed> {
        self.feed(id).filter(|feed| matches!(feed.status, FeedStatus::Active | FeedStatus::PausedByModerator))
    }
}

/// What Discord, or the database, asked to wait for, by kind of step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks(HashMap<StepKind, Wait>);

impl Blocks {
    /// No step of this kind before that; what was to be waited for longer already stays.
    pub fn set(&mut self, kind: StepKind, wait: Wait) {
        if self.0.get(&kind).is_none_or(|known| known.until < wait.until) {
            self.0.insert(kind, wait);
        }
    }

    /// What steps of this kind wait for now.
    #[must_use]
    pub fn get(&self, kind: StepKind, now: Timestamp) -> Option<&Wait> {
        self.0.get(&kind).filter(|wait| wait.until > now)
    }
}
