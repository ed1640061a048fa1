//! Deliveries through a sandbox without limits, and serenity alone with the same messages.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use discord_sandbox::{ChannelKind, Fault, FaultKind, RateLimits, Sandbox, SandboxOptions};
use heatwire::discord::Settings;
use heatwire::discord::sender::DiscordSender;
use heatwire::ids::ChannelId;
use jiff::Timestamp;
use serde_json::Value;
use serenity::http::{Http, HttpBuilder};
use tokio::task::JoinSet;

use super::posting::time_to_post;

/// More than any bench sends.
const UNLIMITED: u32 = 1_000_000;

/// How long our deliveries took, and serenity's requests with the same bodies.
pub(crate) struct Times {
    pub(crate) ours: Duration,
    pub(crate) of_serenity: Duration,
}

/// Posts so many articles to each of so many channels, in both ways. Each channel gets one message after the other, and each
/// answer takes as long as said.
pub(crate) async fn times(channels: usize, articles: usize, delay: Duration) -> Times {
    let (sandbox, ids) = sandbox(channels, articles, delay).await;
    let settings =
        Settings { token: sandbox.token().into(), guild_id: None, api_url: Some(sandbox.api_url()) };
    let sender = DiscordSender::new(&settings, Arc::new(Timestamp::now)).expect("a sender");
    let sender = sender.with_requests_per_second(UNLIMITED as usize);
    let ours = time_to_post(sender, &ids, articles).await;
    let posted = bodies(&sandbox, &ids);
    sandbox.stop().await;
    assert!(posted.iter().all(|bodies| bodies.len() == articles), "each channel has every article");
    let (sandbox, ids) = self::sandbox(channels, articles, delay).await;
    let http = HttpBuilder::new(sandbox.token()).proxy(sandbox.api_url()).ratelimiter_disabled(true).build();
    let of_serenity = time_of_serenity(Arc::new(http), ids, posted).await;
    sandbox.stop().await;
    Times { ours, of_serenity }
}

async fn sandbox(channels: usize, articles: usize, delay: Duration) -> (Sandbox, Vec<ChannelId>) {
    let rate_limits = RateLimits {
        global_per_second: UNLIMITED,
        messages_per_window: UNLIMITED,
        others_per_second: UNLIMITED,
        ..RateLimits::default()
    };
    // Rights are asked for as well.
    let request_log_entries_max = channels * (articles + 10);
    let options = SandboxOptions { rate_limits, request_log_entries_max, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let ids = (0..channels).map(|number| {
        ChannelId(sandbox.create_channel(&format!("feed-{number}"), ChannelKind::Text).expect("a channel"))
    });
    let ids = ids.collect();
    if !delay.is_zero() {
        let route = "POST /channels/*/messages".to_owned();
        let count = u32::try_from(channels * articles).expect("a small number");
        sandbox.plan_fault(Fault { route, kind: FaultKind::Delay(delay), count }).expect("a delay");
    }
    (sandbox, ids)
}

/// What was posted, by channel, in order.
fn bodies(sandbox: &Sandbox, channels: &[ChannelId]) -> Vec<Vec<Arc<Value>>> {
    let paths = channels.iter().map(|channel| format!("/api/v10/channels/{channel}/messages"));
    let mut by_path: HashMap<String, Vec<Arc<Value>>> = paths.map(|path| (path, Vec::new())).collect();
    for request in sandbox.requests() {
        if let Some(bodies) = by_path.get_mut(&request.path).filter(|_| request.method == "POST") {
            bodies.push(request.body);
        }
    }
    by_path.into_values().collect()
}

async fn time_of_serenity(
    http: Arc<Http>,
    channels: Vec<ChannelId>,
    bodies: Vec<Vec<Arc<Value>>>,
) -> Duration {
    let began = Instant::now();
    let mut sending = JoinSet::new();
    for (channel, bodies) in channels.into_iter().zip(bodies) {
        let http = Arc::clone(&http);
        sending.spawn(async move {
            for body in bodies {
                let sent =
                    http.send_message(serenity::all::ChannelId::new(channel.0), Vec::new(), &*body).await;
                sent.expect("the sandbox takes it");
            }
        });
    }
    sending.join_all().await;
    began.elapsed()
}
