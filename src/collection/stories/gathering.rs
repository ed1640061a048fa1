//! Gathers articles into stories, and again after a change.
//!
//! The result is the same as of gathering all articles anew. Whether a group joins a story depends on its own articles and on
//! the stories of the three days before it. So a group is decided again only where one of the two changed; a decision that
//! comes out otherwise counts as a change for the three days behind it.

use std::sync::Arc;

use article_format::Article;
use jiff::Timestamp;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use super::address_groups::AddressGroups;
use super::change::Change;
use super::firsts::{Candidate, Firsts};
use super::groups::Groups;
use super::publication::is_near;
use super::series::find_series;
use super::titled::Titled;
use crate::collection::Position;
use crate::collection::position_map::merged;

/// Everything that gathering learnt of the articles. A group is a set of articles that addresses join; one article alone is a
/// group too. Only articles that can ever be shown count.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Gathering {
    /// By position: what the article's title is compared by; `None` if the article joins nothing by title.
    titles: Vec<Option<Arc<Titled>>>,
    /// The hashes of canonical addresses and the positions of their articles, sorted.
    by_address: Vec<(u64, Position)>,
    /// [`Titled::of_provider`] and the positions of the articles, sorted.
    by_title: Vec<(u64, Position)>,
    /// The dates and positions of dated articles, sorted; by id where the dates are equal.
    by_date: Vec<(Timestamp, Position)>,
    /// By position: whether the article's provider has the title twice within three days. Such a title joins nothing.
    is_of_series: Vec<bool>,
    /// By the oldest article of a group that joined a story by title: the first article of the story.
    joined: FxHashMap<Position, Position>,
}

impl Gathering {
    pub(super) fn is_of_series(&self, position: Position) -> bool {
        position.of(&self.is_of_series).copied().unwrap_or(false)
    }

