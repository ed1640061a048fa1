//! `/news` as members use it.

use std::time::Duration;

use discord_sandbox::{Fault, FaultKind};
use serde_json::json;

use crate::harness::{Bot, PATIENCE, article, borrowed, buttons, titles, twelve_and_one};

#[tokio::test]
async fn cards_come_hottest_first_and_pages_turn_in_place() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let ada = bot.ada();
    let first = ada.command("news", json!({ "topic": "ai" })).await.unwrap();
    assert!(!first.is_ephemeral());
    assert_eq!(first.content(), "**AI** · hottest first · 12 articles · page 1 of 3");
    assert_eq!(titles(&first), ["Story 12", "Story 11", "Story 10", "Story 9", "Story 8"]);
    assert_eq!(buttons(&first), [("Previous".to_owned(), false), ("Next".to_owned(), true)]);
    let second = ada.press(&first, "Next").await.unwrap();
    assert_eq!(second.message()["id"], first.message()["id"], "the page turns in the same message");
    assert_eq!(titles(&second), ["Story 7", "Story 6", "Story 5", "Story 4", "Story 3"]);
    let third = ada.press(&second, "Next").await.unwrap();
    assert_eq!(titles(&third), ["Story 2", "Story 1"]);
    assert_eq!(buttons(&third), [("Previous".to_owned(), true), ("Next".to_owned(), false)]);
}

#[tokio::test]
async fn another_person_gets_their_own_ephemeral_copy() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let first = bot.ada().command("news", json!({ "topic": "ai" })).await.unwrap();
    let copy = bot.ben().press(&first, "Next").await.unwrap();
    assert!(copy.is_ephemeral());
    assert_eq!(titles(&copy)[0], "Story 7");
    assert!(first.now().content().ends_with("page 1 of 3"), "Ada's answer stays as it was");
    let seen_by_ada = bot.ada().sees("news").unwrap();
    assert_eq!(seen_by_ada.len(), 1, "Ada does not see Ben's copy");
    let next = bot.ben().press(&copy, "Next").await.unwrap();
    assert_eq!(next.message()["id"], copy.message()["id"], "Ben turns his own copy in place");
}

#[tokio::test]
async fn buttons_and_menus_work_after_a_restart() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let first = bot.ada().command("news", json!({ "topic": "ai", "sort": "newest" })).await.unwrap();
    let bot = bot.restart().await;
    let second = bot.ada().press(&first, "Next").await.unwrap();
    assert!(second.content().ends_with("newest first · 12 articles · page 2 of 3"), "{}", second.content());
    let menu = second.selects()[0].clone();
    let value = menu["options"][0]["value"].as_str().unwrap();
    let bot = bot.restart().await;
    let opened = bot.ben().choose(&second, menu["custom_id"].as_str().unwrap(), &[value]).await.unwrap();
    assert!(opened.is_ephemeral());
    assert_eq!(titles(&opened).len(), 1);
}

#[tokio::test]
async fn a_page_that_is_gone_after_a_restart_becomes_the_last() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let first = bot.ada().command("news", json!({ "topic": "ai" })).await.unwrap();
    let third = bot.ada().press(&bot.ada().press(&first, "Next").await.unwrap(), "Next").await.unwrap();
    for heat in 1..=9 {
        std::fs::remove_file(bot.articles.path().join(format!("ai/{heat}.md"))).unwrap();
    }
    let bot = bot.restart().await;
    let last = bot.ada().press(&third, "Previous").await.unwrap();
    assert!(last.content().starts_with("The list is shorter now."), "{}", last.content());
    assert_eq!(titles(&last), ["Story 12", "Story 11", "Story 10"]);
}

