//! From the bytes of a file to the raw values of its front matter.

use serde::Deserialize;

use super::bounds::{self, FILE_BYTES_MAX, Measured};
use super::fault::{Fault, Spot};
use super::problem::{Position, Problem};
use super::slips;
use super::utf16::is_utf16;
use super::yaml::{Kind, KnownKeys, Raw, RawMapping};
use super::yaml_error;
use super::yaml_tree::Node;

/// The YAML text of a file, and where the text begins in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct YamlText<'bytes> {
    /// Valid UTF-8 without a byte order mark.
    pub(crate) text: &'bytes str,
    /// Lines of the file before the text.
    pub(crate) lines_before: usize,
}

impl YamlText<'_> {
    /// The position in the file of a byte of the text.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let Position { line, column } = Position::of_byte(self.text, offset);
        Position { line: line + self.lines_before, column }
    }

    /// Turns a fault at a known byte into a problem.
    pub(crate) fn problem_at(&self, path: &str, offset: usize, fault: Fault) -> Problem {
        Problem {
            path: path.into(),
            position: Some(self.position(offset)),
            cause: fault.cause.into(),
            remedy: fault.remedy.into(),
        }
    }
}

/// Reads a whole YAML document with a parser of all of YAML. For usual articles, [`super::strict`] does the same
/// faster.
///
/// # Errors
/// A fault when the text is not YAML, or holds keys that are not text.
pub(crate) fn read_yaml<'text, T: KnownKeys<'text>>(
    text: &'text str,
) -> Result<RawMapping<'text, T>, Box<Fault>> {
    if let Some(fault) = slips::unnoticed(text) {
        return Err(fault);
    }
    let raw = serde_yaml::from_str(text).or_else(|_| {
        let node = Node::read(text).map_err(|error| yaml_error::explain(text, &error))?;
        Raw::deserialize(&node).map_err(|_| {
            Fault::at(0, "this is not a list of keys and values", "write one “key: value” in each line")
        })
    })?;
    match raw {
        Raw::WrongKind(Kind::Text) => slips::in_first_line(text).map_or(Ok(raw), Err),
        _ => Ok(raw),
    }
}

/// The front matter of a Markdown file: the text between a first line `---` and the next such line. No text after that
/// is read.
///
/// # Errors
/// A problem when the file is too large, has no front matter, or breaks a bound of [`bounds`].
pub(crate) fn of_markdown<'bytes>(
    path: &str,
    bytes: &'bytes [u8],
) -> Result<(YamlText<'bytes>, Measured), Box<Problem>> {
    const REMEDY: &str = "write a line “---” before the first key and another one after the last value";
    let bytes = without_mark(path, bytes)?;
    let at_start = |cause: &str| {
        Box::new(Problem {
            path: path.into(),
            position: Some(Position { line: 1, column: 1 }),
            cause: cause.into(),
            remedy: REMEDY.into(),
        })
    };
    match between_fences(bytes) {
        Ok(yaml) => checked(path, yaml, 1),
        Err(_) if has_lines_that_end_in_cr(bytes) => Err(Box::new(Problem {
            cause: "the lines end with CR only, as on very old Macs".into(),
            remedy: "save the file with the line ending LF or CRLF".into(),
            ..*at_start("")
        })),
        Err(FenceMissing::First) if begins_with_conflict(bytes) => {
            Err(Box::new(YamlText { text: "", lines_before: 0 }.problem_at(path, 0, *slips::conflict_at(0))))
        }
        Err(FenceMissing::First) => Err(at_start("the file does not begin with a line “---”")),
        Err(FenceMissing::Second) => {
            if let Some((text, fault)) = conflict_in(bytes)
                && let Spot::Offset(offset) = fault.spot
            {
                return Err(Box::new(YamlText { text, lines_before: 0 }.problem_at(path, offset, *fault)));
            }
            Err(at_start("the front matter begins here, and no second line “---” ends it"))
        }
    }
}

