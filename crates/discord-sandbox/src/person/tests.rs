//! Interactions, from the action of a person to the last edit.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::tests::raw_bot::{RawBot, TestClock, sandbox_with_clock};
use crate::{AnswerKind, PersonError, Sandbox};

fn commands() -> Value {
    json!([
        {"name": "news", "description": "d", "options": [
            {"type": 3, "name": "topic", "description": "d", "autocomplete": true, "max_length": 50},
            {"type": 3, "name": "sort", "description": "d", "choices": [{"name": "Heat", "value": "heat"}]},
            {"type": 4, "name": "page", "description": "d", "min_value": 1},
        ]},
        {"name": "feed", "description": "d", "default_member_permissions": "32", "contexts": [0], "options": [
            {"type": 1, "name": "add", "description": "d", "options": [
                {"type": 7, "name": "channel", "description": "d", "required": true, "channel_types": [0, 5]},
                {"type": 3, "name": "topic", "description": "d", "autocomplete": true},
            ]},
        ]},
    ])
}

async fn scene() -> (Sandbox, TestClock, RawBot) {
    let (sandbox, clock) = sandbox_with_clock().await;
    let bot = RawBot::identified(&sandbox).await;
    bot.register(&sandbox, commands()).await;
    (sandbox, clock, bot)
}

fn message(data: Value) -> Value {
    json!({"type": 4, "data": data})
}

fn code(answer: &(u16, Value)) -> (u16, i64) {
    (answer.0, answer.1["code"].as_i64().unwrap_or(-1))
}

#[tokio::test]
async fn a_command_is_complete_and_its_answer_is_stored_as_discord_stores_it() {
    let (sandbox, _, mut bot) = scene().await;
    let ada = sandbox.person("ada").with_locale("de");
    let talk = async {
        let event = bot.event("INTERACTION_CREATE").await;
        let card = json!({"title": " AI ", "image": {"url": "https://e.org/a.png"}, "color": 1});
        let button = json!({"type": 2, "style": 1, "label": "Next", "custom_id": "next"});
        let rows = json!([{"type": 1, "components": [button]}]);
        let data = json!({"content": " <@1> hi @everyone ", "embeds": [card], "components": rows});
        assert_eq!(code(&bot.callback(&event, message(data)).await), (204, -1));
        assert_eq!(code(&bot.callback(&event, json!({"type": 5})).await), (400, 40060));
        event
    };
    let (answer, event) = tokio::join!(ada.command("news", json!({"topic": "ai", "page": 2})), talk);
    let answer = answer.expect("an answer");
    assert_eq!(event["data"]["options"][1], json!({"name": "topic", "type": 3, "value": "ai"}));
    assert_eq!(
        (&event["locale"], &event["guild_locale"], &event["context"]),
        (&json!("de"), &json!("en-US"), &json!(0))
    );
    assert_eq!(event["guild_id"], sandbox.guild_id().to_string());
    for key in ["member", "app_permissions", "entitlements", "attachment_size_limit", "channel"] {
        assert!(!event[key].is_null(), "{key}");
    }
    assert!(event["member"]["permissions"].is_string());
    assert_eq!(
        (answer.kind(), answer.is_ephemeral(), answer.content()),
        (AnswerKind::Message, false, "<@1> hi @everyone")
    );
    let embed = &answer.embeds()[0];
    assert_eq!((&embed["type"], &embed["title"]), (&json!("rich"), &json!("AI")));
    assert!(embed["image"]["proxy_url"].is_string() && embed["image"]["width"].is_u64());
    assert_eq!(answer.message()["mention_everyone"], false);
    assert_eq!((answer.buttons().len(), answer.selects().len()), (1, 0));
    assert!(
        sandbox.requests().iter().any(|r| r.path.ends_with("/TOKEN/callback") && r.error_code == Some(40060))
    );
}

