//! After any calls in any order, the next process finds what a plain model in memory has.

use proptest::prelude::*;

use super::*;
use crate::delivery::record::{Delivery, DeliveryId, WithdrawalWord};
use crate::ids::MessageId;

/// Numbers select an element. Large numbers wrap around.
#[derive(Debug, Clone)]
enum Call {
    AddFeed,
    SaveFeed(usize, i64),
    RemoveFeed(usize),
    Record(u64, u8, Option<usize>),
    Claim(u64, Vec<usize>),
    SavePost(usize, u32),
    Settle(usize, usize),
    Mark(Vec<usize>, usize),
    Unclaim(usize),
    Widen(usize, u64),
    Withhold(usize),
    Dismiss(usize),
    Reopen,
}

fn call() -> impl Strategy<Value = Call> {
    let pick = 0..50_usize;
    prop_oneof![
        Just(Call::AddFeed),
        (pick.clone(), any::<i64>()).prop_map(|(feed, quality)| Call::SaveFeed(feed, quality)),
        pick.clone().prop_map(Call::RemoveFeed),
        (0..30_u64, 0..4_u8, prop::option::of(pick.clone()))
            .prop_map(|(first, count, feed)| Call::Record(first, count, feed)),
        (0..30_u64, prop::collection::vec(pick.clone(), 0..3))
            .prop_map(|(story, resent)| Call::Claim(story, resent)),
        (pick.clone(), any::<u32>()).prop_map(|(post, attempts)| Call::SavePost(post, attempts)),
        (pick.clone(), pick.clone()).prop_map(|(post, state)| Call::Settle(post, state)),
        (prop::collection::vec(pick.clone(), 0..4), pick.clone())
            .prop_map(|(rows, state)| Call::Mark(rows, state)),
        pick.clone().prop_map(Call::Unclaim),
        (pick.clone(), any::<u64>()).prop_map(|(row, hash)| Call::Widen(row, hash)),
        pick.clone().prop_map(Call::Withhold),
        pick.prop_map(Call::Dismiss),
        Just(Call::Reopen),
    ]
}

/// The expected content of the ledger.
#[derive(Default)]
struct Model {
    loaded: Loaded,
    /// The previous state and post of a resent row.
    previous: std::collections::BTreeMap<DeliveryId, (DeliveryState, Option<PostKey>)>,
    calls: u64,
}

impl Model {
    fn now(&self) -> Timestamp {
        at(i64::try_from(self.calls).unwrap())
    }

    fn row(&self, pick: usize) -> Option<DeliveryId> {
        let rows = &self.loaded.deliveries;
        (!rows.is_empty()).then(|| rows[pick % rows.len()].1.id)
    }

    fn post(&self, pick: usize) -> Option<Post> {
        let posts = &self.loaded.posts;
        (!posts.is_empty()).then(|| posts[pick % posts.len()].1.clone())
    }

    fn feed(&self, pick: usize) -> Option<Feed> {
        let feeds = &self.loaded.feeds;
        (!feeds.is_empty()).then(|| feeds[pick % feeds.len()].clone())
    }

    fn rows(&mut self, ids: &[DeliveryId]) -> impl Iterator<Item = &mut Delivery> {
        let rows = self.loaded.deliveries.iter_mut().map(|(_, row)| row);
        rows.filter(|row| ids.contains(&row.id))
    }

    fn keep_feed(&mut self, feed: &Feed) {
        self.loaded.feeds.iter_mut().filter(|kept| kept.id == feed.id).for_each(|kept| *kept = feed.clone());
    }

    fn keep_post(&mut self, post: &Post) {
        let posts = self.loaded.posts.iter_mut().filter(|(_, kept)| kept.key == post.key);
        posts.for_each(|(_, kept)| *kept = post.clone());
    }

    fn set_state(&mut self, ids: &[DeliveryId], state: DeliveryState) {
        let now = self.now();
        self.previous.retain(|id, _| !ids.contains(id));
        self.rows(ids).for_each(|row| (row.state, row.since) = (state, now));
    }

