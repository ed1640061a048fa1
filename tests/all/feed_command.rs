//! `/feed`, `/why` and `/status` as moderators use them, with the real worker and ledger behind them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use discord_sandbox::{Answer, Fault, FaultKind, Person, RateLimits, Sandbox, SandboxOptions};
use heatwire::collection::HalfLife;
use heatwire::collection::incremental::Clock;
use heatwire::delivery::desk::Desk;
use heatwire::delivery::ledger::Ledger;
use heatwire::delivery::service::Service;
use heatwire::delivery::worker::{Dependencies, Worker};
use heatwire::discord;
use heatwire::discord::operator_guilds::OperatorGuilds;
use heatwire::discord::sender::DiscordSender;
use heatwire::discord::state::State;
use heatwire::feed::pause::PauseReason;
use heatwire::feed::{Feed, FeedDefaults, FeedStatus};
use heatwire::ids::GuildId;
use heatwire::messages::Language;
use heatwire::reload::Reloads;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::harness::{NOW, PATIENCE, article, borrowed, buttons, folder, sandbox_with, settings};
use crate::home::Home;

mod choices;
mod decisions;
mod elsewhere;
mod guilds;
mod notices;
mod on_request;
mod settings;

const SEND_MESSAGES: u64 = 1 << 11;
const EMBED_LINKS: u64 = 1 << 14;
const VIEW_CHANNEL: u64 = 1 << 10;

/// A bot with feeds.
struct FeedBot {
    sandbox: Arc<Sandbox>,
    desk: Desk,
    articles: TempDir,
    now: Arc<Mutex<Timestamp>>,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
    options: BotOptions,
    home: Home,
}

/// How a bot runs.
#[derive(Default)]
struct BotOptions {
    /// Whether the database outlives the process.
    is_lasting: bool,
    /// Whether the bot reports troubles. It looks every 20 ms.
    reports: bool,
    operator_guilds: OperatorGuilds,
}

impl FeedBot {
    /// Starts it with six stories on AI of the last day (heat and quality 10 to 60), and one that is hidden.
    async fn start() -> Self {
        Self::start_with(|_| BotOptions::default()).await
    }

    async fn start_with(options: impl FnOnce(&Sandbox) -> BotOptions) -> Self {
        let fresh = |text: String| text.replace("2026-06-01", "2026-06-15");
        let mut files: Vec<(String, String)> = (1..=6)
            .map(|number| {
                let text = article(&format!("Story {number}"), "AI", number * 10, "");
                let quality = format!("quality: {}", number * 10);
                (format!("ai/{number}.md"), fresh(text).replace("quality: 50", &quality))
            })
            .collect();
        files.push(("ai/draft.md".into(), fresh(article("Draft story", "AI", 1, "published: false\n"))));
        let rate_limits = RateLimits { messages_per_window: 1_000, ..RateLimits::default() };
        let sandbox =
            Arc::new(sandbox_with(SandboxOptions { rate_limits, ..SandboxOptions::default() }).await);
        let articles = folder(&borrowed(&files));
        let stop = CancellationToken::new();
        let now = Arc::new(Mutex::new(NOW.parse().unwrap()));
        let options = options(&sandbox);
        let home = if options.is_lasting { Home::lasting().await } else { Home::of_one_process().await };
        let (desk, tasks) = Self::run(&sandbox, &articles, &now, &stop, &options, &home).await;
        sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
        Self { sandbox, desk, articles, now, stop, tasks, options, home }
    }

