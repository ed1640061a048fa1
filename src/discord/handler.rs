//! From Discord's events to our handlers and back. Members are answered at once; what is for moderators is deferred at
//! once, and answered when it is done.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serenity::all::{
    ChannelId, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, Guild, GuildChannel,
    GuildId, GuildMemberUpdateEvent, Interaction, LightMethod, Member, Message, MessageInteractionMetadata,
    PartialGuildChannel, Permissions, Ready, Role, RoleId, ShardManager, UnavailableGuild, User,
};
use serenity::builder::CreateInteractionResponse;
use serenity::client::{Context, EventHandler};
use serenity::http::Route;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::channel_list::ToldChannel;
use super::channel_look::ThroughDiscord;
use super::commands::{self, Call};
use super::components::{self, Use};
use super::permissions::{Caller, Membership};
use super::reply::{Answer, Deferral, Reply};
use super::sender::requests::Requests;
use super::server_events::ServerEvents;
use super::state::State;
use super::{failure, guild_settings, membership, message, register};
use crate::delivery::send::Outcome;
use crate::messages::Words;

/// How many servers of all shards are looked at for commands of an earlier `DISCORD_GUILD_ID`, each once as long as the process
/// runs. A bot in more than these has long been registered everywhere.
const GUILDS_CLEARED_MAX: usize = 100;

/// How many uses of moderators' commands are answered side by side. They may wait for the feeds, and those for the database.
const MODERATORS_AT_ONCE_MAX: usize = 200;

/// Receives the events of all shards.
pub struct Handler {
    state: Arc<State>,
    guild_id: Option<u64>,
    answers: TaskTracker,
    ready: CancellationToken,
    shards: Arc<OnceLock<Arc<ShardManager>>>,
    server_events: Arc<ServerEvents>,
    requests: Arc<Requests>,
    cleared: Mutex<HashSet<GuildId>>,
    moderators: Semaphore,
}

impl Handler {
    /// `answers` counts the answers under way; `ready` is cancelled when the first session has begun; `shards` is set when
    /// the client is built, which takes this handler; `server_events` notes what happens to servers; `requests` ask Discord.
    #[must_use]
    pub fn new(
        state: Arc<State>,
        guild_id: Option<u64>,
        answers: TaskTracker,
        ready: CancellationToken,
        shards: Arc<OnceLock<Arc<ShardManager>>>,
        server_events: Arc<ServerEvents>,
        requests: Arc<Requests>,
    ) -> Self {
        let moderators = Semaphore::new(MODERATORS_AT_ONCE_MAX);
        let cleared = Mutex::default();
        Self { state, guild_id, answers, ready, shards, server_events, requests, cleared, moderators }
    }

    /// Those of these servers that are to be cleared, and were not before.
    fn not_cleared(&self, guilds: impl Iterator<Item = GuildId>) -> Vec<GuildId> {
        let mut cleared = self.cleared.lock().unwrap_or_else(PoisonError::into_inner);
        guilds.filter(|guild| cleared.len() < GUILDS_CLEARED_MAX && cleared.insert(*guild)).collect()
    }

    async fn answer(&self, context: &Context, interaction: &Interaction) -> Option<Answer> {
        let Some(server) = server_of_moderators(interaction) else {
            return self.answer_to_anybody(context, interaction).await;
        };
        let refused = |refusal: Reply| match interaction {
            Interaction::Autocomplete(_) => Answer::Choices(Vec::new()),
            _ => Answer::Message(refusal),
        };
        let Ok(_permit) = self.moderators.try_acquire() else {
            return Some(refused(Reply::to_asker("I am busy with other commands. Try again in a minute.")));
        };
        match membership::require(server, &self.server_events, &self.requests).await {
            Ok(()) => self.answer_to_anybody(context, interaction).await,
            Err(refusal) => Some(refused(refusal)),
        }
    }

    async fn answer_to_anybody(&self, context: &Context, interaction: &Interaction) -> Option<Answer> {
        match interaction {
            Interaction::Command(command) => Some(Answer::Message(self.command(context, command).await)),
            Interaction::Autocomplete(command) => {
                let settings = guild_settings::read(&self.requests, command.application_id, command.guild_id);
                let call = call(command, None);
                Some(Answer::Choices(commands::autocomplete(&call, settings, &self.state).await))
            }
            Interaction::Component(component) => {
                let settings =
                    guild_settings::read(&self.requests, component.application_id, component.guild_id);
                Some(components::run(used(component)?, settings, &self.state).await)
            }
            // We open no modal, and Discord sends a ping only over HTTP.
            _ => None,
        }
    }

