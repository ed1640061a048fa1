//! The orders in which members can have an answer, worked out once: no answer sorts a whole collection.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;

use super::dates::Dates;
use super::everything::Everything;
use super::stories::Stories;
use crate::article::Article;

/// An order of all articles.
#[derive(Debug, Default)]
pub struct Order {
    /// All positions; `None` for the contract's order, in which they count up.
    positions: Option<Vec<usize>>,
    everything: Everything,
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
        let mut positions: Vec<usize> = (0..articles.len()).collect();
        positions.sort_by_cached_key(|&position| articles.get(position).map(|article| key(article)));
        Self { positions: Some(positions), everything: Everything::default() }
    }

    /// The selected positions, which ascend, in this order.
    #[must_use]
    pub fn sort(&self, selected: Vec<usize>) -> Vec<usize> {
        let Some(positions) = &self.positions else { return selected };
        let mut is_selected = vec![false; positions.len()];
        for position in selected {
            if let Some(mark) = is_selected.get_mut(position) {
                *mark = true;
            }
        }
        let marked = |position: &usize| is_selected.get(*position).copied().unwrap_or(false);
        positions.iter().copied().filter(marked).collect()
    }

    /// All visible stories in this order.
    pub(super) fn everything(&self, now: Timestamp, dates: &Dates, stories: &Stories) -> Arc<[usize]> {
        let list = || self.sort(stories.first_of_each(dates.visible(now))).into();
        self.everything.at(now, || dates.next_change(now), list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::fixture::article;

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
            assert_eq!(*hottest_first.everything(at(now), &dates, &stories), *expected, "{now}");
            let sorted = newest_first.sort(expected);
            assert_eq!(*newest_first.everything(at(now), &dates, &stories), *sorted, "{now}");
        }
    }
}
