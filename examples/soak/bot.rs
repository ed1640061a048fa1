//! The bot, as a process of its own.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use discord_sandbox::Sandbox;

const BYTES_PER_MB: f64 = 1_000_000.0;
/// How long an answer to a scrape may take.
const SCRAPE_MAX: Duration = Duration::from_secs(5);

/// A running bot. It ends with this value.
pub(crate) struct Bot {
    child: Child,
    log: PathBuf,
}

impl Bot {
    /// Starts a bot that works in this folder. `settings` are its own.
    pub(crate) fn start(
        sandbox: &Sandbox,
        folder: &Path,
        number: usize,
        settings: &[(&str, String)],
    ) -> Self {
        let log = folder.join(format!("log-{number}"));
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg("run").env_clear().current_dir(folder);
        command.env("DISCORD_TOKEN", sandbox.token()).env("DISCORD_API_URL", sandbox.api_url());
        command.env("HEATWIRE_HTTP_ADDR", "127.0.0.1:0").env("RUST_LOG", "info");
        command.envs(settings.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&log).unwrap());
        Self { child: command.spawn().unwrap(), log }
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Whether its gateway, its collection and its database are ready.
    pub(crate) async fn is_ready(&self) -> bool {
        self.get("/readyz").await.is_some()
    }

    /// The metrics in Prometheus' text format. `None` if the bot does not answer.
    pub(crate) async fn metrics(&self) -> Option<String> {
        self.get("/metrics").await
    }

    /// The text of a good answer.
    async fn get(&self, path: &str) -> Option<String> {
        let log = self.log();
        let (_, address) = log.lines().find_map(|line| line.split_once("/metrics address="))?;
        let asked = reqwest::get(format!("http://{}{path}", address.trim()));
        let answer = tokio::time::timeout(SCRAPE_MAX, asked).await.ok()?.ok()?;
        answer.error_for_status().ok()?.text().await.ok()
    }

    /// The resident memory, in MB.
    pub(crate) fn resident_mb(&self) -> Option<f64> {
        let memory = fs::read_to_string(format!("/proc/{}/statm", self.child.id())).ok()?;
        let pages: f64 = memory.split(' ').nth(1)?.parse().ok()?;
        #[expect(clippy::cast_precision_loss, reason = "a page has few bytes")]
        let page_bytes = rustix::param::page_size() as f64;
        Some(pages * page_bytes / BYTES_PER_MB)
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _is_over = self.child.kill();
        let _is_over = self.child.wait();
    }
}
