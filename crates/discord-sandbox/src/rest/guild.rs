//! A guild, its channels, roles and members.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::call::{Call, id_of};
use super::reply::Reply;
use crate::api_error::ApiError;
use crate::state::World;
use crate::state::ids::APPLICATION_ID;
use crate::state::member::{Member, bot_member, dm_channel};
use crate::state::timestamp::discord_time;
use crate::validate::FormErrors;

/// The reported length of a timeout of the bot. It lasts until `Sandbox::time_out_bot` ends it.
const TIMED_OUT_FOR: SignedDuration = SignedDuration::from_hours(1);

/// Routes below `/guilds/{id}`. A bot that is no member gets a 404.
pub(super) fn routes(
    world: &World,
    call: &Call<'_>,
    guild_id: u64,
    rest: &[&str],
) -> Result<Reply, ApiError> {
    if !world.guilds.has_bot(guild_id) {
        return Err(ApiError::UNKNOWN_GUILD);
    }
    match (call.method, rest) {
        ("GET", []) => Ok(Reply::json(&world.guilds.guild_json(guild_id))),
        ("GET", ["channels"]) => Ok(channels(world, guild_id)),
        ("GET", ["threads", "active"]) => Ok(active_threads(world, guild_id)),
        ("GET", ["roles"]) => Ok(Reply::json(&world.guilds.roles_json(guild_id))),
        ("GET", ["members", user_id]) => member(world, guild_id, user_id),
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

/// `POST /users/@me/channels`: opens the direct messages with a person.
pub(super) fn direct_messages(call: &Call<'_>) -> Result<Reply, ApiError> {
    let recipient = &call.body["recipient_id"];
    let id = recipient.as_u64().or_else(|| recipient.as_str().and_then(id_of));
    let Some(person) = id.and_then(Member::of) else {
        return Err(FormErrors::one(&["recipient_id"], "INVALID_RECIPIENT", "Unknown user."));
    };
    Ok(Reply::json(&dm_channel(&person)))
}

/// The channels that the bot can view, without threads.
fn channels(world: &World, guild_id: u64) -> Reply {
    let channels = world.guilds.channels_of(guild_id).filter(|channel| channel.thread.is_none());
    let seen = channels.filter(|channel| world.guilds.is_viewed_by_bot(channel.id));
    Reply::json(&seen.map(|channel| world.channel_json(channel.id)).collect::<Vec<Value>>())
}

fn active_threads(world: &World, guild_id: u64) -> Reply {
    let threads = world.guilds.channels_of(guild_id).filter(|channel| {
        let is_active = channel.thread.as_ref().is_some_and(|thread| !thread.is_archived);
        is_active && world.guilds.is_viewed_by_bot(channel.id)
    });
    let threads: Vec<Value> = threads.map(|thread| world.channel_json(thread.id)).collect();
    Reply::json(&json!({"threads": threads, "members": []}))
}

fn member(world: &World, guild_id: u64, user_id: &str) -> Result<Reply, ApiError> {
    let user_id = id_of(user_id).ok_or(ApiError::UNKNOWN_MEMBER)?;
    if user_id == APPLICATION_ID {
        let mut member = bot_member(&world.guilds.role_ids_of(guild_id, user_id));
        if world.guilds.is_bot_timed_out {
            let until = world.now().saturating_add(TIMED_OUT_FOR).unwrap_or(Timestamp::MAX);
            member["communication_disabled_until"] = json!(discord_time(until));
        }
        return Ok(Reply::json(&member));
    }
    let member = Member::of(user_id).ok_or(ApiError::UNKNOWN_MEMBER)?;
    Ok(Reply::json(&world.guilds.member_json(guild_id, &member)))
}
