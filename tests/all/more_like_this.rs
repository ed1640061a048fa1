//! "More like this" as members use it.

use discord_sandbox::Answer;
use serde_json::json;

use crate::harness::{Bot, article, borrowed, titles, twelve_and_one};

const NAME: &str = "More like this";

fn covered(title: &str, provider: &str) -> String {
    article(title, "Rust", 5, "cdnAmpWebUrl: https://example.com/gardens\n")
        .replace("The Source", &format!("{provider}\n  domain: {}.example", provider.to_lowercase()))
}

/// Two reports of one story, one article that is alike, and thirteen others.
fn files() -> Vec<(String, String)> {
    let mut files = twelve_and_one();
    files.push(("one.md".to_owned(), covered("Gardens of Kyoto", "Ada")));
    files.push(("two.md".to_owned(), covered("What grows in Japan", "Ben")));
    files.push(("three.md".to_owned(), article("A garden in Kyoto and its moss", "Rust", 1, "")));
    files
}

/// Asks until the index of the search is there. Each time another member asks, so no one asks too often.
async fn ready(bot: &Bot) {
    for number in 0.. {
        let member = bot.ada().numbered(number);
        if !member.command("search", json!({ "words": "moss" })).await.unwrap().embeds().is_empty() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[track_caller]
fn check(answer: &Answer) {
    assert!(answer.is_ephemeral());
    assert!(answer.content().starts_with("More like “Gardens of Kyoto”"), "{}", answer.content());
    assert_eq!(titles(answer)[..2], ["What grows in Japan", "A garden in Kyoto and its moss"]);
}

#[tokio::test]
async fn cards_and_links_lead_to_coverage_and_related_articles() {
    let bot = Bot::with_files(&borrowed(&files())).await;
    ready(&bot).await;
    let ada = bot.ada();
    let full = ada.command("article", json!({ "title": "gardens kyoto" })).await.unwrap();
    check(&ada.message_command(&full, NAME).await.unwrap());
    let link =
        bot.ben().write("Read http://www.example.com/gardens-of-kyoto/?utm_source=x&gclid=y!").unwrap();
    check(&ada.message_command(link, NAME).await.unwrap());
    let news = ada.command("news", json!({ "topic": "ai" })).await.unwrap();
    let like_first = ada.message_command(&news, NAME).await.unwrap();
    assert!(like_first.content().starts_with("More like “Story 12”"), "{}", like_first.content());
    // The other cards of the list are in a menu.
    let menus = like_first.selects();
    let menu = menus.last().unwrap();
    let value = menu["options"][0]["value"].as_str().unwrap();
    let second = ada.choose(&like_first, menu["custom_id"].as_str().unwrap(), &[value]).await.unwrap();
    assert!(second.content().starts_with("More like “Story 11”"), "{}", second.content());
    let nothing = ada.write("Good morning, https://example.com/nothing-known").unwrap();
    let unknown = ada.message_command(nothing, NAME).await.unwrap();
    assert!(unknown.is_ephemeral());
    assert!(unknown.content().starts_with("No article of the collection is in this message."));
}

#[tokio::test]
async fn without_an_index_the_coverage_is_there() {
    let bot = Bot::without_search(&borrowed(&files())).await;
    let link = bot.ada().write("https://example.com/gardens-of-kyoto").unwrap();
    let answer = bot.ada().message_command(link, NAME).await.unwrap();
    assert_eq!(titles(&answer), ["What grows in Japan"]);
    assert!(answer.content().contains("The search is not ready yet"), "{}", answer.content());
}
