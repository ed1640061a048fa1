//! The button that resumes a paused feed.

use super::desk::{self, answered};
use super::words;
use crate::discord::component::{Kind, Pressed};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::reply::Reply;
use crate::feed::FeedId;

/// A button that does what `/feed resume` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResumeFeed {
    pub(crate) feed: FeedId,
}

impl Kind for ResumeFeed {
    const TAG: &'static str = "resume1";
    const UPDATES: bool = false;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).number(self.feed.0)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { feed: FeedId(fields.number()?) })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let (state, words) = (pressed.invocation.state, pressed.invocation.words);
        let desk = desk::of(state, words)?;
        let resumed = answered(desk.resume(pressed.invocation.guild(), self.feed), words).await;
        let feed = resumed.map_err(Reply::to_asker)?;
        Ok(Reply::to_asker(words::resumed(&feed, state.awaits_articles(), words)))
    }
}
