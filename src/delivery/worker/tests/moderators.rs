//! The decisions of moderators hold, whatever happens to their feeds meanwhile.

use jiff::SignedDuration;
use tokio::sync::oneshot;

use super::fake::Fault;
use super::simulation::{Bot, CHANNEL, GUILD, hashes, now, posted, story};
use crate::delivery::desk::{DeskError, GuildEvent, Request, TestFailure};
use crate::delivery::ledger::FeedsOf;
use crate::delivery::ledger::tests::execute;
use crate::delivery::record::DeliveryState;
use crate::feed::pacing::{Digest, QuietHours};
use crate::feed::pause::PauseReason;
use crate::feed::{ChannelKind, FEEDS_PER_GUILD_MAX, Feed, FeedId, FeedSettings, FeedStatus, NewFeed};
use crate::ids::{ChannelId, GuildId, RoleId};
use article_format::{Article, Image};

const DAY: i64 = 24 * 3600;

/// A feed with one sent story and one due story, paused by a moderator.
async fn paused() -> Bot {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    let feed = feed(&mut bot).await.id;
    bot.ask(|answer| Request::Pause(GUILD, feed, answer)).await.unwrap();
    bot.articles.push(story(2, now()));
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1]));
    bot
}

pub(super) async fn feed(bot: &mut Bot) -> Feed {
    bot.reports().await.remove(0).feed
}

async fn edit(bot: &mut Bot, backfill: u8, change: impl FnOnce(&mut FeedSettings)) {
    let Feed { id, mut settings, .. } = feed(bot).await;
    change(&mut settings);
    bot.ask(|answer| Request::Edit(GUILD, id, Box::new(settings), backfill, answer)).await.unwrap();
}

#[tokio::test]
async fn a_pause_outlasts_a_refusal_that_comes_to_an_end() {
    for crashes in [false, true] {
        let mut bot = paused().await;
        bot.articles[0].title = "Corrected".into();
        bot.discord.world().script.push_back(Fault::Refused { status: 403, code: 50_013 });
        bot.load().await;
        bot.settle(600).await;
        assert_ne!(feed(&mut bot).await.status, FeedStatus::Active);
        if crashes {
            bot.crash().await;
        }
        bot.tell(GuildEvent::PermissionsChanged(GUILD)).await;
        bot.settle(600).await;
        assert_eq!(posted(&bot), hashes(&[1]), "the moderator has not resumed it");
        assert_eq!(bot.discord.standing(CHANNEL)[0].titles, ["Corrected"], "and corrections go on");
        let id = feed(&mut bot).await.id;
        bot.ask(|answer| Request::Resume(GUILD, id, answer)).await.unwrap();
        bot.settle(60).await;
        assert_eq!(posted(&bot), hashes(&[1, 2]));
    }
}

#[tokio::test]
async fn a_pause_holds_from_its_commit_though_the_worker_has_not_heard_of_it() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    let feed = feed(&mut bot).await.id;
    // As another process does.
    let paused = |feed: &Feed| Feed { status: FeedStatus::PausedByModerator, ..feed.clone() };
    let changed = bot.worker().dependencies.ledger.change_feeds(FeedsOf::Feed(feed), paused).await.unwrap();
    assert_eq!(changed.len(), 1);
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[]), "the claim found the change");
    bot.ask(|answer| Request::Resume(GUILD, feed, answer)).await.unwrap();
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1]));
}

#[tokio::test]
async fn an_edit_that_the_worker_has_not_heard_of_lets_no_old_story_in() {
    for crashes in [false, true] {
        let poor = |number| Article { quality: Some(10), ..story(number, now()) };
        let mut bot = Bot::new((1..5).map(poor).collect()).await;
        bot.add_feed(|_| {}).await;
        bot.settle(60).await;
        let Feed { id, mut settings, .. } = feed(&mut bot).await;
        settings.rules.quality_min = 5;
        let edit =
            bot.service().answer(Request::Edit(GUILD, id, Box::new(settings), 1, oneshot::channel().0));
        edit.await;
        assert!(bot.worker().dependencies.board.takes_change(), "the worker does not hear of it");
        if crashes {
            bot.crash().await;
        }
        bot.articles.push(story(5, now() + SignedDuration::from_secs(2)));
        bot.clock.advance(3);
        bot.load().await;
        bot.settle(60).await;
        assert_eq!(
            posted(&bot),
            hashes(&[5, 4]),
            "crashes: {crashes}; a new story, and the backfill of the edit"
        );
    }
}

