//! Rows as people read them, decisions of moderators, and unreadable rows.

use super::*;
use crate::delivery::reason::FollowUpRefusal;
use crate::feed::pause::{Setting, UnreadableSetting};
use crate::ids::{GuildId, MessageId};

in_both_homes!(
    a_claim_is_not_written_for_a_feed_that_has_changed,
    a_feed_is_made_once_under_a_name_and_stays_removed,
    rows_outlive_their_feed,
    open_rows_are_the_unknown_then_the_failed_newest_first,
    details_come_in_the_order_asked_for_with_their_message,
    a_feed_whose_settings_cannot_be_read_comes_up_paused_and_says_which,
    a_row_that_cannot_be_read_is_named,
    rows_that_nobody_needs_go,
    what_a_moderator_said_of_a_withdrawal_is_kept,
    thousands_of_rows_are_made_at_once,
    calls_can_be_made_from_any_task,
);

async fn run(ledger: &Ledger, statement: &'static str) {
    let mut access = ledger.connection.write().await.unwrap();
    access.execute(Statement::new(statement)).await.unwrap();
    access.commit().await.unwrap();
}

async fn a_feed_is_made_once_under_a_name_and_stays_removed(home: Home) {
    let kept = Kept::new(home).await;
    let feed = kept.ledger.add_feed_once("NEWS_CHANNEL_ID=5", &new_feed(), at(0)).await.unwrap().unwrap();
    assert_eq!(feed.pending_backfill, Some(3));
    kept.ledger.remove_feed(feed.id).await.unwrap();
    let kept = kept.reopened().await;
    assert_eq!(kept.ledger.add_feed_once("NEWS_CHANNEL_ID=5", &new_feed(), at(1)).await.unwrap(), None);
    assert_eq!(kept.ledger.everything().await.unwrap().feeds, []);
    let other = kept.ledger.add_feed_once("NEWS_CHANNEL_ID=6", &new_feed(), at(1)).await.unwrap().unwrap();
    assert!(other.id > feed.id, "a number is never used again");
}

async fn a_claim_is_not_written_for_a_feed_that_has_changed(home: Home) {
    let kept = Kept::new(home).await;
    let feed = kept.ledger.add_feed(&new_feed(), at(0)).await.unwrap();
    let new = NewDelivery { id: DeliveryId(1), ..story(feed.id, 1) };
    let first = claim(&post(feed.id, 1), &[new], &[], at(1));
    let known = [(CHANNEL, vec![(feed.id, feed.version)])];
    let paused = |feed: &Feed| Feed { status: FeedStatus::PausedByModerator, ..feed.clone() };
    let changed = kept.ledger.change_feeds(FeedsOf::Guild(feed.guild), paused).await.unwrap();
    assert_eq!(kept.ledger.apply(&[(CHANNEL, &first)], &known).await.unwrap(), Applied::FeedsChanged);
    assert_eq!(kept.ledger.everything().await.unwrap().deliveries, []);
    let again = kept.ledger.change_feeds(FeedsOf::Guild(feed.guild), paused).await.unwrap();
    assert_eq!((changed.len(), again.len()), (1, 0), "what changes nothing counts nothing up");
    let known = [(CHANNEL, vec![(feed.id, changed[0].version)])];
    assert_eq!(kept.ledger.apply(&[(CHANNEL, &first)], &known).await.unwrap(), Applied::Written);
    // Another feed of the channel may take the story.
    kept.ledger.add_feed(&new_feed(), at(2)).await.unwrap();
    let other = claim(&post(feed.id, 2), &[], &[DeliveryId(1)], at(3));
    assert_eq!(kept.ledger.apply(&[(CHANNEL, &other)], &known).await.unwrap(), Applied::FeedsChanged);
}

async fn rows_outlive_their_feed(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let before = kept.ledger.everything().await.unwrap();
    let other = kept.ledger.add_feed(&NewFeed { guild: GuildId(8), ..new_feed() }, at(1)).await.unwrap();
    kept.ledger.remove_feed(feed.id).await.unwrap();
    let after = kept.ledger.everything().await.unwrap();
    assert_eq!((after.feeds, after.deliveries, after.posts), (vec![other], before.deliveries, before.posts));
}

