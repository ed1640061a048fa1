//! The use of buttons and menus.

use serde_json::{Value, json};

use super::refusal::{Refusal, refused};
use super::resolved::{is_channel_offered, is_known, resolved_values};
use crate::state::component::all_components;
use crate::state::guilds::Guilds;
use crate::state::payload::Actor;

const BUTTON: i64 = 2;
const STRING_SELECT: i64 = 3;

/// The `data` of the interaction when a person uses a component with these values. The component has this `custom_id`,
/// or is a button with this label.
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
    // Selects for users, roles and channels send the objects of their values, too.
    let option_kind = option_kind_of(kind);
    if let Some(resolved) = option_kind.and_then(|kind| resolved_values(guilds, actor, kind, values)) {
        data["resolved"] = resolved;
    }
    Ok(data)
}

/// Finds a component by its `custom_id`, else the first one with this label.
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

/// The type of the command option that takes the same as a select of users (5), roles (6), both (7) or channels (8).
fn option_kind_of(select_kind: i64) -> Option<i64> {
    match select_kind {
        5 => Some(6),
        6 => Some(8),
        7 => Some(9),
        8 => Some(7),
        _ => None,
    }
}
