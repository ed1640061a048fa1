//! Commands, and answers to interactions.

use serde_json::{Value, json};

use super::{ascii, assert_refused, embed, text};
use crate::sandbox::validate::callback::check_callback;
use crate::sandbox::validate::check_command_list;

fn command(key: &str, value: Value) -> Value {
    let mut command = json!({"name": "news", "description": "Articles"});
    command[key] = value;
    json!([command])
}

fn slash(name: &str) -> Value {
    json!({"name": name, "description": "d"})
}

fn with_options(options: Value) -> Value {
    command("options", options)
}

fn string_option(key: &str, value: Value) -> Value {
    let mut option = json!({"type": 3, "name": "topic", "description": "d"});
    option[key] = value;
    with_options(json!([option]))
}

fn choices(count: usize) -> Value {
    (0..count).map(|index| json!({"name": "n", "value": index.to_string()})).collect()
}

fn named(count: usize) -> Value {
    (0..count).map(|index| json!({"type": 3, "name": format!("o{index}"), "description": "d"})).collect()
}

fn commands(count: usize) -> Value {
    (0..count).map(|index| slash(&format!("c{index}"))).collect()
}

/// A command of 108 + 79 * 100 characters and `extra`.
fn long_command(extra: usize) -> Value {
    let option = |index: usize| {
        let choices: Vec<_> =
            (0..25).map(|choice| json!({"name": ascii(60), "value": format!("{choice:040}")})).collect();
        json!({"type": 3, "name": format!("o{index}"), "description": ascii(98), "choices": choices})
    };
    // 3 options of 2 + 98 + 2500, then name, description and one option for the rest: 8000 in all.
    let rest = json!({"type": 3, "name": "rest", "description": ascii(96)});
    let mut options: Vec<_> = (0..3).map(option).collect();
    options.push(rest);
    json!([{"name": ascii(20), "description": ascii(80 + extra), "options": options}])
}

#[test]
fn commands_at_their_limits() {
    let cases = [
        ("names", json!([slash(&ascii(32)), slash("ça-va_2"), slash("खबर"), slash("ข่าว")])),
        ("description", command("description", json!(text(100)))),
        ("options", with_options(named(25))),
        ("choices", string_option("choices", choices(25))),
        ("choice", string_option("choices", json!([{"name": text(100), "value": text(100)}]))),
        ("lengths", string_option("max_length", json!(6000))),
        ("100 commands", commands(100)),
        ("user command", json!([{"type": 2, "name": "Show My News"}])),
        ("same name, other type", json!([slash("news"), {"type": 3, "name": "news"}])),
        ("permissions", command("default_member_permissions", json!("32"))),
        ("contexts", command("contexts", json!([0]))),
        (
            "nesting",
            with_options(json!([{"type": 2, "name": "g", "description": "d", "options": [
            {"type": 1, "name": "s", "description": "d", "options": named(1)}]}])),
        ),
    ];
    for (name, body) in cases {
        assert_eq!(check_command_list(&body), Ok(()), "{name}");
    }
    let size = |extra| {
        let list = long_command(extra);
        let command = &list[0];
        let chars = |value: &Value| value.as_str().map_or(0, str::len);
        let mut total = chars(&command["name"]) + chars(&command["description"]);
        for option in command["options"].as_array().into_iter().flatten() {
            total += chars(&option["name"]) + chars(&option["description"]);
            for choice in option["choices"].as_array().into_iter().flatten() {
                total += chars(&choice["name"]) + chars(&choice["value"]);
            }
        }
        total
    };
    assert_eq!(size(0), 8000);
    assert_eq!(check_command_list(&long_command(0)), Ok(()));
    assert_refused("8001", check_command_list(&long_command(1)), "0: APPLICATION_COMMAND_TOO_LARGE");
}

#[test]
fn commands_with_bad_texts() {
    let name = "0.name: APPLICATION_COMMAND_INVALID_NAME";
    let cases = [
        ("name 33", json!([slash(&ascii(33))]), "0.name: BASE_TYPE_BAD_LENGTH"),
        ("capitals", json!([slash("News")]), name),
        ("space", json!([slash("my news")]), name),
        ("dot", json!([slash("news.ai")]), name),
        ("no description", json!([{"name": "news"}]), "0.description: BASE_TYPE_REQUIRED"),
        ("description empty", command("description", json!("")), "0.description: BASE_TYPE_REQUIRED"),
        ("description 101", command("description", json!(text(101))), "0.description: BASE_TYPE_BAD_LENGTH"),
        ("26 options", with_options(named(26)), "0.options: BASE_TYPE_MAX_LENGTH"),
        (
            "option capitals",
            string_option("name", json!("Topic")),
            "0.options.0.name: APPLICATION_COMMAND_INVALID_NAME",
        ),
        (
            "option description",
            string_option("description", json!(text(101))),
            "0.options.0.description: BASE_TYPE_BAD_LENGTH",
        ),
        ("26 choices", string_option("choices", choices(26)), "0.options.0.choices: BASE_TYPE_MAX_LENGTH"),
        (
            "choice name",
            string_option("choices", json!([{"name": text(101), "value": "v"}])),
            "0.options.0.choices.0.name: BASE_TYPE_BAD_LENGTH",
        ),
        (
            "choice value",
            string_option("choices", json!([{"name": "n", "value": text(101)}])),
            "0.options.0.choices.0.value: BASE_TYPE_MAX_LENGTH",
        ),
        ("max_length", string_option("max_length", json!(6001)), "0.options.0.max_length: NUMBER_TYPE_MAX"),
    ];
    for (name, body, wanted) in cases {
        assert_refused(name, check_command_list(&body), wanted);
    }
}

