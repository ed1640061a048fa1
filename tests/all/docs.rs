//! What the documents tell people to type works: commands of the shell, and commands in Discord.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use discord_sandbox::{Sandbox, SandboxOptions};
use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::feed_server::FeedServer;
use crate::harness::{Bot, PATIENCE, output, program, sandbox_with};

/// The beginnings of commands that no test can run, and why. Each has to be in a document.
const NOT_RUN: &[(&str, &str)] = &[
    ("cargo test", "it runs the tests, this one too"),
    (".ci/with-postgres", "the same, with a server"),
    ("HEATWIRE_TEST_HOME", "the same, and the gate runs it"),
    ("cargo run --release --example soak", "it takes forty minutes; the gate runs a shorter one"),
    ("HEATWIRE_KILL_ROUNDS", "it takes hours"),
    ("cargo bench", "it takes minutes, and the benches print ratios for people"),
    ("cargo deny", "the gate runs it"),
    ("cargo install", "it builds the whole program again; CI packs and builds the crates"),
    ("cargo audit", "it needs cargo-audit and a release"),
    ("sha256sum", "it needs the files of a release"),
    ("gh attestation", "it needs GitHub and a release"),
    ("docker compose", "it needs Docker"),
    ("install -m", "it makes a file for the container"),
    ("sudo chown", "it needs root"),
    ("cp .env.example", "the result is a file of the reader"),
    ("cp sources.example.yaml", "the result is a file of the reader"),
    ("chmod 600", "the result is a file of the reader; `heatwire doctor` has a test of the warning"),
    ("pg_dump", "it needs a server that another program keeps"),
    ("pg_restore", "it needs a server that another program keeps"),
];

/// The first words of what a reader types into a shell.
const PROGRAMS: &[&str] = &[
    "heatwire",
    "cargo",
    "docker",
    "sudo",
    "install",
    "cp",
    "chmod",
    "pg_dump",
    "pg_restore",
    "gh",
    "sha256sum",
];

/// What begins with a slash and is an address of the bot's HTTP server.
const ADDRESSES: &[&str] = &["/healthz", "/readyz", "/metrics"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents: name and text.
fn documents() -> Vec<(String, String)> {
    let files = ["", "docs"].into_iter().flat_map(|folder| fs::read_dir(root().join(folder)).unwrap());
    let paths: BTreeSet<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    let documents = paths.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "md"));
    let named = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        (name, fs::read_to_string(path).unwrap())
    };
    documents.map(named).collect()
}

/// The fenced blocks of a text for the shell, and the text without any fenced block.
fn blocks_and_rest(text: &str) -> (Vec<&str>, String) {
    let (mut blocks, mut rest) = (Vec::new(), String::new());
    for (number, part) in text.split("```").enumerate() {
        match part.split_once('\n') {
            Some(("sh", block)) if number % 2 == 1 => blocks.push(block),
            _ if number % 2 == 1 => {}
            _ => rest.push_str(part),
        }
    }
    (blocks, rest)
}

/// The texts in code style.
fn code_spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2).map(str::trim)
}

/// The commands for the shell in a text, without their comments.
fn shell_commands(text: &str) -> BTreeSet<String> {
    let (blocks, rest) = blocks_and_rest(text);
    let lines = blocks.iter().flat_map(|block| block.lines());
    let typed = lines.map(|line| line.split_once("  #").map_or(line, |(command, _)| command).trim());
    let typed = typed.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_command = |span: &&str| {
        let mut words = span.split_whitespace();
        // One word alone is the name of a program.
        words.next().is_some_and(|program| PROGRAMS.contains(&program)) && words.next().is_some()
    };
    typed.chain(code_spans(&rest).filter(is_command)).map(str::to_owned).collect()
}

/// The arguments of heatwire in a command. `None` for another program.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let command = command.split_once('>').map_or(command, |(before, _)| before);
    let mut words = command.split_whitespace();
    match words.next()? {
        "heatwire" => Some(words.collect()),
        "cargo" if words.next() == Some("run") => {
            let options: Vec<&str> = words.by_ref().take_while(|word| *word != "--").collect();
            assert!(options.iter().all(|option| ["--release", "--locked"].contains(option)), "{command}");
            Some(words.collect())
        }
        _ => None,
    }
}

