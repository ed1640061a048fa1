//! The orders in which members can ask for articles. Each is made once for a snapshot, so no answer sorts a whole
//! collection.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use jiff::Timestamp;

use super::cached_listing::CachedListing;
use super::dates::Dates;
use super::position::Position;
use super::position_map::PositionMap;
use super::stories::Stories;
use article_format::Article;

/// In how many days the heat of an article halves, for the trending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfLife {
    /// At least 1.
    pub days: u16,
}

impl Default for HalfLife {
    fn default() -> Self {
        Self { days: 3 }
    }
}

/// An order of all articles.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// All positions in this order; `None` for the contract's order, in which positions ascend.
    positions: Option<Vec<Position>>,
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

    /// By heat that halves with every half-life. Articles without a date come behind, those with a heat of 0
    /// or less last. Time passes for all articles alike, so the order stays the same.
    pub(super) fn trending_first(articles: &[Arc<Article>], half_life: HalfLife) -> Self {
        Self::by(articles, |article| Reverse(trend(article, half_life)))
    }

    fn by<K: Ord>(articles: &[Arc<Article>], key: impl Fn(&Article) -> K) -> Self {
        let keys = articles.iter().map(|article| key(article));
        let mut keyed: Vec<(K, Position)> = keys.zip(Position::all(articles.len())).collect();
        // Positions differ, so the sort need not be stable.
        keyed.sort_unstable();
        let positions = keyed.into_iter().map(|(_, position)| position).collect();
        Self { positions: Some(positions), visible_stories: CachedListing::default() }
    }

    /// The order of [`Order::newest_first`] after a change.
    pub(super) fn changed_newest_first(&self, map: &PositionMap<'_>, after: &[Arc<Article>]) -> Self {
        self.changed(map, after, |article| Reverse(article.published_at))
    }

    /// The order of [`Order::best_first`] after a change.
    pub(super) fn changed_best_first(&self, map: &PositionMap<'_>, after: &[Arc<Article>]) -> Self {
        self.changed(map, after, |article| Reverse(article.quality))
    }

    fn changed<K: Ord>(
        &self,
        map: &PositionMap<'_>,
        after: &[Arc<Article>],
        key: impl Fn(&Article) -> K,
    ) -> Self {
        let positions = self.positions.as_ref().map(|positions| {
            let compare = |one: &Position, other: &Position| -> Ordering {
                let keyed = |position: Position| (position.of(after).map(|article| key(article)), position);
                keyed(*one).cmp(&keyed(*other))
            };
            let mut come = map.come.clone();
            come.sort_unstable_by(compare);
            map.sorted(positions, &come, |position| position, compare)
        });
        Self { positions, visible_stories: CachedListing::default() }
    }

    /// All positions in this order, for a collection of `count` articles.
    #[cfg(test)]
    pub(super) fn all(&self, count: usize) -> Vec<Position> {
        self.positions.clone().unwrap_or_else(|| Position::all(count).collect())
    }

    /// Sorts selected positions, which ascend, into this order.
    pub(crate) fn sort(&self, selected: Vec<Position>) -> Vec<Position> {
        let Some(positions) = &self.positions else { return selected };
        let mut is_selected = vec![false; positions.len()];
        for position in selected {
            if let Some(mark) = position.of_mut(&mut is_selected) {
                *mark = true;
            }
        }
        let marked = |position: &Position| position.of(&is_selected).copied().unwrap_or(false);
        positions.iter().copied().filter(marked).collect()
    }

    /// All visible stories in this order.
    pub(super) fn visible_stories(
        &self,
        now: Timestamp,
        dates: &Dates,
        stories: &Stories,
    ) -> Arc<[Position]> {
        let list = || self.sort(stories.first_of_each(dates.visible(now))).into();
        self.visible_stories.at(now, || dates.next_change(now), list)
    }
}

/// How many bits of a trend stand behind the point.
const TREND_BITS: u32 = 56;

/// log2(heat) + date / half-life, a fixed-point number. The number tells articles apart that came out a nanosecond apart, and
/// never rises where the heat falls or the date is earlier.
fn trend(article: &Article, half_life: HalfLife) -> Option<i128> {
    let heat = u64::try_from(article.heat).ok().filter(|heat| *heat > 0)?;
    let half_life = i128::from(half_life.days.max(1)) * 24 * 3_600 * 1_000_000_000;
    let date = (article.published_at?.as_nanosecond() << TREND_BITS).div_euclid(half_life);
    Some(i128::from(log2(heat)) + date)
}

