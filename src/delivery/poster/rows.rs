//! What moderators decide about single stories: those of unknown outcome, those that Discord refused, those to be taken back.

use jiff::Timestamp;

use super::Poster;
use super::written::Kept;
use crate::card::Fingerprint;
use crate::delivery::desk::{DeskError, ResendFailure};
use crate::delivery::ledger::LedgerError;
use crate::delivery::plan::standing::{Standing, standing};
use crate::delivery::record::{
    Delivery, DeliveryDetails, DeliveryId, DeliveryState, Post, PostKey, PostShape, WithdrawalWord,
};
use crate::delivery::send::Sender;
use crate::feed::{ChannelKind, Feed, FeedId, FeedStatus};
use crate::ids::{ChannelId, GuildId};

/// How many rows are listed that want a moderator's eye, of each state.
const OPEN_ROWS_MAX: usize = 25;

impl<S: Sender> Poster<S> {
    pub(super) async fn open(&mut self, server: GuildId) -> Result<Vec<DeliveryDetails>, DeskError> {
        let (feeds, channels): (Vec<FeedId>, Vec<ChannelId>) =
            self.of_server(server).map(|feed| (feed.id, feed.channel)).unzip();
        let rows = self.tools.ledger.open_rows(&feeds, &channels, OPEN_ROWS_MAX).await;
        rows.map_err(|error| self.trouble(&error))
    }

    /// The feed that looks after a row which waits for a moderator's word: its own, or, where that was removed, another one of the
    /// channel, which can post it. A message of a removed feed stays as it is.
    pub(super) fn looked_after_by(&self, channel: ChannelId, row: &Delivery) -> Option<&Feed> {
        let book = self.channels.get(&channel).map(|state| &state.book);
        let post = book.zip(row.post).and_then(|(book, key)| book.post(key));
        let stands = post.is_some_and(|post| post.message.is_some());
        let others = || self.feeds.values().filter(|feed| feed.channel == channel && !stands);
        let other = || others().min_by_key(|feed| (feed.status != FeedStatus::Active, feed.id));
        self.feeds.get(&row.feed).or_else(other)
    }

    /// The channel of a row of this server that waits for a moderator's word.
    fn open_row(&self, server: GuildId, id: DeliveryId) -> Result<ChannelId, DeskError> {
        let channels = self.channels.iter();
        let found = channels.filter_map(|(channel, state)| Some((*channel, state.book.delivery(id)?)));
        let mut open = found.filter(|(channel, row)| {
            matches!(row.state, DeliveryState::Unknown | DeliveryState::Failed)
                && !row.is_dismissed
                && self.looked_after_by(*channel, row).is_some_and(|feed| feed.server == server)
        });
        let channel = open.next().map(|(channel, _)| channel).ok_or(DeskError::NoSuchDelivery)?;
        // The ledger would take what it does not know yet for what came after.
        let is_written = self.channels.get(&channel).is_none_or(|state| state.unwritten.is_empty());
        if is_written { Ok(channel) } else { Err(DeskError::Database) }
    }

    async fn details(&mut self, id: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        let details = self.tools.ledger.details(&[id]).await.map_err(|error| self.trouble(&error))?;
        details.into_iter().next().ok_or(DeskError::NoSuchDelivery)
    }

    /// Whatever the rules say by now, the story is posted: a moderator wants it. One that stands there, because Discord would not
    /// have it taken back, is taken back if that is still wanted.
    pub(super) async fn resend(
        &mut self,
        server: GuildId,
        id: DeliveryId,
    ) -> Result<DeliveryDetails, DeskError> {
        let channel = self.open_row(server, id)?;
        let details = self.details(id).await?;
        let done = if details.is_refused_withdrawal() {
            self.stand_again(channel, id).await
        } else {
            self.may_be_sent_again(channel, id)?;
            self.resend_now(channel, id).await
        };
        done.map_err(|error| self.trouble(&error))?;
        self.plan_channel(channel).await;
        Ok(details)
    }

    /// Whether the next plan would make the post.
    fn may_be_sent_again(&self, channel: ChannelId, id: DeliveryId) -> Result<(), DeskError> {
        let book = self.channels.get(&channel).map(|state| &state.book);
        let row = book.and_then(|book| Some((book, book.delivery(id)?)));
        let (book, row) = row.ok_or(DeskError::NoSuchDelivery)?;
        let feed = self.looked_after_by(channel, row).ok_or(DeskError::NoSuchDelivery)?;
        if feed.status.is_foreign() {
            return Err(DeskError::ForeignChannel);
        }
        if feed.status != FeedStatus::Active {
            return Err(DeskError::NoResend(ResendFailure::FeedPaused(feed.id)));
        }
        match standing(&self.snapshot, book, row, self.now()) {
            Standing::Told(_) => Ok(()),
            _ => Err(DeskError::NoResend(ResendFailure::NoArticle)),
        }
    }