async fn open_rows_are_the_unknown_then_the_failed_newest_first(home: Home) {
    let kept = Kept::new(home).await;
    let ledger = &kept.ledger;
    let (feed, other) = (FeedId(1), FeedId(2));
    let make = async |feed, number, state, since| {
        let made = ledger.record(state, &[story(feed, number)], at(since)).await;
        made.unwrap()[0].id
    };
    let failed = make(feed, 1, DeliveryState::Failed, 5).await;
    let unknown = make(feed, 2, DeliveryState::Unknown, 1).await;
    let unknown_later = make(feed, 3, DeliveryState::Unknown, 2).await;
    let failed_later = make(other, 4, DeliveryState::Failed, 6).await;
    let dismissed = make(feed, 5, DeliveryState::Failed, 7).await;
    make(feed, 6, DeliveryState::Baseline, 7).await;
    let of_removed = make(FeedId(3), 7, DeliveryState::Failed, 7).await;
    ledger.change(Change::Dismiss(dismissed)).await.unwrap();
    let open = async |count_max| {
        let rows = ledger.open_rows(&[feed, other], &[], count_max).await.unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<DeliveryId>>()
    };
    assert_eq!(open(25).await, [unknown_later, unknown, failed_later, failed]);
    assert_eq!(open(1).await, [unknown_later, failed_later]);
    assert_eq!(ledger.open_rows(&[], &[], 25).await.unwrap(), []);
    // The row of feed 3, which was removed.
    let of_channel = ledger.open_rows(&[feed], &[CHANNEL], 25).await.unwrap();
    assert_eq!((of_channel.len(), of_channel[2].id, of_channel[2].feed), (5, of_removed, FeedId(3)));
    let is_dismissed = |row: DeliveryId, loaded: &Everything| {
        loaded.deliveries.iter().any(|(_, delivery)| delivery.id == row && delivery.is_dismissed)
    };
    let loaded = ledger.everything().await.unwrap();
    assert!(is_dismissed(dismissed, &loaded) && !is_dismissed(failed, &loaded));
}

async fn details_come_in_the_order_asked_for_with_their_message(home: Home) {
    let kept = Kept::new(home).await;
    let ledger = &kept.ledger;
    let feed = FeedId(1);
    let reason = DeliveryReason::FollowUpRefused(FollowUpRefusal::ThreadsForbidden);
    let mut ids = Vec::new();
    for (key, shape) in [(1, PostShape::Single), (2, PostShape::ForumPost)] {
        let mut made = Post { shape, ..post(feed, key) };
        let claimed = ledger.claim(&made, &[story(feed, key)], &[], at(1)).await.unwrap();
        made.message = Some(MessageId(key + 10));
        made.thread = Some(ChannelId(key + 20));
        ledger
            .record_outcome(&made, DeliveryState::Sent, Some(&reason), &[claimed[0].id], at(2))
            .await
            .unwrap();
        ids.push(claimed[0].id);
    }
    let details = ledger.details(&[ids[1], DeliveryId(77), ids[0]]).await.unwrap();
    let read: Vec<_> = details.iter().map(|row| (row.id, &*row.title, row.message, row.thread)).collect();
    // The thread that a message opened is not the message's place.
    assert_eq!(
        read,
        [
            (ids[1], "Story 2", Some(MessageId(12)), Some(ChannelId(22))),
            (ids[0], "Story 1", Some(MessageId(11)), None)
        ]
    );
    let first = &details[0];
    assert_eq!((&*first.article_id, first.reason.as_ref()), ("stories/2", Some(&reason)));
    assert_eq!((first.channel, first.feed, first.since), (CHANNEL, feed, at(2)));
}

