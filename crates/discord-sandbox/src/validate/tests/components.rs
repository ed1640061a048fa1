//! Rows and buttons.

use serde_json::{Value, json};

use super::{Form, Limit, limit, text, url, with};

pub(super) fn rows(components: Value) -> Value {
    json!({"components": [{"type": 1, "components": components}]})
}

pub(super) fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "Go", "custom_id": id})
}

fn buttons(count: usize) -> Value {
    rows((0..count).map(|index| button(&format!("b{index}"))).collect())
}

fn button_with(key: &str, value: Value) -> Value {
    rows(json!([with(button("b"), key, value)]))
}

fn link(url: Value) -> Value {
    rows(json!([{"type": 2, "style": 5, "label": "Go", "url": url}]))
}

fn many_rows(count: usize) -> Value {
    let row = |index: usize| json!({"type": 1, "components": [button(&index.to_string())]});
    json!({"components": (0..count).map(row).collect::<Vec<_>>()})
}

/// Two rows with these ids.
fn numbered(first: i64, second: i64) -> Value {
    json!({"components": [{"type": 1, "id": first, "components": [button("a")]},
        {"type": 1, "id": second, "components": [button("b")]}]})
}

/// A limit of the one button of a message.
fn of(name: &'static str, at: Value, past: Value, refusal: &str) -> Limit {
    limit(name, Form::Message, at, past, &format!("components.0.components.0{refusal}"))
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = texts();
    all.extend(kinds());
    all.extend(places());
    all
}

fn texts() -> Vec<Limit> {
    let custom_id = |id: Value| button_with("custom_id", id);
    vec![
        of(
            "custom_id length",
            custom_id(json!(text(100))),
            custom_id(json!(text(101))),
            ".custom_id: BASE_TYPE_BAD_LENGTH",
        )
        .covers(&[0x43dd_0924]),
        of(
            "custom_id is not empty",
            custom_id(json!("a")),
            custom_id(json!("")),
            ".custom_id: BASE_TYPE_REQUIRED",
        )
        .covers(&[0x2ecb_24c9]),
        of(
            "custom_id is there",
            custom_id(json!("a")),
            custom_id(json!(null)),
            ".custom_id: BASE_TYPE_REQUIRED",
        )
        .covers(&[0xd2cd_463d]),
        of(
            "button label",
            button_with("label", json!(text(80))),
            button_with("label", json!(text(81))),
            ".label: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x86ed_44a4]),
        of(
            "button says something",
            rows(json!([{"type": 2, "style": 2, "custom_id": "a", "emoji": {"name": "🔥"}}])),
            button_with("label", json!(null)),
            ": SANDBOX_BUTTON_LABEL_REQUIRED",
        )
        .covers(&[0x1124_6128]),
        of("button url", link(json!(url(512))), link(json!(url(513))), ".url: BASE_TYPE_MAX_LENGTH")
            .covers(&[0xf264_5026]),
    ]
}

fn kinds() -> Vec<Limit> {
    let premium =
        |more: Value| rows(json!([with(json!({"type": 2, "style": 6, "sku_id": "123"}), "label", more)]));
    let both = json!({"type": 2, "style": 5, "label": "a", "url": "https://e.org", "custom_id": "a"});
    vec![
        of(
            "link has an address",
            link(json!("discord://-/channels/1")),
            link(json!(null)),
            ".url: BASE_TYPE_REQUIRED",
        )
        .covers(&[0xe2b2_8ef4]),
        of(
            "link runs nothing",
            link(json!("http://e.org")),
            link(json!("javascript:a")),
            ".url: URL_TYPE_INVALID_SCHEME",
        )
        .covers(&[0x4d1b_ebcd]),
        of(
            "link or custom_id",
            link(json!("https://e.org")),
            rows(json!([both])),
            ".custom_id: BUTTON_COMPONENT_MUTUALLY_EXCLUSIVE",
        )
        .covers(&[0xd18f_0a2a]),
        of(
            "custom_id or link",
            buttons(1),
            button_with("url", json!("https://e.org")),
            ".url: BUTTON_COMPONENT_MUTUALLY_EXCLUSIVE",
        ),
        of(
            "premium button stands alone",
            premium(json!(null)),
            premium(json!("a")),
            ": SANDBOX_BUTTON_PREMIUM_EXCLUSIVE",
        ),
        of(
            "button style",
            button_with("style", json!(4)),
            button_with("style", json!(7)),
            ".style: BASE_TYPE_CHOICES",
        ),
    ]
}

fn places() -> Vec<Limit> {
    let twice = |second: &str| rows(json!([button("a"), button(second)]));
    vec![
        limit("rows", Form::Message, many_rows(5), many_rows(6), "components: BASE_TYPE_MAX_LENGTH")
            .covers(&[0xf4e6_adee]),
        limit(
            "buttons of a row",
            Form::Message,
            buttons(5),
            buttons(6),
            "components.0.components: BASE_TYPE_BAD_LENGTH",
        )
        .covers(&[0x4e7d_c583]),
        limit(
            "row is not empty",
            Form::Message,
            buttons(1),
            buttons(0),
            "components.0.components: BASE_TYPE_BAD_LENGTH",
        ),
        limit(
            "rows alone without the flag",
            Form::Message,
            many_rows(1),
            json!({"components": [{"type": 10, "content": "x"}]}),
            "components.0.type: UNION_TYPE_CHOICES",
        )
        .covers(&[0xa87c_598c]),
        limit(
            "custom_id is unique",
            Form::Message,
            twice("b"),
            twice("a"),
            "components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED",
        )
        .covers(&[0xc31c_9abd]),
        limit(
            "component id is unique",
            Form::Message,
            numbered(7, 8),
            numbered(7, 7),
            "components.1.id: COMPONENT_ID_DUPLICATED",
        )
        .covers(&[0xa2ec_319b]),
        limit(
            "component id has 32 bits",
            Form::Message,
            numbered(0, i64::from(i32::MAX)),
            numbered(0, 1 << 31),
            "components.1.id: NUMBER_TYPE_MAX",
        ),
    ]
}
