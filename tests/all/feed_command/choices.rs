//! The rules and the forms of a feed that moderators choose: source, words, silent posts.

use std::fs;
use std::time::Duration;

use discord_sandbox::{Fault, FaultKind};
use serde_json::json;

use super::FeedBot;
use crate::harness::{PATIENCE, article};

/// `SUPPRESS_NOTIFICATIONS` (Discord's docs, "Message Flags").
const SILENT: u64 = 1 << 12;
const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

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

impl FeedBot {
    /// A feed of #news that opens a thread for its one post, and the id of that thread.
    async fn thread_of_a_post(&self) -> u64 {
        let options = json!({ "channel": "news", "min_quality": 60, "thread": true, "backfill": 1 });
        self.say(json!({ "add": options })).await;
        self.until_listed("1 sent").await;
        let wait = async {
            loop {
                match self.sandbox.channel_id("Story 6") {
                    Some(thread) => return thread,
                    None => tokio::time::sleep(Duration::from_millis(10)).await,
                }
            }
        };
        let thread = tokio::time::timeout(PATIENCE, wait).await.unwrap();
        self.say(json!({ "remove": { "feed": "1" } })).await;
        thread
    }
}

#[tokio::test]
async fn a_feed_in_a_thread_posts_each_story_once() {
    let bot = FeedBot::start().await;
    let thread = bot.thread_of_a_post().await;
    let id = thread.to_string();
    // The permissions of a thread are those of its channel.
    bot.deny("news", SEND_MESSAGES_IN_THREADS);
    let add = json!({ "add": { "channel": id, "min_quality": 50, "backfill": 1 } });
    let made = bot.say(add).await;
    assert!(
        made.contains(&format!("The bot lacks permissions in <#{id}>: **Send Messages in Threads**")),
        "{made}"
    );
    bot.until_listed("lacks permissions").await;
    // Send Messages has no effect in threads.
    bot.deny("news", super::SEND_MESSAGES);
    bot.until_listed("1 sent").await;
    assert_eq!(bot.cards("Story 6"), ["Story 6"]);

    for (option, expected) in [("thread", "Leave out `thread`"), ("crosspost", "Leave out `crosspost`")] {
        for subcommand in [
            json!({ "add": { "channel": id, option: true } }),
            json!({ "edit": { "feed": "2", option: true } }),
        ] {
            let refused = bot.say(subcommand).await;
            assert!(refused.contains("is a thread") && refused.contains(expected), "{refused}");
        }
    }

    // A post opens an archived thread. Its answer is lost, and the post is not made again.
    bot.sandbox.set_thread(thread, true, false).unwrap();
    let route = format!("POST /channels/{id}/messages");
    bot.sandbox.plan_fault(Fault { route, kind: FaultKind::ResetAfter, count: 1 }).unwrap();
    bot.publish(&[("one", "A first further story for this thread", "The Source")]).await;
    bot.until_listed("1 due · Discord").await;
    bot.wait_minutes(10);
    bot.until_listed("2 sent").await;
    assert_eq!(bot.cards("Story 6"), ["Story 6", "A first further story for this thread"]);

    // A locked thread pauses the feed until it is unlocked.
    bot.sandbox.set_thread(thread, false, true).unwrap();
    bot.publish(&[("two", "A second further story for this thread", "The Source")]).await;
    let list = bot.until_listed("The thread is locked").await;
    assert!(list.contains("**Manage Threads**") && list.contains("1 due"), "{list}");
    bot.sandbox.set_thread(thread, false, false).unwrap();
    bot.until_listed("3 sent").await;
    assert_eq!(bot.cards("Story 6").len(), 3);

    bot.sandbox.set_thread(thread, false, true).unwrap();
    let edited = bot.say(json!({ "edit": { "feed": "2", "min_quality": 60 } })).await;
    assert!(edited.contains("is locked, and the bot lacks **Manage Threads** there"), "{edited}");
    bot.end().await;
}

#[tokio::test]
async fn a_feed_whose_thread_is_deleted_pauses() {
    let bot = FeedBot::start().await;
    let thread = bot.thread_of_a_post().await;
    bot.say(json!({ "add": { "channel": thread.to_string(), "min_quality": 50 } })).await;
    bot.sandbox.delete_channel(thread).unwrap();
    let list = bot.until_listed("⚠️ 1 paused").await;
    assert!(list.contains("deleted"), "{list}");
    bot.end().await;
}
