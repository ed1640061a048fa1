//! What is written down, in the ledger first and then in the book: memory never knows more than the disk, but for what
//! happened while the disk could not be written.

use super::{LOOKED_AT_SECONDS, Poster};
use crate::delivery::ledger::{LedgerError, Unclaimed};
use crate::delivery::plan::Entry;
use crate::delivery::record::{Delivery, DeliveryId, DeliveryState, NewDelivery, Post, PostKey};
use crate::delivery::send::Sender;
use crate::feed::{Feed, FeedId};

/// Something that happened, and has to be written down.
#[derive(Debug, Clone)]
pub(super) enum Write {
    /// What became of a post and of the stories that it carries.
    Settle {
        /// As it is now.
        post: Box<Post>,
        /// What the stories are now.
        state: DeliveryState,
        /// Why, in words.
        reason: Option<String>,
        /// Which stories.
        deliveries: Vec<DeliveryId>,
    },
    /// A post changed; its stories did not.
    Post(Box<Post>),
    /// A post changed, and its stories stand as before: what Discord refused of it, in words.
    Note {
        /// As it is now.
        post: Box<Post>,
        /// The words.
        reason: String,
    },
    /// It is certain that a post is not there: its stories are due again.
    Unclaim(PostKey),
    /// A feed changed: it is saved as it is by then.
    Feed(FeedId),
}

impl<S: Sender> Poster<S> {
    /// Notes what happened. It is written down before anything else happens in the channel.
    pub(super) fn happened(&mut self, channel: u64, writes: impl IntoIterator<Item = Write>) {
        let state = self.channels.entry(channel).or_default();
        state.unwritten.extend(writes);
        state.is_to_be_planned = true;
    }

    pub(super) async fn write_unwritten(&mut self, channel: u64) -> Result<(), LedgerError> {
        while let Some(write) = self.channels.get(&channel).and_then(|state| state.unwritten.front()).cloned()
        {
            self.write(channel, write).await?;
            if let Some(state) = self.channels.get_mut(&channel) {
                state.unwritten.pop_front();
            }
        }
        Ok(())
    }

    async fn write(&mut self, channel: u64, write: Write) -> Result<(), LedgerError> {
        let now = self.now();
        let ledger = &self.tools.ledger;
        match write {
            Write::Settle { post, state, reason, deliveries } => {
                ledger.settle(&post, state, reason.as_deref(), &deliveries, now).await?;
                let book = &mut self.channels.entry(channel).or_default().book;
                book.enter_post(*post);
                for id in deliveries {
                    if let Some(delivery) = book.delivery(id).cloned() {
                        book.enter(Delivery { state, since: now, ..delivery });
                    }
                }
            }
            Write::Post(post) => {
                ledger.save_post(&post).await?;
                self.channels.entry(channel).or_default().book.enter_post(*post);
            }
            Write::Note { post, reason } => {
                let book = self.channels.get(&channel).map(|state| &state.book);
                let carried = book.into_iter().flat_map(|book| book.carried_by(post.key));
                let sent: Vec<_> = carried.filter(|delivery| delivery.state == DeliveryState::Sent).collect();
                let ids: Vec<DeliveryId> = sent.iter().map(|delivery| delivery.id).collect();
                // They were sent when they were.
                let since = sent.first().map_or(now, |delivery| delivery.since);
                ledger.settle(&post, DeliveryState::Sent, Some(&reason), &ids, since).await?;
                self.channels.entry(channel).or_default().book.enter_post(*post);
            }
            Write::Unclaim(key) => {
                let Unclaimed { gone, restored } = ledger.unclaim(key, now).await?;
                let book = &mut self.channels.entry(channel).or_default().book;
                gone.into_iter().for_each(|id| book.forget(id));
                restored.into_iter().for_each(|delivery| book.enter(delivery));
                if book.carried_by(key).next().is_none() {
                    book.forget_post(key);
                }
            }
            Write::Feed(id) => {
                if let Some(feed) = self.feeds.get(&id) {
                    ledger.save_feed(feed).await?;
                }
            }
        }
        Ok(())
    }

