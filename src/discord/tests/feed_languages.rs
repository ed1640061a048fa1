//! Answers of `/feed`, in English and in the language for tests.

use super::languages::{LANGUAGES, check_but_for};
use super::moderators::caller;
use super::poster::{NEWS, SERVER, World, data, feed, moderator, report, with_world};
use super::*;
use crate::card::text;
use crate::discord::channel_list::ToldChannel;
use crate::discord::channel_rights::{ADMINISTRATOR, ChannelFacts};
use crate::discord::permissions::MANAGE_SERVER;
use crate::discord::reply::CHOICE_CHARACTERS_MAX;
use crate::feed::{Feed, FeedStatus};
use crate::messages::{Language, untranslated};

fn in_locale(locale: &str, kind: u8, data: Value) -> CommandInteraction {
    let mut interaction = interaction(kind, data);
    locale.clone_into(&mut interaction.locale);
    interaction
}

/// Uses `/feed` as a moderator whose Discord has this locale.
async fn ask_in(locale: &str, subcommand: &str, options: &Value, look: Look, state: &State) -> Reply {
    let interaction = in_locale(locale, 2, data("feed", Some(subcommand), options, None));
    let looks = Looks(look);
    let (command, invocation) = invocation(moderator(), &interaction, &looks, state);
    command.answer(&invocation, no_settings()).await
}

/// The choices that such a moderator gets.
async fn names_in(locale: &str, subcommand: &str, option: &str, typed: &str, state: &State) -> Vec<String> {
    let options = json!({ option: typed });
    let interaction = in_locale(locale, 4, data("feed", Some(subcommand), &options, Some(option)));
    let (command, invocation) = invocation(moderator(), &interaction, &NOTHING_THERE, state);
    command.choices(&invocation, no_settings()).await.into_iter().map(|choice| choice.name).collect()
}

fn seen() -> Look {
    Look::Seen(ChannelFacts {
        id: NEWS,
        server: Some(SERVER),
        kind: 0,
        name: "news".into(),
        rights: ADMINISTRATOR,
        parent: None,
        requires_tag: false,
        tags: Vec::new(),
    })
}

fn two_feeds() -> World {
    World { reports: [1, 2].map(|id| report(feed(id, |_| ()))).to_vec(), ..World::default() }
}

#[tokio::test]
async fn refusals_of_options_speak_the_readers_language() {
    let wrong = json!({
        "channel": "500", "topic": "gardening", "type": "vidoe", "min_quality": -1, "min_heat": 1_000_001,
        "max_age_days": 3_651, "mention": "100", "max_per_hour": 0, "quiet_hours": "late", "timezone": "Berlin",
        "digest": "weekly", "crosspost": true, "backfill": 11, "clear": "everything"
    });
    let gone = format!("hash64:{}", article_format::hash_to_text(7));
    let empty_hours = json!({ "channel": "515", "thread": true, "quiet_hours": "10:00-10:00" });
    let mention = json!({ "channel": "500", "mention": "7" });
    let cases = [
        ("add", wrong, seen()),
        ("add", empty_hours, seen()),
        ("add", json!({ "channel": "500", "topic": gone, "type": gone }), seen()),
        ("add", json!({ "channel": "502" }), seen()),
        ("add", json!({ "channel": "500" }), Look::Gone),
        ("add", json!({ "channel": "500" }), Look::Elsewhere),
        ("add", json!({ "channel": "505" }), Look::Unknown("no answer".into())),
        ("add", mention, seen()),
        ("edit", json!({ "feed": "1", "clear": "mention", "mention": "9" }), seen()),
        ("edit", json!({ "feed": "3", "min_quality": 1 }), seen()),
        ("pause", json!({ "feed": "news" }), seen()),
    ];
    let arguments = [
        "gardening",
        "vidoe",
        "video",
        "AI",
        "Rust",
        "late",
        "Berlin",
        "weekly",
        "everything",
        "news",
        " and ",
    ];
    for (name, locale) in LANGUAGES {
        let (state, world) = with_world(articles(), two_feeds());
        state.channel_list().note(SERVER, [ToldChannel { id: NEWS, name: "news", kind: 0 }]);
        let mut answers = Vec::new();
        for (subcommand, options, look) in &cases {
            answers.push(ask_in(locale, subcommand, options, look.clone(), &state).await);
        }
        world.lock().unwrap().reports.clear();
        state.replace(Collection::default());
        let unknown = json!({ "channel": "500", "topic": "AI", "type": "video" });
        answers.push(ask_in(locale, "add", &unknown, seen(), &state).await);
        state.channel_list().note(SERVER, [ToldChannel { id: NEWS, name: "news", kind: 0 }]);
        answers.push(
            ask_in(
                locale,
                "add",
                &json!({ "channel": "500", "mention": "9" }),
                Look::Unknown("x".into()),
                &state,
            )
            .await,
        );
        answers.push(ask_in(locale, "pause", &json!({ "feed": "1" }), seen(), &state).await);
        for answer in &answers {
            check_but_for(locale, answer, &arguments);
        }
        assert_eq!(world.lock().unwrap().done, Vec::<String>::new());
        let answers: Vec<String> = answers.into_iter().map(|answer| answer.content).collect();
        insta::assert_snapshot!(format!("feed_refusals_{name}"), answers.join("\n\n"));
    }
}

