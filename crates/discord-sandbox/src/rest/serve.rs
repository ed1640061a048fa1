//! One request from its arrival to its answer. The body is read whole, a plain function on the [`World`] answers, and
//! the log records both.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::call::Call;
use super::log::{self, RequestRecord};
use super::reply::Reply;
use super::{body, route};
use crate::api_error::ApiError;
use crate::faults::FaultKind;
use crate::listener::Cut;
use crate::rate_limit::RateLimited;
use crate::shared::Shared;
use crate::state::World;

/// Discord's docs: "Reference", "Uploading Files": 25 MiB, files included.
const BODY_BYTES_MAX: usize = 25 * 1024 * 1024;

/// The log keeps no longer bodies.
const LOGGED_BODY_BYTES_MAX: usize = 256 * 1024;

/// Answers every request that is not for the page or the gateway.
pub(crate) async fn serve(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| ApiError::TOO_LARGE);
    let is_logged = bytes.as_ref().is_ok_and(|bytes| bytes.len() <= LOGGED_BODY_BYTES_MAX);
    let parsed = match bytes {
        Ok(bytes) => body::parse(&parts.headers, bytes).await,
        Err(refusal) => Err(refusal),
    };
    let (body, refusal) = match parsed {
        Ok(body) => (Arc::new(body), None),
        Err(refusal) => (Arc::new(Value::Null), Some(refusal)),
    };
    // discord.js writes `%40original`.
    let path = percent_decode_str(parts.uri.path()).decode_utf8_lossy();
    let path = &*path;
    let call = Call {
        method: parts.method.as_str(),
        segments: segments_of(path),
        query: url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect(),
        body: &body,
    };
    let fault = shared.world().fault_for(&call);
    if let Some(FaultKind::Delay(delay)) = fault {
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            () = shared.shutdown.cancelled() => {}
        }
    }
    let outcome = shared.world().answer_and_record(
        fault,
        refusal,
        &parts.headers,
        path,
        &call,
        is_logged.then_some(&body),
    );
    match fault {
        Some(FaultKind::ResetBefore | FaultKind::ResetAfter) => cut.now(),
        // Ends with the connection, when the client gives up, or with the sandbox.
        Some(FaultKind::Unanswered) => shared.shutdown.cancelled().await,
        _ => {}
    }
    response(outcome)
}

/// The answer to a request.
struct CallOutcome {
    reply: Reply,
    headers: HeaderMap,
    error_code: Option<u32>,
}

impl CallOutcome {
    fn of(reply: Reply, headers: HeaderMap) -> Self {
        Self { reply, headers, error_code: None }
    }

    fn rate_limited(refusal: &RateLimited, mut headers: HeaderMap) -> Self {
        refusal.add_headers(&mut headers);
        let reply = Reply::with_status(StatusCode::TOO_MANY_REQUESTS, &refusal.body());
        Self { error_code: refusal.code, ..Self::of(reply, headers) }
    }
}

impl World {
    /// The planned fault for this request. An outage is one for each request.
    fn fault_for(&mut self, call: &Call<'_>) -> Option<FaultKind> {
        let now = self.now();
        if self.faults.is_down(now) {
            return Some(FaultKind::Status(503));
        }
        self.faults.take(call.method, &call.segments)
    }

    /// Answers a request and records it.
    fn answer_and_record(
        &mut self,
        fault: Option<FaultKind>,
        refusal: Option<ApiError>,
        headers: &HeaderMap,
        path: &str,
        call: &Call<'_>,
        logged: Option<&Arc<Value>>,
    ) -> CallOutcome {
        let outcome = self.outcome(fault, refusal, path, headers, call);
        let is_sent =
            !matches!(fault, Some(FaultKind::ResetBefore | FaultKind::ResetAfter | FaultKind::Unanswered));
        let record = RequestRecord {
            at: self.now(),
            method: call.method.to_owned(),
            path: log::redacted(path),
            status: if is_sent { outcome.reply.status.as_u16() } else { 0 },
            error_code: outcome.error_code,
            body: logged.map_or_else(|| Arc::new(Value::Null), Arc::clone),
        };
        self.requests.push(record);
        outcome
    }

    /// Answers a request, or fails it with its fault.
    fn outcome(
        &mut self,
        fault: Option<FaultKind>,
        refusal: Option<ApiError>,
        path: &str,
        headers: &HeaderMap,
        call: &Call<'_>,
    ) -> CallOutcome {
        let now = self.now();
        if self.limiter.invalid_requests(now) >= self.options.rate_limits.invalid_requests_max {
            return CallOutcome::of(
                Reply::plain(StatusCode::TOO_MANY_REQUESTS, "error code: 1015"),
                banned(),
            );
        }
        let planned = fault.and_then(FaultKind::rate_limited);
        let decision = self.limiter.check(call, &self.options.rate_limits, now);
        let mut limited = planned.or(decision.refusal);
        let outcome = match (fault, limited) {
            (Some(FaultKind::Status(status)), _) => CallOutcome::of(Reply::broken(status), HeaderMap::new()),
            (Some(FaultKind::Code { status, code }), _) => {
                let outcome = CallOutcome::of(Reply::refused(status, code), HeaderMap::new());
                CallOutcome { error_code: Some(code), ..outcome }
            }
            (Some(FaultKind::ResetBefore), _) => CallOutcome::of(Reply::empty(), HeaderMap::new()),
            (_, Some(refusal)) => CallOutcome::rate_limited(&refusal, decision.headers),
            (_, None) => {
                let result = refusal.map_or_else(|| answer(self, path, headers, call), Err);
                let error = result.as_ref().err();
                let (error_code, limit) =
                    (error.map(|error| error.code), error.and_then(|error| error.limited));
                match limit {
                    Some(limit) => {
                        limited = Some(limit);
                        CallOutcome::rate_limited(&limit, decision.headers)
                    }
                    None => {
                        let reply = result.unwrap_or_else(|error| self::refusal(&error));
                        CallOutcome { error_code, ..CallOutcome::of(reply, decision.headers) }
                    }
                }
            }
        };
        self.limiter.count_answer(outcome.reply.status.as_u16(), limited, now);
        outcome
    }
}

/// The headers of a bot with too many invalid requests. Cloudflare refuses it, without the headers of a bucket.
fn banned() -> HeaderMap {
    HeaderMap::from_iter([(header::RETRY_AFTER, HeaderValue::from_static("600"))])
}

fn answer(world: &mut World, path: &str, headers: &HeaderMap, call: &Call<'_>) -> Result<Reply, ApiError> {
    // discord.py sends `DiscordBot` only together with the token, and Discord accepts this.
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let is_named =
        if route::needs_token(call) { agent.starts_with("DiscordBot (") } else { !agent.is_empty() };
    if !is_named {
        return Err(ApiError::BAD_USER_AGENT);
    }
    if !(path.starts_with("/api/v10/") || path.starts_with("/api/") && !path.starts_with("/api/v")) {
        return Err(ApiError::UNKNOWN_ROUTE);
    }
    let is_authorized = !world.gateway.is_token_reset() && is_authorized(headers, &world.options.token);
    if route::needs_token(call) && !is_authorized {
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

fn refusal(error: &ApiError) -> Reply {
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    Reply::with_status(status, &error.body())
}

fn response(outcome: CallOutcome) -> Response {
    let CallOutcome { reply, headers, .. } = outcome;
    let mut response = Response::new(reply.body.map_or_else(Body::empty, Body::from));
    *response.status_mut() = reply.status;
    *response.headers_mut() = headers;
    if reply.status != StatusCode::NO_CONTENT {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.kind));
    }
    response
}
