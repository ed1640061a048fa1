//! The first run on a whole collection, and starts on a folder that is not there, empty, or still being copied.

use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;

use super::simulation::{Bot, SERVER, hashes, now, posted, story};
use crate::collection::incremental::Loader;
use crate::delivery::desk::Request;
use crate::delivery::record::DeliveryState;

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
            assert_eq!(bot.states(DeliveryState::Baseline), COUNT - usize::from(backfill));
            // What was known before the crash is known after it.
            bot.crash().await;
        }
    }
}

#[tokio::test]
async fn a_first_run_that_dies_while_it_notes_what_is_there_begins_anew() {
    let articles: Vec<_> = (0..COUNT).map(|number| story(number, now())).collect();
    let mut cut_short = 0;
    // The baseline is dropped sooner or later on its way into the database, until it gets through.
    for milliseconds in [0, 2, 5, 10, 20, 50, 100, 200, 400, 10_000] {
        let mut bot = Bot::new(articles.clone()).await;
        let begun = bot.add_feed(|feed| feed.backfill = 2);
        let _is_done = tokio::time::timeout(std::time::Duration::from_millis(milliseconds), begun).await;
        bot.crash().await;
        let reports = bot.reports().await;
        let feeds = reports.len();
        let is_begun = reports.first().is_some_and(|report| report.feed.pending_backfill.is_none());
        cut_short += usize::from(feeds == 1 && !is_begun);
        bot.settle(600).await;
        assert_eq!(posted(&bot).len(), 2 * feeds, "after {milliseconds} ms");
        assert_eq!(bot.states(DeliveryState::Baseline), (COUNT - 2) * feeds, "after {milliseconds} ms");
    }
    println!("{cut_short} baselines were cut short");
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
    // It is copied file by file, slower than two loads have to be apart.
    for number in 0..20 {
        write(folder.path(), number);
        load(&mut bot, &mut reader).await;
        bot.settle(15).await;
        assert_eq!(posted(&bot).len(), 20, "{number} are there");
    }
    bot.settle(3600).await;
    assert_eq!(posted(&bot).len(), 20);

    // A copy that stops half way is not to be told from a deletion: a moderator is asked.
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
    assert_eq!(bot.ask(|answer| Request::DecideWithdrawals(SERVER, feed, false, answer)).await, Ok(10));
    bot.clock.advance(SignedDuration::from_hours(1).as_secs());
    load(&mut bot, &mut reader).await;
    bot.settle(60).await;
    assert_eq!(posted(&bot).len(), 20, "kept");
}
