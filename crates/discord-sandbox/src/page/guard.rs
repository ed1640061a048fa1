//! Access to the routes. Only a page of this server may use the page's routes, and only programs the API and the
//! gateway.
//!
//! Another site in the same browser could reach the port by DNS rebinding: `Host` is checked. The site could also send
//! requests: `Origin` is checked, and a body must be JSON, which no plain form can send. These checks come first.
//! Refused requests are not read, recorded or counted.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::shared::Shared;

/// The checks for the page's routes. Refuses with 403 (wrong host or origin) or 415 (a body that is not JSON). Every
/// answer gets the security headers.
pub(super) async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let port = shared.address.port();
    let mut response = match check(&request, port) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    set_security_headers(response.headers_mut(), port);
    response
}

/// The checks for the API and the gateway. No page may use them, not even the sandbox's. A bot sends no `Origin`. A
/// browser sends none for images and links, but then sends `Sec-Fetch-Site`.
pub(crate) async fn only_programs(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let origins = headers.get_all(header::ORIGIN).iter().count();
    let is_of_a_site = headers.get_all("sec-fetch-site").iter().any(|site| site != "none");
    let refused = if !is_own_host(&request, shared.address.port()) {
        "wrong host"
    } else if origins > 0 {
        "bots send no Origin"
    } else if is_of_a_site {
        "bots are no sites"
    } else {
        return next.run(request).await;
    };
    (StatusCode::FORBIDDEN, refused).into_response()
}

/// The names of this server. A browser omits port 80.
fn own_hosts(port: u16) -> impl Iterator<Item = String> {
    let names = ["127.0.0.1", "localhost"];
    let without_port = names.into_iter().filter(move |_| port == 80).map(str::to_owned);
    names.into_iter().map(move |name| format!("{name}:{port}")).chain(without_port)
}

fn is_own(name: &str, port: u16) -> bool {
    own_hosts(port).any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a request is for this server: it has exactly one `Host`, and its address names no other host.
fn is_own_host(request: &Request, port: u16) -> bool {
    let mut named = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (named.next(), named.next()) else { return false };
    let authority = request.uri().authority();
    host.to_str().is_ok_and(|host| is_own(host, port))
        && authority.is_none_or(|authority| is_own(authority.as_str(), port))
}

fn check(request: &Request, port: u16) -> Result<(), (StatusCode, &'static str)> {
    if !is_own_host(request, port) {
        return Err((StatusCode::FORBIDDEN, "wrong host"));
    }
    let headers = request.headers();
    if headers.contains_key(header::UPGRADE) && !headers.contains_key(header::ORIGIN) {
        return Err((StatusCode::FORBIDDEN, "no origin"));
    }
    let is_own_origin = |origin: &HeaderValue| {
        origin
            .to_str()
            .ok()
            .and_then(|origin| origin.strip_prefix("http://"))
            .is_some_and(|name| is_own(name, port))
    };
    if !headers.get_all(header::ORIGIN).iter().all(is_own_origin) {
        return Err((StatusCode::FORBIDDEN, "wrong origin"));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if request.method() == Method::POST && !kind.eq_ignore_ascii_case("application/json") {
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
