//! The sources in `/status`.

use article_sources::runner::SourceStatus;

use crate::card::text;
use crate::discord::reasons::relative;
use crate::messages::{Words, say};
use crate::sources::{SourceBoard, SourcesReport};

/// The most sources with a line. Failed sources come first.
const SHOWN_MAX: usize = 10;

/// The most characters of a reason, of an address and of a fault.
const REASON_CHARACTERS_MAX: usize = 200;

/// The states of the sources. Empty without sources.
pub(super) fn lines(board: &SourceBoard, words: &Words) -> Vec<String> {
    let report = board.report();
    let mut lines: Vec<String> = faults_line(&report, words).into_iter().collect();
    if report.sources.is_empty() {
        return lines;
    }
    let (failed, good): (Vec<_>, Vec<_>) = report.sources.iter().partition(|source| source.failure.is_some());
    lines.push(say!(words, "status-sources", sources = report.sources.len(), failed = failed.len()));
    lines.extend(failed.iter().chain(&good).take(SHOWN_MAX).map(|source| line(source, words)));
    let further = report.sources.len().saturating_sub(SHOWN_MAX);
    if further > 0 {
        lines.push(say!(words, "status-sources-more", count = further));
    }
    lines
}

/// What is wrong with the list of sources. `None` for a good list.
pub(in crate::discord) fn faults_line(report: &SourcesReport, words: &Words) -> Option<String> {
    let fault = text::escaped(report.faults.first()?, REASON_CHARACTERS_MAX);
    Some(say!(words, "status-sources-faults", faults = report.faults.len(), fault = fault))
}

/// One source.
pub(in crate::discord) fn line(source: &SourceStatus, words: &Words) -> String {
    // The name of a source has no backtick, which would end the code.
    let name = format!("`{}`", source.name);
    let when = source.last_success.map(relative);
    if let Some((reason, failures)) = &source.failure {
        let (reason, failures) = (text::escaped(reason, REASON_CHARACTERS_MAX), *failures);
        return match when {
            _ if source.is_over => say!(words, "status-source-over", name = name, reason = reason),
            Some(when) => say!(
                words,
                "status-source-failed",
                name = name,
                failures = failures,
                when = when,
                reason = reason
            ),
            None => say!(words, "status-source-never", name = name, failures = failures, reason = reason),
        };
    }
    let Some(when) = when else { return say!(words, "status-source-new", name = name) };
    let files = source.files;
    match &source.moved_to {
        Some(address) => {
            let address = text::escaped(address, REASON_CHARACTERS_MAX);
            say!(words, "status-source-moved", name = name, files = files, when = when, address = address)
        }
        None => say!(words, "status-source-good", name = name, files = files, when = when),
    }
}
