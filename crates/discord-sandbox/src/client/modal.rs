//! Forms that a person sends.

use serde_json::{Map, Value, json};

use super::refusal::{Refusal, refused};

const ROW: i64 = 1;
const TEXT_INPUT: i64 = 4;
const LABEL: i64 = 18;
const TEXT_CHARS_MAX: u64 = 4000;

/// The `data` of the interaction when a person sends a form. `values` has by `custom_id` a text for each text input and
/// a list for each select. Other fields keep the values that the form has.
pub(super) fn data_of(modal: &Value, values: &Map<String, Value>) -> Result<Value, Refusal> {
    let parts = modal["components"].as_array().map_or(&[][..], Vec::as_slice);
    let known: Vec<_> = parts.iter().filter_map(|part| field_of(part)["custom_id"].as_str()).collect();
    if let Some(unknown) = values.keys().find(|name| !known.contains(&name.as_str())) {
        return refused(format!("the form has no field “{unknown}”"));
    }
    let sent: Result<Vec<Value>, Refusal> = parts.iter().map(|part| sent_of(part, values)).collect();
    Ok(json!({"custom_id": modal["custom_id"], "components": sent?}))
}

/// The text input or select in a part of the form; `Null` where there is none.
fn field_of(part: &Value) -> &Value {
    match part["type"].as_i64() {
        Some(ROW) => &part["components"][0],
        Some(LABEL) => &part["component"],
        _ => &Value::Null,
    }
}

fn sent_of(part: &Value, values: &Map<String, Value>) -> Result<Value, Refusal> {
    let mut sent = json!({"type": part["type"], "id": part["id"]});
    let field = field_of(part);
    match part["type"].as_i64() {
        Some(ROW) => sent["components"] = json!([filled(field, name_of(part, field), values)?]),
        Some(LABEL) => sent["component"] = filled(field, name_of(part, field), values)?,
        _ => {}
    }
    Ok(sent)
}

/// The label of a field.
fn name_of<'a>(part: &'a Value, field: &'a Value) -> &'a str {
    part["label"].as_str().or_else(|| field["label"].as_str()).unwrap_or_default()
}

fn filled(field: &Value, name: &str, values: &Map<String, Value>) -> Result<Value, Refusal> {
    let custom_id = field["custom_id"].as_str().unwrap_or_default();
    let given = values.get(custom_id);
    let mut sent = json!({"type": field["type"], "id": field["id"], "custom_id": custom_id});
    if field["type"].as_i64() == Some(TEXT_INPUT) {
        let given = given.unwrap_or(&field["value"]);
        let Some(text) = given.as_str().or(given.is_null().then_some("")) else {
            return refused(format!("“{name}” takes a text"));
        };
        check_text(field, name, text)?;
        sent["value"] = json!(text);
        return Ok(sent);
    }
    let chosen = match given {
        None => defaults_of(field),
        Some(Value::Array(values)) => values.clone(),
        Some(_) => return refused(format!("“{name}” takes a list of values")),
    };
    check_choice(field, name, &chosen)?;
    sent["values"] = Value::Array(chosen);
    Ok(sent)
}

/// Fields are required by default.
fn is_required(field: &Value) -> bool {
    field["required"] != false
}

fn check_text(field: &Value, name: &str, text: &str) -> Result<(), Refusal> {
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    if length == 0 {
        return if is_required(field) { refused(format!("“{name}” is required")) } else { Ok(()) };
    }
    let length_min = field["min_length"].as_u64().unwrap_or(0);
    let length_max = field["max_length"].as_u64().unwrap_or(TEXT_CHARS_MAX);
    if (length_min..=length_max).contains(&length) {
        return Ok(());
    }
    refused(format!("“{name}” takes {length_min} to {length_max} characters, not {length}"))
}

fn defaults_of(field: &Value) -> Vec<Value> {
    let options = field["options"].as_array().into_iter().flatten();
    options.filter(|option| option["default"] == true).map(|option| option["value"].clone()).collect()
}

fn check_choice(field: &Value, name: &str, chosen: &[Value]) -> Result<(), Refusal> {
    let options = field["options"].as_array().map_or(&[][..], Vec::as_slice);
    for (index, value) in chosen.iter().enumerate() {
        if !options.iter().any(|option| option["value"] == *value) {
            return refused(format!("“{name}” does not offer {value}"));
        }
        if chosen.iter().take(index).any(|earlier| earlier == value) {
            return refused(format!("{value} is chosen twice"));
        }
    }
    if chosen.is_empty() && !is_required(field) {
        return Ok(());
    }
    let count = u64::try_from(chosen.len()).unwrap_or(u64::MAX);
    let count_min = field["min_values"].as_u64().unwrap_or(1);
    let count_max = field["max_values"].as_u64().unwrap_or(1);
    if (count_min..=count_max).contains(&count) {
        return Ok(());
    }
    refused(format!("“{name}” takes {count_min} to {count_max} values, not {count}"))
}
