//! Deliveries that wait for a moderator's decision, whatever happens to their feed.

use super::fake::Fault;
use super::moderators::feed;
use super::simulation::{Bot, CHANNEL, GUILD, hashes, now, posted, story};
use crate::delivery::desk::{DeskError, Request, ResendFailure};
use crate::delivery::record::DeliveryState;
use crate::feed::FeedId;
use crate::ids::{ChannelId, GuildId};

#[tokio::test]
async fn what_cannot_be_sent_again_is_said_so_and_stays_as_it_was() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.discord.world().script.push_back(Fault::Refused { status: 400, code: 200_000 });
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    let row = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap().remove(0).id;
    let id = feed(&mut bot).await.id;
    bot.ask(|answer| Request::Pause(GUILD, id, answer)).await.unwrap();
    let resent = bot.ask(|answer| Request::Resend(GUILD, row, answer)).await;
    assert!(matches!(resent, Err(DeskError::NoResend(ResendFailure::FeedPaused(_)))), "{resent:?}");
    bot.ask(|answer| Request::Resume(GUILD, id, answer)).await.unwrap();
    bot.articles[0].is_published = false;
    bot.load().await;
    let resent = bot.ask(|answer| Request::Resend(GUILD, row, answer)).await;
    assert!(matches!(resent, Err(DeskError::NoResend(ResendFailure::NoArticle))), "{resent:?}");
    bot.settle(60).await;
    assert_eq!((posted(&bot), bot.states(DeliveryState::Failed).await), (Vec::new(), 1));
}

/// Two feeds of one channel. The first was removed. One story of it has failed, and another is unknown.
async fn open_rows_of_a_removed_feed() -> Bot {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.add_feed(|_| {}).await;
    bot.discord.world().hides_history = true;
    bot.discord.world().script.push_back(Fault::Refused { status: 400, code: 200_000 });
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    bot.discord.world().script.push_back(Fault::LostBefore);
    bot.articles.push(story(2, now()));
    bot.load().await;
    bot.worker().work().await;
    bot.turns(5).await;
    bot.ask(|answer| Request::Remove(GUILD, FeedId(1), answer)).await.unwrap();
    bot.clock.advance(600);
    bot.settle(60).await;
    bot
}

#[tokio::test]
async fn open_rows_of_a_removed_feed_are_shown_and_sent_by_another_of_the_channel() {
    let mut bot = open_rows_of_a_removed_feed().await;
    let open = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap();
    let displayed: Vec<_> = open.iter().map(|row| (&*row.article_id, row.state, row.feed)).collect();
    let expected =
        [("story-2", DeliveryState::Unknown, FeedId(1)), ("story-1", DeliveryState::Failed, FeedId(1))];
    assert_eq!(displayed, expected);
    let report = bot.reports().await.remove(0);
    assert_eq!((report.feed.id, report.failed, report.unknown), (FeedId(2), 1, 1));
    let (unknown, failed) = (open[0].id, open[1].id);
    let elsewhere = bot.ask(|answer| Request::Resend(GuildId(GUILD.0 + 1), unknown, answer)).await;
    assert_eq!(elsewhere, Err(DeskError::NoSuchDelivery));
    bot.ask(|answer| Request::Dismiss(GUILD, failed, answer)).await.unwrap();
    // A delivery that is sent again belongs to the other feed, also after a restart.
    bot.ask(|answer| Request::Resend(GUILD, unknown, answer)).await.unwrap();
    bot.crash().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[2]));
    assert_eq!(bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap(), []);
    let report = bot.reports().await.remove(0);
    assert_eq!((report.sent, report.failed, report.unknown), (1, 0, 0));
    bot.articles[1].is_published = false;
    bot.load().await;
    bot.settle(60).await;
    assert!(posted(&bot).is_empty(), "it looks after its message as after any other");
}

#[tokio::test]
async fn open_rows_of_a_removed_feed_wait_for_another_of_its_channel() {
    let mut bot = open_rows_of_a_removed_feed().await;
    let id = feed(&mut bot).await.id;
    bot.ask(|answer| Request::Remove(GUILD, id, answer)).await.unwrap();
    bot.add_feed(|feed| feed.channel = ChannelId(CHANNEL.0 + 1)).await;
    assert_eq!(bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap(), []);
    bot.add_feed(|_| {}).await;
    let open = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap();
    assert_eq!(open.len(), 2);
    let id = bot.reports().await.into_iter().find(|report| report.unknown == 1).unwrap().feed.id;
    bot.ask(|answer| Request::Pause(GUILD, id, answer)).await.unwrap();
    let resent = bot.ask(|answer| Request::Resend(GUILD, open[0].id, answer)).await;
    assert_eq!(resent.unwrap_err(), DeskError::NoResend(ResendFailure::FeedPaused(id)));
}

#[tokio::test]
async fn a_message_of_a_removed_feed_that_could_not_be_taken_back_stays_as_it_is() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    bot.articles[0].is_published = false;
    bot.discord.world().script.push_back(Fault::Refused { status: 400, code: 200_000 });
    bot.load().await;
    bot.settle(60).await;
    let open = bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap();
    assert!(open[0].is_refused_withdrawal());
    bot.ask(|answer| Request::Remove(GUILD, FeedId(1), answer)).await.unwrap();
    assert_eq!(bot.ask(|answer| Request::Open(GUILD, answer)).await.unwrap(), []);
    assert_eq!(bot.reports().await[0].failed, 0);
    let again = bot.ask(|answer| Request::Resend(GUILD, open[0].id, answer)).await;
    assert_eq!(again, Err(DeskError::NoSuchDelivery));
}

#[tokio::test]
async fn a_post_of_unknown_outcome_outlives_its_feed() {
    for (lost, has_arrived) in [(Fault::LostAfter, true), (Fault::LostBefore, false)] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|_| {}).await;
        bot.add_feed(|_| {}).await;
        bot.discord.world().script.push_back(lost);
        bot.articles = vec![story(1, now())];
        bot.load().await;
        bot.work(1).await;
        bot.ask(|answer| Request::Remove(GUILD, FeedId(1), answer)).await.unwrap();
        bot.settle(600).await;
        assert_eq!(posted(&bot), hashes(&[1]), "{has_arrived}");
        assert_eq!(bot.states(DeliveryState::Sent).await, 1, "{has_arrived}");
    }
}
