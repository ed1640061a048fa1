//! The checks before the first session: the token, the API, the address of the gateway, the remaining sessions.

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serenity::all::{ApplicationId, BotGateway, GatewayIntents};
use serenity::http::Route;
use tokio::net::TcpStream;
use url::Url;

use super::failure;
use super::run_error::RunError;
use super::sender::client::CONNECT_SECONDS_MAX;
use super::sender::pacer::{ANSWERS_PER_SECOND_MAX, Pacer};
use super::sender::requests::Requests;
use super::settings::Settings;
use crate::delivery::send::{Outcome, Refusal};
use crate::shards::{SHARDS_MAX, ShardRange, Shards};

/// Events about guilds, channels and roles. Discord does not have to approve this intent.
pub(super) const INTENTS: GatewayIntents = GatewayIntents::GUILDS;
const DISCORD: &str = "https://discord.com";
/// The most attempts of a request at the start, while Discord answers with 429, and the longest wait before an attempt.
const TRIES_MAX: u32 = 5;
const WAIT_SECONDS_MAX: u64 = 600;

/// The results of the checks.
pub struct Connection {
    pub(super) requests: Requests,
    pub(super) application: ApplicationId,
    /// The name of the bot, as Discord has it: not escaped.
    pub(super) bot: String,
    /// Where people can install the bot; `None` if Discord does not say.
    pub(super) installs: Option<Installs>,
    /// How many sessions the bot may begin until Discord counts anew.
    pub(super) sessions_left: u64,
    /// How many shards may begin a session at the same time.
    pub(super) max_concurrency: u32,
    /// The address of the websocket.
    pub(super) gateway_url: String,
    /// The shards of this process.
    pub(super) shards: ShardRange,
}

/// Leaves out the addresses, because a path or a query may hold a secret.
impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Connection").field("shards", &self.shards.to_string()).finish_non_exhaustive()
    }
}

#[derive(serde::Deserialize)]
struct OwnUser {
    username: String,
}

#[derive(serde::Deserialize)]
struct OwnApplication {
    id: ApplicationId,
    integration_types_config: Option<HashMap<String, serde_json::Value>>,
}

/// Where people can install the bot (Discord's docs, "Application Integration Types").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Installs {
    /// In a guild.
    pub(crate) in_guilds: bool,
    /// In an account.
    pub(crate) in_accounts: bool,
}

impl OwnApplication {
    fn installs(&self) -> Option<Installs> {
        let config = self.integration_types_config.as_ref()?;
        Some(Installs { in_guilds: config.contains_key("0"), in_accounts: config.contains_key("1") })
    }
}

/// Fetches the bot's user, its application and the address of the gateway.
///
/// # Errors
///
/// A refused token, an API or a gateway that cannot be used, or no sessions left for today.
pub async fn prepare(settings: &Settings) -> Result<Connection, RunError> {
    let address = settings.api_url.as_deref().unwrap_or(DISCORD);
    let requests = Requests::new(settings)?.paced_by(Pacer::new(ANSWERS_PER_SECOND_MAX));
    let user: OwnUser = ask(&requests, address, Route::UserMe).await?;
    let application: OwnApplication = ask(&requests, address, Route::Oauth2ApplicationCurrent).await?;
    let gateway: BotGateway = ask(&requests, address, Route::GatewayBot).await?;
    tracing::info!(
        bot = failure::loggable(&user.username),
        application = application.id.get(),
        intents = INTENTS.bits(),
        sessions_left = gateway.session_start_limit.remaining,
        "Discord accepted the token"
    );
    if gateway.session_start_limit.remaining == 0 {
        let minutes = gateway.session_start_limit.reset_after.div_ceil(60_000);
        return Err(RunError::NoSessionsLeft { minutes });
    }
    reach(address, &gateway.url).await?;
    let shards = shards_of(settings.shards, gateway.shards);
    Ok(Connection {
        requests,
        application: application.id,
        bot: user.username,
        installs: application.installs(),
        sessions_left: gateway.session_start_limit.remaining,
        max_concurrency: u32::try_from(gateway.session_start_limit.max_concurrency).unwrap_or(u32::MAX),
        gateway_url: gateway.url,
        shards,
    })
}

