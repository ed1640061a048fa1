//! Requests to Discord's REST API. Every request of the bot goes through [`Requests`], which paces it and bounds its time and the
//! size of its response. No error holds the token. serenity's own client would read a response of any size, and its rate limiter
//! hides responses.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serenity::all::LightMethod;
use serenity::builder::CreateMessage;
use serenity::http::{Request, Route};

use super::client;
use super::discord_clock::DiscordClock;
use super::pacer::{Lane, Pacer};
use super::response::HttpResponse;
use crate::delivery::retry::ActionKind;
use crate::delivery::send::{Outcome, Refusal, RefusalOrigin};
use crate::discord::{RunError, Settings, failure};
use crate::ids::ChannelId;
use crate::ops::metrics;

/// The response to a write is a message or a channel.
const WRITE_BYTES_MAX: usize = 1024 * 1024;
/// A hundred messages with ten embeds and ten files each are much smaller.
const READ_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A client for Discord's REST API.
pub struct Requests {
    client: reqwest::Client,
    /// The value of the header `Authorization`: `Bot ` and the token.
    authorization: SecretString,
    api_url: Option<String>,
    pacer: Pacer,
    may_write: MayWrite,
    discord_clock: DiscordClock,
}

/// Whether a write may begin now.
pub type MayWrite = Arc<dyn Fn() -> bool + Send + Sync>;

impl fmt::Debug for Requests {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Requests").finish_non_exhaustive()
    }
}

impl Requests {
    /// Requests with the token of these settings and the default pacer, that of the worker.
    ///
    /// # Errors
    /// No HTTP client can be built.
    pub fn new(settings: &Settings) -> Result<Self, RunError> {
        let client = client::http_client()?;
        let authorization = format!("Bot {}", settings.token.expose_secret()).into();
        let api_url = settings.api_url.clone();
        Ok(Self {
            client,
            authorization,
            api_url,
            pacer: Pacer::default(),
            may_write: Arc::new(|| true),
            discord_clock: DiscordClock::default(),
        })
    }

    pub(super) fn writing_only_if(self, may_write: MayWrite) -> Self {
        Self { may_write, ..self }
    }

    pub(in crate::discord) fn paced_by(self, pacer: Pacer) -> Self {
        Self { pacer, ..self }
    }

    /// Sends one write with its body. The error is the outcome if there is no response.
    pub(super) async fn write(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Option<Vec<u8>>,
    ) -> Result<HttpResponse, Outcome> {
        self.ask(method, route, Request::new(route, method).body(body), WRITE_BYTES_MAX).await
    }

    /// Sends a read.
    ///
    /// # Errors
    /// A refusal, no response, or a response that cannot be parsed or is too long.
    pub async fn get<T: DeserializeOwned>(&self, route: Route<'_>) -> Result<T, Outcome> {
        let request = Request::new(route, LightMethod::Get);
        self.ask(LightMethod::Get, route, request, READ_BYTES_MAX).await?.read()
    }

    /// Sends a read with query parameters. Their values must not need an encoding.
    ///
    /// # Errors
    /// As [`Requests::get`].
    pub async fn get_with<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        parameters: Vec<(&'static str, String)>,
    ) -> Result<T, Outcome> {
        let request = Request::new(route, LightMethod::Get).params(Some(parameters));
        self.ask(LightMethod::Get, route, request, READ_BYTES_MAX).await?.read()
    }

    /// Replaces a resource, and returns its new state.
    ///
    /// # Errors
    /// As [`Requests::get`].
    pub async fn put<T: DeserializeOwned>(&self, route: Route<'_>, body: Vec<u8>) -> Result<T, Outcome> {
        self.write(LightMethod::Put, route, Some(body)).await?.read()
    }

    /// Sends a message in a channel, once.
    pub(in crate::discord) async fn post(&self, channel: ChannelId, message: &CreateMessage) -> Outcome {
        let body = match serde_json::to_vec(message) {
            Ok(body) => body,
            Err(error) => return not_sent(error.to_string()),
        };
        let route = Route::ChannelMessages { channel_id: channel.into() };
        let answered = self.write(LightMethod::Post, route, Some(body)).await;
        answered.map_or_else(|outcome| outcome, |answer| answer.outcome(ActionKind::Post))
    }

