//! Sources through the real program: a feed server on loopback, and repositories on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::time::Duration;

use discord_sandbox::{Sandbox, SandboxOptions};
use jiff::Timestamp;
use serde_json::json;
use tempfile::TempDir;

use crate::feed_server::FeedServer;
use crate::first_feed::{stop, until_listed};
use crate::harness::{PATIENCE, output, program, sandbox_with};

/// A working folder with a list of sources.
pub(crate) struct Scene {
    folder: TempDir,
}

impl Scene {
    pub(crate) fn new(list: &str) -> Self {
        let scene = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(scene.path("sources.yaml"), list).unwrap();
        scene
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn settings(&self) -> [(&'static str, String); 2] {
        let shown = |path: &str| self.path(path).display().to_string();
        [("ARTICLES_DIR", shown("articles")), ("SOURCES_FILE", shown("sources.yaml"))]
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let settings = self.settings();
        let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, &**value)).collect();
        let mut command = program(arguments, &settings);
        command.env("PATH", std::env::var_os("PATH").unwrap()).env("RUST_LOG", "warn");
        command
    }

    pub(crate) async fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let ended = output(self.program(arguments)).await;
        (ended.status.code(), texts(&ended))
    }

    /// Fetches once, with success. Returns what the program says.
    async fn fetch(&self) -> String {
        let (code, text) = self.run(&["fetch"]).await;
        assert_eq!(code, Some(0), "{text}");
        text
    }

    /// Starts the bot, and waits until it has a session.
    async fn bot(&self, sandbox: &Sandbox, settings: &[(&str, &str)]) -> Child {
        let mut command = self.program(&["run"]);
        command.env("DISCORD_TOKEN", sandbox.token()).env("DISCORD_API_URL", sandbox.api_url());
        let child = command.envs(settings.iter().copied()).spawn().unwrap();
        sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
        child
    }

    /// The texts of all files of these sources, by path.
    fn texts(&self, sources: &[&str]) -> BTreeMap<String, String> {
        let paths = sources
            .iter()
            .flat_map(|source| self.files(source).into_iter().map(move |name| format!("{source}/{name}")));
        paths
            .map(|path| (path.clone(), fs::read_to_string(self.path("articles").join(path)).unwrap()))
            .collect()
    }

    /// The names of the files of a source, in order.
    pub(crate) fn files(&self, source: &str) -> Vec<String> {
        names_in(&self.path("articles").join(source))
    }
}

fn texts(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// A repository with one article.
fn repository(folder: &Path) {
    fs::create_dir_all(folder.join("news")).unwrap();
    fs::write(folder.join("news/a.md"), "---\ntitle: From git\n---\n").unwrap();
    let user = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
    for arguments in [&["init", "--quiet"][..], &["add", "--all"], &["commit", "--quiet", "--message=x"]] {
        let done = Command::new("git").args(user).args(arguments).current_dir(folder).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

#[tokio::test]
async fn fetch_writes_files_that_check_accepts() {
    let server = FeedServer::start();
    server.serve("/feed", "example.com", &["First story", "Second story"]);
    let remote = tempfile::tempdir().unwrap();
    repository(remote.path());
    let feed = format!("{}/feed", server.address);
    let scene = Scene::new(&format!(
        "sources:\n- name: wire\n  feed: {feed}\n  private: true\n- name: repo\n  git: file://{}\n",
        remote.path().display()
    ));
    let (code, text) = scene.run(&["fetch"]).await;
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("wire: 2 written, 0 deleted, 2 files"), "{text}");
    assert!(text.contains("repo: 1 written, 0 deleted, 1 files"), "{text}");
    assert_eq!(scene.files("wire").len(), 2);
    assert_eq!(scene.files("repo/news"), ["a.md"]);
    let (code, text) = scene.run(&["check", "--strict"]).await;
    assert_eq!(code, Some(0), "{text}");
    let (code, text) = scene.run(&["fetch"]).await;
    assert!(code == Some(0) && text.contains("wire: 0 written, 0 deleted, 2 files"), "{text}");
}

#[tokio::test]
async fn the_exit_code_says_whether_all_sources_were_fetched() {
    let server = FeedServer::start();
    server.serve("/feed", "example.com", &["First story"]);
    let scene = Scene::new(&format!(
        "sources:\n- name: wire\n  feed: {0}/feed\n  private: true\n- name: lost\n  feed: {0}/lost\n  private: true\n\
         - name: hidden\n  feed: {0}/feed?hidden\n",
        server.address
    ));
    let (code, text) = scene.run(&["fetch"]).await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("lost: not fetched: the server answers with the status 404"), "{text}");
    assert!(text.contains("hidden: not fetched: 127.0.0.1 is in a private network"), "{text}");
    assert!(text.contains("2 of 3 sources were not fetched."), "{text}");
    assert_eq!(scene.files("wire").len(), 1);
    fs::write(scene.path("sources.yaml"), "sources:\n- fed: x\n- feed: nonsense\n").unwrap();
    let (code, text) = scene.run(&["fetch"]).await;
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("sources.yaml:2:3") && text.contains("sources.yaml:3:9"), "{text}");
    fs::remove_file(scene.path("sources.yaml")).unwrap();
    let (code, text) = scene.run(&["fetch"]).await;
    assert!(code == Some(2) && text.contains("sources.example.yaml"), "{text}");
}

