//! Channels and their messages.

use serde_json::Value;

use super::call::{Call, id_of};
use super::limiter::MessageEdit;
use super::reply::Reply;
use super::{access, thread};
use crate::api_error::ApiError;
use crate::state::permission::{READ_MESSAGE_HISTORY, SEND_MESSAGES};
use crate::state::{World, member};
use crate::validate::FormErrors;
use crate::validate::message::{FLAG_CROSSPOSTED, MessagePlace, check_message};

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
    access::check(world, channel_id, 0)?;
    match (call.method, rest) {
        ("GET", []) => Ok(one(world, channel_id)),
        ("PATCH", []) => thread::change(world, call, channel_id),
        ("DELETE", []) => thread::delete(world, channel_id),
        ("GET", ["threads", "archived", "public"]) => thread::archived(world, call, channel_id),
        ("POST", ["threads"]) => thread::start(world, call, channel_id),
        (_, ["permissions", id]) => thread::overwrite(world, call, channel_id, id),
        ("GET", ["messages"]) => list(world, call, channel_id),
        ("POST", ["messages"]) => post(world, call, channel_id),
        (_, ["messages", message_id, rest @ ..]) => {
            let message_id = id_of(message_id).ok_or(ApiError::UNKNOWN_MESSAGE)?;
            match (call.method, rest) {
                (_, []) => message(world, call, channel_id, message_id),
                ("POST", ["crosspost"]) => {
                    access::check(world, channel_id, SEND_MESSAGES)?;
                    Ok(Reply::json(&*world.crosspost(channel_id, message_id)?))
                }
                ("POST", ["threads"]) => thread::from_message(world, call, channel_id, message_id),
                _ => Err(ApiError::UNKNOWN_ROUTE),
            }
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

fn one(world: &World, channel_id: u64) -> Reply {
    match member::MEMBERS.iter().find(|member| member.dm_channel_id == channel_id) {
        Some(person) => Reply::json(&member::dm_channel(person)),
        None => Reply::json(&world.channel_json(channel_id)),
    }
}

fn post(world: &mut World, call: &Call<'_>, channel_id: u64) -> Result<Reply, ApiError> {
    check_message(call.body, MessagePlace::Channel)?;
    access::check_post(world, channel_id, call.body)?;
    let replied = &call.body["message_reference"]["message_id"];
    let replied = replied.as_str().and_then(id_of).or_else(|| replied.as_u64());
    let wants_reply = call.body["message_reference"]["fail_if_not_exists"] != false;
    if replied.is_some_and(|id| wants_reply && world.histories.find(channel_id, id).is_none()) {
        let code = "REPLIES_UNKNOWN_MESSAGE";
        return Err(FormErrors::one(&["message_reference"], code, "Unknown message"));
    }
    world.wake_thread(channel_id)?;
    Ok(Reply::json(&*world.post_message(channel_id, call.body)?))
}

fn message(world: &mut World, call: &Call<'_>, channel_id: u64, message_id: u64) -> Result<Reply, ApiError> {
    match call.method {
        "GET" => {
            access::check(world, channel_id, READ_MESSAGE_HISTORY)?;
            Ok(Reply::json(&*world.channel_message(channel_id, message_id)?))
        }
        "PATCH" => {
            let is_v2 = world.histories.is_v2(channel_id, message_id);
            check_message(call.body, MessagePlace::Edit { is_v2 })?;
            world.check_open(channel_id)?;
            check_edit_limit(world, channel_id, message_id)?;
            Ok(Reply::json(&*world.edit_channel_message(channel_id, message_id, call.body)?))
        }
        "DELETE" => {
            world.channel_message(channel_id, message_id)?;
            world.check_open(channel_id)?;
            world.delete_message(channel_id, message_id)?;
            Ok(Reply::empty())
        }
        _ => Err(ApiError::UNKNOWN_ROUTE),
    }
}

/// Old and published messages have limits on their changes.
fn check_edit_limit(world: &mut World, channel_id: u64, message_id: u64) -> Result<(), ApiError> {
    let message = world.channel_message(channel_id, message_id)?;
    let now = world.now();
    let posted_at = message["timestamp"].as_str().and_then(|time| time.parse().ok()).unwrap_or(now);
    let is_published = message["flags"].as_i64().unwrap_or(0) & FLAG_CROSSPOSTED != 0;
    let edit = MessageEdit { channel_id, message_id, posted_at, is_published };
    let limits = world.options.rate_limits;
    world.limiter.check_edit(&edit, &limits, now).map_err(ApiError::limited)
}

/// Messages, newest first. `around` gives half of the limit on each side.
fn list(world: &World, call: &Call<'_>, channel_id: u64) -> Result<Reply, ApiError> {
    let limit = match call.query("limit").map(str::parse::<usize>) {
        None => LIMIT_DEFAULT,
        Some(Ok(limit)) if (1..=LIMIT_MAX).contains(&limit) => limit,
        Some(_) => {
            let message = format!("int value should be between 1 and {LIMIT_MAX}.");
            return Err(FormErrors::one(&["limit"], "NUMBER_TYPE_MAX", message));
        }
    };
    // Without Read Message History the list is empty, and this is no error.
    if access::check(world, channel_id, READ_MESSAGE_HISTORY).is_err() {
        return Ok(Reply::json(&Vec::<Value>::new()));
    }
    let bound = |key: &str| call.query(key).and_then(id_of);
    let messages = world.histories.channel(channel_id).ok_or(ApiError::UNKNOWN_CHANNEL)?;
    let readable = || messages.iter().filter(|message| !message.is_ephemeral);
    let before = |bound: u64, limit: usize| {
        let newest_first = readable().rev().filter(move |message| message.id < bound);
        newest_first.take(limit).map(|message| &*message.json).collect::<Vec<_>>()
    };
    let after = |bound: u64, limit: usize| {
        let oldest_first = readable().filter(move |message| message.id > bound);
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
