//! Single fields of a form: texts, numbers, lists, addresses.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};
use url::Url;

use super::FormErrors;

/// The greatest of Discord's channel types, 16: media.
const CHANNEL_TYPE_MAX: u64 = 16;

/// A JSON object.
pub(super) type Object = Map<String, Value>;

/// Whether a field is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    Optional,
}

/// The value of a key. `null` counts as absent, as at Discord.
pub(super) fn present<'a>(object: &'a Object, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| !value.is_null())
}

/// The length of a text at Discord: Unicode scalar values, without white space at the ends.
pub(super) fn length_chars(text: &str) -> usize {
    text.trim().chars().count()
}

/// A text with a length in characters within `lengths`.
pub(super) fn text<'a>(
    object: &'a Object,
    key: &str,
    lengths: RangeInclusive<usize>,
    need: Need,
    errors: &mut FormErrors,
) -> Option<&'a str> {
    let Some(value) = present(object, key) else {
        if need == Need::Required {
            required(key, errors);
        }
        return None;
    };
    let Some(text) = value.as_str() else {
        errors.add_at(key, "STRING_TYPE_CONVERT", format!("Could not interpret \"{value}\" as string."));
        return None;
    };
    let length = length_chars(text);
    if length == 0 && need == Need::Required {
        required(key, errors);
    } else if !lengths.contains(&length) {
        errors.within(key, |errors| bad_length(&lengths, errors));
    }
    Some(text)
}

/// An integer within `range`, also as a text of digits.
pub(super) fn integer(
    object: &Object,
    key: &str,
    range: RangeInclusive<i64>,
    errors: &mut FormErrors,
) -> Option<i64> {
    let value = present(object, key)?;
    let number = value.as_i64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
    let Some(number) = number else {
        errors.add_at(key, "NUMBER_TYPE_COERCE", format!("Value {value} is not int."));
        return None;
    };
    if number > *range.end() {
        let message = format!("int value should be less than or equal to {}.", range.end());
        errors.add_at(key, "NUMBER_TYPE_MAX", message);
    } else if number < *range.start() {
        let message = format!("int value should be greater than or equal to {}.", range.start());
        errors.add_at(key, "NUMBER_TYPE_MIN", message);
    }
    Some(number)
}

/// A boolean; false when absent.
pub(super) fn boolean(object: &Object, key: &str, errors: &mut FormErrors) -> bool {
    match present(object, key) {
        None => false,
        Some(Value::Bool(value)) => *value,
        Some(_) => {
            errors.add_at(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
            false
        }
    }
}

/// A list of at most `items_max`; empty when absent.
pub(super) fn list<'a>(
    object: &'a Object,
    key: &str,
    items_max: usize,
    errors: &mut FormErrors,
) -> &'a [Value] {
    match present(object, key) {
        None => &[],
        Some(Value::Array(items)) => {
            if items.len() > items_max {
                errors.within(key, |errors| bad_length(&(0..=items_max), errors));
            }
            items
        }
        Some(_) => {
            errors.add_at(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            &[]
        }
    }
}

/// Checks a list of numbers from 0 to `number_max`.
pub(super) fn check_numbers(object: &Object, key: &str, number_max: u64, errors: &mut FormErrors) {
    let Some(value) = present(object, key) else { return };
    let numbers = value.as_array().map_or(&[][..], Vec::as_slice);
    let are_valid = numbers.iter().all(|number| number.as_u64().is_some_and(|n| n <= number_max));
    if !value.is_array() || !are_valid {
        let message = format!("Every value must be between 0 and {number_max}.");
        errors.add_at(key, "BASE_TYPE_CHOICES", message);
    }
}

/// Checks the `channel_types` of a command's option or of a select.
pub(super) fn check_channel_types(object: &Object, errors: &mut FormErrors) {
    check_numbers(object, "channel_types", CHANNEL_TYPE_MAX, errors);
}

/// The value as an object. Adds an error at the current path if it is none.
pub(super) fn object<'a>(value: &'a Value, errors: &mut FormErrors) -> Option<&'a Object> {
    let object = value.as_object();
    if object.is_none() {
        errors.add("MODEL_TYPE_CONVERT", "Expected an object/dictionary.");
    }
    object
}

/// An absolute address with one of `schemes`.
pub(super) fn address(
    object: &Object,
    key: &str,
    schemes: &[&str],
    length_max: usize,
    need: Need,
    errors: &mut FormErrors,
) {
    let Some(text) = text(object, key, 0..=length_max, need, errors).map(str::trim) else { return };
    if text.is_empty() {
        return;
    }
    match Url::parse(text) {
        Err(_) => errors.add_at(key, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
        Ok(url) if !schemes.contains(&url.scheme()) => {
            let listed: Vec<_> = schemes.iter().map(|scheme| format!("'{scheme}'")).collect();
            let message = format!(
                "Scheme \"{}\" is not supported. Scheme must be one of ({}).",
                url.scheme(),
                listed.join(", ")
            );
            errors.add_at(key, "URL_TYPE_INVALID_SCHEME", message);
        }
        Ok(_) => {}
    }
}

/// Adds the error that `key` is missing.
pub(super) fn required(key: &str, errors: &mut FormErrors) {
    errors.add_at(key, "BASE_TYPE_REQUIRED", "This field is required");
}

/// Adds at the current path the error that a length is not within `lengths`.
pub(super) fn bad_length(lengths: &RangeInclusive<usize>, errors: &mut FormErrors) {
    let (min, max) = (lengths.start(), lengths.end());
    if *min == 0 {
        errors.add("BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
    } else {
        errors.add("BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
    }
}

/// Adds at `key` the error that its value is none of `choices`.
pub(super) fn not_among(key: &str, choices: &str, errors: &mut FormErrors) {
    errors.add_at(key, "BASE_TYPE_CHOICES", format!("Value must be one of {{{choices}}}."));
}
