//! From Discord's events to our handlers and back. Every interaction is answered once and at once.

use std::sync::Arc;
use std::time::Instant;

use serenity::all::{
    CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, GuildId, Interaction,
    Permissions, Ready,
};
use serenity::client::{Context, EventHandler};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::commands::{article, news, topics};
use super::components::{self, Use};
use super::reply::{Answer, Audience, Reply};
use super::state::State;
use super::{failure, message, register};

/// How many servers are looked at for commands of an earlier `DISCORD_GUILD_ID`. A bot in more than these has long
/// been registered everywhere.
const GUILDS_CLEARED_MAX: usize = 100;

/// Receives the events of all shards.
pub struct Handler {
    state: Arc<State>,
    guild_id: Option<u64>,
    answers: TaskTracker,
    ready: CancellationToken,
}

impl Handler {
    /// `answers` counts the answers under way; `ready` is cancelled when the first session has begun.
    #[must_use]
    pub fn new(
        state: Arc<State>,
        guild_id: Option<u64>,
        answers: TaskTracker,
        ready: CancellationToken,
    ) -> Self {
        Self { state, guild_id, answers, ready }
    }

    async fn answer(&self, interaction: &Interaction) -> Option<Answer> {
        match interaction {
            Interaction::Command(command) => Some(Answer::Message(self.command(command).await)),
            Interaction::Autocomplete(command) => Some(Answer::Choices(self.choices(command))),
            Interaction::Component(component) => Some(components::run(used(component)?, &self.state).await),
            // We open no modal, and Discord sends a ping only over HTTP.
            _ => None,
        }
    }

    async fn command(&self, command: &CommandInteraction) -> Reply {
        let asker = command.user.id.get();
        let options = command.data.options();
        match command.data.name.as_str() {
            "news" => news::run(news::parse(asker, &options), &self.state).await,
            "topics" => {
                let input = topics::TopicsInput { asker, page: 0, audience: Audience::Everyone };
                topics::run(input, &self.state).await
            }
            "article" => article::run(article::parse(asker, &options), &self.state).await,
            _ => Reply::to_asker(
                "This command is from another version of me; reload Discord to see the current ones.",
            ),
        }
    }

    fn choices(&self, command: &CommandInteraction) -> Vec<super::reply::Choice> {
        let options = command.data.options();
        match command.data.name.as_str() {
            "news" => news::autocomplete(&options, &self.state),
            "article" => article::autocomplete(&options, &self.state),
            _ => Vec::new(),
        }
    }
}

#[serenity::async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        tracing::info!(servers = ready.guilds.len(), shard = context.shard_id.0, "connected to Discord");
        self.ready.cancel();
        if self.guild_id.is_none() {
            let guilds: Vec<GuildId> =
                ready.guilds.iter().map(|guild| guild.id).take(GUILDS_CLEARED_MAX).collect();
            self.answers.spawn(async move {
                for guild in guilds {
                    if let Err(error) = register::clear_guild(&context.http, guild).await {
                        tracing::warn!(%error, "commands of an earlier DISCORD_GUILD_ID may stand twice");
                    }
                }
            });
        }
    }

    async fn resume(&self, context: Context, _: serenity::all::ResumedEvent) {
        tracing::info!(shard = context.shard_id.0, "resumed the session");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        // Held until the answer is sent, so that a stop waits for it.
        let _under_way = self.answers.token();
        let received_at = Instant::now();
        let Some(answer) = self.answer(&interaction).await else { return };
        let answer = if may_embed(&interaction) { answer } else { without_cards(answer) };
        let handled_in = received_at.elapsed();
        let sent = send(&context, &interaction, answer).await;
        tracing::debug!(
            kind = ?interaction.kind(),
            handled_us = u64::try_from(handled_in.as_micros()).unwrap_or(u64::MAX),
            total_us = u64::try_from(received_at.elapsed().as_micros()).unwrap_or(u64::MAX),
            "answered"
        );
        if let Err(error) = sent {
            tracing::warn!(cause = failure::in_words(&error), "an answer did not reach Discord");
        }
    }
}

fn used(component: &ComponentInteraction) -> Option<Use> {
    let values = match &component.data.kind {
        ComponentInteractionDataKind::Button => Vec::new(),
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => return None,
    };
    Some(Use { presser: component.user.id.get(), custom_id: component.data.custom_id.clone(), values })
}

async fn send(context: &Context, interaction: &Interaction, answer: Answer) -> serenity::Result<()> {
    let response = message::response(answer);
    match interaction {
        Interaction::Command(command) | Interaction::Autocomplete(command) => {
            command.create_response(&context.http, response).await
        }
        Interaction::Component(component) => component.create_response(&context.http, response).await,
        _ => Ok(()),
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

fn without_cards(answer: Answer) -> Answer {
    match answer {
        Answer::Message(reply) => Answer::Message(reply.without_cards()),
        Answer::Update(reply) => Answer::Update(reply.without_cards()),
        choices @ Answer::Choices(_) => choices,
    }
}
