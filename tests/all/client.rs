//! How the program starts, refuses to start, and stops: what the operator sees.

use std::process::Child;
use std::sync::Arc;

use discord_sandbox::{Sandbox, SandboxOptions};
use heatwire::discord::{self, RunError};
use heatwire::shards::Shards;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::harness::{
    Bot, PATIENCE, borrowed, folder, output, program, sandbox_with, settings, state, twelve_and_one,
};

async fn refused(
    options: SandboxOptions,
    change: impl FnOnce(&mut discord::Settings),
) -> (RunError, Sandbox) {
    let sandbox = sandbox_with(options).await;
    let mut settings = settings(&sandbox);
    change(&mut settings);
    let articles = folder(&[]);
    let run = discord::run(&settings, Arc::new(state(articles.path()).await), CancellationToken::new());
    let error = tokio::time::timeout(PATIENCE, run).await.unwrap().unwrap_err();
    (error, sandbox)
}

#[tokio::test]
async fn a_wrong_token_ends_at_once_and_costs_no_session() {
    let (error, sandbox) =
        refused(SandboxOptions::default(), |settings| settings.token = "wrong".into()).await;
    assert!(matches!(error, RunError::WrongToken), "{error}");
    assert_eq!(sandbox.identifies().len(), 0);
}

#[tokio::test]
async fn refused_intents_end_at_once_after_one_session() {
    let options = SandboxOptions { close_identify: Some(4014), ..SandboxOptions::default() };
    let (error, sandbox) = refused(options, |_| ()).await;
    assert!(matches!(error, RunError::RefusedIntents), "{error}");
    assert_eq!(sandbox.identifies().len(), 1, "no second try");
}

#[tokio::test]
async fn an_unreachable_api_ends_at_once() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (error, _sandbox) =
        refused(SandboxOptions::default(), |settings| settings.api_url = Some(nobody)).await;
    assert!(matches!(error, RunError::Unreachable { .. }), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_api_that_never_answers_is_given_up() {
    // It takes the connection and the request, and says nothing. The clock stands still while anything is under way and
    // leaps to the deadline when nothing is.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let settings = discord::Settings {
        token: "fake".into(),
        guild_id: None,
        api_url: Some(address),
        shards: Shards::Recommended,
    };
    let error = discord::connect::prepare(&settings).await.unwrap_err();
    assert!(error.to_string().contains("no answer in time"), "{error}");
}

#[tokio::test]
async fn an_unreachable_gateway_ends_at_once_and_never_turns_to_the_real_discord() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("ws://{}/gateway", listener.local_addr().unwrap());
    drop(listener);
    let options = SandboxOptions { gateway_url: Some(nobody.clone()), ..SandboxOptions::default() };
    let (error, sandbox) = refused(options, |_| ()).await;
    assert!(
        matches!(&error, RunError::GatewayUnreachable { address, .. } if nobody == format!("{address}/gateway")),
        "{error}"
    );
    assert_eq!(sandbox.identifies().len(), 0);
}

#[tokio::test]
async fn no_sessions_left_is_told_before_one_is_tried() {
    let options = SandboxOptions { identifies_per_day: 0, ..SandboxOptions::default() };
    let (error, sandbox) = refused(options, |_| ()).await;
    assert!(matches!(error, RunError::NoSessionsLeft { .. }), "{error}");
    assert_eq!(sandbox.identifies().len(), 0);
}

#[tokio::test]
async fn a_dropped_connection_is_taken_up_again() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    bot.sandbox.drop_connections();
    bot.sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    let answer = bot.ada().command("news", json!({})).await.unwrap();
    assert_eq!(answer.embeds().len(), 5);
    bot.sandbox.ask_reconnect();
    let answer = bot.ada().command("topics", json!({})).await.unwrap();
    assert_eq!(answer.embeds().len(), 1);
}

fn environment(sandbox: &Sandbox, articles: &str) -> Vec<(&'static str, String)> {
    vec![
        ("DISCORD_TOKEN", sandbox.token()),
        ("DISCORD_API_URL", sandbox.api_url()),
        ("ARTICLES_DIR", articles.to_owned()),
    ]
}

fn spawn(environment: &[(&str, String)]) -> Child {
    let settings: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    program(&["run"], &settings).spawn().unwrap()
}

async fn stops_on(signal: &str) {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let articles = folder(&borrowed(&twelve_and_one()));
    let child = spawn(&environment(&sandbox, articles.path().to_str().unwrap()));
    sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    let answer = sandbox.person("ada").command("news", json!({ "topic": "ai" })).await.unwrap();
    assert_eq!(answer.embeds().len(), 5);
    let killed = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
    let output = tokio::time::timeout(PATIENCE, ended).await.unwrap().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(log.contains("stopped") && !log.contains("WARN"), "{log}");
}

#[tokio::test]
async fn the_program_stops_gracefully_on_sigterm() {
    stops_on("-TERM").await;
}

#[tokio::test]
async fn the_program_stops_gracefully_on_sigint() {
    stops_on("-INT").await;
}

async fn one_line(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let output = output(program(arguments, environment)).await;
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    let last = text.lines().filter(|line| line.starts_with("heatwire: ")).collect::<Vec<_>>();
    assert_eq!(last.len(), 1, "{text}");
    assert!(!text.contains("panicked") && !text.contains("stack backtrace"), "{text}");
    last[0].to_owned()
}

