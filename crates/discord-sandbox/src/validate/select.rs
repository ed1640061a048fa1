//! Select menus. Discord's docs: "Component Reference", "String Select" and the other selects.

use std::collections::HashSet;

use serde_json::Value;

use super::FormErrors;
use super::component_field::check_emoji;
use super::field::{Need, Object, bad_length, boolean, check_channel_types, integer, list, object, text};

const OPTIONS_MAX: usize = 25;

/// Checks a select, except its ids.
pub(super) fn check_select(select: &Object, errors: &mut FormErrors) {
    text(select, "placeholder", 0..=150, Need::Optional, errors);
    let values_min = integer(select, "min_values", 0..=25, errors).unwrap_or(1);
    let values_max = integer(select, "max_values", 1..=25, errors).unwrap_or(1);
    if values_min > values_max {
        errors.add_at("min_values", "SANDBOX_SELECT_RANGE", "min_values is greater than max_values.");
    }
    check_channel_types(select, errors);
    if select.get("type").and_then(Value::as_i64) == Some(3) {
        check_options(select, values_max, errors);
    }
}

fn check_options(select: &Object, values_max: i64, errors: &mut FormErrors) {
    let options = list(select, "options", usize::MAX, errors);
    if !(1..=OPTIONS_MAX).contains(&options.len()) {
        errors.within("options", |errors| bad_length(&(1..=OPTIONS_MAX), errors));
    }
    let options_count = i64::try_from(options.len()).unwrap_or(i64::MAX);
    if values_max > options_count && (1..=25).contains(&values_max) {
        let message = "max_values is greater than the number of options.";
        errors.add_at("max_values", "SANDBOX_SELECT_RANGE", message);
    }
    let mut values = HashSet::new();
    let mut defaults_count = 0;
    errors.within("options", |errors| {
        for (index, option) in options.iter().enumerate() {
            errors.within(index, |errors| {
                let Some(option) = object(option, errors) else { return };
                check_option(option, &mut values, errors);
                defaults_count += i64::from(boolean(option, "default", errors));
            });
        }
        if defaults_count > values_max {
            errors.add("SANDBOX_SELECT_DEFAULTS", "More options are default than max_values allows.");
        }
    });
}

fn check_option<'a>(option: &'a Object, values: &mut HashSet<&'a str>, errors: &mut FormErrors) {
    text(option, "label", 1..=100, Need::Required, errors);
    let value = text(option, "value", 1..=100, Need::Required, errors);
    text(option, "description", 0..=100, Need::Optional, errors);
    check_emoji(option, errors);
    if value.is_some_and(|value| !values.insert(value)) {
        let message = "The specified option value is already used";
        errors.add_at("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
    }
}
