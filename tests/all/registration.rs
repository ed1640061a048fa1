//! The registration of commands: written only when they differ.

use std::time::Duration;

use serde_json::json;

use crate::harness::{Bot, PATIENCE, borrowed, twelve_and_one};

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
    assert_eq!(writes(&bot), [("global".to_owned(), 7)]);
    let bot = bot.restart().await;
    assert_eq!(writes(&bot), [("global".to_owned(), 7)]);
}

#[tokio::test]
async fn a_change_of_place_clears_the_other() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let guild_id = bot.sandbox.guild_id();
    let (sandbox, articles) = bot.stop().await;
    let bot = Bot::in_sandbox(sandbox, articles, Some(guild_id)).await;
    let so_far = [("global".to_owned(), 7), ("guild".to_owned(), 7), ("global".to_owned(), 0)];
    assert_eq!(writes(&bot), so_far);
    let bot = bot.restart().await;
    // Clearing the server goes on beside the session; a stop waits for it.
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
async fn a_server_is_asked_once_for_its_commands_however_many_sessions_begin() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    bot.sandbox.add_bot_elsewhere();
    let asked = || {
        let requests = bot.sandbox.requests();
        let of_servers = requests.iter().filter(|request| {
            request.method == "GET"
                && request.path.contains("/guilds/")
                && request.path.ends_with("/commands")
        });
        of_servers.count()
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
