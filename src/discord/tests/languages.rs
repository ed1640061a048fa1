//! Answers of commands whose texts come from the files, in English and in the language for tests.

use super::moderators::{call_in, caller, with_problems};
use super::why::{each_explanation, explanations};
use super::worker::{World, data, longest_refusal, moderator, refused, with_world};
use super::*;
use crate::article_key::ArticleKey;
use crate::card::text;
use crate::delivery::desk::{DeskError, PostFailure, ResendFailure, Summary, TestFailure};
use crate::delivery::ledger::LedgerErrorKind;
use crate::delivery::reason::{
    DeliveryReason, FollowUpRefusal, RefusedRequest, SearchFailure, WithdrawalCause,
};
use crate::delivery::wait::{DiscordWait, Wait, WaitReason};
use crate::discord::commands::why::WhyPage;
use crate::discord::moderators::MANAGE_GUILD;
use crate::discord::operator_guilds::OperatorGuilds;
use crate::discord::reasons;
use crate::discord::reply::{CONTENT_CHARACTERS_MAX, LABEL_CHARACTERS_MAX};
use crate::feed::FeedId;
use crate::feed::pause::{PauseReason, Setting, UnreadableSetting};
use crate::messages::untranslated;
use crate::sources::SourceBoard;
use article_format::hash_to_text;
use article_sources::runner::SourceStatus;

/// The name of each language in the names of snapshots, and its locale.
pub(super) const LANGUAGES: [(&str, &str); 7] = [
    ("english", "en-GB"),
    ("german", "de"),
    ("french", "fr"),
    ("spanish", "es-419"),
    ("brazilian_portuguese", "pt-BR"),
    ("japanese", "ja"),
    ("pseudo", "pseudo"),
];

/// What is not from the files: the bot's name, the library's word in a list, and the problems of article files.
const ARGUMENTS: [&str; 4] =
    [" and ", "news/", "md", "heat is “\\*hot\\*”, not a whole number; write digits, as 73"];

pub(super) fn shown(reply: &Reply) -> String {
    let labels: Vec<String> = buttons(reply).into_iter().map(|(label, _)| format!("[{label}]")).collect();
    format!("{}\n{}", reply.content, labels.join(" ")).trim_end().replace(env!("CARGO_PKG_VERSION"), "1.2.3")
}

/// Discord's limits hold, and every text of the language for tests comes from the files.
fn check(locale: &str, reply: &Reply) {
    check_but_for(locale, reply, &ARGUMENTS);
}

pub(super) fn check_but_for(locale: &str, reply: &Reply, arguments: &[&str]) {
    assert!(text::count(&reply.content) <= CONTENT_CHARACTERS_MAX);
    for (label, _) in buttons(reply) {
        assert!(text::count(&label) <= LABEL_CHARACTERS_MAX, "{label}");
    }
    if locale == "pseudo" {
        let shown = shown(reply);
        assert_eq!(untranslated(&shown, arguments), Vec::<String>::new(), "{shown}");
    }
}

#[tokio::test]
async fn status_and_reload_speak_the_readers_language() {
    for (name, locale) in LANGUAGES {
        let summary = Summary { feeds: 1_234, paused: 1, due: 2, failed: 4, unknown: 1 };
        let (with_feeds, _) = with_world(articles(), World { summary, ..World::default() });
        let (ill, well) = (with_problems(1_200), with_problems(0));
        let elsewhere = with_problems(3).with_operator_guilds(OperatorGuilds::only([GuildId(1)]));
        let mut answers = Vec::new();
        for (command, state) in [
            ("status", &with_feeds),
            ("status", &ill),
            ("status", &well),
            ("reload", &well),
            ("reload", &well),
            ("status", &elsewhere),
            ("reload", &elsewhere),
        ] {
            let reply = call_in(locale, command, caller(MANAGE_GUILD), state).await;
            check(locale, &reply);
            answers.push(format!("/{command}\n{}", shown(&reply)));
        }
        insta::assert_snapshot!(format!("moderators_{name}"), answers.join("\n\n"));
    }
}

#[tokio::test]
async fn status_lists_the_sources_those_that_failed_first() {
    for (name, locale) in LANGUAGES {
        let board = Arc::new(SourceBoard::default());
        let state = with_problems(0).with_sources(Arc::clone(&board));
        let mut sources = vec![
            SourceStatus { last_success: None, ..source("new") },
            SourceStatus { moved_to: Some("https://moved.example/".into()), files: 1, ..source("moved") },
            SourceStatus { failure: Some(("no answer".into(), 3)), ..source("failed") },
            SourceStatus { failure: Some(("no answer".into(), 1)), last_success: None, ..source("never") },
            SourceStatus { failure: Some(("gone".into(), 1)), is_over: true, ..source("over") },
        ];
        sources.extend((0..7).map(|number| source(&format!("good-{number}"))));
        board.set_sources(sources);
        board.set_faults(vec!["sources.yaml:1:1: wrong".to_owned(); 2]);
        let reply = call_in(locale, "status", caller(MANAGE_GUILD), &state).await;
        let arguments = [
            "new",
            "moved",
            "failed",
            "never",
            "over",
            "gone",
            "no answer",
            "good",
            "https",
            "example",
            "sources",
            "yaml",
            "wrong",
        ];
        check_but_for(locale, &reply, &[&ARGUMENTS[..], &arguments].concat());
        insta::assert_snapshot!(format!("sources_{name}"), shown(&reply));
    }
}

