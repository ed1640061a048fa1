//! The routes of the page, and the access to them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::StreamExt;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use crate::state::member::MEMBERS;
use crate::tests::raw_bot::{RawBot, sandbox_with_clock};
use crate::{Note, PageAction, Sandbox, SandboxOptions, Tone};

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.expect("a sandbox")
}

async fn ask(
    sandbox: &Sandbox,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Response {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let mut request = client.request(method, format!("{}{path}", sandbox.api_url())).body(body.to_owned());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer")
}

async fn json_of(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.expect("a body")).expect("JSON")
}

async fn post(sandbox: &Sandbox, body: Value) -> (u16, Value) {
    let headers = [("content-type", "application/json"), ("origin", &*sandbox.api_url())];
    let response = ask(sandbox, Method::POST, "/page/interactions", &headers, &body.to_string()).await;
    (response.status().as_u16(), json_of(response).await)
}

/// Expected status, method, path, headers, body.
type Case<'a> = (u16, Method, &'a str, Vec<(&'a str, &'a str)>, &'a str);

#[tokio::test]
async fn only_pages_of_this_server_get_access() {
    let sandbox = sandbox().await;
    let own = sandbox.api_url();
    let localhost = format!("localhost:{}", sandbox.address().port());
    let as_localhost = format!("http://{localhost}");
    let json = ("content-type", "application/json");
    let deed = json!({}).to_string();
    let cases: Vec<Case<'_>> = vec![
        (200, Method::GET, "/", vec![], ""),
        (200, Method::GET, "/assets/app.js", vec![("origin", &own)], ""),
        (200, Method::GET, "/page/state", vec![("host", &localhost), ("origin", &as_localhost)], ""),
        (404, Method::GET, "/assets/other.js", vec![], ""),
        (404, Method::GET, "/page/other", vec![], ""),
        (403, Method::GET, "/page/other", vec![("origin", "https://evil.example")], ""),
        (403, Method::GET, "/", vec![("host", "rebound.example")], ""),
        (403, Method::GET, "/page/state", vec![("host", "127.0.0.1")], ""),
        (403, Method::GET, "/page/state", vec![("origin", "https://evil.example")], ""),
        (403, Method::GET, "/page/state", vec![("origin", "null")], ""),
        (403, Method::GET, "/assets/app.js", vec![("origin", "http://127.0.0.1:1")], ""),
        (403, Method::POST, "/page/interactions", vec![json, ("origin", "https://evil.example")], &deed),
        (415, Method::POST, "/page/interactions", vec![("content-type", "text/plain")], &deed),
        (415, Method::POST, "/page/interactions", vec![], &deed),
        (422, Method::POST, "/page/interactions", vec![json], &deed),
        (403, Method::GET, "/api/v10/gateway", vec![("origin", &own)], ""),
    ];
    for (status, method, path, headers, body) in cases {
        let response = ask(&sandbox, method, path, &headers, body).await;
        assert_eq!(response.status().as_u16(), status, "{path} {headers:?}");
        if !path.starts_with("/api") {
            let policy = response.headers()["content-security-policy"].to_str().expect("text");
            assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
            assert_eq!(response.headers()["cache-control"], "no-store");
        }
    }
}

