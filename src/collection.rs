//! All articles of a folder as one immutable snapshot, with the indexes that answers need.
//!
//! A reload builds a new [`Collection`] and swaps it in whole. Readers keep the one they hold.

use std::sync::Arc;

use jiff::Timestamp;

use crate::article_key::ArticleKey;
use article_format::address::identities;
use article_format::problem::Problem;
use article_format::topic_file::TopicFile;
use article_format::{Article, Story};

pub(crate) mod beneath;
mod cached_listing;
pub mod contract_order;
pub(crate) mod dates;
pub mod diff;
pub mod facet;
pub(crate) mod file_problem;
pub(crate) mod fold;
mod folder_identity;
pub mod incremental;
pub mod load;
pub mod load_error;
pub mod names;
pub(crate) mod orders;
mod position;
pub mod position_map;
mod postings;
pub(crate) mod read;
mod remote;
pub mod stories;
mod story_title;
pub mod titles;
pub mod topics;
pub(crate) mod walk;
pub mod watch;
mod weights;

use contract_order::order;
use dates::Dates;
use facet::{Facet, Property};
pub use orders::HalfLife;
use orders::Order;
pub use position::Position;
use position_map::PositionMap;
use stories::Stories;
use titles::Titles;
use topics::Topics;

/// The difference between a collection and the next one.
#[derive(Debug)]
pub struct Change<'a> {
    /// Articles that the next collection lacks, in any order, each once.
    pub gone: Vec<&'a Article>,
    /// Articles that only the next collection has, in any order. A changed article is both in `gone` and in `come`.
    pub come: Vec<Arc<Article>>,
    /// All topic files of the next collection.
    pub topic_files: &'a [TopicFile],
    /// Whether no topic file changed.
    pub are_topic_files_the_same: bool,
    /// All problems of the next collection.
    pub problems: Vec<Problem>,
}

/// An immutable snapshot. Articles stand in the contract's order. Every index lists positions in that order, so every
/// selection is sorted already.
#[derive(Debug, Default)]
pub struct Collection {
    articles: Vec<Arc<Article>>,
    /// All positions, sorted by the hash of the article's id. Each look-up computes the few hashes that it compares.
    by_hash: Vec<Position>,
    topics: Topics,
    sources: Facet,
    kinds: Facet,
    titles: Titles,
    stories: Stories,
    dates: Dates,
    hottest_first: Order,
    newest_first: Order,
    best_first: Order,
    trending_first: Order,
    half_life: HalfLife,
    problems: Vec<Problem>,
}

impl Collection {
    /// Indexes the articles.
    #[must_use]
    pub fn new(articles: Vec<Article>, topic_files: &[TopicFile], problems: Vec<Problem>) -> Self {
        Self::of_shared(articles.into_iter().map(Arc::new).collect(), topic_files, problems)
    }

    /// Indexes articles that other snapshots may hold too. Sorting is fastest where most articles are in the contract's
    /// order already.
    #[must_use]
    pub fn of_shared(
        mut articles: Vec<Arc<Article>>,
        topic_files: &[TopicFile],
        problems: Vec<Problem>,
    ) -> Self {
        // `collect` reuses the allocation of the larger `Article`s.
        articles.shrink_to_fit();
        articles.sort_by(|left, right| order(left, right));
        // No index needs another one, so the threads share the work.
        let shared = &*articles;
        let facets =
            || (Facet::new(Property::Source, shared), Facet::new(Property::Kind, shared), Dates::new(shared));
        let half_life = HalfLife::default();
        let trending = || Order::trending_first(shared, half_life);
        let orders = || (Order::newest_first(shared), Order::best_first(shared), trending(), by_hash(shared));
        let names = || (Topics::new(topic_files, shared), facets());
        let (
            (stories, titles),
            ((topics, (sources, kinds, dates)), (newest_first, best_first, trending_first, by_hash)),
        ) = rayon::join(
            || rayon::join(|| Stories::new(shared), || Titles::new(shared)),
            || rayon::join(names, orders),
        );
        Self {
            articles,
            by_hash,
            topics,
            sources,
            kinds,
            titles,
            stories,
            dates,
            hottest_first: Order::default(),
            newest_first,
            best_first,
            trending_first,
            half_life,
            problems,
        }
    }

    /// The same articles with another half-life of the trending order.
    #[must_use]
    pub fn with_half_life(mut self, half_life: HalfLife) -> Self {
        if self.half_life != half_life {
            self.half_life = half_life;
            self.trending_first = Order::trending_first(&self.articles, half_life);
        }
        self
    }

    /// The collection after a change, equal to what [`Collection::of_shared`] makes of all its articles. Most of each index is
    /// copied, which takes a fraction of the time where few of many articles change.
    #[must_use]
    pub fn changed(&self, change: Change<'_>) -> Self {
        let Change { gone, mut come, topic_files, are_topic_files_the_same, problems } = change;
        come.sort_unstable_by(|left, right| order(left, right));
        let gone = gone.iter().filter_map(|article| self.position_of(article));
        let mut gone: Vec<Position> = gone.collect();
        gone.sort_unstable();
        let before = &*self.articles;
        let (map, articles) = PositionMap::of(before, &gone, come);
        let (map, after) = (&map, &*articles);
        let names = || {
            let topics = are_topic_files_the_same.then(|| self.topics.changed(map, before, after)).flatten();
            let facet = |facet: &Facet, property| {
                facet.changed(map, before, after).unwrap_or_else(|| Facet::new(property, after))
            };
            (
                topics.unwrap_or_else(|| Topics::new(topic_files, after)),
                facet(&self.sources, Property::Source),
                facet(&self.kinds, Property::Kind),
            )
        };
        let rest = || {
            let newest_first = self.newest_first.changed_newest_first(map, after);
            let best_first = self.best_first.changed_best_first(map, after);
            let trending_first = Order::trending_first(after, self.half_life);
            (
                (self.dates.changed(map, after), self.changed_by_hash(map, after)),
                (newest_first, best_first, trending_first),
            )
        };
        let (
            (stories, titles),
            ((topics, sources, kinds), ((dates, by_hash), (newest_first, best_first, trending_first))),
        ) = rayon::join(
            || (self.stories.changed(map, before, after), self.titles.changed(map, after)),
            || (names(), rest()),
        );
        Self {
            articles,
            by_hash,
            topics,
            sources,
            kinds,
            titles,
            stories,
            dates,
            hottest_first: Order::default(),
            newest_first,
            best_first,
            trending_first,
            half_life: self.half_life,
            problems,
        }
    }