#[tokio::test]
async fn all_five_options_and_what_was_matched() {
    let mut files = twelve_and_one();
    files.push((
        "ai/video.md".to_owned(),
        article("A video", "AI", 3, "").replace("type: article", "type: video"),
    ));
    let bot = Bot::with_files(&borrowed(&files)).await;
    let ada = bot.ada();
    let all = json!({ "topic": "artifical inteligence", "type": "video", "source": "the source", "since": "month", "sort": "quality" });
    let answer = ada.command("news", all).await.unwrap();
    assert_eq!(
        answer.content(),
        "There is no topic “artifical inteligence”. The most similar topic is **AI**.\n\
         **AI** · type **video** · source **The Source** · the last 30 days · best first · 1 article · page 1 of 1"
    );
    assert_eq!(titles(&answer), ["A video"]);
    assert!(answer.buttons().is_empty(), "one page needs no buttons");
}

#[tokio::test]
async fn autocomplete_offers_topics_types_and_sources() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let ada = bot.ada();
    let names = async |option: &str, typed: &str| {
        let choices = ada.autocomplete("news", json!({ option: typed }), option).await.unwrap();
        choices.into_iter().map(|choice| choice.name).collect::<Vec<_>>()
    };
    assert_eq!(names("topic", "").await, ["Rust", "AI"], "heaviest first");
    assert_eq!(names("topic", "artif").await, ["AI"]);
    assert_eq!(names("type", "").await, ["article"]);
    assert_eq!(names("source", "the").await, ["The Source"]);
    assert!(names("source", "zzzz").await.is_empty());
}

#[tokio::test]
async fn autocomplete_keeps_to_25_choices_of_100_characters() {
    let long = "Wide ".repeat(40);
    let files: Vec<(String, String)> = (0..40)
        .map(|number| {
            (format!("{number}.md"), article(&format!("Story {number}"), &format!("{long}{number}"), 1, ""))
        })
        .collect();
    let bot = Bot::with_files(&borrowed(&files)).await;
    let choices = bot.ada().autocomplete("news", json!({ "topic": "wide" }), "topic").await.unwrap();
    assert!(!choices.is_empty() && choices.len() <= 25);
    let value = choices[0].value.as_str().unwrap();
    let answer = bot.ada().command("news", json!({ "topic": value })).await.unwrap();
    assert_eq!(answer.embeds().len(), 1, "{}", answer.content());
}

#[tokio::test]
async fn empty_answers_help() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let ada = bot.ada();
    let nothing = ada.command("news", json!({ "topic": "rust", "since": "week" })).await.unwrap();
    assert!(nothing.is_ephemeral());
    assert!(
        nothing.content().starts_with("Nothing found: **Rust** · the last 7 days."),
        "{}",
        nothing.content()
    );
    let wider = ada.press(&nothing, "Any time (1)").await.unwrap();
    assert_eq!(titles(&wider), ["Old story"]);
    let unknown = ada.command("news", json!({ "topic": "gardening" })).await.unwrap();
    assert!(
        unknown.is_ephemeral()
            && unknown.content().contains("There is no topic “gardening”. Similar topics:")
    );
    let chosen = ada.press(&unknown, "AI").await.unwrap();
    assert_eq!(chosen.embeds().len(), 5);
}

#[tokio::test]
async fn an_empty_collection_is_said_so() {
    let bot = Bot::with_files(&[]).await;
    let answer = bot.ada().command("news", json!({})).await.unwrap();
    assert!(answer.is_ephemeral());
    assert!(answer.content().contains("no articles to show yet"), "{}", answer.content());
}

#[tokio::test]
async fn hostile_text_is_shown_as_text_and_mentions_nobody() {
    let hostile = article("X", "AI", 5, "")
        .replace("\"X\"", "\"\\u202e@everyone **bold** [x](https://evil.example)\"")
        .replace("About x.", "\"<script>alert(1)</script><@1> https://evil.example `x`\"");
    let bot = Bot::with_files(&[("x.md", &hostile)]).await;
    let answer = bot.ada().command("news", json!({ "topic": "@everyone" })).await.unwrap();
    assert!(answer.content().contains(r"“\@everyone”"), "{}", answer.content());
    let answer = bot.ada().command("news", json!({})).await.unwrap();
    assert_eq!(titles(&answer), [r"\@everyone \*\*bold\*\* \[x\]\(https\://evil\.example\)"]);
    assert_eq!(answer.embeds()[0]["description"], r"\<\@1\> https\://evil\.example \`x\`");
    assert_eq!(answer.message()["mentions"], json!([]));
}

