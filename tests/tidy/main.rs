//! The rules of the house that no lint holds: which module may import which, how long a function may be, no file without a
//! declaration, no circles between files. `ARCHITECTURE.md` gives the reasons.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use source::{ALL, SOURCES, code_lines, relative, rust_files};

mod circles;
mod modules;
mod source;

const FUNCTION_LINES_MAX: usize = 70;

/// A module (a path below `src`, or a crate; what stands below it is meant too) and the words its code may not have.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("crates/article-format", PURE),
    ("crates/web-feed", PURE),
    ("card", PURE),
    ("query", PURE),
    ("card", &["crate::collection", "crate::query", "crate::config"]),
    ("collection", &["serenity", "tokio", "crate::query", "crate::config", "std::env", "sqlx"]),
    ("query", &["crate::card", "crate::config"]),
    (
        "check",
        &["serenity", "tokio", "crate::config", "crate::card", "crate::query", "crate::discord", "std::env"],
    ),
    ("feed", PURE),
    ("messages", PURE),
    ("notices", PURE),
    ("delivery/plan", PURE),
    ("delivery/retry", PURE),
    ("delivery/identity", PURE),
    ("delivery/reason", PURE),
    ("delivery/record", PURE),
    ("delivery/channel_state", PURE),
    ("delivery/snapshot", PURE),
    ("delivery/compose", PURE),
    ("delivery/wait", PURE),
    (
        "delivery",
        &["serenity", "crate::discord", "crate::config", "discord_sandbox", "crate::app", "std::env"],
    ),
    ("reload", &["serenity", "crate::discord", "crate::config", "std::env", "std::fs"]),
    ("config", &["serenity"]),
    ("ops", &["crate::discord", "crate::collection", "std::env"]),
    ("app", &["serenity", "std::env"]),
    ("cli", &["serenity", "std::env"]),
    ("main", &["serenity", "std::env"]),
    ("discord", &["std::env", "std::fs", "sqlx", "discord_sandbox", "crate::app"]),
];

/// No clock, file, environment, async, database or Discord library. A length of time is no clock.
const PURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "Instant",
    "SystemTime",
    "Timestamp::now",
    "tokio",
    "async ",
    "serenity",
    "sqlx",
    "reqwest",
    "crate::discord",
    "discord_sandbox",
    "crate::ops",
    "crate::app",
];

/// Modules whose texts for people all come from `locales`.
const WITHOUT_WORDS: &[&str] = &[
    "app/notes",
    "card",
    "delivery/compose",
    "delivery/worker/steps",
    "delivery/worker/test_post",
    "discord",
    "query",
];

/// Files of these modules with other words: for the log, for the person who runs the bot, and names.
const WITH_OTHER_WORDS: &[&str] = &[
    "src/discord/close_codes.rs",
    "src/discord/commands/feed/offer.rs",
    "src/discord/commands/more_like_this.rs",
    "src/discord/connect.rs",
    "src/discord/failure.rs",
    "src/discord/register.rs",
    "src/discord/run.rs",
    "src/discord/sender.rs",
    "src/discord/sender/client.rs",
    "src/discord/sender/response.rs",
    "src/discord/sender/requests.rs",
];

fn is_of_tests(file: &str) -> bool {
    file.ends_with("/tests.rs") || file.contains("/tests/")
}

