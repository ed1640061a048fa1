//! `/feed list` with its buttons, and the feeds in `/status`.

use super::feed_languages::{ask_in, press_in};
use super::languages::LANGUAGES;
use super::worker::{
    NEWS, World, ask, data, details, feed, longest_refusal, moderator, press, refused, report, with_world,
};
use super::*;
use crate::card::text;
use crate::delivery::desk::{FeedReport, Summary};
use crate::delivery::ledger::LedgerErrorKind;
use crate::delivery::reason::DeliveryReason;
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::delivery::wait::{DiscordWait, Wait, WaitReason};
use crate::discord::channel_permissions::EMBED_LINKS;
use crate::discord::commands::feed::list::{DeliveryDecision, FeedListPage, WithdrawalsDecision};
use crate::discord::reply::{CONTENT_CHARACTERS_MAX, Deferral, LABEL_CHARACTERS_MAX};
use crate::feed::pacing::{Digest, QuietHours, Zone};
use crate::feed::pause::{PauseReason, Setting, UnreadableSetting};
use crate::feed::{ChannelKind, Feed, FeedId, FeedStatus};
use crate::ids::MessageId;

async fn list(state: &State) -> Reply {
    ask(data("feed", Some("list"), &json!({}), None), ChannelLookup::Gone, state).await
}

pub(super) fn troubled() -> World {
    let until = "2026-06-15T13:00:00Z".parse().unwrap();
    let well = FeedReport {
        due: 4,
        wait: Some(Wait { until, reason: WaitReason::QuietHours }),
        ..report(feed(1, |settings| settings.rules.topic = Some("AI".into())))
    };
    let paused = Feed { status: FeedStatus::PausedByModerator, channel: ChannelId(501), ..feed(2, |_| ()) };
    let stopped = Feed {
        status: FeedStatus::Paused(PauseReason::PermissionsMissing(EMBED_LINKS)),
        channel: ChannelId(502),
        ..feed(3, |_| ())
    };
    let withheld = FeedReport { withheld: 7, failed: 1, unknown: 1, expired: 2, ..report(feed(4, |_| ())) };
    World {
        reports: vec![well, report(paused), report(stopped), withheld],
        open: vec![
            details(21, DeliveryState::Unknown, "Is it *there*?"),
            details(22, DeliveryState::Failed, "It is not"),
        ],
        ..World::default()
    }
}

#[tokio::test]
async fn troubles_come_first_and_each_has_its_buttons() {
    let (state, _) = with_world(articles(), troubled());
    let shown = list(&state).await;
    insta::assert_snapshot!(shown.content);
    let labels: Vec<String> = buttons(&shown).into_iter().map(|(label, _)| label).collect();
    assert_eq!(
        labels,
        [
            "Withdraw all 7 of feed 4",
            "Keep all 7 of feed 4",
            "Resend “Is it *there*?”",
            "Dismiss “Is it *there*?”",
            "Resend “It is not”",
            "Dismiss “It is not”"
        ]
    );
}

#[tokio::test]
async fn what_discord_would_not_have_taken_back_is_no_post_to_be_sent_again() {
    let mut stands = details(23, DeliveryState::Failed, "It stays");
    (stands.message, stands.reason) =
        (Some(MessageId(9)), Some(DeliveryReason::WithdrawalRefused(refused())));
    let (state, world) = with_world(articles(), World { open: vec![stands], ..World::default() });
    let shown = list(&state).await;
    assert!(
        shown.content.contains("should be withdrawn, but the message is still there. Discord"),
        "{}",
        shown.content
    );
    let Answer::Update(after) = press(&button(&shown, "Withdraw “It stays”"), &state).await else {
        panic!()
    };
    let said = "✅ “It stays” will be withdrawn, if its file still says so.";
    assert!(after.content.starts_with(said), "{}", after.content);
    assert_eq!(world.lock().unwrap().done, ["resend 23"]);
}

#[tokio::test]
async fn a_story_of_a_removed_feed_is_known_for_one() {
    let report = |open| World { reports: troubled().reports, open, ..World::default() };
    let mut orphan = details(24, DeliveryState::Unknown, "Whose?");
    orphan.feed = FeedId(99);
    let (state, _) = with_world(articles(), report(vec![orphan]));
    let shown = list(&state).await;
    assert!(
        shown.content.contains("“Whose?” in <#500>, feed **99** that was removed, <t:"),
        "{}",
        shown.content
    );
    button(&shown, "Resend “Whose?”");
}

