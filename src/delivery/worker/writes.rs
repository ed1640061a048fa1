//! Writes changes to the ledger. Memory takes an outcome at once. Memory takes a claim only after the commit,
//! and the request is made after that. All channels that write at one time share one transaction.

use super::written::{Kept, Write};
use super::{CHECKED_AT_SECONDS, Worker};
use crate::delivery::kill;
use crate::delivery::ledger::{LedgerError, Unclaimed};
use crate::delivery::plan::{Entry, left_behind};
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, NewDelivery, PostKey};
use crate::delivery::send::Sender;
use crate::feed::{Feed, FeedId};
use crate::ids::ChannelId;

impl<S: Sender> Worker<S> {
    /// Takes outcomes into memory. They are written before anything else happens in the channel.
    pub(super) fn happened(&mut self, channel: ChannelId, writes: impl IntoIterator<Item = Write>) {
        let state = self.channels.entry(channel).or_default();
        for write in writes {
            match &write {
                Write::Outcome { post, state: settled, deliveries, at, .. } => {
                    state.rows.enter_post((**post).clone());
                    for id in deliveries {
                        if let Some(delivery) = state.rows.delivery(*id).cloned() {
                            state.rows.enter(Delivery { state: *settled, since: *at, ..delivery });
                        }
                    }
                }
                Write::Post(post) | Write::Note { post, .. } => state.rows.enter_post((**post).clone()),
                Write::Unclaim(_) | Write::Feed(_) | Write::Foreign(_) => {}
            }
            state.unwritten.push_back(write);
        }
        state.is_to_be_planned = true;
    }

    /// Writes all outcomes.
    pub(super) async fn write_down(&mut self) -> Result<(), LedgerError> {
        let unwritten = self.channels.iter().filter(|(_, state)| !state.unwritten.is_empty());
        let channels: Vec<ChannelId> = unwritten.map(|(channel, _)| *channel).collect();
        if channels.is_empty() {
            return Ok(());
        }
        self.dependencies.ledger.keep_together().await;
        let mut failed = None;
        for channel in channels {
            if let Err(error) = self.write_unwritten(channel).await {
                failed.get_or_insert(error);
            }
        }
        self.commit().await?;
        failed.map_or(Ok(()), Err)
    }

    /// Commits the changes of a transaction, and takes them into memory.
    pub(super) async fn commit(&mut self) -> Result<(), LedgerError> {
        for (_, kept) in &self.kept {
            match kept {
                Kept::Written => kill::point("before-outcome"),
                Kept::Ready(running) if running.is_claim() => kill::point("before-claim"),
                _ => {}
            }
        }
        if let Err(error) = self.dependencies.ledger.commit_together().await {
            for (channel, _) in self.kept.drain(..) {
                self.channels.entry(channel).or_default().is_to_be_planned = true;
            }
            return Err(error);
        }
        self.take_over();
        Ok(())
    }

    /// Takes committed changes into memory, and makes the requests that waited for the commit.
    pub(super) fn take_over(&mut self) {
        for (channel, kept) in std::mem::take(&mut self.kept) {
            let state = self.channels.entry(channel).or_default();
            match kept {
                Kept::Written => {
                    state.unwritten.pop_front();
                    kill::point("after-outcome");
                }
                Kept::Rows(rows) => rows.into_iter().for_each(|row| state.rows.enter(row)),
                Kept::Post(post) => state.rows.enter_post(*post),
                Kept::Feed(feed) => {
                    self.feeds.insert(feed.id, *feed);
                }
                Kept::Forgotten(rows) => rows.into_iter().for_each(|id| state.rows.forget(id)),
                Kept::Unclaimed(key, Unclaimed { gone, restored }) => {
                    gone.into_iter().for_each(|id| state.rows.forget(id));
                    restored.into_iter().for_each(|delivery| state.rows.enter(delivery));
                    if state.rows.carried_by(key).next().is_none() {
                        state.rows.forget_post(key);
                    }
                }
                Kept::Ready(running) => {
                    if running.is_claim() {
                        kill::point("after-claim");
                    }
                    self.launch(channel, *running);
                }
            }
        }
    }

