//! A Discord, a database, a folder, and a bot that is a process of its own.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use article_format::stable_hash64;
use discord_sandbox::{Answer, Fault, PersonError, RateLimits, Sandbox, SandboxOptions};
use jiff::Timestamp;
use rustix::process::{Pid, Signal};
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;

use crate::server::{Schema, server};

/// A text channel with discussion threads, an announcement channel that crossposts, and a forum.
pub(crate) const CHANNELS: [&str; 3] = ["news", "announcements", "discussions"];
/// How long anything may take before a test gives up. Nothing waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(60);
const TICK: Duration = Duration::from_millis(5);
/// `VIEW_CHANNEL | READ_MESSAGE_HISTORY` (Discord's docs, "Permissions").
const READ_MESSAGE_HISTORY: u64 = 1 << 16;

/// Which database the bot has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    Sqlite,
    Postgres,
}

pub(crate) struct Scene {
    sandbox: Sandbox,
    folder: TempDir,
    /// The database, where it is no file in the folder.
    server: Option<Schema>,
    bot: Option<Child>,
    /// A bot beside the first.
    other: Option<Child>,
    /// Titles that have to stand in each channel.
    expected: Vec<String>,
    /// How many articles there were.
    count: usize,
}

impl Scene {
    /// A bot that has its feeds, and is not running.
    pub(crate) async fn new(home: Home) -> Self {
        let mut scene = Self::without_database(home).await;
        scene.begin().await;
        scene
    }

