//! The guild, its channels, roles and members.

use super::super::api_error::ApiError;
use super::super::state::{World, guild};
use super::route::id_of;
use super::{Call, Reply};

pub(super) fn guild() -> Reply {
    Reply::json(&guild::guild())
}

pub(super) fn channels(world: &World) -> Reply {
    Reply::json(&guild::channels(|channel_id| world.histories.last_message_id(channel_id)))
}

pub(super) fn roles() -> Reply {
    Reply::json(&guild::roles())
}

pub(super) fn member(call: &Call<'_>, user_id: &str) -> Result<Reply, ApiError> {
    if call.method != "GET" {
        return Err(ApiError::UNKNOWN_ROUTE);
    }
    let user_id = id_of(user_id).ok_or(ApiError::UNKNOWN_MEMBER)?;
    if user_id == guild::APPLICATION_ID {
        return Ok(Reply::json(&guild::bot_member()));
    }
    let member = guild::Member::of(user_id).ok_or(ApiError::UNKNOWN_MEMBER)?;
    Ok(Reply::json(&member.guild_member()))
}
