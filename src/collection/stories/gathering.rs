//! Gathers articles into stories, and again after a change.
//!
//! The result is the same as of gathering all articles anew. Whether a group joins a story depends on its own articles and on
//! the stories of the three days before it. So a group is decided again only where one of the two changed; a decision that
//! comes out otherwise counts as a change for the three days behind it.

use std::collections::HashMap;
use std::sync::Arc;

use article_format::Article;
use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::address_groups::AddressGroups;
use super::change::Change;
use super::firsts::{Candidate, Firsts};
use super::groups::Groups;
use super::publication::is_near;
use super::series::find_series;
use super::titled::Titled;
use crate::collection::position_map::merged;

/// Everything that gathering learnt of the articles. A group is a set of articles that addresses join; one article alone is a
/// group too. Only articles that can ever be shown count.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Gathering {
    /// By position: what the article's title is compared by; `None` if the article joins nothing by title.
    titles: Vec<Option<Arc<Titled>>>,
    /// The hashes of canonical addresses and the positions of their articles, sorted.
    by_address: Vec<(u64, u32)>,
    /// [`Titled::of_provider`] and the positions of the articles, sorted.
    by_title: Vec<(u64, u32)>,
    /// The dates and positions of dated articles, sorted; by id where the dates are equal.
    by_date: Vec<(Timestamp, u32)>,
    /// By position: whether the article's provider has the title twice within three days. Such a title joins nothing.
    is_of_series: Vec<bool>,
    /// By the oldest article of a group that joined a story by title: the first article of the story.
    joined: HashMap<u32, u32>,
}

impl Gathering {
    pub(super) fn is_of_series(&self, position: u32) -> bool {
        self.is_of_series.get(position as usize).copied().unwrap_or(false)
    }

    /// What the article's title is compared by.
    pub(super) fn titled(&self, position: u32) -> Option<&Titled> {
        self.titles.get(position as usize)?.as_deref().filter(|_| !self.is_of_series(position))
    }

    /// Gathers the articles after a change. `before` are the articles before, and `story_mates` gives those that told one story
    /// with an article, by positions before. Returns the smallest position of each article's story as well.
    pub(super) fn changed<M: Iterator<Item = u32>>(
        &self,
        before: &[Arc<Article>],
        articles: &[Arc<Article>],
        change: &Change,
        story_mates: impl Fn(u32) -> M,
    ) -> (Self, Vec<u32>) {
        let (titles, (by_address, by_date)) = rayon::join(
            || self.changed_titles(articles, change),
            || (self.changed_addresses(articles, change), self.changed_dates(articles, change)),
        );
        let by_title = self.changed_series(&titles, change);
        let mut groups = AddressGroups::new(articles.len(), &by_address, &by_date);
        let is_of_series = series(&by_title, &titles, groups.firsts());
        let mut after = Self { titles, by_address, by_title, by_date, is_of_series, joined: HashMap::new() };
        // The groups whose articles are other ones than before, or can join by other titles.
        change.come.iter().for_each(|&position| groups.mark_changed(position));
        let left =
            change.gone.iter().flat_map(|&gone| story_mates(gone)).filter_map(|mate| change.moved(mate));
        left.for_each(|position| groups.mark_changed(position));
        let stay =
            (0..).zip(&self.is_of_series).filter_map(|(position, was)| Some((change.moved(position)?, *was)));
        let differ = stay.filter(|(position, was)| after.is_of_series(*position) != *was);
        differ.for_each(|(position, _)| groups.mark_changed(position));
        let stay = self
            .joined
            .iter()
            .filter_map(|(group, story)| Some((change.moved(*group)?, change.moved(*story)?)));
        let joined_before: HashMap<u32, u32> = stay.collect();
        let mut gone: Vec<Timestamp> =
            change.gone.iter().filter_map(|&gone| shown_at(before.get(gone as usize)?)).collect();
        gone.sort_unstable();
        after.joined = after.join_by_title(articles, &groups, &joined_before, &gone);
        let mut stories = Groups::of(groups.firsts());
        after.joined.iter().for_each(|(group, story)| stories.join(*group, *story));
        (after, stories.into_firsts())
    }

    fn changed_titles(&self, articles: &[Arc<Article>], change: &Change) -> Vec<Option<Arc<Titled>>> {
        let mut titles = vec![None; articles.len()];
        let mut set = |position: u32, titled: Option<Arc<Titled>>| {
            if let Some(place) = titles.get_mut(position as usize) {
                *place = titled;
            }
        };
        for (position, titled) in (0..).zip(&self.titles) {
            if let Some(moved) = change.moved(position) {
                set(moved, titled.clone());
            }
        }
        let article = |position: &u32| articles.get(*position as usize);
        let come = change.come.par_iter().map(|position| article(position).and_then(|come| Titled::of(come)));
        let come: Vec<Option<Arc<Titled>>> = come.map(|titled| titled.map(Arc::new)).collect();
        change.come.iter().zip(come).for_each(|(position, titled)| set(*position, titled));
        titles
    }

