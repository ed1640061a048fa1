//! Answers of `/feed`, in English and in the language for tests.

use super::feed_list::troubled;
use super::languages::{LANGUAGES, check_but_for, shown as in_full};
use super::moderators::caller;
use super::worker::{GUILD, NEWS, World, data, details, feed, moderator, report, with_world};
use super::*;
use crate::card::text;
use crate::delivery::desk::PostReport;
use crate::delivery::record::{DeliveryDetails, DeliveryId, DeliveryState, FollowUp};
use crate::delivery::send::Place;
use crate::discord::channel_list::GatewayChannel;
use crate::discord::channel_permissions::{ADMINISTRATOR, ChannelFacts};
use crate::discord::commands::feed::list::{DeliveryDecision, WithdrawalsDecision};
use crate::discord::commands::feed::words::{feed_note, post_note};
use crate::discord::moderators::MANAGE_GUILD;
use crate::discord::reply::CHOICE_CHARACTERS_MAX;
use crate::feed::{Feed, FeedId, FeedStatus};
use crate::ids::MessageId;
use crate::messages::{Language, untranslated};

pub(super) fn in_locale(locale: &str, kind: u8, data: Value) -> CommandInteraction {
    let mut interaction = interaction(kind, data);
    locale.clone_into(&mut interaction.locale);
    interaction
}

/// Uses `/feed` as a moderator whose Discord has this locale.
pub(super) async fn ask_in(
    locale: &str,
    subcommand: &str,
    options: &Value,
    lookup: ChannelLookup,
    state: &State,
) -> Reply {
    let interaction = in_locale(locale, 2, data("feed", Some(subcommand), options, None));
    let looks = Looks(lookup);
    let (command, invocation) = invocation(moderator(), &interaction, &looks, state);
    command.answer(&invocation, no_settings()).await
}

/// Presses a button as such a moderator.
pub(super) async fn press_in(locale: &str, id: &CustomId, state: &State) -> Answer {
    let mut pressed = pressed(moderator(), state);
    pressed.invocation.words = Words::of_locale(locale);
    use_component(id, &pressed, GuildCommandSettings::default()).await
}

/// The choices that such a moderator gets.
async fn names_in(locale: &str, subcommand: &str, option: &str, typed: &str, state: &State) -> Vec<String> {
    let options = json!({ option: typed });
    let interaction = in_locale(locale, 4, data("feed", Some(subcommand), &options, Some(option)));
    let (command, invocation) = invocation(moderator(), &interaction, &NOTHING_THERE, state);
    command.choices(&invocation, no_settings()).await.into_iter().map(|choice| choice.name).collect()
}

