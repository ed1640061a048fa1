//! The connections and sessions of the gateway, and the events of each session.

use std::collections::{BTreeMap, VecDeque};

use axum::extract::ws::Utf8Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// Sessions kept. At the bound the oldest ends; its resume gets opcode 9.
pub(super) const SESSIONS_MAX: usize = 16;
/// Events of a session kept for a resume. At the bound the oldest is dropped; a resume that needs it gets opcode 9.
const EVENTS_MAX: usize = 1000;
/// Texts that wait for one connection. At the bound the connection is dropped, and the bot can resume.
const OUTGOING_MAX: usize = 1024;
/// Identifies kept. At the bound the oldest is dropped.
const IDENTIFIES_MAX: usize = 1000;

/// Events of the guild, its channels, roles and threads.
pub(crate) const INTENT_GUILDS: u64 = 1 << 0;
/// Events of messages in the guild's channels.
pub(crate) const INTENT_GUILD_MESSAGES: u64 = 1 << 9;
/// Events of direct messages.
pub(crate) const INTENT_DIRECT_MESSAGES: u64 = 1 << 12;

/// An IDENTIFY, accepted or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identify {
    /// The time, by the sandbox's clock.
    pub at: Timestamp,
    /// The requested gateway intents, a bit set.
    pub intents: u64,
    /// The number of the shard and the count of shards, if the bot sent them.
    pub shard: Option<(u64, u64)>,
    /// Whether the bot got a session.
    pub is_accepted: bool,
}

/// The kind of a text from the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Received {
    Heartbeat,
    Other,
}

/// An order for the task of a connection.
#[derive(Debug)]
pub(crate) enum Outgoing {
    Text(Utf8Bytes),
    /// Close with this code and reason.
    Close(u16, &'static str),
    /// End the TCP connection without a close frame.
    Drop,
}

/// All connections and sessions.
#[derive(Default)]
pub(crate) struct Gateway {
    pub(super) connections: BTreeMap<u64, Connection>,
    connection_id_last: u64,
    pub(super) sessions: VecDeque<Session>,
    /// After too many identifies the token is no longer valid.
    pub(super) is_token_reset: bool,
    identifies: VecDeque<Identify>,
    pub(super) resumes_count: u64,
}

pub(super) struct Connection {
    outgoing: mpsc::Sender<Outgoing>,
    pub(super) session_id: Option<String>,
    /// The start of the current minute for the limit on events, and the count of events in it.
    pub(super) minute: Option<(Timestamp, u32)>,
}

pub(super) struct Session {
    pub(super) id: String,
    pub(super) intents: u64,
    /// Number and count of shards.
    pub(super) shard: (u64, u64),
    pub(super) sequence: u64,
    /// Sequence number and text, oldest first.
    pub(super) events: VecDeque<(u64, Utf8Bytes)>,
    pub(super) connection_id: Option<u64>,
    pub(super) disconnected_at: Option<Timestamp>,
}

impl Gateway {
    /// Whether a bot has a session with an open connection.
    pub(crate) fn is_bot_online(&self) -> bool {
        self.sessions.iter().any(|session| session.connection_id.is_some())
    }

    /// Whether an event would reach a bot, now or after a resume.
    pub(crate) fn has_session(&self) -> bool {
        !self.sessions.is_empty()
    }

    pub(crate) fn connections_count(&self) -> usize {
        self.connections.len()
    }

    pub(crate) fn identifies(&self) -> Vec<Identify> {
        self.identifies.iter().copied().collect()
    }

    pub(crate) fn resumes_count(&self) -> u64 {
        self.resumes_count
    }

    /// Adds a connection. The receiver gets the orders for its task.
    pub(crate) fn connect(&mut self) -> (u64, mpsc::Receiver<Outgoing>) {
        let (outgoing, receiver) = mpsc::channel(OUTGOING_MAX);
        self.connection_id_last += 1;
        let connection = Connection { outgoing, session_id: None, minute: None };
        self.connections.insert(self.connection_id_last, connection);
        (self.connection_id_last, receiver)
    }

    /// Removes a connection. Its session waits for a resume, unless `session_ends`.
    pub(crate) fn disconnect(&mut self, connection_id: u64, session_ends: bool, now: Timestamp) {
        self.connections.remove(&connection_id);
        let mine = |session: &Session| session.connection_id == Some(connection_id);
        if session_ends {
            self.sessions.retain(|session| !mine(session));
        }
        for session in self.sessions.iter_mut().filter(|session| mine(session)) {
            session.connection_id = None;
            session.disconnected_at = Some(now);
        }
    }