    /// Answers an interaction. Such a request does not count against the bot's global limit (Discord's docs, "Rate Limits"), and a
    /// person waits for it, so the pacer does not delay it. The body of the response is ignored.
    ///
    /// # Errors
    /// As [`Requests::get`].
    pub async fn answer_interaction(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &impl Serialize,
    ) -> Result<(), Outcome> {
        let body = serde_json::to_vec(body).map_err(|error| not_sent(error.to_string()))?;
        let request = self.built(Request::new(route, method).body(Some(body)))?;
        let answer = self.send(route, request, WRITE_BYTES_MAX).await?;
        if answer.is_success() { Ok(()) } else { Err(Outcome::Refused(answer.refusal())) }
    }

    /// Discord's time; `None` before the first answer.
    pub(in crate::discord) fn discord_now(&self) -> Option<Timestamp> {
        self.discord_clock.now(Instant::now())
    }

    async fn send(
        &self,
        route: Route<'_>,
        request: reqwest::RequestBuilder,
        bytes_max: usize,
    ) -> Result<HttpResponse, Outcome> {
        let began_at = Instant::now();
        let answered = self.exchange(request, bytes_max).await;
        let status = answered.as_ref().ok().map(|answer| answer.status);
        metrics::discord_request(class(route), status, began_at.elapsed());
        answered
    }

    async fn exchange(
        &self,
        request: reqwest::RequestBuilder,
        bytes_max: usize,
    ) -> Result<HttpResponse, Outcome> {
        let mut response = request.send().await.map_err(|error| Outcome::Lost {
            may_have_arrived: !(error.is_connect() || error.is_builder()),
            cause: failure::transport_in_words(&error),
        })?;
        self.discord_clock.note(response.headers(), Instant::now());
        let body = client::body(&mut response, bytes_max).await;
        let body = body.map_err(|cause| Outcome::Lost { may_have_arrived: true, cause })?;
        let status = response.status().as_u16();
        Ok(HttpResponse { status, headers: std::mem::take(response.headers_mut()), body })
    }

    async fn ask(
        &self,
        method: LightMethod,
        route: Route<'_>,
        request: Request<'_>,
        bytes_max: usize,
    ) -> Result<HttpResponse, Outcome> {
        let lane = Lane::of(method.reqwest_method().as_str(), &route.path());
        let request = self.built(request)?;
        self.pacer.admit(&lane).await.map_err(|held| {
            Outcome::Refused(Refusal {
                status: 429,
                retry_after: Some(held.retry_after),
                is_global: held.is_global,
                origin: RefusalOrigin::OwnPacer,
                ..Refusal::default()
            })
        })?;
        if method != LightMethod::Get && !(self.may_write)() {
            return Err(not_sent("another process may take over before the request would end".to_owned()));
        }
        let answer = self.send(route, request, bytes_max).await?;
        self.pacer.note(&lane, &answer.headers);
        if answer.status == 429 {
            let refusal = answer.refusal();
            if let Some(wait) = refusal.retry_after.filter(|_| refusal.is_global) {
                self.pacer.pause(wait);
            }
        }
        Ok(answer)
    }

    /// Builds the request. serenity's error holds the address, and the address of an answer to an interaction holds a token, so
    /// the outcome does not repeat that error.
    fn built(&self, request: Request<'_>) -> Result<reqwest::RequestBuilder, Outcome> {
        request
            .build(&self.client, self.authorization.expose_secret(), self.api_url.as_deref())
            .map_err(|_error| not_sent("the request could not be built".to_owned()))
    }
}

/// The class of a route, for the metrics: without ids and tokens.
fn class(route: Route<'_>) -> &'static str {
    match route {
        Route::UserMe => "user",
        Route::Oauth2ApplicationCurrent => "application",
        Route::GatewayBot => "gateway",
        Route::Commands { .. } | Route::GuildCommands { .. } => "commands",
        Route::GuildCommandsPermissions { .. } => "command_permissions",
        Route::Guild { .. } | Route::GuildRoles { .. } | Route::GuildThreadsActive { .. } => "guild",
        Route::GuildMember { .. } => "member",
        Route::Channel { .. } | Route::ChannelArchivedPublicThreads { .. } => "channel",
        Route::ChannelMessages { .. } => "messages",
        Route::ChannelMessage { .. } => "message",
        Route::ChannelMessageCrosspost { .. } => "crosspost",
        Route::ChannelForumPosts { .. } | Route::ChannelMessageThreads { .. } => "threads",
        Route::InteractionResponse { .. } => "interaction_response",
        Route::WebhookFollowupMessages { .. } | Route::WebhookOriginalInteractionResponse { .. } => {
            "interaction_follow_up"
        }
        _ => "other",
    }
}

fn not_sent(cause: String) -> Outcome {
    Outcome::Lost { may_have_arrived: false, cause }
}
