//! From when on each article is visible, in one array. An answer over the whole collection asks this of every article, and
//! reading the articles themselves would take more time than the rest of the answer.

use std::sync::Arc;

use jiff::Timestamp;

use super::position::Position;
use super::position_map::PositionMap;
use article_format::Article;

/// The dates of all articles, by position.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Dates {
    /// When each article came out, in seconds since 1970, rounded up so that no article shows before its time. [`NEVER`] for an
    /// article that is unpublished, removed or a draft; [`UNDATED`] for one without a date.
    visible_from: Vec<i64>,
}

/// Later than any time.
const NEVER: i64 = i64::MAX;
/// Earlier than any time.
const UNDATED: i64 = i64::MIN;

impl Dates {
    pub(super) fn new(articles: &[Arc<Article>]) -> Self {
        Self { visible_from: articles.iter().map(|article| visible_from(article)).collect() }
    }

    /// The dates after a change.
    pub(super) fn changed(&self, map: &PositionMap<'_>, after: &[Arc<Article>]) -> Self {
        let of = |position: Position| position.of(after).map_or(NEVER, |article| visible_from(article));
        Self { visible_from: map.array(&self.visible_from, of) }
    }

    /// Whether the article may be shown at this time.
    pub(crate) fn is_visible(&self, position: Position, now: Timestamp) -> bool {
        position.of(&self.visible_from).is_some_and(|from| *from <= now.as_second())
    }

    /// The positions of all articles that may be shown at this time, ascending.
    pub(crate) fn visible(&self, now: Timestamp) -> impl Iterator<Item = Position> + '_ {
        let now = now.as_second();
        self.visible_from
            .iter()
            .enumerate()
            .filter(move |(_, from)| **from <= now)
            .map(|(index, _)| Position::new(index))
    }

    /// The positions of the articles that become visible after `from`, and not after `to`.
    pub(crate) fn appearing(&self, from: Timestamp, to: Timestamp) -> impl Iterator<Item = Position> + '_ {
        let (from, to) = (from.as_second(), to.as_second());
        let dates = self.visible_from.iter().enumerate();
        dates.filter(move |(_, date)| from < **date && **date <= to).map(|(index, _)| Position::new(index))
    }

    /// When the next article becomes visible; [`Timestamp::MAX`] if none does.
    pub(crate) fn next_change(&self, now: Timestamp) -> Timestamp {
        let now = now.as_second();
        let next = self.visible_from.iter().copied().filter(|from| *from > now && *from != NEVER).min();
        next.and_then(|second| Timestamp::from_second(second).ok()).unwrap_or(Timestamp::MAX)
    }

    /// Whether the article came out at this time or later and is published.
    pub(crate) fn is_published_since(&self, position: Position, since: Timestamp) -> bool {
        let at = position.of(&self.visible_from).copied().unwrap_or(NEVER);
        at != UNDATED && at != NEVER && at >= since.as_second()
    }
}

fn visible_from(article: &Article) -> i64 {
    let rounded_up = |at: Timestamp| at.as_second() + i64::from(at.subsec_nanosecond() > 0);
    match (article.visible_from(), article.published_at) {
        (None, _) => NEVER,
        (Some(_), None) => UNDATED,
        (Some(_), Some(at)) => rounded_up(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::fixture::article;

    #[test]
    fn nothing_shows_before_its_time() {
        let at = |text: &str| -> Option<Timestamp> { text.parse().ok() };
        let articles: Vec<Arc<Article>> =
            ["", "2026-06-15T12:00:00Z", "2026-06-15T12:00:00.5Z", "2026-06-15T12:00:01Z"]
                .iter()
                .map(|date| Arc::new(article("a", |article| article.published_at = at(date))))
                .chain([Arc::new(article("hidden", |article| article.is_published = false))])
                .collect();
        let dates = Dates::new(&articles);
        let now = at("2026-06-15T12:00:00Z").unwrap();
        let visible = |now| dates.visible(now).map(Position::index).collect::<Vec<_>>();
        assert_eq!(visible(now), [0, 1]);
        assert_eq!(visible(at("2026-06-15T12:00:01Z").unwrap()), [0, 1, 2, 3]);
        let since: Vec<bool> =
            Position::all(5).map(|position| dates.is_published_since(position, now)).collect();
        assert_eq!(since, [false, true, true, true, false]);
    }
}
