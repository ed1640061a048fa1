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
    /// By the smallest position of a group: whether the group differs from those before a change.
    has_changed: Vec<bool>,
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
        let mut all = Self {
            firsts,
            oldest: vec![NONE; count],
            younger: vec![NONE; count],
            has_changed: vec![false; count],
        };
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

    /// Notes that the group of an article differs from those before.
    pub(super) fn mark_changed(&mut self, position: u32) {
        let group = self.group(position) as usize;
        self.has_changed.get_mut(group).into_iter().for_each(|has_changed| *has_changed = true);
    }

    /// Whether the group of an article differs from those before.
    pub(super) fn has_changed(&self, position: u32) -> bool {
        self.has_changed.get(self.group(position) as usize).copied().unwrap_or(true)
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
