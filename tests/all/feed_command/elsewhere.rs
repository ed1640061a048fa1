//! Two guilds: what a moderator of one names of the other counts for nothing.

use std::time::Duration;

use discord_sandbox::Person;
use heatwire::delivery::desk::FeedReport;
use heatwire::feed::{ChannelKind, FeedDefaults, FeedStatus, NewFeed};
use heatwire::ids::{ChannelId, GuildId, RoleId};
use serde_json::{Value, json};

use super::{FeedBot, VIEW_CHANNEL};
use crate::harness::PATIENCE;

/// The moderator in the second guild.
fn theirs(bot: &FeedBot) -> Person {
    bot.sandbox.person("mod").in_channel("elsewhere")
}

async fn said(person: &Person, command: &str, options: Value) -> String {
    let answer = person.command(command, options).await.unwrap();
    answer.settled().await.unwrap().content().to_owned()
}

async fn feed(person: &Person, options: Value) -> String {
    said(person, "feed", options).await
}

/// `/feed add` for a channel, with a kind beside it that somebody made up.
async fn forged(person: &Person, command: &str, channel: u64, kind: u8) -> String {
    let id = channel.to_string();
    let options = json!([{ "name": "channel", "type": 7, "value": id }]);
    let resolved = json!({ "id": id, "name": "made-up", "type": kind, "permissions": "0" });
    let data = json!({
        "id": command, "name": "feed", "type": 1, "options": [{ "name": "add", "type": 1, "options": options }],
        "resolved": { "channels": { id: resolved } }
    });
    let answer = person.interaction(json!({ "type": 2, "data": data })).await.unwrap();
    answer.settled().await.unwrap().content().to_owned()
}

fn command_id(bot: &FeedBot, name: &str) -> String {
    let commands = bot.sandbox.commands();
    let command = commands.iter().find(|command| command["name"] == name).unwrap();
    command["id"].as_str().unwrap().to_owned()
}

async fn reports(bot: &FeedBot, guild: GuildId) -> Vec<FeedReport> {
    bot.desk.feeds(guild).await.unwrap()
}

