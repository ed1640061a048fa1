//! A local stand-in for Discord, good enough that the real bot runs against it: REST, gateway, one
//! guild with persons in it, and a web page. Tests start it in-process, `heatwire demo` on a port.
//!
//! It imports nothing of the other modules: it must stay a fair opponent, with its own reading of
//! Discord's docs. What it does not do, it refuses in words; the list is in the README of this crate.
//!
//! - `rest` answers requests, `gateway` keeps websocket sessions, `page` serves the web page;
//! - `state` is the world behind them, under one lock;
//! - `validate` holds Discord's limits, `client` what Discord's own client checks;
//! - `control` is what a test changes in the guild, `faults` what goes wrong on demand;
//! - [`Person`] acts in a test; a [`Note`] is what the host of a sandbox says on its page.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use jiff::Timestamp;
use serde_json::Value;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::DropGuard;

use shared::Shared;
use state::{Presence, guild};

mod api_error;
mod client;
mod control;
mod faults;
mod gateway;
mod listener;
mod notes;
mod page;
mod person;
mod rest;
mod shared;
mod state;
#[cfg(test)]
mod tests;
mod validate;

pub use faults::{Fault, FaultKind};
pub use gateway::Identify;
pub use notes::{Note, Tone};
pub use person::{Answer, AnswerKind, Choice, MessageId, Person, PersonError};
pub use rest::{RateLimits, RequestRecord, Scope};
pub use state::channel::ChannelKind;

/// Where the sandbox takes the time from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long a graceful stop may take before it stops waiting.
const STOP_MAX: Duration = Duration::from_secs(5);
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

/// Why a sandbox did not start, or what a test waited for did not come.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// The port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Bind {
        /// The port asked for.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// The folder for recorded requests cannot be written to.
    #[error("cannot record the requests")]
    Record(#[source] io::Error),
    /// A channel, role or member that a test names is not there, or the guild is full.
    #[error("the sandbox has no such {0}")]
    NotThere(&'static str),
    /// The bot did not come in time.
    #[error("the bot was not there after {0:?}")]
    BotNotReady(Duration),
}

/// A running sandbox. Dropping it stops it, without waiting for connections to end.
pub struct Sandbox {
    shared: Arc<Shared>,
    server: JoinHandle<io::Result<()>>,
    /// Cancels the shutdown token when the sandbox is dropped.
    _stop: DropGuard,
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sandbox at {}", self.shared.address)
    }
}

impl Sandbox {
    /// Starts a sandbox on 127.0.0.1.
    ///
    /// # Errors
    /// [`SandboxError::Bind`] when the port is not to be had, [`SandboxError::Record`] when requests cannot be kept.
    pub async fn start(options: SandboxOptions) -> Result<Self, SandboxError> {
        let port = options.port;
        let bind_error = |source| SandboxError::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(bind_error)?;
        let address = listener.local_addr().map_err(bind_error)?;
        let folder = options.recorded_requests.clone();
        let recording =
            folder.map(|folder| rest::recording(&folder, address.port()).map_err(SandboxError::Record));
        let shared = Arc::new(Shared::new(options, address, recording.transpose()?));
        let router = Router::new()
            .route("/gateway", any(gateway::connection::upgrade))
            .route("/gateway/", any(gateway::connection::upgrade))
            .fallback(rest::serve)
            .layer(from_fn_with_state(Arc::clone(&shared), page::only_programs))
            .merge(page::router(&shared))
            .with_state(Arc::clone(&shared));
        let stopped = shared.shutdown.clone().cancelled_owned();
        let service = router.into_make_service_with_connect_info::<listener::Cut>();
        let server = axum::serve(listener::Port(listener), service).with_graceful_shutdown(stopped);
        let server = tokio::spawn(server.into_future());
        let deadlines = Arc::clone(&shared);
        tokio::spawn(async move { deadlines.watch_deadlines().await });
        let stop = shared.shutdown.clone().drop_guard();
        Ok(Self { shared, server, _stop: stop })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// What the bot takes as `DISCORD_API_URL`; `/api/v10/...` is below it. The page is at the same
    /// address.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The bot token that it accepts.
    #[must_use]
    pub fn token(&self) -> String {
        self.shared.world().options.token.clone()
    }

    /// The id of the bot's application and user.
    #[must_use]
    pub fn application_id(&self) -> u64 {
        guild::APPLICATION_ID
    }

    /// The id of the guild "Everyday".
    #[must_use]
    pub fn guild_id(&self) -> u64 {
        guild::GUILD_ID
    }

    /// The id of the second guild, "Elsewhere", which the page does not show. Its channels are `elsewhere` and the forum
    /// `elsewhere-forum`; it has the same persons and roles of the same names. The bot is no member until
    /// [`Sandbox::add_bot_elsewhere`]. [`Person::in_channel`] with one of its channels sends interactions from there. A person's
    /// options take the ids of both guilds' channels and roles, as a client sends them that somebody forged.
    #[must_use]
    pub fn elsewhere_id(&self) -> u64 {
        guild::ELSEWHERE_ID
    }

    /// The id of a channel: `news` and `general` are text, `announcements` and the forum `discussions`
    /// what they say; or the name of a thread.
    #[must_use]
    pub fn channel_id(&self, name: &str) -> Option<u64> {
        self.shared.world().server.channel_named(name)
    }

    /// A person to act as: `ada` and `ben` are members, `mod` is a moderator. An unknown name shows
    /// in the first thing that the person does.
    #[must_use]
    pub fn person(&self, login: &str) -> Person {
        Person::new(Arc::clone(&self.shared), login)
    }

    /// The registered commands that members see, as Discord's command objects.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.shared.world().commands.for_members()
    }