#[test]
fn commands_with_parts_that_do_not_go_together() {
    let sub = json!({"type": 1, "name": "s", "description": "d"});
    let group = |inner: Value| json!({"type": 2, "name": "g", "description": "d", "options": [inner]});
    let cases = [
        (
            "min > max",
            with_options(
                json!([{"type": 3, "name": "o", "description": "d", "min_length": 3, "max_length": 2}]),
            ),
            "0.options.0.min_length: SANDBOX_OPTION_RANGE",
        ),
        (
            "choices and autocomplete",
            with_options(
                json!([{"type": 3, "name": "o", "description": "d", "autocomplete": true, "choices": choices(1)}]),
            ),
            "0.options.0.choices: APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_EXCLUSIVE",
        ),
        (
            "option name twice",
            with_options(
                json!([{"type": 3, "name": "o", "description": "d"}, {"type": 3, "name": "o", "description": "d"}]),
            ),
            "0.options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        ),
        (
            "required last",
            with_options(
                json!([{"type": 3, "name": "a", "description": "d"}, {"type": 3, "name": "b", "description": "d", "required": true}]),
            ),
            "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            "subcommand beside option",
            with_options(json!([sub.clone(), {"type": 3, "name": "b", "description": "d"}])),
            "0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        ),
        (
            "group in group",
            with_options(json!([group(group(sub))])),
            "0.options.0.options.0.type: UNION_TYPE_CHOICES",
        ),
        ("101 commands", commands(101), "30032"),
        ("131 commands", commands(131), "30032"),
        ("same name", json!([slash("news"), slash("news")]), "1: APPLICATION_COMMANDS_DUPLICATE_NAME"),
        (
            "user with description",
            json!([{"type": 2, "name": "Show", "description": "d"}]),
            "0.description: APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED",
        ),
    ];
    for (name, body, wanted) in cases {
        assert_refused(name, check_command_list(&body), wanted);
    }
}

fn answer(kind: u8, data: Value) -> Value {
    json!({"type": kind, "data": data})
}

#[test]
fn callbacks_at_their_limits() {
    let offered =
        |name: usize, value: usize| json!({"choices": [{"name": text(name), "value": text(value)}]});
    let modal = |title: usize, id: usize, count: usize| {
        answer(
            9,
            json!({"title": text(title), "custom_id": ascii(id), "components": vec![json!({"type": 1}); count]}),
        )
    };
    let accepted = [
        answer(4, json!({"content": text(2000), "flags": 64})),
        answer(5, json!({"flags": 64})),
        json!({"type": 5}),
        json!({"type": 6}),
        answer(7, json!({"content": "x"})),
        answer(8, json!({"choices": choices(25)})),
        answer(8, offered(100, 100)),
        answer(8, json!({"choices": []})),
        modal(45, 100, 5),
    ];
    for body in accepted {
        assert!(check_callback(&body, 3).is_ok(), "{body}");
    }
    let mixed = json!({"choices": [{"name": "a", "value": "a"}, {"name": "b", "value": 1}]});
    let refused = [
        (answer(3, json!({})), "type: BASE_TYPE_CHOICES"),
        (json!({"type": 4}), "data: BASE_TYPE_REQUIRED"),
        (answer(4, json!({})), "50006"),
        (answer(4, json!({"content": text(2001)})), "data.content: BASE_TYPE_MAX_LENGTH"),
        (answer(4, embed(json!({"title": text(257)}))), "data.embeds.0.title: BASE_TYPE_MAX_LENGTH"),
        (answer(4, json!({"embeds": vec![json!({"title": "t"}); 11]})), "data.embeds: BASE_TYPE_MAX_LENGTH"),
        (answer(5, json!({"flags": 4096})), "data.flags: SANDBOX_FLAGS_INVALID"),
        (answer(8, json!({"choices": choices(26)})), "data.choices: BASE_TYPE_MAX_LENGTH"),
        (answer(8, offered(101, 1)), "data.choices.0.name: BASE_TYPE_BAD_LENGTH"),
        (answer(8, offered(1, 101)), "data.choices.0.value: BASE_TYPE_MAX_LENGTH"),
        (answer(8, mixed), "data.choices.1.value: STRING_TYPE_CONVERT"),
        (modal(46, 1, 1), "data.title: BASE_TYPE_BAD_LENGTH"),
        (modal(1, 101, 1), "data.custom_id: BASE_TYPE_BAD_LENGTH"),
        (modal(1, 1, 6), "data.components: BASE_TYPE_MAX_LENGTH"),
    ];
    for (body, wanted) in refused {
        assert_refused(&body.to_string(), check_callback(&body, 3).map(|_| ()), wanted);
    }
}
