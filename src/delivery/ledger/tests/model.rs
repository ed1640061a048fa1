//! After any changes in any order, the next process finds what memory has: memory follows changes as the database does.

use proptest::prelude::*;

use super::*;
use crate::delivery::channel_state::ChannelState;
use crate::ids::MessageId;

/// Numbers select an element. Large numbers wrap around.
#[derive(Debug, Clone)]
enum Call {
    AddFeed,
    SaveFeed(usize, i64),
    RemoveFeed(usize),
    Record(u64, u8),
    Claim(u64, Vec<usize>),
    SavePost(usize, u32),
    Outcome(usize, usize),
    Settle(Vec<usize>, usize),
    Unclaim(usize),
    Widen(usize, u64),
    Decide(usize),
    Dismiss(usize),
    ForgetUnposted(usize),
    ForgetChannel,
    Reopen,
}

fn call() -> impl Strategy<Value = Call> {
    let pick = 0..50_usize;
    prop_oneof![
        Just(Call::AddFeed),
        (pick.clone(), any::<i64>()).prop_map(|(feed, quality)| Call::SaveFeed(feed, quality)),
        pick.clone().prop_map(Call::RemoveFeed),
        (0..30_u64, 0..4_u8).prop_map(|(first, count)| Call::Record(first, count)),
        (0..30_u64, prop::collection::vec(pick.clone(), 0..3))
            .prop_map(|(story, again)| Call::Claim(story, again)),
        (pick.clone(), any::<u32>()).prop_map(|(post, attempts)| Call::SavePost(post, attempts)),
        (pick.clone(), pick.clone()).prop_map(|(post, state)| Call::Outcome(post, state)),
        (prop::collection::vec(pick.clone(), 0..4), pick.clone())
            .prop_map(|(rows, state)| Call::Settle(rows, state)),
        pick.clone().prop_map(Call::Unclaim),
        (pick.clone(), any::<u64>()).prop_map(|(row, hash)| Call::Widen(row, hash)),
        pick.clone().prop_map(Call::Decide),
        pick.clone().prop_map(Call::Dismiss),
        pick.prop_map(Call::ForgetUnposted),
        Just(Call::ForgetChannel),
        Just(Call::Reopen),
    ]
}

/// What memory has.
#[derive(Default)]
struct Model {
    state: ChannelState,
    last_delivery: i64,
    calls: u64,
}

fn picked<T>(mut all: Vec<T>, pick: usize) -> Option<T> {
    (!all.is_empty()).then(|| all.swap_remove(pick % all.len()))
}

impl Model {
    fn now(&self) -> Timestamp {
        at(i64::try_from(self.calls).unwrap())
    }

    fn loaded(&self) -> Everything {
        let mut rows: Vec<Delivery> = self.state.all().cloned().collect();
        rows.sort_by_key(|row| row.id);
        let mut posts: Vec<Post> = self.state.posts().cloned().collect();
        posts.sort_by_key(|post| (post.first_tried_at, post.key.0.cast_signed()));
        Everything {
            feeds: self.state.feeds().cloned().collect(),
            deliveries: rows.into_iter().map(|row| (CHANNEL, row)).collect(),
            posts: posts.into_iter().map(|post| (CHANNEL, post)).collect(),
            last_delivery: self.last_delivery,
        }
    }

    fn row(&self, pick: usize) -> Option<Delivery> {
        picked(self.loaded().deliveries, pick).map(|(_, row)| row)
    }

