//! The messages of each channel.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::Value;

use super::guild::{ELSEWHERE_CHANNELS, FIRST_CHANNELS};
use super::member::MEMBERS;
use crate::validate::message::FLAG_COMPONENTS_V2;

/// Messages kept of a channel; at the bound the oldest is forgotten.
const MESSAGES_MAX: usize = 500;

/// A message as it stands.
#[derive(Debug, Clone)]
pub(crate) struct StoredMessage {
    pub(crate) id: u64,
    /// Discord's message object.
    pub(crate) json: Arc<Value>,
    /// The only person who sees it: set for ephemeral messages and in direct messages.
    pub(crate) seen_by: Option<u64>,
    /// Ephemeral messages are no part of the channel for the bot's reading.
    pub(crate) is_ephemeral: bool,
    /// The interaction that it answers or follows.
    pub(crate) interaction_id: Option<u64>,
}

impl StoredMessage {
    /// Whether this person sees it.
    pub(crate) fn is_seen_by(&self, person_id: u64) -> bool {
        self.seen_by.is_none_or(|only| only == person_id)
    }
}

/// All channels' messages, each oldest first.
pub(crate) struct Histories {
    channels: HashMap<u64, VecDeque<StoredMessage>>,
}

impl Histories {
    /// Empty histories of the channels that there are at the beginning.
    pub(crate) fn new() -> Self {
        let guild_channels = FIRST_CHANNELS.iter().chain(&ELSEWHERE_CHANNELS).map(|(id, ..)| *id);
        let all = guild_channels.chain(MEMBERS.iter().map(|member| member.dm_channel_id));
        Self { channels: all.map(|id| (id, VecDeque::new())).collect() }
    }

    /// The messages of a channel, oldest first; `None` for an unknown channel.
    pub(crate) fn channel(&self, channel_id: u64) -> Option<&VecDeque<StoredMessage>> {
        self.channels.get(&channel_id)
    }

    /// Begins the history of a new channel.
    pub(crate) fn add(&mut self, channel_id: u64) {
        self.channels.insert(channel_id, VecDeque::new());
    }

    /// Forgets a channel that is gone.
    pub(crate) fn forget(&mut self, channel_id: u64) {
        self.channels.remove(&channel_id);
    }

    /// Adds a message, whose id must be greater than all before.
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

    /// Whether a message is made of components alone; not when it is not there.
    pub(crate) fn is_v2(&self, channel_id: u64, message_id: u64) -> bool {
        self.find(channel_id, message_id).is_some_and(|stored| is_v2(&stored.json))
    }

    /// One message, to be changed.
    pub(crate) fn find_mut(&mut self, channel_id: u64, message_id: u64) -> Option<&mut StoredMessage> {
        let messages = self.channels.get_mut(&channel_id)?;
        messages.get_mut(index_of(messages, message_id)?)
    }

    /// Takes one message out.
    pub(crate) fn remove(&mut self, channel_id: u64, message_id: u64) -> Option<StoredMessage> {
        let messages = self.channels.get_mut(&channel_id)?;
        messages.remove(index_of(messages, message_id)?)
    }

    /// The newest message of a channel that all may see.
    pub(crate) fn last_message_id(&self, channel_id: u64) -> Option<u64> {
        let messages = self.channels.get(&channel_id)?;
        messages.iter().rev().find(|message| !message.is_ephemeral).map(|message| message.id)
    }
}

/// Whether a message has the flag `IS_COMPONENTS_V2`.
pub(crate) fn is_v2(message: &Value) -> bool {
    message["flags"].as_i64().is_some_and(|flags| flags & FLAG_COMPONENTS_V2 != 0)
}

/// The id in a message object of ours.
pub(crate) fn id_of(message: &Value) -> u64 {
    message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// Ids only grow, so a binary search finds a message.
fn index_of(messages: &VecDeque<StoredMessage>, message_id: u64) -> Option<usize> {
    messages.binary_search_by_key(&message_id, |message| message.id).ok()
}
