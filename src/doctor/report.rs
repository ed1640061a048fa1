//! The lines of a report, for people and for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::ops::terminal;

/// The version of the form for programs (`docs/doctor.md`).
const VERSION: u32 = 1;

/// The lines, in the order of the tests.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<Line>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Ok,
    Warn,
    Fail,
}

#[derive(Debug, Serialize)]
struct Line {
    check: &'static str,
    status: Status,
    /// What is so, and for a warning or a fault the remedy.
    message: String,
}

#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    checks: &'a [Line],
    counts: Counts,
}

#[derive(Serialize)]
struct Counts {
    ok: usize,
    warn: usize,
    fail: usize,
}

impl Report {
    pub(super) fn ok(&mut self, check: &'static str, message: impl Into<String>) {
        self.add(check, Status::Ok, message.into());
    }

    pub(super) fn warn(&mut self, check: &'static str, message: impl Into<String>) {
        self.add(check, Status::Warn, message.into());
    }

    pub(super) fn fail(&mut self, check: &'static str, message: impl Into<String>) {
        self.add(check, Status::Fail, message.into());
    }

    fn add(&mut self, check: &'static str, status: Status, message: String) {
        self.0.push(Line { check, status, message });
    }

    /// Whether a test failed. Warnings do not count.
    pub(crate) fn has_failed(&self) -> bool {
        self.count(Status::Fail) > 0
    }

    fn count(&self, status: Status) -> usize {
        self.0.iter().filter(|line| line.status == status).count()
    }

    /// Writes one line for each test, and a last line with the counts.
    pub(crate) fn write_text(&self, output: &mut impl Write) -> io::Result<()> {
        for Line { check, status, message } in &self.0 {
            let status = match status {
                Status::Ok => "ok",
                Status::Warn => "warn",
                Status::Fail => "FAIL",
            };
            writeln!(output, "{status:<4}  {check:<11}  {}", terminal::escaped(message))?;
        }
        let Counts { ok, warn, fail } = self.counts();
        writeln!(output, "\n{ok} ok, {warn} warnings, {fail} failed.")
    }

    /// Writes one object.
    pub(crate) fn write_json(&self, output: &mut impl Write) -> io::Result<()> {
        let report = JsonReport { version: VERSION, checks: &self.0, counts: self.counts() };
        serde_json::to_writer_pretty(&mut *output, &report)?;
        output.write_all(b"\n")
    }

    fn counts(&self) -> Counts {
        Counts { ok: self.count(Status::Ok), warn: self.count(Status::Warn), fail: self.count(Status::Fail) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let mut report = Report::default();
        report.ok("token", "good");
        report.warn("disk", "little room");
        report.fail("database", "broken\nok    token  a lie");
        report
    }

    #[test]
    fn a_text_has_one_line_for_each_test() {
        let mut text = Vec::new();
        report().write_text(&mut text).unwrap();
        let expected = "ok    token        good\nwarn  disk         little room\n\
                        FAIL  database     broken\\nok    token  a lie\n\n1 ok, 1 warnings, 1 failed.\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
        assert!(report().has_failed() && !Report::default().has_failed());
    }

    #[test]
    fn json_has_the_same() {
        let mut text = Vec::new();
        report().write_json(&mut text).unwrap();
        let read: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(read["checks"][1]["status"], "warn");
        assert_eq!(read["counts"], serde_json::json!({ "ok": 1, "warn": 1, "fail": 1 }));
    }
}
