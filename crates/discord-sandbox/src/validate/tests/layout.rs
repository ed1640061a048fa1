//! Messages of components.

use serde_json::{Value, json};

use super::components::button;
use super::{Form, Limit, embed, limit, text, url, with};

const FLAG: i64 = 1 << 15;

fn made_of(components: Value) -> Value {
    json!({"flags": FLAG, "components": components})
}

fn display(length: usize) -> Value {
    json!({"type": 10, "content": text(length)})
}

fn container(parts: Value) -> Value {
    json!({"type": 17, "components": parts})
}

fn picture(key: &str, value: Value) -> Value {
    with(json!({"media": {"url": "https://e.org/a.png"}}), key, value)
}

fn section(texts: usize, accessory: Value) -> Value {
    made_of(json!([{"type": 9, "components": vec![display(1); texts], "accessory": accessory}]))
}

fn gallery(items: Value) -> Value {
    made_of(json!([{"type": 12, "items": items}]))
}

/// A limit of the one component of a message.
fn of(name: &'static str, at: Value, past: Value, refusal: &str) -> Limit {
    limit(name, Form::Message, at, past, &format!("components.0.{refusal}"))
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = whole();
    all.extend(beside());
    all.extend(parts());
    all.extend(files());
    all
}

fn whole() -> Vec<Limit> {
    let many = |count: usize| made_of(json!(vec![json!({"type": 14}); count]));
    let nested = |count: usize| made_of(json!([container(json!(vec![json!({"type": 14}); count]))]));
    let pair = |length: usize| made_of(json!([display(length), container(json!([display(2000)]))]));
    let full = json!([
        {"type": 17, "accent_color": 1, "components": [display(1), {"type": 14, "divider": false, "spacing": 2},
            {"type": 1, "components": [button("b")]}]},
    ]);
    vec![
        limit("components", Form::Message, many(40), many(41), "components: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x4a83_c205]),
        limit(
            "components, nested ones counted",
            Form::Message,
            nested(39),
            nested(40),
            "components: SANDBOX_COMPONENTS_TOTAL",
        )
        .covers(&[0x014b_3fd3]),
        of(
            "one text",
            made_of(json!([display(4000)])),
            made_of(json!([display(4001)])),
            "content: BASE_TYPE_BAD_LENGTH",
        )
        .covers(&[0xcb29_1beb]),
        limit(
            "characters over all texts",
            Form::Message,
            pair(2000),
            pair(2001),
            "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
        )
        .covers(&[0xe7be_0719]),
        of("text is not empty", made_of(full), made_of(json!([display(0)])), "content: BASE_TYPE_REQUIRED")
            .covers(&[0xf069_05a6]),
        limit("layout shows something", Form::Message, many(1), made_of(json!([])), "50006"),
    ]
}

/// Fields that such a message cannot have.
fn beside() -> Vec<Limit> {
    let base = || made_of(json!([display(1)]));
    let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    let files = json!([{"id": 0, "filename": "a.txt", "size": 1}]);
    let alone = with(json!({"flags": FLAG}), "attachments", files.clone());
    let titled = embed(json!({"title": "t"}))["embeds"].clone();
    vec![
        limit(
            "layout and content",
            Form::Message,
            with(base(), "content", json!("")),
            with(base(), "content", json!("x")),
            &format!("content: {code}"),
        )
        .covers(&[0x2fca_21f4]),
        limit(
            "layout and embeds",
            Form::Message,
            with(base(), "embeds", json!([])),
            with(base(), "embeds", titled),
            &format!("embeds: {code}"),
        )
        .covers(&[0x2b81_9874]),
        limit(
            "layout and stickers",
            Form::Message,
            with(base(), "attachments", files.clone()),
            with(base(), "sticker_ids", json!(["1"])),
            &format!("sticker_ids: {code}"),
        ),
        limit("layout shows its files", Form::Message, with(base(), "attachments", files), alone, "50006"),
        limit(
            "layout and poll",
            Form::Message,
            base(),
            with(base(), "poll", json!({})),
            &format!("poll: {code}"),
        ),
        limit(
            "layout of an edit",
            Form::Edit,
            with(base(), "content", json!(null)),
            with(base(), "content", json!("x")),
            &format!("content: {code}"),
        ),
        limit(
            "layout of an answer",
            Form::FollowUp,
            with(base(), "flags", json!(FLAG | 64)),
            with(base(), "content", json!("x")),
            &format!("content: {code}"),
        ),
    ]
}

fn parts() -> Vec<Limit> {
    let colored =
        |color: i64| made_of(json!([with(container(json!([display(1)])), "accent_color", json!(color))]));
    let separated = |spacing: i64| made_of(json!([{"type": 14, "spacing": spacing}]));
    let bare = json!([{"type": 9, "components": [display(1)]}]);
    let thumbnail = || with(picture("description", json!(null)), "type", json!(11));
    let texts = json!([{"type": 9, "components": [{"type": 14}], "accessory": button("b")}]);
    vec![
        of(
            "section texts",
            section(3, button("b")),
            section(4, button("b")),
            "components: BASE_TYPE_BAD_LENGTH",
        )
        .covers(&[0xa485_756d]),
        of(
            "section is not empty",
            section(1, button("b")),
            section(0, button("b")),
            "components: BASE_TYPE_BAD_LENGTH",
        ),
        of(
            "section has an accessory",
            section(1, thumbnail()),
            made_of(bare),
            "accessory: BASE_TYPE_REQUIRED",
        )
        .covers(&[0x243f_7777]),
        of(
            "section accessory",
            section(1, thumbnail()),
            section(1, display(1)),
            "accessory.type: UNION_TYPE_CHOICES",
        ),
        of(
            "section holds texts alone",
            section(1, button("b")),
            made_of(texts),
            "components.0.type: UNION_TYPE_CHOICES",
        ),
        of(
            "container holds no container",
            made_of(json!([container(json!([display(1)]))])),
            made_of(json!([container(json!([container(json!([display(1)]))]))])),
            "components.0.type: UNION_TYPE_CHOICES",
        )
        .covers(&[0x7283_4669]),
        of(
            "container is not empty",
            made_of(json!([container(json!([display(1)]))])),
            made_of(json!([container(json!([]))])),
            "components: BASE_TYPE_BAD_LENGTH",
        ),
        of("accent color", colored(0xFF_FFFF), colored(0x100_0000), "accent_color: NUMBER_TYPE_MAX"),
        of("spacing", separated(2), separated(3), "spacing: BASE_TYPE_CHOICES"),
        of(
            "button stands in a row or section",
            section(1, button("b")),
            made_of(json!([button("b")])),
            "type: UNION_TYPE_CHOICES",
        ),
    ]
}

fn files() -> Vec<Limit> {
    let many = |count: usize| gallery(json!(vec![picture("spoiler", json!(true)); count]));
    let described = |length: usize| gallery(json!([picture("description", json!(text(length)))]));
    let at = |address: String| gallery(json!([{"media": {"url": address}}]));
    let named = |address: &str| {
        with(
            made_of(json!([{"type": 13, "file": {"url": address}}])),
            "attachments",
            json!([{"id": 0, "filename": "a.txt", "size": 1}]),
        )
    };
    vec![
        of("gallery items", many(10), many(11), "items: BASE_TYPE_BAD_LENGTH").covers(&[0x0c31_2f47]),
        of("gallery is not empty", many(1), many(0), "items: BASE_TYPE_BAD_LENGTH"),
        of("picture alt text", described(1024), described(1025), "items.0.description: BASE_TYPE_MAX_LENGTH"),
        of("picture url length", at(url(2048)), at(url(2049)), "items.0.media.url: BASE_TYPE_MAX_LENGTH"),
        of(
            "picture url is of the web",
            at(url(20)),
            at("ftp://e.org".to_owned()),
            "items.0.media.url: URL_TYPE_INVALID_SCHEME",
        ),
        of(
            "file is attached",
            named("attachment://a.txt"),
            named("https://e.org/a.txt"),
            "file.url: URL_TYPE_INVALID_SCHEME",
        )
        .covers(&[0xfc20_f8ca]),
        of(
            "file comes along",
            named("attachment://a.txt"),
            named("attachment://b.txt"),
            "file.url: SANDBOX_ATTACHMENT_UNKNOWN",
        ),
    ]
}
