//! Every limit at its edge: the greatest that is accepted, and one more with code and path.

use serde_json::{Value, json};

use super::callback::check_callback;
use super::message::{Place, check_message};
use super::{check_command_list, field::length_chars};
use crate::sandbox::api_error::ApiError;

fn text(length: usize) -> String {
    "é".repeat(length)
}

fn ascii(length: usize) -> String {
    "a".repeat(length)
}

fn url(length: usize) -> String {
    format!("https://e.org/{}", ascii(length - "https://e.org/".len()))
}

fn embed(part: Value) -> Value {
    json!({"embeds": [part]})
}

fn field(name: usize, value: usize) -> Value {
    json!({"name": text(name), "value": text(value)})
}

fn fields(count: usize) -> Value {
    embed(json!({"fields": vec![field(1, 1); count]}))
}

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

/// Finds the code at a path such as `embeds.0.title`, or the JSON code of an error without paths.
#[track_caller]
fn assert_refused(name: &str, result: Result<(), ApiError>, wanted: &str) {
    let Err(error) = result else { panic!("{name}: accepted, not refused with {wanted}") };
    let Some((path, code)) = wanted.split_once(": ") else {
        assert_eq!(error.code.to_string(), wanted, "{name}: {error:?}");
        return;
    };
    assert_eq!((error.status, error.code), (400, 50035), "{name}");
    let errors = error.errors.unwrap_or_default();
    let place = path.split('.').filter(|part| !part.is_empty());
    let found = place.fold(&errors, |node, part| &node[part]);
    let codes: Vec<_> = found["_errors"].as_array().into_iter().flatten().map(|e| &e["code"]).collect();
    assert!(codes.iter().any(|found| *found == code), "{name}: wanted {wanted}, got {errors}");
}

#[track_caller]
fn accepted(place: Place, cases: Vec<(&str, Value)>) {
    for (name, body) in cases {
        assert_eq!(check_message(&body, place), Ok(()), "{name}");
    }
}

#[track_caller]
fn refused(place: Place, cases: Vec<(&str, Value, &str)>) {
    for (name, body, wanted) in cases {
        assert_refused(name, check_message(&body, place), wanted);
    }
}

#[test]
fn length_counts_characters_without_outer_white_space() {
    assert_eq!(length_chars("  añ🎉\n"), 3);
}