#[tokio::test]
async fn a_pause_outlasts_an_absence_from_the_server() {
    for crashes in [false, true] {
        let mut bot = paused().await;
        bot.tell(GuildEvent::GuildLeft(GUILD)).await;
        bot.settle(60).await;
        if crashes {
            bot.crash().await;
        }
        bot.tell(GuildEvent::GuildJoined(GUILD)).await;
        bot.settle(600).await;
        assert_eq!(posted(&bot), hashes(&[1]), "the moderator has not resumed it");
        assert_eq!(feed(&mut bot).await.status, FeedStatus::PausedByModerator);
    }
}

#[tokio::test]
async fn a_feed_whose_role_went_stays_paused_after_an_absence() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| feed.settings.mention = Some(RoleId(5))).await;
    bot.tell(GuildEvent::RoleGone(GUILD, RoleId(5))).await;
    let before = feed(&mut bot).await.status;
    assert!(matches!(before, FeedStatus::Paused(_)));
    bot.tell(GuildEvent::GuildLeft(GUILD)).await;
    bot.tell(GuildEvent::GuildJoined(GUILD)).await;
    assert_eq!(feed(&mut bot).await.status, before);
}

/// A feed that mentions a role, and a post of it that Discord refuses. The worker has not received the
/// refusal yet.
async fn refused_unheard(code: u32) -> Bot {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| feed.settings.mention = Some(RoleId(5))).await;
    bot.discord.world().script.push_back(Fault::Refused { status: 403, code });
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.worker().work().await;
    bot.turns(5).await;
    assert_eq!(bot.discord.world().requests, 1);
    bot
}

#[tokio::test]
async fn a_refusal_that_is_heard_after_the_server_was_left_is_no_return() {
    for pauses in [false, true] {
        let mut bot = refused_unheard(50_001).await;
        if pauses {
            let id = feed(&mut bot).await.id;
            bot.ask(|answer| Request::Pause(GUILD, id, answer)).await.unwrap();
        }
        bot.tell(GuildEvent::GuildLeft(GUILD)).await;
        bot.settle(60).await;
        let left = feed(&mut bot).await.status;
        assert!(matches!(left, FeedStatus::Left { .. }), "{left:?}");
        bot.crash().await;
        assert_eq!(feed(&mut bot).await.status, left);
        bot.tell(GuildEvent::GuildJoined(GUILD)).await;
        bot.settle(600).await;
        assert_eq!(posted(&bot), hashes(if pauses { &[] } else { &[1] }));
    }
}

#[tokio::test]
async fn a_refusal_that_is_heard_after_a_role_went_does_not_hide_that() {
    for leaves in [false, true] {
        let mut bot = refused_unheard(50_013).await;
        bot.tell(GuildEvent::RoleGone(GUILD, RoleId(5))).await;
        if leaves {
            bot.tell(GuildEvent::GuildLeft(GUILD)).await;
        }
        bot.settle(60).await;
        bot.tell(GuildEvent::GuildJoined(GUILD)).await;
        bot.tell(GuildEvent::PermissionsChanged(GUILD)).await;
        bot.settle(600).await;
        assert!(posted(&bot).is_empty(), "it would mention a role that is gone");
        let status = feed(&mut bot).await.status;
        assert!(matches!(status, FeedStatus::Paused(PauseReason::RoleDeleted)), "{status:?}");
    }
}

#[tokio::test]
async fn a_role_that_went_unheard_while_the_bot_was_away_stops_the_feed_that_returns() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| feed.settings.mention = Some(RoleId(5))).await;
    bot.tell(GuildEvent::GuildLeft(GUILD)).await;
    // Events are handled side by side. The guild's roles may come before the list of guilds.
    bot.tell(GuildEvent::RolesAre(GUILD, vec![RoleId(GUILD.0)])).await;
    bot.tell(GuildEvent::GuildsAre(vec![GUILD])).await;
    let status = feed(&mut bot).await.status;
    assert!(matches!(status, FeedStatus::Paused(PauseReason::RoleDeleted)), "{status:?}");
}

