//! Sets that grow together.

/// A union of sets of positions. The smallest member of a set names the set.
pub(super) struct Groups {
    /// By position: a smaller member of the same set, or the position itself.
    parents: Vec<u32>,
}

impl Groups {
    /// So many sets of one member each.
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..).take(count).collect() }
    }

    /// Sets as [`Groups::into_firsts`] gave them.
    pub(super) fn of(firsts: &[u32]) -> Self {
        Self { parents: firsts.to_vec() }
    }

    fn parent(&self, member: u32) -> u32 {
        self.parents.get(member as usize).copied().unwrap_or(member)
    }

    fn first(&mut self, member: u32) -> u32 {
        let (mut member, mut parent) = (member, self.parent(member));
        while parent != member {
            // Halves the way for the next question.
            let above = self.parent(parent);
            self.parents.get_mut(member as usize).into_iter().for_each(|parent| *parent = above);
            (member, parent) = (above, self.parent(above));
        }
        member
    }

    pub(super) fn join(&mut self, left: u32, right: u32) {
        let (left, right) = (self.first(left), self.first(right));
        let (smaller, larger) = (left.min(right), left.max(right));
        self.parents.get_mut(larger as usize).into_iter().for_each(|parent| *parent = smaller);
    }

    /// By position: the smallest member of its set.
    pub(super) fn into_firsts(mut self) -> Vec<u32> {
        // A parent is smaller than its child, so it has its answer already.
        for member in 0..self.parents.len() {
            let first = self.parents.get(member).map_or(0, |&parent| self.parent(parent));
            self.parents.get_mut(member).into_iter().for_each(|parent| *parent = first);
        }
        self.parents
    }
}
