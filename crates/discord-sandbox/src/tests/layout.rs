//! Messages of components.

use reqwest::Method;
use serde_json::{Value, json};

use super::raw_bot::RawBot;
use crate::{AnswerKind, RateLimits, Sandbox, SandboxOptions};

const V2: i64 = 1 << 15;

fn text(content: &str) -> Value {
    json!({"type": 10, "content": content})
}

fn card() -> Value {
    json!({"type": 17, "accent_color": 255, "components": [
        {"type": 9, "components": [text("**AI** <@1100000000000000200>")], "accessory":
            {"type": 2, "style": 1, "label": "Open", "custom_id": "open"}},
        {"type": 12, "items": [{"media": {"url": "https://e.org/a.png"}, "description": "A tree"}]},
        {"type": 14},
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "Next", "custom_id": "next"}]},
    ]})
}

fn code(answer: &(u16, Value)) -> (u16, i64) {
    (answer.0, answer.1["code"].as_i64().unwrap_or(0))
}

async fn scene() -> (Sandbox, RawBot, String) {
    // More edits than five in five seconds.
    let rate_limits = RateLimits { messages_per_window: 100, ..RateLimits::default() };
    let options = SandboxOptions { rate_limits, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let bot = RawBot::identified(&sandbox).await;
    let path = format!("/channels/{}/messages", sandbox.channel_id("news").expect("a channel"));
    (sandbox, bot, path)
}

#[tokio::test]
async fn a_message_of_components_comes_back_complete() {
    let (sandbox, bot, path) = scene().await;
    let body = json!({"flags": V2, "components": [text("Hello"), card()]});
    let (status, posted) = bot.rest(Method::POST, &path, body).await;
    assert_eq!((status, &posted["flags"], &posted["content"]), (200, &json!(V2), &json!("")), "{posted}");
    let container = &posted["components"][1];
    assert_eq!((&posted["components"][0]["id"], &container["id"]), (&json!(1), &json!(2)));
    let section = &container["components"][0];
    assert_eq!((&section["components"][0]["id"], &section["accessory"]["id"]), (&json!(4), &json!(5)));
    let item = &container["components"][1]["items"][0];
    assert!(item["media"]["proxy_url"].is_string() && item["media"]["width"].is_u64(), "{item}");
    assert_eq!((&item["spoiler"], &container["spoiler"]), (&json!(false), &json!(false)));
    let separator = &container["components"][2];
    assert_eq!((&separator["divider"], &separator["spacing"]), (&json!(true), &json!(1)));
    let pinged = sandbox.person("ada").id().expect("an id").to_string();
    let ids: Vec<_> = posted["mentions"].as_array().into_iter().flatten().map(|user| &user["id"]).collect();
    let is_named =
        card()["components"][0]["components"][0]["content"].as_str().is_some_and(|t| t.contains(&pinged));
    assert_eq!(ids.len(), usize::from(is_named), "texts ping as content does");
    let one = format!("{path}/{}", posted["id"].as_str().expect("an id"));
    assert_eq!(bot.rest(Method::GET, &one, Value::Null).await, (200, posted));
}

#[tokio::test]
async fn an_edit_that_removes_other_content_can_set_the_flag_and_the_flag_stays() {
    let (_sandbox, bot, path) = scene().await;
    let (_, posted) =
        bot.rest(Method::POST, &path, json!({"content": "old", "embeds": [{"title": "t"}]})).await;
    let one = format!("{path}/{}", posted["id"].as_str().expect("an id"));
    let bare = json!({"components": [text("new")]});
    let refused = bot.rest(Method::PATCH, &one, bare.clone()).await;
    assert_eq!(refused.1["errors"]["components"]["0"]["type"]["_errors"][0]["code"], "UNION_TYPE_CHOICES");
    let half = json!({"flags": V2, "content": null, "components": [text("new")]});
    let (_, refused) = bot.rest(Method::PATCH, &one, half).await;
    let legacy = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    assert_eq!(refused["errors"]["embeds"]["_errors"][0]["code"], legacy, "{refused}");
    let whole = json!({"flags": V2, "content": null, "embeds": [], "components": [text("new")]});
    let (status, edited) = bot.rest(Method::PATCH, &one, whole).await;
    assert_eq!((status, &edited["flags"], &edited["content"]), (200, &json!(V2), &json!("")));
    let (status, still) =
        bot.rest(Method::PATCH, &one, json!({"flags": 0, "components": [text("newer")]})).await;
    assert_eq!((status, &still["flags"]), (200, &json!(V2)), "it cannot be taken away");
    let content = bot.rest(Method::PATCH, &one, json!({"content": "back"})).await;
    assert_eq!(code(&content), (400, 50035));
    assert_eq!(code(&bot.rest(Method::PATCH, &one, json!({"components": []})).await), (400, 50006));
}

#[tokio::test]
async fn an_answer_of_components_can_be_deferred_pressed_and_changed() {
    let (sandbox, mut bot, _) = scene().await;
    bot.register(&sandbox, json!([{"name": "news", "description": "d"}])).await;
    let ada = sandbox.person("ada");
    let (answer, event) = tokio::join!(ada.command("news", Value::Null), async {
        let event = bot.event("INTERACTION_CREATE").await;
        let with_flag = bot.callback(&event, json!({"type": 5, "data": {"flags": V2}})).await;
        assert_eq!(code(&with_flag), (400, 50035), "the flag comes with the edit, not with the deferral");
        bot.callback(&event, json!({"type": 5})).await;
        event
    });
    let edit = json!({"flags": V2, "components": [card()]});
    let edited = bot.webhook(Method::PATCH, &event, "/messages/@original", edit).await;
    assert_eq!(edited.0, 200, "{edited:?}");
    let answer = answer.expect("an answer").settled().await.expect("an answer");
    assert_eq!((answer.texts().len(), answer.buttons().len()), (1, 2));
    for pressed in ["Open", "next"] {
        let (updated, ()) = tokio::join!(ada.press(&answer, pressed), async {
            let event = bot.event("INTERACTION_CREATE").await;
            let update = json!({"type": 7, "data": {"components": [text("page 2"), card()]}});
            assert_eq!(bot.callback(&event, update).await.0, 204, "the message has the flag");
        });
        let updated = updated.expect("an answer");
        assert_eq!((updated.kind(), updated.texts()[0]), (AnswerKind::Update, "page 2"));
    }
}
