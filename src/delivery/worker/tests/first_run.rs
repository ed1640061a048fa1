//! The first run with a whole collection, and starts with a folder that is missing, empty or half copied.

use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;

use super::simulation::{Bot, GUILD, hashes, now, posted, story};
use crate::collection::incremental::Loader;
use crate::delivery::desk::Request;
use crate::delivery::record::DeliveryState;
use crate::feed::FeedId;
use crate::feed::pacing::QuietHours;

const COUNT: usize = 5_000;

#[tokio::test]
async fn a_first_run_on_five_thousand_articles_posts_exactly_the_backfill() {
    for backfill in [0, 10] {
        let mut bot = Bot::new((0..COUNT).map(|number| story(number, now())).collect()).await;
        bot.add_feed(|feed| feed.backfill = backfill).await;
        let expected: Vec<usize> = (COUNT - usize::from(backfill)..COUNT).rev().collect();
        for _ in 0..2 {
            bot.settle(600).await;
            assert_eq!(posted(&bot), hashes(&expected));
            assert_eq!(bot.states(DeliveryState::Baseline).await, COUNT - usize::from(backfill));
            // The baseline survives the crash.
            bot.crash().await;
        }
    }
}

fn write(folder: &Path, number: usize) {
    let text = format!(
        "---\ntitle: Story {number}\nwebUrl: https://example.com/story-{number}\nquality: 80\nheat: {number}\n\
         publishedDateTime: {}\n---\n",
        now()
    );
    std::fs::write(folder.join(format!("story-{number}.md")), text).unwrap();
}

/// Loads the folder as it is now.
async fn load(bot: &mut Bot, loader: &mut Loader) {
    match loader.reload() {
        Ok(loaded) => {
            let has_new = loaded.difference.articles.added.count > 0;
            bot.take(loaded.collection, loaded.is_complete, has_new).await;
        }
        Err(_) => bot.take(Arc::clone(loader.collection()), false, false).await,
    }
}

#[tokio::test]
async fn a_folder_that_is_mounted_after_its_feed_was_made_posts_exactly_the_backfill() {
    for backfill in [0, 10] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|feed| feed.backfill = backfill).await;
        bot.settle(600).await;
        // The wait for the folder survives the crash.
        bot.crash().await;
        bot.articles = (0..COUNT).map(|number| story(number, before(60))).collect();
        bot.load().await;
        bot.settle(600).await;
        let expected: Vec<usize> = (COUNT - usize::from(backfill)..COUNT).rev().collect();
        assert_eq!(posted(&bot), hashes(&expected));
        // From then on an article is new when its file arrives, whatever its date is.
        bot.articles.push(story(COUNT, before(3600)));
        bot.load().await;
        bot.settle(600).await;
        assert_eq!(posted(&bot).len(), expected.len() + 1);
    }
}

#[tokio::test]
async fn the_first_article_of_an_empty_folder_is_posted() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.settle(3600).await;
    bot.articles = vec![story(1, bot.clock.now())];
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1]));
}

#[tokio::test]
async fn what_is_loaded_while_the_worker_waits_for_discord_is_posted() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.settle(60).await;
    bot.crash().await;
    bot.articles.push(story(1, bot.clock.now()));
    bot.load_and_run(&hashes(&[1])).await;
}

#[tokio::test]
async fn all_feeds_of_a_channel_begin_together() {
    let count = crate::feed::FEEDS_PER_GUILD_MAX;
    let mut bot = Bot::new(Vec::new()).await;
    for _ in 0..count {
        bot.add_feed(|feed| feed.backfill = 1).await;
    }
    bot.articles = (0..2 * count).map(|number| story(number, before(60))).collect();
    bot.load().await;
    bot.settle(600).await;
    assert_eq!(posted(&bot).len(), 1, "what the first knows has a row when the others begin");
    assert_eq!(bot.states(DeliveryState::Baseline).await, 2 * count - 1);
    assert!(bot.reports().await.iter().all(|report| report.feed.pending_backfill.is_none()));
}

/// A time so many seconds before the bot's clock began.
fn before(seconds: i64) -> jiff::Timestamp {
    now() - SignedDuration::from_secs(seconds)
}

#[tokio::test]
async fn what_is_still_being_copied_when_a_feed_begins_was_there_before_it() {
    for (made_at, crashes_at) in [(0, 11), (1, 11), (7, 13), (19, 99)] {
        let mut bot = Bot::new(Vec::new()).await;
        let copied = |count| (0..count).map(|number| story(number, before(3600))).collect::<Vec<_>>();
        for count in 0..20 {
            bot.articles = copied(count);
            bot.load().await;
            if count == made_at {
                bot.add_feed(|feed| feed.backfill = 2).await;
            }
            if count == crashes_at {
                bot.crash().await;
            }
            bot.settle(9).await;
        }
        // A new article arrives too.
        bot.articles.push(story(100, bot.clock.now()));
        bot.load().await;
        bot.settle(600).await;
        let posted = posted(&bot);
        assert_eq!(posted.len(), 3, "made at {made_at}, killed at {crashes_at}");
        assert!(posted.contains(&hashes(&[100])[0]));
        assert_eq!(bot.states(DeliveryState::Baseline).await, 17);
    }
}

