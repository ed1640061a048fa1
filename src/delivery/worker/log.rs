//! Log lines for answered requests: the articles, and the reason of a failure.

use tracing::{Level, enabled, info, warn};

use super::Worker;
use super::running::Running;
use crate::delivery::plan::StepKind;
use crate::delivery::record::PostKey;
use crate::delivery::retry::Decision;
use crate::delivery::send::{Outcome, Sender};
use crate::ids::ChannelId;

/// How many articles of a digest a line names.
const ARTICLES_MAX: usize = 3;

impl<S: Sender> Worker<S> {
    pub(super) fn log(&self, channel: ChannelId, running: &Running, outcome: &Outcome, decision: &Decision) {
        if !enabled!(Level::INFO) {
            return;
        }
        let (feed, step) = (running.post.feed.0, running.step.kind());
        let articles = self.articles(channel, running.post.key);
        let message = running.post.message.map(|message| message.0);
        match decision {
            Decision::Done(_) | Decision::AlreadyDone => {
                info!(%channel, feed, message, articles, "{}", done(step));
            }
            Decision::Retry { after, .. } => {
                let after_s = after.as_secs();
                warn!(%channel, feed, message, articles, ?step, after_s, ?outcome, "tried again later");
            }
            Decision::PauseFeed(_) | Decision::Fail(_) => {
                warn!(%channel, feed, message, articles, ?step, ?outcome, "Discord refused");
            }
            _ => info!(%channel, feed, message, articles, ?step, ?outcome, "ended otherwise"),
        }
    }

    /// The ids of the articles in a post. Memory has no ids of articles whose files are gone.
    fn articles(&self, channel: ChannelId, post: PostKey) -> String {
        let Some(channel) = self.channels.get(&channel) else { return String::new() };
        let carried: Vec<_> = channel.state.carried_by(post).collect();
        let positions = carried.iter().filter_map(|row| self.snapshot.position(row.article));
        let articles = positions.filter_map(|position| self.snapshot.collection().article(position));
        let there: Vec<&str> = articles.map(|article| article.id.as_str()).collect();
        let named = there.get(..ARTICLES_MAX).unwrap_or(&there).join(", ");
        let (more, gone) = (there.len().saturating_sub(ARTICLES_MAX), carried.len() - there.len());
        let more = (more > 0).then(|| format!("{more} more"));
        let gone = (gone > 0).then(|| format!("{gone} without a file"));
        let parts = [Some(named).filter(|named| !named.is_empty()), more, gone];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}

fn done(step: StepKind) -> &'static str {
    match step {
        StepKind::Post => "posted",
        StepKind::Withdraw => "withdrawn",
        StepKind::Discussion => "opened a thread",
        StepKind::Crosspost => "published",
        StepKind::Edit => "corrected",
    }
}
