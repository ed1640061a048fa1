//! Memory holds what is open and what is young. Everything else is in the database, and is found there when a reload, a restart or
//! a moderator needs it.

use jiff::SignedDuration;

use super::fake::Fault;
use super::simulation::{Bot, CHANNEL, GUILD, hashes, now, posted, story};
use crate::article_key::ArticleKey;
use crate::delivery::desk::{Explanation, GuildEvent, Request};
use crate::delivery::ledger::tests::execute;
use crate::delivery::record::DeliveryState;
use crate::feed::pause::PauseReason;
use crate::feed::{FeedSettings, FeedStatus};
use crate::ids::ChannelId;
use article_format::ArticleId;
use article_format::address::identities;

const DAY: i64 = 24 * 3600;

fn in_memory(bot: &mut Bot) -> (usize, usize) {
    let states: Vec<_> = bot.worker().channels.values().map(|channel| &channel.state).collect();
    (
        states.iter().map(|state| state.all().count()).sum(),
        states.iter().map(|state| state.posts().count()).sum(),
    )
}

/// A bot with a baseline of ten stories that posted two others so many days ago. The feed has no age limit.
async fn posted_before(days: i64) -> Bot {
    let mut bot = Bot::new((10..20).map(|number| story(number, now())).collect()).await;
    bot.add_feed(|feed| feed.settings.rules.max_age_days = 0).await;
    bot.settle(60).await;
    bot.articles.extend((0..2).map(|number| story(number, bot.clock.now())));
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1, 0]));
    bot.clock.advance(days * DAY);
    bot.load().await;
    bot.settle(60).await;
    bot
}

fn article(bot: &mut Bot, number: usize) -> &mut article_format::Article {
    let id = format!("story-{number}");
    bot.articles.iter_mut().find(|article| article.id.as_str() == id).unwrap()
}

#[tokio::test]
async fn finished_deliveries_leave_memory_and_their_stories_stay_known() {
    for crashes in [false, true] {
        let mut bot = posted_before(0).await;
        assert_eq!(in_memory(&mut bot), (2, 2), "the baseline is in the database alone");
        bot.clock.advance(15 * DAY);
        bot.load().await;
        bot.settle(60).await;
        if crashes {
            bot.crash().await;
            bot.settle(60).await;
        }
        assert_eq!(in_memory(&mut bot), (0, 0));
        // Another link, another id, another article of the same story: nothing of it is new.
        article(&mut bot, 0).addresses = identities(["https://example.com/corrected"]);
        article(&mut bot, 1).id = ArticleId::new("moved");
        let mut other = story(30, bot.clock.now());
        other.addresses = identities(["https://example.com/story-12"]);
        bot.articles.push(other);
        bot.load().await;
        bot.settle(60).await;
        // The corrected link is known from now on, although the article goes.
        bot.articles.retain(|article| article.id.as_str() != "story-0");
        let mut again = story(31, bot.clock.now());
        again.addresses = identities(["https://example.com/corrected"]);
        bot.articles.push(again);
        bot.load().await;
        bot.settle(60).await;
        assert_eq!(posted(&bot), hashes(&[1, 0]), "{crashes}");
        assert_eq!(in_memory(&mut bot), (0, 0), "{crashes}");
        bot.articles.push(story(40, bot.clock.now()));
        bot.load().await;
        bot.settle(60).await;
        assert_eq!(posted(&bot), hashes(&[1, 0, 40]), "{crashes}");
    }
}

#[tokio::test]
async fn a_file_that_says_so_withdraws_a_story_of_any_age_and_a_missing_file_only_a_young_one() {
    for (days, crashes) in [(1, false), (13, true), (20, false), (20, true), (400, false)] {
        let mut bot = posted_before(days).await;
        article(&mut bot, 1).is_published = false;
        bot.articles.retain(|article| article.id.as_str() != "story-0");
        if crashes {
            bot.crash().await;
        }
        for _ in 0..3 {
            bot.load().await;
            bot.settle(20).await;
        }
        let expected: &[usize] = if days < 14 { &[] } else { &[0] };
        assert_eq!(posted(&bot), hashes(expected), "{days} {crashes}");
        assert_eq!(bot.states(DeliveryState::Withdrawn).await, 2 - expected.len(), "{days} {crashes}");
    }
}

