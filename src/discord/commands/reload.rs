//! `/reload`: reads the folder again and reports the changes.

use super::problems;
use crate::card::text;
use crate::discord::command::{Access, Command};
use crate::discord::invocation::Invocation;
use crate::discord::reply::{Reply, fitting};
use crate::discord::state::State;
use crate::messages::{Words, say};
use crate::reload::{Report, Stopped};

pub(crate) mod changes;

const CAUSE_CHARACTERS_MAX: usize = 220;

/// The most problems in the answer, new ones first. A button lists all problems.
const PROBLEMS_SHOWN_MAX: usize = 3;

/// `/reload`.
pub(crate) static COMMAND: Command = Command {
    name: "reload",
    access: Access::Moderators,
    definition: |command, words| command.description(say!(words, "reload-description")),
    autocomplete: None,
    run: |invocation| Box::pin(run(invocation)),
};

/// Requests a load and reports the changes. Requests that arrive together share one load.
async fn run(invocation: &Invocation<'_>) -> Reply {
    let Invocation { words, state, .. } = invocation;
    if let Err(refusal) = problems::require_operators(invocation) {
        return refusal;
    }
    if let Err(seconds) = state.reload_budgets().take(invocation.guild(), state.now()) {
        return Reply::to_asker(say!(words, "reload-too-soon", seconds = seconds));
    }
    match state.reloads().reload().await {
        Ok(report) => {
            if let Some(processes) = state.processes() {
                processes.ask_others_to_load().await;
            }
            answer(&report, words, state)
        }
        Err(Stopped) => Reply::to_asker(say!(words, "reload-stopping")),
    }
}

fn answer(report: &Report, words: &Words, state: &State) -> Reply {
    let collection = state.collection();
    let articles = collection.articles().len();
    let new = report.outcome.as_ref().map_or(&[][..], |difference| &difference.problems.first);
    let mut lines = Vec::new();
    match &report.outcome {
        Ok(difference) => {
            let changes = changes::counted(difference, words);
            let milliseconds = report.took.as_millis();
            lines.push(say!(
                words,
                "reload-done",
                milliseconds = milliseconds,
                changes = changes,
                articles = articles
            ));
            lines.extend(changes::named(difference, words));
            lines.extend(incomplete(report, words));
        }
        Err(cause) => lines.push(failed(cause, articles, words)),
    }
    if !new.is_empty() {
        lines.push(say!(words, "reload-last-good"));
    }
    lines.push(problems::in_words(collection.problems(), words));
    let bot_member = collection.problems().iter().filter(|problem| !new.contains(problem));
    lines.extend(new.iter().chain(bot_member).take(PROBLEMS_SHOWN_MAX).map(problems::line));
    let row = problems::button(collection.problems(), words);
    Reply { rows: row.into_iter().collect(), ..Reply::to_asker(fitting(words, &lines)) }
}

/// Why the folder could not be read. The bot keeps its articles.
pub(super) fn failed(cause: &str, articles: usize, words: &Words) -> String {
    let cause = text::escaped(cause, CAUSE_CHARACTERS_MAX);
    say!(words, "reload-failed", cause = cause, articles = articles)
}

/// A warning after a load that could not read all files.
pub(super) fn incomplete(report: &Report, words: &Words) -> Option<String> {
    let is_partial = report.outcome.is_ok() && !report.is_complete;
    is_partial.then(|| say!(words, "reload-incomplete"))
}
