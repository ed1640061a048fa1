//! Makes a request in a task of its own, and reports the outcome to the worker.

use std::sync::Arc;

use crate::delivery::kill;
use crate::delivery::send::{Action, Found, Outcome, Search, Sender};
use crate::ids::ChannelId;

/// A request to Discord, or a search for a post.
pub(super) enum Asked {
    Action(Arc<Action>),
    Search(Search),
}

/// The outcome of a channel's request.
pub(super) struct Finished {
    pub(super) channel: ChannelId,
    pub(super) result: StepResult,
}

/// The outcome of a request, or of a search.
pub(super) enum StepResult {
    Sent(Outcome),
    Searched(Found),
}

/// Makes the request, once.
pub(super) async fn answered<S: Sender>(sender: &S, channel: ChannelId, asked: Asked) -> Finished {
    kill::point("before-request");
    let result = match asked {
        Asked::Action(action) => StepResult::Sent(sender.send(&action).await),
        Asked::Search(search) => StepResult::Searched(sender.find(&search).await),
    };
    kill::point("after-answer");
    Finished { channel, result }
}
