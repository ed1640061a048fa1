//! Messages of components ("Components V2"). Discord's docs: "Component Reference"; for the bound of 40 the change log
//! of 2025-04-29, for the 4000 characters Discord's issue 8562.

use serde_json::Value;

use super::FormErrors;
use super::component::{check_button_part, check_row};
use super::component_field::{SeenIds, check_id};
use super::embed::uploaded;
use super::field::{
    Need, Object, address, bad_length, boolean, integer, length_chars, list, not_among, object, present,
    required, text,
};

/// Fields that a message of components cannot have.
pub(crate) const FIELDS_OF_LEGACY: [&str; 4] = ["content", "embeds", "poll", "sticker_ids"];
/// Components of a message, with nested ones.
const COMPONENTS_MAX: usize = 40;
/// Characters of all texts of a message together.
const TEXT_CHARS_MAX: usize = 4000;
const SECTION_TEXTS_MAX: usize = 3;
const GALLERY_ITEMS_MAX: usize = 10;
const ALT_TEXT_CHARS_MAX: usize = 1024;
const URL_CHARS_MAX: usize = 2048;
const COLOR_MAX: i64 = 0xFF_FFFF;
const ATTACHMENT: &str = "attachment://";

/// The ids and the uploaded files of the message.
struct Layout<'a> {
    seen: SeenIds,
    files: Vec<&'a str>,
}

