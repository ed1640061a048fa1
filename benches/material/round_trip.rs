//! A bot in a sandbox, and what its round trips are measured by.

use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Person, Sandbox, SandboxOptions};
use heatwire::discord::state::State;
use heatwire::discord::{self, RunError, Settings};
use heatwire::shards::Shards;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long a bot may take until it is ready.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The bot, connected to a sandbox of its own.
pub(crate) struct RunningBot {
    pub(crate) sandbox: Sandbox,
    stop: CancellationToken,
    bot: JoinHandle<Result<(), RunError>>,
}

impl RunningBot {
    /// Starts both, and waits until the bot is ready.
    pub(crate) async fn start(state: Arc<State>) -> Self {
        let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
        let settings = Settings {
            token: sandbox.token().into(),
            guild_id: None,
            api_url: Some(sandbox.api_url()),
            shards: Shards::Recommended,
        };
        let stop = CancellationToken::new();
        let bot = tokio::spawn({
            let stop = stop.clone();
            async move { discord::run(&settings, state, stop).await }
        });
        sandbox.wait_until_bot_ready(PATIENCE).await.expect("the bot is ready");
        Self { sandbox, stop, bot }
    }

    /// Ends both.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.bot.await.expect("the bot ends").expect("the bot ends well");
        self.sandbox.stop().await;
    }
}

/// Members in direct messages. Each asks once, so none of them meets a limit, and no server does.
pub(crate) fn members(sandbox: &Sandbox) -> impl Iterator<Item = Person> + use<> {
    let ada = sandbox.person("ada").in_channel("dm");
    (1..).map(move |number| ada.clone().numbered(number))
}

/// The time that so many of a hundred keep.
pub(crate) fn quantile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}