/// The headers of requests from a web page, which a bot does not send.
fn marks_of_a_site(sandbox: &Sandbox) -> Vec<[(&'static str, String); 1]> {
    let port = sandbox.address().port();
    vec![
        [("host", "rebound.example".to_owned())],
        [("host", format!("rebound.example:{port}"))],
        [("host", format!("127.0.0.1:{port}.rebound.example"))],
        [("host", "127.0.0.1".to_owned())],
        [("origin", "https://evil.example".to_owned())],
        [("origin", "null".to_owned())],
        [("origin", sandbox.api_url())],
        [("sec-fetch-site", "cross-site".to_owned())],
        [("sec-fetch-site", "same-site".to_owned())],
    ]
}

#[tokio::test]
async fn a_foreign_site_reaches_no_route_and_uses_up_no_limit() {
    let sandbox = sandbox().await;
    let authorization = ("authorization", format!("Bot {}", sandbox.token()));
    for mark in marks_of_a_site(&sandbox) {
        for (method, path) in [
            (Method::GET, "/api/v10/gateway"),
            (Method::GET, "/api/v10/users/@me"),
            (Method::POST, "/api/v10/interactions/1/t/callback"),
            (Method::OPTIONS, "/api/v10/users/@me"),
            (Method::GET, "/api/v9/users/@me"),
            (Method::GET, "/nothing"),
            (Method::GET, "/gateway"),
        ] {
            let agent = ("user-agent", "DiscordBot (x, 1)".to_owned());
            let headers = [mark.as_slice(), &[authorization.clone(), agent]].concat();
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let response = ask(&sandbox, method, path, &headers, "").await;
            assert_eq!(response.status().as_u16(), 403, "{path} {mark:?}");
        }
    }
    assert_eq!((sandbox.invalid_requests(), sandbox.requests().len()), (0, 0));
    let localhost = format!("localhost:{}", sandbox.address().port());
    let headers =
        [("authorization", &*authorization.1), ("user-agent", "DiscordBot (x, 1)"), ("host", &*localhost)];
    assert_eq!(ask(&sandbox, Method::GET, "/api/v10/users/@me", &headers, "").await.status(), 200);
}

#[tokio::test]
async fn a_foreign_site_reaches_no_gateway() {
    let sandbox = sandbox().await;
    for [(name, value)] in marks_of_a_site(&sandbox) {
        let url = format!("ws://{}/gateway/?v=10&encoding=json", sandbox.address());
        let mut request = url.into_client_request().expect("a request");
        request.headers_mut().insert(name, HeaderValue::from_str(&value).expect("a header"));
        let stream = TcpStream::connect(sandbox.address()).await.expect("a connection");
        match tokio_tungstenite::client_async(request, stream).await {
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => {
                assert_eq!(response.status().as_u16(), 403, "{name} {value}");
            }
            other => panic!("{name} {value}: {other:?}"),
        }
    }
    assert_eq!(sandbox.connections(), 0);
}

/// Requests as bytes that no client sends: two hosts, no host, or an address with another host than `Host`.
#[tokio::test]
async fn a_request_has_one_host_and_it_is_this_server() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let sandbox = sandbox().await;
    let own = sandbox.address().to_string();
    for (target, hosts, expected) in [
        ("/", vec![own.as_str()], 200),
        ("/", vec![], 403),
        ("/", vec![&own, "rebound.example"], 403),
        ("/", vec!["rebound.example", &own], 403),
        ("/api/v10/gateway", vec![], 403),
        ("/api/v10/gateway", vec!["rebound.example", &own], 403),
        ("http://rebound.example/api/v10/gateway", vec![&own], 403),
        ("http://rebound.example/", vec![&own], 403),
    ] {
        let mut stream = TcpStream::connect(sandbox.address()).await.expect("a connection");
        let hosts: String = hosts.iter().map(|host| format!("Host: {host}\r\n")).collect();
        let request = format!("GET {target} HTTP/1.1\r\n{hosts}User-Agent: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status: u16 = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        // The library can refuse the request itself.
        assert!(status == expected || (expected == 403 && status == 400), "{target} {hosts}: {answer}");
    }
    assert_eq!((sandbox.invalid_requests(), sandbox.requests().len()), (0, 0));
}

async fn live(sandbox: &Sandbox, origin: Option<&str>) -> Result<TcpSocket, u16> {
    let stream = TcpStream::connect(sandbox.address()).await.expect("a connection");
    let url = format!("ws://{}/page/live", sandbox.address());
    let mut request = url.into_client_request().expect("a request");
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", HeaderValue::from_str(origin).expect("a header"));
    }
    match tokio_tungstenite::client_async(request, stream).await {
        Ok((socket, _)) => Ok(socket),
        Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

type TcpSocket = tokio_tungstenite::WebSocketStream<TcpStream>;

async fn heard(socket: &mut TcpSocket) -> Value {
    let next = tokio::time::timeout(std::time::Duration::from_secs(5), socket.next()).await;
    let message = next.expect("in time").expect("an event").expect("no fault");
    serde_json::from_str(message.to_text().expect("text")).expect("JSON")
}

#[tokio::test]
async fn the_live_websocket_needs_an_origin_and_sends_events() {
    let sandbox = sandbox().await;
    let own = sandbox.api_url();
    assert_eq!(live(&sandbox, None).await.err(), Some(403));
    assert_eq!(live(&sandbox, Some("http://evil.example")).await.err(), Some(403));
    let Ok(mut socket) = live(&sandbox, Some(&own)).await else { panic!("not let in") };
    let mut bot = RawBot::identified(&sandbox).await;
    assert_eq!(heard(&mut socket).await, json!({"event": "bot", "online": true}));
    let command = json!([{"name": "news", "description": "d", "options": [
        {"type": 3, "name": "topic", "description": "d", "autocomplete": true}]}]);
    bot.register(&sandbox, command).await;
    assert_eq!(heard(&mut socket).await["commands"][0]["name"], "news");

    let state = json_of(ask(&sandbox, Method::GET, "/page/state", &[], "").await).await;
    assert_eq!((&state["me"]["name"], &state["bot"]["online"]), (&json!("ada"), &json!(true)));
    let (me, channel) = (&state["me"]["id"], &state["channels"][0]["id"]);
    let topic = json!([{"name": "topic", "type": 3, "value": "ai"}]);
    let (status, begun) = post(
        &sandbox,
        json!({"kind": "command", "person": me, "channel": channel, "name": "news", "options": topic}),
    )
    .await;
    assert_eq!(status, 200, "{begun}");
    let pending = heard(&mut socket).await;
    assert_eq!((&pending["id"], &pending["state"]), (&begun["interaction"], &json!("pending")));
    let event = bot.event("INTERACTION_CREATE").await;
    bot.callback(&event, json!({"type": 4, "data": {"content": "for you", "flags": 64}})).await;
    let message = heard(&mut socket).await;
    assert_eq!(
        (&message["event"], &message["message"]["content"]),
        (&json!("message_create"), &json!("for you"))
    );
    assert_eq!(message["message"]["interaction_metadata"]["name"], "news");
    assert_eq!(heard(&mut socket).await["state"], "answered");

    let path = format!("/page/messages?channel={}", channel.as_str().expect("text"));
    let seen = json_of(ask(&sandbox, Method::GET, &path, &[], "").await).await;
    assert_eq!(seen["messages"][0]["id"], message["message"]["id"]);
    let ben = state["persons"][1]["id"].as_str().expect("text");
    let seen = json_of(ask(&sandbox, Method::GET, &format!("{path}&person={ben}"), &[], "").await).await;
    assert_eq!(seen["messages"], json!([]));

    let dismiss =
        json!({"kind": "dismiss", "person": me, "channel": channel, "message": message["message"]["id"]});
    assert_eq!(post(&sandbox, dismiss).await, (200, json!({})));
    assert_eq!(heard(&mut socket).await["event"], "message_delete");
}

#[tokio::test]
async fn the_page_waits_for_choices_and_reports_a_missing_answer() {
    let (sandbox, clock) = sandbox_with_clock().await;
    let deed = |kind: &str| {
        json!({"kind": kind, "person": (sandbox.guild_id() + 200).to_string(), "name": "news",
            "channel": sandbox.channel_id("news").expect("a channel").to_string(),
            "options": [{"name": "topic", "type": 3, "value": "a", "focused": true}]})
    };
    assert_eq!(post(&sandbox, deed("autocomplete")).await.1["error"], "heatwire is offline");
    let mut bot = RawBot::identified(&sandbox).await;
    let command = json!([{"name": "news", "description": "d", "options": [
        {"type": 3, "name": "topic", "description": "d", "autocomplete": true}]}]);
    bot.register(&sandbox, command).await;
    let answered = async {
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, json!({"type": 8, "data": {"choices": [{"name": "AI", "value": "ai"}]}})).await
    };
    let ((status, offered), (answered, _)) = tokio::join!(post(&sandbox, deed("autocomplete")), answered);
    assert_eq!((status, answered), (200, 204), "{offered}");
    assert_eq!(offered, json!({"choices": [{"name": "AI", "value": "ai"}]}));
    let late = async {
        bot.event("INTERACTION_CREATE").await;
        clock.advance(std::time::Duration::from_secs(4));
    };
    let ((status, silence), ()) = tokio::join!(post(&sandbox, deed("autocomplete")), late);
    assert_eq!((status, silence), (422, json!({"error": "The application did not respond"})));
}

#[tokio::test]
async fn a_stop_closes_open_pages_without_waiting_for_the_bot() {
    let sandbox = sandbox().await;
    let own = sandbox.api_url();
    let Ok(mut socket) = live(&sandbox, Some(&own)).await else { panic!("not let in") };
    let mut bot = RawBot::identified(&sandbox).await;
    let command = json!([{"name": "news", "description": "d", "options": [
        {"type": 3, "name": "topic", "description": "d", "autocomplete": true}]}]);
    bot.register(&sandbox, command).await;
    let deed = json!({"kind": "autocomplete", "person": (sandbox.guild_id() + 200).to_string(), "name": "news",
        "channel": sandbox.channel_id("news").expect("a channel").to_string(),
        "options": [{"name": "topic", "type": 3, "value": "a", "focused": true}]});
    let headers = [("content-type", "application/json"), ("origin", &*own)];
    let body = deed.to_string();
    let asked = ask(&sandbox, Method::POST, "/page/interactions", &headers, &body);
    let stopped = async {
        bot.event("INTERACTION_CREATE").await;
        sandbox.shared.shutdown.cancel();
    };
    let (refused, ()) = tokio::join!(asked, stopped);
    assert_eq!(json_of(refused).await, json!({"error": "The application did not respond"}));
    let mut last = None;
    while let Some(Ok(message)) = socket.next().await {
        last = Some(message);
    }
    let Some(Message::Close(Some(frame))) = last else { panic!("no goodbye but {last:?}") };
    assert_eq!((u16::from(frame.code), &*frame.reason), (1001, "the demo ends"));
    sandbox.stop().await;
}

#[tokio::test]
async fn the_language_of_the_page_reaches_the_bot() {
    let sandbox = sandbox().await;
    let mut bot = RawBot::identified(&sandbox).await;
    bot.register(&sandbox, json!([{"name": "topics", "description": "d"}])).await;
    let deed = |locale: &str| {
        json!({"kind": "command", "person": (sandbox.guild_id() + 200).to_string(), "name": "topics",
            "channel": sandbox.channel_id("news").expect("a channel").to_string(), "locale": locale})
    };
    assert_eq!(post(&sandbox, deed("de")).await.0, 200);
    assert_eq!(bot.event("INTERACTION_CREATE").await["locale"], "de");
    assert_eq!(post(&sandbox, deed("tlh")).await, (422, json!({"error": "there is no such language"})));
}

#[tokio::test]
async fn the_drawer_plans_faults_and_lists_requests_without_tokens() {
    let sandbox = sandbox().await;
    let bot = RawBot::connect(&sandbox).await;
    let me = (sandbox.guild_id() + 202).to_string();
    let headers = [("content-type", "application/json")];
    let plan = async |wish: Value| {
        let response = ask(&sandbox, Method::POST, "/page/faults", &headers, &wish.to_string()).await;
        (response.status().as_u16(), json_of(response).await)
    };
    let status =
        json!({"person": me, "kind": "status", "route": "GET /users/@me", "count": 2, "status": 500});
    let planned = json!({"faults": [{"number": 1, "route": "GET /users/@me", "kind": "status", "count": 2}]});
    assert_eq!(plan(status.clone()).await, (200, planned.clone()));
    let answer = ask(&sandbox, Method::GET, "/page/faults", &[], "").await;
    assert_eq!(json_of(answer).await, planned);
    let lost = json!({"person": me, "kind": "lose_event", "route": "MESSAGE_CREATE"});
    assert_eq!(plan(lost).await.1["faults"][1]["kind"], "lose_event");
    let withdraw = json!({"person": me, "kind": "withdraw", "number": 2});
    assert_eq!(plan(withdraw.clone()).await, (200, planned));
    assert_eq!(plan(withdraw).await.0, 422, "it is gone");
    let of_a_member = json!({"person": (sandbox.guild_id() + 200).to_string(), "kind": "clear"});
    let words = json!({"error": "only a moderator plans faults"});
    assert_eq!(plan(of_a_member).await, (422, words));
    assert_eq!(bot.rest(Method::GET, "/users/@me", Value::Null).await.0, 500);
    assert_eq!(plan(json!({"person": me, "kind": "clear"})).await, (200, json!({"faults": []})));
    assert_eq!(bot.rest(Method::GET, "/users/@me", Value::Null).await.0, 200);
    for wrong in [
        json!({"person": "1", "kind": "clear"}),
        json!({"person": me, "kind": "fire"}),
        json!({"person": me, "kind": "status", "status": 200}),
        json!({"person": me, "kind": "delay", "count": 0}),
        json!({"person": me, "kind": "close", "code": 1}),
    ] {
        assert_eq!(plan(wrong.clone()).await.0, 422, "{wrong}");
    }
    let secret = "0123456789abcdef0123456789abcdef";
    let path = format!("/interactions/1/{secret}/callback");
    bot.rest(Method::POST, &path, json!({"type": 5})).await;
    let shown = ask(&sandbox, Method::GET, "/page/requests", &[], "").await;
    let text = String::from_utf8(shown.bytes().await.expect("a body").to_vec()).expect("text");
    assert!(!text.contains(secret) && !text.contains(&sandbox.token()), "{text}");
    let shown: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(shown["requests"][0]["path"], "/api/v10/interactions/1/TOKEN/callback");
    assert_eq!(
        (&shown["requests"][0]["status"], &shown["requests"][0]["body"]["type"]),
        (&json!(404), &json!(5))
    );
}

#[tokio::test]
async fn the_page_gets_a_form_with_the_answer_and_sends_it() {
    let sandbox = sandbox().await;
    let own = sandbox.api_url();
    let mut bot = RawBot::identified(&sandbox).await;
    bot.register(&sandbox, json!([{"name": "feed", "description": "d", "contexts": [0, 1]}])).await;
    let Ok(mut socket) = live(&sandbox, Some(&own)).await else { panic!("not let in") };
    let state = json_of(ask(&sandbox, Method::GET, "/page/state", &[], "").await).await;
    let deed = |more: Value| {
        let mut deed = json!({"person": state["me"]["id"], "channel": state["direct"]["id"]});
        deed.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        deed
    };
    let (status, begun) = post(&sandbox, deed(json!({"kind": "command", "name": "feed"}))).await;
    assert_eq!(status, 200, "{begun}");
    let event = bot.event("INTERACTION_CREATE").await;
    assert_eq!(event["context"], 1, "it comes from the direct messages");
    let input = json!({"type": 4, "custom_id": "name", "style": 1});
    let form = json!({"title": "t", "custom_id": "f", "components": [{"type": 18, "label": "Name", "component": input}]});
    assert_eq!(bot.callback(&event, json!({"type": 9, "data": form})).await.0, 204);
    assert_eq!(heard(&mut socket).await["state"], "pending");
    let answered = heard(&mut socket).await;
    assert_eq!((&answered["state"], &answered["modal"]["title"]), (&json!("answered"), &json!("t")));

    let submit =
        |values: Value| deed(json!({"kind": "modal", "interaction": begun["interaction"], "values": values}));
    let refused = post(&sandbox, submit(json!({}))).await;
    assert_eq!(refused, (422, json!({"error": "“Name” is required"})));
    let (status, sent) = post(&sandbox, submit(json!({"name": "AI"}))).await;
    assert_eq!(status, 200, "{sent}");
    let event = bot.event("INTERACTION_CREATE").await;
    let value = &event["data"]["components"][0]["component"]["value"];
    assert_eq!((&event["type"], &event["id"], value), (&json!(5), &sent["interaction"], &json!("AI")));
    let unknown = deed(json!({"kind": "modal", "interaction": "1", "values": {}}));
    assert_eq!(post(&sandbox, unknown).await.0, 422);
}

#[tokio::test]
async fn notes_reach_the_persons_who_see_the_channel() {
    let sandbox = sandbox().await;
    let own = sandbox.api_url();
    let Ok(mut socket) = live(&sandbox, Some(&own)).await else { panic!("not let in") };
    let (news, hidden) = (sandbox.channel_id("news").unwrap(), sandbox.channel_id("general").unwrap());
    sandbox.set_overwrite(hidden, MEMBERS[0].id, 0, 1 << 10).unwrap();
    assert_eq!(heard(&mut socket).await, json!({"event": "channels"}));
    let note =
        |channel, message, text: &str| Note { channel, message, tone: Tone::Waiting, text: text.to_owned() };
    let long = "é".repeat(2_000);
    let mut notes = vec![note(news, None, "1 due"), note(hidden, None, "no"), note(news, Some(7), &long)];
    sandbox.set_notes(notes.clone());
    assert_eq!(heard(&mut socket).await, json!({"event": "notes"}));
    let shown = json_of(ask(&sandbox, Method::GET, "/page/notes", &[], "").await).await;
    assert_eq!(
        shown,
        json!({"notes": [
            {"channel": news.to_string(), "message": null, "tone": "waiting", "text": "1 due"},
            {"channel": news.to_string(), "message": "7", "tone": "waiting", "text": "é".repeat(600)},
        ]})
    );
    let path = format!("/page/notes?person={}", MEMBERS[1].id);
    let shown = json_of(ask(&sandbox, Method::GET, &path, &[], "").await).await;
    assert_eq!(shown["notes"].as_array().unwrap().len(), 3, "who sees the channel sees what is said of it");
    // The same notes cause no event: the next event is of the later change.
    sandbox.set_notes(notes.clone());
    notes.extend((0..2_000).map(|number| note(news, Some(number), "more")));
    sandbox.set_notes(notes);
    assert_eq!(heard(&mut socket).await, json!({"event": "notes"}));
    let shown = json_of(ask(&sandbox, Method::GET, "/page/notes", &[], "").await).await;
    assert_eq!(shown["notes"].as_array().unwrap().len(), 999);
    assert_eq!(ask(&sandbox, Method::GET, "/page/notes?person=5", &[], "").await.status(), 422);
}

#[tokio::test]
async fn an_action_of_the_host_program_has_a_name_and_answers_with_words() {
    let presses = Arc::new(AtomicU32::new(0));
    let pressed = Arc::clone(&presses);
    let run = move || format!("press {}", pressed.fetch_add(1, Ordering::Relaxed) + 1);
    let actions = vec![PageAction { name: "Add an entry".to_owned(), run: Arc::new(run) }];
    let sandbox = Sandbox::start(SandboxOptions { actions, ..SandboxOptions::default() }).await.unwrap();
    let state = json_of(ask(&sandbox, Method::GET, "/page/state", &[], "").await).await;
    assert_eq!(state["actions"], json!(["Add an entry"]));
    let headers = [("content-type", "application/json"), ("origin", &*sandbox.api_url())];
    let act = async |body: Value| {
        let response = ask(&sandbox, Method::POST, "/page/actions", &headers, &body.to_string()).await;
        (response.status().as_u16(), json_of(response).await)
    };
    assert_eq!(act(json!({"action": "Add an entry"})).await, (200, json!({"words": "press 1"})));
    assert_eq!(act(json!({"action": "Add an entry"})).await, (200, json!({"words": "press 2"})));
    let unknown = act(json!({"action": "add an entry"})).await;
    assert_eq!(unknown, (422, json!({"error": "there is no such action"})));
    assert_eq!(act(json!({})).await.0, 422);
    let elsewhere = [("content-type", "application/json"), ("origin", "http://elsewhere.example")];
    let body = json!({"action": "Add an entry"}).to_string();
    assert_eq!(ask(&sandbox, Method::POST, "/page/actions", &elsewhere, &body).await.status(), 403);
    assert_eq!(presses.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_person_adds_the_app_to_their_account_and_uses_it_elsewhere() {
    let sandbox = sandbox().await;
    let mut bot = RawBot::identified(&sandbox).await;
    let news =
        json!({"name": "news", "description": "d", "contexts": [0, 1, 2], "integration_types": [0, 1]});
    bot.register(&sandbox, json!([news])).await;
    let state = async || json_of(ask(&sandbox, Method::GET, "/page/state", &[], "").await).await;
    let first = state().await;
    let me = &first["me"]["id"];
    let elsewhere = &first["elsewhere"]["channels"][0];
    assert_eq!((&first["me"]["has_app"], &first["elsewhere"]["has_bot"]), (&json!(false), &json!(false)));
    assert_eq!((&elsewhere["name"], &first["group"]["name"]), (&json!("elsewhere"), &json!("Readers")));
    let command =
        |channel: &Value| json!({"kind": "command", "person": me, "channel": channel, "name": "news"});
    assert_eq!(post(&sandbox, command(&elsewhere["id"])).await.0, 422);

    let headers = [("content-type", "application/json"), ("origin", &*sandbox.api_url())];
    let account = async |body: Value| {
        ask(&sandbox, Method::POST, "/page/account", &headers, &body.to_string()).await.status().as_u16()
    };
    assert_eq!(account(json!({"person": "1", "has_app": true})).await, 422);
    assert_eq!(account(json!({"person": me, "has_app": true})).await, 200);
    assert_eq!(state().await["me"]["has_app"], true);
    for channel in [&elsewhere["id"], &first["group"]["id"]] {
        assert_eq!(post(&sandbox, command(channel)).await.0, 200, "{channel}");
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, json!({"type": 4, "data": {"content": "seen"}})).await;
        let path = format!("/page/messages?channel={}", channel.as_str().expect("text"));
        let seen = json_of(ask(&sandbox, Method::GET, &path, &[], "").await).await;
        assert_eq!(seen["messages"][0]["content"], "seen", "{channel}");
    }
    assert_eq!(account(json!({"person": me, "has_app": false})).await, 200);
    assert_eq!(post(&sandbox, command(&elsewhere["id"])).await.0, 422);
}
