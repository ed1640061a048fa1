//! Runs the bot: from the first request to Discord until a stop.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use secrecy::ExposeSecret;
use serenity::gateway::{GatewayError, ShardManager, ShardManagerOptions};
use serenity::http::Http;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::channel_lookup::DiscordChannels;
use super::connect::INTENTS;
use super::guild_events::GuildEvents;
use super::handler::Handler;
use super::run_error::RunError;
use super::settings::Settings;
use super::state::State;
use super::{close_codes, connect, failure, register};
use crate::delivery::ledger::IdentifyTurn;
use crate::shards::ShardRange;

/// How long the first session may take to begin, in seconds. Discord takes one or two.
const READY_SECONDS_MAX: u64 = 60;
/// How often a session may begin (Discord's docs, "Session Start Limit Object", with `max_concurrency` of 1).
const IDENTIFY_EVERY: Duration = Duration::from_secs(5);
/// How long a stop waits for running answers, in seconds.
const STOP_SECONDS_MAX: u64 = 5;

/// Runs the bot until `stop` is cancelled or something ends it for good.
///
/// # Errors
///
/// See [`RunError`].
pub async fn run(settings: &Settings, state: Arc<State>, stop: CancellationToken) -> Result<(), RunError> {
    let connection = tokio::select! {
        connection = connect::prepare(settings) => connection?,
        () = stop.cancelled() => return Ok(()),
    };
    let registered =
        register::register(&connection.requests, connection.application, settings.guild_id).await?;
    state.registered().set(registered);
    let turn = match state.processes() {
        Some(processes) => tokio::select! {
            turn = processes.turn_to_identify(connection.max_concurrency) => turn,
            () = stop.cancelled() => return Ok(()),
        },
        None => None,
    };
    let requests = Arc::new(connection.requests);
    let answers = TaskTracker::new();
    let ready = state.connected().clone();
    let events = Arc::new(GuildEvents::new(Arc::clone(&state)));
    let now = state.now();
    let handler = Handler::new(
        Arc::clone(&state),
        settings.guild_id,
        answers.clone(),
        ready.clone(),
        Arc::clone(&events),
        Arc::clone(&requests),
    );
    let options = gateway_options(settings, &connection.gateway_url, connection.shards, handler);
    let (shards, mut ended) = ShardManager::new(options);
    let codes = close_codes::follow();
    let discord = DiscordChannels { requests: &requests, now };
    state.gateway().runs(Arc::clone(&shards), connection.shards);
    tokio::spawn(hold_turn(turn, ready.clone(), connection.shards.count));
    shards.initialize().map_err(|_error| RunError::Ended("serenity could start no shard".to_owned()))?;
    let result = tokio::select! {
        // The manager ends by itself only when no shard is left. A second shutdown would wait without end.
        ended = ended.next() => ended.unwrap_or(Ok(())).map_err(|error| why_ended(&error)),
        error = not_ready_in_time(&ready, &connection.gateway_url) => Err(error),
        error = close_codes::refused(codes) => Err(error),
        never = events.forward(&discord) => match never {},
        // Running answers do not need the session: they use HTTP.
        () = stop.cancelled() => {
            shards.shutdown_all().await;
            Ok(())
        }
    };
    answers.close();
    if tokio::time::timeout(Duration::from_secs(STOP_SECONDS_MAX), answers.wait()).await.is_err() {
        tracing::warn!(count = answers.len(), "the bot stopped before it sent these answers");
    }
    result
}

/// The options of serenity's shards. serenity's own builder would request `GET /gateway` again, and would read an answer of any
/// size. serenity uses only the token of the REST client.
fn gateway_options(
    settings: &Settings,
    gateway_url: &str,
    shards: ShardRange,
    handler: Handler,
) -> ShardManagerOptions {
    ShardManagerOptions {
        data: Arc::default(),
        event_handlers: vec![Arc::new(handler)],
        raw_event_handlers: Vec::new(),
        shard_index: shards.first,
        shard_init: shards.count,
        shard_total: shards.total,
        ws_url: Arc::new(Mutex::new(gateway_url.to_owned())),
        http: Arc::new(Http::new(settings.token.expose_secret())),
        intents: INTENTS,
        presence: None,
    }
}

/// Keeps the turn until the shards of this process have begun their sessions: serenity begins one each 5 s.
async fn hold_turn(turn: Option<IdentifyTurn>, ready: CancellationToken, shards: u32) {
    if turn.is_some() {
        let _is_ready = tokio::time::timeout(Duration::from_secs(READY_SECONDS_MAX), ready.cancelled()).await;
        tokio::time::sleep(IDENTIFY_EVERY * shards).await;
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
