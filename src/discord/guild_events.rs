//! What the gateway tells of guilds, channels and roles, passed on to whom it concerns: the feeds, and the list of channels.
//!
//! An event is only noted, which takes no time: while the database blocks the feeds, no task waits for them. One consumer,
//! [`GuildEvents::pass_on`], tells the feeds. Events of one guild that were not told yet become one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::channel_list::GatewayChannel;
use super::channel_lookup::Channels;
use super::guilds::Guilds;
use super::state::State;
use crate::delivery::desk::Desk;
use crate::ids::{ChannelId, GuildId, RoleId};

/// Deletions that wait to be told. At the bound the roles of the further ones' guilds are read from Discord instead; that a
/// channel or a thread is gone Discord says when a feed posts to it.
const DELETIONS_MAX: usize = 1_000;

/// Takes events of all shards.
pub struct GuildEvents {
    state: Arc<State>,
    noted: Mutex<PendingEvents>,
    is_noted: Notify,
}

/// What is known, and what of it the feeds have not been told.
#[derive(Default)]
struct PendingEvents {
    guilds: Guilds,
    /// The guilds with which the last session began.
    session: Option<Vec<GuildId>>,
    /// By the guild's id: no more than the bot is in.
    changed: BTreeMap<GuildId, ChangedGuild>,
    deleted: VecDeque<Deletion>,
    /// Guilds with deletions that found no place.
    unknown: BTreeSet<GuildId>,
}

/// What changed in a guild. Its channels are in the list of channels.
#[derive(Debug, Default)]
struct ChangedGuild {
    /// Whether the bot joined or left.
    is_there: Option<bool>,
    /// All roles, where they were told.
    roles: Option<Vec<RoleId>>,
    /// Whether a channel, or what the bot may do, may be another.
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

/// What is told next.
#[derive(Debug)]
enum NextEvent {
    Session(Vec<GuildId>),
    Server(GuildId, ChangedGuild),
    Deletion(Deletion),
    Unknown(GuildId),
}

impl GuildEvents {
    /// Tells the feeds of this state.
    #[must_use]
    pub fn new(state: Arc<State>) -> Self {
        Self { state, noted: Mutex::default(), is_noted: Notify::new() }
    }

    /// Whether the gateway has told that the bot is in this guild.
    #[must_use]
    pub fn is_in(&self, guild: GuildId) -> bool {
        self.noted().guilds.has(guild)
    }

    /// A shard's session began with a list of its guilds. Once all shards have told theirs, the feeds of guilds that are on
    /// none of the lists are known to be left behind.
    pub fn session_begins(&self, shard: u32, shards: u32, guilds: impl Iterator<Item = GuildId>) {
        self.note(|noted| {
            let Some(all) = noted.guilds.session_begins(shard, shards, guilds) else { return };
            // The lists are newer than who was said to come or go before.
            noted.changed.values_mut().for_each(|changed| changed.is_there = None);
            self.state.guild_languages().keep(|guild| all.binary_search(&guild).is_ok());
            noted.session = Some(all);
        });
    }

    /// A guild's locale is known, or another one.
    pub fn locale_is(&self, guild: GuildId, locale: &str) {
        self.state.guild_languages().note(guild, locale);
    }

    /// A guild is there: at the start of a session, after an outage, or because the bot has just been added. Its channels
    /// come with it, and its roles. Before that a role may have gone, a channel been turned into one of another kind, or a permission
    /// been given, unheard.
    pub fn guild_created<'a>(
        &self,
        shard: u32,
        guild: GuildId,
        channels: impl IntoIterator<Item = GatewayChannel<'a>>,
        roles: Vec<RoleId>,
    ) {
        let channels: Vec<GatewayChannel<'a>> = channels.into_iter().collect();
        self.state.channel_list().replace(guild, &channels);
        self.note(|noted| {
            let is_new = noted.guilds.joins(shard, guild);
            let changed = noted.changed.entry(guild).or_default();
            if is_new {
                changed.is_there = Some(true);
            }
            (changed.roles, changed.permissions) = (Some(roles), true);
        });
    }

    /// The bot was removed from a guild.
    pub fn guild_deleted(&self, guild: GuildId) {
        self.state.channel_list().forget_guild(guild);
        self.state.guild_languages().keep(|guild| guild != guild);
        self.note(|noted| {
            noted.guilds.leaves(guild);
            // What else changed there concerns nobody any more.
            let left = ChangedGuild { is_there: Some(false), ..ChangedGuild::default() };
            noted.changed.insert(guild, left);
        });
    }

