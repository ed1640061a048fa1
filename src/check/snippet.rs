//! The line of a problem, as far as a report may show the line.

use std::ops::Range;
use std::path::Path;

use super::finding::Excerpt;
use super::hidden::{first_hidden, may_hold_password};
use crate::collection::beneath::Root;
use crate::collection::read::read_bytes;
use article_format::problem::{Position, printable};

/// Columns of a line that a report shows at most. Of a longer line, the report shows the part around the problem.
const SHOWN_COLUMNS_MAX: usize = 160;

/// Stands for the rest of a line.
const REST: char = '…';

/// The text of a file, read again for its lines. The file may have changed since the problem was found.
pub(super) struct FileText {
    text: String,
    /// The line (from 0) from which on none may be shown.
    first_hidden: Option<usize>,
}

/// The part of a line that a report shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// Printable, at most [`SHOWN_COLUMNS_MAX`] columns.
    pub(super) line: String,
    /// The underlined part of `line`, in bytes.
    pub(super) marked: Range<usize>,
    /// Whether the part begins at the start of the line. Then its columns are those of the file.
    pub(super) is_from_start: bool,
}

impl FileText {
    /// `None` if the file cannot be read any more.
    pub(super) fn read(folder: &Path, name: &str) -> Option<Self> {
        let bytes = read_bytes(&Root::open(folder).ok()?, name).ok()?;
        Some(Self::of(&bytes))
    }

    fn of(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes).into_owned();
        let first_hidden = first_hidden(lines(&text));
        Self { text, first_hidden }
    }

    /// The line at a position. `None` if the file has no such line, or if no report may show the line.
    pub(super) fn shown(&self, position: Position, excerpt: Excerpt) -> Option<Shown> {
        let index = position.line.checked_sub(1)?;
        let line = lines(&self.text).nth(index)?;
        if self.first_hidden.is_some_and(|first| first <= index) || may_hold_password(line) {
            return None;
        }
        // One column for each character, and tabs can be seen.
        let shown = |character| if character == '\t' { '→' } else { printable(character) };
        let characters: Vec<char> = line.chars().map(shown).collect();
        // In a file that has changed, the line may be shorter now.
        let start = position.column.saturating_sub(1).min(characters.len());
        let marked = start..start + marked_length(characters.get(start..)?);
        let is_key = || {
            let behind = characters.iter().skip(marked.end).find(|character| !character.is_whitespace());
            behind == Some(&':')
        };
        if excerpt == Excerpt::Key || (excerpt == Excerpt::Fault && is_key()) {
            let mut key = characters.get(..marked.end)?.to_vec();
            key.extend([':', ' ', REST]);
            return Some(window(&key, marked));
        }
        if let Some(end) = end_of_key(&characters, marked.start).filter(|_| excerpt == Excerpt::Fault) {
            let mut key = characters.get(..end)?.to_vec();
            key.push(REST);
            return Some(window(&key, marked));
        }
        Some(window(&characters, marked))
    }
}

/// Where the key and its colon end, if the fault at this column is in the colon or in the indentation. Then the value is not
/// part of the fault.
fn end_of_key(line: &[char], fault: usize) -> Option<usize> {
    let is_blank =
        |character: &char| character.is_whitespace() || matches!(*character, '→' | '\u{FFFD}' | '-');
    let is_colon = |character: &char| *character == ':' || article_format::is_wide_colon(*character);
    let before = line.get(..fault)?;
    let wrong = line.get(fault)?;
    if is_colon(wrong) || (is_blank(wrong) && before.last().is_some_and(is_colon)) {
        return Some(fault + 1);
    }
    let is_in_indentation = is_blank(wrong) && before.iter().all(is_blank);
    let colon = line.iter().position(is_colon).filter(|_| is_in_indentation)?;
    Some(colon + 1)
}

/// The lines. They end with LF, CRLF or CR, as positions count them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// How many characters the value or key at the start of `rest` has.
fn marked_length(rest: &[char]) -> usize {
    let is_end = |character: &char| character.is_whitespace() || ",:[]{}".contains(*character);
    let length = match rest.first() {
        Some(quote @ ('"' | '\'')) => {
            rest.iter().skip(1).position(|character| character == quote).map_or(rest.len(), |end| end + 2)
        }
        Some('→') => 1,
        _ => rest.iter().position(is_end).unwrap_or(rest.len()),
    };
    length.max(usize::from(!rest.is_empty()))
}

/// Terminals do not agree which characters take two columns, so every character outside ASCII counts as two.
fn columns_of(character: char) -> usize {
    if character.is_ascii() { 1 } else { 2 }
}