    /// The articles with this canonical address, in the collection's order.
    pub(super) fn with_address(&self, address: u64) -> impl Iterator<Item = Position> + '_ {
        let start = self.by_address.partition_point(|(other, _)| *other < address);
        let from = self.by_address.get(start..).unwrap_or_default().iter();
        from.take_while(move |(other, _)| *other == address).map(|(_, position)| *position)
    }

    /// What the article's title is compared by.
    pub(super) fn titled(&self, position: Position) -> Option<&Titled> {
        position.of(&self.titles)?.as_deref().filter(|_| !self.is_of_series(position))
    }

    /// Gathers the articles after a change. `before` are the articles before, and `story_mates` gives the other articles of an
    /// article's story, by positions before. Returns the smallest position of each article's story as well.
    pub(super) fn changed<M: Iterator<Item = Position>>(
        &self,
        before: &[Arc<Article>],
        articles: &[Arc<Article>],
        change: &Change,
        story_mates: impl Fn(Position) -> M,
    ) -> (Self, Vec<Position>) {
        let titles = || {
            let titles = self.changed_titles(articles, change);
            let by_title = self.changed_series(&titles, change);
            (titles, by_title)
        };
        let groups = || {
            let by_address = self.changed_addresses(articles, change);
            let by_date = self.changed_dates(articles, change);
            let groups = AddressGroups::new(articles.len(), &by_address, &by_date);
            (by_address, by_date, groups)
        };
        let ((titles, by_title), (by_address, by_date, groups)) = rayon::join(titles, groups);
        let is_of_series = series(&by_title, &titles, groups.firsts());
        let mut after =
            Self { titles, by_address, by_title, by_date, is_of_series, joined: FxHashMap::default() };
        // The groups whose articles are other ones than before, or can join by other titles.
        let left =
            change.gone.iter().flat_map(|&gone| story_mates(gone)).filter_map(|mate| change.moved(mate));
        let stay = Position::all(self.is_of_series.len())
            .zip(&self.is_of_series)
            .filter_map(|(position, was)| Some((change.moved(position)?, *was)));
        let differ = stay.filter(|(position, was)| after.is_of_series(*position) != *was);
        let differ = differ.map(|(position, _)| position);
        let changed = groups.all_of(change.come.iter().copied().chain(left).chain(differ));
        let changed = changed.into_iter().filter_map(|position| position.of(articles));
        let gone = change.gone.iter().filter_map(|&gone| gone.of(before));
        let mut changed_at: Vec<Timestamp> =
            changed.chain(gone).filter_map(|article| shown_at(article)).collect();
        changed_at.sort_unstable();
        let stay = self
            .joined
            .iter()
            .filter_map(|(group, story)| Some((change.moved(*group)?, change.moved(*story)?)));
        let joined = stay.collect();
        after.joined = after.join_by_title(articles, &groups, joined, &changed_at);
        let mut stories = Groups::of(groups.firsts());
        after.joined.iter().for_each(|(group, story)| stories.join(*group, *story));
        (after, stories.into_firsts())
    }

    fn changed_titles(&self, articles: &[Arc<Article>], change: &Change) -> Vec<Option<Arc<Titled>>> {
        let mut titles = vec![None; articles.len()];
        let mut set = |position: Position, titled: Option<Arc<Titled>>| {
            if let Some(place) = position.of_mut(&mut titles) {
                *place = titled;
            }
        };
        for (position, titled) in Position::all(self.titles.len()).zip(&self.titles) {
            if let Some(moved) = change.moved(position) {
                set(moved, titled.clone());
            }
        }
        let article = |position: &Position| position.of(articles);
        let come = change.come.par_iter().map(|position| article(position).and_then(|come| Titled::of(come)));
        let come: Vec<Option<Arc<Titled>>> = come.map(|titled| titled.map(Arc::new)).collect();
        change.come.iter().zip(come).for_each(|(position, titled)| set(*position, titled));
        titles
    }

    fn changed_addresses(&self, articles: &[Arc<Article>], change: &Change) -> Vec<(u64, Position)> {
        let mut by_address = change.moved_all(&self.by_address);
        for &position in &change.come {
            let article = position.of(articles).filter(|article| article.may_be_shown());
            let addresses = article.into_iter().flat_map(|article| article.addresses.iter());
            by_address.extend(addresses.map(|address| (*address, position)));
        }
        // Most of it is sorted, which makes a stable sort fast.
        by_address.sort();
        by_address
    }

    fn changed_series(&self, titles: &[Option<Arc<Titled>>], change: &Change) -> Vec<(u64, Position)> {
        let mut by_title = change.moved_all(&self.by_title);
        by_title.extend(change.come.iter().filter_map(|&position| {
            let titled = position.of(titles)?.as_ref()?;
            Some((titled.of_provider(), position))
        }));
        by_title.sort();
        by_title
    }

    fn changed_dates(&self, articles: &[Arc<Article>], change: &Change) -> Vec<(Timestamp, Position)> {
        let id = |position: Position| position.of(articles).map(|article| &article.id);
        let compare = |one: &(Timestamp, Position), other: &(Timestamp, Position)| {
            one.0.cmp(&other.0).then_with(|| id(one.1).cmp(&id(other.1)))
        };
        let come = change.come.iter();
        let come = come.filter_map(|&position| Some((shown_at(position.of(articles)?)?, position)));
        let mut come: Vec<(Timestamp, Position)> = come.collect();
        come.sort_unstable_by(compare);
        // The moved ones are sorted. Comparing them again would read the ids of articles that have equal dates.
        merged(change.moved_all(&self.by_date), &come, compare)
    }

    /// By the oldest article of each group that joins a story by title: the first article of the story. `joined` has the same of
    /// before, and `changed_at` the dates of all articles of groups that changed, those that are gone among them, oldest first.
    /// Only the groups of the three days behind a change are decided again.
    fn join_by_title(
        &self,
        articles: &[Arc<Article>],
        groups: &AddressGroups,
        mut joined: FxHashMap<Position, Position>,
        changed_at: &[Timestamp],
    ) -> FxHashMap<Position, Position> {
        let mut firsts = Firsts::new(articles);
        let mut to_come = changed_at.iter().copied().peekable();
        let candidate = |position: Position| Some(Candidate { position, titled: self.titled(position)? });
        // The date of the last story that is another one than before.
        let mut last_change: Option<Timestamp> = None;
        let mut rest = &*self.by_date;
        while let Some((&(at, position), later)) = rest.split_first() {
            while let Some(change) = to_come.next_if(|change| *change <= at) {
                last_change = Some(change);
            }
            let is_open = last_change.is_some_and(|change| is_near(at, change));
            if !is_open {
                let Some(next) = to_come.peek() else { break };
                // The stories of the three days before the next change can take a group.
                let far = rest.partition_point(|(at, _)| at < next && !is_near(*at, *next));
                if far > 0 {
                    rest = rest.get(far..).unwrap_or_default();
                    continue;
                }
            }
            rest = later;
            let before = joined.get(&position).copied();
            if !groups.is_oldest(position) {
                joined.remove(&position);
                continue;
            }
            let group = groups.from(position).filter_map(candidate);
            let story = if is_open { firsts.earliest_match(at, group) } else { before };
            if story != before {
                last_change = Some(at);
            }
            match story {
                Some(story) => drop(joined.insert(position, story)),
                None => {
                    joined.remove(&position);
                    candidate(position).into_iter().for_each(|first| firsts.add(first));
                }
            }
        }
        joined
    }
}

/// By position: whether the title is that of a series.
fn series(by_title: &[(u64, Position)], titles: &[Option<Arc<Titled>>], groups: &[Position]) -> Vec<bool> {
    let mut is_of_series = vec![false; titles.len()];
    let mut mark = |position: Position| {
        position.of_mut(&mut is_of_series).into_iter().for_each(|is_of_series| *is_of_series = true);
    };
    let at = |position: Position| position.of(titles)?.as_ref().map(|titled| titled.at);
    for same in by_title.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
        let dated = same.iter().filter_map(|&(_, position)| Some((at(position)?, position)));
        let mut dated: Vec<(Timestamp, Position)> = dated.collect();
        dated.sort_unstable();
        find_series(&dated, groups, &mut mark);
    }
    is_of_series
}

/// The date of an article that can ever be shown.
fn shown_at(article: &Article) -> Option<Timestamp> {
    article.published_at.filter(|_| article.may_be_shown())
}
