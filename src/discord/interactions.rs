//! Answers interactions. Requests that everybody may make get their answer at once. Moderators' requests get a deferral at once, and
//! their answer when the work is done.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use serenity::all::{Interaction, LightMethod, Permissions};
use serenity::builder::CreateInteractionResponse;
use serenity::client::Context;
use serenity::http::Route;
use tokio::sync::Semaphore;

use super::channel_lookup::DiscordChannels;
use super::guild_events::GuildEvents;
use super::invocation::Connection;
use super::reply::{Answer, Deferral, Reply};
use super::request::Request;
use super::sender::requests::Requests;
use super::state::State;
use super::use_limits::{OverBudget, UseLimits};
use super::{guild_settings, membership, message};
use crate::delivery::send::Outcome;
use crate::messages::{Words, say};
use crate::ops::metrics;

/// The most moderators' requests that run at the same time. They may wait for the feeds, and the feeds for the database. The bot
/// refuses a further request.
const MODERATORS_AT_ONCE_MAX: usize = 200;

/// How long Discord waits for the first answer (Discord's docs, "Receiving and Responding to Interactions").
const FIRST_ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// The pauses before an answer is sent again.
const SEND_AGAIN_AFTER: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];
/// Discord's code for a second first answer (Discord's docs, "JSON Error Codes").
const ALREADY_ACKNOWLEDGED: u32 = 40060;

/// Answers interactions.
pub(super) struct Interactions {
    state: Arc<State>,
    guild_events: Arc<GuildEvents>,
    requests: Arc<Requests>,
    limits: UseLimits,
    moderators: Semaphore,
}

impl Interactions {
    /// `guild_events` know the guilds of the bot.
    pub(super) fn new(state: Arc<State>, guild_events: Arc<GuildEvents>, requests: Arc<Requests>) -> Self {
        let moderators = Semaphore::new(MODERATORS_AT_ONCE_MAX);
        Self { state, guild_events, requests, limits: UseLimits::default(), moderators }
    }

    /// Answers an interaction, if the limits allow it. Returns how long the bot worked, without the requests to Discord. `None` if the
    /// bot did no work.
    pub(super) async fn respond(
        &self,
        context: &Context,
        interaction: &Interaction,
    ) -> Result<Option<Duration>, Outcome> {
        let channels = DiscordChannels { requests: &self.requests, now: self.state.now() };
        let latency = self.latency(context, interaction).await;
        let connection = Connection { latency, discord_now: self.requests.discord_now() };
        let Some(request) = Request::read(interaction, connection, &channels, &self.state) else {
            return Ok(None);
        };
        let (kind, name) = request.label();
        let Some(_place) = self.limits.place() else {
            metrics::interaction_refused(kind, name, "bot_busy");
            return Ok(None);
        };
        if let Err(over_budget) = self.limits.charge(interaction, self.state.now()) {
            metrics::interaction_refused(kind, name, over_budget.outcome());
            return self.refuse(interaction, over_budget).await;
        }
        let arrived_at = Instant::now();
        let answered = self.respond_to(request, interaction).await;
        let outcome = if answered.is_ok() { "answered" } else { "not_sent" };
        metrics::interaction(kind, name, outcome, arrived_at.elapsed());
        answered.map(Some)
    }

    /// Says that a budget is used up, to the asker alone.
    async fn refuse(
        &self,
        interaction: &Interaction,
        over_budget: OverBudget,
    ) -> Result<Option<Duration>, Outcome> {
        let reply = over_budget.reply(Words::of_locale(locale(interaction)));
        send(&self.requests, interaction, message::response(Answer::Message(reply))).await?;
        Ok(None)
    }

    /// Answers a request. Returns how long the bot worked.
    async fn respond_to(&self, request: Request<'_>, interaction: &Interaction) -> Result<Duration, Outcome> {
        let deferral = request.deferral();
        if let Some(deferral) = deferral {
            send(&self.requests, interaction, message::deferral(deferral)).await?;
        }
        let received_at = Instant::now();
        let words = Words::of_locale(locale(interaction));
        let answer = self.answer(request, interaction, words).await;
        let answer = if may_embed(interaction) { answer } else { answer.without_cards(words) };
        let handled_in = received_at.elapsed();
        match deferral {
            None => send(&self.requests, interaction, message::response(answer)).await?,
            Some(deferral) => complete(&self.requests, interaction, deferral, answer).await?,
        }
        Ok(handled_in)
    }

