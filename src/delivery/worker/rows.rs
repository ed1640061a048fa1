//! Decisions of moderators about single deliveries: unknown, failed, or to be withdrawn.

use jiff::Timestamp;

use super::Worker;
use super::written::Kept;
use crate::card::Fingerprint;
use crate::delivery::desk::{DeskError, ResendFailure};
use crate::delivery::ledger::LedgerError;
use crate::delivery::plan::story_presence::{StoryPresence, story_presence};
use crate::delivery::record::{
    Delivery, DeliveryDetails, DeliveryId, DeliveryState, Post, PostKey, PostShape, WithdrawalWord,
};
use crate::delivery::send::Sender;
use crate::feed::{ChannelKind, Feed, FeedId, FeedStatus};
use crate::ids::{ChannelId, GuildId};

/// How many deliveries of each state are listed.
const OPEN_ROWS_MAX: usize = 25;

impl<S: Sender> Worker<S> {
    pub(super) async fn open(&mut self, guild: GuildId) -> Result<Vec<DeliveryDetails>, DeskError> {
        let (feeds, channels): (Vec<FeedId>, Vec<ChannelId>) =
            self.of_guild(guild).map(|feed| (feed.id, feed.channel)).unzip();
        let rows = self.dependencies.ledger.open_rows(&feeds, &channels, OPEN_ROWS_MAX).await;
        rows.map_err(|error| self.trouble(&error))
    }

    /// The feed that is responsible for a delivery that waits for a decision: its own feed, or after the
    /// removal of that feed another feed of the channel. A message of a removed feed stays as it is, so such
    /// a delivery has no responsible feed.
    pub(super) fn responsible_feed(&self, channel: ChannelId, row: &Delivery) -> Option<&Feed> {
        let rows = self.channels.get(&channel).map(|state| &state.rows);
        let post = rows.zip(row.post).and_then(|(rows, key)| rows.post(key));
        let stands = post.is_some_and(|post| post.message.is_some());
        let others = || self.feeds.values().filter(|feed| feed.channel == channel && !stands);
        let other = || others().min_by_key(|feed| (feed.status != FeedStatus::Active, feed.id));
        self.feeds.get(&row.feed).or_else(other)
    }

    /// The channel of a delivery of this guild that waits for a moderator's decision.
    fn open_row(&self, guild: GuildId, id: DeliveryId) -> Result<ChannelId, DeskError> {
        let channels = self.channels.iter();
        let found = channels.filter_map(|(channel, state)| Some((*channel, state.rows.delivery(id)?)));
        let mut open = found.filter(|(channel, row)| {
            matches!(row.state, DeliveryState::Unknown | DeliveryState::Failed)
                && !row.is_dismissed
                && self.responsible_feed(*channel, row).is_some_and(|feed| feed.guild == guild)
        });
        let channel = open.next().map(|(channel, _)| channel).ok_or(DeskError::NoSuchDelivery)?;
        // Otherwise the ledger would write an earlier outcome after the decision.
        let is_written = self.channels.get(&channel).is_none_or(|state| state.unwritten.is_empty());
        if is_written { Ok(channel) } else { Err(DeskError::Database) }
    }

    async fn details(&mut self, id: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        let details = self.dependencies.ledger.details(&[id]).await.map_err(|error| self.trouble(&error))?;
        details.into_iter().next().ok_or(DeskError::NoSuchDelivery)
    }

    /// Posts the story again, whatever the rules say now, because a moderator asks for it. If Discord refused
    /// to withdraw the story, the withdrawal is tried again instead.
    pub(super) async fn resend(
        &mut self,
        guild: GuildId,
        id: DeliveryId,
    ) -> Result<DeliveryDetails, DeskError> {
        let channel = self.open_row(guild, id)?;
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
        let rows = self.channels.get(&channel).map(|state| &state.rows);
        let row = rows.and_then(|rows| Some((rows, rows.delivery(id)?)));
        let (rows, row) = row.ok_or(DeskError::NoSuchDelivery)?;
        let feed = self.responsible_feed(channel, row).ok_or(DeskError::NoSuchDelivery)?;
        if feed.status.is_foreign() {
            return Err(DeskError::ForeignChannel);
        }
        if feed.status != FeedStatus::Active {
            return Err(DeskError::NoResend(ResendFailure::FeedPaused(feed.id)));
        }
        match story_presence(&self.snapshot, rows, row, self.now()) {
            StoryPresence::Reported(_) => Ok(()),
            _ => Err(DeskError::NoResend(ResendFailure::NoArticle)),
        }
    }

