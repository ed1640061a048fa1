//! Groups of articles join by title, oldest first, each the earliest story that matches. Only the story's first article is
//! compared, so a title that comes back every day makes no chain.
//!
//! A group is compared with the stories of the last three days that have enough of its rarest words. Both are bounded, so that
//! 20,000 titles of one pattern cost no more than so many different ones.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::groups::Groups;
use super::headline::{Headline, meanings_of_excerpt};
use super::likeness::{Likeness, Told, can_be_near, likeness};
use super::publication::{is_near, provider_of};
use crate::collection::story_title::title_identity;
use article_format::{Article, stable_hash64};

/// How many entries of the chains of words a title follows: those of the rarest word first, and of each the latest story first.
const POSTINGS_MAX: usize = 128;
/// How many stories a title is compared with, those with most of its words first.
const COMPARED_MAX: usize = 16;
/// So many words two titles share at least, if the shorter one has so many.
const SHARED_MIN: usize = 4;

/// An article that can join by its title.
#[derive(Debug, Clone)]
struct TitledArticle {
    position: u32,
    /// The hash of what equal titles have in common.
    title: u64,
    /// `None` for a title that is the same only as an equal one.
    headline: Option<Headline>,
    provider: u64,
    /// In nanoseconds.
    at: i128,
}

/// The articles that can join by their titles.
pub(super) struct Titled {
    /// By position.
    articles: Vec<Option<TitledArticle>>,
    /// Articles of which their provider has the title twice within three days. These join nothing.
    pub(super) series: HashSet<u32>,
}

/// A group that has such an article: its members, oldest first.
enum Group {
    Single(u32),
    Joined(Box<[u32]>),
}

impl Group {
    fn members(&self) -> &[u32] {
        match self {
            Self::Single(member) => std::slice::from_ref(member),
            Self::Joined(members) => members,
        }
    }
}

impl Titled {
    /// Those of the articles that can ever be shown, have a date, a provider, and a title that is long enough.
    pub(super) fn of(articles: &[Arc<Article>], groups: &mut Groups) -> Self {
        let numbered = articles.par_iter().enumerate();
        let mut all: Vec<Option<TitledArticle>> =
            numbered.map(|(position, article)| titled(as_number(position), article)).collect();
        let mut by_title: Vec<(u64, u64, i128, u32)> = all
            .iter()
            .flatten()
            .map(|article| (article.title, article.provider, article.at, article.position))
            .collect();
        by_title.sort_unstable();
        let mut series = HashSet::new();
        let same = by_title.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1));
        for of_provider in same.filter(|of_provider| of_provider.len() > 1) {
            let dated = || of_provider.iter().map(|&(_, _, at, position)| (at, position));
            find_series(dated(), groups, &mut series);
            find_series(dated().rev(), groups, &mut series);
        }
        for position in &series {
            all.get_mut(*position as usize).into_iter().for_each(|article| *article = None);
        }
        Self { articles: all, series }
    }

    fn get(&self, position: u32) -> Option<&TitledArticle> {
        self.articles.get(position as usize)?.as_ref()
    }

    /// Joins the groups.
    pub(super) fn join(&self, articles: &[Arc<Article>], groups: &mut Groups) {
        let mut stories = Stories::default();
        let mut excerpts = Excerpts { articles, meanings: HashMap::new() };
        for group in self.groups(articles, groups) {
            let members = group.members();
            let Some(&first) = members.first() else { continue };
            let titled = members.iter().filter_map(|position| self.get(*position));
            let earliest = titled.filter_map(|article| stories.matching(article, &mut excerpts)).min();
            let story = earliest.and_then(|number| stories.first(number));
            match (story, self.get(first)) {
                (Some(story), _) => groups.join(story.position, first),
                (None, Some(article)) => stories.add(article),
                (None, None) => {}
            }
        }
    }

    /// The groups that have such articles, oldest first.
    fn groups(&self, articles: &[Arc<Article>], groups: &mut Groups) -> Vec<Group> {
        let mut joined: HashMap<u32, Vec<u32>> = HashMap::new();
        for position in groups.members() {
            joined.entry(groups.first(position)).or_default().push(position);
        }
        let is_joined: HashSet<u32> = joined.values().flatten().copied().collect();
        let age = |position: u32| {
            let article = articles.get(position as usize);
            let at = article.and_then(|article| article.published_at);
            (at.is_none(), at, article.map(|article| &article.id))
        };
        let singles = self.articles.iter().flatten().map(|article| article.position);
        let singles = singles.filter(|position| !is_joined.contains(position)).map(Group::Single);
        let joined =
            joined.into_values().filter(|members| members.iter().any(|member| self.get(*member).is_some()));
        let joined = joined.map(|mut members| {
            members.sort_unstable_by(|one, other| age(*one).cmp(&age(*other)));
            Group::Joined(members.into())
        });
        let dated = singles.chain(joined).map(|group| {
            let first = group.members().first().and_then(|first| articles.get(*first as usize));
            let at = first.and_then(|first| first.published_at).map(jiff::Timestamp::as_nanosecond);
            ((at.is_none(), at), group)
        });
        let mut all: Vec<((bool, Option<i128>), Group)> = dated.collect();
        let id = |group: &Group| {
            group.members().first().and_then(|first| articles.get(*first as usize)).map(|article| &article.id)
        };
        all.sort_unstable_by(|one, other| one.0.cmp(&other.0).then_with(|| id(&one.1).cmp(&id(&other.1))));
        all.into_iter().map(|(_, group)| group).collect()
    }
}