    /// Saves a feed that is still there.
    pub(super) async fn write_feed(&mut self, feed: Feed) -> Result<(), LedgerError> {
        if self.feeds.contains_key(&feed.id) {
            self.tools.ledger.save_feed(&feed).await?;
            self.feeds.insert(feed.id, feed);
        }
        Ok(())
    }

    /// Enters rows that never had a message.
    pub(super) async fn record(
        &mut self,
        channel: u64,
        state: DeliveryState,
        deliveries: &[NewDelivery],
        reason: Option<&str>,
        feed: Option<Feed>,
    ) -> Result<(), LedgerError> {
        let now = self.now();
        let entered =
            self.tools.ledger.record(channel, state, deliveries, reason, feed.as_ref(), now).await?;
        let book = &mut self.channels.entry(channel).or_default().book;
        for delivery in entered {
            book.enter(delivery);
        }
        if let Some(feed) = feed {
            self.feeds.insert(feed.id, feed);
        }
        Ok(())
    }

    pub(super) async fn write_entry(&mut self, channel: u64, entry: Entry) -> Result<(), LedgerError> {
        let now = self.now();
        match entry {
            Entry::Begin { feed, known } => {
                let Some(feed) = self.feed_with(feed, |feed| {
                    feed.pending_backfill = None;
                    feed.looked_at = now;
                }) else {
                    return Ok(());
                };
                self.record(channel, DeliveryState::Baseline, &known, None, Some(feed)).await
            }
            Entry::Expire { feed, outgrown } => {
                let feed = self.feed_with(feed, |feed| feed.looked_at = now);
                self.record(channel, DeliveryState::Expired, &outgrown, None, feed).await
            }
            Entry::Widen(widened) => {
                self.tools.ledger.widen(&widened).await?;
                let book = &mut self.channels.entry(channel).or_default().book;
                for (id, identities) in widened {
                    if let Some(mut delivery) = book.delivery(id).cloned() {
                        delivery.widen(&identities);
                        book.enter(delivery);
                    }
                }
                Ok(())
            }
            Entry::DigestPassed { feed } => match self.feed_with(feed, |feed| feed.digested_at = now) {
                Some(feed) => self.write_feed(feed).await,
                None => Ok(()),
            },
            Entry::Unclaim { post } => self.write(channel, Write::Unclaim(post)).await,
            Entry::Outgrown { post: key } => {
                let Some(state) = self.channels.get(&channel) else { return Ok(()) };
                let Some(post) = state.book.post(key).cloned() else { return Ok(()) };
                let deliveries = state.book.carried_by(key).map(|delivery| delivery.id).collect();
                let state = DeliveryState::Expired;
                self.write(channel, Write::Settle { post: Box::new(post), state, reason: None, deliveries })
                    .await
            }
        }
    }

    /// Keeps now and then when feeds were last looked through.
    pub(super) async fn note_looked_at(&mut self, channel: u64) -> Result<(), LedgerError> {
        let now = self.now();
        let is_long_ago =
            |feed: &&&Feed| now.duration_since(feed.looked_at).as_secs().abs() >= LOOKED_AT_SECONDS;
        let feeds = self.feeds_of(channel);
        let stale: Vec<FeedId> = feeds.iter().filter(is_long_ago).map(|feed| feed.id).collect();
        for feed in stale {
            if let Some(feed) = self.feed_with(feed, |feed| feed.looked_at = now) {
                self.write_feed(feed).await?;
            }
        }
        Ok(())
    }

    /// A feed as it would be with a change.
    pub(super) fn feed_with(&self, id: FeedId, change: impl FnOnce(&mut Feed)) -> Option<Feed> {
        let mut feed = self.feeds.get(&id)?.clone();
        change(&mut feed);
        Some(feed)
    }
}
