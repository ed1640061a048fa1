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

impl<S: Sender> Service<S> {
    /// Follows an event. If the database is not available, the log says so, and Discord's next refusal or the next session tells
    /// the worker.
    pub(super) async fn follow(&self, event: GuildEvent) {
        if let Err(error) = self.write_event(event).await {
            tracing::error!(cause = %error, "the database cannot take an event of Discord");
        }
        self.board.announce_change();
    }

    async fn write_event(&self, event: GuildEvent) -> Result<(), LedgerError> {
        match event {
            GuildEvent::ChannelGone(guild, channel) => {
                let is_meant = |feed: &Feed| feed.channel == channel;
                self.pause_all(guild, is_meant, &PauseReason::ChannelDeleted).await
            }
            GuildEvent::ThreadGone(guild, thread) => {
                self.ledger.add_task(&Task::ThreadGone { guild, thread }).await
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
            GuildEvent::PermissionsChanged(guild) => self.change(guild, FeedStatus::tried_again).await,
            GuildEvent::GuildJoined(guild) => self.change(guild, FeedStatus::rejoined).await,
            GuildEvent::GuildLeft(guild) => {
                let now = (self.clock)();
                self.change(guild, move |status| status.left(now)).await
            }
            GuildEvent::GuildsAre(guilds) => self.follow_guilds(&guilds).await,
        }
    }

    async fn pause_all(
        &self,
        guild: GuildId,
        is_meant: impl Fn(&Feed) -> bool + Send + Sync,
        reason: &PauseReason,
    ) -> Result<(), LedgerError> {
        let changed = |feed: &Feed| {
            let status =
                if is_meant(feed) { feed.status.troubled(reason.clone()) } else { feed.status.clone() };
            Feed { status, ..feed.clone() }
        };
        self.ledger.change_feeds(FeedsOf::Guild(guild), changed).await.map(drop)
    }

    async fn change(
        &self,
        guild: GuildId,
        status: impl Fn(&FeedStatus) -> FeedStatus + Send + Sync,
    ) -> Result<(), LedgerError> {
        let changed = |feed: &Feed| Feed { status: status(&feed.status), ..feed.clone() };
        self.ledger.change_feeds(FeedsOf::Guild(guild), changed).await.map(drop)
    }

    /// These channels belong to this guild. A feed of another guild must not post there.
    async fn follow_kinds(
        &self,
        guild: GuildId,
        kinds: HashMap<ChannelId, ChannelKind>,
    ) -> Result<(), LedgerError> {
        let channels: Vec<ChannelId> = kinds.keys().copied().collect();
        let changed = |feed: &Feed| match kinds.get(&feed.channel) {
            Some(kind) if feed.guild == guild => Feed { channel_kind: *kind, ..feed.clone() },
            Some(_) if !feed.status.is_foreign() => {
                let pending =
                    if feed.is_removed() { feed.pending.clone() } else { Some(PendingWork::Separated) };
                Feed { status: feed.status.foreign(), pending, ..feed.clone() }
            }
            _ => feed.clone(),
        };
        self.ledger.change_feeds(FeedsOf::Channels(&channels), changed).await.map(drop)
    }

    async fn follow_guilds(&self, guilds: &[GuildId]) -> Result<(), LedgerError> {
        let now = (self.clock)();
        let changed = |feed: &Feed| {
            let status = match guilds.contains(&feed.guild) {
                true => feed.status.rejoined(),
                false => feed.status.left(now),
            };
            Feed { status, ..feed.clone() }
        };
        self.ledger.change_feeds(FeedsOf::All, changed).await.map(drop)
    }
}
