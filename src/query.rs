//! The query of a member, and the articles of a collection that answer it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::collection::names::{Matched, NameFound, Names};
use crate::collection::{Collection, Position};

/// Cards on a page of `/news`.
pub(crate) const CARDS_PER_PAGE: usize = 5;

/// A property by which members filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filter {
    /// A topic, its children included.
    Topic,
    /// The provider.
    Source,
    /// The article's `type`.
    Kind,
}

impl Filter {
    /// The name of the option in `/news`. The texts choose their words by this name too.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Source => "source",
            Self::Kind => "type",
        }
    }

    /// The names a member can choose from.
    pub(crate) fn names(self, collection: &Collection) -> &Names {
        match self {
            Self::Topic => collection.topics().names(),
            Self::Source => collection.sources().names(),
            Self::Kind => collection.kinds().names(),
        }
    }

    fn articles(self, collection: &Collection, value: usize) -> &[Position] {
        match self {
            Self::Topic => collection.topics().articles(value),
            Self::Source => collection.sources().articles(value),
            Self::Kind => collection.kinds().articles(value),
        }
    }
}

/// How far back an answer reaches, in days of 24 hours, by `publishedDateTime`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    /// 1 day.
    Today,
    /// 7 days.
    Week,
    /// 30 days.
    Month,
    /// 365 days.
    Year,
}

impl Since {
    /// All choices, shortest first.
    pub(crate) const ALL: [Self; 4] = [Self::Today, Self::Week, Self::Month, Self::Year];

    /// The choice's value, as the contract names it.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The choice with this value; `Some(None)` for an empty text.
    pub(crate) fn read(value: &str) -> Option<Option<Self>> {
        if value.is_empty() {
            return Some(None);
        }
        Self::ALL.into_iter().find(|since| since.value() == value).map(Some)
    }

    fn days(self) -> i64 {
        match self {
            Self::Today => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Year => 365,
        }
    }

    fn starts_at(self, now: Timestamp) -> Timestamp {
        // No clock reaches the calendar's ends.
        now.saturating_sub(SignedDuration::from_hours(24 * self.days())).unwrap_or(Timestamp::MIN)
    }
}

/// The order of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sort {
    /// The contract's order: heat, quality, newest, id.
    #[default]
    Heat,
    /// By heat that halves every few days ([`Collection::trending_first`]).
    Trending,
    /// Newest first, undated last; then the contract's order.
    Newest,
    /// Best first; then the contract's order.
    Quality,
}

impl Sort {
    /// All choices, the default first.
    pub(crate) const ALL: [Self; 4] = [Self::Heat, Self::Trending, Self::Newest, Self::Quality];

    /// The choice's value, as the contract names it.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Heat => "heat",
            Self::Trending => "trending",
            Self::Newest => "newest",
            Self::Quality => "quality",
        }
    }
}

/// The value of a filter that a member wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The text that a member typed.
    Typed(String),
    /// The hash of a name ([`Names::hash64`]), as a button carries it.
    Hash(u64),
}

/// The options of `/news`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Query {
    /// `topic`.
    pub topic: Option<Wanted>,
    /// `type`.
    pub kind: Option<Wanted>,
    /// `source`.
    pub source: Option<Wanted>,
    /// `since`.
    pub since: Option<Since>,
    /// `sort`.
    pub sort: Sort,
}

/// A query whose names were found. Buttons carry the names as hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    /// The chosen values, in the order topic, type, source.
    pub chosen: Vec<Chosen>,
    /// `since`.
    pub since: Option<Since>,
    /// `sort`.
    pub sort: Sort,
}

/// One chosen value of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// The property.
    pub filter: Filter,
    /// The name's index in [`Filter::names`].
    pub value: usize,
    /// The typed text and how it was matched; `None` for an exact match.
    pub inexact: Option<(String, Matched)>,
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unresolved {
    /// No name is near the typed text.
    NothingNear {
        /// The property.
        filter: Filter,
        /// The text that the member typed.
        typed: String,
        /// Indexes in [`Filter::names`], nearest first.
        nearest: Vec<usize>,
    },
    /// The collection no longer has the name of the button.
    Gone {
        /// The property.
        filter: Filter,
    },
}

