//! One story, one card: which articles tell the same story (the contract, "One story, one card"; `docs/stories.md`).
//!
//! - Articles that have a canonical address in common are one group, however many steps lie between them.
//! - Then the groups, oldest first, each join by title the earliest story that matches. Only the story's first article is
//!   compared, so a title that comes back every day makes no chain.
//! - Two articles match by title if their providers differ, their titles are equal (`title_identity`) or nearly equal
//!   ([`Likeness`]), and they came out within three days of each other. A provider that has one title twice within three days
//!   has a series, and neither matches.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::position::Position;
use super::position_map::PositionMap;
pub(crate) use super::story_title::title_identity;
use article_format::Article;

mod address_groups;
mod change;
mod firsts;
mod gathering;
mod groups;
mod headline;
#[cfg(test)]
mod laws;
mod likeness;
#[cfg(test)]
mod pairs;
mod publication;
mod reason;
mod series;
mod terms;
mod titled;
mod tokens;

use change::Change;
use gathering::Gathering;
pub use likeness::Likeness;
pub(crate) use publication::{SAME_TITLE_WITHIN, provider_of};
pub use reason::JoinedBy;
use titled::{Match, matched};

/// Which article tells which story. Stories are numbered by their first article in the collection's order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// By position: the story that the article tells.
    story_of: Vec<Position>,
    /// By position: whether others tell its story. Most stories have one article, and answers pass over all of them.
    is_shared: Vec<bool>,
    /// Only the stories that more than one article tells, in the collection's order.
    articles: HashMap<Position, Vec<Position>>,
    gathering: Gathering,
}

impl Stories {
    /// Groups the articles that can ever be shown; the others stand alone, and join nobody. Fastest in threads of `rayon`.
    #[must_use]
    pub fn new(articles: &[Arc<Article>]) -> Self {
        Self::default().gathered(&[], articles, &Change::all(articles.len()))
    }

    /// The stories after a change from the articles `before` to those `after`, equal to those that [`Stories::new`] makes.
    #[must_use]
    pub fn changed(&self, map: &PositionMap<'_>, before: &[Arc<Article>], after: &[Arc<Article>]) -> Self {
        self.gathered(before, after, &Change::of(map, before, after))
    }

    fn gathered(&self, before: &[Arc<Article>], after: &[Arc<Article>], change: &Change) -> Self {
        let (gathering, story_of) = self.gathering.changed(before, after, change, |gone| self.others(gone));
        let mut is_shared = vec![false; after.len()];
        let mut articles: HashMap<Position, Vec<Position>> = HashMap::new();
        for (position, &story) in
            Position::all(story_of.len()).zip(&story_of).filter(|(position, story)| position != *story)
        {
            articles.entry(story).or_insert_with(|| vec![story]).push(position);
            for at in [position, story] {
                at.of_mut(&mut is_shared).into_iter().for_each(|is_shared| *is_shared = true);
            }
        }
        Self { story_of, is_shared, articles, gathering }
    }

    /// Whether an article's title is that of a series, so that the title tells no story.
    #[must_use]
    pub fn is_of_series(&self, position: Position) -> bool {
        self.gathering.is_of_series(position)
    }

    /// The story that an article tells.
    #[must_use]
    pub fn story_of(&self, position: Position) -> Position {
        position.of(&self.story_of).copied().unwrap_or(position)
    }

