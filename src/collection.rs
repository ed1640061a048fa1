//! All articles of a folder as one immutable snapshot, with the indexes that answers need.
//!
//! A reload builds a new [`Collection`] and swaps it in whole; readers keep the one they hold.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::article::problem::Problem;
use crate::article::topic_file::TopicFile;
use crate::article::{Article, Story};

pub mod dates;
pub mod diff;
mod everything;
pub mod facet;
pub mod incremental;
pub mod load;
pub mod names;
pub mod orders;
pub(crate) mod read;
pub mod stories;
pub mod titles;
pub mod topics;
pub(crate) mod walk;
pub mod watch;

use dates::Dates;
use facet::Facet;
use orders::Order;
use stories::Stories;
use titles::Titles;
use topics::Topics;

/// An immutable snapshot. Articles stand in the contract's order, and every index lists positions in
/// that order, so that any selection of them is sorted already.
#[derive(Debug, Default)]
pub struct Collection {
    articles: Vec<Arc<Article>>,
    by_hash: HashMap<u64, usize>,
    topics: Topics,
    sources: Facet,
    kinds: Facet,
    titles: Titles,
    stories: Stories,
    dates: Dates,
    hottest_first: Order,
    newest_first: Order,
    best_first: Order,
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
        let names = || (Topics::new(topic_files, shared), Facet::of_sources(shared), Facet::of_kinds(shared));
        let dates = || (Dates::new(shared), Order::newest_first(shared), Order::best_first(shared));
        let hashes = || shared.iter().enumerate().map(|(at, article)| (article.id.hash64(), at)).collect();
        let (stories, (titles, ((topics, sources, kinds), ((dates, newest_first, best_first), by_hash)))) =
            rayon::join(
                || Stories::new(shared),
                || rayon::join(|| Titles::new(shared), || rayon::join(names, || rayon::join(dates, hashes))),
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
            problems,
        }
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

    /// Where the article stands, visible or not, whose id has this hash ([`crate::article::ArticleId::hash64`]).
    #[must_use]
    pub fn by_hash64(&self, hash: u64) -> Option<usize> {
        self.by_hash.get(&hash).copied()
    }

    /// Where the visible article stands whose id has this hash ([`crate::article::ArticleId::hash64`]).
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

/// What stands behind a name: the heat of its published articles together. A cold article counts as
/// one, so that many of them still weigh more than none.
fn weight(articles: &[Arc<Article>], positions: &[usize]) -> i64 {
    let published = positions
        .iter()
        .filter_map(|&at| articles.get(at))
        .filter(|article| article.is_published && !article.is_removed);
    published.fold(0, |sum: i64, article| sum.saturating_add(article.heat.max(1)))
}
