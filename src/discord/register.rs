//! The commands' registration: written only when what Discord has differs from what we define.
//!
//! Discord counts new commands (200 a day in a server), and every overwrite makes clients load them again.

use serde_json::Value;
use serenity::all::{Command, GuildId};
use serenity::builder::CreateCommand;
use serenity::http::Http;

use super::{RunError, commands, failure};

/// Registers in one server if `guild_id` names one, else everywhere, and empties the other of these places as
/// far as it is known from here. A server that had its own commands is cleared by [`clear_guild`].
///
/// # Errors
///
/// [`RunError::Registration`] if Discord refuses.
pub async fn register(http: &Http, guild_id: Option<u64>) -> Result<(), RunError> {
    let wanted = commands::definitions();
    match guild_id.map(GuildId::new) {
        Some(guild) => {
            overwrite(http, Some(guild), &wanted).await?;
            overwrite(http, None, &[]).await
        }
        None => overwrite(http, None, &wanted).await,
    }
}

/// Removes the commands that an earlier setting of `DISCORD_GUILD_ID` left in a server, where every command would
/// stand twice beside the global ones.
///
/// # Errors
///
/// [`RunError::Registration`] if Discord refuses.
pub async fn clear_guild(http: &Http, guild: GuildId) -> Result<(), RunError> {
    overwrite(http, Some(guild), &[]).await
}

async fn overwrite(http: &Http, guild: Option<GuildId>, wanted: &[CreateCommand]) -> Result<(), RunError> {
    let place = guild.map_or_else(String::new, |guild| format!(" in the server {guild}"));
    let refused = |error: serenity::Error| registration_error(&place, &error);
    let registered = match guild {
        Some(guild) => http.get_guild_commands(guild).await,
        None => http.get_global_commands().await,
    };
    if is_same(&registered.map_err(refused)?, wanted, guild.is_some()) {
        tracing::debug!(%place, "the commands are registered already");
        return Ok(());
    }
    let written = match guild {
        Some(guild) => http.create_guild_commands(guild, &wanted).await,
        None => http.create_global_commands(&wanted).await,
    };
    let count = written.map_err(refused)?.len();
    tracing::info!(count, "registered the commands{place}");
    Ok(())
}

fn registration_error(place: &str, error: &serenity::Error) -> RunError {
    let remedy = match failure::status_and_code(error) {
        Some((401, _)) => return RunError::WrongToken,
        Some((403 | 404, _)) => {
            "invite the bot to that server with the scope applications.commands, or correct DISCORD_GUILD_ID"
        }
        Some((400, _)) => "please report this",
        _ => "start again later",
    };
    RunError::Registration { place: place.to_owned(), cause: failure::in_words(error), remedy }
}

/// Whether Discord has exactly these commands, in any order.
fn is_same(registered: &[Command], wanted: &[CreateCommand], is_in_guild: bool) -> bool {
    fn comparable<T: serde::Serialize>(commands: &[T], is_in_guild: bool) -> Option<Vec<Value>> {
        let mut values = commands
            .iter()
            .map(|command| Some(normal_command(serde_json::to_value(command).ok()?, is_in_guild)))
            .collect::<Option<Vec<_>>>()?;
        values.sort_by_key(|command| command["name"].to_string());
        Some(values)
    }
    let (registered, wanted) = (comparable(registered, is_in_guild), comparable(wanted, is_in_guild));
    registered.is_some() && registered == wanted
}

/// Where a command may be used counts only for commands that are everywhere: a server's own have nowhere else to be, and
/// Discord keeps nothing of it for them.
fn normal_command(command: Value, is_in_guild: bool) -> Value {
    let mut command = normal(command);
    if let Some(map) = command.as_object_mut().filter(|_| is_in_guild) {
        map.remove("contexts");
    }
    if let Some(contexts) = command.get_mut("contexts").and_then(Value::as_array_mut) {
        contexts.sort_by_key(Value::as_u64);
    }
    command
}

/// The command as its meaning alone: without Discord's ids and without what is the default on either side.
fn normal(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let is_default = |value: &Value| {
                value.is_null()
                    || *value == Value::Bool(false)
                    || value.as_array().is_some_and(Vec::is_empty)
                    || value.as_object().is_some_and(serde_json::Map::is_empty)
            };
            // `dm_permission` is deprecated and follows `contexts`.
            let of_discord =
                ["id", "application_id", "guild_id", "version", "dm_permission", "integration_types"];
            let kept = map.into_iter().filter(|(key, _)| !of_discord.contains(&key.as_str()));
            let mut kept: serde_json::Map<String, Value> = kept
                .map(|(key, value)| (key, normal(value)))
                .filter(|(_, value)| !is_default(value))
                .collect();
            // A slash command is of type 1 where nothing is said.
            if kept.contains_key("name") && kept.contains_key("description") && !kept.contains_key("type") {
                kept.insert("type".to_owned(), Value::from(1));
            }
            Value::Object(kept)
        }
        Value::Array(values) => Value::Array(values.into_iter().map(normal).collect()),
        scalar => scalar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What Discord says it has after our definitions were written, with its own additions, changed as a test needs it.
    fn registered(change: impl Fn(&mut Value)) -> Vec<Command> {
        let of_discord = |definition: &CreateCommand| {
            let mut command = serde_json::to_value(definition).unwrap();
            for (key, value) in [
                ("id", json!("1")),
                ("application_id", json!("2")),
                ("version", json!("3")),
                ("type", json!(1)),
                ("nsfw", json!(false)),
                ("dm_permission", json!(true)),
                ("integration_types", json!([0])),
            ] {
                command[key] = value;
            }
            change(&mut command);
            serde_json::from_value(command).unwrap()
        };
        commands::definitions().iter().map(of_discord).collect()
    }

    #[test]
    fn what_discord_adds_is_no_difference() {
        let wanted = commands::definitions();
        assert!(is_same(&registered(|_| ()), &wanted, false));
        let backwards = |command: &mut Value| command["contexts"].as_array_mut().unwrap().reverse();
        assert!(is_same(&registered(backwards), &wanted, false));
        let of_a_guild = |command: &mut Value| {
            command["guild_id"] = json!("4");
            command.as_object_mut().unwrap().remove("contexts");
        };
        assert!(is_same(&registered(of_a_guild), &wanted, true));
    }

    #[test]
    fn who_may_use_a_command_and_where_are_differences() {
        let wanted = commands::definitions();
        let changes: [fn(&mut Value); 4] = [
            |command| command["contexts"] = json!([0, 1, 2]),
            |command| command["contexts"] = Value::Null,
            |command| command["default_member_permissions"] = json!("8"),
            |command| command["default_member_permissions"] = Value::Null,
        ];
        for change in changes {
            assert!(!is_same(&registered(change), &wanted, false));
        }
    }
}
