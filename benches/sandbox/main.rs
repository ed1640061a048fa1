//! What the sandbox itself costs, so that other measurements can be read: its share of a round trip, and how
//! many interactions it holds in a second.
//!
//! `cargo bench --bench sandbox` runs a bot that does nothing but answer, over a plain websocket and plain
//! HTTP, on two threads. Only ratios are printed: absolute times mean little on a shared machine.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on shall say why, and it prints its ratios"
)]

#[path = "../material/round_trip.rs"]
mod round_trip;

use std::sync::Arc;
use std::time::{Duration, Instant};

use discord_sandbox::{Sandbox, SandboxOptions};
use futures_util::{SinkExt, StreamExt};
use heatwire::collection::Collection;
use heatwire::discord::state::State;
use jiff::Timestamp;
use round_trip::{PATIENCE, RunningBot, members, quantile};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::task::{JoinHandle, JoinSet};
use tokio_tungstenite::tungstenite::Message;

const ROUND_TRIPS: usize = 500;
const INTERACTIONS: usize = 10_000;
const AT_ONCE: usize = 64;
const WANTED_PER_SECOND: f64 = 1000.0;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let mut of_heatwire = heatwire_round_trips().await;
        let sandbox = Arc::new(Sandbox::start(SandboxOptions::default()).await.expect("a sandbox"));
        let bot = null_bot(&sandbox).await;
        let mut of_null_bot = round_trips(&sandbox).await;
        for percent in [50, 99] {
            let (null_bot, whole) =
                (quantile(&mut of_null_bot, percent), quantile(&mut of_heatwire, percent));
            println!(
                "sandbox and a bot that only answers, in a round trip of heatwire: {:.0} % at p{percent}",
                100.0 * null_bot.as_secs_f64() / whole.as_secs_f64()
            );
        }
        let per_second = interactions_per_second(&sandbox).await;
        println!(
            "interactions held in a second on two threads: {:.1} times the 1,000 wanted",
            per_second / WANTED_PER_SECOND
        );
        bot.abort();
    });
}

async fn heatwire_round_trips() -> Vec<Duration> {
    let collection = Collection::new(Vec::new(), &[], Vec::new());
    let running = RunningBot::start(Arc::new(State::new(collection, Arc::new(Timestamp::now)))).await;
    let times = round_trips(&running.sandbox).await;
    running.stop().await;
    times
}

async fn round_trips(sandbox: &Sandbox) -> Vec<Duration> {
    let mut times = Vec::with_capacity(ROUND_TRIPS);
    for member in members(sandbox).take(ROUND_TRIPS) {
        times.push(member.command("news", json!({})).await.expect("an answer").elapsed());
    }
    times
}

async fn interactions_per_second(sandbox: &Arc<Sandbox>) -> f64 {
    let began = Instant::now();
    let mut persons = JoinSet::new();
    for _ in 0..AT_ONCE {
        let ada = sandbox.person("ada");
        persons.spawn(async move {
            for _ in 0..INTERACTIONS / AT_ONCE {
                ada.command("news", json!({})).await.expect("an answer within 3 s");
            }
        });
    }
    while let Some(ended) = persons.join_next().await {
        ended.expect("every interaction was answered");
    }
    let count = u32::try_from(INTERACTIONS / AT_ONCE * AT_ONCE).expect("a small number");
    f64::from(count) / began.elapsed().as_secs_f64()
}

/// Connects, registers `/news`, and answers every interaction with the same few words.
async fn null_bot(sandbox: &Arc<Sandbox>) -> JoinHandle<()> {
    let stream = TcpStream::connect(sandbox.address()).await.expect("a connection");
    let url = format!("ws://{}/gateway?v=10&encoding=json", sandbox.address());
    let (mut socket, _) = tokio_tungstenite::client_async(url, stream).await.expect("an upgrade");
    let identify = json!({"op": 2, "d": {"token": sandbox.token(), "intents": 0, "properties": {}}});
    socket.send(Message::text(identify.to_string())).await.expect("an open socket");
    let agent = "DiscordBot (https://example.org, 1)";
    let client = reqwest::Client::builder().no_proxy().user_agent(agent).build().expect("a client");
    let api = format!("{}/api/v10", sandbox.api_url());
    let commands = format!("{api}/applications/{}/commands", sandbox.application_id());
    let request = client.put(commands).header("authorization", format!("Bot {}", sandbox.token()));
    let body = json!([{"name": "news", "description": "News"}]).to_string();
    let registered = request.header("content-type", "application/json").body(body).send().await;
    assert!(registered.expect("an answer").status().is_success());
    sandbox.wait_until_bot_ready(PATIENCE).await.expect("the bot is ready");
    tokio::spawn(async move {
        while let Some(Ok(Message::Text(text))) = socket.next().await {
            let event: Value = serde_json::from_str(&text).expect("JSON");
            if event["t"] == "INTERACTION_CREATE" {
                let (id, token) = (event["d"]["id"].as_str(), event["d"]["token"].as_str());
                let (id, token) = id.zip(token).expect("an interaction has both");
                let callback = format!("{api}/interactions/{id}/{token}/callback");
                let answer = json!({"type": 4, "data": {"content": "x"}}).to_string();
                let request = client.post(callback).header("content-type", "application/json").body(answer);
                tokio::spawn(async move { request.send().await.expect("an answer") });
            }
        }
    })
}