#[tokio::test]
async fn a_button_does_what_it_says_and_the_list_follows() {
    let (state, world) = with_world(articles(), troubled());
    let shown = list(&state).await;
    let resend = button(&shown, "Resend “Is");
    let text = resend.to_string();
    let (component, _) = components::find(&text).unwrap();
    assert_eq!(component.deferral(&pressed(moderator(), &state)), Some(Deferral::Update));
    let Answer::Update(after) = press(&resend, &state).await else { panic!() };
    assert!(
        after.content.starts_with(r"✅ “Is it \*there\*?” will be posted in <#500>."),
        "{}",
        after.content
    );
    assert_eq!(buttons(&after).len(), 4);
    // Somebody else was faster.
    let Answer::Update(again) = press(&resend, &state).await else { panic!() };
    assert!(again.content.starts_with("⚠️ This is settled already"), "{}", again.content);
    let Answer::Update(after) = press(&button(&shown, "Dismiss “It"), &state).await else { panic!() };
    assert!(after.content.starts_with("✅ “It is not” stays as it is."), "{}", after.content);
    let Answer::Update(after) = press(&button(&shown, "Keep all"), &state).await else { panic!() };
    assert!(after.content.starts_with("✅ 7 messages of feed **4** stay."), "{}", after.content);
    assert!(buttons(&after).is_empty());
    let Answer::Update(_) = press(&button(&shown, "Withdraw all"), &state).await else { panic!() };
    assert_eq!(
        world.lock().unwrap().done,
        ["resend 21", "resend 21", "dismiss 22", "withdraw 4 false", "withdraw 4 true"]
    );
}

/// The longest that a feed can be.
fn longest(id: i64) -> FeedReport {
    let long = |settings: &mut crate::feed::FeedSettings| {
        settings.rules.topic = Some("*Topic* ".repeat(40).into());
        settings.rules.kind = Some("_type_ ".repeat(40).into());
        settings.rules.quality_min = 1_000_000;
        settings.rules.heat_min = Some(1_000_000);
        settings.rules.max_age_days = 3_650;
        settings.pacing.posts_per_hour_max = 3_600;
        settings.pacing.quiet_hours = Some(QuietHours::parse("22:00-07:00").unwrap());
        settings.pacing.digest = Digest::parse("daily 18:30").unwrap();
        settings.pacing.zone = Zone::parse("America/Argentina/ComodRivadavia").unwrap();
        (settings.mention, settings.opens_thread, settings.crossposts) = (Some(RoleId(u64::MAX)), true, true);
    };
    let setting = UnreadableSetting { setting: Setting::PostsPerHour, value: "*why* ".repeat(20).into() };
    let status = FeedStatus::Paused(PauseReason::SettingsUnreadable(vec![setting; 8]));
    let feed = Feed {
        status,
        channel: ChannelId(u64::MAX),
        channel_kind: ChannelKind::Announcement,
        ..feed(id, long)
    };
    let reason = WaitReason::Database(LedgerErrorKind::Full);
    let count = 1_000_000;
    FeedReport {
        due: count,
        wait: Some(Wait { until: jiff::Timestamp::MAX, reason }),
        sent: count,
        failed: count,
        unknown: count,
        expired: count,
        withheld: count,
        ..report(feed)
    }
}

