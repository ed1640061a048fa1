//! `/reload`: the folder is read again, and what changed is told.

use serenity::builder::CreateCommand;

use super::problems;
use crate::card::text;
use crate::discord::reply::{Reply, fitting};
use crate::discord::state::State;
use crate::reload::{Report, Stopped, counted, named};

/// Seven lines of names fit into a message beside what stands around them.
const LINE_CHARACTERS_MAX: usize = 220;

/// Problems that the answer itself names, new ones first, if there is room; a button lists all.
const PROBLEMS_SHOWN_MAX: usize = 3;

/// Which server asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReloadInput {
    /// The server's id.
    pub server: u64,
}

/// The command as it is registered.
pub fn definition() -> CreateCommand {
    CreateCommand::new("reload").description("Read the article files again, and show what changed")
}

/// Has the folder read and tells what changed. Several who ask at once get one load.
pub async fn run(input: ReloadInput, state: &State) -> Reply {
    if let Err(seconds) = state.reload_cooldown().ask(input.server, state.now()) {
        let unit = if seconds == 1 { "second" } else { "seconds" };
        return Reply::to_asker(format!(
            "This server has just had the files read. Try again in {seconds} {unit}; `/status` shows what changed."
        ));
    }
    let report = match state.reloads().reload().await {
        Ok(report) => report,
        Err(Stopped) => {
            return Reply::to_asker("I am stopping, so nothing is read any more. Try again in a minute.");
        }
    };
    let collection = state.collection();
    let mut lines = vec![outcome(&report, collection.articles().len())];
    lines.extend(names(&report));
    lines.extend(incomplete(&report));
    if report.outcome.as_ref().is_ok_and(|difference| difference.problems.count > 0) {
        lines.push("A file that was good before stays shown as it was, until it is mended.".to_owned());
    }
    lines.push(problems::in_words(collection.problems()));
    let new = report.outcome.as_ref().map_or(&[][..], |difference| &difference.problems.first);
    let standing = collection.problems().iter().filter(|problem| !new.contains(problem));
    lines.extend(new.iter().chain(standing).take(PROBLEMS_SHOWN_MAX).map(problems::line));
    let row = problems::button(collection.problems());
    Reply { rows: row.into_iter().collect(), ..Reply::to_asker(fitting(&lines)) }
}

/// What a load did, in one line.
pub(super) fn outcome(report: &Report, articles: usize) -> String {
    let took_ms = report.took.as_millis();
    let (are, plural) = if articles == 1 { ("is", "") } else { ("are", "s") };
    match &report.outcome {
        Ok(difference) => {
            format!(
                "Read in {took_ms} ms: {}. There {are} {articles} article{plural} now.",
                counted(difference)
            )
        }
        Err(cause) => format!(
            "⚠️ Nothing could be read: {}. What was there before stays: {articles} article{plural}. Ask whoever runs the \
             bot to bring the folder back.",
            text::escaped(cause, LINE_CHARACTERS_MAX)
        ),
    }
}

/// What changed, by name.
pub(super) fn names(report: &Report) -> Vec<String> {
    let lines = report.outcome.as_ref().map(named).unwrap_or_default();
    lines.iter().map(|line| format!("• {}", text::escaped(line, LINE_CHARACTERS_MAX))).collect()
}

/// What a moderator has to know where not everything could be seen.
pub(super) fn incomplete(report: &Report) -> Option<String> {
    let is_partial = report.outcome.is_ok() && !report.is_complete;
    is_partial.then(|| "Not everything could be read; what was there before stays shown.".to_owned())
}