    /// Writes the outcomes of a channel. Returns whether memory has all of them already, so that a plan can
    /// be made.
    pub(super) async fn write_unwritten(&mut self, channel: ChannelId) -> Result<bool, LedgerError> {
        let Some(state) = self.channels.get(&channel) else { return Ok(true) };
        let unwritten: Vec<Write> = state.unwritten.iter().cloned().collect();
        let is_unknown = |write: &Write| matches!(write, Write::Unclaim(_) | Write::Foreign(_));
        let is_known = !unwritten.iter().any(is_unknown);
        for write in unwritten {
            self.write(channel, write).await?;
            self.kept.push((channel, Kept::Written));
        }
        Ok(is_known)
    }

    async fn write(&mut self, channel: ChannelId, write: Write) -> Result<(), LedgerError> {
        let ledger = &self.dependencies.ledger;
        match write {
            Write::Outcome { post, state, reason, deliveries, at } => {
                ledger.record_outcome(&post, state, reason.as_ref(), &deliveries, at).await?;
            }
            Write::Post(post) => ledger.save_post(&post).await?,
            Write::Note { post, reason } => {
                let rows = self.channels.get(&channel).map(|state| &state.rows);
                let carried = rows.into_iter().flat_map(|rows| rows.carried_by(post.key));
                let sent: Vec<_> = carried.filter(|row| row.state == DeliveryState::Sent).collect();
                let ids: Vec<DeliveryId> = sent.iter().map(|row| row.id).collect();
                // The time at which the stories were sent stays.
                let since = sent.first().map_or_else(|| self.now(), |row| row.since);
                ledger.record_outcome(&post, DeliveryState::Sent, Some(&reason), &ids, since).await?;
            }
            Write::Unclaim(key) => self.unclaim(channel, key).await?,
            Write::Feed(id) => {
                if let Some(feed) = self.feeds.get(&id) {
                    ledger.save_feed(feed).await?;
                }
            }
            Write::Foreign(id) => self.separate(channel, id).await?,
        }
        Ok(())
    }

    /// Separates the channel's own feeds from a feed of another guild. A feed that begins makes its own baseline. A feed that
    /// has begun left stories to the foreign feed, and must not post them now.
    async fn separate(&mut self, channel: ChannelId, foreign: FeedId) -> Result<(), LedgerError> {
        let (Some(feed), Some(state)) = (self.feeds.get(&foreign), self.channels.get(&channel)) else {
            return Ok(());
        };
        let own = self.feeds_of(channel).into_iter();
        let begun: Vec<&Feed> = own.filter(|feed| feed.pending_backfill.is_none()).collect();
        if begun.is_empty() {
            let forgotten = self.dependencies.ledger.forget_unposted(foreign).await?;
            self.kept.push((channel, Kept::Forgotten(forgotten)));
            return Ok(());
        }
        let known = left_behind(&self.input(state, &begun, self.now()), feed);
        self.record(channel, DeliveryState::Baseline, &known, None).await
    }

    async fn unclaim(&mut self, channel: ChannelId, key: PostKey) -> Result<(), LedgerError> {
        let unclaimed = self.dependencies.ledger.unclaim(key, self.now()).await?;
        self.kept.push((channel, Kept::Unclaimed(key, unclaimed)));
        Ok(())
    }

    /// Saves a feed, unless it was removed.
    pub(super) async fn write_feed(&mut self, feed: Feed) -> Result<(), LedgerError> {
        if self.feeds.contains_key(&feed.id) {
            self.dependencies.ledger.save_feed(&feed).await?;
            self.kept.push((feed.channel, Kept::Feed(Box::new(feed))));
        }
        Ok(())
    }