fn source(name: &str) -> SourceStatus {
    SourceStatus {
        name: name.into(),
        last_success: Some("2026-06-15T12:00:00Z".parse().unwrap()),
        files: 120,
        failure: None,
        moved_to: None,
        is_over: false,
    }
}

#[tokio::test]
async fn problems_speak_the_readers_language() {
    for (name, locale) in LANGUAGES {
        let state = with_problems(12);
        let status = call_in(locale, "status", caller(MANAGE_GUILD), &state).await;
        let (_, show) = buttons(&status).remove(0);
        let mut pressed = pressed(caller(MANAGE_GUILD), &state);
        pressed.invocation.words = Words::of_locale(locale);
        let page = use_component(&show.unwrap(), &pressed, GuildCommandSettings::default()).await;
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

#[tokio::test]
async fn why_speaks_the_readers_language() {
    let arguments = [
        "Title of",
        "ai",
        "news/other",
        "story",
        "https://discord.com/channels/",
        "Rust",
        "course",
        "article",
        "No way",
        " and ",
    ];
    for (name, locale) in LANGUAGES {
        let explanations = explanations(each_explanation());
        let (state, _) = with_world(articles(), World { explanations, ..World::default() });
        let mut pressed = pressed(moderator(), &state);
        pressed.invocation.words = Words::of_locale(locale);
        let mut next = WhyPage { article: ArticleKey::of("ai-1"), page: 0 }.id();
        let mut pages = Vec::new();
        loop {
            let shown_page = use_component(&next, &pressed, GuildCommandSettings::default()).await;
            let Answer::Update(reply) = shown_page else { panic!() };
            check_but_for(locale, &reply, &arguments);
            pages.push(shown(&reply));
            let Some((_, Some(further))) = buttons(&reply).pop() else { break };
            next = further;
        }
        insta::assert_snapshot!(format!("why_{name}"), pages.join("\n\n"));
    }
}

#[tokio::test]
async fn what_why_cannot_find_is_reported_in_the_readers_language() {
    for (_, locale) in LANGUAGES {
        let (state, _) = with_world(articles(), World::default());
        let gone = format!("hash64:{}", hash_to_text(5));
        for typed in ["typed", "ai-1", gone.as_str()] {
            let interaction = interaction(2, data("why", None, &json!({ "article": typed }), None));
            let (command, mut invocation) = invocation(moderator(), &interaction, &NOTHING_THERE, &state);
            invocation.words = Words::of_locale(locale);
            let reply = command.answer(&invocation, no_settings()).await;
            check_but_for(locale, &reply, &["typed"]);
        }
    }
}

/// A reason in a list, in the longer language for tests. An item of a list holds two.
const REASON_CHARACTERS_MAX: usize = 700;

fn pauses() -> Vec<PauseReason> {
    let unreadable = |setting| UnreadableSetting { setting, value: "*7*".repeat(40).into() };
    vec![
        PauseReason::ChannelDeleted,
        PauseReason::RoleDeleted,
        PauseReason::SettingsUnreadable(
            [Setting::ChannelKind, Setting::MaxAge, Setting::PostsPerHour, Setting::QuietHours]
                .map(unreadable)
                .into(),
        ),
        PauseReason::SettingsUnreadable(
            [Setting::TimeZone, Setting::Digest, Setting::Backfill, Setting::Status].map(unreadable).into(),
        ),
        PauseReason::RowUnreadable(7),
        PauseReason::ChannelUnknown,
        PauseReason::NotInGuild,
        PauseReason::ChannelHidden,
        PauseReason::PermissionsMissing(u64::MAX),
        PauseReason::PostingForbidden,
        PauseReason::ChangingForbidden,
        PauseReason::ChangingForumPostsForbidden,
        PauseReason::ChannelKindChanged,
        PauseReason::NoTagAllowed,
        PauseReason::NoTagMatches,
        PauseReason::ThreadLocked,
        PauseReason::Unknown("a code".into()),
    ]
}

/// One refusal of each kind, the longest first.
fn refusals() -> Vec<RefusedRequest> {
    let of_code = |code| RefusedRequest { code, ..refused() };
    let codes = [10_008, 20_009, 200_000, 200_001, 240_000, 50_006, 50_083, 160_005];
    let mut refusals = vec![
        RefusedRequest { code: 50_035, ..longest_refusal() },
        RefusedRequest { said: String::new(), ..refused() },
    ];
    refusals.extend(codes.map(of_code));
    refusals
}

fn delivery_reasons() -> Vec<DeliveryReason> {
    let follow_ups = [
        FollowUpRefusal::ThreadsForbidden,
        FollowUpRefusal::CrosspostsForbidden,
        FollowUpRefusal::ThreadDeletionForbidden,
        FollowUpRefusal::WrongChannelKind,
        FollowUpRefusal::Refused(longest_refusal()),
    ];
    let failures = [
        SearchFailure::HistoryHidden(u64::MAX),
        SearchFailure::TooManyMessages,
        SearchFailure::ForumPostDeleted,
        SearchFailure::Paused(PauseReason::ChangingForumPostsForbidden),
        SearchFailure::Refused(longest_refusal()),
    ];
    let mut reasons: Vec<DeliveryReason> = refusals().into_iter().map(DeliveryReason::PostRefused).collect();
    reasons.push(DeliveryReason::WithdrawalRefused(longest_refusal()));
    reasons.push(DeliveryReason::CorrectionRefused(longest_refusal()));
    reasons.extend(follow_ups.map(DeliveryReason::FollowUpRefused));
    reasons.extend(failures.map(DeliveryReason::Unconfirmed));
    reasons.extend(
        [WithdrawalCause::FileHides, WithdrawalCause::FileGone, WithdrawalCause::MessageDeleted]
            .map(DeliveryReason::Withdrawn),
    );
    reasons.push(DeliveryReason::Unknown("a code".into()));
    reasons
}

fn waits() -> Vec<Wait> {
    let of_discord = [
        DiscordWait::NoAnswer,
        DiscordWait::Outage(503),
        DiscordWait::Blocked,
        DiscordWait::TooManyThreads,
        DiscordWait::CrosspostLimit,
        DiscordWait::EditLimit,
        DiscordWait::Limit,
    ];
    let of_database = [
        LedgerErrorKind::Busy,
        LedgerErrorKind::Unreachable,
        LedgerErrorKind::Full,
        LedgerErrorKind::ReadOnly,
        LedgerErrorKind::Damaged,
        LedgerErrorKind::Other,
    ];
    let mut reasons = vec![WaitReason::QuietHours, WaitReason::FullHour, WaitReason::Digest];
    reasons.extend(of_discord.map(WaitReason::Discord));
    reasons.extend(of_database.map(WaitReason::Database));
    reasons
        .into_iter()
        .map(|reason| Wait { until: "2026-06-15T13:00:00Z".parse().unwrap(), reason })
        .collect()
}

fn desk_errors() -> Vec<DeskError> {
    let tests = [
        TestFailure::NoArticle,
        TestFailure::NoPlace,
        TestFailure::Unconfirmed,
        TestFailure::Limited,
        TestFailure::NotNow,
        TestFailure::Paused(PauseReason::ChannelHidden),
        TestFailure::Refused(longest_refusal()),
        TestFailure::WrongToken,
        TestFailure::Picture,
        TestFailure::Deleted,
    ];
    let mut errors = vec![
        DeskError::TooManyFeeds(25),
        DeskError::NoSuchFeed,
        DeskError::ForeignChannel,
        DeskError::NoSuchDelivery,
        DeskError::Database,
        DeskError::Stopping,
        DeskError::NoResend(ResendFailure::FeedPaused(FeedId(7))),
        DeskError::NoResend(ResendFailure::NoArticle),
        DeskError::NoPost(PostFailure::NotVisible),
        DeskError::NoPost(PostFailure::NoLink),
        DeskError::NoPost(PostFailure::Stands),
        DeskError::NoPost(PostFailure::Open),
    ];
    errors.extend(tests.map(DeskError::NoTest));
    errors
}

#[test]
fn every_reason_has_a_bounded_text_in_the_readers_language() {
    let arguments = ["No way", "why", "field"];
    for (name, locale) in LANGUAGES {
        let words = Words::of_locale(locale);
        let mut texts: Vec<String> = pauses().iter().map(|reason| reasons::of_pause(reason, words)).collect();
        texts.extend(delivery_reasons().iter().map(|reason| reasons::of_delivery(reason, words)));
        texts.extend(waits().iter().map(|wait| reasons::of_wait(wait, words)));
        texts.extend(desk_errors().iter().map(|error| reasons::of_desk_error(error, words)));
        for shown in &texts {
            assert!(text::count(shown) <= REASON_CHARACTERS_MAX, "{} {shown}", text::count(shown));
            if locale == "pseudo" {
                // The library has the word for lists.
                let shown = shown.replace(" and ", " ");
                assert_eq!(untranslated(&shown, &arguments), Vec::<String>::new(), "{shown}");
            }
        }
        insta::assert_snapshot!(format!("reasons_{name}"), texts.join("\n"));
    }
}
