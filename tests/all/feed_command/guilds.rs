//! What happens to a guild and its channels, seen by the bot or not.

use std::time::Duration;

use heatwire::feed::{ChannelKind, Feed, FeedStatus};
use serde_json::json;

use super::FeedBot;
use crate::harness::PATIENCE;

#[tokio::test]
async fn a_guild_that_is_left_keeps_its_feeds_whether_or_not_the_bot_sees_it_happen() {
    let bot = FeedBot::start().await;
    bot.say(json!({ "add": { "channel": "news" } })).await;
    let is_left = |feed: &Feed| matches!(feed.status, FeedStatus::Left { .. });
    let is_active = |feed: &Feed| feed.status == FeedStatus::Active;
    bot.sandbox.remove_bot();
    bot.until_feed(is_left).await;
    bot.sandbox.add_bot();
    bot.until_feed(is_active).await;
    // Now it is not told, and finds out by the list with which its next session begins.
    bot.sandbox.lose_events("GUILD_DELETE", 1).unwrap();
    bot.sandbox.remove_bot();
    bot.sandbox.invalidate_sessions(false);
    bot.until_feed(is_left).await;
    bot.sandbox.add_bot();
    bot.until_feed(is_active).await;
    // Names of channels follow what the gateway tells.
    bot.sandbox.rename_channel(bot.channel("news"), "headlines").unwrap();
    let named = async {
        loop {
            let choices = bot.mona().autocomplete("feed", json!({ "test": {} }), "feed").await.unwrap();
            if choices[0].name == "Feed 1: #headlines" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, named).await.unwrap();
    bot.end().await;
}

#[tokio::test]
async fn a_feed_follows_its_channel_from_text_to_announcements_and_back() {
    let bot = FeedBot::start().await;
    let news = bot.channel("news");
    bot.say(json!({ "add": { "channel": "news" } })).await;
    let publish = json!({ "edit": { "feed": "1", "crosspost": true } });
    let refused = bot.say(publish.clone()).await;
    assert!(refused.contains(&format!("<#{news}> is not an announcement channel")), "{refused}");
    bot.sandbox.turn_channel(news).unwrap();
    bot.until_feed(|feed| feed.channel_kind == ChannelKind::Announcement).await;
    let edited = bot.say(publish.clone()).await;
    assert!(edited.contains("posts are published"), "{edited}");
    // Now it is not told, and finds out by the channels with which its next session begins.
    bot.sandbox.lose_events("CHANNEL_UPDATE", 1).unwrap();
    bot.sandbox.turn_channel(news).unwrap();
    bot.sandbox.invalidate_sessions(false);
    bot.until_feed(|feed| feed.channel_kind == ChannelKind::Text).await;
    let list = bot.say(json!({ "list": {} })).await;
    assert!(!list.contains("posts are published"), "{list}");
    bot.end().await;
}
