//! Names and descriptions of commands and their options, with their translations.

use serde_json::Value;

use super::FormErrors;
use super::field::{Need, Object, bad_length, length_chars, present, text};

/// Discord's docs: "Reference", "Locales".
pub(crate) const LOCALES: [&str; 34] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko", "ar", "he",
];

/// Checks the name of a command or option, and its translations.
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

/// Checks the description of a command or option, and its translations.
pub(super) fn check_description(object: &Object, errors: &mut FormErrors) {
    text(object, "description", 1..=100, Need::Required, errors);
    check_translations(object, "description_localizations", errors, |translated, errors| {
        if !(1..=100).contains(&length_chars(translated)) {
            bad_length(&(1..=100), errors);
        }
    });
}

/// Characters of name and description, each in its longest translation.
pub(super) fn chars(object: &Object) -> usize {
    let longest = |key: &str, translations: &str| {
        let own = object.get(key).and_then(Value::as_str).map_or(0, length_chars);
        let translated = object.get(translations).and_then(Value::as_object);
        let translated = translated.into_iter().flat_map(serde_json::Map::values).filter_map(Value::as_str);
        translated.map(length_chars).max().unwrap_or(0).max(own)
    };
    longest("name", "name_localizations") + longest("description", "description_localizations")
}

/// Checks each translation of a text. Discord must know its locale.
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

/// Whether all characters match `[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]` and are in lower case, where there is one.
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
