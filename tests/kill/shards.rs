//! Processes with different shards share one PostgreSQL. Each answers its own guild, and one of them delivers for all.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use discord_sandbox::{Person, RateLimits, Sandbox, SandboxOptions};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::TAKEN_OVER_MAX;
use crate::scene::{article, until};
use crate::server::{Schema, server};

const PATIENCE: Duration = Duration::from_secs(60);
/// A text channel of each guild.
const CHANNELS: [&str; 2] = ["news", "elsewhere"];

struct Processes {
    sandbox: Sandbox,
    folder: TempDir,
    schema: Schema,
    /// One for each guild.
    bots: Vec<Child>,
}

impl Processes {
    /// One process for each of the two guilds, each with the shard of its guild.
    async fn start() -> Self {
        let rate_limits = RateLimits { messages_per_window: 1_000, ..RateLimits::default() };
        let sandbox =
            Sandbox::start(SandboxOptions { rate_limits, ..SandboxOptions::default() }).await.unwrap();
        sandbox.add_bot_elsewhere();
        sandbox.set_preferred_locale("ja");
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        let mut processes =
            Self { sandbox, folder, schema: Schema::new(server().unwrap()).await, bots: Vec::new() };
        for shard in processes.shards() {
            let bot = processes.run(&shard);
            processes.bots.push(bot);
        }
        processes.until_connected(2).await;
        processes
    }

    /// The shards of the two guilds, as `DISCORD_SHARDS` has them.
    fn shards(&self) -> [String; 2] {
        let guilds = [self.sandbox.guild_id(), self.sandbox.elsewhere_id()].map(|guild| guild >> 22);
        let total = (2..64).find(|total| guilds[0] % total != guilds[1] % total).unwrap();
        guilds.map(|guild| format!("{}/{total}", guild % total))
    }

