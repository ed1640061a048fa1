//! Sources through the real program: a feed server on loopback, and repositories on the disk.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use discord_sandbox::{Sandbox, SandboxOptions};
use serde_json::json;

use crate::harness::{PATIENCE, output, program, sandbox_with};

/// The answers of a feed server, by path.
type Pages = Arc<Mutex<Vec<(String, String)>>>;

/// A server of feeds. It lives as long as the test.
struct FeedServer {
    address: String,
    pages: Pages,
}

impl FeedServer {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let pages = Pages::default();
        let served = Arc::clone(&pages);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                answer(connection, &served);
            }
        });
        Self { address, pages }
    }

    /// Serves a feed with these titles.
    fn serve(&self, path: &str, titles: &[&str]) {
        let item = |title: &&str| {
            format!(
                "<item><title>{title}</title><link>https://example.com/{}</link></item>",
                title.replace(' ', "-")
            )
        };
        let items: String = titles.iter().map(item).collect();
        let feed = format!("<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>");
        let mut pages = self.pages.lock().unwrap();
        pages.retain(|(known, _)| known != path);
        pages.push((path.to_owned(), feed));
    }
}

fn answer(mut connection: TcpStream, pages: &Pages) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    let mut line = String::new();
    let _is_read = reader.read_line(&mut line);
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    // The rest of the request says nothing that matters here.
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).unwrap_or(0) <= 2 {
            break;
        }
    }
    let page = pages.lock().unwrap().iter().find(|(known, _)| *known == path).map(|(_, page)| page.clone());
    let (status, body) = page.map_or(("404 Not Found", String::new()), |page| ("200 OK", page));
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _is_gone = connection.write_all(format!("{head}{body}").as_bytes());
}

/// A working folder with a list of sources.
struct Scene {
    folder: TempDir,
}

impl Scene {
    fn new(list: &str) -> Self {
        let scene = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(scene.path("sources.yaml"), list).unwrap();
        scene
    }

    fn path(&self, path: &str) -> PathBuf {
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

    async fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let ended = output(self.program(arguments)).await;
        (ended.status.code(), texts(&ended))
    }

    /// The names of the files of a source, in order.
    fn files(&self, source: &str) -> Vec<String> {
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
    server.serve("/feed", &["First story", "Second story"]);
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
    server.serve("/feed", &["First story"]);
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
    server.serve("/feed", &["First story"]);
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
    server.serve("/feed", &["First story", "Second story"]);
    let address = format!("{}/feed", server.address);
    let scene = Scene::new(&format!("sources:\n- name: wire\n  feed: {address}\n  private: true\n"));
    let (code, text) = scene.run(&["fetch", "--dry-run"]).await;
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("wire: 2 entries; 2 new files") && text.contains("first-story.md"), "{text}");
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
        while shown.is_empty() || !words.iter().all(|words| shown.contains(words)) {
            let status = sandbox.person("mod").command("status", json!({})).await.unwrap();
            shown = status.settled().await.unwrap().content().to_owned();
        }
    };
    let is_in_time = tokio::time::timeout(PATIENCE, says).await.is_ok();
    assert!(is_in_time, "{words:?} not in {shown}");
}

#[tokio::test]
async fn the_bot_fetches_and_follows_the_list() {
    let server = FeedServer::start();
    server.serve("/feed", &["First story"]);
    server.serve("/more", &["Second story"]);
    let source = |name: &str, path: &str| {
        format!("- name: {name}\n  feed: {}{path}\n  private: true\n", server.address)
    };
    let scene = Scene::new(&format!("sources:\n{}", source("wire", "/feed")));
    fs::create_dir(scene.path("articles")).unwrap();
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let mut command = scene.program(&["run"]);
    command.env("DISCORD_TOKEN", sandbox.token()).env("DISCORD_API_URL", sandbox.api_url());
    // Then only the end of a fetch has the files read.
    command.env("ARTICLES_WATCH", "false");
    let child = command.spawn().unwrap();
    sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    status_says(&sandbox, &["**Articles:** 1.", "**Sources:** 1.", "`wire`: 1 article."]).await;
    let both = format!("sources:\n{}{}", source("wire", "/feed"), source("more", "/more"));
    fs::write(scene.path("sources.yaml"), &both).unwrap();
    status_says(&sandbox, &["**Articles:** 2.", "**Sources:** 2.", "`more`: 1 article."]).await;
    fs::write(scene.path("sources.yaml"), both.replace("- name", "- nam")).unwrap();
    status_says(&sandbox, &["**Sources:** 2.", "it has 2 problems", "did you mean name"]).await;
    fs::write(scene.path("sources.yaml"), both + &source("lost", "/lost")).unwrap();
    status_says(&sandbox, &["**Sources:** 3.", "⚠️ `lost`", "404"]).await;
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let text = texts(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("the last good list stays"), "{text}");
}
