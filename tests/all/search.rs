//! `/search` as members use it.

use serde_json::{Value, json};

use crate::harness::{Bot, article, borrowed, buttons, titles, twelve_and_one};
use discord_sandbox::Answer;

const NOT_READY: &str = "The search is not ready yet. Try again in a few seconds.";

/// Searches until the index is there and the answer is as wanted. Each time another member asks, so no one asks too often.
async fn search_until(bot: &Bot, options: &Value, is_wanted: impl Fn(&Answer) -> bool) -> Answer {
    for number in 0.. {
        let answer = bot.ada().numbered(number).command("search", options.clone()).await.unwrap();
        if is_wanted(&answer) {
            return answer;
        }
        tokio::task::yield_now().await;
    }
    unreachable!("the numbers do not end")
}

async fn search(bot: &Bot, options: &Value) -> Answer {
    search_until(bot, options, |answer| answer.content() != NOT_READY).await
}

#[tokio::test]
async fn members_find_articles_by_their_words() {
    let mut files = twelve_and_one();
    files.push(("gardens.md".to_owned(), article("Gardens of Kyoto", "Rust", 1, "")));
    let bot = Bot::with_files(&borrowed(&files)).await;
    let found = search(&bot, &json!({ "words": "kyotto garden" })).await;
    assert_eq!(found.content(), "“kyotto garden” · 1 article · page 1 of 1");
    assert_eq!(titles(&found), ["Gardens of Kyoto"]);
    let description = found.embeds()[0]["description"].as_str().unwrap().to_owned();
    assert!(description.contains("**gardens**"), "{description}");
    assert!(!found.is_ephemeral());
    let none = search(&bot, &json!({ "words": "kyoto", "topic": "ai" })).await;
    assert!(none.is_ephemeral());
    assert!(none.content().starts_with("Nothing found: “kyoto” · **AI**."), "{}", none.content());
    let anywhere = bot.ada().press(&none, "Without the conditions (1)").await.unwrap();
    assert_eq!(titles(&anywhere), ["Gardens of Kyoto"]);
}

#[tokio::test]
async fn pages_work_after_a_restart() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let first = search(&bot, &json!({ "words": "story -old", "since": "month" })).await;
    assert_eq!(first.content(), "“story \\-old” · the last 30 days · 12 articles · page 1 of 3");
    assert_eq!(buttons(&first), [("Previous".to_owned(), false), ("Next".to_owned(), true)]);
    let bot = bot.restart().await;
    // The new bot has to have made its index.
    search(&bot, &json!({ "words": "story" })).await;
    let second = bot.ada().press(&first, "Next").await.unwrap();
    assert_eq!(second.content(), "“story \\-old” · the last 30 days · 12 articles · page 2 of 3");
    assert_eq!(titles(&second), ["Story 7", "Story 6", "Story 5", "Story 4", "Story 3"]);
}

#[tokio::test]
async fn new_articles_are_found_after_a_reload() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let text = article("Zebras at dawn", "AI", 1, "");
    std::fs::write(bot.articles.path().join("zebras.md"), text).unwrap();
    bot.mona().command("reload", json!({})).await.unwrap();
    let found = search_until(&bot, &json!({ "words": "zebra" }), |answer| !answer.embeds().is_empty()).await;
    assert_eq!(titles(&found), ["Zebras at dawn"]);
}

#[tokio::test]
async fn a_bot_without_an_index_says_so() {
    let bot = Bot::without_search(&borrowed(&twelve_and_one())).await;
    let answer = bot.ada().command("search", json!({ "words": "story" })).await.unwrap();
    assert!(answer.is_ephemeral());
    assert_eq!(answer.content(), NOT_READY);
}