    /// A bot that never ran.
    pub(crate) async fn without_database(home: Home) -> Self {
        // The bot starts and posts more often here than Discord would let it.
        let most = 1_000_000;
        let rate_limits = RateLimits {
            global_per_second: most,
            messages_per_window: most,
            crossposts_per_hour: most,
            published_edits_per_hour: most,
            others_per_second: most,
            ..RateLimits::default()
        };
        let options =
            SandboxOptions { rate_limits, identifies_per_day: 1_000_000, ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        fs::write(folder.path().join("articles/old.md"), article("Old", 1, "")).unwrap();
        let server = match home {
            Home::Sqlite => None,
            Home::Postgres => Some(Schema::new(server().unwrap()).await),
        };
        Self { sandbox, folder, server, bot: None, other: None, expected: Vec::new(), count: 0 }
    }

    /// Starts the bot and makes its feeds: what is there then is not posted.
    pub(crate) async fn begin(&mut self) {
        self.start().await;
        for channel in CHANNELS {
            let id = self.sandbox.channel_id(channel).unwrap().to_string();
            let options = json!({ "add": {
                "channel": id, "min_quality": 0, "max_per_hour": 3600,
                "thread": channel == "news", "crosspost": channel == "announcements",
            }});
            let answer = self.sandbox.person("mod").command("feed", options).await.unwrap();
            let answer = answer.settled().await.unwrap();
            assert!(answer.content().contains("The bot made feed"), "{}", answer.content());
        }
        self.kill();
    }

    /// New articles come, and all that are there change a little, so that posts are edited.
    pub(crate) fn burst(&mut self, count: usize) {
        for _ in 0..count {
            self.count += 1;
            self.expected.push(format!("Story {}", self.count));
        }
        for (number, title) in self.expected.iter().enumerate() {
            self.write(title, number, &format!("excerpt: As of {}.\n", self.count));
        }
    }

    /// So many articles that are there before any feed.
    pub(crate) fn fill(&self, count: usize) {
        for number in 0..count {
            let path = self.folder.path().join(format!("articles/filler-{number}.md"));
            fs::write(path, article(&format!("Filler {number}"), 1_000 + number, "")).unwrap();
        }
    }

    /// A feed of #news with a backfill of 2 is asked for, and the bot is killed a moment later.
    pub(crate) async fn kill_while_a_feed_is_made(&mut self, after: Duration) {
        self.start().await;
        let channel = self.sandbox.channel_id(CHANNELS[0]).unwrap().to_string();
        let options = json!({ "add": {
            "channel": channel, "min_quality": 0, "max_per_hour": 3600, "backfill": 2,
        }});
        let moderator = self.sandbox.person("mod");
        let asked = tokio::spawn(async move { moderator.command("feed", options).await.is_ok() });
        tokio::time::sleep(after).await;
        self.kill();
        asked.abort();
    }

    /// What stands in the first channel: of what was there before any feed the two hottest, or none, and all that is new.
    pub(crate) fn assert_only_backfill_and_new(&self, what: &str) {
        let mut standing = self.standing(CHANNELS[0]);
        let filler: Vec<String> =
            standing.keys().filter(|title| title.starts_with("Filler")).cloned().collect();
        let hottest = ["Filler 1498".to_owned(), "Filler 1499".to_owned()];
        assert!(filler.is_empty() || filler == hottest, "{what}: {filler:?}");
        assert!(standing.values().all(|count| *count == 1), "{what}: {standing:?}");
        standing.retain(|title, _| !title.starts_with("Filler"));
        let expected: Vec<&String> = standing.keys().collect();
        let mut wanted: Vec<&String> = self.expected.iter().collect();
        wanted.sort();
        assert_eq!(expected, wanted, "{what}");
    }

    fn write(&self, title: &str, heat: usize, more: &str) {
        let name = title.to_lowercase().replace(' ', "-");
        let path = self.folder.path().join("articles");
        let half = path.join(format!(".{name}"));
        fs::write(&half, article(title, heat, more)).unwrap();
        fs::rename(half, path.join(format!("{name}.md"))).unwrap();
    }

    /// The first article that stands everywhere is unpublished.
    pub(crate) fn take_one_back(&mut self) {
        if self.expected.len() > 3 {
            let title = self.expected.remove(0);
            self.write(&title, 0, "published: false\n");
        }
    }

    /// The next bot. The last one is dead; its lease is not waited for.
    async fn command(&self) -> Command {
        if let Some(server) = &self.server {
            server.free_lease().await;
        }
        self.other_command()
    }

    /// A bot beside the one that runs.
    fn other_command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_heatwire"));
        command.arg("run").env_clear().current_dir(self.folder.path());
        command.env("DISCORD_TOKEN", self.sandbox.token()).env("DISCORD_API_URL", self.sandbox.api_url());
        let log = fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        command.env("RUST_LOG", "warn").stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        if let Some(server) = &self.server {
            command.env("DATABASE_URL", server.url());
        }
        command
    }

    /// Starts the bot and waits until it has a session.
    pub(crate) async fn start(&mut self) {
        // The sandbox sees a moment later that a killed bot's connection ended. Until then the new bot looks ready.
        let is_alone = until(PATIENCE, || self.sandbox.connections() == 0).await;
        assert!(is_alone, "the connection of the killed bot did not end: {}", self.log());
        let mut command = self.command().await;
        self.bot = Some(command.spawn().unwrap());
        self.sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    }

    /// Starts another bot beside the one that runs, and waits until it says that it waits.
    pub(crate) async fn start_another(&mut self) {
        let mut command = self.other_command();
        self.other = Some(command.env("RUST_LOG", "info").spawn().unwrap());
        let waits = until(PATIENCE, || self.log().contains("another heatwire uses this database")).await;
        assert!(waits, "{}", self.log());
    }

    /// Waits until the next process has the lease. Gives how long that took.
    pub(crate) async fn wait_for_the_next_epoch(&self, epoch: i64) -> Duration {
        let began = Instant::now();
        while self.epoch().await == epoch {
            assert!(began.elapsed() < PATIENCE, "nobody takes over: {}", self.log());
            tokio::time::sleep(TICK).await;
        }
        began.elapsed()
    }

    pub(crate) async fn epoch(&self) -> i64 {
        self.server.as_ref().unwrap().epoch().await
    }

