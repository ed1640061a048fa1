//! One websocket connection of a bot.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use tokio::sync::mpsc;

use super::Outgoing;
use crate::sandbox::shared::Shared;

/// How long a bot may take to answer a close.
const FAREWELL_MAX: Duration = Duration::from_secs(1);

/// How long a bot may take nothing from its socket before it is dropped, to be resumed.
const SEND_MAX: Duration = Duration::from_secs(5);

/// What a client may ask for in the address of the gateway.
#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    v: Option<String>,
    encoding: Option<String>,
    compress: Option<String>,
}

/// `GET /gateway` with an upgrade. Compression of the whole stream and ETF are refused with 400:
/// to ignore them would leave the client with bytes that it cannot read.
pub(crate) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if headers.contains_key("origin") {
        return (StatusCode::FORBIDDEN, "bots send no Origin").into_response();
    }
    if wish.compress.is_some() || wish.encoding.is_some_and(|encoding| encoding != "json") {
        let words = "the sandbox speaks encoding=json without compress";
        return (StatusCode::BAD_REQUEST, words).into_response();
    }
    let is_version_known = wish.v.is_none_or(|version| version == "10");
    upgrade.on_upgrade(move |socket| serve(shared, socket, is_version_known))
}

async fn serve(shared: Arc<Shared>, mut socket: WebSocket, is_version_known: bool) {
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
    if socket.send(Message::Text(hello)).await.is_ok() {
        close_code = converse(&shared, socket, connection_id, outgoing).await;
    }
    let mut world = shared.world();
    let now = world.now();
    // A bot that closes with 1000 or 1001 ends its session ("Gateway", "Disconnecting").
    world.gateway.disconnect(connection_id, matches!(close_code, Some(1000 | 1001)), now);
    world.note_presence();
}

/// Until either side ends it; returns the code with which the bot closed.
async fn converse(
    shared: &Shared,
    mut socket: WebSocket,
    connection_id: u64,
    mut outgoing: mpsc::Receiver<Outgoing>,
) -> Option<u16> {
    loop {
        tokio::select! {
            () = shared.shutdown.cancelled() => {
                close(&mut socket, 1001, "The sandbox stops.").await;
                return None;
            }
            next = outgoing.recv() => match next {
                Some(Outgoing::Text(text)) => {
                    if !send_text(&mut socket, text, outgoing.is_empty()).await {
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
                Some(Ok(Message::Text(text))) => shared.world().receive(connection_id, &text),
                // Not JSON: handled as the bad payload that it is.
                Some(Ok(Message::Binary(_))) => shared.world().receive(connection_id, ""),
                Some(Ok(Message::Close(frame))) => {
                    // The library has the answering close frame ready; a bot that waits for it shall get it.
                    let _bot_is_gone = socket.flush().await;
                    return frame.map(|frame| frame.code);
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Err(_)) | None => return None,
            },
        }
    }
}

/// Writes a text, and out to the network when no other waits. False when the bot is gone or takes
/// nothing.
async fn send_text(socket: &mut WebSocket, text: Utf8Bytes, is_last: bool) -> bool {
    let send = async {
        socket.feed(Message::Text(text)).await?;
        if is_last { socket.flush().await } else { Ok(()) }
    };
    matches!(tokio::time::timeout(SEND_MAX, send).await, Ok(Ok(())))
}

/// Sends a close and waits, for a bounded time, for the bot's own: to end the TCP connection with
/// bytes unread could take the close away from the bot again.
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