#[tokio::test]
async fn an_ephemeral_deferral_stays_ephemeral_until_it_is_dismissed() {
    let (sandbox, _, mut bot) = scene().await;
    let ada = sandbox.person("ada");
    let (answer, event) = tokio::join!(ada.command("news", Value::Null), async {
        let event = bot.event("INTERACTION_CREATE").await;
        let early = bot.webhook(Method::PATCH, &event, "/messages/@original", json!({"content": "x"})).await;
        assert_eq!(code(&early), (404, 10015));
        bot.callback(&event, json!({"type": 5, "data": {"flags": 64}})).await;
        event
    });
    let answer = answer.expect("an answer");
    assert!(answer.is_ephemeral() && answer.is_loading());
    let edit = json!({"content": "done", "embeds": []});
    assert_eq!(bot.webhook(Method::PATCH, &event, "/messages/@original", edit).await.0, 200);
    let settled = answer.settled().await.expect("an answer");
    assert!(settled.is_ephemeral() && !settled.is_loading());
    assert_eq!(settled.content(), "done");
    let empty = bot.webhook(Method::PATCH, &event, "/messages/@original", json!({"content": ""})).await;
    assert_eq!(code(&empty), (400, 50006));
    let (status, further) =
        bot.webhook(Method::POST, &event, "", json!({"content": "more", "flags": 64})).await;
    assert_eq!(status, 200);
    let below = format!("/messages/{}", further["id"].as_str().expect("an id"));
    assert_eq!(bot.webhook(Method::DELETE, &event, &below, Value::Null).await.0, 204);

    let path = format!("/channels/{}/messages", sandbox.channel_id("news").expect("a channel"));
    assert_eq!(bot.rest(Method::GET, &path, Value::Null).await, (200, json!([])));
    let ben = sandbox.person("ben");
    assert_eq!(
        (ada.sees("news").map(|seen| seen.len()), ben.sees("news").map(|seen| seen.len())),
        (Ok(1), Ok(0))
    );
    assert!(ben.dismiss(&settled).is_err());
    ada.dismiss(&settled).expect("dismissed");
    assert_eq!(ada.sees("news").map(|seen| seen.len()), Ok(0));
}

#[tokio::test]
async fn deadlines_use_the_injected_clock() {
    let (sandbox, clock, mut bot) = scene().await;
    let ada = sandbox.person("ada");
    let (unanswered, event) = tokio::join!(ada.command("news", Value::Null), async {
        let event = bot.event("INTERACTION_CREATE").await;
        clock.advance(Duration::from_secs(4));
        event
    });
    assert_eq!(unanswered.err(), Some(PersonError::NotAnswered));
    assert_eq!(code(&bot.callback(&event, message(json!({"content": "late"}))).await), (404, 10062));
    let (answer, event) = tokio::join!(ada.command("news", Value::Null), async {
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, message(json!({"content": "in time"}))).await;
        event
    });
    assert_eq!(answer.expect("an answer").content(), "in time");
    clock.advance(Duration::from_secs(15 * 60));
    let edit = bot.webhook(Method::PATCH, &event, "/messages/@original", json!({"content": "a"})).await;
    assert_eq!(edit.0, 200);
    clock.advance(Duration::from_secs(1));
    let edit = bot.webhook(Method::PATCH, &event, "/messages/@original", json!({"content": "b"})).await;
    assert_eq!(code(&edit), (401, 50027));
    let mut forged = event;
    forged["token"] = json!("none");
    assert_eq!(code(&bot.callback(&forged, message(json!({"content": "x"}))).await), (404, 10062));
    let follow_up = bot.webhook(Method::POST, &forged, "", json!({"content": "x"})).await;
    assert_eq!(code(&follow_up), (404, 10015));
}

