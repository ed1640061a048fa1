//! Components as Discord stores them: without `null`s, with ids and default values, and pictures with their size and
//! type.

use serde_json::{Map, Value, json};

use super::embed::{PICTURE_HEIGHT, PICTURE_WIDTH, proxy_url};

const ATTACHMENT: &str = "attachment://";

/// Completes the components of a message or form. `attachments` are the message's files.
pub(super) fn stored_components(components: &Value, attachments: &Value) -> Value {
    let mut stored = components.as_array().cloned().unwrap_or_default();
    let mut id_next = 1;
    for component in &mut stored {
        complete(component, &mut id_next, attachments);
    }
    Value::Array(stored)
}

/// Every component at any depth, in the order of reading.
pub(crate) fn all_components(components: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    for component in components.as_array().into_iter().flatten() {
        found.push(component);
        found.extend(all_components(&component["components"]));
        found.extend(Some(&component["accessory"]).filter(|accessory| accessory.is_object()));
    }
    found
}

fn complete(component: &mut Value, id_next: &mut u32, attachments: &Value) {
    let Some(part) = component.as_object_mut() else { return };
    part.retain(|_, value| !value.is_null());
    if part.get("id").and_then(Value::as_u64).unwrap_or(0) == 0 {
        part.insert("id".into(), json!(*id_next));
    }
    *id_next += 1;
    match part.get("type").and_then(Value::as_i64) {
        Some(11) => complete_picture(part, attachments),
        Some(12) => {
            for item in part.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten() {
                if let Some(item) = item.as_object_mut() {
                    complete_picture(item, attachments);
                }
            }
        }
        Some(13) => complete_file(part, attachments),
        Some(14) => {
            fill(part, "divider", json!(true));
            fill(part, "spacing", json!(1));
        }
        Some(17) => {
            fill(part, "accent_color", Value::Null);
            fill(part, "spoiler", json!(false));
        }
        _ => {}
    }
    for inner in part.get_mut("components").and_then(Value::as_array_mut).into_iter().flatten() {
        complete(inner, id_next, attachments);
    }
    // The button or picture of a section, and the field of a label.
    for key in ["accessory", "component"] {
        if let Some(inner) = part.get_mut(key) {
            complete(inner, id_next, attachments);
        }
    }
}

fn fill(part: &mut Map<String, Value>, key: &str, value: Value) {
    part.entry(key).or_insert(value);
}

/// A thumbnail, or an item of a gallery.
fn complete_picture(part: &mut Map<String, Value>, attachments: &Value) {
    fill(part, "description", Value::Null);
    fill(part, "spoiler", json!(false));
    let url = part.get("media").map(|media| media["url"].clone()).unwrap_or_default();
    part.insert("media".into(), media_of(&url, attachments));
}

fn complete_file(part: &mut Map<String, Value>, attachments: &Value) {
    fill(part, "spoiler", json!(false));
    let url = part.get("file").map(|file| file["url"].clone()).unwrap_or_default();
    let file = file_of(&url, attachments);
    part.insert("name".into(), file["filename"].clone());
    part.insert("size".into(), file["size"].clone());
    part.insert("file".into(), media_of(&url, attachments));
}

/// The file of an `attachment://name`; `Null` if there is none.
fn file_of<'a>(url: &Value, attachments: &'a Value) -> &'a Value {
    let name = url.as_str().and_then(|url| url.trim().strip_prefix(ATTACHMENT));
    let files = attachments.as_array().map_or(&[][..], Vec::as_slice);
    let found = name.and_then(|name| files.iter().find(|file| file["filename"] == name));
    found.unwrap_or(&Value::Null)
}

/// Discord's docs: "Unfurled Media Item".
fn media_of(url: &Value, attachments: &Value) -> Value {
    let file = file_of(url, attachments);
    if !file.is_null() {
        return json!({
            "id": file["id"], "url": file["url"], "proxy_url": file["proxy_url"], "width": PICTURE_WIDTH,
            "height": PICTURE_HEIGHT, "content_type": file["content_type"], "attachment_id": file["id"],
        });
    }
    let url = url.as_str().unwrap_or_default().trim();
    json!({
        "url": url, "proxy_url": proxy_url(url), "width": PICTURE_WIDTH, "height": PICTURE_HEIGHT,
        "content_type": "image/png",
    })
}
