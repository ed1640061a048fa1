//! A failing database: the call had no effect, the error has the right kind, and the ledger works again after
//! the failure.

use std::time::Duration;

use sqlx::ConnectOptions;

use super::*;
use crate::delivery::ledger::lease::IfTaken;

in_both_homes!(
    a_call_whose_caller_went_away_leaves_no_half,
    what_breaks_the_rules_of_the_tables_is_undone,
    what_is_not_there_cannot_be_saved,
);

/// How long a writer waits in these tests.
const SHORT: Duration = Duration::from_millis(20);

/// Every writing call fails with this kind, and changes nothing.
pub(super) async fn check_refused(ledger: &Ledger, feed: &Feed, kind: LedgerErrorKind) {
    let before = ledger.everything().await.unwrap();
    let row = before.deliveries[0].1.id;
    let old = before.posts[0].1.clone();
    let new = many(feed.id);
    let state = DeliveryState::Failed;
    let failed = [
        ledger.add_feed(&new_feed(), at(9)).await.err(),
        ledger.claim(&post(feed.id, 99), &new, &[row], at(9)).await.err(),
        ledger.record(state, &new, at(9)).await.err(),
    ];
    for (call, error) in failed.into_iter().enumerate() {
        let error = error.unwrap_or_else(|| panic!("call {call} worked"));
        assert_eq!(error.kind(), kind, "call {call}: {}", words(error));
    }
    if kind != LedgerErrorKind::Full {
        // Calls that need no further page may work on a full disk.
        let failed = [
            ledger.record_outcome(&old, state, None, &[row], at(9)).await.err(),
            ledger.change(settle(&[row], state, None, at(9))).await.err(),
            ledger.change(Change::Save(Box::new(old.clone()))).await.err(),
            ledger.save_feed(feed).await.err(),
            ledger.remove_feed(feed.id).await.err(),
            ledger.change(Change::Unclaim { post: old.key, at: at(9) }).await.err(),
            ledger.change(Change::Dismiss(row)).await.err(),
        ];
        assert!(
            failed.iter().flatten().filter(|error| error.kind() == kind).count() == failed.len(),
            "{failed:?}"
        );
    }
    assert_eq!(ledger.everything().await.unwrap(), before);
}

/// More rows than a page holds.
pub(super) fn many(feed: FeedId) -> Vec<NewDelivery> {
    (1000..2000).map(|number| story(feed, number)).collect()
}

#[tokio::test]
async fn a_file_that_another_program_writes_is_waited_for_and_then_told() {
    let (kept, feed) = Kept::with_a_post(Home::Sqlite).await;
    let Kept { place, ledger } = kept;
    drop(ledger);
    let ledger = Ledger::open_with(&place.url(), SHORT, IfTaken::Wait).await.unwrap();
    let mut other =
        sqlx::sqlite::SqliteConnectOptions::new().filename(file(place.folder())).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    check_refused(&ledger, &feed, LedgerErrorKind::Busy).await;
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    ledger.claim(&post(feed.id, 99), &many(feed.id), &[], at(9)).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_is_told_and_forgotten_when_there_is_room() {
    let (kept, feed) = Kept::with_a_post(Home::Sqlite).await;
    let ledger = &kept.ledger;
    // SQLite accepts no fewer pages than the file has, so the file cannot grow.
    execute(ledger, "PRAGMA max_page_count = 1").await;
    while ledger.add_feed(&new_feed(), at(9)).await.is_ok() {}
    check_refused(ledger, &feed, LedgerErrorKind::Full).await;
    execute(ledger, "PRAGMA max_page_count = 1000000").await;
    let claimed = ledger.claim(&post(feed.id, 99), &many(feed.id), &[], at(9)).await.unwrap();
    assert_eq!(claimed.len(), 1000);
}

#[tokio::test]
async fn a_file_that_may_not_be_written_any_more_is_told() {
    let (kept, feed) = Kept::with_a_post(Home::Sqlite).await;
    execute(&kept.ledger, "PRAGMA query_only = 1").await;
    check_refused(&kept.ledger, &feed, LedgerErrorKind::ReadOnly).await;
    execute(&kept.ledger, "PRAGMA query_only = 0").await;
    kept.ledger.save_feed(&feed).await.unwrap();
}

async fn a_call_whose_caller_went_away_leaves_no_half(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let before = kept.ledger.everything().await.unwrap();
    let new = many(feed.id);
    let claimed_post = post(feed.id, 99);
    // The claim is dropped at later and later moments, until it succeeds.
    let step = if home == Home::Sqlite { 200 } else { 5_000 };
    for microseconds in (0..).step_by(step) {
        let claim = kept.ledger.claim(&claimed_post, &new, &[], at(9));
        let _is_done = tokio::time::timeout(Duration::from_micros(microseconds), claim).await;
        // A write waits until the server has decided about a commit whose caller went away.
        kept.ledger.save_feed(&feed).await.unwrap();
        let after = kept.ledger.everything().await.unwrap();
        if after != before {
            assert_eq!(after.deliveries.len(), before.deliveries.len() + new.len(), "all or nothing");
            break;
        }
    }
}

async fn what_breaks_the_rules_of_the_tables_is_undone(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let ledger = &kept.ledger;
    let before = ledger.everything().await.unwrap();
    // A claim whose last story already has a row in the channel.
    let twice = [story(feed.id, 5), story(feed.id, 1)];
    let error = ledger.claim(&post(feed.id, 99), &twice, &[], at(9)).await.unwrap_err();
    assert_eq!(error.kind(), LedgerErrorKind::Other);
    assert!(words(error).to_lowercase().contains("unique constraint"));
    assert_eq!(ledger.everything().await.unwrap(), before);
    // The same stories in another channel are other deliveries.
    let mut elsewhere = [claim(&post(feed.id, 99), &twice, &[], at(9))];
    ledger.write_in(ChannelId(CHANNEL.0 + 1), &mut elsewhere).await.unwrap();
}

async fn what_is_not_there_cannot_be_saved(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let ledger = &kept.ledger;
    ledger.remove_feed(feed.id).await.unwrap();
    for error in [
        ledger.change(Change::Save(Box::new(post(feed.id, 99)))).await.unwrap_err(),
        ledger
            .record_outcome(&post(feed.id, 99), DeliveryState::Failed, None, &[DeliveryId(1)], at(9))
            .await
            .unwrap_err(),
    ] {
        assert!(words(error).contains("there is no"));
    }
    ledger.save_feed(&feed).await.unwrap();
    let loaded = ledger.everything().await.unwrap();
    assert_eq!(loaded.feeds, [], "a removed feed stays removed");
    assert_eq!((loaded.deliveries.len(), loaded.deliveries[0].1.state), (1, DeliveryState::Sent));
}
