//! The input of a plan.

use std::collections::HashMap;

use jiff::Timestamp;

use super::step::StepKind;
use crate::article_key::ArticleKey;
use crate::collection::Position;
use crate::delivery::channel_state::ChannelState;
use crate::delivery::record::AttemptTime;
use crate::delivery::snapshot::{Loaded, Snapshot};
use crate::delivery::wait::Wait;
use crate::feed::pacing::Digest;
use crate::feed::{AppliedRules, Feed, FeedId, FeedSettings, FeedStatus};

/// The input of a plan.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The articles.
    pub snapshot: &'a Snapshot,
    /// The last load. It may be later than the load that made the snapshot, if nothing changed since.
    pub loaded: Loaded,
    /// Whether another process has loaded other articles. A file that is missing here may be there.
    pub do_collections_differ: bool,
    /// The clock of this machine.
    pub now: Timestamp,
    /// Discord's clock; `None` before Discord's first answer.
    pub discord_now: Option<Timestamp>,
    /// The channel's feeds, in the order of their ids.
    pub feeds: &'a [&'a Feed],
    /// The positions, hottest first, of the articles that may be due: all that a feed's rules accept and for which there is no
    /// delivery. Others may be among them.
    pub candidates: &'a [Position],
    /// The channel's deliveries and posts. Finished deliveries are missing, except those that a candidate's story is known by.
    pub rows: &'a ChannelState,
    /// How long Discord asked to wait.
    pub blocks: &'a Blocks,
    /// Since when the file of a sent article is missing.
    pub missing_since: &'a HashMap<ArticleKey, Timestamp>,
}

impl<'a> Input<'a> {
    /// The beginning of an attempt that is made now.
    pub(super) fn attempt_time(&self) -> AttemptTime {
        AttemptTime { host: self.now, discord: self.discord_now }
    }

    /// As [`rules_of`].
    pub(super) fn rules_of(&self, feed: &Feed, settings: &'a FeedSettings) -> AppliedRules<'a> {
        rules_of(self.snapshot, self.rows, feed, settings, self.now)
    }

    /// As [`ChannelState::last_digests`].
    pub(super) fn last_digests(&self, feed: &Feed) -> [Timestamp; 2] {
        self.rows.last_digests(feed, self.now)
    }

    /// As [`has_begun`].
    pub(super) fn has_begun(&self, feed: &Feed) -> bool {
        has_begun(self.snapshot, self.loaded, feed)
    }

    pub(super) fn feed(&self, id: FeedId) -> Option<&'a Feed> {
        self.feeds.iter().copied().find(|feed| feed.id == id)
    }

    /// The feed, if it still cares for its messages. A removed feed leaves its messages as they are, and a
    /// feed that Discord keeps out cannot change them.
    pub(super) fn kept_feed(&self, id: FeedId) -> Option<&'a Feed> {
        self.feed(id).filter(|feed| matches!(feed.status, FeedStatus::Active | FeedStatus::PausedByModerator))
    }
}

/// Whether a feed has begun. A new feed waits for a complete load with articles: a folder without articles is
/// not mounted, or not filled yet.
#[must_use]
pub fn has_begun(snapshot: &Snapshot, loaded: Loaded, feed: &Feed) -> bool {
    let has_articles = !snapshot.collection().articles().is_empty();
    feed.pending_backfill.is_none() || (loaded.is_complete && has_articles)
}

/// The rules of a feed in its channel, with the age limit as it counts for the feed. With other settings than the feed's, those of
/// an edit.
#[must_use]
pub fn rules_of<'a>(
    snapshot: &'a Snapshot,
    rows: &ChannelState,
    feed: &Feed,
    settings: &'a FeedSettings,
    now: Timestamp,
) -> AppliedRules<'a> {
    let applied = settings.rules.applied_to(snapshot.collection());
    let is_of_digests = settings.pacing.digest != Digest::Off;
    let [_, last] = rows.last_digests(feed, now);
    applied.with_age_at(if is_of_digests { feed.age_at(last, now) } else { now })
}

/// How long Discord asked to wait, for each kind of step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks(HashMap<StepKind, Wait>);

impl Blocks {
    /// Delays steps of this kind. A longer delay stays.
    pub fn set(&mut self, kind: StepKind, wait: Wait) {
        if self.0.get(&kind).is_none_or(|known| known.until < wait.until) {
            self.0.insert(kind, wait);
        }
    }

    /// The delay of steps of this kind, if there is one now.
    #[must_use]
    pub fn get(&self, kind: StepKind, now: Timestamp) -> Option<&Wait> {
        self.0.get(&kind).filter(|wait| wait.until > now)
    }
}