    fn changed_addresses(&self, articles: &[Arc<Article>], change: &Change) -> Vec<(u64, u32)> {
        let mut by_address = change.moved_all(&self.by_address);
        for &position in &change.come {
            let article = articles.get(position as usize).filter(|article| article.may_be_shown());
            let addresses = article.into_iter().flat_map(|article| article.addresses.iter());
            by_address.extend(addresses.map(|address| (*address, position)));
        }
        // Most of it is sorted, which makes a stable sort fast.
        by_address.sort();
        by_address
    }

    fn changed_series(&self, titles: &[Option<Arc<Titled>>], change: &Change) -> Vec<(u64, u32)> {
        let mut by_title = change.moved_all(&self.by_title);
        by_title.extend(change.come.iter().filter_map(|&position| {
            let titled = titles.get(position as usize)?.as_ref()?;
            Some((titled.of_provider(), position))
        }));
        by_title.sort();
        by_title
    }

    fn changed_dates(&self, articles: &[Arc<Article>], change: &Change) -> Vec<(Timestamp, u32)> {
        let id = |position: u32| articles.get(position as usize).map(|article| &article.id);
        let compare = |one: &(Timestamp, u32), other: &(Timestamp, u32)| {
            one.0.cmp(&other.0).then_with(|| id(one.1).cmp(&id(other.1)))
        };
        let come = change.come.iter();
        let come = come.filter_map(|&position| Some((shown_at(articles.get(position as usize)?)?, position)));
        let mut come: Vec<(Timestamp, u32)> = come.collect();
        come.sort_unstable_by(compare);
        // The moved ones are sorted. Comparing them again would read the ids of articles that have equal dates.
        merged(change.moved_all(&self.by_date), &come, compare)
    }

    /// By the oldest article of each group that joins a story by title: the first article of the story. `joined_before` has the
    /// same of before, and `gone` the dates of the articles that are gone, both as far as they can matter.
    fn join_by_title(
        &self,
        articles: &[Arc<Article>],
        groups: &AddressGroups,
        joined_before: &HashMap<u32, u32>,
        gone: &[Timestamp],
    ) -> HashMap<u32, u32> {
        let mut joined = HashMap::with_capacity(joined_before.len());
        let mut firsts = Firsts::new(articles);
        let mut gone = gone.iter().copied().peekable();
        let candidate = |position: u32| Some(Candidate { position, titled: self.titled(position)? });
        // The date of the last story that is another one than before.
        let mut changed_at: Option<Timestamp> = None;
        for &(at, position) in &self.by_date {
            while let Some(gone_at) = gone.next_if(|gone_at| *gone_at <= at) {
                changed_at = Some(gone_at);
            }
            if groups.has_changed(position) {
                changed_at = Some(at);
            }
            if !groups.is_oldest(position) {
                continue;
            }
            let before = joined_before.get(&position).copied();
            let story = match changed_at {
                Some(changed_at) if is_near(at, changed_at) => {
                    firsts.earliest_match(at, groups.from(position).filter_map(candidate))
                }
                Some(_) | None => before,
            };
            if story != before {
                changed_at = Some(at);
            }
            match story {
                Some(story) => drop(joined.insert(position, story)),
                None => candidate(position).into_iter().for_each(|first| firsts.add(first)),
            }
        }
        joined
    }
}

/// By position: whether the title is that of a series.
fn series(by_title: &[(u64, u32)], titles: &[Option<Arc<Titled>>], groups: &[u32]) -> Vec<bool> {
    let mut is_of_series = vec![false; titles.len()];
    let mut mark = |position: u32| {
        is_of_series.get_mut(position as usize).into_iter().for_each(|is_of_series| *is_of_series = true);
    };
    let at = |position: u32| titles.get(position as usize)?.as_ref().map(|titled| titled.at);
    for same in by_title.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
        let dated = same.iter().filter_map(|&(_, position)| Some((at(position)?, position)));
        let mut dated: Vec<(Timestamp, u32)> = dated.collect();
        dated.sort_unstable();
        find_series(&dated, groups, &mut mark);
    }
    is_of_series
}

/// The date of an article that can ever be shown.
fn shown_at(article: &Article) -> Option<Timestamp> {
    article.published_at.filter(|_| article.may_be_shown())
}
