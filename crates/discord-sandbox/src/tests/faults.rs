//! Faults on demand, and the limits on requests.

use std::time::{Duration, Instant};

use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::raw_bot::{AGENT, Arrived, RawBot, sandbox_with_clock};
use crate::{Fault, FaultKind, RateLimits, Sandbox, SandboxOptions, Scope};

const POST: &str = "POST /channels/*/messages";

async fn scene() -> (Sandbox, RawBot) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let bot = RawBot::identified(&sandbox).await;
    (sandbox, bot)
}

fn plan(sandbox: &Sandbox, kind: FaultKind, count: u32) {
    sandbox.plan_fault(Fault { route: POST.to_owned(), kind, count }).expect("planned");
}

/// Posts on a connection of its own.
async fn post(sandbox: &Sandbox, text: &str, timeout: Duration) -> Result<Response, reqwest::Error> {
    let client = reqwest::Client::builder().no_proxy().user_agent(AGENT).timeout(timeout).build()?;
    let channel = sandbox.channel_id("news").expect("a channel");
    let url = format!("{}/api/v10/channels/{channel}/messages", sandbox.api_url());
    let request = client.post(url).header("authorization", format!("Bot {}", sandbox.token()));
    request.header("content-type", "application/json").body(json!({"content": text}).to_string()).send().await
}

async fn posted(sandbox: &Sandbox, text: &str) -> Result<Response, reqwest::Error> {
    post(sandbox, text, Duration::from_secs(5)).await
}

fn seen(sandbox: &Sandbox) -> usize {
    sandbox.person("ada").sees("news").expect("a channel").len()
}

async fn json_of(response: Response) -> Value {
    serde_json::from_slice(&response.bytes().await.expect("a body")).unwrap_or_default()
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map_or("", |value| value.to_str().expect("text")).to_owned()
}

#[tokio::test]
async fn faults_hit_as_often_as_planned_and_only_their_route() {
    let (sandbox, bot) = scene().await;
    plan(&sandbox, FaultKind::Status(502), 2);
    for status in [502, 502, 200] {
        assert_eq!(posted(&sandbox, "x").await.expect("an answer").status().as_u16(), status);
        assert_eq!(bot.rest(Method::GET, "/users/@me", Value::Null).await.0, 200);
    }
    assert_eq!((seen(&sandbox), sandbox.planned_faults().len()), (1, 0));
}

#[tokio::test]
async fn a_connection_is_reset_before_or_after_the_effect() {
    let (sandbox, _bot) = scene().await;
    for (kind, count) in [(FaultKind::ResetBefore, 0), (FaultKind::ResetAfter, 1)] {
        plan(&sandbox, kind, 1);
        let error = posted(&sandbox, "x").await.expect_err("no answer");
        assert!(error.is_request(), "{error:?}");
        assert_eq!(seen(&sandbox), count, "{kind:?}");
        assert_eq!(sandbox.requests().last().map(|record| record.status), Some(0));
    }
    assert_eq!(posted(&sandbox, "x").await.expect("an answer").status().as_u16(), 200);
}

#[tokio::test]
async fn a_request_can_stay_unanswered_or_get_a_late_answer() {
    let (sandbox, _bot) = scene().await;
    plan(&sandbox, FaultKind::Unanswered, 1);
    let error = post(&sandbox, "x", Duration::from_millis(200)).await.expect_err("no answer");
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(seen(&sandbox), 1);
    let delay = Duration::from_millis(100);
    plan(&sandbox, FaultKind::Delay(delay), 1);
    let began = Instant::now();
    assert_eq!(posted(&sandbox, "x").await.expect("an answer").status().as_u16(), 200);
    assert!(began.elapsed() >= delay);
    sandbox.stop().await;
}

#[tokio::test]
async fn each_429_has_the_headers_of_its_scope() {
    let (sandbox, _bot) = scene().await;
    let second = Duration::from_secs(1);
    let cases = [
        (Scope::User, None, "1", "user", ""),
        (Scope::Shared, Some(second * 20), "20", "shared", ""),
        (Scope::Global, Some(Duration::from_millis(1)), "1", "global", "true"),
    ];
    for (scope, header_says, retry_after, scope_name, global) in cases {
        plan(&sandbox, FaultKind::RateLimit { scope, retry_after: second, header: header_says }, 1);
        let response = posted(&sandbox, "x").await.expect("an answer");
        assert_eq!(response.status().as_u16(), 429);
        assert_eq!(header(&response, "retry-after"), retry_after);
        assert_eq!(header(&response, "x-ratelimit-scope"), scope_name);
        assert_eq!(header(&response, "x-ratelimit-global"), global);
        let body = json_of(response).await;
        assert_eq!((&body["retry_after"], &body["global"]), (&json!(1.0), &json!(global == "true")));
    }
    assert_eq!((seen(&sandbox), sandbox.invalid_requests()), (0, 2), "a shared limit is nobody's fault");
}

