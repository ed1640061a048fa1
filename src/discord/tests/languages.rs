//! Answers of commands whose texts come from the files, in English and in the language for tests.

use super::moderators::{call_in, caller, with_problems};
use super::poster::{World, with_world};
use super::*;
use crate::card::text;
use crate::delivery::desk::Summary;
use crate::discord::permissions::MANAGE_SERVER;
use crate::discord::reply::{CONTENT_CHARACTERS_MAX, LABEL_CHARACTERS_MAX};
use crate::messages::untranslated;

const LANGUAGES: [(&str, &str); 2] = [("english", "en-GB"), ("pseudo", "pseudo")];

/// What is not from the files: the bot's name, the library's word in a list, and the problems of article files.
const ARGUMENTS: [&str; 4] =
    [" and ", "news/", "md", "heat is “\\*hot\\*”, not a whole number; write digits, as 73"];

fn shown(reply: &Reply) -> String {
    let labels: Vec<String> = buttons(reply).into_iter().map(|(label, _)| format!("[{label}]")).collect();
    format!("{}\n{}", reply.content, labels.join(" ")).trim_end().replace(env!("CARGO_PKG_VERSION"), "1.2.3")
}

/// Discord's limits hold, and every text of the language for tests comes from the files.
fn check(locale: &str, reply: &Reply) {
    assert!(text::count(&reply.content) <= CONTENT_CHARACTERS_MAX);
    for (label, _) in buttons(reply) {
        assert!(text::count(&label) <= LABEL_CHARACTERS_MAX, "{label}");
    }
    if locale == "pseudo" {
        let shown = shown(reply);
        assert_eq!(untranslated(&shown, &ARGUMENTS), Vec::<String>::new(), "{shown}");
    }
}

#[tokio::test]
async fn status_and_reload_speak_the_readers_language() {
    for (name, locale) in LANGUAGES {
        let summary = Summary { feeds: 1_234, paused: 1, due: 2, failed: 4, unknown: 1 };
        let (with_feeds, _) = with_world(articles(), World { summary, ..World::default() });
        let (ill, well) = (with_problems(1_200), with_problems(0));
        let mut answers = Vec::new();
        for (command, state) in [
            ("status", &with_feeds),
            ("status", &ill),
            ("status", &well),
            ("reload", &well),
            ("reload", &well),
        ] {
            let reply = call_in(locale, command, caller(MANAGE_SERVER), state).await;
            check(locale, &reply);
            answers.push(format!("/{command}\n{}", shown(&reply)));
        }
        insta::assert_snapshot!(format!("moderators_{name}"), answers.join("\n\n"));
    }
}

#[tokio::test]
async fn problems_speak_the_readers_language() {
    for (name, locale) in LANGUAGES {
        let state = with_problems(12);
        let status = call_in(locale, "status", caller(MANAGE_SERVER), &state).await;
        let (_, show) = buttons(&status).remove(0);
        let mut pressed = pressed(caller(MANAGE_SERVER), &state);
        pressed.invocation.words = Words::of_locale(locale);
        let page = use_component(&show.unwrap(), &pressed, ServerSettings::default()).await;
        let Answer::Message(page) = page else { panic!() };
        check(locale, &page);
        insta::assert_snapshot!(format!("problems_{name}"), shown(&page));
    }
}

#[tokio::test]
async fn an_answer_without_cards_says_why_in_the_readers_language() {
    let state = state(articles());
    for (_, locale) in LANGUAGES {
        let mut reply = ask(&[("topic", "ai")], &state).await;
        reply.content = String::new();
        reply.rows.clear();
        reply.cards.truncate(1);
        let reply = reply.without_cards(Words::of_locale(locale));
        let note = Reply { content: reply.content.lines().next().unwrap().to_owned(), ..reply };
        check(locale, &note);
    }
}
