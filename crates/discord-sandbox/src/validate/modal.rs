//! Forms that an answer opens. Discord's docs: "Receiving and Responding", "Modal"; "Component Reference",
//! "Label" and "Text Input".
//!
//! A form has text inputs in rows, the older way, and labels with a text input or a string select. Other parts of a
//! label are refused: the page cannot display them.

use serde_json::Value;

use super::FormErrors;
use super::component_field::{SeenIds, check_custom_id, check_custom_id_once, check_id};
use super::field::{
    Need, Object, bad_length, boolean, integer, list, not_among, object, present, required, text,
};
use super::layout::check_text_display;
use super::select::check_select;

const COMPONENTS_MAX: usize = 5;
const LABEL_CHARS_MAX: usize = 45;
const VALUE_CHARS_MAX: i64 = 4000;

/// Checks `data` of an answer that opens a form.
pub(super) fn check_modal(data: &Value, errors: &mut FormErrors) {
    let Some(data) = object(data, errors) else { return };
    text(data, "title", 1..=45, Need::Required, errors);
    check_custom_id(data, errors);
    let components = list(data, "components", usize::MAX, errors);
    if !(1..=COMPONENTS_MAX).contains(&components.len()) {
        errors.within("components", |errors| bad_length(&(1..=COMPONENTS_MAX), errors));
    }
    let mut seen = SeenIds::default();
    errors.within("components", |errors| {
        for (index, component) in components.iter().enumerate() {
            errors.within(index, |errors| check_part(component, &mut seen, errors));
        }
    });
}

fn check_part(part: &Value, seen: &mut SeenIds, errors: &mut FormErrors) {
    let Some(part) = object(part, errors) else { return };
    check_id(part, seen, errors);
    match part.get("type").and_then(Value::as_i64) {
        Some(1) => check_row(part, seen, errors),
        Some(10) => {
            check_text_display(part, errors);
        }
        Some(18) => check_label(part, seen, errors),
        _ => {
            let message = "Value of field \"type\" must be one of (1, 10, 18).";
            errors.add_at("type", "UNION_TYPE_CHOICES", message);
        }
    }
}

/// Checks a row: one text input with a label of its own.
fn check_row(row: &Object, seen: &mut SeenIds, errors: &mut FormErrors) {
    let inputs = list(row, "components", usize::MAX, errors);
    if inputs.len() != 1 {
        errors.within("components", |errors| bad_length(&(1..=1), errors));
    }
    errors.within("components", |errors| {
        for (index, input) in inputs.iter().enumerate() {
            errors.within(index, |errors| {
                let Some(input) = object(input, errors) else { return };
                if input.get("type").and_then(Value::as_i64) != Some(4) {
                    let message = "Value of field \"type\" must be one of (4,).";
                    return errors.add_at("type", "UNION_TYPE_CHOICES", message);
                }
                text(input, "label", 1..=LABEL_CHARS_MAX, Need::Required, errors);
                check_text_input(input, seen, errors);
            });
        }
    });
}

fn check_label(label: &Object, seen: &mut SeenIds, errors: &mut FormErrors) {
    text(label, "label", 1..=LABEL_CHARS_MAX, Need::Required, errors);
    text(label, "description", 0..=100, Need::Optional, errors);
    let Some(component) = present(label, "component") else { return required("component", errors) };
    errors.within("component", |errors| {
        let Some(component) = object(component, errors) else { return };
        match component.get("type").and_then(Value::as_i64) {
            Some(4) => {
                if present(component, "label").is_some() {
                    let message = "A text input in a label has no label of its own.";
                    errors.add_at("label", "SANDBOX_LABEL_TWICE", message);
                }
                check_text_input(component, seen, errors);
            }
            Some(3) => check_string_select(component, seen, errors),
            Some(5..=8 | 19 | 21..=23) => {
                let message = "The sandbox shows only text inputs and string selects in forms.";
                errors.add_at("type", "SANDBOX_UNSUPPORTED", message);
            }
            _ => {
                let message = "Value of field \"type\" must be one of (3, 4, 5, 6, 7, 8, 19, 21, 22, 23).";
                errors.add_at("type", "UNION_TYPE_CHOICES", message);
            }
        }
    });
}

fn check_text_input(input: &Object, seen: &mut SeenIds, errors: &mut FormErrors) {
    check_id(input, seen, errors);
    check_custom_id(input, errors);
    check_custom_id_once(input, seen, errors);
    if !matches!(input.get("style").and_then(Value::as_i64), Some(1 | 2)) {
        not_among("style", "1, 2", errors);
    }
    text(input, "placeholder", 0..=100, Need::Optional, errors);
    boolean(input, "required", errors);
    let length_min = integer(input, "min_length", 0..=VALUE_CHARS_MAX, errors).unwrap_or(0);
    let length_max = integer(input, "max_length", 1..=VALUE_CHARS_MAX, errors).unwrap_or(VALUE_CHARS_MAX);
    if length_min > length_max {
        errors.add_at("min_length", "SANDBOX_INPUT_RANGE", "min_length is greater than max_length.");
    }
    let value_max = usize::try_from(length_max.clamp(1, VALUE_CHARS_MAX)).unwrap_or(usize::MAX);
    text(input, "value", 0..=value_max, Need::Optional, errors);
}

fn check_string_select(select: &Object, seen: &mut SeenIds, errors: &mut FormErrors) {
    check_id(select, seen, errors);
    check_custom_id(select, errors);
    check_custom_id_once(select, seen, errors);
    boolean(select, "required", errors);
    if boolean(select, "disabled", errors) {
        errors.add_at("disabled", "SANDBOX_SELECT_DISABLED", "A select in a form cannot be disabled.");
    }
    check_select(select, errors);
}
