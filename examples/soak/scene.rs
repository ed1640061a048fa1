//! A Discord, a database, a folder of articles, and bots beside them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use discord_sandbox::{RateLimits, Sandbox, SandboxOptions};
use serde_json::json;
use tempfile::TempDir;

use crate::articles::Articles;
use crate::bot::Bot;
use crate::commands::{Asked, Crowd};
use crate::figures::{self, Memory};
use crate::posts::{CHANNELS, Posts};
use crate::series::{self, Series};
use crate::server::Schema;
use crate::troubles::{self, Troubles};

/// How long a start may take, and how long the last posts may take.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long a first answer may take here. The report counts those for which Discord would not have waited.
pub(crate) const FIRST_ANSWER_MAX: Duration = Duration::from_secs(10);
/// How long a whole answer may take.
const ANSWER_MAX: Duration = Duration::from_secs(20);
const HEARTBEAT: Duration = Duration::from_secs(5);
const TICK: Duration = Duration::from_millis(500);
/// A doubled post would come in this time after the last one.
const QUIET: Duration = Duration::from_secs(10);
/// Before the end no entry comes into a web feed: the next fetch would be a minute later.
const ENTRIES_END_BEFORE: Duration = Duration::from_secs(15);

/// Which database the bots have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Home {
    Sqlite,
    /// A server, by its address.
    Postgres(String),
}

impl Home {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

/// What happened in the busy time.
pub(crate) struct Busy {
    pub(crate) asked: Asked,
    pub(crate) troubles: Troubles,
    pub(crate) memories: Vec<Memory>,
    /// The part of the time in which a task of this machine waited for a processor.
    pub(crate) short_of_processors: f64,
}

pub(crate) struct Scene {
    pub(crate) bots: Vec<Bot>,
    /// The database, where it is no file in the folder.
    _schema: Option<Schema>,
    pub(crate) home: Home,
    sandbox: Arc<Sandbox>,
    pub(crate) articles: Articles,
    pub(crate) posts: Posts,
    folder: TempDir,
}

impl Scene {
    /// Bots that are connected, have fetched each source once, and have their feeds.
    pub(crate) async fn start(home: &Home) -> Self {
        let most = 1_000_000;
        // The feeds of the soak publish and edit more than Discord would allow. All other limits are Discord's.
        let rate_limits =
            RateLimits { crossposts_per_hour: most, published_edits_per_hour: most, ..RateLimits::default() };
        let options = SandboxOptions {
            rate_limits,
            answer_window: FIRST_ANSWER_MAX,
            person_timeout: ANSWER_MAX,
            request_log_entries_max: 0,
            // Connections break too often for Discord's interval of 41 s, and the bot would know no latency.
            heartbeat_interval: HEARTBEAT,
            ..SandboxOptions::default()
        };
        let sandbox = Arc::new(Sandbox::start(options).await.unwrap());
        sandbox.add_bot_elsewhere();
        for channel in &CHANNELS {
            if let Some(kind) = channel.kind {
                sandbox.create_channel(channel.name, kind).unwrap();
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let articles = Articles::new(folder.path());
        let schema = match home {
            Home::Sqlite => None,
            Home::Postgres(server) => Some(Schema::new(server.clone()).await),
        };
        let own = own_settings(&sandbox, schema.as_ref());
        let bots = own.iter().enumerate();
        let bots = bots.map(|(number, own)| Bot::start(&sandbox, folder.path(), number + 1, own)).collect();
        let posts = Posts::default();
        let scene = Self { bots, _schema: schema, home: home.clone(), sandbox, articles, posts, folder };
        scene.wait_until_ready().await;
        scene.make_feeds().await;
        Crowd::new(Arc::clone(&scene.sandbox)).warm_up(PATIENCE).await;
        // An article of the second in which a feed is made is not new.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        scene
    }

    async fn wait_until_ready(&self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut is_ready = true;
            let mut has_fetched = false;
            for bot in &self.bots {
                is_ready &= bot.is_ready().await;
                let metrics = bot.metrics().await.unwrap_or_default();
                has_fetched |= metrics.contains("heatwire_sources{state=\"good\"} 3");
            }
            if is_ready && has_fetched {
                return;
            }
            assert!(Instant::now() < deadline, "the bots are not ready:\n{}", self.logs());
            tokio::time::sleep(TICK).await;
        }
    }

    async fn make_feeds(&self) {
        for channel in &CHANNELS {
            let id = self.sandbox.channel_id(channel.name).unwrap().to_string();
            let topic = if channel.is_of_harbour { "Harbour" } else { "Wire" };
            let options = json!({ "add": {
                "channel": id, "topic": topic, "min_quality": 0, "max_per_hour": 3600,
                "thread": channel.has_threads, "crosspost": channel.crossposts,
            }});
            let moderator = self.sandbox.person("mod").in_channel(channel.made_in);
            let answer = moderator.command("feed", options).await.unwrap().settled().await.unwrap();
            assert!(answer.content().contains("The bot made feed"), "{}", answer.content());
        }
    }

    /// Everything happens at once, for so long.
    pub(crate) async fn be_busy(&mut self, length: Duration, series: Option<&mut Series>) -> Busy {
        let began = Instant::now();
        let until = began + length;
        let crowd = Crowd::new(Arc::clone(&self.sandbox));
        let Self { sandbox, articles, posts, bots, home, .. } = self;
        let before = figures::time_without_processor();
        let ((), (), troubles, memories, ()) = tokio::join!(
            crowd.ask_all(began, until),
            publish(sandbox, articles, posts, &crowd, until),
            troubles::make(sandbox, until),
            figures::watch_memory(bots, began, until),
            series::record(series, home.name(), bots, began, until),
        );
        let waited = figures::time_without_processor().saturating_sub(before);
        let short_of_processors = waited.as_secs_f64() / began.elapsed().as_secs_f64();
        Busy { asked: crowd.taken(), troubles, memories, short_of_processors }
    }

    /// Waits until all is posted and withdrawn that has to be, and for what should not come.
    pub(crate) async fn settle(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.posts.look(&self.sandbox);
            let stories = &self.articles.stories;
            let is_settled = |posts: &Posts| {
                stories.iter().all(|story| posts.have(story) && !(story.is_withdrawn && posts.stands(story)))
            };
            if is_settled(&self.posts) || Instant::now() > deadline {
                break;
            }
            tokio::time::sleep(TICK).await;
        }
        tokio::time::sleep(QUIET).await;
        self.posts.look(&self.sandbox);
    }

