//! Single requests to Discord's REST API: paced, bounded in time and size. No error holds the token. Every request of the bot
//! goes through here: serenity's own client would read an answer of any size whole, and its limiter hides answers.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serenity::all::LightMethod;
use serenity::http::{Request, Route};

use super::client;
use super::pacer::{Lane, Pacer};
use super::response::HttpResponse;
use crate::delivery::send::{Outcome, Refusal, RefusalOrigin};
use crate::discord::{RunError, Settings, failure};

/// An answer to a write is a message or a channel.
const WRITE_BYTES_MAX: usize = 1024 * 1024;
/// A hundred messages of ten embeds and ten files each stay far below this.
const READ_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A way to Discord's API that hides nothing of its answers.
pub struct Requests {
    client: reqwest::Client,
    /// With `Bot ` before it.
    authorization: SecretString,
    api_url: Option<String>,
    pacer: Pacer,
    may_write: MayWrite,
}

/// Whether a write may begin now.
pub type MayWrite = Arc<dyn Fn() -> bool + Send + Sync>;

impl fmt::Debug for Requests {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Requests").finish_non_exhaustive()
    }
}

impl Requests {
    /// Requests with the token of these settings, paced as the poster's.
    ///
    /// # Errors
    /// No HTTP client can be built.
    pub fn new(settings: &Settings) -> Result<Self, RunError> {
        let client = client::http_client()?;
        let authorization = format!("Bot {}", settings.token.expose_secret()).into();
        let api_url = settings.api_url.clone();
        Ok(Self { client, authorization, api_url, pacer: Pacer::default(), may_write: Arc::new(|| true) })
    }

    pub(super) fn writing_only_if(self, may_write: MayWrite) -> Self {
        Self { may_write, ..self }
    }

    pub(in crate::discord) fn paced_by(self, pacer: Pacer) -> Self {
        Self { pacer, ..self }
    }

    /// A write with its body, once. The error is the outcome where there is no answer.
    pub(super) async fn write(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Option<Vec<u8>>,
    ) -> Result<HttpResponse, Outcome> {
        self.ask(method, route, Request::new(route, method).body(body), WRITE_BYTES_MAX).await
    }

    /// A read.
    ///
    /// # Errors
    /// A refusal, no answer, or an answer that cannot be read or is too long.
    pub async fn get<T: DeserializeOwned>(&self, route: Route<'_>) -> Result<T, Outcome> {
        let request = Request::new(route, LightMethod::Get);
        self.ask(LightMethod::Get, route, request, READ_BYTES_MAX).await?.read()
    }

    /// A read, with parameters that need no encoding.
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

    /// Writes a whole, and reads what is there afterwards.
    ///
    /// # Errors
    /// As [`Requests::get`].
    pub async fn put<T: DeserializeOwned>(&self, route: Route<'_>, body: Vec<u8>) -> Result<T, Outcome> {
        self.write(LightMethod::Put, route, Some(body)).await?.read()
    }

    /// Answers an interaction. Such requests do not count against the bot's global limit (Discord's docs, "Rate Limits"), and
    /// a person waits for them, so the pacer does not hold them. Nobody needs the body
    /// of Discord's answer.
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
        let answer = send(request, WRITE_BYTES_MAX).await?;
        if answer.is_success() { Ok(()) } else { Err(Outcome::Refused(answer.refusal())) }
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
        let answer = send(request, bytes_max).await?;
        self.pacer.note(&lane, &answer.headers);
        if answer.status == 429 {
            let refusal = answer.refusal();
            if let Some(wait) = refusal.retry_after.filter(|_| refusal.is_global) {
                self.pacer.pause(wait);
            }
        }
        Ok(answer)
    }

    /// serenity's error holds the address, and the address of an answer to an interaction holds the interaction's token.
    fn built(&self, request: Request<'_>) -> Result<reqwest::RequestBuilder, Outcome> {
        request
            .build(&self.client, self.authorization.expose_secret(), self.api_url.as_deref())
            .map_err(|_error| not_sent("the request could not be built".to_owned()))
    }
}

async fn send(request: reqwest::RequestBuilder, bytes_max: usize) -> Result<HttpResponse, Outcome> {
    let mut response = request.send().await.map_err(|error| Outcome::Lost {
        may_have_arrived: !(error.is_connect() || error.is_builder()),
        cause: failure::transport_in_words(&error),
    })?;
    let body = client::body(&mut response, bytes_max).await;
    let body = body.map_err(|cause| Outcome::Lost { may_have_arrived: true, cause })?;
    let status = response.status().as_u16();
    Ok(HttpResponse { status, headers: std::mem::take(response.headers_mut()), body })
}

fn not_sent(cause: String) -> Outcome {
    Outcome::Lost { may_have_arrived: false, cause }
}
