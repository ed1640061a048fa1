//! `HEATWIRE_HTTP_ADDR`: the program itself, as an operator's monitoring sees it.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::Child;

use discord_sandbox::{Sandbox, SandboxOptions};
use serde_json::json;

use crate::harness::{PATIENCE, borrowed, folder, output, program, sandbox_with, twelve_and_one};

/// A running program and the address on which it serves.
pub(crate) struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _is_over = self.child.kill();
        let _is_over = self.child.wait();
    }
}

fn settings<'a>(token: &'a str, api_url: &'a str, articles: &'a Path) -> Vec<(&'static str, &'a str)> {
    vec![
        ("DISCORD_TOKEN", token),
        ("DISCORD_API_URL", api_url),
        ("ARTICLES_DIR", articles.to_str().unwrap()),
        ("HEATWIRE_HTTP_ADDR", "127.0.0.1:0"),
    ]
}

/// Starts the program, and reads from its log where it serves.
pub(crate) async fn served(token: &str, api_url: &str, articles: &Path) -> Served {
    let mut child = program(&["run"], &settings(token, api_url, articles)).spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let found = tokio::task::spawn_blocking(move || {
        let named = log.by_ref().lines().find_map(|line| {
            let line = line.unwrap();
            line.split_once("/metrics address=").map(|(_, address)| address.trim().to_owned())
        });
        // The program may write on.
        std::thread::spawn(move || log.read_to_end(&mut Vec::new()));
        named.unwrap()
    });
    let address = tokio::time::timeout(PATIENCE, found).await.unwrap().unwrap();
    Served { child, address }
}

impl Served {
    async fn get(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://{}{path}", self.address)).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Asks until the answer has this status and these words.
    pub(crate) async fn until(&self, path: &str, status: u16, words: &str) -> String {
        let asked = async {
            loop {
                let (said, text) = self.get(path).await;
                if said == status && text.contains(words) {
                    return text;
                }
            }
        };
        tokio::time::timeout(PATIENCE, asked).await.unwrap()
    }
}

#[tokio::test]
async fn a_bot_is_ready_while_it_is_connected_and_counts_a_command() {
    let sandbox: Sandbox = sandbox_with(SandboxOptions::default()).await;
    let articles = folder(&borrowed(&twelve_and_one()));
    let bot = served(&sandbox.token(), &sandbox.api_url(), articles.path()).await;
    bot.until("/readyz", 200, "gateway: ok\ncollection: ok\ndatabase: ok\n").await;
    assert_eq!(bot.get("/healthz").await, (200, "worker: ok\n".to_owned()));

    sandbox.person("ada").command("news", json!({ "topic": "ai" })).await.unwrap();
    let counted = r#"heatwire_interactions_total{kind="command",name="news",outcome="answered"} 1"#;
    let text = bot.until("/metrics", 200, counted).await;
    for line in [
        r#"heatwire_articles{visibility="visible"} 13"#,
        r#"heatwire_gateway_shards{state="connected"} 1"#,
        r#"heatwire_gateway_sessions_total{kind="new"} 1"#,
        r#"heatwire_discord_requests_total{route="commands",status="200"} "#,
        r#"heatwire_reloads_total{outcome="changed"} 1"#,
        r#"heatwire_feeds{status="active"} 0"#,
        "heatwire_problems 0",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    bot.until("/metrics", 200, "heatwire_lease_held 1").await;
    // The values of labels stand between quotation marks.
    let is_id = |value: &str| value.len() >= 15 && value.bytes().all(|byte| byte.is_ascii_digit());
    assert!(!text.split('"').any(is_id), "no ids: {text}");

    let taken = bot.address.clone();
    let (token, api_url) = (sandbox.token(), sandbox.api_url());
    let mut second = settings(&token, &api_url, articles.path());
    second.push(("HEATWIRE_HTTP_ADDR", &taken));
    let refused = output(program(&["run"], &second)).await;
    let words = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1), "{words}");
    assert!(words.contains("another program uses") && words.contains(&taken), "{words}");

    sandbox.stop().await;
    bot.until("/readyz", 503, "gateway: 0 of 1 shards are connected\n").await;
    assert_eq!(bot.get("/healthz").await.0, 200, "a new start would not help");
}

#[tokio::test]
async fn a_bot_that_is_not_connected_yet_is_healthy_and_not_ready() {
    // An API that takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let api_url = format!("http://{}", silent.local_addr().unwrap());
    let articles = folder(&borrowed(&twelve_and_one()));
    let bot = served("a-token-of-nobody", &api_url, articles.path()).await;
    let (status, text) = bot.get("/readyz").await;
    assert_eq!(status, 503, "{text}");
    assert_eq!(bot.get("/healthz").await.0, 200);
    assert!(bot.get("/metrics").await.1.contains("heatwire_lease_held 0"));
}