fn titled(position: u32, article: &Article) -> Option<TitledArticle> {
    let at = article.published_at.filter(|_| article.may_be_shown())?.as_nanosecond();
    let provider = provider_of(article)?;
    let title = title_identity(&article.title);
    (!title.is_empty()).then(|| TitledArticle {
        position,
        title: stable_hash64(&title),
        headline: Headline::of(&article.title, &title),
        provider,
        at,
    })
}

/// Notes which articles, given by date and position in the order of their dates, come shortly after one of another group; one
/// group tells one story.
fn find_series(in_turn: impl Iterator<Item = (i128, u32)>, groups: &mut Groups, series: &mut HashSet<u32>) {
    // The last article, and the last one of another group than that.
    let mut last: Option<(i128, u32)> = None;
    let mut last_of_another: Option<(i128, u32)> = None;
    for (at, position) in in_turn {
        let group = groups.first(position);
        let before = if last.is_some_and(|(_, other)| other == group) { last_of_another } else { last };
        if before.is_some_and(|(other, _)| is_near(at, other)) {
            series.insert(position);
        }
        if last.is_some_and(|(_, other)| other != group) {
            last_of_another = last;
        }
        last = Some((at, group));
    }
}

/// Whether two articles that are no series match by title, and how.
pub(super) fn matched(one: &Article, other: &Article) -> Option<Match> {
    let (left, right) = (titled(0, one)?, titled(1, other)?);
    if left.provider == right.provider || !is_near(left.at, right.at) {
        return None;
    }
    if left.title == right.title {
        return Some(Match::Equal);
    }
    let excerpt = |article: &Article| meanings_of_excerpt(article.excerpt.as_deref().unwrap_or_default());
    let (left_excerpt, right_excerpt) = (excerpt(one), excerpt(other));
    let left = Told { headline: left.headline.as_ref()?, excerpt: &left_excerpt };
    let right = Told { headline: right.headline.as_ref()?, excerpt: &right_excerpt };
    likeness(left, right).map(Match::Near)
}

/// How two titles match.
pub(super) enum Match {
    /// The titles are equal but for case, accents and punctuation.
    Equal,
    /// The titles are nearly equal.
    Near(Likeness),
}

/// The first article of each story, in the order in which the stories came.
#[derive(Default)]
struct Stories<'a> {
    firsts: Vec<&'a TitledArticle>,
    /// Numbers of stories by the hash of an equal title.
    by_title: HashMap<u64, Vec<u32>>,
    /// By the meaning of a word: how many stories have the word, and the last entry of its chain in `chains`.
    words: HashMap<u64, (u32, u32)>,
    /// Stories by word, the latest first: the number of a story, and the entry before, or [`NONE`].
    chains: Vec<(u32, u32)>,
    /// By story: the numbers in the title of its first article, and how many of the words in question the story has, which is
    /// 0 between questions.
    seen: Vec<(u64, u8)>,
    /// The stories found for the last question, by how few words they share and their number.
    found: Vec<(u8, u32)>,
}

impl<'a> Stories<'a> {
    fn add(&mut self, first: &'a TitledArticle) {
        let number = as_number(self.firsts.len());
        self.firsts.push(first);
        self.seen.push((first.headline.as_ref().map_or(0, |headline| headline.numbers), 0));
        self.by_title.entry(first.title).or_default().push(number);
        for word in first.headline.iter().flat_map(Headline::words) {
            let entry = as_number(self.chains.len());
            let (count, last) = self.words.entry(word.meaning).or_insert((0, NONE));
            self.chains.push((number, *last));
            (*count, *last) = (*count + 1, entry);
        }
    }