    /// A channel was made.
    pub fn channel_created(&self, guild: GuildId, channel: GatewayChannel<'_>) {
        self.state.channel_list().note(guild, [channel]);
    }

    /// A channel's name, kind or permissions changed.
    pub fn channel_updated(&self, guild: GuildId, channel: GatewayChannel<'_>) {
        self.state.channel_list().note(guild, [channel]);
        self.permissions_changed(guild);
    }

    /// A channel was deleted.
    pub fn channel_is_gone(&self, guild: GuildId, channel: ChannelId) {
        self.state.channel_list().forget(guild, channel);
        self.note(|noted| noted.delete(Deletion::Channel(guild, channel)));
    }

    /// A thread was deleted.
    pub fn thread_is_gone(&self, guild: GuildId, thread: ChannelId) {
        self.note(|noted| noted.delete(Deletion::Thread(guild, thread)));
    }

    /// A role was deleted. With it went what it allowed.
    pub fn role_is_gone(&self, guild: GuildId, role: RoleId) {
        self.note(|noted| noted.delete(Deletion::Role(guild, role)));
        self.permissions_changed(guild);
    }

    /// What the bot may do in a guild may have changed.
    pub fn permissions_changed(&self, guild: GuildId) {
        self.note(|noted| noted.changed.entry(guild).or_default().permissions = true);
    }

    /// Tells the feeds what was noted, one after the other, for ever.
    pub async fn pass_on(&self, discord: &impl Channels) -> Infallible {
        loop {
            self.pass_on_what_is_noted(discord).await;
            self.is_noted.notified().await;
        }
    }

    async fn pass_on_what_is_noted(&self, discord: &impl Channels) {
        let Some(desk) = self.state.desk() else { return };
        while let Some(next) = self.next() {
            self.tell(next, desk, discord).await;
        }
    }

    async fn tell(&self, next: NextEvent, desk: &Desk, discord: &impl Channels) {
        match next {
            NextEvent::Session(guilds) => desk.guilds_are(guilds).await,
            NextEvent::Server(guild, changed) => self.notify_guild(guild, changed, desk).await,
            NextEvent::Deletion(Deletion::Channel(guild, channel)) => {
                desk.channel_is_gone(guild, channel).await
            }
            NextEvent::Deletion(Deletion::Thread(guild, thread)) => desk.thread_is_gone(guild, thread).await,
            NextEvent::Deletion(Deletion::Role(guild, role)) => desk.role_is_gone(guild, role).await,
            NextEvent::Unknown(guild) => match discord.roles(guild).await {
                Ok(roles) => desk.roles_are(guild, roles).await,
                Err(cause) => tracing::warn!(%guild, cause, "the roles of a server cannot be read"),
            },
        }
    }

    async fn notify_guild(&self, guild: GuildId, changed: ChangedGuild, desk: &Desk) {
        match changed.is_there {
            Some(true) => desk.guild_joined(guild).await,
            Some(false) => desk.guild_left(guild).await,
            None => {}
        }
        if let Some(roles) = changed.roles {
            desk.roles_are(guild, roles).await;
        }
        if changed.permissions {
            desk.channels_are(guild, self.state.channel_list().feed_channels(guild)).await;
            desk.permissions_changed(guild).await;
        }
    }

    fn next(&self) -> Option<NextEvent> {
        let mut noted = self.noted();
        if let Some(guilds) = noted.session.take() {
            return Some(NextEvent::Session(guilds));
        }
        if let Some((guild, changed)) = noted.changed.pop_first() {
            return Some(NextEvent::Server(guild, changed));
        }
        let deleted = noted.deleted.pop_front().map(NextEvent::Deletion);
        deleted.or_else(|| noted.unknown.pop_first().map(NextEvent::Unknown))
    }

    fn note(&self, change: impl FnOnce(&mut PendingEvents)) {
        change(&mut self.noted());
        self.is_noted.notify_one();
    }

    fn noted(&self) -> MutexGuard<'_, PendingEvents> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PendingEvents {
    fn delete(&mut self, deleted: Deletion) {
        if self.deleted.len() < DELETIONS_MAX {
            self.deleted.push_back(deleted);
        } else {
            self.unknown.insert(deleted.guild());
        }
    }
}

#[cfg(test)]
mod tests;
