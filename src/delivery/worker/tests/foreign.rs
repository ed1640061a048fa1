//! A feed of another guild in a channel takes no story from the channel's own feeds.

use super::simulation::{Bot, CHANNEL, GUILD, hashes, now, posted, story};
use crate::delivery::desk::{GuildEvent, Request};
use crate::delivery::record::DeliveryState;
use crate::feed::{ChannelKind, FeedId, FeedStatus};
use crate::ids::GuildId;

const ELSEWHERE: GuildId = GuildId(GUILD.0 + 1);
const COUNT: usize = 4;

/// A bot with a feed of another guild in the channel. Its guild is not known to be another one yet.
async fn with_foreign_feed(arrives_before: bool) -> Bot {
    let stories = || (0..COUNT).map(|number| story(number, now())).collect();
    let mut bot = Bot::new(if arrives_before { stories() } else { Vec::new() }).await;
    bot.add_feed(|feed| feed.guild = ELSEWHERE).await;
    if !arrives_before {
        // It is paused, so that it has these stories to post.
        bot.ask(|answer| Request::Pause(ELSEWHERE, FeedId(1), answer)).await.unwrap();
        bot.articles = stories();
        bot.load().await;
    }
    bot.settle(60).await;
    bot
}

/// Discord tells the channels of the guild.
async fn tell_channels(bot: &mut Bot) {
    bot.tell(GuildEvent::ChannelsAre(GUILD, vec![(CHANNEL, ChannelKind::Text)])).await;
    let foreign = bot.ask(|answer| Request::Feeds(ELSEWHERE, answer)).await.unwrap().remove(0);
    assert_eq!(foreign.feed.status, FeedStatus::ForeignChannel);
}

#[tokio::test]
async fn a_foreign_feed_takes_no_story_of_a_backfill() {
    for arrives_before in [true, false] {
        for crashes in [true, false] {
            let what = format!("{arrives_before} {crashes}");
            let mut bot = with_foreign_feed(arrives_before).await;
            tell_channels(&mut bot).await;
            bot.settle(60).await;
            if crashes {
                bot.crash().await;
            }
            bot.add_feed(|feed| feed.backfill = 2).await;
            bot.settle(60).await;
            assert_eq!(posted(&bot), hashes(&[3, 2]), "{what}");
            assert_eq!(bot.states(DeliveryState::Baseline).await, COUNT - 2, "{what}");
            bot.ask(|answer| Request::Remove(ELSEWHERE, FeedId(1), answer)).await.unwrap();
            bot.settle(600).await;
            assert_eq!(posted(&bot), hashes(&[3, 2]), "{what}: nothing changes with the foreign feed's end");
        }
    }
}

#[tokio::test]
async fn the_end_of_a_foreign_feed_floods_no_feed_that_began_beside_it() {
    for arrives_before in [true, false] {
        let mut bot = with_foreign_feed(arrives_before).await;
        bot.add_feed(|_| {}).await;
        bot.settle(60).await;
        tell_channels(&mut bot).await;
        bot.settle(60).await;
        bot.ask(|answer| Request::Remove(ELSEWHERE, FeedId(1), answer)).await.unwrap();
        bot.settle(600).await;
        assert!(posted(&bot).is_empty(), "{arrives_before}");
        bot.articles.push(story(9, bot.clock.now()));
        bot.load().await;
        bot.settle(60).await;
        assert_eq!(posted(&bot), hashes(&[9]), "{arrives_before}");
    }
}
