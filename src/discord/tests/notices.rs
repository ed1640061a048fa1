//! The messages of reports, in all languages, and their bounds.

use super::feed_list::troubled;
use super::languages::{LANGUAGES, check_but_for, shown};
use super::moderators::problem;
use super::worker::{GUILD, World, details, feed, longest_refusal, report, with_world};
use super::*;
use crate::card::text;
use crate::delivery::desk::FeedReport;
use crate::delivery::reason::DeliveryReason;
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::discord::notices::facts::{LastLook, Scene, gather};
use crate::discord::notices::words::reply;
use crate::discord::operator_guilds::OperatorGuilds;
use crate::discord::reasons;
use crate::discord::reply::{CONTENT_CHARACTERS_MAX, LABEL_CHARACTERS_MAX};
use crate::feed::pause::{PauseReason, Setting, UnreadableSetting};
use crate::feed::{Feed, FeedStatus};
use crate::notices::{Kind, Notice, Subject, Told, next};
use crate::sources::SourceBoard;
use article_sources::runner::SourceStatus;

/// A source whose last success was so many hours ago.
fn source(name: &str, hours: i64, fails: bool) -> SourceStatus {
    let now: jiff::Timestamp = "2026-06-15T12:00:00Z".parse().unwrap();
    SourceStatus {
        name: name.into(),
        last_success: Some(now - jiff::SignedDuration::from_hours(hours)),
        files: 3,
        failure: fails.then(|| ("no answer".into(), 4)),
        moved_to: None,
        is_over: false,
    }
}

/// A guild with each kind of trouble. Its operator is `guild`.
fn ill(world: World, guild: GuildId) -> State {
    let (state, _) = with_world(articles(), world);
    let problems = (0..5).map(problem).collect();
    state.replace(Collection::new(articles(), &[], problems));
    let board = Arc::new(SourceBoard::default());
    board.set_faults(vec!["no answer".to_owned(), "and no more".to_owned()]);
    board.set_sources(vec![source("blog", 24, true), source("late", 23, true), source("good", 1, false)]);
    state.with_sources(board).with_operator_guilds(OperatorGuilds::only([guild]))
}

/// The second look: withdrawals count when they are seen twice.
async fn scene(state: &State) -> Scene {
    let first = gather(state, GUILD, &Told::default(), None).await.unwrap();
    assert!(first.facts.troubles.keys().all(|subject| subject.kind != Kind::Withdrawals));
    gather(state, GUILD, &Told::default(), Some(&LastLook::of(&first))).await.unwrap()
}

#[tokio::test]
async fn withdrawals_are_asked_for_only_when_there_may_be_some() {
    let (state, world) =
        with_world(articles(), World { reports: vec![report(feed(1, |_| ()))], ..World::default() });
    let look = async |told: &Told, last: Option<&LastLook>| {
        let scene = gather(&state, GUILD, told, last).await.unwrap();
        let asked = std::mem::take(&mut world.lock().unwrap().views);
        (scene, asked)
    };
    let (scene, asked) = look(&Told::default(), None).await;
    assert_eq!(asked, 1);
    let first = LastLook::of(&scene);
    assert_eq!(look(&Told::default(), Some(&first)).await.1, 0);
    world.lock().unwrap().reports[0].withheld = 7;
    state.replace(Collection::new(articles(), &[], Vec::new()));
    let (scene, asked) = look(&Told::default(), Some(&first)).await;
    assert_eq!((asked, scene.facts.troubles.len()), (1, 0), "seen once");
    let (scene, asked) = look(&Told::default(), Some(&LastLook::of(&scene))).await;
    assert_eq!((asked, scene.facts.troubles.len()), (1, 1));
    let (_, told) = next(&scene.facts, &Told::default(), state.now());
    // After a restart too, until they are over.
    assert_eq!(look(&told, None).await.1, 1);
}

/// Everything is over.
fn recovery(scene: &Scene) -> Notice {
    let mut recovered: Vec<Subject> = scene.facts.well.iter().copied().collect();
    recovered.extend([1, 2].map(|number| Subject { kind: Kind::Problem, number }));
    recovered.push(Subject::source_list());
    Notice { troubles: Vec::new(), recovered }
}

#[tokio::test]
async fn a_report_tells_each_trouble_with_its_remedy_in_the_guilds_language() {
    let state = ill(troubled(), GUILD);
    let scene = scene(&state).await;
    let (notice, told) = next(&scene.facts, &Told::default(), state.now());
    assert_eq!(next(&scene.facts, &told, state.now()).0, None);
    let notice = notice.unwrap();
    let arguments =
        ["blog", "good", "no answer", "Is it", "there", "It is not", "news/", "md", "No way", " and "];
    let problem_text = "heat is “\\*hot\\*”, not a whole number; write digits, as 73";
    for (name, locale) in LANGUAGES {
        let words = Words::of_locale(locale);
        let all = [reply(&notice, &scene, false, words), reply(&recovery(&scene), &scene, false, words)];
        let faults = [
            PauseReason::ChannelUnknown,
            PauseReason::ChannelHidden,
            PauseReason::PermissionsMissing(1 << 11),
            PauseReason::PostingForbidden,
        ];
        let faults =
            faults.map(|fault| Reply::to_asker(reasons::of_notices_fault(&fault, ChannelId(5), words)));
        let mut texts = Vec::new();
        for reply in all.iter().chain(&faults) {
            let known = [&arguments[..], &[problem_text, "settings", "AutoMod"]].concat();
            check_but_for(locale, reply, &known);
            texts.push(shown(reply));
        }
        insta::assert_snapshot!(format!("notices_{name}"), texts.join("\n\n"));
    }
}