    fn first(&self, number: u32) -> Option<&'a TitledArticle> {
        self.firsts.get(number as usize).copied()
    }

    /// The earliest story that matches by the title of its first article.
    fn matching(&mut self, article: &TitledArticle, excerpts: &mut Excerpts<'_>) -> Option<u32> {
        let equal = self.with_equal_title(article);
        let near = self.with_near_title(article, excerpts);
        equal.into_iter().chain(near).min()
    }

    fn candidate(&self, number: u32, article: &TitledArticle) -> Option<&'a TitledArticle> {
        let first = self.first(number)?;
        (first.provider != article.provider && is_near(article.at, first.at)).then_some(first)
    }

    fn with_equal_title(&self, article: &TitledArticle) -> Option<u32> {
        // Stories come in the order of their dates, and those that are near each other have joined.
        let equal = self.by_title.get(&article.title)?.iter().rev();
        let is_near_to =
            |number: &&u32| self.first(**number).is_some_and(|first| is_near(article.at, first.at));
        let near = equal.take_while(is_near_to);
        near.filter(|number| self.candidate(**number, article).is_some()).min().copied()
    }

    fn with_near_title(&mut self, article: &TitledArticle, excerpts: &mut Excerpts<'_>) -> Option<u32> {
        let headline = article.headline.as_ref()?;
        let candidates = self.candidates(article, headline);
        candidates.into_iter().find(|&number| {
            let Some(first) = self.candidate(number, article) else { return false };
            let near = first.headline.as_ref().filter(|of_first| can_be_near(headline, of_first));
            near.is_some_and(|of_first| {
                excerpts.read(article.position);
                excerpts.read(first.position);
                let one = Told { headline, excerpt: excerpts.get(article.position) };
                likeness(one, Told { headline: of_first, excerpt: excerpts.get(first.position) }).is_some()
            })
        })
    }

    /// The stories that share the most words with a title, as far as its rarest words lead to them; the earliest first.
    fn candidates(&mut self, article: &TitledArticle, headline: &Headline) -> Vec<u32> {
        let mut lists: Vec<(u32, u32)> =
            headline.words().iter().filter_map(|word| self.words.get(&word.meaning).copied()).collect();
        lists.sort_unstable();
        // Whoever shares enough words has one of these: the most frequent words alone are too few.
        let leading = (lists.len() + 1).saturating_sub(SHARED_MIN.min(headline.words().len()));
        // Stories come in the order of their dates, and none came out later than the article.
        let earliest = as_number(self.firsts.partition_point(|first| !is_near(article.at, first.at)));
        let chain = |last: u32| {
            let entries = std::iter::successors(self.chains.get(last as usize), |(_, before)| {
                self.chains.get(*before as usize)
            });
            entries.map(|(number, _)| *number).take_while(move |number| *number >= earliest)
        };
        self.found.clear();
        for number in lists.iter().take(leading).flat_map(|(_, last)| chain(*last)).take(POSTINGS_MAX) {
            let Some((numbers, count)) = self.seen.get_mut(number as usize) else { continue };
            if Headline::do_numbers_agree(*numbers, headline.numbers) {
                if *count == 0 {
                    self.found.push((0, number));
                }
                *count = count.saturating_add(1);
            }
        }
        for (missing, number) in &mut self.found {
            let count = self.seen.get_mut(*number as usize).map_or(0, |(_, count)| std::mem::take(count));
            *missing = u8::MAX - count;
        }
        if self.found.len() > COMPARED_MAX {
            self.found.select_nth_unstable(COMPARED_MAX);
            self.found.truncate(COMPARED_MAX);
        }
        let mut numbers: Vec<u32> = self.found.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        numbers
    }
}

/// Stands for no entry of a chain.
const NONE: u32 = u32::MAX;

fn as_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NONE)
}

/// The excerpts of the articles that are compared, each read once.
struct Excerpts<'a> {
    articles: &'a [Arc<Article>],
    meanings: HashMap<u32, Box<[u64]>>,
}

impl Excerpts<'_> {
    fn read(&mut self, position: u32) {
        self.meanings.entry(position).or_insert_with(|| {
            let article = self.articles.get(position as usize);
            let excerpt = article.and_then(|article| article.excerpt.as_deref());
            meanings_of_excerpt(excerpt.unwrap_or_default())
        });
    }

    fn get(&self, position: u32) -> &[u64] {
        self.meanings.get(&position).map_or(&[], |meanings| meanings)
    }
}
