//! From the locale of a guild to the words of a post, over the gateway and the requests of a local Discord.

use std::fs;
use std::time::Duration;

use discord_sandbox::{Sandbox, SandboxOptions};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::collection::HalfLife;
use crate::messages::{Language, Words, say};
use crate::reload::Reloads;
use crate::shards::Shards;

/// How long anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, wait).await.is_ok(), "{what}");
}

/// The label of the first button of each message.
fn labels(sandbox: &Sandbox) -> Vec<String> {
    let label =
        |message: &Value| message["components"][0]["components"][0]["label"].as_str().map(str::to_owned);
    sandbox.posted_in("news").unwrap().iter().filter_map(|message| label(message)).collect()
}

#[tokio::test]
async fn posts_are_in_the_language_of_their_guild() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let (guild, channel) = (sandbox.guild_id(), sandbox.channel_id("news").unwrap());
    sandbox.set_preferred_locale("pseudo");
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let (link, now) = (format!("https://example.com/{name}"), Timestamp::now());
        let text = format!(
            "---\ntitle: {name}\nwebUrl: {link}\npublishedDateTime: {now}\nheat: 9\nquality: 90\n---\n"
        );
        fs::write(folder.path().join(format!("{name}.md")), text).unwrap();
    };
    write("first");
    let clock: Clock = Arc::new(Timestamp::now);
    let reloads =
        Reloads::start(folder.path().to_owned(), HalfLife::default(), Arc::clone(&clock)).await.unwrap();
    let settings = discord::Settings {
        token: sandbox.token().into(),
        guild_id: None,
        api_url: Some(sandbox.api_url()),
        shards: Shards::Recommended,
    };
    let (desk, requests) = Desk::new();
    let defaults = FeedDefaults { max_age_days: 0, ..FeedDefaults::default() };
    let (ledger, stop) = (Ledger::open("sqlite::memory:").await.unwrap(), CancellationToken::new());
    let state = State::following(reloads.clone(), Arc::clone(&clock)).with_feeds(desk.clone(), defaults);
    let state = Arc::new(state.with_guilds(ledger.guilds()).await.unwrap());
    let nothing = Box::new(|_| Ok(()));
    let started = Feeds::start(Place::Own(ledger), requests, &settings, &state, clock, nothing, stop.clone());
    let mut feeds = started.await.unwrap();
    let (answering, stopped) = (Arc::clone(&state), stop.clone());
    let answering = tokio::spawn(async move { discord::run(&settings, answering, stopped).await });

    until("the locale", || state.guild_languages().of(GuildId(guild)) == Language::Pseudo).await;
    desk.add(new_feed(GuildId(guild), ChannelId(channel), ChannelKind::Text, defaults, 1)).await.unwrap();
    until("a post", || labels(&sandbox).len() == 1).await;
    sandbox.set_preferred_locale("en-US");
    until("another locale", || state.guild_languages().of(GuildId(guild)) == Language::English).await;
    write("second");
    reloads.reload().await.unwrap();
    until("another post", || labels(&sandbox).len() == 2).await;
    // What moderators choose counts before the locale.
    let moderator = sandbox.person("mod").in_channel("announcements");
    let settings = moderator.command("settings", json!({ "language": "ja" })).await.unwrap();
    settings.settled().await.unwrap();
    write("third");
    reloads.reload().await.unwrap();
    until("a post in the chosen language", || labels(&sandbox).len() == 3).await;
    let details = [Language::Pseudo, Language::English, Language::Japanese]
        .map(|language| say!(Words::of(language), "button-details"));
    assert_eq!(labels(&sandbox), details, "the earlier messages stay as they are");

    // A look at the troubles of all guilds comes at once, and then every minute.
    let general = json!({ "notices": "general" });
    moderator.command("settings", general).await.unwrap().settled().await.unwrap();
    let paused = json!({ "pause": { "feed": "1" } });
    moderator.command("feed", paused).await.unwrap().settled().await.unwrap();
    feeds.report_troubles(Arc::clone(&state), stop.clone());
    until("a report", || sandbox.posted_in("general").unwrap().len() == 2).await;

    stop.cancel();
    answering.await.unwrap().unwrap();
    feeds.ended().await.unwrap();
    sandbox.stop().await;
}
