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
    if is_same(&registered.map_err(refused)?, wanted) {
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
fn is_same(registered: &[Command], wanted: &[CreateCommand]) -> bool {
    fn comparable<T: serde::Serialize>(commands: &[T]) -> Option<Vec<Value>> {
        let mut values = commands
            .iter()
            .map(|command| serde_json::to_value(command).ok().map(normal))
            .collect::<Option<Vec<_>>>()?;
        values.sort_by_key(|command| command["name"].to_string());
        Some(values)
    }
    let (registered, wanted) = (comparable(registered), comparable(wanted));
    registered.is_some() && registered == wanted
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
            let of_discord = [
                "id",
                "application_id",
                "guild_id",
                "version",
                "dm_permission",
                "integration_types",
                "contexts",
            ];
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
