//! Publishing a message of an announcement channel to the guilds that follow it. Discord's docs:
//! Message, "Crosspost Message".

use std::sync::Arc;

use serde_json::{Value, json};

use super::channel::ChannelKind;
use super::world::World;
use crate::api_error::ApiError;
use crate::validate::message::FLAG_CROSSPOSTED;

impl World {
    /// Marks a message as published. Refuses a second time with 40033.
    pub(crate) fn crosspost(&mut self, channel_id: u64, message_id: u64) -> Result<Arc<Value>, ApiError> {
        let message = self.channel_message(channel_id, message_id)?;
        let kind = self.guilds.channel(channel_id).map(|channel| channel.kind);
        if kind != Some(ChannelKind::Announcement) {
            return Err(ApiError::WRONG_CHANNEL_TYPE);
        }
        let flags = message["flags"].as_i64().unwrap_or(0);
        if flags & FLAG_CROSSPOSTED != 0 {
            return Err(ApiError::ALREADY_CROSSPOSTED);
        }
        let published = self.rewrite_message(channel_id, message_id, |message| {
            message["flags"] = json!(flags | FLAG_CROSSPOSTED);
        });
        published.ok_or(ApiError::UNKNOWN_MESSAGE)
    }
}
