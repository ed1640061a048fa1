//! Writes new scores into the files of imported articles.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use crate::article_file::WrittenFile;
use crate::folder::Folder;
use crate::memory;
use crate::scores::ArticleScores;

/// The time between two writes of new scores into a file.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(15);

/// What became of new scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RescoreReport {
    /// Files with new scores.
    pub written: usize,
    /// Files that got new scores less than [`PAUSE`] ago, and those of a source that is being fetched: the caller passes
    /// their scores on again later.
    pub postponed: usize,
    /// Files that are gone, and those that a person changed.
    pub left_to_people: usize,
    /// Files that the system refused to read or write. The log has the reasons.
    pub failed: usize,
}

/// Writes scores, and remembers for [`PAUSE`] which files got some.
#[derive(Debug, Default)]
pub struct Rescorer {
    written: HashMap<String, Timestamp>,
}

impl Rescorer {
    /// Writes the scores into the files that have others. A file without a change is not written.
    pub fn apply(&mut self, articles: &Path, scores: &[ArticleScores], now: Timestamp) -> RescoreReport {
        self.written.retain(|_, written| now.duration_since(*written) < PAUSE);
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
            let folder = Folder::open(articles, source);
            let (Ok(_lock), Ok(Some(folder))) = (memory::lock(articles, source), folder) else {
                report.postponed += files.len();
                continue;
            };
            for (name, scores) in files {
                if self.written.contains_key(&scores.path) {
                    report.postponed += 1;
                    continue;
                }
                match rescore(&folder, name, scores) {
                    Ok(Rescored::Written) => {
                        self.written.insert(scores.path.clone(), now);
                        report.written += 1;
                    }
                    Ok(Rescored::Equal) => {}
                    Ok(Rescored::LeftToPeople) => report.left_to_people += 1,
                    Err(error) => {
                        tracing::warn!(file = scores.path, %error, "new scores were not written");
                        report.failed += 1;
                    }
                }
            }
            if let Err(error) = folder.finish() {
                tracing::warn!(source, %error, "new scores may not be on the disk yet");
            }
        }
        report
    }
}

enum Rescored {
    Written,
    Equal,
    LeftToPeople,
}

fn rescore(folder: &Folder, name: &str, scores: &ArticleScores) -> io::Result<Rescored> {
    let Some(bytes) = folder.read(name)? else { return Ok(Rescored::LeftToPeople) };
    let written = WrittenFile::of(&bytes);
    let Some(text) = written.and_then(|file| file.with_scores(scores.further_providers, &scores.related))
    else {
        return Ok(Rescored::LeftToPeople);
    };
    if text.as_bytes() == bytes {
        return Ok(Rescored::Equal);
    }
    folder.stage(0, &text)?;
    folder.sync_staged(1)?;
    Ok(if folder.replace(name, &bytes, 0)? { Rescored::Written } else { Rescored::LeftToPeople })
}

#[cfg(test)]
mod tests;
