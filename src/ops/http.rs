//! The operator's HTTP server: `/healthz`, `/readyz` and `/metrics`. It takes few connections, gives each a short time, and reads no
//! body.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future::BoxFuture;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::metrics;

/// The most connections at once. A further one waits until one ends.
const CONNECTIONS_MAX: usize = 16;
/// How long a connection may last. Each has one request.
const CONNECTION_MAX: Duration = Duration::from_secs(10);
/// How long the head of a request may take.
const HEAD_MAX: Duration = Duration::from_secs(5);
/// The most bytes of the head of a request.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// The pause after a connection that the system could not give.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What a probe found: one thing, and what is wrong with it, if anything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    pub(crate) fault: Option<String>,
}

/// What the server asks the bot.
pub(crate) trait Probe: Send + Sync + 'static {
    /// Whether the process works. One that does not has to be started again.
    fn health(&self) -> Vec<Check>;

    /// Whether the bot can answer and post now.
    fn readiness(&self) -> BoxFuture<'_, Vec<Check>>;

    /// The state of the bot, for the metrics.
    fn facts(&self) -> BoxFuture<'_, metrics::Facts>;
}

/// Takes an address of this machine.
///
/// # Errors
/// In words for the operator, with the remedy.
pub(crate) async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse(address),
        io::ErrorKind::PermissionDenied => BindError::Forbidden(address),
        _ => BindError::Other { address, cause },
    })
}

/// Why an address cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BindError {
    /// Another program has the port.
    #[error("HEATWIRE_HTTP_ADDR: another program uses {0}; end that program, or choose another port")]
    InUse(SocketAddr),
    /// A port below 1024, usually.
    #[error("HEATWIRE_HTTP_ADDR: the system does not let heatwire use {0}; choose a port above 1023")]
    Forbidden(SocketAddr),
    /// This machine has no such address, usually.
    #[error(
        "HEATWIRE_HTTP_ADDR: {address} cannot be used; write an address that this machine has, for example 127.0.0.1:9464"
    )]
    Other {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
}

/// Serves until it is dropped.
pub(crate) async fn serve(listener: TcpListener, probe: Arc<dyn Probe>) {
    let router = Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(all_metrics))
        .with_state(probe);
    let connections = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    // The server closes no semaphore.
    while let Ok(permit) = Arc::clone(&connections).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let router = router.clone();
        tokio::spawn(async move {
            let _permit = permit;
            let _is_late = tokio::time::timeout(CONNECTION_MAX, answer(stream, router)).await;
        });
    }
}

/// Answers the one request of a connection.
async fn answer(stream: TcpStream, router: Router) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_MAX)
        .max_buf_size(HEAD_BYTES_MAX)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // A client that breaks the connection or the protocol harms itself only.
    let _is_broken = connection.await;
}

async fn healthz(State(probe): State<Arc<dyn Probe>>) -> Response {
    in_words(&probe.health())
}

async fn readyz(State(probe): State<Arc<dyn Probe>>) -> Response {
    in_words(&probe.readiness().await)
}

async fn all_metrics(State(probe): State<Arc<dyn Probe>>) -> Response {
    let text = metrics::rendered(&probe.facts().await);
    ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], text).into_response()
}

/// One line for each check. 200 if all is well, 503 otherwise.
fn in_words(checks: &[Check]) -> Response {
    let lines: String = checks
        .iter()
        .map(|check| format!("{}: {}\n", check.name, check.fault.as_deref().unwrap_or("ok")))
        .collect();
    let is_well = checks.iter().all(|check| check.fault.is_none());
    let status = if is_well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], lines).into_response()
}

#[cfg(test)]
mod tests;
