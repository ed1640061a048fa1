//! Whether an article still reports a sent story, and which one.

use jiff::Timestamp;

use crate::collection::Position;
use crate::delivery::channel_state::ChannelState;
use crate::delivery::record::Delivery;
use crate::delivery::snapshot::{FilePresence, Snapshot};

/// Whether an article still reports a sent story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryPresence {
    /// The article at this position reports the story.
    Reported(Position),
    /// It is not certain that the story may be displayed or has to go. The card stays as it is.
    Unclear,
    /// A readable file withdraws the story, and no other article reports it.
    Withdrawn,
    /// The file is missing, and no other article reports the story.
    Missing,
}

/// Looks for an article that reports the story: first the posted article, then the hottest visible article
/// that shares an identity. An article with a sent delivery of its own does not count, because it has a card
/// already.
#[must_use]
pub fn story_presence(
    snapshot: &Snapshot,
    rows: &ChannelState,
    delivery: &Delivery,
    now: Timestamp,
) -> StoryPresence {
    let collection = snapshot.collection();
    let presence = snapshot.presence(delivery.article);
    if let FilePresence::There(position) = presence {
        return if collection.is_visible(position, now) {
            StoryPresence::Reported(position)
        } else {
            StoryPresence::Unclear
        };
    }
    let others = snapshot.known_by(delivery).into_iter();
    let mut showable = others.filter(|&position| {
        collection.is_visible(position, now)
            && collection.article(position).is_some_and(|article| {
                article.usable_link().is_some() && !rows.is_sent_by_another(delivery.id, &article.id)
            })
    });
    match (showable.next(), presence) {
        (Some(position), _) => StoryPresence::Reported(position),
        (None, FilePresence::Hidden) => StoryPresence::Withdrawn,
        // The file may have moved to one that has a problem now.
        (None, FilePresence::Absent) if snapshot.is_any_unreadable(&delivery.hashes) => {
            StoryPresence::Unclear
        }
        (None, FilePresence::Absent) => StoryPresence::Missing,
        (None, FilePresence::There(_) | FilePresence::Unreadable) => StoryPresence::Unclear,
    }
}