async fn a_feed_whose_settings_cannot_be_read_comes_up_paused_and_says_which(home: Home) {
    let kept = Kept::new(home).await;
    let feed = kept.ledger.add_feed(&new_feed(), at(0)).await.unwrap();
    for (statement, expected) in [
        ("UPDATE feed SET zone = 'Europe/Atlantis'", (Setting::TimeZone, "Europe/Atlantis")),
        ("UPDATE feed SET digest = 'weekly'", (Setting::Digest, "weekly")),
        ("UPDATE feed SET quiet_hours = 'always'", (Setting::QuietHours, "always")),
        ("UPDATE feed SET channel_kind = 'stage'", (Setting::ChannelKind, "stage")),
        ("UPDATE feed SET posts_per_hour_max = 70000", (Setting::PostsPerHour, "70000")),
        ("UPDATE feed SET max_age_days = 70000", (Setting::MaxAge, "70000")),
        ("UPDATE feed SET pending_backfill = 256", (Setting::Backfill, "256")),
        ("UPDATE feed SET status = 'asleep'", (Setting::Status, "asleep")),
    ] {
        run(&kept.ledger, statement).await;
        let found = kept.ledger.everything().await.unwrap().feeds.remove(0);
        let FeedStatus::Paused(PauseReason::SettingsUnreadable(unreadable)) = found.status else {
            panic!("{statement}: {:?}", found.status)
        };
        let (setting, value) = expected;
        assert!(unreadable.contains(&UnreadableSetting { setting, value: value.into() }), "{unreadable:?}");
        assert_eq!(
            (found.id, found.channel, found.settings.rules.topic),
            (feed.id, CHANNEL, Some("Rust".into()))
        );
    }
    kept.ledger.save_feed(&feed).await.unwrap();
    assert_eq!(kept.ledger.everything().await.unwrap().feeds, [feed]);
}

async fn a_row_that_cannot_be_read_is_named(home: Home) {
    for (statement, expected) in [
        ("UPDATE delivery SET state = 'lost'", "row 1 of delivery: state"),
        ("UPDATE delivery SET since = 9223372036854775807", "row 1 of delivery: since"),
        ("UPDATE delivery SET withdrawal = 'maybe'", "row 1 of delivery: withdrawal"),
        ("UPDATE post SET shape = 'round'", "row 1 of post: shape"),
        ("UPDATE post SET attempts = -1", "row 1 of post: attempts"),
        ("UPDATE post SET crosspost = 'maybe'", "row 1 of post: crosspost"),
    ] {
        let (kept, _) = Kept::with_a_post(home).await;
        run(&kept.ledger, statement).await;
        let loaded = kept.ledger.load(at(0)).await.unwrap();
        let [(CHANNEL, 1, named)] = &loaded.rows.unreadable[..] else { panic!("{statement}: {loaded:?}") };
        assert!(named.contains(expected), "{named}");
        assert_ne!(loaded.rows.deliveries.is_empty(), loaded.rows.posts.is_empty(), "the other row is read");
        let known = kept.ledger.known(&[CHANNEL], &[1]).await.unwrap();
        assert_eq!(known.unreadable.len(), 1, "{statement}: also when a plan needs it");
    }
    for known_by in [&b"\xff"[..], b"\xff\xff\xff\xff\0", b"\0\0\0\0\0"] {
        let (kept, _) = Kept::with_a_post(home).await;
        let mut access = kept.ledger.connection.write().await.unwrap();
        let statement = Statement::new("UPDATE delivery SET known_by = $1").bind(known_by.to_vec());
        access.execute(statement).await.unwrap();
        access.commit().await.unwrap();
        let unreadable = kept.ledger.load(at(0)).await.unwrap().rows.unreadable;
        assert!(unreadable[0].2.contains("row 1 of delivery: known_by"), "{unreadable:?}");
    }
    let (kept, _) = Kept::with_a_post(home).await;
    run(&kept.ledger, "UPDATE feed SET checked_at = 9223372036854775807").await;
    let error = kept.ledger.load(at(0)).await.unwrap_err();
    assert_eq!(error.kind(), LedgerErrorKind::Damaged);
    assert!(words(error).contains("row 1 of feed: checked_at"));
}

