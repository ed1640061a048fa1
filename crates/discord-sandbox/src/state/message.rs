//! New messages. Discord's docs: Message, "Create Message".

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::attachment::{resolve_pictures, stored_attachments};
use super::component::stored_components;
use super::embed::stored_embeds;
use super::history::{StoredMessage, id_of};
use super::ids::APPLICATION_ID;
use super::interaction::{Interaction, InteractionKind};
use super::member::{MEMBERS, Member, bot_user};
use super::mention::{DefaultMentions, set_mentions};
use super::nonces::{NONCES_MAX, UsedNonce};
use super::permission::{EMBED_LINKS, MENTION_EVERYONE, USE_EXTERNAL_APPS, permits};
use super::timestamp::discord_time;
use super::world::{MessageChange, World};
use crate::api_error::ApiError;
use crate::validate::message::FLAG_EPHEMERAL;

impl World {
    /// Posts a message of the bot. With `enforce_nonce` and a nonce of the past minutes it returns the earlier message,
    /// or the error 10008 when that message was deleted.
    pub(crate) fn post_message(&mut self, channel_id: u64, body: &Value) -> Result<Arc<Value>, ApiError> {
        if self.histories.channel(channel_id).is_none() {
            return Err(ApiError::UNKNOWN_CHANNEL);
        }
        let nonce = Some(&body["nonce"]).filter(|nonce| !nonce.is_null());
        let enforced = nonce.filter(|_| body["enforce_nonce"] == true).map(ToString::to_string);
        if let Some(nonce) = &enforced
            && let Some(used) = self.used_nonce(nonce)
        {
            if used.is_deleted {
                return Err(ApiError::UNKNOWN_MESSAGE);
            }
            let stored = self.histories.find(used.channel_id, id_of(&used.message));
            return Ok(Arc::clone(stored.map_or(&used.message, |stored| &stored.json)));
        }
        let mut message = self.new_message(channel_id, 0, body, DefaultMentions::All);
        if let Some(nonce) = nonce {
            message["nonce"] = nonce.clone();
        }
        let message = self.store_message(channel_id, message, dm_person(channel_id), None);
        if let Some(nonce) = enforced {
            let at = self.now();
            let used = &mut self.nonces.used;
            if used.len() == NONCES_MAX {
                used.pop_front();
            }
            let message = Arc::clone(&message);
            used.push_back(UsedNonce { nonce, at, channel_id, message, is_deleted: false });
        }
        Ok(message)
    }

    /// Posts the first message of a forum post. It has the id of its thread.
    pub(super) fn post_first_message(&mut self, thread_id: u64, body: &Value) -> Arc<Value> {
        let mut message = self.new_message(thread_id, 0, body, DefaultMentions::All);
        message["id"] = json!(thread_id.to_string());
        self.store_message(thread_id, message, None, None)
    }

    /// Whether a message keeps its embeds. Without `EMBED_LINKS` Discord drops them without an error.
    pub(super) fn shows_embeds(&self, channel_id: u64) -> bool {
        self.has_permission(channel_id, EMBED_LINKS)
    }

    /// Whether the bot can ping everyone in a channel.
    pub(super) fn pings(&self, channel_id: u64) -> bool {
        self.has_permission(channel_id, MENTION_EVERYONE)
    }

    /// Direct messages need no permission.
    fn has_permission(&self, channel_id: u64, permission: u64) -> bool {
        let is_in_guild = self.guilds.channel(channel_id).is_some();
        !is_in_guild || permits(self.guilds.app_permissions(channel_id), permission)
    }

    /// Marks the nonce of a deleted message: its next use gets the error 10008.
    pub(super) fn mark_nonce_deleted(&mut self, message_id: u64) {
        let of_message = |used: &&mut UsedNonce| id_of(&used.message) == message_id;
        if let Some(used) = self.nonces.used.iter_mut().find(of_message) {
            used.is_deleted = true;
        }
    }

    fn used_nonce(&self, nonce: &str) -> Option<&UsedNonce> {
        let window = self.options.nonce_window;
        let is_recent = |at: Timestamp| self.now().duration_since(at).unsigned_abs() <= window;
        self.nonces.used.iter().rev().find(|used| used.nonce == nonce && is_recent(used.at))
    }

