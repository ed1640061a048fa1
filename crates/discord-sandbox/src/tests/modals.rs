//! Forms: an answer opens them, a person sends them, which is an interaction.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::raw_bot::{Arrived, RawBot, TestClock, sandbox_with_clock};
use crate::{Answer, AnswerKind, Person, PersonError, Sandbox};

/// A text input in a row (the older way), one in a label, and a menu in a label.
fn form() -> Value {
    json!({"type": 9, "data": {"title": "A new feed", "custom_id": "feed:1", "components": [
        {"type": 10, "content": "Where **cards** go"},
        {"type": 1, "components": [{"type": 4, "custom_id": "name", "style": 1, "label": "Name",
            "min_length": 2, "max_length": 5}]},
        {"type": 18, "label": "Note", "description": "For yourself", "component": {"type": 4, "custom_id": "note",
            "style": 2, "required": false, "value": "as ever", "placeholder": "…"}},
        {"type": 18, "label": "Order", "component": {"type": 3, "custom_id": "order", "options": [
            {"label": "Heat", "value": "heat", "default": true}, {"label": "Newest", "value": "newest"}]}},
    ]}})
}

async fn scene() -> (Sandbox, TestClock, RawBot) {
    let (sandbox, clock) = sandbox_with_clock().await;
    let bot = RawBot::identified(&sandbox).await;
    bot.register(&sandbox, json!([{"name": "feed", "description": "d"}])).await;
    (sandbox, clock, bot)
}

/// Sends Ada's `/feed`, which opens the form.
async fn opened(ada: &Person, bot: &mut RawBot) -> Answer {
    let (answer, answered) = tokio::join!(ada.command("feed", Value::Null), async {
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, form()).await
    });
    assert_eq!(answered.0, 204, "{answered:?}");
    answer.expect("an answer")
}

#[tokio::test]
async fn a_form_is_opened_sent_and_answered() {
    let (sandbox, _, mut bot) = scene().await;
    let ada = sandbox.person("ada");
    let form = opened(&ada, &mut bot).await;
    assert_eq!(form.kind(), AnswerKind::Modal);
    let shown = form.modal().expect("a form");
    assert_eq!((&shown["title"], &shown["components"][2]["id"]), (&json!("A new feed"), &json!(4)));
    assert_eq!(sandbox.person("ada").sees("news").map(|seen| seen.len()), Ok(0), "a form is no message");

    let (sent, event) = tokio::join!(ada.submit(&form, json!({"name": "AI", "order": ["newest"]})), async {
        let event = bot.event("INTERACTION_CREATE").await;
        let again = bot.callback(&event, json!({"type": 9, "data": {}})).await;
        assert_eq!(again.0, 400, "a form is no answer to a form");
        let again = bot.callback(&event, self::form()).await;
        assert_eq!(again.1["errors"]["type"]["_errors"][0]["code"], "BASE_TYPE_CHOICES");
        let answer = json!({"type": 4, "data": {"content": "made", "flags": 64}});
        assert_eq!(bot.callback(&event, answer).await.0, 204);
        event
    });
    assert_eq!((&event["type"], &event["data"]["custom_id"]), (&json!(5), &json!("feed:1")));
    let wanted = json!([
        {"type": 10, "id": 1},
        {"type": 1, "id": 2, "components": [{"type": 4, "id": 3, "custom_id": "name", "value": "AI"}]},
        {"type": 18, "id": 4, "component": {"type": 4, "id": 5, "custom_id": "note", "value": "as ever"}},
        {"type": 18, "id": 6, "component": {"type": 3, "id": 7, "custom_id": "order", "values": ["newest"]}},
    ]);
    assert_eq!(event["data"]["components"], wanted);
    assert!(event["message"].is_null() && event["member"].is_object());
    let sent = sent.expect("an answer");
    assert_eq!((sent.content(), sent.is_ephemeral()), ("made", true));
    let metadata = &sent.message()["interaction_metadata"];
    assert_eq!(
        (&metadata["type"], &metadata["triggering_interaction_metadata"]["name"]),
        (&json!(5), &json!("feed"))
    );
    let edit = bot.webhook(Method::PATCH, &event, "/messages/@original", json!({"content": "changed"})).await;
    assert_eq!((edit.0, sent.now().content()), (200, "changed"));
}

#[tokio::test]
async fn the_client_refuses_invalid_forms() {
    let (sandbox, _, mut bot) = scene().await;
    let ada = sandbox.person("ada");
    let form = opened(&ada, &mut bot).await;
    for wrong in [
        json!({}),
        json!({"name": "A"}),
        json!({"name": "A long"}),
        json!({"name": 5}),
        json!({"name": "AI", "order": []}),
        json!({"name": "AI", "order": ["cold"]}),
        json!({"name": "AI", "order": ["heat", "newest"]}),
        json!({"name": "AI", "order": "heat"}),
        json!({"name": "AI", "colour": "red"}),
        json!({"name": "AI", "note": "x".repeat(4001)}),
    ] {
        let result = ada.submit(&form, wrong.clone()).await;
        assert!(matches!(result, Err(PersonError::Refused(_))), "{wrong}: {result:?}");
    }
    let foreign = sandbox.person("ben").submit(&form, json!({"name": "AI"})).await;
    assert!(matches!(foreign, Err(PersonError::Refused(_))), "the form is Ada's");
    // The bot got none of the refused forms.
    bot.send(&json!({"op": 1, "d": null})).await;
    let next = bot.next().await;
    assert!(matches!(&next, Arrived::Json(ack) if ack["op"] == 11), "{next:?}");
}

#[tokio::test]
async fn a_form_of_a_button_can_change_its_message_and_fails_like_any_other() {
    let (sandbox, clock, mut bot) = scene().await;
    let ada = sandbox.person("ada");
    let (answer, ()) = tokio::join!(ada.command("feed", Value::Null), async {
        let event = bot.event("INTERACTION_CREATE").await;
        let button = json!({"type": 2, "style": 1, "label": "Edit", "custom_id": "edit"});
        let rows = json!([{"type": 1, "components": [button]}]);
        bot.callback(&event, json!({"type": 4, "data": {"content": "old", "components": rows}})).await;
    });
    let answer = answer.expect("an answer");
    let (form, _) = tokio::join!(ada.press(&answer, "edit"), async {
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, form()).await
    });
    let form = form.expect("a form");
    let (sent, ()) = tokio::join!(ada.submit(&form, json!({"name": "AI"})), async {
        let event = bot.event("INTERACTION_CREATE").await;
        assert_eq!(event["message"]["id"], answer.message()["id"]);
        bot.callback(&event, json!({"type": 7, "data": {"content": "new"}})).await;
    });
    assert_eq!(sent.map(|sent| sent.kind()), Ok(AnswerKind::Update));
    assert_eq!(answer.now().content(), "new");
    let (silence, ()) = tokio::join!(ada.submit(&form, json!({"name": "AI"})), async {
        bot.event("INTERACTION_CREATE").await;
        clock.advance(Duration::from_secs(4));
    });
    assert_eq!(silence.err(), Some(PersonError::NotAnswered));
    let (acknowledged, ()) = tokio::join!(ada.submit(&form, json!({"name": "AI"})), async {
        let event = bot.event("INTERACTION_CREATE").await;
        bot.callback(&event, json!({"type": 6})).await;
    });
    assert_eq!(acknowledged.map(|sent| sent.kind()), Ok(AnswerKind::DeferredUpdate), "it can be sent again");
}
