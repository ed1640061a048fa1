//! Calls of one transaction are kept together, or not at all.

use super::*;
use crate::delivery::record::DeliveryId;

in_both_homes!(
    what_is_kept_together_is_kept_at_once,
    when_one_fails_nothing_is_kept_and_then_all_works_again,
    a_forsaken_beginning_leaves_nothing,
);

async fn what_is_kept_together_is_kept_at_once(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let before = kept.ledger.load().await.unwrap();
    kept.ledger.keep_together().await;
    let next = post(feed.id, 2);
    let claimed = kept.ledger.claim(CHANNEL, &next, &[story(feed.id, 2)], &[], at(3)).await.unwrap();
    let kept = kept.reopened().await;
    assert_eq!(kept.ledger.load().await.unwrap(), before, "a process that ends before the commit");
    let ledger = &kept.ledger;
    ledger.keep_together().await;
    let again = ledger.claim(CHANNEL, &next, &[story(feed.id, 2)], &[], at(3)).await.unwrap();
    assert_eq!((again.len(), again[0].article), (1, claimed[0].article));
    ledger.record_outcome(&next, DeliveryState::Sent, None, &[again[0].id], at(4)).await.unwrap();
    ledger.commit_together().await.unwrap();
    let kept = kept.reopened().await;
    let after = kept.ledger.load().await.unwrap();
    assert_eq!((after.deliveries.len(), after.posts.len()), (2, 2));
    assert_eq!(after.deliveries[1].1.state, DeliveryState::Sent);
}

async fn when_one_fails_nothing_is_kept_and_then_all_works_again(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let ledger = &kept.ledger;
    let before = ledger.load().await.unwrap();
    ledger.keep_together().await;
    ledger.dismiss(DeliveryId(1)).await.unwrap();
    let twice = ledger.claim(CHANNEL, &post(feed.id, 3), &[story(feed.id, 1)], &[], at(3)).await;
    assert!(words(twice.unwrap_err()).to_lowercase().contains("unique constraint"));
    assert!(ledger.save_feed(&feed).await.is_err(), "nothing of it is kept anyway");
    assert!(ledger.commit_together().await.is_err());
    assert_eq!(ledger.load().await.unwrap(), before);
    ledger.keep_together().await;
    ledger.dismiss(DeliveryId(1)).await.unwrap();
    ledger.commit_together().await.unwrap();
    assert_ne!(ledger.load().await.unwrap(), before);
}

#[tokio::test]
async fn nothing_is_kept_of_what_the_database_undid() {
    let (kept, feed) = Kept::with_a_post(Home::Sqlite).await;
    let ledger = &kept.ledger;
    let before = ledger.load().await.unwrap();
    ledger.keep_together().await;
    ledger.dismiss(DeliveryId(1)).await.unwrap();
    // SQLite does this on its own in the middle of a call, when the disk is full or fails.
    let mut call = ledger.connection.write().await.unwrap();
    call.execute(Statement::new("ROLLBACK")).await.unwrap();
    drop(call);
    assert!(ledger.save_feed(&feed).await.is_err(), "it would be kept by itself");
    assert!(ledger.commit_together().await.is_err());
    assert_eq!(ledger.load().await.unwrap(), before);
}

async fn a_forsaken_beginning_leaves_nothing(home: Home) {
    let (kept, _) = Kept::with_a_post(home).await;
    let ledger = &kept.ledger;
    let before = ledger.load().await.unwrap();
    ledger.keep_together().await;
    ledger.dismiss(DeliveryId(1)).await.unwrap();
    ledger.keep_together().await;
    ledger.commit_together().await.unwrap();
    assert_eq!(ledger.load().await.unwrap(), before);
}
