//! The first articles of the stories so far, and which of them an article matches by title.
//!
//! An article is compared with the stories of the last three days that have enough of its rarest words. Both are bounded, so that
//! 20,000 titles of one pattern cost no more than so many different ones. The result depends on the stories of the last three
//! days alone, so a change does not alter what happened later.

use std::sync::Arc;

use article_format::Article;
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::headline::{Headline, meanings_of_excerpt};
use super::likeness::{Told, can_be_near, likeness};
use super::publication::is_near;
use super::titled::Titled;
use crate::collection::Position;

/// How many entries in the lists of its words a title follows: those of the rarest word first, and of each the latest story first.
const POSTINGS_MAX: usize = 128;
/// How many stories a title is compared with, those with most of its words first.
const COMPARED_MAX: usize = 16;
/// So many words two titles share at least, if the shorter one has so many.
const SHARED_MIN: usize = 4;

/// An article, by its position, and what its title is compared by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) position: Position,
    pub(super) titled: &'a Titled,
}

/// The first article of each story that can be joined by title, oldest first.
pub(super) struct Firsts<'a> {
    all: Vec<Candidate<'a>>,
    /// How many of them came out too early for the group in question, and for all later ones.
    passed: usize,
    /// How many of them the index has seen.
    indexed: usize,
    index: Index<'a>,
    excerpts: Excerpts<'a>,
}

impl<'a> Firsts<'a> {
    pub(super) fn new(articles: &'a [Arc<Article>]) -> Self {
        let excerpts = Excerpts { articles, meanings: FxHashMap::default() };
        Self { all: Vec::new(), passed: 0, indexed: 0, index: Index::default(), excerpts }
    }

    /// Adds a story, which is not older than all others.
    pub(super) fn add(&mut self, first: Candidate<'a>) {
        self.all.push(first);
    }

    /// The position of the first article of the earliest story that a group matches. No article of the group is older than
    /// `since`, and no story so far is younger. Groups come in the order of `since`.
    pub(super) fn earliest_match(
        &mut self,
        since: Timestamp,
        group: impl Iterator<Item = Candidate<'a>>,
    ) -> Option<Position> {
        // Most groups are decided as before, so stories are indexed no sooner than somebody asks for their days.
        let is_passed = |first: &Candidate<'_>| !is_near(since, first.titled.at);
        while self.all.get(self.passed).is_some_and(is_passed) {
            self.passed += 1;
        }
        if self.passed > self.indexed {
            (self.index, self.indexed) = (Index::default(), self.passed);
        }
        let come = self.all.get(self.indexed..).unwrap_or_default();
        self.index.by_word.reserve(come.len());
        self.index.by_title.reserve(come.len());
        come.iter().for_each(|first| self.index.add(*first));
        self.indexed = self.all.len();
        self.index.earliest = (since, as_number(self.passed + self.index.firsts.len() - self.indexed));
        let matching = group.filter_map(|article| self.index.matching(article, &mut self.excerpts));
        matching.min().and_then(|number| self.index.first(number)).map(|first| first.position)
    }
}

/// Consecutive stories, numbered in their order, by the words of their titles.
#[derive(Default)]
struct Index<'a> {
    firsts: Vec<Candidate<'a>>,
    /// A date, and the number of the earliest story that came out near the date.
    earliest: (Timestamp, u32),
    /// The number of the latest story by the hash of an equal title.
    by_title: FxHashMap<u64, u32>,
    /// By story: the number of the story before it with an equal title.
    same_title: Vec<Option<u32>>,
    /// Numbers of stories by the meaning of a word in the title. Most words are in few titles.
    by_word: FxHashMap<u64, SmallVec<[u32; 4]>>,
    /// By story: the numbers in the title of its first article, and how many of the words in question the story has, which is
    /// 0 between questions.
    seen: Vec<(u64, u8)>,
    /// The stories found for the last question, by how few words they share and their number.
    found: Vec<(u8, u32)>,
}

