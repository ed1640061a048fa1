//! `heatwire check`: reports everything that is wrong with a collection, for editors and their CI.
//!
//! The check loads the folder as the bot does, so both find the same problems. No report shows a value of `secured`, or a
//! character that a terminal acts on.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressBar;
use jiff::Timestamp;

use crate::collection::load_error::{LoadError, place_of};
use article_format::schema::FileKind;
use report::CheckReport;

mod finding;
mod hidden;
mod json;
mod misnamed;
mod parents;
mod render;
mod repeats;
mod report;
mod snippet;
mod strict;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people.
    Text { has_colours: bool },
    /// For programs: `docs/check-json.md`.
    Json,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Options<'a> {
    /// The folder of the articles.
    pub(crate) folder: &'a Path,
    pub(crate) format: Format,
    /// With a clock, the report has the warnings of [`strict`] as well. The clock says which articles are visible.
    pub(crate) strict: Option<Timestamp>,
    /// Whether a long run shows its progress on standard error.
    pub(crate) shows_progress: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CheckOutcome {
    Clean,
    HasFindings,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckError {
    #[error("{0}{place}; name your folder of articles as heatwire check DIR, or set ARTICLES_DIR", place = place_of(.1, .0))]
    Load(LoadError, PathBuf),
    #[error("the report cannot be written to standard output")]
    Write(#[from] io::Error),
}

/// Checks the folder and writes the report to `output`.
///
/// # Errors
/// A folder that cannot be read, or an `output` that cannot be written. An `output` that nobody reads any more is no error.
pub(crate) fn run(options: &Options<'_>, output: &mut dyn Write) -> Result<CheckOutcome, CheckError> {
    let progress = progress(options.shows_progress);
    let report = CheckReport::of(options.folder, options.strict, &progress);
    // The report begins in the line of the bar.
    progress.finish_and_clear();
    let report = report.map_err(|error| CheckError::Load(error, options.folder.to_owned()))?;
    let written = match options.format {
        Format::Json => json::write(&report, output),
        Format::Text { has_colours } => render::write(&report, options.folder, has_colours, output),
    };
    written_or_unread(written, output)?;
    Ok(if report.findings.is_empty() { CheckOutcome::Clean } else { CheckOutcome::HasFindings })
}

/// A spinner on standard error. The spinner becomes a bar when the number of files is known.
fn progress(is_shown: bool) -> ProgressBar {
    if !is_shown {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_message("reading the articles");
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// Writes the JSON Schema of one kind of file to `output`.
///
/// # Errors
/// An `output` that cannot be written, as in [`run`].
pub(crate) fn write_schema(kind: FileKind, output: &mut dyn Write) -> Result<(), CheckError> {
    let written = writeln!(output, "{:#}", kind.json_schema());
    written_or_unread(written, output)
}

fn written_or_unread(written: io::Result<()>, output: &mut dyn Write) -> Result<(), CheckError> {
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
