//! The Discord client: it checks what can be checked, registers the commands, connects, and answers.
//!
//! This module alone names serenity. [`handler`] receives the events of the gateway, [`request`] reads an interaction, and
//! the lists in `commands` and `components` say who answers it, with a plain [`reply`].

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::StreamExt;
use secrecy::{ExposeSecret, SecretString};
use serenity::all::GatewayIntents;
use serenity::gateway::{GatewayError, ShardManager, ShardManagerOptions};
use serenity::http::Http;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub mod channel_list;
pub mod channel_look;
pub mod channel_rights;
pub mod choices;
pub mod closes;
pub(crate) mod command;
pub(crate) mod commands;
pub(crate) mod component;
pub(crate) mod components;
pub mod connect;
pub mod cooldown;
pub mod custom_id;
pub mod failure;
pub mod guild_settings;
pub mod handler;
mod interactions;
pub(crate) mod invocation;
pub mod membership;
pub mod message;
pub(crate) mod options;
pub mod pager;
mod permission_names;
pub mod permissions;
mod reasons;
pub mod register;
pub mod registered;
pub mod reply;
pub mod request;
pub mod sender;
pub mod server_events;
pub mod servers;
pub mod state;

use channel_look::ThroughDiscord;
use handler::Handler;
use server_events::ServerEvents;
use state::State;

/// Servers, channels and roles as they come, go and change; nothing that Discord has to approve.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS;
/// How long the first session may take to begin, in seconds. Discord takes one or two.
const READY_SECONDS_MAX: u64 = 60;
/// How long answers under way may take when the bot is told to stop, in seconds.
const STOP_SECONDS_MAX: u64 = 5;

/// How to reach Discord.
#[derive(Clone)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// Where the commands are registered; everywhere if `None`.
    pub guild_id: Option<u64>,
    /// Who is asked instead of discord.com and keeps the rate limits.
    pub api_url: Option<String>,
}

/// Without the address of the API: what stands below its host may be a secret of a proxy's.
impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Settings").field("guild_id", &self.guild_id).finish_non_exhaustive()
    }
}

/// Why the bot cannot run, in words for the operator. All of these end the process: trying again by itself
/// would only repeat the refusal, and each new session counts against Discord's 1,000 a day.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// 401 or close code 4004.
    #[error(
        "Discord refuses the token; copy it again from the developer portal (Bot, Reset Token) into DISCORD_TOKEN in .env"
    )]
    WrongToken,
    /// Close code 4013 or 4014.
    #[error(
        "Discord refuses the gateway intents, though none that need approval are asked for; please report this"
    )]
    RefusedIntents,
    /// Close code 4010 or 4011.
    #[error("Discord refuses the number of shards; start again, and report this if it stays")]
    RefusedShards,
    /// Close code 4012.
    #[error("Discord does not serve the version of its gateway that I speak any more; update heatwire")]
    RefusedVersion,
    /// No answer, or none that can be used, from the REST API.
    #[error("Discord's API at {address} cannot be used: {cause}; check the network and DISCORD_API_URL")]
    Unreachable {
        /// Scheme, host and port of the base address.
        address: String,
        /// In words.
        cause: String,
    },
    /// No connection to the gateway, or no session in time.
    #[error(
        "Discord's gateway at {address} cannot be used: {cause}; check the network, then status.discord.com"
    )]
    GatewayUnreachable {
        /// Scheme, host and port of the gateway's address.
        address: String,
        /// In words.
        cause: String,
    },
    /// The daily number of session starts is used up.
    #[error(
        "Discord allows no new session for another {minutes} minutes; wait, and find out what restarted so often"
    )]
    NoSessionsLeft {
        /// Until the limit is reset, rounded up.
        minutes: u64,
    },
    /// The commands could not be registered.
    #[error("the commands cannot be registered{place}: {cause}; {remedy}")]
    Registration {
        /// Where, in words, with a space before.
        place: String,
        /// In words.
        cause: String,
        /// In words.
        remedy: &'static str,
    },
    /// The connection ended and cannot be taken up again.
    #[error("the connection to Discord ended: {0}; start again")]
    Ended(String),
}