    /// Creates deliveries that have no message.
    pub(super) async fn record(
        &mut self,
        channel: ChannelId,
        state: DeliveryState,
        deliveries: &[NewDelivery],
        feed: Option<Feed>,
    ) -> Result<(), LedgerError> {
        let now = self.now();
        let entered =
            self.dependencies.ledger.record(channel, state, deliveries, None, feed.as_ref(), now).await?;
        self.kept.push((channel, Kept::Rows(entered)));
        self.kept.extend(feed.map(|feed| (channel, Kept::Feed(Box::new(feed)))));
        Ok(())
    }

    pub(super) async fn write_entry(&mut self, channel: ChannelId, entry: Entry) -> Result<(), LedgerError> {
        let now = self.now();
        match entry {
            Entry::Begin { feed, known, is_all } => {
                let Some(feed) = self.feed_with(feed, |feed| {
                    feed.pending_backfill = feed.pending_backfill.filter(|_| !is_all);
                    feed.checked_at = now;
                }) else {
                    return Ok(());
                };
                self.record(channel, DeliveryState::Baseline, &known, Some(feed)).await
            }
            Entry::Expire { feed, outgrown } => {
                let feed = self.feed_with(feed, |feed| feed.checked_at = now);
                self.record(channel, DeliveryState::Expired, &outgrown, feed).await
            }
            Entry::Widen(widened) => {
                self.dependencies.ledger.widen(&widened).await?;
                let Some(state) = self.channels.get(&channel) else { return Ok(()) };
                let rows = widened.iter().filter_map(|(id, identities)| {
                    let mut delivery = state.rows.delivery(*id)?.clone();
                    delivery.widen(identities);
                    Some(delivery)
                });
                self.kept.push((channel, Kept::Rows(rows.collect())));
                Ok(())
            }
            Entry::DigestPassed { feed } => match self.feed_with(feed, |feed| feed.digested_at = now) {
                Some(feed) => self.write_feed(feed).await,
                None => Ok(()),
            },
            Entry::Unclaim { post } => self.unclaim(channel, post).await,
            Entry::SplitRefused { feed, rows } => self.claim_split(channel, feed, &rows).await,
            Entry::Outgrown { post } => self.outgrow(channel, post).await,
        }
    }

    async fn outgrow(&mut self, channel: ChannelId, key: PostKey) -> Result<(), LedgerError> {
        let now = self.now();
        let Some(state) = self.channels.get(&channel) else { return Ok(()) };
        let Some(post) = state.rows.post(key) else { return Ok(()) };
        let expired = |row: &Delivery| Delivery { state: DeliveryState::Expired, since: now, ..row.clone() };
        let rows: Vec<Delivery> = state.rows.carried_by(key).map(expired).collect();
        let ids: Vec<DeliveryId> = rows.iter().map(|row| row.id).collect();
        self.dependencies.ledger.record_outcome(post, DeliveryState::Expired, None, &ids, now).await?;
        self.kept.push((channel, Kept::Rows(rows)));
        Ok(())
    }

    /// Saves now and then when the feeds were last checked.
    pub(super) async fn note_checked(&mut self, channel: ChannelId) -> Result<(), LedgerError> {
        let now = self.now();
        let is_long_ago =
            |feed: &&&Feed| now.duration_since(feed.checked_at).as_secs().abs() >= CHECKED_AT_SECONDS;
        let feeds = self.feeds_of(channel);
        let stale: Vec<FeedId> = feeds.iter().filter(is_long_ago).map(|feed| feed.id).collect();
        for feed in stale {
            if let Some(feed) = self.feed_with(feed, |feed| feed.checked_at = now) {
                self.write_feed(feed).await?;
            }
        }
        Ok(())
    }

    /// A feed with a change that is not written yet.
    pub(super) fn feed_with(&self, id: FeedId, change: impl FnOnce(&mut Feed)) -> Option<Feed> {
        let changed = self.kept.iter().rev().find_map(|(_, kept)| match kept {
            Kept::Feed(feed) if feed.id == id => Some(&**feed),
            _ => None,
        });
        let mut feed = changed.or_else(|| self.feeds.get(&id))?.clone();
        change(&mut feed);
        Some(feed)
    }
}
