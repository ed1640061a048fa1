//! Kinds of requests. The same refusal has different meanings for them.

use crate::delivery::send::Action;

/// The kind of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// [`Action::Post`].
    Post,
    /// [`Action::ForumPost`].
    ForumPost,
    /// [`Action::Edit`] of a message in the feed's channel.
    Edit,
    /// [`Action::Edit`] of a forum post's first message.
    EditForumPost,
    /// [`Action::Delete`] of a message in the feed's channel.
    Delete,
    /// [`Action::Delete`] of a forum post's first message.
    DeleteForumPost,
    /// [`Action::DeleteThread`].
    DeleteThread,
    /// [`Action::OpenThread`].
    OpenThread,
    /// [`Action::Crosspost`].
    Crosspost,
}

impl ActionKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Post,
        Self::ForumPost,
        Self::Edit,
        Self::EditForumPost,
        Self::Delete,
        Self::DeleteForumPost,
        Self::DeleteThread,
        Self::OpenThread,
        Self::Crosspost,
    ];
}

impl From<&Action> for ActionKind {
    fn from(action: &Action) -> Self {
        match action {
            Action::Post { .. } => Self::Post,
            Action::ForumPost { .. } => Self::ForumPost,
            // The first message of a forum post has the id of its thread (Discord's docs, "Start Thread in
            // Forum").
            Action::Edit { place, .. } if place.channel.0 == place.message.0 => Self::EditForumPost,
            Action::Edit { .. } => Self::Edit,
            Action::Delete { place } if place.channel.0 == place.message.0 => Self::DeleteForumPost,
            Action::Delete { .. } => Self::Delete,
            Action::DeleteThread { .. } => Self::DeleteThread,
            Action::OpenThread { .. } => Self::OpenThread,
            Action::Crosspost { .. } => Self::Crosspost,
        }
    }
}
