//! Groups of articles that addresses join, however many steps lie between them. An article that no address joins with another
//! is a group of its own.

use jiff::Timestamp;

use super::groups::Groups;
use crate::collection::Position;

/// Stands for no position.
const NONE: Position = Position::LAST;

/// The groups and their dated articles, oldest first.
pub(super) struct AddressGroups {
    /// By position: the smallest position of the group.
    firsts: Vec<Position>,
    /// By the smallest position of a group: its oldest article.
    oldest: Vec<Position>,
    /// By position: the next younger article of the group.
    younger: Vec<Position>,
}

impl AddressGroups {
    /// The groups of `count` articles. `by_address` has addresses with positions, `by_date` dates with positions; both are sorted.
    pub(super) fn new(
        count: usize,
        by_address: &[(u64, Position)],
        by_date: &[(Timestamp, Position)],
    ) -> Self {
        let mut groups = Groups::new(count);
        for pair in by_address.windows(2) {
            if let [(address, first), (other_address, second)] = *pair
                && address == other_address
            {
                groups.join(first, second);
            }
        }
        let firsts = groups.into_firsts();
        let mut all = Self { firsts, oldest: vec![NONE; count], younger: vec![NONE; count] };
        for &(_, position) in by_date.iter().rev() {
            let group = all.group(position);
            if let (Some(oldest), Some(younger)) =
                (group.of_mut(&mut all.oldest), position.of_mut(&mut all.younger))
            {
                *younger = std::mem::replace(oldest, position);
            }
        }
        all
    }

    /// By position: the smallest position of the group, which names the group.
    pub(super) fn firsts(&self) -> &[Position] {
        &self.firsts
    }

    /// The group of an article.
    pub(super) fn group(&self, position: Position) -> Position {
        position.of(&self.firsts).copied().unwrap_or(position)
    }

    /// The dated articles of the groups of some articles, each group once.
    pub(super) fn all_of(&self, positions: impl Iterator<Item = Position>) -> Vec<Position> {
        let mut is_taken = vec![false; self.firsts.len()];
        let mut all = Vec::new();
        for position in positions {
            let group = self.group(position);
            let oldest = group.of(&self.oldest).copied().filter(|oldest| *oldest != NONE);
            let is_new =
                group.of_mut(&mut is_taken).is_some_and(|is_taken| !std::mem::replace(is_taken, true));
            all.extend(oldest.filter(|_| is_new).into_iter().flat_map(|oldest| self.from(oldest)));
        }
        all
    }

    /// Whether an article is the oldest of its group.
    pub(super) fn is_oldest(&self, position: Position) -> bool {
        self.group(position).of(&self.oldest) == Some(&position)
    }

    /// An article and the younger ones of its group, oldest first.
    pub(super) fn from(&self, position: Position) -> impl Iterator<Item = Position> + '_ {
        let younger =
            |position: &Position| position.of(&self.younger).copied().filter(|other| *other != NONE);
        std::iter::successors(Some(position), younger)
    }
}