/// The front matter of a Markdown file. `None` if the file is too large, or the front matter is not UTF-8.
pub(crate) fn text_of_markdown(bytes: &[u8]) -> Option<&str> {
    let bytes = without_mark("", bytes).ok()?;
    str::from_utf8(between_fences(bytes).ok()?).ok()
}

/// Whether the file has front matter with a title. Other faults do not matter.
pub(super) fn has_title(bytes: &[u8]) -> bool {
    let is_title = |key: &str| key.trim_end().trim_matches(['"', '\'']) == "title";
    text_of_markdown(bytes).is_some_and(|text| {
        text.lines().any(|line| line.split_once(':').is_some_and(|(key, _)| is_title(key)))
    })
}

/// Whether the first line is left over from a merge conflict.
fn begins_with_conflict(bytes: &[u8]) -> bool {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    str::from_utf8(line).is_ok_and(|line| slips::conflict_mark(line).is_some())
}

/// The text, and the fault of a line that is left over from a merge conflict.
fn conflict_in(bytes: &[u8]) -> Option<(&str, Box<Fault>)> {
    let text = str::from_utf8(bytes).ok()?;
    Some((text, slips::conflict(text)?))
}

/// Which line `---` is missing.
enum FenceMissing {
    First,
    Second,
}

/// The bytes between a first line `---` and the next one.
fn between_fences(bytes: &[u8]) -> Result<&[u8], FenceMissing> {
    let first_end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
    let (first, rest) = bytes.split_at_checked(first_end).unwrap_or((bytes, b""));
    if !is_fence(first) {
        return Err(FenceMissing::First);
    }
    // The second line follows the first at once, without a line end of its own.
    let begins = std::iter::once(0).chain(memchr::memmem::find_iter(rest, b"\n---").map(|end| end + 1));
    for begin in begins {
        let line = rest.get(begin..).unwrap_or_default();
        let end = memchr::memchr(b'\n', line).unwrap_or(line.len());
        if is_fence(line.get(..end).unwrap_or_default()) {
            return Ok(rest.get(..begin).unwrap_or_default());
        }
    }
    Err(FenceMissing::Second)
}

/// Takes a whole file as YAML.
///
/// # Errors
/// A problem when the file is too large or breaks a bound of [`bounds`].
pub(crate) fn of_yaml_file<'bytes>(
    path: &str,
    bytes: &'bytes [u8],
) -> Result<(YamlText<'bytes>, Measured), Box<Problem>> {
    checked(path, without_mark(path, bytes)?, 0)
}

/// The file without its byte order mark. Refuses a file that is too large or has UTF-16.
fn without_mark<'bytes>(path: &str, bytes: &'bytes [u8]) -> Result<&'bytes [u8], Box<Problem>> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Box::new(Problem {
            path: path.into(),
            position: None,
            cause: format!("the file is larger than {FILE_BYTES_MAX} bytes").into(),
            remedy: "make the file smaller (usual files have less than 200000 bytes)".into(),
        }));
    }
    if is_utf16(bytes) {
        return Err(Box::new(Problem {
            path: path.into(),
            position: Some(Position { line: 1, column: 1 }),
            cause: "the file has the encoding UTF-16".into(),
            remedy: "save the file as UTF-8".into(),
        }));
    }
    Ok(bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes))
}

/// Whether the first line `---` ends with a lone CR, which [`between_fences`] does not accept as a line end.
fn has_lines_that_end_in_cr(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"---\r").is_some_and(|rest| !rest.starts_with(b"\n"))
}

fn is_fence(line: &[u8]) -> bool {
    line.trim_ascii_end() == b"---"
}

