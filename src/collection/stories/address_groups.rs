//! Groups of articles that addresses join, however many steps lie between them. An article that no address joins with another
//! is a group of its own.

use jiff::Timestamp;

use super::groups::Groups;

/// Stands for no position.
const NONE: u32 = u32::MAX;

/// The groups and their dated articles, oldest first.
pub(super) struct AddressGroups {
    /// By position: the smallest position of the group.
    firsts: Vec<u32>,
    /// By the smallest position of a group: its oldest article.
    oldest: Vec<u32>,
    /// By position: the next younger article of the group.
    younger: Vec<u32>,
}

impl AddressGroups {
    /// The groups of `count` articles. `by_address` has addresses with positions, `by_date` dates with positions; both are sorted.
    pub(super) fn new(count: usize, by_address: &[(u64, u32)], by_date: &[(Timestamp, u32)]) -> Self {
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
            let group = all.group(position) as usize;
            if let (Some(oldest), Some(younger)) =
                (all.oldest.get_mut(group), all.younger.get_mut(position as usize))
            {
                *younger = std::mem::replace(oldest, position);
            }
        }
        all
    }

    /// By position: the smallest position of the group, which names the group.
    pub(super) fn firsts(&self) -> &[u32] {
        &self.firsts
    }

    /// The group of an article.
    pub(super) fn group(&self, position: u32) -> u32 {
        self.firsts.get(position as usize).copied().unwrap_or(position)
    }

    /// The dated articles of the groups of some articles, each group once.
    pub(super) fn all_of(&self, positions: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut is_taken = vec![false; self.firsts.len()];
        let mut all = Vec::new();
        for position in positions {
            let group = self.group(position) as usize;
            let oldest = self.oldest.get(group).copied().filter(|oldest| *oldest != NONE);
            let is_new = is_taken.get_mut(group).is_some_and(|is_taken| !std::mem::replace(is_taken, true));
            all.extend(oldest.filter(|_| is_new).into_iter().flat_map(|oldest| self.from(oldest)));
        }
        all
    }

    /// Whether an article is the oldest of its group.
    pub(super) fn is_oldest(&self, position: u32) -> bool {
        self.oldest.get(self.group(position) as usize) == Some(&position)
    }

    /// An article and the younger ones of its group, oldest first.
    pub(super) fn from(&self, position: u32) -> impl Iterator<Item = u32> + '_ {
        let younger =
            |position: &u32| self.younger.get(*position as usize).copied().filter(|other| *other != NONE);
        std::iter::successors(Some(position), younger)
    }
}