    async fn run(
        sandbox: &Sandbox,
        articles: &TempDir,
        now: &Arc<Mutex<Timestamp>>,
        stop: &CancellationToken,
        options: &BotOptions,
        home: &Home,
    ) -> (Desk, Vec<JoinHandle<()>>) {
        let reloads =
            Reloads::start(articles.path().to_owned(), HalfLife::default(), Arc::new(Timestamp::now))
                .await
                .unwrap();
        let now = Arc::clone(now);
        let clock: Clock = Arc::new(move || *now.lock().unwrap());
        let sender = Arc::new(DiscordSender::new(&settings(sandbox), Arc::new(Timestamp::now)).unwrap());
        let reader = reloads.clone();
        home.is_free().await;
        let ledger = open(&home.url()).await;
        let guilds = ledger.guilds();
        let dependencies = Dependencies {
            ledger,
            board: Arc::default(),
            snapshots: Arc::default(),
            sender: Arc::clone(&sender),
            clock: Arc::clone(&clock),
            current: reloads.follow(),
            language_of: Arc::new(|_| Language::English),
            reload: Box::new(move || {
                let _is_loading = reader.nudge();
            }),
        };
        let (desk, requests) = Desk::new();
        tokio::spawn(Service::new(&dependencies).run(requests, stop.clone()));
        let worker = Worker::start(dependencies).await.unwrap();
        let state = State::following(reloads, clock);
        let state = state.with_feeds(desk.clone(), FeedDefaults::default());
        let state = state.with_operator_guilds(options.operator_guilds.clone());
        let state = Arc::new(state.with_guilds(guilds).await.unwrap());
        let (settings, stopped, stops) = (settings(sandbox), stop.clone(), stop.clone());
        let (reporting, stops_reports) = (Arc::clone(&state), stop.clone());
        let mut tasks = Vec::new();
        if options.reports {
            tasks.push(tokio::spawn(async move {
                tokio::select! {
                    never = discord::notices::keep(&reporting, &sender, Duration::from_millis(20)) => match never {},
                    () = stops_reports.cancelled() => {}
                }
            }));
        }
        tasks.extend([
            tokio::spawn(async move { discord::run(&settings, state, stopped).await.unwrap() }),
            tokio::spawn(async move { worker.run(stops).await.unwrap() }),
        ]);
        (desk, tasks)
    }

    async fn end(mut self) {
        self.stop_tasks().await;
    }

    async fn stop_tasks(&mut self) {
        self.stop.cancel();
        for task in self.tasks.drain(..) {
            tokio::time::timeout(PATIENCE, task).await.unwrap().unwrap();
        }
    }

    /// The next process, with the same database and articles.
    async fn restart(mut self) -> Self {
        self.stop_tasks().await;
        self.stop = CancellationToken::new();
        (self.desk, self.tasks) =
            Self::run(&self.sandbox, &self.articles, &self.now, &self.stop, &self.options, &self.home).await;
        self.sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
        self
    }

    fn mona(&self) -> Person {
        self.sandbox.person("mod").in_channel("announcements")
    }

    /// What the moderator is told.
    async fn feed(&self, options: Value) -> Answer {
        let answer = self.mona().command("feed", options).await.unwrap();
        let answer = answer.settled().await.unwrap();
        assert!(answer.is_ephemeral() && answer.embeds().is_empty());
        answer
    }

    async fn say(&self, options: Value) -> String {
        self.feed(options).await.content().to_owned()
    }

    async fn why(&self, article: &str) -> String {
        let answer = self.mona().command("why", json!({ "article": article })).await.unwrap();
        answer.settled().await.unwrap().content().to_owned()
    }

    fn wait_minutes(&self, minutes: i64) {
        *self.now.lock().unwrap() += SignedDuration::from_mins(minutes);
    }

    fn channel(&self, name: &str) -> u64 {
        self.sandbox.channel_id(name).unwrap()
    }

    /// The bot's permissions in a channel without these.
    fn deny(&self, channel: &str, permissions: u64) {
        self.sandbox
            .set_overwrite(self.channel(channel), self.sandbox.application_id(), 0, permissions)
            .unwrap();
    }

    /// The titles of the cards that everybody sees in a channel, oldest first.
    fn cards(&self, channel: &str) -> Vec<String> {
        let messages = self.sandbox.person("ben").sees(channel).unwrap();
        let titles = messages.iter().filter_map(|message| message["embeds"][0]["title"].as_str());
        titles.map(str::to_owned).collect()
    }

