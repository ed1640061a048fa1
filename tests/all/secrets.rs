//! No token in the log, at any level, in any form.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use discord_sandbox::SandboxOptions;
use serde_json::json;

use crate::harness::{PATIENCE, borrowed, folder, output, program, sandbox_with, twelve_and_one};

/// How a secret may look in a log: as it is, in base64 at each of the three offsets a longer text can put it,
/// in hex, as a list of bytes.
fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let list = |separator: &str| bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(separator);
    let mut forms = vec![secret.to_owned(), hex.to_uppercase(), hex, list(", "), list(",")];
    for offset in 0..3 {
        let shifted = bytes.get(offset..).unwrap();
        // The last group depends on what follows.
        let whole = &shifted[..shifted.len() / 3 * 3];
        forms.extend([STANDARD_NO_PAD.encode(whole), URL_SAFE_NO_PAD.encode(whole)]);
    }
    forms
}

#[test]
fn the_forms_find_a_secret_inside_other_text() {
    let secret = "MTA.fake.token-value_1";
    for before in ["", "x", "xy", "Bot "] {
        let text = STANDARD_NO_PAD.encode(format!("{before}{secret} and more"));
        assert!(forms(secret).iter().any(|form| text.contains(form)), "{before:?}");
    }
}

#[tokio::test]
async fn no_token_in_the_log_at_trace() {
    let options =
        SandboxOptions { token: "MTA4.fake.token-value_of-the-bot".to_owned(), ..SandboxOptions::default() };
    let sandbox = sandbox_with(options).await;
    let articles = folder(&borrowed(&twelve_and_one()));
    let (token, api_url) = (sandbox.token(), sandbox.api_url());
    let settings = [
        ("DISCORD_TOKEN", token.as_str()),
        ("DISCORD_API_URL", api_url.as_str()),
        ("ARTICLES_DIR", articles.path().to_str().unwrap()),
        (
            "RUST_LOG",
            "trace,serenity=trace,tungstenite=trace,reqwest=trace,hyper=trace,hyper_util=trace,rustls=trace",
        ),
    ];
    let child = program(&["run"], &settings).spawn().unwrap();
    sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    let ada = sandbox.person("ada");
    let answer = ada.command("news", json!({ "topic": "ai" })).await.unwrap();
    ada.autocomplete("news", json!({ "topic": "a" }), "topic").await.unwrap();
    ada.press(&answer, "Next").await.unwrap();
    // Payloads that serenity cannot decode, and answers that Discord refuses.
    let odd =
        json!({ "type": 2, "channel_id": "no number", "data": { "id": "1", "name": "news", "type": 1 } });
    assert!(ada.interaction(odd).await.is_err(), "nobody can answer what cannot be read");
    let twice = json!({ "type": 2, "data": { "id": "1", "name": "unknown", "type": 1 } });
    ada.interaction(twice).await.unwrap();
    sandbox.drop_connections();
    sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    let killed = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(killed.success());
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let log = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(log.contains("DEBUG heatwire"), "the log is at work: {log}");
    let interaction_tokens = sandbox.interaction_tokens();
    assert!(interaction_tokens.len() >= 4, "{}", interaction_tokens.len());
    for secret in interaction_tokens.iter().map(String::as_str).chain([token.as_str()]) {
        for form in forms(secret) {
            assert!(!log.contains(&form), "the log holds {form}");
        }
    }
}

/// In the form of a real token; it opens nothing.
const TOKEN: &str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.GfAkEx.this-is-no-token-of-anybody-at-all";

async fn does_not_repeat_the_token(arguments: &[&str], settings: &[(&str, &str)]) -> String {
    let output = output(program(arguments, settings)).await;
    assert!(!output.status.success(), "{arguments:?} {settings:?}");
    let said =
        String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    for form in forms(TOKEN) {
        assert!(!said.contains(&form), "{arguments:?} {settings:?}: {said}");
    }
    said
}

#[tokio::test]
async fn a_secret_in_a_wrong_setting_is_not_repeated() {
    let with_user = format!("http://bot:{TOKEN}@127.0.0.1:1");
    let with_password = format!("http://:{TOKEN}@127.0.0.1:1");
    let with_name = format!("http://{TOKEN}@127.0.0.1:1");
    let in_path = format!("sqlite:///nowhere/{TOKEN}.db");
    for settings in [
        [("DISCORD_API_URL", &*with_user)],
        [("DISCORD_API_URL", &*with_password)],
        [("DISCORD_API_URL", &*with_name)],
        [("DISCORD_API_URL", TOKEN)],
        [("DISCORD_GUILD_ID", TOKEN)],
        [("NEWS_CHANNEL_ID", TOKEN)],
        [("NEWS_MIN_QUALITY", TOKEN)],
        [("NEWS_MAX_AGE_DAYS", TOKEN)],
        [("ARTICLES_WATCH", TOKEN)],
        [("ARTICLES_DIR", TOKEN)],
        [("DATABASE_URL", TOKEN)],
        [("DATABASE_URL", &*in_path)],
        [("RUST_LOG", TOKEN)],
    ] {
        for arguments in [&["run"][..], &["check"], &["backup", "copy.db"]] {
            let said = does_not_repeat_the_token(arguments, &settings).await;
            assert!(said.contains(&format!("\n  {}", settings[0].0)), "{said}");
        }
    }
}

#[tokio::test]
async fn a_secret_among_the_arguments_is_not_repeated() {
    let option = format!("--{TOKEN}");
    let value = format!("--port={TOKEN}");
    for arguments in [
        &[TOKEN][..],
        &[&option],
        &["run", TOKEN],
        &["demo", "--port", TOKEN],
        &["demo", &value],
        &["check", "--format", TOKEN],
        &["check", ".", TOKEN],
        &["check", &option],
    ] {
        let said = does_not_repeat_the_token(arguments, &[]).await;
        assert!(said.starts_with("heatwire: the arguments are wrong: "), "{said}");
        assert!(said.contains("heatwire --help") && said.lines().count() == 1, "{said}");
    }
    let said = does_not_repeat_the_token(&["check", "--strct"], &[]).await;
    assert!(said.contains("did you mean --strict"), "{said}");
}