#[tokio::test]
async fn buckets_fill_and_empty_by_the_clock_for_each_channel() {
    let (sandbox, clock) = sandbox_with_clock().await;
    for remaining in ["4", "3", "2", "1", "0"] {
        let response = posted(&sandbox, "x").await.expect("an answer");
        assert_eq!(header(&response, "x-ratelimit-remaining"), remaining);
        assert_eq!(header(&response, "x-ratelimit-limit"), "5");
        assert_eq!(header(&response, "x-ratelimit-reset-after"), "5.000");
    }
    clock.advance(Duration::from_millis(3500));
    let refused = posted(&sandbox, "x").await.expect("an answer");
    assert_eq!((refused.status().as_u16(), &*header(&refused, "retry-after")), (429, "2"));
    assert_eq!(json_of(refused).await["retry_after"], 1.5);
    let bot = RawBot::connect(&sandbox).await;
    let other = format!("/channels/{}/messages", sandbox.channel_id("general").expect("a channel"));
    assert_eq!(bot.rest(Method::POST, &other, json!({"content": "x"})).await.0, 200);
    clock.advance(Duration::from_millis(1500));
    assert_eq!(posted(&sandbox, "x").await.expect("an answer").status().as_u16(), 200);
}

#[tokio::test]
async fn ten_publications_an_hour_and_fifty_requests_a_second() {
    let (sandbox, clock) = sandbox_with_clock().await;
    let bot = RawBot::connect(&sandbox).await;
    let path = format!("/channels/{}/messages", sandbox.channel_id("announcements").expect("a channel"));
    for number in 1..=11 {
        let (_, posted) = bot.rest(Method::POST, &path, json!({"content": "x"})).await;
        let publish = format!("{path}/{}/crosspost", posted["id"].as_str().expect("an id"));
        let (status, body) = bot.rest(Method::POST, &publish, Value::Null).await;
        assert_eq!(status, if number == 11 { 429 } else { 200 });
        if number == 11 {
            assert!(body["retry_after"].as_f64().is_some_and(|wait| wait > 3000.0), "{body}");
        }
        clock.advance(Duration::from_secs(5));
    }
    let mut refused = 0;
    for path in ["/users/@me", "/gateway/bot"] {
        for _ in 0..26 {
            let (status, body) = bot.rest(Method::GET, path, Value::Null).await;
            refused += u32::from(status == 429 && body["global"] == true);
        }
    }
    assert_eq!(refused, 2);
}

async fn edit(sandbox: &Sandbox, path: &str) -> Response {
    let client = reqwest::Client::builder().no_proxy().user_agent(AGENT).build().expect("a client");
    let request = client.patch(format!("{}/api/v10{path}", sandbox.api_url()));
    let request = request.header("authorization", format!("Bot {}", sandbox.token()));
    let body = json!({"content": "changed"}).to_string();
    request.header("content-type", "application/json").body(body).send().await.expect("an answer")
}

#[tokio::test]
async fn a_message_older_than_an_hour_is_changed_three_times_in_six_seconds() {
    let (sandbox, clock) = sandbox_with_clock().await;
    let news = sandbox.channel_id("news").expect("a channel");
    let message = json_of(posted(&sandbox, "old").await.expect("an answer")).await;
    let path = format!("/channels/{news}/messages/{}", message["id"].as_str().expect("an id"));
    clock.advance(Duration::from_secs(3600));
    for _ in 0..5 {
        assert_eq!(edit(&sandbox, &path).await.status().as_u16(), 200, "an hour is not more than an hour");
    }
    clock.advance(Duration::from_secs(10));
    let fresh = json_of(posted(&sandbox, "fresh").await.expect("an answer")).await;
    for _ in 0..3 {
        assert_eq!(edit(&sandbox, &path).await.status().as_u16(), 200);
    }
    clock.advance(Duration::from_millis(500));
    let refused = edit(&sandbox, &path).await;
    assert_eq!((refused.status().as_u16(), &*header(&refused, "retry-after")), (429, "6"));
    let body = json_of(refused).await;
    assert_eq!((&body["code"], &body["retry_after"]), (&json!(30046), &json!(5.5)));
    assert_eq!(sandbox.requests().last().and_then(|record| record.error_code), Some(30046));
    let path_of_fresh = format!("/channels/{news}/messages/{}", fresh["id"].as_str().expect("an id"));
    assert_eq!(edit(&sandbox, &path_of_fresh).await.status().as_u16(), 200, "only old ones count");
    clock.advance(Duration::from_millis(5500));
    assert_eq!(edit(&sandbox, &path).await.status().as_u16(), 200);
}