#[tokio::test]
async fn without_a_token_run_says_what_to_do_and_names_the_demo() {
    let line = one_line(&[], &[]).await;
    assert!(
        line.contains("DISCORD_TOKEN") && line.contains(".env") && line.contains("heatwire demo"),
        "{line}"
    );
}

#[tokio::test]
async fn without_a_folder_of_articles_the_line_says_which_setting_names_it() {
    let settings = [("DISCORD_TOKEN", "any"), ("ARTICLES_DIR", "/nowhere/at/all")];
    for arguments in
        [&["run"][..], &["demo", "--port", "0"], &["demo", "--port", "0", "--articles", "/dev/null"]]
    {
        let line = one_line(arguments, &settings).await;
        assert!(line.starts_with("heatwire: the articles folder "), "{line}");
        let tried = if arguments.contains(&"/dev/null") { "/dev/null" } else { "/nowhere/at/all" };
        assert!(line.contains(&format!("(the bot looked for {tried})")), "{line}");
        assert!(line.contains("set ARTICLES_DIR to the folder"), "{line}");
    }
}

#[tokio::test]
async fn a_start_without_any_article_is_warned_of() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    for (files, expected) in [(&[("README.md", "")][..], true), (&[("a.md", "---\ntitle: T\n---\n")], false)]
    {
        let articles = folder(files);
        let settings = [
            // It ends by itself.
            ("DISCORD_TOKEN", "not-the-right-one"),
            ("DISCORD_API_URL", &sandbox.api_url()),
            ("ARTICLES_DIR", articles.path().to_str().unwrap()),
        ];
        let log = output(program(&["run"], &settings)).await.stderr;
        let log = String::from_utf8(log).unwrap();
        assert_eq!(log.contains("the articles folder has no articles"), expected, "{log}");
    }
}

#[tokio::test]
async fn a_wrong_token_is_one_line_without_the_token() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let articles = folder(&[]);
    let settings = [
        ("DISCORD_TOKEN", "not-the-right-one"),
        ("DISCORD_API_URL", &sandbox.api_url()),
        ("ARTICLES_DIR", articles.path().to_str().unwrap()),
    ];
    let line = one_line(&["run"], &settings).await;
    assert!(line.contains("refuses the token") && !line.contains("not-the-right-one"), "{line}");
}

#[tokio::test]
async fn refused_intents_and_an_unreachable_gateway_are_one_line_each() {
    for (options, words) in [
        (SandboxOptions { close_identify: Some(4014), ..SandboxOptions::default() }, "intents"),
        (SandboxOptions { close_identify: Some(4004), ..SandboxOptions::default() }, "refuses the token"),
        (
            SandboxOptions { gateway_url: Some("ws://127.0.0.1:1/".into()), ..SandboxOptions::default() },
            "gateway",
        ),
        (SandboxOptions { identifies_per_day: 0, ..SandboxOptions::default() }, "no new session"),
    ] {
        let sandbox = sandbox_with(options).await;
        let articles = folder(&[]);
        let environment = environment(&sandbox, articles.path().to_str().unwrap());
        let settings: Vec<(&str, &str)> =
            environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let line = one_line(&["run"], &settings).await;
        assert!(line.contains(words), "{line}");
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_one_line() {
    let line = one_line(&["run"], &[("DISCORD_TOKEN", "x"), ("ARTICLES_DIR", "/nowhere/at/all")]).await;
    assert!(line.contains("ARTICLES_DIR") || line.contains("articles"), "{line}");
}

#[tokio::test]
async fn wrong_settings_are_told_all_at_once() {
    let output = output(program(
        &["run"],
        &[("DISCORD_GUILD_ID", "x"), ("DISCORD_API_URL", "y"), ("RUST_LOG", "loud=very=much")],
    ))
    .await;
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    for name in ["DISCORD_GUILD_ID", "DISCORD_API_URL", "RUST_LOG"] {
        assert!(text.contains(name), "{text}");
    }
}

#[tokio::test]
async fn a_session_that_may_not_come_back_ends_the_program_in_one_line() {
    for (code, words) in [
        (4004, "refuses the token"),
        (4010, "refuses the number of shards; start the bot again"),
        (4011, "refuses the number of shards; start the bot again"),
        (4012, "no longer supports the gateway version of this heatwire; update heatwire"),
        (4013, "intents"),
        (4014, "intents"),
    ] {
        let sandbox = sandbox_with(SandboxOptions::default()).await;
        let articles = folder(&borrowed(&twelve_and_one()));
        let mut environment = environment(&sandbox, articles.path().to_str().unwrap());
        // What is noticed does not depend on what is shown.
        environment.push(("RUST_LOG", "off".to_owned()));
        let child = spawn(&environment);
        sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
        sandbox.close_connections(code);
        let ended = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap());
        let output = tokio::time::timeout(PATIENCE, ended).await.unwrap().unwrap();
        assert_eq!(output.status.code(), Some(1), "{code}");
        let log = String::from_utf8_lossy(&output.stderr);
        assert!(log.lines().last().is_some_and(|line| line.contains(words)), "{code}: {log}");
    }
}
