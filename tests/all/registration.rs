//! The registration of commands: written only when they differ.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Bot, PATIENCE, borrowed, twelve_and_one};
use heatwire::ids::GuildId;

fn writes(bot: &Bot) -> Vec<(String, usize)> {
    let requests = bot.sandbox.requests();
    let writes =
        requests.iter().filter(|request| request.method == "PUT" && request.path.ends_with("/commands"));
    writes
        .map(|request| {
            let place = if request.path.contains("/guilds/") { "guild" } else { "global" };
            (place.to_owned(), request.body.as_array().map_or(0, Vec::len))
        })
        .collect()
}

#[tokio::test]
async fn a_restart_writes_nothing_new() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    assert_eq!(writes(&bot), [("global".to_owned(), 10)]);
    let bot = bot.restart().await;
    assert_eq!(writes(&bot), [("global".to_owned(), 10)]);
}

/// Writes the commands as the bot last did, but for a change of one of them.
async fn write_changed(bot: &Bot, name: &str, change: &Value) {
    let requests = bot.sandbox.requests();
    let last =
        requests.iter().rfind(|request| request.method == "PUT" && request.path.ends_with("/commands"));
    let mut body = Value::clone(&last.unwrap().body);
    let command = body.as_array_mut().unwrap().iter_mut().find(|command| command["name"] == name);
    command.unwrap().as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    let application = bot.sandbox.application_id();
    let written = reqwest::Client::new()
        .put(format!("{}/api/v10/applications/{application}/commands", bot.sandbox.api_url()))
        .header("Authorization", format!("Bot {}", bot.sandbox.token()))
        .header("User-Agent", "DiscordBot (https://example.org, 1)")
        .header("Content-Type", "application/json")
        .body(body.to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(written.status(), 200, "{change}");
}

#[tokio::test]
async fn what_differs_in_one_field_alone_is_written_again() {
    let mut bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let changes = [
        json!({ "integration_types": [0, 1] }),
        json!({ "contexts": [0, 1] }),
        json!({ "nsfw": true }),
        json!({ "default_member_permissions": "8" }),
        json!({ "description_localizations": { "de": "Anders" } }),
        json!({ "name_localizations": { "de": "status-de" } }),
    ];
    for (count, change) in changes.into_iter().enumerate() {
        let status = bot.sandbox.commands().into_iter().find(|command| command["name"] == "status").unwrap();
        write_changed(&bot, "status", &change).await;
        bot = bot.restart().await;
        // Our own write, and that of the bot, for each change so far.
        assert_eq!(writes(&bot).len(), 1 + 2 * (count + 1), "{change}");
        let restored =
            bot.sandbox.commands().into_iter().find(|command| command["name"] == "status").unwrap();
        for key in change.as_object().unwrap().keys() {
            assert_eq!(restored[key], status[key], "{key}");
        }
        assert_eq!(restored["id"], status["id"]);
    }
}

#[tokio::test]
async fn moderators_commands_are_for_guilds_that_the_bot_was_added_to() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let guild_id = bot.sandbox.guild_id();
    for command in bot.sandbox.commands() {
        if command["default_member_permissions"] == "32" {
            assert_eq!((&command["integration_types"], &command["contexts"]), (&json!([0]), &json!([0])));
        }
    }
    let (sandbox, articles) = bot.stop().await;
    let bot = Bot::in_sandbox(sandbox, articles, Some(GuildId(guild_id))).await;
    let requests = bot.sandbox.requests();
    let written =
        requests.iter().find(|request| request.method == "PUT" && request.path.contains("/guilds/"));
    for command in written.unwrap().body.as_array().unwrap() {
        assert!(command.get("contexts").is_none() && command.get("integration_types").is_none(), "{command}");
    }
}

#[tokio::test]
async fn a_change_of_place_clears_the_other() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let guild_id = bot.sandbox.guild_id();
    let (sandbox, articles) = bot.stop().await;
    let bot = Bot::in_sandbox(sandbox, articles, Some(GuildId(guild_id))).await;
    let so_far = [("global".to_owned(), 10), ("guild".to_owned(), 10), ("global".to_owned(), 0)];
    assert_eq!(writes(&bot), so_far);
    let bot = bot.restart().await;
    // Clearing the guild goes on beside the session; a stop waits for it.
    let sandbox = bot.stop().await.0;
    let last: Vec<String> = sandbox
        .requests()
        .iter()
        .skip_while(|request| request.method != "PUT")
        .filter(|request| request.method == "PUT")
        .map(|request| request.path.clone())
        .collect();
    assert_eq!(last.len(), 5, "{last:?}");
    assert!(last[3].ends_with("/commands") && !last[3].contains("/guilds/"));
    assert!(last[4].contains("/guilds/"), "the server's own are cleared once they are global again");
}

#[tokio::test]
async fn a_guild_is_asked_once_for_its_commands_however_many_sessions_begin() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    bot.sandbox.add_bot_elsewhere();
    let asked = || {
        let requests = bot.sandbox.requests();
        let of_guilds = requests.iter().filter(|request| {
            request.method == "GET"
                && request.path.contains("/guilds/")
                && request.path.ends_with("/commands")
        });
        of_guilds.count()
    };
    for (sessions, expected) in [(1, 1), (2, 2), (3, 2), (4, 2)] {
        let begun = async {
            while bot.sandbox.identifies().len() < sessions || asked() < expected {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, begun).await.unwrap();
        // What the bot asks at the beginning of a session comes before it answers this.
        bot.sandbox.wait_until_bot_online(PATIENCE).await.unwrap();
        bot.mona().command("status", json!({})).await.unwrap().settled().await.unwrap();
        assert_eq!(asked(), expected, "session {sessions}");
        bot.sandbox.invalidate_sessions(false);
    }
    bot.stop().await;
}
