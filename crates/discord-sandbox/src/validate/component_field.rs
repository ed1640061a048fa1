//! Fields that several kinds of components have: ids and emoji.

use std::collections::HashSet;

use serde_json::Value;

use super::FormErrors;
use super::field::{Need, Object, integer, object, present, text};

const CUSTOM_ID_CHARS: std::ops::RangeInclusive<usize> = 1..=100;

/// The ids of one message or form, which must be unique.
#[derive(Default)]
pub(super) struct SeenIds {
    custom_ids: HashSet<String>,
    ids: HashSet<i64>,
}

/// Checks `id`: a 32-bit number, unique in the message. 0 asks Discord for an id.
pub(super) fn check_id(part: &Object, seen: &mut SeenIds, errors: &mut FormErrors) {
    let Some(id) = integer(part, "id", 0..=i64::from(i32::MAX), errors) else { return };
    if id != 0 && !seen.ids.insert(id) {
        errors.add_at("id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
    }
}

pub(super) fn check_custom_id(part: &Object, errors: &mut FormErrors) {
    text(part, "custom_id", CUSTOM_ID_CHARS, Need::Required, errors);
}

pub(super) fn check_custom_id_once(part: &Object, seen: &mut SeenIds, errors: &mut FormErrors) {
    let Some(custom_id) = present(part, "custom_id").and_then(Value::as_str) else { return };
    if !seen.custom_ids.insert(custom_id.to_owned()) {
        let message = "Component custom id cannot be duplicated";
        errors.add_at("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}

/// Checks the `emoji` of a button or of a select's option.
pub(super) fn check_emoji(part: &Object, errors: &mut FormErrors) {
    let Some(emoji) = present(part, "emoji") else { return };
    errors.within("emoji", |errors| {
        let Some(emoji) = object(emoji, errors) else { return };
        if present(emoji, "id").is_none() && present(emoji, "name").is_none_or(|name| name == "") {
            errors.add_at("name", "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
        }
    });
}
