//! The list of all visible stories, kept between questions. The list of a snapshot changes only when an article becomes
//! visible, so the first question after that moment makes the list, and the others share it.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use jiff::Timestamp;

use super::position::Position;

/// The last list that was made, and the time in which it holds.
#[derive(Debug, Default)]
pub(super) struct CachedListing {
    listing: ArcSwapOption<Listing>,
}

#[derive(Debug)]
struct Listing {
    from: Timestamp,
    until: Timestamp,
    stories: Arc<[Position]>,
}

impl CachedListing {
    /// The list at this time. Where none is kept for it, `list` makes one, which holds until `next_change`.
    pub(super) fn at(
        &self,
        now: Timestamp,
        next_change: impl FnOnce() -> Timestamp,
        list: impl FnOnce() -> Arc<[Position]>,
    ) -> Arc<[Position]> {
        if let Some(listing) = self.listing.load().as_deref()
            && (listing.from..listing.until).contains(&now)
        {
            return Arc::clone(&listing.stories);
        }
        let stories = list();
        let listing = Listing { from: now, until: next_change(), stories: Arc::clone(&stories) };
        self.listing.store(Some(Arc::new(listing)));
        stories
    }
}
