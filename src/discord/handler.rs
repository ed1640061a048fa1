//! The events of the gateway. Interactions go to `interactions`, and all other events go to `guild_events`.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serenity::all::{
    Guild, GuildChannel, GuildMemberUpdateEvent, Interaction, Member, Message, PartialGuild,
    PartialGuildChannel, Ready, Role, UnavailableGuild,
};
use serenity::client::{Context, EventHandler};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::channel_list::GatewayChannel;
use super::guild_events::GuildEvents;
use super::interactions::Interactions;
use super::sender::requests::Requests;
use super::state::State;
use super::{failure, register};
use crate::ids::GuildId;
use crate::ops::metrics;
use crate::shards::Shard;

/// The most guilds that are cleared of the commands of an earlier `DISCORD_GUILD_ID`, each once in the life of the process. A bot
/// in more guilds than this has registered its commands globally for a long time.
const GUILDS_CLEARED_MAX: usize = 100;

/// Receives the events of all shards.
pub(super) struct Handler {
    guild_id: Option<GuildId>,
    answers: TaskTracker,
    ready: CancellationToken,
    interactions: Interactions,
    guild_events: Arc<GuildEvents>,
    requests: Arc<Requests>,
    cleared: Mutex<HashSet<GuildId>>,
}

impl Handler {
    /// `answers` counts the running answers. `ready` is cancelled when the first session begins.
    #[must_use]
    pub(super) fn new(
        state: Arc<State>,
        guild_id: Option<GuildId>,
        answers: TaskTracker,
        ready: CancellationToken,
        guild_events: Arc<GuildEvents>,
        requests: Arc<Requests>,
    ) -> Self {
        let interactions = Interactions::new(state, Arc::clone(&guild_events), Arc::clone(&requests));
        let cleared = Mutex::default();
        Self { guild_id, answers, ready, interactions, guild_events, requests, cleared }
    }

    /// The guilds that still have to be cleared.
    fn not_cleared(&self, guilds: impl Iterator<Item = GuildId>) -> Vec<GuildId> {
        let mut cleared = self.cleared.lock().unwrap_or_else(PoisonError::into_inner);
        guilds.filter(|guild| cleared.len() < GUILDS_CLEARED_MAX && cleared.insert(*guild)).collect()
    }
}

#[serenity::async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        tracing::info!(servers = ready.guilds.len(), shard = context.shard_id.0, "connected to Discord");
        self.ready.cancel();
        metrics::gateway_session("new");
        let whole = Shard { number: 0, total: 1 };
        let shard = ready.shard.map_or(whole, |shard| Shard { number: shard.id.0, total: shard.total });
        self.guild_events.session_begins(shard, ready.guilds.iter().map(|guild| guild.id.into()));
        if self.guild_id.is_none() {
            let guilds = self.not_cleared(ready.guilds.iter().map(|guild| guild.id.into()));
            let (requests, application) = (Arc::clone(&self.requests), ready.application.id);
            self.answers.spawn(async move {
                for guild in guilds {
                    if let Err(error) = register::clear_guild(&requests, application, guild).await {
                        tracing::warn!(%error, "the commands of an earlier DISCORD_GUILD_ID cannot be removed, so a server may show each command twice");
                    }
                }
            });
        }
    }

    async fn resume(&self, context: Context, _: serenity::all::ResumedEvent) {
        tracing::info!(shard = context.shard_id.0, "resumed the session");
        metrics::gateway_session("resumed");
    }

    async fn guild_create(&self, context: Context, guild: Guild, _: Option<bool>) {
        let channels = guild.channels.values().map(gateway_channel);
        let roles = guild.roles.keys().map(|role| (*role).into()).collect();
        self.guild_events.locale_is(guild.id.into(), &guild.preferred_locale);
        self.guild_events.guild_created(context.shard_id.0, guild.id.into(), channels, roles);
    }

    async fn guild_update(&self, _: Context, _: Option<Guild>, guild: PartialGuild) {
        self.guild_events.locale_is(guild.id.into(), &guild.preferred_locale);
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        // With `unavailable`, the guild has an outage and comes back (Discord's docs, "Guild Delete").
        if !guild.unavailable {
            self.guild_events.guild_deleted(guild.id.into());
        }
    }

    async fn channel_create(&self, _: Context, channel: GuildChannel) {
        self.guild_events.channel_created(channel.guild_id.into(), gateway_channel(&channel));
    }

    async fn channel_update(&self, _: Context, _: Option<GuildChannel>, channel: GuildChannel) {
        self.guild_events.channel_updated(channel.guild_id.into(), gateway_channel(&channel));
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        self.guild_events.channel_deleted(channel.guild_id.into(), channel.id.into());
    }

    async fn thread_update(&self, _: Context, _: Option<GuildChannel>, thread: GuildChannel) {
        if thread.thread_metadata.is_some_and(|thread| !thread.locked) {
            self.guild_events.thread_is_open(thread.guild_id.into(), thread.id.into());
        }
    }

    async fn thread_delete(&self, _: Context, thread: PartialGuildChannel, _: Option<GuildChannel>) {
        self.guild_events.thread_deleted(thread.guild_id.into(), thread.id.into());
    }

    async fn guild_role_update(&self, _: Context, _: Option<Role>, role: Role) {
        self.guild_events.permissions_changed(role.guild_id.into());
    }

    async fn guild_role_delete(
        &self,
        _: Context,
        guild: serenity::all::GuildId,
        role: serenity::all::RoleId,
        _: Option<Role>,
    ) {
        self.guild_events.role_deleted(guild.into(), role.into());
    }

    /// The bot does not request the intent for members, so Discord sends this event only for the bot itself: its roles or its
    /// timeout changed (Discord's docs, "List of Intents").
    async fn guild_member_update(
        &self,
        _: Context,
        _: Option<Member>,
        _: Option<Member>,
        event: GuildMemberUpdateEvent,
    ) {
        self.guild_events.permissions_changed(event.guild_id.into());
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        // A stop waits until this token is dropped.
        let _running = self.answers.token();
        let received_at = Instant::now();
        match self.interactions.respond(&context, &interaction).await {
            Ok(None) => {}
            Ok(Some(handled_in)) => tracing::debug!(
                kind = ?interaction.kind(),
                handled_us = u64::try_from(handled_in.as_micros()).unwrap_or(u64::MAX),
                total_us = u64::try_from(received_at.elapsed().as_micros()).unwrap_or(u64::MAX),
                "answered"
            ),
            Err(outcome) => {
                tracing::warn!(
                    cause = failure::in_words(&outcome),
                    "an answer to a command could not be sent to Discord"
                );
            }
        }
    }
}

fn gateway_channel(channel: &GuildChannel) -> GatewayChannel<'_> {
    GatewayChannel { id: channel.id.into(), name: &channel.name, kind: channel.kind.into() }
}
