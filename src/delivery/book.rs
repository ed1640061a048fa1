//! What the ledger knows of one channel, in memory, as the plan asks for it: by identity, by state, by time.

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::identity::{Identity, TitleIdentity, id_hash};
use super::record::{Aftermath, Delivery, DeliveryId, DeliveryState, Post, PostKey, PostShape};
use super::snapshot::Snapshot;
use crate::feed::FeedId;
use crate::ids::ChannelId;
use article_format::ArticleId;

/// One channel's deliveries and posts. Each set is an index: its last part is what it leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    deliveries: HashMap<DeliveryId, Delivery>,
    posts: HashMap<PostKey, Post>,
    by_hash: BTreeSet<(u64, DeliveryId)>,
    by_title: BTreeSet<(TitleIdentity, DeliveryId)>,
    by_state: BTreeSet<(DeliveryState, DeliveryId)>,
    by_post: BTreeSet<(PostKey, DeliveryId)>,
    by_first_try: BTreeSet<(FeedId, Timestamp, PostKey)>,
    by_sent_at: BTreeSet<(Timestamp, PostKey)>,
    /// Posts of which something is still to follow.
    to_follow: BTreeSet<PostKey>,
}

impl Book {
    /// Enters a delivery, or what became of it.
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

    /// Takes a delivery out: it is due again.
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

    /// Enters a post, or what became of it.
    pub fn enter_post(&mut self, post: Post) {
        self.forget_post(post.key);
        self.by_first_try.insert((post.feed, post.first_tried_at, post.key));
        self.by_sent_at.extend(post.sent_at.map(|at| (at, post.key)));
        if [post.discussion, post.crosspost].contains(&Aftermath::Due) {
            self.to_follow.insert(post.key);
        }
        self.posts.insert(post.key, post);
    }

    /// Takes a post out: it is certain that there is no such message.
    pub fn forget_post(&mut self, key: PostKey) {
        let Some(post) = self.posts.remove(&key) else { return };
        self.by_first_try.remove(&(post.feed, post.first_tried_at, key));
        if let Some(at) = post.sent_at {
            self.by_sent_at.remove(&(at, key));
        }
        self.to_follow.remove(&key);
    }

    /// A delivery by its number.
    #[must_use]
    pub fn delivery(&self, id: DeliveryId) -> Option<&Delivery> {
        self.deliveries.get(&id)
    }

    /// A post by its key.
    #[must_use]
    pub fn post(&self, key: PostKey) -> Option<&Post> {
        self.posts.get(&key)
    }

    /// All deliveries, in no order.
    pub fn all(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.values()
    }

    /// All deliveries in a state, in the order in which they came.
    pub fn in_state(&self, state: DeliveryState) -> impl Iterator<Item = &Delivery> {
        let range = (state, DeliveryId(i64::MIN))..=(state, DeliveryId(i64::MAX));
        self.by_state.range(range).filter_map(|(_, id)| self.deliveries.get(id))
    }

    /// The deliveries that a post carries, withdrawn ones among them, in the order of its cards.
    pub fn carried_by(&self, post: PostKey) -> impl Iterator<Item = &Delivery> {
        let range = (post, DeliveryId(i64::MIN))..=(post, DeliveryId(i64::MAX));
        self.by_post.range(range).filter_map(|(_, id)| self.deliveries.get(id))
    }

    /// The posts that were sent since then, the earliest first.
    pub fn sent_since(&self, since: Timestamp) -> impl Iterator<Item = &Post> {
        self.by_sent_at.range((since, PostKey(0))..).filter_map(|(_, key)| self.posts.get(key))
    }

    /// All posts that were sent, the earliest first.
    pub fn sent(&self) -> impl DoubleEndedIterator<Item = &Post> {
        self.by_sent_at.iter().filter_map(|(_, key)| self.posts.get(key))
    }

