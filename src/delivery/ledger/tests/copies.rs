//! Copies from one kind of database to the other, and back.

use super::*;

async fn refused(from: &str, to: &str) -> String {
    words(copy(from, to).await.unwrap_err())
}

/// A ledger with all kinds of values, in a place that nobody has open. Its last rows are gone again.
async fn filled(home: Home) -> (Place, Everything) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let ledger = &kept.ledger;
    let reason = DeliveryReason::Unconfirmed(SearchFailure::TooManyMessages);
    let many: Vec<NewDelivery> = (10..5_100).map(|number| story(feed.id, number)).collect();
    let state = DeliveryState::Baseline;
    let made = ledger.record(state, &many, at(5)).await.unwrap();
    let ids: Vec<DeliveryId> = made.iter().map(|row| row.id).collect();
    ledger.change(settle(&ids, state, Some(&reason), at(5))).await.unwrap();
    ledger.change(Change::Dismiss(made[7].id)).await.unwrap();
    let unsent = post(feed.id, u64::MAX);
    ledger.claim(&unsent, &[story(feed.id, 6_000)], &[made[8].id], at(6)).await.unwrap();
    let gone = post(feed.id, 8);
    ledger.claim(&gone, &[story(feed.id, 7_000)], &[], at(7)).await.unwrap();
    ledger.change(Change::Unclaim { post: gone.key, at: at(8) }).await.unwrap();
    let other = NewFeed { guild: GuildId(u64::MAX), ..new_feed() };
    let other = ledger.add_feed_once("NEWS_CHANNEL_ID=5", &other, at(9)).await.unwrap().unwrap();
    ledger.remove_feed(other.id).await.unwrap();
    let guild = |chosen: &mut GuildChoices| chosen.notices = Some(CHANNEL);
    ledger.guilds().choose(GuildId(u64::MAX), guild).await.unwrap();
    let loaded = ledger.everything().await.unwrap();
    ledger.hold().release().await.unwrap();
    (kept.place, loaded)
}

/// The next process finds the same, and numbers go on.
async fn assert_same(place: &Place, loaded: &Everything) {
    let ledger = Ledger::open(&place.url()).await.unwrap();
    assert_eq!(ledger.everything().await.unwrap(), *loaded);
    assert!(ledger.was_done_once("NEWS_CHANNEL_ID=5").await.unwrap());
    let chosen = ledger.guilds().of(GuildId(u64::MAX)).await.unwrap();
    assert_eq!(chosen, GuildChoices { notices: Some(CHANNEL), ..GuildChoices::default() });
    let last = loaded.deliveries.last().unwrap().1.clone();
    let details = ledger.details(&[loaded.deliveries[5].1.id]).await.unwrap().remove(0);
    assert_eq!(details.reason, Some(DeliveryReason::Unconfirmed(SearchFailure::TooManyMessages)));
    // A resent delivery gets its earlier state back when its claim is removed.
    ledger.change(Change::Unclaim { post: PostKey(u64::MAX), at: at(10) }).await.unwrap();
    let restored = ledger.everything().await.unwrap().deliveries.into_iter().map(|(_, row)| row);
    assert!(restored.filter(|row| row.since == at(10)).all(|row| row.state == DeliveryState::Baseline));
    let next = ledger.add_feed(&new_feed(), at(10)).await.unwrap();
    assert!(
        next.id.0 > loaded.feeds.last().unwrap().id.0 + 1,
        "the number of a removed feed is not given again"
    );
    let new = post(next.id, 9);
    let claimed = ledger.claim(&new, &[story(next.id, 8_000)], &[], at(10)).await.unwrap();
    assert!(claimed[0].id.0 > last.id.0 + 1, "nor the number of a row that is gone");
    ledger.hold().release().await.unwrap();
}

#[tokio::test]
async fn a_copy_is_the_same_on_the_server_and_back() {
    if homes::server().is_none() {
        return;
    }
    let (file, loaded) = filled(Home::Sqlite).await;
    let (server, back) = (Place::new(Home::Postgres).await, Place::new(Home::Sqlite).await);
    let copied = copy(&file.url(), &server.url()).await.unwrap();
    let counts = (loaded.feeds.len(), loaded.posts.len(), loaded.deliveries.len());
    assert_eq!((copied.feeds, copied.posts, copied.deliveries), counts);
    assert_eq!(copy(&server.url(), &back.url()).await.unwrap(), copied);
    assert_same(&server, &loaded).await;
    assert_same(&back, &loaded).await;
}

#[tokio::test]
async fn a_copy_of_an_empty_ledger_works_and_its_numbers_begin_at_1() {
    let (from, to) = (Kept::new(Home::Sqlite).await, Place::new(Home::Sqlite).await);
    drop(from.ledger);
    assert_eq!(copy(&from.place.url(), &to.url()).await.unwrap(), Copied::default());
    let ledger = Ledger::open(&to.url()).await.unwrap();
    assert_eq!(ledger.add_feed(&new_feed(), at(0)).await.unwrap().id, FeedId(1));
}

#[tokio::test]
async fn what_cannot_be_copied_is_refused_in_words_and_nothing_is_changed() {
    let (place, loaded) = filled(Home::Sqlite).await;
    let folder = tempfile::tempdir().unwrap();
    let empty = url(folder.path());
    assert!(refused("sqlite::memory:", &empty).await.contains("FROM holds no data"));
    assert!(refused(&url(&folder.path().join("none")), &empty).await.contains("FROM holds no data"));
    assert!(refused(&place.url(), "postgres://bot:hunter2@db").await.contains("TO names no database"));
    let (other, others) = filled(Home::Sqlite).await;
    assert!(refused(&place.url(), &other.url()).await.contains("TO holds data already"));
    assert!(refused(&place.url(), &place.url()).await.contains("in use by another heatwire"));
    assert_same(&place, &loaded).await;
    assert_same(&other, &others).await;
}

#[tokio::test]
async fn a_server_that_a_bot_uses_is_not_copied() {
    if homes::server().is_none() {
        return;
    }
    let kept = Kept::new(Home::Postgres).await;
    let file = Place::new(Home::Sqlite).await;
    assert!(refused(&kept.url(), &file.url()).await.contains("in use by another heatwire"));
}
