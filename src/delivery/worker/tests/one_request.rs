//! A channel makes one request at a time: changes between two posts, and a crash at each point.

use jiff::SignedDuration;

use super::fake::Fault;
use super::simulation::{Bot, CHANNEL, GUILD, hashes, now, posted, story};
use crate::article_key::ArticleKey;
use crate::delivery::desk::{GuildEvent, Request};
use crate::delivery::ledger::tests::execute;
use crate::delivery::ledger::tests::homes::Home;
use crate::delivery::record::DeliveryState;
use crate::feed::{FeedId, FeedSettings, FeedStatus};
use crate::ids::ChannelId;

/// How many stories arrive together.
const COUNT: usize = 7;

/// A bot that has made so many posts and has claimed the next one.
async fn amid(answered: usize, script: &[Fault]) -> Bot {
    amid_in(Home::chosen(), answered, script).await
}

async fn amid_in(home: Home, answered: usize, script: &[Fault]) -> Bot {
    let mut bot = Bot::in_home(home, Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.discord.world().script.extend(script.iter().copied());
    bot.articles = (0..COUNT).map(|number| story(number, now())).collect();
    bot.load().await;
    bot.work(answered).await;
    bot.worker().work().await;
    assert_eq!(bot.discord.world().requests, answered);
    assert_eq!(bot.states(DeliveryState::Sending).await, 1, "the next one, and no more");
    bot
}

/// All stories, hottest first.
fn all() -> Vec<ArticleKey> {
    hashes(&(0..COUNT).rev().collect::<Vec<_>>())
}

/// Every story is in the channel, and each was posted once.
fn check_each_stands_once(bot: &Bot, what: &str) {
    let (mut standing, mut expected) = (posted(bot), all());
    standing.sort_unstable();
    expected.sort_unstable();
    assert_eq!(standing, expected, "{what}");
    assert_eq!(bot.discord.world().messages.len(), COUNT, "{what}");
}

async fn feed(bot: &mut Bot) -> (FeedId, FeedSettings) {
    let feed = bot.reports().await.remove(0).feed;
    (feed.id, feed.settings)
}

#[tokio::test]
async fn after_a_crash_at_each_point_every_story_stands_once() {
    for answered in 0..4 {
        for fault in [Fault::None, Fault::LostBefore, Fault::LostAfter] {
            for later in [0, 60, 119, 121, 4000] {
                let what = format!("{answered} answered, then {fault:?}, then {later} s");
                let mut script = vec![Fault::None; answered];
                script.push(fault);
                let mut bot = amid(answered, &script).await;
                bot.crash().await;
                bot.discord.world().script.clear();
                bot.clock.advance(later);
                bot.settle(7200).await;
                check_each_stands_once(&bot, &what);
            }
        }
    }
}

#[tokio::test]
async fn what_is_taken_back_or_corrected_before_its_turn_is_decided_anew() {
    let mut bot = amid(1, &[]).await;
    bot.articles[4].is_published = false;
    bot.articles[3].title = "Corrected".into();
    bot.articles.push(story(20, now()));
    bot.load().await;
    bot.settle(60).await;
    // The second post was under way. The next one is the hottest story by now.
    assert_eq!(posted(&bot), hashes(&[6, 5, 20, 3, 2, 1, 0]));
    assert_eq!(bot.discord.world().messages.len(), COUNT, "nothing had to be deleted");
    let corrected = bot.discord.standing(CHANNEL).remove(3);
    assert_eq!((corrected.titles, corrected.edits), (vec!["Corrected".to_owned()], 0));
}

#[tokio::test]
async fn a_feed_that_is_paused_posts_no_more_and_keeps_what_is_due() {
    let mut bot = amid(1, &[]).await;
    let (id, _) = feed(&mut bot).await;
    bot.ask(|answer| Request::Pause(GUILD, id, answer)).await.unwrap();
    bot.settle(600).await;
    assert_eq!(posted(&bot), hashes(&[6, 5]));
    assert_eq!(bot.states(DeliveryState::Sending).await, 0);
    assert_eq!(bot.reports().await[0].due, COUNT - 2);
    bot.ask(|answer| Request::Resume(GUILD, id, answer)).await.unwrap();
    bot.settle(600).await;
    assert_eq!(posted(&bot), all());
}

#[tokio::test]
async fn a_feed_that_is_removed_or_wants_others_posts_no_more() {
    for is_removed in [true, false] {
        let mut bot = amid(2, &[]).await;
        let (id, mut settings) = feed(&mut bot).await;
        if is_removed {
            bot.ask(|answer| Request::Remove(GUILD, id, answer)).await.unwrap();
        } else {
            settings.rules.quality_min = 90;
            bot.ask(|answer| Request::Edit(GUILD, id, Box::new(settings), 0, answer)).await.unwrap();
        }
        bot.settle(600).await;
        bot.crash().await;
        bot.settle(600).await;
        assert_eq!(posted(&bot), hashes(&[6, 5, 4]), "{is_removed}");
        assert_eq!(bot.states(DeliveryState::Sending).await, 0, "{is_removed}");
    }
}

#[tokio::test]
async fn a_channel_or_guild_that_goes_posts_no_more() {
    for request in [GuildEvent::ChannelGone(GUILD, CHANNEL), GuildEvent::GuildLeft(GUILD)] {
        let mut bot = amid(1, &[]).await;
        bot.tell(request).await;
        bot.settle(600).await;
        assert_eq!(posted(&bot), hashes(&[6, 5]));
    }
}

#[tokio::test]
async fn a_refusal_of_one_does_no_harm_to_the_others() {
    let refused = Fault::Refused { status: 400, code: 50_035 };
    for at in 0..COUNT {
        let mut script = vec![Fault::None; at];
        script.push(refused);
        let mut bot = amid(0, &script).await;
        bot.settle(600).await;
        let mut expected = all();
        expected.remove(at);
        assert_eq!(posted(&bot), expected, "{at}");
        assert_eq!(
            (bot.states(DeliveryState::Failed).await, bot.discord.world().requests),
            (1, COUNT),
            "{at}"
        );
    }
}

#[tokio::test]
async fn a_refusal_of_the_channel_keeps_the_others_due() {
    let mut bot = amid(0, &[Fault::None, Fault::Refused { status: 403, code: 50_001 }]).await;
    bot.settle(3600).await;
    let report = bot.reports().await.remove(0);
    assert!(matches!(report.feed.status, FeedStatus::Paused(_)));
    assert_eq!((report.due, bot.discord.world().requests), (COUNT - 1, 2));
    assert_eq!(bot.states(DeliveryState::Sending).await, 0);
    bot.ask(|answer| Request::Resume(GUILD, report.feed.id, answer)).await.unwrap();
    bot.settle(60).await;
    assert_eq!(posted(&bot), all());
}

#[tokio::test]
async fn a_limit_or_a_lost_answer_is_waited_out_and_nothing_follows_before() {
    for fault in [Fault::Limited { seconds: 50 }, Fault::NotSent, Fault::LostAfter, Fault::LostBefore] {
        let mut bot = amid(0, &[Fault::None, fault]).await;
        bot.work(1000).await;
        assert_eq!(bot.discord.world().requests, 2, "{fault:?}");
        assert_eq!(bot.states(DeliveryState::Sending).await, 1, "{fault:?}");
        bot.settle(600).await;
        assert_eq!(posted(&bot), all(), "{fault:?}");
    }
}

#[tokio::test]
async fn an_hour_is_filled_to_its_bound_and_no_further() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|feed| feed.settings.pacing.posts_per_hour_max = 6).await;
    bot.articles = (0..20).map(|number| story(number, now())).collect();
    bot.load().await;
    bot.settle(4 * 3600).await;
    let at: Vec<_> = bot.discord.standing(CHANNEL).iter().map(|message| message.at).collect();
    assert_eq!(at.len(), 20);
    for seven in at.windows(7) {
        assert!(seven[6].duration_since(seven[0]) >= SignedDuration::from_hours(1), "{seven:?}");
    }
    assert_eq!(at[5], now(), "as many as the hour has room for, at once");
}

