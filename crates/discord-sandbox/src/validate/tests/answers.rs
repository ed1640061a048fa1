//! First answers to interactions.

use serde_json::{Value, json};

use super::command_options::choices;
use super::{Form, Limit, embed, embeds, limit, text};

fn answer(kind: u8, data: Value) -> Value {
    json!({"type": kind, "data": data})
}

fn of(name: &'static str, at: Value, past: Value, refusal: &str) -> Limit {
    limit(name, Form::Callback, at, past, refusal)
}

pub(super) fn limits() -> Vec<Limit> {
    let offered = |name: usize, value: usize| {
        answer(8, json!({"choices": [{"name": text(name), "value": text(value)}]}))
    };
    let said = |length: usize| answer(4, json!({"content": text(length), "flags": 64}));
    let title = |length: usize| answer(4, embed(json!({"title": text(length)})));
    let mixed = json!({"choices": [{"name": "a", "value": "a"}, {"name": "b", "value": 1}]});
    let many = |count: usize| answer(8, json!({"choices": choices(count)}));
    let deferred = |flags: i64| answer(5, json!({"flags": flags}));
    vec![
        of("kind of answer", json!({"type": 6}), answer(3, json!({})), "type: BASE_TYPE_CHOICES")
            .covers(&[0xa05f_8b7e]),
        of("answer has data", json!({"type": 5}), json!({"type": 4}), "data: BASE_TYPE_REQUIRED")
            .covers(&[0x812c_cb97]),
        of("answer shows something", answer(7, json!({"content": "x"})), answer(4, json!({})), "50006"),
        of("answer content", said(2000), said(2001), "data.content: BASE_TYPE_MAX_LENGTH")
            .covers(&[0xb2a5_525b, 0x9480_6ce3]),
        of("answer embed title", title(256), title(257), "data.embeds.0.title: BASE_TYPE_MAX_LENGTH")
            .covers(&[0xab8d_61b6]),
        of(
            "answer embeds",
            answer(4, embeds(10)),
            answer(4, embeds(11)),
            "data.embeds: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0xa324_9055]),
        of("flags of a deferral", deferred(64), deferred(4096), "data.flags: SANDBOX_FLAGS_INVALID")
            .covers(&[0x703b_f191, 0xb3e0_19b9]),
        of("offered choices", many(25), many(26), "data.choices: BASE_TYPE_MAX_LENGTH")
            .covers(&[0xd5d5_a141, 0x4970_09d3]),
        of("choices are there", many(0), answer(8, json!({})), "data.choices: BASE_TYPE_REQUIRED"),
        of(
            "offered choice name",
            offered(100, 1),
            offered(101, 1),
            "data.choices.0.name: BASE_TYPE_BAD_LENGTH",
        )
        .covers(&[0x99e1_a9f8]),
        of(
            "offered choice value",
            offered(1, 100),
            offered(1, 101),
            "data.choices.0.value: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0xe2f5_21c3]),
        of(
            "offered choices are of the option's type",
            offered(1, 1),
            answer(8, mixed),
            "data.choices.1.value: STRING_TYPE_CONVERT",
        )
        .covers(&[0xc440_7cfb]),
    ]
}
