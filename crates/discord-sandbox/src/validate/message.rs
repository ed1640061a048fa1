//! Messages. Discord's docs: Message, "Create Message" and "Edit Message"; Webhook, "Execute Webhook".

use serde_json::Value;

use super::FormErrors;
use super::component::check_rows;
use super::embed::check_embeds;
use super::field::{Need, Object, boolean, integer, length_chars, list, object, present, text};
use super::layout::check_layout;
use super::mention::check_allowed_mentions;
use crate::api_error::ApiError;

/// `CROSSPOSTED`: published to the guilds that follow the channel.
pub(crate) const FLAG_CROSSPOSTED: i64 = 1 << 0;
/// `SUPPRESS_EMBEDS`.
pub(crate) const FLAG_SUPPRESS_EMBEDS: i64 = 1 << 2;
/// `EPHEMERAL`: only one person sees the message.
pub(crate) const FLAG_EPHEMERAL: i64 = 1 << 6;
/// `LOADING`: a deferred answer, "heatwire is thinking...".
pub(crate) const FLAG_LOADING: i64 = 1 << 7;
const FLAG_SUPPRESS_NOTIFICATIONS: i64 = 1 << 12;
/// `IS_COMPONENTS_V2`: a message of components alone. The flag cannot be removed.
pub(crate) const FLAG_COMPONENTS_V2: i64 = 1 << 15;

const CONTENT_CHARS_MAX: usize = 2000;
const STICKERS_MAX: usize = 3;
const ATTACHMENTS_MAX: usize = 10;
const NONCE_CHARS_MAX: usize = 25;

/// The use of a message, which decides the allowed flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MessagePlace {
    /// A message in a channel.
    Channel,
    /// An interaction's first answer or a follow-up.
    Interaction,
    /// The first message of a forum post.
    Post,
    /// A change of the message with the component; `is_v2` as in `Edit`.
    Update { is_v2: bool },
    /// A change of a message. `is_v2` says whether it has the flag `IS_COMPONENTS_V2` already.
    Edit { is_v2: bool },
}

/// Checks the body of a message. The caller checks that an edit leaves some content.
pub(crate) fn check_message(body: &Value, place: MessagePlace) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    check_message_at(body, place, &mut errors);
    let is_valid = errors.is_empty();
    errors.into_result()?;
    if is_valid && !matches!(place, MessagePlace::Edit { .. }) && is_empty(body) {
        return Err(ApiError::EMPTY_MESSAGE);
    }
    Ok(())
}

/// Checks the body of a message, with errors at the current path.
pub(super) fn check_message_at(body: &Value, place: MessagePlace, errors: &mut FormErrors) {
    let Some(message) = object(body, errors) else { return };
    let is_v2 = check_flags(message, place, errors);
    text(message, "content", 0..=CONTENT_CHARS_MAX, Need::Optional, errors);
    text(message, "username", 1..=80, Need::Optional, errors);
    boolean(message, "tts", errors);
    list(message, "sticker_ids", STICKERS_MAX, errors);
    if present(message, "poll").is_some() {
        errors.add_at("poll", "SANDBOX_UNSUPPORTED", "The sandbox does not support polls.");
    }
    check_attachments(message, errors);
    check_nonce(message, errors);
    check_allowed_mentions(message, errors);
    check_embeds(message, errors);
    if is_v2 {
        check_layout(message, errors);
    } else {
        check_rows(message, errors);
    }
}

/// Whether the message has no content (code 50006).
pub(crate) fn is_empty(body: &Value) -> bool {
    let has_items = |key: &str| body[key].as_array().is_some_and(|items| !items.is_empty());
    if body["flags"].as_i64().is_some_and(|flags| flags & FLAG_COMPONENTS_V2 != 0) {
        // Files alone are no content: only components display them.
        return !has_items("components");
    }
    let has_text = body["content"].as_str().is_some_and(|text| length_chars(text) > 0);
    let files = body["attachments"].as_array().into_iter().flatten();
    let has_files = files.into_iter().any(|file| file["size"].is_u64());
    !has_text && !has_files && !["embeds", "components", "sticker_ids"].into_iter().any(has_items)
}

/// Checks the flags. The docs do not say what Discord does with other flags. Returns whether the message has, or gets,
/// the flag `IS_COMPONENTS_V2`.
fn check_flags(message: &Object, place: MessagePlace, errors: &mut FormErrors) -> bool {
    let quiet = FLAG_SUPPRESS_EMBEDS | FLAG_SUPPRESS_NOTIFICATIONS;
    let (settable, was_v2) = match place {
        MessagePlace::Channel => (quiet | FLAG_COMPONENTS_V2, false),
        MessagePlace::Post => (quiet, false),
        MessagePlace::Interaction => (quiet | FLAG_COMPONENTS_V2 | FLAG_EPHEMERAL, false),
        MessagePlace::Update { is_v2 } => (quiet | FLAG_COMPONENTS_V2 | FLAG_EPHEMERAL, is_v2),
        MessagePlace::Edit { is_v2 } => (FLAG_SUPPRESS_EMBEDS | FLAG_COMPONENTS_V2, is_v2),
    };
    let flags = integer(message, "flags", 0..=i64::from(u32::MAX), errors).unwrap_or(0);
    if flags & !settable != 0 {
        let message = format!("Flags {} cannot be set here.", flags & !settable);
        errors.add_at("flags", "SANDBOX_FLAGS_INVALID", message);
    }
    was_v2 || flags & FLAG_COMPONENTS_V2 != 0
}

fn check_attachments(message: &Object, errors: &mut FormErrors) {
    let attachments = list(message, "attachments", ATTACHMENTS_MAX, errors);
    errors.within("attachments", |errors| {
        for (index, attachment) in attachments.iter().enumerate() {
            errors.within(index, |errors| {
                if let Some(attachment) = object(attachment, errors) {
                    text(attachment, "description", 0..=1024, Need::Optional, errors);
                }
            });
        }
    });
}

fn check_nonce(message: &Object, errors: &mut FormErrors) {
    if present(message, "nonce").is_some_and(|nonce| !nonce.is_i64() && !nonce.is_u64()) {
        text(message, "nonce", 0..=NONCE_CHARS_MAX, Need::Optional, errors);
    }
    boolean(message, "enforce_nonce", errors);
}