/// The shards of this process. `recommended` is what Discord recommends for the whole bot.
fn shards_of(shards: Shards, recommended: u32) -> ShardRange {
    let own = match shards {
        Shards::Own(own) => own,
        Shards::Recommended => {
            let count = recommended.clamp(1, SHARDS_MAX);
            ShardRange { first: 0, count, total: count }
        }
    };
    if recommended > own.total {
        tracing::warn!(
            recommended,
            total = own.total,
            "Discord recommends more shards; set DISCORD_SHARDS, and run more processes"
        );
    }
    own
}

/// Sends one request of the start.
async fn ask<T: DeserializeOwned>(
    requests: &Requests,
    address: &str,
    route: Route<'static>,
) -> Result<T, RunError> {
    patiently(|| requests.get(route)).await.map_err(|outcome| match outcome {
        Outcome::Refused(refusal) if refusal.status == 401 => RunError::WrongToken,
        outcome => {
            RunError::Unreachable { address: failure::origin(address), cause: failure::in_words(&outcome) }
        }
    })
}

/// Sends a request. While Discord answers with 429, waits and sends the request again.
pub(super) async fn patiently<T, F>(ask: impl Fn() -> F) -> Result<T, Outcome>
where
    F: Future<Output = Result<T, Outcome>>,
{
    let mut tries = 0;
    loop {
        tries += 1;
        match ask().await {
            Err(Outcome::Refused(Refusal { status: 429, retry_after: Some(wait), .. }))
                if tries < TRIES_MAX =>
            {
                tracing::warn!(
                    seconds = wait.as_secs(),
                    "Discord limits the requests of the bot; the bot waits and tries again"
                );
                tokio::time::sleep(wait.min(Duration::from_secs(WAIT_SECONDS_MAX))).await;
            }
            answered => return answered,
        }
    }
}

/// Host and port of the gateway. If the address of the API is encrypted, the gateway must be encrypted too, because the token
/// travels to both.
fn gateway_place(api_address: &str, gateway_url: &str) -> Result<(String, u16), &'static str> {
    const NO_ADDRESS: &str = "it is not the address of a websocket";
    let url = Url::parse(gateway_url).map_err(|_| NO_ADDRESS)?;
    match url.scheme() {
        "wss" => {}
        "ws" if api_address.starts_with("http://") => {}
        "ws" => return Err("it is not encrypted (ws://), and the API is (https://)"),
        _ => return Err(NO_ADDRESS),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it has a user or a password");
    }
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return Err(NO_ADDRESS);
    };
    // `host_str` keeps the brackets of an IPv6 address, which a socket does not know.
    Ok((host.trim_start_matches('[').trim_end_matches(']').to_owned(), port))
}

/// Checks that the gateway accepts connections. serenity would try again without end, and report nothing.
async fn reach(api_address: &str, gateway_url: &str) -> Result<(), RunError> {
    let unreachable =
        |cause: String| RunError::GatewayUnreachable { address: failure::origin(gateway_url), cause };
    let (host, port) =
        gateway_place(api_address, gateway_url).map_err(|cause| unreachable(cause.to_owned()))?;
    match tokio::time::timeout(
        Duration::from_secs(CONNECT_SECONDS_MAX),
        TcpStream::connect((host.as_str(), port)),
    )
    .await
    {
        Ok(Ok(_connected)) => Ok(()),
        Ok(Err(error)) => Err(unreachable(error.to_string())),
        Err(_elapsed) => Err(unreachable(format!("no connection within {CONNECT_SECONDS_MAX} seconds"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gateway_in_the_open_belongs_to_an_api_in_the_open() {
        for (api, gateway, is_right) in [
            (DISCORD, "wss://gateway.discord.gg", true),
            ("http://127.0.0.1:3000", "wss://gateway.discord.gg", true),
            ("http://127.0.0.1:3000", "ws://127.0.0.1:3000/gateway", true),
            (DISCORD, "ws://gateway.discord.gg", false),
            (DISCORD, "WS://gateway.discord.gg", false),
            ("https://proxy.example", "ws://127.0.0.1:3000", false),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000", false),
            ("http://127.0.0.1:3000", "ws://bot:hunter2@127.0.0.1:3000", false),
            ("http://127.0.0.1:3000", "gateway", false),
        ] {
            assert_eq!(gateway_place(api, gateway).is_ok(), is_right, "{api} {gateway}");
        }
        assert_eq!(gateway_place("http://x", "ws://[::1]/"), Ok(("::1".to_owned(), 80)));
    }
}
