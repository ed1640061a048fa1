//! What the gateway tells of servers, channels and roles, passed on to whom it concerns: the feeds, and the list of channels.
//!
//! An event is only noted, which takes no time: while the database blocks the feeds, no task waits for them. One consumer,
//! [`ServerEvents::pass_on`], tells the feeds. Events of one server that were not told yet become one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::channel_list::ToldChannel;
use super::channel_look::Channels;
use super::servers::Servers;
use super::state::State;
use crate::delivery::desk::Desk;
use crate::ids::{ChannelId, GuildId, RoleId};

/// Deletions that wait to be told. At the bound the roles of the further ones' servers are read from Discord instead; that a
/// channel or a thread is gone Discord says when a feed posts to it.
const DELETIONS_MAX: usize = 1_000;

/// Takes events of all shards.
pub struct ServerEvents {
    state: Arc<State>,
    noted: Mutex<Noted>,
    is_noted: Notify,
}

/// What is known, and what of it the feeds have not been told.
#[derive(Default)]
struct Noted {
    servers: Servers,
    /// The servers with which the last session began.
    session: Option<Vec<GuildId>>,
    /// By the server's id: no more than the bot is in.
    changed: BTreeMap<GuildId, ChangedServer>,
    deleted: VecDeque<Deleted>,
    /// Servers with deletions that found no place.
    unknown: BTreeSet<GuildId>,
}

/// What changed in a server. Its channels are in the list of channels.
#[derive(Debug, Default)]
struct ChangedServer {
    /// Whether the bot joined or left.
    is_there: Option<bool>,
    /// All roles, where they were told.
    roles: Option<Vec<RoleId>>,
    /// Whether a channel, or what the bot may do, may be another.
    rights: bool,
}

#[derive(Debug, Clone, Copy)]
enum Deleted {
    Channel(GuildId, ChannelId),
    Thread(GuildId, ChannelId),
    Role(GuildId, RoleId),
}

impl Deleted {
    fn server(self) -> GuildId {
        match self {
            Self::Channel(server, _) | Self::Thread(server, _) | Self::Role(server, _) => server,
        }
    }
}

/// What is told next.
#[derive(Debug)]
enum Next {
    Session(Vec<GuildId>),
    Server(GuildId, ChangedServer),
    Deleted(Deleted),
    Unknown(GuildId),
}

impl ServerEvents {
    /// Tells the feeds of this state.
    #[must_use]
    pub fn new(state: Arc<State>) -> Self {
        Self { state, noted: Mutex::default(), is_noted: Notify::new() }
    }

    /// Whether the gateway has told that the bot is in this server.
    #[must_use]
    pub fn is_in(&self, server: GuildId) -> bool {
        self.noted().servers.has(server)
    }

    /// A shard's session began with a list of its servers. Once all shards have told theirs, the feeds of servers that are on
    /// none of the lists are known to be left behind.
    pub fn session_begins(&self, shard: u32, shards: u32, servers: impl Iterator<Item = GuildId>) {
        self.note(|noted| {
            let Some(all) = noted.servers.session_begins(shard, shards, servers) else { return };
            // The lists are newer than who was said to come or go before.
            noted.changed.values_mut().for_each(|changed| changed.is_there = None);
            self.state.guild_languages().keep(|guild| all.binary_search(&guild).is_ok());
            noted.session = Some(all);
        });
    }

    /// A server's locale is known, or another one.
    pub fn locale_is(&self, server: GuildId, locale: &str) {
        self.state.guild_languages().note(server, locale);
    }

