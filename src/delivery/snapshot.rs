//! A collection as the plan looks at it: by what its articles are known, and which files could not be read.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};

use super::identity::{Identity, TitleIdentity, id_hash};
use super::record::Delivery;
use crate::card::Fingerprint;
use crate::collection::Collection;
use article_format::{Article, stable_hash64};

/// A collection and what its articles are known by.
#[derive(Debug, Default)]
pub struct Snapshot {
    collection: Arc<Collection>,
    /// By position.
    identities: Vec<Identity>,
    by_hash: HashMap<u64, Vec<usize>>,
    by_title: HashMap<u64, Vec<usize>>,
    by_article: HashMap<u64, usize>,
    /// [`article_format::ArticleId::hash64`] of each file that has a problem, and [`id_hash`] of its id.
    unreadable: HashSet<u64>,
    /// By position. Each plan of each channel asks for those of its posts.
    fingerprints: Vec<OnceLock<Fingerprint>>,
}

/// How far apart two loads have to be of which the second makes sure of the first: that a file is gone, that no more come.
pub const LOOK_AGAIN_SECONDS: i64 = 10;
/// For how long no article may come before a folder counts as settled: a further load, made by itself after
/// [`LOOK_AGAIN_SECONDS`], lies in between and has time to end.
const SETTLED_SECONDS: i64 = LOOK_AGAIN_SECONDS + 5;

/// What is known of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// When it ended.
    pub at: Timestamp,
    /// When a load last found articles that were not there before.
    pub arrived_at: Timestamp,
    /// Whether all files could be looked at. Where not, a file that is not there may well exist.
    pub is_complete: bool,
}

impl Loaded {
    /// Until when the folder may be half copied, if nothing more comes; `None` if it has settled.
    #[must_use]
    pub fn unsettled_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.arrived_at.saturating_add(SignedDuration::from_secs(SETTLED_SECONDS)).ok()?;
        // A clock that was put back would have it wait for as long.
        (self.arrived_at <= now && now < until).then_some(until)
    }
}

/// What a snapshot says of one article's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is read, and the article is neither unpublished nor removed.
    There(usize),
    /// It is read, and says that the article is unpublished, removed or a draft.
    TakenBack,
    /// It has a problem.
    Unreadable,
    /// It was not seen.
    Absent,
}

impl Snapshot {
    /// Looks at a collection. It takes a while for a large one: once for each that is loaded.
    #[must_use]
    pub fn new(collection: Arc<Collection>) -> Self {
        let known_by = |(position, article): (usize, &Arc<Article>)| {
            let known_by = Identity::of(article);
            let is_of_series = collection.stories().is_of_series(position);
            Identity { title: known_by.title.filter(|_| !is_of_series), ..known_by }
        };
        let identities: Vec<Identity> = collection.articles().iter().enumerate().map(known_by).collect();
        let mut by_hash: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut by_title: HashMap<u64, Vec<usize>> = HashMap::new();
        for (position, identity) in identities.iter().enumerate() {
            for hash in &identity.hashes {
                by_hash.entry(*hash).or_default().push(position);
            }
            if let Some(title) = identity.title {
                by_title.entry(title.hash).or_default().push(position);
            }
        }
        let articles = collection.articles().iter().enumerate();
        let by_article = articles.map(|(position, article)| (article.id.hash64(), position)).collect();
        let paths = collection.problems().iter().filter_map(|problem| problem.path.strip_suffix(".md"));
        let unreadable = paths.flat_map(|id| [stable_hash64(id), id_hash(id)]).collect();
        let fingerprints = identities.iter().map(|_| OnceLock::new()).collect();
        Self { identities, by_hash, by_title, by_article, unreadable, fingerprints, collection }
    }

