//! `/topics` as members use it.

use serde_json::json;

use crate::harness::{Bot, article, borrowed, titles, twelve_and_one};

#[tokio::test]
async fn every_topic_with_its_count_and_hottest_article() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let answer = bot.ada().command("topics", json!({})).await.unwrap();
    assert_eq!(
        answer.embeds()[0]["description"],
        "**Rust** · 1 article\n🔥 99 [Old story](https://example.com/old-story)\n\
         **AI** · 12 articles\n🔥 12 [Story 12](https://example.com/story-12)"
    );
    let menu = answer.selects()[0].clone();
    let value = menu["options"][0]["value"].as_str().unwrap();
    let news = bot.ben().choose(&answer, menu["custom_id"].as_str().unwrap(), &[value]).await.unwrap();
    assert!(news.is_ephemeral());
    assert_eq!(titles(&news), ["Old story"]);
}

#[tokio::test]
async fn a_parent_counts_its_children_and_pages_turn_after_a_restart() {
    let mut files: Vec<(String, String)> = (0..20)
        .map(|number| {
            (
                format!("{number}.md"),
                article(&format!("Story {number}"), &format!("Child {number}"), number, ""),
            )
        })
        .collect();
    files.extend((0..20).map(|number| {
        (format!("{number}.yaml"), format!("taxonomy: topic\nname: Child {number}\nparent: Everything\n"))
    }));
    let bot = Bot::with_files(&borrowed(&files)).await;
    let first = bot.ada().command("topics", json!({})).await.unwrap();
    let text = first.embeds()[0]["description"].as_str().unwrap();
    assert!(text.starts_with("**Everything** · 20 articles\n🔥 19 [Story 19]"), "{text}");
    assert_eq!(first.embeds()[0]["footer"]["text"], "21 topics · page 1 of 3");
    let bot = bot.restart().await;
    let second = bot.ada().press(&first, "Next").await.unwrap();
    assert_eq!(second.embeds()[0]["footer"]["text"], "21 topics · page 2 of 3");
    let of_children = bot.ada().command("news", json!({ "topic": "everything" })).await.unwrap();
    assert!(of_children.content().contains("20 articles"));
}
