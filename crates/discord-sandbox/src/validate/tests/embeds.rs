//! Embeds.

use serde_json::{Value, json};

use super::{Form, Limit, embed, embeds, limit, text, url, with};

fn field(name: usize, value: usize) -> Value {
    json!({"name": text(name), "value": text(value)})
}

fn fields(count: usize) -> Value {
    embed(json!({"fields": vec![field(1, 1); count]}))
}

/// An embed with a title and this key.
fn titled(key: &str, value: Value) -> Value {
    embed(with(json!({"title": "t"}), key, value))
}

/// Two embeds of 6000 characters together, and `extra`.
fn sums(extra: usize) -> Value {
    json!({"embeds": [
        {"description": text(4096)}, {"title": text(256), "description": text(1648 + extra)},
    ]})
}

/// A limit of the one embed of a message.
fn of(name: &'static str, at: Value, past: Value, refusal: &str) -> Limit {
    limit(name, Form::Message, embed(at), embed(past), &format!("embeds.0.{refusal}"))
}

pub(super) fn limits() -> Vec<Limit> {
    let mut all = sizes();
    all.extend(needs());
    all.extend(addresses());
    all
}

fn sizes() -> Vec<Limit> {
    let full =
        |title: usize, description: usize| json!({"title": text(title), "description": text(description)});
    let footer = |length: usize| json!({"footer": {"text": text(length), "icon_url": "https://e.org/a.png"}});
    let author = |length: usize| json!({"author": {"name": text(length), "url": "https://e.org"}});
    let past_one = embed(json!({"description": text(4096), "footer": {"text": text(1905)}}));
    let at_one = embed(json!({"description": text(4096), "footer": {"text": text(1904)}}));
    vec![
        of(
            "embed title",
            json!({"title": format!("  {}  ", text(256))}),
            full(257, 1),
            "title: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x707d_e0b7, 0x9215_86c3]),
        of("embed description", full(1, 4096), full(1, 4097), "description: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x5303_a93a]),
        limit("embed fields", Form::Message, fields(25), fields(26), "embeds.0.fields: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x58db_526a]),
        of(
            "field name",
            json!({"fields": [field(256, 1)]}),
            json!({"fields": [field(257, 1)]}),
            "fields.0.name: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x9e15_cac6]),
        of(
            "field value",
            json!({"fields": [field(1, 1024)]}),
            json!({"fields": [field(1, 1025)]}),
            "fields.0.value: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0x4c9e_c47d]),
        of("embed footer", footer(2048), footer(2049), "footer.text: BASE_TYPE_MAX_LENGTH")
            .covers(&[0xff82_c913]),
        of("embed author", author(256), author(257), "author.name: BASE_TYPE_MAX_LENGTH")
            .covers(&[0x82ce_118d]),
        limit("embeds of a message", Form::Message, embeds(10), embeds(11), "embeds: BASE_TYPE_MAX_LENGTH")
            .covers(&[0xf7d7_d72c]),
        limit("characters of one embed", Form::Message, at_one, past_one, "embeds: MAX_EMBED_SIZE_EXCEEDED")
            .covers(&[0x5bdb_16e8]),
        limit(
            "characters over all embeds",
            Form::Message,
            sums(0),
            sums(1),
            "embeds: MAX_EMBED_SIZE_EXCEEDED",
        )
        .covers(&[0x70cf_8162]),
        limit(
            "embed color",
            Form::Message,
            titled("color", json!(0xFF_FFFF)),
            titled("color", json!(0x100_0000)),
            "embeds.0.color: NUMBER_TYPE_MAX",
        )
        .covers(&[0x197e_2f85]),
        limit(
            "embed url length",
            Form::Message,
            titled("url", json!(url(2048))),
            titled("url", json!(url(2049))),
            "embeds.0.url: BASE_TYPE_MAX_LENGTH",
        )
        .covers(&[0xb4bc_2bd3]),
    ]
}

fn needs() -> Vec<Limit> {
    let picture = || json!({"url": "http://e.org/a.png"});
    vec![
        of(
            "field value is there",
            json!({"fields": [field(1, 1)]}),
            json!({"fields": [{"name": "n"}]}),
            "fields.0.value: BASE_TYPE_REQUIRED",
        )
        .covers(&[0x5cfa_6ddc]),
        of(
            "field name is not empty",
            json!({"fields": [field(1, 1)]}),
            json!({"fields": [field(0, 1)]}),
            "fields.0.name: BASE_TYPE_REQUIRED",
        )
        .covers(&[0x341d_0d35]),
        of(
            "footer text is there",
            json!({"footer": {"text": "f"}}),
            json!({"footer": {}}),
            "footer.text: BASE_TYPE_REQUIRED",
        )
        .covers(&[0xfb09_65e1]),
        of(
            "author name is there",
            json!({"author": {"name": "a"}}),
            json!({"author": {}}),
            "author.name: BASE_TYPE_REQUIRED",
        )
        .covers(&[0x6c68_b3db]),
        of(
            "image url is there",
            json!({"image": picture()}),
            json!({"image": {}}),
            "image.url: BASE_TYPE_REQUIRED",
        )
        .covers(&[0x62b4_f66e]),
        of(
            "thumbnail url is there",
            json!({"thumbnail": picture()}),
            json!({"thumbnail": {}}),
            "thumbnail.url: BASE_TYPE_REQUIRED",
        ),
        of(
            "embed shows something",
            json!({"description": "d"}),
            json!({}),
            "description: BASE_TYPE_REQUIRED",
        )
        .covers(&[0xe8a8_8637]),
        of(
            "timestamp is a time",
            json!({"title": "t", "timestamp": "2026-01-02T03:04:05Z"}),
            json!({"title": "t", "timestamp": "now"}),
            "timestamp: DATE_TIME_TYPE_PARSE",
        )
        .covers(&[0xb05b_f8c6]),
    ]
}

fn addresses() -> Vec<Limit> {
    let by = |author: &str| json!({"author": {"name": "n", "url": author}});
    let shows = |picture: &str| json!({"image": {"url": picture}});
    let attached = |name: &str| {
        with(
            embed(shows("attachment://a.png")),
            "attachments",
            json!([{"id": 0, "filename": name, "size": 1}]),
        )
    };
    let titled = |address: &str| titled("url", json!(address));
    let at = "https://e.org";
    vec![
        limit(
            "embed url is an address",
            Form::Message,
            titled(at),
            titled("here"),
            "embeds.0.url: URL_TYPE_INVALID_URL",
        )
        .covers(&[0xa361_2b73]),
        limit(
            "embed url runs nothing",
            Form::Message,
            titled(at),
            titled("javascript:a"),
            "embeds.0.url: URL_TYPE_INVALID_SCHEME",
        )
        .covers(&[0x5870_0dd0]),
        limit(
            "embed url is of the web",
            Form::Message,
            titled("http://e.org"),
            titled("ftp://e.org"),
            "embeds.0.url: URL_TYPE_INVALID_SCHEME",
        )
        .covers(&[0x3867_cc5d]),
        of(
            "image url holds no data",
            shows("https://e.org/a.png"),
            shows("data:,"),
            "image.url: URL_TYPE_INVALID_SCHEME",
        )
        .covers(&[0x9727_2041]),
        of(
            "author url is of the web",
            by(at),
            by("attachment://a.png"),
            "author.url: URL_TYPE_INVALID_SCHEME",
        )
        .covers(&[0xc99c_ff9b]),
        limit(
            "attached image comes along",
            Form::Message,
            attached("a.png"),
            attached("b.png"),
            "embeds.0.image.url: SANDBOX_ATTACHMENT_UNKNOWN",
        )
        .covers(&[0x9245_9e9e]),
    ]
}
