//! The answer to the widest question, ready. It only changes when an article's time comes, so it is worked out at most
//! once for each such moment of a snapshot, by the first who asks, and handed to all others as it is.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use jiff::Timestamp;

/// A list that holds from one moment to another.
#[derive(Debug, Default)]
pub(super) struct CachedListing {
    listing: ArcSwapOption<Listing>,
}

#[derive(Debug)]
struct Listing {
    from: Timestamp,
    until: Timestamp,
    stories: Arc<[usize]>,
}

impl CachedListing {
    /// The list at this time, made by `list` and good until `next_change` where there is none yet.
    pub(super) fn at(
        &self,
        now: Timestamp,
        next_change: impl FnOnce() -> Timestamp,
        list: impl FnOnce() -> Arc<[usize]>,
    ) -> Arc<[usize]> {
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