#[test]
fn embeds_at_their_limits() {
    let sums = |extra: usize| {
        json!({"embeds": [
            {"description": text(4096)}, {"title": text(256), "description": text(1648 + extra)},
        ]})
    };
    accepted(
        Place::Channel,
        vec![
            ("title", embed(json!({"title": format!("  {}  ", text(256))}))),
            ("description", embed(json!({"description": text(4096)}))),
            ("fields", fields(25)),
            ("field", embed(json!({"fields": [field(256, 1024)]}))),
            ("footer", embed(json!({"footer": {"text": text(2048), "icon_url": "https://e.org/a.png"}}))),
            ("author", embed(json!({"author": {"name": text(256), "url": "https://e.org"}}))),
            ("embeds", json!({"embeds": vec![json!({"title": "t"}); 10]})),
            ("6000 over two", sums(0)),
            ("color", embed(json!({"title": "t", "color": 0xFF_FFFF}))),
            ("url", embed(json!({"title": "t", "url": url(2048)}))),
            ("timestamp", embed(json!({"title": "t", "timestamp": "2026-01-02T03:04:05Z"}))),
            ("image alone", embed(json!({"image": {"url": "http://e.org/a.png"}}))),
        ],
    );
    refused(
        Place::Channel,
        vec![
            ("title 257", embed(json!({"title": text(257)})), "embeds.0.title: BASE_TYPE_MAX_LENGTH"),
            (
                "description",
                embed(json!({"description": text(4097)})),
                "embeds.0.description: BASE_TYPE_MAX_LENGTH",
            ),
            ("26 fields", fields(26), "embeds.0.fields: BASE_TYPE_MAX_LENGTH"),
            (
                "name 257",
                embed(json!({"fields": [field(257, 1)]})),
                "embeds.0.fields.0.name: BASE_TYPE_MAX_LENGTH",
            ),
            (
                "value",
                embed(json!({"fields": [field(1, 1025)]})),
                "embeds.0.fields.0.value: BASE_TYPE_MAX_LENGTH",
            ),
            (
                "no value",
                embed(json!({"fields": [{"name": "n"}]})),
                "embeds.0.fields.0.value: BASE_TYPE_REQUIRED",
            ),
            (
                "name empty",
                embed(json!({"fields": [field(0, 1)]})),
                "embeds.0.fields.0.name: BASE_TYPE_REQUIRED",
            ),
            (
                "footer",
                embed(json!({"footer": {"text": text(2049)}})),
                "embeds.0.footer.text: BASE_TYPE_MAX_LENGTH",
            ),
            ("footer text", embed(json!({"footer": {}})), "embeds.0.footer.text: BASE_TYPE_REQUIRED"),
            (
                "author",
                embed(json!({"author": {"name": text(257)}})),
                "embeds.0.author.name: BASE_TYPE_MAX_LENGTH",
            ),
            ("author name", embed(json!({"author": {}})), "embeds.0.author.name: BASE_TYPE_REQUIRED"),
            ("image url", embed(json!({"image": {}})), "embeds.0.image.url: BASE_TYPE_REQUIRED"),
            ("thumbnail", embed(json!({"thumbnail": {}})), "embeds.0.thumbnail.url: BASE_TYPE_REQUIRED"),
            ("11 embeds", json!({"embeds": vec![json!({"title": "t"}); 11]}), "embeds: BASE_TYPE_MAX_LENGTH"),
            ("6001 over two", sums(1), "embeds: MAX_EMBED_SIZE_EXCEEDED"),
            (
                "6001 in one",
                embed(json!({"description": text(4096), "footer": {"text": text(1905)}})),
                "embeds: MAX_EMBED_SIZE_EXCEEDED",
            ),
            ("color", embed(json!({"title": "t", "color": 0x100_0000})), "embeds.0.color: NUMBER_TYPE_MAX"),
            (
                "url 2049",
                embed(json!({"title": "t", "url": url(2049)})),
                "embeds.0.url: BASE_TYPE_MAX_LENGTH",
            ),
            ("no url", embed(json!({"title": "t", "url": "here"})), "embeds.0.url: URL_TYPE_INVALID_URL"),
            ("timestamp", embed(json!({"timestamp": "now"})), "embeds.0.timestamp: DATE_TIME_TYPE_PARSE"),
            ("javascript:", embed(json!({"url": "javascript:a"})), "embeds.0.url: URL_TYPE_INVALID_SCHEME"),
            ("ftp:", embed(json!({"url": "ftp://e.org"})), "embeds.0.url: URL_TYPE_INVALID_SCHEME"),
            (
                "data:",
                embed(json!({"image": {"url": "data:,"}})),
                "embeds.0.image.url: URL_TYPE_INVALID_SCHEME",
            ),
            (
                "author.url attachment",
                embed(json!({"author": {"name": "n", "url": "attachment://a.png"}})),
                "embeds.0.author.url: URL_TYPE_INVALID_SCHEME",
            ),
            ("empty embed", embed(json!({})), "embeds.0.description: BASE_TYPE_REQUIRED"),
            (
                "attachment without file",
                embed(json!({"image": {"url": "attachment://a.png"}})),
                "embeds.0.image.url: SANDBOX_ATTACHMENT_UNKNOWN",
            ),
        ],
    );
}

fn said(key: &str, value: Value) -> Value {
    let mut message = json!({"content": "x"});
    message[key] = value;
    message
}