#[tokio::test]
async fn one_story_is_one_card_that_names_the_other_sources() {
    let from = |title: &str, source: &str, heat| {
        let text = article(title, "AI", heat, "").replace("The Source", source);
        text.replace(&format!("/{}", title.to_lowercase()), "/same?utm_source=x")
    };
    let bot =
        Bot::with_files(&[("a.md", &from("First", "BBC", 5)), ("b.md", &from("Second", "Reuters", 9))]).await;
    let answer = bot.ada().command("news", json!({})).await.unwrap();
    assert_eq!(titles(&answer), ["Second"]);
    let description = answer.embeds()[0]["description"].as_str().unwrap();
    assert!(description.ends_with("\nAlso covered by BBC"), "{description}");
}

#[tokio::test]
async fn odd_interactions_are_answered_or_left_without_harm() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let ada = bot.ada();
    let first = ada.command("news", json!({})).await.unwrap();
    let press = |custom_id: &str| json!({ "type": 3, "message": { "id": first.message()["id"] }, "data": { "component_type": 2, "custom_id": custom_id } });
    for custom_id in ["x", "news1.!", "news9.AAAAAAAAAAA", "topics1.AAAAAAAAAAA.99999999999999999999"] {
        let answer = ada.interaction(press(custom_id)).await.unwrap();
        assert!(
            answer.is_ephemeral() && answer.content().contains("another version"),
            "{}",
            answer.content()
        );
    }
    let in_dm = json!({ "type": 2, "guild_id": null, "data": { "id": "1", "name": "news", "type": 1 } });
    assert_eq!(ada.interaction(in_dm).await.unwrap().embeds().len(), 5);
    let still_there = ada.command("news", json!({ "topic": "rust" })).await.unwrap();
    assert_eq!(titles(&still_there), ["Old story"]);
}

#[tokio::test]
async fn where_cards_would_vanish_titles_come_as_text() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let without_embed_links =
        json!({ "type": 2, "app_permissions": "2048", "data": { "id": "1", "name": "news", "type": 1 } });
    let answer = bot.ada().interaction(without_embed_links).await.unwrap();
    assert!(answer.embeds().is_empty());
    assert!(
        answer.content().contains("Embed Links") && answer.content().contains("Old story"),
        "{}",
        answer.content()
    );
}

#[tokio::test]
async fn an_answer_that_discord_failed_to_take_is_sent_again() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let fails = |route: &str, kind: FaultKind, count: u32| {
        bot.sandbox.plan_fault(Fault { route: route.to_owned(), kind, count }).unwrap();
    };
    let sent =
        |end: &str| bot.sandbox.requests().iter().filter(|request| request.path.ends_with(end)).count();
    let first_answer = "POST /interactions/*/*/callback";
    let mut expected = 0;
    // After the last one Discord has the answer, and refuses the second one.
    for (kind, failures) in
        [(FaultKind::Status(503), 2), (FaultKind::ResetBefore, 2), (FaultKind::ResetAfter, 1)]
    {
        fails(first_answer, kind, failures);
        let answer = bot.ada().command("news", json!({ "topic": "ai" })).await.unwrap();
        assert_eq!(answer.embeds().len(), 5);
        expected += 1 + usize::try_from(failures).unwrap();
        let is_sent_again = async {
            while sent("/callback") < expected {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, is_sent_again).await.unwrap();
    }
    fails("PATCH /webhooks/*/*/messages/@original", FaultKind::Status(500), 1);
    let answer = bot.mona().command("reload", json!({})).await.unwrap().settled().await.unwrap();
    assert!(answer.content().contains("13 articles"), "{}", answer.content());
    // The deferral was the last first answer.
    assert_eq!((sent("/callback"), sent("/messages/@original")), (expected + 1, 2));
}
