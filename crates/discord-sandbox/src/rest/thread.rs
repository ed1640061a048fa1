//! Threads, forum posts, and changes of channels.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::access;
use super::call::{Call, id_of};
use super::reply::Reply;
use crate::api_error::ApiError;
use crate::state::World;
use crate::state::channel::ChannelKind;
use crate::state::permission::{
    CREATE_PUBLIC_THREADS, MANAGE_CHANNELS, MANAGE_ROLES, MANAGE_THREADS, READ_MESSAGE_HISTORY, SEND_MESSAGES,
};
use crate::validate::{FormErrors, check_post, check_thread, check_thread_change};

/// Threads in one answer.
const ARCHIVED_MAX: usize = 100;

/// `POST /channels/{id}/messages/{message}/threads`.
pub(super) fn from_message(
    world: &mut World,
    call: &Call<'_>,
    channel_id: u64,
    message_id: u64,
) -> Result<Reply, ApiError> {
    access::check(world, channel_id, CREATE_PUBLIC_THREADS)?;
    check_thread(call.body)?;
    let thread = world.start_thread_from(channel_id, message_id, call.body)?;
    Ok(Reply::created(&thread))
}

/// `POST /channels/{id}/threads`.
pub(super) fn start(world: &mut World, call: &Call<'_>, channel_id: u64) -> Result<Reply, ApiError> {
    access::check(world, channel_id, 0)?;
    let is_forum = world.guilds.channel(channel_id).is_some_and(|channel| channel.kind == ChannelKind::Forum);
    if is_forum {
        access::check(world, channel_id, SEND_MESSAGES)?;
        check_post(call.body)?;
        access::check_parts(world, channel_id, &call.body["message"])?;
        return Ok(Reply::created(&world.start_post(channel_id, call.body)?));
    }
    access::check(world, channel_id, CREATE_PUBLIC_THREADS)?;
    check_thread(call.body)?;
    Ok(Reply::created(&world.start_thread(channel_id, call.body)?))
}

/// `GET /channels/{id}/threads/archived/public`: archived threads, the last archived first. Discord's docs: Channel,
/// "List Public Archived Threads". The docs give no maximum for an answer. The sandbox uses the maximum of messages.
pub(super) fn archived(world: &World, call: &Call<'_>, channel_id: u64) -> Result<Reply, ApiError> {
    access::check(world, channel_id, READ_MESSAGE_HISTORY)?;
    let limit = call.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(ARCHIVED_MAX);
    let before = match call.query("before").map(str::parse::<Timestamp>) {
        None => Timestamp::MAX,
        Some(Ok(before)) => before,
        Some(Err(_)) => {
            return Err(FormErrors::one(
                &["before"],
                "DATE_TIME_TYPE_PARSE",
                "This is no ISO 8601 timestamp.",
            ));
        }
    };
    let mut found: Vec<(Timestamp, u64)> = Vec::new();
    for id in world.guilds.threads_of(channel_id) {
        let thread = world.guilds.channel(id).and_then(|channel| channel.thread.as_ref());
        found.extend(
            thread
                .filter(|thread| thread.is_archived && thread.archive_changed_at < before)
                .map(|thread| (thread.archive_changed_at, id)),
        );
    }
    found.sort_unstable_by(|left, right| right.cmp(left));
    let has_more = found.len() > limit.min(ARCHIVED_MAX);
    found.truncate(limit.min(ARCHIVED_MAX));
    let threads: Vec<Value> = found.iter().map(|(_, id)| world.channel_json(*id)).collect();
    Ok(Reply::json(&json!({"threads": threads, "members": [], "has_more": has_more})))
}

/// The fields of a channel that a bot can change.
const CHANGEABLE: [&str; 2] = ["name", "rate_limit_per_user"];

/// `PATCH /channels/{id}`. The bot owns all threads and may rename and archive them. Other channels need
/// `MANAGE_CHANNELS`.
pub(super) fn change(world: &mut World, call: &Call<'_>, channel_id: u64) -> Result<Reply, ApiError> {
    access::check(world, channel_id, 0)?;
    let Some(channel) = world.guilds.channel(channel_id) else { return Err(ApiError::WRONG_CHANNEL_TYPE) };
    let Some(thread) = &channel.thread else {
        return change_channel(world, call, channel_id);
    };
    let locks = call.body["locked"].as_bool();
    if locks.is_some() || thread.is_locked {
        access::check(world, channel_id, MANAGE_THREADS)?;
    }
    check_thread_change(call.body)?;
    world.change_thread(channel_id, call.body["archived"].as_bool(), locks, call.body["name"].as_str());
    Ok(Reply::json(&world.channel_json(channel_id)))
}

fn change_channel(world: &mut World, call: &Call<'_>, channel_id: u64) -> Result<Reply, ApiError> {
    access::check(world, channel_id, MANAGE_CHANNELS)?;
    check_thread_change(call.body)?;
    let named = call.body.as_object().into_iter().flatten();
    if let Some((key, _)) = named.into_iter().find(|(key, _)| !CHANGEABLE.contains(&key.as_str())) {
        let message = "The sandbox changes only the name and the slow mode of a channel.";
        return Err(FormErrors::one(&[key], "SANDBOX_UNSUPPORTED", message));
    }
    let (name, slow_mode_s) = (call.body["name"].as_str(), call.body["rate_limit_per_user"].as_i64());
    world.change_channel(channel_id, |channel| {
        if let Some(name) = name {
            name.trim().clone_into(&mut channel.name);
        }
        channel.slow_mode_s = slow_mode_s.unwrap_or(channel.slow_mode_s);
    });
    Ok(Reply::json(&world.channel_json(channel_id)))
}

/// `DELETE /channels/{id}`.
pub(super) fn delete(world: &mut World, channel_id: u64) -> Result<Reply, ApiError> {
    let is_thread = world.guilds.channel(channel_id).is_some_and(|channel| channel.thread.is_some());
    access::check(world, channel_id, if is_thread { MANAGE_THREADS } else { MANAGE_CHANNELS })?;
    let gone = world.channel_json(channel_id);
    if !world.delete_channel(channel_id) {
        return Err(ApiError::UNKNOWN_CHANNEL);
    }
    Ok(Reply::json(&gone))
}

/// `PUT` and `DELETE /channels/{id}/permissions/{overwrite}`.
pub(super) fn overwrite(
    world: &mut World,
    call: &Call<'_>,
    channel_id: u64,
    id: &str,
) -> Result<Reply, ApiError> {
    access::check(world, channel_id, MANAGE_ROLES)?;
    let id = id_of(id).ok_or(ApiError::UNKNOWN_OVERWRITE)?;
    let bits = |key: &str| {
        let value = &call.body[key];
        value.as_u64().or_else(|| value.as_str()?.parse().ok()).unwrap_or(0)
    };
    let is_done = match call.method {
        "PUT" => world.set_overwrite(channel_id, id, bits("allow"), bits("deny")),
        "DELETE" => world.remove_overwrite(channel_id, id),
        _ => return Err(ApiError::UNKNOWN_ROUTE),
    };
    if is_done { Ok(Reply::empty()) } else { Err(ApiError::UNKNOWN_OVERWRITE) }
}
