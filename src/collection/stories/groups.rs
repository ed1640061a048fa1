//! Sets that grow together.

use std::collections::HashMap;

/// A union of sets, each known by its smallest member. Who was never joined stands alone.
#[derive(Default)]
pub(super) struct Groups {
    parents: HashMap<u32, u32>,
}

impl Groups {
    pub(super) fn first(&mut self, member: u32) -> u32 {
        let mut root = member;
        while let Some(&parent) = self.parents.get(&root).filter(|parent| **parent != root) {
            root = parent;
        }
        // Shorten the way for the next one who asks.
        let mut step = member;
        while let Some(parent) = self.parents.get_mut(&step).filter(|parent| **parent != root) {
            step = std::mem::replace(parent, root);
        }
        root
    }

    pub(super) fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.first(left), self.first(right));
        if left != right {
            self.parents.insert(left.max(right), left.min(right));
            self.parents.insert(left.min(right), left.min(right));
        }
    }

    /// All that were joined to another.
    pub(super) fn members(&self) -> Vec<u32> {
        self.parents.keys().copied().collect()
    }

    /// The smallest member of each set, by member, of all that were joined.
    pub(super) fn into_firsts(mut self) -> HashMap<u32, u32> {
        let members = self.members();
        members.into_iter().map(|member| (member, self.first(member))).collect()
    }
}
