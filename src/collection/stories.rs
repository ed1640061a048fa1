//! One story, one card: which articles tell the same story (the contract, "One story, one card").
//!
//! - Articles that have a canonical address in common are one group, however many steps lie between them.
//! - Then the groups, oldest first, each join by title the earliest story that matches. Only the story's first article is
//!   compared, so a title that comes back every day makes no chain.
//! - Two articles match by title if their providers differ, their titles are equal (`title_identity`), and they came out
//!   within three days of each other. A provider that has one title twice within three days has a series, and neither
//!   matches.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::shift::Shift;
pub(crate) use super::story_title::title_identity;
use article_format::address::site;
use article_format::{Article, stable_hash64};

/// How far apart two articles of one title may come out.
pub(crate) const SAME_TITLE_WITHIN: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Which article tells which story. Stories are numbered by their first article in the collection's order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// By article: whether others tell its story. Most stories have one article, and answers pass over all of them.
    is_shared: Vec<bool>,
    /// Of the articles whose story others tell: which it is.
    story_of: HashMap<u32, u32>,
    /// Only the stories that more than one article tells, in the collection's order.
    articles: HashMap<u32, Box<[u32]>>,
    /// What may make articles tell one story, sorted, so that the same stands side by side.
    addresses: Vec<Mark>,
    titles: Vec<Mark>,
    /// Articles of which their provider has the title twice within three days.
    series: HashSet<u32>,
}

/// A part of the hash of an address or title, and the article that has it. Equal parts say only where to look closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    key: u32,
    position: u32,
}

impl Stories {
    /// Groups the articles that can ever be shown; the others stand alone, and join nobody.
    pub(super) fn new(articles: &[Arc<Article>]) -> Self {
        let sorted = |of: fn(&Article, u32, &mut Vec<Mark>)| {
            let mut marks = Vec::with_capacity(2 * articles.len());
            for (position, article) in (0..).zip(articles) {
                of(article, position, &mut marks);
            }
            marks.sort_unstable();
            marks.shrink_to_fit();
            marks
        };
        let (addresses, titles) = rayon::join(|| sorted(addresses_of), || sorted(title_of));
        Self::of(articles, addresses, titles)
    }

    /// Those of the articles after a change.
    pub(super) fn shifted(&self, shift: &Shift<'_>, after: &[Arc<Article>]) -> Self {
        let sorted = |before: &[Mark], of: fn(&Article, u32, &mut Vec<Mark>)| {
            let mut come = Vec::new();
            for &position in &shift.come {
                after.get(position as usize).into_iter().for_each(|article| of(article, position, &mut come));
            }
            come.sort_unstable();
            shift.sorted(before, &come, |item| &mut item.position, Ord::cmp)
        };
        let addresses = sorted(&self.addresses, addresses_of);
        Self::of(after, addresses, sorted(&self.titles, title_of))
    }

    fn of(articles: &[Arc<Article>], addresses: Vec<Mark>, titles: Vec<Mark>) -> Self {
        let mut groups = Groups::default();
        for alike in runs(&addresses) {
            join_by_address(articles, alike, &mut groups);
        }
        let titled = Titled::of(articles, &titles, &mut groups);
        titled.join(articles, &mut groups);
        let story_of = groups.into_firsts();
        let mut is_shared = vec![false; articles.len()];
        let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
        for (&position, &story) in &story_of {
            is_shared.get_mut(position as usize).into_iter().for_each(|is_shared| *is_shared = true);
            members.entry(story).or_default().push(position);
        }
        let sorted = |mut positions: Vec<u32>| {
            positions.sort_unstable();
            positions.into_boxed_slice()
        };
        let articles = members.into_iter().map(|(story, positions)| (story, sorted(positions))).collect();
        Self { is_shared, story_of, articles, addresses, titles, series: titled.series }
    }

    /// Whether an article's title is that of a series, so that the title tells no story.
    #[must_use]
    pub fn is_of_series(&self, position: usize) -> bool {
        u32::try_from(position).is_ok_and(|position| self.series.contains(&position))
    }

    /// The story that an article tells.
    #[must_use]
    pub fn story_of(&self, position: usize) -> usize {
        let known = u32::try_from(position).ok().and_then(|position| self.story_of.get(&position));
        known.map_or(position, |story| *story as usize)
    }

