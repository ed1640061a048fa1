//! Changes of one call are kept together, or not at all.

use super::*;

in_both_homes!(
    what_is_written_together_is_kept_at_once,
    when_one_fails_nothing_is_kept_and_then_all_works_again,
);

async fn what_is_written_together_is_kept_at_once(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let (next, new) = (post(feed.id, 2), [story(feed.id, 2)]);
    let changes = vec![
        claim(&next, &new, &[], at(3)),
        Change::Save(Box::new(Post { uncertain_since: None, ..next })),
        settle(&[DeliveryId(2)], DeliveryState::Sent, None, at(4)),
    ];
    kept.ledger.write(changes).await.unwrap();
    let kept = kept.reopened().await;
    let after = kept.ledger.everything().await.unwrap();
    assert_eq!((after.deliveries.len(), after.posts.len()), (2, 2));
    assert_eq!(after.deliveries[1].1.state, DeliveryState::Sent);
}

async fn when_one_fails_nothing_is_kept_and_then_all_works_again(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let ledger = &kept.ledger;
    let before = ledger.everything().await.unwrap();
    let twice = claim(&post(feed.id, 3), &[story(feed.id, 1)], &[], at(3));
    let error = ledger.write(vec![Change::Dismiss(DeliveryId(1)), twice]).await.unwrap_err();
    assert!(words(error).to_lowercase().contains("unique constraint"));
    assert_eq!(ledger.everything().await.unwrap(), before);
    ledger.change(Change::Dismiss(DeliveryId(1))).await.unwrap();
    assert_ne!(ledger.everything().await.unwrap(), before);
}

#[tokio::test]
async fn nothing_is_kept_of_what_the_database_undid() {
    let (kept, _) = Kept::with_a_post(Home::Sqlite).await;
    let ledger = &kept.ledger;
    let before = ledger.everything().await.unwrap();
    // SQLite does this on its own in the middle of a call, when the disk is full or fails.
    let mut call = ledger.connection.write().await.unwrap();
    call.execute(Statement::new("UPDATE delivery SET is_dismissed = TRUE")).await.unwrap();
    call.execute(Statement::new("ROLLBACK")).await.unwrap();
    assert!(call.commit().await.is_err());
    assert_eq!(ledger.everything().await.unwrap(), before);
    ledger.change(Change::Dismiss(DeliveryId(1))).await.unwrap();
    assert_ne!(ledger.everything().await.unwrap(), before);
}