    async fn command(&self, context: &Context, command: &CommandInteraction) -> Reply {
        let call = call(command, self.latency(context).await);
        let settings = guild_settings::read(&self.requests, command.application_id, command.guild_id);
        let channels = ThroughDiscord { requests: &self.requests, now: self.state.now() };
        commands::run(&call, settings, &channels, &self.state).await.unwrap_or_else(|| {
            Reply::to_asker(
                "This command is from another version of me; reload Discord to see the current ones.",
            )
        })
    }

    /// How long the gateway takes to answer a heartbeat; `None` before the first.
    async fn latency(&self, context: &Context) -> Option<Duration> {
        self.shards.get()?.runners.lock().await.get(&context.shard_id)?.latency
    }

    /// Answers an interaction, and says how long our part of it took.
    async fn respond(
        &self,
        context: &Context,
        interaction: &Interaction,
    ) -> Result<Option<Duration>, Outcome> {
        let deferral = deferral(interaction);
        if let Some(deferral) = deferral {
            send(&self.requests, interaction, message::deferral(deferral)).await?;
        }
        let received_at = Instant::now();
        let Some(answer) = self.answer(context, interaction).await else { return Ok(None) };
        let answer = if may_embed(interaction) {
            answer
        } else {
            without_cards(answer, Words::of_locale(locale(interaction)))
        };
        let handled_in = received_at.elapsed();
        match deferral {
            None => send(&self.requests, interaction, message::response(answer)).await?,
            Some(deferral) => complete(&self.requests, interaction, deferral, answer).await?,
        }
        Ok(Some(handled_in))
    }
}

#[serenity::async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        tracing::info!(servers = ready.guilds.len(), shard = context.shard_id.0, "connected to Discord");
        self.ready.cancel();
        let (shard, shards) = ready.shard.map_or((0, 1), |shard| (shard.id.0, shard.total));
        self.server_events.session_begins(shard, shards, ready.guilds.iter().map(|guild| guild.id.get()));
        if self.guild_id.is_none() {
            let guilds = self.not_cleared(ready.guilds.iter().map(|guild| guild.id));
            let (requests, application) = (Arc::clone(&self.requests), ready.application.id);
            self.answers.spawn(async move {
                for guild in guilds {
                    if let Err(error) = register::clear_guild(&requests, application, guild).await {
                        tracing::warn!(%error, "commands of an earlier DISCORD_GUILD_ID may stand twice");
                    }
                }
            });
        }
    }

    async fn resume(&self, context: Context, _: serenity::all::ResumedEvent) {
        tracing::info!(shard = context.shard_id.0, "resumed the session");
    }

    async fn guild_create(&self, context: Context, guild: Guild, _: Option<bool>) {
        let channels = guild.channels.values().map(told);
        let roles = guild.roles.keys().map(|role| role.get()).collect();
        self.server_events.server_is_there(context.shard_id.0, guild.id.get(), channels, roles);
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        // With `unavailable` it is an outage, and the server comes back (Discord's docs, "Guild Delete").
        if !guild.unavailable {
            self.server_events.server_is_left(guild.id.get());
        }
    }

    async fn channel_create(&self, _: Context, channel: GuildChannel) {
        self.server_events.channel_is_new(channel.guild_id.get(), told(&channel));
    }

    async fn channel_update(&self, _: Context, _: Option<GuildChannel>, channel: GuildChannel) {
        self.server_events.channel_changed(channel.guild_id.get(), told(&channel));
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        self.server_events.channel_is_gone(channel.guild_id.get(), channel.id.get());
    }

    async fn thread_delete(&self, _: Context, thread: PartialGuildChannel, _: Option<GuildChannel>) {
        self.server_events.thread_is_gone(thread.guild_id.get(), thread.id.get());
    }

    async fn guild_role_update(&self, _: Context, _: Option<Role>, role: Role) {
        self.server_events.rights_changed(role.guild_id.get());
    }

    async fn guild_role_delete(&self, _: Context, server: GuildId, role: RoleId, _: Option<Role>) {
        self.server_events.role_is_gone(server.get(), role.get());
    }

    /// Without the intent for members, which is not asked for, Discord tells this of the bot itself alone: its roles or its
    /// time-out changed (Discord's docs, "List of Intents").
    async fn guild_member_update(
        &self,
        _: Context,
        _: Option<Member>,
        _: Option<Member>,
        event: GuildMemberUpdateEvent,
    ) {
        self.server_events.rights_changed(event.guild_id.get());
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        // Held until the answer is sent, so that a stop waits for it.
        let _under_way = self.answers.token();
        let received_at = Instant::now();
        match self.respond(&context, &interaction).await {
            Ok(None) => {}
            Ok(Some(handled_in)) => tracing::debug!(
                kind = ?interaction.kind(),
                handled_us = u64::try_from(handled_in.as_micros()).unwrap_or(u64::MAX),
                total_us = u64::try_from(received_at.elapsed().as_micros()).unwrap_or(u64::MAX),
                "answered"
            ),
            Err(outcome) => {
                tracing::warn!(cause = failure::in_words(&outcome), "an answer did not reach Discord");
            }
        }
    }
}

