//! Embeds as Discord stores them.

use std::hash::Hasher;

use serde_json::{Map, Value, json};
use siphasher::sip::SipHasher13;

use super::timestamp::discord_time;

/// The reported size of every picture, in pixels. The sandbox fetches no pictures.
pub(super) const PICTURE_WIDTH: u32 = 1200;
pub(super) const PICTURE_HEIGHT: u32 = 630;

/// Stored embeds have the type `rich`, trimmed texts, pictures with a proxy address and a size, and no unknown keys.
pub(super) fn stored_embeds(embeds: &Value) -> Value {
    embeds.as_array().into_iter().flatten().map(stored_embed).collect()
}

fn stored_embed(embed: &Value) -> Value {
    let mut stored = Map::from_iter([("type".to_owned(), json!("rich"))]);
    copy_texts(embed, &mut stored, &["title", "description", "url"]);
    if let Some(color) = embed.get("color").filter(|color| !color.is_null()) {
        stored.insert("color".into(), color.clone());
    }
    if let Some(time) = embed["timestamp"].as_str().and_then(|text| text.parse().ok()) {
        stored.insert("timestamp".into(), json!(discord_time(time)));
    }
    for key in ["footer", "author"] {
        if embed[key].is_object() {
            let mut part = Map::new();
            copy_texts(&embed[key], &mut part, &["text", "name", "url", "icon_url"]);
            if let Some(url) = part.get("icon_url").and_then(Value::as_str) {
                let proxied = proxy_url(url);
                part.insert("proxy_icon_url".into(), json!(proxied));
            }
            stored.insert(key.into(), Value::Object(part));
        }
    }
    for key in ["image", "thumbnail"] {
        if let Some(url) = embed[key]["url"].as_str().map(str::trim) {
            let picture = json!({
                "url": url, "proxy_url": proxy_url(url), "width": PICTURE_WIDTH, "height": PICTURE_HEIGHT,
                "content_type": "image/png", "flags": 0,
            });
            stored.insert(key.into(), picture);
        }
    }
    let fields: Vec<_> = embed["fields"].as_array().into_iter().flatten().map(stored_field).collect();
    if !fields.is_empty() {
        stored.insert("fields".into(), json!(fields));
    }
    Value::Object(stored)
}

fn stored_field(field: &Value) -> Value {
    let mut stored = Map::new();
    copy_texts(field, &mut stored, &["name", "value"]);
    stored.insert("inline".into(), json!(field["inline"].as_bool().unwrap_or(false)));
    Value::Object(stored)
}

fn copy_texts(from: &Value, to: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        if let Some(text) = from[*key].as_str().map(str::trim).filter(|text| !text.is_empty()) {
            to.insert((*key).into(), json!(text));
        }
    }
}

/// An address that looks like one of Discord's image proxy.
pub(super) fn proxy_url(url: &str) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write(url.as_bytes());
    let path = url.replacen("://", "/", 1);
    format!("https://images-ext-1.discordapp.net/external/{:016x}/{path}", hasher.finish())
}