/// A working folder as of somebody who follows the documents, and a web feed.
struct Scene {
    folder: TempDir,
    feeds: FeedServer,
}

impl Scene {
    fn new() -> Self {
        let (folder, feeds) = (tempfile::tempdir().unwrap(), FeedServer::start());
        for file in WalkDir::new(root().join("articles")).into_iter().map(Result::unwrap) {
            let copy = folder.path().join(file.path().strip_prefix(root()).unwrap());
            if file.file_type().is_dir() {
                fs::create_dir_all(copy).unwrap();
            } else {
                fs::copy(file.path(), copy).unwrap();
            }
        }
        feeds.serve("/feed.xml", "wire.example", &["A story of the wire"]);
        let list = format!("sources:\n  - feed: {}/feed.xml\n    private: true\n", feeds.address);
        fs::write(folder.path().join("sources.yaml"), list).unwrap();
        Self { folder, feeds }
    }

    /// The arguments, with files and addresses of this test in the place of the placeholders. `number` makes the names of new files.
    fn filled_in(&self, arguments: &[&str], number: usize) -> Vec<String> {
        let given = arguments.iter().filter(|word| !word.starts_with('['));
        let mut filled: Vec<String> = given
            .map(|word| match *word {
                "FILE" => format!("copy-{number}.db"),
                "DIR" => "articles".to_owned(),
                "FROM" => "sqlite://heatwire.db".to_owned(),
                "TO" => format!("sqlite://other-{number}.db"),
                "URL" | "https://blog.rust-lang.org/feed.xml" => format!("{}/feed.xml", self.feeds.address),
                address if address.starts_with("postgres://") => format!("sqlite://other-{number}.db"),
                word => word.to_owned(),
            })
            .collect();
        match arguments {
            ["fetch", "--try", ..] => filled.push("--private".to_owned()),
            ["demo", ..] => filled.extend(["--port", "0"].map(str::to_owned)),
            ["backup"] => filled.push(format!("copy-{number}.db")),
            _ => {}
        }
        filled
    }

    fn program(&self, sandbox: &Sandbox, arguments: &[String]) -> Command {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (token, api_url) = (sandbox.token(), sandbox.api_url());
        let settings = [
            ("DISCORD_TOKEN", token.as_str()),
            ("DISCORD_API_URL", &api_url),
            ("DATABASE_URL", "sqlite://heatwire.db"),
        ];
        let mut command = program(&arguments, &settings);
        command.current_dir(self.folder.path());
        command
    }

    /// Runs a bot or a demo until it is ready, and stops it.
    async fn start_and_stop(&self, arguments: &[String]) {
        let sandbox = sandbox_with(SandboxOptions::default()).await;
        let mut child = self.program(&sandbox, arguments).spawn().unwrap();
        if arguments.first().is_some_and(|name| name == "demo") {
            let said = child.stdout.take().unwrap();
            let line = tokio::task::spawn_blocking(|| BufReader::new(said).lines().next().unwrap().unwrap());
            let line = tokio::time::timeout(PATIENCE, line).await.unwrap().unwrap();
            assert!(line.contains("http://127.0.0.1:"), "{line}");
        } else {
            sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
        }
        assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
        let ended = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
        let ended = tokio::time::timeout(PATIENCE, ended).await.unwrap().unwrap();
        assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }

    /// Runs a command that ends by itself, with success. Where it says so, what it writes is JSON.
    async fn run(&self, arguments: &[String]) {
        let sandbox = sandbox_with(SandboxOptions::default()).await;
        let ended = output(self.program(&sandbox, arguments)).await;
        let said = [ended.stdout.as_slice(), ended.stderr.as_slice()].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(ended.status.code(), Some(0), "{arguments:?}: {said}");
        if arguments.iter().any(|word| word == "json" || word == "--schema") {
            serde_json::from_slice::<Value>(&ended.stdout).unwrap();
        }
    }
}

