//! What has become of a story that was sent: whether an article still tells it, and which.

use jiff::Timestamp;

use crate::delivery::book::Book;
use crate::delivery::record::Delivery;
use crate::delivery::snapshot::{Presence, Snapshot};

/// What has become of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The article at this position tells it.
    Told(usize),
    /// Nothing that can be shown is certain: its card stays as it is.
    Unclear,
    /// A readable file takes it back, and no other tells it.
    TakenBack,
    /// Its file is missing, and no other tells it.
    Missing,
}

/// What has become of a story: told by the article that was posted, else by the hottest visible one that has an identity in
/// common with it. One that was posted as well, before anybody knew that both tell one story, has a card already.
#[must_use]
pub fn standing(snapshot: &Snapshot, book: &Book, delivery: &Delivery, now: Timestamp) -> Standing {
    let collection = snapshot.collection();
    let presence = snapshot.presence(delivery.article);
    if let Presence::There(position) = presence {
        return if collection.is_visible(position, now) {
            Standing::Told(position)
        } else {
            Standing::Unclear
        };
    }
    let others = snapshot.known_by(delivery).into_iter();
    let mut showable = others.filter(|&position| {
        collection.is_visible(position, now)
            && collection.article(position).is_some_and(|article| {
                article.usable_link().is_some() && !book.stands_apart_from(delivery.id, &article.id)
            })
    });
    match (showable.next(), presence) {
        (Some(position), _) => Standing::Told(position),
        (None, Presence::TakenBack) => Standing::TakenBack,
        // It was moved to a file that has a problem now.
        (None, Presence::Absent) if snapshot.is_any_unreadable(&delivery.hashes) => Standing::Unclear,
        (None, Presence::Absent) => Standing::Missing,
        (None, Presence::There(_) | Presence::Unreadable) => Standing::Unclear,
    }
}