    /// Ends every connection, with a close code or without a close frame.
    pub(crate) fn disconnect_all(&mut self, close_code: Option<u16>, now: Timestamp) {
        let ids: Vec<_> = self.connections.keys().copied().collect();
        for id in ids {
            let last = close_code.map_or(Outgoing::Drop, |code| Outgoing::Close(code, "Closed by the test."));
            send(&mut self.connections, id, last);
            self.disconnect(id, close_code.is_some_and(ends_session), now);
        }
    }

    /// Sends an event to every session with this intent. 0 is for events without an intent.
    pub(crate) fn dispatch(&mut self, name: &'static str, intent: u64, data: impl FnOnce() -> Value) {
        let wants = |session: &Session| session.intents & intent == intent;
        if !self.sessions.iter().any(wants) {
            return;
        }
        let data = data();
        let id = |key: &str| data[key].as_str().and_then(|id| id.parse::<u64>().ok());
        let guild_id = id("guild_id").or_else(|| id("id").filter(|_| name.starts_with("GUILD_")));
        let shard_key = guild_id.unwrap_or(0) >> 22;
        let is_meant = |session: &Session| wants(session) && session.has(shard_key);
        for session in self.sessions.iter_mut().filter(|session| is_meant(session)) {
            if let Some(connection_id) = session.connection_id {
                let text = session.push_event(name, &data);
                send(&mut self.connections, connection_id, Outgoing::Text(text));
            } else {
                session.push_event(name, &data);
            }
        }
    }

    /// Asks every connection to reconnect and resume (opcode 7).
    pub(crate) fn ask_reconnect(&mut self) {
        let text = Utf8Bytes::from(json!({"op": 7, "t": null, "s": null, "d": null}).to_string());
        let ids: Vec<_> = self.connections.keys().copied().collect();
        for id in ids {
            send(&mut self.connections, id, Outgoing::Text(text.clone()));
        }
    }

    /// Sends opcode 9 (invalid session) to every connection. Sessions that cannot be resumed end.
    pub(crate) fn invalidate(&mut self, is_resumable: bool) {
        let text = Utf8Bytes::from(json!({"op": 9, "t": null, "s": null, "d": is_resumable}).to_string());
        let ids: Vec<_> = self.connections.keys().copied().collect();
        for id in ids {
            send(&mut self.connections, id, Outgoing::Text(text.clone()));
            if let Some(connection) = self.connections.get_mut(&id).filter(|_| !is_resumable) {
                connection.session_id = None;
            }
        }
        if !is_resumable {
            self.sessions.clear();
        }
    }

    /// Whether too many identifies made the token invalid.
    pub(crate) fn is_token_reset(&self) -> bool {
        self.is_token_reset
    }

    /// The accepted identifies after `since`.
    pub(crate) fn accepted_since(&self, since: Timestamp) -> impl Iterator<Item = &Identify> {
        self.identifies.iter().filter(move |identify| identify.is_accepted && identify.at > since)
    }

    pub(super) fn record_identify(&mut self, identify: Identify) {
        if self.identifies.len() == IDENTIFIES_MAX {
            self.identifies.pop_front();
        }
        self.identifies.push_back(identify);
    }
}

impl Session {
    /// Whether this shard gets the events of a guild. `shard_key` is the guild's id without the lower 22 bits; 0 for
    /// direct messages. Discord's docs: "Gateway", "Sharding".
    fn has(&self, shard_key: u64) -> bool {
        let (number, count) = self.shard;
        shard_key % count.max(1) == number
    }

    pub(super) fn push_event(&mut self, name: &str, data: &Value) -> Utf8Bytes {
        self.sequence += 1;
        let text = json!({"op": 0, "t": name, "s": self.sequence, "d": data}).to_string();
        let text = Utf8Bytes::from(text);
        if self.events.len() == EVENTS_MAX {
            self.events.pop_front();
        }
        self.events.push_back((self.sequence, text.clone()));
        text
    }

    /// Whether every event after `sequence` is still kept.
    pub(super) fn can_resume_from(&self, sequence: u64) -> bool {
        let oldest = self.events.front().map_or(self.sequence + 1, |(sequence, _)| *sequence);
        sequence <= self.sequence && sequence + 1 >= oldest
    }
}

/// Whether this close code of the gateway ends the session.
/// Discord's docs: "Opcodes and Status Codes", "Gateway Close Event Codes".
pub(super) fn ends_session(code: u16) -> bool {
    matches!(code, 1000 | 1001 | 4003 | 4004 | 4007 | 4009..=4014)
}

/// Sends an order to a connection. A connection with a full queue is removed, which ends its task.
pub(super) fn send(connections: &mut BTreeMap<u64, Connection>, connection_id: u64, outgoing: Outgoing) {
    let Some(connection) = connections.get(&connection_id) else { return };
    if connection.outgoing.try_send(outgoing).is_err() {
        connections.remove(&connection_id);
    }
}
