//! Sets that grow together.

use crate::collection::Position;

/// A union of sets of positions. The smallest member of a set names the set.
pub(super) struct Groups {
    /// By position: a smaller member of the same set, or the position itself.
    parents: Vec<Position>,
}

impl Groups {
    /// So many sets of one member each.
    pub(super) fn new(count: usize) -> Self {
        Self { parents: Position::all(count).collect() }
    }

    /// Sets as [`Groups::into_firsts`] gave them.
    pub(super) fn of(firsts: &[Position]) -> Self {
        Self { parents: firsts.to_vec() }
    }

    fn parent(&self, member: Position) -> Position {
        member.of(&self.parents).copied().unwrap_or(member)
    }

    fn first(&mut self, member: Position) -> Position {
        let (mut member, mut parent) = (member, self.parent(member));
        while parent != member {
            // Halves the way for the next question.
            let above = self.parent(parent);
            member.of_mut(&mut self.parents).into_iter().for_each(|parent| *parent = above);
            (member, parent) = (above, self.parent(above));
        }
        member
    }

    pub(super) fn join(&mut self, left: Position, right: Position) {
        let (left, right) = (self.first(left), self.first(right));
        let (smaller, larger) = (left.min(right), left.max(right));
        larger.of_mut(&mut self.parents).into_iter().for_each(|parent| *parent = smaller);
    }

    /// By position: the smallest member of its set.
    pub(super) fn into_firsts(mut self) -> Vec<Position> {
        // A parent is smaller than its child, so it has its answer already.
        for member in Position::all(self.parents.len()) {
            let first = self.parent(self.parent(member));
            member.of_mut(&mut self.parents).into_iter().for_each(|parent| *parent = first);
        }
        self.parents
    }
}
