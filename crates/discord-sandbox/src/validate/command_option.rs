//! Options and choices of a slash command. Discord's docs: "Application Command Option Structure".

use std::collections::HashSet;

use serde_json::Value;

use super::FormErrors;
use super::field::{
    Need, Object, bad_length, boolean, check_channel_types, integer, length_chars, list, not_among, object,
    present, text,
};
use super::named::{chars, check_description, check_name, check_translations};

const OPTIONS_MAX: usize = 25;
const CHOICES_MAX: usize = 25;
const VALUE_CHARS_MAX: usize = 100;
const SUBCOMMAND: i64 = 1;
const GROUP: i64 = 2;
const STRING: i64 = 3;
const INTEGER: i64 = 4;
const CHANNEL: i64 = 7;
const NUMBER: i64 = 10;

/// Checks `options` of a command (depth 0), a group or subcommand (1), or a subcommand in a group (2).
/// Returns the characters for the command's limit of 8000.
pub(super) fn check_options(parent: &Object, depth: u8, errors: &mut FormErrors) -> usize {
    let options = list(parent, "options", OPTIONS_MAX, errors);
    let mut chars_total = 0;
    errors.within("options", |errors| {
        let mut names = HashSet::new();
        let mut has_optional = false;
        for (index, option) in options.iter().enumerate() {
            errors.within(index, |errors| {
                let Some(option) = object(option, errors) else { return };
                chars_total += check_option(option, depth, errors);
                if !names.insert(option.get("name").and_then(Value::as_str).unwrap_or_default()) {
                    let message = "Option names must be unique";
                    errors.add_at("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", message);
                }
                let is_required = boolean(option, "required", errors);
                if is_required && has_optional {
                    let message = "Required options must be placed before non-required options";
                    errors.add("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
                }
                has_optional |= !is_required;
            });
        }
        check_kinds_go_together(options, errors);
    });
    chars_total
}

fn kind_of(option: &Value) -> Option<i64> {
    option["type"].as_i64()
}

fn check_kinds_go_together(options: &[Value], errors: &mut FormErrors) {
    let is_branch = |option: &&Value| matches!(kind_of(option), Some(SUBCOMMAND | GROUP));
    let branches_count = options.iter().filter(is_branch).count();
    if branches_count != 0 && branches_count != options.len() {
        let message =
            "Sub-command and sub-command group option types are mutually exclusive to all other types";
        errors.add("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
}

fn check_option(option: &Object, depth: u8, errors: &mut FormErrors) -> usize {
    check_name(option, errors);
    check_description(option, errors);
    let kind = option.get("type").and_then(Value::as_i64);
    let below = match kind {
        Some(SUBCOMMAND) if depth <= 1 => check_options(option, 2, errors),
        Some(GROUP) if depth == 0 => {
            check_group(option, errors);
            check_options(option, 1, errors)
        }
        Some(SUBCOMMAND | GROUP) => {
            let message = "Value of field \"type\" must be one of (3, 4, 5, 6, 7, 8, 9, 10, 11).";
            errors.add_at("type", "UNION_TYPE_CHOICES", message);
            0
        }
        Some(3..=11) => check_value_option(option, kind.unwrap_or_default(), errors),
        _ => {
            not_among("type", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11", errors);
            0
        }
    };
    chars(option) + below
}

/// A group holds subcommands only.
fn check_group(group: &Object, errors: &mut FormErrors) {
    let parts = group.get("options").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    errors.within("options", |errors| {
        for (index, part) in parts.iter().enumerate() {
            if matches!(kind_of(part), Some(3..=11)) {
                errors.within(index, |errors| not_among("type", "1", errors));
            }
        }
    });
}

fn check_value_option(option: &Object, kind: i64, errors: &mut FormErrors) -> usize {
    let choices = list(option, "choices", CHOICES_MAX, errors);
    let takes_choices = matches!(kind, STRING | INTEGER | NUMBER);
    let is_completed = boolean(option, "autocomplete", errors);
    if is_completed && !choices.is_empty() {
        let message = "Autocomplete and choices cannot both be set";
        errors.add_at("choices", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_EXCLUSIVE", message);
    }
    if (is_completed || !choices.is_empty()) && !takes_choices {
        let message = "Only options of type 3, 4 and 10 take choices or autocomplete.";
        errors.add("SANDBOX_OPTION_CHOICES", message);
    }
    check_bounds(option, kind, errors);
    check_channel_types(option, errors);
    // serenity sends an empty list with every option.
    let has_types = present(option, "channel_types").is_some_and(|types| types != &Value::Array(Vec::new()));
    if has_types && kind != CHANNEL {
        errors.add("SANDBOX_OPTION_CHANNELS", "Only options of type 7 take channel_types.");
    }
    let mut chars_total = 0;
    errors.within("choices", |errors| {
        for (index, choice) in choices.iter().enumerate() {
            errors.within(index, |errors| chars_total += check_choice(choice, kind, errors));
        }
    });
    chars_total
}

/// `min_length` and `max_length` of texts, `min_value` and `max_value` of numbers.
fn check_bounds(option: &Object, kind: i64, errors: &mut FormErrors) {
    let length_min = integer(option, "min_length", 0..=6000, errors);
    let length_max = integer(option, "max_length", 1..=6000, errors);
    if length_min.zip(length_max).is_some_and(|(min, max)| min > max) {
        errors.add_at("min_length", "SANDBOX_OPTION_RANGE", "min_length is greater than max_length.");
    }
    if (length_min.is_some() || length_max.is_some()) && kind != STRING {
        errors.add("SANDBOX_OPTION_RANGE", "Only options of type 3 take min_length and max_length.");
    }
    let bound = |key: &str| present(option, key).and_then(Value::as_f64);
    let (value_min, value_max) = (bound("min_value"), bound("max_value"));
    if value_min.zip(value_max).is_some_and(|(min, max)| min > max) {
        errors.add_at("min_value", "SANDBOX_OPTION_RANGE", "min_value is greater than max_value.");
    }
    if (value_min.is_some() || value_max.is_some()) && !matches!(kind, INTEGER | NUMBER) {
        errors.add("SANDBOX_OPTION_RANGE", "Only options of type 4 and 10 take min_value and max_value.");
    }
}

/// Checks one choice for an option of type `kind`, also one of an autocomplete. Returns the characters of its name and
/// value.
pub(super) fn check_choice(choice: &Value, kind: i64, errors: &mut FormErrors) -> usize {
    let Some(choice) = object(choice, errors) else { return 0 };
    let name = text(choice, "name", 1..=100, Need::Required, errors).map_or(0, length_chars);
    check_translations(choice, "name_localizations", errors, |translated, errors| {
        if !(1..=100).contains(&length_chars(translated)) {
            bad_length(&(1..=100), errors);
        }
    });
    let value = match (kind, present(choice, "value")) {
        (STRING, _) => {
            text(choice, "value", 0..=VALUE_CHARS_MAX, Need::Required, errors).map_or(0, length_chars)
        }
        (INTEGER, Some(Value::Number(number))) if number.is_i64() => number.to_string().len(),
        (NUMBER, Some(Value::Number(number))) => number.to_string().len(),
        (_, value) => {
            let value = value.cloned().unwrap_or_default();
            errors.add_at("value", "NUMBER_TYPE_COERCE", format!("Value {value} is not a number."));
            0
        }
    };
    name + value
}