    /// Has the running bot do nothing, or go on.
    pub(crate) fn signal(&self, signal: Signal) {
        let id = self.bot.as_ref().unwrap().id();
        let id = Pid::from_raw(id.try_into().unwrap()).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
    }

    /// Kills the first bot. The other one takes its place.
    pub(crate) fn kill_the_first(&mut self) {
        self.kill();
        self.bot = self.other.take();
    }

    /// Waits until the log says so.
    pub(crate) async fn wait_for_log(&self, words: &str) {
        assert!(until(PATIENCE, || self.log().contains(words)).await, "{words}: {}", self.log());
    }

    /// SIGKILL, and nothing of the process is left.
    pub(crate) fn kill(&mut self) {
        if let Some(mut bot) = self.bot.take() {
            bot.kill().unwrap();
            bot.wait().unwrap();
        }
    }

    /// Says whether the bot came to the point and was killed there.
    pub(crate) async fn run_until_killed_at(&mut self, point: &str) -> bool {
        let mut command = self.command().await;
        let mut bot = command.env("HEATWIRE_KILL_AT", point).spawn().unwrap();
        let was_killed = until(Duration::from_secs(30), || bot.try_wait().unwrap().is_some()).await;
        let _is_dead_already = bot.kill();
        let status = bot.wait().unwrap();
        assert_eq!(status.code(), None, "{point}: it ended by itself: {}", self.log());
        was_killed
    }

    /// Says whether the bot was killed at the point before it had a session.
    pub(crate) async fn is_killed_at_its_start(&mut self, point: &str) -> bool {
        let mut command = self.command().await;
        let mut bot = command.env("HEATWIRE_KILL_AT", point).spawn().unwrap();
        let mut is_dead = false;
        let is_decided = until(PATIENCE, || {
            is_dead = bot.try_wait().unwrap().is_some();
            is_dead || self.sandbox.connections() > 0
        });
        assert!(is_decided.await, "{point}: {}", self.log());
        let _is_dead_already = bot.kill();
        assert_eq!(bot.wait().unwrap().code(), None, "{point}: it ended by itself: {}", self.log());
        is_dead
    }