#[tokio::test]
async fn the_longest_list_fits_into_messages_and_leaves_nothing_out() {
    let long = |id| DeliveryDetails {
        reason: Some(DeliveryReason::WithdrawalRefused(longest_refusal())),
        channel: ChannelId(u64::MAX),
        ..details(id, DeliveryState::Failed, &"*Title* ".repeat(60))
    };
    let reports = (i64::MAX - 24..=i64::MAX).map(longest).collect();
    let open = (i64::MAX - 49..=i64::MAX).map(long).collect();
    let (state, _) = with_world(articles(), World { reports, open, ..World::default() });
    for (_, locale) in LANGUAGES {
        let mut shown = ask_in(locale, "list", &json!({}), ChannelLookup::Gone, &state).await;
        let mut all = Vec::new();
        loop {
            // The outcome of a decision needs the rest.
            let count = text::count(&shown.content);
            assert!(count <= CONTENT_CHARACTERS_MAX - 300, "{count}");
            assert!(shown.rows.len() <= 5);
            let buttons = buttons(&shown);
            assert!(buttons.iter().all(|(label, _)| text::count(label) <= LABEL_CHARACTERS_MAX));
            let ids: Vec<String> =
                buttons.iter().filter_map(|(_, id)| Some(id.as_ref()?.to_string())).collect();
            let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
            assert_eq!(unique.len(), ids.len());
            all.extend(ids);
            let Some((_, Some(next))) = buttons.last() else { break };
            let Answer::Update(further) = press_in(locale, next, &state).await else { panic!() };
            shown = further;
        }
        let count = |tag: &str| all.iter().filter(|id| id.starts_with(tag)).count();
        assert_eq!((count(WithdrawalsDecision::TAG), count(DeliveryDecision::TAG)), (50, 100));
    }
}

#[tokio::test]
async fn a_page_that_is_gone_shows_the_last_and_an_empty_guild_says_what_to_do() {
    let (state, world) = with_world(articles(), troubled());
    let beyond = FeedListPage { page: 9 }.id();
    let Answer::Update(last) = press(&beyond, &state).await else { panic!() };
    assert!(last.content.contains("**4 feeds**"), "{}", last.content);
    *world.lock().unwrap() = World::default();
    assert_eq!(list(&state).await.content, "This server has no feeds yet. Make a feed with `/feed add`.");
}

#[tokio::test]
async fn each_state_has_words() {
    let since = "2026-06-15T11:00:00Z".parse().unwrap();
    let check = async |change: &dyn Fn(&mut FeedReport), expected: &str| {
        let mut one = report(feed(1, |_| ()));
        change(&mut one);
        let (state, _) = with_world(articles(), World { reports: vec![one], ..World::default() });
        let shown = list(&state).await.content;
        assert!(shown.contains(expected), "{expected} in {shown}");
    };
    check(&|one| one.feed.pending_backfill = Some(3), "starts when there are articles and").await;
    check(
        &|one| one.feed.status = FeedStatus::Left { since, before: Box::new(FeedStatus::Active) },
        "The bot left this server <t:1781521200:R>.",
    )
    .await;
    check(
        &|one| one.feed.status = FeedStatus::PausedByBoth(PauseReason::NoTagAllowed),
        "**paused** by a moderator. It also cannot post: This forum requires a tag",
    )
    .await;
    for (reason, words) in [
        (
            WaitReason::FullHour,
            "0 due · The feed has posted as much as its limit for one hour allows. It goes on <t:1781521200:R>.",
        ),
        (WaitReason::Digest, "The next digest comes <t:1781521200:R>."),
        (WaitReason::Discord(DiscordWait::Limit), "The bot goes on <t:1781521200:R>. · 3 sent"),
        (WaitReason::Database(LedgerErrorKind::Busy), "Another program blocks the database of the bot."),
    ] {
        let wait = Wait { until: since, reason };
        check(&move |one| one.wait = Some(wait), words).await;
    }
    check(
        &|one| {
            one.feed.channel_kind = ChannelKind::Forum;
            one.feed.settings.rules.max_age_days = 0;
        },
        &format!("<#{NEWS}> · any topic · quality of 60 or more · any age · at most 10 posts an hour\n"),
    )
    .await;
}

#[tokio::test]
async fn status_tells_of_feeds_troubles_first() {
    let status = async |summary: Summary| {
        let (state, _) = with_world(articles(), World { summary, ..World::default() });
        ask(json!({ "id": "4", "name": "status", "type": 1 }), ChannelLookup::Gone, &state).await.content
    };
    let well = status(Summary { feeds: 3, due: 2, ..Summary::default() }).await;
    assert!(well.starts_with("**Articles:**"), "{well}");
    let counts = "\n**Feeds:** 3 (0 paused). **Posts:** 2 due, 0 failed, 0 unknown.\n";
    assert!(well.contains(counts), "{well}");
    let ill = status(Summary { feeds: 3, paused: 1, due: 2, failed: 4, unknown: 0 }).await;
    let troubles = "⚠️ **Feeds:** 1 feed is paused and 4 posts failed. `/feed list` shows the reasons and what you can do.\n";
    assert!(ill.starts_with(troubles), "{ill}");
}
