//! The open pages, and the events that wait for them.

use axum::extract::ws::Utf8Bytes;
use serde_json::Value;
use tokio::sync::mpsc;

/// Pages open at once. At the bound a further one is refused with 503.
const CLIENTS_MAX: usize = 64;
/// Events that wait for one page. At the bound the page is disconnected. It then reconnects and reloads its data.
const EVENTS_MAX: usize = 256;

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
    /// Sends an event to every page, or to those of one person. Calls `event` only if there is such a page.
    pub(crate) fn publish(&mut self, seen_by: Option<u64>, event: impl FnOnce() -> Value) {
        let is_meant = |client: &LiveClient| seen_by.is_none_or(|person_id| person_id == client.person_id);
        if !self.clients.iter().any(is_meant) {
            return;
        }
        let text = Utf8Bytes::from(event().to_string());
        self.clients.retain(|client| !is_meant(client) || client.events.try_send(text.clone()).is_ok());
    }

    /// Adds a page. Returns its events, or `None` at the bound.
    pub(super) fn add(&mut self, person_id: u64) -> Option<mpsc::Receiver<Utf8Bytes>> {
        self.clients.retain(|client| !client.events.is_closed());
        if self.clients.len() >= CLIENTS_MAX {
            return None;
        }
        let (events, receiver) = mpsc::channel(EVENTS_MAX);
        self.clients.push(LiveClient { person_id, events });
        Some(receiver)
    }
}
