//! Polite, bounded requests of feeds.
//!
//! A request follows at most [`REDIRECTS_MAX`] redirects, takes at most [`TIME_MAX`] and gives at most [`BODY_BYTES_MAX`]
//! bytes after decompression. Addresses of private networks are refused on the address that the connection goes to, so
//! neither a redirect nor a name that leads there gets past. There are no cookies and no proxies.

use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{self, HeaderMap, HeaderName};
use reqwest::{Client, Response, StatusCode};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::{Host, Url};

mod public;
#[cfg(test)]
mod tests;

/// Bytes of a body at most, after decompression.
pub const BODY_BYTES_MAX: usize = 5 << 20;

/// Redirects of a request at most.
pub const REDIRECTS_MAX: usize = 5;

/// The time of a request with all its redirects.
pub const TIME_MAX: Duration = Duration::from_secs(30);

/// No server is obeyed that asks to wait longer.
const WAIT_MAX: SignedDuration = SignedDuration::from_hours(24);

/// Characters of a validator at most. A longer one is not remembered.
const VALIDATOR_CHARS_MAX: usize = 1_000;

const ACCEPT: &str =
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";

/// What a server gave to tell later whether a document changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validators {
    /// `ETag`, as the server wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`, as the server wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The document is as it was.
    NotModified {
        /// `max-age` of `Cache-Control`.
        max_age: Option<Duration>,
        /// As [`Document::moved_to`].
        moved_to: Option<Url>,
    },
    /// The document.
    Document(Document),
    /// The document is gone for good (410).
    Gone,
    /// The server asks to come back later (429 or 503 with `Retry-After`); a day later at most.
    Wait(Timestamp),
}

impl Fetched {
    /// As [`Document::moved_to`].
    pub(crate) fn moved_to(&self) -> Option<&Url> {
        match self {
            Self::NotModified { moved_to, .. } => moved_to.as_ref(),
            Self::Document(document) => document.moved_to.as_ref(),
            Self::Gone | Self::Wait(_) => None,
        }
    }
}

/// A document as a server gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Decompressed.
    pub bytes: Vec<u8>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// The address after all redirects.
    pub address: Url,
    /// For the next request.
    pub validators: Validators,
    /// `max-age` of `Cache-Control`.
    pub max_age: Option<Duration>,
    /// The new address, if the server says that the document moved for good (301 or 308).
    pub moved_to: Option<Url>,
}

/// Why a request has no answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The address is one of a private network, and the source does not say `private: true`.
    #[error(
        "{host} is in a private network; if this is intended, write private: true for the source in sources.yaml"
    )]
    Private {
        /// The name or address of the server.
        host: String,
    },
    /// The server redirects to something that is no web address.
    #[error("the server redirects to an address that is no web address")]
    NoWebAddress,
    /// More than [`REDIRECTS_MAX`] redirects, also a circle.
    #[error("the server redirects more than {REDIRECTS_MAX} times")]
    TooManyRedirects,
    /// A status that is no success.
    #[error("the server answers with the status {0}")]
    Status(StatusCode),
    /// More than [`BODY_BYTES_MAX`] bytes.
    #[error("the document has more than {} MiB after decompression", BODY_BYTES_MAX >> 20)]
    TooLarge,
    /// The request took longer than [`TIME_MAX`].
    #[error("the server did not answer within {} seconds", TIME_MAX.as_secs())]
    TooSlow,
    /// The name of the server is unknown, or no connection came about.
    #[error("no connection to the server: {}", last_cause(.0))]
    Connection(#[source] reqwest::Error),
    /// The connection broke, or the body is damaged.
    #[error("the answer of the server is incomplete or damaged: {}", last_cause(.0))]
    Body(#[source] reqwest::Error),
}

/// The last cause says most: the others only say what was tried.
fn last_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

/// Whether a connection to an address is allowed.
type MayConnect = fn(IpAddr) -> bool;

/// Makes requests. One serves all sources; its connections are shared.
#[derive(Debug, Clone)]
pub struct HttpClient {
    client: Client,
    private_client: Client,
    is_public: MayConnect,
    time_max: Duration,
}

impl HttpClient {
    /// `user_agent` names the program, its version and an address: `name/1.0 (+https://example.com)`.
    ///
    /// # Errors
    /// The system has no usable TLS, or `user_agent` has characters that no header may have.
    pub fn new(user_agent: &str) -> Result<Self, reqwest::Error> {
        Self::with(user_agent, public::is_public, TIME_MAX)
    }

    fn with(user_agent: &str, is_public: MayConnect, time_max: Duration) -> Result<Self, reqwest::Error> {
        let client = |may_connect| {
            Client::builder()
                .user_agent(user_agent)
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .pool_idle_timeout(Duration::from_secs(5))
                .dns_resolver(Arc::new(Resolver { may_connect }))
                .build()
        };
        Ok(Self { client: client(is_public)?, private_client: client(|_| true)?, is_public, time_max })
    }

    /// Asks for a document. With `validators`, the server may answer that the document is as it was. `now` is the time
    /// from which a wait counts.
    ///
    /// # Errors
    /// There is no answer, or one that is no success.
    pub async fn get(
        &self,
        address: &Url,
        validators: &Validators,
        is_private: bool,
        now: Timestamp,
    ) -> Result<Fetched, HttpError> {
        let answer = self.follow(address, validators, is_private, now);
        tokio::time::timeout(self.time_max, answer).await.map_err(|_| HttpError::TooSlow)?
    }

    async fn follow(
        &self,
        address: &Url,
        validators: &Validators,
        is_private: bool,
        now: Timestamp,
    ) -> Result<Fetched, HttpError> {
        let mut address = address.clone();
        let mut moved_to = None;
        let mut is_permanent = true;
        for _ in 0..=REDIRECTS_MAX {
            let response = self.send(&address, validators, is_private).await?;
            let Some(redirect) = redirect_of(&response, &address)? else {
                return answer(response, address, validators, moved_to, now).await;
            };
            is_permanent &= redirect.is_permanent;
            address = redirect.to;
            if is_permanent {
                moved_to = Some(address.clone());
            }
        }
        Err(HttpError::TooManyRedirects)
    }

    async fn send(
        &self,
        address: &Url,
        validators: &Validators,
        is_private: bool,
    ) -> Result<Response, HttpError> {
        if !is_private && !self.is_public_literal(address) {
            return Err(HttpError::Private { host: address.host_str().unwrap_or_default().to_owned() });
        }
        let client = if is_private { &self.private_client } else { &self.client };
        let mut request = client.get(address.clone()).header(header::ACCEPT, ACCEPT);
        if let Some(etag) = &validators.etag {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &validators.last_modified {
            request = request.header(header::IF_MODIFIED_SINCE, last_modified);
        }
        request.send().await.map_err(|error| match refused_host(&error) {
            Some(host) => HttpError::Private { host },
            None => HttpError::Connection(error),
        })
    }

    /// `true` for an address with a name: the resolver decides then.
    fn is_public_literal(&self, address: &Url) -> bool {
        match address.host() {
            Some(Host::Ipv4(ip)) => (self.is_public)(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => (self.is_public)(IpAddr::V6(ip)),
            Some(Host::Domain(_)) | None => true,
        }
    }
}

/// Looks names up, and drops the addresses to which no connection is allowed.
struct Resolver {
    may_connect: MayConnect,
}

/// A name has only addresses to which no connection is allowed.
#[derive(Debug, Error)]
#[error("{0} has only addresses of private networks")]
struct OnlyPrivate(String);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let may_connect = self.may_connect;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let mut allowed = found.filter(move |address| may_connect(address.ip())).peekable();
            if allowed.peek().is_none() {
                return Err(OnlyPrivate(name.as_str().to_owned()).into());
            }
            let addresses: Addrs = Box::new(allowed.collect::<Vec<_>>().into_iter());
            Ok(addresses)
        })
    }
}

