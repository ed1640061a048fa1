//! The websocket that brings events to an open page.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;

use super::view::{PageQuery, person_of};
use crate::shared::Shared;

/// How long one event may take to send. Then the page is disconnected.
const SEND_MAX: Duration = Duration::from_secs(5);
/// How long the last message may take to send when the sandbox stops.
const GOODBYE_MAX: Duration = Duration::from_millis(500);

/// `GET /page/live?person=ID` with an upgrade.
pub(super) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<PageQuery>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let Some(person) = person_of(query.person.as_deref()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Some(events) = shared.world().live.add(person.id) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    upgrade.on_upgrade(move |socket| serve(shared, socket, events))
}

async fn serve(shared: Arc<Shared>, mut socket: WebSocket, mut events: mpsc::Receiver<Utf8Bytes>) {
    loop {
        tokio::select! {
            () = shared.shutdown.cancelled() => {
                let goodbye = Message::Close(Some(CloseFrame { code: close_code::AWAY, reason: "the demo ends".into() }));
                // The connection ends in any case.
                let _unheard = tokio::time::timeout(GOODBYE_MAX, socket.send(goodbye)).await;
                return;
            }
            event = events.recv() => match event {
                Some(event) => {
                    let sent = tokio::time::timeout(SEND_MAX, socket.send(Message::Text(event))).await;
                    if !matches!(sent, Ok(Ok(()))) {
                        return;
                    }
                }
                None => return,
            },
            received = socket.recv() => match received {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
        }
    }
}
