//! The place of an article in a collection.

/// The place of an article in one collection: 0 is the first article in the contract's order. A position means nothing in another
/// collection, not even in the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(u32);

impl Position {
    /// The last position. No collection is so long that an article stands there.
    pub(super) const LAST: Self = Self(u32::MAX);

    /// The position with this index; the last position where the index does not fit.
    #[must_use]
    pub fn new(index: usize) -> Self {
        u32::try_from(index).map_or(Self::LAST, Self)
    }

    /// All positions of a collection with so many articles, ascending.
    pub fn all(count: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
        (0..count).map(Self::new)
    }

    /// The position as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The item at this position of an array with one item for each article.
    pub fn of<T>(self, items: &[T]) -> Option<&T> {
        items.get(self.index())
    }

    /// As [`Position::of`], for writing.
    pub(super) fn of_mut<T>(self, items: &mut [T]) -> Option<&mut T> {
        items.get_mut(self.index())
    }
}
