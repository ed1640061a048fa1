//! Members who have the bot in their account: in a server without the bot, and in direct messages of others.

use discord_sandbox::{Answer, Person};
use heatwire::ids::GuildId;
use serde_json::json;

use crate::harness::{Bot, borrowed, buttons, folder, sandbox_with, titles, twelve_and_one};
use std::sync::Arc;

const USE_EXTERNAL_APPS: u64 = 1 << 50;
const EMBED_LINKS: u64 = 1 << 14;

/// Uses every command of members and what their answers offer. Returns the second page of `/news`.
async fn use_everything(person: &Person) -> Answer {
    let news = person.command("news", json!({ "topic": "ai" })).await.unwrap();
    assert_eq!(titles(&news)[0], "Story 12");
    let next = person.press(&news, "Next").await.unwrap();
    assert_eq!(titles(&next)[0], "Story 7");
    let topics = person.command("topics", json!({})).await.unwrap();
    assert_eq!(topics.embeds().len(), 1);
    let chosen = person.autocomplete("article", json!({ "title": "Story 3" }), "title").await.unwrap();
    let full = person.command("article", json!({ "title": chosen[0].value })).await.unwrap();
    assert_eq!(titles(&full), ["Story 3"]);
    person.command("search", json!({ "words": "story" })).await.unwrap();
    let like = person.message_command(&full, "More like this").await.unwrap();
    assert!(like.is_ephemeral() && like.content().contains("Story 3"), "{}", like.content());
    for moderators in ["feed", "why", "reload", "status"] {
        assert!(person.command(moderators, json!({})).await.is_err(), "{moderators}");
    }
    next
}

/// Opens the first article of a page in full.
async fn open_first(person: &Person, news: &Answer) -> Answer {
    let menu = news.selects()[0].clone();
    let value = menu["options"][0]["value"].as_str().unwrap();
    person.choose(news, menu["custom_id"].as_str().unwrap(), &[value]).await.unwrap()
}

#[tokio::test]
async fn an_account_with_the_bot_uses_it_in_a_server_without_it() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let ada = bot.ada().in_channel("elsewhere");
    assert!(ada.command("news", json!({})).await.is_err(), "nobody has the bot here");
    bot.sandbox.set_account_install("ada", true).unwrap();
    let news = use_everything(&ada).await;
    assert!(!news.is_ephemeral());
    // Another member presses a button of the answer.
    let ben = bot.ben().in_channel("elsewhere");
    assert!(ben.press(&news, "Previous").await.unwrap().is_ephemeral());
    let opened = open_first(&ada, &news).await;
    let shared = ada.press(&opened, "Share").await.unwrap();
    assert!(!shared.is_ephemeral());
    assert_eq!(titles(&shared), ["Story 7"]);
}

#[tokio::test]
async fn without_external_apps_only_the_asker_sees_answers_and_share_says_so() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    bot.sandbox.set_account_install("ada", true).unwrap();
    let (channel, everyone) = (bot.sandbox.channel_id("elsewhere").unwrap(), bot.sandbox.elsewhere_id());
    bot.sandbox.set_overwrite(channel, everyone, 0, USE_EXTERNAL_APPS).unwrap();
    let ada = bot.ada().in_channel("elsewhere");
    let news = use_everything(&ada).await;
    assert!(news.is_ephemeral());
    let opened = open_first(&ada, &news).await;
    let refused = ada.press(&opened, "Share").await.unwrap();
    assert!(
        refused.content().starts_with("In this channel, only you can see the answers"),
        "{}",
        refused.content()
    );
    // In a server with the bot nothing changes.
    let ours = bot.ada().command("news", json!({})).await.unwrap();
    assert!(!ours.is_ephemeral());
    // Where links get no cards, the answer is a text.
    bot.sandbox.set_overwrite(channel, everyone, 0, EMBED_LINKS).unwrap();
    let text = ada.command("news", json!({})).await.unwrap();
    assert!(text.embeds().is_empty() && text.content().contains("Story 12"), "{}", text.content());
}

#[tokio::test]
async fn an_account_with_the_bot_uses_it_in_direct_messages_of_others() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    bot.sandbox.set_account_install("ada", true).unwrap();
    let ada = bot.ada().in_channel("group");
    let news = use_everything(&ada).await;
    assert!(!news.is_ephemeral());
    let shared = ada.press(&open_first(&ada, &news).await, "Share").await.unwrap();
    assert!(!shared.is_ephemeral() && buttons(&shared).last().unwrap().0 == "Read");
    assert!(bot.ben().in_channel("group").command("news", json!({})).await.is_err());
    use_everything(&bot.ben().in_channel("dm")).await;
}

#[tokio::test]
async fn commands_of_one_server_work_nowhere_else() {
    let sandbox = Arc::new(sandbox_with(discord_sandbox::SandboxOptions::default()).await);
    let guild = GuildId(sandbox.guild_id());
    let bot = Bot::in_sandbox(sandbox, folder(&borrowed(&twelve_and_one())), Some(guild)).await;
    bot.sandbox.set_account_install("ada", true).unwrap();
    assert!(bot.ada().command("news", json!({})).await.is_ok());
    for channel in ["elsewhere", "group", "dm"] {
        assert!(bot.ada().in_channel(channel).command("news", json!({})).await.is_err(), "{channel}");
    }
}
