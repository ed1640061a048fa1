//! `/reload` and `/status` as moderators use them, and as members cannot.

use std::fs;
use std::path::Path;
use std::time::Duration;

use discord_sandbox::{Answer, AnswerKind, Person, PersonError, Sandbox, SandboxOptions};
use serde_json::{Value, json};

use crate::harness::{
    Bot, PATIENCE, article, borrowed, buttons, folder, program, sandbox_with, twelve_and_one,
};

async fn settled(answer: Result<Answer, PersonError>) -> Answer {
    let answer = answer.unwrap();
    assert!(matches!(answer.kind(), AnswerKind::DeferredMessage | AnswerKind::DeferredUpdate));
    answer.settled().await.unwrap()
}

async fn moderator_command(bot: &Bot, name: &str) -> Answer {
    let answer = settled(bot.mona().command(name, json!({})).await).await;
    assert!(answer.is_ephemeral() && !answer.is_loading());
    answer
}

/// A command that Discord's client would not have let through.
fn forced(bot: &Bot, name: &str) -> Value {
    json!({ "type": 2, "data": { "id": command_id(bot, name).to_string(), "name": name, "type": 1 } })
}

fn command_id(bot: &Bot, name: &str) -> u64 {
    let commands = bot.sandbox.commands();
    let command = commands.iter().find(|command| command["name"] == name).unwrap();
    command["id"].as_str().unwrap().parse().unwrap()
}

async fn force(bot: &Bot, person: &Person, name: &str) -> Answer {
    settled(person.interaction(forced(bot, name)).await).await
}

#[tokio::test]
async fn a_moderator_reloads_and_sees_what_changed() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let path = |name: &str| bot.articles.path().join(name);
    fs::write(path("new.md"), article("Brand new", "AI", 500, "")).unwrap();
    fs::write(path("ai/1.md"), article("Story 1", "AI", 77, "")).unwrap();
    fs::remove_file(path("ai/2.md")).unwrap();
    fs::write(path("ai/3.md"), "---\ntitle: \"Broken\"\nheat: hot\n---\n").unwrap();
    let answer = moderator_command(&bot, "reload").await;
    let content = answer.content();
    assert!(content.starts_with("The bot read the article files in "), "{content}");
    for words in [
        "Changes: 1 article added, 1 article changed, 1 article removed, and 1 new problem.",
        "• Articles added: new",
        "• Articles changed: ai/1 (heat)",
        "• Articles removed: ai/2",
        "There are 13 articles now.",
        "Fix the file to show the new version.\n⚠️ There is 1 problem in 1 file.",
        "• ai/3\\.md\\:3\\:7\\: heat is “hot”, not a whole number; write digits, for example 73",
    ] {
        assert!(content.contains(words), "no “{words}” in {content}");
    }
    let news = bot.ada().command("news", json!({})).await.unwrap();
    assert_eq!(news.embeds()[0]["title"], "Brand new");
    let shown = settled(bot.mona().press(&answer, "Show problems (1)").await).await;
    assert!(shown.is_ephemeral());
    assert!(shown.content().contains("ai/3\\.md\\:3\\:7\\: heat is “hot”"), "{}", shown.content());
}

#[tokio::test]
async fn a_reload_names_new_problems_first_and_those_that_stand_as_far_as_there_is_room() {
    let bad =
        |number: usize| (format!("bad/{number:03}-{}.md", "x".repeat(150)), "no front matter".to_owned());
    let files: Vec<(String, String)> = (0..40).map(bad).collect();
    let (name, text) = bad(999);
    let bot = Bot::with_files(&borrowed(&files)).await;
    fs::write(bot.articles.path().join(name), text).unwrap();
    for number in 0..200 {
        let name = format!("{number}-{}.md", "long".repeat(40));
        fs::write(bot.articles.path().join(name), article("New", "AI", number, "")).unwrap();
    }
    let answer = moderator_command(&bot, "reload").await;
    let content = answer.content();
    assert!(content.chars().count() <= 2000 && content.contains("41 problems in 41 files"), "{content}");
    let place = |number: &str| content.find(&format!("• bad/{number}\\-"));
    let (new, first) = (place("999"), place("000"));
    assert!(new.is_some() && new < first && place("001") > first && place("002").is_none(), "{content}");
}

#[tokio::test]
async fn members_are_refused_whatever_discord_let_through() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    for name in ["reload", "status"] {
        assert!(matches!(bot.ada().command(name, json!({})).await, Err(PersonError::Refused(_))));
        let refused = force(&bot, &bot.ada(), name).await;
        assert!(
            refused.is_ephemeral() && refused.content().contains("Manage Server"),
            "{}",
            refused.content()
        );
        let mona = bot.mona().in_channel("dm");
        assert!(matches!(mona.command(name, json!({})).await, Err(PersonError::Refused(_))));
        let direct = force(&bot, &mona, name).await;
        assert!(direct.content().contains("direct messages"), "{}", direct.content());
    }
}