    fn enter(&mut self, made: Vec<Delivery>) {
        self.loaded.deliveries.extend(made.into_iter().map(|row| (CHANNEL, row)));
    }

    /// Stories without a row. The plan creates no second row of a story.
    fn new_stories(&self, first: u64, count: u8) -> Vec<NewDelivery> {
        let numbers = (first..).take(usize::from(count));
        let stories = numbers.map(|number| story(FeedId(1), number));
        let has_row = |article| self.loaded.deliveries.iter().any(|(_, row)| row.article == article);
        stories.filter(|story| !has_row(story.article)).collect()
    }

    fn unclaim(&mut self, key: PostKey) {
        let now = self.now();
        let previous = std::mem::take(&mut self.previous);
        self.loaded.deliveries.retain(|(_, row)| {
            row.post != Some(key) || row.state != DeliveryState::Sending || previous.contains_key(&row.id)
        });
        for (id, (state, post)) in previous {
            let is_of_post = self.rows(&[id]).any(|row| row.post == Some(key));
            if is_of_post {
                self.rows(&[id]).for_each(|row| (row.state, row.post, row.since) = (state, post, now));
            } else {
                self.previous.insert(id, (state, post));
            }
        }
        let is_referred_to = self.loaded.deliveries.iter().any(|(_, row)| row.post == Some(key))
            || self.previous.values().any(|(_, post)| *post == Some(key));
        self.loaded.posts.retain(|(_, post)| post.key != key || is_referred_to);
    }

    async fn claim(&mut self, ledger: &Ledger, first: u64, resent: &[usize]) {
        let mut resent: Vec<DeliveryId> = resent.iter().filter_map(|row| self.row(*row)).collect();
        resent.sort_unstable();
        resent.dedup();
        // Only finished deliveries are sent again.
        resent.retain(|id| self.rows(&[*id]).all(|row| row.state != DeliveryState::Sending));
        let claimed_post = Post { first_tried_at: self.now(), ..post(FeedId(1), self.calls) };
        let new = self.new_stories(first, 1);
        let claimed = ledger.claim(CHANNEL, &claimed_post, &new, &resent, self.now()).await.unwrap();
        let (now, count) = (self.now(), new.len());
        for id in &resent {
            let before = self.rows(&[*id]).map(|row| (row.state, row.post)).next().unwrap();
            self.previous.insert(*id, before);
        }
        for row in self.rows(&resent) {
            (row.state, row.post, row.since) = (DeliveryState::Sending, Some(claimed_post.key), now);
            (row.withdrawal, row.is_dismissed) = (WithdrawalWord::None, false);
        }
        let expected: Vec<Delivery> =
            resent.iter().flat_map(|id| self.rows(&[*id]).next().cloned()).collect();
        assert_eq!(claimed[count..], expected);
        self.loaded.posts.push((CHANNEL, claimed_post));
        self.enter(claimed[..count].to_vec());
    }

    async fn make(&mut self, ledger: &Ledger, call: Call) {
        match call {
            Call::AddFeed => self.loaded.feeds.push(ledger.add_feed(&new_feed(), self.now()).await.unwrap()),
            Call::SaveFeed(feed, quality) => {
                let Some(mut feed) = self.feed(feed) else { return };
                feed.settings.rules.quality_min = quality;
                let before = match quality % 4 {
                    0 => FeedStatus::Active,
                    1 => FeedStatus::PausedByModerator,
                    2 => FeedStatus::Paused(PauseReason::ChannelHidden),
                    _ => FeedStatus::PausedByBoth(PauseReason::NoTagAllowed),
                };
                let since = self.now();
                let left = FeedStatus::Left { since, before: Box::new(before.clone()) };
                feed.status = if quality % 8 < 4 { left } else { before };
                ledger.save_feed(&feed).await.unwrap();
                self.keep_feed(&feed);
            }
            Call::RemoveFeed(feed) => {
                let Some(feed) = self.feed(feed) else { return };
                ledger.remove_feed(feed.id).await.unwrap();
                self.loaded.feeds.retain(|kept| kept.id != feed.id);
            }
            Call::Record(first, count, feed) => {
                let feed = feed.and_then(|feed| self.feed(feed));
                let feed = feed.map(|feed| Feed { pending_backfill: None, checked_at: self.now(), ..feed });
                let (state, new) = (DeliveryState::Baseline, self.new_stories(first, count));
                let made =
                    ledger.record(CHANNEL, state, &new, None, feed.as_ref(), self.now()).await.unwrap();
                self.enter(made);
                feed.iter().for_each(|feed| self.keep_feed(feed));
            }
            Call::Claim(first, resent) => self.claim(ledger, first, &resent).await,
            Call::Unclaim(post) => {
                let Some(post) = self.post(post) else { return };
                ledger.unclaim(post.key, self.now()).await.unwrap();
                self.unclaim(post.key);
            }
            other => self.change(ledger, other).await,
        }
    }

