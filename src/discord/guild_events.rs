//! Forwards the gateway's events about guilds, channels and roles to the feeds, and keeps the list of channels up to date.
//!
//! An event is only recorded, so no task of the gateway waits while the database blocks the feeds. One consumer,
//! `GuildEvents::forward`, notifies the feeds. Pending events of the same guild are merged into one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::channel_list::GatewayChannel;
use super::channel_lookup::Channels;
use super::guilds::Guilds;
use super::state::State;
use crate::delivery::desk::{Desk, GuildEvent};
use crate::ids::{ChannelId, GuildId, RoleId};

/// The most pending deletions. For a further deletion, the bot fetches the roles of the guild from Discord instead. A feed notices
/// a further deleted channel or thread when Discord refuses its next request.
const DELETIONS_MAX: usize = 1_000;

/// Records the events of all shards.
pub struct GuildEvents {
    state: Arc<State>,
    pending: Mutex<PendingEvents>,
    has_pending: Notify,
}

/// The guilds of the bot, and the events that the feeds do not know yet.
#[derive(Default)]
struct PendingEvents {
    guilds: Guilds,
    /// All guilds of the bot, when every shard has sent its list.
    session: Option<Vec<GuildId>>,
    /// At most one entry for each guild of the bot.
    changed: BTreeMap<GuildId, ChangedGuild>,
    deleted: VecDeque<Deletion>,
    /// Guilds with deletions beyond [`DELETIONS_MAX`].
    overflowed: BTreeSet<GuildId>,
}

/// The changes of a guild. Its channels are in the list of channels.
#[derive(Debug, Default)]
struct ChangedGuild {
    /// Whether the bot joined (`true`) or left (`false`).
    is_there: Option<bool>,
    /// All roles, if an event listed them.
    roles: Option<Vec<RoleId>>,
    /// Whether a channel, or the bot's permissions, may have changed.
    permissions: bool,
}

#[derive(Debug, Clone, Copy)]
enum Deletion {
    Channel(GuildId, ChannelId),
    Thread(GuildId, ChannelId),
    Role(GuildId, RoleId),
}

impl Deletion {
    fn guild(self) -> GuildId {
        match self {
            Self::Channel(guild, _) | Self::Thread(guild, _) | Self::Role(guild, _) => guild,
        }
    }
}

#[derive(Debug)]
enum NextEvent {
    Session(Vec<GuildId>),
    Guild(GuildId, ChangedGuild),
    Deletion(Deletion),
    Overflow(GuildId),
}

impl GuildEvents {
    /// `state` has the desk of the feeds, and the lists to update.
    #[must_use]
    pub fn new(state: Arc<State>) -> Self {
        Self { state, pending: Mutex::default(), has_pending: Notify::new() }
    }

    /// Whether the bot is in this guild, as far as the gateway's events show.
    #[must_use]
    pub(super) fn is_in(&self, guild: GuildId) -> bool {
        self.pending().guilds.has(guild)
    }

    /// A session of a shard began, with the list of the shard's guilds. When every shard has sent its list, the bot has left each
    /// guild that is on none of the lists.
    pub(super) fn session_begins(&self, shard: u32, shards: u32, guilds: impl Iterator<Item = GuildId>) {
        self.record(|pending| {
            let Some(all) = pending.guilds.session_begins(shard, shards, guilds) else { return };
            // The lists are newer than earlier events about joined and left guilds.
            pending.changed.values_mut().for_each(|changed| changed.is_there = None);
            self.state.guild_languages().keep(|guild| all.binary_search(&guild).is_ok());
            pending.session = Some(all);
        });
    }

    /// A guild has this locale.
    pub(super) fn locale_is(&self, guild: GuildId, locale: &str) {
        self.state.guild_languages().note(guild, locale);
    }

