//! The feeds, deliveries and posts of one channel, in memory, indexed as the plan searches them: by identity, by
//! state, by time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;

use super::change::Change;
use super::identity::{Identity, TitleIdentity, id_hash};
use super::record::{
    Delivery, DeliveryId, DeliveryState, FollowUp, NewDelivery, Post, PostKey, PostShape, Previous,
    WithdrawalWord, young_since,
};
use super::snapshot::{FilePresence, Snapshot};
use crate::article_key::ArticleKey;
use crate::feed::{Feed, FeedId, FeedStatus};
use crate::ids::ChannelId;
use article_format::ArticleId;

/// The feeds, deliveries and posts of one channel. Each set is an index. The last part of an entry is the number or
/// key that the index finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChannelState {
    feeds: BTreeMap<FeedId, Feed>,
    deliveries: FxHashMap<DeliveryId, Delivery>,
    posts: FxHashMap<PostKey, Post>,
    by_hash: BTreeSet<(u64, DeliveryId)>,
    by_title: BTreeSet<(TitleIdentity, DeliveryId)>,
    by_state: BTreeSet<(DeliveryState, DeliveryId)>,
    by_post: BTreeSet<(PostKey, DeliveryId)>,
    by_first_try: BTreeSet<(FeedId, Timestamp, PostKey)>,
    by_sent_at: BTreeSet<(Timestamp, PostKey)>,
    /// Posts that still wait for a thread or a crosspost.
    to_follow: BTreeSet<PostKey>,
    sent_counts: BTreeMap<FeedId, usize>,
}

