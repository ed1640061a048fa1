//! The gateway ends in each way after which a bot may connect again, just as an article arrives: the real program posts the
//! article once all the same.

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use discord_sandbox::{RateLimits, Sandbox, SandboxOptions};
use jiff::Timestamp;
use serde_json::json;
use tempfile::TempDir;

use crate::harness::{PATIENCE, program, sandbox_with};

/// How the gateway ends.
#[derive(Debug, Clone, Copy)]
enum End {
    /// Without a close frame.
    Dropped,
    /// With this code, after which a bot may connect again (Discord's docs, "Gateway Close Event Codes").
    Closed(u16),
    /// Opcode 7.
    AskedToReconnect,
    /// Opcode 9, to be resumed or not.
    Invalidated(bool),
}

struct Scene {
    sandbox: Sandbox,
    folder: TempDir,
    bot: Child,
    titles: Vec<String>,
}

impl Scene {
    async fn new() -> Self {
        let most = u32::MAX;
        let rate_limits =
            RateLimits { messages_per_window: most, others_per_second: most, ..RateLimits::default() };
        // serenity notices some ends by the next heartbeat only.
        let heartbeat_interval = Duration::from_secs(2);
        let options = SandboxOptions { rate_limits, heartbeat_interval, ..SandboxOptions::default() };
        let sandbox = sandbox_with(options).await;
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        let bot = spawn(&sandbox, &folder);
        sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
        let scene = Self { sandbox, folder, bot, titles: Vec::new() };
        scene
            .until("there is no feed", async || {
                let answer =
                    scene.sandbox.person("mod").command("feed", json!({ "list": {} })).await.unwrap();
                answer.settled().await.unwrap().content().contains("**1 feed**")
            })
            .await;
        scene
    }

    async fn until(&self, otherwise: &str, is_so: impl AsyncFn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so().await {
            let log = || fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            assert!(Instant::now() < deadline, "{otherwise}: {:?}\n{}", self.bot_member(), log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    fn end(&self, end: End) {
        match end {
            End::Dropped => self.sandbox.drop_connections(),
            End::Closed(code) => self.sandbox.close_connections(code),
            End::AskedToReconnect => self.sandbox.ask_reconnect(),
            End::Invalidated(is_resumable) => self.sandbox.invalidate_sessions(is_resumable),
        }
    }

    /// A file that is whole at once.
    fn arrive(&mut self) {
        let number = self.titles.len();
        let text = format!(
            "---\ntitle: Story {number}\nwebUrl: https://example.com/{number}\nquality: 80\nheat: {number}\n\
             publishedDateTime: {}\n---\n",
            Timestamp::now()
        );
        let articles = self.folder.path().join("articles");
        fs::write(articles.join(".new"), text).unwrap();
        fs::rename(articles.join(".new"), articles.join(format!("{number}.md"))).unwrap();
        self.titles.push(format!("Story {number}"));
    }

    fn bot_member(&self) -> Vec<String> {
        let messages = self.sandbox.posted_in("news").unwrap();
        let titles = messages.iter().filter_map(|message| message["embeds"][0]["title"].as_str());
        titles.map(str::to_owned).collect()
    }

    async fn play(&mut self, end: End) -> String {
        self.arrive();
        self.end(end);
        self.until(&format!("{end:?}: not posted"), async || self.bot_member().len() >= self.titles.len())
            .await;
        self.sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
        assert_eq!(self.bot_member(), self.titles, "{end:?}");
        format!("{end:?}: posted once\n")
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _is_dead_already = self.bot.kill();
        let _is_waited_for = self.bot.wait();
    }
}

fn spawn(sandbox: &Sandbox, folder: &TempDir) -> Child {
    let database = format!("sqlite://{}/heatwire.db", folder.path().display());
    let (articles, news) = (folder.path().join("articles"), sandbox.channel_id("news").unwrap().to_string());
    let settings = [
        ("DISCORD_TOKEN", &*sandbox.token()),
        ("DISCORD_API_URL", &sandbox.api_url()),
        ("ARTICLES_DIR", articles.to_str().unwrap()),
        ("NEWS_CHANNEL_ID", &news),
        ("DATABASE_URL", &database),
        ("RUST_LOG", "info"),
    ];
    let log = fs::File::options().create(true).append(true).open(folder.path().join("log")).unwrap();
    program(&["run"], &settings).stderr(log).spawn().unwrap()
}

#[tokio::test]
async fn however_the_gateway_ends_what_arrives_is_posted_once() {
    let mut ends = vec![End::Dropped, End::AskedToReconnect, End::Invalidated(true), End::Invalidated(false)];
    ends.extend([4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009].map(End::Closed));
    let mut table = String::new();
    // A feed posts ten articles an hour.
    for ends in ends.chunks(9) {
        let mut scene = Scene::new().await;
        for end in ends {
            table += &scene.play(*end).await;
        }
    }
    println!("{table}");
    insta::assert_snapshot!("gateway_ends", table.trim_end());
}