#[tokio::test]
async fn a_published_message_allows_three_changes_an_hour_and_the_header_says_one_second() {
    let (sandbox, clock) = sandbox_with_clock().await;
    let bot = RawBot::connect(&sandbox).await;
    let messages = format!("/channels/{}/messages", sandbox.channel_id("announcements").expect("a channel"));
    let (_, posted) = bot.rest(Method::POST, &messages, json!({"content": "x"})).await;
    let path = format!("{messages}/{}", posted["id"].as_str().expect("an id"));
    for _ in 0..4 {
        assert_eq!(edit(&sandbox, &path).await.status().as_u16(), 200, "not published yet");
    }
    bot.rest(Method::POST, &format!("{path}/crosspost"), Value::Null).await;
    clock.advance(Duration::from_secs(5));
    for _ in 0..3 {
        assert_eq!(edit(&sandbox, &path).await.status().as_u16(), 200);
    }
    clock.advance(Duration::from_secs(600));
    let refused = edit(&sandbox, &path).await;
    assert_eq!((refused.status().as_u16(), &*header(&refused, "retry-after")), (429, "1"));
    assert_eq!(header(&refused, "x-ratelimit-scope"), "shared");
    assert_eq!(header(&refused, "x-ratelimit-remaining"), "4", "its bucket has room");
    let body = json_of(refused).await;
    assert_eq!((&body["code"], &body["retry_after"]), (&json!(20028), &json!(3000.0)));
    assert_eq!(sandbox.invalid_requests(), 0, "a shared limit is nobody's fault");
    clock.advance(Duration::from_secs(3000));
    assert_eq!(edit(&sandbox, &path).await.status().as_u16(), 200);
}

#[tokio::test]
async fn limits_on_changes_can_be_off() {
    let off = RateLimits {
        messages_per_window: u32::MAX,
        old_edits_per_window: u32::MAX,
        published_edits_per_hour: u32::MAX,
        ..RateLimits::default()
    };
    let options = SandboxOptions { rate_limits: off, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let bot = RawBot::connect(&sandbox).await;
    let messages = format!("/channels/{}/messages", sandbox.channel_id("announcements").expect("a channel"));
    let (_, posted) = bot.rest(Method::POST, &messages, json!({"content": "x"})).await;
    let path = format!("{messages}/{}", posted["id"].as_str().expect("an id"));
    bot.rest(Method::POST, &format!("{path}/crosspost"), Value::Null).await;
    for _ in 0..7 {
        assert_eq!(edit(&sandbox, &path).await.status().as_u16(), 200);
    }
}

#[tokio::test]
async fn too_many_invalid_requests_block_all_requests() {
    let rate_limits = RateLimits { invalid_requests_max: 3, ..RateLimits::default() };
    let options = SandboxOptions { rate_limits, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/api/v10/users/@me", sandbox.api_url());
    for agent in ["curl/8", "", "DiscordBot"] {
        let response = client.get(&url).header("user-agent", agent).send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 403);
        assert_eq!(json_of(response).await["code"], 40333);
    }
    let kept_out = posted(&sandbox, "x").await.expect("an answer");
    assert_eq!(kept_out.status().as_u16(), 429);
    assert!(header(&kept_out, "x-ratelimit-scope").is_empty(), "Cloudflare knows no buckets");
    assert_eq!(kept_out.text().await.expect("words"), "error code: 1015");
}

#[tokio::test]
async fn events_are_lost_and_the_gateway_is_slow() {
    let (sandbox, mut bot) = scene().await;
    sandbox.lose_events("MESSAGE_CREATE", 1).expect("planned");
    posted(&sandbox, "lost").await.expect("an answer");
    let delay = Duration::from_millis(50);
    sandbox.slow_gateway(delay);
    let began = Instant::now();
    posted(&sandbox, "an event follows").await.expect("an answer");
    assert_eq!(bot.event("MESSAGE_CREATE").await["content"], "an event follows");
    assert!(began.elapsed() >= delay);
}

#[tokio::test]
async fn an_outage_ends_after_its_duration() {
    let (sandbox, clock) = sandbox_with_clock().await;
    let mut bot = RawBot::identified(&sandbox).await;
    sandbox.begin_outage(Some(Duration::from_secs(60)));
    assert_eq!(bot.next().await, Arrived::Dropped);
    let upgrade = format!("{}/gateway", sandbox.api_url());
    let upgrading = || async {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let request = client.get(&upgrade).header("connection", "upgrade").header("upgrade", "websocket");
        let request = request.header("sec-websocket-version", "13").header("sec-websocket-key", "AAAA");
        request.send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(
        (upgrading().await, posted(&sandbox, "x").await.expect("an answer").status().as_u16()),
        (503, 503)
    );
    clock.advance(Duration::from_secs(60));
    assert_eq!(
        (upgrading().await, posted(&sandbox, "x").await.expect("an answer").status().as_u16()),
        (101, 200)
    );
    sandbox.begin_outage(None);
    assert_eq!(posted(&sandbox, "x").await.expect("an answer").status().as_u16(), 503);
    sandbox.end_outage();
    assert_eq!(posted(&sandbox, "x").await.expect("an answer").status().as_u16(), 200);
}
