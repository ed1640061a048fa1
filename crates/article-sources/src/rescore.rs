//! Writes new scores into the files of imported articles.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use crate::article_file::{Identity, WrittenFile};
use crate::folder::Folder;
use crate::memory::{self, MemoryError, OpenMemory};
use crate::scores::ArticleScores;

/// The time between two writes of new scores into a file.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// The wait for a source that is being fetched.
const BUSY_PAUSE: SignedDuration = SignedDuration::from_secs(5);

/// What became of new scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RescoreReport {
    /// Files with new scores.
    pub written: usize,
    /// Files that got new scores less than [`PAUSE`] ago, and files of a source that is being fetched.
    pub postponed: usize,
    /// When the first of the postponed files can be written. The caller passes the scores on again then.
    pub next_at: Option<Timestamp>,
    /// Files that are gone, files that fetching does not know, and files that a person changed.
    pub left_to_people: usize,
    /// Files that the system refused to read or write. The log has the reasons.
    pub failed: usize,
}

impl RescoreReport {
    fn postpone(&mut self, files: usize, until: Timestamp) {
        self.postponed += files;
        self.next_at = Some(self.next_at.map_or(until, |next_at| next_at.min(until)));
    }
}

/// Writes scores into the files that have others. A file without a change is not written.
pub fn rescore(articles: &Path, scores: &[ArticleScores], now: Timestamp) -> RescoreReport {
    let mut report = RescoreReport::default();
    let mut by_source: BTreeMap<&str, Vec<(&str, &ArticleScores)>> = BTreeMap::new();
    for scores in scores {
        match scores.path.rsplit_once('/') {
            Some((source, name)) => by_source.entry(source).or_default().push((name, scores)),
            // No source has files in the folder of all articles itself.
            None => report.left_to_people += 1,
        }
    }
    for (source, files) in by_source {
        match rescore_source(articles, source, &files, now, &mut report) {
            Ok(()) => {}
            Err(MemoryError::Busy(_)) => {
                report.postpone(files.len(), now.checked_add(BUSY_PAUSE).unwrap_or(Timestamp::MAX));
            }
            Err(error) => {
                tracing::warn!(source, %error, "new scores were not written");
                report.failed += files.len();
            }
        }
    }
    report
}

/// A file that gets new scores.
struct Rewrite<'a> {
    name: &'a str,
    identity: Identity,
    old: Vec<u8>,
    text: String,
}

fn rescore_source(
    articles: &Path,
    source: &str,
    files: &[(&str, &ArticleScores)],
    now: Timestamp,
    report: &mut RescoreReport,
) -> Result<(), MemoryError> {
    let io_error = |cause| MemoryError::Io { path: articles.join(source), cause };
    let folder = Folder::open(articles, source).map_err(io_error)?;
    let Some(folder) = folder.filter(|_| memory::is_known(articles, source)) else {
        report.left_to_people += files.len();
        return Ok(());
    };
    let mut rewrites = Vec::new();
    for (name, scores) in files {
        match with_scores(&folder, name, scores).map_err(io_error)? {
            Some(rewrite) if rewrite.text.as_bytes() != rewrite.old => rewrites.push(rewrite),
            Some(_) => {}
            None => report.left_to_people += 1,
        }
    }
    if rewrites.is_empty() {
        return Ok(());
    }
    let mut open = OpenMemory::open(articles, source)?;
    rewrites.retain(|rewrite| is_due(rewrite, &open, now, report));
    if rewrites.is_empty() {
        return Ok(());
    }
    let applied = apply(&folder, &rewrites, &mut open, now, report);
    applied.and(folder.finish()).map_err(io_error)?;
    open.save()
}

/// The file as it should be. `None` for a file of a person.
fn with_scores<'a>(
    folder: &Folder,
    name: &'a str,
    scores: &ArticleScores,
) -> io::Result<Option<Rewrite<'a>>> {
    let Some(old) = folder.read(name)? else { return Ok(None) };
    let rewritten = WrittenFile::of(&old).and_then(|written| {
        let text = written.with_scores(scores.further_providers, &scores.related)?;
        Some((written.identity, text))
    });
    Ok(rewritten.map(|(identity, text)| Rewrite { name, identity, old, text }))
}

/// Whether fetching knows the file, and its last scores are old enough.
fn is_due(rewrite: &Rewrite<'_>, open: &OpenMemory, now: Timestamp, report: &mut RescoreReport) -> bool {
    let known = open.memory.entries.get(&rewrite.identity);
    let Some(known) = known.filter(|known| known.file.as_deref() == Some(rewrite.name)) else {
        report.left_to_people += 1;
        return false;
    };
    let rescored = known.rescored.and_then(|second| Timestamp::from_second(second).ok());
    let due_at = rescored.and_then(|rescored| rescored.checked_add(PAUSE).ok());
    // A time in the future comes from a wrong clock.
    let due_at = due_at.filter(|due_at| *due_at > now && due_at.duration_since(now) <= PAUSE);
    if let Some(due_at) = due_at {
        report.postpone(1, due_at);
    }
    due_at.is_none()
}

fn apply(
    folder: &Folder,
    rewrites: &[Rewrite<'_>],
    open: &mut OpenMemory,
    now: Timestamp,
    report: &mut RescoreReport,
) -> io::Result<()> {
    for (number, rewrite) in rewrites.iter().enumerate() {
        folder.stage(number, &rewrite.text)?;
    }
    folder.sync_staged(rewrites.len())?;
    for (number, rewrite) in rewrites.iter().enumerate() {
        if folder.replace(rewrite.name, &rewrite.old, number)? {
            report.written += 1;
            if let Some(known) = open.memory.entries.get_mut(&rewrite.identity) {
                known.rescored = Some(now.as_second());
            }
        } else {
            report.left_to_people += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