    /// Waits until the only feed is as wanted.
    async fn until_feed(&self, is_wanted: impl Fn(&Feed) -> bool) {
        let wait = async {
            while !self
                .desk
                .feeds(GuildId(self.sandbox.guild_id()))
                .await
                .unwrap()
                .iter()
                .any(|report| is_wanted(&report.feed))
            {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap();
    }

    async fn until_listed(&self, words: &str) -> String {
        self.until_listed_times(1, words).await
    }

    async fn until_listed_times(&self, count: usize, words: &str) -> String {
        tokio::time::timeout(PATIENCE, async {
            // Another moderator each time, so no one asks too often.
            for number in 0.. {
                let moderator = self.mona().numbered(number);
                let list = moderator.command("feed", json!({ "list": {} })).await.unwrap();
                let list = list.settled().await.unwrap().content().to_owned();
                if list.matches(words).count() >= count {
                    return list;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            unreachable!("the numbers do not end")
        })
        .await
        .unwrap()
    }
}

/// Opens a ledger. The tasks of a bot that has just ended in this process may still hold it.
async fn open(url: &str) -> Ledger {
    let opened = async {
        loop {
            match Ledger::open(url).await {
                Ok(ledger) => return ledger,
                Err(_in_use) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    };
    tokio::time::timeout(PATIENCE, opened).await.unwrap()
}

#[tokio::test]
async fn a_feed_lives_from_add_to_remove() {
    let bot = FeedBot::start().await;
    let news = bot.channel("news");
    let empty = bot.say(json!({ "list": {} })).await;
    assert!(empty.contains("no feeds yet"), "{empty}");
    let options = json!({ "channel": "news", "topic": "ai", "min_quality": 20, "backfill": 2 });
    let made = bot.say(json!({ "add": options })).await;
    assert!(
        made.starts_with(&format!(
            "The bot made feed **1** in <#{news}>.\n• topic **AI** and the topics below it"
        )),
        "{made}"
    );
    let list = bot.until_listed("2 sent").await;
    assert!(list.contains("**1 feed** · 0 due\n") && list.contains("quality of 20 or more"), "{list}");
    assert_eq!(bot.cards("news"), ["Story 6", "Story 5"]);

    let sent = bot.why("story 6").await;
    assert!(sent.contains(": Posted <t:") && sent.contains("https://discord.com/channels/"), "{sent}");
    assert!(bot.why("story 4").await.contains("already there when the feed started"));
    assert!(bot.why("story 1").await.contains(
        "Held back. The quality of the article is 10, and this feed takes only a quality of 20 or more."
    ));
    assert!(bot.why("draft").await.contains("The file says that the article is not published."));
    assert!(bot.why("never/was").await.contains("No title contains “never/was”"));

    let edited =
        bot.say(json!({ "edit": { "feed": "1", "clear": "topic", "min_quality": 5, "backfill": 1 } })).await;
    assert!(edited.contains("any topic · quality of 5 or more"), "{edited}");
    bot.until_listed("3 sent").await;
    assert_eq!(bot.cards("news"), ["Story 6", "Story 5", "Story 1"], "what was newly let in");

    assert!(bot.say(json!({ "pause": { "feed": "news" } })).await.contains("The bot paused feed **1**"));
    bot.until_listed("paused by a moderator").await;
    let status = bot.mona().command("status", json!({})).await.unwrap().settled().await.unwrap();
    assert!(
        status.content().starts_with("⚠️ **Feeds:** 1 feed is paused. `/feed list` shows"),
        "{}",
        status.content()
    );
    assert!(bot.say(json!({ "resume": { "feed": "1" } })).await.contains("active"));
    let tested = bot.say(json!({ "test": { "feed": "1" } })).await;
    let message = bot.sandbox.person("ben").sees("news").unwrap().pop().unwrap();
    assert!(message["content"].as_str().unwrap().contains("**Test**"), "{message}");
    assert!(tested.contains(&format!("/{news}/{}", message["id"].as_str().unwrap())), "{tested}");

    assert!(bot.say(json!({ "remove": { "feed": "1" } })).await.contains("Its messages stay"));
    assert_eq!(bot.cards("news").len(), 4);
    let again = json!({ "channel": "news", "min_quality": 0, "backfill": 10 });
    assert!(bot.say(json!({ "add": again })).await.contains("The bot made feed **2**"));
    bot.until_listed("0 due").await;
    assert_eq!(bot.cards("news").len(), 4, "nothing old is posted again");
    bot.end().await;
}

#[tokio::test]
async fn missing_permissions_are_named_and_mended() {
    let bot = FeedBot::start().await;
    let (news, forum) = (bot.channel("news"), bot.channel("discussions"));
    bot.deny("news", SEND_MESSAGES | EMBED_LINKS);
    let made = bot.say(json!({ "add": { "channel": "news", "min_quality": 60, "backfill": 1 } })).await;
    let lacks = format!("⚠️ The bot lacks permissions in <#{news}>: **Send Messages** and **Embed Links**.");
    assert!(made.starts_with(&lacks) && made.contains("The bot made feed **1**"), "{made}");
    let list = bot.until_listed("⚠️ **paused**").await;
    assert!(list.contains("1 due") && list.contains("⚠️ 1 paused"), "{list}");
    let tested = bot.say(json!({ "test": { "feed": "1" } })).await;
    assert!(tested.contains("The bot did not post the test."), "{tested}");
    assert!(bot.why("story 6").await.contains("the feed is paused"));
    // Discord tells that the permissions changed, and the feed goes on by itself.
    bot.sandbox.remove_overwrite(news, bot.sandbox.application_id()).unwrap();
    bot.until_listed("1 sent").await;

    bot.deny("general", VIEW_CHANNEL);
    let hidden = bot.say(json!({ "add": { "channel": "general" } })).await;
    assert!(hidden.contains(": **View Channel**."), "{hidden}");
    bot.sandbox.require_tag(forum, true).unwrap();
    let made =
        bot.say(json!({ "add": { "channel": "discussions", "topic": "AI", "mention": "heatwire" } })).await;
    assert!(made.contains("has no tag **AI**"), "{made}");
    assert!(made.contains("Not everybody may mention"), "{made}");
    assert!(made.contains("Without **Manage Threads**"), "{made}");

    // A channel and a role that go pause their feeds, and the list says so first.
    bot.sandbox.delete_channel(news).unwrap();
    let list = bot.until_listed("The channel was deleted.").await;
    assert!(list.lines().nth(1).unwrap().contains(&format!("<#{news}>")), "{list}");
    bot.sandbox.delete_role(bot.sandbox.role_id("heatwire").unwrap()).unwrap();
    bot.until_listed("The role that this feed mentions was deleted.").await;
    bot.end().await;
}

#[tokio::test]
async fn what_changed_while_the_bot_was_away_is_known_when_it_is_back() {
    let bot = FeedBot::start().await;
    bot.deny("general", SEND_MESSAGES);
    bot.say(json!({ "add": { "channel": "general", "backfill": 1 } })).await;
    bot.until_listed("⚠️ **paused**").await;
    bot.say(json!({ "add": { "channel": "news", "mention": "heatwire" } })).await;
    // Neither is told.
    for event in ["CHANNEL_UPDATE", "GUILD_ROLE_DELETE"] {
        bot.sandbox.lose_events(event, 1).unwrap();
    }
    bot.sandbox.remove_overwrite(bot.channel("general"), bot.sandbox.application_id()).unwrap();
    bot.sandbox.delete_role(bot.sandbox.role_id("heatwire").unwrap()).unwrap();
    let list = bot.say(json!({ "list": {} })).await;
    assert!(list.contains("⚠️ 1 paused"), "{list}");
    bot.sandbox.invalidate_sessions(false);
    bot.until_feed(|feed| feed.status == FeedStatus::Paused(PauseReason::RoleDeleted)).await;
    bot.until_feed(|feed| feed.id.0 == 1 && feed.status == FeedStatus::Active).await;
    bot.sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    bot.until_listed("1 sent").await;
    bot.end().await;
}

#[tokio::test]
async fn wrong_inputs_are_refused_in_words() {
    let bot = FeedBot::start().await;
    let wrong = json!({
        "channel": "news", "topic": "gardening", "mention": "everyone", "quiet_hours": "late", "crosspost": true
    });
    let words = bot.say(json!({ "add": wrong })).await;
    for expected in
        ["There is no topic “gardening”", "@everyone", "22:00-07:00", "not an announcement channel"]
    {
        assert!(words.contains(expected), "{expected} in {words}");
    }
    // Discord's client holds the bounds of numbers and the kinds of channels.
    for refused in
        [json!({ "channel": "news", "backfill": 11 }), json!({ "channel": "news", "max_per_hour": 0 })]
    {
        assert!(bot.mona().command("feed", json!({ "add": refused })).await.is_err());
    }
    for words in ["pause", "resume", "remove", "test"] {
        let said = bot.say(json!({ words: { "feed": "1" } })).await;
        assert!(said.contains("no feeds yet"), "{said}");
    }
    assert!(bot.say(json!({ "list": {} })).await.contains("no feeds yet"), "nothing was made");
    bot.end().await;
}

#[tokio::test]
async fn members_can_neither_use_nor_see_anything_of_it() {
    let bot = FeedBot::start().await;
    bot.say(json!({ "add": { "channel": "news" } })).await;
    let commands = bot.sandbox.commands();
    let id = |name: &str| commands.iter().find(|command| command["name"] == name).unwrap()["id"].clone();
    let ben = bot.sandbox.person("ben");
    for (name, options) in [
        ("feed", json!([{ "name": "list", "type": 1, "options": [] }])),
        (
            "feed",
            json!([{ "name": "remove", "type": 1, "options": [{ "name": "feed", "type": 3, "value": "1" }] }]),
        ),
        ("why", json!([{ "name": "article", "type": 3, "value": "story" }])),
    ] {
        let data = json!({ "id": id(name), "name": name, "type": 1, "options": options });
        let refused =
            ben.interaction(json!({ "type": 2, "data": data })).await.unwrap().settled().await.unwrap();
        assert!(refused.content().contains("Manage Server"), "{}", refused.content());
        let mut typing = data.clone();
        let place =
            if name == "feed" { &mut typing["options"][0]["options"] } else { &mut typing["options"] };
        *place = json!([{ "name": if name == "feed" { "feed" } else { "article" }, "type": 3, "value": "", "focused": true }]);
        let choices = ben.interaction(json!({ "type": 4, "data": typing })).await.unwrap();
        assert!(choices.choices().is_empty());
    }
    let choices = bot.mona().autocomplete("feed", json!({ "pause": {} }), "feed").await.unwrap();
    assert_eq!(choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>(), ["Feed 1: #news"]);
    let topics =
        bot.mona().autocomplete("feed", json!({ "add": { "channel": "news" } }), "topic").await.unwrap();
    assert_eq!(topics[0].name, "AI");
    assert!(bot.say(json!({ "list": {} })).await.contains("**1 feed**"), "nobody removed it");
    bot.end().await;
}

#[tokio::test]
async fn twenty_five_feeds_are_listed_page_by_page_and_no_more_can_be_made() {
    let bot = FeedBot::start().await;
    for _ in 0..25 {
        let made =
            bot.say(json!({ "add": { "channel": "announcements", "topic": "AI", "crosspost": true } })).await;
        assert!(made.contains("The bot made feed"), "{made}");
    }
    let refused = bot.say(json!({ "add": { "channel": "news" } })).await;
    assert!(refused.contains("has 25 feeds, and more are not possible"), "{refused}");
    let mut page = bot.feed(json!({ "list": {} })).await;
    let mut listed = 0;
    loop {
        listed += page.content().matches("\n-# active").count();
        match buttons(&page).iter().find(|(label, _)| label == "Next") {
            Some((_, true)) => {
                page = bot.mona().press(&page, "Next").await.unwrap().settled().await.unwrap();
            }
            _ => break,
        }
    }
    assert_eq!(listed, 25);
    let why = bot.why("story 6").await;
    assert!(why.contains("Page 1 of ") && why.contains("already there when the feed started"), "{why}");
    bot.end().await;
}

#[tokio::test]
async fn a_failed_delivery_is_sent_again_or_left_by_a_button() {
    let bot = FeedBot::start().await;
    let route = "POST /channels/*/messages".to_owned();
    bot.sandbox.plan_fault(Fault { route, kind: FaultKind::Status(400), count: 2 }).unwrap();
    bot.say(json!({ "add": { "channel": "news", "min_quality": 0, "backfill": 3 } })).await;
    let list = bot.until_listed("⚠️ 2 failed · 0 due").await;
    assert!(list.lines().nth(1).unwrap().starts_with("⚠️ “Story "), "failures come first: {list}");
    let list = bot.feed(json!({ "list": {} })).await;
    let press = async |label: &str| {
        let pressed = bot.mona().press(&list, label).await.unwrap().settled().await.unwrap();
        pressed.content().lines().next().unwrap().to_owned()
    };
    let news = bot.channel("news");
    let said = press("Resend “Story 6”").await;
    assert_eq!(said, format!("✅ “Story 6” will be posted in <#{news}>."));
    assert_eq!(press("Dismiss “Story 5”").await, "✅ “Story 5” stays as it is.");
    let list = bot.until_listed("**1 feed** · 0 due").await;
    assert!(list.contains("2 sent"), "{list}");
    let cards = bot.cards("news");
    assert_eq!(cards, ["Story 4", "Story 6"]);
    assert!(bot.why("story 5").await.contains("failed <t:"));
    bot.end().await;
}