#[tokio::test]
async fn posts_are_published_as_long_as_the_channel_is_one_of_announcements() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| feed.settings.crossposts = true).await;
    let kinds = [ChannelKind::Text, ChannelKind::Announcement, ChannelKind::Text];
    for (number, kind) in kinds.into_iter().enumerate() {
        bot.tell(GuildEvent::ChannelsAre(
            GUILD,
            vec![(CHANNEL, kind), (ChannelId(CHANNEL.0 + 1), ChannelKind::Forum)],
        ))
        .await;
        bot.settle(60).await;
        bot.crash().await;
        assert_eq!(feed(&mut bot).await.channel_kind, kind);
        bot.articles.push(story(number, bot.clock.now()));
        bot.load().await;
        bot.settle(60).await;
    }
    let published: Vec<bool> =
        bot.discord.standing(CHANNEL).iter().map(|message| message.is_published).collect();
    assert_eq!((published, bot.discord.world().requests), (vec![false, true, false], 4));
}

#[tokio::test]
async fn feeds_of_a_server_that_was_left_are_kept_for_thirty_days() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.tell(GuildEvent::GuildLeft(GUILD)).await;
    bot.settle(60).await;
    bot.clock.advance(30 * DAY - 120);
    bot.crash().await;
    bot.work(10).await;
    assert_eq!(bot.reports().await.len(), 1);
    bot.clock.advance(120);
    bot.work(10).await;
    assert_eq!(bot.reports().await, []);
    bot.crash().await;
    assert_eq!(bot.reports().await, []);
}

#[tokio::test]
async fn settings_that_cannot_be_read_wait_for_a_moderator_whatever_rights_change() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    execute(
        &bot.worker().dependencies.ledger,
        "UPDATE feed SET zone = 'Mars/Olympus_Mons', digest = 'monthly'",
    )
    .await;
    bot.crash().await;
    bot.tell(GuildEvent::PermissionsChanged(GUILD)).await;
    bot.tell(GuildEvent::GuildJoined(GUILD)).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(600).await;
    assert!(posted(&bot).is_empty(), "{:?}", feed(&mut bot).await);
}

#[tokio::test]
async fn the_feed_of_the_settings_is_not_one_too_many() {
    let mut bot = Bot::new(Vec::new()).await;
    for _ in 0..FEEDS_PER_GUILD_MAX {
        bot.add_feed(|_| {}).await;
    }
    let settings = feed(&mut bot).await.settings;
    let new = NewFeed {
        guild: GUILD,
        channel: ChannelId(99),
        channel_kind: ChannelKind::Text,
        settings,
        backfill: 0,
    };
    let first = async |bot: &mut Bot| {
        let new = Box::new(new.clone());
        bot.ask(|answer| Request::AddFirst(new, answer)).await.map(|made| made.is_some())
    };
    assert_eq!(first(&mut bot).await, Err(DeskError::TooManyFeeds(FEEDS_PER_GUILD_MAX)));
    bot.ask(|answer| Request::Remove(GUILD, FeedId(1), answer)).await.unwrap();
    assert_eq!(first(&mut bot).await, Ok(true), "it was not made before");
    assert_eq!(first(&mut bot).await, Ok(false), "and is known now, whatever room there is");
}

#[tokio::test]
async fn a_test_is_tried_once_and_says_what_came_of_it() {
    for (fault, expected) in [
        (Fault::LostAfter, TestFailure::Unconfirmed),
        (Fault::Trouble { has_effect: true }, TestFailure::Unconfirmed),
        (Fault::Limited { seconds: 5 }, TestFailure::Limited),
        (Fault::NotSent, TestFailure::NotNow),
    ] {
        let mut bot = Bot::new(vec![story(1, now())]).await;
        bot.add_feed(|_| {}).await;
        bot.settle(60).await;
        bot.discord.world().script.push_back(fault);
        let tested = bot.ask(|answer| Request::Test(GUILD, FeedId(1), answer)).await;
        assert_eq!(tested, Err(DeskError::NoTest(expected)));
        assert_eq!(bot.discord.world().requests, 1);
    }
}

