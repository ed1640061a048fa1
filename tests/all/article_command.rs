//! `/article` as members use it.

use serde_json::json;

use crate::harness::{Bot, article, borrowed, buttons, titles, twelve_and_one};

fn with_related(count: usize) -> String {
    let stories: String = (1..=count)
        .map(|quality| format!("  - title: Related {quality}\n    webUrl: https://example.com/r{quality}\n    quality: {quality}\n"))
        .collect();
    article("One full story", "AI", 7, &format!("related:\n{stories}"))
}

#[tokio::test]
async fn found_by_words_in_any_order_and_shown_in_full() {
    let mut files = twelve_and_one();
    files.push(("full.md".to_owned(), with_related(7)));
    let bot = Bot::with_files(&borrowed(&files)).await;
    let ada = bot.ada();
    let choices = ada.autocomplete("article", json!({ "title": "story full" }), "title").await.unwrap();
    assert_eq!(choices.len(), 1);
    assert_eq!(choices[0].name, "One full story · The Source");
    let answer = ada.command("article", json!({ "title": choices[0].value })).await.unwrap();
    assert!(!answer.is_ephemeral());
    assert_eq!(titles(&answer), ["One full story", "Related stories · page 1 of 2"]);
    let related = answer.embeds()[1]["description"].as_str().unwrap();
    assert!(
        related.starts_with("• [Related 7](https://example.com/r7) · quality 7\n• [Related 6]"),
        "{related}"
    );
    assert_eq!(buttons(&answer).last().unwrap().0, "Read");
    let second = ada.press(&answer, "Next").await.unwrap();
    assert_eq!(titles(&second), ["One full story", "Related stories · page 2 of 2"]);
    let copy = bot.ben().press(&second, "Previous").await.unwrap();
    assert!(copy.is_ephemeral());
    let by_words = ada.command("article", json!({ "title": "FULL one" })).await.unwrap();
    assert_eq!(titles(&by_words), titles(&answer));
}

#[tokio::test]
async fn what_is_not_found_is_said_to_the_asker() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let answer = bot.ada().command("article", json!({ "title": "no *such* thing" })).await.unwrap();
    assert!(answer.is_ephemeral());
    assert!(answer.content().contains(r"No title contains “no \*such\* thing”"), "{}", answer.content());
    let gone = bot.ada().command("article", json!({ "title": "hash64:AAAAAAAAAAE" })).await.unwrap();
    assert!(gone.content().contains("not in the collection any more"), "{}", gone.content());
}

#[tokio::test]
async fn the_largest_article_fits_into_one_message() {
    let long = "A very long text with [brackets](and) *signs* ".repeat(200);
    let full = with_related(179).replace("About one-full-story.", &format!("\"{long}\""));
    let bot = Bot::with_files(&[("full.md", &full)]).await;
    let answer = bot.ada().command("article", json!({ "title": "full" })).await.unwrap();
    assert_eq!(titles(&answer)[1], "Related stories · page 1 of 36");
}

#[tokio::test]
async fn whoever_may_write_shares_an_article_with_the_channel() {
    const SEND_MESSAGES: u64 = 1 << 11;
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let ada = bot.ada();
    let news = ada.command("news", json!({})).await.unwrap();
    let menu = news.selects()[0].clone();
    let value = menu["options"][0]["value"].as_str().unwrap();
    let opened = ada.choose(&news, menu["custom_id"].as_str().unwrap(), &[value]).await.unwrap();
    assert!(opened.is_ephemeral());
    let shared = ada.press(&opened, "Share").await.unwrap();
    assert!(!shared.is_ephemeral());
    assert_eq!(shared.content(), format!("<@{}> shares an article:", ada.id().unwrap()));
    assert_eq!(titles(&shared), titles(&opened)[..1]);
    let (channel, everyone) = (bot.sandbox.channel_id("news").unwrap(), bot.sandbox.guild_id());
    bot.sandbox.set_overwrite(channel, everyone, 0, SEND_MESSAGES).unwrap();
    let refused = ada.press(&opened, "Share").await.unwrap();
    assert!(refused.is_ephemeral());
    assert!(refused.content().contains("may not write messages in this channel"), "{}", refused.content());
}
