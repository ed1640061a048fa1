//! A collection with the indexes that the plan needs: the identities of articles, and the unreadable files.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;

use super::identity::{Identity, id_hash};
use super::record::Delivery;
use crate::article_key::ArticleKey;
use crate::card::Fingerprint;
use crate::collection::{Collection, Position};
use crate::reload::Current;
use article_format::Article;

/// A collection with the indexes that the plan needs.
#[derive(Debug, Default)]
pub struct Snapshot {
    collection: Arc<Collection>,
    /// By position.
    keys: Vec<ArticleKey>,
    /// By position.
    identities: Vec<Identity>,
    /// The hashes of the identities and their positions, sorted.
    by_hash: Vec<(u64, Position)>,
    /// The hashes of the titles and their positions, sorted.
    by_title: Vec<(u64, Position)>,
    by_article: FxHashMap<ArticleKey, Position>,
    /// The articles whose file has a problem.
    unreadable: HashSet<ArticleKey>,
    /// [`id_hash`] of the same articles.
    unreadable_hashes: HashSet<u64>,
    /// By position, computed when a plan asks.
    fingerprints: Vec<OnceLock<Fingerprint>>,
}

/// The shortest time between two loads, in seconds, where the second load confirms the first: a file is gone,
/// or no more files arrive.
pub const RECHECK_SECONDS: i64 = 10;
/// How long no article may arrive, in seconds, before a folder counts as settled. The time includes a further
/// load after [`RECHECK_SECONDS`].
const SETTLED_SECONDS: i64 = RECHECK_SECONDS + 5;

/// The facts of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// When it ended.
    pub at: Timestamp,
    /// When a load last found new articles.
    pub arrived_at: Timestamp,
    /// Whether all files could be read. Otherwise a missing file may exist.
    pub is_complete: bool,
}

impl From<&Current> for Loaded {
    fn from(current: &Current) -> Self {
        Self { at: current.at, arrived_at: current.arrived_at, is_complete: current.is_complete }
    }
}

impl Loaded {
    /// How long the folder may be half copied, if no more articles arrive. `None` if the folder has settled.
    #[must_use]
    pub fn unsettled_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.arrived_at.saturating_add(SignedDuration::from_secs(SETTLED_SECONDS)).ok()?;
        // After the clock was set back, the folder must not wait for a time in the future.
        (self.arrived_at <= now && now < until).then_some(until)
    }
}

/// The articles that a reload, or the time, may have changed for feeds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Articles that are new, or have another content, identity or story, or became visible.
    pub articles: HashSet<ArticleKey>,
    /// Articles whose readable file says that they may not be shown.
    pub hidden: HashSet<ArticleKey>,
}

/// The state of one article's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilePresence {
    /// The file is readable, and the article is published and not removed.
    There(Position),
    /// The file is readable, and the article is unpublished, removed or a draft.
    Hidden,
    /// The file has a problem.
    Unreadable,
    /// There is no such file.
    Absent,
}

impl Snapshot {
    /// Indexes a collection. This takes a while for a large collection and is done once for each load.
    #[must_use]
    pub fn new(collection: Arc<Collection>) -> Self {
        Self::default().followed_by(collection)
    }

    /// Indexes the collection of the next load. Articles that both share keep their identities.
    #[must_use]
    pub fn followed_by(&self, collection: Arc<Collection>) -> Self {
        let articles = collection.articles();
        let keys: Vec<ArticleKey> = articles.iter().map(|article| ArticleKey::from(&article.id)).collect();
        let identity = |((position, article), key): ((Position, &Arc<Article>), &ArticleKey)| {
            let is_of_series = collection.stories().is_of_series(position);
            self.identity_of(*key, article, is_of_series).cloned().unwrap_or_else(|| {
                let known_by = Identity::of(article);
                Identity { title: known_by.title.filter(|_| !is_of_series), ..known_by }
            })
        };
        let identities: Vec<Identity> =
            collection.positions().zip(articles).zip(&keys).map(identity).collect();
        let (mut by_hash, mut by_title) = (Vec::new(), Vec::new());
        for (position, identity) in collection.positions().zip(&identities) {
            by_hash.extend(identity.hashes.iter().map(|hash| (*hash, position)));
            by_title.extend(identity.title.map(|title| (title.hash, position)));
        }
        by_hash.sort_unstable();
        by_title.sort_unstable();
        let by_article = keys.iter().copied().zip(collection.positions()).collect();
        let paths = collection.problems().iter().filter_map(|problem| problem.path.strip_suffix(".md"));
        let (unreadable, unreadable_hashes) = paths.map(|id| (ArticleKey::of(id), id_hash(id))).unzip();
        let fingerprints = identities.iter().map(|_| OnceLock::new()).collect();
        Self {
            keys,
            identities,
            by_hash,
            by_title,
            by_article,
            unreadable,
            unreadable_hashes,
            fingerprints,
            collection,
        }
    }

