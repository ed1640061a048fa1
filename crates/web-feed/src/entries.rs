//! The entries of a feed, within their bound.

use crate::bounds::ENTRIES_MAX;
use crate::feed::Entry;

/// Collects entries. Of too many, the newest stay, and those without a date go first.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// With their places in the feed.
    entries: Vec<(usize, Entry)>,
    count: usize,
}

impl Entries {
    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries.push((self.count, entry));
        self.count += 1;
        // Sorting only now and then keeps the time in proportion to the number of entries.
        if self.entries.len() >= 2 * ENTRIES_MAX {
            self.keep_newest();
        }
    }

    /// In the order of the feed.
    pub(crate) fn into_vec(mut self) -> Vec<Entry> {
        self.keep_newest();
        self.entries.sort_by_key(|(place, _)| *place);
        self.entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn keep_newest(&mut self) {
        if self.entries.len() > ENTRIES_MAX {
            let date = |entry: &Entry| entry.published.or(entry.updated);
            self.entries.sort_by_key(|(place, entry)| (std::cmp::Reverse(date(entry)), *place));
            self.entries.truncate(ENTRIES_MAX);
        }
    }
}
