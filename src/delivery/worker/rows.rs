//! Decisions of moderators about single deliveries: unknown, failed, or to be withdrawn.

use super::Worker;
use crate::delivery::change::Change;
use crate::delivery::channel_state::ChannelState;
use crate::delivery::desk::{DeskError, ResendFailure};
use crate::delivery::plan::repeated;
use crate::delivery::plan::story_presence::{StoryPresence, story_presence};
use crate::delivery::record::{Delivery, DeliveryDetails, DeliveryId, DeliveryState, WithdrawalWord};
use crate::delivery::send::Sender;
use crate::feed::{FeedId, FeedStatus};
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

    /// The channel of a delivery of this guild that waits for a moderator's decision.
    fn open_row(
        &self,
        guild: GuildId,
        id: DeliveryId,
    ) -> Result<(ChannelId, &ChannelState, &Delivery), DeskError> {
        let states = self.channels.iter().map(|(channel, known)| (*channel, &known.state));
        let mut found = states.filter_map(|(channel, state)| Some((channel, state, state.delivery(id)?)));
        let is_open = |(_, state, row): &(ChannelId, &ChannelState, &Delivery)| {
            matches!(row.state, DeliveryState::Unknown | DeliveryState::Failed)
                && !row.is_dismissed
                && state.responsible_feed(row).is_some_and(|feed| feed.guild == guild)
        };
        found.find(is_open).ok_or(DeskError::NoSuchDelivery)
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
        let (channel, ..) = self.open_row(guild, id)?;
        let details = self.details(id).await?;
        let (_, state, row) = self.open_row(guild, id)?;
        let changes = match details.is_refused_withdrawal() {
            true => stand_again(state, row),
            false => vec![self.sent_again(state, row)?],
        };
        self.act(channel, changes).await?;
        Ok(details)
    }

    /// The claim of a story that the next plan posts again.
    fn sent_again(&self, state: &ChannelState, row: &Delivery) -> Result<Change, DeskError> {
        let feed = state.responsible_feed(row).ok_or(DeskError::NoSuchDelivery)?;
        if feed.status.is_foreign() {
            return Err(DeskError::ForeignChannel);
        }
        if feed.status != FeedStatus::Active {
            return Err(DeskError::NoResend(ResendFailure::FeedPaused(feed.id)));
        }
        match story_presence(&self.snapshot, state, row, self.now()) {
            StoryPresence::Reported(_) => Ok(repeated(feed, row, self.now())),
            _ => Err(DeskError::NoResend(ResendFailure::NoArticle)),
        }
    }

    pub(super) async fn dismiss(
        &mut self,
        guild: GuildId,
        id: DeliveryId,
    ) -> Result<DeliveryDetails, DeskError> {
        let (channel, ..) = self.open_row(guild, id)?;
        let details = self.details(id).await?;
        self.act(channel, vec![Change::Dismiss(id)]).await?;
        Ok(details)
    }

    pub(super) async fn decide_withdrawals(
        &mut self,
        guild: GuildId,
        id: FeedId,
        withdraws: bool,
    ) -> Result<usize, DeskError> {
        let channel = self.feed_of(guild, id)?.channel;
        let known = self.channels.get(&channel);
        let forecast = known.and_then(|known| known.forecasts.iter().find(|forecast| forecast.feed == id));
        let deliveries = forecast.map(|forecast| forecast.withheld.clone()).unwrap_or_default();
        let word = if withdraws { WithdrawalWord::Withdraw } else { WithdrawalWord::Keep };
        let count = deliveries.len();
        self.act(channel, vec![Change::Decide { deliveries, word }]).await?;
        Ok(count)
    }
}

/// The changes that make a delivery a sent one again. If its story still has to be withdrawn, no further decision
/// is needed.
fn stand_again(state: &ChannelState, row: &Delivery) -> Vec<Change> {
    let sent_at = row.post.and_then(|key| state.post(key)).and_then(|post| post.sent_at);
    let (deliveries, word) = (vec![row.id], WithdrawalWord::Withdraw);
    let settled = Change::Settle {
        deliveries: deliveries.clone(),
        state: DeliveryState::Sent,
        reason: None,
        since: sent_at.unwrap_or(row.since),
    };
    vec![Change::Decide { deliveries, word }, settled]
}
