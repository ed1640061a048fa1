//! The demo with its own feeds: a new entry becomes a file, a story and a post.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command};

use serde_json::{Value, json};

use super::harness::{PATIENCE, article, folder, program};

/// A running demo.
struct Demo {
    child: Child,
    address: String,
    /// What the first line says.
    line: String,
}

impl Demo {
    fn start(settings: &[(&str, &str)]) -> Self {
        let mut child = program(&["demo", "--port", "0"], settings).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
        let address = address.trim_end_matches('/').to_owned();
        Self { child, address, line }
    }

    async fn ask(&self, path: &str, body: Option<Value>) -> Value {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let url = format!("{}{path}", self.address);
        let request = match body {
            None => client.get(url),
            Some(body) => client.post(url).header("content-type", "application/json").body(body.to_string()),
        };
        let bytes = request.send().await.unwrap().bytes().await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    /// The cards of the messages in #news.
    async fn cards(&self, channel: &str) -> Vec<String> {
        let state = self.ask("/page/state", None).await;
        let person = state["me"]["id"].as_str().unwrap();
        let shown = self.ask(&format!("/page/messages?person={person}&channel={channel}"), None).await;
        shown["messages"].as_array().unwrap().iter().map(|message| message["embeds"].to_string()).collect()
    }

    fn stop(mut self) {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files
        .map(|file| (file.path().display().to_string(), std::fs::read_to_string(file.path()).unwrap()))
        .collect()
}

#[tokio::test]
async fn an_entry_of_the_demos_feeds_becomes_a_file_a_story_and_one_post() {
    let titles = ["A first article", "A second article", "A third article"];
    let own: Vec<(String, String)> = titles
        .iter()
        .map(|title| {
            (format!("{title}.md"), article(title, "Islands", 900, "").replace("quality: 50", "quality: 80"))
        })
        .collect();
    let own: Vec<(&str, &str)> = own.iter().map(|(name, text)| (&**name, &**text)).collect();
    let articles = folder(&own);
    let before = files(articles.path());
    let nowhere = articles.path().join("no-sources.yaml").display().to_string();
    let copies = tempfile::tempdir().unwrap();
    let settings = [
        ("ARTICLES_DIR", articles.path().to_str().unwrap()),
        ("SOURCES_FILE", &nowhere),
        ("TMPDIR", copies.path().to_str().unwrap()),
    ];
    let demo = Demo::start(&settings);
    let state = demo.ask("/page/state", None).await;
    let news =
        state["channels"].as_array().unwrap().iter().find(|channel| channel["name"] == "news").unwrap();
    let news = news["id"].as_str().unwrap();
    let action = state["actions"][0].as_str().unwrap();
    assert!(
        demo.line.contains(action) && demo.line.contains(copies.path().to_str().unwrap()),
        "{}",
        demo.line
    );
    let until = async |count: usize, words: &[&str]| {
        let mut cards: Vec<String> = Vec::new();
        let is_shown = async {
            while !(cards.len() == count && words.iter().all(|words| cards.concat().contains(words))) {
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                cards = demo.cards(news).await;
            }
        };
        let is_in_time = tokio::time::timeout(PATIENCE, is_shown).await.is_ok();
        assert!(is_in_time, "{words:?} not in {cards:?}");
    };
    until(3, &titles).await;

    let mut said = demo.ask("/page/actions", Some(json!({"action": action}))).await;
    assert!(said["words"].as_str().unwrap().contains("Northern Post reports"), "{said}");
    until(4, &["night ferry"]).await;
    for _ in 0..2 {
        demo.ask("/page/actions", Some(json!({"action": action}))).await;
    }
    until(4, &["night ferry", "Also covered by", "Harbour Wire", "Field Notes"]).await;
    let written = files(copies.path());
    let count = |words: &str, is_history: bool| {
        let is_wanted =
            |text: &&String| text.contains(words) && text.contains("announce: false") == is_history;
        written.values().filter(is_wanted).count()
    };
    assert_eq!((count("lighthouse", true), count("night ferry", false)), (3, 3), "{written:?}");

    for _ in 0..10 {
        said = demo.ask("/page/actions", Some(json!({"action": action}))).await;
    }
    assert!(said["words"].as_str().unwrap().contains("All entries are published"), "{said}");
    demo.stop();
    assert_eq!(files(articles.path()), before);
    assert_eq!(files(copies.path()), BTreeMap::new());
}
