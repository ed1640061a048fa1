//! `heatwire check`: everything that is wrong with a collection, for editors and their CI.
//!
//! It loads the folder as the bot does, so that both find the same, and shows each problem as rustc shows errors. What a
//! member would never see is not shown here either: values of `secured`, and characters that a terminal obeys.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde::Serialize;

use crate::collection::load::{self, LoadError};
use crate::collection::walk::{self, FoundFile};
use article_format::problem::Problem;
use article_format::schema::FileKind;

mod hidden;
mod json;
mod misnamed;
mod parents;
mod render;
mod snippet;
mod strict;

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text {
        /// Whether a terminal shows it that knows colours.
        has_colours: bool,
    },
    /// For programs: `docs/check-json.md`.
    Json,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// The folder of the articles.
    pub folder: &'a Path,
    /// How the report is written.
    pub format: Format,
    /// Also warns of unknown keys, values that a “ #” cuts off, repeated stories, parents of topics that lead nowhere, and files that are passed over
    /// for their names; the clock says which articles are visible.
    pub strict: Option<Timestamp>,
    /// Whether standard error is a terminal, where a long run shows how far it is.
    pub shows_progress: bool,
}

/// How the check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is wrong.
    Clean,
    /// There is something to mend, and it was written.
    HasFindings,
}

/// Why there is no outcome.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The folder cannot be read.
    #[error("{0}{place}; name another as heatwire check DIR, or set ARTICLES_DIR", place = load::place_of(.1, .0))]
    Load(LoadError, PathBuf),
    /// The report cannot be written.
    #[error("the report cannot be written")]
    Write(#[from] io::Error),
}

/// Checks the folder and writes the report to `output`.
///
/// # Errors
/// A folder that cannot be read, or an `output` that takes nothing; one that nobody reads any more is no error.
pub fn run(options: &Options<'_>, output: &mut dyn Write) -> Result<Outcome, CheckError> {
    let progress = progress(options.shows_progress);
    let report = Report::of(options.folder, options.strict, &progress);
    // The bar leaves its line before the report begins there.
    progress.finish_and_clear();
    let report = report.map_err(|error| CheckError::Load(error, options.folder.to_owned()))?;
    let written = match options.format {
        Format::Json => json::write(&report, output),
        Format::Text { has_colours } => render::write(&report, options.folder, has_colours, output),
    };
    written_or_unread(written, output)?;
    Ok(if report.findings.is_empty() { Outcome::Clean } else { Outcome::HasFindings })
}

/// A spinner on standard error, which becomes a bar as soon as the number of steps is known.
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
/// As [`run`] where `output` takes nothing.
pub fn write_schema(kind: FileKind, output: &mut dyn Write) -> Result<(), CheckError> {
    let written = writeln!(output, "{:#}", kind.json_schema());
    written_or_unread(written, output)
}

fn written_or_unread(written: io::Result<()>, output: &mut dyn Write) -> Result<(), CheckError> {
    match written.and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    /// The file, or a part of it, is not shown.
    Error,
    /// Only with `--strict`.
    Warning,
}

/// How much of its line a finding shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Excerpt {
    /// All of it.
    Line,
    /// All of it, unless a key is marked: then its value has no part in what is wrong.
    Fault,
    /// The key alone: what stands under an unknown key is nobody's business; it may be a misspelt `secured`.
    Key,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    problem: Problem,
    severity: Severity,
    excerpt: Excerpt,
}

/// All findings of a folder, by path and position.
#[derive(Debug, Default)]
struct Report {
    findings: Vec<Finding>,
    /// How many files were looked at.
    files: usize,
    /// Where the files are that findings name. Two whose names are shown alike have no place.
    places: HashMap<String, Option<Box<str>>>,
    folder: PathBuf,
}

/// How many there are of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Counts {
    files: usize,
    files_with_problems: usize,
    errors: usize,
    warnings: usize,
}

impl Report {
    fn of(folder: &Path, strict: Option<Timestamp>, progress: &ProgressBar) -> Result<Self, LoadError> {
        let loaded = load::load(folder)?;
        let files = walk::find(folder)?.files;
        let of_load = loaded.problems.iter().map(|problem| Finding {
            problem: problem.clone(),
            severity: Severity::Error,
            excerpt: Excerpt::Fault,
        });
        let mut findings: Vec<Finding> = of_load.collect();
        if let Some(now) = strict {
            progress.set_style(ProgressStyle::default_bar());
            progress.set_length(u64::try_from(files.len()).unwrap_or(u64::MAX));
            findings.extend(strict::findings(folder, loaded, &files, now, progress)?);
        }
        findings.sort();
        Ok(Self::new(folder, findings, &files))
    }

    fn new(folder: &Path, findings: Vec<Finding>, files: &[FoundFile]) -> Self {
        let named: BTreeSet<&str> = findings.iter().map(|finding| &*finding.problem.path).collect();
        let mut places: HashMap<String, Option<Box<str>>> = HashMap::new();
        let mut count = files.len();
        for file in files {
            let name = walk::shown_name(&file.name);
            if named.contains(name.as_str()) {
                places
                    .entry(name)
                    .and_modify(|place| *place = None)
                    .or_insert_with(|| Some(file.name.clone()));
            }
        }
        // A link to a folder, a FIFO or a closed folder was looked at, too, but cannot be read.
        count += named.iter().filter(|name| !places.contains_key(**name)).count();
        Self { findings, files: count, places, folder: folder.to_owned() }
    }

    fn counts(&self) -> Counts {
        let paths: BTreeSet<&str> = self.findings.iter().map(|finding| &*finding.problem.path).collect();
        let of = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        Counts {
            files: self.files,
            files_with_problems: paths.len(),
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
        }
    }
}
