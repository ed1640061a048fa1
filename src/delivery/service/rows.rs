//! Decisions of moderators about single deliveries: unknown, failed, or to be withdrawn.

use super::view::View;
use super::{Service, trouble};
use crate::article_key::ArticleKey;
use crate::delivery::change::{Change, Task};
use crate::delivery::channel_state::ChannelState;
use crate::delivery::desk::{DeskError, PostFailure, ResendFailure};
use crate::delivery::ledger::FeedsOf;
use crate::delivery::plan::repeated;
use crate::delivery::plan::story_presence::{StoryPresence, story_presence};
use crate::delivery::record::{Delivery, DeliveryDetails, DeliveryId, DeliveryState, WithdrawalWord};
use crate::delivery::send::Sender;
use crate::feed::{Feed, FeedId, FeedStatus};
use crate::ids::{ChannelId, GuildId};

/// How many deliveries of each state are listed.
const OPEN_ROWS_MAX: usize = 25;

impl<S: Sender> Service<S> {
    pub(super) async fn open(&self, guild: GuildId) -> Result<Vec<DeliveryDetails>, DeskError> {
        let feeds = self.ledger.feeds(FeedsOf::Guild(guild)).await.map_err(|error| trouble(&error))?;
        let feeds = feeds.iter().filter(|feed| !feed.is_removed());
        let (feeds, channels): (Vec<FeedId>, Vec<ChannelId>) =
            feeds.map(|feed| (feed.id, feed.channel)).unzip();
        let rows = self.ledger.open_rows(&feeds, &channels, OPEN_ROWS_MAX).await;
        rows.map_err(|error| trouble(&error))
    }

    /// Checks what can be checked, and leaves the post to the worker.
    pub(super) async fn post(
        &self,
        guild: GuildId,
        feed: FeedId,
        article: ArticleKey,
    ) -> Result<Feed, DeskError> {
        let feed = self.own_feed_of(guild, feed).await?;
        let current = self.current.borrow().clone();
        let snapshot = self.snapshots.of(&current.collection).await;
        let position = snapshot.position(article);
        let visible = position.filter(|at| current.collection.is_visible(*at, (self.clock)()));
        let position = visible.ok_or(DeskError::NoPost(PostFailure::NotVisible))?;
        if snapshot.article(article).is_none_or(|article| article.usable_link().is_none()) {
            return Err(DeskError::NoPost(PostFailure::NoLink));
        }
        let known = self.ledger.known(&[feed.channel], &snapshot.story_hashes(position)).await;
        let mut state = ChannelState::default();
        let known = known.map_err(|error| trouble(&error))?;
        known.deliveries.into_iter().for_each(|(_, row)| state.enter(row));
        let members = snapshot.members(position).filter_map(|at| snapshot.identity(at));
        match state.known_as(&snapshot, members).map(|row| (row.state, row.is_dismissed)) {
            Some((DeliveryState::Sent | DeliveryState::Sending, _)) => {
                return Err(DeskError::NoPost(PostFailure::Stands));
            }
            Some((DeliveryState::Failed | DeliveryState::Unknown, false)) => {
                return Err(DeskError::NoPost(PostFailure::Open));
            }
            _ => {}
        }
        let asked = self.ledger.add_task(&Task::Post { feed: feed.id, article }).await;
        self.board.announce_change();
        asked.map_err(|error| trouble(&error))?;
        Ok(feed)
    }

    async fn details(&self, id: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        let details = self.ledger.details(&[id]).await.map_err(|error| trouble(&error))?;
        details.into_iter().next().ok_or(DeskError::NoSuchDelivery)
    }

    /// Posts the story again, whatever the rules say now, because a moderator asks for it. If Discord refused
    /// to withdraw the story, the withdrawal is tried again instead.
    pub(super) async fn resend(&self, guild: GuildId, id: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        let view = self.view(guild).await.map_err(|error| trouble(&error))?;
        let (channel, state, row, feed) = view.open_row(id)?;
        let details = self.details(id).await?;
        let changes = match details.is_refused_withdrawal() {
            true => stand_again(state, row),
            false => vec![view.sent_again(state, row, feed)?],
        };
        self.decide((channel, feed.id), Some(id), &changes).await?;
        Ok(details)
    }

    pub(super) async fn dismiss(&self, guild: GuildId, id: DeliveryId) -> Result<DeliveryDetails, DeskError> {
        let view = self.view(guild).await.map_err(|error| trouble(&error))?;
        let (channel, _, _, feed) = view.open_row(id)?;
        let details = self.details(id).await?;
        self.decide((channel, feed.id), Some(id), &[Change::Dismiss(id)]).await?;
        Ok(details)
    }

    pub(super) async fn decide_withdrawals(
        &self,
        guild: GuildId,
        id: FeedId,
        withdraws: bool,
    ) -> Result<usize, DeskError> {
        let view = self.view(guild).await.map_err(|error| trouble(&error))?;
        let channel = view.feeds().find(|feed| feed.id == id).ok_or(DeskError::NoSuchFeed)?.channel;
        let forecasts = view.channels.get(&channel).into_iter().flat_map(|channel| &channel.forecasts);
        let own = forecasts.filter(|forecast| forecast.feed == id);
        let deliveries: Vec<DeliveryId> = own.flat_map(|forecast| &forecast.withheld).copied().collect();
        let word = if withdraws { WithdrawalWord::Withdraw } else { WithdrawalWord::Keep };
        let count = deliveries.len();
        self.decide((channel, id), None, &[Change::Decide { deliveries, word }]).await?;
        Ok(count)
    }

    async fn decide(
        &self,
        place: (ChannelId, FeedId),
        open: Option<DeliveryId>,
        changes: &[Change],
    ) -> Result<(), DeskError> {
        let decided = self.ledger.decide(place, open, changes).await;
        self.board.announce_change();
        match decided.map_err(|error| trouble(&error))? {
            true => Ok(()),
            false => Err(DeskError::NoSuchDelivery),
        }
    }
}

impl View {
    /// A delivery of this guild that waits for a moderator's decision, and the feed that is responsible for it.
    fn open_row(&self, id: DeliveryId) -> Result<(ChannelId, &ChannelState, &Delivery, &Feed), DeskError> {
        let channels = self.channels.iter().map(|(channel, viewed)| (*channel, &viewed.state));
        let mut found = channels.filter_map(|(channel, state)| {
            let row = state.delivery(id)?;
            let is_open = matches!(row.state, DeliveryState::Unknown | DeliveryState::Failed);
            let feed = state.responsible_feed(row).filter(|feed| feed.guild == self.guild)?;
            (is_open && !row.is_dismissed).then_some((channel, state, row, feed))
        });
        found.next().ok_or(DeskError::NoSuchDelivery)
    }

    /// The claim of a story that the next plan posts again.
    fn sent_again(&self, state: &ChannelState, row: &Delivery, feed: &Feed) -> Result<Change, DeskError> {
        if feed.status.is_foreign() {
            return Err(DeskError::ForeignChannel);
        }
        if feed.status != FeedStatus::Active {
            return Err(DeskError::NoResend(ResendFailure::FeedPaused(feed.id)));
        }
        match story_presence(&self.snapshot, state, row, self.now) {
            StoryPresence::Reported(_) => Ok(repeated(feed, row, self.now)),
            _ => Err(DeskError::NoResend(ResendFailure::NoArticle)),
        }
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
