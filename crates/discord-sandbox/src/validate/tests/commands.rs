//! Commands.

use serde_json::{Value, json};

use super::{Form, Limit, ascii, limit, text, with};

fn command(key: &str, value: Value) -> Value {
    json!([with(json!({"name": "news", "description": "Articles"}), key, value)])
}

pub(super) fn slash(name: &str) -> Value {
    json!({"name": name, "description": "d"})
}

fn commands(count: usize) -> Value {
    (0..count).map(|index| slash(&format!("c{index}"))).collect()
}

fn menus(kind: u8, count: usize) -> Value {
    (0..count).map(|index| json!({"type": kind, "name": format!("Menu {index}")})).collect()
}

/// A command of 8000 characters and `extra`: 20 + 80 of its own, 3 options of 2 + 98 + 2500, one of 4 + 96.
fn long_command(extra: usize) -> Value {
    let option = |index: usize| {
        let choices: Vec<_> =
            (0..25).map(|choice| json!({"name": ascii(60), "value": format!("{choice:040}")})).collect();
        json!({"type": 3, "name": format!("o{index}"), "description": ascii(98), "choices": choices})
    };
    let mut options: Vec<_> = (0..3).map(option).collect();
    options.push(json!({"type": 3, "name": "rest", "description": ascii(96)}));
    // Only the longest translation counts.
    let shorter = json!({"de": ascii(70)});
    json!([{"name": ascii(20), "description": ascii(80 + extra), "description_localizations": shorter, "options": options}])
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = texts();
    all.extend(numbers());
    all.extend(kinds());
    all
}

fn texts() -> Vec<Limit> {
    let of = |name, at, past, refusal| limit(name, Form::Commands, at, past, refusal);
    let named = |name: &str| json!([slash(name)]);
    let described = |length: usize| command("description", json!(text(length)));
    let bad = "0.name: APPLICATION_COMMAND_INVALID_NAME";
    vec![
        of("command name", named(&ascii(32)), named(&ascii(33)), "0.name: BASE_TYPE_BAD_LENGTH")
            .covers(&[0x0a1a_eddb, 0x4b24_34b2]),
        of("command name is lower case", named("ça-va_2"), named("Ça"), bad).covers(&[0x4279_9dfb]),
        of("command name is one word", named("खबर"), named("my news"), bad).covers(&[0x1651_6341]),
        of("command name of letters", named("ข่าว"), named("news.ai"), bad).covers(&[0xa89c_50e9]),
        of("command description", described(100), described(101), "0.description: BASE_TYPE_BAD_LENGTH")
            .covers(&[0x9c4a_b93c]),
        of(
            "command description is there",
            described(1),
            json!([{"name": "news"}]),
            "0.description: BASE_TYPE_REQUIRED",
        )
        .covers(&[0xd128_f36c]),
        of(
            "command description is not empty",
            described(1),
            described(0),
            "0.description: BASE_TYPE_REQUIRED",
        )
        .covers(&[0x67b1_d08b]),
        of(
            "translated name",
            command("name_localizations", json!({"de": ascii(32)})),
            command("name_localizations", json!({"de": ascii(33)})),
            "0.name_localizations.de: APPLICATION_COMMAND_INVALID_NAME",
        ),
        of(
            "translated description",
            command("description_localizations", json!({"de": text(100)})),
            command("description_localizations", json!({"de": text(101)})),
            "0.description_localizations.de: BASE_TYPE_BAD_LENGTH",
        ),
        of(
            "language of a translation",
            command("name_localizations", json!({"en-GB": "a"})),
            command("name_localizations", json!({"tlh": "a"})),
            "0.name_localizations.tlh: ENUM_TYPE_COERCE",
        ),
    ]
}

fn numbers() -> Vec<Limit> {
    let of = |name, at, past, refusal| limit(name, Form::Commands, at, past, refusal);
    vec![
        of("slash commands", commands(100), commands(101), "30032").covers(&[0xce14_1285]),
        of("commands of all types", json!([slash("a"), {"type": 2, "name": "A"}]), commands(131), "30032")
            .covers(&[0x72ec_f1ee]),
        of("commands on users", menus(2, 15), menus(2, 16), "30032"),
        of("commands on messages", menus(3, 15), menus(3, 16), "30032"),
        of("characters of a command", long_command(0), long_command(1), "0: APPLICATION_COMMAND_TOO_LARGE")
            .covers(&[0x929e_95a3]),
    ]
}

fn kinds() -> Vec<Limit> {
    let of = |name, at, past, refusal| limit(name, Form::Commands, at, past, refusal);
    let user = |name: String| json!([{"type": 2, "name": name}]);
    vec![
        of(
            "command names differ",
            json!([slash("news"), {"type": 3, "name": "news"}]),
            json!([slash("news"), slash("news")]),
            "1: APPLICATION_COMMANDS_DUPLICATE_NAME",
        )
        .covers(&[0x3b03_24d1]),
        of(
            "command on users has no description",
            json!([{"type": 2, "name": "Show My News", "description": ""}]),
            json!([{"type": 2, "name": "Show", "description": "d"}]),
            "0.description: APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED",
        )
        .covers(&[0xd912_a48e, 0x4ef9_6d80]),
        of(
            "command on messages has no options",
            json!([{"type": 3, "name": "Read it", "options": []}]),
            json!([{"type": 3, "name": "Read it", "options": [{"type": 3, "name": "a", "description": "d"}]}]),
            "0.options: APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED",
        ),
        of("name of a command on users", user(text(32)), user(text(33)), "0.name: BASE_TYPE_BAD_LENGTH"),
        of("kind of command", user("A".to_owned()), command("type", json!(5)), "0.type: BASE_TYPE_CHOICES"),
        of(
            "rights are a number",
            command("default_member_permissions", json!("32")),
            command("default_member_permissions", json!("all")),
            "0.default_member_permissions: NUMBER_TYPE_COERCE",
        ),
        of(
            "contexts",
            command("contexts", json!([0, 1, 2])),
            command("contexts", json!([3])),
            "0.contexts: BASE_TYPE_CHOICES",
        ),
        of(
            "integration types",
            command("integration_types", json!([0, 1])),
            command("integration_types", json!([2])),
            "0.integration_types: BASE_TYPE_CHOICES",
        ),
    ]
}
