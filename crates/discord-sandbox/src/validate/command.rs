//! Application commands. Discord's docs: "Application Commands".

use std::collections::HashSet;

use serde_json::Value;

use super::super::api_error::ApiError;
use super::FormErrors;
use super::command_option::check_options;
use super::field::{Need, Object, bad_length, boolean, length_chars, not_among, object, present, text};

/// Slash commands of one application, and as many again in each guild.
const SLASH_MAX: usize = 100;
/// The same for commands on users, and for commands on messages.
const CONTEXT_MENU_MAX: usize = 15;
/// Over name, description and value of a command, its options and choices.
const TOTAL_CHARS_MAX: usize = 8000;
/// Discord's docs: "Reference", "Locales".
pub(crate) const LOCALES: [&str; 34] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko", "ar", "he",
];

/// Checks the body of a bulk overwrite: the full list of commands of one scope.
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

/// 1 slash (the default), 2 on a user, 3 on a message.
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
        }
        _ => not_among("type", "1, 2, 3", errors),
    }
    check_permissions(command, errors);
    boolean(command, "nsfw", errors);
    boolean(command, "dm_permission", errors);
    check_numbers(command, "contexts", 2, errors);
    check_numbers(command, "integration_types", 1, errors);
}

/// A command's or an option's name and its translations.
pub(super) fn check_name(object: &Object, errors: &mut FormErrors) {
    let name = text(object, "name", 1..=32, Need::Required, errors);
    if name.is_some_and(|name| !name.is_empty() && !is_name(name)) {
        errors.within("name", invalid_name);
    }
    check_translations(object, "name_localizations", errors, |translated, errors| {
        if !(1..=32).contains(&length_chars(translated)) || !is_name(translated) {
            invalid_name(errors);
        }
    });
}

/// A command's or an option's description and its translations.
pub(super) fn check_description(object: &Object, errors: &mut FormErrors) {
    text(object, "description", 1..=100, Need::Required, errors);
    check_translations(object, "description_localizations", errors, |translated, errors| {
        if !(1..=100).contains(&length_chars(translated)) {
            bad_length(&(1..=100), errors);
        }
    });
}

/// Characters of name and description, each in its longest language.
pub(super) fn chars(object: &Object) -> usize {
    let longest = |key: &str, translations: &str| {
        let own = object.get(key).and_then(Value::as_str).map_or(0, length_chars);
        let translated = object.get(translations).and_then(Value::as_object);
        let translated = translated.into_iter().flat_map(serde_json::Map::values).filter_map(Value::as_str);
        translated.map(length_chars).max().unwrap_or(0).max(own)
    };
    longest("name", "name_localizations") + longest("description", "description_localizations")
}

/// Checks each translation of a text; the locale must be one that Discord knows.
pub(super) fn check_translations(
    object: &Object,
    key: &str,
    errors: &mut FormErrors,
    check: impl Fn(&str, &mut FormErrors),
) {
    let Some(translations) = present(object, key).and_then(Value::as_object) else { return };
    errors.within(key, |errors| {
        for (locale, translated) in translations {
            errors.within(locale, |errors| {
                if !LOCALES.contains(&locale.as_str()) {
                    errors.add("ENUM_TYPE_COERCE", format!("Value \"{locale}\" is not a valid enum value."));
                }
                if let Some(translated) = translated.as_str() {
                    check(translated, errors);
                }
            });
        }
    });
}

/// `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, and lower case where a character has one.
fn is_name(name: &str) -> bool {
    name.chars().all(|character| {
        let is_allowed = character.is_alphanumeric()
            || matches!(character, '-' | '_' | '\'')
            || matches!(character, '\u{900}'..='\u{97F}' | '\u{A8E0}'..='\u{A8FF}' | '\u{E00}'..='\u{E7F}');
        is_allowed && character.to_lowercase().eq([character])
    })
}

fn invalid_name(errors: &mut FormErrors) {
    errors.add("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
}

/// A bit set as text; serenity sends text, the OpenAPI description says integer: both pass.
fn check_permissions(command: &Object, errors: &mut FormErrors) {
    let Some(value) = present(command, "default_member_permissions") else { return };
    if !value.is_u64() && value.as_str().is_none_or(|text| text.parse::<u64>().is_err()) {
        let message = format!("Value {value} is not int.");
        errors.add_at("default_member_permissions", "NUMBER_TYPE_COERCE", message);
    }
}

/// A list of numbers from 0 to `number_max`.
pub(super) fn check_numbers(command: &Object, key: &str, number_max: u64, errors: &mut FormErrors) {
    let Some(value) = present(command, key) else { return };
    let numbers = value.as_array().map_or(&[][..], Vec::as_slice);
    let are_valid = numbers.iter().all(|number| number.as_u64().is_some_and(|n| n <= number_max));
    if !value.is_array() || !are_valid {
        let message = format!("Every value must be between 0 and {number_max}.");
        errors.add_at(key, "BASE_TYPE_CHOICES", message);
    }
}
