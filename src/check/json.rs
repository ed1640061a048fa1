//! The report for programs. `docs/check-json.md` describes its form, and the form changes only with its version.

use std::io::{self, Write};

use serde::Serialize;

use super::finding::Severity;
use super::report::{CheckReport, Counts};

const VERSION: u32 = 1;

#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    problems: Vec<JsonProblem<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct JsonProblem<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    cause: &'a str,
    remedy: &'a str,
    severity: Severity,
}

/// Writes the report as one object.
pub(super) fn write(report: &CheckReport, output: &mut dyn Write) -> io::Result<()> {
    let problems = report.findings.iter().map(|finding| JsonProblem {
        path: &finding.problem.path,
        line: finding.problem.position.map(|position| position.line),
        column: finding.problem.position.map(|position| position.column),
        cause: &finding.problem.cause,
        remedy: &finding.problem.remedy,
        severity: finding.severity,
    });
    let whole = JsonReport { version: VERSION, problems: problems.collect(), counts: report.counts() };
    serde_json::to_writer_pretty(&mut *output, &whole)?;
    output.write_all(b"\n")
}