/// The logarithm of a number above 0, with [`TREND_BITS`] bits behind the point, rounded down.
fn log2(number: u64) -> u64 {
    let mut log = u64::from(63 - number.leading_zeros().min(63));
    // Between 1 and 2, with 63 bits behind the point. Squaring the number doubles its logarithm.
    let mut rest = u128::from(number) << number.leading_zeros();
    for _ in 0..TREND_BITS {
        rest = (rest * rest) >> 63;
        let is_two_or_more = rest >> 64 != 0;
        log = (log << 1) | u64::from(is_two_or_more);
        rest >>= u32::from(is_two_or_more);
    }
    log
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            let expected: Vec<Position> = dates.visible(at(now)).collect();
            assert_eq!(*hottest_first.visible_stories(at(now), &dates, &stories), *expected, "{now}");
            let sorted = newest_first.sort(expected);
            assert_eq!(*newest_first.visible_stories(at(now), &dates, &stories), *sorted, "{now}");
        }
    }

    /// Heat and, in hours, the date.
    fn hot(number: usize, heat: i64, hour: Option<i64>) -> Arc<Article> {
        let published_at = hour.map(|hour| Timestamp::from_second(hour * 3_600).unwrap());
        Arc::new(article(&format!("a{number:03}"), |article| {
            (article.heat, article.published_at) = (heat, published_at);
        }))
    }

    #[track_caller]
    fn check_trending(given: &[(i64, Option<i64>)], expected: &[usize]) {
        let articles: Vec<_> =
            given.iter().enumerate().map(|(number, (heat, hour))| hot(number, *heat, *hour)).collect();
        let order = Order::trending_first(&articles, HalfLife::default()).all(given.len());
        assert_eq!(order.into_iter().map(Position::index).collect::<Vec<_>>(), expected, "{given:?}");
    }

    #[test]
    fn heat_halves_every_half_life() {
        // Of 400 three days ago, 200 are left; of 400 six days ago, 100.
        check_trending(&[(400, Some(0)), (201, Some(72)), (199, Some(72)), (99, Some(144))], &[1, 0, 2, 3]);
        check_trending(&[(400, Some(0)), (200, Some(72)), (100, Some(144))], &[0, 1, 2]);
    }

    #[test]
    fn no_date_comes_behind_and_no_heat_last() {
        check_trending(
            &[
                (900, None),
                (5, Some(-900_000)),
                (1, Some(72)),
                (0, Some(90_000)),
                (-1, Some(90_000)),
                (-2, None),
            ],
            &[2, 1, 0, 3, 4, 5],
        );
        check_trending(&[(i64::MAX, Some(0)), (i64::MAX - 1, Some(0)), (i64::MIN, Some(0))], &[0, 1, 2]);
    }

    #[test]
    fn logarithms_are_exact_for_powers_of_two() {
        for power in 0_u32..63 {
            assert_eq!(log2(1_u64 << power), u64::from(power) << TREND_BITS);
        }
        let close =
            |number: u64| (log2(number) as f64 / (1_u64 << TREND_BITS) as f64 - (number as f64).log2()).abs();
        assert!([3, 10, 137, 1_000_003, u64::MAX].into_iter().all(|number| close(number) < 1e-9));
    }

    proptest! {
        /// Which of two comes first is the same as by heat that is left when somebody looks, whenever that is.
        #[test]
        fn trending_is_the_order_of_the_heat_that_is_left(
            given in proptest::collection::vec((-3_i64..2_000, proptest::option::weighted(0.9, -9_000_i64..9_000)), 2..20),
            half_life_days in 1_u16..30, now in 9_000_i64..20_000,
        ) {
            let articles: Vec<_> = given.iter().enumerate().map(|(number, (heat, hour))| hot(number, *heat, *hour)).collect();
            let order = Order::trending_first(&articles, HalfLife { days: half_life_days }).all(articles.len());
            let left = |at: Position| {
                let (heat, hour) = given[at.index()];
                let halvings = |hour: i64| (now - hour) as f64 / (24.0 * f64::from(half_life_days));
                hour.filter(|_| heat > 0).map_or(f64::NEG_INFINITY, |hour| (heat as f64).log2() - halvings(hour))
            };
            for pair in order.windows(2) {
                prop_assert!(left(pair[0]) >= left(pair[1]) - 1e-6, "{} {}", left(pair[0]), left(pair[1]));
            }
        }

        #[test]
        fn more_heat_or_a_later_date_never_comes_behind(
            heat in 1_i64..i64::MAX, more in 1_i64..1_000, second in -60_000_000_000_i64..200_000_000_000, later in 0_i64..1_000_000, days in 1_u16..=365,
        ) {
            let of = |heat: i64, second: i64| {
                let mut article = Arc::unwrap_or_clone(hot(0, heat, None));
                article.published_at = Timestamp::from_second(second).ok();
                trend(&article, HalfLife { days })
            };
            prop_assert!(of(heat, second) <= of(heat.saturating_add(more), second));
            prop_assert!(of(heat, second) <= of(heat, second + later));
            prop_assert_eq!(later > 0, of(heat, second) < of(heat, second + later));
        }
    }
}
