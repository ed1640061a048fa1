//! Options and choices of commands.

use serde_json::{Value, json};

use super::{Form, Limit, limit, text, with};

fn with_options(options: Value) -> Value {
    json!([{"name": "news", "description": "Articles", "options": options}])
}

fn topic() -> Value {
    json!({"type": 3, "name": "topic", "description": "d"})
}

/// A command with one string option that has this key.
fn option_with(key: &str, value: Value) -> Value {
    with_options(json!([with(topic(), key, value)]))
}

fn one_choice(name: usize, value: usize) -> Value {
    option_with("choices", json!([{"name": text(name), "value": text(value)}]))
}

pub(super) fn choices(count: usize) -> Value {
    (0..count).map(|index| json!({"name": "n", "value": index.to_string()})).collect()
}

fn named(count: usize) -> Value {
    with_options((0..count).map(|index| with(topic(), "name", json!(format!("o{index}")))).collect())
}

fn sub() -> Value {
    json!({"type": 1, "name": "s", "description": "d"})
}

fn group(inner: Value) -> Value {
    json!({"type": 2, "name": "g", "description": "d", "options": [inner]})
}

fn of(name: &'static str, at: Value, past: Value, refusal: &str) -> Limit {
    limit(name, Form::Commands, at, past, &format!("0.options{refusal}"))
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = texts();
    all.extend(numbers());
    all.extend(together());
    all
}

fn texts() -> Vec<Limit> {
    let described = |length: usize| option_with("description", json!(text(length)));
    let many = |count: usize| option_with("choices", choices(count));
    vec![
        of("options", named(25), named(26), ": BASE_TYPE_MAX_LENGTH").covers(&[0xa446_c72e]),
        of(
            "option name",
            option_with("name", json!("topic-2")),
            option_with("name", json!("Topic")),
            ".0.name: APPLICATION_COMMAND_INVALID_NAME",
        )
        .covers(&[0x4f27_e71a]),
        of("option description", described(100), described(101), ".0.description: BASE_TYPE_BAD_LENGTH")
            .covers(&[0xe427_de1c]),
        of("choices", many(25), many(26), ".0.choices: BASE_TYPE_MAX_LENGTH").covers(&[0x71bd_ab90]),
        of("choice name", one_choice(100, 1), one_choice(101, 1), ".0.choices.0.name: BASE_TYPE_BAD_LENGTH")
            .covers(&[0x97a1_7850]),
        of(
            "choice value",
            one_choice(1, 100),
            one_choice(1, 101),
            ".0.choices.0.value: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x3af6_4ac8]),
    ]
}

fn numbers() -> Vec<Limit> {
    let lengths = |min: u16, max: u16| {
        with_options(json!([with(with(topic(), "min_length", json!(min)), "max_length", json!(max))]))
    };
    let values = |min: f64, max: f64| {
        with_options(
            json!([{"type": 10, "name": "n", "description": "d", "min_value": min, "max_value": max}]),
        )
    };
    vec![
        of(
            "longest text",
            option_with("max_length", json!(6000)),
            option_with("max_length", json!(6001)),
            ".0.max_length: NUMBER_TYPE_MAX",
        )
        .covers(&[0xfd8b_0cec]),
        of(
            "longest text is one or more",
            option_with("max_length", json!(1)),
            option_with("max_length", json!(0)),
            ".0.max_length: NUMBER_TYPE_MIN",
        ),
        of(
            "shortest text",
            option_with("min_length", json!(6000)),
            option_with("min_length", json!(6001)),
            ".0.min_length: NUMBER_TYPE_MAX",
        ),
        of(
            "shortest against longest text",
            lengths(2, 2),
            lengths(3, 2),
            ".0.min_length: SANDBOX_OPTION_RANGE",
        )
        .covers(&[0x3a61_163f]),
        of(
            "least against greatest number",
            values(1.5, 1.5),
            values(1.5, 1.0),
            ".0.min_value: SANDBOX_OPTION_RANGE",
        ),
    ]
}

fn together() -> Vec<Limit> {
    let completed = |choices: Value| {
        with_options(json!([with(with(topic(), "autocomplete", json!(true)), "choices", choices)]))
    };
    let pair = |second: &str| with_options(json!([topic(), with(topic(), "name", json!(second))]));
    let required = |first: bool, second: bool| {
        let second = json!({"type": 3, "name": "b", "description": "d", "required": second});
        with_options(json!([with(topic(), "required", json!(first)), second]))
    };
    let channels = |kind: u8, types: Value| {
        with_options(json!([{"type": kind, "name": "c", "description": "d", "channel_types": types}]))
    };
    let nested = with_options(json!([group(with(sub(), "options", json!([topic()])))]));
    vec![
        of(
            "choices or autocomplete",
            completed(json!([])),
            completed(choices(1)),
            ".0.choices: APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_EXCLUSIVE",
        )
        .covers(&[0x2a9b_418c]),
        of(
            "option names differ",
            pair("sort"),
            pair("topic"),
            ".1.name: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        )
        .covers(&[0x5359_a9c6]),
        of(
            "required options go first",
            required(true, true),
            required(false, true),
            ".1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        )
        .covers(&[0x2e45_738a]),
        of(
            "subcommands or options",
            with_options(json!([sub()])),
            with_options(json!([sub(), topic()])),
            ": APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        )
        .covers(&[0x5fec_7175]),
        of(
            "nesting",
            nested,
            with_options(json!([group(group(sub()))])),
            ".0.options.0.type: UNION_TYPE_CHOICES",
        )
        .covers(&[0xec8d_557e]),
        of(
            "channel types",
            channels(7, json!([0, 5, 15, 16])),
            channels(7, json!([17])),
            ".0.channel_types: BASE_TYPE_CHOICES",
        ),
        of(
            "channel types of a channel",
            channels(3, json!([])),
            channels(3, json!([0])),
            ".0: SANDBOX_OPTION_CHANNELS",
        ),
        of(
            "group holds subcommands",
            with_options(json!([group(sub())])),
            with_options(json!([group(topic())])),
            ".0.options.0.type: BASE_TYPE_CHOICES",
        ),
    ]
}