    fn rows(&self, picks: &[usize]) -> Vec<DeliveryId> {
        let mut rows: Vec<DeliveryId> =
            picks.iter().filter_map(|pick| self.row(*pick)).map(|row| row.id).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn post(&self, pick: usize) -> Option<Post> {
        picked(self.loaded().posts, pick).map(|(_, post)| post)
    }

    fn feed(&self, pick: usize) -> Option<Feed> {
        picked(self.loaded().feeds, pick)
    }

    /// Stories without a row. The plan creates no second row of a story.
    fn new_stories(&self, first: u64, count: u8) -> Vec<NewDelivery> {
        let numbers = (first..).take(usize::from(count));
        let stories = numbers.map(|number| story(FeedId(1 + i64::from(count % 2)), number));
        stories.filter(|story| !self.state.all().any(|row| row.article == story.article)).collect()
    }

    /// The changes of a call. `None` if there is nothing to change.
    fn changes(&self, call: Call) -> Option<Vec<Change>> {
        let state = |pick: usize| DeliveryState::ALL[pick % DeliveryState::ALL.len()];
        let now = self.now();
        let save = |post: Post| Change::Save(Box::new(post));
        Some(match call {
            Call::AddFeed | Call::Reopen => return None,
            Call::SaveFeed(feed, quality) => {
                let feed = self.feed(feed)?.id;
                let troubled = match quality % 4 {
                    0 => FeedChange::Troubled(PauseReason::ChannelHidden),
                    1 => FeedChange::Troubled(PauseReason::RoleDeleted),
                    2 => FeedChange::Troubled(PauseReason::NoTagAllowed),
                    _ => FeedChange::Foreign,
                };
                let marks = [FeedChange::Checked(now), FeedChange::Digested(now), FeedChange::Begun];
                marks.into_iter().chain([FeedChange::Settled, troubled]).map(|mark| mark.of(feed)).collect()
            }
            Call::RemoveFeed(feed) => vec![Change::RemoveFeed(self.feed(feed)?.id)],
            Call::Record(first, count) => {
                let deliveries = self.new_stories(first, count);
                let state = if first % 2 == 0 { DeliveryState::Baseline } else { DeliveryState::Expired };
                vec![Change::Record { state, deliveries, at: now }]
            }
            Call::Claim(first, again) => {
                let mut again = self.rows(&again);
                // Only finished deliveries are sent again.
                let is_final = |id: &DeliveryId| {
                    self.state.delivery(*id).is_some_and(|row| row.state != DeliveryState::Sending)
                };
                again.retain(is_final);
                let post = Post { first_tried_at: now, ..post(FeedId(1), self.calls) };
                vec![claim(&post, &self.new_stories(first, 1), &again, now)]
            }
            Call::SavePost(post, attempts) => {
                let thread = Some(ChannelId(u64::MAX));
                vec![save(Post { attempts, edited_at: Some(now), thread, ..self.post(post)? })]
            }
            Call::Outcome(post, pick) => {
                let post = self.post(post)?;
                let carried: Vec<DeliveryId> = self.state.carried_by(post.key).map(|row| row.id).collect();
                let post = Post { message: Some(MessageId(self.calls)), uncertain_since: None, ..post };
                vec![save(post), settle(&carried, state(pick), None, now)]
            }
            Call::Settle(rows, pick) => vec![settle(&self.rows(&rows), state(pick), None, now)],
            Call::Unclaim(post) => vec![Change::Unclaim { post: self.post(post)?.key, at: now }],
            Call::Widen(row, hash) => {
                let mut row = self.row(row)?;
                row.widen(&[identity(hash), Identity { hashes: vec![hash], title: None }]);
                vec![Change::Widen { delivery: row.id, hashes: row.hashes, titles: row.titles }]
            }
            Call::Decide(row) => {
                vec![Change::Decide { deliveries: vec![self.row(row)?.id], word: WithdrawalWord::Keep }]
            }
            Call::Dismiss(row) => vec![Change::Dismiss(self.row(row)?.id)],
            Call::ForgetChannel => vec![Change::ForgetChannel],
            Call::ForgetUnposted(row) => vec![Change::ForgetUnposted(self.row(row)?.feed)],
        })
    }

    /// Each delivery is found by what it is known by, and nothing else is.
    async fn check_identities(&self, ledger: &Ledger) {
        let all = "SELECT channel, hash, delivery FROM identity ORDER BY delivery, hash";
        let mut read = ledger.connection.read().await.unwrap();
        let found: Vec<(i64, i64, i64)> = read.all(Statement::new(all)).await.unwrap();
        let mut expected = Vec::new();
        for row in self.state.all() {
            let hashes = row.hashes.iter().copied().chain(row.titles.iter().map(|title| title.hash));
            let hashes: std::collections::BTreeSet<i64> = hashes.map(u64::cast_signed).collect();
            expected.extend(hashes.into_iter().map(|hash| (CHANNEL.0.cast_signed(), hash, row.id.0)));
        }
        expected.sort_unstable_by_key(|(_, hash, delivery)| (*delivery, *hash));
        assert_eq!(found, expected);
    }

    async fn make(&mut self, ledger: &Ledger, call: Call) {
        if let Call::AddFeed = call {
            self.state.enter_feed(ledger.add_feed(&new_feed(), self.now()).await.unwrap());
        }
        let Some(mut changes) = self.changes(call) else { return };
        let mut next = DeliveryId(self.last_delivery + 1);
        number(&mut changes, &mut next);
        self.last_delivery = next.0 - 1;
        let of_channel: Vec<(ChannelId, &Change)> = changes.iter().map(|change| (CHANNEL, change)).collect();
        ledger.apply(&of_channel, &[]).await.unwrap();
        changes.iter().for_each(|change| self.state.apply(change));
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
            assert_eq!(kept.ledger.everything().await.unwrap(), model.loaded());
            model.check_identities(&kept.ledger).await;
        }
        assert_eq!(kept.place.after_a_crash().await, model.loaded());
    });
}

fn check_any_calls(home: Home) {
    let config = ProptestConfig { cases: 60, ..ProptestConfig::default() };
    proptest!(config, |(calls in prop::collection::vec(call(), 1..40))| check(home, calls));
}

#[test]
fn the_next_process_finds_what_was_done() {
    check_any_calls(Home::Sqlite);
}

#[test]
fn the_next_process_finds_what_was_done_on_the_server() {
    // Asked once: a test that rejected each case would fail where there is no server.
    if homes::server().is_some() {
        check_any_calls(Home::Postgres);
    }
}
