//! Threads and posts of a forum.

use serde_json::{Value, json};

use super::{ascii, assert_refused, embed, text};
use crate::sandbox::validate::{check_post, check_thread};

fn post(key: &str, value: Value) -> Value {
    let mut post = json!({"name": "n", "message": {"content": "x"}});
    post[key] = value;
    post
}

fn thread(key: &str, value: Value) -> Value {
    let mut thread = json!({"name": "n"});
    thread[key] = value;
    thread
}

#[test]
fn threads_at_and_past_their_limits() {
    let accepted = [
        ("name", thread("name", json!(text(100)))),
        ("auto_archive", thread("auto_archive_duration", json!(10_080))),
        ("slow-mode", thread("rate_limit_per_user", json!(21_600))),
    ];
    for (name, body) in accepted {
        assert_eq!(check_thread(&body), Ok(()), "{name}");
    }
    let refused = [
        ("name 101", thread("name", json!(text(101))), "name: BASE_TYPE_BAD_LENGTH"),
        ("no name", json!({}), "name: BASE_TYPE_REQUIRED"),
        (
            "auto_archive 100",
            thread("auto_archive_duration", json!(100)),
            "auto_archive_duration: BASE_TYPE_CHOICES",
        ),
        (
            "slow-mode 21601",
            thread("rate_limit_per_user", json!(21_601)),
            "rate_limit_per_user: NUMBER_TYPE_MAX",
        ),
    ];
    for (name, body, wanted) in refused {
        assert_refused(name, check_thread(&body), wanted);
    }
}

#[test]
fn posts_at_and_past_their_limits() {
    let tags = |count: usize| (0..count).map(|id| json!(id.to_string())).collect::<Value>();
    let embeds = |count: usize| json!({"embeds": vec![json!({"title": "t"}); count]});
    let accepted = [
        ("name", post("name", json!(text(100)))),
        ("5 tags", post("applied_tags", tags(5))),
        ("content", post("message", json!({"content": ascii(2000)}))),
        ("10 embeds", post("message", embeds(10))),
    ];
    for (name, body) in accepted {
        assert_eq!(check_post(&body), Ok(()), "{name}");
    }
    let refused = [
        ("name 101", post("name", json!(text(101))), "name: BASE_TYPE_BAD_LENGTH"),
        ("6 tags", post("applied_tags", tags(6)), "applied_tags: BASE_TYPE_MAX_LENGTH"),
        ("no message", json!({"name": "n"}), "message: BASE_TYPE_REQUIRED"),
        ("empty message", post("message", json!({})), "50006"),
        (
            "content 4001",
            post("message", json!({"content": ascii(4001)})),
            "message.content: BASE_TYPE_MAX_LENGTH",
        ),
        (
            "embed title 257",
            post("message", embed(json!({"title": text(257)}))),
            "message.embeds.0.title: BASE_TYPE_MAX_LENGTH",
        ),
        ("11 embeds", post("message", embeds(11)), "message.embeds: BASE_TYPE_MAX_LENGTH"),
    ];
    for (name, body, wanted) in refused {
        assert_refused(name, check_post(&body), wanted);
    }
}
