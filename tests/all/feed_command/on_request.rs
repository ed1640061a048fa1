//! `/feed post`, and Resend in `/why`.

use std::fs;

use serde_json::json;

use super::FeedBot;
use crate::harness::article;

impl FeedBot {
    /// Writes the file of a story of the last day anew, and loads it.
    async fn write_story(&self, number: u32, more: &str) {
        let text = article(&format!("Story {number}"), "AI", 10, more).replace("2026-06-01", "2026-06-15");
        fs::write(self.articles.path().join(format!("ai/{number}.md")), text).unwrap();
        self.wait_minutes(5);
        let answer = self.mona().command("reload", json!({})).await.unwrap().settled().await.unwrap();
        assert!(answer.content().contains("changed"), "{}", answer.content());
    }
}

#[tokio::test]
async fn a_moderator_has_an_article_posted_now_whatever_the_feed_says() {
    let bot = FeedBot::start().await;
    let news = bot.channel("news");
    bot.say(json!({ "add": { "channel": "news", "min_quality": 100 } })).await;
    bot.say(json!({ "pause": { "feed": "1" } })).await;
    let posted = bot.say(json!({ "post": { "feed": "1", "article": "story 1" } })).await;
    assert!(
        posted.starts_with(&format!("✅ Feed **1** posted the article in <#{news}>: https://")),
        "{posted}"
    );
    assert_eq!(bot.cards("news"), ["Story 1"]);
    for (article, words) in [
        ("story 1", "is in the channel already"),
        ("draft story", "No visible article has this name"),
        ("nothing like it", "No visible article has this name"),
    ] {
        let refused = bot.say(json!({ "post": { "feed": "1", "article": article } })).await;
        assert!(refused.contains(words), "{article}: {refused}");
    }
    let list = bot.say(json!({ "list": {} })).await;
    assert!(list.contains("paused by a moderator") || list.contains("paused"), "the pause goes on: {list}");
    assert_eq!(bot.cards("news"), ["Story 1"]);
    bot.end().await;
}

#[tokio::test]
async fn a_withdrawn_story_is_sent_again_from_why() {
    let bot = FeedBot::start().await;
    bot.say(json!({ "add": { "channel": "news", "min_quality": 0 } })).await;
    bot.say(json!({ "post": { "feed": "1", "article": "story 2" } })).await;
    assert_eq!(bot.cards("news"), ["Story 2"]);
    bot.write_story(2, "published: false\n").await;
    bot.until_listed("1 withdrawn").await;
    let why = bot.mona().command("why", json!({ "article": "ai/2" })).await.unwrap().settled().await.unwrap();
    assert!(why.buttons().is_empty(), "the article is hidden: {}", why.content());
    bot.write_story(2, "").await;
    let why = bot.mona().command("why", json!({ "article": "ai/2" })).await.unwrap().settled().await.unwrap();
    assert!(why.content().contains("does not post a withdrawn article again"), "{}", why.content());
    let pressed = bot.mona().press(&why, "Resend in feed 1").await.unwrap().settled().await.unwrap();
    assert!(pressed.content().contains("posted the article"), "{}", pressed.content());
    assert_eq!(bot.cards("news"), ["Story 2"]);
    bot.end().await;
}