#[tokio::test]
async fn a_start_on_a_folder_that_is_not_mounted_or_half_copied_takes_nothing_back() {
    let folder = tempfile::tempdir().unwrap();
    let loader = |bot: &Bot| {
        let clock = bot.clock.clone();
        Loader::new(folder.path().to_owned(), Arc::new(move || clock.now()))
    };
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    for number in 0..20 {
        write(folder.path(), number);
    }
    let mut reader = loader(&bot);
    load(&mut bot, &mut reader).await;
    bot.settle(600).await;
    assert_eq!(posted(&bot).len(), 20);

    let away = folder.path().with_extension("away");
    std::fs::rename(folder.path(), &away).unwrap();
    bot.crash().await;
    let mut reader = loader(&bot);
    for _ in 0..3 {
        load(&mut bot, &mut reader).await;
        bot.settle(60).await;
        assert_eq!(posted(&bot).len(), 20, "there is no such folder");
    }
    std::fs::create_dir(folder.path()).unwrap();
    for _ in 0..3 {
        load(&mut bot, &mut reader).await;
        bot.settle(60).await;
        assert_eq!(posted(&bot).len(), 20, "an empty one");
    }
    // The folder is copied file by file, more slowly than the time between two loads.
    for number in 0..20 {
        write(folder.path(), number);
        load(&mut bot, &mut reader).await;
        bot.settle(15).await;
        assert_eq!(posted(&bot).len(), 20, "{number} are there");
    }
    bot.settle(3600).await;
    assert_eq!(posted(&bot).len(), 20);

    // A copy that stops half way looks like a deletion, so a moderator is asked.
    std::fs::remove_dir_all(folder.path()).unwrap();
    std::fs::rename(&away, folder.path()).unwrap();
    for number in 0..10 {
        std::fs::remove_file(folder.path().join(format!("story-{number}.md"))).unwrap();
    }
    bot.crash().await;
    let mut reader = loader(&bot);
    for _ in 0..3 {
        load(&mut bot, &mut reader).await;
        bot.settle(60).await;
    }
    assert_eq!(posted(&bot).len(), 20);
    let report = bot.reports().await.remove(0);
    assert_eq!(report.withheld, 10);
    let feed = report.feed.id;
    assert_eq!(bot.ask(|answer| Request::DecideWithdrawals(GUILD, feed, false, answer)).await, Ok(10));
    bot.clock.advance(SignedDuration::from_hours(1).as_secs());
    load(&mut bot, &mut reader).await;
    bot.settle(60).await;
    assert_eq!(posted(&bot).len(), 20, "kept");
}

#[tokio::test]
async fn what_a_later_feed_leaves_to_an_earlier_one_expires_with_it() {
    for pauses in [false, true] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|feed| {
            feed.settings.rules.max_age_days = 1;
            // It is noon.
            feed.settings.pacing.quiet_hours = QuietHours::parse("11:00-10:00").ok();
        })
        .await;
        bot.settle(60).await;
        bot.articles = (0..3).map(|number| story(number, bot.clock.now())).collect();
        bot.load().await;
        if pauses {
            bot.ask(|answer| Request::Pause(GUILD, FeedId(1), answer)).await.unwrap();
        }
        bot.settle(60).await;
        bot.add_feed(|feed| feed.settings.rules.max_age_days = 0).await;
        bot.settle(3600).await;
        assert!(posted(&bot).is_empty());
        // The machine sleeps until these articles are too old.
        bot.clock.advance(26 * 3600);
        bot.load().await;
        bot.settle(3600).await;
        assert!(posted(&bot).is_empty(), "the later feed begins with nothing that was there before it");
        assert_eq!(bot.states(DeliveryState::Expired).await, 3);
    }
}

#[tokio::test]
async fn a_feed_begins_and_withdraws_nothing_while_another_process_has_loaded_other_articles() {
    let mut bot = Bot::new((0..3).map(|number| story(number, now())).collect()).await;
    bot.worker().dependencies.board.set_collections_differ(true);
    bot.add_feed(|feed| feed.backfill = 1).await;
    bot.settle(60).await;
    let later = bot.clock.now();
    bot.articles.push(story(3, later));
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[2, 3]));

    bot.articles.pop();
    for _ in 0..3 {
        bot.load().await;
        bot.settle(60).await;
    }
    assert_eq!(posted(&bot), hashes(&[2, 3]), "the other process may have the file");
    bot.worker().dependencies.board.set_collections_differ(false);
    for _ in 0..2 {
        bot.load().await;
        bot.settle(60).await;
    }
    assert_eq!(posted(&bot), hashes(&[2]));
}
