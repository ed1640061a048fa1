//! The payloads that a bot sends over the gateway, and the answers. Discord's docs: "Gateway" and "Opcodes and
//! Status Codes".

use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::sessions::{
    INTENT_GUILDS, Identify, Outgoing, Received, SESSIONS_MAX, Session, ends_session, send,
};
use crate::state::World;
use crate::state::ids::APPLICATION_ID;
use crate::state::member::current_user;

/// Longer payloads are refused with 4002. Discord's docs: "Gateway", "Sending Events".
const PAYLOAD_BYTES_MAX: usize = 4096;
/// Events that a connection may send in a minute. Discord's docs: "Gateway", "Rate Limiting".
const EVENTS_PER_MINUTE_MAX: u32 = 120;
/// How long a dropped session can be resumed. Discord's docs give no number.
const RESUME_WINDOW: Duration = Duration::from_secs(5 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// All intents that Discord's docs name: bits 0-16, 20, 21, 24, 25.
const INTENTS_KNOWN: u64 = 0x1_FFFF | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;

const DECODE_ERROR: Outgoing = Outgoing::Close(4002, "Error while decoding payload.");

impl World {
    /// The first payload on a connection.
    pub(crate) fn hello(&self) -> Utf8Bytes {
        let interval_ms = u64::try_from(self.options.heartbeat_interval.as_millis()).unwrap_or(u64::MAX);
        json!({"op": 10, "t": null, "s": null, "d": {"heartbeat_interval": interval_ms}}).to_string().into()
    }

    /// Handles one payload from the bot.
    pub(crate) fn receive(&mut self, connection_id: u64, text: &str) -> Received {
        if !self.gateway.connections.contains_key(&connection_id) {
            return Received::Other;
        }
        let handled = self.handle(connection_id, text);
        if let Err(refusal) = handled {
            let session_ends = matches!(refusal, Outgoing::Close(code, _) if ends_session(code));
            self.send_to(connection_id, refusal);
            let now = self.now();
            self.gateway.disconnect(connection_id, session_ends, now);
            self.publish_presence();
            return Received::Other;
        }
        handled.unwrap_or(Received::Other)
    }

    fn handle(&mut self, connection_id: u64, text: &str) -> Result<Received, Outgoing> {
        if self.is_too_fast(connection_id) {
            return Err(Outgoing::Close(4008, "You are being rate limited."));
        }
        if text.len() > PAYLOAD_BYTES_MAX {
            return Err(DECODE_ERROR);
        }
        let payload: Value = serde_json::from_str(text).map_err(|_| DECODE_ERROR)?;
        let session_id = self.gateway.connections.get(&connection_id).and_then(|c| c.session_id.as_ref());
        match (payload["op"].as_u64(), session_id.is_some()) {
            (Some(1), _) => {
                self.send_json_to(connection_id, &json!({"op": 11, "t": null, "s": null, "d": null}));
                Ok(Received::Heartbeat)
            }
            (Some(2 | 6), true) => Err(Outgoing::Close(4005, "Already authenticated.")),
            (Some(2), false) => self.identify(connection_id, &payload["d"]).map(|()| Received::Other),
            (Some(6), false) => self.resume(connection_id, &payload["d"]).map(|()| Received::Other),
            (Some(3 | 4 | 8 | 31), false) => Err(Outgoing::Close(4003, "Not authenticated.")),
            // Presence, voice state, member lists, soundboards: accepted without effect.
            (Some(3 | 4 | 8 | 31), true) => Ok(Received::Other),
            (Some(_), _) => Err(Outgoing::Close(4001, "Unknown opcode.")),
            (None, _) => Err(DECODE_ERROR),
        }
    }

    fn identify(&mut self, connection_id: u64, data: &Value) -> Result<(), Outgoing> {
        let (Some(token), Some(intents)) = (data["token"].as_str(), data["intents"].as_u64()) else {
            return Err(DECODE_ERROR);
        };
        let shard = shard_of(&data["shard"]);
        let refusal = self.refusal_of(token, intents, &data["shard"], shard);
        let at = self.now();
        if refusal.is_none() && self.is_identify_too_early(shard, at) {
            self.gateway.record_identify(Identify { at, intents, shard, is_accepted: false });
            self.send_json_to(connection_id, &json!({"op": 9, "t": null, "s": null, "d": false}));
            return Ok(());
        }
        if refusal.is_none() && self.is_identify_one_too_many(at) {
            // Discord ends all sessions and resets the token. Its docs: "Gateway", "Identifying".
            self.gateway.is_token_reset = true;
            self.gateway.disconnect_all(Some(4004), at);
            return Err(Outgoing::Close(4004, "Authentication failed."));
        }
        self.gateway.record_identify(Identify { at, intents, shard, is_accepted: refusal.is_none() });
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        let session_id = format!("{:032x}", self.next_id());
        let session = Session {
            id: session_id.clone(),
            intents,
            shard: shard.unwrap_or((0, 1)),
            sequence: 0,
            events: std::collections::VecDeque::new(),
            connection_id: Some(connection_id),
            disconnected_at: None,
        };
        if self.gateway.sessions.len() == SESSIONS_MAX {
            self.gateway.sessions.pop_front();
        }
        self.gateway.sessions.push_back(session);
        self.attach(connection_id, &session_id);
        let ready = self.ready(&session_id, shard);
        self.send_event(&session_id, "READY", &ready);
        let guilds = self.guilds_of(shard.unwrap_or((0, 1)));
        for guild_id in guilds.into_iter().filter(|_| intents & INTENT_GUILDS != 0) {
            if self.faults.loses("GUILD_CREATE") {
                continue;
            }
            let guild = self
                .guilds
                .guild_create_event(guild_id, |channel_id| self.histories.last_message_id(channel_id));
            self.send_event(&session_id, "GUILD_CREATE", &guild);
        }
        self.publish_presence();
        Ok(())
    }

    fn refusal_of(
        &self,
        token: &str,
        intents: u64,
        raw: &Value,
        shard: Option<(u64, u64)>,
    ) -> Option<Outgoing> {
        if self.gateway.is_token_reset || token.strip_prefix("Bot ").unwrap_or(token) != self.options.token {
            return Some(Outgoing::Close(4004, "Authentication failed."));
        }
        if !raw.is_null() && shard.is_none_or(|(number, count)| number >= count) {
            return Some(Outgoing::Close(4010, "Invalid shard."));
        }
        if shard.map_or(1, |(_, count)| count) < self.options.shards_min {
            return Some(Outgoing::Close(4011, "Sharding required."));
        }
        if intents & !INTENTS_KNOWN != 0 {
            return Some(Outgoing::Close(4013, "Invalid intent(s)."));
        }
        if intents & self.options.refuse_intents != 0 {
            return Some(Outgoing::Close(4014, "Disallowed intent(s)."));
        }
        self.options.close_identify.map(|code| Outgoing::Close(code, "Refused by the sandbox's options."))
    }

    /// Sends the missed events, then `RESUMED`. Sends opcode 9 when the session or some of the events are no longer
    /// kept.
    fn resume(&mut self, connection_id: u64, data: &Value) -> Result<(), Outgoing> {
        let (Some(token), Some(session_id)) = (data["token"].as_str(), data["session_id"].as_str()) else {
            return Err(DECODE_ERROR);
        };
        if token.strip_prefix("Bot ").unwrap_or(token) != self.options.token {
            return Err(Outgoing::Close(4004, "Authentication failed."));
        }
        let sequence = data["seq"].as_u64().unwrap_or(0);
        let now = self.now();
        let session = self.gateway.sessions.iter().find(|session| session.id == session_id);
        if session.is_some_and(|session| sequence > session.sequence) {
            return Err(Outgoing::Close(4007, "Invalid seq."));
        }
        let session = session.filter(|session| {
            let is_young = |at| now.duration_since(at).unsigned_abs() <= RESUME_WINDOW;
            session.disconnected_at.is_none_or(is_young) && session.can_resume_from(sequence)
        });
        let Some(session) = session else {
            self.send_json_to(connection_id, &json!({"op": 9, "t": null, "s": null, "d": false}));
            return Ok(());
        };
        let missed = session.events.iter().filter(|(number, _)| *number > sequence);
        let missed: Vec<_> = missed.map(|(_, text)| text.clone()).collect();
        let session_id = session_id.to_owned();
        if let Some(before) = session.connection_id {
            self.send_to(before, Outgoing::Drop);
        }
        self.attach(connection_id, &session_id);
        for text in missed {
            self.send_to(connection_id, Outgoing::Text(text));
        }
        self.gateway.resumes_count += 1;
        self.send_event(&session_id, "RESUMED", &json!({"_trace": []}));
        self.publish_presence();
        Ok(())
    }

    fn attach(&mut self, connection_id: u64, session_id: &str) {
        if let Some(connection) = self.gateway.connections.get_mut(&connection_id) {
            connection.session_id = Some(session_id.to_owned());
        }
        if let Some(session) = self.gateway.sessions.iter_mut().find(|session| session.id == session_id) {
            session.connection_id = Some(connection_id);
            session.disconnected_at = None;
        }
    }

    /// Discord's docs: "Gateway", "Identifying": one for each `shard_id % max_concurrency` in 5 s.
    fn is_identify_too_early(&self, shard: Option<(u64, u64)>, now: Timestamp) -> bool {
        let key = |shard: Option<(u64, u64)>| {
            shard.map_or(0, |(number, _)| number) % self.options.max_concurrency.max(1)
        };
        let since = now.checked_sub(self.options.identify_pause).unwrap_or(Timestamp::MIN);
        self.gateway.accepted_since(since).any(|earlier| key(earlier.shard) == key(shard))
    }

    fn is_identify_one_too_many(&self, now: Timestamp) -> bool {
        let since = now.checked_sub(DAY).unwrap_or(Timestamp::MIN);
        self.gateway.accepted_since(since).count() >= self.options.identifies_per_day
    }

    fn ready(&self, session_id: &str, shard: Option<(u64, u64)>) -> Value {
        let (number, count) = shard.unwrap_or((0, 1));
        let guilds = self.guilds_of((number, count)).into_iter();
        let guilds: Vec<Value> =
            guilds.map(|id| json!({"id": id.to_string(), "unavailable": true})).collect();
        json!({
            "v": 10, "user": current_user(), "session_id": session_id, "session_type": "normal",
            "guilds": guilds,
            "resume_gateway_url": format!("ws://{}/gateway", self.host),
            "application": {"id": APPLICATION_ID.to_string(), "flags": 0},
            "shard": [number, count], "private_channels": [], "relationships": [], "presences": [],
            "guild_join_requests": [], "geo_ordered_rtc_regions": [], "user_settings": {}, "_trace": [],
        })
    }

    /// The bot's guilds that belong to this shard.
    fn guilds_of(&self, (number, count): (u64, u64)) -> Vec<u64> {
        let guilds = self.guilds.bot_guilds.iter().copied();
        guilds.filter(|guild_id| (guild_id >> 22) % count.max(1) == number).collect()
    }

    fn send_event(&mut self, session_id: &str, name: &str, data: &Value) {
        let session = self.gateway.sessions.iter_mut().find(|session| session.id == session_id);
        let Some(session) = session else { return };
        let text = session.push_event(name, data);
        if let Some(connection_id) = session.connection_id {
            self.send_to(connection_id, Outgoing::Text(text));
        }
    }

    fn send_to(&mut self, connection_id: u64, outgoing: Outgoing) {
        send(&mut self.gateway.connections, connection_id, outgoing);
    }

    fn send_json_to(&mut self, connection_id: u64, payload: &Value) {
        self.send_to(connection_id, Outgoing::Text(payload.to_string().into()));
    }

    fn is_too_fast(&mut self, connection_id: u64) -> bool {
        let now = self.now();
        let Some(connection) = self.gateway.connections.get_mut(&connection_id) else { return false };
        let is_same_minute = |began| now.duration_since(began).unsigned_abs() < Duration::from_secs(60);
        let (began, count) = match connection.minute {
            Some((began, count)) if is_same_minute(began) => (began, count + 1),
            _ => (now, 1),
        };
        connection.minute = Some((began, count));
        count > EVENTS_PER_MINUTE_MAX
    }
}

fn shard_of(value: &Value) -> Option<(u64, u64)> {
    match value.as_array()?.as_slice() {
        [number, count] => Some((number.as_u64()?, count.as_u64()?)),
        _ => None,
    }
}