    async fn resend_now(&mut self, channel: ChannelId, id: DeliveryId) -> Result<(), LedgerError> {
        let now = self.now();
        let row = self.channels.get(&channel).and_then(|state| state.book.delivery(id));
        let Some((row, feed)) = row.and_then(|row| Some((row, self.looked_after_by(channel, row)?))) else {
            return Ok(());
        };
        let post = repeated(feed, self.new_key(channel, feed.id, &format!("again {}", row.id.0)), now);
        let claimed = self.tools.ledger.claim(channel, &post, &[], &[id], now).await?;
        if let Some(state) = self.channels.get_mut(&channel) {
            state.book.enter_post(post);
            claimed.into_iter().for_each(|row| state.book.enter(row));
        }
        Ok(())
    }

    /// Rows of one message are claimed each for a post of its own, which was not tried yet.
    pub(super) async fn set_apart(
        &mut self,
        channel: ChannelId,
        feed: FeedId,
        rows: &[DeliveryId],
    ) -> Result<(), LedgerError> {
        let now = self.now();
        let Some(feed) = self.feeds.get(&feed) else { return Ok(()) };
        for id in rows {
            let post = repeated(feed, self.new_key(channel, feed.id, &format!("again {}", id.0)), now);
            let claimed = self.tools.ledger.claim(channel, &post, &[], &[*id], now).await?;
            self.kept.extend([Kept::Post(Box::new(post)), Kept::Rows(claimed)].map(|kept| (channel, kept)));
        }
        Ok(())
    }

    /// A story stands in its channel as any other that was sent; if it is to be taken back, that needs no further word.
    async fn stand_again(&mut self, channel: ChannelId, id: DeliveryId) -> Result<(), LedgerError> {
        let word = WithdrawalWord::Withdraw;
        let Some(state) = self.channels.get_mut(&channel) else { return Ok(()) };
        let Some(row) = state.book.delivery(id).cloned() else { return Ok(()) };
        let post = row.post.and_then(|key| state.book.post(key));
        let since = post.and_then(|post| post.sent_at).unwrap_or(row.since);
        self.tools.ledger.set_withdrawal_word(&[id], word).await?;
        self.tools.ledger.mark(&[id], DeliveryState::Sent, None, since).await?;
        state.book.enter(Delivery { state: DeliveryState::Sent, since, withdrawal: word, ..row });
        Ok(())
    }

    pub(super) async fn dismiss(
        &mut self,
        server: GuildId,
        id: DeliveryId,
    ) -> Result<DeliveryDetails, DeskError> {
        let channel = self.open_row(server, id)?;
        let details = self.details(id).await?;
        self.tools.ledger.dismiss(id).await.map_err(|error| self.trouble(&error))?;
        if let Some(state) = self.channels.get_mut(&channel)
            && let Some(row) = state.book.delivery(id).cloned()
        {
            state.book.enter(Delivery { is_dismissed: true, ..row });
        }
        Ok(details)
    }

    pub(super) async fn decide_withdrawals(
        &mut self,
        server: GuildId,
        id: FeedId,
        withdraws: bool,
    ) -> Result<usize, DeskError> {
        let channel = self.feed_of(server, id)?.channel;
        let state = self.channels.get(&channel);
        let outlook = state.and_then(|state| state.outlooks.iter().find(|outlook| outlook.feed == id));
        let withheld = outlook.map(|outlook| outlook.withheld.clone()).unwrap_or_default();
        let word = if withdraws { WithdrawalWord::Withdraw } else { WithdrawalWord::Keep };
        let said = self.tools.ledger.set_withdrawal_word(&withheld, word).await;
        said.map_err(|error| self.trouble(&error))?;
        if let Some(state) = self.channels.get_mut(&channel) {
            for row in &withheld {
                if let Some(row) = state.book.delivery(*row).cloned() {
                    state.book.enter(Delivery { withdrawal: word, ..row });
                }
            }
        }
        self.plan_channel(channel).await;
        Ok(withheld.len())
    }
}

/// A post that was not tried yet: nothing of it can be in the channel.
fn repeated(feed: &Feed, key: PostKey, now: Timestamp) -> Post {
    let shape =
        if feed.channel_kind == ChannelKind::Forum { PostShape::ForumPost } else { PostShape::Single };
    let post = super::steps::new_post(feed, key, shape, now, Fingerprint::default());
    Post { uncertain_since: None, attempts: 0, ..post }
}
