//! Discord's REST API, version 10, as far as the bot uses it.
//!
//! A request is read whole, answered by a plain function on the [`World`], and noted in the log.
//! Discord's docs: "API Reference"; the rate-limit headers: "Rate Limits".

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use super::api_error::ApiError;
use super::shared::Shared;
use super::state::World;
use super::validate::FormErrors;

mod access;
mod application;
mod channel;
mod guild;
mod interaction;
mod log;
mod rate_headers;
mod route;
mod thread;

pub(crate) use log::RequestLog;
pub use log::RequestRecord;

/// Discord takes 25 MiB, files included; the sandbox takes no files, and 100 commands of the
/// greatest size fit well into this.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Longer bodies are answered, but not kept in the log.
const LOGGED_BODY_BYTES_MAX: usize = 256 * 1024;

/// A request below `/api/v10`, ready to be answered.
struct Call<'a> {
    method: &'a str,
    /// The path after `/api/v10`, decoded as far as ids and names need it.
    segments: Vec<&'a str>,
    query: Vec<(String, String)>,
    body: &'a Value,
}

impl Call<'_> {
    fn query(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// What is answered when nothing is wrong.
struct Reply {
    status: StatusCode,
    /// `None` for 204.
    body: Option<Vec<u8>>,
}

impl Reply {
    fn json(body: &impl serde::Serialize) -> Self {
        Self::with_status(StatusCode::OK, body)
    }

    fn created(body: &impl serde::Serialize) -> Self {
        Self::with_status(StatusCode::CREATED, body)
    }

    fn with_status(status: StatusCode, body: &impl serde::Serialize) -> Self {
        // `Value`s and lists of them have text keys only: that is all that can fail here.
        Self { status, body: Some(serde_json::to_vec(body).unwrap_or_default()) }
    }

    fn empty() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None }
    }
}

/// Answers every request that is neither the page's nor an upgrade.
pub(crate) async fn serve(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| ApiError::TOO_LARGE);
    let is_logged = bytes.as_ref().is_ok_and(|bytes| bytes.len() <= LOGGED_BODY_BYTES_MAX);
    let (body, fault) = match bytes.and_then(|bytes| parse_body(&parts.headers, &bytes)) {
        Ok(body) => (body, None),
        Err(fault) => (Value::Null, Some(fault)),
    };
    let path = parts.uri.path();
    let mut world = shared.world();
    let call = Call {
        method: parts.method.as_str(),
        segments: segments_of(path),
        query: url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect(),
        body: &body,
    };
    let result = match fault {
        Some(fault) => Err(fault),
        None => answer(&mut world, path, &parts.headers, &call),
    };
    let headers = rate_headers::of(&call, world.now());
    let error = result.as_ref().err().map(|error| error.code);
    let reply = result.unwrap_or_else(|error| refusal(&error));
    let record = RequestRecord {
        at: world.now(),
        method: parts.method.to_string(),
        path: log::redacted(path),
        status: reply.status.as_u16(),
        error_code: error,
        body: Arc::new(if is_logged { body } else { Value::Null }),
    };
    world.requests.push(record);
    drop(world);
    response(reply, headers)
}

fn answer(world: &mut World, path: &str, headers: &HeaderMap, call: &Call<'_>) -> Result<Reply, ApiError> {
    if headers.contains_key(header::ORIGIN) {
        // Bots send none; a page in a browser that finds the port must not act as one.
        return Err(ApiError::UNAUTHORIZED);
    }
    if !(path.starts_with("/api/v10/") || path.starts_with("/api/") && !path.starts_with("/api/v")) {
        return Err(ApiError::UNKNOWN_ROUTE);
    }
    if route::needs_token(call) && !is_authorized(headers, &world.options.token) {
        return Err(ApiError::UNAUTHORIZED);
    }
    route::route(world, call)
}

fn is_authorized(headers: &HeaderMap, token: &str) -> bool {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    sent.and_then(|sent| sent.strip_prefix("Bot ")) == Some(token)
}

/// The parts of a path after the API's version.
fn segments_of(path: &str) -> Vec<&str> {
    let path = path.trim_start_matches("/api");
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.skip_while(|segment| *segment == "v10").collect()
}

/// JSON, or nothing. Discord answers a body of no or another content type with 50035.
fn parse_body(headers: &HeaderMap, bytes: &[u8]) -> Result<Value, ApiError> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        let message =
            "Expected \"Content-Type\" header to be \"application/json\" (the sandbox takes no files).";
        return Err(FormErrors::one(&[], "CONTENT_TYPE_INVALID", message));
    }
    serde_json::from_slice(bytes).map_err(|_| ApiError::INVALID_JSON)
}

fn refusal(error: &ApiError) -> Reply {
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    Reply::with_status(status, &error.body())
}

fn response(reply: Reply, rate_headers: HeaderMap) -> Response {
    let mut response = Response::new(reply.body.map_or_else(Body::empty, Body::from));
    *response.status_mut() = reply.status;
    *response.headers_mut() = rate_headers;
    if reply.status != StatusCode::NO_CONTENT {
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
    }
    response
}
