//! Rows, buttons and menus.

use serde_json::{Value, json};

use super::{accepted, assert_refused, text, url};
use crate::sandbox::validate::message::{Place, check_message};

fn rows(components: Value) -> Value {
    json!({"components": [{"type": 1, "components": components}]})
}

fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": "Go", "custom_id": id})
}

fn buttons(count: usize) -> Value {
    (0..count).map(|index| button(&format!("b{index}"))).collect()
}

fn button_with(key: &str, value: Value) -> Value {
    let mut button = button("b");
    button[key] = value;
    rows(json!([button]))
}

fn link(url: Value) -> Value {
    rows(json!([{"type": 2, "style": 5, "label": "Go", "url": url}]))
}

fn select(options: Value) -> Value {
    json!({"type": 3, "custom_id": "menu", "options": options})
}

fn options(count: usize) -> Value {
    (0..count).map(|index| json!({"label": "x", "value": index.to_string()})).collect()
}

fn select_with(key: &str, value: Value) -> Value {
    let mut select = select(options(3));
    select[key] = value;
    rows(json!([select]))
}

fn option_with(key: &str, value: Value) -> Value {
    let mut option = json!({"label": "x", "value": "y"});
    option[key] = value;
    rows(json!([select(json!([option]))]))
}

#[test]
fn buttons_and_rows_at_their_limits() {
    let many_rows = |count: usize| {
        let row = |index: usize| json!({"type": 1, "components": [button(&index.to_string())]});
        json!({"components": (0..count).map(row).collect::<Vec<_>>()})
    };
    let style = |style: Value| rows(json!([style]));
    accepted(
        Place::Channel,
        vec![
            ("five rows", many_rows(5)),
            ("five buttons", rows(buttons(5))),
            ("custom_id", button_with("custom_id", json!(text(100)))),
            ("label", button_with("label", json!(text(80)))),
            ("emoji alone", style(json!({"type": 2, "style": 2, "custom_id": "a", "emoji": {"name": "🔥"}}))),
            ("link", link(json!(url(512)))),
            ("discord link", link(json!("discord://-/channels/1"))),
            ("premium", style(json!({"type": 2, "style": 6, "sku_id": "123"}))),
        ],
    );
    let part = "components.0.components.0";
    let at = |key: &str, code: &str| format!("{part}{}{key}: {code}", if key.is_empty() { "" } else { "." });
    let cases = [
        (
            "custom_id 101",
            button_with("custom_id", json!(text(101))),
            at("custom_id", "BASE_TYPE_BAD_LENGTH"),
        ),
        ("custom_id empty", button_with("custom_id", json!("")), at("custom_id", "BASE_TYPE_REQUIRED")),
        ("no custom_id", button_with("custom_id", json!(null)), at("custom_id", "BASE_TYPE_REQUIRED")),
        ("label 81", button_with("label", json!(text(81))), at("label", "BASE_TYPE_MAX_LENGTH")),
        ("no label", button_with("label", json!(null)), at("", "SANDBOX_BUTTON_LABEL_REQUIRED")),
        ("url 513", link(json!(url(513))), at("url", "BASE_TYPE_MAX_LENGTH")),
        ("no url", link(json!(null)), at("url", "BASE_TYPE_REQUIRED")),
        ("javascript:", link(json!("javascript:a")), at("url", "URL_TYPE_INVALID_SCHEME")),
        ("style 7", button_with("style", json!(7)), at("style", "BASE_TYPE_CHOICES")),
        (
            "link with custom_id",
            style(json!({"type": 2, "style": 5, "label": "a", "url": "https://e.org", "custom_id": "a"})),
            at("custom_id", "BUTTON_COMPONENT_MUTUALLY_EXCLUSIVE"),
        ),
        ("6 rows", many_rows(6), "components: BASE_TYPE_MAX_LENGTH".to_owned()),
        ("6 buttons", rows(buttons(6)), "components.0.components: BASE_TYPE_MAX_LENGTH".to_owned()),
        ("no buttons", rows(json!([])), "components.0.components: BASE_TYPE_BAD_LENGTH".to_owned()),
        (
            "text display",
            json!({"components": [{"type": 10, "content": "x"}]}),
            "components.0.type: UNION_TYPE_CHOICES".to_owned(),
        ),
        (
            "custom_id twice",
            rows(json!([button("a"), button("a")])),
            "components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED".to_owned(),
        ),
        (
            "id twice",
            json!({"components": [{"type": 1, "id": 7, "components": [button("a")]}, {"type": 1, "id": 7, "components": [button("b")]}]}),
            "components.1.id: COMPONENT_ID_DUPLICATED".to_owned(),
        ),
    ];
    for (name, body, wanted) in cases {
        assert_refused(name, check_message(&body, Place::Channel), &wanted);
    }
}

#[test]
fn selects_at_their_limits() {
    accepted(
        Place::Channel,
        vec![
            ("25 options", rows(json!([select(options(25))]))),
            ("texts", option_with("description", json!(text(100)))),
            ("placeholder", select_with("placeholder", json!(text(150)))),
            ("max_values", select_with("max_values", json!(3))),
            ("channel select", rows(json!([{"type": 8, "custom_id": "c"}]))),
        ],
    );
    let width = "COMPONENT_LAYOUT_WIDTH_EXCEEDED";
    let second = json!({"type": 8, "custom_id": "second"});
    let part = "components.0.components.0";
    let cases = [
        ("26 options", rows(json!([select(options(26))])), format!("{part}.options: BASE_TYPE_MAX_LENGTH")),
        ("no options", rows(json!([select(json!([]))])), format!("{part}.options: BASE_TYPE_BAD_LENGTH")),
        (
            "label",
            option_with("label", json!(text(101))),
            format!("{part}.options.0.label: BASE_TYPE_BAD_LENGTH"),
        ),
        (
            "value",
            option_with("value", json!(text(101))),
            format!("{part}.options.0.value: BASE_TYPE_BAD_LENGTH"),
        ),
        (
            "description",
            option_with("description", json!(text(101))),
            format!("{part}.options.0.description: BASE_TYPE_MAX_LENGTH"),
        ),
        (
            "placeholder",
            select_with("placeholder", json!(text(151))),
            format!("{part}.placeholder: BASE_TYPE_MAX_LENGTH"),
        ),
        (
            "min > max",
            select_with("min_values", json!(2)),
            format!("{part}.min_values: SANDBOX_SELECT_RANGE"),
        ),
        (
            "max > options",
            select_with("max_values", json!(4)),
            format!("{part}.max_values: SANDBOX_SELECT_RANGE"),
        ),
        ("max 26", select_with("max_values", json!(26)), format!("{part}.max_values: NUMBER_TYPE_MAX")),
        (
            "same value",
            rows(json!([select(json!([{"label": "a", "value": "a"}, {"label": "b", "value": "a"}]))])),
            format!("{part}.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
        ),
        (
            "2 selects",
            rows(json!([select(options(1)), second])),
            format!("components.0.components.1: {width}"),
        ),
        (
            "select and button",
            rows(json!([select(options(1)), button("b")])),
            format!("components.0.components.1: {width}"),
        ),
    ];
    for (name, body, wanted) in cases {
        assert_refused(name, check_message(&body, Place::Channel), &wanted);
    }
}
