//! Digests that Discord refuses.

use super::fake::Fault;
use super::moderators::feed;
use super::simulation::{Bot, CHANNEL, GUILD, hashes, now, posted, story};
use crate::delivery::desk::Request;
use crate::delivery::record::DeliveryState;
use crate::feed::pacing::{Digest, QuietHours, Zone};
use crate::feed::{ChannelKind, Feed};

const REFUSED: Fault = Fault::Refused { status: 400, code: 200_000 };

/// A feed whose digest of three stories comes at the next full hour.
async fn waiting(kind: ChannelKind, per_hour: u16) -> Bot {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| {
        feed.channel_kind = kind;
        feed.settings.pacing.digest = Digest::Hourly;
        feed.settings.pacing.posts_per_hour_max = per_hour;
    })
    .await;
    bot.articles = (0..3).map(|number| story(number, now())).collect();
    bot.load().await;
    bot
}

#[tokio::test]
async fn a_refused_digest_ends_only_the_story_for_which_it_is_refused() {
    for kind in [ChannelKind::Text, ChannelKind::Forum] {
        for crashes in [false, true] {
            let mut bot = waiting(kind, 10).await;
            // The digest is refused, and then the second story in a post of its own.
            bot.discord.world().script.extend([REFUSED, Fault::None, REFUSED]);
            bot.settle(3610).await;
            if crashes {
                bot.crash().await;
            }
            bot.settle(600).await;
            let rows = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap();
            assert_eq!((posted(&bot), rows.len()), (hashes(&[2, 0]), 1), "{kind:?}");
            assert_eq!((&*rows[0].article_id, bot.states(DeliveryState::Failed).await), ("story-1", 1));
            let requests = bot.discord.world().requests;
            bot.settle(3 * 3600).await;
            assert_eq!(bot.discord.world().requests, requests, "and that is all");
        }
    }
}

#[tokio::test]
async fn stories_of_a_refused_digest_keep_to_the_pace_and_to_the_rules() {
    let mut bot = waiting(ChannelKind::Text, 2).await;
    bot.discord.world().script.push_back(REFUSED);
    bot.settle(3610).await;
    assert_eq!(posted(&bot), hashes(&[2]), "two an hour: the digest and this one");
    // The rules do not accept one of the others any more.
    bot.articles[1].quality = Some(1);
    bot.load().await;
    bot.settle(2 * 3600).await;
    assert_eq!(posted(&bot), hashes(&[2, 0]));
    assert_eq!(bot.states(DeliveryState::Failed).await, 1);
    assert_eq!(bot.discord.standing(CHANNEL).len(), 2);
}

#[tokio::test]
async fn the_last_story_of_a_refused_digest_is_tried_too_once_the_hour_has_room_for_it() {
    for kind in [ChannelKind::Text, ChannelKind::Forum] {
        let mut bot = waiting(kind, 3).await;
        bot.discord.world().script.push_back(REFUSED);
        bot.settle(3610).await;
        assert_eq!(posted(&bot), hashes(&[2, 1]), "three an hour: the digest and these two");
        bot.crash().await;
        bot.settle(2 * 3600).await;
        assert_eq!(posted(&bot), hashes(&[2, 1, 0]), "{kind:?}");
        assert_eq!(bot.states(DeliveryState::Failed).await, 0);
    }
}

#[tokio::test]
async fn a_refused_digest_of_one_story_is_not_tried_again() {
    for kind in [ChannelKind::Text, ChannelKind::Forum] {
        let mut bot = waiting(kind, 10).await;
        bot.articles.truncate(1);
        bot.load().await;
        bot.discord.world().script.push_back(REFUSED);
        bot.settle(3 * 3600).await;
        assert_eq!((posted(&bot), bot.discord.world().requests), (Vec::new(), 1), "{kind:?}");
        assert_eq!(bot.states(DeliveryState::Failed).await, 1);
    }
}

#[tokio::test]
async fn a_story_that_is_sent_again_by_itself_puts_no_digest_off() {
    let mut bot = waiting(ChannelKind::Text, 10).await;
    bot.articles.truncate(1);
    bot.load().await;
    bot.discord.world().script.push_back(REFUSED);
    bot.settle(3610).await;
    let Feed { id, mut settings, .. } = feed(&mut bot).await;
    settings.pacing.quiet_hours = QuietHours::parse("13:30-14:30").ok();
    bot.ask(|answer| Request::Edit(GUILD, id, Box::new(settings), 0, answer)).await.unwrap();
    bot.articles.push(story(1, bot.clock.now()));
    bot.load().await;
    // It is 14:10. The digest of 14:00 waits for the end of the quiet hours.
    bot.settle(70 * 60 - 10).await;
    assert!(posted(&bot).is_empty());
    let row = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap().remove(0).id;
    bot.ask(|answer| Request::Resend(GUILD, row, answer)).await.unwrap();
    bot.settle(21 * 60).await;
    assert_eq!(posted(&bot), hashes(&[0, 1]));
}

#[tokio::test]
async fn a_story_does_not_expire_while_it_waits_for_a_digest() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| {
        feed.settings.rules.max_age_days = 1;
        feed.settings.pacing.digest = Digest::parse("weekly friday 09:00").unwrap();
    })
    .await;
    // It is Wednesday, 12:00. Seven stories are of today, and a digest has room for five.
    bot.articles = (0..7).map(|number| story(number, now())).collect();
    bot.load().await;
    bot.settle(44 * 3600).await;
    bot.crash().await;
    bot.discord.world().script.push_back(Fault::Refused { status: 429, code: 0 });
    bot.settle(3 * 3600).await;
    assert_eq!(posted(&bot), hashes(&[6, 5, 4, 3, 2]));
    // The others had no place in the digest, and are too old for the next one.
    assert_eq!(bot.states(DeliveryState::Expired).await, 2);
    // An article that comes out late was never new for this feed.
    bot.articles.push(story(8, now()));
    bot.articles.push(story(9, bot.clock.now()));
    bot.load().await;
    bot.settle(8 * 24 * 3600).await;
    assert_eq!((posted(&bot), bot.states(DeliveryState::Expired).await), (hashes(&[6, 5, 4, 3, 2, 9]), 2));
}

#[tokio::test]
async fn a_weekly_digest_comes_on_its_day_by_the_clock_of_its_zone() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| {
        feed.settings.rules.max_age_days = 0;
        feed.settings.pacing.digest = Digest::parse("weekly friday 09:00").unwrap();
        feed.settings.pacing.zone = Zone::parse("Europe/Berlin").unwrap();
    })
    .await;
    // It is Wednesday, 12:00 UTC. Friday, 09:00 in Berlin, is 43 hours away.
    bot.articles = (0..3).map(|number| story(number, now())).collect();
    bot.load().await;
    bot.settle(43 * 3600 - 60).await;
    assert!(posted(&bot).is_empty());
    bot.settle(120).await;
    assert_eq!((posted(&bot), bot.discord.standing(CHANNEL).len()), (hashes(&[2, 1, 0]), 1));
    bot.articles.push(story(3, bot.clock.now()));
    bot.load().await;
    bot.crash().await;
    bot.settle(7 * 24 * 3600 - 180).await;
    assert_eq!(posted(&bot).len(), 3);
    bot.settle(240).await;
    assert_eq!((posted(&bot), bot.discord.standing(CHANNEL).len()), (hashes(&[2, 1, 0, 3]), 2));
}