fn checked<'bytes>(
    path: &str,
    bytes: &'bytes [u8],
    lines_before: usize,
) -> Result<(YamlText<'bytes>, Measured), Box<Problem>> {
    let (valid, error) = match str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (valid, _) = bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
            (str::from_utf8(valid).unwrap_or_default(), Some(error))
        }
    };
    let yaml = YamlText { text: valid, lines_before };
    let fault = match (error, bounds::check(valid)) {
        (None, Ok(measured)) => return Ok((yaml, measured)),
        (Some(error), _) => {
            *Fault::at(error.valid_up_to(), "this byte is not UTF-8", "save the file as UTF-8")
        }
        (None, Err(fault)) => *fault,
    };
    let offset = match fault.spot {
        Spot::Offset(offset) => offset,
        Spot::Path(_) | Spot::UnexpectedText(_) => 0,
    };
    Err(Box::new(yaml.problem_at(path, offset, fault)))
}

#[cfg(test)]
mod tests {
    use super::super::{ArticleId, parse};
    use super::*;

    /// Expects an article with this title, or one problem whose text begins like this.
    fn check(file: &[u8], expected: &str) {
        match parse(ArticleId::new("a"), "a.md", file) {
            Ok(article) => assert_eq!(&*article.title, expected),
            Err(problems) => {
                assert!(problems[0].to_string().starts_with(expected), "{problems:?}, not {expected}");
                assert_eq!(problems.len(), 1);
            }
        }
    }

    #[test]
    fn front_matter_is_between_two_lines_of_dashes() {
        check(b"---\ntitle: T\n---\n", "T");
        check(b"---\ntitle: T\n---", "T");
        check(b"---  \ntitle: T\n---\t \nBody\n---\nmore: {[", "T");
        check(b"---\r\ntitle: T\r\nheat: 1\r\n---\r\nBody\r\n", "T");
        check("\u{FEFF}---\ntitle: T\n---\n".as_bytes(), "T");
        check("\u{FEFF}---\r\ntitle: T\r\n---\r\n".as_bytes(), "T");
        check(b"---\ntitle: T\n---\n\xFF\x00 nothing reads the body", "T");
        let not_begun = "a.md:1:1: the file does not begin with a line “---”";
        for file in [
            &b""[..],
            b"\n",
            b"title: T\n",
            b"\n---\ntitle: T\n---\n",
            b"----\ntitle: T\n---\n",
            b"--- title: T",
        ] {
            check(file, not_begun);
        }
        let not_ended = "a.md:1:1: the front matter begins here, and no second line";
        for file in
            [&b"---"[..], b"---\n", b"---\ntitle: T\n", b"---\ntitle: T\n ---\n", b"---\ntitle: T\n--- x"]
        {
            check(file, not_ended);
        }
    }

    #[test]
    fn bytes_that_are_no_text_have_their_position() {
        check(b"---\ntitle: \xC3\xA9\xFF\n---\n", "a.md:2:9: this byte is not UTF-8");
        check(b"---\ntitle: T\nheat: \xC3\n---\n", "a.md:3:7: this byte is not UTF-8");
        check(b"---\ntitle: T\x00\n---\n", "a.md:2:9: this is the control character U+0000; delete it");
    }

    #[test]
    fn another_encoding_is_named() {
        let text = "---\ntitle: T\n---\n";
        let utf16 = |mark: &str, bytes_of: fn(u16) -> [u8; 2]| {
            format!("{mark}{text}").encode_utf16().flat_map(bytes_of).collect::<Vec<u8>>()
        };
        for mark in ["", "\u{FEFF}"] {
            for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
                check(&utf16(mark, bytes_of), "a.md:1:1: the file has the encoding UTF-16; save");
            }
        }
        for old_mac in [text.replace('\n', "\r"), text.replacen('\n', "\r", 2)] {
            check(old_mac.as_bytes(), "a.md:1:1: the lines end with CR only");
        }
    }

    #[test]
    fn a_file_of_the_largest_size_is_read_and_no_larger_one() {
        let of_size = |bytes: usize| {
            let mut file = b"---\ntitle: T\n---\n".to_vec();
            file.resize(bytes, b'x');
            file
        };
        check(&of_size(FILE_BYTES_MAX), "T");
        check(&of_size(FILE_BYTES_MAX + 1), "a.md: the file is larger than 1048576 bytes");
    }
}
