//! Processes with different shards that share one PostgreSQL, each on a way of its own to the server. Two of them have a guild.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use discord_sandbox::{Person, RateLimits, Sandbox, SandboxOptions};
use rustix::process::{Pid, Signal};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::TAKEN_OVER_MAX;
use crate::scene::{article, until};
use crate::server::{Schema, server};
use crate::way::Way;

pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// A text channel of each guild.
pub(crate) const CHANNELS: [&str; 2] = ["news", "elsewhere"];

struct Process {
    /// As `DISCORD_SHARDS` has them.
    shards: String,
    way: Way,
    bot: Option<Child>,
}

pub(crate) struct Processes {
    pub(crate) sandbox: Sandbox,
    folder: TempDir,
    schema: Schema,
    processes: Vec<Process>,
    /// So that /reload has to reach every process.
    are_files_watched: bool,
    /// Titles that have to stand in each channel.
    expected: Vec<String>,
    sessions: usize,
}

impl Processes {
    /// So many processes that do not run yet. The first two have the shards of the two guilds.
    pub(crate) async fn new(count: usize, are_files_watched: bool) -> Self {
        let most = 1_000_000;
        let rate_limits =
            RateLimits { messages_per_window: most, others_per_second: most, ..RateLimits::default() };
        let options =
            SandboxOptions { rate_limits, identifies_per_day: 1_000_000, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        sandbox.add_bot_elsewhere();
        sandbox.set_preferred_locale("ja");
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        fs::write(folder.path().join("articles/old.md"), article("Old", 1, "")).unwrap();
        let schema = Schema::new(server().unwrap()).await;
        let mut processes = Vec::new();
        for shards in shards(&sandbox, count) {
            processes.push(Process { shards, way: Way::to(&schema.url()).await, bot: None });
        }
        Self { sandbox, folder, schema, processes, are_files_watched, expected: Vec::new(), sessions: 0 }
    }

    /// Processes that run, and are connected to Discord.
    pub(crate) async fn start(count: usize, are_files_watched: bool) -> Self {
        let mut processes = Self::new(count, are_files_watched).await;
        for number in 0..count {
            processes.run(number, None);
        }
        processes.until_connected().await;
        processes
    }

    pub(crate) fn count(&self) -> usize {
        self.processes.len()
    }

    pub(crate) fn shards(&self) -> impl Iterator<Item = &str> {
        self.processes.iter().map(|process| &*process.shards)
    }

    /// Starts a process. `kill_at` is where it will be killed.
    pub(crate) fn run(&mut self, number: usize, kill_at: Option<&str>) {
        let process = &mut self.processes[number];
        let mut command = Command::new(env!("CARGO_BIN_EXE_heatwire"));
        command.arg("run").env_clear().current_dir(self.folder.path());
        command.env("DISCORD_TOKEN", self.sandbox.token()).env("DISCORD_API_URL", self.sandbox.api_url());
        command.env("DISCORD_SHARDS", &process.shards).env("DATABASE_URL", process.way.url());
        command.env("ARTICLES_WATCH", self.are_files_watched.to_string());
        command.envs(kill_at.map(|point| ("HEATWIRE_KILL_AT", point)));
        let log = fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        command.env("RUST_LOG", "info").stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        process.bot = Some(command.spawn().unwrap());
        self.sessions += 1;
    }

    /// Waits until each process that was started has begun its session.
    pub(crate) async fn until_connected(&self) {
        let have_begun = || self.log().matches("connected to Discord").count() >= self.sessions;
        assert!(until(PATIENCE, have_begun).await, "{}", self.log());
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn moderator(&self, channel: &str) -> Person {
        self.sandbox.person("mod").in_channel(channel)
    }

    pub(crate) async fn say(&self, channel: &str, command: &str, options: Value) -> String {
        let answer = self.moderator(channel).command(command, options).await.unwrap();
        answer.settled().await.unwrap().content().to_owned()
    }

    /// Makes a feed in each channel.
    pub(crate) async fn add_feeds(&self) {
        for channel in CHANNELS {
            let add = json!({ "add": { "channel": channel, "min_quality": 0, "max_per_hour": 3600 } });
            let words = self.say(channel, "feed", add).await;
            assert!(words.contains("The bot made feed"), "{channel}: {words}");
        }
    }

    pub(crate) fn write(&self, title: &str) {
        let name = title.to_lowercase().replace(' ', "-");
        let half = self.folder.path().join(format!(".{name}"));
        fs::write(&half, article(title, 9, "")).unwrap();
        fs::rename(half, self.folder.path().join(format!("articles/{name}.md"))).unwrap();
    }

    /// New articles come.
    pub(crate) fn burst(&mut self, count: usize) {
        for _ in 0..count {
            let title = format!("Story {}", self.expected.len() + 1);
            self.write(&title);
            self.expected.push(title);
        }
    }

    /// Which process delivers.
    pub(crate) async fn deliverer(&self) -> Option<usize> {
        let owner = self.schema.owner().await?;
        let is_it = |process: &Process| {
            process.bot.as_ref().is_some_and(|bot| owner == format!("process {}", bot.id()))
        };
        self.processes.iter().position(is_it)
    }

    /// Waits until a process delivers that is another one than `but`. Gives its number.
    pub(crate) async fn until_delivered_by_another(&self, but: Option<usize>) -> usize {
        let began = Instant::now();
        loop {
            match self.deliverer().await {
                Some(number) if Some(number) != but => return number,
                _ => {}
            }
            assert!(began.elapsed() < TAKEN_OVER_MAX, "nobody takes over: {}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// SIGKILL. The others need not wait for the end of its lease.
    pub(crate) async fn kill(&mut self, number: usize) {
        self.kill_and_wait(number);
        self.schema.free_lease().await;
    }

    /// SIGKILL. Its lease lasts on.
    pub(crate) fn kill_and_wait(&mut self, number: usize) {
        let bot = self.processes[number].bot.take();
        end(bot);
    }

    /// The process that was killed at its point, if there is one by now.
    pub(crate) async fn take_killed(&mut self) -> Option<usize> {
        let is_dead =
            |process: &mut Process| process.bot.as_mut().is_some_and(|bot| bot.try_wait().unwrap().is_some());
        let number = self.processes.iter_mut().position(is_dead)?;
        let status = self.processes[number].bot.take().unwrap().wait().unwrap();
        assert_eq!(status.code(), None, "it ended by itself: {}", self.log());
        self.schema.free_lease().await;
        Some(number)
    }

    /// Has a process do nothing, or go on.
    pub(crate) fn signal(&self, number: usize, signal: Signal) {
        let id = self.processes[number].bot.as_ref().unwrap().id();
        rustix::process::kill_process(Pid::from_raw(id.try_into().unwrap()).unwrap(), signal).unwrap();
    }

    /// Cuts a process from the database, or lets it there again.
    pub(crate) fn cut(&self, number: usize, is_cut: bool) {
        self.processes[number].way.cut(is_cut);
    }

    pub(crate) fn titles(&self, channel: &str) -> Vec<String> {
        let posted = self.sandbox.posted_in(channel).unwrap();
        let titles = posted.iter().filter_map(|message| message["embeds"][0]["title"].as_str());
        titles.map(str::to_owned).collect()
    }

    /// Waits until each article stands in each channel, and looks that none stands twice. An article that comes last of all shows
    /// that the others were decided.
    pub(crate) async fn settle_once(&mut self, what: &str) {
        self.burst(1);
        let stand = |channel: &&str| {
            let titles = self.titles(channel);
            self.expected.iter().all(|title| titles.contains(title))
        };
        let is_settled = until(PATIENCE, || CHANNELS.iter().all(stand)).await;
        assert!(is_settled, "{what}: not everything was posted: {}", self.log());
        for channel in CHANNELS {
            let mut standing = BTreeMap::new();
            self.titles(channel).into_iter().for_each(|title| *standing.entry(title).or_insert(0) += 1);
            let expected = self.expected.iter().map(|title| (title.clone(), 1)).collect();
            assert_eq!(standing, expected, "{what}, in #{channel}: {}", self.log());
        }
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        self.processes.iter_mut().for_each(|process| end(process.bot.take()));
    }
}

fn end(bot: Option<Child>) {
    if let Some(mut bot) = bot {
        let _is_dead_already = bot.kill();
        let _is_waited_for = bot.wait();
    }
}

/// The shards of the two guilds, and then others.
fn shards(sandbox: &Sandbox, count: usize) -> Vec<String> {
    let guilds = [sandbox.guild_id(), sandbox.elsewhere_id()].map(|guild| guild >> 22);
    let total = (count.max(2) as u64..64).find(|total| guilds[0] % total != guilds[1] % total).unwrap();
    let of_guilds = guilds.map(|guild| guild % total);
    let others = (0..total).filter(|number| !of_guilds.contains(number));
    of_guilds.into_iter().chain(others).take(count).map(|number| format!("{number}/{total}")).collect()
}
