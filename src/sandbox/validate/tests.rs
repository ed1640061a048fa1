//! Every limit at its edge: the greatest that is accepted, and one more with code and path.

use serde_json::{Value, json};

use super::field::length_chars;
use super::message::{Place, check_message};
use crate::sandbox::api_error::ApiError;

mod commands;
mod components;
mod messages;
mod threads;

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
