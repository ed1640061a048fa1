//! Writes changes, and lets memory follow. Memory follows an outcome at once, and any other change after the commit.

use super::counts::count_written;
use super::{Channel, Worker};
use crate::delivery::change::{Change, number};
use crate::delivery::kill;
use crate::delivery::ledger::{Applied, KnownFeeds, LedgerError};
use crate::delivery::send::Sender;
use crate::delivery::snapshot::Snapshot;
use crate::feed::FeedId;
use crate::ids::ChannelId;

impl<S: Sender> Worker<S> {
    /// Takes the changes of an outcome, or of an event at Discord. They are written before anything else happens in the channel.
    pub(super) fn happened(&mut self, channel: ChannelId, mut changes: Vec<Change>) {
        number(&mut changes, &mut self.next_delivery);
        let channel = self.channels.entry(channel).or_default();
        changes.iter().for_each(|change| channel.follow(&self.snapshot, change));
        channel.unwritten.append(&mut changes);
        channel.is_to_be_planned = true;
    }

    /// Writes planned changes of channels in one transaction, each after the outcomes of its channel. After an error, or if the
    /// feeds are others than the plan knew, nothing changed, and the outcomes are still to be written.
    pub(super) async fn write(
        &mut self,
        changes: &mut [(ChannelId, Vec<Change>)],
    ) -> Result<Applied, LedgerError> {
        for (_, changes) in &mut *changes {
            number(changes, &mut self.next_delivery);
        }
        let mut all: Vec<(ChannelId, &Change)> = Vec::new();
        let (mut outcomes, mut claims) = (0_usize, 0_usize);
        for (id, changes) in &*changes {
            let unwritten = self.channels.get(id).map_or(&[][..], |channel| &channel.unwritten);
            outcomes += unwritten.len();
            claims += changes.iter().filter(|change| is_claim(change)).count();
            all.extend(unwritten.iter().chain(changes).map(|change| (*id, change)));
        }
        (0..outcomes).for_each(|_| kill::point("before-outcome"));
        (0..claims).for_each(|_| kill::point("before-claim"));
        let planned = changes.iter().filter(|(_, changes)| !changes.is_empty());
        let known: Vec<KnownFeeds> = planned.map(|(id, _)| (*id, self.known_feeds(*id))).collect();
        if self.dependencies.ledger.apply(&all, &known).await? == Applied::FeedsChanged {
            return Ok(Applied::FeedsChanged);
        }
        all.iter().for_each(|(_, change)| count_written(change));
        for (id, changes) in &*changes {
            let channel = self.channels.entry(*id).or_default();
            channel.unwritten.clear();
            channel.fault = None;
            changes.iter().for_each(|change| channel.follow(&self.snapshot, change));
        }
        (0..outcomes).for_each(|_| kill::point("after-outcome"));
        (0..claims).for_each(|_| kill::point("after-claim"));
        Ok(Applied::Written)
    }

    fn known_feeds(&self, channel: ChannelId) -> Vec<(FeedId, i64)> {
        let feeds = self.channels.get(&channel).into_iter().flat_map(|channel| channel.state.feeds());
        feeds.map(|feed| (feed.id, feed.version)).collect()
    }

    /// Writes all outcomes.
    pub(super) async fn write_down(&mut self) -> Result<(), LedgerError> {
        let unwritten = self.channels.iter().filter(|(_, channel)| !channel.unwritten.is_empty());
        let mut none: Vec<(ChannelId, Vec<Change>)> = unwritten.map(|(id, _)| (*id, Vec::new())).collect();
        self.write(&mut none).await.map(drop)
    }
}

impl Channel {
    /// Follows a change. A story whose delivery goes may be due again.
    fn follow(&mut self, snapshot: &Snapshot, change: &Change) {
        match change {
            Change::Unclaim { post, .. } => {
                let gone = self.state.carried_by(*post).filter(|row| row.previous.is_none());
                let stories = gone.flat_map(|row| snapshot.known_by(row));
                let articles = stories.flat_map(|position| snapshot.members(position));
                self.candidates.extend(articles.filter_map(|position| snapshot.key(position)));
            }
            Change::ForgetUnposted(_) => self.is_stale = true,
            _ => {}
        }
        self.state.apply(change);
    }
}

/// Whether a request that posts follows the change.
fn is_claim(change: &Change) -> bool {
    match change {
        Change::Claim { post, .. } | Change::Save(post) => post.attempts > 0,
        _ => false,
    }
}
