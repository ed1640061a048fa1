//! The REST interface as a bot uses it outside interactions.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{Sandbox, SandboxError, SandboxOptions};
use raw_bot::{AGENT, RawBot, sandbox_with_clock};

mod commands;
mod elsewhere;
mod faults;
mod installs;
mod layout;
mod modals;
mod places;
pub(super) mod raw_bot;

#[tokio::test]
async fn a_bot_reads_its_user_and_its_guild() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let bot = RawBot::connect(&sandbox).await;
    let guild = format!("/guilds/{}", sandbox.guild_id());
    let channel = format!("/channels/{}", sandbox.channel_id("news").expect("a channel"));
    let cases = [
        ("/gateway".to_owned(), "url", json!(format!("ws://{}/gateway", sandbox.address()))),
        ("/gateway/bot".to_owned(), "shards", json!(1)),
        ("/users/@me".to_owned(), "username", json!("heatwire")),
        ("/oauth2/applications/@me".to_owned(), "id", json!(sandbox.application_id().to_string())),
        ("/applications/@me".to_owned(), "name", json!("heatwire")),
        (guild.clone(), "name", json!("Everyday")),
        (channel, "name", json!("news")),
    ];
    for (path, key, value) in cases {
        let (status, body) = bot.rest(Method::GET, &path, Value::Null).await;
        assert_eq!((status, &body[key]), (200, &value), "{path}");
    }
    let (_, channels) = bot.rest(Method::GET, &format!("{guild}/channels"), Value::Null).await;
    assert_eq!(channels.as_array().map(Vec::len), Some(4));
    let unknown = (404, json!({"message": "404: Not Found", "code": 0}));
    assert_eq!(bot.rest(Method::GET, "/nothing/here", Value::Null).await, unknown);
    let last = sandbox.requests().pop().expect("a record");
    assert_eq!((&*last.path, last.status, last.error_code), ("/api/v10/nothing/here", 404, Some(0)));
}

#[tokio::test]
async fn a_wrong_token_and_a_wrong_body_are_refused() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let client = reqwest::Client::builder().no_proxy().user_agent(AGENT).build().expect("a client");
    let channel = sandbox.channel_id("news").expect("a channel");
    let url = format!("{}/api/v10/channels/{channel}/messages", sandbox.api_url());
    let token = format!("Bot {}", sandbox.token());
    let cases = [
        ("Bot wrong", "application/json", "{}", 401, 0),
        (&*token, "text/plain", "{}", 400, 50035),
        (&*token, "application/json", "{", 400, 50109),
        (&*token, "application/json", "{}", 400, 50006),
    ];
    for (token, kind, body, status, code) in cases {
        let request = client.post(&url).header("authorization", token).header("content-type", kind);
        let response = request.body(body).send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), status, "{kind} {body}");
        assert_eq!(response.headers()["x-ratelimit-limit"], "5");
        let bytes = response.bytes().await.expect("a body");
        let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(answer["code"], code);
    }
}

#[tokio::test]
async fn messages_are_posted_once_by_nonce_edited_read_and_deleted() {
    let (sandbox, clock) = sandbox_with_clock().await;
    let bot = RawBot::connect(&sandbox).await;
    let path = format!("/channels/{}/messages", sandbox.channel_id("news").expect("a channel"));
    let body = |text: &str| json!({"content": text, "nonce": "n1", "enforce_nonce": true});
    let (_, first) = bot.rest(Method::POST, &path, body("one")).await;
    let (_, again) = bot.rest(Method::POST, &path, body("two")).await;
    assert_eq!((&again["id"], &again["content"]), (&first["id"], &json!("one")));
    clock.advance(Duration::from_secs(301));
    let (_, later) = bot.rest(Method::POST, &path, body("three")).await;
    assert_ne!(later["id"], first["id"]);

    let one = format!("{path}/{}", later["id"].as_str().expect("an id"));
    let (status, edited) = bot.rest(Method::PATCH, &one, json!({"embeds": [{"title": "t"}]})).await;
    assert_eq!(
        (status, &edited["content"], &edited["embeds"][0]["type"]),
        (200, &json!("three"), &json!("rich"))
    );
    assert!(edited["edited_timestamp"].is_string());
    let (_, read) = bot.rest(Method::GET, &one, Value::Null).await;
    assert_eq!(read, edited);
    let ids =
        |list: &Value| list.as_array().into_iter().flatten().map(|m| m["id"].clone()).collect::<Vec<_>>();
    let (_, newest) = bot.rest(Method::GET, &format!("{path}?limit=1"), Value::Null).await;
    assert_eq!(ids(&newest), [later["id"].clone()]);
    let before = format!("{path}?before={}", later["id"].as_str().expect("an id"));
    assert_eq!(ids(&bot.rest(Method::GET, &before, Value::Null).await.1), [first["id"].clone()]);
    assert_eq!(bot.rest(Method::DELETE, &one, Value::Null).await.0, 204);
    assert_eq!(bot.rest(Method::GET, &one, Value::Null).await.1["code"], 10008);
    let (status, gone) = bot.rest(Method::POST, &path, body("four")).await;
    assert_eq!((status, &gone["code"]), (404, &json!(10008)));
}

