//! Channels and their messages.

use serde_json::Value;

use super::super::api_error::ApiError;
use super::super::state::{World, guild};
use super::super::validate::FormErrors;
use super::super::validate::message::{Place, check_message};
use super::route::id_of;
use super::{Call, Reply};

/// Discord's docs: Message, "Get Channel Messages".
const LIMIT_DEFAULT: usize = 50;
const LIMIT_MAX: usize = 100;

/// Routes below `/channels/{id}`.
pub(super) fn channel(
    world: &mut World,
    call: &Call<'_>,
    channel_id: &str,
    rest: &[&str],
) -> Result<Reply, ApiError> {
    let channel_id = id_of(channel_id).ok_or(ApiError::UNKNOWN_CHANNEL)?;
    if world.histories.channel(channel_id).is_none() {
        return Err(ApiError::UNKNOWN_CHANNEL);
    }
    match (call.method, rest) {
        ("GET", []) => one(world, channel_id),
        ("GET", ["messages"]) => list(world, call, channel_id),
        ("POST", ["messages"]) => {
            check_message(call.body, Place::Channel)?;
            Ok(Reply::json(&*world.post_message(channel_id, call.body)?))
        }
        (_, ["messages", message_id]) => {
            let message_id = id_of(message_id).ok_or(ApiError::UNKNOWN_MESSAGE)?;
            message(world, call, channel_id, message_id)
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

fn one(world: &World, channel_id: u64) -> Result<Reply, ApiError> {
    let id = channel_id.to_string();
    let mut channels = guild::channels(|channel_id| world.histories.last_message_id(channel_id));
    channels.extend(guild::MEMBERS.iter().map(guild::dm_channel));
    let channel = channels.into_iter().find(|channel| channel["id"] == id.as_str());
    channel.map(|channel| Reply::json(&channel)).ok_or(ApiError::UNKNOWN_CHANNEL)
}

fn message(world: &mut World, call: &Call<'_>, channel_id: u64, message_id: u64) -> Result<Reply, ApiError> {
    match call.method {
        "GET" => Ok(Reply::json(&*world.channel_message(channel_id, message_id)?)),
        "PATCH" => {
            check_message(call.body, Place::Edit)?;
            Ok(Reply::json(&*world.edit_channel_message(channel_id, message_id, call.body)?))
        }
        "DELETE" => {
            world.channel_message(channel_id, message_id)?;
            world.delete_message(channel_id, message_id)?;
            Ok(Reply::empty())
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

/// Newest first; `around` keeps half of the limit on either side.
fn list(world: &World, call: &Call<'_>, channel_id: u64) -> Result<Reply, ApiError> {
    let limit = match call.query("limit").map(str::parse::<usize>) {
        None => LIMIT_DEFAULT,
        Some(Ok(limit)) if (1..=LIMIT_MAX).contains(&limit) => limit,
        Some(_) => {
            let message = format!("int value should be between 1 and {LIMIT_MAX}.");
            return Err(FormErrors::one(&["limit"], "NUMBER_TYPE_MAX", message));
        }
    };
    let bound = |key: &str| call.query(key).and_then(id_of);
    let messages = world.histories.channel(channel_id).ok_or(ApiError::UNKNOWN_CHANNEL)?;
    let shown = || messages.iter().filter(|message| !message.is_ephemeral);
    let before = |bound: u64, limit: usize| {
        let newest_first = shown().rev().filter(move |message| message.id < bound);
        newest_first.take(limit).map(|message| &*message.json).collect::<Vec<_>>()
    };
    let after = |bound: u64, limit: usize| {
        let oldest_first = shown().filter(move |message| message.id > bound);
        let mut found: Vec<&Value> = oldest_first.take(limit).map(|message| &*message.json).collect();
        found.reverse();
        found
    };
    let found = match (bound("around"), bound("before"), bound("after")) {
        (Some(around), _, _) => {
            let mut found = after(around, limit / 2);
            found.extend(before(around.saturating_add(1), limit - limit / 2));
            found
        }
        (None, Some(bound), _) => before(bound, limit),
        (None, None, Some(bound)) => after(bound, limit),
        (None, None, None) => before(u64::MAX, limit),
    };
    Ok(Reply::json(&found))
}
