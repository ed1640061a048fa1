//! Application commands. Discord's docs: "Application Commands".

use std::collections::HashSet;

use serde_json::Value;

use super::FormErrors;
use super::command_option::check_options;
use super::field::{Need, Object, boolean, check_numbers, not_among, object, present, text};
use super::named::{chars, check_description, check_name};
use crate::api_error::ApiError;

/// Slash commands of one scope.
const SLASH_MAX: usize = 100;
/// Commands on users of one scope, and commands on messages.
const CONTEXT_MENU_MAX: usize = 15;
/// Characters of all names, descriptions and values of a command, its options and choices.
const TOTAL_CHARS_MAX: usize = 8000;

/// Checks the body of a bulk overwrite: all commands of one scope.
pub(crate) fn check_command_list(body: &Value) -> Result<(), ApiError> {
    let Some(commands) = body.as_array() else {
        return Err(FormErrors::one(&[], "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
    };
    for (kind, commands_max) in [1, 2, 3].map(|kind| (kind, commands_max(kind))) {
        if commands.iter().filter(|command| kind_of(command) == kind).count() > commands_max {
            return Err(ApiError::too_many_commands(commands_max));
        }
    }
    let mut errors = FormErrors::default();
    let mut seen = HashSet::new();
    for (index, command) in commands.iter().enumerate() {
        errors.within(index, |errors| {
            check_command_at(command, errors);
            if !seen.insert((kind_of(command), command["name"].as_str().unwrap_or_default())) {
                let message = "Application command names must be unique";
                errors.add("APPLICATION_COMMANDS_DUPLICATE_NAME", message);
            }
        });
    }
    errors.into_result()
}

/// Checks the body of one command.
pub(crate) fn check_command(body: &Value) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    check_command_at(body, &mut errors);
    errors.into_result()
}

/// How many commands of a type one scope may have.
pub(crate) fn commands_max(kind: i64) -> usize {
    if kind == 1 { SLASH_MAX } else { CONTEXT_MENU_MAX }
}

/// The type of a command: 1 slash (the default), 2 on users, 3 on messages.
fn kind_of(command: &Value) -> i64 {
    command["type"].as_i64().unwrap_or(1)
}

fn check_command_at(body: &Value, errors: &mut FormErrors) {
    let Some(command) = object(body, errors) else { return };
    match kind_of(body) {
        1 => {
            check_name(command, errors);
            check_description(command, errors);
            let options = check_options(command, 0, errors);
            if chars(command) + options > TOTAL_CHARS_MAX {
                let message = format!("Command exceeds maximum size ({TOTAL_CHARS_MAX})");
                errors.add("APPLICATION_COMMAND_TOO_LARGE", message);
            }
        }
        2 | 3 => {
            text(command, "name", 1..=32, Need::Required, errors);
            if present(command, "description").is_some_and(|description| description != "") {
                let message = "Context menu commands cannot have description";
                errors.add_at("description", "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED", message);
            }
            let options = present(command, "options").and_then(Value::as_array);
            if options.is_some_and(|options| !options.is_empty()) {
                let message = "Context menu commands cannot have options";
                errors.add_at("options", "APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED", message);
            }
        }
        _ => not_among("type", "1, 2, 3", errors),
    }
    check_permissions(command, errors);
    boolean(command, "nsfw", errors);
    boolean(command, "dm_permission", errors);
    check_numbers(command, "contexts", 2, errors);
    check_numbers(command, "integration_types", 1, errors);
}

/// A bit set. serenity sends a text, the OpenAPI description says integer: both are valid.
fn check_permissions(command: &Object, errors: &mut FormErrors) {
    let Some(value) = present(command, "default_member_permissions") else { return };
    if !value.is_u64() && value.as_str().is_none_or(|text| text.parse::<u64>().is_err()) {
        let message = format!("Value {value} is not int.");
        errors.add_at("default_member_permissions", "NUMBER_TYPE_COERCE", message);
    }
}