fn seen() -> ChannelLookup {
    ChannelLookup::Found(ChannelFacts {
        id: NEWS,
        guild: Some(GUILD),
        kind: 0,
        name: "news".into(),
        permissions: ADMINISTRATOR,
        parent: None,
        is_locked: false,
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
        "digest": "monthly", "crosspost": true, "backfill": 11, "clear": "everything"
    });
    let gone = format!("hash64:{}", article_format::hash_to_text(7));
    let empty_hours = json!({ "channel": "515", "thread": true, "quiet_hours": "10:00-10:00" });
    let mention = json!({ "channel": "500", "mention": "7" });
    let cases = [
        ("add", wrong, seen()),
        ("add", empty_hours, seen()),
        ("add", json!({ "channel": "500", "topic": gone, "type": gone }), seen()),
        ("add", json!({ "channel": "502" }), seen()),
        ("add", json!({ "channel": "500" }), ChannelLookup::Gone),
        ("add", json!({ "channel": "500" }), ChannelLookup::Elsewhere),
        ("add", json!({ "channel": "505" }), ChannelLookup::Unknown("no answer".into())),
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
        "monthly",
        "everything",
        "news",
        " and ",
    ];
    for (name, locale) in LANGUAGES {
        let (state, world) = with_world(articles(), two_feeds());
        state.channel_list().note(GUILD, [GatewayChannel { id: NEWS, name: "news", kind: 0 }]);
        let mut answers = Vec::new();
        for (subcommand, options, lookup) in &cases {
            answers.push(ask_in(locale, subcommand, options, lookup.clone(), &state).await);
        }
        world.lock().unwrap().reports.clear();
        state.replace(Collection::default());
        let unknown = json!({ "channel": "500", "topic": "AI", "type": "video" });
        answers.push(ask_in(locale, "add", &unknown, seen(), &state).await);
        state.channel_list().note(GUILD, [GatewayChannel { id: NEWS, name: "news", kind: 0 }]);
        answers.push(
            ask_in(
                locale,
                "add",
                &json!({ "channel": "500", "mention": "9" }),
                ChannelLookup::Unknown("x".into()),
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
        channel: ChannelId(501),
        ..feed(i64::MAX, |settings| (settings.rules.topic, settings.rules.kind) = (long(1), long(2)))
    };
    let short = feed(1, |settings| settings.rules.topic = Some("AI".into()));
    let nameless = Feed { channel: ChannelId(9), ..feed(2, |_| ()) };
    let reports = [short, nameless, longest].map(report).to_vec();
    let (state, _) = with_world(articles(), World { reports, ..World::default() });
    let channel = "c".repeat(100);
    let names = [(NEWS, "news"), (ChannelId(501), channel.as_str())];
    state.channel_list().note(GUILD, names.map(|(id, name)| GatewayChannel { id, name, kind: 0 }));
    let arguments =
        [&channel[..38], "The Source", "news", "Long name", "AI", "Rust", "article", "video", "Long"];
    for (name, locale) in LANGUAGES {
        let mut offered = Vec::new();
        for (option, typed) in [
            ("feed", ""),
            ("topic", ""),
            ("type", ""),
            ("source", ""),
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
    assert_eq!(texts.len(), 60);
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
            (Caller::direct(ADA), Ok(GuildCommandSettings::default())),
            (caller(0), Ok(GuildCommandSettings::default())),
            (caller(0), Err("no answer".to_owned())),
            (caller(MANAGE_GUILD), Ok(GuildCommandSettings::default())),
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

#[tokio::test]
async fn changes_of_feeds_speak_the_readers_language() {
    let all = json!({
        "channel": "505", "topic": "AI", "type": "video", "min_quality": 0, "min_heat": 5, "max_age_days": 1,
        "mention": "9", "max_per_hour": 1, "quiet_hours": "22:00-07:00", "timezone": "Europe/Berlin",
        "digest": "daily", "thread": true, "crosspost": true, "backfill": 1
    });
    let hourly = json!({ "channel": "500", "max_age_days": 0, "digest": "hourly", "backfill": 2 });
    let arguments = ["AI", "video", "Europe/Berlin", "UTC", "https://discord.com/channels/"];
    for (name, locale) in LANGUAGES {
        let (state, world) = with_world(articles(), World::default());
        let mut answers = Vec::new();
        for pending_backfill in [None, Some(1)] {
            world.lock().unwrap().pending_backfill = pending_backfill;
            for options in [&json!({ "channel": "500" }), &all, &hourly] {
                answers.push(ask_in(locale, "add", options, seen(), &state).await);
            }
        }
        for options in [
            json!({ "feed": "1" }),
            json!({ "feed": "1", "min_quality": 1 }),
            json!({ "feed": "1", "min_quality": 1, "backfill": 1 }),
            json!({ "feed": "1", "min_quality": 1, "backfill": 2 }),
        ] {
            answers.push(ask_in(locale, "edit", &options, seen(), &state).await);
        }
        for change in ["pause", "resume", "remove", "test"] {
            answers.push(ask_in(locale, change, &json!({ "feed": "1" }), seen(), &state).await);
        }
        let without_feeds = super::state(articles());
        answers.push(ask_in(locale, "list", &json!({}), seen(), &without_feeds).await);
        for answer in &answers {
            check_but_for(locale, answer, &arguments);
        }
        let answers: Vec<String> = answers.into_iter().map(|answer| answer.content).collect();
        insta::assert_snapshot!(format!("feed_changes_{name}"), answers.join("\n\n"));
    }
}

#[tokio::test]
async fn the_list_and_its_buttons_speak_the_readers_language() {
    let arguments = ["Is it", "there", "It is not", "It stays", "Story", "AI", "No way"];
    for (name, locale) in LANGUAGES {
        let mut world = troubled();
        let stays = details(23, DeliveryState::Failed, "It stays");
        world.open.push(DeliveryDetails { message: Some(MessageId(9)), ..stays });
        world.reports[1].withheld = 1;
        let more = (30..40).map(|id| details(id, DeliveryState::Failed, "Story"));
        world.open.extend(more);
        let (state, world) = with_world(articles(), world);
        let list = ask_in(locale, "list", &json!({}), seen(), &state).await;
        check_but_for(locale, &list, &arguments);
        let mut shown = vec![in_full(&list)];
        let delivery = |id, is_resent| DeliveryDecision { delivery: DeliveryId(id), is_resent, page: 0 }.id();
        let withdrawals = |id, are_done| WithdrawalsDecision { feed: FeedId(id), are_done, page: 0 }.id();
        for id in [
            delivery(21, true),
            delivery(21, true),
            delivery(22, false),
            delivery(23, true),
            withdrawals(4, true),
            withdrawals(2, false),
            withdrawals(2, false),
        ] {
            let Answer::Update(page) = press_in(locale, &id, &state).await else { panic!() };
            check_but_for(locale, &page, &arguments);
            shown.push(page.content.lines().next().unwrap().to_owned());
        }
        {
            let mut one = world.lock().unwrap();
            one.open.clear();
            one.reports.truncate(1);
            one.reports[0].withdrawn = 3;
        }
        let list = ask_in(locale, "list", &json!({}), seen(), &state).await;
        check_but_for(locale, &list, &arguments);
        shown.push(list.content);
        insta::assert_snapshot!(format!("feed_list_{name}"), shown.join("\n\n"));
    }
}

#[test]
fn the_notes_on_posts_come_from_the_files() {
    let at = "2026-06-15T12:00:00Z".parse().unwrap();
    let post = |discussion, crosspost, count| PostReport {
        feed: FeedId(3),
        place: Place { channel: NEWS, message: MessageId(9) },
        sent_at: at,
        edited_at: (count > 0).then_some(at),
        stories: 2,
        withdrawn: count,
        withheld: count,
        refused: count,
        discussion,
        crosspost,
    };
    let posts = [
        post(FollowUp::Unwanted, FollowUp::Unwanted, 0),
        post(FollowUp::Due, FollowUp::Due, 1),
        post(FollowUp::Done, FollowUp::Done, 2),
        post(FollowUp::Refused, FollowUp::Refused, 0),
    ];
    let in_language = |words| posts.each_ref().map(|post| post_note(post, words)).join("\n");
    insta::assert_snapshot!(in_language(Words::english()));
    assert_eq!(untranslated(&in_language(Words::of(Language::Pseudo)), &[]), Vec::<String>::new());
}

#[test]
fn the_note_on_a_feed_comes_from_the_files() {
    let in_language = |language| feed_note(&report(feed(3, |_| ())), false, Words::of(language));
    assert_eq!(in_language(Language::English), "Feed **3** · active · 0 due · 3 sent");
    assert_eq!(untranslated(&in_language(Language::Pseudo), &[]), Vec::<String>::new());
}