    async fn resend_now(&mut self, channel: ChannelId, id: DeliveryId) -> Result<(), LedgerError> {
        let now = self.now();
        let row = self.channels.get(&channel).and_then(|state| state.rows.delivery(id));
        let Some((row, feed)) = row.and_then(|row| Some((row, self.responsible_feed(channel, row)?))) else {
            return Ok(());
        };
        let post = repeated(feed, self.new_key(channel, feed.id, &format!("again {}", row.id.0)), now);
        let claimed = self.dependencies.ledger.claim(channel, &post, &[], &[id], now).await?;
        if let Some(state) = self.channels.get_mut(&channel) {
            state.rows.enter_post(post);
            claimed.into_iter().for_each(|row| state.rows.enter(row));
        }
        Ok(())
    }

    /// Claims each story of a refused message for a post of its own.
    pub(super) async fn claim_split(
        &mut self,
        channel: ChannelId,
        feed: FeedId,
        rows: &[DeliveryId],
    ) -> Result<(), LedgerError> {
        let now = self.now();
        let Some(feed) = self.feeds.get(&feed) else { return Ok(()) };
        for id in rows {
            let post = repeated(feed, self.new_key(channel, feed.id, &format!("again {}", id.0)), now);
            let claimed = self.dependencies.ledger.claim(channel, &post, &[], &[*id], now).await?;
            self.kept.extend([Kept::Post(Box::new(post)), Kept::Rows(claimed)].map(|kept| (channel, kept)));
        }
        Ok(())
    }

    /// Makes the delivery a sent one again. If its story still has to be withdrawn, no further decision is
    /// needed.
    async fn stand_again(&mut self, channel: ChannelId, id: DeliveryId) -> Result<(), LedgerError> {
        let word = WithdrawalWord::Withdraw;
        let Some(state) = self.channels.get_mut(&channel) else { return Ok(()) };
        let Some(row) = state.rows.delivery(id).cloned() else { return Ok(()) };
        let post = row.post.and_then(|key| state.rows.post(key));
        let since = post.and_then(|post| post.sent_at).unwrap_or(row.since);
        self.dependencies.ledger.set_withdrawal_word(&[id], word).await?;
        self.dependencies.ledger.mark(&[id], DeliveryState::Sent, None, since).await?;
        state.rows.enter(Delivery { state: DeliveryState::Sent, since, withdrawal: word, ..row });
        Ok(())
    }

    pub(super) async fn dismiss(
        &mut self,
        guild: GuildId,
        id: DeliveryId,
    ) -> Result<DeliveryDetails, DeskError> {
        let channel = self.open_row(guild, id)?;
        let details = self.details(id).await?;
        self.dependencies.ledger.dismiss(id).await.map_err(|error| self.trouble(&error))?;
        if let Some(state) = self.channels.get_mut(&channel)
            && let Some(row) = state.rows.delivery(id).cloned()
        {
            state.rows.enter(Delivery { is_dismissed: true, ..row });
        }
        Ok(details)
    }

    pub(super) async fn decide_withdrawals(
        &mut self,
        guild: GuildId,
        id: FeedId,
        withdraws: bool,
    ) -> Result<usize, DeskError> {
        let channel = self.feed_of(guild, id)?.channel;
        let state = self.channels.get(&channel);
        let forecast = state.and_then(|state| state.forecasts.iter().find(|forecast| forecast.feed == id));
        let withheld = forecast.map(|forecast| forecast.withheld.clone()).unwrap_or_default();
        let word = if withdraws { WithdrawalWord::Withdraw } else { WithdrawalWord::Keep };
        let said = self.dependencies.ledger.set_withdrawal_word(&withheld, word).await;
        said.map_err(|error| self.trouble(&error))?;
        if let Some(state) = self.channels.get_mut(&channel) {
            for row in &withheld {
                if let Some(row) = state.rows.delivery(*row).cloned() {
                    state.rows.enter(Delivery { withdrawal: word, ..row });
                }
            }
        }
        self.plan_channel(channel).await;
        Ok(withheld.len())
    }
}

/// A post without an attempt. Discord certainly has no such message.
fn repeated(feed: &Feed, key: PostKey, now: Timestamp) -> Post {
    let shape =
        if feed.channel_kind == ChannelKind::Forum { PostShape::ForumPost } else { PostShape::Single };
    let post = super::steps::new_post(feed, key, shape, now, Fingerprint::default());
    Post { uncertain_since: None, attempts: 0, ..post }
}
