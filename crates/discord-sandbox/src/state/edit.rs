//! Changes and removal of messages. Discord's docs: Message, "Edit Message" and "Delete Message".

use std::sync::Arc;

use serde_json::{Value, json};

use super::attachment::{resolve_pictures, stored_attachments};
use super::component::stored_components;
use super::embed::stored_embeds;
use super::history::is_v2;
use super::mention::{DefaultMentions, set_mentions};
use super::timestamp::discord_time;
use super::world::{MessageChange, World};
use crate::api_error::ApiError;
use crate::validate::FormErrors;
use crate::validate::layout::{FIELDS_OF_LEGACY, legacy_field};
use crate::validate::message::{FLAG_COMPONENTS_V2, FLAG_LOADING, FLAG_SUPPRESS_EMBEDS, is_empty};

impl World {
    /// Changes a message of a channel. Ephemeral messages are not found.
    pub(crate) fn edit_channel_message(
        &mut self,
        channel_id: u64,
        message_id: u64,
        body: &Value,
    ) -> Result<Arc<Value>, ApiError> {
        self.channel_message(channel_id, message_id)?;
        self.edit_message(channel_id, message_id, body, DefaultMentions::All)
    }

    /// A message of a channel. Ephemeral messages are not found.
    pub(crate) fn channel_message(&self, channel_id: u64, message_id: u64) -> Result<Arc<Value>, ApiError> {
        self.histories.channel(channel_id).ok_or(ApiError::UNKNOWN_CHANNEL)?;
        let stored = self.histories.find(channel_id, message_id);
        let stored = stored.filter(|stored| !stored.is_ephemeral).ok_or(ApiError::UNKNOWN_MESSAGE)?;
        Ok(Arc::clone(&stored.json))
    }

    /// Changes the fields of a message that `body` has. `default` replaces missing `allowed_mentions`.
    pub(super) fn edit_message(
        &mut self,
        channel_id: u64,
        message_id: u64,
        body: &Value,
        default: DefaultMentions,
    ) -> Result<Arc<Value>, ApiError> {
        let now = discord_time(self.now());
        let shows_embeds = self.shows_embeds(channel_id);
        let pings = self.pings(channel_id);
        let new_id = self.next_id();
        self.skip_ids(body["attachments"].as_array().map_or(0, Vec::len));
        let stored = self.histories.find_mut(channel_id, message_id).ok_or(ApiError::UNKNOWN_MESSAGE)?;
        let mut edited = (*stored.json).clone();
        if let Some(content) = body.get("content") {
            edited["content"] = json!(content.as_str().unwrap_or_default().trim());
        }
        if let Some(embeds) = body.get("embeds") {
            edited["embeds"] = if shows_embeds { stored_embeds(embeds) } else { json!([]) };
        }
        edited["attachments"] =
            stored_attachments(body.get("attachments"), &edited["attachments"], channel_id, new_id);
        if let Some(components) = body.get("components") {
            edited["components"] = stored_components(components, &edited["attachments"]);
        }
        let attachments = edited["attachments"].clone();
        resolve_pictures(&mut edited["embeds"], &attachments);
        let flags = edited["flags"].as_i64().unwrap_or(0);
        let was_loading = flags & FLAG_LOADING != 0;
        let suppressed = body["flags"].as_i64().unwrap_or(flags) & FLAG_SUPPRESS_EMBEDS;
        // A message of components stays one: the flag can be set and not removed.
        let made_of_components = body["flags"].as_i64().unwrap_or(0) & FLAG_COMPONENTS_V2;
        let kept = flags & !FLAG_LOADING & !FLAG_SUPPRESS_EMBEDS;
        edited["flags"] = json!(kept | suppressed | made_of_components);
        check_legacy_is_gone(&edited)?;
        if is_empty(&edited) {
            return Err(ApiError::EMPTY_MESSAGE);
        }
        if !was_loading {
            edited["edited_timestamp"] = json!(now);
        }
        let allowed = body.get("allowed_mentions").filter(|allowed| !allowed.is_null());
        set_mentions(&mut edited, allowed, default, pings, &self.guilds.roles);
        let json = Arc::new(edited);
        stored.json = Arc::clone(&json);
        let seen_by = stored.seen_by;
        self.announce_message(MessageChange::Updated, &json, seen_by);
        Ok(json)
    }

    /// Removes a message.
    pub(crate) fn delete_message(&mut self, channel_id: u64, message_id: u64) -> Result<(), ApiError> {
        let removed = self.histories.remove(channel_id, message_id).ok_or(ApiError::UNKNOWN_MESSAGE)?;
        self.mark_nonce_deleted(message_id);
        let ids = json!({"id": message_id.to_string(), "channel_id": channel_id.to_string()});
        self.live.publish(removed.seen_by, || {
            let mut event = ids.clone();
            event["event"] = json!("message_delete");
            event
        });
        if let Some(intent) = self.message_intent(channel_id).filter(|_| !removed.is_ephemeral) {
            let guild_id = self.guilds.guild_of(channel_id);
            let is_in_guild = self.guilds.channel(channel_id).is_some();
            self.dispatch("MESSAGE_DELETE", intent, || {
                let mut event = ids;
                if is_in_guild {
                    event["guild_id"] = json!(guild_id.to_string());
                }
                event
            });
        }
        Ok(())
    }
}

/// A change to a message of components must also remove its text and embeds. Discord's docs:
/// Message, "Edit Message".
fn check_legacy_is_gone(edited: &Value) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    for key in FIELDS_OF_LEGACY.into_iter().filter(|_| is_v2(edited)) {
        let is_left = edited[key].as_str().is_some_and(|text| !text.is_empty())
            || edited[key].as_array().is_some_and(|items| !items.is_empty());
        if is_left {
            errors.within(key, |errors| legacy_field(key, errors));
        }
    }
    errors.into_result()
}
