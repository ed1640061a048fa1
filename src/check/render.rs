//! The report for people, as rustc shows errors.

use std::io::{self, Write};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::finding::{Finding, Severity};
use super::report::{CheckReport, Counts};
use super::snippet::{FileText, Shown};
use article_format::problem::printable;

/// Columns of a line with its frame. Snippets are shorter, so the renderer never cuts one.
const TERMINAL_COLUMNS: usize = 240;

/// Writes all findings, each with its line, and how many there are. Each path begins with `folder` as the caller wrote it, so
/// terminals and editors can open the file.
pub(super) fn write(
    report: &CheckReport,
    folder: &Path,
    has_colours: bool,
    output: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if has_colours { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(TERMINAL_COLUMNS);
    // The findings are sorted by path, so each file is read once.
    let mut file = ("", None);
    for finding in &report.findings {
        let path = &*finding.problem.path;
        if file.0 != path {
            file = (
                path,
                report
                    .file_names
                    .get(path)
                    .and_then(Option::as_deref)
                    .and_then(|name| FileText::read(&report.folder, name)),
            );
        }
        let shown = file.1.as_ref().and_then(|text: &FileText| {
            Some(text.shown(finding.problem.position?, finding.excerpt)).flatten()
        });
        let full_path = full_path(folder, path);
        writeln!(output, "{}\n", renderer.render(&[group(finding, &full_path, shown.as_ref())]))?;
    }
    writeln!(output, "{}", summary(report.counts()))
}

fn group<'a>(finding: &'a Finding, path: &'a str, shown: Option<&'a Shown>) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let problem = &finding.problem;
    let mut group = level.primary_title(&*problem.cause).elements(None::<Origin<'_>>);
    let snippet = shown.zip(problem.position).map(|(shown, position)| {
        let annotation = AnnotationKind::Primary.span(shown.marked.clone());
        Snippet::source(shown.line.as_str()).line_start(position.line).annotation(annotation)
    });
    match (snippet, shown) {
        // The renderer takes the column from the snippet.
        (Some(snippet), Some(Shown { is_from_start: true, .. })) => group = group.element(snippet.path(path)),
        (snippet, _) => {
            let mut origin = Origin::path(path);
            if let Some(position) = problem.position {
                origin = origin.line(position.line).char_column(position.column);
            }
            group = group.element(origin).elements(snippet);
        }
    }
    group.element(Level::HELP.message(&*problem.remedy))
}

fn full_path(folder: &Path, path: &str) -> String {
    let folder: String = folder.to_string_lossy().chars().map(printable).collect();
    match folder.trim_end_matches('/') {
        "" if folder.is_empty() => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

/// For example “3 problems and 1 warning in 2 of 500 files”.
fn summary(counts: Counts) -> String {
    let counted = |count: usize, word: &str| {
        (count > 0).then(|| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
    };
    let found: Vec<String> = [counted(counts.errors, "problem"), counted(counts.warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    let files = counted(counts.files, "file").unwrap_or_else(|| "0 files".to_owned());
    if found.is_empty() {
        format!("no problems in {files}")
    } else {
        format!("{} in {} of {files}", found.join(" and "), counts.files_with_problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finding::Excerpt;
    use article_format::problem::{Position, Problem};

    #[test]
    fn the_summary_counts_in_words() {
        let check = |files, files_with_problems, errors, warnings, expected: &str| {
            assert_eq!(summary(Counts { files, files_with_problems, errors, warnings }), expected);
        };
        check(500, 0, 0, 0, "no problems in 500 files");
        check(0, 0, 0, 0, "no problems in 0 files");
        check(500, 2, 3, 0, "3 problems in 2 of 500 files");
        check(1, 1, 1, 0, "1 problem in 1 of 1 file");
        check(9, 2, 1, 2, "1 problem and 2 warnings in 2 of 9 files");
        check(9, 1, 0, 1, "1 warning in 1 of 9 files");
    }

    #[test]
    fn the_folder_stands_before_the_path_as_it_was_given() {
        let check =
            |folder: &str, expected: &str| assert_eq!(full_path(Path::new(folder), "a/b.md"), expected);
        check("articles", "articles/a/b.md");
        check("articles//", "articles/a/b.md");
        check("./x", "./x/a/b.md");
        check("/", "/a/b.md");
        check("", "a/b.md");
        check("x\u{1B}", "x\u{FFFD}/a/b.md");
    }

    fn rendered(has_colours: bool) -> String {
        let folder = tempfile::tempdir().unwrap();
        let text = "---\ntitle: T\nheat: \u{202E}h\to\u{1B}[31mt # x\n---\n";
        std::fs::write(folder.path().join("a.md"), text).unwrap();
        let finding = Finding {
            problem: Problem {
                path: "a.md".into(),
                position: Some(Position { line: 3, column: 7 }),
                cause: "wrong".into(),
                remedy: "fix it".into(),
            },
            severity: Severity::Error,
            excerpt: Excerpt::Line,
        };
        let file_names = [("a.md".to_owned(), Some("a.md".into()))].into();
        let report =
            CheckReport { findings: vec![finding], files: 1, file_names, folder: folder.path().to_owned() };
        let mut output = Vec::new();
        write(&report, Path::new("x"), has_colours, &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_finding_shows_its_line_without_terminal_control() {
        insta::assert_snapshot!(rendered(false));
        let coloured = rendered(true);
        assert!(coloured.contains("\u{1B}["), "{coloured:?}");
        assert!(!coloured.contains("\u{1B}[31mt") && !coloured.contains('\u{202E}'), "{coloured:?}");
    }
}