/// Runs the bot until `stop` is cancelled or something ends it for good.
///
/// # Errors
///
/// Whatever makes it useless to go on, see [`RunError`].
pub async fn run(settings: &Settings, state: Arc<State>, stop: CancellationToken) -> Result<(), RunError> {
    let connection = tokio::select! {
        connection = connect::prepare(settings) => connection?,
        () = stop.cancelled() => return Ok(()),
    };
    let registered =
        register::register(&connection.requests, connection.application, settings.guild_id).await?;
    state.registered().set(registered);
    let requests = Arc::new(connection.requests);
    let answers = TaskTracker::new();
    let ready = state.connected().clone();
    let known_shards = Arc::new(OnceLock::new());
    let events = Arc::new(ServerEvents::new(Arc::clone(&state)));
    let now = state.now();
    let handler = Handler::new(
        state,
        settings.guild_id,
        answers.clone(),
        ready.clone(),
        Arc::clone(&known_shards),
        Arc::clone(&events),
        Arc::clone(&requests),
    );
    let options = gateway_options(settings, &connection.gateway_url, connection.shards, handler);
    let (shards, mut ended) = ShardManager::new(options);
    let closes = closes::follow();
    let discord = ThroughDiscord { requests: &requests, now };
    let shards = Arc::clone(known_shards.get_or_init(|| shards));
    shards.initialize().map_err(|_error| RunError::Ended("no shard could be started".to_owned()))?;
    let result = tokio::select! {
        // By itself it ends only once there is no shard left; to shut those down again would wait in vain.
        ended = ended.next() => ended.unwrap_or(Ok(())).map_err(|error| why_ended(&error)),
        error = not_ready_in_time(&ready, &connection.gateway_url) => Err(error),
        error = closes::refused(closes) => Err(error),
        never = events.pass_on(&discord) => match never {},
        // A closed session ends no answer: those go over HTTP.
        () = stop.cancelled() => {
            shards.shutdown_all().await;
            Ok(())
        }
    };
    answers.close();
    if tokio::time::timeout(Duration::from_secs(STOP_SECONDS_MAX), answers.wait()).await.is_err() {
        tracing::warn!(count = answers.len(), "stopped before these answers were sent");
    }
    result
}

/// What serenity runs the shards with. serenity's own builder would ask `GET /gateway` once more, and read an answer of any size.
/// The REST client takes part with its token alone.
fn gateway_options(
    settings: &Settings,
    gateway_url: &str,
    shards: u32,
    handler: Handler,
) -> ShardManagerOptions {
    ShardManagerOptions {
        data: Arc::default(),
        event_handlers: vec![Arc::new(handler)],
        raw_event_handlers: Vec::new(),
        shard_index: 0,
        shard_init: shards,
        shard_total: shards,
        ws_url: Arc::new(Mutex::new(gateway_url.to_owned())),
        http: Arc::new(Http::new(settings.token.expose_secret())),
        intents: INTENTS,
        presence: None,
    }
}

async fn not_ready_in_time(ready: &CancellationToken, gateway_url: &str) -> RunError {
    if tokio::time::timeout(Duration::from_secs(READY_SECONDS_MAX), ready.cancelled()).await.is_ok() {
        std::future::pending::<()>().await;
    }
    let cause = format!("no session began within {READY_SECONDS_MAX} seconds");
    RunError::GatewayUnreachable { address: failure::origin(gateway_url), cause }
}

fn why_ended(error: &GatewayError) -> RunError {
    match error {
        GatewayError::InvalidAuthentication => RunError::WrongToken,
        GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents => {
            RunError::RefusedIntents
        }
        GatewayError::InvalidShardData | GatewayError::OverloadedShard => RunError::RefusedShards,
        other => RunError::Ended(format!("gateway: {other}")),
    }
}

#[cfg(test)]
mod tests;