impl Query {
    /// Finds the names.
    ///
    /// # Errors
    /// When a name is not found: the first of topic, type, source.
    pub(crate) fn resolve(&self, collection: &Collection) -> Result<Resolved, Unresolved> {
        let mut chosen = Vec::new();
        for (filter, wanted) in
            [(Filter::Topic, &self.topic), (Filter::Kind, &self.kind), (Filter::Source, &self.source)]
        {
            if let Some(wanted) = wanted {
                chosen.push(choose(filter, wanted, filter.names(collection))?);
            }
        }
        Ok(Resolved { chosen, since: self.since, sort: self.sort })
    }
}

fn choose(filter: Filter, wanted: &Wanted, names: &Names) -> Result<Chosen, Unresolved> {
    match wanted {
        Wanted::Hash(hash) => {
            let value = names.by_hash64(*hash).ok_or(Unresolved::Gone { filter })?;
            Ok(Chosen { filter, value, inexact: None })
        }
        Wanted::Typed(typed) => match names.find(typed) {
            NameFound::Name(value, matched) => {
                let inexact = (matched != Matched::Exact).then(|| (typed.clone(), matched));
                Ok(Chosen { filter, value, inexact })
            }
            NameFound::Nearest(nearest) => {
                Err(Unresolved::NothingNear { filter, typed: typed.clone(), nearest })
            }
        },
    }
}

impl Resolved {
    /// The chosen value of a filter.
    pub(crate) fn value(&self, filter: Filter) -> Option<usize> {
        self.chosen.iter().find(|chosen| chosen.filter == filter).map(|chosen| chosen.value)
    }

    /// The query with hashes in place of typed texts.
    pub(crate) fn to_query(&self, collection: &Collection) -> Query {
        let wanted = |filter: Filter| {
            self.value(filter).map(|value| Wanted::Hash(filter.names(collection).hash64(value)))
        };
        Query {
            topic: wanted(Filter::Topic),
            kind: wanted(Filter::Kind),
            source: wanted(Filter::Source),
            since: self.since,
            sort: self.sort,
        }
    }

    /// Whether the article at a position is visible and passes the filters.
    pub(crate) fn admits<'a>(
        &'a self,
        collection: &'a Collection,
        now: Timestamp,
    ) -> impl Fn(Position) -> bool + 'a {
        let lists: Vec<&[Position]> =
            self.chosen.iter().map(|chosen| chosen.filter.articles(collection, chosen.value)).collect();
        let since = self.since.map(|since| since.starts_at(now));
        let dates = collection.dates();
        move |position| {
            let is_in = |list: &&[Position]| list.binary_search(&position).is_ok();
            dates.is_visible(position, now)
                && lists.iter().all(is_in)
                && since.is_none_or(|since| dates.is_published_since(position, since))
        }
    }

    /// The stories that answer the query, in its order. Each story stands by the position of its hottest visible article that
    /// passes the filters.
    pub(crate) fn select(&self, collection: &Collection, now: Timestamp) -> Arc<[Position]> {
        let order = match self.sort {
            Sort::Heat => collection.hottest_first(),
            Sort::Trending => collection.trending_first(),
            Sort::Newest => collection.newest_first(),
            Sort::Quality => collection.best_first(),
        };
        if self.chosen.is_empty() && self.since.is_none() {
            return collection.visible_stories(order, now);
        }
        let lists: Vec<&[Position]> =
            self.chosen.iter().map(|chosen| chosen.filter.articles(collection, chosen.value)).collect();
        let since = self.since.map(|since| since.starts_at(now));
        let dates = collection.dates();
        let is_recent =
            |position: &Position| since.is_none_or(|since| dates.is_published_since(*position, since));
        let stories = collection.stories();
        let selected = match intersection(&lists) {
            Some(positions) => {
                let visible = positions.into_iter().filter(|&position| dates.is_visible(position, now));
                stories.first_of_each(visible.filter(is_recent))
            }
            None => stories.first_of_each(dates.visible(now).filter(is_recent)),
        };
        order.sort(selected).into()
    }
}

/// The positions that all ascending lists contain; `None` where there is no list.
fn intersection(lists: &[&[Position]]) -> Option<Vec<Position>> {
    let shortest = lists.iter().min_by_key(|list| list.len())?;
    let in_all = |position: &Position| lists.iter().all(|list| list.binary_search(position).is_ok());
    Some(shortest.iter().copied().filter(in_all).collect())
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page<'a, T> {
    /// The page's items.
    pub items: &'a [T],
    /// From 0.
    pub index: usize,
    /// How many pages there are, at least 1.
    pub count: usize,
    /// How many items all pages have.
    pub items_total: usize,
    /// Whether this is the last page in place of a requested one that no longer exists.
    pub is_instead: bool,
}

