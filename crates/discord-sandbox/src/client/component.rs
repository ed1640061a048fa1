//! Buttons and menus that a person uses.

use serde_json::{Value, json};

use super::refusal::{Refusal, refused};
use super::resolved::{is_channel_offered, is_known, resolved_values};
use crate::state::component::all_components;
use crate::state::guilds::Guilds;
use crate::state::payload::Actor;

const BUTTON: i64 = 2;
const STRING_SELECT: i64 = 3;

/// The `data` of the interaction when the component of that `custom_id`, or the button of that
/// label, is used with these values.
pub(super) fn data_of(
    guilds: &Guilds,
    actor: &Actor,
    message: &Value,
    custom_id_or_label: &str,
    values: &[String],
) -> Result<Value, Refusal> {
    let component = find(message, custom_id_or_label)?;
    if component["disabled"] == true {
        return refused(format!("“{custom_id_or_label}” is disabled"));
    }
    let Some(custom_id) = component["custom_id"].as_str() else {
        return refused(format!("“{custom_id_or_label}” opens a link and reaches no bot"));
    };
    let kind = component["type"].as_i64().unwrap_or_default();
    let mut data = json!({"custom_id": custom_id, "component_type": kind, "id": component["id"]});
    if kind == BUTTON {
        if !values.is_empty() {
            return refused("a button takes no values");
        }
        return Ok(data);
    }
    check_values(guilds, component, kind, values)?;
    data["values"] = json!(values);
    // The selects 5 to 8 take users, roles, both, channels; the options 6, 8, 9, 7 take the same.
    let option_kind = option_kind_of(kind);
    if let Some(resolved) = option_kind.and_then(|kind| resolved_values(guilds, actor, kind, values)) {
        data["resolved"] = resolved;
    }
    Ok(data)
}

/// A `custom_id` goes before a label, and the first of equal labels counts.
fn find<'a>(message: &'a Value, custom_id_or_label: &str) -> Result<&'a Value, Refusal> {
    let parts = all_components(&message["components"]);
    let by_id = parts.iter().find(|part| part["custom_id"] == custom_id_or_label);
    let found = by_id.or_else(|| parts.iter().find(|part| part["label"] == custom_id_or_label)).copied();
    found.map_or_else(|| refused(format!("the message has no “{custom_id_or_label}”")), Ok)
}

fn check_values(guilds: &Guilds, select: &Value, kind: i64, values: &[String]) -> Result<(), Refusal> {
    let count = u64::try_from(values.len()).unwrap_or(u64::MAX);
    let count_min = select["min_values"].as_u64().unwrap_or(1);
    let count_max = select["max_values"].as_u64().unwrap_or(1);
    if !(count_min..=count_max).contains(&count) {
        return refused(format!("the menu takes {count_min} to {count_max} values, not {count}"));
    }
    let options = select["options"].as_array().map_or(&[][..], Vec::as_slice);
    for (index, value) in values.iter().enumerate() {
        let is_offered = match option_kind_of(kind) {
            _ if kind == STRING_SELECT => options.iter().any(|option| option["value"] == value.as_str()),
            Some(option_kind) => {
                is_known(guilds, option_kind, value) && is_channel_offered(guilds, select, value)
            }
            None => false,
        };
        if !is_offered {
            return refused(format!("the menu does not offer “{value}”"));
        }
        if values.iter().take(index).any(|earlier| earlier == value) {
            return refused(format!("“{value}” is chosen twice"));
        }
    }
    Ok(())
}

fn option_kind_of(select_kind: i64) -> Option<i64> {
    match select_kind {
        5 => Some(6),
        6 => Some(8),
        7 => Some(9),
        8 => Some(7),
        _ => None,
    }
}
