//! What is checked before a session is begun: the token, the API, the gateway's address, the sessions left.

use std::time::Duration;

use secrecy::ExposeSecret;
use serenity::all::ApplicationId;
use serenity::http::{Http, HttpBuilder};
use tokio::net::TcpStream;
use url::Url;

use super::{INTENTS, RunError, Settings, failure};

const DISCORD: &str = "https://discord.com";
const CONNECT_SECONDS_MAX: u64 = 10;
/// A whole request. An answer to an interaction is of no use after 3 seconds, but other requests are.
const REQUEST_SECONDS_MAX: u64 = 20;
/// Discord starts bots with up to 16 identifies at once; more shards need a larger design than this one.
const SHARDS_MAX: u32 = 16;

/// A checked way to Discord.
#[derive(Debug)]
pub struct Connection {
    /// The REST client, with the application's id.
    pub http: Http,
    /// Where the websocket is.
    pub gateway_url: String,
    /// How many shards Discord recommends, at least 1.
    pub shards: u32,
}

/// Builds the REST client and asks Discord who we are and where its gateway is.
///
/// # Errors
///
/// A refused token, an API or a gateway that cannot be used, no sessions left for today.
pub async fn prepare(settings: &Settings) -> Result<Connection, RunError> {
    let address = settings.api_url.as_deref().unwrap_or(DISCORD);
    let refused = |error: serenity::Error| api_error(address, &error);
    let http = rest_client(settings)?;
    let user = http.get_current_user().await.map_err(refused)?;
    let application = http.get_current_application_info().await.map_err(refused)?;
    http.set_application_id(ApplicationId::new(application.id.get()));
    let gateway = http.get_bot_gateway().await.map_err(refused)?;
    tracing::info!(
        bot = %user.name,
        application = application.id.get(),
        intents = INTENTS.bits(),
        sessions_left = gateway.session_start_limit.remaining,
        "Discord knows the token"
    );
    if gateway.session_start_limit.remaining == 0 {
        let minutes = gateway.session_start_limit.reset_after.div_ceil(60_000);
        return Err(RunError::NoSessionsLeft { minutes });
    }
    reach(&gateway.url).await?;
    if gateway.shards > SHARDS_MAX {
        tracing::warn!(recommended = gateway.shards, started = SHARDS_MAX, "too many shards for one process");
    }
    Ok(Connection { http, gateway_url: gateway.url, shards: gateway.shards.clamp(1, SHARDS_MAX) })
}

/// serenity's own limiter ignores a proxy, so behind `DISCORD_API_URL`, and only there, it is off: whoever
/// answers at that address keeps the limits.
fn rest_client(settings: &Settings) -> Result<Http, RunError> {
    let client = http_client(|builder| builder)?;
    let builder = HttpBuilder::new(settings.token.expose_secret()).client(client);
    Ok(match &settings.api_url {
        Some(api_url) => builder.proxy(api_url.clone()).ratelimiter_disabled(true).build(),
        None => builder.build(),
    })
}

/// A client whose requests are bounded in time, with what else it is to have.
pub(super) fn http_client(
    with: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> Result<reqwest::Client, RunError> {
    let builder = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
        .timeout(Duration::from_secs(REQUEST_SECONDS_MAX))
        .no_proxy();
    with(builder)
        .build()
        .map_err(|error| RunError::Ended(format!("no HTTP client can be built ({})", error.without_url())))
}

fn api_error(address: &str, error: &serenity::Error) -> RunError {
    match failure::status_and_code(error) {
        Some((401, _)) => RunError::WrongToken,
        _ => RunError::Unreachable { address: address.to_owned(), cause: failure::in_words(error) },
    }
}

/// Whether anybody listens at the gateway's address. serenity itself would try for ever without a word.
async fn reach(gateway_url: &str) -> Result<(), RunError> {
    let unreachable = |cause: String| RunError::GatewayUnreachable { address: gateway_url.to_owned(), cause };
    let url = Url::parse(gateway_url).ok().filter(|url| matches!(url.scheme(), "ws" | "wss"));
    let host_and_port = url.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
    let Some((host, port)) = host_and_port else {
        return Err(unreachable("it is not the address of a websocket".to_owned()));
    };
    // `host_str` keeps the brackets of an IPv6 address, which a socket does not know.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match tokio::time::timeout(Duration::from_secs(CONNECT_SECONDS_MAX), TcpStream::connect((host, port)))
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
    fn the_limiter_is_off_only_behind_another_api() {
        let settings = |api_url: Option<&str>| Settings {
            token: "fake".into(),
            guild_id: None,
            api_url: api_url.map(str::to_owned),
        };
        assert!(rest_client(&settings(None)).unwrap().ratelimiter.is_some());
        let behind_a_proxy = rest_client(&settings(Some("http://127.0.0.1:1"))).unwrap();
        assert!(behind_a_proxy.ratelimiter.is_none());
        assert_eq!(behind_a_proxy.proxy.as_deref(), Some("http://127.0.0.1:1"));
    }
}
