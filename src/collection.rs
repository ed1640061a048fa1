//! All articles of a folder as one immutable snapshot, with the indexes that answers need.
//!
//! A reload builds a new [`Collection`] and swaps it in whole; readers keep the one they hold.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::Timestamp;

use article_format::problem::Problem;
use article_format::topic_file::TopicFile;
use article_format::{Article, Story};

pub(crate) mod beneath;
pub mod dates;
pub mod diff;
mod everything;
pub mod facet;
mod folder_identity;
pub mod incremental;
mod lists;
pub mod load;
pub mod names;
pub mod orders;
pub(crate) mod read;
mod remote;
mod shift;
pub mod stories;
mod story_title;
pub mod titles;
pub mod topics;
pub(crate) mod walk;
pub mod watch;
mod weights;

use dates::Dates;
use facet::{Facet, Property};
use orders::{HalfLife, Order};
use shift::{Shift, as_position};
use stories::Stories;
use titles::Titles;
use topics::Topics;

/// What becomes of a collection.
#[derive(Debug)]
pub struct Change<'a> {
    /// Articles that it has and will not have any more, in no order, each once.
    pub gone: Vec<&'a Article>,
    /// Articles that it will have, in no order; an article that says something else now is gone and comes.
    pub come: Vec<Arc<Article>>,
    /// All topic files.
    pub topic_files: &'a [TopicFile],
    /// Whether they are those from which it was made.
    pub are_topic_files_the_same: bool,
    /// All problems.
    pub problems: Vec<Problem>,
}

/// An immutable snapshot. Articles stand in the contract's order, and every index lists positions in
/// that order, so that any selection of them is sorted already.
#[derive(Debug, Default)]
pub struct Collection {
    articles: Vec<Arc<Article>>,
    /// All positions, by the hash of the id, which is not kept: looking it up is rare, and asks for few of them.
    by_hash: Vec<u32>,
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

