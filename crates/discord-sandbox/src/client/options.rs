//! The options of a command.

use serde_json::{Map, Value, json};

use super::refusal::{Refusal, refused};
use super::resolved::{id_named, is_channel_offered, is_known};
use crate::state::guilds::Guilds;

const SUBCOMMAND: i64 = 1;
const GROUP: i64 = 2;
/// Discord's docs: "Application Command Option Structure", `max_length`.
const TEXT_CHARS_MAX: u64 = 6000;
/// Discord's docs: "Application Command Option Type": integers and numbers are within 2^53.
const NUMBER_MAX: f64 = 9_007_199_254_740_992.0;

/// Converts `{"topic": "ai"}`, or `{"add": {"channel": "news"}}` for a subcommand, to options in Discord's form.
/// Channels, users and roles can be given by name.
pub(crate) fn from_object(guilds: &Guilds, command: &Value, options: &Value) -> Result<Vec<Value>, Refusal> {
    let empty = Map::new();
    let given = match options {
        Value::Null => &empty,
        Value::Object(given) => given,
        _ => return refused("options must be an object of names and values"),
    };
    given.iter().map(|(name, value)| option_of(guilds, command, name, value)).collect()
}

fn option_of(guilds: &Guilds, parent: &Value, name: &str, value: &Value) -> Result<Value, Refusal> {
    let spec = spec_of(parent, name)?;
    let kind = kind_of(spec);
    Ok(match kind {
        SUBCOMMAND | GROUP => {
            json!({"name": name, "type": kind, "options": from_object(guilds, spec, value)?})
        }
        6..=9 => {
            let named = value.as_str().and_then(|text| id_named(guilds, kind, text));
            json!({"name": name, "type": kind, "value": named.map_or_else(|| value.clone(), Value::String)})
        }
        _ => json!({"name": name, "type": kind, "value": value}),
    })
}

/// Marks the option that the person types. Adds it with an empty value if it is missing.
pub(crate) fn focus(command: &Value, options: &mut Vec<Value>, focused: &str) -> Result<(), Refusal> {
    let branch = options.iter_mut().find(|option| matches!(kind_of(option), SUBCOMMAND | GROUP));
    if let Some(branch) = branch {
        let name = branch["name"].as_str().unwrap_or_default().to_owned();
        let spec = spec_of(command, &name)?;
        let mut inner = branch["options"].as_array().cloned().unwrap_or_default();
        focus(spec, &mut inner, focused)?;
        branch["options"] = Value::Array(inner);
        return Ok(());
    }
    let spec = spec_of(command, focused)?;
    if !options.iter().any(|option| option["name"] == focused) {
        options.push(json!({"name": focused, "type": kind_of(spec), "value": ""}));
    }
    for option in options.iter_mut().filter(|option| option["name"] == focused) {
        option["focused"] = json!(true);
    }
    Ok(())
}

/// Checks the options of a command: each known, given once, of its type and within its bounds, and no required one
/// missing.
pub(super) fn check_all(guilds: &Guilds, parent: &Value, options: &[Value]) -> Result<(), Refusal> {
    check_names(parent, options)?;
    let specs = parent["options"].as_array().map_or(&[][..], Vec::as_slice);
    let needs_branch = specs.iter().any(|spec| matches!(kind_of(spec), SUBCOMMAND | GROUP));
    if needs_branch && options.len() != 1 {
        return refused("exactly one subcommand must be chosen");
    }
    for spec in specs.iter().filter(|spec| spec["required"] == true) {
        if !options.iter().any(|option| option["name"] == spec["name"]) {
            return refused(format!("option {} is required", spec["name"]));
        }
    }
    for option in options {
        let spec = spec_of(parent, option["name"].as_str().unwrap_or_default())?;
        match kind_of(spec) {
            SUBCOMMAND | GROUP => check_all(guilds, spec, nested(option))?,
            _ => check_value(guilds, spec, &option["value"])?,
        }
    }
    Ok(())
}

/// Checks a request for choices: the options are known, and the focused one offers choices. Other values may be
/// incomplete.
pub(super) fn check_focused(parent: &Value, options: &[Value]) -> Result<(), Refusal> {
    check_names(parent, options)?;
    for option in options {
        let spec = spec_of(parent, option["name"].as_str().unwrap_or_default())?;
        if matches!(kind_of(spec), SUBCOMMAND | GROUP) {
            return check_focused(spec, nested(option));
        }
        if option["focused"] == true {
            return match spec["autocomplete"] == true {
                true => Ok(()),
                false => refused(format!("option {} offers no choices", option["name"])),
            };
        }
    }
    refused("no option is focused")
}

fn check_names(parent: &Value, options: &[Value]) -> Result<(), Refusal> {
    for (index, option) in options.iter().enumerate() {
        let name = option["name"].as_str().unwrap_or_default();
        let spec = spec_of(parent, name)?;
        if option["type"].as_i64() != Some(kind_of(spec)) {
            return refused(format!("option {name} is of type {}, not {}", spec["type"], option["type"]));
        }
        if options.iter().take(index).any(|earlier| earlier["name"] == option["name"]) {
            return refused(format!("option {name} is given twice"));
        }
    }
    Ok(())
}

fn check_value(guilds: &Guilds, spec: &Value, value: &Value) -> Result<(), Refusal> {
    let name = spec["name"].as_str().unwrap_or_default();
    let fits = match kind_of(spec) {
        3 => value.as_str().is_some_and(|text| is_length_allowed(spec, text)),
        4 => value.as_i64().is_some() && is_number_allowed(spec, value),
        5 => value.is_boolean(),
        kind @ 6..=9 => value
            .as_str()
            .is_some_and(|id| is_known(guilds, kind, id) && is_channel_offered(guilds, spec, id)),
        10 => is_number_allowed(spec, value),
        _ => return refused(format!("option {name}: the sandbox takes no files")),
    };
    if !fits {
        return refused(format!("option {name} does not take {value}"));
    }
    let choices = spec["choices"].as_array().filter(|choices| !choices.is_empty());
    if choices.is_some_and(|choices| !choices.iter().any(|choice| choice["value"] == *value)) {
        return refused(format!("option {name} does not offer {value}"));
    }
    Ok(())
}

fn is_length_allowed(spec: &Value, text: &str) -> bool {
    let length_chars = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let length_min = spec["min_length"].as_u64().unwrap_or(0).max(1);
    (length_min..=spec["max_length"].as_u64().unwrap_or(TEXT_CHARS_MAX)).contains(&length_chars)
}

fn is_number_allowed(spec: &Value, value: &Value) -> bool {
    let bound = |key: &str, default: f64| spec[key].as_f64().unwrap_or(default);
    let bounds = bound("min_value", -NUMBER_MAX)..=bound("max_value", NUMBER_MAX);
    value.as_f64().is_some_and(|number| bounds.contains(&number))
}

fn spec_of<'a>(parent: &'a Value, name: &str) -> Result<&'a Value, Refusal> {
    let specs = parent["options"].as_array().map_or(&[][..], Vec::as_slice);
    let found = specs.iter().find(|spec| spec["name"] == name);
    found.map_or_else(|| refused(format!("there is no option {name}")), Ok)
}

fn kind_of(option: &Value) -> i64 {
    option["type"].as_i64().unwrap_or(0)
}

fn nested(option: &Value) -> &[Value] {
    option["options"].as_array().map_or(&[][..], Vec::as_slice)
}
