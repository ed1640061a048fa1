//! Who may use the page's routes: only a page that came from this very server.
//!
//! A site in the same browser could reach the port, by name (DNS rebinding, so `Host` is checked) or
//! by a request of its own (so `Origin` is checked, and a body must be JSON, which a plain form of
//! another site cannot send).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::shared::Shared;

/// Refuses with 403 (wrong host or origin) or 415 (a body that is not JSON), else goes on; every
/// answer gets the security headers.
pub(super) async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let port = shared.address.port();
    let mut response = match check(request.method(), request.headers(), port) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    set_security_headers(response.headers_mut(), port);
    response
}

fn check(method: &Method, headers: &HeaderMap, port: u16) -> Result<(), (StatusCode, &'static str)> {
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if !text(header::HOST).is_some_and(|host| hosts.iter().any(|own| own == host)) {
        return Err((StatusCode::FORBIDDEN, "wrong host"));
    }
    let is_upgrade = headers.contains_key(header::UPGRADE);
    let is_own =
        |origin: &str| origin.strip_prefix("http://").is_some_and(|o| hosts.iter().any(|own| own == o));
    match text(header::ORIGIN) {
        None if is_upgrade => return Err((StatusCode::FORBIDDEN, "no origin")),
        Some(origin) if !is_own(origin) => return Err((StatusCode::FORBIDDEN, "wrong origin")),
        None | Some(_) => {}
    }
    let kind = text(header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if method == Method::POST && !kind.eq_ignore_ascii_case("application/json") {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body must be application/json"));
    }
    Ok(())
}

fn set_security_headers(headers: &mut HeaderMap, port: u16) {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
}
