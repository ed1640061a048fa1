//! A bound on moderators' commands that are answered side by side.

use std::time::Duration;

use discord_sandbox::{Fault, FaultKind};
use futures_util::future::join_all;
use serde_json::json;

use crate::harness::{Bot, PATIENCE, borrowed, twelve_and_one};

/// As many as the bot answers side by side.
const AT_ONCE_MAX: usize = 200;
const FURTHER: usize = 3;

#[tokio::test]
async fn beyond_two_hundred_commands_at_once_moderators_are_told_to_try_again() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let status = bot.sandbox.commands().into_iter().find(|command| command["name"] == "status").unwrap();
    let data = json!({ "id": status["id"], "name": "status", "type": 1 });
    // Discord never says whether the guild lets these members use the command, so none comes to its end.
    let route = "GET /applications/*/guilds/*/commands/permissions".to_owned();
    bot.sandbox.plan_fault(Fault { route, kind: FaultKind::Unanswered, count: 1_000 }).unwrap();
    let asked = (1..)
        .take(AT_ONCE_MAX + FURTHER)
        .map(async |member| bot.ben().numbered(member).interaction(json!({ "type": 2, "data": data })).await);
    for answer in join_all(asked).await {
        answer.unwrap();
    }
    let refused = || {
        let requests = bot.sandbox.requests();
        let answers = requests.iter().filter(|request| request.method == "PATCH");
        answers
            .filter(|answer| answer.body.to_string().contains("The bot is busy with other commands"))
            .count()
    };
    let all_refused = async {
        while refused() < FURTHER {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, all_refused).await.unwrap();
    assert_eq!(refused(), FURTHER);
    // Moderators get no choices then, and members are answered as ever.
    let choices = bot.mona().autocomplete("feed", json!({ "remove": {} }), "feed").await.unwrap();
    assert!(choices.is_empty(), "{choices:?}");
    let answer = bot.ada().command("news", json!({})).await.unwrap();
    assert!(!answer.embeds().is_empty());
}
