//! Many lists of positions in one allocation. Most lists are short, and an allocation for each would take more memory than
//! its positions.

use super::position::Position;
use super::position_map::PositionMap;

/// Postings of ascending positions, by number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Postings {
    /// Where each list ends.
    ends: Vec<u32>,
    positions: Vec<Position>,
}

impl Postings {
    pub(super) fn of<'a>(lists: impl ExactSizeIterator<Item = &'a [Position]> + Clone) -> Self {
        let count = lists.clone().map(<[Position]>::len).sum();
        let mut all = Self { ends: Vec::with_capacity(lists.len()), positions: Vec::with_capacity(count) };
        lists.for_each(|list| all.push(list));
        all
    }

    fn push(&mut self, list: &[Position]) {
        self.positions.extend_from_slice(list);
        self.end_list();
    }

    /// Ends the list at the last position. Memory never holds as many as `u32::MAX` positions.
    fn end_list(&mut self) {
        self.ends.push(u32::try_from(self.positions.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The list of this number; empty where there is none.
    pub(super) fn get(&self, number: usize) -> &[Position] {
        let start = number.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(number)).map(|(start, end)| start as usize..*end as usize);
        range.and_then(|range| self.positions.get(range)).unwrap_or_default()
    }

    /// The lists after a change. `come` has a list's number and a position for each list of each article that comes.
    pub(super) fn changed(&self, map: &PositionMap<'_>, mut come: Vec<(usize, Position)>) -> Self {
        come.sort_unstable();
        come.dedup();
        let mut come = come.into_iter().peekable();
        let mut after = Self {
            ends: Vec::with_capacity(self.len()),
            positions: Vec::with_capacity(self.positions.len() + come.len()),
        };
        for number in 0..self.len() {
            let stay = self.get(number).iter().filter_map(|&position| map.moved(position));
            for position in stay {
                while let Some((_, new)) = come.next_if(|(list, new)| *list == number && *new < position) {
                    after.positions.push(new);
                }
                after.positions.push(position);
            }
            while let Some((_, new)) = come.next_if(|(list, _)| *list == number) {
                after.positions.push(new);
            }
            after.end_list();
        }
        after
    }
}
