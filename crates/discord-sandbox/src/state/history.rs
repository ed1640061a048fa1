//! The stored messages of each channel.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::Value;

use super::guild::{ELSEWHERE_CHANNELS, FIRST_CHANNELS};
use super::ids::GROUP_ID;
use super::member::MEMBERS;
use crate::validate::message::FLAG_COMPONENTS_V2;

/// Messages kept of a channel. At the bound the oldest is dropped.
const MESSAGES_MAX: usize = 500;

/// A stored message.
#[derive(Debug, Clone)]
pub(crate) struct StoredMessage {
    pub(crate) id: u64,
    /// Discord's message object.
    pub(crate) json: Arc<Value>,
    /// The only person who sees it, for ephemeral and direct messages.
    pub(crate) seen_by: Option<u64>,
    /// The bot cannot read ephemeral messages from the channel.
    pub(crate) is_ephemeral: bool,
    /// The interaction of an answer or a follow-up.
    pub(crate) interaction_id: Option<u64>,
}

impl StoredMessage {
    /// Whether this person sees it.
    pub(crate) fn is_seen_by(&self, person_id: u64) -> bool {
        self.seen_by.is_none_or(|only| only == person_id)
    }
}

/// The messages of all channels.
pub(crate) struct Histories {
    channels: HashMap<u64, VecDeque<StoredMessage>>,
}

impl Histories {
    /// Empty histories for the channels at the start.
    pub(crate) fn new() -> Self {
        let guild_channels = FIRST_CHANNELS.iter().chain(&ELSEWHERE_CHANNELS).map(|(id, ..)| *id);
        let all = guild_channels.chain(MEMBERS.iter().map(|member| member.dm_channel_id)).chain([GROUP_ID]);
        Self { channels: all.map(|id| (id, VecDeque::new())).collect() }
    }

    /// The messages of a channel, oldest first; `None` for an unknown channel.
    pub(crate) fn channel(&self, channel_id: u64) -> Option<&VecDeque<StoredMessage>> {
        self.channels.get(&channel_id)
    }

    /// Adds a channel without messages.
    pub(crate) fn add(&mut self, channel_id: u64) {
        self.channels.insert(channel_id, VecDeque::new());
    }

    /// Removes a channel with its messages.
    pub(crate) fn forget(&mut self, channel_id: u64) {
        self.channels.remove(&channel_id);
    }

    /// Adds a message. Its id must be greater than all earlier ones.
    pub(crate) fn push(&mut self, channel_id: u64, message: StoredMessage) {
        let Some(messages) = self.channels.get_mut(&channel_id) else { return };
        if messages.len() == MESSAGES_MAX {
            messages.pop_front();
        }
        messages.push_back(message);
    }

    /// One message.
    pub(crate) fn find(&self, channel_id: u64, message_id: u64) -> Option<&StoredMessage> {
        let messages = self.channels.get(&channel_id)?;
        messages.get(index_of(messages, message_id)?)
    }

    /// Whether a message is one of components alone. False for an unknown message.
    pub(crate) fn is_v2(&self, channel_id: u64, message_id: u64) -> bool {
        self.find(channel_id, message_id).is_some_and(|stored| is_v2(&stored.json))
    }

    /// One message, for a change.
    pub(crate) fn find_mut(&mut self, channel_id: u64, message_id: u64) -> Option<&mut StoredMessage> {
        let messages = self.channels.get_mut(&channel_id)?;
        messages.get_mut(index_of(messages, message_id)?)
    }

    /// Removes and returns one message.
    pub(crate) fn remove(&mut self, channel_id: u64, message_id: u64) -> Option<StoredMessage> {
        let messages = self.channels.get_mut(&channel_id)?;
        messages.remove(index_of(messages, message_id)?)
    }

    /// The id of the newest message that is not ephemeral.
    pub(crate) fn last_message_id(&self, channel_id: u64) -> Option<u64> {
        let messages = self.channels.get(&channel_id)?;
        messages.iter().rev().find(|message| !message.is_ephemeral).map(|message| message.id)
    }
}

/// Whether a message has the flag `IS_COMPONENTS_V2`.
pub(crate) fn is_v2(message: &Value) -> bool {
    message["flags"].as_i64().is_some_and(|flags| flags & FLAG_COMPONENTS_V2 != 0)
}

/// The id of a message object.
pub(crate) fn id_of(message: &Value) -> u64 {
    message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// Ids only grow, so a binary search finds a message.
fn index_of(messages: &VecDeque<StoredMessage>, message_id: u64) -> Option<usize> {
    messages.binary_search_by_key(&message_id, |message| message.id).ok()
}
