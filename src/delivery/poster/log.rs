//! What the log says of requests that were answered: what was done with which articles, or why not.

use tracing::{Level, enabled, info, warn};

use super::Poster;
use super::steps::Running;
use crate::delivery::plan::StepKind;
use crate::delivery::record::PostKey;
use crate::delivery::retry::Decision;
use crate::delivery::send::{Outcome, Sender};

/// Articles of a digest that a line names, at most.
const ARTICLES_MAX: usize = 3;

impl<S: Sender> Poster<S> {
    pub(super) fn log(&self, channel: u64, running: &Running, outcome: &Outcome, decision: &Decision) {
        if !enabled!(Level::INFO) {
            return;
        }
        let (feed, step) = (running.feed.0, running.step.kind());
        let articles = self.articles(channel, running.post.key);
        match decision {
            Decision::Done(_) | Decision::AlreadyDone => info!(channel, feed, articles, "{}", done(step)),
            Decision::Retry { after, .. } => {
                let after_s = after.as_secs();
                warn!(channel, feed, articles, ?step, after_s, ?outcome, "tried again later");
            }
            Decision::PauseFeed { .. } | Decision::Fail { .. } => {
                warn!(channel, feed, articles, ?step, ?outcome, "Discord refused");
            }
            _ => info!(channel, feed, articles, ?step, ?outcome, "settled otherwise"),
        }
    }

    /// The ids of the articles in a post, as far as their files are there.
    fn articles(&self, channel: u64, post: PostKey) -> String {
        let Some(state) = self.channels.get(&channel) else { return String::new() };
        let positions = state.book.carried_by(post).filter_map(|row| self.snapshot.position(row.article));
        let mut articles = positions.filter_map(|position| self.snapshot.collection().article(position));
        let named: Vec<&str> =
            articles.by_ref().take(ARTICLES_MAX).map(|article| article.id.as_str()).collect();
        match articles.count() {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }
}

fn done(step: StepKind) -> &'static str {
    match step {
        StepKind::Post => "posted",
        StepKind::Withdraw => "taken back",
        StepKind::Discussion => "opened a thread",
        StepKind::Crosspost => "published",
        StepKind::Edit => "corrected",
    }
}
