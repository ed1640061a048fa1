//! Forms that an answer opens.

use serde_json::{Value, json};

use super::selects::{options, select};
use super::{Form, Limit, ascii, limit, text, with};

fn modal(components: Value) -> Value {
    json!({"type": 9, "data": {"title": "t", "custom_id": "m", "components": components}})
}

fn input(custom_id: &str) -> Value {
    json!({"type": 4, "custom_id": custom_id, "style": 1})
}

/// A text input in a row, the older way.
fn row(custom_id: &str) -> Value {
    json!({"type": 1, "components": [with(input(custom_id), "label", json!("l"))]})
}

fn label(component: Value) -> Value {
    json!({"type": 18, "label": "l", "component": component})
}

fn rows(count: usize) -> Value {
    modal((0..count).map(|index| row(&index.to_string())).collect())
}

/// A form of one text input with this key.
fn input_with(key: &str, value: Value) -> Value {
    modal(json!([label(with(input("i"), key, value))]))
}

fn label_with(key: &str, value: Value) -> Value {
    modal(json!([with(label(input("i")), key, value)]))
}

fn of(name: &'static str, at: Value, past: Value, refusal: &str) -> Limit {
    limit(name, Form::Callback, at, past, &format!("data.{refusal}"))
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = whole();
    all.extend(labels());
    all.extend(inputs());
    all
}

fn whole() -> Vec<Limit> {
    let titled = |length: usize| {
        let mut form = rows(1);
        form["data"]["title"] = json!(text(length));
        form
    };
    let identified = |length: usize| {
        let mut form = rows(1);
        form["data"]["custom_id"] = json!(ascii(length));
        form
    };
    let shown = json!({"type": 10, "content": "x"});
    vec![
        of("form title", titled(45), titled(46), "title: BASE_TYPE_BAD_LENGTH")
            .covers(&[0xfcf4_2366, 0x7479_a846]),
        of("form title is there", titled(1), titled(0), "title: BASE_TYPE_REQUIRED"),
        of("form custom_id", identified(100), identified(101), "custom_id: BASE_TYPE_BAD_LENGTH")
            .covers(&[0x6077_6811]),
        of("form custom_id is there", identified(1), identified(0), "custom_id: BASE_TYPE_REQUIRED"),
        of("form parts", rows(5), rows(6), "components: BASE_TYPE_BAD_LENGTH").covers(&[0x71aa_b94c]),
        of("form is not empty", rows(1), rows(0), "components: BASE_TYPE_BAD_LENGTH"),
        of(
            "kind of form part",
            modal(json!([shown, row("a")])),
            modal(json!([input("a")])),
            "components.0.type: UNION_TYPE_CHOICES",
        ),
        of(
            "form fields differ",
            modal(json!([row("a"), row("b")])),
            modal(json!([row("a"), label(input("a"))])),
            "components.1.component.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        of(
            "row of a form",
            modal(json!([row("a")])),
            modal(json!([{"type": 1, "components": [input("a"), input("b")]}])),
            "components.0.components: BASE_TYPE_BAD_LENGTH",
        ),
        of(
            "row of a form holds inputs",
            modal(json!([row("a")])),
            modal(json!([{"type": 1, "components": [select(options(1))]}])),
            "components.0.components.0.type: UNION_TYPE_CHOICES",
        ),
    ]
}

fn labels() -> Vec<Limit> {
    let worded = |length: usize| label_with("label", json!(text(length)));
    let described = |length: usize| label_with("description", json!(text(length)));
    let inner = |length: usize| {
        modal(json!([{"type": 1, "components": [with(input("i"), "label", json!(text(length)))]}]))
    };
    let menu = |count: usize| modal(json!([label(select(options(count)))]));
    let disabled = |is: bool| modal(json!([label(with(select(options(1)), "disabled", json!(is)))]));
    vec![
        of("label", worded(45), worded(46), "components.0.label: BASE_TYPE_BAD_LENGTH"),
        of("label is there", worded(1), worded(0), "components.0.label: BASE_TYPE_REQUIRED"),
        of(
            "label description",
            described(100),
            described(101),
            "components.0.description: BASE_TYPE_MAX_LENGTH",
        ),
        of(
            "label holds something",
            worded(1),
            label_with("component", json!(null)),
            "components.0.component: BASE_TYPE_REQUIRED",
        ),
        of(
            "label of an input in a row",
            inner(45),
            inner(46),
            "components.0.components.0.label: BASE_TYPE_BAD_LENGTH",
        ),
        of(
            "one label",
            worded(1),
            input_with("label", json!("l")),
            "components.0.component.label: SANDBOX_LABEL_TWICE",
        ),
        of("menu of a form", menu(25), menu(26), "components.0.component.options: BASE_TYPE_BAD_LENGTH"),
        of(
            "menu of a form can be used",
            disabled(false),
            disabled(true),
            "components.0.component.disabled: SANDBOX_SELECT_DISABLED",
        ),
        of(
            "what a form shows",
            menu(1),
            modal(json!([label(json!({"type": 5, "custom_id": "u"}))])),
            "components.0.component.type: SANDBOX_UNSUPPORTED",
        ),
    ]
}

fn inputs() -> Vec<Limit> {
    let number = |key: &'static str| move |value: u16| input_with(key, json!(value));
    let (shortest, longest) = (number("min_length"), number("max_length"));
    let valued = |length: usize| input_with("value", json!(text(length)));
    let hinted = |length: usize| input_with("placeholder", json!(text(length)));
    let range = |min: u16, max: u16| {
        modal(json!([label(with(with(input("i"), "min_length", json!(min)), "max_length", json!(max)))]))
    };
    let filled = |length: usize| {
        modal(json!([label(with(with(input("i"), "max_length", json!(5)), "value", json!(text(length))))]))
    };
    let part = |refusal: &str| format!("components.0.component.{refusal}");
    vec![
        of("input value", valued(4000), valued(4001), &part("value: BASE_TYPE_MAX_LENGTH")),
        of("input value against its longest", filled(5), filled(6), &part("value: BASE_TYPE_MAX_LENGTH")),
        of("longest input", longest(4000), longest(4001), &part("max_length: NUMBER_TYPE_MAX")),
        of("longest input is one or more", longest(1), longest(0), &part("max_length: NUMBER_TYPE_MIN")),
        of("shortest input", shortest(4000), shortest(4001), &part("min_length: NUMBER_TYPE_MAX")),
        of(
            "shortest against longest input",
            range(5, 5),
            range(6, 5),
            &part("min_length: SANDBOX_INPUT_RANGE"),
        ),
        of("input placeholder", hinted(100), hinted(101), &part("placeholder: BASE_TYPE_MAX_LENGTH")),
        of(
            "input style",
            input_with("style", json!(2)),
            input_with("style", json!(3)),
            &part("style: BASE_TYPE_CHOICES"),
        ),
        of(
            "input custom_id",
            input_with("custom_id", json!(ascii(100))),
            input_with("custom_id", json!(ascii(101))),
            &part("custom_id: BASE_TYPE_BAD_LENGTH"),
        ),
    ]
}
