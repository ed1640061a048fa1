//! How a sandbox is set up.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::actions::PageAction;
use crate::rate_limit::RateLimits;

/// The clock of a sandbox.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The bot's id in base64, as in a real token, then plain words. Discord knows no such token.
const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.Sandbx.this-token-opens-the-sandbox-only";

/// How a sandbox is set up.
#[derive(Clone)]
pub struct SandboxOptions {
    /// The port on 127.0.0.1. 0 takes any free port.
    pub port: u16,
    /// The time for ids, timestamps, limits and deadlines.
    pub clock: Clock,
    /// The accepted bot token, without `Bot `.
    pub token: String,
    /// How long an interaction waits for its first answer: 3 s (Discord's docs: "Receiving and
    /// Responding").
    pub answer_window: Duration,
    /// How long an interaction's token works: 15 minutes (Discord's docs: the same page).
    pub token_window: Duration,
    /// How long a [`Person`](crate::Person) waits for an answer, in real time.
    pub person_timeout: Duration,
    /// A bit set of gateway intents. An IDENTIFY with one of them is closed with 4014.
    pub refuse_intents: u64,
    /// The close code for every valid IDENTIFY. `None` accepts them.
    pub close_identify: Option<u16>,
    /// Identifies that a bot may make in a day. Discord's docs: "Gateway", "Session Start Limit".
    pub identifies_per_day: usize,
    /// How long a bot must wait between two identifies; an earlier one gets opcode 9. Discord: 5 s, for each
    /// `shard_id % max_concurrency`. Zero by default: a test can restart a bot at once.
    pub identify_pause: Duration,
    /// How many shards may identify at the same time.
    pub max_concurrency: u64,
    /// The number of shards that `GET /gateway/bot` recommends. A bot with fewer shards is closed with 4011.
    pub shards_min: u64,
    /// The gateway address that REST reports. `None` reports the sandbox's own.
    pub gateway_url: Option<String>,
    /// The limits on requests.
    pub rate_limits: RateLimits,
    /// How long `enforce_nonce` remembers a nonce: 5 minutes. Discord's docs say only "the past few minutes".
    pub nonce_window: Duration,
    /// New commands in a day, counted apart for the application and for the guild: 200. Discord's docs: "Application
    /// Commands", "Registering a Command".
    pub command_creates_per_day: usize,
    /// The heartbeat interval that the gateway asks for in its HELLO.
    pub heartbeat_interval: Duration,
    /// Requests kept for [`Sandbox::requests`](crate::Sandbox::requests). At the bound the oldest is dropped.
    pub request_log_entries_max: usize,
    /// A folder for a recording: each request becomes a line of JSON, `{"method", "path", "body"}`. `None` records
    /// nothing.
    pub recorded_requests: Option<PathBuf>,
    /// Buttons on the page that call the host program.
    pub actions: Vec<PageAction>,
}

impl Default for SandboxOptions {
    /// Any free port, the system's clock, Discord's limits.
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
            actions: Vec::new(),
        }
    }
}

impl fmt::Debug for SandboxOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SandboxOptions").field("port", &self.port).finish_non_exhaustive()
    }
}
