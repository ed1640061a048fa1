//! The routes of the API. The second guild has no commands of its own.

use serde_json::json;

use super::call::{Call, id_of};
use super::reply::Reply;
use super::{application, channel, command, guild, interaction};
use crate::api_error::ApiError;
use crate::state::answer::AnswerTarget;
use crate::state::ids::{APPLICATION_ID, ELSEWHERE_ID, GUILD_ID};
use crate::state::{CommandScope, World};

/// Whether a call needs the bot's token. Interactions and their webhooks have a token in the path instead.
pub(super) fn needs_token(call: &Call<'_>) -> bool {
    !matches!(call.segments.as_slice(), ["interactions" | "webhooks", ..] | ["gateway"])
}

/// Answers a call of an authorized bot.
pub(super) fn route(world: &mut World, call: &Call<'_>) -> Result<Reply, ApiError> {
    match (call.method, call.segments.as_slice()) {
        ("GET", ["gateway"]) => Ok(application::gateway(world)),
        ("GET", ["gateway", "bot"]) => Ok(application::gateway_bot(world)),
        ("POST", ["users", "@me", "channels"]) => guild::direct_messages(call),
        ("GET", ["users", "@me"]) => Ok(application::current_user()),
        ("GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]) => Ok(application::current()),
        (_, ["applications", application_id, "commands"]) => {
            known_application(application_id)?;
            command::all(world, call, CommandScope::Global)
        }
        (_, ["applications", application_id, "commands", id]) => {
            known_application(application_id)?;
            command::one(world, call, CommandScope::Global, id)
        }
        (_, ["applications", application_id, "guilds", guild_id, "commands"]) => {
            known_application(application_id)?;
            if known_guild(guild_id)? == ELSEWHERE_ID {
                return Ok(Reply::json(&json!([])));
            }
            command::all(world, call, CommandScope::Guild)
        }
        ("GET", ["applications", application_id, "guilds", guild_id, "commands", "permissions"]) => {
            known_application(application_id)?;
            known_guild(guild_id)?;
            Ok(command::permissions(world))
        }
        (_, ["applications", application_id, "guilds", guild_id, "commands", id]) => {
            known_application(application_id)?;
            if known_guild(guild_id)? == ELSEWHERE_ID {
                return Err(ApiError::UNKNOWN_COMMAND);
            }
            command::one(world, call, CommandScope::Guild, id)
        }
        ("POST", ["interactions", id, token, "callback"]) => interaction::callback(world, call, id, token),
        (_, ["webhooks", application_id, token, rest @ ..]) => {
            known_application(application_id).map_err(|_| ApiError::UNKNOWN_WEBHOOK)?;
            webhook(world, call, token, rest)
        }
        (_, ["guilds", guild_id, rest @ ..]) => {
            let guild_id = known_guild(guild_id)?;
            guild::routes(world, call, guild_id, rest)
        }
        (_, ["channels", channel_id, rest @ ..]) => channel::channel(world, call, channel_id, rest),
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

fn webhook(world: &mut World, call: &Call<'_>, token: &str, rest: &[&str]) -> Result<Reply, ApiError> {
    match rest {
        [] => interaction::follow_up(world, call, token),
        ["messages", "@original"] => interaction::message(world, call, token, AnswerTarget::Original),
        ["messages", message_id] => {
            let target = AnswerTarget::Message(id_of(message_id).ok_or(ApiError::UNKNOWN_MESSAGE)?);
            interaction::message(world, call, token, target)
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

fn known_application(segment: &str) -> Result<(), ApiError> {
    if id_of(segment) == Some(APPLICATION_ID) { Ok(()) } else { Err(ApiError::UNKNOWN_APPLICATION) }
}

fn known_guild(segment: &str) -> Result<u64, ApiError> {
    let guild_id = id_of(segment).filter(|id| [GUILD_ID, ELSEWHERE_ID].contains(id));
    guild_id.ok_or(ApiError::UNKNOWN_GUILD)
}
