//! What the ledger keeps: one row for each story in each channel, and one for each message that carries them.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::identity::{Identity, TitleIdentity};
use super::reason::DeliveryReason;
use crate::feed::FeedId;
use crate::ids::{ChannelId, MessageId};
use article_format::hash_to_text;

/// For how long Discord can be relied upon to know a nonce again, in seconds, from the first try on (the contract,
/// "Feeds and deliveries"; Discord's docs say "the past few minutes").
pub const NONCE_SECONDS: i64 = 120;

/// The number of a delivery, never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(pub i64);

/// The key of a post: it stands in the `custom_id` of one of its buttons, so that the message can be found again, and its
/// nonce is made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostKey(pub u64);

impl PostKey {
    /// The nonce of its post: as long as the key allows, 11 of Discord's 25 characters.
    #[must_use]
    pub fn nonce(self) -> String {
        hash_to_text(self.0)
    }
}

/// Where a delivery stands (the contract, "Words"). *Due* is computed and has no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliveryState {
    /// It was there when the feed began, and is not posted.
    Baseline,
    /// A request is about to be made, or was made and its outcome is not known yet.
    Sending,
    /// It stands in the channel.
    Sent,
    /// Discord will not have it.
    Failed,
    /// It was taken back: unpublished, removed, its file gone, or its message deleted by a moderator.
    Withdrawn,
    /// Whether it was posted cannot be found out; a moderator decides.
    Unknown,
    /// It outgrew the age limit while it waited.
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

    /// The state that this is the word for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The contract's word for it.
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

/// One story in one channel, as far as planning needs it. What people read (title, reason) stays in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: DeliveryId,
    /// The feed that took it.
    pub feed: FeedId,
    /// Where it stands.
    pub state: DeliveryState,
    /// The message that carries it; `None` for those that never had one.
    pub post: Option<PostKey>,
    /// [`article_format::ArticleId::hash64`] of the article that was taken to tell the story.
    pub article: u64,
    /// Since when it stands so.
    pub since: Timestamp,
    /// Every hash seen of it.
    pub hashes: Box<[u64]>,
    /// Every title seen of it.
    pub titles: Box<[TitleIdentity]>,
    /// What a moderator said of a withdrawal that was held back.
    pub withdrawal: WithdrawalWord,
    /// Whether a moderator, asked of a failed or unknown one, said to leave it: it is listed and counted no more.
    pub is_dismissed: bool,
}

/// How many hashes a delivery is known by, at most. What it is known by first stays, and its id is among it.
const HASHES_MAX: usize = 1000;
/// How many titles a delivery is known by, at most.
const TITLES_MAX: usize = 200;

impl Delivery {
    /// Adds what a story is known by as well; says whether that was news. At the bounds more is not taken: a story
    /// with a thousand addresses is found by those.
    pub fn widen(&mut self, identities: &[Identity]) -> bool {
        let hashes = identities.iter().flat_map(|identity| &identity.hashes);
        let widens_hashes = add_sorted(&mut self.hashes, hashes, HASHES_MAX);
        let titles = identities.iter().filter_map(|identity| identity.title.as_ref());
        add_sorted(&mut self.titles, titles, TITLES_MAX) || widens_hashes
    }
}

/// Adds what is missing to a sorted list, up to a bound; says whether anything was added.
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

/// What a moderator said of a withdrawal that waits because there were so many at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WithdrawalWord {
    /// Nothing so far.
    #[default]
    None,
    /// Take it back.
    Withdraw,
    /// Leave it.
    Keep,
}

/// A message that the bot posted or is about to post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// What it is known by.
    pub key: PostKey,
    /// The feed it is of.
    pub feed: FeedId,
    /// How its stories stand in it.
    pub shape: PostShape,
    /// When the first try began whose outcome is not known; a further try within [`NONCE_SECONDS`] of it is safe. `None`
    /// when it is certain that Discord has no such message.
    pub uncertain_since: Option<Timestamp>,
    /// When it was first tried.
    pub first_tried_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// The message's id, once known.
    pub message: Option<MessageId>,
    /// The thread it opened, or is the first message of.
    pub thread: Option<ChannelId>,
    /// When it was sent, once known.
    pub sent_at: Option<Timestamp>,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// What it shows, without heat: [`crate::card::Fingerprint`].
    pub shown: u64,
    /// What it shows, with heat.
    pub shown_with_heat: u64,
    /// Whether pictures are left out, because Discord refused one.
    pub is_without_pictures: bool,
    /// Whether a thread is to be opened for it.
    pub discussion: Aftermath,
    /// Whether it is to be published to following channels.
    pub crosspost: Aftermath,
}

/// How stories stand in a post.
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
    /// How a post is kept that Discord refused: in a forum too, a digest is one of several stories, and no other. They are tried one
    /// by one, and the last of them is to be known for one as well.
    #[must_use]
    pub fn of_refused(self, is_of_several: bool) -> Self {
        match (self, is_of_several) {
            (_, true) => Self::Digest,
            (Self::Digest, false) => Self::Single,
            (shape, false) => shape,
        }
    }
}

/// What follows a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aftermath {
    /// Nobody wants it.
    Unwanted,
    /// It is to be done.
    Due,
    /// It was done.
    Done,
    /// It cannot be done.
    Refused,
}

/// A delivery that is about to get its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The feed that takes it.
    pub feed: FeedId,
    /// The hottest article that tells the story, as text: people read it.
    pub article_id: Box<str>,
    /// [`article_format::ArticleId::hash64`] of it.
    pub article: u64,
    /// Its title, cut.
    pub title: Box<str>,
    /// Of all visible articles that tell the story.
    pub identity: Vec<Identity>,
}

/// A row as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryDetails {
    /// Its number.
    pub id: DeliveryId,
    /// The feed that took it.
    pub feed: FeedId,
    /// The channel it is for.
    pub channel: ChannelId,
    /// Where it stands.
    pub state: DeliveryState,
    /// The article's id.
    pub article_id: Box<str>,
    /// The article's title, cut.
    pub title: Box<str>,
    /// Why it stands so.
    pub reason: Option<DeliveryReason>,
    /// Since when it stands so.
    pub since: Timestamp,
    /// The message's id, where there is one.
    pub message: Option<MessageId>,
    /// The thread in which the message stands, for a forum post.
    pub thread: Option<ChannelId>,
}

impl DeliveryDetails {
    /// Whether it stands in the channel though it should be taken back: Discord refused to.
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
            article: 1,
            since: Timestamp::UNIX_EPOCH,
            hashes: [5].into(),
            titles: Box::default(),
            withdrawal: WithdrawalWord::None,
            is_dismissed: false,
        }
    }

    fn identity(hashes: impl IntoIterator<Item = u64>, title: u64) -> Identity {
        let title = TitleIdentity { hash: title, published_at: Timestamp::UNIX_EPOCH };
        Identity { hashes: hashes.into_iter().collect(), title: Some(title), provider: None }
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
