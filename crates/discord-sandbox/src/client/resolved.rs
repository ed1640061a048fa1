//! The users, roles and channels among the values of options and menus. Discord's docs: "Resolved Data Structure".
//!
//! `kind` is the type of a command option: 6 user, 7 channel, 8 role, 9 user or role.

use serde_json::{Map, Value, json};

use crate::state::guilds::{Guilds, Role};
use crate::state::member::{MEMBERS, Member};
use crate::state::payload::Actor;

const USER: i64 = 6;
const CHANNEL: i64 = 7;
const ROLE: i64 = 8;

/// The id of a user, channel or role by its name.
pub(super) fn id_named(guilds: &Guilds, kind: i64, name: &str) -> Option<String> {
    let name = name.trim_start_matches(['#', '@', '&']);
    match kind {
        USER => MEMBERS.iter().find(|member| member.login == name).map(|member| member.id.to_string()),
        CHANNEL => guilds.channel_named(name).map(|id| id.to_string()),
        ROLE => {
            let found = guilds.roles.iter().find(|role| role.name.trim_start_matches('@') == name);
            found.map(|role| role.id.to_string())
        }
        _ => id_named(guilds, USER, name).or_else(|| id_named(guilds, ROLE, name)),
    }
}

/// Whether this user, channel or role exists.
pub(super) fn is_known(guilds: &Guilds, kind: i64, id: &str) -> bool {
    match kind {
        USER => user(id).is_some(),
        CHANNEL => channel(guilds, id).is_some(),
        ROLE => role(guilds, id).is_some(),
        _ => user(id).is_some() || role(guilds, id).is_some(),
    }
}

/// Whether an option or menu accepts this channel by its `channel_types`. True for ids that are no channel.
pub(super) fn is_channel_offered(guilds: &Guilds, spec: &Value, id: &str) -> bool {
    let types = spec["channel_types"].as_array().filter(|types| !types.is_empty());
    let channel = id.parse().ok().and_then(|id| guilds.channel(id));
    let (Some(types), Some(channel)) = (types, channel) else { return true };
    types.iter().any(|known| known.as_u64() == Some(channel.kind as u64))
}

/// The `resolved` of a command's options; `None` when there is nothing to resolve.
pub(super) fn resolved(guilds: &Guilds, actor: &Actor, options: &[Value]) -> Option<Value> {
    let mut found = Map::new();
    collect(guilds, actor, options, &mut found);
    (!found.is_empty()).then_some(Value::Object(found))
}

/// The `resolved` of a menu's values; `None` when there is nothing to resolve.
pub(super) fn resolved_values(guilds: &Guilds, actor: &Actor, kind: i64, values: &[String]) -> Option<Value> {
    let mut found = Map::new();
    for id in values {
        add(guilds, actor, kind, id, &mut found);
    }
    (!found.is_empty()).then_some(Value::Object(found))
}

fn collect(guilds: &Guilds, actor: &Actor, options: &[Value], found: &mut Map<String, Value>) {
    for option in options {
        if let Some(nested) = option["options"].as_array() {
            collect(guilds, actor, nested, found);
        }
        if let (Some(kind @ 6..=9), Some(id)) = (option["type"].as_i64(), option["value"].as_str()) {
            add(guilds, actor, kind, id, found);
        }
    }
}

fn add(guilds: &Guilds, actor: &Actor, kind: i64, id: &str, found: &mut Map<String, Value>) {
    let mut put = |place: &str, object: Value| {
        let objects = found.entry(place).or_insert_with(|| json!({}));
        objects[id] = object;
    };
    if matches!(kind, USER | 9)
        && let Some(member) = user(id)
    {
        put("users", member.user());
        let mut partial = guilds.interaction_member(&member, actor.channel_id);
        if let Some(partial) = partial.as_object_mut() {
            for key in ["user", "deaf", "mute"] {
                partial.remove(key);
            }
        }
        put("members", partial);
    }
    if matches!(kind, ROLE | 9)
        && let Some(role) = role(guilds, id)
    {
        put("roles", role);
    }
    if kind == CHANNEL
        && let Some(mut channel) = channel(guilds, id)
    {
        let channel_id = id.parse().unwrap_or_default();
        channel["permissions"] = json!(guilds.permissions(actor.member.id, channel_id).to_string());
        if guilds.has_bot(guilds.guild_of(channel_id)) {
            channel["app_permissions"] = json!(guilds.bot_permissions(channel_id).to_string());
        }
        put("channels", channel);
    }
}

fn user(id: &str) -> Option<Member> {
    id.parse().ok().and_then(Member::of)
}

fn role(guilds: &Guilds, id: &str) -> Option<Value> {
    let id: u64 = id.parse().ok()?;
    guilds.roles.iter().find(|role| role.id == id).map(Role::json)
}

fn channel(guilds: &Guilds, id: &str) -> Option<Value> {
    guilds.channel(id.parse().ok()?).map(|channel| channel.json(None))
}