impl ChannelState {
    /// Follows a change that is written, or will be written before anything else happens in the channel.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Record { state, deliveries, at } => self.enter_new(deliveries, *state, None, *at),
            Change::Claim { post, new, again, at } => {
                self.enter_new(new, DeliveryState::Sending, Some(post.key), *at);
                self.change_each(again, |row| {
                    row.previous = Some(Previous { state: row.state, post: row.post });
                    (row.state, row.post, row.feed, row.since) =
                        (DeliveryState::Sending, Some(post.key), post.feed, *at);
                    (row.withdrawal, row.is_dismissed) = (WithdrawalWord::None, false);
                });
                self.enter_post((**post).clone());
            }
            Change::Unclaim { post, at } => self.unclaim(*post, *at),
            Change::Save(post) => self.enter_post((**post).clone()),
            Change::Settle { deliveries, state, since, .. } => self.change_each(deliveries, |row| {
                (row.state, row.since, row.previous) = (*state, *since, None);
            }),
            Change::Widen { delivery, hashes, titles } => self.change_each(&[*delivery], |row| {
                (row.hashes, row.titles) = (hashes.clone(), titles.clone());
            }),
            Change::Decide { deliveries, word } => {
                self.change_each(deliveries, |row| row.withdrawal = *word);
            }
            Change::Dismiss(delivery) => self.change_each(&[*delivery], |row| row.is_dismissed = true),
            Change::ForgetUnposted(feed) => {
                let is_unposted = |row: &&Delivery| {
                    let is_final = matches!(row.state, DeliveryState::Baseline | DeliveryState::Expired);
                    row.feed == *feed && is_final && row.post.is_none()
                };
                let gone: Vec<DeliveryId> = self.all().filter(is_unposted).map(|row| row.id).collect();
                gone.into_iter().for_each(|id| self.forget(id));
            }
            Change::ForgetChannel => {
                let feeds = std::mem::take(&mut self.feeds);
                *self = Self { feeds, ..Self::default() };
            }
            Change::Feed { feed, change } => {
                if let Some(feed) = self.feeds.get_mut(feed) {
                    change.apply_to(feed);
                }
            }
            Change::RemoveFeed(feed) => {
                self.feeds.remove(feed);
            }
            Change::Finish(_) => {}
        }
    }

    fn enter_new(&mut self, new: &[NewDelivery], state: DeliveryState, post: Option<PostKey>, at: Timestamp) {
        new.iter().for_each(|new| self.enter(Delivery::new(new, state, post, at)));
    }

    fn change_each(&mut self, deliveries: &[DeliveryId], change: impl Fn(&mut Delivery)) {
        for id in deliveries {
            if let Some(mut row) = self.deliveries.get(id).cloned() {
                change(&mut row);
                self.enter(row);
            }
        }
    }

    fn unclaim(&mut self, post: PostKey, at: Timestamp) {
        let sending = self.carried_by(post).filter(|row| row.state == DeliveryState::Sending);
        for row in sending.cloned().collect::<Vec<Delivery>>() {
            match row.previous {
                Some(Previous { state, post }) => {
                    self.enter(Delivery { state, post, since: at, previous: None, ..row });
                }
                None => self.forget(row.id),
            }
        }
        let is_previous = |row: &Delivery| row.previous.is_some_and(|previous| previous.post == Some(post));
        if self.carried_by(post).next().is_none() && !self.all().any(is_previous) {
            self.forget_post(post);
        }
    }

    /// Adds a delivery of the store, unless memory has it. Memory may be newer.
    pub fn enter_known(&mut self, delivery: Delivery) {
        if !self.deliveries.contains_key(&delivery.id) {
            self.enter(delivery);
        }
    }

    /// Adds a post of the store, unless memory has it.
    pub fn enter_known_post(&mut self, post: Post) {
        if !self.posts.contains_key(&post.key) {
            self.enter_post(post);
        }
    }

    /// Forgets what is only in the store from now on: all deliveries and posts, except those that are open, those of young
    /// posts, and sent ones that have to be withdrawn.
    pub fn trim(&mut self, snapshot: &Snapshot, now: Timestamp) {
        let since = young_since(now);
        let is_open = |row: &Delivery| match row.state {
            DeliveryState::Sending => true,
            DeliveryState::Failed | DeliveryState::Unknown => !row.is_dismissed,
            DeliveryState::Sent => {
                row.withdrawal != WithdrawalWord::Keep
                    && self.feeds.contains_key(&row.feed)
                    && snapshot.presence(row.article) == FilePresence::Hidden
            }
            DeliveryState::Baseline | DeliveryState::Withdrawn | DeliveryState::Expired => false,
        };
        // A feed that begins counts what it posted.
        let is_counted = |row: &Delivery| {
            let feed = self.feeds.get(&row.feed);
            row.state != DeliveryState::Baseline && feed.is_some_and(|feed| feed.pending_backfill.is_some())
        };
        let is_kept_post = |post: &Post| post.made_at() >= since || self.carried_by(post.key).any(is_open);
        let is_of_kept_post =
            |row: &Delivery| row.post.and_then(|key| self.posts.get(&key)).is_some_and(is_kept_post);
        // Most rows are of young posts, and that is the cheapest question.
        let is_kept = |row: &Delivery| is_of_kept_post(row) || is_open(row) || is_counted(row);
        let gone: Vec<DeliveryId> = self.all().filter(|row| !is_kept(row)).map(|row| row.id).collect();
        let gone_posts: Vec<PostKey> =
            self.posts().filter(|post| !is_kept_post(post)).map(|post| post.key).collect();
        gone.into_iter().for_each(|id| self.forget(id));
        gone_posts.into_iter().for_each(|key| self.forget_post(key));
    }

    /// How many sent deliveries a feed has; `None` if nobody asked the store.
    #[must_use]
    pub fn sent_count(&self, feed: FeedId) -> Option<usize> {
        self.sent_counts.get(&feed).copied()
    }

    /// Notes how many sent deliveries a feed has.
    pub fn set_sent_count(&mut self, feed: FeedId, count: usize) {
        self.sent_counts.insert(feed, count);
    }

    /// Notes how many sent deliveries these feeds have, by the counts of the store.
    pub fn set_sent_counts(&mut self, feeds: &[FeedId], counts: &[(FeedId, DeliveryState, usize)]) {
        for feed in feeds {
            let sent = counts.iter().find(|(of, state, _)| of == feed && *state == DeliveryState::Sent);
            self.set_sent_count(*feed, sent.map_or(0, |(.., count)| *count));
        }
    }

    /// Forgets the counts, because they may be others by now.
    pub fn forget_sent_counts(&mut self) {
        self.sent_counts.clear();
    }

    /// Adds a feed of the channel.
    pub fn enter_feed(&mut self, feed: Feed) {
        self.feeds.insert(feed.id, feed);
    }

    /// Replaces all feeds of the channel. Returns the feeds from before.
    pub fn replace_feeds(&mut self, feeds: impl IntoIterator<Item = Feed>) -> BTreeMap<FeedId, Feed> {
        std::mem::replace(&mut self.feeds, feeds.into_iter().map(|feed| (feed.id, feed)).collect())
    }

    /// The feed with this number.
    #[must_use]
    pub fn feed(&self, id: FeedId) -> Option<&Feed> {
        self.feeds.get(&id)
    }

    /// All feeds of the channel, the oldest first.
    pub fn feeds(&self) -> impl Iterator<Item = &Feed> {
        self.feeds.values()
    }

    /// The feeds that may post in the channel. A feed of another guild, or a removed one, takes no story from them.
    #[must_use]
    pub fn own_feeds(&self) -> Vec<&Feed> {
        self.feeds().filter(|feed| !feed.status.is_foreign() && !feed.is_removed()).collect()
    }

    /// The feed that is responsible for a delivery that waits for a decision: its own feed, or after the
    /// removal of that feed another feed of the channel. A message of a removed feed stays as it is, so such
    /// a delivery has no responsible feed.
    #[must_use]
    pub fn responsible_feed(&self, row: &Delivery) -> Option<&Feed> {
        let stands = row.post.and_then(|key| self.post(key)).is_some_and(|post| post.message.is_some());
        let other = || {
            let others = self.feeds().filter(|feed| !stands && !feed.is_removed());
            others.min_by_key(|feed| (feed.status != FeedStatus::Active, feed.id))
        };
        self.feed(row.feed).filter(|feed| !feed.is_removed()).or_else(other)
    }

    /// Adds a delivery, or replaces the delivery with the same number.
    pub fn enter(&mut self, delivery: Delivery) {
        let id = delivery.id;
        if let Some(known) = self.deliveries.get_mut(&id)
            && (&known.hashes, &known.titles, known.post)
                == (&delivery.hashes, &delivery.titles, delivery.post)
        {
            self.by_state.remove(&(known.state, id));
            self.by_state.insert((delivery.state, id));
            *known = delivery;
            return;
        }
        self.forget(id);
        self.by_hash.extend(delivery.hashes.iter().map(|hash| (*hash, id)));
        self.by_title.extend(delivery.titles.iter().map(|title| (*title, id)));
        self.by_state.insert((delivery.state, id));
        self.by_post.extend(delivery.post.map(|post| (post, id)));
        self.deliveries.insert(id, delivery);
    }

    /// Removes a delivery. Its story is due again.
    pub fn forget(&mut self, id: DeliveryId) {
        let Some(delivery) = self.deliveries.remove(&id) else { return };
        for hash in &delivery.hashes {
            self.by_hash.remove(&(*hash, id));
        }
        for title in &delivery.titles {
            self.by_title.remove(&(*title, id));
        }
        self.by_state.remove(&(delivery.state, id));
        if let Some(post) = delivery.post {
            self.by_post.remove(&(post, id));
        }
    }

    /// Adds a post, or replaces the post with the same key.
    pub fn enter_post(&mut self, post: Post) {
        self.forget_post(post.key);
        self.by_first_try.insert((post.feed, post.first_tried_at, post.key));
        self.by_sent_at.extend(post.sent_at.map(|at| (at, post.key)));
        if [post.discussion, post.crosspost].contains(&FollowUp::Due) {
            self.to_follow.insert(post.key);
        }
        self.posts.insert(post.key, post);
    }

    /// Removes a post. Call it only if Discord certainly has no such message.
    pub fn forget_post(&mut self, key: PostKey) {
        let Some(post) = self.posts.remove(&key) else { return };
        self.by_first_try.remove(&(post.feed, post.first_tried_at, key));
        if let Some(at) = post.sent_at {
            self.by_sent_at.remove(&(at, key));
        }
        self.to_follow.remove(&key);
    }

    /// The delivery with this number.
    #[must_use]
    pub fn delivery(&self, id: DeliveryId) -> Option<&Delivery> {
        self.deliveries.get(&id)
    }

    /// The post with this key.
    #[must_use]
    pub fn post(&self, key: PostKey) -> Option<&Post> {
        self.posts.get(&key)
    }

    /// All posts, in no order.
    pub fn posts(&self) -> impl Iterator<Item = &Post> {
        self.posts.values()
    }

    /// All deliveries, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.values()
    }

    /// The deliveries in a state, the oldest first.
    pub fn in_state(&self, state: DeliveryState) -> impl Iterator<Item = &Delivery> {
        let range = (state, DeliveryId(i64::MIN))..=(state, DeliveryId(i64::MAX));
        self.by_state.range(range).filter_map(|(_, id)| self.deliveries.get(id))
    }

    /// The deliveries of a post, in the order of its cards. Withdrawn deliveries are among them.
    pub fn carried_by(&self, post: PostKey) -> impl Iterator<Item = &Delivery> {
        let range = (post, DeliveryId(i64::MIN))..=(post, DeliveryId(i64::MAX));
        self.by_post.range(range).filter_map(|(_, id)| self.deliveries.get(id))
    }

    /// The posts that were sent at this time or later, the earliest first.
    pub fn sent_since(&self, since: Timestamp) -> impl Iterator<Item = &Post> {
        self.by_sent_at.range((since, PostKey(0))..).filter_map(|(_, key)| self.posts.get(key))
    }

    /// All posts that were sent, the earliest first.
    pub fn sent(&self) -> impl DoubleEndedIterator<Item = &Post> {
        self.by_sent_at.iter().filter_map(|(_, key)| self.posts.get(key))
    }

    /// The threads of posts that were sent at this time or later. An hour is added before it, because clocks
    /// may differ.
    #[must_use]
    pub fn threads_since(&self, since: Timestamp) -> Vec<ChannelId> {
        let an_hour_before = since.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
        self.sent_since(an_hour_before).filter_map(|post| post.thread).collect()
    }

    /// The posts that still wait for a thread or a crosspost.
    pub fn to_follow(&self) -> impl Iterator<Item = &Post> {
        self.to_follow.iter().filter_map(|key| self.posts.get(key))
    }

    /// When a feed tried posts at this time or later. Failed posts count.
    #[must_use]
    pub fn tried_since(&self, feed: FeedId, since: Timestamp) -> Vec<Timestamp> {
        self.tried(feed, since).map(|(_, at, _)| *at).collect()
    }

    /// When a feed tried digests at this time or later. Failed digests count. A post of a single story does
    /// not count, except in a forum, where the shape of a post does not tell a digest.
    pub fn digests_since(&self, feed: FeedId, since: Timestamp) -> impl Iterator<Item = Timestamp> {
        let tried = self.tried(feed, since);
        let is_digest = |key| self.posts.get(key).is_some_and(|post| post.shape != PostShape::Single);
        tried.filter(move |(_, _, key)| is_digest(key)).map(|(_, at, _)| *at)
    }

    /// The times of the digest before the last one, and of the last one. Where the channel knows one or none, they are the same.
    #[must_use]
    pub fn last_digests(&self, feed: &Feed, now: Timestamp) -> [Timestamp; 2] {
        let tried = self.digests_since(feed.id, feed.digested_at).filter(|at| *at <= now);
        tried.fold([feed.digested_at; 2], |[_, last], at| [last, at])
    }

    fn tried(&self, feed: FeedId, since: Timestamp) -> impl Iterator<Item = &(FeedId, Timestamp, PostKey)> {
        self.by_first_try.range((feed, since, PostKey(0))..=(feed, Timestamp::MAX, PostKey(u64::MAX)))
    }

    /// The first delivery that shares a hash or a title with one of these identities.
    #[must_use]
    pub fn known_as<'a>(
        &self,
        snapshot: &Snapshot,
        identities: impl Iterator<Item = &'a Identity>,
    ) -> Option<&Delivery> {
        let of_one = |identity: &Identity| {
            let by_hash = identity.hashes.iter().filter_map(|hash| self.hashed(*hash));
            by_hash.chain(self.titled(snapshot, identity)).min()
        };
        self.deliveries.get(&identities.filter_map(of_one).min()?)
    }

    /// Whether another delivery of the same article is sent.
    #[must_use]
    pub fn is_sent_by_another(&self, but: DeliveryId, article: &ArticleId) -> bool {
        let (hash, article) = (id_hash(article.as_str()), ArticleKey::from(article));
        let range = (hash, DeliveryId(i64::MIN))..=(hash, DeliveryId(i64::MAX));
        let mut others = self.by_hash.range(range).filter(|(_, id)| *id != but);
        others.any(|(_, id)| {
            let other = self.deliveries.get(id);
            other.is_some_and(|other| other.article == article && other.state == DeliveryState::Sent)
        })
    }

    fn hashed(&self, hash: u64) -> Option<DeliveryId> {
        let range = (hash, DeliveryId(i64::MIN))..=(hash, DeliveryId(i64::MAX));
        self.by_hash.range(range).next().map(|(_, id)| *id)
    }

    fn titled(&self, snapshot: &Snapshot, identity: &Identity) -> Option<DeliveryId> {
        let title = identity.title.as_ref()?;
        let from = TitleIdentity { published_at: Timestamp::MIN, provider: 0, ..*title };
        let to = TitleIdentity { published_at: Timestamp::MAX, provider: u64::MAX, ..*title };
        let titled = self.by_title.range((from, DeliveryId(i64::MIN))..=(to, DeliveryId(i64::MAX)));
        let near = titled.filter(|(known, _)| known.is_same_story(title)).map(|(_, id)| *id);
        let is_reported = |id: &DeliveryId| {
            self.deliveries.get(id).is_some_and(|delivery| snapshot.reports_by_title(identity, delivery))
        };
        near.filter(is_reported).min()
    }

    /// The number of deliveries of a feed in a state.
    #[must_use]
    pub fn count(&self, feed: FeedId, state: DeliveryState) -> usize {
        self.in_state(state).filter(|delivery| delivery.feed == feed).count()
    }
}
