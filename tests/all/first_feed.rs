//! `NEWS_CHANNEL_ID`: the program makes a feed by itself, once.

use std::fs;
use std::path::Path;
use std::process::Child;

use discord_sandbox::{Person, Sandbox, SandboxOptions};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::harness::{PATIENCE, article, folder, program, sandbox_with};

/// The program with a feed for this channel, once it is connected.
pub(crate) async fn started(sandbox: &Sandbox, place: &Path, channel: &str) -> Child {
    let articles = place.join("articles");
    let settings = [
        ("DISCORD_TOKEN", sandbox.token()),
        ("DISCORD_API_URL", sandbox.api_url()),
        ("ARTICLES_DIR", articles.display().to_string()),
        ("DATABASE_URL", format!("sqlite://{}", place.join("heatwire.db").display())),
        ("NEWS_CHANNEL_ID", channel.to_owned()),
        ("NEWS_MIN_QUALITY", "40".to_owned()),
        ("NEWS_MAX_AGE_DAYS", "3".to_owned()),
    ];
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let child = program(&["run"], &settings).spawn().unwrap();
    sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    child
}

/// Beside the sandbox, which lives in this process and has to answer meanwhile.
pub(crate) async fn stop(child: Child) -> String {
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
    let output = tokio::time::timeout(PATIENCE, ended).await.unwrap().unwrap();
    String::from_utf8(output.stderr).unwrap()
}

async fn say(sandbox: &Sandbox, options: serde_json::Value) -> String {
    feed(&sandbox.person("mod"), options).await
}

async fn feed(moderator: &Person, options: serde_json::Value) -> String {
    let answer = moderator.command("feed", options).await.unwrap();
    answer.settled().await.unwrap().content().to_owned()
}

/// Waits until the list of feeds has these words.
pub(crate) async fn until_listed(sandbox: &Sandbox, words: &str) -> String {
    let listed = async {
        // Another moderator each time, so no one asks too often.
        for number in 0.. {
            let list = feed(&sandbox.person("mod").numbered(number), json!({ "list": {} })).await;
            if list.contains(words) {
                return list;
            }
        }
        unreachable!("the numbers do not end")
    };
    tokio::time::timeout(PATIENCE, listed).await.unwrap()
}

#[tokio::test]
async fn it_is_made_with_the_settings_once_and_stays_removed() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let place = folder(&[("articles/old.md", &article("Old", "AI", 1, ""))]);
    let channel = sandbox.channel_id("news").unwrap().to_string();

    let bot = started(&sandbox, place.path(), &channel).await;
    let list = until_listed(&sandbox, "1 feed").await;
    assert!(list.contains("quality of 40 or more") && list.contains("3 days"), "{list}");
    let new = article("New", "AI", 1, "").replace("2026-06-01T00:00:00Z", &Timestamp::now().to_string());
    fs::write(place.path().join("articles/new.md"), new).unwrap();
    until_listed(&sandbox, "1 sent").await;
    let log = stop(bot).await;
    assert!(log.lines().any(|line| line.contains("posted") && line.contains("articles=\"new\"")), "{log}");

    let bot = started(&sandbox, place.path(), &channel).await;
    let list = until_listed(&sandbox, "1 feed").await;
    assert!(list.contains("1 sent"), "the same feed, with what it posted: {list}");
    say(&sandbox, json!({ "remove": { "feed": "1" } })).await;
    stop(bot).await;

    let bot = started(&sandbox, place.path(), &channel).await;
    // Another feed is made after the bot looked for its first one: requests are answered in their order.
    let other = sandbox.channel_id("general").unwrap().to_string();
    say(&sandbox, json!({ "add": { "channel": other } })).await;
    let list = until_listed(&sandbox, "1 feed").await;
    assert!(!list.contains(&channel), "{list}");
    stop(bot).await;
    // Beside the answers to the moderator, which nobody else sees.
    let posted = sandbox.posted_in("news").unwrap();
    assert_eq!(posted.iter().filter(|message| message["embeds"][0]["title"] == "New").count(), 1);
}

#[tokio::test]
async fn a_folder_that_is_filled_after_the_start_floods_no_channel() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let place = folder(&[("articles/README.md", "Not mounted yet.")]);
    let channel = sandbox.channel_id("news").unwrap().to_string();
    let bot = started(&sandbox, place.path(), &channel).await;
    until_listed(&sandbox, "starts when there are articles").await;
    let write = |name: &str, published_at: Timestamp| {
        let text = article(name, "AI", 1, "").replace("2026-06-01T00:00:00Z", &published_at.to_string());
        fs::write(place.path().join(format!("articles/{name}.md")), text).unwrap();
    };
    for number in 0..20 {
        write(&format!("Old {number}"), Timestamp::now() - SignedDuration::from_hours(1));
    }
    write("New", Timestamp::now());
    let list = until_listed(&sandbox, "1 sent").await;
    assert!(list.contains("0 due · 1 sent"), "{list}");
    stop(bot).await;
    let posted = sandbox.posted_in("news").unwrap();
    let titles: Vec<&str> =
        posted.iter().filter_map(|message| message["embeds"][0]["title"].as_str()).collect();
    assert_eq!(titles, ["New"]);
}

#[tokio::test]
async fn a_channel_that_can_have_none_is_said_and_the_bot_works_on() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let place = folder(&[("articles/old.md", &article("Old", "AI", 1, ""))]);
    let bot = started(&sandbox, place.path(), "42").await;
    let answer = sandbox.person("ada").command("news", json!({ "topic": "ai" })).await.unwrap();
    assert_eq!(answer.embeds().len(), 1);
    // The answer of a command that came later shows that the bot has looked.
    assert!(say(&sandbox, json!({ "list": {} })).await.contains("no feeds yet"));
    let log = stop(bot).await;
    assert!(log.contains("NEWS_CHANNEL_ID gets no feed"), "{log}");
}
