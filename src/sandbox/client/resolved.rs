//! Users, roles and channels that options and menus name. Discord's docs: "Resolved Data Structure".

use serde_json::{Map, Value, json};

use crate::sandbox::state::guild::{CHANNELS, MEMBERS, Member, bot_permissions, channels, roles};

const USER: i64 = 6;
const CHANNEL: i64 = 7;
const ROLE: i64 = 8;

/// The id of a user, channel, role or (type 9) user or role of that name.
pub(super) fn id_named(kind: i64, name: &str) -> Option<String> {
    let name = name.trim_start_matches(['#', '@', '&']);
    match kind {
        USER => MEMBERS.iter().find(|member| member.login == name).map(|member| member.id.to_string()),
        CHANNEL => CHANNELS.iter().find(|(_, channel)| *channel == name).map(|(id, _)| id.to_string()),
        ROLE => {
            let is_named =
                |role: &Value| role["name"].as_str().map(|own| own.trim_start_matches('@')) == Some(name);
            roles().into_iter().find(is_named).and_then(|role| role["id"].as_str().map(str::to_owned))
        }
        _ => id_named(USER, name).or_else(|| id_named(ROLE, name)),
    }
}

/// Whether there is a user, channel, role (or, type 9, user or role) of that id.
pub(super) fn is_known(kind: i64, id: &str) -> bool {
    match kind {
        USER => user(id).is_some(),
        CHANNEL => channel(id).is_some(),
        ROLE => role(id).is_some(),
        _ => user(id).is_some() || role(id).is_some(),
    }
}

/// The `resolved` of a command's options; `None` when there is nothing to resolve.
pub(super) fn resolved(asker: &Member, options: &[Value]) -> Option<Value> {
    let mut found = Map::new();
    collect(asker, options, &mut found);
    (!found.is_empty()).then_some(Value::Object(found))
}

/// The `resolved` of a menu's values, by the type of the option that would take the same.
pub(super) fn resolved_values(asker: &Member, kind: i64, values: &[String]) -> Option<Value> {
    let mut found = Map::new();
    for id in values {
        add(asker, kind, id, &mut found);
    }
    (!found.is_empty()).then_some(Value::Object(found))
}

fn collect(asker: &Member, options: &[Value], found: &mut Map<String, Value>) {
    for option in options {
        if let Some(nested) = option["options"].as_array() {
            collect(asker, nested, found);
        }
        if let (Some(kind @ 6..=9), Some(id)) = (option["type"].as_i64(), option["value"].as_str()) {
            add(asker, kind, id, found);
        }
    }
}

fn add(asker: &Member, kind: i64, id: &str, found: &mut Map<String, Value>) {
    let mut put = |place: &str, object: Value| {
        let objects = found.entry(place).or_insert_with(|| json!({}));
        objects[id] = object;
    };
    if matches!(kind, USER | 9)
        && let Some(member) = user(id)
    {
        put("users", member.user());
        let mut partial = member.interaction_member();
        if let Some(partial) = partial.as_object_mut() {
            for key in ["user", "deaf", "mute"] {
                partial.remove(key);
            }
        }
        put("members", partial);
    }
    if matches!(kind, ROLE | 9)
        && let Some(role) = role(id)
    {
        put("roles", role);
    }
    if kind == CHANNEL
        && let Some(mut channel) = channel(id)
    {
        channel["permissions"] = json!(asker.permissions().to_string());
        channel["app_permissions"] = json!(bot_permissions().to_string());
        put("channels", channel);
    }
}

fn user(id: &str) -> Option<Member> {
    id.parse().ok().and_then(Member::of)
}

fn role(id: &str) -> Option<Value> {
    roles().into_iter().find(|role| role["id"] == id)
}

fn channel(id: &str) -> Option<Value> {
    channels(|_| None).into_iter().find(|channel| channel["id"] == id)
}
