//! Registering, changing and removing commands. Discord's docs: "Application Commands".

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::commands::{CommandScope, key_of};
use super::ids::{APPLICATION_ID, GUILD_ID};
use super::world::World;
use crate::api_error::ApiError;
use crate::validate::commands_max;

/// The window for the limit on new commands.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The fields in a change of a command. Discord's docs: "Edit Global Application Command".
const CHANGEABLE: [&str; 10] = [
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "integration_types",
    "contexts",
    "nsfw",
];

impl World {
    /// Replaces all commands of a scope. A command with the type and name of an old one keeps its id. The others count
    /// as new.
    pub(crate) fn overwrite_commands(
        &mut self,
        scope: CommandScope,
        bodies: &[Value],
    ) -> Result<Vec<Value>, ApiError> {
        let known = self.commands.scope(scope);
        let new_count = bodies.iter().filter(|body| !known.contains_key(&key_of(body))).count();
        self.count_creates(scope, new_count)?;
        let before = std::mem::take(self.commands.scope_mut(scope));
        let commands: Vec<_> =
            bodies.iter().map(|body| self.command_of(scope, body, before.get(&key_of(body)))).collect();
        let registered = commands.iter().map(|command| (key_of(command), command.clone()));
        *self.commands.scope_mut(scope) = registered.collect();
        self.publish_commands();
        Ok(commands)
    }

    /// Registers one command. It replaces one of the same type and name. True when there was none.
    pub(crate) fn put_command(
        &mut self,
        scope: CommandScope,
        body: &Value,
    ) -> Result<(bool, Value), ApiError> {
        let key = key_of(body);
        let before = self.commands.scope(scope).get(&key).cloned();
        if before.is_none() {
            let same_kind = self.commands.scope(scope).keys().filter(|(kind, _)| *kind == key.0);
            if same_kind.count() >= commands_max(key.0) {
                return Err(ApiError::too_many_commands(commands_max(key.0)));
            }
            self.count_creates(scope, 1)?;
        }
        let command = self.command_of(scope, body, before.as_ref());
        self.commands.scope_mut(scope).insert(key, command.clone());
        self.publish_commands();
        Ok((before.is_none(), command))
    }

    /// A command with the changes of `body`, not yet stored.
    pub(crate) fn changed_command(
        &self,
        scope: CommandScope,
        id: u64,
        body: &Value,
    ) -> Result<Value, ApiError> {
        let mut changed = self.commands.by_id(scope, id).ok_or(ApiError::UNKNOWN_COMMAND)?.clone();
        for key in CHANGEABLE {
            if let Some(value) = body.get(key) {
                changed[key] = value.clone();
            }
        }
        Ok(changed)
    }

    /// Stores a changed command. Its type and id stay.
    pub(crate) fn change_command(
        &mut self,
        scope: CommandScope,
        id: u64,
        changed: &Value,
    ) -> Result<Value, ApiError> {
        let before = self.commands.by_id(scope, id).ok_or(ApiError::UNKNOWN_COMMAND)?.clone();
        let key = key_of(changed);
        if key != key_of(&before) && self.commands.scope(scope).contains_key(&key) {
            return Err(ApiError::DUPLICATE_COMMAND);
        }
        let command = self.command_of(scope, changed, Some(&before));
        let commands = self.commands.scope_mut(scope);
        commands.remove(&key_of(&before));
        commands.insert(key, command.clone());
        self.publish_commands();
        Ok(command)
    }

    /// Removes one command.
    pub(crate) fn delete_command(&mut self, scope: CommandScope, id: u64) -> Result<(), ApiError> {
        let key = self.commands.by_id(scope, id).map(key_of).ok_or(ApiError::UNKNOWN_COMMAND)?;
        self.commands.scope_mut(scope).remove(&key);
        self.publish_commands();
        Ok(())
    }

    /// Counts new commands. Counts none of them if one is over the limit.
    fn count_creates(&mut self, scope: CommandScope, new_count: usize) -> Result<(), ApiError> {
        let (now, creates_max) = (self.now(), self.options.command_creates_per_day);
        let creates = self.commands.creates.entry(scope).or_default();
        creates.retain(|at| now.duration_since(*at).unsigned_abs() < DAY);
        if creates.len().saturating_add(new_count) > creates_max {
            return Err(ApiError::too_many_creates(creates_max));
        }
        creates.extend(std::iter::repeat_n(now, new_count));
        Ok(())
    }

    fn command_of(&mut self, scope: CommandScope, body: &Value, before: Option<&Value>) -> Value {
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
            CommandScope::Guild => {
                command.insert("guild_id".into(), json!(GUILD_ID.to_string()));
            }
            CommandScope::Global => {
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
