//! The rows of the ledger: one for each story in each channel, and one for each message.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::identity::{Identity, TitleIdentity, id_hash};
use super::reason::DeliveryReason;
use crate::article_key::ArticleKey;
use crate::card::Fingerprint;
use crate::feed::FeedId;
use crate::ids::{ChannelId, MessageId};
use article_format::hash_to_text;

/// How long Discord certainly knows a nonce, in seconds after the first attempt (the contract, "Feeds and
/// deliveries"; Discord's docs say "the past few minutes").
pub const NONCE_SECONDS: i64 = 120;

/// The number of a delivery. A number is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(pub i64);

/// The key of a post. The `custom_id` of a button carries the key, so that a search finds the message. The
/// nonce is made of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostKey(pub u64);

impl PostKey {
    /// The nonce of the post: 11 of Discord's 25 characters.
    #[must_use]
    pub fn nonce(self) -> String {
        hash_to_text(self.0)
    }
}

/// The state of a delivery (the contract, "Words"). *Due* is computed and has no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliveryState {
    /// The story existed when the feed began, and is not posted.
    Baseline,
    /// A request is about to be made, or its outcome is not known yet.
    Sending,
    /// The story is in the channel.
    Sent,
    /// Discord refused the story.
    Failed,
    /// The story was withdrawn: unpublished, removed, its file gone, or its message deleted by a moderator.
    Withdrawn,
    /// The bot cannot find out whether the story was posted. A moderator decides.
    Unknown,
    /// The story outgrew the age limit while it waited.
    Expired,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Baseline,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::Withdrawn,
        Self::Unknown,
        Self::Expired,
    ];

    /// The state with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The contract's word for the state.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Withdrawn => "withdrawn",
            Self::Unknown => "unknown",
            Self::Expired => "expired",
        }
    }
}

/// One story in one channel, as the plan needs it. The texts for people (title, reason) are only in the
/// ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: DeliveryId,
    /// The feed that posts or posted the story.
    pub feed: FeedId,
    /// Where it stands.
    pub state: DeliveryState,
    /// The post of the story; `None` for a delivery that never had one.
    pub post: Option<PostKey>,
    /// The article that was chosen to report the story.
    pub article: ArticleKey,
    /// When the delivery got its state.
    pub since: Timestamp,
    /// Every hash of the story's identities, sorted.
    pub hashes: Box<[u64]>,
    /// Every title of the story's identities, sorted.
    pub titles: Box<[TitleIdentity]>,
    /// A moderator's decision about the withdrawal.
    pub withdrawal: WithdrawalWord,
    /// Whether a moderator dismissed a failed or unknown delivery. It is not listed or counted any more.
    pub is_dismissed: bool,
    /// What an unclaimed delivery gets back; `None` for a story that was never posted before.
    pub previous: Option<Previous>,
}

/// The state of a delivery before its story was claimed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Previous {
    /// The state.
    pub state: DeliveryState,
    /// The post.
    pub post: Option<PostKey>,
}

/// How many hashes a delivery has at most. The first ones stay, and the hash of the id is among them.
const HASHES_MAX: usize = 1000;
/// How many titles a delivery has at most.
const TITLES_MAX: usize = 200;

impl Delivery {
    /// The delivery of a story that had none.
    #[must_use]
    pub fn new(new: &NewDelivery, state: DeliveryState, post: Option<PostKey>, since: Timestamp) -> Self {
        let mut delivery = Self {
            id: new.id,
            feed: new.feed,
            state,
            post,
            article: new.article,
            since,
            // The hash of the id comes first, so that a story with a thousand addresses keeps it.
            hashes: [id_hash(&new.article_id)].into(),
            titles: Box::default(),
            withdrawal: WithdrawalWord::None,
            is_dismissed: false,
            previous: None,
        };
        delivery.widen(&new.identity);
        delivery
    }