    /// A guild became available: at the start of a session, after an outage, or because somebody added the bot. The event lists
    /// all channels and roles. Earlier events about deleted roles, changed channels and changed permissions may be lost, so the
    /// feeds check all of them.
    pub(super) fn guild_created<'a>(
        &self,
        shard: u32,
        guild: GuildId,
        channels: impl IntoIterator<Item = GatewayChannel<'a>>,
        roles: Vec<RoleId>,
    ) {
        let channels: Vec<GatewayChannel<'a>> = channels.into_iter().collect();
        self.state.channel_list().replace(guild, &channels);
        self.record(|pending| {
            let is_new = pending.guilds.joins(shard, guild);
            let changed = pending.changed.entry(guild).or_default();
            if is_new {
                changed.is_there = Some(true);
            }
            (changed.roles, changed.permissions) = (Some(roles), true);
        });
    }

    /// The bot was removed from a guild.
    pub(super) fn guild_deleted(&self, guild: GuildId) {
        self.state.channel_list().forget_guild(guild);
        self.state.guild_languages().keep(|kept| kept != guild);
        self.record(|pending| {
            pending.guilds.leaves(guild);
            // Earlier changes of this guild no longer matter.
            let left = ChangedGuild { is_there: Some(false), ..ChangedGuild::default() };
            pending.changed.insert(guild, left);
        });
    }

    /// A channel was created.
    pub(super) fn channel_created(&self, guild: GuildId, channel: GatewayChannel<'_>) {
        self.state.channel_list().note(guild, [channel]);
    }

    /// The name, the type or the permissions of a channel changed.
    pub(super) fn channel_updated(&self, guild: GuildId, channel: GatewayChannel<'_>) {
        self.state.channel_list().note(guild, [channel]);
        self.permissions_changed(guild);
    }

    /// A channel was deleted.
    pub(super) fn channel_deleted(&self, guild: GuildId, channel: ChannelId) {
        self.state.channel_list().forget(guild, channel);
        self.record(|pending| pending.delete(Deletion::Channel(guild, channel)));
    }

    /// A thread was deleted.
    pub(super) fn thread_deleted(&self, guild: GuildId, thread: ChannelId) {
        self.record(|pending| pending.delete(Deletion::Thread(guild, thread)));
    }

    /// A role was deleted, and the bot may have lost the permissions of the role.
    pub(super) fn role_deleted(&self, guild: GuildId, role: RoleId) {
        self.record(|pending| pending.delete(Deletion::Role(guild, role)));
        self.permissions_changed(guild);
    }

    /// The bot's permissions in a guild may have changed.
    pub(super) fn permissions_changed(&self, guild: GuildId) {
        self.record(|pending| pending.changed.entry(guild).or_default().permissions = true);
    }

    /// Notifies the feeds of pending events, one after the other, without end.
    pub(super) async fn forward(&self, discord: &impl Channels) -> Infallible {
        loop {
            self.forward_pending(discord).await;
            self.has_pending.notified().await;
        }
    }

    async fn forward_pending(&self, discord: &impl Channels) {
        let Some(desk) = self.state.desk() else { return };
        while let Some(next) = self.next() {
            self.notify(next, desk, discord).await;
        }
    }

    async fn notify(&self, next: NextEvent, desk: &Desk, discord: &impl Channels) {
        match next {
            NextEvent::Session(guilds) => desk.tell(GuildEvent::GuildsAre(guilds)).await,
            NextEvent::Guild(guild, changed) => self.notify_guild(guild, changed, desk).await,
            NextEvent::Deletion(Deletion::Channel(guild, channel)) => {
                desk.tell(GuildEvent::ChannelGone(guild, channel)).await;
            }
            NextEvent::Deletion(Deletion::Thread(guild, thread)) => {
                desk.tell(GuildEvent::ThreadGone(guild, thread)).await;
            }
            NextEvent::Deletion(Deletion::Role(guild, role)) => {
                desk.tell(GuildEvent::RoleGone(guild, role)).await;
            }
            NextEvent::Overflow(guild) => match discord.roles(guild).await {
                Ok(roles) => desk.tell(GuildEvent::RolesAre(guild, roles)).await,
                Err(cause) => tracing::warn!(server = %guild, cause, "the roles of a server cannot be read"),
            },
        }
    }

    async fn notify_guild(&self, guild: GuildId, changed: ChangedGuild, desk: &Desk) {
        match changed.is_there {
            Some(true) => desk.tell(GuildEvent::GuildJoined(guild)).await,
            Some(false) => desk.tell(GuildEvent::GuildLeft(guild)).await,
            None => {}
        }
        if let Some(roles) = changed.roles {
            desk.tell(GuildEvent::RolesAre(guild, roles)).await;
        }
        if changed.permissions {
            desk.tell(GuildEvent::ChannelsAre(guild, self.state.channel_list().feed_channels(guild))).await;
            desk.tell(GuildEvent::PermissionsChanged(guild)).await;
        }
    }

    fn next(&self) -> Option<NextEvent> {
        let mut pending = self.pending();
        if let Some(guilds) = pending.session.take() {
            return Some(NextEvent::Session(guilds));
        }
        if let Some((guild, changed)) = pending.changed.pop_first() {
            return Some(NextEvent::Guild(guild, changed));
        }
        let deleted = pending.deleted.pop_front().map(NextEvent::Deletion);
        deleted.or_else(|| pending.overflowed.pop_first().map(NextEvent::Overflow))
    }

    fn record(&self, change: impl FnOnce(&mut PendingEvents)) {
        change(&mut self.pending());
        self.has_pending.notify_one();
    }

    fn pending(&self) -> MutexGuard<'_, PendingEvents> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PendingEvents {
    fn delete(&mut self, deleted: Deletion) {
        if self.deleted.len() < DELETIONS_MAX {
            self.deleted.push_back(deleted);
        } else {
            self.overflowed.insert(deleted.guild());
        }
    }
}

#[cfg(test)]
mod tests;