async fn rows_that_nobody_needs_go(home: Home) {
    let (kept, feed) = Kept::with_a_post(home).await;
    let ledger = &kept.ledger;
    let other = ledger.add_feed(&new_feed(), at(0)).await.unwrap();
    let old: Vec<NewDelivery> = (10..1_510).map(|number| story(feed.id, number)).collect();
    ledger.record(DeliveryState::Baseline, &old, at(1)).await.unwrap();
    ledger.record(DeliveryState::Expired, &[story(feed.id, 2_000)], at(9)).await.unwrap();
    ledger.record(DeliveryState::Baseline, &[story(other.id, 2_001)], at(1)).await.unwrap();
    assert_eq!(ledger.forget_outdated(at(5)).await.unwrap(), 0, "the feeds are there");
    ledger.remove_feed(feed.id).await.unwrap();
    for expected in [1_000, 500, 0] {
        assert_eq!(ledger.forget_outdated(at(5)).await.unwrap(), expected);
    }
    let left = ledger.everything().await.unwrap();
    let states: Vec<DeliveryState> = left.deliveries.iter().map(|(_, row)| row.state).collect();
    assert_eq!(states, [DeliveryState::Sent, DeliveryState::Expired, DeliveryState::Baseline]);
    assert_eq!(ledger.unknown(&[CHANNEL], &[10, 2_000]).await.unwrap(), [(CHANNEL, 10)]);
    ledger.change(Change::ForgetChannel).await.unwrap();
    let left = ledger.everything().await.unwrap();
    assert_eq!((left.deliveries.len(), left.posts.len(), left.feeds.len()), (0, 0, 1));
    assert_eq!(ledger.unknown(&[CHANNEL], &[2_000]).await.unwrap().len(), 1);
}

async fn what_a_moderator_said_of_a_withdrawal_is_kept(home: Home) {
    let (kept, _) = Kept::with_a_post(home).await;
    for word in [WithdrawalWord::Keep, WithdrawalWord::Withdraw, WithdrawalWord::None] {
        kept.ledger.change(Change::Decide { deliveries: vec![DeliveryId(1)], word }).await.unwrap();
        assert_eq!(kept.ledger.everything().await.unwrap().deliveries[0].1.withdrawal, word);
    }
}

async fn thousands_of_rows_are_made_at_once(home: Home) {
    let kept = Kept::new(home).await;
    let new: Vec<NewDelivery> = (0..5001).map(|number| story(FeedId(1), number)).collect();
    let made = kept.ledger.record(DeliveryState::Baseline, &new, at(1)).await.unwrap();
    assert!(made.iter().zip(&new).all(|(made, new)| made.article == new.article));
    assert!(made.windows(2).all(|pair| pair[0].id < pair[1].id));
    let loaded = kept.ledger.everything().await.unwrap();
    assert_eq!(loaded.deliveries.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), made);
    let ids: Vec<DeliveryId> = made.iter().map(|row| row.id).collect();
    kept.ledger.change(settle(&ids, DeliveryState::Withdrawn, None, at(2))).await.unwrap();
    let loaded = kept.ledger.everything().await.unwrap();
    assert!(
        loaded.deliveries.iter().all(|(_, row)| row.state == DeliveryState::Withdrawn && row.since == at(2))
    );
}

async fn calls_can_be_made_from_any_task(home: Home) {
    fn assert_send<T: Send>(value: T) -> T {
        value
    }
    let (kept, feed) = Kept::with_a_post(home).await;
    let (ledger, id) = (&kept.ledger, DeliveryId(1));
    assert_send(ledger.load(at(0))).await.unwrap();
    let change = claim(&post(feed.id, 9), &[], &[id], at(1));
    assert_send(ledger.apply(&[(CHANNEL, &change)], &[])).await.unwrap();
    assert_send(ledger.details(&[id])).await.unwrap();
}