/// Checks a message with the flag `IS_COMPONENTS_V2`: its components, and the absence of other content.
pub(super) fn check_layout(message: &Object, errors: &mut FormErrors) {
    for key in FIELDS_OF_LEGACY {
        let is_set = match present(message, key) {
            None => false,
            Some(Value::String(text)) => length_chars(text) > 0,
            Some(Value::Array(items)) => !items.is_empty(),
            Some(_) => true,
        };
        if is_set {
            errors.within(key, |errors| legacy_field(key, errors));
        }
    }
    let components = list(message, "components", COMPONENTS_MAX, errors);
    let mut layout = Layout { seen: SeenIds::default(), files: uploaded(message) };
    errors.within("components", |errors| {
        for (index, component) in components.iter().enumerate() {
            errors.within(index, |errors| check_component(component, false, &mut layout, errors));
        }
        let total: usize = components.iter().map(count).sum();
        if components.len() <= COMPONENTS_MAX && total > COMPONENTS_MAX {
            let message = format!("The message has {total} components, more than {COMPONENTS_MAX}.");
            errors.add("SANDBOX_COMPONENTS_TOTAL", message);
        }
        if components.iter().map(text_chars).sum::<usize>() > TEXT_CHARS_MAX {
            let message =
                format!("Components displayable text size exceeds maximum size of {TEXT_CHARS_MAX}");
            errors.add("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message);
        }
    });
}

/// Adds the error that a field cannot be used with the flag.
pub(crate) fn legacy_field(key: &str, errors: &mut FormErrors) {
    let message = format!("The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
    errors.add("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
}

fn check_component(component: &Value, is_inside: bool, layout: &mut Layout<'_>, errors: &mut FormErrors) {
    let Some(part) = object(component, errors) else { return };
    let kind = part.get("type").and_then(Value::as_i64);
    if kind == Some(1) {
        return check_row(component, &mut layout.seen, errors);
    }
    check_id(part, &mut layout.seen, errors);
    match kind {
        Some(9) => check_section(part, layout, errors),
        Some(10) => check_text_display(part, errors),
        Some(12) => check_gallery(part, layout, errors),
        Some(13) => check_file(part, layout, errors),
        Some(14) => check_separator(part, errors),
        Some(17) if !is_inside => check_container(part, layout, errors),
        _ => {
            let choices = if is_inside { "1, 9, 10, 12, 13, 14" } else { "1, 9, 10, 12, 13, 14, 17" };
            let message = format!("Value of field \"type\" must be one of ({choices}).");
            errors.add_at("type", "UNION_TYPE_CHOICES", message);
        }
    }
}

/// Checks a text display; forms have them too.
pub(super) fn check_text_display(part: &Object, errors: &mut FormErrors) {
    text(part, "content", 1..=TEXT_CHARS_MAX, Need::Required, errors);
}

fn check_container(container: &Object, layout: &mut Layout<'_>, errors: &mut FormErrors) {
    integer(container, "accent_color", 0..=COLOR_MAX, errors);
    boolean(container, "spoiler", errors);
    let parts = list(container, "components", usize::MAX, errors);
    errors.within("components", |errors| {
        if parts.is_empty() {
            bad_length(&(1..=COMPONENTS_MAX), errors);
        }
        for (index, part) in parts.iter().enumerate() {
            errors.within(index, |errors| check_component(part, true, layout, errors));
        }
    });
}

/// Checks a section: one to three texts with a button or a picture.
fn check_section(section: &Object, layout: &mut Layout<'_>, errors: &mut FormErrors) {
    let texts = list(section, "components", usize::MAX, errors);
    errors.within("components", |errors| {
        if !(1..=SECTION_TEXTS_MAX).contains(&texts.len()) {
            bad_length(&(1..=SECTION_TEXTS_MAX), errors);
        }
        for (index, text) in texts.iter().enumerate() {
            errors.within(index, |errors| {
                let Some(text) = object(text, errors) else { return };
                check_id(text, &mut layout.seen, errors);
                if text.get("type").and_then(Value::as_i64) != Some(10) {
                    let message = "Value of field \"type\" must be one of (10,).";
                    return errors.add_at("type", "UNION_TYPE_CHOICES", message);
                }
                check_text_display(text, errors);
            });
        }
    });
    let Some(accessory) = present(section, "accessory") else { return required("accessory", errors) };
    errors.within("accessory", |errors| {
        let Some(accessory) = object(accessory, errors) else { return };
        match accessory.get("type").and_then(Value::as_i64) {
            Some(2) => check_button_part(accessory, &mut layout.seen, errors),
            Some(11) => {
                check_id(accessory, &mut layout.seen, errors);
                check_picture(accessory, layout, errors);
            }
            _ => {
                let message = "Value of field \"type\" must be one of (2, 11).";
                errors.add_at("type", "UNION_TYPE_CHOICES", message);
            }
        }
    });
}

fn check_gallery(gallery: &Object, layout: &Layout<'_>, errors: &mut FormErrors) {
    let items = list(gallery, "items", usize::MAX, errors);
    errors.within("items", |errors| {
        if !(1..=GALLERY_ITEMS_MAX).contains(&items.len()) {
            bad_length(&(1..=GALLERY_ITEMS_MAX), errors);
        }
        for (index, item) in items.iter().enumerate() {
            errors.within(index, |errors| {
                if let Some(item) = object(item, errors) {
                    check_picture(item, layout, errors);
                }
            });
        }
    });
}

/// Checks a thumbnail or an item of a gallery.
fn check_picture(part: &Object, layout: &Layout<'_>, errors: &mut FormErrors) {
    text(part, "description", 0..=ALT_TEXT_CHARS_MAX, Need::Optional, errors);
    boolean(part, "spoiler", errors);
    check_media(part, "media", &["http", "https", "attachment"], layout, errors);
}

/// Checks a file. It must be an upload of this message.
fn check_file(part: &Object, layout: &Layout<'_>, errors: &mut FormErrors) {
    boolean(part, "spoiler", errors);
    check_media(part, "file", &["attachment"], layout, errors);
}

fn check_media(part: &Object, key: &str, schemes: &[&str], layout: &Layout<'_>, errors: &mut FormErrors) {
    let Some(media) = present(part, key) else { return required(key, errors) };
    errors.within(key, |errors| {
        let Some(media) = object(media, errors) else { return };
        address(media, "url", schemes, URL_CHARS_MAX, Need::Required, errors);
        let url = present(media, "url").and_then(Value::as_str).map(str::trim).unwrap_or_default();
        let name = url.strip_prefix(ATTACHMENT);
        if name.is_some_and(|name| !layout.files.contains(&name)) {
            let message = "No file of that name came with this request.";
            errors.add_at("url", "SANDBOX_ATTACHMENT_UNKNOWN", message);
        }
    });
}

fn check_separator(separator: &Object, errors: &mut FormErrors) {
    boolean(separator, "divider", errors);
    if present(separator, "spacing").is_some_and(|spacing| !matches!(spacing.as_i64(), Some(1 | 2))) {
        not_among("spacing", "1, 2", errors);
    }
}

/// The number of components in a component, with itself.
fn count(component: &Value) -> usize {
    1 + inside(component).map(count).sum::<usize>()
}

/// The characters of all texts in a component.
fn text_chars(component: &Value) -> usize {
    let is_text = component["type"].as_i64() == Some(10);
    let own = if is_text { component["content"].as_str().map_or(0, length_chars) } else { 0 };
    own + inside(component).map(text_chars).sum::<usize>()
}

fn inside(component: &Value) -> impl Iterator<Item = &Value> {
    let accessory = Some(&component["accessory"]).filter(|accessory| accessory.is_object());
    component["components"].as_array().into_iter().flatten().chain(accessory)
}
