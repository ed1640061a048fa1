//! All findings of a folder, and how many there are.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde::Serialize;

use super::finding::{Excerpt, Finding, Severity};
use super::strict;
use crate::collection::file_problem::displayed_name;
use crate::collection::load;
use crate::collection::load_error::LoadError;
use crate::collection::walk::{self, FoundFile};

/// All findings of a folder.
#[derive(Debug, Default)]
pub(super) struct CheckReport {
    /// By path, then position.
    pub(super) findings: Vec<Finding>,
    /// How many files the check covers.
    pub(super) files: usize,
    /// By the path that a finding shows: the name of its file below `folder`. `None` for two files whose paths read alike.
    pub(super) file_names: HashMap<String, Option<Box<str>>>,
    pub(super) folder: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Counts {
    pub(super) files: usize,
    pub(super) files_with_problems: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

impl CheckReport {
    /// Loads the folder as the bot does. `strict` is the clock for the warnings of `--strict`.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub(super) fn of(
        folder: &Path,
        strict: Option<Timestamp>,
        progress: &ProgressBar,
    ) -> Result<Self, LoadError> {
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
        let mut file_names: HashMap<String, Option<Box<str>>> = HashMap::new();
        let mut count = files.len();
        for file in files {
            let name = displayed_name(&file.name);
            if named.contains(name.as_str()) {
                file_names
                    .entry(name)
                    .and_modify(|name| *name = None)
                    .or_insert_with(|| Some(file.name.clone()));
            }
        }
        // Findings also name what is no readable file: a link to a folder, a FIFO, a closed folder.
        count += named.iter().filter(|name| !file_names.contains_key(**name)).count();
        Self { findings, files: count, file_names, folder: folder.to_owned() }
    }

    pub(super) fn counts(&self) -> Counts {
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