#[tokio::test]
async fn a_picture_that_discord_refuses_is_left_out_of_a_post_and_of_a_test() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    let url = "https://example.com/p.png".into();
    let picture = Some(Image { url, attribution: None });
    bot.articles = vec![Article { picture, ..story(1, now()) }];
    bot.discord.world().script.extend([Fault::FaultyPicture; 2]);
    bot.load().await;
    bot.settle(60).await;
    assert_eq!((posted(&bot), bot.discord.world().requests), (hashes(&[1]), 2));
    bot.discord.world().script.extend([Fault::FaultyPicture; 2]);
    let tested = bot.ask(|answer| Request::Test(GUILD, FeedId(1), answer)).await;
    assert!(tested.is_ok(), "{tested:?}");
    assert_eq!((posted(&bot).len(), bot.discord.world().requests), (2, 4));
}

#[tokio::test]
async fn a_feed_that_becomes_a_digest_waits_for_its_first_time() {
    let mut bot = Bot::new(Vec::new()).await;
    // It is 12:00. No story is posted before 13:00.
    bot.add_feed(|feed| feed.settings.pacing.quiet_hours = QuietHours::parse("11:00-13:00").ok()).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    bot.clock.advance(DAY - 60);
    edit(&mut bot, 0, |settings| {
        settings.pacing.quiet_hours = None;
        settings.pacing.digest = Digest::parse("daily 18:00").unwrap();
    })
    .await;
    bot.settle(3600).await;
    assert!(posted(&bot).is_empty(), "a digest at 18:00 comes at 18:00");
    bot.settle(6 * 3600).await;
    assert_eq!(posted(&bot), hashes(&[1]));
    assert!(bot.clock.now().duration_since(now()) > SignedDuration::from_hours(29));
}

#[tokio::test]
async fn an_edit_before_the_feed_begins_keeps_its_backfill() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    edit(&mut bot, 2, |settings| settings.rules.quality_min = 10).await;
    let before = now() - SignedDuration::from_secs(10);
    bot.articles = (0..5).map(|number| story(number, before)).collect();
    bot.load().await;
    bot.settle(120).await;
    assert_eq!(posted(&bot), hashes(&[4, 3]));
    assert_eq!(bot.states(DeliveryState::Baseline).await, 3);
}

#[tokio::test]
async fn a_feed_in_a_channel_of_another_server_pauses_for_good() {
    for is_left in [false, true] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|_| {}).await;
        let id = feed(&mut bot).await.id;
        if is_left {
            bot.tell(GuildEvent::GuildLeft(GUILD)).await;
        }
        // The channel belongs to another guild than the feed.
        bot.tell(GuildEvent::ChannelsAre(GuildId(GUILD.0 + 1), vec![(CHANNEL, ChannelKind::Text)])).await;
        bot.tell(GuildEvent::GuildJoined(GUILD)).await;
        bot.tell(GuildEvent::PermissionsChanged(GUILD)).await;
        bot.tell(GuildEvent::ChannelGone(GUILD, CHANNEL)).await;
        bot.articles = vec![story(1, now())];
        bot.load().await;
        bot.settle(600).await;
        bot.crash().await;
        bot.settle(600).await;
        assert!(posted(&bot).is_empty());
        let stopped = feed(&mut bot).await;
        assert_eq!(stopped.status, FeedStatus::ForeignChannel);
        let refused = Some(DeskError::ForeignChannel);
        let settings = Box::new(stopped.settings);
        assert_eq!(bot.ask(|answer| Request::Resume(GUILD, id, answer)).await.err(), refused);
        assert_eq!(bot.ask(|answer| Request::Pause(GUILD, id, answer)).await.err(), refused);
        assert_eq!(bot.ask(|answer| Request::Test(GUILD, id, answer)).await.err(), refused);
        assert_eq!(bot.ask(|answer| Request::Edit(GUILD, id, settings, 0, answer)).await.err(), refused);
        bot.ask(|answer| Request::Remove(GUILD, id, answer)).await.unwrap();
        assert_eq!(bot.discord.world().requests, 0);
    }
}

#[tokio::test]
async fn what_happens_in_one_server_concerns_no_feed_of_another() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| feed.settings.mention = Some(RoleId(5))).await;
    bot.tell(GuildEvent::RoleGone(GuildId(GUILD.0 + 1), RoleId(5))).await;
    bot.tell(GuildEvent::ChannelGone(GuildId(GUILD.0 + 1), CHANNEL)).await;
    bot.tell(GuildEvent::RolesAre(GuildId(GUILD.0 + 1), Vec::new())).await;
    assert_eq!(feed(&mut bot).await.status, FeedStatus::Active);
}