    /// The identity of this very article, if the snapshot has it with the same kind of title.
    fn identity_of(&self, key: ArticleKey, article: &Arc<Article>, is_of_series: bool) -> Option<&Identity> {
        let position = self.position(key)?;
        let known = position.of(self.collection.articles())?;
        let is_same =
            Arc::ptr_eq(known, article) && self.collection.stories().is_of_series(position) == is_of_series;
        self.identity(position).filter(|_| is_same)
    }

    /// What changed for feeds since another snapshot. Every article counts as changed if a topic file changed.
    #[must_use]
    pub fn touched_since(&self, before: &Self) -> Touched {
        let are_topics_same = self.collection.topics().files() == before.collection.topics().files();
        let is_same = |position: &Position| {
            let at_before = position.of(&self.keys).and_then(|key| before.position(*key));
            are_topics_same && at_before.is_some_and(|old| self.is_same(*position, before, old))
        };
        let changed: Vec<Position> = self.collection.positions().filter(|at| !is_same(at)).collect();
        let mut touched = Touched::default();
        let gone = before.keys.iter().zip(&before.identities);
        let gone = gone.filter(|(key, _)| !self.by_article.contains_key(key)).map(|(_, identity)| identity);
        let of_changed = changed.iter().filter_map(|position| self.identity(*position));
        for identity in gone.chain(of_changed) {
            let by_hash = identity.hashes.iter().flat_map(|hash| with(&self.by_hash, *hash));
            let hidden = by_hash.filter_map(|position| self.key(position));
            touched.hidden.extend(hidden.filter(|key| self.presence(*key) == FilePresence::Hidden));
        }
        touched.articles.extend(changed.into_iter().filter_map(|position| self.key(position)));
        touched
    }

    fn is_same(&self, position: Position, before: &Self, old: Position) -> bool {
        let (articles, articles_before) = (self.collection.articles(), before.collection.articles());
        let is_same_article = match (position.of(articles), old.of(articles_before)) {
            (Some(now), Some(before)) => Arc::ptr_eq(now, before) || now == before,
            _ => false,
        };
        let others = |snapshot: &'_ Self, position: Position| {
            let others = snapshot.collection.stories().others(position);
            let mut others: Vec<ArticleKey> = others.filter_map(|other| snapshot.key(other)).collect();
            others.sort_unstable();
            others
        };
        is_same_article
            && self.identity(position) == before.identity(old)
            && others(self, position) == others(before, old)
    }

    /// The key of the article at a position.
    #[must_use]
    pub fn key(&self, position: Position) -> Option<ArticleKey> {
        position.of(&self.keys).copied()
    }

    /// The hashes by which the story at a position is known: those of the identities of all its articles, and those of their
    /// titles.
    #[must_use]
    pub fn story_hashes(&self, position: Position) -> Vec<u64> {
        let identities = self.members(position).filter_map(|member| self.identity(member));
        let hashes = identities.flat_map(|identity| {
            identity.hashes.iter().copied().chain(identity.title.map(|title| title.hash))
        });
        hashes.collect()
    }

    /// The collection.
    #[must_use]
    pub fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// The fingerprint of a post of these articles.
    #[must_use]
    pub fn fingerprint(&self, positions: &[Position], now: Timestamp) -> Fingerprint {
        match positions {
            [position] => self.fingerprint_of(*position, now),
            several => Fingerprint::of_message(several.iter().map(|&at| self.fingerprint_of(at, now))),
        }
    }

    /// The fingerprint of an article's story. It is kept as soon as all articles of the story are visible: until then the story
    /// changes as time passes.
    fn fingerprint_of(&self, position: Position, now: Timestamp) -> Fingerprint {
        let kept = position.of(&self.fingerprints);
        if let Some(fingerprint) = kept.and_then(OnceLock::get) {
            return *fingerprint;
        }
        let Some(story) = self.collection.story(position, now) else { return Fingerprint::default() };
        let fingerprint = Fingerprint::of(&story);
        match kept {
            Some(kept) if story.others.len() == self.collection.stories().others(position).count() => {
                *kept.get_or_init(|| fingerprint)
            }
            _ => fingerprint,
        }
    }

    /// The identity of the article at a position.
    #[must_use]
    pub fn identity(&self, position: Position) -> Option<&Identity> {
        position.of(&self.identities)
    }

    /// The position of an article.
    #[must_use]
    pub fn position(&self, article: ArticleKey) -> Option<Position> {
        self.by_article.get(&article).copied()
    }

    /// The article with this key.
    #[must_use]
    pub fn article(&self, article: ArticleKey) -> Option<&Article> {
        self.collection.article(self.position(article)?)
    }

    /// The state of an article's file.
    #[must_use]
    pub fn presence(&self, article: ArticleKey) -> FilePresence {
        let position = self.by_article.get(&article).copied();
        match position.and_then(|position| Some((position, self.collection.article(position)?))) {
            Some((position, article)) if article.may_be_shown() => FilePresence::There(position),
            Some(_) => FilePresence::Hidden,
            None if self.unreadable.contains(&article) => FilePresence::Unreadable,
            None => FilePresence::Absent,
        }
    }

    /// Whether one of these hashes of an [`Identity`] is the id of an unreadable file.
    #[must_use]
    pub fn is_any_unreadable(&self, hashes: &[u64]) -> bool {
        !self.unreadable_hashes.is_empty() && hashes.iter().any(|hash| self.unreadable_hashes.contains(hash))
    }

    /// The positions of articles that share a hash or title with a delivery, hottest first, without
    /// repetition.
    #[must_use]
    pub fn known_by(&self, delivery: &Delivery) -> Vec<Position> {
        let by_hash = delivery.hashes.iter().flat_map(|hash| with(&self.by_hash, *hash));
        let by_title = delivery.titles.iter().flat_map(|title| {
            with(&self.by_title, title.hash).filter(|&position| {
                self.identity(position).is_some_and(|identity| self.reports_by_title(identity, delivery))
            })
        });
        let mut positions: Vec<Position> = by_hash.chain(by_title).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// Whether an article reports a delivery's story by its title ([`super::identity::TitleIdentity::is_same_story`]). Only the earliest date with that title counts, so that a title that returns every day makes no chain.
    #[must_use]
    pub fn reports_by_title(&self, identity: &Identity, delivery: &Delivery) -> bool {
        let Some(title) = identity.title else { return false };
        let first = delivery.titles.iter().filter(|known| known.hash == title.hash).min();
        let posted = self.position(delivery.article);
        let is_of_series = posted.is_some_and(|posted| self.collection.stories().is_of_series(posted));
        first.is_some_and(|first| first.is_same_story(&title)) && !is_of_series
    }

    /// The articles of the story at a position, itself included. Articles that can never be displayed are
    /// left out.
    pub fn members(&self, position: Position) -> impl Iterator<Item = Position> + '_ {
        std::iter::once(position).chain(self.collection.stories().others(position))
    }
}

