//! Components of a message: rows and buttons. Discord's docs: "Component Reference".
//!
//! Without the flag `IS_COMPONENTS_V2` a message has only rows. `layout` checks messages with the flag.

use serde_json::Value;

use super::FormErrors;
use super::component_field::{SeenIds, check_custom_id, check_custom_id_once, check_emoji, check_id};
use super::field::{Need, Object, address, bad_length, boolean, list, not_among, object, present, text};
use super::select::check_select;

const ROWS_MAX: usize = 5;
/// The width of a row in buttons. A select is as wide as five buttons.
const ROW_WIDTH: usize = 5;

/// Checks `components` of a message without the flag `IS_COMPONENTS_V2`.
pub(super) fn check_rows(message: &Object, errors: &mut FormErrors) {
    let rows = list(message, "components", ROWS_MAX, errors);
    let mut seen = SeenIds::default();
    errors.within("components", |errors| {
        for (index, row) in rows.iter().enumerate() {
            errors.within(index, |errors| check_row(row, &mut seen, errors));
        }
    });
}

pub(super) fn check_row(row: &Value, seen: &mut SeenIds, errors: &mut FormErrors) {
    let Some(row) = object(row, errors) else { return };
    if row.get("type").and_then(Value::as_i64) != Some(1) {
        errors.add_at("type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
        return;
    }
    check_id(row, seen, errors);
    let parts = list(row, "components", usize::MAX, errors);
    if !(1..=ROW_WIDTH).contains(&parts.len()) {
        errors.within("components", |errors| bad_length(&(1..=ROW_WIDTH), errors));
    }
    errors.within("components", |errors| {
        let mut width = 0;
        for (index, part) in parts.iter().enumerate() {
            errors.within(index, |errors| {
                width += check_part(part, seen, errors);
                if width > ROW_WIDTH && parts.len() <= ROW_WIDTH {
                    let message = "The specified component exceeds the maximum width";
                    errors.add("COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
                }
            });
        }
    });
}

/// Checks a button or a select. Returns its width in buttons.
fn check_part(part: &Value, seen: &mut SeenIds, errors: &mut FormErrors) -> usize {
    let Some(part) = object(part, errors) else { return 0 };
    match part.get("type").and_then(Value::as_i64) {
        Some(2) => {
            check_button_part(part, seen, errors);
            1
        }
        Some(3 | 5..=8) => {
            check_id(part, seen, errors);
            check_custom_id_once(part, seen, errors);
            boolean(part, "disabled", errors);
            check_custom_id(part, errors);
            check_select(part, errors);
            ROW_WIDTH
        }
        _ => {
            let message = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
            errors.add_at("type", "UNION_TYPE_CHOICES", message);
            0
        }
    }
}

/// Checks a button, in a row or beside a section.
pub(super) fn check_button_part(button: &Object, seen: &mut SeenIds, errors: &mut FormErrors) {
    check_id(button, seen, errors);
    check_custom_id_once(button, seen, errors);
    boolean(button, "disabled", errors);
    check_button(button, errors);
}

fn check_button(button: &Object, errors: &mut FormErrors) {
    let style = button.get("style").and_then(Value::as_i64);
    let has = |key: &str| present(button, key).is_some();
    text(button, "label", 0..=80, Need::Optional, errors);
    let is_labelled = present(button, "label").is_some_and(|label| label != "") || has("emoji");
    if !is_labelled && style != Some(6) {
        errors.add("SANDBOX_BUTTON_LABEL_REQUIRED", "A button needs a label or an emoji.");
    }
    match style {
        Some(1..=4) => {
            check_custom_id(button, errors);
            if has("url") {
                let message = "A custom id and url cannot both be specified";
                errors.add_at("url", "BUTTON_COMPONENT_MUTUALLY_EXCLUSIVE", message);
            }
        }
        Some(5) => {
            address(button, "url", &["http", "https", "discord"], 512, Need::Required, errors);
            if has("custom_id") {
                let message = "A custom id and url cannot both be specified";
                errors.add_at("custom_id", "BUTTON_COMPONENT_MUTUALLY_EXCLUSIVE", message);
            }
        }
        Some(6) => {
            text(button, "sku_id", 1..=20, Need::Required, errors);
            if has("custom_id") || has("label") || has("url") || has("emoji") {
                let message = "A premium button has only a sku_id.";
                errors.add("SANDBOX_BUTTON_PREMIUM_EXCLUSIVE", message);
            }
        }
        _ => not_among("style", "1, 2, 3, 4, 5, 6", errors),
    }
    check_emoji(button, errors);
}