#[tokio::test]
async fn only_components_can_update_their_message() {
    let (sandbox, _, mut bot) = scene().await;
    let ada = sandbox.person("ada");
    let rows = json!([
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Next", "custom_id": "next"},
            {"type": 2, "style": 2, "label": "Back", "custom_id": "back", "disabled": true},
        ]},
        {"type": 1, "components": [{"type": 3, "custom_id": "open", "options": [{"label": "One", "value": "1"}]}]},
    ]);
    let (answer, _) = tokio::join!(ada.command("news", Value::Null), async {
        let event = bot.event("INTERACTION_CREATE").await;
        let update = bot.callback(&event, json!({"type": 7, "data": {"content": "x"}})).await;
        assert_eq!(update.1["errors"]["type"]["_errors"][0]["code"], "BASE_TYPE_CHOICES");
        bot.callback(&event, message(json!({"content": "page 1", "components": rows}))).await;
    });
    let answer = answer.expect("an answer");
    assert!(matches!(ada.press(&answer, "Back").await, Err(PersonError::Refused(_))));
    assert!(matches!(ada.press(&answer, "none").await, Err(PersonError::Refused(_))));
    assert!(matches!(ada.choose(&answer, "open", &["2"]).await, Err(PersonError::Refused(_))));
    let (updated, ()) = tokio::join!(ada.press(&answer, "Next"), async {
        let event = bot.event("INTERACTION_CREATE").await;
        assert_eq!(event["message"]["content"], "page 1");
        assert_eq!(
            (&event["data"]["custom_id"], &event["data"]["component_type"]),
            (&json!("next"), &json!(2))
        );
        bot.callback(&event, json!({"type": 7, "data": {"content": "page 2"}})).await;
    });
    let updated = updated.expect("an answer");
    assert_eq!((updated.kind(), updated.content()), (AnswerKind::Update, "page 2"));
    assert_eq!(updated.message()["id"], answer.message()["id"]);
    let (later, event) = tokio::join!(ada.choose(&answer, "open", &["1"]), async {
        let event = bot.event("INTERACTION_CREATE").await;
        assert_eq!(event["data"]["values"], json!(["1"]));
        bot.callback(&event, json!({"type": 6})).await;
        event
    });
    bot.webhook(Method::PATCH, &event, "/messages/@original", json!({"content": "page 3"})).await;
    let settled = later.expect("an answer").settled().await.expect("an answer");
    assert_eq!((settled.kind(), settled.content()), (AnswerKind::DeferredUpdate, "page 3"));
}

#[tokio::test]
async fn choices_come_only_from_autocomplete() {
    let (sandbox, _, mut bot) = scene().await;
    let person = sandbox.person("mod");
    let options = json!({"add": {"channel": "general"}});
    let (offered, ()) = tokio::join!(person.autocomplete("feed", options, "topic"), async {
        let event = bot.event("INTERACTION_CREATE").await;
        let focused = json!({"name": "topic", "type": 3, "value": "", "focused": true});
        assert_eq!(event["data"]["options"][0]["options"][1], focused);
        let wrong = bot.callback(&event, message(json!({"content": "x"}))).await;
        assert_eq!(wrong.1["code"], 50035);
        bot.callback(&event, json!({"type": 8, "data": {"choices": [{"name": "AI", "value": "ai"}]}})).await;
    });
    let offered = offered.expect("choices");
    assert_eq!((&*offered[0].name, &offered[0].value), ("AI", &json!("ai")));
}

#[tokio::test]
async fn the_client_refuses_invalid_actions() {
    let (sandbox, _, mut bot) = scene().await;
    let (ada, moderator) = (sandbox.person("ada"), sandbox.person("mod"));
    let refused = [
        (&ada, "none", json!({})),
        (&ada, "feed", json!({"add": {"channel": "news"}})),
        (&ada, "news", json!({"colour": "red"})),
        (&ada, "news", json!({"topic": 5})),
        (&ada, "news", json!({"topic": "x".repeat(51)})),
        (&ada, "news", json!({"sort": "cold"})),
        (&ada, "news", json!({"page": 0})),
        (&moderator, "feed", json!({})),
        (&moderator, "feed", json!({"add": {}})),
        (&moderator, "feed", json!({"add": {"channel": "nowhere"}})),
        (&moderator, "feed", json!({"add": {"channel": "discussions"}})),
    ];
    for (person, name, options) in refused {
        let result = person.command(name, options.clone()).await;
        assert!(matches!(result, Err(PersonError::Refused(_))), "/{name} {options}");
    }
    let in_dm = moderator.clone().in_channel("dm").command("feed", json!({"add": {"channel": "news"}})).await;
    assert!(matches!(in_dm, Err(PersonError::Refused(_))));
    assert!(matches!(ada.autocomplete("news", json!({}), "sort").await, Err(PersonError::Refused(_))));
    let nobody = sandbox.person("nobody").command("news", json!({})).await;
    assert_eq!(nobody.err(), Some(PersonError::UnknownPerson("nobody".to_owned())));
    let (answer, event) =
        tokio::join!(moderator.command("feed", json!({"add": {"channel": "general"}})), async {
            let event = bot.event("INTERACTION_CREATE").await;
            bot.callback(&event, message(json!({"content": "added"}))).await;
            event
        });
    assert!(answer.is_ok());
    let channel_id = sandbox.channel_id("general").expect("a channel").to_string();
    assert_eq!(event["data"]["resolved"]["channels"][&channel_id]["name"], "general");
}

