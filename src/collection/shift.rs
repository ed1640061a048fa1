//! How the positions of one snapshot become those of the next, when few of many articles change.
//!
//! An index that goes by position is then not made anew: what stays keeps its order, so each list is copied, number by
//! number, and what comes is put in between.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use super::contract_order::order;
use article_format::Article;

/// Stands for the position of an article that is gone.
const GONE: u32 = u32::MAX;

/// What one change does to positions.
#[derive(Debug)]
pub(super) struct Shift<'a> {
    /// By position before: the one after, or [`GONE`].
    moved: Vec<u32>,
    parts: Vec<Part>,
    /// Positions before of what is gone, ascending, each once.
    pub(super) gone: &'a [u32],
    /// Positions after of what comes, ascending.
    pub(super) come: Vec<u32>,
}

/// A part of the articles after.
#[derive(Debug)]
enum Part {
    /// What stood there before, and stays.
    Stay(Range<usize>),
    /// One that comes.
    Come,
}

impl<'a> Shift<'a> {
    /// Of articles in the contract's order, some of which are gone, and others come in this order. Gives what there is then.
    pub(super) fn of(
        before: &[Arc<Article>],
        gone: &'a [u32],
        come: Vec<Arc<Article>>,
    ) -> (Self, Vec<Arc<Article>>) {
        let mut shift = Self {
            moved: vec![GONE; before.len()],
            parts: Vec::with_capacity(gone.len() + 2 * come.len() + 1),
            gone,
            come: Vec::with_capacity(come.len()),
        };
        let mut after = Vec::with_capacity((before.len() + come.len()).saturating_sub(gone.len()));
        let mut start = 0;
        for article in come {
            let rest = before.get(start..).unwrap_or_default();
            let end = start + rest.partition_point(|other| order(other, &article) == Ordering::Less);
            shift.stay(before, start..end, &mut after);
            start = end;
            shift.come.push(as_position(after.len()));
            shift.parts.push(Part::Come);
            after.push(article);
        }
        shift.stay(before, start..before.len(), &mut after);
        (shift, after)
    }

    /// What stood in this range stays, but for what is gone.
    fn stay(&mut self, before: &[Arc<Article>], range: Range<usize>, after: &mut Vec<Arc<Article>>) {
        let first = self.gone.partition_point(|&gone| (gone as usize) < range.start);
        let gone = self.gone.get(first..).unwrap_or_default().iter().map(|&gone| gone as usize);
        let mut start = range.start;
        for end in gone.take_while(|gone| *gone < range.end).chain([range.end]) {
            let stays = start..end;
            let shifted = as_position(after.len())..;
            for (moved, position) in
                self.moved.get_mut(stays.clone()).unwrap_or_default().iter_mut().zip(shifted)
            {
                *moved = position;
            }
            after.extend_from_slice(before.get(stays.clone()).unwrap_or_default());
            if !stays.is_empty() {
                self.parts.push(Part::Stay(stays));
            }
            start = end + 1;
        }
    }

    /// What is known of each article, by position: of those that come by `new`, which is given their positions.
    pub(super) fn array<T: Copy>(&self, before: &[T], mut new: impl FnMut(u32) -> T) -> Vec<T> {
        let mut after = Vec::with_capacity(before.len() + self.come.len());
        self.each_part(|part| match part {
            Ok(stays) => after.extend_from_slice(before.get(stays).unwrap_or_default()),
            Err(position) => after.push(new(position)),
        });
        after
    }

    /// Hands out what stays, by the range of its positions before, and what comes, by its position after, in order.
    pub(super) fn each_part(&self, mut take: impl FnMut(Result<Range<usize>, u32>)) {
        let mut come = self.come.iter().copied();
        for part in &self.parts {
            match part {
                Part::Stay(range) => take(Ok(range.clone())),
                Part::Come => come.next().into_iter().for_each(|position| take(Err(position))),
            }
        }
    }

    /// Where the article stands that stood there; `None` if it is gone.
    pub(super) fn moved(&self, position: u32) -> Option<u32> {
        self.moved.get(position as usize).copied().filter(|&moved| moved != GONE)
    }

    /// Sorted items with a position each, which `position` gives access to: those of articles that stay, and the `new` ones,
    /// sorted as well, in between. Those that stay have to compare as they did before, the order of positions included.
    pub(super) fn sorted<T: Copy>(
        &self,
        before: &[T],
        new: &[T],
        position: impl Fn(&mut T) -> &mut u32,
        compare: impl Fn(&T, &T) -> Ordering,
    ) -> Vec<T> {
        let stay = before.iter().filter_map(|item| {
            let mut item = *item;
            let at = position(&mut item);
            *at = self.moved(*at)?;
            Some(item)
        });
        let mut stay_only = Vec::with_capacity(before.len());
        stay_only.extend(stay);
        if new.is_empty() {
            return stay_only;
        }
        let mut after = Vec::with_capacity(stay_only.len() + new.len());
        let mut rest = &*stay_only;
        for item in new {
            let smaller = rest.partition_point(|other| compare(other, item) == Ordering::Less);
            let (before_it, behind_it) = rest.split_at(smaller);
            after.extend_from_slice(before_it);
            after.push(*item);
            rest = behind_it;
        }
        after.extend_from_slice(rest);
        after
    }
}

/// The number by which indexes know a place in a list; no collection is so long that it does not fit.
pub(super) fn as_position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(GONE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use article_format::fixture::article;

    proptest! {
        #[test]
        fn positions_before_lead_to_those_after(
            heats in proptest::collection::vec(0_i64..20, 0..30), gone in proptest::collection::btree_set(0_u32..30, 0..9),
            come in proptest::collection::vec(0_i64..20, 0..9),
        ) {
            let made = |name: &str, heats: &[i64]| {
                let articles = heats.iter().enumerate().map(|(number, &heat)| {
                    Arc::new(article(&format!("{name}{number}"), |article| article.heat = heat))
                });
                let mut articles: Vec<_> = articles.collect();
                articles.sort_by(|one, other| order(one, other));
                articles
            };
            let (before, come) = (made("stays", &heats), made("comes", &come));
            let gone: Vec<u32> = gone.into_iter().filter(|&at| (at as usize) < before.len()).collect();
            let (shift, after) = Shift::of(&before, &gone, come.clone());
            let mut expected: Vec<_> = before.iter().enumerate()
                .filter(|(at, _)| !gone.contains(&as_position(*at))).map(|(_, article)| Arc::clone(article)).chain(come).collect();
            expected.sort_by(|one, other| order(one, other));
            prop_assert_eq!(&after, &expected);
            for (at, article) in before.iter().enumerate() {
                let moved = shift.moved(as_position(at)).map(|at| &*after[at as usize]);
                prop_assert_eq!(moved, (!gone.contains(&as_position(at))).then_some(&**article));
            }
            let heats: Vec<i64> = before.iter().map(|article| article.heat).collect();
            let shifted = shift.array(&heats, |at| after[at as usize].heat);
            prop_assert_eq!(shifted, after.iter().map(|article| article.heat).collect::<Vec<_>>());
            let all: Vec<u32> = (0..as_position(before.len())).collect();
            let expected: Vec<u32> = (0..as_position(after.len())).collect();
            prop_assert_eq!(shift.sorted(&all, &shift.come, |position| position, Ord::cmp), expected);
        }
    }
}
