//! Discord's events about guilds, channels and roles. An event changes the status of feeds, and the worker follows.

use std::collections::HashMap;

use super::Service;
use crate::delivery::change::Task;
use crate::delivery::desk::GuildEvent;
use crate::delivery::ledger::{FeedsOf, LedgerError};
use crate::delivery::send::Sender;
use crate::feed::pause::PauseReason;
use crate::feed::{ChannelKind, Feed, FeedStatus, PendingWork};
use crate::ids::{ChannelId, GuildId};
use crate::shards::Shard;

impl<S: Sender> Service<S> {
    /// Follows an event. If the database is not available, the log says so, and Discord's next refusal or the next session tells
    /// the worker.
    pub(super) async fn follow(&self, event: GuildEvent) {
        match self.write_event(event).await {
            Ok(true) => self.board.announce_change(),
            // Most events change nothing.
            Ok(false) => {}
            Err(error) => {
                tracing::error!(cause = %error, "the database cannot take an event of Discord");
                // The answer to a commit may have been lost.
                self.board.announce_change();
            }
        }
    }

    /// Returns whether the worker has to follow.
    async fn write_event(&self, event: GuildEvent) -> Result<bool, LedgerError> {
        match event {
            GuildEvent::ChannelGone(guild, channel) => {
                let is_meant = |feed: &Feed| feed.channel == channel;
                self.pause_all(guild, is_meant, &PauseReason::ChannelDeleted).await
            }
            GuildEvent::ThreadOpen(guild, thread) => {
                self.change(guild, |feed| match feed.channel == thread {
                    true => feed.status.tried_again(),
                    false => feed.status.clone(),
                })
                .await
            }
            GuildEvent::ThreadGone(guild, thread) => {
                let is_meant = |feed: &Feed| feed.channel == thread;
                self.pause_all(guild, is_meant, &PauseReason::ChannelDeleted).await?;
                self.ledger.add_task(&Task::ThreadGone { guild, thread }).await?;
                Ok(true)
            }
            GuildEvent::RoleGone(guild, role) => {
                let is_meant = |feed: &Feed| feed.settings.mention == Some(role);
                self.pause_all(guild, is_meant, &PauseReason::RoleDeleted).await
            }
            GuildEvent::RolesAre(guild, roles) => {
                let is_meant =
                    |feed: &Feed| feed.settings.mention.is_some_and(|mention| !roles.contains(&mention));
                self.pause_all(guild, is_meant, &PauseReason::RoleDeleted).await
            }
            GuildEvent::ChannelsAre(guild, kinds) => {
                self.follow_kinds(guild, kinds.into_iter().collect()).await
            }
            GuildEvent::PermissionsChanged(guild) => {
                self.change(guild, |feed| feed.status.tried_again()).await
            }
            GuildEvent::GuildJoined(guild) => self.change(guild, |feed| feed.status.rejoined()).await,
            GuildEvent::GuildLeft(guild) => {
                let now = (self.clock)();
                self.change(guild, move |feed| feed.status.left(now)).await
            }
            GuildEvent::GuildsAre(shard, guilds) => self.follow_guilds(shard, &guilds).await,
        }
    }

    async fn pause_all(
        &self,
        guild: GuildId,
        is_meant: impl Fn(&Feed) -> bool + Send + Sync,
        reason: &PauseReason,
    ) -> Result<bool, LedgerError> {
        let changed = |feed: &Feed| {
            let is_paused = is_meant(feed) && !feed.status.is_unreadable();
            let status = if is_paused { feed.status.troubled(reason.clone()) } else { feed.status.clone() };
            Feed { status, ..feed.clone() }
        };
        self.ledger.change_feeds(FeedsOf::Guild(guild), changed).await.map(|changed| !changed.is_empty())
    }

    async fn change(
        &self,
        guild: GuildId,
        status: impl Fn(&Feed) -> FeedStatus + Send + Sync,
    ) -> Result<bool, LedgerError> {
        let changed = |feed: &Feed| Feed { status: status(feed), ..feed.clone() };
        self.ledger.change_feeds(FeedsOf::Guild(guild), changed).await.map(|changed| !changed.is_empty())
    }

    /// These channels belong to this guild. A feed of another guild must not post there.
    async fn follow_kinds(
        &self,
        guild: GuildId,
        kinds: HashMap<ChannelId, ChannelKind>,
    ) -> Result<bool, LedgerError> {
        let channels: Vec<ChannelId> = kinds.keys().copied().collect();
        let changed = |feed: &Feed| match kinds.get(&feed.channel) {
            Some(_) if feed.guild == guild && feed.status.is_unreadable() => feed.clone(),
            Some(kind) if feed.guild == guild => Feed { channel_kind: *kind, ..feed.clone() },
            Some(_) if !feed.status.is_foreign() => {
                let pending =
                    if feed.is_removed() { feed.pending.clone() } else { Some(PendingWork::Separated) };
                Feed { status: feed.status.foreign(), pending, ..feed.clone() }
            }
            _ => feed.clone(),
        };
        self.ledger
            .change_feeds(FeedsOf::Channels(&channels), changed)
            .await
            .map(|changed| !changed.is_empty())
    }

    async fn follow_guilds(&self, shard: Shard, guilds: &[GuildId]) -> Result<bool, LedgerError> {
        let now = (self.clock)();
        let changed = |feed: &Feed| {
            let status = match guilds.contains(&feed.guild) {
                true => feed.status.rejoined(),
                false if shard.has(feed.guild) => feed.status.left(now),
                // Another shard has the guild, maybe in another process.
                false => feed.status.clone(),
            };
            Feed { status, ..feed.clone() }
        };
        self.ledger.change_feeds(FeedsOf::All, changed).await.map(|changed| !changed.is_empty())
    }
}
