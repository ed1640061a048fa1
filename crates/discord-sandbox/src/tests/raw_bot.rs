//! A bot of plain HTTP and websockets for the tests of the sandbox, without a Discord library.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use flate2::{Decompress, FlushDecompress};
use futures_util::{SinkExt, StreamExt};
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::{Sandbox, SandboxOptions};

const TIMEOUT: Duration = Duration::from_secs(5);
/// A user agent of the form that Discord requires.
pub(crate) const AGENT: &str = "DiscordBot (https://example.org, 1)";

/// A payload or the end of a gateway connection.
#[derive(Debug, PartialEq)]
pub(crate) enum Arrived {
    Json(Value),
    Closed(u16),
    Dropped,
}

pub(crate) struct RawBot {
    http: reqwest::Client,
    url: String,
    token: String,
    socket: WebSocketStream<TcpStream>,
    sequence: Value,
    inflate: Option<Decompress>,
}

impl RawBot {
    /// Connects and reads HELLO.
    pub(crate) async fn connect(sandbox: &Sandbox) -> Self {
        let mut bot = Self {
            http: reqwest::Client::builder()
                .no_proxy()
                .timeout(TIMEOUT)
                .user_agent(AGENT)
                .build()
                .expect("a client"),
            url: sandbox.api_url(),
            token: sandbox.token(),
            socket: open(sandbox, "").await,
            sequence: Value::Null,
            inflate: None,
        };
        let Arrived::Json(hello) = bot.next().await else { panic!("no hello") };
        assert_eq!(hello["op"], 10);
        bot
    }

    /// Connects with a compressed stream, and reads HELLO.
    pub(crate) async fn connect_compressed(sandbox: &Sandbox) -> Self {
        let mut bot = Self::connect(sandbox).await;
        bot.socket = open(sandbox, "&compress=zlib-stream").await;
        bot.inflate = Some(Decompress::new(true));
        let Arrived::Json(hello) = bot.next().await else { panic!("no hello") };
        assert_eq!(hello["op"], 10);
        bot
    }

    /// Connects, identifies with all intents that the sandbox uses, and reads GUILD_CREATE.
    pub(crate) async fn identified(sandbox: &Sandbox) -> Self {
        let mut bot = Self::connect(sandbox).await;
        bot.identify(1 | 1 << 9).await;
        bot.event("GUILD_CREATE").await;
        bot
    }

    pub(crate) async fn identify(&mut self, intents: u64) {
        let token = self.token.clone();
        self.send(&json!({"op": 2, "d": {
            "token": token, "intents": intents, "properties": {}, "shard": [0, 1], "compress": true,
        }}))
        .await;
    }

    /// Opens a new connection and asks to resume.
    pub(crate) async fn resume(&mut self, sandbox: &Sandbox, session_id: &Value, sequence: &Value) {
        self.socket = open(sandbox, "").await;
        assert!(matches!(self.next().await, Arrived::Json(hello) if hello["op"] == 10));
        let token = self.token.clone();
        self.send(&json!({"op": 6, "d": {"token": token, "session_id": session_id, "seq": sequence}})).await;
    }

    pub(crate) async fn send(&mut self, payload: &Value) {
        self.send_text(payload.to_string()).await;
    }

    pub(crate) async fn send_text(&mut self, text: String) {
        self.socket.send(Message::text(text)).await.expect("an open socket");
    }

    pub(crate) async fn next(&mut self) -> Arrived {
        let next = tokio::time::timeout(TIMEOUT, self.socket.next()).await.expect("something in time");
        match next {
            Some(Ok(Message::Text(text))) => self.note(&text),
            Some(Ok(Message::Binary(bytes))) => {
                assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]), "each message ends with a flush");
                let mut text = Vec::with_capacity(1 << 20);
                let inflate = self.inflate.as_mut().expect("compression was asked for");
                inflate.decompress_vec(&bytes, &mut text, FlushDecompress::Sync).expect("a zlib stream");
                self.note(std::str::from_utf8(&text).expect("text"))
            }
            Some(Ok(Message::Close(frame))) => Arrived::Closed(frame.map_or(0, |frame| frame.code.into())),
            Some(Err(_)) | None => Arrived::Dropped,
            Some(Ok(other)) => panic!("unexpected {other:?}"),
        }
    }

    fn note(&mut self, text: &str) -> Arrived {
        let payload: Value = serde_json::from_str(text).expect("JSON");
        if payload["s"].is_u64() {
            self.sequence = payload["s"].clone();
        }
        Arrived::Json(payload)
    }

    /// The data of the next event of that name. Skips other events.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            match self.next().await {
                Arrived::Json(payload) if payload["t"] == name => return payload["d"].clone(),
                Arrived::Json(_) => {}
                ended => panic!("{ended:?} before {name}"),
            }
        }
    }

    pub(crate) fn sequence(&self) -> Value {
        self.sequence.clone()
    }

    /// Sends a request with the bot's token. Returns the status and the JSON of the answer (`Null` for none).
    pub(crate) async fn rest(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let mut request = self.http.request(method, format!("{}/api/v10{path}", self.url));
        request = request.header("authorization", format!("Bot {}", self.token));
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let bytes = response.bytes().await.expect("a body");
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    pub(crate) async fn register(&self, sandbox: &Sandbox, commands: Value) {
        let path = format!("/applications/{}/commands", sandbox.application_id());
        let (status, body) = self.rest(Method::PUT, &path, commands).await;
        assert_eq!(status, 200, "{body}");
    }

    /// Answers an interaction event.
    pub(crate) async fn callback(&self, event: &Value, body: Value) -> (u16, Value) {
        let path = format!("/interactions/{}/{}/callback", text(&event["id"]), text(&event["token"]));
        self.rest(Method::POST, &path, body).await
    }

    /// Sends a request below the interaction's webhook.
    pub(crate) async fn webhook(
        &self,
        method: Method,
        event: &Value,
        below: &str,
        body: Value,
    ) -> (u16, Value) {
        let path = format!("/webhooks/{}/{}{below}", text(&event["application_id"]), text(&event["token"]));
        self.rest(method, &path, body).await
    }
}

/// A clock that moves only when the test advances it.
#[derive(Clone)]
pub(crate) struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub(crate) fn advance(&self, by: Duration) {
        let by_ms = i64::try_from(by.as_millis()).expect("a short time");
        self.0.fetch_add(by_ms, Ordering::SeqCst);
    }
}

/// A sandbox whose time is the test's. It looks for late answers every 50 ms of real time, so that a
/// test of lateness need not wait 3 s.
pub(crate) async fn sandbox_with_clock() -> (Sandbox, TestClock) {
    let clock = TestClock(Arc::new(AtomicI64::new(1_790_000_000_000)));
    let time = clock.clone();
    let now = move || Timestamp::from_millisecond(time.0.load(Ordering::SeqCst)).expect("a time");
    let options = SandboxOptions {
        clock: Arc::new(now),
        answer_window: Duration::from_millis(50),
        person_timeout: Duration::from_secs(5),
        ..SandboxOptions::default()
    };
    (Sandbox::start(options).await.expect("a sandbox"), clock)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

async fn open(sandbox: &Sandbox, query: &str) -> WebSocketStream<TcpStream> {
    let stream = TcpStream::connect(sandbox.address()).await.expect("a connection");
    let url = format!("ws://{}/gateway?v=10&encoding=json{query}", sandbox.address());
    tokio_tungstenite::client_async(url, stream).await.expect("an upgrade").0
}
