//! One bot in one sandbox with a folder of articles of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Answer, Person, Sandbox, SandboxOptions};
use heatwire::collection::HalfLife;
use heatwire::collection::incremental::Clock;
use heatwire::discord::state::State;
use heatwire::discord::{self, RunError, Settings};
use heatwire::ids::GuildId;
use heatwire::reload::Reloads;
use heatwire::search::Search;
use heatwire::shards::Shards;
use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// What the bot's clock says in every test.
pub(crate) const NOW: &str = "2026-06-15T12:00:00Z";
/// How long anything may take before a test gives up. Nothing waits for it when all is well.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A running bot.
pub(crate) struct Bot {
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) articles: TempDir,
    stop: CancellationToken,
    running: JoinHandle<Result<(), RunError>>,
}

/// A sandbox. Where `.ci/run` wants to see them, it keeps all requests of whoever finds it: a bot of the test,
/// or of a program of its own.
pub(crate) async fn sandbox_with(options: SandboxOptions) -> Sandbox {
    let recorded_requests = std::env::var_os("HEATWIRE_REQUESTS_DIR").map(PathBuf::from);
    Sandbox::start(SandboxOptions { recorded_requests, ..options }).await.unwrap()
}

impl Bot {
    /// Starts a sandbox and a bot with these article files, and waits until the bot has a session.
    pub(crate) async fn with_files(files: &[(&str, &str)]) -> Self {
        let sandbox = sandbox_with(SandboxOptions::default()).await;
        Self::in_sandbox(Arc::new(sandbox), folder(files), None).await
    }

    /// As [`Bot::with_files`], with a clock of the test's own.
    pub(crate) async fn with_clock(files: &[(&str, &str)], clock: Clock) -> Self {
        let sandbox = Arc::new(sandbox_with(SandboxOptions::default()).await);
        let articles = folder(files);
        let state = state_at(articles.path(), clock).await;
        let settings = settings(&sandbox);
        Self::run(sandbox, articles, state, settings).await
    }

    /// Starts a bot in a sandbox that is there already.
    pub(crate) async fn in_sandbox(
        sandbox: Arc<Sandbox>,
        articles: TempDir,
        guild_id: Option<GuildId>,
    ) -> Self {
        let state = state(articles.path()).await;
        let settings = Settings { guild_id, ..settings(&sandbox) };
        Self::run(sandbox, articles, state, settings).await
    }

    /// As [`Bot::with_files`], with a search index that is never made.
    pub(crate) async fn without_search(files: &[(&str, &str)]) -> Self {
        let sandbox = Arc::new(sandbox_with(SandboxOptions::default()).await);
        let articles = folder(files);
        let state = state(articles.path()).await.with_search(Arc::default());
        let settings = settings(&sandbox);
        Self::run(sandbox, articles, state, settings).await
    }

    async fn run(sandbox: Arc<Sandbox>, articles: TempDir, state: State, settings: Settings) -> Self {
        let state = Arc::new(state);
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let running = tokio::spawn(async move { discord::run(&settings, state, stopped).await });
        sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
        Self { sandbox, articles, stop, running }
    }

    /// Stops the bot as a signal does, and gives back the sandbox and the folder for the next one.
    pub(crate) async fn stop(self) -> (Arc<Sandbox>, TempDir) {
        self.stop.cancel();
        tokio::time::timeout(PATIENCE, self.running).await.unwrap().unwrap().unwrap();
        (self.sandbox, self.articles)
    }

    /// Stops the bot and starts another one, which knows nothing of the first, with the same articles.
    pub(crate) async fn restart(self) -> Self {
        let (sandbox, articles) = self.stop().await;
        Self::in_sandbox(sandbox, articles, None).await
    }

    pub(crate) fn ada(&self) -> Person {
        self.sandbox.person("ada")
    }

    /// The moderator.
    pub(crate) fn mona(&self) -> Person {
        self.sandbox.person("mod")
    }

    pub(crate) fn ben(&self) -> Person {
        self.sandbox.person("ben")
    }
}

pub(crate) fn settings(sandbox: &Sandbox) -> Settings {
    Settings {
        token: sandbox.token().into(),
        guild_id: None,
        api_url: Some(sandbox.api_url()),
        shards: Shards::Recommended,
    }
}

/// A state that follows a folder. Its clock stands still; the folder's goes on.
pub(crate) async fn state(articles: &Path) -> State {
    let now: Timestamp = NOW.parse().unwrap();
    state_at(articles, Arc::new(move || now)).await
}

async fn state_at(articles: &Path, clock: Clock) -> State {
    let reloads =
        Reloads::start(articles.to_owned(), HalfLife::default(), Arc::new(Timestamp::now)).await.unwrap();
    let search = Search::follow(&reloads);
    State::following(reloads, clock).with_search(search)
}

pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// An article file on a topic. `more` is further front matter.
pub(crate) fn article(title: &str, topic: &str, heat: i64, more: &str) -> String {
    let slug = title.to_lowercase().replace(' ', "-");
    format!(
        "---\ntitle: \"{title}\"\nexcerpt: About {slug}.\nwebUrl: https://example.com/{slug}\nheat: {heat}\n\
         quality: 50\ntype: article\npublishedDateTime: 2026-06-01T00:00:00Z\nprovider:\n  name: The Source\n\
         topics:\n  - {topic}\n{more}---\n"
    )
}

/// Twelve articles on AI (heat 1 to 12) and one, old, on Rust.
pub(crate) fn twelve_and_one() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = (1..=12)
        .map(|heat| (format!("ai/{heat}.md"), article(&format!("Story {heat}"), "AI", heat, "")))
        .collect();
    let old = article("Old story", "Rust", 99, "").replace("2026-06-01", "2020-06-01");
    files.push(("rust/old.md".to_owned(), old));
    files.push((
        "topics/ai.yaml".to_owned(),
        "taxonomy: topic\nname: AI\nkeywords: [artificial intelligence]\n".to_owned(),
    ));
    files
}

pub(crate) fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

pub(crate) fn titles(answer: &Answer) -> Vec<&str> {
    answer.embeds().iter().map(|embed| embed["title"].as_str().unwrap_or_default()).collect()
}

/// A button's label and whether it can be pressed.
pub(crate) fn buttons(answer: &Answer) -> Vec<(String, bool)> {
    let read = |button: &&Value| {
        (button["label"].as_str().unwrap_or_default().to_owned(), button["disabled"] != Value::Bool(true))
    };
    answer.buttons().iter().map(read).collect()
}

/// The program itself, with these settings and none of the test's own environment.
pub(crate) fn program(arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heatwire"));
    command.args(arguments).env_clear().env("DATABASE_URL", "sqlite::memory:");
    command.envs(settings.iter().copied());
    // Where no .env lies about.
    command.current_dir(std::env::temp_dir());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program to its end beside the sandbox, which lives in this process.
pub(crate) async fn output(mut command: Command) -> Output {
    let ended = tokio::task::spawn_blocking(move || command.output().unwrap());
    tokio::time::timeout(PATIENCE, ended).await.unwrap().unwrap()
}