#[tokio::test]
async fn a_database_that_says_no_to_the_settling_lets_no_more_be_claimed() {
    // The triggers are SQLite's.
    let mut bot = amid_in(Home::Sqlite, 1, &[]).await;
    for refuse in [
        "CREATE TRIGGER refuse_1 BEFORE UPDATE ON post BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE TRIGGER refuse_2 BEFORE INSERT ON post BEGIN SELECT RAISE(ABORT, 'no'); END",
    ] {
        execute(&bot.worker().dependencies.ledger, refuse).await;
    }
    bot.settle(600).await;
    let standing = posted(&bot).len();
    assert!(standing < COUNT, "{standing}");
    bot.crash().await;
    for allow in ["DROP TRIGGER refuse_1", "DROP TRIGGER refuse_2"] {
        execute(&bot.worker().dependencies.ledger, allow).await;
    }
    bot.settle(600).await;
    assert_eq!(posted(&bot), all());
}

/// A crash leaves at most one delivery of a channel unknown (the contract's least possible).
#[tokio::test]
async fn where_nonces_and_history_are_lost_each_crash_leaves_at_most_one_delivery_unknown() {
    const STORIES: usize = 60;
    const CRASHES: usize = 8;
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.discord.world().hides_history = true;
    bot.articles = (0..STORIES).map(|number| story(number, now())).collect();
    bot.load().await;
    for _ in 0..CRASHES {
        bot.work(STORIES / CRASHES - 1).await;
        bot.worker().work().await;
        bot.crash().await;
        // Discord has forgotten the nonces from before the crash.
        bot.clock.advance(bot.discord.world().nonce_seconds + 1);
    }
    bot.settle(600).await;
    let unknown = bot.states(DeliveryState::Unknown).await;
    assert!((1..=CRASHES).contains(&unknown), "{unknown}");
    assert_eq!(bot.states(DeliveryState::Sent).await, STORIES - unknown);
    let mut posted = posted(&bot);
    posted.sort_unstable();
    posted.dedup();
    assert_eq!(bot.discord.world().messages.len(), posted.len(), "no story stands there twice");
}