async fn wait_for<T>(mut found: impl AsyncFnMut() -> Option<T>) -> T {
    let waiting = async {
        loop {
            if let Some(found) = found().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap()
}

#[tokio::test]
async fn a_moderator_makes_no_feed_in_a_channel_of_another_guild() {
    let bot = FeedBot::start().await;
    bot.sandbox.add_bot_elsewhere();
    let (theirs, elsewhere) = (theirs(&bot), GuildId(bot.sandbox.elsewhere_id()));
    let ours = bot.sandbox.role_id("Moderator").unwrap().to_string();
    for name in ["news", "announcements", "discussions"] {
        let channel = bot.channel(name).to_string();
        let add = json!({ "add": { "channel": channel, "mention": ours, "backfill": 3 } });
        let words = feed(&theirs, add).await;
        assert!(words.contains("is not a channel of this server"), "{words}");
    }
    // Nor where Discord does not show the bot what it is.
    bot.deny("news", VIEW_CHANNEL);
    let words = feed(&theirs, json!({ "add": { "channel": bot.channel("news").to_string() } })).await;
    assert!(words.contains("is not a channel of this server"), "{words}");
    let words = feed(&theirs, json!({ "add": { "channel": "elsewhere", "mention": ours } })).await;
    assert!(words.contains("`mention` is not a role of this server"), "{words}");
    assert!(reports(&bot, elsewhere).await.is_empty());
    // Their own channel and role are theirs to use, and a later change is no way in either.
    let own_role = (elsewhere.0 + 10).to_string();
    let words = feed(&theirs, json!({ "add": { "channel": "elsewhere", "mention": own_role } })).await;
    assert!(words.contains("The bot made feed **1**"), "{words}");
    let words = feed(&theirs, json!({ "edit": { "feed": "1", "mention": ours } })).await;
    assert!(words.contains("`mention` is not a role of this server"), "{words}");
    let words = feed(&bot.mona(), json!({ "edit": { "feed": "1", "min_quality": 1 } })).await;
    assert!(words.contains("no feeds yet"), "{words}");
    let mention = reports(&bot, elsewhere).await[0].feed.settings.mention;
    assert_eq!(mention, Some(RoleId(elsewhere.0 + 10)));
    for name in ["news", "announcements", "discussions"] {
        assert!(bot.cards(name).is_empty());
    }
    bot.end().await;
}

#[tokio::test]
async fn what_discord_says_of_a_channel_counts_whatever_stands_beside_the_option() {
    let bot = FeedBot::start().await;
    bot.sandbox.add_bot_elsewhere();
    feed(&bot.mona(), json!({ "add": { "channel": "discussions", "backfill": 1 } })).await;
    let thread = wait_for(async || bot.sandbox.posted_in("discussions").unwrap().first().cloned()).await;
    let thread = thread["channel_id"].as_str().unwrap().parse().unwrap();
    let command = command_id(&bot, "feed");
    let words = forged(&theirs(&bot), &command, thread, 0).await;
    assert!(words.contains("is not a channel of this server"), "{words}");
    let words = forged(&theirs(&bot), &command, bot.channel("news"), 5).await;
    assert!(words.contains("is not a channel of this server"), "{words}");
    // Discord's kind counts, not the one that stands there.
    let words = forged(&bot.mona(), &command, bot.channel("news"), 15).await;
    assert!(words.contains("The bot made feed **2**"), "{words}");
    let made = reports(&bot, GuildId(bot.sandbox.guild_id())).await;
    assert_eq!(made.iter().filter(|report| report.feed.channel_kind == ChannelKind::Text).count(), 1);
    let words = forged(&bot.mona(), &command, thread, 0).await;
    assert!(words.contains("The bot made feed **3**"), "{words}");
    let made = reports(&bot, GuildId(bot.sandbox.guild_id())).await;
    assert_eq!(made.iter().filter(|report| report.feed.channel_kind == ChannelKind::Thread).count(), 1);
    bot.end().await;
}

#[tokio::test]
async fn a_hidden_channel_of_the_guild_itself_can_have_a_feed() {
    let bot = FeedBot::start().await;
    bot.sandbox.add_bot_elsewhere();
    let channel = bot.channel("elsewhere");
    bot.sandbox.set_overwrite(channel, bot.sandbox.application_id(), 0, VIEW_CHANNEL).unwrap();
    let words = feed(&theirs(&bot), json!({ "add": { "channel": "elsewhere" } })).await;
    assert!(words.contains("The bot made feed **1**") && words.contains("**View Channel**"), "{words}");
    bot.deny("discussions", VIEW_CHANNEL);
    let words = feed(&bot.mona(), json!({ "add": { "channel": "discussions" } })).await;
    assert!(words.contains("The bot made feed **2**") && words.contains("**View Channel**"), "{words}");
    let made = reports(&bot, GuildId(bot.sandbox.guild_id())).await;
    assert_eq!(made[0].feed.channel_kind, ChannelKind::Forum);
    bot.end().await;
}

#[tokio::test]
async fn a_guild_without_the_bot_has_no_moderators() {
    let bot = FeedBot::start().await;
    bot.sandbox.add_bot_elsewhere();
    let theirs = theirs(&bot);
    feed(&theirs, json!({ "add": { "channel": "elsewhere", "backfill": 1 } })).await;
    let card = wait_for(async || theirs.sees("elsewhere").unwrap().first().cloned()).await;
    bot.sandbox.remove_bot_elsewhere();
    // Discord does not show these commands there.
    let theirs = theirs.with_modified_client();
    let refusal = "The bot is not in this server";
    let first = wait_for(async || {
        let words = feed(&theirs, json!({ "list": {} })).await;
        words.contains(refusal).then_some(words)
    });
    first.await;
    for (command, options) in [
        ("feed", json!({ "add": { "channel": "elsewhere" } })),
        ("feed", json!({ "remove": { "feed": "1" } })),
        ("why", json!({ "article": "Story 6" })),
        ("status", json!({})),
        ("reload", json!({})),
    ] {
        let words = said(&theirs, command, options).await;
        assert!(words.contains(refusal), "{command}: {words}");
    }
    assert!(theirs.autocomplete("feed", json!({ "remove": {} }), "feed").await.unwrap().is_empty());
    let data = json!({ "component_type": 2, "custom_id": "problems1" });
    let press = json!({ "type": 3, "data": data, "message": { "id": card["id"] } });
    let answer = theirs.interaction(press).await.unwrap().settled().await.unwrap();
    assert!(answer.content().contains(refusal), "{}", answer.content());
    // Where the bot is, all is as before.
    let words = feed(&bot.mona(), json!({ "list": {} })).await;
    assert!(words.contains("no feeds yet"), "{words}");
    bot.end().await;
}

#[tokio::test]
async fn a_feed_that_stands_in_a_channel_of_another_guild_pauses_for_good() {
    let bot = FeedBot::start().await;
    bot.sandbox.add_bot_elsewhere();
    let (theirs, elsewhere) = (theirs(&bot), GuildId(bot.sandbox.elsewhere_id()));
    feed(&theirs, json!({ "list": {} })).await;
    let foreign = NewFeed {
        guild: elsewhere,
        channel: ChannelId(bot.channel("news")),
        channel_kind: ChannelKind::Text,
        settings: FeedDefaults::default().settings(),
        backfill: 0,
    };
    bot.desk.add(foreign).await.unwrap();
    feed(&bot.mona(), json!({ "add": { "channel": "general" } })).await;
    // The channels come with the next session.
    bot.sandbox.invalidate_sessions(false);
    wait_for(async || {
        let all = reports(&bot, elsewhere).await;
        (all[0].feed.status == FeedStatus::ForeignChannel).then_some(())
    })
    .await;
    let list = feed(&theirs, json!({ "list": {} })).await;
    assert!(list.contains("⚠️ **paused**: The channel belongs to another server"), "{list}");
    for options in [
        json!({ "resume": { "feed": "1" } }),
        json!({ "test": { "feed": "1" } }),
        json!({ "pause": { "feed": "1" } }),
        json!({ "edit": { "feed": "1", "min_quality": 1 } }),
    ] {
        let words = feed(&theirs, options).await;
        assert!(words.contains("belongs to another server"), "{words}");
    }
    let ours = reports(&bot, GuildId(bot.sandbox.guild_id())).await;
    assert_eq!(ours[0].feed.status, FeedStatus::Active);
    let words = feed(&theirs, json!({ "remove": { "feed": "1" } })).await;
    assert!(words.contains("The bot removed feed **1**"), "{words}");
    assert!(bot.cards("news").is_empty());
    bot.end().await;
}

/// The next session begins with the list of guilds alone.
async fn begin_without_guilds(bot: &FeedBot) {
    bot.sandbox.lose_events("GUILD_CREATE", 100).unwrap();
    bot.sandbox.invalidate_sessions(false);
    bot.sandbox.wait_until_bot_ready(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn a_feed_posts_nothing_in_a_channel_of_another_guild_before_that_guild_is_there() {
    let bot = FeedBot::start().await;
    bot.sandbox.add_bot_elsewhere();
    let (theirs, elsewhere) = (theirs(&bot), GuildId(bot.sandbox.elsewhere_id()));
    feed(&theirs, json!({ "list": {} })).await;
    begin_without_guilds(&bot).await;
    let kinds = [("news", ChannelKind::Text), ("discussions", ChannelKind::Forum)];
    for (name, channel_kind) in kinds {
        let channel = bot.channel(name);
        let settings = FeedDefaults::default().settings();
        let foreign =
            NewFeed { guild: elsewhere, channel: ChannelId(channel), channel_kind, settings, backfill: 3 };
        bot.desk.add(foreign).await.unwrap();
    }
    wait_for(async || {
        let all = reports(&bot, elsewhere).await;
        all.iter().all(|report| report.feed.status == FeedStatus::ForeignChannel).then_some(())
    })
    .await;
    for (name, _) in kinds {
        assert!(bot.sandbox.posted_in(name).unwrap().is_empty(), "{name}");
    }
    let tries = bot.sandbox.requests().into_iter().filter(|request| {
        request.method == "POST"
            && kinds.iter().any(|(name, _)| request.path.contains(&bot.channel(name).to_string()))
    });
    assert_eq!(tries.count(), 0);
    // What the guild's own feeds post is as before.
    feed(&bot.mona(), json!({ "add": { "channel": "general", "backfill": 1 } })).await;
    wait_for(async || bot.cards("general").first().cloned()).await;
    bot.end().await;
}

#[tokio::test]
async fn a_test_posts_nothing_in_a_channel_of_another_guild() {
    let bot = FeedBot::start().await;
    bot.sandbox.add_bot_elsewhere();
    let (theirs, elsewhere) = (theirs(&bot), GuildId(bot.sandbox.elsewhere_id()));
    feed(&theirs, json!({ "list": {} })).await;
    begin_without_guilds(&bot).await;
    let settings = FeedDefaults::default().settings();
    let channel = bot.channel("news");
    let foreign = NewFeed {
        guild: elsewhere,
        channel: ChannelId(channel),
        channel_kind: ChannelKind::Text,
        settings,
        backfill: 0,
    };
    bot.desk.add(foreign).await.unwrap();
    let words = feed(&theirs, json!({ "test": { "feed": "1" } })).await;
    assert!(words.contains("belongs to another server"), "{words}");
    assert!(bot.sandbox.posted_in("news").unwrap().is_empty());
    bot.end().await;
}