    /// The other articles that tell the same story, in the collection's order.
    pub fn others(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        let story = u32::try_from(self.story_of(position)).ok();
        let all = story.and_then(|story| self.articles.get(&story)).map_or(&[][..], |positions| positions);
        all.iter().map(|&other| other as usize).filter(move |&other| other != position)
    }

    /// Of these articles, the first of each story.
    pub fn first_of_each(&self, positions: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut seen = HashSet::new();
        // Grown step by step, a long answer would be copied more often than written.
        let mut first = Vec::with_capacity(positions.size_hint().1.unwrap_or(0));
        first.extend(positions.filter(|&position| {
            let is_shared = self.is_shared.get(position).copied().unwrap_or(false);
            !is_shared || seen.insert(self.story_of(position))
        }));
        first
    }
}

fn can_be_shown(article: &Article) -> bool {
    article.may_be_shown()
}

fn addresses_of(article: &Article, position: u32, marks: &mut Vec<Mark>) {
    if can_be_shown(article) {
        marks.extend(article.addresses.iter().map(|&address| Mark { key: key(address), position }));
    }
}

fn title_of(article: &Article, position: u32, marks: &mut Vec<Mark>) {
    if can_be_shown(article) && article.published_at.is_some() {
        let title = title_identity(&article.title);
        if !title.is_empty() {
            marks.push(Mark { key: key(stable_hash64(&title)), position });
        }
    }
}

/// The upper half of a hash.
fn key(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or_default()
}

/// Where more than one article has an equal part.
fn runs(marks: &[Mark]) -> impl Iterator<Item = &[Mark]> {
    marks.chunk_by(|one, other| one.key == other.key).filter(|alike| alike.len() > 1)
}

fn join_by_address(articles: &[Arc<Article>], alike: &[Mark], groups: &mut Groups) {
    let mut told: Vec<(u64, u32)> = Vec::with_capacity(alike.len());
    for Mark { key: wanted, position } in alike {
        let addresses = articles.get(*position as usize).map(|article| &*article.addresses);
        let addresses = addresses.unwrap_or_default().iter();
        told.extend(
            addresses.filter(|address| key(**address) == *wanted).map(|address| (*address, *position)),
        );
    }
    told.sort_unstable();
    for pair in told.windows(2) {
        if let [(address, first), (other_address, second)] = *pair
            && address == other_address
        {
            groups.join(first, second);
        }
    }
}

/// Who published an article: the provider's domain, else the host of its link. `None` where neither is known, so that
/// nobody can say whether another provider is a different one.
pub(crate) fn provider_of(article: &Article) -> Option<u64> {
    let domain = article.provider.as_ref().and_then(|provider| provider.domain.as_deref());
    domain.or(article.link.as_deref()).map(|text| stable_hash64(&site(text)))
}

/// An article whose title others have as well.
#[derive(Debug, Clone, Copy)]
struct TitledArticle {
    /// Equal titles have equal numbers.
    title: usize,
    provider: u64,
    at: Timestamp,
    position: u32,
}

/// Articles with equal titles.
#[derive(Default)]
struct Titled {
    /// Those that may join by title, by position.
    articles: HashMap<u32, TitledArticle>,
    series: HashSet<u32>,
    titles: usize,
}

impl Titled {
    fn of(articles: &[Arc<Article>], marks: &[Mark], groups: &mut Groups) -> Self {
        let mut titled = Self::default();
        for alike in runs(marks) {
            let told = alike.iter().filter_map(|Mark { position, .. }| {
                let article = articles.get(*position as usize)?;
                let provider = provider_of(article)?;
                Some((title_identity(&article.title), provider, article.published_at?, *position))
            });
            let mut told: Vec<(String, u64, Timestamp, u32)> = told.collect();
            told.sort_unstable();
            for equal in told.chunk_by(|one, other| one.0 == other.0).filter(|equal| equal.len() > 1) {
                let title = titled.titles;
                titled.titles += 1;
                let equal = equal.iter();
                let equal =
                    equal.map(|&(_, provider, at, position)| TitledArticle { title, provider, at, position });
                titled.take(&equal.collect::<Vec<_>>(), groups);
            }
        }
        titled
    }