fn told(channel: &GuildChannel) -> ToldChannel<'_> {
    ToldChannel { id: channel.id.get(), name: &channel.name, kind: channel.kind.into() }
}

/// The server of an interaction that is for moderators.
fn server_of_moderators(interaction: &Interaction) -> Option<u64> {
    let (is_for_moderators, server) = match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => {
            (commands::is_for_moderators(&command.data.name), command.guild_id)
        }
        Interaction::Component(component) => {
            (components::is_for_moderators(&component.data.custom_id), component.guild_id)
        }
        _ => (false, None),
    };
    server.filter(|_| is_for_moderators).map(GuildId::get)
}

/// Whether an interaction is answered later than at once.
fn deferral(interaction: &Interaction) -> Option<Deferral> {
    match interaction {
        Interaction::Command(command) => {
            commands::is_for_moderators(&command.data.name).then_some(Deferral::Message)
        }
        Interaction::Component(component) => components::deferral(&used(component)?),
        _ => None,
    }
}

fn call(command: &CommandInteraction, latency: Option<Duration>) -> Call<'_> {
    Call {
        name: &command.data.name,
        caller: caller(&command.user, command.member.as_deref(), command.guild_id, command.channel_id),
        options: command.data.options(),
        locale: &command.locale,
        latency,
    }
}

fn caller(user: &User, member: Option<&Member>, server: Option<GuildId>, channel: ChannelId) -> Caller {
    let member = member.zip(server).map(|(member, server)| Membership {
        server: server.get(),
        channel: channel.get(),
        roles: member.roles.iter().map(|role| role.get()).collect(),
        rights: member.permissions.map_or(0, |rights| rights.bits()),
    });
    Caller { user: user.id.get(), member }
}

fn used(component: &ComponentInteraction) -> Option<Use> {
    let values = match &component.data.kind {
        ComponentInteractionDataKind::Button => Vec::new(),
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => return None,
    };
    let presser =
        caller(&component.user, component.member.as_ref(), component.guild_id, component.channel_id);
    let answered = component.message.interaction_metadata.as_deref().and_then(asker);
    let locale = component.locale.clone();
    Some(Use { presser, answered, custom_id: component.data.custom_id.clone(), values, locale })
}

/// Whose question a message answers.
fn asker(metadata: &MessageInteractionMetadata) -> Option<u64> {
    let user = match metadata {
        MessageInteractionMetadata::Command(of) => &of.user,
        MessageInteractionMetadata::Component(of) => &of.user,
        MessageInteractionMetadata::ModalSubmit(of) => &of.user,
        _ => return None,
    };
    Some(user.id.get())
}

async fn send(
    requests: &Requests,
    interaction: &Interaction,
    response: CreateInteractionResponse,
) -> Result<(), Outcome> {
    let route = Route::InteractionResponse { interaction_id: interaction.id(), token: interaction.token() };
    requests.answer_interaction(LightMethod::Post, route, &response).await
}

/// Sends the answer to what was deferred. Words beside a page that was to change come as a message of their own.
async fn complete(
    requests: &Requests,
    interaction: &Interaction,
    deferral: Deferral,
    answer: Answer,
) -> Result<(), Outcome> {
    let is_beside = deferral == Deferral::Update && matches!(answer, Answer::Message(_));
    let (Answer::Message(reply) | Answer::Update(reply)) = answer else { return Ok(()) };
    let (application_id, token) = (interaction.application_id(), interaction.token());
    if is_beside {
        let route = Route::WebhookFollowupMessages { application_id, token };
        requests.answer_interaction(LightMethod::Post, route, &message::further(reply)).await
    } else {
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        requests.answer_interaction(LightMethod::Patch, route, &message::deferred(reply)).await
    }
}

/// Where the bot may not embed links, cards vanish without a word. A direct message has no such permission.
fn may_embed(interaction: &Interaction) -> bool {
    let permissions = match interaction {
        Interaction::Command(command) => command.app_permissions,
        Interaction::Component(component) => component.app_permissions,
        _ => None,
    };
    permissions.is_none_or(|permissions| {
        permissions.intersects(Permissions::EMBED_LINKS | Permissions::ADMINISTRATOR)
    })
}

fn without_cards(answer: Answer, words: &Words) -> Answer {
    match answer {
        Answer::Message(reply) => Answer::Message(reply.without_cards(words)),
        Answer::Update(reply) => Answer::Update(reply.without_cards(words)),
        choices @ Answer::Choices(_) => choices,
    }
}

/// The language that the person chose in Discord.
fn locale(interaction: &Interaction) -> &str {
    match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => &command.locale,
        Interaction::Component(component) => &component.locale,
        _ => "",
    }
}
