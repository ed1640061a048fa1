//! Threads and forum posts. Discord's docs: Channel, "Start Thread from Message" and "Start Thread
//! in Forum or Media Channel".

use serde_json::Value;

use super::FormErrors;
use super::field::{Need, Object, integer, list, not_among, object, present, required, text};
use super::message::{MessagePlace, check_message_at, is_empty};
use crate::api_error::ApiError;

const NAME_CHARS: std::ops::RangeInclusive<usize> = 1..=100;
const SLOW_MODE_S_MAX: i64 = 21_600;
const TAGS_MAX: usize = 5;

/// Checks the body of a new thread.
pub(crate) fn check_thread(body: &Value) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    if let Some(thread) = object(body, &mut errors) {
        check_common(thread, Need::Required, &mut errors);
    }
    errors.into_result()
}

/// Checks the body of a change of a thread.
pub(crate) fn check_thread_change(body: &Value) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    if let Some(thread) = object(body, &mut errors) {
        check_common(thread, Need::Optional, &mut errors);
        super::field::boolean(thread, "archived", &mut errors);
        super::field::boolean(thread, "locked", &mut errors);
    }
    errors.into_result()
}

/// Checks the body of a new forum post.
pub(crate) fn check_post(body: &Value) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    let Some(post) = object(body, &mut errors) else { return errors.into_result() };
    check_common(post, Need::Required, &mut errors);
    list(post, "applied_tags", TAGS_MAX, &mut errors);
    match present(post, "message") {
        None => required("message", &mut errors),
        Some(message) => {
            errors.within("message", |errors| check_message_at(message, MessagePlace::Post, errors));
        }
    }
    errors.into_result()?;
    if is_empty(&body["message"]) { Err(ApiError::EMPTY_MESSAGE) } else { Ok(()) }
}

fn check_common(thread: &Object, need: Need, errors: &mut FormErrors) {
    text(thread, "name", NAME_CHARS, need, errors);
    integer(thread, "rate_limit_per_user", 0..=SLOW_MODE_S_MAX, errors);
    let minutes = present(thread, "auto_archive_duration").map(Value::as_i64);
    if minutes.is_some_and(|minutes| !matches!(minutes, Some(60 | 1440 | 4320 | 10_080))) {
        not_among("auto_archive_duration", "60, 1440, 4320, 10080", errors);
    }
}