    /// Takes articles with one title, sorted by provider and date. Those of a series join nothing.
    fn take(&mut self, equal: &[TitledArticle], groups: &mut Groups) {
        for of_provider in equal.chunk_by(|one, other| one.provider == other.provider) {
            for is_backwards in [false, true] {
                let mut each = of_provider.iter().copied();
                let in_turn: Box<dyn Iterator<Item = TitledArticle>> =
                    if is_backwards { Box::new(each.rev()) } else { Box::new(each.by_ref()) };
                self.find_series(in_turn, groups);
            }
        }
        let single = equal.iter().filter(|article| !self.series.contains(&article.position));
        self.articles.extend(single.map(|article| (article.position, *article)).collect::<Vec<_>>());
    }

    /// Notes which of one provider's articles come shortly after one of another group; one group tells one story.
    fn find_series(&mut self, in_turn: impl Iterator<Item = TitledArticle>, groups: &mut Groups) {
        // The last article, and the last one of another group than that.
        let mut last: Option<(Timestamp, u32)> = None;
        let mut last_of_another: Option<(Timestamp, u32)> = None;
        for TitledArticle { at, position, .. } in in_turn {
            let group = groups.first(position);
            let before = if last.is_some_and(|(_, other)| other == group) { last_of_another } else { last };
            if before.is_some_and(|(other, _)| is_near(at, other)) {
                self.series.insert(position);
            }
            if last.is_some_and(|(_, other)| other != group) {
                last_of_another = last;
            }
            last = Some((at, group));
        }
    }

    /// Joins the groups, oldest first, each to the earliest story that matches.
    fn join(&self, articles: &[Arc<Article>], groups: &mut Groups) {
        // The first article of each story, by title; the number says how early the story is.
        let mut firsts: HashMap<usize, Vec<(usize, TitledArticle)>> = HashMap::new();
        for (number, members) in self.groups(articles, groups).into_iter().enumerate() {
            let titled = members.iter().filter_map(|position| self.articles.get(position));
            let matching = titled.filter_map(|article| {
                let of_title = firsts.get(&article.title)?;
                // Stories come in the order of their dates, and those that are near each other have joined.
                let near = of_title.iter().rev().take_while(|(_, first)| is_near(article.at, first.at));
                let others = near.filter(|(_, first)| first.provider != article.provider);
                others.min_by_key(|(number, _)| *number)
            });
            let first = members.first().copied();
            match (matching.min_by_key(|(number, _)| *number), first) {
                (Some((_, story)), Some(first)) => groups.join(story.position, first),
                (None, Some(first)) => {
                    if let Some(article) = self.articles.get(&first) {
                        firsts.entry(article.title).or_default().push((number, *article));
                    }
                }
                (_, None) => {}
            }
        }
    }

    /// The groups that have such articles, oldest first, and so are their members.
    fn groups(&self, articles: &[Arc<Article>], groups: &mut Groups) -> Vec<Vec<u32>> {
        let mut involved: HashMap<u32, Vec<u32>> =
            self.articles.keys().map(|&position| (groups.first(position), Vec::new())).collect();
        for position in groups.members() {
            let group = groups.first(position);
            involved.entry(group).and_modify(|members| members.push(position));
        }
        let age = |position: &u32| {
            let article = articles.get(*position as usize);
            let at = article.and_then(|article| article.published_at);
            (at.is_none(), at, article.map(|article| &article.id))
        };
        let mut sorted: Vec<Vec<u32>> = involved
            .into_iter()
            .map(|(group, mut members)| {
                if members.is_empty() {
                    members.push(group);
                }
                members.sort_unstable_by(|one, other| age(one).cmp(&age(other)));
                members
            })
            .collect();
        sorted.sort_unstable_by(|one, other| one.first().map(age).cmp(&other.first().map(age)));
        sorted
    }
}

/// Whether two articles of one title came out so shortly after each other that they tell one story.
fn is_near(one: Timestamp, other: Timestamp) -> bool {
    one.duration_since(other).abs() <= SAME_TITLE_WITHIN
}

/// A union of sets, each known by its smallest member. Who was never joined stands alone.
#[derive(Default)]
struct Groups {
    parents: HashMap<u32, u32>,
}