#[tokio::test]
async fn the_guilds_settings_say_who_else_may() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let (ada, ben) = (bot.ada(), bot.ben());
    let user = |person: &Person, allowed: bool| json!({ "id": person.id().unwrap().to_string(), "type": 2, "permission": allowed });
    bot.sandbox.set_command_permissions(command_id(&bot, "status"), vec![user(&ada, true)]);
    assert!(force(&bot, &ada, "status").await.content().contains("**Articles:** 13"));
    assert!(force(&bot, &ben, "status").await.content().contains("Manage Server"));
    assert!(force(&bot, &ada, "reload").await.content().contains("Manage Server"), "one command only");
    let mut mixed = forced(&bot, "reload");
    mixed["data"]["id"] = json!(command_id(&bot, "status").to_string());
    let refused = settled(ada.interaction(mixed).await).await;
    assert!(refused.content().contains("Manage Server"), "its name counts: {}", refused.content());
    let everyone = json!({ "id": bot.sandbox.guild_id().to_string(), "type": 1, "permission": true });
    bot.sandbox.set_command_permissions(bot.sandbox.application_id(), vec![everyone]);
    assert!(force(&bot, &ben, "reload").await.content().contains("Manage Server"));
}

#[tokio::test]
async fn problem_pages_turn_after_a_restart_and_only_for_moderators() {
    let files: Vec<(String, String)> =
        (0..12).map(|number| (format!("bad/{number:02}.md"), "no front matter".to_owned())).collect();
    let bot = Bot::with_files(&borrowed(&files)).await;
    let status = moderator_command(&bot, "status").await;
    assert!(status.content().contains("12 problems in 12 files"), "{}", status.content());
    let first = settled(bot.mona().press(&status, "Show problems (12)").await).await;
    assert!(first.content().contains("Page 1 of 3") && first.content().contains(r"bad/00\.md"));
    assert_eq!(buttons(&first), [("Previous".to_owned(), false), ("Next".to_owned(), true)]);
    let bot = bot.restart().await;
    let second = settled(bot.mona().press(&first, "Next").await).await;
    assert_eq!(second.kind(), AnswerKind::DeferredUpdate);
    assert!(second.content().contains("Page 2 of 3") && second.content().contains(r"bad/05\.md"));
    // Ada cannot see the message, so this is a press that no client sends.
    let data = json!({ "component_type": 2, "custom_id": first.buttons()[1]["custom_id"] });
    bot.ada().interaction(json!({ "type": 3, "data": data, "message": first.message() })).await.unwrap();
    eventually(|| {
        let seen = bot.ada().sees("news").unwrap();
        assert!(seen.iter().all(|message| !message.to_string().contains("front matter")));
        seen.iter().any(|message| message.to_string().contains("Manage Server"))
    })
    .await;
}

/// Waits until something that goes on beside the test has happened.
async fn eventually(has_happened: impl Fn() -> bool) {
    let waited = tokio::time::timeout(PATIENCE, async {
        while !has_happened() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.unwrap();
}

#[tokio::test]
async fn a_stop_waits_for_a_deferred_answer() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    // Enough to be read for longer than a stop takes.
    for number in 0..2_000 {
        let text = article(&format!("Story {number}"), "Many", number, "");
        fs::write(bot.articles.path().join(format!("many-{number}.md")), text).unwrap();
    }
    let answer = bot.mona().command("reload", json!({})).await.unwrap();
    bot.stop().await;
    let answer = answer.now();
    assert!(
        !answer.is_loading() && answer.content().contains("2,000 articles added"),
        "{}",
        answer.content()
    );
}

#[tokio::test]
async fn a_deferred_answer_that_cannot_be_completed_is_logged() {
    let options = SandboxOptions { token_window: Duration::ZERO, ..SandboxOptions::default() };
    let sandbox = sandbox_with(options).await;
    let articles = folder(&borrowed(&twelve_and_one()));
    let (token, api_url) = (sandbox.token(), sandbox.api_url());
    let settings = [
        ("DISCORD_TOKEN", token.as_str()),
        ("DISCORD_API_URL", api_url.as_str()),
        ("ARTICLES_DIR", articles.path().to_str().unwrap()),
    ];
    let child = program(&["run"], &settings).spawn().unwrap();
    sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    sandbox.person("mod").command("reload", json!({})).await.unwrap();
    eventually(|| sandbox.requests().iter().any(|request| request.method == "PATCH")).await;
    assert!(std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(log.contains("an answer to a command could not be sent to Discord"), "{log}");
    assert!(log.contains("loaded: articles: 13 added; topic files: 1 added"), "{log}");
}

#[tokio::test]
async fn a_root_that_is_gone_is_told_and_a_guild_has_to_wait() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    fs::remove_dir_all(bot.articles.path()).unwrap();
    let answer = moderator_command(&bot, "reload").await;
    assert!(answer.content().contains("the articles folder does not exist"), "{}", answer.content());
    assert!(answer.content().contains("13 articles"));
    let early = moderator_command(&bot, "reload").await;
    assert!(early.content().contains("Try again in 10 seconds"), "{}", early.content());
    let status = moderator_command(&bot, "status").await;
    assert!(status.content().contains("the articles folder does not exist"), "{}", status.content());
    let news = bot.ada().command("news", json!({ "topic": "ai" })).await.unwrap();
    assert_eq!(news.embeds().len(), 5);
}

#[tokio::test]
async fn status_tells_the_last_reload_and_what_it_changed() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    fs::write(bot.articles.path().join("new.md"), article("Brand new", "AI", 500, "")).unwrap();
    moderator_command(&bot, "reload").await;
    let status = moderator_command(&bot, "status").await;
    let version = format!("**heatwire** {}", env!("CARGO_PKG_VERSION"));
    for words in
        ["**Articles:** 14", "No file has a problem", "1 article added", "added: new", "latency", &version]
    {
        assert!(status.content().contains(words), "no “{words}” in {}", status.content());
    }
}