    /// A server is there: at the start of a session, after an outage, or because the bot has just been added. Its channels
    /// come with it, and its roles. Before that a role may have gone, a channel been turned into one of another kind, or a right
    /// been given, unheard.
    pub fn server_is_there<'a>(
        &self,
        shard: u32,
        server: GuildId,
        channels: impl IntoIterator<Item = ToldChannel<'a>>,
        roles: Vec<RoleId>,
    ) {
        let channels: Vec<ToldChannel<'a>> = channels.into_iter().collect();
        self.state.channel_list().replace(server, &channels);
        self.note(|noted| {
            let is_new = noted.servers.joins(shard, server);
            let changed = noted.changed.entry(server).or_default();
            if is_new {
                changed.is_there = Some(true);
            }
            (changed.roles, changed.rights) = (Some(roles), true);
        });
    }

    /// The bot was removed from a server.
    pub fn server_is_left(&self, server: GuildId) {
        self.state.channel_list().forget_server(server);
        self.state.guild_languages().keep(|guild| guild != server);
        self.note(|noted| {
            noted.servers.leaves(server);
            // What else changed there concerns nobody any more.
            let left = ChangedServer { is_there: Some(false), ..ChangedServer::default() };
            noted.changed.insert(server, left);
        });
    }

    /// A channel was made.
    pub fn channel_is_new(&self, server: GuildId, channel: ToldChannel<'_>) {
        self.state.channel_list().note(server, [channel]);
    }

    /// A channel's name, kind or rights changed.
    pub fn channel_changed(&self, server: GuildId, channel: ToldChannel<'_>) {
        self.state.channel_list().note(server, [channel]);
        self.rights_changed(server);
    }

    /// A channel was deleted.
    pub fn channel_is_gone(&self, server: GuildId, channel: ChannelId) {
        self.state.channel_list().forget(server, channel);
        self.note(|noted| noted.delete(Deleted::Channel(server, channel)));
    }

    /// A thread was deleted.
    pub fn thread_is_gone(&self, server: GuildId, thread: ChannelId) {
        self.note(|noted| noted.delete(Deleted::Thread(server, thread)));
    }

    /// A role was deleted. With it went what it allowed.
    pub fn role_is_gone(&self, server: GuildId, role: RoleId) {
        self.note(|noted| noted.delete(Deleted::Role(server, role)));
        self.rights_changed(server);
    }

    /// What the bot may do in a server may have changed.
    pub fn rights_changed(&self, server: GuildId) {
        self.note(|noted| noted.changed.entry(server).or_default().rights = true);
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

    async fn tell(&self, next: Next, desk: &Desk, discord: &impl Channels) {
        match next {
            Next::Session(servers) => desk.guilds_are(servers).await,
            Next::Server(server, changed) => self.tell_server(server, changed, desk).await,
            Next::Deleted(Deleted::Channel(server, channel)) => desk.channel_is_gone(server, channel).await,
            Next::Deleted(Deleted::Thread(server, thread)) => desk.thread_is_gone(server, thread).await,
            Next::Deleted(Deleted::Role(server, role)) => desk.role_is_gone(server, role).await,
            Next::Unknown(server) => match discord.roles(server).await {
                Ok(roles) => desk.roles_are(server, roles).await,
                Err(cause) => tracing::warn!(%server, cause, "the roles of a server cannot be read"),
            },
        }
    }

    async fn tell_server(&self, server: GuildId, changed: ChangedServer, desk: &Desk) {
        match changed.is_there {
            Some(true) => desk.guild_joined(server).await,
            Some(false) => desk.guild_left(server).await,
            None => {}
        }
        if let Some(roles) = changed.roles {
            desk.roles_are(server, roles).await;
        }
        if changed.rights {
            desk.channels_are(server, self.state.channel_list().feed_channels(server)).await;
            desk.permissions_changed(server).await;
        }
    }

    fn next(&self) -> Option<Next> {
        let mut noted = self.noted();
        if let Some(servers) = noted.session.take() {
            return Some(Next::Session(servers));
        }
        if let Some((server, changed)) = noted.changed.pop_first() {
            return Some(Next::Server(server, changed));
        }
        let deleted = noted.deleted.pop_front().map(Next::Deleted);
        deleted.or_else(|| noted.unknown.pop_first().map(Next::Unknown))
    }

    fn note(&self, change: impl FnOnce(&mut Noted)) {
        change(&mut self.noted());
        self.is_noted.notify_one();
    }

    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Noted {
    fn delete(&mut self, deleted: Deleted) {
        if self.deleted.len() < DELETIONS_MAX {
            self.deleted.push_back(deleted);
        } else {
            self.unknown.insert(deleted.server());
        }
    }
}

#[cfg(test)]
mod tests;