    /// Sets who may use a command (or, by the application's id, all of them), as an admin does under Server Settings,
    /// Integrations. `permissions` are Discord's application command permissions objects. The bot can read them; what
    /// persons are shown does not follow them.
    pub fn set_command_permissions(&self, id: u64, permissions: Vec<Value>) {
        self.shared.world().commands.set_permissions(id, permissions);
    }

    /// The messages of a channel, oldest first, as Discord's message objects, whoever may see them; those of its threads where it
    /// is a forum.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`].
    pub fn posted_in(&self, name: &str) -> Result<Vec<Arc<Value>>, SandboxError> {
        let world = self.shared.world();
        let id = world.server.channel_named(name).ok_or(SandboxError::NotThere("channel"))?;
        let is_forum = world.server.channel(id).is_some_and(|channel| channel.kind == ChannelKind::Forum);
        let places = if is_forum { world.server.threads_of(id) } else { vec![id] };
        let messages = places.into_iter().filter_map(|place| world.histories.channel(place)).flatten();
        Ok(messages.map(|message| Arc::clone(&message.json)).collect())
    }

    /// The newest REST requests, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.world().requests.records()
    }

    /// The newest IDENTIFYs, oldest first, the refused ones too.
    #[must_use]
    pub fn identifies(&self) -> Vec<Identify> {
        self.shared.world().gateway.identifies()
    }

    /// The tokens of the interactions that are still known: what a log may not hold.
    #[must_use]
    pub fn interaction_tokens(&self) -> Vec<String> {
        self.shared.world().interactions.tokens()
    }

    /// How many sessions were resumed.
    #[must_use]
    pub fn resumes(&self) -> u64 {
        self.shared.world().gateway.resumes_count()
    }

    /// How many gateway connections are open, identified or not.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.world().gateway.connections_count()
    }

    /// Ends every gateway connection without a close frame, as a broken network does.
    pub fn drop_connections(&self) {
        self.disconnect_all(None);
    }

    /// Closes every gateway connection with a code. Discord's docs: "Gateway Close Event Codes".
    pub fn close_connections(&self, code: u16) {
        self.disconnect_all(Some(code));
    }

    /// Tells every gateway connection that its session is invalid (opcode 9), to be resumed or not.
    pub fn invalidate_sessions(&self, is_resumable: bool) {
        let mut world = self.shared.world();
        world.gateway.invalidate(is_resumable);
        world.note_presence();
    }

    /// Asks every gateway connection to reconnect and resume (opcode 7).
    pub fn ask_reconnect(&self) {
        self.shared.world().gateway.ask_reconnect();
    }

    /// Waits until the bot is connected to the gateway.
    ///
    /// # Errors
    /// [`SandboxError::BotNotReady`] after `timeout`.
    pub async fn wait_until_bot_online(&self, timeout: Duration) -> Result<(), SandboxError> {
        self.wait_for(timeout, |presence| presence.is_online).await
    }

    /// Waits until the bot is connected to the gateway and has registered a command.
    ///
    /// # Errors
    /// [`SandboxError::BotNotReady`] after `timeout`.
    pub async fn wait_until_bot_ready(&self, timeout: Duration) -> Result<(), SandboxError> {
        self.wait_for(timeout, |presence| presence.is_online && presence.has_commands).await
    }

    /// Stops it, and waits a bounded time until its connections have ended.
    pub async fn stop(self) {
        self.shared.shutdown.cancel();
        let server = self.server.abort_handle();
        if tokio::time::timeout(STOP_MAX, self.server).await.is_err() {
            server.abort();
            tracing::warn!("the sandbox still had connections when it stopped");
        }
    }

    fn disconnect_all(&self, code: Option<u16>) {
        let mut world = self.shared.world();
        let now = world.now();
        world.gateway.disconnect_all(code, now);
        world.note_presence();
    }

    async fn wait_for(
        &self,
        timeout: Duration,
        is_there: impl Fn(Presence) -> bool,
    ) -> Result<(), SandboxError> {
        let mut presence = self.shared.world().watch_presence();
        let waited = tokio::time::timeout(timeout, presence.wait_for(|now| is_there(*now))).await;
        if matches!(waited, Ok(Ok(_))) { Ok(()) } else { Err(SandboxError::BotNotReady(timeout)) }
    }
}