/// The program itself with a moderator in its guild; `settings` beside those it needs.
async fn with_program(settings: &[(&str, &str)], use_it: impl AsyncFn(&Sandbox, &Path)) -> String {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let articles = folder(&borrowed(&twelve_and_one()));
    let (token, api_url) = (sandbox.token(), sandbox.api_url());
    let mut all = vec![
        ("DISCORD_TOKEN", token.as_str()),
        ("DISCORD_API_URL", api_url.as_str()),
        ("ARTICLES_DIR", articles.path().to_str().unwrap()),
    ];
    all.extend(settings);
    let child = program(&["run"], &all).spawn().unwrap();
    sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
    use_it(&sandbox, articles.path()).await;
    assert!(std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    assert!(output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

async fn hottest(member: &Person) -> String {
    let news = member.command("news", json!({})).await.unwrap();
    news.embeds()[0]["title"].as_str().unwrap().to_owned()
}

/// Waits until `/news` begins with this title. Each time another member asks, so no one asks too often.
async fn until_hottest(sandbox: &Sandbox, title: &str) {
    let shown = async {
        for number in 0.. {
            if hottest(&sandbox.person("ada").numbered(number)).await == title {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, shown).await.unwrap();
}

/// Waits until `/status` has these words. Each time another moderator asks.
async fn until_status_says(sandbox: &Sandbox, words: &str) {
    let says = async {
        for number in 0.. {
            let moderator = sandbox.person("mod").numbered(number);
            if settled(moderator.command("status", json!({})).await).await.content().contains(words) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, says).await.unwrap();
}

#[tokio::test]
async fn changed_files_are_read_by_themselves() {
    let log = with_program(&[], async |sandbox, articles| {
        for title in ["First", "Second"] {
            fs::write(articles.join("new.md"), article(title, "AI", 500, "")).unwrap();
            until_hottest(sandbox, title).await;
        }
        // A file that turns bad changes nothing of what is shown.
        fs::write(articles.join("new.md"), "").unwrap();
        until_status_says(sandbox, "1 problem in 1 file").await;
        assert_eq!(hottest(&sandbox.person("ada")).await, "Second");
    });
    let log = log.await;
    for words in ["loaded: articles: 1 added", "added: new", "changed: new (title", "WARN heatwire"] {
        assert!(log.contains(words), "no “{words}” in {log}");
    }
}

#[tokio::test]
async fn that_the_folder_is_back_is_logged_even_where_nothing_changed() {
    let log = with_program(&[], async |sandbox, articles| {
        let away = articles.with_extension("away");
        until_status_says(sandbox, "Nothing changed.").await;
        fs::rename(articles, &away).unwrap();
        until_status_says(sandbox, "the articles folder does not exist").await;
        fs::rename(&away, articles).unwrap();
        until_status_says(sandbox, "Nothing changed.").await;
    });
    let log = log.await;
    let at = |words: &str| log.rfind(words).unwrap_or_else(|| panic!("no “{words}” in {log}"));
    assert!(at("the bot keeps the articles of the last load") < at("the articles folder can be read again"));
}

#[tokio::test]
async fn without_watching_only_a_reload_reads() {
    let settings = [("ARTICLES_WATCH", "false"), ("RUST_LOG", "heatwire=debug")];
    let log = with_program(&settings, async |sandbox, articles| {
        fs::write(articles.join("new.md"), article("New", "AI", 500, "")).unwrap();
        let answer = settled(sandbox.person("mod").command("reload", json!({})).await).await;
        assert!(answer.content().contains("1 article added"), "{}", answer.content());
        assert_eq!(hottest(&sandbox.person("ada")).await, "New");
    });
    let log = log.await;
    // The start and the command; a watch has the folder read as soon as it begins.
    assert_eq!(log.matches("reload::log: loaded: ").count(), 2, "{log}");
}