    /// Refuses a moderators' request from a guild that the bot is not in: Discord also sends requests from guilds where only the
    /// account of a member has the bot.
    async fn answer(&self, request: Request<'_>, interaction: &Interaction, words: &Words) -> Answer {
        let settings = guild_settings::read(
            &self.requests,
            interaction.application_id(),
            interaction.guild_id().map(Into::into),
        );
        let Some(guild) = request.guild_of_moderators() else { return request.answer(settings).await };
        let Ok(_permit) = self.moderators.try_acquire() else {
            return request.refused(Reply::to_asker(say!(words, "moderators-busy")));
        };
        match membership::require(guild, &self.guild_events, &self.requests, words).await {
            Ok(()) => request.answer(settings).await,
            Err(refusal) => request.refused(refusal),
        }
    }

    /// How long the gateway takes to answer a heartbeat. `None` before the first heartbeat, and for a component.
    async fn latency(&self, context: &Context, interaction: &Interaction) -> Option<Duration> {
        interaction.as_command()?;
        self.state.gateway().latency(context.shard_id).await
    }
}

async fn send(
    requests: &Requests,
    interaction: &Interaction,
    response: CreateInteractionResponse,
) -> Result<(), Outcome> {
    let route = Route::InteractionResponse { interaction_id: interaction.id(), token: interaction.token() };
    send_until_taken(requests, LightMethod::Post, route, &response).await
}

/// Sends an answer, and sends it again where Discord failed. Only for routes on which a second answer does no harm: Discord refuses a
/// second first answer, and an edit that is made twice is the same edit.
async fn send_until_taken(
    requests: &Requests,
    method: LightMethod,
    route: Route<'_>,
    body: &impl Serialize,
) -> Result<(), Outcome> {
    let began_at = Instant::now();
    let mut pauses = SEND_AGAIN_AFTER.into_iter();
    let mut may_be_there = false;
    loop {
        let outcome = match requests.answer_interaction(method, route, body).await {
            Err(Outcome::Refused(refusal)) if may_be_there && refusal.code == ALREADY_ACKNOWLEDGED => {
                return Ok(());
            }
            Err(outcome) if has_failed(&outcome) => outcome,
            taken => return taken,
        };
        let pause = pauses.next().filter(|pause| began_at.elapsed() + *pause < FIRST_ANSWER_WITHIN);
        let Some(pause) = pause else { return Err(outcome) };
        may_be_there = true;
        tokio::time::sleep(pause).await;
    }
}

/// Whether Discord failed, and did not refuse.
fn has_failed(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Refused(refusal) => refusal.status >= 500,
        Outcome::Lost { .. } => true,
        Outcome::Done(_) | Outcome::ForeignChannel => false,
    }
}

/// Sends the answer to a deferred request. If the message of the component stays as it is, the answer is a new message.
async fn complete(
    requests: &Requests,
    interaction: &Interaction,
    deferral: Deferral,
    answer: Answer,
) -> Result<(), Outcome> {
    let is_new_message = deferral == Deferral::Update && matches!(answer, Answer::Message(_));
    let (Answer::Message(reply) | Answer::Update(reply)) = answer else { return Ok(()) };
    let (application_id, token) = (interaction.application_id(), interaction.token());
    if is_new_message {
        let route = Route::WebhookFollowupMessages { application_id, token };
        requests.answer_interaction(LightMethod::Post, route, &message::further(reply)).await
    } else {
        let route = Route::WebhookOriginalInteractionResponse { application_id, token };
        send_until_taken(requests, LightMethod::Patch, route, &message::deferred(reply)).await
    }
}

/// Whether the bot may send cards here. Without Embed Links, Discord drops cards and reports no error. Direct messages have no
/// permissions.
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