#[tokio::test]
async fn every_command_of_the_documents_runs_or_has_a_reason_why_no_test_runs_it() {
    let mut commands = BTreeSet::new();
    for (name, text) in documents() {
        // The commands there are steps of the gate.
        if name != "CONTRIBUTING.md" {
            commands.extend(shell_commands(&text));
        }
    }
    let reason = |command: &str| NOT_RUN.iter().find(|(beginning, _)| command.starts_with(beginning));
    let (left_out, run): (Vec<&String>, Vec<&String>) =
        commands.iter().partition(|command| reason(command).is_some());
    let unneeded =
        NOT_RUN.iter().filter(|(beginning, _)| !left_out.iter().any(|it| it.starts_with(beginning)));
    assert_eq!(unneeded.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "no document has these");

    let scene = Scene::new();
    // The first run makes the database.
    scene.start_and_stop(&[]).await;
    for (number, command) in run.iter().enumerate() {
        let arguments = arguments(command).unwrap_or_else(|| panic!("no test runs {command}"));
        let filled = scene.filled_in(&arguments, number);
        match arguments[..] {
            [] => {}
            ["run" | "demo", ..] => scene.start_and_stop(&filled).await,
            _ => scene.run(&filled).await,
        }
    }
    let of_heatwire = run.iter().filter(|command| command.starts_with("heatwire ")).count();
    assert!(of_heatwire > 10, "{run:?}");
}

/// What is wrong with a command as a document writes it: `/feed add channel:#news`, `/news [topic] [type]`, `/news ai`.
fn fault_of(written: &str, registered: &[Value]) -> Option<String> {
    let mut words = written.split_whitespace().peekable();
    let name = words.next()?.trim_start_matches('/');
    let Some(command) = registered.iter().find(|command| command["name"] == name) else {
        return Some(format!("no command {name}"));
    };
    let list = |parent: &Value| parent["options"].as_array().cloned().unwrap_or_default();
    let named = |options: &[Value], name: &str| options.iter().find(|option| option["name"] == name).cloned();
    let mut options = list(command);
    if options.iter().any(|option| option["type"] == 1) {
        let word = words.next()?;
        let Some(subcommand) = named(&options, word) else { return Some(format!("no subcommand {word}")) };
        options = list(&subcommand);
    }
    // A topic or a title may be typed without the name of its option.
    let takes_text = options.first().is_some_and(|option| option["autocomplete"] == true);
    for word in words {
        let word = word.trim_start_matches('[').trim_end_matches(']');
        let (name, value) = word.split_once(':').map_or((word, None), |(name, value)| (name, Some(value)));
        match named(&options, name) {
            Some(option) => {
                let choices = option["choices"].as_array().filter(|choices| !choices.is_empty());
                let is_choice = |value| choices.is_none_or(|all| all.iter().any(|one| one["value"] == value));
                if value.is_some_and(|value| !is_choice(value)) {
                    return Some(format!("{name} has no choice {value:?}"));
                }
            }
            None if takes_text && value.is_none() => {}
            None => return Some(format!("no option {name}")),
        }
    }
    None
}

#[tokio::test]
async fn every_slash_command_of_the_documents_is_one_that_the_bot_registers() {
    let bot = Bot::with_files(&[]).await;
    let registered = bot.sandbox.commands();
    let (mut count, mut faults) = (0, Vec::new());
    for (name, text) in documents() {
        let (_, rest) = blocks_and_rest(&text);
        for span in code_spans(&rest) {
            let first = span.split_whitespace().next().unwrap_or_default();
            let is_word =
                |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphabetic());
            if first.strip_prefix('/').is_some_and(is_word) && !ADDRESSES.contains(&first) {
                count += 1;
                faults.extend(fault_of(span, &registered).map(|fault| format!("{name}: {span}: {fault}")));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(count > 50, "{count}");
    for (wrong, fault) in [
        ("/nwes", "no command nwes"),
        ("/feed ad channel:#news", "no subcommand ad"),
        ("/feed add chanel:#news", "no option chanel"),
        ("/settings notics", "no option notics"),
        ("/news sort:hot", "sort has no choice Some(\"hot\")"),
    ] {
        assert_eq!(fault_of(wrong, &registered).as_deref(), Some(fault), "{wrong}");
    }
}