    /// Posts the answer to an interaction, or a follow-up. `flags` are the flags of the message.
    pub(super) fn post_answer(
        &mut self,
        interaction_id: u64,
        body: &Value,
        flags: i64,
    ) -> Option<Arc<Value>> {
        let interaction = self.interactions.get(interaction_id)?;
        let (channel_id, person_id) = (interaction.channel_id, interaction.person.id);
        let source = interaction.source;
        let reply_to = interaction.original_message_id.or(source.message_id).or(source.target_id);
        let metadata = self.metadata_of(interaction);
        let is_hidden = interaction.is_of_account() && self.hides_external_apps(person_id, channel_id);
        let flags = if is_hidden { flags | FLAG_EPHEMERAL } else { flags };
        let kind = match (interaction.original_message_id, source.target_id) {
            (None, Some(_)) => 23,
            _ if reply_to.is_some() => 19,
            _ => 20,
        };
        let mut message = self.new_message(channel_id, kind, body, DefaultMentions::Users);
        message["flags"] = json!(flags);
        message["application_id"] = json!(APPLICATION_ID.to_string());
        message["webhook_id"] = json!(APPLICATION_ID.to_string());
        message["interaction_metadata"] = metadata;
        if let Some(reply_to) = reply_to {
            message["message_reference"] = json!({
                "type": 0, "channel_id": channel_id.to_string(), "message_id": reply_to.to_string(),
            });
        }
        let ephemeral = (flags & FLAG_EPHEMERAL != 0).then_some(person_id);
        let seen_by = ephemeral.or_else(|| dm_person(channel_id));
        Some(self.store_message(channel_id, message, seen_by, Some(interaction_id)))
    }

    /// Whether answers of an app that only an account has are ephemeral here.
    fn hides_external_apps(&self, person_id: u64, channel_id: u64) -> bool {
        let is_in_guild = self.guilds.channel(channel_id).is_some();
        is_in_guild && !permits(self.guilds.permissions(person_id, channel_id), USE_EXTERNAL_APPS)
    }

    /// Posts a message of a person. A bot without the intent for contents gets none.
    pub(crate) fn post_of_person(&mut self, member: &Member, channel_id: u64, text: &str) -> Arc<Value> {
        let mut message = self.new_message(channel_id, 0, &json!({"content": text}), DefaultMentions::All);
        message["author"] = member.user();
        self.store_message(channel_id, message, dm_person(channel_id), None)
    }

    /// Discord's docs: Message, "Message Interaction Metadata Object".
    fn metadata_of(&self, interaction: &Interaction) -> Value {
        let mut metadata = json!({
            "id": interaction.id.to_string(), "type": interaction.kind as u8, "user": interaction.person.user(),
            "authorizing_integration_owners": interaction.owners,
        });
        if let Some(name) = &interaction.command_name {
            metadata["name"] = json!(name);
            metadata["command_type"] = json!(interaction.command_kind);
        }
        if let Some(target) = interaction.source.target_id {
            metadata["target_message_id"] = json!(target.to_string());
        }
        if let Some(original) = interaction.original_message_id {
            metadata["original_response_message_id"] = json!(original.to_string());
        }
        if interaction.kind == InteractionKind::Component {
            let pressed = interaction.source.message_id.unwrap_or_default();
            metadata["interacted_message_id"] = json!(pressed.to_string());
        }
        // Only commands and components open forms, so this goes one step deep.
        let opener = interaction.source.interaction_id.and_then(|id| self.interactions.get(id));
        if let Some(opener) = opener {
            metadata["triggering_interaction_metadata"] = self.metadata_of(opener);
        }
        metadata
    }

    fn new_message(&mut self, channel_id: u64, kind: u8, body: &Value, default: DefaultMentions) -> Value {
        let id = self.next_id();
        let mut embeds =
            if self.shows_embeds(channel_id) { stored_embeds(&body["embeds"]) } else { json!([]) };
        let attachments = stored_attachments(body.get("attachments"), &json!([]), channel_id, id);
        // The ids of the files follow the message's.
        self.skip_ids(attachments.as_array().map_or(0, Vec::len));
        resolve_pictures(&mut embeds, &attachments);
        let mut message = json!({
            "id": id.to_string(), "channel_id": channel_id.to_string(), "type": kind, "author": bot_user(),
            "content": body["content"].as_str().unwrap_or_default().trim(),
            "embeds": embeds, "components": stored_components(&body["components"], &attachments),
            "timestamp": discord_time(self.now()), "edited_timestamp": null,
            "tts": body["tts"].as_bool().unwrap_or(false), "pinned": false, "attachments": attachments,
            "flags": body["flags"].as_i64().unwrap_or(0),
        });
        set_mentions(
            &mut message,
            body.get("allowed_mentions").filter(|allowed| !allowed.is_null()),
            default,
            self.pings(channel_id),
            &self.guilds.roles,
        );
        message
    }

    fn store_message(
        &mut self,
        channel_id: u64,
        message: Value,
        seen_by: Option<u64>,
        interaction_id: Option<u64>,
    ) -> Arc<Value> {
        let is_ephemeral = message["flags"].as_i64().is_some_and(|flags| flags & FLAG_EPHEMERAL != 0);
        let id = id_of(&message);
        let json = Arc::new(message);
        let stored = StoredMessage { id, json: Arc::clone(&json), seen_by, is_ephemeral, interaction_id };
        self.histories.push(channel_id, stored);
        self.announce_message(MessageChange::Created, &json, seen_by);
        json
    }
}

/// The person of a direct message channel.
fn dm_person(channel_id: u64) -> Option<u64> {
    MEMBERS.iter().find(|member| member.dm_channel_id == channel_id).map(|member| member.id)
}
