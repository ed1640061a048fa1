//! Embeds. Discord's docs: Message, "Embed Limits" and "Embed Structure".

use serde_json::Value;

use super::FormErrors;
use super::field::{Need, Object, address, length_chars, list, object, present, required, text};

const EMBEDS_MAX: usize = 10;
const FIELDS_MAX: usize = 25;
/// Characters of all embeds of one message together.
const TOTAL_CHARS_MAX: usize = 6000;
const URL_CHARS_MAX: usize = 2048;
const COLOR_MAX: i64 = 0xFF_FFFF;
const WEB: &[&str] = &["http", "https"];

/// Checks `embeds` of a message.
pub(super) fn check_embeds(message: &Object, errors: &mut FormErrors) {
    let embeds = list(message, "embeds", EMBEDS_MAX, errors);
    let files = uploaded(message);
    errors.within("embeds", |errors| {
        for (index, embed) in embeds.iter().enumerate() {
            errors.within(index, |errors| check_embed(embed, &files, errors));
        }
        if embeds.iter().map(total_chars).sum::<usize>() > TOTAL_CHARS_MAX {
            let message = format!("Embed size exceeds maximum size of {TOTAL_CHARS_MAX}");
            errors.add("MAX_EMBED_SIZE_EXCEEDED", message);
        }
    });
}

/// The names of the uploaded files of a message.
pub(super) fn uploaded(message: &Object) -> Vec<&str> {
    let attachments = message.get("attachments").and_then(Value::as_array).into_iter().flatten();
    let files = attachments.filter(|attachment| attachment["size"].is_u64());
    files.filter_map(|file| file["filename"].as_str()).collect()
}

fn check_embed(embed: &Value, files: &[&str], errors: &mut FormErrors) {
    let Some(embed) = object(embed, errors) else { return };
    if has_no_content(embed) {
        required("description", errors);
    }
    text(embed, "title", 0..=256, Need::Optional, errors);
    text(embed, "description", 0..=4096, Need::Optional, errors);
    address(embed, "url", WEB, URL_CHARS_MAX, Need::Optional, errors);
    super::field::integer(embed, "color", 0..=COLOR_MAX, errors);
    check_timestamp(embed, errors);
    part(embed, "footer", errors, |footer, errors| {
        text(footer, "text", 0..=2048, Need::Required, errors);
        picture(footer, "icon_url", Need::Optional, files, errors);
    });
    part(embed, "author", errors, |author, errors| {
        text(author, "name", 0..=256, Need::Required, errors);
        address(author, "url", WEB, URL_CHARS_MAX, Need::Optional, errors);
        picture(author, "icon_url", Need::Optional, files, errors);
    });
    for key in ["image", "thumbnail"] {
        part(embed, key, errors, |image, errors| picture(image, "url", Need::Required, files, errors));
    }
    let fields = list(embed, "fields", FIELDS_MAX, errors);
    errors.within("fields", |errors| {
        for (index, field) in fields.iter().enumerate() {
            errors.within(index, |errors| check_field(field, errors));
        }
    });
}

fn check_field(field: &Value, errors: &mut FormErrors) {
    let Some(field) = object(field, errors) else { return };
    text(field, "name", 0..=256, Need::Required, errors);
    text(field, "value", 0..=1024, Need::Required, errors);
    super::field::boolean(field, "inline", errors);
}

/// Whether an embed has no content. Discord then reports "description: This field is required".
fn has_no_content(embed: &Object) -> bool {
    const CONTENT: [&str; 7] = ["title", "description", "author", "footer", "image", "thumbnail", "fields"];
    !CONTENT.iter().any(|key| match present(embed, key) {
        None => false,
        Some(Value::String(text)) => length_chars(text) > 0,
        Some(Value::Array(fields)) => !fields.is_empty(),
        Some(_) => true,
    })
}

fn check_timestamp(embed: &Object, errors: &mut FormErrors) {
    let Some(value) = present(embed, "timestamp") else { return };
    let is_time = value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok());
    if !is_time {
        let message = format!("Could not parse {value}. Should be ISO8601.");
        errors.add_at("timestamp", "DATE_TIME_TYPE_PARSE", message);
    }
}

fn part(embed: &Object, key: &str, errors: &mut FormErrors, check: impl FnOnce(&Object, &mut FormErrors)) {
    let Some(value) = present(embed, key) else { return };
    errors.within(key, |errors| {
        if let Some(part) = object(value, errors) {
            check(part, errors);
        }
    });
}

/// Checks the address of a picture: http(s), or an uploaded picture.
fn picture(part: &Object, key: &str, need: Need, files: &[&str], errors: &mut FormErrors) {
    const SCHEME: &str = "attachment://";
    let url = present(part, key).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let is_attached = url.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
    if !is_attached {
        return address(part, key, WEB, URL_CHARS_MAX, need, errors);
    }
    let name = url.get(SCHEME.len()..).unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let is_picture = matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "webp" | "gif");
    if !files.contains(&name) || !is_picture {
        let message = "No picture of that name came with this request.";
        errors.add_at(key, "SANDBOX_ATTACHMENT_UNKNOWN", message);
    }
}

/// The characters for the limit of 6000: title, description, fields, footer, author.
fn total_chars(embed: &Value) -> usize {
    let chars = |value: &Value| value.as_str().map_or(0, length_chars);
    let fields = embed["fields"].as_array().map_or(&[][..], Vec::as_slice);
    chars(&embed["title"])
        + chars(&embed["description"])
        + chars(&embed["footer"]["text"])
        + chars(&embed["author"]["name"])
        + fields.iter().map(|field| chars(&field["name"]) + chars(&field["value"])).sum::<usize>()
}
