//! How a sandbox is set up.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::rate_limit::RateLimits;

/// Where the sandbox takes the time from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The bot's id in base64, as in a real token, and then words: it opens nothing anywhere.
const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.Sandbx.this-token-opens-the-sandbox-only";

/// How a sandbox is set up.
#[derive(Clone)]
pub struct SandboxOptions {
    /// The port on 127.0.0.1; 0 takes any that is free.
    pub port: u16,
    /// The time by which ids, timestamps and deadlines go.
    pub clock: Clock,
    /// The bot token that is accepted, without `Bot `.
    pub token: String,
    /// How long an interaction waits for its first answer: 3 s (Discord's docs: "Receiving and
    /// Responding").
    pub answer_window: Duration,
    /// How long an interaction's token works: 15 minutes (the same place).
    pub token_window: Duration,
    /// How long a [`Person`] waits for anything, in real time.
    pub person_timeout: Duration,
    /// Gateway intents that are answered with close 4014, a bit set.
    pub refuse_intents: u64,
    /// The code with which every IDENTIFY that is right in itself is closed; accepted if `None`.
    pub close_identify: Option<u16>,
    /// Identifies that a bot may make in a day. Discord's docs: "Gateway", "Session Start Limit".
    pub identifies_per_day: usize,
    /// How long a bot waits between two identifies; earlier ones get opcode 9. Discord: 5 s, for each
    /// `shard_id % max_concurrency`. Zero by default, so that a test can start a bot again at once.
    pub identify_pause: Duration,
    /// Identifies that may come at once.
    pub max_concurrency: u64,
    /// A bot with fewer shards is closed with 4011; also what `GET /gateway/bot` recommends.
    pub shards_min: u64,
    /// What is told to be the gateway's address; the sandbox's own if `None`.
    pub gateway_url: Option<String>,
    /// The limits on requests.
    pub rate_limits: RateLimits,
    /// For how long `enforce_nonce` knows a nonce; Discord says "the past few minutes" and never more.
    pub nonce_window: Duration,
    /// New commands in a day, for the application and for the guild: 200. Discord's docs: "Application
    /// Commands", "Registering a Command".
    pub command_creates_per_day: usize,
    /// The interval that the gateway's HELLO names.
    pub heartbeat_interval: Duration,
    /// Requests kept for [`Sandbox::requests`]; at the bound the oldest is forgotten.
    pub request_log_entries_max: usize,
    /// A folder in which each request, whoever sent it, is kept as a line of JSON: `{"method", "path", "body"}`.
    pub recorded_requests: Option<PathBuf>,
}

impl Default for SandboxOptions {
    /// Any port, the system's clock, Discord's windows.
    fn default() -> Self {
        Self {
            port: 0,
            clock: Arc::new(Timestamp::now),
            token: TOKEN.to_owned(),
            answer_window: Duration::from_secs(3),
            token_window: Duration::from_secs(15 * 60),
            person_timeout: Duration::from_secs(10),
            refuse_intents: 0,
            close_identify: None,
            identifies_per_day: 1000,
            identify_pause: Duration::ZERO,
            max_concurrency: 1,
            shards_min: 1,
            gateway_url: None,
            rate_limits: RateLimits::default(),
            nonce_window: Duration::from_secs(5 * 60),
            command_creates_per_day: 200,
            heartbeat_interval: Duration::from_millis(41_250),
            request_log_entries_max: 1000,
            recorded_requests: None,
        }
    }
}

impl fmt::Debug for SandboxOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SandboxOptions").field("port", &self.port).finish_non_exhaustive()
    }
}