    /// Whether the database has all that a migration makes; it must have all or nothing of it.
    pub(crate) async fn is_migrated(&self) -> bool {
        let file = SqliteConnectOptions::new().filename(self.folder.path().join("heatwire.db"));
        let mut database = file.connect().await.unwrap();
        let tables =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut database).await.unwrap();
        let (kept, made): (Vec<_>, Vec<_>) = tables.iter().partition(|name| *name == "_sqlx_migrations");
        let noted: i64 = match kept.len() {
            0 => 0,
            _ => sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations WHERE success")
                .fetch_one(&mut database)
                .await
                .unwrap(),
        };
        let is_whole =
            made == ["delivery", "done_once", "feed", "guild", "identity", "post", "task"] && noted == 1;
        assert!(is_whole || (made.is_empty() && noted == 0), "half made: {tables:?}, {noted} noted");
        is_whole
    }

    /// Kills the bot while it waits for the answer of a request that the fault hits.
    pub(crate) async fn run_until_killed_during(&mut self, fault: Fault) {
        self.sandbox.clear_faults();
        self.sandbox.plan_fault(fault.clone()).unwrap();
        self.start().await;
        let was_hit = until(PATIENCE, || self.sandbox.planned_faults().is_empty()).await;
        assert!(was_hit, "no request was {}: {}", fault.route, self.log());
        self.kill();
        self.sandbox.clear_faults();
    }

    pub(crate) async fn run_and_kill_after(&mut self, after: Duration) {
        let mut command = self.command().await;
        self.bot = Some(command.spawn().unwrap());
        tokio::time::sleep(after).await;
        self.kill();
    }

    /// Starts the bot, and lets it post all that is due.
    pub(crate) async fn settle(&mut self) {
        self.start().await;
        self.wait_until_settled().await;
        self.kill();
    }

    /// Waits until all that is due was posted: an article that comes last of all shows that it was.
    pub(crate) async fn wait_until_settled(&mut self) {
        self.count += 1;
        let last = format!("Last {}", self.count);
        self.write(&last, 0, "");
        self.expected.push(last.clone());
        let is_settled = || {
            CHANNELS.iter().all(|channel| {
                let standing = self.standing(channel);
                standing.contains_key(&last) && self.expected.iter().all(|title| standing.contains_key(title))
            })
        };
        let is_settled = until(PATIENCE, is_settled).await;
        assert!(is_settled, "not everything was posted: {:?}; {}", self.all(), self.log());
    }

    /// How often each title stands in a channel.
    fn standing(&self, channel: &str) -> BTreeMap<String, usize> {
        let mut standing = BTreeMap::new();
        for message in self.messages(channel) {
            if let Some(title) = message["embeds"][0]["title"].as_str() {
                *standing.entry(title.to_owned()).or_default() += 1;
            }
        }
        standing
    }

    fn messages(&self, channel: &str) -> Vec<std::sync::Arc<Value>> {
        self.sandbox.posted_in(channel).unwrap()
    }

    fn all(&self) -> Vec<BTreeMap<String, usize>> {
        CHANNELS.iter().map(|channel| self.standing(channel)).collect()
    }

    pub(crate) fn assert_once(&self, what: &str) {
        for channel in CHANNELS {
            let expected = self.expected.iter().map(|title| (title.clone(), 1)).collect();
            assert_eq!(self.standing(channel), expected, "{what}, in #{channel}: {}", self.log());
        }
    }

    pub(crate) fn assert_at_most_once(&self) {
        for channel in CHANNELS {
            let standing = self.standing(channel);
            assert!(standing.values().all(|count| *count == 1), "#{channel}: {standing:?}");
        }
    }

    pub(crate) fn hide_history(&self, channel: &str) {
        let id = self.sandbox.channel_id(channel).unwrap();
        let bot = self.sandbox.application_id();
        self.sandbox.set_overwrite(id, bot, 0, READ_MESSAGE_HISTORY).unwrap();
    }

    /// Waits until moderators are told of so many deliveries of which nobody knows.
    pub(crate) async fn wait_for_unknown(&self, count: usize) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let listed = self.list().await;
            let buttons = listed.as_ref().map(Answer::buttons).unwrap_or_default();
            let labels: Vec<&str> = buttons.iter().filter_map(|button| button["label"].as_str()).collect();
            if labels.iter().filter(|label| label.contains("Resend")).count() == count {
                return;
            }
            assert!(Instant::now() < deadline, "{:?}: {labels:?}", listed.as_ref().map(Answer::content));
            tokio::time::sleep(TICK).await;
        }
    }

    /// What `/feed list` answers.
    async fn list(&self) -> Result<Answer, PersonError> {
        let answer = self.sandbox.person("mod").command("feed", json!({ "list": {} })).await?;
        answer.settled().await
    }

    /// The same for the same round, so that what failed can be tried again.
    pub(crate) fn chance(&self, round: u64) -> u64 {
        stable_hash64(&format!("moment {round}"))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        for mut bot in [self.bot.take(), self.other.take()].into_iter().flatten() {
            let _is_dead_already = bot.kill();
            let _is_waited_for = bot.wait();
        }
    }
}

pub(crate) fn article(title: &str, heat: usize, more: &str) -> String {
    let slug = title.to_lowercase().replace(' ', "-");
    let now = Timestamp::now();
    format!(
        "---\ntitle: {title}\nwebUrl: https://example.com/{slug}\nquality: 80\nheat: {heat}\n\
         publishedDateTime: {now}\n{more}---\n"
    )
}

/// Whether it becomes true in time.
pub(crate) async fn until(patience: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + patience;
    while Instant::now() < deadline {
        if is_so() {
            return true;
        }
        tokio::time::sleep(TICK).await;
    }
    false
}