    /// Adds identities, and returns whether one of them was new. At the bounds nothing is added: a story with
    /// a thousand addresses is found by these.
    pub fn widen(&mut self, identities: &[Identity]) -> bool {
        let hashes = identities.iter().flat_map(|identity| &identity.hashes);
        let widens_hashes = add_sorted(&mut self.hashes, hashes, HASHES_MAX);
        let titles = identities.iter().filter_map(|identity| identity.title.as_ref());
        add_sorted(&mut self.titles, titles, TITLES_MAX) || widens_hashes
    }
}

/// Adds missing values to a sorted list, up to a bound. Returns whether a value was added.
fn add_sorted<'a, T: Ord + Copy + 'a>(
    list: &mut Box<[T]>,
    more: impl Iterator<Item = &'a T>,
    count_max: usize,
) -> bool {
    let mut seen = BTreeSet::new();
    let is_new = |value: &T| list.binary_search(value).is_err() && seen.insert(*value);
    let room = count_max.saturating_sub(list.len());
    let mut missing: Vec<T> = more.copied().filter(is_new).take(room).collect();
    if missing.is_empty() {
        return false;
    }
    let mut all = Vec::with_capacity(list.len() + missing.len());
    all.extend_from_slice(list);
    all.append(&mut missing);
    all.sort_unstable();
    *list = all.into();
    true
}

/// A moderator's decision about a withdrawal that waits because many came at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WithdrawalWord {
    /// No decision yet.
    #[default]
    None,
    /// Withdraw the story.
    Withdraw,
    /// Keep the story.
    Keep,
}

/// When an attempt began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptTime {
    /// By the clock of this machine, which may be wrong.
    pub host: Timestamp,
    /// By Discord's clock; `None` where no answer had told it yet.
    pub discord: Option<Timestamp>,
}

/// A message that the bot posted or is about to post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The key of the post.
    pub key: PostKey,
    /// The feed of the post.
    pub feed: FeedId,
    /// The form of the post.
    pub shape: PostShape,
    /// When the first attempt of unknown outcome began. A further attempt within [`NONCE_SECONDS`] is safe.
    /// `None` when it is certain that Discord has no such message.
    pub uncertain_since: Option<AttemptTime>,
    /// When the first attempt began.
    pub first_tried_at: Timestamp,
    /// The number of attempts.
    pub attempts: u32,
    /// The message's id, if it is known.
    pub message: Option<MessageId>,
    /// The thread that the post opened. For a forum post, its own thread.
    pub thread: Option<ChannelId>,
    /// When the message was sent, if that is known.
    pub sent_at: Option<Timestamp>,
    /// When the message was last edited.
    pub edited_at: Option<Timestamp>,
    /// The [`Fingerprint::VERSION`] of the displayed content.
    pub fingerprint_version: u16,
    /// The displayed content without heat: [`crate::card::Fingerprint`].
    pub displayed: u64,
    /// The displayed content with heat.
    pub displayed_with_heat: u64,
    /// Whether the message has no pictures, because Discord refused one.
    pub is_without_pictures: bool,
    /// Whether the post gets a thread.
    pub discussion: FollowUp,
    /// Whether the post is published to following channels.
    pub crosspost: FollowUp,
}

/// How many days a card is corrected, and a missing file withdraws its story (the contract, "Feeds and deliveries").
const YOUNG_DAYS: i64 = 14;

/// From when on a post or an article is young.
#[must_use]
pub fn young_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(24 * YOUNG_DAYS)).unwrap_or(Timestamp::MIN)
}

impl Post {
    /// When the post was made, or first tried.
    #[must_use]
    pub fn made_at(&self) -> Timestamp {
        self.sent_at.unwrap_or(self.first_tried_at)
    }

    /// The post with this content.
    #[must_use]
    pub fn displaying(self, displays: Fingerprint) -> Self {
        let Fingerprint { without_heat, with_heat } = displays;
        Self {
            fingerprint_version: Fingerprint::VERSION,
            displayed: without_heat,
            displayed_with_heat: with_heat,
            ..self
        }
    }
}

/// The form of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostShape {
    /// One story in a message.
    Single,
    /// Several stories in a message.
    Digest,
    /// The first message of a thread in a forum.
    ForumPost,
}