    /// Keeps the folder with the logs, so that a developer can find why a promise broke.
    pub(crate) fn keep_folder(&mut self) {
        self.folder.disable_cleanup(true);
    }

    pub(crate) fn folder(&self) -> String {
        self.folder.path().display().to_string()
    }

    fn logs(&self) -> String {
        self.bots.iter().map(Bot::log).collect()
    }
}

/// The settings of each bot: one on a file, or one for each server on a database server.
fn own_settings(sandbox: &Sandbox, schema: Option<&Schema>) -> Vec<Vec<(&'static str, String)>> {
    let Some(schema) = schema else { return vec![Vec::new()] };
    let guilds = [sandbox.guild_id(), sandbox.elsewhere_id()].map(|guild| guild >> 22);
    let total = (2..64).find(|total| guilds[0] % total != guilds[1] % total).unwrap();
    let of_guild = |guild| {
        vec![("DATABASE_URL", schema.url()), ("DISCORD_SHARDS", format!("{}/{total}", guild % total))]
    };
    guilds.map(of_guild).into()
}

/// Articles come, change and go, until then.
async fn publish(
    sandbox: &Sandbox,
    articles: &mut Articles,
    posts: &mut Posts,
    crowd: &Crowd,
    until: Instant,
) {
    let mut ticks = tokio::time::interval(TICK);
    let mut number: u64 = 0;
    while Instant::now() < until {
        ticks.tick().await;
        posts.look(sandbox);
        number += 1;
        if number.is_multiple_of(8) {
            articles.write_story();
        }
        if number.is_multiple_of(12) && Instant::now() + ENTRIES_END_BEFORE < until {
            articles.enter_story();
        }
        if number.is_multiple_of(9) {
            articles.correct_one();
        }
        if number.is_multiple_of(40) {
            articles.withdraw_one(|story| posts.have(story));
        }
        let late = articles.stories.iter().rev().find(|story| posts.have(story));
        *crowd.late_title.lock().unwrap() = late.map(|story| story.title.clone());
    }
}