#[tokio::test]
async fn a_taken_port_is_an_error_and_a_stopped_sandbox_frees_its_port() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let port = sandbox.address().port();
    let on_port = || SandboxOptions { port, ..SandboxOptions::default() };
    let taken = Sandbox::start(on_port()).await;
    assert!(matches!(taken, Err(SandboxError::Bind { port: refused, .. }) if refused == port));
    sandbox.stop().await;
    assert!(Sandbox::start(on_port()).await.is_ok());
}

/// Sends a form with one file.
async fn send_form(sandbox: &Sandbox, payload: &Value, name: &str, file: &str) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().user_agent(AGENT).build().expect("a client");
    let channel = sandbox.channel_id("news").expect("a channel");
    let url = format!("{}/api/v10/channels/{channel}/messages", sandbox.api_url());
    let json = "content-disposition: form-data; name=\"payload_json\"";
    let described = format!("content-disposition: form-data; name=\"files[0]\"; filename=\"{name}\"");
    let form = format!("--XX\r\n{json}\r\n\r\n{payload}\r\n--XX\r\n{described}\r\n\r\n{file}\r\n--XX--\r\n");
    let request = client.post(&url).header("authorization", format!("Bot {}", sandbox.token()));
    let request = request.header("content-type", "multipart/form-data; boundary=XX").body(form);
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let bytes = response.bytes().await.expect("a body");
    (status, serde_json::from_slice::<Value>(&bytes).expect("JSON"))
}

#[tokio::test]
async fn embeds_can_show_files_of_their_request() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let send = async |payload: Value, name: &str| send_form(&sandbox, &payload, name, "bytes").await;
    let card = |file: &str| json!({"embeds": [{"image": {"url": format!("attachment://{file}")}}]});
    let mut described = card("a.png");
    described["attachments"] = json!([{"id": "0", "description": "alt"}]);
    let (status, sent) = send(described, "a.png").await;
    assert_eq!(status, 200, "{sent}");
    let file = &sent["attachments"][0];
    assert_eq!((&file["filename"], &file["size"]), (&json!("a.png"), &json!(5)));
    assert_eq!(file["description"], "alt");
    assert_eq!(sent["embeds"][0]["image"]["url"], file["url"]);
    assert_eq!(send(json!({}), "a.txt").await.0, 200, "a file alone is a message");
    for (name, file) in [("b.png", "a.png"), ("a.txt", "a.txt")] {
        let (status, refused) = send(card(name), file).await;
        assert_eq!((status, &refused["code"]), (400, &json!(50035)), "{name}");
    }
}

#[tokio::test]
async fn a_file_has_at_most_ten_mebibytes_and_a_request_twenty_five() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let mebibyte = 1024 * 1024;
    for (size, status) in [(10 * mebibyte, 200), (10 * mebibyte + 1, 413), (25 * mebibyte, 413)] {
        let (answered, body) = send_form(&sandbox, &json!({}), "a.txt", &"x".repeat(size)).await;
        assert_eq!(answered, status, "{size}");
        assert_eq!(body["code"].as_i64().unwrap_or(0), if status == 200 { 0 } else { 40005 });
    }
}

#[tokio::test]
async fn a_recording_has_every_request_also_those_that_the_log_drops() {
    let folder = tempfile::tempdir().expect("a folder");
    let recorded_requests = Some(folder.path().to_owned());
    let options =
        SandboxOptions { recorded_requests, request_log_entries_max: 1, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let (one, other) = (RawBot::connect(&sandbox).await, RawBot::connect(&sandbox).await);
    let path = format!("/channels/{}/messages", sandbox.channel_id("news").expect("a channel"));
    one.rest(Method::POST, &path, json!({"content": "x"})).await;
    other.rest(Method::GET, "/users/@me", Value::Null).await;
    assert_eq!(sandbox.requests().len(), 1);
    let files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().collect();
    let text = std::fs::read_to_string(files[0].path()).expect("a file");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&lines[0]["method"], &lines[0]["body"]), (&json!("POST"), &json!({"content": "x"})));
    assert_eq!((lines.len(), &lines[1]["path"]), (2, &json!("/api/v10/users/@me")));
    let nowhere =
        SandboxOptions { recorded_requests: Some("/no/such/folder".into()), ..SandboxOptions::default() };
    assert!(matches!(Sandbox::start(nowhere).await, Err(SandboxError::Record(_))));
}
