//! What the admins of a guild set for our commands under Server Settings, Integrations.

use serenity::all::{CommandPermission, CommandPermissionType, GuildId};
use serenity::http::Http;

use super::failure;
use super::permissions::{Override, ServerSettings, Target};

/// Asks Discord for the settings of a guild. A direct message has none.
///
/// # Errors
/// Discord does not say: the cause, in words for the log.
pub async fn read(http: &Http, guild: Option<GuildId>) -> Result<ServerSettings, String> {
    let Some(guild) = guild else { return Ok(ServerSettings::default()) };
    let said = http.get_guild_commands_permissions(guild).await;
    let said = said.map_err(|error| failure::in_words(&error))?;
    let mut settings = ServerSettings::default();
    for command in said {
        let entries: Vec<Override> = command.permissions.iter().filter_map(override_of).collect();
        if command.id.get() == command.application_id.get() {
            settings.of_bot = entries;
        } else {
            settings.of_commands.push((command.id.get(), entries));
        }
    }
    Ok(settings)
}

fn override_of(entry: &CommandPermission) -> Option<Override> {
    let id = entry.id.get();
    let target = match entry.kind {
        CommandPermissionType::Role => Target::Role(id),
        CommandPermissionType::User => Target::User(id),
        CommandPermissionType::Channel => Target::Channel(id),
        _ => return None,
    };
    Some(Override { target, is_allowed: entry.permission })
}