    /// The threads of posts that were sent about then or later: clocks may differ a little.
    #[must_use]
    pub fn threads_since(&self, since: Timestamp) -> Vec<ChannelId> {
        let an_hour_before = since.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(Timestamp::MIN);
        self.sent_since(an_hour_before).filter_map(|post| post.thread).collect()
    }

    /// The posts of which a thread or a crosspost is still to follow.
    pub fn to_follow(&self) -> impl Iterator<Item = &Post> {
        self.to_follow.iter().filter_map(|key| self.posts.get(key))
    }

    /// When a feed made posts since then, those that came to nothing included.
    #[must_use]
    pub fn tried_since(&self, feed: FeedId, since: Timestamp) -> Vec<Timestamp> {
        self.tried(feed, since).map(|(_, at, _)| *at).collect()
    }

    /// When a feed of digests made one since then, also those that came to nothing. What is sent by itself is none, but for a forum,
    /// whose posts all look alike.
    pub fn digests_since(&self, feed: FeedId, since: Timestamp) -> impl Iterator<Item = Timestamp> {
        let tried = self.tried(feed, since);
        let is_digest = |key| self.posts.get(key).is_some_and(|post| post.shape != PostShape::Single);
        tried.filter(move |(_, _, key)| is_digest(key)).map(|(_, at, _)| *at)
    }

    fn tried(&self, feed: FeedId, since: Timestamp) -> impl Iterator<Item = &(FeedId, Timestamp, PostKey)> {
        self.by_first_try.range((feed, since, PostKey(0))..=(feed, Timestamp::MAX, PostKey(u64::MAX)))
    }

    /// The first delivery that has anything in common with a story of this snapshot.
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

    /// Whether another delivery than this one, made for the same article, stands in the channel.
    #[must_use]
    pub fn stands_apart_from(&self, but: DeliveryId, article: &ArticleId) -> bool {
        let (hash, article) = (id_hash(article.as_str()), article.hash64());
        let range = (hash, DeliveryId(i64::MIN))..=(hash, DeliveryId(i64::MAX));
        let mut others = self.by_hash.range(range).filter(|(_, id)| *id != but);
        others.any(|(_, id)| {
            let other = self.deliveries.get(id);
            other.is_some_and(|other| other.article == article && other.state == DeliveryState::Sent)
        })
    }

    /// The last delivery that was made for the article with this [`article_format::ArticleId::hash64`]; all are looked
    /// through.
    #[must_use]
    pub fn of_article(&self, article: u64) -> Option<&Delivery> {
        self.deliveries
            .values()
            .filter(|delivery| delivery.article == article)
            .max_by_key(|delivery| delivery.id)
    }

    fn hashed(&self, hash: u64) -> Option<DeliveryId> {
        let range = (hash, DeliveryId(i64::MIN))..=(hash, DeliveryId(i64::MAX));
        self.by_hash.range(range).next().map(|(_, id)| *id)
    }

    fn titled(&self, snapshot: &Snapshot, identity: &Identity) -> Option<DeliveryId> {
        let title = identity.title.as_ref()?;
        let from = TitleIdentity { published_at: Timestamp::MIN, ..*title };
        let to = TitleIdentity { published_at: Timestamp::MAX, ..*title };
        let titled = self.by_title.range((from, DeliveryId(i64::MIN))..=(to, DeliveryId(i64::MAX)));
        let near = titled.filter(|(told, _)| told.is_same_story(title)).map(|(_, id)| *id);
        let is_told = |id: &DeliveryId| {
            self.deliveries.get(id).is_some_and(|delivery| snapshot.tells_by_title(identity, delivery))
        };
        near.filter(is_told).min()
    }

    /// How many deliveries of a feed are in a state.
    #[must_use]
    pub fn count(&self, feed: FeedId, state: DeliveryState) -> usize {
        self.in_state(state).filter(|delivery| delivery.feed == feed).count()
    }
}
