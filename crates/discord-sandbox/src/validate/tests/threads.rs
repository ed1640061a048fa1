//! Threads and forum posts.

use serde_json::{Value, json};

use super::{Form, Limit, ascii, embed, embeds, limit, text, with};

fn post(key: &str, value: Value) -> Value {
    with(json!({"name": "n", "message": {"content": "x"}}), key, value)
}

fn thread(key: &str, value: Value) -> Value {
    with(json!({"name": "n"}), key, value)
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = threads();
    all.extend(posts());
    all
}

fn threads() -> Vec<Limit> {
    let of = |name, at, past, refusal| limit(name, Form::Thread, at, past, refusal);
    let named = |length: usize| thread("name", json!(text(length)));
    let slow = |seconds: u32| thread("rate_limit_per_user", json!(seconds));
    let archived = |minutes: u32| thread("auto_archive_duration", json!(minutes));
    vec![
        of("thread name", named(100), named(101), "name: BASE_TYPE_BAD_LENGTH")
            .covers(&[0x8724_f4c0, 0x9942_b12b]),
        of("thread name is there", named(1), json!({}), "name: BASE_TYPE_REQUIRED"),
        of(
            "thread archives itself",
            archived(10_080),
            archived(100),
            "auto_archive_duration: BASE_TYPE_CHOICES",
        )
        .covers(&[0x70bd_4c49]),
        of("slow mode", slow(21_600), slow(21_601), "rate_limit_per_user: NUMBER_TYPE_MAX")
            .covers(&[0x981b_fc14]),
    ]
}

fn posts() -> Vec<Limit> {
    let of = |name, at, past, refusal| limit(name, Form::Post, at, past, refusal);
    let tagged = |count: usize| post("applied_tags", (0..count).map(|id| json!(id.to_string())).collect());
    let named = |length: usize| post("name", json!(text(length)));
    let said = |length: usize| post("message", json!({"content": ascii(length)}));
    let titled = |length: usize| post("message", embed(json!({"title": text(length)})));
    let flagged = |flags: i64| post("message", json!({"content": "x", "flags": flags}));
    vec![
        of("post name", named(100), named(101), "name: BASE_TYPE_BAD_LENGTH")
            .covers(&[0x9bde_2464, 0x905f_3502]),
        of("post tags", tagged(5), tagged(6), "applied_tags: BASE_TYPE_MAX_LENGTH").covers(&[0x1025_f081]),
        of("post has a message", said(1), json!({"name": "n"}), "message: BASE_TYPE_REQUIRED")
            .covers(&[0xe336_47ea]),
        of("post shows something", said(1), post("message", json!({})), "50006"),
        of("post content", said(2000), said(2001), "message.content: BASE_TYPE_MAX_LENGTH"),
        of(
            "post content of Discord's subscribers",
            said(2000),
            said(4001),
            "message.content: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x5087_3ada]),
        of("post embed title", titled(256), titled(257), "message.embeds.0.title: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x8ae4_038f]),
        of(
            "post embeds",
            post("message", embeds(10)),
            post("message", embeds(11)),
            "message.embeds: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0xfce1_e134]),
        of("flags of a post", flagged(1 << 12), flagged(1 << 15), "message.flags: SANDBOX_FLAGS_INVALID"),
    ]
}
