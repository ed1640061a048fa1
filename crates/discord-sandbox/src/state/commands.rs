//! The registered commands: global ones and the guild's. Discord's docs: "Application Commands".

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::ids::{APPLICATION_ID, GUILD_ID};

/// Whether a command is registered for the application or for the guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CommandScope {
    Global,
    Guild,
}

/// The type and the name of a command. No two commands of a scope share both.
pub(super) type Key = (i64, String);

/// All registered commands, as Discord's command objects.
#[derive(Debug, Default)]
pub(crate) struct Commands {
    global: BTreeMap<Key, Value>,
    guild: BTreeMap<Key, Value>,
    /// The times of new commands in the last day, oldest first.
    pub(super) creates: BTreeMap<CommandScope, VecDeque<Timestamp>>,
    /// The permissions that the guild's administrators set, by the id of a command or of the application.
    permissions: BTreeMap<u64, Vec<Value>>,
}

impl Commands {
    pub(crate) fn is_empty(&self) -> bool {
        self.global.is_empty() && self.guild.is_empty()
    }

    /// The commands of one scope, by type and name.
    pub(crate) fn of(&self, scope: CommandScope) -> Vec<&Value> {
        self.scope(scope).values().collect()
    }

    /// One command.
    pub(crate) fn by_id(&self, scope: CommandScope, id: u64) -> Option<&Value> {
        let id = id.to_string();
        self.scope(scope).values().find(|command| command["id"] == id)
    }

    /// All commands of both scopes. Discord's client displays a name of both scopes twice, too.
    pub(crate) fn for_members(&self) -> Vec<Value> {
        self.guild.values().chain(self.global.values()).cloned().collect()
    }

    /// The command of that type and name. The guild's command takes precedence.
    pub(crate) fn named(&self, kind: i64, name: &str) -> Option<&Value> {
        let key = (kind, name.to_owned());
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

    /// Sets the permissions of a command, or of the application.
    pub(crate) fn set_permissions(&mut self, id: u64, permissions: Vec<Value>) {
        self.permissions.insert(id, permissions);
    }

    pub(super) fn scope(&self, scope: CommandScope) -> &BTreeMap<Key, Value> {
        match scope {
            CommandScope::Global => &self.global,
            CommandScope::Guild => &self.guild,
        }
    }

    pub(super) fn scope_mut(&mut self, scope: CommandScope) -> &mut BTreeMap<Key, Value> {
        match scope {
            CommandScope::Global => &mut self.global,
            CommandScope::Guild => &mut self.guild,
        }
    }
}

pub(super) fn key_of(body: &Value) -> Key {
    let name = body["name"].as_str().unwrap_or_default().trim();
    (body["type"].as_i64().unwrap_or(1), name.to_owned())
}
