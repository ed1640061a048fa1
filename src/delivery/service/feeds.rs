//! What moderators do with feeds. A change holds as soon as it is committed. The worker alone writes baselines, so a change that needs
//! one leaves [`PendingWork`] for it.

use super::{Service, trouble};
use crate::delivery::desk::DeskError;
use crate::delivery::ledger::FeedsOf;
use crate::delivery::send::Sender;
use crate::feed::{FEEDS_PER_GUILD_MAX, Feed, FeedId, FeedSettings, FeedStatus, NewFeed, PendingWork};
use crate::ids::GuildId;

impl<S: Sender> Service<S> {
    /// The feeds of a guild, the oldest first.
    pub(super) async fn list(&self, guild: GuildId) -> Result<Vec<Feed>, DeskError> {
        let feeds = self.ledger.feeds(FeedsOf::Guild(guild)).await.map_err(|error| trouble(&error))?;
        Ok(feeds.into_iter().filter(|feed| !feed.is_removed()).collect())
    }

    pub(super) async fn feed_of(&self, guild: GuildId, feed: FeedId) -> Result<Feed, DeskError> {
        let found = self.ledger.feeds(FeedsOf::Feed(feed)).await.map_err(|error| trouble(&error))?;
        let found = found.into_iter().find(|feed| feed.guild == guild && !feed.is_removed());
        found.ok_or(DeskError::NoSuchFeed)
    }

    /// A feed that may change. A feed in another guild's channel can only be removed.
    pub(super) async fn own_feed_of(&self, guild: GuildId, feed: FeedId) -> Result<Feed, DeskError> {
        let feed = self.feed_of(guild, feed).await?;
        if feed.status.is_foreign() { Err(DeskError::ForeignChannel) } else { Ok(feed) }
    }

    pub(super) async fn is_sending(&self, guild: GuildId, feed: FeedId) -> Result<bool, DeskError> {
        let feed = self.feed_of(guild, feed).await?;
        self.ledger.is_sending(feed.id).await.map_err(|error| trouble(&error))
    }

    pub(super) async fn add(&self, new: &NewFeed) -> Result<Feed, DeskError> {
        self.require_room(new.guild).await?;
        let added = self.ledger.add_feed(new, (self.clock)()).await.map_err(|error| trouble(&error));
        self.board.announce_change();
        added
    }

    async fn require_room(&self, guild: GuildId) -> Result<(), DeskError> {
        let count = self.list(guild).await?.len();
        if count < FEEDS_PER_GUILD_MAX { Ok(()) } else { Err(DeskError::TooManyFeeds(count)) }
    }

    pub(super) async fn add_first(&self, new: &NewFeed) -> Result<Option<Feed>, DeskError> {
        let name = format!("NEWS_CHANNEL_ID {}", new.channel);
        if self.ledger.was_done_once(&name).await.map_err(|error| trouble(&error))? {
            return Ok(None);
        }
        self.require_room(new.guild).await?;
        let added = self.ledger.add_feed_once(&name, new, (self.clock)()).await;
        self.board.announce_change();
        added.map_err(|error| trouble(&error))
    }

    pub(super) async fn edit(
        &self,
        guild: GuildId,
        id: FeedId,
        settings: &FeedSettings,
        backfill: u8,
    ) -> Result<Feed, DeskError> {
        let now = (self.clock)();
        self.change_own(guild, id, |feed| {
            let (old, new) = (&feed.settings.pacing, &settings.pacing);
            // The first digest comes at the new time, without the digests that the new time would have had before.
            let is_digest_moved = new.digest != old.digest || new.zone != old.zone;
            // The baseline of an earlier edit may still be missing.
            let rules = match &feed.pending {
                Some(PendingWork::Edited { rules, .. }) => rules.clone(),
                _ => feed.settings.rules.clone(),
            };
            Feed {
                settings: settings.clone(),
                digested_at: if is_digest_moved { now } else { feed.digested_at },
                // A feed that has not begun still has to post its backfill.
                pending_backfill: feed.pending_backfill.map(|pending| pending.max(backfill)),
                pending: Some(PendingWork::Edited { rules, backfill }),
                ..feed.clone()
            }
        })
        .await
    }

    pub(super) async fn pause(&self, guild: GuildId, id: FeedId) -> Result<Feed, DeskError> {
        self.change_own(guild, id, |feed| Feed {
            status: feed.status.clone().paused_by_moderator(),
            ..feed.clone()
        })
        .await
    }

    pub(super) async fn resume(&self, guild: GuildId, id: FeedId) -> Result<Feed, DeskError> {
        self.change_own(guild, id, |feed| Feed { status: FeedStatus::Active, ..feed.clone() }).await
    }

    pub(super) async fn remove(&self, guild: GuildId, id: FeedId) -> Result<Feed, DeskError> {
        let feed = self.feed_of(guild, id).await?;
        self.change_feed(feed, |feed| Feed { pending: Some(PendingWork::Removed), ..feed.clone() }).await
    }

    async fn change_own(
        &self,
        guild: GuildId,
        id: FeedId,
        changed: impl Fn(&Feed) -> Feed + Send + Sync,
    ) -> Result<Feed, DeskError> {
        let feed = self.own_feed_of(guild, id).await?;
        self.change_feed(feed, changed).await
    }

    /// Changes a feed, unless it was removed or turned out to be foreign meanwhile.
    async fn change_feed(
        &self,
        known: Feed,
        changed: impl Fn(&Feed) -> Feed + Send + Sync,
    ) -> Result<Feed, DeskError> {
        let may_change =
            |feed: &Feed| !feed.is_removed() && feed.status.is_foreign() == known.status.is_foreign();
        let changed = |feed: &Feed| if may_change(feed) { changed(feed) } else { feed.clone() };
        let changed = self.ledger.change_feeds(FeedsOf::Feed(known.id), changed).await;
        self.board.announce_change();
        // A feed that is so already stays as it is.
        Ok(changed.map_err(|error| trouble(&error))?.pop().unwrap_or(known))
    }
}
