//! A sandbox that is controlled by lines of JSON, for programs in other languages (see `tests/clients`).
//!
//! The first line of the output is `{"api": ADDRESS, "token": ..., "guild": ID, "channels": {NAME: ID}}`. Then each
//! line of the input is an action, `{"do": "command", "person": "ada", "name": "news", "options": {}}`. Each further
//! line of the output is its result: `{"ok": ...}` or `{"error": MESSAGE}`. The program ends at the end of its input.

use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Answer, Fault, FaultKind, Sandbox, SandboxOptions, Scope};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

/// How long the program waits for the bot.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = SandboxOptions { person_timeout: PATIENCE, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await?;
    let mut out = tokio::io::stdout();
    let names = ["news", "general", "announcements", "discussions"];
    let channels: Value =
        names.iter().map(|name| ((*name).to_owned(), text_of(sandbox.channel_id(name)))).collect();
    let place = json!({
        "api": sandbox.api_url(), "token": sandbox.token(), "channels": channels,
        "guild": sandbox.guild_id().to_string(), "application": sandbox.application_id().to_string(),
    });
    out.write_all(format!("{place}\n").as_bytes()).await?;
    out.flush().await?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut opened = None;
    while let Some(line) = lines.next_line().await? {
        let result = match serde_json::from_str(&line) {
            Ok(action) => carry_out(&sandbox, &action, &mut opened).await,
            Err(fault) => Err(fault.into()),
        };
        let line = match result {
            Ok(ok) => json!({"ok": ok}),
            Err(fault) => json!({"error": fault.to_string()}),
        };
        out.write_all(format!("{line}\n").as_bytes()).await?;
        out.flush().await?;
    }
    sandbox.stop().await;
    Ok(())
}

/// Carries out one action. `opened` is the last answer with a form, for `submit`.
async fn carry_out(
    sandbox: &Sandbox,
    action: &Value,
    opened: &mut Option<Answer>,
) -> Result<Value, Box<dyn std::error::Error>> {
    let text = |key: &str| action[key].as_str().unwrap_or_default();
    let person = sandbox.person(text("person"));
    let message = text("message").parse::<u64>().unwrap_or_default();
    Ok(match text("do") {
        "command" => {
            let answer = person.command(text("name"), action["options"].clone()).await?;
            *opened = Some(answer.clone()).filter(|answer| answer.modal().is_some());
            json_of(action, answer).await?
        }
        "submit" => {
            let form = opened.take().ok_or("no form is open")?;
            json_of(action, person.submit(&form, action["values"].clone()).await?).await?
        }
        "press" => json_of(action, person.press(message, text("component")).await?).await?,
        "choose" => {
            let values: Vec<_> =
                action["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            json_of(action, person.choose(message, text("component"), &values).await?).await?
        }
        "autocomplete" => {
            let choices =
                person.autocomplete(text("name"), action["options"].clone(), text("option")).await?;
            choices.iter().map(|choice| json!({"name": choice.name, "value": choice.value})).collect()
        }
        "sees" => person.sees(text("channel"))?.iter().map(Arc::as_ref).cloned().collect(),
        "wait" => {
            sandbox.wait_until_bot_ready(PATIENCE).await?;
            Value::Null
        }
        "state" => json!({
            "resumes": sandbox.resumes(), "identifies": sandbox.identifies().len(),
            "commands": sandbox.commands(), "refused": refused(sandbox),
        }),
        "fault" => {
            let kind = match text("kind") {
                "rate_limit" => {
                    let retry_after = Duration::from_millis(action["ms"].as_u64().unwrap_or(500));
                    FaultKind::RateLimit { scope: Scope::User, retry_after, header: None }
                }
                "status" => FaultKind::Status(503),
                "reset_before" => FaultKind::ResetBefore,
                other => return Err(format!("there is no fault {other}").into()),
            };
            sandbox.plan_fault(Fault { route: text("route").to_owned(), kind, count: 1 })?;
            Value::Null
        }
        "drop" => {
            sandbox.drop_connections();
            Value::Null
        }
        "reconnect" => {
            sandbox.ask_reconnect();
            Value::Null
        }
        "close" => {
            sandbox.close_connections(u16::try_from(action["code"].as_u64().unwrap_or(4000))?);
            Value::Null
        }
        other => return Err(format!("there is no action {other}").into()),
    })
}

/// The answer as JSON. With `"settled": true` it waits for a deferred answer.
async fn json_of(action: &Value, answer: Answer) -> Result<Value, Box<dyn std::error::Error>> {
    let answer = if action["settled"] == true { answer.settled().await? } else { answer };
    Ok(json!({
        "kind": format!("{:?}", answer.kind()), "message": answer.message(), "ephemeral": answer.is_ephemeral(),
        "loading": answer.is_loading(), "modal": answer.modal(),
    }))
}

/// The refused requests, without 429s.
fn refused(sandbox: &Sandbox) -> Vec<Value> {
    let requests =
        sandbox.requests().into_iter().filter(|request| request.status >= 400 && request.status != 429);
    requests
        .map(|r| json!({"method": r.method, "path": r.path, "status": r.status, "code": r.error_code}))
        .collect()
}

fn text_of(id: Option<u64>) -> Value {
    id.map_or(Value::Null, |id| json!(id.to_string()))
}
