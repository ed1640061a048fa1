//! All data of a sandbox, and its events for the gateway and the page.
//!
//! A caller holds the lock for one request or event and never across an `await`: each sees a consistent world. All
//! parts are bounded. The comment on a bound says what happens there.

use std::fs::File;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::commands::Commands;
use super::guilds::Guilds;
use super::history::Histories;
use super::ids::{APPLICATION_ID, GROUP_ID};
use super::interaction::Interactions;
use super::member::{Member, bot_member};
use super::nonces::Nonces;
use crate::faults::Faults;
use crate::gateway::{Gateway, INTENT_DIRECT_MESSAGES, INTENT_GUILD_MESSAGES};
use crate::notes::Note;
use crate::options::SandboxOptions;
use crate::page::LiveClients;
use crate::rest::{Limiter, RequestLog};
use crate::validate::message::FLAG_EPHEMERAL;

/// Milliseconds from the Unix epoch to the first second of 2015, where snowflakes start.
/// Discord's docs: "Reference", "Snowflakes".
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// All data of a sandbox.
pub(crate) struct World {
    pub(crate) options: SandboxOptions,
    /// `127.0.0.1:port`.
    pub(crate) host: String,
    id_last: u64,
    pub(crate) guilds: Guilds,
    pub(crate) histories: Histories,
    pub(crate) commands: Commands,
    pub(crate) interactions: Interactions,
    pub(crate) gateway: Gateway,
    pub(crate) live: LiveClients,
    pub(crate) requests: RequestLog,
    pub(crate) limiter: Limiter,
    pub(crate) faults: Faults,
    /// The notes of the host program, for the page.
    pub(crate) notes: Arc<[Note]>,
    pub(super) nonces: Nonces,
    presence: watch::Sender<BotPresence>,
}

/// Whether the bot is connected and has commands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct BotPresence {
    pub(crate) is_online: bool,
    pub(crate) has_commands: bool,
}

impl World {
    pub(crate) fn new(options: SandboxOptions, host: String, recording: Option<File>) -> Self {
        Self {
            host,
            id_last: 0,
            guilds: Guilds::new(),
            histories: Histories::new(),
            commands: Commands::default(),
            interactions: Interactions::default(),
            gateway: Gateway::default(),
            live: LiveClients::default(),
            requests: RequestLog::new(options.request_log_entries_max, recording),
            limiter: Limiter::default(),
            faults: Faults::default(),
            notes: Arc::default(),
            nonces: Nonces::default(),
            presence: watch::Sender::new(BotPresence::default()),
            options,
        }
    }

    /// The time of the injected clock.
    pub(crate) fn now(&self) -> Timestamp {
        (self.options.clock)()
    }

    /// A new snowflake with the clock's time. It is greater than every earlier one, even if the clock stands still or
    /// goes back.
    pub(crate) fn next_id(&mut self) -> u64 {
        let since_epoch_ms = u64::try_from(self.now().as_millisecond() - DISCORD_EPOCH_MS).unwrap_or(0);
        self.id_last = (since_epoch_ms << 22).max(self.id_last + 1);
        self.id_last
    }

    /// Skips ids that are in use for the files of a message.
    pub(super) fn skip_ids(&mut self, count: usize) {
        self.id_last += u64::try_from(count).unwrap_or(0);
    }

    /// A receiver of changes of [`BotPresence`].
    pub(crate) fn watch_presence(&self) -> watch::Receiver<BotPresence> {
        self.presence.subscribe()
    }

    /// Publishes that the bot connected or disconnected, or has its first command.
    pub(crate) fn publish_presence(&mut self) {
        let is_online = self.gateway.is_bot_online();
        let now = BotPresence { is_online, has_commands: !self.commands.is_empty() };
        let before = self.presence.send_replace(now);
        if before.is_online != is_online {
            self.live.publish(None, || json!({"event": "bot", "online": is_online}));
        }
    }

    /// Publishes a change of the registered commands to the page.
    pub(crate) fn publish_commands(&mut self) {
        self.publish_presence();
        let commands = self.commands.for_members();
        self.live.publish(None, || json!({"event": "commands", "commands": commands}));
    }

    /// Publishes a change of the notes. Each page then reads the ones that its person sees.
    pub(crate) fn publish_notes(&mut self) {
        self.live.publish(None, || json!({"event": "notes"}));
    }

    /// Sends the event of a message to the gateway and the page. `seen_by` is the only person who sees the message, if
    /// there is one.
    pub(super) fn announce_message(
        &mut self,
        change: MessageChange,
        message: &Arc<Value>,
        seen_by: Option<u64>,
    ) {
        let (event, dispatched) = match change {
            MessageChange::Created => ("message_create", "MESSAGE_CREATE"),
            MessageChange::Updated => ("message_update", "MESSAGE_UPDATE"),
        };
        self.live.publish(seen_by, || json!({"event": event, "message": **message}));
        let channel_id = message["channel_id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
        let is_ephemeral = message["flags"].as_i64().is_some_and(|flags| flags & FLAG_EPHEMERAL != 0);
        if let Some(intent) = self.message_intent(channel_id).filter(|_| !is_ephemeral) {
            let event = self.gateway.has_session().then(|| message_event(&self.guilds, channel_id, message));
            self.dispatch(dispatched, intent, || event.unwrap_or_default());
        }
    }

    /// Sends an event to the sessions with this intent, unless its loss is planned.
    pub(crate) fn dispatch(&mut self, name: &'static str, intent: u64, data: impl FnOnce() -> Value) {
        if !self.faults.loses(name) {
            self.gateway.dispatch(name, intent, data);
        }
    }

    /// The intent for events of a channel's messages. `None` where the bot cannot view the channel.
    pub(super) fn message_intent(&self, channel_id: u64) -> Option<u64> {
        if self.guilds.channel(channel_id).is_none() {
            return (channel_id != GROUP_ID).then_some(INTENT_DIRECT_MESSAGES);
        }
        self.guilds.is_viewed_by_bot(channel_id).then_some(INTENT_GUILD_MESSAGES)
    }
}

/// The data of a message event: the message and, in a guild, the author's member object. The sandbox has no intent for the
/// contents of others' messages.
fn message_event(guilds: &Guilds, channel_id: u64, message: &Value) -> Value {
    let mut event = message.clone();
    let author_id = message["author"]["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
    let person = Member::of(author_id);
    if guilds.channel(channel_id).is_some() {
        let guild_id = guilds.guild_of(channel_id);
        event["guild_id"] = json!(guild_id.to_string());
        let mut author = match &person {
            Some(person) => guilds.member_json(guild_id, person),
            None => bot_member(&guilds.role_ids_of(guild_id, APPLICATION_ID)),
        };
        if person.is_some() {
            event["content"] = json!("");
        }
        if let Some(author) = author.as_object_mut() {
            author.remove("user");
        }
        event["member"] = author;
    }
    event
}

/// A change of a message.
#[derive(Debug, Clone, Copy)]
pub(super) enum MessageChange {
    Created,
    Updated,
}