impl<'a> Index<'a> {
    fn add(&mut self, first: Candidate<'a>) {
        let number = as_number(self.firsts.len());
        self.firsts.push(first);
        let headline = first.titled.headline.as_ref();
        self.seen.push((headline.map_or(0, |headline| headline.numbers), 0));
        self.same_title.push(self.by_title.insert(first.titled.title, number));
        for word in headline.map_or(&[][..], Headline::words) {
            self.by_word.entry(word.meaning).or_default().push(number);
        }
    }

    fn first(&self, number: u32) -> Option<Candidate<'a>> {
        self.firsts.get(number as usize).copied()
    }

    /// The earliest story that matches by the title of its first article.
    fn matching(&mut self, article: Candidate<'_>, excerpts: &mut Excerpts<'_>) -> Option<u32> {
        let equal = self.with_equal_title(article.titled);
        let near = self.with_near_title(article, excerpts);
        equal.into_iter().chain(near).min()
    }

    fn joinable(&self, number: u32, article: &Titled) -> Option<Candidate<'a>> {
        self.first(number).filter(|first| first.titled.can_join(article))
    }

    fn with_equal_title(&self, article: &Titled) -> Option<u32> {
        let before = |number: &u32| self.same_title.get(*number as usize).copied().flatten();
        let equal = std::iter::successors(self.by_title.get(&article.title).copied(), before);
        // Stories come in the order of their dates, and those that are near each other have joined.
        let is_near_to =
            |number: &u32| self.first(*number).is_some_and(|first| is_near(article.at, first.titled.at));
        equal.take_while(is_near_to).filter(|number| self.joinable(*number, article).is_some()).min()
    }

    fn with_near_title(&mut self, article: Candidate<'_>, excerpts: &mut Excerpts<'_>) -> Option<u32> {
        let headline = article.titled.headline.as_ref()?;
        let candidates = self.candidates(article.titled, headline);
        candidates.into_iter().find(|&number| {
            let Some(first) = self.joinable(number, article.titled) else { return false };
            let near = first.titled.headline.as_ref().filter(|of_first| can_be_near(headline, of_first));
            near.is_some_and(|of_first| {
                excerpts.read(article.position);
                excerpts.read(first.position);
                let one = Told { headline, excerpt: excerpts.get(article.position) };
                likeness(one, Told { headline: of_first, excerpt: excerpts.get(first.position) }).is_some()
            })
        })
    }

    /// The stories that share the most words with a title, as far as its rarest words lead to them; the earliest first.
    fn candidates(&mut self, article: &Titled, headline: &Headline) -> Vec<u32> {
        // Stories come in the order of their dates, and none came out later than the article.
        let earliest = match self.earliest {
            (at, earliest) if at == article.at => earliest,
            _ => as_number(self.firsts.partition_point(|first| !is_near(article.at, first.titled.at))),
        };
        let words = headline.words().iter().filter_map(|word| self.by_word.get(&word.meaning));
        let near = words.map(|stories| {
            let start = stories.partition_point(|number| *number < earliest);
            stories.get(start..).unwrap_or_default()
        });
        let mut lists: Vec<&[u32]> = near.filter(|stories| !stories.is_empty()).collect();
        lists.sort_by_key(|stories| stories.len());
        // Two titles that share enough words share one of these words: the most frequent words alone are too few.
        let leading = (lists.len() + 1).saturating_sub(SHARED_MIN.min(headline.words().len()));
        let latest_first = lists.iter().take(leading).flat_map(|stories| stories.iter().rev());
        self.found.clear();
        for &number in latest_first.take(POSTINGS_MAX) {
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

/// The number of the story at an index. No collection has as many as `u32::MAX`.
fn as_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// The excerpts of the articles that are compared, each read once.
struct Excerpts<'a> {
    articles: &'a [Arc<Article>],
    meanings: FxHashMap<Position, Vec<u64>>,
}

impl Excerpts<'_> {
    fn read(&mut self, position: Position) {
        self.meanings.entry(position).or_insert_with(|| {
            let article = position.of(self.articles);
            let excerpt = article.and_then(|article| article.excerpt.as_deref());
            meanings_of_excerpt(excerpt.unwrap_or_default())
        });
    }

    fn get(&self, position: Position) -> &[u64] {
        self.meanings.get(&position).map_or(&[], |meanings| meanings)
    }
}
