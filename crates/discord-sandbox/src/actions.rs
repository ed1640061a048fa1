//! Actions of the host program. Only the page offers them.

use std::fmt;
use std::sync::Arc;

/// A button on the page that calls the host program. No bot can see or press it.
#[derive(Clone)]
pub struct PageAction {
    /// The words on the button. No two actions of a sandbox have the same name.
    pub name: String,
    /// Called for each press. It runs on a task of the sandbox, so it must not block. The page displays the returned words.
    pub run: Arc<dyn Fn() -> String + Send + Sync>,
}

impl fmt::Debug for PageAction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PageAction").field("name", &self.name).finish_non_exhaustive()
    }
}