#[tokio::test]
async fn a_repository_without_git_is_reported_and_the_feeds_come() {
    let server = FeedServer::start();
    server.serve("/feed", "example.com", &["First story"]);
    let scene = Scene::new(&format!(
        "sources:\n- name: repo\n  git: https://example.com/x\n- name: wire\n  feed: {}/feed\n  private: true\n",
        server.address
    ));
    let mut command = scene.program(&["fetch"]);
    command.env("PATH", "");
    let ended = output(command).await;
    let text = texts(&ended);
    assert_eq!(ended.status.code(), Some(1), "{text}");
    assert!(text.contains("repo: not fetched: the program git was not found; install git"), "{text}");
    assert_eq!(scene.files("wire").len(), 1);
}

#[tokio::test]
async fn a_dry_run_and_a_trial_write_nothing() {
    let server = FeedServer::start();
    server.serve("/feed", "example.com", &["First story", "Second story"]);
    let address = format!("{}/feed", server.address);
    server.serve_page("/list", format!("<opml><body><outline xmlUrl='{address}'/></body></opml>"));
    let remote = tempfile::tempdir().unwrap();
    repository(remote.path());
    let list = format!(
        "sources:\n- name: wire\n  feed: {address}\n  private: true\n- name: all\n  opml: {}/list\n  private: true\n\
         - name: repo\n  git: file://{}\n",
        server.address,
        remote.path().display()
    );
    let scene = Scene::new(&list);
    let (code, text) = scene.run(&["fetch", "--dry-run"]).await;
    assert_eq!(code, Some(0), "{text}");
    for expected in [
        "wire: 2 entries; 2 new files",
        "first-story.md",
        "all: a list of 1 feeds",
        "all/127.0.0.1: 2 entries",
        "repo: a new commit, ",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    fs::remove_dir_all(remote.path().join(".git")).unwrap();
    server.serve_page("/list", "<html>".to_owned());
    let (code, text) = scene.run(&["fetch", "--dry-run"]).await;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("all: not read: ") && text.contains("repo: not read: "), "{text}");
    let (code, text) = scene.run(&["fetch", "--try", &address, "--private"]).await;
    assert_eq!(code, Some(0), "{text}");
    for expected in ["2 entries, 2 articles", "Second story", "The first file", "title: "] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let (code, text) = scene.run(&["fetch", "--try", &address]).await;
    assert!(code == Some(1) && text.contains("private network") && text.contains("add --private"), "{text}");
    let (code, _) = scene.run(&["fetch", "--try", "nonsense"]).await;
    assert_eq!(code, Some(2));
    assert!(!scene.path("articles").exists());
}