    /// Indexes articles that other snapshots hold too: what did not change is there once. Fastest where most of them
    /// are in the contract's order already.
    #[must_use]
    pub fn of_shared(
        mut articles: Vec<Arc<Article>>,
        topic_files: &[TopicFile],
        problems: Vec<Problem>,
    ) -> Self {
        // Collecting in place may have left room for the articles themselves where only pointers stand now.
        articles.shrink_to_fit();
        articles.sort_by(|left, right| order(left, right));
        // Each index is made from the articles alone: two threads take about half the time of one.
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

    /// The collection after a change, the same that [`Collection::of_shared`] makes of all its articles. Where few of many
    /// articles change, most of what the indexes say is copied.
    #[must_use]
    pub fn changed(&self, change: Change<'_>) -> Self {
        let Change { gone, mut come, topic_files, are_topic_files_the_same, problems } = change;
        come.sort_unstable_by(|left, right| order(left, right));
        let gone = gone.iter().filter_map(|article| self.position_of(article));
        let mut gone: Vec<u32> = gone.collect();
        gone.sort_unstable();
        let before = &*self.articles;
        let (shift, articles) = Shift::of(before, &gone, come);
        let (shift, after) = (&shift, &*articles);
        let names = || {
            let topics =
                are_topic_files_the_same.then(|| self.topics.shifted(shift, before, after)).flatten();
            let facet = |facet: &Facet, property| {
                facet.shifted(shift, before, after).unwrap_or_else(|| Facet::new(property, after))
            };
            (
                topics.unwrap_or_else(|| Topics::new(topic_files, after)),
                facet(&self.sources, Property::Source),
                facet(&self.kinds, Property::Kind),
            )
        };
        let rest = || {
            let newest_first = self.newest_first.shifted_newest_first(shift, after);
            let best_first = self.best_first.shifted_best_first(shift, after);
            let trending_first = Order::trending_first(after, self.half_life);
            (
                (self.dates.shifted(shift, after), self.shifted_by_hash(shift, after)),
                (newest_first, best_first, trending_first),
            )
        };
        let (
            (stories, titles),
            ((topics, sources, kinds), ((dates, by_hash), (newest_first, best_first, trending_first))),
        ) = rayon::join(|| (Stories::new(after), self.titles.shifted(shift, after)), || (names(), rest()));
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

    /// Where an article of this collection stands.
    fn position_of(&self, article: &Article) -> Option<u32> {
        self.articles.binary_search_by(|other| order(other, article)).ok().map(as_position)
    }

    fn shifted_by_hash(&self, shift: &Shift<'_>, after: &[Arc<Article>]) -> Vec<u32> {
        let compare =
            |one: &u32, other: &u32| hash_at(after, *one).cmp(&hash_at(after, *other)).then(one.cmp(other));
        let mut come = shift.come.clone();
        come.sort_unstable_by(compare);
        shift.sorted(&self.by_hash, &come, |position| position, compare)
    }

    /// All articles, visible or not, hottest first.
    #[must_use]
    pub fn articles(&self) -> &[Arc<Article>] {
        &self.articles
    }

    /// The article at a position that an index of this collection gave.
    #[must_use]
    pub fn article(&self, position: usize) -> Option<&Article> {
        self.articles.get(position).map(Arc::as_ref)
    }

    /// Where the article stands, visible or not, whose id has this hash ([`article_format::ArticleId::hash64`]).
    #[must_use]
    pub fn by_hash64(&self, hash: u64) -> Option<usize> {
        let found = self.by_hash.partition_point(|&position| hash_at(&self.articles, position) < hash);
        let position = *self.by_hash.get(found)?;
        (hash_at(&self.articles, position) == hash).then_some(position as usize)
    }

    /// Where the visible article stands whose id has this hash ([`article_format::ArticleId::hash64`]).
    #[must_use]
    pub fn visible_by_hash64(&self, hash: u64, now: Timestamp) -> Option<usize> {
        self.by_hash64(hash).filter(|&position| self.is_visible(position, now))
    }

    /// Whether there is a visible article at a position.
    #[must_use]
    pub fn is_visible(&self, position: usize, now: Timestamp) -> bool {
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
    #[must_use]
    pub fn story(&self, position: usize, now: Timestamp) -> Option<Story<'_>> {
        let others = self.stories.others(position).filter(|&other| self.is_visible(other, now));
        let others = others.filter_map(|other| self.article(other)).collect();
        Some(Story { article: self.article(position)?, others })
    }

    /// When articles may be shown and when they came out.
    #[must_use]
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// All visible stories in one of this collection's orders.
    #[must_use]
    pub fn everything(&self, order: &Order, now: Timestamp) -> Arc<[usize]> {
        order.everything(now, &self.dates, &self.stories)
    }

    /// The contract's order.
    #[must_use]
    pub fn hottest_first(&self) -> &Order {
        &self.hottest_first
    }

    /// Newest first, then the contract's order.
    #[must_use]
    pub fn newest_first(&self) -> &Order {
        &self.newest_first
    }

    /// Best quality first, then the contract's order.
    #[must_use]
    pub fn best_first(&self) -> &Order {
        &self.best_first
    }

    /// By heat that halves with every half-life, then without a date, then without heat; the contract's order among equals.
    #[must_use]
    pub fn trending_first(&self) -> &Order {
        &self.trending_first
    }

    /// What is wrong with files of this collection, by path and position.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

/// The contract's order: heat descending, then quality descending (none last), then newest (undated
/// last), then id.
#[must_use]
pub fn order(left: &Article, right: &Article) -> Ordering {
    let heat = right.heat.cmp(&left.heat);
    heat.then_with(|| right.quality.cmp(&left.quality))
        .then_with(|| right.published_at.cmp(&left.published_at))
        .then_with(|| left.id.cmp(&right.id))
}

/// The hash of the id of the article that stands there.
fn hash_at(articles: &[Arc<Article>], position: u32) -> u64 {
    articles.get(position as usize).map_or(0, |article| article.id.hash64())
}

fn by_hash(articles: &[Arc<Article>]) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = articles.iter().map(|article| article.id.hash64()).zip(0..).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, position)| position).collect()
}

#[cfg(test)]
mod tests;