#[tokio::test]
async fn faults_of_the_list_of_sources_are_told_once_each_and_when_they_are_gone() {
    let (state, _) = with_world(articles(), World::default());
    let board = Arc::new(SourceBoard::default());
    let state = state.with_sources(Arc::clone(&board));
    let (mut told, mut last) = (Told::default(), None);
    let mut look = async || {
        let scene = gather(&state, GUILD, &told, last.as_ref()).await.unwrap();
        let (notice, later) = next(&scene.facts, &told, state.now());
        (told, last) = (later, Some(LastLook::of(&scene)));
        notice.map(|notice| reply(&notice, &scene, false, Words::english()).content)
    };
    board.set_sources(vec![source("blog", 1, false)]);
    assert_eq!(look().await, None);
    board.set_faults(vec!["line 3: a mistake".to_owned(), "line 4: another one".to_owned()]);
    let first = look().await.unwrap();
    assert!(
        first.contains("it has 2 problems, so the bot uses the last good list") && first.contains("line 3"),
        "{first}"
    );
    assert_eq!(look().await, None, "told once");
    board.set_faults(vec!["line 9: something else".to_owned()]);
    assert!(look().await.unwrap().contains("it has 1 problem"));
    board.set_faults(Vec::new());
    assert_eq!(look().await, None, "it may be wrong again in a moment");
    assert_eq!(
        look().await.as_deref(),
        Some("✅ **List of sources:** it has no problem any more, and the bot uses it.")
    );
    assert_eq!(look().await, None);
    // Without a list there is nothing to say.
    board.set_faults(vec!["line 3: a mistake".to_owned()]);
    assert!(look().await.is_some());
    board.set_faults(Vec::new());
    board.set_sources(Vec::new());
    for _ in 0..3 {
        assert_eq!(look().await, None);
    }
}

#[tokio::test]
async fn elsewhere_neither_files_nor_sources_are_told() {
    let state = ill(World::default(), GuildId(7));
    let scene = scene(&state).await;
    assert_eq!(next(&scene.facts, &Told::default(), state.now()).0, None);
    // What was told while the guild was the operator's is not over.
    let before = ill(World::default(), GUILD);
    let (_, told) = next(&self::scene(&before).await.facts, &Told::default(), state.now());
    assert_eq!(next(&scene.facts, &told, state.now()), (None, told));
}

#[tokio::test]
async fn the_longest_report_fits_into_a_message_and_counts_the_rest() {
    let setting = UnreadableSetting { setting: Setting::PostsPerHour, value: "*why* ".repeat(20).into() };
    let status = FeedStatus::PausedByBoth(PauseReason::SettingsUnreadable(vec![setting; 8]));
    let paused = |id| FeedReport {
        failed: 1,
        withheld: 1_000_000,
        ..report(Feed { status: status.clone(), channel: ChannelId(u64::MAX), ..feed(id, |_| ()) })
    };
    let failed = |id| DeliveryDetails {
        reason: Some(DeliveryReason::WithdrawalRefused(longest_refusal())),
        channel: ChannelId(u64::MAX),
        ..details(id, DeliveryState::Failed, &"*Title* ".repeat(60))
    };
    let reports: Vec<FeedReport> = (i64::MAX - 24..=i64::MAX).map(paused).collect();
    let open: Vec<DeliveryDetails> = (i64::MAX - 24..=i64::MAX).map(failed).collect();
    for world in [
        World { reports: reports.clone(), ..World::default() },
        World { reports: reports[..1].to_vec(), open: open.clone(), ..World::default() },
        World { reports, open, ..World::default() },
    ] {
        let state = ill(world, GUILD);
        let scene = scene(&state).await;
        let (notice, _) = next(&scene.facts, &Told::default(), state.now());
        let notice = notice.unwrap();
        for (_, locale) in LANGUAGES {
            let reply = reply(&notice, &scene, true, Words::of_locale(locale));
            assert!(text::count(&reply.content) <= CONTENT_CHARACTERS_MAX);
            assert!(reply.rows.len() <= 5);
            let buttons = buttons(&reply);
            assert!(buttons.iter().all(|(label, _)| text::count(label) <= LABEL_CHARACTERS_MAX));
            let ids: std::collections::BTreeSet<String> =
                buttons.iter().filter_map(|(_, id)| Some(id.as_ref()?.to_string())).collect();
            assert_eq!(ids.len(), buttons.len());
            let told = reply.content.lines().filter(|line| line.contains("⚠️")).count();
            assert!(told > 0 && told < notice.troubles.len());
            let rest = reply.content.lines().last().unwrap();
            assert!(rest.starts_with('…') && rest.contains("`/feed list`"), "{rest}");
        }
    }
}

#[tokio::test]
async fn a_feed_that_has_to_be_removed_has_no_button_that_resumes_it() {
    for (reason, is_resumable) in [
        (PauseReason::ChannelDeleted, false),
        (PauseReason::ChannelUnknown, false),
        (PauseReason::ChannelKindChanged, false),
        (PauseReason::RoleDeleted, true),
    ] {
        let status = FeedStatus::Paused(reason);
        let reports = vec![report(Feed { status, ..feed(1, |_| ()) })];
        let state = ill(World { reports, ..World::default() }, GuildId(7));
        let scene = scene(&state).await;
        let (notice, _) = next(&scene.facts, &Told::default(), state.now());
        let reply = reply(&notice.unwrap(), &scene, false, Words::english());
        assert_eq!(!buttons(&reply).is_empty(), is_resumable, "{}", reply.content);
    }
}