/// Waits until `/status` has all these words.
async fn status_says(sandbox: &Sandbox, words: &[&str]) {
    let mut shown = String::new();
    let says = async {
        for number in 0.. {
            // Another moderator each time, so no one asks too often.
            let moderator = sandbox.person("mod").numbered(number);
            let status = moderator.command("status", json!({})).await.unwrap();
            shown = status.settled().await.unwrap().content().to_owned();
            if words.iter().all(|words| shown.contains(words)) {
                return;
            }
        }
    };
    let is_in_time = tokio::time::timeout(PATIENCE, says).await.is_ok();
    assert!(is_in_time, "{words:?} not in {shown}");
}

#[tokio::test]
async fn the_bot_fetches_and_follows_the_list() {
    let server = FeedServer::start();
    server.serve("/feed", "example.com", &["First story"]);
    server.serve("/more", "example.com", &["Second story"]);
    let source = |name: &str, path: &str| {
        format!("- name: {name}\n  feed: {}{path}\n  private: true\n", server.address)
    };
    let scene = Scene::new(&format!("sources:\n{}", source("wire", "/feed")));
    fs::create_dir(scene.path("articles")).unwrap();
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    // Then only the end of a fetch has the files read.
    let child = scene.bot(&sandbox, &[("ARTICLES_WATCH", "false")]).await;
    status_says(&sandbox, &["**Articles:** 1.", "**Sources:** 1.", "`wire`: 1 article."]).await;
    let both = format!("sources:\n{}{}", source("wire", "/feed"), source("more", "/more"));
    fs::write(scene.path("sources.yaml"), &both).unwrap();
    status_says(&sandbox, &["**Articles:** 2.", "**Sources:** 2.", "`more`: 1 article."]).await;
    fs::write(scene.path("sources.yaml"), both.replace("- name", "- nam")).unwrap();
    status_says(&sandbox, &["**Sources:** 2.", "it has 2 problems", "did you mean name"]).await;
    fs::write(scene.path("sources.yaml"), both + &source("lost", "/lost")).unwrap();
    status_says(&sandbox, &["**Sources:** 3.", "⚠️ `lost`", "404"]).await;
    let log = stop(child).await;
    assert!(log.contains("the last good list stays"), "{log}");
}

const STORY: &str = "The harbour town opens a new library beside the lighthouse";

/// Sources of a feed server, each with its path and a host of its own.
fn sources(server: &FeedServer, names: &[&str]) -> String {
    let source =
        |name: &&str| format!("- name: {name}\n  feed: {}/{name}\n  private: true\n", server.address);
    format!("sources:\n{}", names.iter().map(source).collect::<String>())
}

/// Serves a feed of [`sources`].
fn serve(server: &FeedServer, name: &str, titles: &[&str]) {
    server.serve(&format!("/{name}"), &format!("{name}.example"), titles);
}

#[tokio::test]
async fn a_fetch_writes_heat_again_where_other_sources_report_a_story() {
    let server = FeedServer::start();
    let names = ["one", "two", "three"];
    let scene = Scene::new(&sources(&server, &names));
    // What a source has when it is new does not count.
    for name in names {
        serve(&server, name, &["Something old"]);
    }
    assert!(!scene.fetch().await.contains("new heat"));
    for name in names {
        serve(&server, name, &["Something old", STORY]);
    }
    let text = scene.fetch().await;
    assert!(
        text.contains("3 articles have new heat, because more providers report their stories."),
        "{text}"
    );
    let told = scene.texts(&names);
    let has = |line: &str| told.values().filter(|text| text.contains(line)).count();
    assert_eq!((told.len(), has("\nheat: 80\n"), has("\nheat: 40\n")), (6, 3, 3), "{told:?}");
    assert_eq!(has("\nrelated:\n"), 1, "only the hottest article lists the others: {told:?}");
    // An edited file stays as it is, and written scores ask for no further write.
    let (path, edited) = told.iter().find(|(_, text)| text.contains("heat: 80")).unwrap();
    fs::write(scene.path("articles").join(path), edited.replace("heat: 80", "heat: 7")).unwrap();
    let told = scene.texts(&names);
    assert!(!scene.fetch().await.contains("new heat"));
    assert_eq!(scene.texts(&names), told);
    let (code, text) = scene.run(&["check", "--strict"]).await;
    assert_eq!(code, Some(0), "{text}");
}

