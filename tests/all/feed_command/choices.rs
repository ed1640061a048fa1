//! The rules and the forms of a feed that moderators choose: source, words, silent posts.

use std::fs;

use serde_json::json;

use super::FeedBot;
use crate::harness::article;

/// `SUPPRESS_NOTIFICATIONS` (Discord's docs, "Message Flags").
const SILENT: u64 = 1 << 12;

impl FeedBot {
    /// Adds article files of the last day (name, title, provider), and loads them.
    async fn publish(&self, files: &[(&str, &str, &str)]) {
        for (name, title, provider) in files {
            let text = article(title, "AI", 90, "").replace("2026-06-01", "2026-06-15");
            let text = text.replace("quality: 50", "quality: 90").replace("The Source", provider);
            fs::write(self.articles.path().join(format!("ai/{name}.md")), text).unwrap();
        }
        self.wait_minutes(60);
        let answer = self.mona().command("reload", json!({})).await.unwrap().settled().await.unwrap();
        assert!(answer.content().contains("added"), "{}", answer.content());
    }
}

#[tokio::test]
async fn a_feed_takes_what_its_source_and_words_let_through() {
    let bot = FeedBot::start().await;
    let options = json!({
        "channel": "news", "source": "the source", "words": "Rust, machine learning", "without": "job"
    });
    let made = bot.say(json!({ "add": options })).await;
    assert!(
        made.contains("source **The Source** · with one of **Rust, machine learning** · without **job**"),
        "{made}"
    );
    bot.publish(&[
        ("one", "The RUST book in a new edition", "The Source"),
        ("two", "Trust in old editions of books", "The Source"),
        ("three", "A rust job in the harbour", "The Source"),
        ("four", "What rust says elsewhere today", "Another"),
        ("five", "On MACHINE learning in small towns", "The Source"),
    ])
    .await;
    bot.until_listed("2 sent").await;
    let mut cards = bot.cards("news");
    cards.sort();
    assert_eq!(cards, ["On MACHINE learning in small towns", "The RUST book in a new edition"]);
    for (typed, expected) in [
        ("trust", "has one of the words of this feed: **Rust, machine learning**."),
        ("harbour", "has **job**, and this feed leaves out such articles."),
        (
            "elsewhere",
            "The article is from **Another**, and this feed takes only articles from **The Source**.",
        ),
    ] {
        let why = bot.why(typed).await;
        assert!(why.contains(expected), "{why}");
    }

    // What an edit newly lets in was there already, and is not posted.
    let edited = bot.say(json!({ "edit": { "feed": "1", "clear": "without" } })).await;
    assert!(!edited.contains("without **") && edited.contains("with one of **Rust"), "{edited}");
    assert!(bot.why("harbour").await.contains("when the rules of the feed changed"));
    bot.publish(&[("six", "Another rust job in the town", "The Source")]).await;
    bot.until_listed("3 sent").await;
    assert_eq!(bot.cards("news").len(), 3);
    bot.end().await;
}

#[tokio::test]
async fn silent_posts_carry_the_flag_and_others_do_not() {
    let bot = FeedBot::start().await;
    bot.say(json!({ "add": { "channel": "news", "min_quality": 60, "silent": true, "backfill": 1 } })).await;
    let list = bot.until_listed("1 sent").await;
    assert!(list.contains("no notifications"), "{list}");
    let forum =
        json!({ "add": { "channel": "discussions", "min_quality": 60, "silent": true, "backfill": 1 } });
    bot.say(forum).await;
    bot.say(json!({ "add": { "channel": "announcements", "min_quality": 60, "backfill": 1 } })).await;
    bot.until_listed_times(3, "1 sent").await;
    let silent = |message: &serde_json::Value| message["flags"].as_u64().unwrap() & SILENT != 0;
    let flags = |channel: &str| {
        let posted = bot.sandbox.posted_in(channel).unwrap();
        posted
            .iter()
            .filter(|message| message["embeds"][0].is_object())
            .map(|message| silent(message))
            .collect::<Vec<_>>()
    };
    assert_eq!((flags("news"), flags("announcements")), (vec![true], vec![false]));
    let requests = bot.sandbox.requests();
    let post = requests.iter().find(|request| request.path.ends_with("/threads")).unwrap();
    assert_eq!(post.body["message"]["flags"], SILENT);
    let edited = bot.say(json!({ "edit": { "feed": "1", "silent": false } })).await;
    assert!(!edited.contains("no notifications"), "{edited}");
    bot.end().await;
}
