//! The log lines of a load, in English. The texts of `/reload` are in `locales/`.

use std::fmt::Write;

use super::report::Report;
use crate::collection::Collection;
use crate::collection::diff::{Changed, Changes, Difference, Listed};

/// A line gives at most this many names, and counts the rest.
const NAMES_SHOWN_MAX: usize = 5;
/// The names of a line have at most this many characters.
const NAMES_CHARACTERS_MAX: usize = 150;
/// A load logs at most this many problems of files one by one, and counts the rest.
const PROBLEMS_LOGGED_MAX: usize = 20;

/// The counts of all changes, as in "articles: 3 added, 1 changed; 2 new problems".
fn counted(difference: &Difference) -> String {
    let Difference { articles, topic_files, fixed, problems, problems_gone } = difference;
    let mut parts = Vec::new();
    for (what, changes) in [("articles", articles), ("topic files", topic_files)] {
        let counts = [
            (changes.added.count, "added"),
            (changes.changed.count, "changed"),
            (changes.removed.count, "removed"),
        ];
        let counts: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        if !counts.is_empty() {
            parts.push(format!("{what}: {}", counts.join(", ")));
        }
    }
    for (count, one, many) in [
        (fixed.count, "file fixed", "files fixed"),
        (problems.count, "new problem", "new problems"),
        (*problems_gone, "problem gone", "problems gone"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    if parts.is_empty() { "nothing changed".to_owned() } else { parts.join("; ") }
}

/// One line for each kind of change, with the first names.
fn named(difference: &Difference) -> Vec<String> {
    let changed = |changed: &Changed| format!("{} ({})", changed.name, changed.keys.join(", "));
    let of = |what: &str, Changes { added, changed: other, removed }: &Changes| {
        [
            line(&format!("added{what}"), added, Box::to_string),
            line(&format!("changed{what}"), other, changed),
            line(&format!("removed{what}"), removed, Box::to_string),
        ]
    };
    let lines = of("", &difference.articles).into_iter().chain(of(" topic files", &difference.topic_files));
    lines.chain([line("fixed", &difference.fixed, Box::to_string)]).flatten().collect()
}

fn line<T>(what: &str, listed: &Listed<T>, show: impl Fn(&T) -> String) -> Option<String> {
    let mut names = String::new();
    let mut count = 0;
    for name in listed.first.iter().take(NAMES_SHOWN_MAX).map(show) {
        let is_room = names.chars().count() + name.chars().count() <= NAMES_CHARACTERS_MAX;
        match count {
            0 => names.extend(name.chars().take(NAMES_CHARACTERS_MAX)),
            _ if is_room => names.extend([", ", &name]),
            _ => break,
        }
        count += 1;
    }
    let mut line = format!("{what}: {names}");
    if listed.count > count {
        let _infallible = write!(line, " and {} more", listed.count - count);
    }
    (listed.count > 0).then_some(line)
}

/// Logs the result of a load. `place` is the path that was tried where the folder was not found. A repeated fault and a load
/// without changes are logged at DEBUG only.
pub(super) fn log(report: &Report, place: &str, before: Option<&Report>, collection: &Collection) {
    let took_ms = u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX);
    let fault_before = before.and_then(|before| before.outcome.as_ref().err());
    if report.outcome.is_ok() && fault_before.is_some() {
        tracing::info!("the articles folder can be read again");
    }
    match &report.outcome {
        Err(cause) if fault_before == Some(cause) => {
            tracing::debug!("the articles folder still cannot be read: {cause}");
        }
        Err(cause) => tracing::warn!("{cause}{place}; the bot keeps the articles of the last load"),
        Ok(difference) if difference.is_empty() => {
            tracing::debug!(took_ms, files_read = report.files_read, "loaded: nothing changed");
        }
        Ok(difference) => {
            for problem in difference.problems.first.iter().take(PROBLEMS_LOGGED_MAX) {
                tracing::warn!("{problem}");
            }
            let more = difference.problems.count.saturating_sub(PROBLEMS_LOGGED_MAX);
            if more > 0 {
                tracing::warn!(more, "further problems in files are not listed here");
            }
            for line in named(difference) {
                tracing::info!("{line}");
            }
            tracing::info!(
                articles = collection.articles().len(),
                problems = collection.problems().len(),
                files_read = report.files_read,
                took_ms,
                "loaded: {}",
                counted(difference)
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_in_words() {
        let mut difference = Difference::default();
        assert_eq!(counted(&difference), "nothing changed");
        assert_eq!(named(&difference), Vec::<String>::new());
        for number in 0..7 {
            difference.articles.added.push(format!("a{number}").into());
        }
        let keys = vec!["title", "heat"];
        difference.articles.changed.push(Changed { name: "b".into(), keys });
        difference.topic_files.removed.push("ai.yaml".into());
        difference.fixed.push("c.md".into());
        difference.problems_gone = 2;
        assert_eq!(
            counted(&difference),
            "articles: 7 added, 1 changed; topic files: 1 removed; 1 file fixed; 2 problems gone"
        );
        assert_eq!(
            named(&difference),
            [
                "added: a0, a1, a2, a3, a4 and 2 more",
                "changed: b (title, heat)",
                "removed topic files: ai.yaml",
                "fixed: c.md"
            ]
        );
    }
    #[test]
    fn long_names_leave_room_for_how_many_more_there_are() {
        let mut difference = Difference::default();
        for number in 0..3000 {
            difference.articles.added.push(format!("{number}-{}", "x".repeat(70)).into());
            let name = format!("{number}-{}", "x".repeat(200)).into();
            difference.articles.changed.push(Changed { name, keys: vec!["heat"] });
        }
        let x = |count| "x".repeat(count);
        assert_eq!(
            named(&difference),
            [
                format!("added: 0-{0}, 1-{0} and 2998 more", x(70)),
                format!("changed: 0-{} and 2999 more", x(148)),
            ]
        );
    }
}