    /// The collection.
    #[must_use]
    pub fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// What a post says that shows the stories of these articles.
    #[must_use]
    pub fn fingerprint(&self, positions: &[usize], now: Timestamp) -> Fingerprint {
        match positions {
            [position] => self.fingerprint_of(*position, now),
            several => Fingerprint::of_message(several.iter().map(|&at| self.fingerprint_of(at, now))),
        }
    }

    /// What the story of one article says. Which others cover it is as of the first question.
    fn fingerprint_of(&self, position: usize, now: Timestamp) -> Fingerprint {
        let story = || self.collection.story(position, now);
        let make = || story().map_or_else(Fingerprint::default, |story| Fingerprint::of(&story));
        self.fingerprints.get(position).map_or_else(Fingerprint::default, |known| *known.get_or_init(make))
    }

    /// What the article at a position is known by.
    #[must_use]
    pub fn identity(&self, position: usize) -> Option<&Identity> {
        self.identities.get(position)
    }

    /// Where the article stands that has this [`article_format::ArticleId::hash64`].
    #[must_use]
    pub fn position(&self, article: u64) -> Option<usize> {
        self.by_article.get(&article).copied()
    }

    /// The article that has this [`article_format::ArticleId::hash64`].
    #[must_use]
    pub fn article(&self, article: u64) -> Option<&Article> {
        self.collection.article(self.position(article)?)
    }

    /// What is known of the file of the article with this [`article_format::ArticleId::hash64`].
    #[must_use]
    pub fn presence(&self, article: u64) -> Presence {
        let position = self.by_article.get(&article).copied();
        match position.and_then(|position| Some((position, self.collection.article(position)?))) {
            Some((position, article)) if article.may_be_shown() => Presence::There(position),
            Some(_) => Presence::TakenBack,
            None if self.unreadable.contains(&article) => Presence::Unreadable,
            None => Presence::Absent,
        }
    }

    /// Whether a file has a problem whose id is among these hashes of an [`Identity`].
    #[must_use]
    pub fn is_any_unreadable(&self, hashes: &[u64]) -> bool {
        !self.unreadable.is_empty() && hashes.iter().any(|hash| self.unreadable.contains(hash))
    }

    /// Where the articles stand that share a hash or title with a delivery, hottest first, without repetition.
    #[must_use]
    pub fn known_by(&self, delivery: &Delivery) -> Vec<usize> {
        let by_hash = delivery.hashes.iter().filter_map(|hash| self.by_hash.get(hash)).flatten().copied();
        let by_title = delivery.titles.iter().flat_map(|title| {
            let candidates = self.by_title.get(&title.hash).map_or(&[][..], |positions| positions);
            candidates.iter().copied().filter(|&position| {
                self.identity(position).is_some_and(|identity| self.tells_by_title(identity, delivery))
            })
        });
        let mut positions: Vec<usize> = by_hash.chain(by_title).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// Whether an article tells a delivery's story because it has the same title. Only the earliest date with that title
    /// is compared, so that a title that comes back every day makes no chain.
    ///
    /// The providers have to differ. The ledger does not keep the provider, so the article that was posted says it. Where
    /// that article is gone, an equal title is enough: its file may have been moved, and its link corrected.
    #[must_use]
    pub fn tells_by_title(&self, identity: &Identity, delivery: &Delivery) -> bool {
        let Some(title) = identity.title else { return false };
        let first: Option<&TitleIdentity> =
            delivery.titles.iter().filter(|told| told.hash == title.hash).min();
        if !first.is_some_and(|first| first.is_same_story(&title)) {
            return false;
        }
        let Some(posted) = self.position(delivery.article) else { return true };
        let is_of_series = self.collection.stories().is_of_series(posted);
        let provider = self.identity(posted).and_then(|identity| identity.provider);
        let is_another = provider.is_some() && identity.provider.is_some() && provider != identity.provider;
        !is_of_series && is_another
    }

    /// The articles that tell one story with the article at a position, itself among them: those that can ever be shown.
    pub fn members(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(position).chain(self.collection.stories().others(position))
    }
}
