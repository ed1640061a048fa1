//! Messages, follow-ups and edits.

use serde_json::{Value, json};

use super::{Form, Limit, ascii, embed, embeds, limit, text, with};

fn said(key: &str, value: Value) -> Value {
    with(json!({"content": "x"}), key, value)
}

fn ids(count: usize) -> Value {
    (0..count).map(|id| json!(id.to_string())).collect()
}

fn mentions(allowed: Value) -> Value {
    said("allowed_mentions", allowed)
}

fn content(length: usize) -> Value {
    json!({"content": text(length)})
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = new();
    all.extend(lists());
    all.extend(elsewhere());
    all
}

fn new() -> Vec<Limit> {
    let long = json!({"content": format!(" {}\n", text(2000))});
    let number = said("nonce", json!(u64::MAX));
    vec![
        limit("content", Form::Message, long, content(2001), "content: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x217f_9329]),
        limit(
            "content of Discord's subscribers",
            Form::Message,
            content(2000),
            content(4001),
            "content: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x0414_ccf5]),
        limit(
            "content is a text",
            Form::Message,
            content(1),
            json!({"content": 5}),
            "content: STRING_TYPE_CONVERT",
        ),
        limit("message shows something", Form::Message, content(1), json!({}), "50006")
            .covers(&[0xab8a_282d]),
        limit(
            "content is more than white space",
            Form::Message,
            content(1),
            json!({"content": " \n "}),
            "50006",
        )
        .covers(&[0x880c_cfd3]),
        limit(
            "nonce text",
            Form::Message,
            said("nonce", json!(ascii(25))),
            said("nonce", json!(ascii(26))),
            "nonce: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x26af_5109]),
        limit(
            "nonce is text or whole number",
            Form::Message,
            number,
            said("nonce", json!(1.5)),
            "nonce: STRING_TYPE_CONVERT",
        ),
        limit(
            "flags of a channel's message",
            Form::Message,
            said("flags", json!(1 << 12)),
            said("flags", json!(64)),
            "flags: SANDBOX_FLAGS_INVALID",
        )
        .covers(&[0xaf5d_1d5f]),
    ]
}

fn lists() -> Vec<Limit> {
    let stickers = |count: usize| json!({"sticker_ids": ids(count)});
    let files = |count: usize| said("attachments", json!(vec![json!({}); count]));
    let described = |length: usize| said("attachments", json!([{"id": 0, "description": text(length)}]));
    let conflict = "allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
    vec![
        limit("stickers", Form::Message, stickers(3), stickers(4), "sticker_ids: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x3044_cdf5]),
        limit("files", Form::Message, files(10), files(11), "attachments: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x9ba3_0e13]),
        limit(
            "alt text",
            Form::Message,
            described(1024),
            described(1025),
            "attachments.0.description: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x1299_8b22]),
        limit(
            "pinged users",
            Form::Message,
            mentions(json!({"users": ids(100)})),
            mentions(json!({"users": ids(101)})),
            "allowed_mentions.users: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x0502_f1a4]),
        limit(
            "pinged roles",
            Form::Message,
            mentions(json!({"roles": ids(100)})),
            mentions(json!({"roles": ids(101)})),
            "allowed_mentions.roles: BASE_TYPE_MAX_LENGTH",
        ),
        limit(
            "kinds of pings",
            Form::Message,
            mentions(json!({"parse": ["users", "roles", "everyone"]})),
            mentions(json!({"parse": ["all"]})),
            "allowed_mentions.parse.0: BASE_TYPE_CHOICES",
        )
        .covers(&[0x3230_8a1d]),
        limit(
            "all users beside some users",
            Form::Message,
            mentions(json!({"parse": ["users"], "users": []})),
            mentions(json!({"parse": ["users"], "users": ["1"]})),
            conflict,
        )
        .covers(&[0x374a_b574]),
        limit(
            "all roles beside some roles",
            Form::Message,
            mentions(json!({"parse": ["roles"], "roles": null})),
            mentions(json!({"parse": ["roles"], "roles": ["1"]})),
            conflict,
        ),
    ]
}

fn elsewhere() -> Vec<Limit> {
    let title = |length: usize| embed(json!({"title": text(length)}));
    vec![
        limit(
            "follow-up content",
            Form::FollowUp,
            said("flags", json!(64)),
            content(2001),
            "content: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x0901_4e50, 0x0d9f_604d]),
        limit("follow-up embeds", Form::FollowUp, embeds(10), embeds(11), "embeds: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x92ff_d68a]),
        limit("follow-up shows something", Form::FollowUp, content(2000), json!({}), "50006")
            .covers(&[0x1d1c_320d]),
        limit(
            "follow-up username",
            Form::FollowUp,
            said("username", json!(text(80))),
            said("username", json!(text(81))),
            "username: BASE_TYPE_BAD_LENGTH",
        )
        .covers(&[0x2ee1_157e]),
        limit("edited content", Form::Edit, content(2000), content(2001), "content: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x13a2_2144, 0x3b82_3864, 0x6bf5_678a]),
        limit(
            "edited embed title",
            Form::Edit,
            title(256),
            title(257),
            "embeds.0.title: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x8d3b_7cd4, 0x3496_2b37]),
        limit("edited embeds", Form::Edit, embeds(10), embeds(11), "embeds: BASE_TYPE_MAX_LENGTH")
            .covers(&[0xedcb_49da]),
        limit(
            "flags of an edit",
            Form::Edit,
            json!({"flags": 4}),
            json!({"flags": 1 << 12}),
            "flags: SANDBOX_FLAGS_INVALID",
        ),
        limit(
            "an edit may name nothing",
            Form::Edit,
            json!({}),
            json!({"content": 5}),
            "content: STRING_TYPE_CONVERT",
        ),
    ]
}
