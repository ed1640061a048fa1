//! Fetches the integration settings of a guild for the bot's commands (Server Settings, Integrations).

use serenity::all::{ApplicationId, CommandPermission, CommandPermissionType, CommandPermissions};
use serenity::http::Route;

use super::failure;
use super::moderators::{GuildCommandSettings, Override, Target};
use super::sender::requests::Requests;
use crate::ids::{ChannelId, CommandId, GuildId, RoleId, UserId};

/// Fetches the settings of a guild. For direct messages (`None`), there are none.
///
/// # Errors
/// The cause of a failed request, for the log.
pub async fn read(
    requests: &Requests,
    application_id: ApplicationId,
    guild: Option<GuildId>,
) -> Result<GuildCommandSettings, String> {
    let Some(guild) = guild else { return Ok(GuildCommandSettings::default()) };
    let route = Route::GuildCommandsPermissions { application_id, guild_id: guild.into() };
    let fetched: Vec<CommandPermissions> =
        requests.get(route).await.map_err(|outcome| failure::in_words(&outcome))?;
    let mut settings = GuildCommandSettings::default();
    for command in fetched {
        let entries: Vec<Override> = command.permissions.iter().filter_map(override_of).collect();
        if command.id.get() == command.application_id.get() {
            settings.of_bot = entries;
        } else {
            settings.of_commands.push((CommandId(command.id.get()), entries));
        }
    }
    Ok(settings)
}

fn override_of(entry: &CommandPermission) -> Option<Override> {
    let id = entry.id.get();
    let target = match entry.kind {
        CommandPermissionType::Role => Target::Role(RoleId(id)),
        CommandPermissionType::User => Target::User(UserId(id)),
        CommandPermissionType::Channel => Target::Channel(ChannelId(id)),
        _ => return None,
    };
    Some(Override { target, is_allowed: entry.permission })
}
