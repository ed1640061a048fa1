//! `/status`: the state of the bot, for moderators.

use std::sync::Arc;
use std::time::Duration;

use super::problems;
use super::reload::{self, changes};
use crate::delivery::desk::{DeskError, Summary};
use crate::delivery::ledger::ProcessReport;
use crate::delivery::send::is_off;
use crate::discord::command::{Access, Command};
use crate::discord::invocation::Invocation;
use crate::discord::reasons::{self, relative};
use crate::discord::reply::{Reply, fitting};
use crate::discord::state::State;
use crate::ids::GuildId;
use crate::messages::{Words, say};

pub(in crate::discord) mod sources;

/// The most seconds that the answer waits for the feeds. At the limit, the answer leaves them out.
const FEEDS_SECONDS_MAX: u64 = 60;

/// `/status`.
pub(crate) static COMMAND: Command = Command {
    name: "status",
    access: Access::Moderators,
    definition: |command, words| command.description(say!(words, "status-description")),
    autocomplete: None,
    run: |invocation| Box::pin(run(invocation)),
};

async fn run(invocation: &Invocation<'_>) -> Reply {
    let Invocation { words, state, .. } = invocation;
    let collection = state.collection();
    let articles = collection.articles().len();
    let visible = collection.dates().visible(state.now()).count();
    let topics = collection.topics().names().len();
    let (trouble, feeds) = feeds(invocation.guild(), words, state).await;
    // A moderator has to see troubles first.
    let mut lines: Vec<String> = trouble.into_iter().collect();
    lines.extend(notices(invocation.guild(), words, state).await);
    lines.push(say!(words, "status-articles", articles = articles, visible = visible, topics = topics));
    let shows_files = problems::are_shown_to(invocation);
    if shows_files {
        lines.push(problems::in_words(collection.problems(), words));
    }
    lines.extend(feeds);
    if shows_files {
        lines.extend(sources::lines(state.sources(), words));
        // The changes of a load name files and count problems.
        lines.extend(loads(state, articles, words));
        lines.extend(processes(state, words));
    }
    lines.extend(clock(invocation));
    lines.push(match invocation.connection.latency {
        Some(latency) => say!(words, "status-latency", milliseconds = latency.as_millis()),
        None => say!(words, "status-latency-unknown"),
    });
    let started = relative(state.started_at());
    lines.push(say!(words, "status-version", version = env!("CARGO_PKG_VERSION"), when = started));
    let row = problems::button(collection.problems(), words).filter(|_| shows_files);
    Reply { rows: row.into_iter().collect(), ..Reply::to_asker(fitting(words, &lines)) }
}

/// The processes that share the database, and a warning if they have loaded different articles.
fn processes(state: &State, words: &Words) -> Vec<String> {
    let Some(processes) = state.processes() else { return Vec::new() };
    let processes = processes.latest();
    let of_process = |process: &ProcessReport| {
        let delivers = if process.delivers { "yes" } else { "no" };
        let (shards, articles) = (&*process.shards, process.articles);
        say!(words, "status-process", shards = shards, articles = articles, delivers = delivers)
    };
    let all: Vec<String> = processes.iter().map(of_process).collect();
    let mut lines = vec![say!(words, "status-processes", processes = words.list(&all))];
    let mut hashes = processes.iter().map(|process| process.collection);
    let first = hashes.next();
    if hashes.any(|hash| Some(hash) != first) {
        lines.push(say!(words, "status-collections-differ"));
    }
    lines
}

/// A warning if the clock of this machine differs from Discord's.
fn clock(invocation: &Invocation<'_>) -> Option<String> {
    let ahead = invocation.state.now().duration_since(invocation.connection.discord_now?);
    is_off(ahead).then(|| {
        let direction = if ahead.is_negative() { "behind" } else { "ahead" };
        say!(invocation.words, "status-clock", direction = direction, seconds = ahead.abs().as_secs())
    })
}

/// The troubles of a guild's feeds, and the counts of the feeds.
async fn feeds(guild: GuildId, words: &Words, state: &State) -> (Option<String>, Option<String>) {
    let Some(desk) = state.desk() else {
        return (None, Some(say!(words, "status-feeds-without-database")));
    };
    let wait = Duration::from_secs(FEEDS_SECONDS_MAX);
    match tokio::time::timeout(wait, desk.summary(guild)).await {
        Ok(Ok(summary)) => (troubles(summary, words), Some(counted(summary, words))),
        Ok(Err(DeskError::Stopping)) => (Some(say!(words, "status-feeds-stopping")), None),
        Ok(Err(_)) => (Some(say!(words, "status-feeds-database")), None),
        Err(_elapsed) => (Some(say!(words, "status-feeds-busy")), None),
    }
}

/// Why the bot cannot report troubles in the channel that the guild chose.
async fn notices(guild: GuildId, words: &Words, state: &State) -> Option<String> {
    // The line of the feeds tells of a database that cannot be read.
    let chosen = state.guilds()?.of(guild).await.ok()?;
    Some(reasons::of_notices_fault(&chosen.notices_fault?, chosen.notices?, words))
}

fn counted(summary: Summary, words: &Words) -> String {
    let Summary { feeds, paused, due, failed, unknown } = summary;
    say!(words, "status-feeds", feeds = feeds, paused = paused, due = due, failed = failed, unknown = unknown)
}

fn troubles(summary: Summary, words: &Words) -> Option<String> {
    let all = [
        (summary.paused, say!(words, "status-trouble-paused", feeds = summary.paused)),
        (summary.failed, say!(words, "status-trouble-failed", posts = summary.failed)),
        (summary.unknown, say!(words, "status-trouble-unknown", posts = summary.unknown)),
    ];
    let troubles: Vec<String> =
        all.into_iter().filter(|(count, _)| *count > 0).map(|(_, trouble)| trouble).collect();
    (!troubles.is_empty()).then(|| say!(words, "status-troubles", troubles = words.list(&troubles)))
}

/// The last load, and the last that changed anything.
fn loads(state: &State, articles: usize, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    let (last, change) = (state.reloads().last(), state.reloads().last_change());
    if let Some(last) = &last {
        let when = relative(last.at);
        lines.push(match &last.outcome {
            Ok(difference) => {
                let changes = changes::counted(difference, words);
                let milliseconds = last.took.as_millis();
                say!(words, "status-last-reload", when = when, milliseconds = milliseconds, changes = changes)
            }
            Err(cause) => {
                let outcome = reload::failed(cause, articles, words);
                say!(words, "status-last-reload-failed", when = when, outcome = outcome)
            }
        });
        lines.extend(reload::incomplete(last, words));
    }
    if let Some(change) = change
        && let Ok(difference) = &change.outcome
    {
        if !last.is_some_and(|last| Arc::ptr_eq(&last, &change)) {
            let changes = changes::counted(difference, words);
            lines.push(say!(words, "status-last-change", when = relative(change.at), changes = changes));
        }
        lines.extend(changes::named(difference, words));
    }
    lines
}
