//! One finding of a check: a problem, how much it weighs, and how much of its line the report shows.

use article_format::problem::Problem;
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Severity {
    /// The bot does not show the file, or a part of it.
    Error,
    /// Only with `--strict`.
    Warning,
}

/// How much of its line a finding shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Excerpt {
    Line,
    /// The line. Where the fault is in a key, the key without its value.
    Fault,
    /// The key without its value: an unknown key may be a misspelt `secured`.
    Key,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    pub(super) problem: Problem,
    pub(super) severity: Severity,
    pub(super) excerpt: Excerpt,
}
