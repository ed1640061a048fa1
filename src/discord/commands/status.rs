//! `/status`: how the bot is, for moderators.

use std::time::Duration;

use jiff::Timestamp;
use serenity::builder::CreateCommand;

use super::{feed, problems, reload};
use crate::discord::reply::{Reply, fitting};
use crate::discord::state::State;
use crate::reload::counted;

/// Who asks, and what only the connection knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusInput {
    /// The server's id.
    pub server: u64,
    /// How long the gateway takes to answer, if that is known.
    pub latency: Option<Duration>,
}

/// The command as it is registered.
pub fn definition() -> CreateCommand {
    CreateCommand::new("status").description("Articles, feeds, problems, the last reload, and how the bot is")
}

/// Answers the command.
pub async fn run(input: StatusInput, state: &State) -> Reply {
    let collection = state.collection();
    let now = state.now();
    let visible = collection.dates().visible(now).count();
    let (troubles, feeds) = feeds(input.server, state).await;
    let mut lines: Vec<String> = troubles.into_iter().collect();
    lines.extend([
        format!(
            "**Articles** {} ({visible} visible) · **topics** {}",
            collection.articles().len(),
            collection.topics().names().len()
        ),
        problems::in_words(collection.problems()),
    ]);
    lines.push(feeds);
    lines.extend(last_load(state, collection.articles().len()));
    let latency = input
        .latency
        .map_or_else(|| "not measured yet".to_owned(), |latency| format!("{} ms", latency.as_millis()));
    lines.push(format!("**Gateway latency** {latency}"));
    let version = env!("CARGO_PKG_VERSION");
    lines.push(format!("**heatwire** {version}, started {}", relative(state.started_at())));
    let row = problems::button(collection.problems());
    Reply { rows: row.into_iter().collect(), ..Reply::to_asker(fitting(&lines)) }
}

/// What a moderator has to see first, and the feeds of their server in a line.
async fn feeds(server: u64, state: &State) -> (Option<String>, String) {
    let Some(desk) = state.desk() else {
        return (None, "**Feeds** none: I run without a database".to_owned());
    };
    let summary = match feed::answered(desk.summary(Some(server))).await {
        Ok(summary) => summary,
        Err(fault) => return (Some(format!("⚠️ **Feeds** {fault}")), "**Feeds** not known".to_owned()),
    };
    let counts = [(summary.paused, "paused"), (summary.failed, "failed"), (summary.unknown, "unknown")];
    let troubles: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let troubles = (!troubles.is_empty())
        .then(|| format!("⚠️ **Feeds** {}; `/feed list` tells more", troubles.join(" · ")));
    let words = counts.map(|(count, words)| format!("{count} {words}")).join(" · ");
    (troubles, format!("**Feeds** {} · {} due · {words}", summary.feeds, summary.due))
}

fn last_load(state: &State, articles: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (last, change) = (state.reloads().last(), state.reloads().last_change());
    if let Some(last) = &last {
        let words = match &last.outcome {
            Ok(difference) => format!("{} (in {} ms)", counted(difference), last.took.as_millis()),
            Err(_) => reload::outcome(last, articles),
        };
        lines.push(format!("**Last reload** {}: {words}", relative(last.at)));
        lines.extend(reload::incomplete(last));
    }
    if let Some(change) = change {
        let is_last = last.is_some_and(|last| std::sync::Arc::ptr_eq(&last, &change));
        if let (false, Ok(difference)) = (is_last, &change.outcome) {
            lines.push(format!("**Last change** {}: {}", relative(change.at), counted(difference)));
        }
        lines.extend(reload::names(&change));
    }
    lines
}

/// "3 hours ago", in the reader's own language and up to date. Discord's docs: "Timestamp Styles".
fn relative(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}