#[tokio::test]
async fn withdrawals_of_old_stories_wait_for_a_moderator_also_after_a_restart() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| feed.settings.rules.max_age_days = 0).await;
    bot.articles = (0..20).map(|number| story(number, now())).collect();
    bot.load().await;
    bot.settle(60).await;
    bot.clock.advance(30 * DAY);
    bot.load().await;
    bot.settle(60).await;
    for article in &mut bot.articles[..6] {
        article.is_removed = true;
    }
    bot.load().await;
    bot.settle(60).await;
    bot.crash().await;
    bot.settle(60).await;
    let report = bot.reports().await.remove(0);
    assert_eq!((report.withheld, report.sent, posted(&bot).len()), (6, 20, 20));
    let feed = report.feed.id;
    assert_eq!(bot.ask(|answer| Request::DecideWithdrawals(GUILD, feed, true, answer)).await, Ok(6));
    bot.settle(60).await;
    assert_eq!((posted(&bot).len(), in_memory(&mut bot)), (14, (0, 0)));
}

#[tokio::test]
async fn counts_and_explanations_come_from_the_database() {
    let mut bot = posted_before(30).await;
    assert_eq!(in_memory(&mut bot), (0, 0));
    assert_eq!(bot.reports().await[0].sent, 2);
    for (article, expected) in [("story-1", DeliveryState::Sent), ("story-12", DeliveryState::Baseline)] {
        let key = ArticleKey::of(article);
        for is_there in [true, false] {
            if !is_there {
                bot.articles.retain(|known| known.id.as_str() != article);
                bot.load().await;
            }
            let explained = bot.ask(|answer| Request::Why(GUILD, key, answer)).await.unwrap();
            let [(_, Explanation::Recorded(details))] = &explained[..] else { panic!("{explained:?}") };
            assert_eq!((&*details.article_id, details.state), (article, expected));
        }
    }
}

#[tokio::test]
async fn a_feed_that_is_edited_or_made_later_posts_nothing_that_the_channel_knows() {
    let mut bot = posted_before(30).await;
    let feed = bot.reports().await.remove(0).feed;
    let mut hot = story(50, bot.clock.now());
    hot.quality = Some(10);
    bot.articles.push(hot);
    bot.load().await;
    let mut settings: FeedSettings = feed.settings;
    settings.rules.quality_min = 0;
    bot.ask(|answer| Request::Edit(GUILD, feed.id, Box::new(settings), 0, answer)).await.unwrap();
    bot.add_feed(|feed| (feed.settings.rules.max_age_days, feed.backfill) = (0, 10)).await;
    bot.settle(600).await;
    assert_eq!(posted(&bot), hashes(&[1, 0]));
    assert_eq!(bot.states(DeliveryState::Baseline).await, 11, "the edit takes story 50 as known");
    bot.add_feed(|feed| (feed.channel, feed.backfill) = (ChannelId(CHANNEL.0 + 1), 1)).await;
    bot.settle(600).await;
    assert_eq!(bot.discord.standing(ChannelId(CHANNEL.0 + 1)).len(), 0, "nothing is young there");
}

