//! The registered commands: global ones and the guild's. Discord's docs: "Application Commands".

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::World;
use super::guild::{APPLICATION_ID, GUILD_ID};
use crate::sandbox::api_error::ApiError;
use crate::sandbox::validate::commands_max;

/// Where a command is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Global,
    Guild,
}

/// What identifies a command within its scope: its type and its name.
type Key = (i64, String);

/// All registered commands, as Discord's command objects.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    global: BTreeMap<Key, Value>,
    guild: BTreeMap<Key, Value>,
    /// What the guild's admins set, by the id of a command or of the application.
    permissions: BTreeMap<u64, Vec<Value>>,
}

impl Commands {
    pub(crate) fn is_empty(&self) -> bool {
        self.global.is_empty() && self.guild.is_empty()
    }

    /// The commands of one scope, by type and name.
    pub(crate) fn of(&self, scope: Scope) -> Vec<&Value> {
        self.scope(scope).values().collect()
    }

    /// What persons in the guild can use; Discord's client shows a name of both scopes twice.
    pub(crate) fn for_members(&self) -> Vec<Value> {
        self.guild.values().chain(self.global.values()).cloned().collect()
    }

    /// The slash command of that name; the guild's own goes first.
    pub(crate) fn slash(&self, name: &str) -> Option<&Value> {
        let key = (1, name.to_owned());
        self.guild.get(&key).or_else(|| self.global.get(&key))
    }

    /// Discord's guild application command permissions objects.
    pub(crate) fn permissions(&self) -> Vec<Value> {
        let object = |(id, permissions): (&u64, &Vec<Value>)| {
            json!({
                "id": id.to_string(), "application_id": APPLICATION_ID.to_string(),
                "guild_id": GUILD_ID.to_string(), "permissions": permissions,
            })
        };
        self.permissions.iter().map(object).collect()
    }

    /// Sets them for one command, or for the application.
    pub(crate) fn set_permissions(&mut self, id: u64, permissions: Vec<Value>) {
        self.permissions.insert(id, permissions);
    }

    fn scope(&self, scope: Scope) -> &BTreeMap<Key, Value> {
        match scope {
            Scope::Global => &self.global,
            Scope::Guild => &self.guild,
        }
    }

    fn scope_mut(&mut self, scope: Scope) -> &mut BTreeMap<Key, Value> {
        match scope {
            Scope::Global => &mut self.global,
            Scope::Guild => &mut self.guild,
        }
    }
}

impl World {
    /// Replaces all commands of a scope. A command keeps its id when type and name stay.
    pub(crate) fn overwrite_commands(&mut self, scope: Scope, bodies: &[Value]) -> Vec<Value> {
        let before = std::mem::take(self.commands.scope_mut(scope));
        let commands: Vec<_> =
            bodies.iter().map(|body| self.command_of(scope, body, before.get(&key_of(body)))).collect();
        let registered = commands.iter().map(|command| (key_of(command), command.clone()));
        *self.commands.scope_mut(scope) = registered.collect();
        self.note_commands();
        commands
    }

    /// Registers one command, in place of one of the same type and name. True when it is new.
    pub(crate) fn put_command(&mut self, scope: Scope, body: &Value) -> Result<(bool, Value), ApiError> {
        let key = key_of(body);
        let before = self.commands.scope_mut(scope).remove(&key);
        let same_kind = self.commands.scope(scope).keys().filter(|(kind, _)| *kind == key.0);
        if before.is_none() && same_kind.count() >= commands_max(key.0) {
            return Err(ApiError::too_many_commands(commands_max(key.0)));
        }
        let command = self.command_of(scope, body, before.as_ref());
        self.commands.scope_mut(scope).insert(key, command.clone());
        self.note_commands();
        Ok((before.is_none(), command))
    }

    fn command_of(&mut self, scope: Scope, body: &Value, before: Option<&Value>) -> Value {
        let version = self.next_id();
        let mut command = Map::new();
        let id = before.map_or_else(|| json!(version.to_string()), |before| before["id"].clone());
        command.insert("id".into(), id);
        command.insert("application_id".into(), json!(APPLICATION_ID.to_string()));
        command.insert("version".into(), json!(version.to_string()));
        command.insert("type".into(), json!(body["type"].as_i64().unwrap_or(1)));
        command.insert("description".into(), json!(body["description"].as_str().unwrap_or_default().trim()));
        command.insert("nsfw".into(), json!(body["nsfw"].as_bool().unwrap_or(false)));
        for key in ["name", "name_localizations", "description_localizations"] {
            command.insert(key.into(), body[key].clone());
        }
        let permissions = match &body["default_member_permissions"] {
            Value::Number(number) => json!(number.to_string()),
            other => other.clone(),
        };
        command.insert("default_member_permissions".into(), permissions);
        if let Some(options) = body.get("options").filter(|options| !options.is_null()) {
            command.insert("options".into(), options.clone());
        }
        match scope {
            Scope::Guild => {
                command.insert("guild_id".into(), json!(GUILD_ID.to_string()));
            }
            Scope::Global => {
                command.insert("contexts".into(), body["contexts"].clone());
                let types = body.get("integration_types").filter(|types| !types.is_null());
                command.insert("integration_types".into(), types.cloned().unwrap_or_else(|| json!([0])));
                let in_dms = body["dm_permission"].as_bool().unwrap_or(true);
                command.insert("dm_permission".into(), json!(in_dms));
            }
        }
        Value::Object(command)
    }
}

fn key_of(body: &Value) -> Key {
    let name = body["name"].as_str().unwrap_or_default().trim();
    (body["type"].as_i64().unwrap_or(1), name.to_owned())
}