    /// The position of an article.
    fn position_of(&self, article: &Article) -> Option<Position> {
        self.articles.binary_search_by(|other| order(other, article)).ok().map(Position::new)
    }

    fn changed_by_hash(&self, map: &PositionMap<'_>, after: &[Arc<Article>]) -> Vec<Position> {
        let compare = |one: &Position, other: &Position| {
            hash_at(after, *one).cmp(&hash_at(after, *other)).then(one.cmp(other))
        };
        let mut come = map.come.clone();
        come.sort_unstable_by(compare);
        map.sorted(&self.by_hash, &come, |position| position, compare)
    }

    /// All articles, visible or not, hottest first.
    #[must_use]
    pub fn articles(&self) -> &[Arc<Article>] {
        &self.articles
    }

    /// The positions of all articles, ascending.
    pub fn positions(&self) -> impl ExactSizeIterator<Item = Position> + use<> {
        Position::all(self.articles.len())
    }

    /// The article at a position; `None` where the collection is shorter.
    #[must_use]
    pub fn article(&self, position: Position) -> Option<&Article> {
        position.of(&self.articles).map(Arc::as_ref)
    }

    /// The position of the article with this key, visible or not.
    pub(crate) fn by_key(&self, ArticleKey(hash): ArticleKey) -> Option<Position> {
        let found = self.by_hash.partition_point(|&position| hash_at(&self.articles, position) < hash);
        let position = *self.by_hash.get(found)?;
        (hash_at(&self.articles, position) == hash).then_some(position)
    }

    /// The position of the visible article with this key.
    pub(crate) fn visible_by_key(&self, article: ArticleKey, now: Timestamp) -> Option<Position> {
        self.by_key(article).filter(|&position| self.is_visible(position, now))
    }

    /// Whether there is a visible article at a position.
    pub(crate) fn is_visible(&self, position: Position, now: Timestamp) -> bool {
        self.dates.is_visible(position, now)
    }

    /// The topics with their articles.
    #[must_use]
    pub fn topics(&self) -> &Topics {
        &self.topics
    }

    /// The sources (providers) with their articles.
    #[must_use]
    pub fn sources(&self) -> &Facet {
        &self.sources
    }

    /// The types with their articles.
    #[must_use]
    pub fn kinds(&self) -> &Facet {
        &self.kinds
    }

    /// The titles, for finding an article by words of its title.
    #[must_use]
    pub fn titles(&self) -> &Titles {
        &self.titles
    }

    /// Which articles tell the same story.
    #[must_use]
    pub fn stories(&self) -> &Stories {
        &self.stories
    }

    /// The article at a position and the visible others that tell its story.
    pub(crate) fn story(&self, position: Position, now: Timestamp) -> Option<Story<'_>> {
        let others = self.stories.others(position).filter(|&other| self.is_visible(other, now));
        let others = others.filter_map(|other| self.article(other)).collect();
        Some(Story { article: self.article(position)?, others })
    }

    /// The position of the hottest visible article with this address.
    pub(crate) fn visible_at_address(&self, address: &str, now: Timestamp) -> Option<Position> {
        let identities = identities([address]);
        let mut found = identities.iter().flat_map(|identity| self.stories.with_address(*identity));
        found.find(|&position| self.is_visible(position, now))
    }

    /// The dates of the articles.
    pub(crate) fn dates(&self) -> &Dates {
        &self.dates
    }

    /// All visible stories in one of this collection's orders.
    pub(crate) fn visible_stories(&self, order: &Order, now: Timestamp) -> Arc<[Position]> {
        order.visible_stories(now, &self.dates, &self.stories)
    }

    /// The contract's order.
    pub(crate) fn hottest_first(&self) -> &Order {
        &self.hottest_first
    }

    /// Newest first, then the contract's order.
    pub(crate) fn newest_first(&self) -> &Order {
        &self.newest_first
    }

    /// Best quality first, then the contract's order.
    pub(crate) fn best_first(&self) -> &Order {
        &self.best_first
    }

    /// By heat that halves with every half-life, then without a date, then without heat; the contract's order among equals.
    #[must_use]
    pub(crate) fn trending_first(&self) -> &Order {
        &self.trending_first
    }

    /// What is wrong with files of this collection, by path and position.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// The hash of the id of the article at a position.
fn hash_at(articles: &[Arc<Article>], position: Position) -> u64 {
    position.of(articles).map_or(0, |article| article.id.hash64())
}

fn by_hash(articles: &[Arc<Article>]) -> Vec<Position> {
    let hashes = articles.iter().map(|article| article.id.hash64());
    let mut keyed: Vec<(u64, Position)> = hashes.zip(Position::all(articles.len())).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, position)| position).collect()
}

#[cfg(test)]
mod tests;