#[tokio::test]
async fn a_story_whose_claim_goes_is_due_again_through_another_article() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.settle(60).await;
    let same = |number| {
        let mut article = story(number, now());
        article.addresses = identities(["https://example.com/same"]);
        article
    };
    bot.articles = vec![same(1), same(2)];
    bot.discord.world().script.push_back(Fault::Refused { status: 403, code: 50_013 });
    bot.load().await;
    bot.worker().work().await;
    // While the request is under way, the claimed article is unpublished.
    bot.articles[1].is_published = false;
    bot.load().await;
    bot.settle(60).await;
    assert!(posted(&bot).is_empty());
    let feed = bot.reports().await.remove(0).feed.id;
    bot.ask(|answer| Request::Resume(GUILD, feed, answer)).await.unwrap();
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1]));
}

#[tokio::test]
async fn a_forum_post_of_any_age_that_somebody_deletes_is_noted() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| feed.channel_kind = crate::feed::ChannelKind::Forum).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    bot.clock.advance(SignedDuration::from_hours(24 * 90).as_secs());
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(in_memory(&mut bot), (0, 0));
    let thread = *bot.discord.world().messages.keys().next().unwrap();
    bot.tell(GuildEvent::ThreadGone(GUILD, ChannelId(thread.0))).await;
    bot.settle(60).await;
    assert_eq!((bot.states(DeliveryState::Withdrawn).await, in_memory(&mut bot)), (1, (0, 0)));
}

#[tokio::test]
async fn a_row_that_cannot_be_read_pauses_its_channel_alone_and_stays_as_it_is() {
    let other = ChannelId(CHANNEL.0 + 1);
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.add_feed(|feed| feed.channel = other).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    let lose = "UPDATE delivery SET state = 'lost' WHERE channel = 7";
    execute(&bot.worker().dependencies.ledger, lose).await;
    bot.crash().await;
    bot.articles.push(story(2, now()));
    bot.load().await;
    bot.settle(60).await;
    assert_eq!((posted(&bot), bot.discord.standing(other).len()), (hashes(&[1]), 2));
    let feed = bot.reports().await.remove(0).feed;
    assert!(matches!(feed.status, FeedStatus::Paused(PauseReason::RowUnreadable(_))), "{feed:?}");
    // The other stories go on when a moderator says so, and the unreadable one is not posted a second time.
    bot.ask(|answer| Request::Resume(GUILD, feed.id, answer)).await.unwrap();
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1, 2]));
    // The row is as it was, so a repair finds it.
    execute(&bot.worker().dependencies.ledger, "UPDATE delivery SET state = 'sent' WHERE state = 'lost'")
        .await;
    bot.crash().await;
    bot.settle(60).await;
    assert_eq!(bot.reports().await[0].feed.status, FeedStatus::Active);
    assert_eq!(bot.states(DeliveryState::Sent).await, 4);
}

#[tokio::test]
async fn deliveries_go_with_their_channel_and_long_after_their_feed() {
    let mut bot = posted_before(0).await;
    let feed = bot.reports().await.remove(0).feed.id;
    bot.ask(|answer| Request::Remove(GUILD, feed, answer)).await.unwrap();
    bot.clock.advance(399 * DAY);
    bot.settle(DAY - 3600).await;
    assert_eq!(bot.states(DeliveryState::Baseline).await, 10);
    bot.settle(2 * DAY).await;
    assert_eq!((bot.states(DeliveryState::Baseline).await, bot.states(DeliveryState::Sent).await), (0, 2));
    for is_left in [false, true] {
        let mut bot = posted_before(0).await;
        let feed = bot.reports().await.remove(0).feed.id;
        if is_left {
            bot.tell(GuildEvent::GuildLeft(GUILD)).await;
            bot.clock.advance(31 * DAY);
            bot.settle(60).await;
        } else {
            bot.tell(GuildEvent::ChannelGone(GUILD, CHANNEL)).await;
            bot.ask(|answer| Request::Remove(GUILD, feed, answer)).await.unwrap();
        }
        assert_eq!(bot.reports().await, []);
        let left = bot.states(DeliveryState::Baseline).await + bot.states(DeliveryState::Sent).await;
        assert_eq!(left, 0, "{is_left}");
    }
}
