//! One story, one card: which articles tell the same story (the contract, "One story, one card").
//!
//! They do when a canonical address of one is one of the other's, or when their normalised titles are equal and they
//! came out within three days of each other. Whoever tells the same story as a third tells the same story.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::titles::fold_title;
use crate::article::Article;

/// How far apart two articles of one title may come out.
const SAME_TITLE_WITHIN: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Which article tells which story. Stories are numbered by their first article in the collection's order.
#[derive(Debug, Default)]
pub struct Stories {
    /// By article.
    story_of: Vec<usize>,
    /// By article: whether others tell its story. Most stories have one article, and answers pass over all of them.
    is_shared: Vec<bool>,
    /// Only the stories that more than one article tells, in the collection's order.
    articles: HashMap<usize, Box<[usize]>>,
}

impl Stories {
    /// Groups the articles that can ever be shown; the others stand alone, and join nobody.
    pub(super) fn new(articles: &[Arc<Article>]) -> Self {
        let mut groups = Groups::of(articles.len());
        join_by_address(articles, &mut groups);
        join_by_title(articles, &mut groups);
        let story_of: Vec<usize> = (0..articles.len()).map(|position| groups.first(position)).collect();
        let mut members: HashMap<usize, Vec<usize>> = HashMap::new();
        for (position, &story) in story_of.iter().enumerate() {
            if story != position {
                members.entry(story).or_insert_with(|| vec![story]).push(position);
            }
        }
        let is_shared = story_of.iter().map(|story| members.contains_key(story)).collect();
        let articles = members.into_iter().map(|(story, positions)| (story, positions.into())).collect();
        Self { story_of, is_shared, articles }
    }

    /// The story that an article tells.
    #[must_use]
    pub fn story_of(&self, position: usize) -> usize {
        self.story_of.get(position).copied().unwrap_or(position)
    }

    /// The other articles that tell the same story, in the collection's order.
    pub fn others(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        let all = self.articles.get(&self.story_of(position)).map_or(&[][..], |positions| positions);
        all.iter().copied().filter(move |&other| other != position)
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
    article.is_published && !article.is_removed
}

fn join_by_address(articles: &[Arc<Article>], groups: &mut Groups) {
    let mut by_address: HashMap<u64, usize> = HashMap::new();
    for (position, article) in articles.iter().enumerate().filter(|(_, article)| can_be_shown(article)) {
        for address in &article.addresses {
            let first = *by_address.entry(*address).or_insert(position);
            groups.join(first, position);
        }
    }
}

fn join_by_title(articles: &[Arc<Article>], groups: &mut Groups) {
    let mut by_title: HashMap<String, Vec<(Timestamp, usize)>> = HashMap::new();
    for (position, article) in articles.iter().enumerate().filter(|(_, article)| can_be_shown(article)) {
        let title = title_identity(&article.title);
        if let Some(at) = article.published_at.filter(|_| !title.is_empty()) {
            by_title.entry(title).or_default().push((at, position));
        }
    }
    for mut dated in by_title.into_values().filter(|dated| dated.len() > 1) {
        dated.sort_unstable();
        for pair in dated.windows(2) {
            if let [(earlier, first), (later, second)] = *pair
                && later.duration_since(earlier) <= SAME_TITLE_WITHIN
            {
                groups.join(first, second);
            }
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

/// A union of sets, each known by its smallest member.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn of(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    fn first(&mut self, member: usize) -> usize {
        let mut root = member;
        while let Some(&parent) = self.parents.get(root).filter(|parent| **parent != root) {
            root = parent;
        }
        // Shorten the way for the next one who asks.
        let mut step = member;
        while let Some(parent) = self.parents.get_mut(step).filter(|parent| **parent != root) {
            step = std::mem::replace(parent, root);
        }
        root
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.first(left), self.first(right));
        if let Some(parent) = self.parents.get_mut(left.max(right)) {
            *parent = left.min(right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::address::identities;
    use crate::article::fixture::article;

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