impl PostShape {
    /// The form of a post that Discord refused. A refused post of several stories becomes [`Self::Digest`],
    /// also in a forum, because its stories are tried one by one. A refused post of one story never stays a
    /// digest.
    #[must_use]
    pub fn of_refused(self, is_of_several: bool) -> Self {
        match (self, is_of_several) {
            (_, true) => Self::Digest,
            (Self::Digest, false) => Self::Single,
            (shape, false) => shape,
        }
    }
}

/// The state of a follow-up: a thread or a crosspost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUp {
    /// No follow-up is wanted.
    Unwanted,
    /// The follow-up is to be done.
    Due,
    /// The follow-up is done.
    Done,
    /// The follow-up is not possible.
    Refused,
}

/// A delivery that gets its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// Its number. [`super::change::number`] gives it.
    pub id: DeliveryId,
    /// The feed that posts the story.
    pub feed: FeedId,
    /// The id of the hottest article that reports the story. People read it.
    pub article_id: Box<str>,
    /// The key of `article_id`.
    pub article: ArticleKey,
    /// Its title, cut.
    pub title: Box<str>,
    /// The identities of all visible articles that report the story.
    pub identity: Vec<Identity>,
}

/// A delivery as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryDetails {
    /// Its number.
    pub id: DeliveryId,
    /// The feed that posts or posted the story.
    pub feed: FeedId,
    /// The channel of the delivery.
    pub channel: ChannelId,
    /// Where it stands.
    pub state: DeliveryState,
    /// The article's id.
    pub article_id: Box<str>,
    /// The article's title, cut.
    pub title: Box<str>,
    /// Why the delivery has its state.
    pub reason: Option<DeliveryReason>,
    /// When the delivery got its state.
    pub since: Timestamp,
    /// The message's id, if there is a message.
    pub message: Option<MessageId>,
    /// The thread of the message, for a forum post.
    pub thread: Option<ChannelId>,
}

impl DeliveryDetails {
    /// Whether Discord refused to withdraw the story: it is still in the channel.
    #[must_use]
    pub fn is_refused_withdrawal(&self) -> bool {
        self.state == DeliveryState::Failed && self.message.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery() -> Delivery {
        Delivery {
            id: DeliveryId(1),
            feed: FeedId(1),
            state: DeliveryState::Sent,
            post: None,
            article: ArticleKey(1),
            since: Timestamp::UNIX_EPOCH,
            hashes: [5].into(),
            titles: Box::default(),
            withdrawal: WithdrawalWord::None,
            is_dismissed: false,
            previous: None,
        }
    }

    fn identity(hashes: impl IntoIterator<Item = u64>, title: u64) -> Identity {
        let title = TitleIdentity { hash: title, published_at: Timestamp::UNIX_EPOCH, provider: 0 };
        Identity { hashes: hashes.into_iter().collect(), title: Some(title) }
    }

    #[test]
    fn what_a_story_is_known_by_grows_sorted_and_once() {
        let mut delivery = delivery();
        assert!(delivery.widen(&[identity([3, 5, 9], 2), identity([9, 1], 2), identity([], 1)]));
        assert_eq!(*delivery.hashes, [1, 3, 5, 9]);
        assert_eq!(delivery.titles.iter().map(|title| title.hash).collect::<Vec<_>>(), [1, 2]);
        assert!(!delivery.widen(&[identity([9], 1)]));
        assert!(delivery.widen(&[identity([], 7)]), "a title is news as well");
    }

    #[test]
    fn what_came_first_stays_at_the_bound() {
        let mut delivery = delivery();
        assert!(delivery.widen(&[identity(10_000..20_000, 1), identity([1], 2)]));
        assert_eq!(delivery.hashes.len(), HASHES_MAX);
        assert!(delivery.hashes.contains(&5) && !delivery.hashes.contains(&1));
        assert!(!delivery.widen(&[identity([2], 1)]));
        for title in 0..1000 {
            delivery.widen(&[identity([], title)]);
        }
        assert_eq!(delivery.titles.len(), TITLES_MAX);
    }
}