    /// Calls that change existing posts and rows.
    async fn change(&mut self, ledger: &Ledger, call: Call) {
        let state = |pick: usize| DeliveryState::ALL[pick % DeliveryState::ALL.len()];
        match call {
            Call::SavePost(post, attempts) => {
                let Some(post) = self.post(post) else { return };
                let post =
                    Post { attempts, edited_at: Some(self.now()), thread: Some(ChannelId(u64::MAX)), ..post };
                ledger.save_post(&post).await.unwrap();
                self.keep_post(&post);
            }
            Call::Settle(post, pick) => {
                let Some(post) = self.post(post) else { return };
                let post = Post { message: Some(MessageId(self.calls)), uncertain_since: None, ..post };
                let carried = self.loaded.deliveries.iter().filter(|(_, row)| row.post == Some(post.key));
                let carried: Vec<DeliveryId> = carried.map(|(_, row)| row.id).collect();
                ledger.record_outcome(&post, state(pick), None, &carried, self.now()).await.unwrap();
                self.keep_post(&post);
                self.set_state(&carried, state(pick));
            }
            Call::Mark(rows, pick) => {
                let rows: Vec<DeliveryId> = rows.iter().filter_map(|row| self.row(*row)).collect();
                ledger.mark(&rows, state(pick), None, self.now()).await.unwrap();
                self.set_state(&rows, state(pick));
            }
            Call::Widen(row, hash) => {
                let Some(row) = self.row(row) else { return };
                let more = vec![identity(hash), Identity { hashes: vec![hash], title: None, provider: None }];
                ledger.widen(&[(row, more.clone()), (DeliveryId(-1), more.clone())]).await.unwrap();
                self.rows(&[row]).for_each(|row| {
                    row.widen(&more);
                });
            }
            Call::Withhold(row) => {
                let Some(row) = self.row(row) else { return };
                ledger.set_withdrawal_word(&[row], WithdrawalWord::Keep).await.unwrap();
                self.rows(&[row]).for_each(|row| row.withdrawal = WithdrawalWord::Keep);
            }
            Call::Dismiss(row) => {
                let Some(row) = self.row(row) else { return };
                ledger.dismiss(row).await.unwrap();
                self.rows(&[row]).for_each(|row| row.is_dismissed = true);
            }
            _ => {}
        }
    }
}

fn check(home: Home, calls: Vec<Call>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut kept = Kept::new(home).await;
        let mut model = Model::default();
        for call in calls {
            model.calls += 1;
            if let Call::Reopen = call {
                kept = kept.reopened().await;
            } else {
                model.make(&kept.ledger, call).await;
            }
            assert_eq!(kept.ledger.load().await.unwrap(), model.loaded);
        }
        assert_eq!(kept.place.after_a_crash().await, model.loaded);
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_next_process_finds_what_was_done(calls in prop::collection::vec(call(), 1..40)) {
        check(Home::Sqlite, calls);
    }

    #[test]
    fn the_next_process_finds_what_was_done_on_the_server(calls in prop::collection::vec(call(), 1..40)) {
        prop_assume!(homes::server().is_some());
        check(Home::Postgres, calls);
    }
}
