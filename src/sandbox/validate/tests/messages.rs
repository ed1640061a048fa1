//! Embeds and messages.

use serde_json::{Value, json};

use super::{accepted, ascii, embed, refused, text, url};
use crate::sandbox::validate::message::Place;

fn field(name: usize, value: usize) -> Value {
    json!({"name": text(name), "value": text(value)})
}

fn fields(count: usize) -> Value {
    embed(json!({"fields": vec![field(1, 1); count]}))
}

/// Two embeds of 6000 characters together, and `extra`.
fn sums(extra: usize) -> Value {
    json!({"embeds": [
        {"description": text(4096)}, {"title": text(256), "description": text(1648 + extra)},
    ]})
}

#[test]
fn embeds_at_their_limits() {
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
}

#[test]
fn embeds_past_their_limits() {
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
        ],
    );
}

#[test]
fn embeds_with_bad_addresses() {
    refused(
        Place::Channel,
        vec![
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
