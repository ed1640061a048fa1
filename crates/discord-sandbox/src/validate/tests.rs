//! All limits of bodies in one table. A row has the last accepted body, the first refused body, and Discord's code with
//! the path of the field.
//!
//! The table covers embeds, messages, components, forms, commands, answers and threads. Other limits have tests
//! elsewhere: deadlines in `person/tests.rs`, rates in `tests/faults.rs`, the gateway's limits in `gateway/tests.rs`,
//! new commands in a day in `tests/commands.rs`, sizes of requests in `tests.rs`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::callback::check_callback;
use super::field::length_chars;
use super::message::{MessagePlace, check_message};
use super::{check_command_list, check_post, check_thread};
use crate::api_error::ApiError;

mod answers;
mod command_options;
mod commands;
mod components;
mod embeds;
mod layout;
mod messages;
mod modals;
mod selects;
mod threads;

/// The variable with the path of a list: bodies that Discord's machine-readable description judges wrongly. The list is
/// optional, except in CI.
const LIST: &str = "HEATWIRE_DISCORD_LIMITS";

/// The use of a body.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// A message in a channel.
    Message,
    /// A follow-up of an interaction.
    FollowUp,
    /// A change of a message.
    Edit,
    /// A bulk overwrite of commands.
    Commands,
    /// The first answer to an interaction. Choices are for an option of type string.
    Callback,
    /// A thread.
    Thread,
    /// A forum post.
    Post,
}

impl Form {
    fn check(self, body: &Value) -> Result<(), ApiError> {
        match self {
            Self::Message => check_message(body, MessagePlace::Channel),
            Self::FollowUp => check_message(body, MessagePlace::Interaction),
            Self::Edit => check_message(body, MessagePlace::Edit { is_v2: false }),
            Self::Commands => check_command_list(body),
            Self::Callback => check_callback(body, 3, false).map(|_| ()),
            Self::Thread => check_thread(body),
            Self::Post => check_post(body),
        }
    }
}

/// One row of the table.
struct Limit {
    name: &'static str,
    form: Form,
    at: Value,
    past: Value,
    /// `path: CODE`, or the JSON code of an error without paths.
    refusal: String,
    /// The checksums of the rows of the list that this row covers.
    covers: &'static [u32],
}

fn limit(name: &'static str, form: Form, at: Value, past: Value, refusal: &str) -> Limit {
    Limit { name, form, at, past, refusal: refusal.to_owned(), covers: &[] }
}

impl Limit {
    fn covers(self, covers: &'static [u32]) -> Self {
        Self { covers, ..self }
    }
}

fn table() -> Vec<Limit> {
    let parts = [
        embeds::limits(),
        messages::limits(),
        components::limits(),
        selects::limits(),
        layout::limits(),
        commands::limits(),
        command_options::limits(),
        answers::limits(),
        modals::limits(),
        threads::limits(),
    ];
    parts.into_iter().flatten().collect()
}

fn text(length: usize) -> String {
    "é".repeat(length)
}

fn ascii(length: usize) -> String {
    "a".repeat(length)
}

fn url(length: usize) -> String {
    format!("https://e.org/{}", ascii(length - "https://e.org/".len()))
}

/// The body with this value of a key.
fn with(mut body: Value, key: &str, value: Value) -> Value {
    body[key] = value;
    body
}

fn embed(part: Value) -> Value {
    json!({"embeds": [part]})
}

fn embeds(count: usize) -> Value {
    json!({"embeds": vec![json!({"title": "t"}); count]})
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

#[test]
fn each_limit_accepts_its_last_body_and_refuses_the_next() {
    for Limit { name, form, at, past, refusal, .. } in table() {
        assert_eq!(form.check(&at), Ok(()), "{name}");
        assert_refused(name, form.check(&past), &refusal);
    }
}

#[test]
fn the_names_of_limits_are_unique() {
    let mut names = BTreeSet::new();
    for Limit { name, .. } in table() {
        assert!(names.insert(name), "{name} is twice in the table");
    }
}

/// The rows of the list with bodies, valid and invalid ones. The rest of the list is about other schemas and about
/// libraries.
fn rows_of(list: &str) -> Vec<&str> {
    let bodies = list.lines().take_while(|line| !line.starts_with("== the same bodies"));
    let bodies = bodies.filter(|line| line.starts_with("ok  ") || line.starts_with("   "));
    bodies.map(|line| line.trim_start_matches("ok  ").split('[').next().unwrap_or_default().trim()).collect()
}

#[test]
fn every_row_of_the_list_is_covered_by_the_table() {
    let Some(path) = std::env::var_os(LIST) else {
        let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
        assert!(!is_ci, "{LIST} has to be set in CI");
        return;
    };
    let list = std::fs::read_to_string(path).expect("the list");
    let rows = rows_of(&list);
    assert!(rows.len() > 100, "the list has too few rows");
    let covered: BTreeSet<u32> = table().iter().flat_map(|limit| limit.covers).copied().collect();
    let missing = rows.iter().filter_map(|row| {
        let mut checksum = flate2::Crc::new();
        checksum.update(row.as_bytes());
        (!covered.contains(&checksum.sum())).then(|| format!("0x{:08x} {row}", checksum.sum()))
    });
    let missing: Vec<_> = missing.collect();
    assert!(missing.is_empty(), "not in the table:\n{}", missing.join("\n"));
}

#[test]
fn the_length_counts_characters_without_white_space_at_the_ends() {
    assert_eq!(length_chars("  añ🎉\n"), 3);
}