    fn run(&self, shards: &str) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_heatwire"));
        command.arg("run").env_clear().current_dir(self.folder.path());
        command.env("DISCORD_TOKEN", self.sandbox.token()).env("DISCORD_API_URL", self.sandbox.api_url());
        command.env("DISCORD_SHARDS", shards).env("DATABASE_URL", self.schema.url());
        // So that /reload has to reach every process.
        command.env("ARTICLES_WATCH", "false");
        let log = fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        command.env("RUST_LOG", "info").stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        command.spawn().unwrap()
    }

    /// Waits until so many sessions have begun since the start.
    async fn until_connected(&self, sessions: usize) {
        let have_begun = || self.log().matches("connected to Discord").count() >= sessions;
        assert!(until(PATIENCE, have_begun).await, "{}", self.log());
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn moderator(&self, channel: &str) -> Person {
        self.sandbox.person("mod").in_channel(channel)
    }

    async fn say(&self, channel: &str, command: &str, options: Value) -> String {
        let answer = self.moderator(channel).command(command, options).await.unwrap();
        answer.settled().await.unwrap().content().to_owned()
    }

    /// A new article. A moderator of this channel's guild has the articles loaded.
    async fn publish(&self, title: &str, channel: &str) {
        let name = title.to_lowercase().replace(' ', "-");
        fs::write(self.folder.path().join(format!("articles/{name}.md")), article(title, 9, "")).unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let words = self.say(channel, "reload", json!({})).await;
            // An earlier request for a load may have found the file already.
            if !words.contains("Try again") {
                return;
            }
            assert!(Instant::now() < deadline, "{words}");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Waits until `/status` names both processes, and one of them as the one that delivers.
    async fn until_both_are_known(&self, channel: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let words = self.say(channel, "status", json!({})).await;
            let are_named =
                self.shards().iter().all(|shards| words.contains(&format!("shards {shards} with")));
            if are_named && words.matches(", which delivers").count() == 1 {
                return;
            }
            assert!(Instant::now() < deadline, "{words}");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    fn titles(&self, channel: &str) -> Vec<String> {
        let posted = self.sandbox.posted_in(channel).unwrap();
        let titles = posted.iter().filter_map(|message| message["embeds"][0]["title"].as_str());
        titles.map(str::to_owned).collect()
    }

    /// The languages of the posts in a channel, by the words of their first button.
    fn first_buttons(&self, channel: &str) -> Vec<String> {
        let posted = self.sandbox.posted_in(channel).unwrap();
        let labels =
            posted.iter().filter_map(|message| message["components"][0]["components"][0]["label"].as_str());
        labels.map(str::to_owned).collect()
    }

    async fn until_posted(&self, titles: &[&str]) {
        let is_posted = || CHANNELS.iter().all(|channel| self.titles(channel) == titles);
        let all = CHANNELS.map(|channel| self.titles(channel));
        assert!(until(PATIENCE, is_posted).await, "{titles:?}: {all:?}: {}", self.log());
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for bot in &mut self.bots {
            let _is_dead_already = bot.kill();
            let _is_waited_for = bot.wait();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_process_answers_its_guild_and_another_takes_over_from_the_one_that_delivers() {
    if server().is_none() {
        return;
    }
    let mut processes = Processes::start().await;
    processes.publish("Old", "news").await;
    for channel in CHANNELS {
        processes.until_both_are_known(channel).await;
    }
    for channel in CHANNELS {
        let add = json!({ "add": { "channel": channel, "min_quality": 0, "max_per_hour": 3600 } });
        let words = processes.say(channel, "feed", add).await;
        assert!(words.contains("The bot made feed"), "{channel}: {words}");
        let words = processes.say(channel, "feed", json!({ "list": {} })).await;
        assert!(words.contains("**1 feed**"), "{channel}: each guild has its own: {words}");
    }
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    processes.publish("First", "elsewhere").await;
    processes.until_posted(&["First"]).await;

    // A pause by the process that does not deliver holds.
    for channel in CHANNELS {
        let feed = processes.say(channel, "feed", json!({ "list": {} })).await;
        let feed = feed.split("**").nth(3).unwrap().to_owned();
        let words = processes.say(channel, "feed", json!({ "pause": { "feed": feed } })).await;
        assert!(words.contains("paused"), "{words}");
    }
    processes.publish("Second", "news").await;
    let why = "Second".to_lowercase();
    for channel in CHANNELS {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let words = processes.say(channel, "why", json!({ "article": why })).await;
            if words.contains("paused") {
                break;
            }
            assert!(Instant::now() < deadline, "{channel}: {words}");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        let feed = processes.say(channel, "feed", json!({ "list": {} })).await;
        let feed = feed.split("**").nth(3).unwrap().to_owned();
        processes.say(channel, "feed", json!({ "resume": { "feed": feed } })).await;
    }
    processes.until_posted(&["First", "Second"]).await;

    // Whichever delivers is killed: once the one, and then, with a new process in its place, the other.
    for number in [0, 1] {
        let mut bot = processes.bots.remove(0);
        bot.kill().unwrap();
        bot.wait().unwrap();
        let title = format!("After {number}");
        processes.publish(&title, ["elsewhere", "news"][number]).await;
        let began = Instant::now();
        let titles: Vec<String> = ["First", "Second", "After 0", "After 1"].map(str::to_owned).to_vec();
        let titles: Vec<&str> = titles.iter().take(3 + number).map(String::as_str).collect();
        processes.until_posted(&titles).await;
        for (channel, button) in CHANNELS.iter().zip(["詳細", "Details"]) {
            let buttons = processes.first_buttons(channel);
            // A language reaches the other process within 10 s, and the first post may come before that.
            assert!(buttons.iter().skip(1).all(|label| label == button), "whoever delivers: {buttons:?}");
        }
        assert!(began.elapsed() < TAKEN_OVER_MAX, "after {:?}", began.elapsed());
        let next = processes.run(&processes.shards()[number]);
        processes.bots.push(next);
        processes.until_connected(3 + number).await;
    }
}
