//! One story, one card: which articles tell the same story (the contract, "One story, one card").
//!
//! They do when a canonical address of one is one of the other's, or when their normalised titles are equal and they
//! came out within three days of each other. Whoever tells the same story as a third tells the same story.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::shift::Shift;
use super::titles::fold_title;
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
        for alike in runs(&titles) {
            join_by_title(articles, alike, &mut groups);
        }
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
        Self { is_shared, story_of, articles, addresses, titles }
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

fn join_by_title(articles: &[Arc<Article>], alike: &[Mark], groups: &mut Groups) {
    let told = alike.iter().filter_map(|Mark { position, .. }| {
        let article = articles.get(*position as usize)?;
        Some((title_identity(&article.title), article.published_at?, *position))
    });
    let mut told: Vec<(String, Timestamp, u32)> = told.collect();
    told.sort_unstable();
    for pair in told.windows(2) {
        if let [(title, earlier, first), (other_title, later, second)] = pair
            && title == other_title
            && later.duration_since(*earlier) <= SAME_TITLE_WITHIN
        {
            groups.join(*first, *second);
        }
    }
}

/// What has to be equal of two titles that tell one story: words, not how two sources punctuate or accent them. The signs
/// that tell C, C# and C++ apart count as words. Empty where a title has no words.
pub(crate) fn title_identity(title: &str) -> String {
    if title.contains(['+', '#']) { fold_title(&with_signs_as_words(title)) } else { fold_title(title) }
}

/// `+` and `#` as words where they belong to the word before them; elsewhere, as in `#1`, they only decorate.
fn with_signs_as_words(title: &str) -> String {
    let mut spelled = String::with_capacity(title.len() + 16);
    let mut previous = ' ';
    for character in title.chars() {
        match character {
            '+' if previous.is_alphanumeric() || previous == '+' => spelled.push_str(" plus "),
            '#' if previous.is_alphanumeric() => spelled.push_str(" sharp "),
            other => spelled.push(other),
        }
        previous = character;
    }
    spelled
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

    /// The smallest member of each set, by member, of all that were joined.
    fn into_firsts(mut self) -> HashMap<u32, u32> {
        let members: Vec<u32> = self.parents.keys().copied().collect();
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

    #[test]
    fn a_title_in_common_is_one_story_within_three_days() {
        check(&[("Power Apps: news!", MONDAY, &[]), ("POWER APPS – news", THURSDAY, &[])], &[0, 0]);
        check(&[("Weekly update", MONDAY, &[]), ("Weekly update", FRIDAY, &[])], &[0, 1]);
        check(&[("Weekly update", MONDAY, &[]), ("Weekly update", "", &[])], &[0, 1]);
        check(&[("!!!", MONDAY, &[]), ("???", MONDAY, &[])], &[0, 1]);
    }

    #[test]
    fn titles_that_differ_in_a_sign_or_vowel_that_matters_are_two_stories() {
        let check = |one: &str, other: &str, expected: &[usize]| {
            check(&[(one, MONDAY, &[]), (other, MONDAY, &[])], expected);
        };
        check("What’s new in C#", "What’s new in C++", &[0, 1]);
        check("What’s new in C", "What’s new in C++", &[0, 1]);
        check("F# weekly", "F weekly", &[0, 1]);
        check("ハスの話", "バスの話", &[0, 1]);
        check("कि", "कु", &[0, 1]);
        check("Update for MySQL", "Update for PostgreSQL", &[0, 1]);
        check("38m records", "38 million records", &[0, 1]);
        check("Part 1", "Part 2", &[0, 1]);
        // What two sources do not agree on tells nothing apart.
        check("Part #1: Pokémon & cafés", "part 1 – Pokemon, CAFES", &[0, 0]);
        check("What’s new in C#?", "what's new in c#", &[0, 0]);
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
