//! The JSON of an interaction as Discord sends it. Discord's docs: "Interaction Structure".

use serde_json::{Value, json};

use super::ids::{APPLICATION_ID, GROUP_ID};
use super::interaction::{InteractionKind, InteractionSource};
use super::lifecycle::NewInteraction;
use super::member::{Member, dm_channel, group_channel};
use super::world::World;

/// Bytes of one file in a guild without boosts.
const ATTACHMENT_SIZE_LIMIT_BYTES: u32 = 10 * 1024 * 1024;
/// A person, the channel in which they act, and their language.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    pub(crate) member: Member,
    /// A channel of the guild, or the person's direct messages.
    pub(crate) channel_id: u64,
    /// Discord's locale, such as `en-US`.
    pub(crate) locale: String,
    /// Whether the person's client sends commands that it does not show.
    pub(crate) is_client_modified: bool,
}

/// The kinds of places. Discord's docs: "Interaction Context Types".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Guild = 0,
    BotDm = 1,
    Group = 2,
}

/// The name of a command with its subcommand group and subcommand (Discord's docs: "Message Interaction Object").
fn full_name(data: &Value) -> Option<String> {
    let mut name = data["name"].as_str()?.to_owned();
    let mut step = data;
    while let Some(branch) = step["options"].as_array().and_then(|options| options.iter().find(is_branch)) {
        name.push(' ');
        name.push_str(branch["name"].as_str().unwrap_or_default());
        step = branch;
    }
    Some(name)
}

/// Whether an option is a subcommand or a group of them.
fn is_branch(option: &&Value) -> bool {
    matches!(option["type"].as_i64(), Some(1 | 2))
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
        let owners = self.owners_of(actor, &data, source);
        let start = NewInteraction {
            owners: owners.clone(),
            command_kind: data["type"].as_i64().unwrap_or(1),
            kind,
            channel_id: actor.channel_id,
            person: actor.member,
            command_name: full_name(&data),
            option_kind: focused_kind(&data["options"]).unwrap_or(3),
            source,
        };
        let (id, token) = self.start_interaction(start);
        let mut payload = self.payload_of(id, &token, actor, kind, data);
        payload["authorizing_integration_owners"] = owners;
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
        let place = self.place_of(actor.channel_id);
        payload["context"] = json!(place as u8);
        payload["app_permissions"] = json!(self.guilds.app_permissions(actor.channel_id).to_string());
        if place == Place::Guild {
            let guild_id = self.guilds.guild_of(actor.channel_id).to_string();
            payload["guild"] = json!({"id": guild_id, "locale": "en-US", "features": []});
            payload["guild_locale"] = json!("en-US");
            let (guilds, channel_id) = (&self.guilds, actor.channel_id);
            payload["channel"] = self.channel_json(channel_id);
            payload["channel"]["permissions"] =
                json!(guilds.permissions(actor.member.id, channel_id).to_string());
            payload["member"] = guilds.interaction_member(&actor.member, channel_id);
            payload["guild_id"] = json!(guild_id);
        } else {
            let is_group = place == Place::Group;
            payload["channel"] = if is_group { group_channel() } else { dm_channel(&actor.member) };
            payload["user"] = actor.member.user();
        }
        payload
    }

    /// The kind of a channel's place.
    pub(crate) fn place_of(&self, channel_id: u64) -> Place {
        match self.guilds.channel(channel_id) {
            Some(_) => Place::Guild,
            None if channel_id == GROUP_ID => Place::Group,
            None => Place::BotDm,
        }
    }

    /// Whose installations allow a command here: the guild's, by "0", and the person's, by "1".
    pub(crate) fn owners_of_command(&self, actor: &Actor, command: &Value) -> Value {
        let is_for = |kind: u64| match command["integration_types"].as_array() {
            Some(types) => types.iter().any(|known| known.as_u64() == Some(kind)),
            // The command of a guild is for the guild.
            None => kind == 0,
        };
        let mut owners = json!({});
        let guild_id = self.guilds.guild_of(actor.channel_id);
        match self.place_of(actor.channel_id) {
            Place::Guild if is_for(0) && self.guilds.has_bot(guild_id) => {
                owners["0"] = json!(guild_id.to_string());
            }
            // Discord sends guild 0 for an app of a guild in direct messages.
            Place::BotDm if is_for(0) => owners["0"] = json!("0"),
            _ => {}
        }
        if is_for(1) && self.guilds.accounts_with_app.contains(&actor.member.id) {
            owners["1"] = json!(actor.member.id.to_string());
        }
        owners
    }

    /// The owners of a command, or those of the command that the component's message answers.
    fn owners_of(&self, actor: &Actor, data: &Value, source: InteractionSource) -> Value {
        let message = source.message_id.and_then(|id| self.histories.find(actor.channel_id, id));
        let opener = source.interaction_id.and_then(|id| self.interactions.get(id));
        let answered =
            message.map(|message| &message.json["interaction_metadata"]["authorizing_integration_owners"]);
        let known = answered.filter(|owners| owners.is_object()).or(opener.map(|opener| &opener.owners));
        let kind = data["type"].as_i64().unwrap_or(1);
        let command = data["name"].as_str().and_then(|name| self.commands.named(kind, name));
        let of_command = || self.owners_of_command(actor, command.unwrap_or(&Value::Null));
        known.cloned().unwrap_or_else(of_command)
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
