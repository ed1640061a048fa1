//! Commands on messages, and an app that only an account has.

use reqwest::Method;
use serde_json::{Value, json};

use super::raw_bot::RawBot;
use crate::{Answer, Person, PersonError, Sandbox, SandboxOptions};

const USE_EXTERNAL_APPS: u64 = 1 << 50;

async fn stage() -> (Sandbox, RawBot) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let bot = RawBot::identified(&sandbox).await;
    let commands = json!([
        {"name": "everywhere", "description": "d", "contexts": [0, 1, 2], "integration_types": [0, 1]},
        {"name": "guilds", "description": "d", "contexts": [0], "integration_types": [0]},
        {"name": "Read it", "type": 3, "contexts": [0, 1, 2], "integration_types": [0, 1]},
    ]);
    bot.register(&sandbox, commands).await;
    (sandbox, bot)
}

/// The interaction, as the bot gets it, of a person who uses a command that the bot answers.
async fn used(bot: &mut RawBot, person: &Person, name: &str) -> (Value, Answer) {
    let both = tokio::join!(person.command(name, json!({})), async {
        let event = bot.event("INTERACTION_CREATE").await;
        let (status, body) = bot.callback(&event, json!({"type": 4, "data": {"content": "x"}})).await;
        assert_eq!(status, 204, "{body}");
        event
    });
    (both.1, both.0.expect("an answer"))
}

#[tokio::test]
async fn an_account_with_the_app_uses_it_everywhere() {
    let (sandbox, mut bot) = stage().await;
    let ada = sandbox.person("ada");
    let id = ada.id().expect("an id").to_string();
    let (guild, elsewhere) = (sandbox.guild_id().to_string(), sandbox.elsewhere_id().to_string());
    for channel in ["elsewhere", "group"] {
        let refused = ada.clone().in_channel(channel).command("everywhere", json!({})).await;
        assert!(matches!(refused, Err(PersonError::Refused(_))), "{channel}: {refused:?}");
    }
    sandbox.set_account_install("ada", true).expect("a person");
    for (channel, context, guild_id, owners) in [
        ("news", 0, json!(guild), json!({"0": guild, "1": id})),
        ("dm", 1, Value::Null, json!({"0": "0", "1": id})),
        ("group", 2, Value::Null, json!({"1": id})),
        ("elsewhere", 0, json!(elsewhere), json!({"1": id})),
    ] {
        let ada = ada.clone().in_channel(channel);
        let (event, answer) = used(&mut bot, &ada, "everywhere").await;
        assert_eq!(event["context"], context, "{channel}");
        assert_eq!(event["guild_id"], guild_id, "{channel}");
        assert_eq!(event["authorizing_integration_owners"], owners, "{channel}");
        assert_eq!(answer.message()["interaction_metadata"]["authorizing_integration_owners"], owners);
        let permissions: u64 =
            event["app_permissions"].as_str().expect("permissions").parse().expect("a number");
        assert_ne!(permissions & 1 << 14, 0, "{channel}: embeds are allowed");
        assert!(!answer.is_ephemeral());
        let is_shown = ada.command("guilds", json!({}));
        if channel != "news" {
            assert!(matches!(is_shown.await, Err(PersonError::Refused(_))), "{channel}");
        }
    }
    let group = event_channel(&mut bot, &ada.in_channel("group")).await;
    assert_eq!((&group["type"], group["recipients"].as_array().map(Vec::len)), (&json!(3), Some(3)));
}

async fn event_channel(bot: &mut RawBot, person: &Person) -> Value {
    let (event, _) = used(bot, person, "everywhere").await;
    let path = format!("/channels/{}/messages", event["channel_id"].as_str().expect("an id"));
    let (_, refused) = bot.rest(Method::POST, &path, json!({"content": "x"})).await;
    assert_eq!(refused["code"], 50_001, "the bot is in no group");
    event["channel"].clone()
}

#[tokio::test]
async fn where_external_apps_are_denied_answers_are_ephemeral() {
    let (sandbox, mut bot) = stage().await;
    sandbox.set_account_install("ada", true).expect("a person");
    for (channel, guild, is_hidden) in
        [("elsewhere", sandbox.elsewhere_id(), true), ("news", sandbox.guild_id(), false)]
    {
        let id = sandbox.channel_id(channel).expect("a channel");
        sandbox.set_overwrite(id, guild, 0, USE_EXTERNAL_APPS).expect("a channel");
        let (_, answer) = used(&mut bot, &sandbox.person("ada").in_channel(channel), "everywhere").await;
        assert_eq!(answer.is_ephemeral(), is_hidden, "{channel}");
    }
}

#[tokio::test]
async fn an_account_gets_five_follow_ups_and_a_guild_more() {
    let (sandbox, mut bot) = stage().await;
    sandbox.set_account_install("ada", true).expect("a person");
    for (channel, is_bounded) in [("elsewhere", true), ("group", true), ("news", false)] {
        let (event, _) = used(&mut bot, &sandbox.person("ada").in_channel(channel), "everywhere").await;
        for _ in 0..5 {
            let (status, body) = bot.webhook(Method::POST, &event, "", json!({"content": "y"})).await;
            assert_eq!(status, 200, "{body}");
        }
        let (_, sixth) = bot.webhook(Method::POST, &event, "", json!({"content": "y"})).await;
        assert_eq!(sixth["code"] == 40_094, is_bounded, "{channel}: {sixth}");
    }
}

#[tokio::test]
async fn a_command_on_a_message_brings_the_message() {
    let (sandbox, mut bot) = stage().await;
    let (ada, ben) = (sandbox.person("ada"), sandbox.person("ben"));
    let written = ben.write("Look: https://example.com/").expect("a message");
    let seen = bot.event("MESSAGE_CREATE").await;
    assert_eq!(seen["content"], "", "the bot has no intent for contents");
    let (answer, event) = tokio::join!(ada.message_command(written, "Read it"), async {
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, json!({"type": 4, "data": {"content": "x", "flags": 64}})).await;
        event
    });
    let answer = answer.expect("an answer");
    let (data, target) = (&event["data"], seen["id"].as_str().expect("an id"));
    assert_eq!(
        (&data["type"], &data["name"], &data["target_id"]),
        (&json!(3), &json!("Read it"), &seen["id"])
    );
    let message = &data["resolved"]["messages"][target];
    assert_eq!(
        (&message["content"], &message["author"]["username"]),
        (&json!("Look: https://example.com/"), &json!("ben"))
    );
    let metadata = &answer.message()["interaction_metadata"];
    assert_eq!((&metadata["command_type"], &metadata["target_message_id"]), (&json!(3), &seen["id"]));
    assert_eq!(answer.message()["type"], 23);
    // Only its reader sees an ephemeral message, and only a slash command is typed.
    assert!(matches!(ben.message_command(&answer, "Read it").await, Err(PersonError::Refused(_))));
    assert!(matches!(ada.command("Read it", json!({})).await, Err(PersonError::Refused(_))));
    assert!(matches!(ada.message_command(written, "everywhere").await, Err(PersonError::Refused(_))));
}
