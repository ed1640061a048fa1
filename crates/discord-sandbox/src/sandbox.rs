//! A running sandbox: start, stop, and reading its state.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::DropGuard;

use crate::error::SandboxError;
use crate::gateway::{self, Identify};
use crate::options::SandboxOptions;
use crate::person::Person;
use crate::rest::{self, RequestRecord};
use crate::shared::Shared;
use crate::state::BotPresence;
use crate::state::channel::ChannelKind;
use crate::state::ids::{APPLICATION_ID, ELSEWHERE_ID, GUILD_ID};
use crate::{listener, page};

/// How long [`Sandbox::stop`] waits for connections to end.
const STOP_MAX: Duration = Duration::from_secs(5);

/// A running sandbox. Dropping it stops it without waiting for its connections.
pub struct Sandbox {
    pub(crate) shared: Arc<Shared>,
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
    /// [`SandboxError::Bind`] when the port is taken, [`SandboxError::Record`] when the recording cannot be written.
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

    /// The address on which the sandbox listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.shared.address
    }

    /// The address for the bot, `http://127.0.0.1:port`. The API is below it at `/api/v10/`. The page is at the same
    /// address.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("http://{}", self.shared.address)
    }

    /// The accepted bot token.
    #[must_use]
    pub fn token(&self) -> String {
        self.shared.world().options.token.clone()
    }

    /// The id of the bot's application and user.
    #[must_use]
    pub fn application_id(&self) -> u64 {
        APPLICATION_ID
    }

    /// The id of the guild "Everyday".
    #[must_use]
    pub fn guild_id(&self) -> u64 {
        GUILD_ID
    }

    /// The id of the second guild, "Elsewhere". It has the text channel `elsewhere`, the forum `elsewhere-forum`, the
    /// same persons, and roles of the same names. The bot is no member until [`Sandbox::add_bot_elsewhere`].
    ///
    /// A person sends interactions from there after [`Person::in_channel`]. The options of a command accept ids of both
    /// guilds: a modified client can send such ids, too.
    #[must_use]
    pub fn elsewhere_id(&self) -> u64 {
        ELSEWHERE_ID
    }

    /// The id of a channel or thread by its name. At the start the guild has the text channels `news` and `general`,
    /// the announcement channel `announcements` and the forum `discussions`.
    #[must_use]
    pub fn channel_id(&self, name: &str) -> Option<u64> {
        self.shared.world().guilds.channel_named(name)
    }

    /// A person: `ada` and `ben` are members, `mod` is a moderator. With an unknown name each action of the person
    /// fails.
    #[must_use]
    pub fn person(&self, login: &str) -> Person {
        Person::new(Arc::clone(&self.shared), login)
    }

    /// The registered commands of the guild and of the application, as Discord's command objects.
    #[must_use]
    pub fn commands(&self) -> Vec<Value> {
        self.shared.world().commands.for_members()
    }

    /// Sets who may use a command, as an administrator does under Server Settings, Integrations. With the application's
    /// id as `id` it sets this for all commands. `permissions` are Discord's application command permissions objects.
    /// The bot can read them. They do not change which commands a [`Person`] can use.
    pub fn set_command_permissions(&self, id: u64, permissions: Vec<Value>) {
        self.shared.world().commands.set_permissions(id, permissions);
    }

    /// All messages of a channel, oldest first, as Discord's message objects. A forum gives those of its threads.
    ///
    /// # Errors
    /// [`SandboxError::NotThere`] for an unknown channel.
    pub fn posted_in(&self, name: &str) -> Result<Vec<Arc<Value>>, SandboxError> {
        let world = self.shared.world();
        let id = world.guilds.channel_named(name).ok_or(SandboxError::NotThere("channel"))?;
        let is_forum = world.guilds.channel(id).is_some_and(|channel| channel.kind == ChannelKind::Forum);
        let channels = if is_forum { world.guilds.threads_of(id) } else { vec![id] };
        let messages = channels.into_iter().filter_map(|id| world.histories.channel(id)).flatten();
        Ok(messages.map(|message| Arc::clone(&message.json)).collect())
    }

    /// The newest REST requests, oldest first: at most `request_log_entries_max`.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.world().requests.records()
    }

    /// The newest IDENTIFYs, oldest first, with the refused ones: at most 1,000.
    #[must_use]
    pub fn identifies(&self) -> Vec<Identify> {
        self.shared.world().gateway.identifies()
    }

    /// The tokens of all interactions that the sandbox still knows. A test can check that no log has them.
    #[must_use]
    pub fn interaction_tokens(&self) -> Vec<String> {
        self.shared.world().interactions.tokens()
    }

    /// How many sessions were resumed.
    #[must_use]
    pub fn resumes(&self) -> u64 {
        self.shared.world().gateway.resumes_count()
    }

    /// How many gateway connections are open, with or without an IDENTIFY.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.world().gateway.connections_count()
    }

    /// Ends every gateway connection without a close frame, like a network failure.
    pub fn drop_connections(&self) {
        self.disconnect_all(None);
    }

    /// Closes every gateway connection with a code. Discord's docs: "Gateway Close Event Codes".
    pub fn close_connections(&self, code: u16) {
        self.disconnect_all(Some(code));
    }

    /// Sends opcode 9 (invalid session) on every gateway connection. `is_resumable` says whether the bot may resume.
    pub fn invalidate_sessions(&self, is_resumable: bool) {
        let mut world = self.shared.world();
        world.gateway.invalidate(is_resumable);
        world.publish_presence();
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

    /// Stops the sandbox. Waits at most 5 seconds for its connections to end.
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
        world.publish_presence();
    }

    async fn wait_for(
        &self,
        timeout: Duration,
        is_there: impl Fn(BotPresence) -> bool,
    ) -> Result<(), SandboxError> {
        let mut presence = self.shared.world().watch_presence();
        let waited = tokio::time::timeout(timeout, presence.wait_for(|now| is_there(*now))).await;
        if matches!(waited, Ok(Ok(_))) { Ok(()) } else { Err(SandboxError::BotNotReady(timeout)) }
    }
}