/// Waits until a message in #news has these words in its card. Returns the titles of all cards there.
async fn cards_say(sandbox: &Sandbox, words: &[&str]) -> Vec<String> {
    let mut cards = Vec::new();
    let text = |card: &serde_json::Value, key: &str| card[key].as_str().unwrap_or_default().to_owned();
    let say = async {
        loop {
            let posted = sandbox.posted_in("news").unwrap();
            let of_message = posted.iter().map(|message| message["embeds"][0].clone());
            cards = of_message.filter(serde_json::Value::is_object).collect();
            let has_all =
                |card: &serde_json::Value| words.iter().all(|word| text(card, "description").contains(word));
            if cards.iter().any(has_all) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let is_in_time = tokio::time::timeout(PATIENCE, say).await.is_ok();
    assert!(is_in_time, "no card says {words:?}: {cards:?}");
    cards.iter().map(|card| text(card, "title")).collect()
}

#[tokio::test]
async fn a_feed_with_a_lowest_heat_posts_a_story_late_and_once() {
    let server = FeedServer::start();
    let scene = Scene::new(&sources(&server, &["one", "two"]));
    serve(&server, "one", &["Something old"]);
    serve(&server, "two", &["Something old"]);
    scene.fetch().await;
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    // This bot fetches nothing: another process does, beside it.
    let bot = scene.bot(&sandbox, &[("SOURCES_FILE", "none.yaml")]).await;
    let channel = sandbox.channel_id("news").unwrap().to_string();
    let feed = json!({ "add": { "channel": channel, "min_quality": 0, "min_heat": 55 } });
    let made = sandbox.person("mod").command("feed", feed).await.unwrap().settled().await.unwrap();
    assert!(made.content().contains("The bot made feed"), "{}", made.content());
    // Feeds of the web have whole seconds.
    let second = Timestamp::now().as_second();
    while Timestamp::now().as_second() == second {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    serve(&server, "one", &["Something old", STORY]);
    scene.fetch().await;
    let path = scene.files("one").into_iter().find(|name| name.contains("harbour")).unwrap();
    let path = format!("one/{}", path.trim_end_matches(".md"));
    why_says(&sandbox, &path, "heat of the article is 40").await;
    // A person's article on the story. The bot itself writes the new heat.
    let by_hand = format!(
        "---\ntitle: {STORY}\nwebUrl: https://hand.example/library\nquality: 10\npublishedDateTime: {}\n\
         provider:\n  domain: hand.example\n---\n",
        Timestamp::now()
    );
    fs::write(scene.path("articles/by-hand.md"), by_hand).unwrap();
    assert_eq!(cards_say(&sandbox, &["Also covered by", "hand"]).await, [STORY]);
    assert!(scene.texts(&["one"])[&format!("{path}.md")].contains("\nheat: 60\n"));
    why_says(&sandbox, &path, "published the same title within 3 days").await;
    serve(&server, "two", &["Something old", STORY]);
    scene.fetch().await;
    assert_eq!(cards_say(&sandbox, &["Also covered by", "hand", "two"]).await, [STORY]);
    // The first file had new heat a moment ago. The new file gets its heat from the bot or from the fetch.
    let has_heat = async {
        while !scene.texts(&["two"]).values().any(|text| text.contains("\nheat: 80\n")) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, has_heat).await.unwrap();
    assert!(scene.texts(&["one"])[&format!("{path}.md")].contains("\nheat: 60\n"));
    let list = until_listed(&sandbox, "1 sent").await;
    assert!(list.contains("0 due · 1 sent"), "{list}");
    stop(bot).await;
}

/// Waits until `/why` says this of an article.
async fn why_says(sandbox: &Sandbox, article: &str, words: &str) {
    let mut shown = String::new();
    let says = async {
        for number in 0.. {
            let moderator = sandbox.person("mod").numbered(number);
            let why = moderator.command("why", json!({ "article": article })).await.unwrap();
            shown = why.settled().await.unwrap().content().to_owned();
            if shown.contains(words) {
                return;
            }
        }
    };
    let is_in_time = tokio::time::timeout(PATIENCE, says).await.is_ok();
    assert!(is_in_time, "{words} not in {shown}");
}
