//! Files of a message. Discord's docs: Message, "Attachment Object".
//!
//! The content of a file is not kept: its address leads nowhere.

use serde_json::{Value, json};

/// The files of a message after a request with the attachments `wanted`: the kept ones of `before`, then the uploaded
/// ones. The ids of new files follow `message_id`.
pub(super) fn stored_attachments(
    wanted: Option<&Value>,
    before: &Value,
    channel_id: u64,
    message_id: u64,
) -> Value {
    let Some(wanted) = wanted.and_then(Value::as_array) else { return before.clone() };
    let before = before.as_array().map_or(&[][..], Vec::as_slice);
    let kept =
        wanted.iter().filter_map(|wanted| before.iter().find(|known| known["id"] == wanted["id"])).cloned();
    let uploaded = wanted.iter().filter(|wanted| wanted["size"].is_u64());
    let new = (1..).zip(uploaded).map(|(number, file)| stored(file, channel_id, message_id, number));
    kept.chain(new).collect()
}

fn stored(file: &Value, channel_id: u64, message_id: u64, number: u64) -> Value {
    let name = file["filename"].as_str().unwrap_or_default();
    let id = message_id + number;
    let path = format!("attachments/{channel_id}/{id}/{name}");
    let mut attachment = json!({
        "id": id.to_string(), "filename": name, "size": file["size"], "content_type": file["content_type"],
        "url": format!("https://cdn.discordapp.com/{path}"),
        "proxy_url": format!("https://media.discordapp.net/{path}"),
    });
    if let Some(description) = file.get("description").filter(|description| !description.is_null()) {
        attachment["description"] = description.clone();
    }
    attachment
}

/// Replaces each `attachment://name` of an embed by the address of the file.
pub(super) fn resolve_pictures(embeds: &mut Value, attachments: &Value) {
    for embed in embeds.as_array_mut().into_iter().flatten() {
        for (part, key) in
            [("image", "url"), ("thumbnail", "url"), ("footer", "icon_url"), ("author", "icon_url")]
        {
            let name = embed[part][key].as_str().and_then(|url| url.strip_prefix("attachment://"));
            let files = attachments.as_array().map_or(&[][..], Vec::as_slice);
            let file = name.and_then(|name| files.iter().find(|file| file["filename"] == name));
            if let Some(file) = file {
                embed[part][key] = file["url"].clone();
                let proxy = if key == "url" { "proxy_url" } else { "proxy_icon_url" };
                embed[part][proxy] = file["proxy_url"].clone();
            }
        }
    }
}