/// The start of the line if the line fits, else the part from half a window before the mark.
fn window(line: &[char], marked: Range<usize>) -> Shown {
    let columns: usize = line.iter().copied().map(columns_of).sum();
    let mut first = 0;
    if columns > SHOWN_COLUMNS_MAX {
        let mut before = 0;
        let fits = |character: &&char| {
            before += columns_of(**character);
            before <= SHOWN_COLUMNS_MAX / 2
        };
        first = marked.start - line.iter().take(marked.start).rev().take_while(fits).count();
    }
    let mut shown = Shown { line: String::new(), marked: 0..0, is_from_start: first == 0 };
    // Both sides need room for the sign of the rest.
    let mut room = SHOWN_COLUMNS_MAX - 2 * columns_of(REST);
    if first > 0 {
        shown.line.push(REST);
    }
    let mut end = first;
    for &character in line.iter().skip(first) {
        if columns > SHOWN_COLUMNS_MAX && columns_of(character) > room {
            break;
        }
        room = room.saturating_sub(columns_of(character));
        if end == marked.start {
            shown.marked.start = shown.line.len();
        }
        shown.line.push(character);
        end += 1;
        if end <= marked.end {
            shown.marked.end = shown.line.len();
        }
    }
    if marked.start >= end {
        shown.marked = shown.line.len()..shown.line.len();
    } else if end < line.len() {
        shown.line.push(REST);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(bytes: &[u8], line: usize, column: usize, excerpt: Excerpt) -> Option<(String, String)> {
        let shown = FileText::of(bytes).shown(Position { line, column }, excerpt)?;
        let marked = shown.line[shown.marked].to_owned();
        Some((shown.line, marked))
    }

    fn shown_key(text: &str) -> (String, String) {
        shown(text.as_bytes(), 1, 1, Excerpt::Key).unwrap()
    }

    fn check(text: &str, line: usize, column: usize, expected: &str, marked: &str) {
        let found = shown(text.as_bytes(), line, column, Excerpt::Line);
        assert_eq!(found, Some((expected.to_owned(), marked.to_owned())), "{text:?}");
    }

    #[test]
    fn the_line_is_shown_with_the_fault_marked() {
        check("---\nheat: hot # x\n", 2, 7, "heat: hot # x", "hot");
        check("a\r\nheat: \"a b\" c\r\n", 2, 7, "heat: \"a b\" c", "\"a b\"");
        check("a\rheat: x", 2, 1, "heat: x", "heat");
        check("\u{FEFF}heat: x", 1, 7, "heat: x", "x");
        check("x: [a, b]", 1, 4, "x: [a, b]", "[");
        check("\tx: 1", 1, 1, "→x: 1", "→");
        check("x: \"open", 1, 4, "x: \"open", "\"open");
        check("x: 1", 1, 99, "x: 1", "");
        check("", 1, 1, "", "");
        check("a: \u{1B}[31m\u{202E}b\u{0}", 1, 4, "a: \u{FFFD}[31m\u{FFFD}b\u{FFFD}", "\u{FFFD}");
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        let expected = Some(("é \u{FFFD} x".to_owned(), "\u{FFFD}".to_owned()));
        assert_eq!(shown(b"\xC3\xA9 \xFF x", 1, 3, Excerpt::Line), expected);
    }

    #[test]
    fn a_line_that_is_not_there_or_hidden_is_not_shown() {
        assert_eq!(shown(b"a: 1", 2, 1, Excerpt::Line), None);
        assert_eq!(shown(b"a: 1\nsecured: s3cret", 2, 1, Excerpt::Line), None);
    }

    #[test]
    fn under_an_unknown_key_nothing_is_shown() {
        let expected = Some(("secure: …".to_owned(), "secure".to_owned()));
        assert_eq!(shown(b"secure: s3cret", 1, 1, Excerpt::Key), expected);
        let expected = Some(("- \"a b\": …".to_owned(), "\"a b\"".to_owned()));
        assert_eq!(shown(b"- \"a b\": s3cret", 1, 3, Excerpt::Key), expected);
    }

    #[test]
    fn where_a_key_is_meant_its_value_is_not_shown() {
        let check = |text: &str, column: usize, expected: &str| {
            let (line, _) = shown(text.as_bytes(), 1, column, Excerpt::Fault).unwrap();
            assert_eq!(line, expected, "{text}");
        };
        check("secure:s3cret", 7, "secure:…");
        check("secure：s3cret", 7, "secure：…");
        check("secure:\u{A0}s3cret", 8, "secure:\u{A0}…");
        check("\u{A0}secure: s3cret", 1, "\u{A0}secure:…");
        check("  \tsecure : s3cret", 3, "  →secure :…");
        check("  -\u{200B}secure : s3cret", 4, "  -\u{FFFD}secure: …");
        check("  -\u{A0}words", 4, "  -\u{A0}words");
        check("title: [a] b", 12, "title: [a] b");
        check("secure: s3cret", 1, "secure: …");
        check("a: {secure : s3cret}", 5, "a: {secure: …");
        check("heat: hot", 7, "heat: hot");
        check("heat", 1, "heat");
    }

    #[test]
    fn a_long_line_is_shown_around_the_problem() {
        let line = format!("{}HERE {}", "a ".repeat(5000), "b ".repeat(5000));
        for text in [line.clone(), line.replace('a', "語"), line.replace('b', "語")] {
            let (shown, marked) = shown(text.as_bytes(), 1, 10_001, Excerpt::Line).unwrap();
            let columns: usize = shown.chars().map(columns_of).sum();
            assert_eq!(marked, "HERE");
            assert!((100..=SHOWN_COLUMNS_MAX).contains(&columns), "{columns}");
            assert!(shown.starts_with(REST) && shown.ends_with(REST), "{shown}");
        }
        let (shown, marked) = shown("x".repeat(100_000).as_bytes(), 1, 1, Excerpt::Line).unwrap();
        assert_eq!((shown.chars().count(), marked.len()), (157, 156));
        let (shown, marked) = shown_key(&format!("{}: 1", "k".repeat(1000)));
        assert_eq!((shown.chars().count(), marked.len()), (157, 156));
    }
}
