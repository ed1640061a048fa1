//! The bot's permissions for requests to a channel. Discord's docs: "Permissions", and the requirements of each
//! resource. The codes are Discord's, the HTTP status is the one that bots observe.

use serde_json::Value;

use crate::api_error::ApiError;
use crate::state::World;
use crate::state::channel::ChannelKind;
use crate::state::ids::GROUP_ID;
use crate::state::member::MEMBERS;
use crate::state::permission::{
    ATTACH_FILES, EMBED_LINKS, READ_MESSAGE_HISTORY, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
    permits,
};

/// The channel must exist, and the bot must see it and have all of `needed` there. Direct messages need no permission.
pub(super) fn check(world: &World, channel_id: u64, needed: u64) -> Result<(), ApiError> {
    if world.histories.channel(channel_id).is_none() {
        return Err(ApiError::UNKNOWN_CHANNEL);
    }
    // The bot is in its direct messages, and in no others.
    if world.guilds.channel(channel_id).is_none() {
        return if channel_id == GROUP_ID { Err(ApiError::MISSING_ACCESS) } else { Ok(()) };
    }
    let held = world.guilds.bot_permissions(channel_id);
    if !permits(held, VIEW_CHANNEL) {
        return Err(ApiError::MISSING_ACCESS);
    }
    if permits(held, needed) { Ok(()) } else { Err(ApiError::MISSING_PERMISSIONS) }
}

/// Whether the bot may post this message in a channel.
pub(super) fn check_post(world: &World, channel_id: u64, body: &Value) -> Result<(), ApiError> {
    check(world, channel_id, 0)?;
    let person = MEMBERS.iter().find(|member| member.dm_channel_id == channel_id);
    if person.is_some_and(|person| world.guilds.closed_dms.contains(&person.id)) {
        return Err(ApiError::DIRECT_MESSAGES_CLOSED);
    }
    let Some(channel) = world.guilds.channel(channel_id) else { return Ok(()) };
    if !channel.kind.takes_messages() {
        return Err(ApiError::FORUM_NEEDS_THREAD);
    }
    let is_thread = matches!(channel.kind, ChannelKind::PublicThread | ChannelKind::AnnouncementThread);
    check(world, channel_id, if is_thread { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES })?;
    check_parts(world, channel_id, body)?;
    let is_reply = body["message_reference"].is_object();
    if is_reply && !permits(world.guilds.bot_permissions(channel_id), READ_MESSAGE_HISTORY) {
        return Err(ApiError::NO_HISTORY);
    }
    Ok(())
}

/// A message of embeds alone needs Embed Links, one with files needs Attach Files. Without Embed Links a message with
/// text loses its embeds without an error.
pub(super) fn check_parts(world: &World, channel_id: u64, body: &Value) -> Result<(), ApiError> {
    let has = |key: &str| body[key].as_array().is_some_and(|items| !items.is_empty());
    let has_text = body["content"].as_str().is_some_and(|text| !text.trim().is_empty());
    if has("embeds") && !has_text && !has("components") {
        check(world, channel_id, EMBED_LINKS)?;
    }
    let has_files = body["attachments"].as_array().into_iter().flatten().any(|file| file["size"].is_u64());
    if has_files { check(world, channel_id, ATTACH_FILES) } else { Ok(()) }
}