/// Whether a file is a module (a path below `src`, or a crate), or stands below the module.
fn is_in_module(file: &str, module: &str) -> bool {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    path.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[test]
fn modules_import_only_what_they_may() {
    let mut faults = Vec::new();
    let mut guarded = BTreeSet::new();
    for path in SOURCES.into_iter().flat_map(rust_files) {
        let name = relative(&path);
        if is_of_tests(&name) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for (guard, words) in FORBIDDEN.iter().filter(|(guard, _)| is_in_module(&name, guard)) {
            guarded.insert((*guard).to_owned());
            for (number, line) in code_lines(&text) {
                for word in words.iter().filter(|word| line.contains(**word)) {
                    faults.push(format!("{name}:{number}: `{guard}` may not have `{word}`"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let known: BTreeSet<String> = FORBIDDEN.iter().map(|(guard, _)| (*guard).to_owned()).collect();
    assert_eq!(guarded, known, "a rule guards a module that is not there");
}

#[test]
fn only_the_ledger_names_the_database() {
    let mut named = BTreeSet::new();
    for path in rust_files("src") {
        let text = fs::read_to_string(&path).unwrap();
        if code_lines(&text).iter().any(|(_, line)| line.contains("sqlx")) {
            named.insert(relative(&path));
        }
    }
    let others: Vec<&String> =
        named.iter().filter(|name| !name.starts_with("src/delivery/ledger/")).collect();
    assert!(!named.is_empty() && others.is_empty(), "{others:?}");
}

/// The literals of a piece of code that may be words for people: not those of `say!`, of the log and of attributes, not an
/// address or a name such as `problems1`, and not what is left of Discord's markup and of formats without letters.
fn words_for_people(code: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let before = |back: usize| index.checked_sub(back).map(|at| tokens[at].to_string());
        match token {
            TokenTree::Group(group) => {
                let is_text = before(1).as_deref() == Some("!")
                    && matches!(before(2).as_deref(), Some("say" | "error" | "warn" | "info" | "debug"));
                let is_of_code = matches!(before(1).as_deref(), Some("#" | "debug_struct"));
                if !is_text && !is_of_code {
                    found.extend(words_for_people(group.stream()));
                }
            }
            TokenTree::Literal(literal) if literal.to_string().ends_with('"') => {
                let text = literal.to_string();
                let unquoted = text.trim_matches('"');
                let is_address = !unquoted.contains(char::is_whitespace)
                    && (unquoted.contains([':', '/', '%']) || unquoted.starts_with('.'));
                let is_name = is_address
                    || unquoted.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
                let mut is_left_out = false;
                let has_letters = text.replace("<t:{}:R>", "").replace("\\n", "").chars().any(|letter| {
                    is_left_out = if is_left_out { letter != '}' } else { letter == '{' };
                    !is_left_out && letter.is_alphabetic()
                });
                if has_letters && !is_name {
                    found.push(text);
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn words_for_people_stand_in_the_files_of_texts() {
    let source = r#"#[doc = "No text"] f(say!(words, "a-key", b = 1), tracing::warn!("No answer."), "status", "hash64:", "• {name}\n", "{count} feeds", "Gone.")"#;
    assert_eq!(words_for_people(source.parse().unwrap()), [r#""{count} feeds""#, r#""Gone.""#]);
    let (mut faults, mut with_other_words) = (Vec::new(), BTreeSet::new());
    for path in rust_files("src") {
        let name = relative(&path);
        if is_of_tests(&name) || !WITHOUT_WORDS.iter().any(|module| is_in_module(&name, module)) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code: Vec<&str> = code_lines(&text).into_iter().map(|(_, line)| line).collect();
        let found =
            words_for_people(code.join("\n").replace("env!(\"CARGO_PKG_VERSION\")", "0").parse().unwrap());
        if WITH_OTHER_WORDS.contains(&&*name) {
            with_other_words.extend((!found.is_empty()).then_some(name));
        } else {
            faults.extend(found.iter().map(|text| format!("{name}: {text} belongs into locales")));
        }
    }
    let listed = WITH_OTHER_WORDS.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(with_other_words, listed, "a file that has no other words");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn functions_have_at_most_seventy_lines() {
    let mut faults = Vec::new();
    for path in ALL.into_iter().flat_map(rust_files) {
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            let is_function = [
                "fn ",
                "pub fn ",
                "pub(crate) fn ",
                "pub(super) fn ",
                "async fn ",
                "pub async fn ",
                "pub(super) async fn ",
                "pub(crate) async fn ",
                "pub const fn ",
                "const fn ",
            ]
            .iter()
            .any(|begin| code.starts_with(begin));
            if !is_function {
                continue;
            }
            // rustfmt closes a function at the indentation at which it began.
            let closing = format!("{}}}", &line[..line.len() - code.len()]);
            let length = lines[start..].iter().position(|line| *line == closing).map_or(1, |end| end + 1);
            let opens_here = lines[start..start + length].iter().any(|line| line.trim_end().ends_with('{'));
            if opens_here && length > FUNCTION_LINES_MAX {
                faults.push(format!("{}:{}: {length} lines", relative(&path), start + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_file_is_dead() {
    let mut faults = Vec::new();
    for path in SOURCES.into_iter().flat_map(rust_files) {
        let name = relative(&path);
        if name.ends_with("src/lib.rs") || name.ends_with("src/main.rs") {
            continue;
        }
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let folder = path.parent().unwrap();
        let parent =
            if folder.ends_with("src") { folder.join("lib.rs") } else { folder.with_extension("rs") };
        let declares = fs::read_to_string(&parent).unwrap_or_default();
        let is_declared = declares.lines().any(|line| line.trim().ends_with(&format!("mod {stem};")));
        if !is_declared {
            faults.push(format!("{name}: no `mod {stem};` in {}", relative(&parent)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Only such a sandbox records what the bot asks of Discord, for `.ci/run` to check.
#[test]
fn tests_of_the_bot_start_their_sandbox_in_the_harness() {
    for path in rust_files("tests/all").into_iter().filter(|path| !path.ends_with("harness.rs")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("Sandbox::start"), "{}: use sandbox_with", relative(&path));
    }
}

#[test]
fn no_drawer_is_named_after_nothing() {
    for path in ALL.into_iter().flat_map(rust_files) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        assert!(!["util", "utils", "misc", "helpers", "common"].contains(&stem), "{}", relative(&path));
    }
}

#[test]
fn the_example_settings_are_those_of_the_config() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".env.example");
    let example = fs::read_to_string(path).unwrap();
    let listed: Vec<(String, Option<String>)> = example
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .filter(|(name, _)| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
        .map(|(name, value)| (name.to_owned(), Some(value.to_owned()).filter(|value| !value.is_empty())))
        .collect();
    let known: Vec<(String, Option<String>)> = heatwire::config::SETTINGS
        .iter()
        .map(|(name, default)| ((*name).to_owned(), default.map(str::to_owned)))
        .collect();
    assert_eq!(listed, known);
}
