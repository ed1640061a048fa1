//! The JSON of an interaction as Discord sends it. Discord's docs: "Interaction Structure".

use serde_json::{Value, json};

use super::ids::APPLICATION_ID;
use super::interaction::{InteractionKind, InteractionSource};
use super::lifecycle::NewInteraction;
use super::member::{Member, dm_channel};
use super::world::World;

/// Bytes of one file in a guild without boosts.
const ATTACHMENT_SIZE_LIMIT_BYTES: u32 = 10 * 1024 * 1024;
/// The permissions of the bot in direct messages.
const DM_PERMISSIONS: u64 = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31;

/// A person, the channel in which they act, and their language.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    pub(crate) member: Member,
    /// A channel of the guild, or the person's direct messages.
    pub(crate) channel_id: u64,
    /// Discord's locale, such as `en-US`.
    pub(crate) locale: String,
}

impl World {
    /// Starts an interaction and sends it to the bot. `overrides` is merged over the whole payload; a `null` removes a
    /// key. Returns the interaction's id.
    pub(crate) fn interact(
        &mut self,
        actor: &Actor,
        kind: InteractionKind,
        data: Value,
        source: InteractionSource,
        overrides: &Value,
    ) -> u64 {
        let start = NewInteraction {
            kind,
            channel_id: actor.channel_id,
            person_id: actor.member.id,
            command_name: data["name"].as_str().map(str::to_owned),
            option_kind: focused_kind(&data["options"]).unwrap_or(3),
            source,
        };
        let (id, token) = self.start_interaction(start);
        let mut payload = self.payload_of(id, &token, actor, kind, data);
        if let Some(message_id) = source.message_id {
            let source = self.histories.find(actor.channel_id, message_id);
            payload["message"] = source.map_or(Value::Null, |source| (*source.json).clone());
        }
        merge(&mut payload, overrides);
        self.dispatch("INTERACTION_CREATE", 0, || payload);
        id
    }

    fn payload_of(&self, id: u64, token: &str, actor: &Actor, kind: InteractionKind, data: Value) -> Value {
        let mut payload = json!({
            "id": id.to_string(), "application_id": APPLICATION_ID.to_string(), "type": kind as u8,
            "token": token, "version": 1, "data": data, "channel_id": actor.channel_id.to_string(),
            "locale": actor.locale, "entitlements": [], "entitlement_sku_ids": [],
            "attachment_size_limit": ATTACHMENT_SIZE_LIMIT_BYTES,
        });
        let is_in_guild = self.guilds.channel(actor.channel_id).is_some();
        if is_in_guild {
            let guild_id = self.guilds.guild_of(actor.channel_id).to_string();
            payload["guild"] = json!({"id": guild_id, "locale": "en-US", "features": []});
            payload["guild_locale"] = json!("en-US");
            let (guilds, channel_id) = (&self.guilds, actor.channel_id);
            payload["channel"] = self.channel_json(channel_id);
            payload["channel"]["permissions"] =
                json!(guilds.permissions(actor.member.id, channel_id).to_string());
            payload["member"] = guilds.interaction_member(&actor.member, channel_id);
            payload["app_permissions"] = json!(guilds.bot_permissions(channel_id).to_string());
            payload["context"] = json!(0);
            payload["authorizing_integration_owners"] = json!({"0": guild_id});
            payload["guild_id"] = json!(guild_id);
        } else {
            payload["channel"] = dm_channel(&actor.member);
            payload["user"] = actor.member.user();
            payload["app_permissions"] = json!(DM_PERMISSIONS.to_string());
            payload["context"] = json!(1);
            // Discord sends guild 0 for an app of a guild in direct messages.
            payload["authorizing_integration_owners"] = json!({"0": "0"});
        }
        payload
    }
}

/// The type of the focused option, at any depth.
fn focused_kind(options: &Value) -> Option<i64> {
    options.as_array()?.iter().find_map(|option| {
        if option["focused"] == true { option["type"].as_i64() } else { focused_kind(&option["options"]) }
    })
}

/// JSON merge patch (RFC 7396).
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else { return };
    for (key, change) in patch {
        if change.is_null() {
            if let Some(target) = target.as_object_mut() {
                target.remove(key);
            }
        } else if change.is_object() && target[key].is_object() {
            merge(&mut target[key], change);
        } else {
            target[key] = change.clone();
        }
    }
}