#[tokio::test]
async fn choices_speak_the_readers_language_and_keep_to_the_limit() {
    let long = |number: u8| Some(format!("{} {number}", "Long name ".repeat(9)).into());
    let longest = Feed {
        status: FeedStatus::PausedByModerator,
        channel: 501,
        ..feed(i64::MAX, |settings| (settings.rules.topic, settings.rules.kind) = (long(1), long(2)))
    };
    let short = feed(1, |settings| settings.rules.topic = Some("AI".into()));
    let nameless = Feed { channel: 9, ..feed(2, |_| ()) };
    let reports = [short, nameless, longest].map(report).to_vec();
    let (state, _) = with_world(articles(), World { reports, ..World::default() });
    let channel = "c".repeat(100);
    let names = [(NEWS, "news"), (501, channel.as_str())];
    state.channel_list().note(SERVER, names.map(|(id, name)| ToldChannel { id, name, kind: 0 }));
    let arguments = [&channel[..38], "news", "Long name", "AI", "Rust", "article", "video", "Long"];
    for (name, locale) in LANGUAGES {
        let mut offered = Vec::new();
        for (option, typed) in [
            ("feed", ""),
            ("topic", ""),
            ("type", ""),
            ("quiet_hours", ""),
            ("digest", ""),
            ("digest", "18:30"),
        ] {
            offered.extend(names_in(locale, "edit", option, typed, &state).await);
        }
        for name in &offered {
            assert!((1..=CHOICE_CHARACTERS_MAX).contains(&text::count(name)), "{name}");
            assert!(locale != "pseudo" || untranslated(name, &arguments).is_empty(), "{name}");
        }
        insta::assert_snapshot!(format!("feed_choices_{name}"), offered.join("\n"));
    }
    // The words of the language find a feed and its choices, and so do the values.
    let pseudo = names_in("pseudo", "edit", "digest", "", &state).await;
    for typed in [pseudo[2].as_str(), "hourly"] {
        assert_eq!(names_in("pseudo", "edit", "digest", typed, &state).await, pseudo[2..3], "{typed}");
    }
    let any = names_in("pseudo", "edit", "topic", "", &state).await.remove(0);
    for typed in [any.as_str(), "none"] {
        assert_eq!(names_in("pseudo", "edit", "topic", typed, &state).await, [any.as_str()], "{typed}");
    }
}

#[test]
fn the_definition_comes_from_the_files() {
    fn collect(value: &Value, texts: &mut Vec<String>) {
        texts.extend(value["description"].as_str().map(str::to_owned));
        let choices = value["choices"].as_array().into_iter().flatten();
        texts.extend(choices.filter_map(|choice| choice["name"].as_str()).map(str::to_owned));
        for option in value["options"].as_array().into_iter().flatten() {
            collect(option, texts);
        }
    }
    let command = serenity::builder::CreateCommand::new("feed");
    let definition = (commands::feed::COMMAND.definition)(command, Words::of(Language::Pseudo));
    let mut texts = Vec::new();
    collect(&serde_json::to_value(definition).unwrap(), &mut texts);
    assert_eq!(texts.len(), 43);
    for text in texts {
        assert_eq!(untranslated(&text, &[]), Vec::<String>::new(), "{text}");
    }
}

#[tokio::test]
async fn refusals_of_members_speak_the_readers_language() {
    let state = state(articles());
    for (name, locale) in LANGUAGES {
        let mut answers = Vec::new();
        for (caller, settings) in [
            (Caller::direct(ADA), Ok(ServerSettings::default())),
            (caller(0), Ok(ServerSettings::default())),
            (caller(0), Err("no answer".to_owned())),
            (caller(MANAGE_SERVER), Ok(ServerSettings::default())),
        ] {
            let interaction = in_locale(locale, 2, data("feed", Some("unknown"), &json!({}), None));
            let (command, invocation) = invocation(caller, &interaction, &NOTHING_THERE, &state);
            let reply = command.answer(&invocation, std::future::ready(settings)).await;
            check_but_for(locale, &reply, &[]);
            answers.push(reply.content);
        }
        insta::assert_snapshot!(format!("members_{name}"), answers.join("\n"));
    }
}