/// The name that the resolver refused, if that is the cause.
fn refused_host(error: &reqwest::Error) -> Option<String> {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(error) = cause {
        if let Some(OnlyPrivate(host)) = error.downcast_ref() {
            return Some(host.clone());
        }
        cause = error.source();
    }
    None
}

struct Redirect {
    to: Url,
    is_permanent: bool,
}

/// Where a response sends the request, if it does.
fn redirect_of(response: &Response, from: &Url) -> Result<Option<Redirect>, HttpError> {
    let is_permanent = match response.status() {
        StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::FOUND | StatusCode::SEE_OTHER | StatusCode::TEMPORARY_REDIRECT => false,
        _ => return Ok(None),
    };
    let location = response.headers().get(header::LOCATION);
    let to = location.and_then(|value| from.join(&String::from_utf8_lossy(value.as_bytes())).ok());
    let is_web = |to: &Url| matches!(to.scheme(), "http" | "https") && to.has_host();
    let has_user = |to: &Url| !to.username().is_empty() || to.password().is_some();
    let to = to.filter(|to| is_web(to) && !has_user(to)).ok_or(HttpError::NoWebAddress)?;
    Ok(Some(Redirect { to, is_permanent }))
}

/// The answer that a response gives, which is no redirect.
async fn answer(
    response: Response,
    address: Url,
    sent: &Validators,
    moved_to: Option<Url>,
    now: Timestamp,
) -> Result<Fetched, HttpError> {
    let headers = response.headers();
    let status = response.status();
    let max_age = max_age(headers);
    match status {
        StatusCode::NOT_MODIFIED if *sent != Validators::default() => {
            Ok(Fetched::NotModified { max_age, moved_to })
        }
        StatusCode::GONE => Ok(Fetched::Gone),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            retry_after(headers, now).map(Fetched::Wait).ok_or(HttpError::Status(status))
        }
        status if status.is_success() => {
            let content_type = text_of(headers, &header::CONTENT_TYPE);
            let validator = |name| {
                text_of(headers, name).filter(|text| text.len() <= VALIDATOR_CHARS_MAX && text.is_ascii())
            };
            let validators = Validators {
                etag: validator(&header::ETAG),
                last_modified: validator(&header::LAST_MODIFIED),
            };
            let bytes = body(response).await?;
            Ok(Fetched::Document(Document { bytes, content_type, address, validators, max_age, moved_to }))
        }
        status => Err(HttpError::Status(status)),
    }
}

/// The decompressed body. Reading ends with the first byte too many.
async fn body(mut response: Response) -> Result<Vec<u8>, HttpError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(HttpError::Body)? {
        if bytes.len() + chunk.len() > BODY_BYTES_MAX {
            return Err(HttpError::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn text_of(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn max_age(headers: &HeaderMap) -> Option<Duration> {
    let text = text_of(headers, &header::CACHE_CONTROL)?.to_ascii_lowercase();
    let seconds = text.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok())?;
    Some(Duration::from_secs(seconds))
}

/// `Retry-After` as an instant: seconds from now on, or a date. A moment in the past is now.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Timestamp> {
    let text = text_of(headers, &header::RETRY_AFTER)?;
    let text = text.trim();
    let latest = now.checked_add(WAIT_MAX).ok()?;
    let asked = match text.parse::<u64>() {
        Ok(seconds) => {
            let wait = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)).min(WAIT_MAX);
            now.checked_add(wait).ok()?
        }
        Err(_) => jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?,
    };
    Some(asked.clamp(now, latest))
}