#[test]
fn messages_at_their_limits() {
    let ids = |count: usize| (0..count).map(|id| json!(id.to_string())).collect::<Value>();
    let mentions = |allowed: Value| said("allowed_mentions", allowed);
    accepted(
        Place::Channel,
        vec![
            ("content", json!({"content": format!(" {}\n", text(2000))})),
            ("nonce text", said("nonce", json!(ascii(25)))),
            ("nonce number", said("nonce", json!(u64::MAX))),
            ("stickers", json!({"sticker_ids": ["1", "2", "3"]})),
            ("mentions", mentions(json!({"parse": [], "users": ids(100), "roles": ids(100)}))),
            ("parse with empty list", mentions(json!({"parse": ["users"], "users": []}))),
            ("parse with null", mentions(json!({"parse": ["users"], "users": null}))),
            ("flags", said("flags", json!(1 << 12))),
            ("alt text", said("attachments", json!([{"id": 0, "description": text(1024)}]))),
        ],
    );
    accepted(Place::Interaction, vec![("ephemeral", said("flags", json!(64)))]);
    accepted(Place::Edit, vec![("nothing named", json!({})), ("emptied", json!({"content": null}))]);
    refused(
        Place::Channel,
        vec![
            ("content 2001", json!({"content": text(2001)}), "content: BASE_TYPE_MAX_LENGTH"),
            ("content number", json!({"content": 5}), "content: STRING_TYPE_CONVERT"),
            ("stickers", json!({"sticker_ids": ["1", "2", "3", "4"]}), "sticker_ids: BASE_TYPE_MAX_LENGTH"),
            ("nonce 26", said("nonce", json!(ascii(26))), "nonce: BASE_TYPE_MAX_LENGTH"),
            ("users", mentions(json!({"users": ids(101)})), "allowed_mentions.users: BASE_TYPE_MAX_LENGTH"),
            ("parse", mentions(json!({"parse": ["all"]})), "allowed_mentions.parse.0: BASE_TYPE_CHOICES"),
            (
                "parse and users",
                mentions(json!({"parse": ["users"], "users": ["1"]})),
                "allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
            ),
            (
                "attachments",
                said("attachments", json!(vec![json!({}); 11])),
                "attachments: BASE_TYPE_MAX_LENGTH",
            ),
            (
                "alt text",
                said("attachments", json!([{"description": text(1025)}])),
                "attachments.0.description: BASE_TYPE_MAX_LENGTH",
            ),
            ("ephemeral in a channel", said("flags", json!(64)), "flags: SANDBOX_FLAGS_INVALID"),
            ("components v2", said("flags", json!(1 << 15)), "flags: SANDBOX_UNSUPPORTED"),
            ("empty", json!({}), "50006"),
            ("white space", json!({"content": " \n "}), "50006"),
        ],
    );
    refused(
        Place::Interaction,
        vec![
            ("content 2001", json!({"content": text(2001)}), "content: BASE_TYPE_MAX_LENGTH"),
            ("11 embeds", json!({"embeds": vec![json!({"title": "t"}); 11]}), "embeds: BASE_TYPE_MAX_LENGTH"),
            ("empty", json!({}), "50006"),
            ("username", said("username", json!(text(81))), "username: BASE_TYPE_BAD_LENGTH"),
        ],
    );
    refused(
        Place::Edit,
        vec![
            ("content 2001", json!({"content": text(2001)}), "content: BASE_TYPE_MAX_LENGTH"),
            ("embed title", embed(json!({"title": text(257)})), "embeds.0.title: BASE_TYPE_MAX_LENGTH"),
            ("11 embeds", json!({"embeds": vec![json!({"title": "t"}); 11]}), "embeds: BASE_TYPE_MAX_LENGTH"),
        ],
    );
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
fn commands_that_are_refused() {
    let name = "0.name: APPLICATION_COMMAND_INVALID_NAME";
    let sub = json!({"type": 1, "name": "s", "description": "d"});
    let group = |inner: Value| json!({"type": 2, "name": "g", "description": "d", "options": [inner]});
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
