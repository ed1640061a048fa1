//! Sessions of a raw client.

use serde_json::json;

use crate::tests::raw_bot::{Arrived, RawBot};
use crate::{Sandbox, SandboxOptions};

async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.expect("a sandbox")
}

#[tokio::test]
async fn ready_has_the_fields_that_libraries_need_and_the_guild_follows() {
    let sandbox = sandbox().await;
    let mut bot = RawBot::connect(&sandbox).await;
    bot.identify(1).await;
    let ready = bot.event("READY").await;
    assert_eq!(ready["v"], 10);
    assert_eq!(ready["user"]["id"], sandbox.application_id().to_string());
    assert_eq!(ready["guilds"], json!([{"id": sandbox.guild_id().to_string(), "unavailable": true}]));
    assert_eq!(ready["resume_gateway_url"], format!("ws://{}/gateway", sandbox.address()));
    let guild = bot.event("GUILD_CREATE").await;
    assert_eq!(guild["name"], "Everyday");
    assert_eq!(guild["channels"].as_array().map(Vec::len), Some(4));
    assert_eq!((sandbox.connections(), sandbox.identifies().len()), (1, 1));
    bot.send(&json!({"op": 1, "d": 2})).await;
    assert!(matches!(bot.next().await, Arrived::Json(ack) if ack["op"] == 11));
    sandbox.stop().await;
}

#[tokio::test]
async fn each_fault_of_a_bot_has_its_close_code() {
    let sandbox = Sandbox::start(SandboxOptions { refuse_intents: 1 << 15, ..SandboxOptions::default() });
    let sandbox = sandbox.await.expect("a sandbox");
    let identify =
        |token: &str, intents: u64| json!({"op": 2, "d": {"token": token, "intents": intents}}).to_string();
    let token = sandbox.token();
    let cases = [
        (4004, identify("wrong", 0)),
        (4014, identify(&token, 1 << 15)),
        (4013, identify(&token, 1 << 30)),
        (4003, json!({"op": 3, "d": {}}).to_string()),
        (4001, json!({"op": 77}).to_string()),
        (4002, "{".to_owned()),
        (4002, json!({"op": 1, "d": "x".repeat(5000)}).to_string()),
    ];
    for (code, text) in cases {
        let mut bot = RawBot::connect(&sandbox).await;
        bot.send_text(text).await;
        assert_eq!(bot.next().await, Arrived::Closed(code));
    }
    let mut bot = RawBot::identified(&sandbox).await;
    bot.identify(0).await;
    assert_eq!(bot.next().await, Arrived::Closed(4005));
    let accepted: Vec<_> = sandbox.identifies().iter().map(|identify| identify.is_accepted).collect();
    assert_eq!(accepted, [false, false, false, true]);
}

#[tokio::test]
async fn more_than_120_events_a_minute_close_the_connection() {
    let sandbox = sandbox().await;
    let mut bot = RawBot::connect(&sandbox).await;
    for _ in 0..121 {
        bot.send(&json!({"op": 1, "d": null})).await;
    }
    for _ in 0..120 {
        assert!(matches!(bot.next().await, Arrived::Json(ack) if ack["op"] == 11));
    }
    assert_eq!(bot.next().await, Arrived::Closed(4008));
}

#[tokio::test]
async fn a_resume_sends_the_missed_events() {
    let sandbox = sandbox().await;
    let mut bot = RawBot::connect(&sandbox).await;
    bot.identify(1 | 1 << 9).await;
    let session_id = bot.event("READY").await["session_id"].clone();
    bot.event("GUILD_CREATE").await;
    let sequence = bot.sequence();
    sandbox.drop_connections();
    assert_eq!(bot.next().await, Arrived::Dropped);
    assert_eq!(sandbox.connections(), 0);
    let path = format!("/channels/{}/messages", sandbox.channel_id("news").expect("a channel"));
    let (status, _) = bot.rest(reqwest::Method::POST, &path, json!({"content": "meanwhile"})).await;
    assert_eq!(status, 200);
    bot.resume(&sandbox, &session_id, &sequence).await;
    assert_eq!(bot.event("MESSAGE_CREATE").await["content"], "meanwhile");
    bot.event("RESUMED").await;
    assert_eq!((sandbox.resumes(), sandbox.identifies().len()), (1, 1));
    bot.resume(&sandbox, &json!("no such session"), &sequence).await;
    assert!(
        matches!(bot.next().await, Arrived::Json(invalid) if invalid["op"] == 9 && invalid["d"] == false)
    );
}

#[tokio::test]
async fn connections_end_on_demand() {
    let sandbox = sandbox().await;
    let mut bot = RawBot::connect(&sandbox).await;
    bot.identify(0).await;
    let session_id = bot.event("READY").await["session_id"].clone();
    sandbox.ask_reconnect();
    assert!(matches!(bot.next().await, Arrived::Json(reconnect) if reconnect["op"] == 7));
    sandbox.close_connections(4000);
    assert_eq!(bot.next().await, Arrived::Closed(4000));
    let sequence = bot.sequence();
    bot.resume(&sandbox, &session_id, &sequence).await;
    bot.event("RESUMED").await;
    sandbox.close_connections(4009);
    assert_eq!(bot.next().await, Arrived::Closed(4009));
    bot.resume(&sandbox, &session_id, &sequence).await;
    assert!(matches!(bot.next().await, Arrived::Json(invalid) if invalid["op"] == 9));
}