impl<'a, T> Page<'a, T> {
    /// The page with this index, or the last one where the list has become shorter.
    #[must_use]
    pub(crate) fn of(items: &'a [T], index: usize, items_per_page: usize) -> Self {
        let count = items.len().div_ceil(items_per_page).max(1);
        let shown = index.min(count - 1);
        let start = shown * items_per_page;
        let end = (start + items_per_page).min(items.len());
        Self {
            items: items.get(start..end).unwrap_or(&[]),
            index: shown,
            count,
            items_total: items.len(),
            is_instead: shown != index,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::Provider;
    use article_format::fixture::article;
    use article_format::topic_file::TopicFile;

    const NOW: &str = "2026-06-15T12:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn collection() -> Collection {
        let with = |id: &str, topic: &str, kind: &str, source: &str, heat, quality, date: &str| {
            article(id, |article| {
                article.topics = [topic.into()].into();
                article.kind = Some(kind.into());
                article.provider = Some(
                    Provider {
                        name: source.into(),
                        domain: Some(format!("{source}.example").into()),
                        icon: None,
                        authors: Box::default(),
                    }
                    .into(),
                );
                article.heat = heat;
                article.quality = quality;
                article.published_at = (!date.is_empty()).then(|| at(date));
            })
        };
        let file = |name: &str, parent: Option<&str>| TopicFile {
            parent: parent.map(Into::into),
            ..TopicFile::named(name)
        };
        Collection::new(
            vec![
                with("a", "AI", "article", "Ada", 5, Some(50), "2026-06-15T11:00:00Z"),
                with("b", "AI", "video", "Ada", 50, None, "2026-06-10T00:00:00Z"),
                with("c", "LLM", "article", "Ben", 50, Some(1), "2026-05-01T00:00:00Z"),
                with("d", "LLM", "article", "Ada", -1, Some(90), ""),
                with("e", "Rust", "article", "Ben", 7, Some(7), "2020-01-01T00:00:00Z"),
                with("future", "AI", "article", "Ada", 999, Some(99), "2026-06-15T12:00:01Z"),
                article("hidden", |article| {
                    article.is_published = false;
                    article.topics = ["AI".into()].into();
                }),
                article("removed", |article| article.is_removed = true),
            ],
            &[file("AI", None), file("LLM", Some("AI"))],
            Vec::new(),
        )
    }

    fn check(query: Query, expected: &[&str]) {
        let collection = collection();
        let resolved = query.resolve(&collection).unwrap();
        let ids = |resolved: &Resolved| {
            let selected = resolved.select(&collection, at(NOW));
            selected.iter().map(|&at| collection.article(at).unwrap().id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&resolved), expected, "{query:?}");
        let again = resolved.to_query(&collection).resolve(&collection).unwrap();
        assert_eq!(ids(&again), expected, "by hashes: {query:?}");
    }

    fn typed(text: &str) -> Option<Wanted> {
        Some(Wanted::Typed(text.into()))
    }

    #[test]
    fn selects_visible_articles_hottest_first() {
        check(Query::default(), &["c", "b", "e", "a", "d"]);
    }

    #[test]
    fn a_topic_includes_its_children() {
        check(Query { topic: typed("ai"), ..Query::default() }, &["c", "b", "a", "d"]);
        check(Query { topic: typed("llm"), ..Query::default() }, &["c", "d"]);
    }

    #[test]
    fn filters_combine() {
        let ai = Query { topic: typed("ai"), ..Query::default() };
        check(Query { source: typed("ada.example"), ..ai.clone() }, &["b", "a", "d"]);
        check(Query { kind: typed("video"), source: typed("Ada"), ..ai.clone() }, &["b"]);
        check(Query { kind: typed("video"), source: typed("Ben"), ..ai }, &[]);
    }

    #[test]
    fn since_counts_from_now_and_leaves_the_undated_out() {
        let since = |since| Query { since: Some(since), ..Query::default() };
        check(since(Since::Today), &["a"]);
        check(since(Since::Week), &["b", "a"]);
        check(since(Since::Month), &["b", "a"]);
        check(since(Since::Year), &["c", "b", "a"]);
    }

    #[test]
    fn sorts_by_newest_and_quality_with_the_rest_of_the_order_behind() {
        check(Query { sort: Sort::Newest, ..Query::default() }, &["a", "b", "c", "e", "d"]);
        check(Query { sort: Sort::Quality, ..Query::default() }, &["d", "a", "e", "c", "b"]);
    }

    #[test]
    fn trending_lets_old_heat_give_way_to_new() {
        check(Query { sort: Sort::Trending, ..Query::default() }, &["b", "a", "c", "e", "d"]);
    }

    #[test]
    fn a_story_is_shown_by_its_hottest_article_that_passes_the_filters() {
        let covered = |id: &str, kind: &str, heat| {
            article(id, |article| {
                article.addresses = [1].into();
                article.kind = Some(kind.into());
                article.heat = heat;
            })
        };
        let articles =
            vec![covered("hot", "article", 9), covered("video", "video", 5), covered("cold", "article", 1)];
        let collection = Collection::new(articles, &[], Vec::new());
        let ids = |query: Query| {
            let selected = query.resolve(&collection).unwrap().select(&collection, at(NOW));
            selected.iter().map(|&at| collection.article(at).unwrap().id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ids(Query::default()), ["hot"]);
        assert_eq!(ids(Query { kind: typed("video"), ..Query::default() }), ["video"]);
        assert_eq!(ids(Query { sort: Sort::Newest, ..Query::default() }), ["hot"]);
        let story = collection.story(Position::new(1), at(NOW)).unwrap();
        let others: Vec<&str> = story.others.iter().map(|article| article.id.as_str()).collect();
        assert_eq!((story.article.id.as_str(), others), ("video", vec!["hot", "cold"]));
    }

    #[test]
    fn says_what_cannot_be_found() {
        let collection = collection();
        let unresolved = Query { topic: typed("gardening"), ..Query::default() }.resolve(&collection);
        assert!(matches!(unresolved, Err(Unresolved::NothingNear { filter: Filter::Topic, .. })));
        let gone = Query { source: Some(Wanted::Hash(1)), ..Query::default() }.resolve(&collection);
        assert_eq!(gone, Err(Unresolved::Gone { filter: Filter::Source }));
    }

    #[test]
    fn a_page_that_is_gone_becomes_the_last() {
        let items = [1, 2, 3, 4, 5, 6];
        let page = |index| Page::of(&items, index, 5);
        assert_eq!(
            page(0),
            Page { items: &[1, 2, 3, 4, 5], index: 0, count: 2, items_total: 6, is_instead: false }
        );
        assert_eq!(page(1).items, [6]);
        assert_eq!(page(7), Page { items: &[6], index: 1, count: 2, items_total: 6, is_instead: true });
        assert_eq!(
            Page::<u8>::of(&[], 0, 5),
            Page { items: &[], index: 0, count: 1, items_total: 0, is_instead: false }
        );
    }

    proptest::proptest! {
        #[test]
        fn the_order_is_the_contracts(
            heats in proptest::collection::vec((-1_i64..3, proptest::option::of(0_i64..3), proptest::option::of(0_i64..3)), 0..40)
        ) {
            let articles = heats.iter().enumerate().map(|(number, &(heat, quality, day))| {
                article(&format!("id{number}"), |article| {
                    article.heat = heat;
                    article.quality = quality;
                    article.published_at = day.map(|day| Timestamp::from_second(day * 86_400).unwrap());
                })
            });
            let collection = Collection::new(articles.collect(), &[], Vec::new());
            let resolved = Query::default().resolve(&collection).unwrap();
            let selected = resolved.select(&collection, at(NOW));
            proptest::prop_assert_eq!(selected.len(), heats.len());
            for pair in selected.windows(2) {
                let (left, right) = (collection.article(pair[0]).unwrap(), collection.article(pair[1]).unwrap());
                let better = |ordering: std::cmp::Ordering| ordering.is_gt();
                let by = left.heat.cmp(&right.heat)
                    .then(left.quality.cmp(&right.quality))
                    .then(left.published_at.cmp(&right.published_at))
                    .then(right.id.cmp(&left.id));
                proptest::prop_assert!(better(by), "{:?} before {:?}", left.id, right.id);
            }
        }
    }
}
