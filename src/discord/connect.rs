//! What is checked before a session is begun: the token, the API, the gateway's address, the sessions left.

use std::fmt;
use std::time::Duration;

use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serenity::all::{ApplicationId, BotGateway};
use serenity::http::{Http, HttpBuilder, Route};
use tokio::net::TcpStream;
use url::Url;

use super::sender::requests::Requests;
use super::{INTENTS, RunError, Settings, failure};
use crate::delivery::send::{Outcome, Refusal};

const DISCORD: &str = "https://discord.com";
const CONNECT_SECONDS_MAX: u64 = 10;
/// A whole request. An answer to an interaction is of no use after 3 seconds, but other requests are.
const REQUEST_SECONDS_MAX: u64 = 20;
/// Discord starts bots with up to 16 identifies at once; more shards need a larger design than this one.
const SHARDS_MAX: u32 = 16;
/// How often a question of the start is asked where Discord wants the bot to wait, and how long it waits before each.
const TRIES_MAX: u32 = 5;
const WAIT_SECONDS_MAX: u64 = 600;

/// A checked way to Discord.
pub struct Connection {
    /// The REST client, with the application's id.
    pub http: Http,
    /// Where the websocket is.
    pub gateway_url: String,
    /// How many shards Discord recommends, at least 1.
    pub shards: u32,
}

/// Without the addresses: what stands below their hosts may be a secret.
impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Connection").field("shards", &self.shards).finish_non_exhaustive()
    }
}

#[derive(serde::Deserialize)]
struct OwnUser {
    username: String,
}

#[derive(serde::Deserialize)]
struct OwnApplication {
    id: ApplicationId,
}

/// Builds the REST client and asks Discord who we are and where its gateway is. These are the first answers of whoever is at that
/// address, so they are read with the poster's bounds: serenity would read an answer of any size whole.
///
/// # Errors
///
/// A refused token, an API or a gateway that cannot be used, no sessions left for today.
pub async fn prepare(settings: &Settings) -> Result<Connection, RunError> {
    let address = settings.api_url.as_deref().unwrap_or(DISCORD);
    let http = rest_client(settings)?;
    let requests = Requests::new(settings)?;
    let user: OwnUser = ask(&requests, address, Route::UserMe).await?;
    let application: OwnApplication = ask(&requests, address, Route::Oauth2ApplicationCurrent).await?;
    http.set_application_id(application.id);
    let gateway: BotGateway = ask(&requests, address, Route::GatewayBot).await?;
    tracing::info!(
        bot = failure::said(&user.username),
        application = application.id.get(),
        intents = INTENTS.bits(),
        sessions_left = gateway.session_start_limit.remaining,
        "Discord knows the token"
    );
    if gateway.session_start_limit.remaining == 0 {
        let minutes = gateway.session_start_limit.reset_after.div_ceil(60_000);
        return Err(RunError::NoSessionsLeft { minutes });
    }
    reach(address, &gateway.url).await?;
    if gateway.shards > SHARDS_MAX {
        tracing::warn!(recommended = gateway.shards, started = SHARDS_MAX, "too many shards for one process");
    }
    Ok(Connection { http, gateway_url: gateway.url, shards: gateway.shards.clamp(1, SHARDS_MAX) })
}

/// Asks once, and again only where Discord wants the bot to wait first.
async fn ask<T: DeserializeOwned>(
    requests: &Requests,
    address: &str,
    route: Route<'static>,
) -> Result<T, RunError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let outcome = match requests.get(route, Vec::new()).await {
            Ok(answer) => return Ok(answer),
            Err(outcome) => outcome,
        };
        let cause = match outcome {
            Outcome::Refused(refusal) if refusal.status == 401 => return Err(RunError::WrongToken),
            Outcome::Refused(Refusal { status: 429, retry_after: Some(wait), .. }) if tries < TRIES_MAX => {
                tracing::warn!(seconds = wait.as_secs(), "Discord wants the bot to wait before it starts");
                tokio::time::sleep(wait.min(Duration::from_secs(WAIT_SECONDS_MAX))).await;
                continue;
            }
            Outcome::Refused(refusal) => {
                format!("Discord refused with {}", failure::said(&refusal.to_string()))
            }
            Outcome::Lost { cause, .. } => cause,
            Outcome::Done(_) => "Discord's answer could not be read".to_owned(),
        };
        return Err(RunError::Unreachable { address: failure::origin(address), cause });
    }
}

/// serenity's own limiter ignores a proxy, so behind `DISCORD_API_URL`, and only there, it is off: whoever
/// answers at that address keeps the limits.
fn rest_client(settings: &Settings) -> Result<Http, RunError> {
    let client = http_client()?;
    let builder = HttpBuilder::new(settings.token.expose_secret()).client(client);
    Ok(match &settings.api_url {
        Some(api_url) => builder.proxy(api_url.clone()).ratelimiter_disabled(true).build(),
        None => builder.build(),
    })
}

/// A client whose requests are bounded in time and follow no redirect: Discord's API has none, a redirect would make a GET of a
/// POST, and it would lead requests to wherever an answer says.
pub(super) fn http_client() -> Result<reqwest::Client, RunError> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
        .timeout(Duration::from_secs(REQUEST_SECONDS_MAX))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(|error| RunError::Ended(format!("no HTTP client can be built ({})", error.without_url())))
}

/// The body of an answer, read no further than it may be long.
///
/// # Errors
///
/// In words: it is longer, or could not be read to its end.
pub(super) async fn body(response: &mut reqwest::Response, bytes_max: usize) -> Result<Vec<u8>, String> {
    let too_long = || format!("Discord's answer has more than {bytes_max} bytes");
    if response.content_length().is_some_and(|length| length > bytes_max as u64) {
        return Err(too_long());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure::transport_in_words(&error))? {
        if body.len() + chunk.len() > bytes_max {
            return Err(too_long());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Where the gateway is: host and port. An API that was asked over TLS may not lead the token to where it is sent in the open.
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

/// Whether anybody listens at the gateway's address. serenity itself would try for ever without a word.
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

    #[tokio::test]
    async fn serenitys_client_follows_no_redirect_either() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let elsewhere = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let head = format!(
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://{}/\r\nContent-Length: 2\r\n\r\n{{}}",
            elsewhere.local_addr().unwrap()
        );
        let settings = Settings {
            token: "fake".into(),
            guild_id: None,
            api_url: Some(format!("http://{}", api.local_addr().unwrap())),
        };
        let http = rest_client(&settings).unwrap();
        let answers = async {
            let (mut stream, _) = api.accept().await.unwrap();
            let mut request = [0; 4096];
            let _bytes = stream.read(&mut request).await.unwrap();
            stream.write_all(head.as_bytes()).await.unwrap();
            stream
        };
        let (asked, _open) = tokio::join!(http.get_current_user(), answers);
        assert_eq!(failure::status_and_code(&asked.unwrap_err()).map(|(status, _)| status), Some(307));
        let come = tokio::time::timeout(Duration::from_millis(50), elsewhere.accept()).await;
        assert!(come.is_err(), "nobody comes there");
    }
}