    /// The other articles that tell the same story, in the collection's order.
    pub fn others(&self, position: Position) -> impl Iterator<Item = Position> + '_ {
        let all = self.articles.get(&self.story_of(position)).map_or(&[][..], |positions| positions);
        all.iter().copied().filter(move |other| *other != position)
    }

    /// The articles that have this canonical address and can ever be shown, in the collection's order.
    pub(crate) fn with_address(&self, address: u64) -> impl Iterator<Item = Position> + '_ {
        self.gathering.with_address(address)
    }

    /// The articles of each story that more than one article tells. The stories come in no order.
    pub(crate) fn shared(&self) -> impl Iterator<Item = &[Position]> {
        self.articles.values().map(|positions| &**positions)
    }

    /// Why the articles at two positions tell one story; `None` if they do not. `articles` are those that were gathered.
    #[must_use]
    pub fn reason(&self, articles: &[Arc<Article>], one: Position, other: Position) -> Option<JoinedBy> {
        if one == other || self.story_of(one) != self.story_of(other) {
            return None;
        }
        let (left, right) = (one.of(articles)?, other.of(articles)?);
        if let Some(address) = left.addresses.iter().find(|address| right.addresses.contains(address)) {
            return Some(JoinedBy::Address(*address));
        }
        let titled = |position: Position| self.gathering.titled(position);
        if let (Some(of_left), Some(of_right)) = (titled(one), titled(other)) {
            match matched((left, of_left), (right, of_right)) {
                Some(Match::Equal) => return Some(JoinedBy::EqualTitle),
                Some(Match::Near(likeness)) => return Some(JoinedBy::NearTitle(likeness)),
                None => {}
            }
        }
        let age = |position: &Position| {
            let article = position.of(articles);
            let at = article.and_then(|article| article.published_at);
            (at.is_none(), at, article.map(|article| &article.id))
        };
        let members = std::iter::once(one).chain(self.others(one));
        members.min_by(|first, second| age(first).cmp(&age(second))).map(JoinedBy::Others)
    }

    /// Of these articles, the first of each story.
    pub fn first_of_each(&self, positions: impl Iterator<Item = Position>) -> Vec<Position> {
        let mut seen = HashSet::new();
        // Grown step by step, a long answer would be copied more often than written.
        let mut first = Vec::with_capacity(positions.size_hint().1.unwrap_or(0));
        first.extend(positions.filter(|&position| {
            let is_shared = position.of(&self.is_shared).copied().unwrap_or(false);
            !is_shared || seen.insert(self.story_of(position))
        }));
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::address::identities;
    use article_format::fixture::article;
    use jiff::SignedDuration;
    use jiff::Timestamp;

    type Given<'a> = (&'a str, &'a str, &'a [&'a str]);

    fn check(given: &[Given<'_>], expected: &[usize]) {
        let articles: Vec<Arc<Article>> = given
            .iter()
            .enumerate()
            .map(|(number, (title, date, addresses))| {
                article(&number.to_string(), |article| {
                    article.title = (*title).into();
                    article.published_at = date.parse().ok();
                    article.addresses = identities(addresses.iter().copied());
                    article.link = Some(format!("https://{number}.example/").into());
                })
            })
            .map(Arc::new)
            .collect();
        let stories = Stories::new(&articles);
        let found: Vec<usize> = Position::all(given.len()).map(|at| stories.story_of(at).index()).collect();
        assert_eq!(found, expected, "{given:?}");
    }

    const MONDAY: &str = "2026-06-01T00:00:00Z";
    const THURSDAY: &str = "2026-06-04T00:00:00Z";
    const FRIDAY: &str = "2026-06-04T00:00:01Z";

    #[test]
    fn an_address_in_common_is_one_story_whatever_the_title_or_date() {
        let amp = "https://amp.example.com/a?utm_source=x";
        check(
            &[("One", MONDAY, &["https://www.example.com/a"]), ("Two", "", &["https://x.example/", amp])],
            &[0, 0],
        );
        check(
            &[("One", MONDAY, &["https://example.com/a"]), ("Two", MONDAY, &["https://example.com/b"])],
            &[0, 1],
        );
        check(
            &[
                ("One", MONDAY, &["https://example.com/w?v=1"]),
                ("Two", MONDAY, &["https://example.com/w?v=2"]),
            ],
            &[0, 1],
        );
    }

    fn others(stories: &Stories, index: usize) -> Vec<usize> {
        stories.others(Position::new(index)).map(Position::index).collect()
    }

    /// Articles of one title, by provider and hour.
    fn check_one_title(title: &str, given: &[(&str, i64)], expected: &[usize]) {
        let monday: Timestamp = MONDAY.parse().unwrap();
        let articles = given.iter().enumerate().map(|(number, (provider, hours))| {
            Arc::new(article(&number.to_string(), |article| {
                article.title = title.into();
                article.published_at = Some(monday + SignedDuration::from_hours(*hours));
                article.addresses = identities([&*format!("https://{provider}/{number}")]);
                article.link = Some(format!("https://{provider}/{number}").into());
            }))
        });
        let stories = Stories::new(&articles.collect::<Vec<_>>());
        let found: Vec<usize> = Position::all(given.len()).map(|at| stories.story_of(at).index()).collect();
        assert_eq!(found, expected, "{title}: {given:?}");
    }

    const LONG: &str = "A title that tells a story by itself";

    #[test]
    fn a_title_in_common_is_one_story_within_three_days() {
        let (one, other) = ("Power Apps: news for all makers!", "POWER APPS – news for all makers");
        check(&[(one, MONDAY, &[]), (other, THURSDAY, &[])], &[0, 0]);
        check(&[(one, MONDAY, &[]), (other, FRIDAY, &[])], &[0, 1]);
        check(&[(one, MONDAY, &[]), (other, "", &[])], &[0, 1]);
        check(&[("!!!", MONDAY, &[]), ("???", MONDAY, &[])], &[0, 1]);
        check(
            &[("Raises $5 for its new robots", MONDAY, &[]), ("Raises €5 for its new robots", MONDAY, &[])],
            &[0, 1],
        );
    }

    #[test]
    fn a_short_title_joins_nothing() {
        check_one_title("v3.1.4", &[("a.example", 0), ("b.example", 1)], &[0, 1]);
        check_one_title("The evening round-up", &[("a.example", 0), ("b.example", 1)], &[0, 1]);
        check_one_title("今日のニュース", &[("a.example", 0), ("b.example", 1)], &[0, 1]);
    }

    #[test]
    fn a_title_joins_other_providers_only() {
        check_one_title(LONG, &[("a.example", 0), ("b.example", 1)], &[0, 0]);
        check_one_title(LONG, &[("a.example", 0), ("a.example", 1)], &[0, 1]);
        check_one_title(LONG, &[("www.a.example", 0), ("m.a.example", 1)], &[0, 1]);
    }

    #[test]
    fn a_title_that_a_provider_repeats_joins_nothing() {
        check_one_title(LONG, &[("a.example", 0), ("a.example", 24), ("b.example", 1)], &[0, 1, 2]);
        check_one_title(LONG, &[("a.example", 0), ("a.example", 73), ("b.example", 1)], &[0, 1, 0]);
        let days: Vec<(&str, i64)> = (0..9).map(|day| ("a.example", 24 * day)).collect();
        check_one_title(LONG, &days, &[0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn one_group_of_a_provider_is_no_series() {
        let same: &[&str] = &["https://a.example/1"];
        let mut articles = [("0", "a"), ("1", "a"), ("2", "b")].map(|(id, host)| {
            article(id, |article| {
                article.title = LONG.into();
                article.published_at = MONDAY.parse().ok();
                article.link = Some(format!("https://{host}.example/").into());
                article.addresses = identities(same.iter().copied().filter(|_| host == "a"));
            })
        });
        articles[1].published_at = THURSDAY.parse().ok();
        assert_eq!(others(&Stories::new(&articles.map(Arc::new)), 0), [1, 2]);
    }

    #[test]
    fn only_the_first_article_of_a_story_is_compared() {
        let given = [("a.example", 0), ("b.example", 48), ("c.example", 96), ("d.example", 144)];
        check_one_title(LONG, &given, &[0, 0, 2, 2]);
        // Whichever comes first in the collection, the oldest is the first of its story.
        let given = [("d.example", 144), ("c.example", 96), ("b.example", 48), ("a.example", 0)];
        check_one_title(LONG, &given, &[0, 0, 2, 2]);
    }

    #[test]
    fn two_stories_never_merge_by_title() {
        let other = "Another title that tells a story";
        let (one, two): (&[&str], &[&str]) = (&["https://x.example/1"], &["https://x.example/2"]);
        // The third is one group with the fourth, and matches two stories by title: the earlier one takes both.
        let given: &[Given<'_>] = &[
            (LONG, MONDAY, &[]),
            (other, MONDAY, &[]),
            (LONG, THURSDAY, one),
            (other, THURSDAY, one),
            ("Something else that happened today", MONDAY, two),
        ];
        check(given, &[0, 1, 0, 0, 4]);
    }

    #[test]
    fn a_late_article_of_one_group_hides_no_story_from_the_next() {
        let two: &[&str] = &["https://x.example/2"];
        let first = "The harbour town opens a new library beside the old lighthouse";
        let nearly = "Harbour town opens its new library beside the old lighthouse today";
        let given: &[Given<'_>] = &[
            (first, MONDAY, &[]),
            // One group: it begins on Monday too, and goes on weeks later.
            ("A title that tells of something else", MONDAY, two),
            ("A title that tells of a third thing", "2026-07-01T00:00:00Z", two),
            (nearly, THURSDAY, &[]),
        ];
        check(given, &[0, 1, 1, 0]);
    }

    #[test]
    fn the_same_story_is_passed_on() {
        let given: &[Given<'_>] = &[
            ("A", MONDAY, &["https://example.com/1"]),
            ("B", MONDAY, &["https://example.com/2"]),
            ("C", MONDAY, &["https://example.com/2", "https://example.com/1"]),
            ("D", MONDAY, &["https://example.com/3"]),
        ];
        check(given, &[0, 0, 0, 3]);
    }

    #[test]
    fn hidden_articles_join_nobody() {
        let addresses = identities(["https://example.com/1", "https://example.com/2"]);
        let mut articles = [
            article("bridge", |article| article.addresses = addresses.clone()),
            article("a", |article| article.addresses = [addresses[0]].into()),
            article("b", |article| article.addresses = [addresses[1]].into()),
        ]
        .map(Arc::new);
        assert_eq!(others(&Stories::new(&articles), 1), [0, 2]);
        Arc::make_mut(&mut articles[0]).is_published = false;
        assert!(others(&Stories::new(&articles), 1).is_empty());
    }

    #[test]
    fn the_first_of_each_story_is_kept() {
        let same = identities(["https://example.com/1"]);
        let articles: Vec<Arc<Article>> = (0..4)
            .map(|number: usize| {
                article(&number.to_string(), |article| {
                    if number != 2 {
                        article.addresses = same.clone();
                    }
                })
            })
            .map(Arc::new)
            .collect();
        let stories = Stories::new(&articles);
        let first = stories.first_of_each(Position::all(4).skip(1)).into_iter().map(Position::index);
        assert_eq!(first.collect::<Vec<_>>(), [1, 2]);
    }
}
