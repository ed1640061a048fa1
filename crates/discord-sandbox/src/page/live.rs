//! What happens, told to open pages as it happens.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::sync::mpsc;

use super::view::{Wish, person_of};
use crate::shared::Shared;

/// Pages open at once; at the bound a further one is refused with 503.
const CLIENTS_MAX: usize = 64;
/// Events waiting for one page; at the bound the page is disconnected, and comes back and reads anew.
const EVENTS_MAX: usize = 256;
/// How long a page may take nothing from its socket before it is disconnected.
const SEND_MAX: Duration = Duration::from_secs(5);
/// How long a page may take to hear that the sandbox stops.
const GOODBYE_MAX: Duration = Duration::from_millis(500);

/// The open pages.
#[derive(Default)]
pub(crate) struct LiveClients {
    clients: Vec<LiveClient>,
}

struct LiveClient {
    person_id: u64,
    events: mpsc::Sender<Utf8Bytes>,
}

impl LiveClients {
    /// Tells an event to every page, or to those of one person. `event` is made only if one listens.
    pub(crate) fn publish(&mut self, seen_by: Option<u64>, event: impl FnOnce() -> Value) {
        let is_meant = |client: &LiveClient| seen_by.is_none_or(|person_id| person_id == client.person_id);
        if !self.clients.iter().any(is_meant) {
            return;
        }
        let text = Utf8Bytes::from(event().to_string());
        self.clients.retain(|client| !is_meant(client) || client.events.try_send(text.clone()).is_ok());
    }

    fn add(&mut self, person_id: u64) -> Option<mpsc::Receiver<Utf8Bytes>> {
        self.clients.retain(|client| !client.events.is_closed());
        if self.clients.len() >= CLIENTS_MAX {
            return None;
        }
        let (events, receiver) = mpsc::channel(EVENTS_MAX);
        self.clients.push(LiveClient { person_id, events });
        Some(receiver)
    }
}

/// `GET /page/live?person=ID` with an upgrade.
pub(super) async fn upgrade(
    State(shared): State<Arc<Shared>>,
    Query(wish): Query<Wish>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let Some(person) = person_of(wish.person.as_deref()) else {
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
                // The connection ends in any case; nobody waits for a page that does not listen.
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