#[tokio::test]
async fn a_bot_that_sends_no_heartbeats_is_closed() {
    let heartbeat_interval = std::time::Duration::from_millis(30);
    let options = SandboxOptions { heartbeat_interval, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let mut bot = RawBot::identified(&sandbox).await;
    let session_id = json!("any");
    assert_eq!(bot.next().await, Arrived::Closed(4009));
    bot.resume(&sandbox, &session_id, &json!(1)).await;
    assert!(matches!(bot.next().await, Arrived::Json(invalid) if invalid["op"] == 9));
}

#[tokio::test]
async fn a_stream_is_compressed_on_request() {
    let sandbox = sandbox().await;
    let mut bot = RawBot::connect_compressed(&sandbox).await;
    bot.identify(1 | 1 << 9).await;
    assert_eq!(bot.event("READY").await["v"], 10);
    assert_eq!(bot.event("GUILD_CREATE").await["name"], "Everyday");
    let path = format!("/channels/{}/messages", sandbox.channel_id("news").expect("a channel"));
    let long = "a🎉".repeat(1000);
    bot.rest(reqwest::Method::POST, &path, json!({"content": long})).await;
    assert_eq!(bot.event("MESSAGE_CREATE").await["content"], long);
}

#[tokio::test]
async fn identifies_are_paced_and_counted() {
    let (identify_pause, max_concurrency) = (std::time::Duration::from_secs(3600), 2);
    let options = SandboxOptions {
        identify_pause,
        max_concurrency,
        identifies_per_day: 2,
        ..SandboxOptions::default()
    };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let identify =
        |shard: u64| json!({"op": 2, "d": {"token": sandbox.token(), "intents": 1, "shard": [shard, 4]}});
    let mut bots = Vec::new();
    for shard in [0, 1] {
        let mut bot = RawBot::connect(&sandbox).await;
        bot.send(&identify(shard)).await;
        assert_eq!(bot.event("READY").await["shard"], json!([shard, 4]));
        bots.push(bot);
    }
    let mut early = RawBot::connect(&sandbox).await;
    early.send(&identify(2)).await;
    assert!(matches!(early.next().await, Arrived::Json(invalid) if invalid["op"] == 9));
    let options = SandboxOptions { identifies_per_day: 1, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let mut first = RawBot::identified(&sandbox).await;
    let mut second = RawBot::connect(&sandbox).await;
    second.identify(1).await;
    assert_eq!((first.next().await, second.next().await), (Arrived::Closed(4004), Arrived::Closed(4004)));
    assert_eq!(
        first.rest(reqwest::Method::GET, "/users/@me", json!(null)).await.0,
        401,
        "the token was reset"
    );
}

#[tokio::test]
async fn each_shard_gets_the_events_of_its_guilds() {
    let options = SandboxOptions { shards_min: 2, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let own = (sandbox.guild_id() >> 22) % 2;
    let mut shards = Vec::new();
    for shard in [own, 1 - own] {
        let mut bot = RawBot::connect(&sandbox).await;
        bot.send(
            &json!({"op": 2, "d": {"token": sandbox.token(), "intents": 1 | 1 << 9, "shard": [shard, 2]}}),
        )
        .await;
        let guilds = bot.event("READY").await["guilds"].as_array().map(Vec::len);
        assert_eq!(guilds, Some(usize::from(shard == own)));
        shards.push(bot);
    }
    let path = format!("/channels/{}/messages", sandbox.channel_id("news").expect("a channel"));
    shards[0].rest(reqwest::Method::POST, &path, json!({"content": "x"})).await;
    shards[0].event("MESSAGE_CREATE").await;
    shards[1].send(&json!({"op": 1, "d": null})).await;
    assert!(matches!(shards[1].next().await, Arrived::Json(ack) if ack["op"] == 11), "nothing came before");
    let mut alone = RawBot::connect(&sandbox).await;
    alone.identify(1).await;
    assert_eq!(alone.next().await, Arrived::Closed(4011));
}

#[tokio::test]
async fn sessions_can_be_invalidated_and_a_wrong_sequence_is_refused() {
    let sandbox = sandbox().await;
    let mut bot = RawBot::connect(&sandbox).await;
    bot.identify(0).await;
    let session_id = bot.event("READY").await["session_id"].clone();
    sandbox.invalidate_sessions(true);
    assert!(matches!(bot.next().await, Arrived::Json(invalid) if invalid["op"] == 9 && invalid["d"] == true));
    bot.resume(&sandbox, &session_id, &json!(500)).await;
    assert_eq!(bot.next().await, Arrived::Closed(4007));
    let sequence = bot.sequence();
    bot.resume(&sandbox, &session_id, &sequence).await;
    bot.event("RESUMED").await;
    sandbox.invalidate_sessions(false);
    assert!(
        matches!(bot.next().await, Arrived::Json(invalid) if invalid["op"] == 9 && invalid["d"] == false)
    );
    bot.identify(0).await;
    bot.event("READY").await;
}
