//! `heatwire doctor`: the program itself, on good setups and on broken ones.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::Arc;

use discord_sandbox::{Sandbox, SandboxOptions};
use heatwire::delivery::ledger::Ledger;
use heatwire::feed::pacing::Pacing;
use heatwire::feed::{ChannelKind, FeedSettings, NewFeed, Rules};
use heatwire::ids::{ChannelId, GuildId};
use jiff::Timestamp;
use serde_json::Value;

use crate::harness::{Bot, article, folder, output, program, sandbox_with};

/// Discord's docs, "Permissions".
const EMBED_LINKS: u64 = 1 << 14;

/// A folder with articles, and the address of a database beside them.
struct Setup {
    place: tempfile::TempDir,
    database_url: String,
}

impl Setup {
    fn new() -> Self {
        let place = folder(&[("articles/one.md", &article("Story one", "AI", 1, ""))]);
        let database_url = format!("sqlite://{}", place.path().join("heatwire.db").display());
        Self { place, database_url }
    }

    async fn with_feed(&self, sandbox: &Sandbox, channel: &str) -> Ledger {
        let ledger = Ledger::open(&self.database_url).await.unwrap();
        let feed = NewFeed {
            guild: GuildId(sandbox.guild_id()),
            channel: ChannelId(sandbox.channel_id(channel).unwrap()),
            channel_kind: ChannelKind::Text,
            settings: FeedSettings {
                rules: Rules { quality_min: 60, max_age_days: 7, ..Rules::default() },
                pacing: Pacing::default(),
                mention: None,
                is_silent: false,
                opens_thread: false,
                crossposts: false,
            },
            backfill: 0,
        };
        ledger.add_feed(&feed, Timestamp::UNIX_EPOCH).await.unwrap();
        ledger
    }

    async fn doctor(&self, arguments: &[&str], more: &[(&str, &str)]) -> Output {
        let articles = self.place.path().join("articles");
        let mut settings =
            vec![("ARTICLES_DIR", articles.to_str().unwrap()), ("DATABASE_URL", &*self.database_url)];
        settings.extend(more);
        let arguments = [&["doctor"][..], arguments].concat();
        let mut command = program(&arguments, &settings);
        // A file .env of a test would stand here.
        command.current_dir(self.place.path());
        output(command).await
    }

    async fn doctor_of(&self, sandbox: &Sandbox) -> (Option<i32>, String) {
        let (token, api_url) = (sandbox.token(), sandbox.api_url());
        let done = self.doctor(&[], &[("DISCORD_TOKEN", &token), ("DISCORD_API_URL", &api_url)]).await;
        let text = said(&done);
        assert!(!text.contains(&token), "{text}");
        (done.status.code(), text)
    }
}

fn said(done: &Output) -> String {
    String::from_utf8([done.stdout.clone(), done.stderr.clone()].concat()).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_good_setup_has_no_fault_while_a_bot_uses_it() {
    let sandbox = Arc::new(sandbox_with(SandboxOptions::default()).await);
    // A bot registers its commands.
    let bot = Bot::in_sandbox(sandbox, folder(&[]), None).await;
    let setup = Setup::new();
    let ledger = setup.with_feed(&bot.sandbox, "news").await;
    let before = files(setup.place.path());
    let sessions = bot.sandbox.identifies().len();
    let (code, text) = setup.doctor_of(&bot.sandbox).await;
    assert_eq!(code, Some(0), "{text}");
    assert!(!text.contains("FAIL") && !text.contains("\nwarn"), "{text}");
    for words in [
        "ok    token        Discord accepts the token of ",
        "ok    commands     Discord has the commands of this version",
        "ok    permissions  1 feeds have all permissions",
        "ok    database     a heatwire uses the file now",
        "ok    articles     1 articles without a problem",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(files(setup.place.path()), before, "nothing was made");
    assert_eq!(bot.sandbox.identifies().len(), sessions, "no session began");
    let writes = bot.sandbox.requests();
    assert_eq!(writes.iter().filter(|request| request.method == "PUT").count(), 1, "the bot's own");
    ledger.try_out().await.unwrap();
}

#[tokio::test]
async fn each_fault_is_named_with_its_remedy() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let setup = Setup::new();
    drop(setup.with_feed(&sandbox, "news").await);
    let news = sandbox.channel_id("news").unwrap();
    sandbox.set_overwrite(news, sandbox.application_id(), 0, EMBED_LINKS).unwrap();
    fs::write(setup.place.path().join("articles/bad.md"), "---\ntitle: [\n---\n").unwrap();
    fs::write(setup.place.path().join(".env"), "NEWS_MIN_QUALITY=50\n").unwrap();
    let (code, text) = setup.doctor_of(&sandbox).await;
    assert_eq!(code, Some(1), "{text}");
    for words in [
        "warn  articles     1 problems of files, and 1 good articles; heatwire check says",
        "warn  commands     Discord has other commands",
        "warn  .env         others on this machine may use the file; run: chmod 600 .env",
        "ok    database     no heatwire uses the file now",
        "FAIL  permissions  feed 1 in #news: the bot lacks Embed Links; allow that",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[tokio::test]
async fn a_token_that_discord_refuses_is_a_fault() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let setup = Setup::new();
    let (token, api_url) = ("MTA.a-token.of-nobody", sandbox.api_url());
    let done = setup.doctor(&[], &[("DISCORD_TOKEN", token), ("DISCORD_API_URL", &api_url)]).await;
    let text = said(&done);
    assert_eq!(done.status.code(), Some(1), "{text}");
    assert!(text.contains("FAIL  token        Discord refuses the token; copy it again"), "{text}");
    assert!(!text.contains(token), "{text}");
}

#[tokio::test]
async fn without_a_token_the_rest_is_tested() {
    let setup = Setup::new();
    let done = setup.doctor(&["--format", "json"], &[]).await;
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let report: Value = serde_json::from_slice(&done.stdout).unwrap();
    let checks = report["checks"].as_array().unwrap();
    let of = |name: &str| checks.iter().find(|check| check["check"] == name).unwrap();
    assert_eq!((report["version"].as_u64(), &report["counts"]["fail"]), (Some(1), &Value::from(0)));
    assert!(
        of("token")["status"] == "warn" && of("token")["message"].as_str().unwrap().contains("not tested")
    );
    assert!(of("articles")["status"] == "ok" && of("disk")["status"] != "fail", "{report}");
    assert_eq!(files(setup.place.path()), ["articles"], "no database was made");
}

#[tokio::test]
async fn a_damaged_database_and_wrong_settings_are_faults() {
    let setup = Setup::new();
    fs::write(setup.place.path().join("heatwire.db"), "no database ".repeat(1000)).unwrap();
    let done = setup.doctor(&[], &[]).await;
    let text = said(&done);
    assert_eq!(done.status.code(), Some(1), "{text}");
    assert!(text.contains("FAIL  database ") && text.contains("put the last backup"), "{text}");
    let wrong = setup.doctor(&[], &[("NEWS_SORT", "x")]).await;
    assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));
}