impl Groups {
    fn first(&mut self, member: u32) -> u32 {
        let mut root = member;
        while let Some(&parent) = self.parents.get(&root).filter(|parent| **parent != root) {
            root = parent;
        }
        // Shorten the way for the next one who asks.
        let mut step = member;
        while let Some(parent) = self.parents.get_mut(&step).filter(|parent| **parent != root) {
            step = std::mem::replace(parent, root);
        }
        root
    }

    fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.first(left), self.first(right));
        if left != right {
            self.parents.insert(left.max(right), left.min(right));
            self.parents.insert(left.min(right), left.min(right));
        }
    }

    /// All that were joined to another.
    fn members(&self) -> Vec<u32> {
        self.parents.keys().copied().collect()
    }

    /// The smallest member of each set, by member, of all that were joined.
    fn into_firsts(mut self) -> HashMap<u32, u32> {
        let members = self.members();
        members.into_iter().map(|member| (member, self.first(member))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::address::identities;
    use article_format::fixture::article;

    type Told<'a> = (&'a str, &'a str, &'a [&'a str]);

    fn check(told: &[Told<'_>], expected: &[usize]) {
        let articles: Vec<Arc<Article>> = told
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
        let found: Vec<usize> = (0..told.len()).map(|position| stories.story_of(position)).collect();
        assert_eq!(found, expected, "{told:?}");
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

    /// Articles of one title, by provider and hour.
    fn check_one_title(title: &str, told: &[(&str, i64)], expected: &[usize]) {
        let monday: Timestamp = MONDAY.parse().unwrap();
        let articles = told.iter().enumerate().map(|(number, (provider, hours))| {
            Arc::new(article(&number.to_string(), |article| {
                article.title = title.into();
                article.published_at = Some(monday + SignedDuration::from_hours(*hours));
                article.addresses = identities([&*format!("https://{provider}/{number}")]);
                article.link = Some(format!("https://{provider}/{number}").into());
            }))
        });
        let stories = Stories::new(&articles.collect::<Vec<_>>());
        let found: Vec<usize> = (0..told.len()).map(|position| stories.story_of(position)).collect();
        assert_eq!(found, expected, "{title}: {told:?}");
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
        assert_eq!(Stories::new(&articles.map(Arc::new)).others(0).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn only_the_first_article_of_a_story_is_compared() {
        let told = [("a.example", 0), ("b.example", 48), ("c.example", 96), ("d.example", 144)];
        check_one_title(LONG, &told, &[0, 0, 2, 2]);
        // Whichever comes first in the collection, the oldest is the first of its story.
        let told = [("d.example", 144), ("c.example", 96), ("b.example", 48), ("a.example", 0)];
        check_one_title(LONG, &told, &[0, 0, 2, 2]);
    }

    #[test]
    fn two_stories_never_merge_by_title() {
        let other = "Another title that tells a story";
        let (one, two): (&[&str], &[&str]) = (&["https://x.example/1"], &["https://x.example/2"]);
        // The third is one group with the fourth, and matches two stories by title: the earlier one takes both.
        let told: &[Told<'_>] = &[
            (LONG, MONDAY, &[]),
            (other, MONDAY, &[]),
            (LONG, THURSDAY, one),
            (other, THURSDAY, one),
            ("Something else that happened today", MONDAY, two),
        ];
        check(told, &[0, 1, 0, 0, 4]);
    }

    #[test]
    fn the_same_story_is_passed_on() {
        let told: &[Told<'_>] = &[
            ("A", MONDAY, &["https://example.com/1"]),
            ("B", MONDAY, &["https://example.com/2"]),
            ("C", MONDAY, &["https://example.com/2", "https://example.com/1"]),
            ("D", MONDAY, &["https://example.com/3"]),
        ];
        check(told, &[0, 0, 0, 3]);
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
        assert_eq!(Stories::new(&articles).others(1).collect::<Vec<_>>(), [0, 2]);
        Arc::make_mut(&mut articles[0]).is_published = false;
        assert_eq!(Stories::new(&articles).others(1).count(), 0);
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
        assert_eq!(stories.first_of_each([1, 2, 3].into_iter()), [1, 2]);
    }
}
