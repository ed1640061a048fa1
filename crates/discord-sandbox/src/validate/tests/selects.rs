//! Menus.

use serde_json::{Value, json};

use super::components::{button, rows};
use super::{Form, Limit, limit, text, with};

pub(super) fn select(options: Value) -> Value {
    json!({"type": 3, "custom_id": "menu", "options": options})
}

pub(super) fn options(count: usize) -> Value {
    (0..count).map(|index| json!({"label": "x", "value": index.to_string()})).collect()
}

/// A menu of three options with this key.
fn select_with(key: &str, value: Value) -> Value {
    rows(json!([with(select(options(3)), key, value)]))
}

fn option_with(key: &str, value: Value) -> Value {
    rows(json!([select(json!([with(json!({"label": "x", "value": "y"}), key, value)]))]))
}

/// A limit of the one menu of a message.
fn of(name: &'static str, at: Value, past: Value, refusal: &str) -> Limit {
    limit(name, Form::Message, at, past, &format!("components.0.components.0.{refusal}"))
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = texts();
    all.extend(numbers());
    all
}

fn texts() -> Vec<Limit> {
    let sized = |key: &'static str| move |length: usize| option_with(key, json!(text(length)));
    let (label, value, description) = (sized("label"), sized("value"), sized("description"));
    let many = |count: usize| rows(json!([select(options(count))]));
    let pair = |second: &str| {
        rows(json!([select(json!([{"label": "a", "value": "a"}, {"label": "b", "value": second}]))]))
    };
    vec![
        of("menu options", many(25), many(26), "options: BASE_TYPE_BAD_LENGTH")
            .covers(&[0xb0af_4177, 0xe103_d026]),
        of("menu is not empty", many(1), many(0), "options: BASE_TYPE_BAD_LENGTH"),
        of("menu option label", label(100), label(101), "options.0.label: BASE_TYPE_BAD_LENGTH")
            .covers(&[0x8dcd_55ba]),
        of("menu option value", value(100), value(101), "options.0.value: BASE_TYPE_BAD_LENGTH")
            .covers(&[0xeada_86e2]),
        of(
            "menu option description",
            description(100),
            description(101),
            "options.0.description: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0xf9ab_2bf7]),
        of(
            "placeholder",
            select_with("placeholder", json!(text(150))),
            select_with("placeholder", json!(text(151))),
            "placeholder: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x79aa_58fb]),
        of(
            "menu option values differ",
            pair("b"),
            pair("a"),
            "options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        )
        .covers(&[0xee70_a0c6]),
    ]
}

fn numbers() -> Vec<Limit> {
    let range = |min: u8, max: u8| {
        rows(json!([with(with(select(options(25)), "min_values", json!(min)), "max_values", json!(max))]))
    };
    let beside = |other: Value| rows(json!([select(options(1)), other]));
    let alone = || rows(json!([{"type": 8, "custom_id": "c"}]));
    let width = "components.0.components.1: COMPONENT_LAYOUT_WIDTH_EXCEEDED";
    let channels = |kind: u8| rows(json!([{"type": 8, "custom_id": "c", "channel_types": [kind]}]));
    let default = |count: usize| {
        let option =
            |index: usize| json!({"label": "x", "value": index.to_string(), "default": index < count});
        rows(json!([select((0..3).map(option).collect())]))
    };
    vec![
        of("fewest values against most", range(2, 2), range(3, 2), "min_values: SANDBOX_SELECT_RANGE")
            .covers(&[0x3229_4c0a]),
        of(
            "most values against options",
            select_with("max_values", json!(3)),
            select_with("max_values", json!(4)),
            "max_values: SANDBOX_SELECT_RANGE",
        )
        .covers(&[0x5ce7_93fa]),
        of("most values", range(0, 25), range(0, 26), "max_values: NUMBER_TYPE_MAX"),
        of("fewest values", range(25, 25), range(26, 25), "min_values: NUMBER_TYPE_MAX"),
        of("channel types of a menu", channels(16), channels(17), "channel_types: BASE_TYPE_CHOICES"),
        of("values chosen at first", default(1), default(2), "options: SANDBOX_SELECT_DEFAULTS"),
        limit(
            "one menu in a row",
            Form::Message,
            alone(),
            beside(json!({"type": 8, "custom_id": "second"})),
            width,
        )
        .covers(&[0x3cd1_ae0e]),
        limit("menu beside no button", Form::Message, alone(), beside(button("b")), width)
            .covers(&[0x632d_d112]),
    ]
}