#[tokio::test]
async fn any_interaction_can_be_sent_without_checks() {
    let (sandbox, _, mut bot) = scene().await;
    let odd = json!({"type": 3, "guild_id": null, "data": {"custom_id": "gone:1", "component_type": 2}});
    let ada = sandbox.person("ada");
    let (answer, event) = tokio::join!(ada.interaction(odd), async {
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, message(json!({"content": "that is gone"}))).await;
        event
    });
    assert_eq!(answer.expect("an answer").content(), "that is gone");
    assert!(event["guild_id"].is_null() && event["member"].is_null() && event["user"].is_object());
    assert_eq!(event["context"], 1);
    assert_eq!(ada.sees("dm").map(|seen| seen.len()), Ok(1));
    assert_eq!(sandbox.person("ben").sees("dm").map(|seen| seen.len()), Ok(0));
}

#[tokio::test]
async fn without_a_bot_there_is_no_answer() {
    let (sandbox, _) = sandbox_with_clock().await;
    let result = sandbox.person("ada").command("news", Value::Null).await;
    assert_eq!(result.err(), Some(PersonError::BotOffline));
    assert!(sandbox.wait_until_bot_ready(Duration::from_millis(1)).await.is_err());
}

#[tokio::test]
async fn a_follow_up_right_after_a_deferral_completes_it() {
    let (sandbox, _, mut bot) = scene().await;
    let ada = sandbox.person("ada");
    let (answer, event) = tokio::join!(ada.command("news", Value::Null), async {
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, json!({"type": 5})).await;
        event
    });
    let mention =
        format!("<@{}> and <@{}>", ada.id().expect("an id"), sandbox.person("ben").id().expect("an id"));
    let allowed = json!({"parse": [], "users": [ada.id().expect("an id").to_string()]});
    let body = json!({"content": mention, "allowed_mentions": allowed});
    let (status, completed) = bot.webhook(Method::POST, &event, "", body).await;
    let settled = answer.expect("an answer").settled().await.expect("an answer");
    assert_eq!((status, &completed["id"]), (200, &settled.message()["id"]));
    let pinged = settled.message()["mentions"].as_array().expect("a list");
    assert_eq!(pinged.iter().map(|user| &user["username"]).collect::<Vec<_>>(), ["ada"]);
    let below = format!("/messages/{}", settled.message()["id"].as_str().expect("an id"));
    assert_eq!(bot.webhook(Method::GET, &event, &below, Value::Null).await.0, 200);
    assert_eq!(code(&bot.webhook(Method::GET, &event, "/messages/1", Value::Null).await), (404, 10008));
}

#[tokio::test]
async fn a_crowd_of_persons_like_one_has_ids_of_its_own_and_the_same_roles() {
    let (sandbox, _, mut bot) = scene().await;
    let mods: Vec<_> = (0..3).map(|number| sandbox.person("mod").numbered(number)).collect();
    let mut ids = Vec::new();
    for person in &mods {
        let talk = async {
            let event = bot.event("INTERACTION_CREATE").await;
            bot.callback(&event, message(json!({"content": "hi"}))).await;
            event
        };
        let (answer, event) = tokio::join!(person.command("feed", json!({"add": {"channel": "news"}})), talk);
        assert_eq!(answer.expect("an answer").content(), "hi");
        assert_eq!(event["member"]["user"]["id"], person.id().expect("an id").to_string());
        assert_eq!(event["member"]["user"]["username"], "mod");
        ids.push(event["member"]["user"]["id"].clone());
    }
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
}