/// The positions with this hash.
fn with(sorted: &[(u64, Position)], hash: u64) -> impl Iterator<Item = Position> + '_ {
    let start = sorted.partition_point(|(other, _)| *other < hash);
    let from = sorted.get(start..).unwrap_or_default().iter();
    from.take_while(move |(other, _)| *other == hash).map(|(_, position)| *position)
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::Provider;
    use article_format::fixture::article;

    #[test]
    fn an_article_that_becomes_visible_later_changes_the_fingerprint_of_its_story_then() {
        let covers = |id: &str, published_at: &str| {
            let published_at: Timestamp = published_at.parse().unwrap();
            let provider = Provider { name: id.into(), domain: None, icon: None, authors: Box::default() };
            article(id, |article| {
                article.published_at = Some(published_at);
                article.addresses = [1].into();
                article.provider = Some(Arc::new(provider));
            })
        };
        let articles =
            vec![covers("first", "2026-06-15T11:00:00Z"), covers("later", "2026-06-15T12:00:00.5Z")];
        let collection = Arc::new(Collection::new(articles, &[], Vec::new()));
        let at = |second: i64| {
            "2026-06-15T12:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(second)
        };
        let snapshot = Snapshot::new(Arc::clone(&collection));
        let first = [snapshot.position(ArticleKey::of("first")).unwrap()];
        let early = snapshot.fingerprint(&first, at(0));
        let all = snapshot.fingerprint(&first, at(1));
        assert_ne!(early, all);
        assert_eq!(all, Snapshot::new(collection).fingerprint(&first, at(1)));
    }

    #[test]
    fn a_snapshot_that_follows_another_is_the_same_as_a_new_one() {
        let titled = |id: &str, title: &str| {
            Arc::new(article(id, |article| {
                article.title = title.into();
                article.published_at = "2026-06-15T11:00:00Z".parse().ok();
                article.link = Some("https://a.example/".into());
            }))
        };
        let made = |articles: &[&Arc<Article>]| {
            let articles = articles.iter().map(|article| Arc::clone(article)).collect();
            Arc::new(Collection::of_shared(articles, &[], Vec::new()))
        };
        let briefing = "What you have to know today";
        let (first, second) = (titled("first", briefing), titled("second", briefing));
        let (before, after) =
            (titled("changes", "A title before the change"), titled("changes", "A title after the change"));
        // The second article makes the title of the first one that of a series.
        for next in [made(&[&first, &after]), made(&[&first, &before, &second]), made(&[&second]), made(&[])]
        {
            let followed = Snapshot::new(made(&[&first, &before])).followed_by(Arc::clone(&next));
            let new = Snapshot::new(next);
            assert_eq!((&followed.keys, &followed.identities), (&new.keys, &new.identities));
            assert_eq!((&followed.by_hash, &followed.by_title), (&new.by_hash, &new.by_title));
        }
    }
}