#[tokio::test]
async fn channels_make_their_requests_side_by_side() {
    const CHANNELS: u64 = 20;
    let mut bot = Bot::new(Vec::new()).await;
    for number in 0..CHANNELS {
        bot.add_feed(|feed| feed.channel = ChannelId(CHANNEL.0 + number)).await;
    }
    bot.articles = (0..COUNT).map(|number| story(number, now())).collect();
    bot.load().await;
    // The first request is limited. The other channels post everything meanwhile.
    bot.discord.world().script.extend([Fault::Limited { seconds: 50 }]);
    bot.worker().work().await;
    assert_eq!(bot.states(DeliveryState::Sending).await, usize::try_from(CHANNELS).unwrap());
    bot.work(1000).await;
    let sent = bot.states(DeliveryState::Sent).await;
    assert_eq!(sent, COUNT * (usize::try_from(CHANNELS).unwrap() - 1));
    bot.settle(600).await;
    assert_eq!(bot.states(DeliveryState::Sent).await, sent + COUNT);
}

/// The clock of the bot's machine is ahead of Discord's or behind it, and jumps while the outcome of a post is unknown.
#[tokio::test]
async fn with_a_wrong_clock_every_story_stands_once() {
    for ahead in [0, 200, 3 * 3_600, -3 * 3_600] {
        for jump in [0, 200, -200, 2 * 3_600, -2 * 3_600] {
            for later in [10, 130, 4_000] {
                let what = format!("ahead by {ahead} s, after {later} s a jump of {jump} s");
                let mut bot = Bot::new(Vec::new()).await;
                bot.discord.world().clock_is_ahead_by = ahead;
                bot.add_feed(|_| {}).await;
                bot.discord.world().script.push_back(Fault::LostAfter);
                bot.articles = (0..COUNT).map(|number| story(number, now())).collect();
                bot.load().await;
                bot.worker().work().await;
                bot.crash().await;
                bot.discord.world().script.clear();
                bot.clock.advance(later + jump);
                bot.discord.world().clock_is_ahead_by += jump;
                // A clock that was set back hides the articles for two hours.
                bot.settle(6 * 3_600).await;
                check_each_stands_once(&bot, &what);
            }
        }
    }
}
