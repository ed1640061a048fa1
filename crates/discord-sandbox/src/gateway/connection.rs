//! One websocket connection of a bot.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use flate2::{Compress, Compression, FlushCompress, Status};
use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::sessions::{Outgoing, Received};
use crate::shared::Shared;

/// How long the sandbox waits for the answer to a close.
const FAREWELL_MAX: Duration = Duration::from_secs(1);

/// How long one payload may take to send. Then the connection is dropped, and the bot can resume.
const SEND_MAX: Duration = Duration::from_secs(5);

/// The query of the gateway's address.
#[derive(Debug, Deserialize)]
pub(crate) struct GatewayQuery {
    v: Option<String>,
    encoding: Option<String>,
    compress: Option<String>,
}

/// The form of the payloads on a connection.
enum Transport {
    Plain,
    /// One zlib stream over the whole connection, flushed after each payload.
    Zlib(Box<Compress>),
}

impl Transport {
    fn frame(&mut self, text: Utf8Bytes) -> Option<Message> {
        let compress = match self {
            Self::Plain => return Some(Message::Text(text)),
            Self::Zlib(compress) => compress,
        };
        // Incompressible text grows by a few bytes for each 16 KiB, and the flush adds a marker.
        let mut bytes = Vec::with_capacity(text.len() + text.len() / 1000 + 64);
        let read = compress.compress_vec(text.as_bytes(), &mut bytes, FlushCompress::Sync).ok()?;
        (read == Status::Ok).then(|| Message::Binary(bytes.into()))
    }
}

/// `GET /gateway` with an upgrade. Refuses ETF and zstd with 400: the client could not read an answer in another form.
pub(crate) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<GatewayQuery>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let transport = match query.compress.as_deref() {
        None => Transport::Plain,
        Some("zlib-stream") => Transport::Zlib(Box::new(Compress::new(Compression::fast(), true))),
        Some(_) => return refuse("the sandbox supports only compress=zlib-stream"),
    };
    if query.encoding.is_some_and(|encoding| encoding != "json") {
        return refuse("the sandbox supports only encoding=json");
    }
    let is_down = {
        let mut world = shared.world();
        let now = world.now();
        world.faults.is_down(now)
    };
    if is_down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let is_version_known = query.v.is_none_or(|version| version == "10");
    upgrade.on_upgrade(move |socket| serve(shared, socket, transport, is_version_known))
}

fn refuse(words: &'static str) -> Response {
    (StatusCode::BAD_REQUEST, words).into_response()
}

async fn serve(shared: Arc<Shared>, mut socket: WebSocket, mut transport: Transport, is_version_known: bool) {
    if !is_version_known {
        close(&mut socket, 4012, "Invalid API version.").await;
        return;
    }
    let (connection_id, hello, outgoing) = {
        let mut world = shared.world();
        let (connection_id, outgoing) = world.gateway.connect();
        (connection_id, world.hello(), outgoing)
    };
    let mut close_code = None;
    if send_text(&mut socket, &mut transport, hello, true).await {
        close_code = converse(&shared, socket, transport, connection_id, outgoing).await;
    }
    let mut world = shared.world();
    let now = world.now();
    // A bot that closes with 1000 or 1001 ends its session ("Gateway", "Disconnecting").
    world.gateway.disconnect(connection_id, matches!(close_code, Some(1000 | 1001)), now);
    world.publish_presence();
}

/// Exchanges payloads until one side ends the connection. Returns the code of the bot's close.
async fn converse(
    shared: &Shared,
    mut socket: WebSocket,
    mut transport: Transport,
    connection_id: u64,
    mut outgoing: mpsc::Receiver<Outgoing>,
) -> Option<u16> {
    let patience = shared.world().options.heartbeat_interval * 2;
    let mut deadline = Instant::now() + patience;
    loop {
        tokio::select! {
            () = tokio::time::sleep_until(deadline) => {
                close(&mut socket, 4009, "Session timed out.").await;
                // The same as a close by the bot: a session without heartbeats cannot be resumed.
                return Some(1001);
            }
            () = shared.shutdown.cancelled() => {
                close(&mut socket, 1001, "The sandbox stops.").await;
                return None;
            }
            next = outgoing.recv() => match next {
                Some(Outgoing::Text(text)) => {
                    let delay = shared.world().faults.event_delay;
                    if !delay.is_zero() {
                        tokio::time::sleep(delay).await;
                    }
                    if !send_text(&mut socket, &mut transport, text, outgoing.is_empty()).await {
                        return None;
                    }
                }
                Some(Outgoing::Close(code, reason)) => {
                    close(&mut socket, code, reason).await;
                    return None;
                }
                Some(Outgoing::Drop) | None => return None,
            },
            received = socket.next() => match received {
                Some(Ok(Message::Text(text))) => {
                    if shared.world().receive(connection_id, &text) == Received::Heartbeat {
                        deadline = Instant::now() + patience;
                    }
                }
                // Some libraries send JSON in a binary frame.
                Some(Ok(Message::Binary(bytes))) => {
                    let text = std::str::from_utf8(&bytes).unwrap_or_default();
                    if shared.world().receive(connection_id, text) == Received::Heartbeat {
                        deadline = Instant::now() + patience;
                    }
                }
                Some(Ok(Message::Close(frame))) => {
                    // Sends the close frame that answers the bot's.
                    let _bot_is_gone = socket.flush().await;
                    return frame.map(|frame| frame.code);
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Err(_)) | None => return None,
            },
        }
    }
}

/// Writes a payload, and flushes the last one of a queue. False when the bot is gone or does not read.
async fn send_text(
    socket: &mut WebSocket,
    transport: &mut Transport,
    text: Utf8Bytes,
    is_last: bool,
) -> bool {
    let Some(frame) = transport.frame(text) else { return false };
    let send = async {
        socket.feed(frame).await?;
        if is_last { socket.flush().await } else { Ok(()) }
    };
    matches!(tokio::time::timeout(SEND_MAX, send).await, Ok(Ok(())))
}

/// Sends a close frame and waits a bounded time for the bot's. An earlier end of the TCP connection, with bytes unread,
/// could destroy the close frame before the bot reads it.
async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame { code, reason: reason.into() };
    let farewell = async {
        if socket.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = socket.next().await {}
        }
    };
    if tokio::time::timeout(FAREWELL_MAX, farewell).await.is_err() {
        tracing::debug!(code, "the bot did not answer a close");
    }
}
