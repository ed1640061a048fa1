//! From an interaction to the answer that Discord shows. Everybody's requests are answered at once. Moderators' requests are
//! deferred at once, and answered when the work is done.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use serenity::all::{GuildId, Interaction, Permissions, ShardManager};
use serenity::builder::{Builder, CreateInteractionResponse};
use serenity::client::Context;
use serenity::http::Http;
use tokio::sync::Semaphore;

use super::channel_look::ThroughDiscord;
use super::reply::{Answer, Deferral, Reply};
use super::request::Request;
use super::server_events::ServerEvents;
use super::state::State;
use super::{guild_settings, membership, message};
use crate::messages::{Words, say};

/// How many moderators' requests are answered side by side. They may wait for the feeds, and those for the database.
const MODERATORS_AT_ONCE_MAX: usize = 200;

/// Answers interactions.
pub(super) struct Interactions {
    state: Arc<State>,
    shards: Arc<OnceLock<Arc<ShardManager>>>,
    server_events: Arc<ServerEvents>,
    moderators: Semaphore,
}

impl Interactions {
    /// `shards` know the latency, and `server_events` the guilds of the bot.
    pub(super) fn new(
        state: Arc<State>,
        shards: Arc<OnceLock<Arc<ShardManager>>>,
        server_events: Arc<ServerEvents>,
    ) -> Self {
        Self { state, shards, server_events, moderators: Semaphore::new(MODERATORS_AT_ONCE_MAX) }
    }

    /// Answers an interaction, and says how long the bot's own part took. `None` where there is no answer.
    pub(super) async fn respond(
        &self,
        context: &Context,
        interaction: &Interaction,
    ) -> serenity::Result<Option<Duration>> {
        let channels = ThroughDiscord { http: &context.http, now: self.state.now() };
        let latency = self.latency(context, interaction).await;
        let Some(request) = Request::read(interaction, latency, &channels, &self.state) else {
            return Ok(None);
        };
        let deferral = request.deferral();
        if let Some(deferral) = deferral {
            send(&context.http, interaction, message::deferral(deferral)).await?;
        }
        let received_at = Instant::now();
        let words = Words::of_locale(locale(interaction));
        let answer = self.answer(&context.http, request, interaction.guild_id(), words).await;
        let answer = if may_embed(interaction) { answer } else { answer.without_cards(words) };
        let handled_in = received_at.elapsed();
        match deferral {
            None => send(&context.http, interaction, message::response(answer)).await?,
            Some(deferral) => complete(&context.http, interaction, deferral, answer).await?,
        }
        Ok(Some(handled_in))
    }

    /// Discord also sends requests of guilds where a member only has the bot in their account. The bot has no moderators there.
    async fn answer(
        &self,
        http: &Http,
        request: Request<'_>,
        guild: Option<GuildId>,
        words: &Words,
    ) -> Answer {
        let settings = guild_settings::read(http, guild);
        let Some(guild) = request.guild_of_moderators() else { return request.answer(settings).await };
        let Ok(_permit) = self.moderators.try_acquire() else {
            return request.refused(Reply::to_asker(say!(words, "moderators-busy")));
        };
        match membership::require(guild, &self.server_events, http, words).await {
            Ok(()) => request.answer(settings).await,
            Err(refusal) => request.refused(refusal),
        }
    }

    /// How long the gateway takes to answer a heartbeat. `None` before the first, and for what is no command.
    async fn latency(&self, context: &Context, interaction: &Interaction) -> Option<Duration> {
        interaction.as_command()?;
        self.shards.get()?.runners.lock().await.get(&context.shard_id)?.latency
    }
}

async fn send(
    http: &Http,
    interaction: &Interaction,
    response: CreateInteractionResponse,
) -> serenity::Result<()> {
    response.execute(http, (interaction.id(), interaction.token())).await
}

/// Sends the answer to a deferred request. Words beside a message that was to change come as a message of their own.
async fn complete(
    http: &Http,
    interaction: &Interaction,
    deferral: Deferral,
    answer: Answer,
) -> serenity::Result<()> {
    let is_beside = deferral == Deferral::Update && matches!(answer, Answer::Message(_));
    let (Answer::Message(reply) | Answer::Update(reply)) = answer else { return Ok(()) };
    if is_beside {
        message::further(reply).execute(http, (None, interaction.token())).await?;
    } else {
        message::deferred(reply).execute(http, interaction.token()).await?;
    }
    Ok(())
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

/// The language that the person chose in Discord.
fn locale(interaction: &Interaction) -> &str {
    match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => &command.locale,
        Interaction::Component(component) => &component.locale,
        _ => "",
    }
}
