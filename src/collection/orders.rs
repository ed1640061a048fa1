//! The orders in which members can ask for articles. Each is made once for a snapshot, so no answer sorts a whole
//! collection.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use jiff::Timestamp;

use super::cached_listing::CachedListing;
use super::dates::Dates;
use super::shift::Shift;
use super::stories::Stories;
use article_format::Article;

/// An order of all articles.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// All positions in this order; `None` for the contract's order, in which positions ascend.
    positions: Option<Vec<u32>>,
    visible_stories: CachedListing,
}

impl Order {
    /// Newest first, undated last, the contract's order among equals.
    pub(super) fn newest_first(articles: &[Arc<Article>]) -> Self {
        Self::by(articles, |article| Reverse(article.published_at))
    }

    /// Best first, those without quality last, the contract's order among equals.
    pub(super) fn best_first(articles: &[Arc<Article>]) -> Self {
        Self::by(articles, |article| Reverse(article.quality))
    }

    fn by<K: Ord>(articles: &[Arc<Article>], key: impl Fn(&Article) -> K) -> Self {
        let mut keyed: Vec<(K, u32)> = articles.iter().map(|article| key(article)).zip(0..).collect();
        // Positions differ, so the sort need not be stable.
        keyed.sort_unstable();
        let positions = keyed.into_iter().map(|(_, position)| position).collect();
        Self { positions: Some(positions), visible_stories: CachedListing::default() }
    }

    /// The order of [`Order::newest_first`] after a change.
    pub(super) fn shifted_newest_first(&self, shift: &Shift<'_>, after: &[Arc<Article>]) -> Self {
        self.shifted(shift, after, |article| Reverse(article.published_at))
    }

    /// The order of [`Order::best_first`] after a change.
    pub(super) fn shifted_best_first(&self, shift: &Shift<'_>, after: &[Arc<Article>]) -> Self {
        self.shifted(shift, after, |article| Reverse(article.quality))
    }

    fn shifted<K: Ord>(
        &self,
        shift: &Shift<'_>,
        after: &[Arc<Article>],
        key: impl Fn(&Article) -> K,
    ) -> Self {
        let positions = self.positions.as_ref().map(|positions| {
            let compare = |one: &u32, other: &u32| -> Ordering {
                let keyed =
                    |position: u32| (after.get(position as usize).map(|article| key(article)), position);
                keyed(*one).cmp(&keyed(*other))
            };
            let mut come = shift.come.clone();
            come.sort_unstable_by(compare);
            shift.sorted(positions, &come, |position| position, compare)
        });
        Self { positions, visible_stories: CachedListing::default() }
    }

    /// All positions in this order, for a collection of `count` articles.
    #[cfg(test)]
    pub(super) fn all(&self, count: usize) -> Vec<u32> {
        self.positions.clone().unwrap_or_else(|| (0..).take(count).collect())
    }

    /// Sorts selected positions, which ascend, into this order.
    pub(crate) fn sort(&self, selected: Vec<usize>) -> Vec<usize> {
        let Some(positions) = &self.positions else { return selected };
        let mut is_selected = vec![false; positions.len()];
        for position in selected {
            if let Some(mark) = is_selected.get_mut(position) {
                *mark = true;
            }
        }
        let marked = |position: &usize| is_selected.get(*position).copied().unwrap_or(false);
        positions.iter().map(|&position| position as usize).filter(marked).collect()
    }

    /// All visible stories in this order.
    pub(super) fn visible_stories(&self, now: Timestamp, dates: &Dates, stories: &Stories) -> Arc<[usize]> {
        let list = || self.sort(stories.first_of_each(dates.visible(now))).into();
        self.visible_stories.at(now, || dates.next_change(now), list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::fixture::article;

    #[test]
    fn an_article_is_listed_from_its_time_on_whoever_asked_before() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let articles: Vec<_> = [("a", Some(10)), ("b", None), ("c", Some(20)), ("d", Some(5))]
            .map(|(id, second)| Arc::new(article(id, |article| article.published_at = second.map(at))))
            .into();
        let (dates, stories) = (Dates::new(&articles), Stories::new(&articles));
        let (hottest_first, newest_first) = (Order::default(), Order::newest_first(&articles));
        // Forwards, backwards, and twice the same.
        for now in [0, 5, 9, 10, 19, 20, 30, 30, 19, 9, 4, 20] {
            let expected: Vec<usize> = dates.visible(at(now)).collect();
            assert_eq!(*hottest_first.visible_stories(at(now), &dates, &stories), *expected, "{now}");
            let sorted = newest_first.sort(expected);
            assert_eq!(*newest_first.visible_stories(at(now), &dates, &stories), *sorted, "{now}");
        }
    }
}
