//! From the bytes of a file to the unjudged values of its front matter.

use super::bounds::{self, FILE_BYTES_MAX, Measured};
use super::fault::Fault;
use super::problem::{Position, Problem};
use super::raw::RawArticle;
use super::yaml::{self, RawMapping};

/// The YAML text of a file and where it stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct YamlText<'bytes> {
    /// Valid UTF-8 without a byte order mark.
    pub(crate) text: &'bytes str,
    /// Lines of the file before the text.
    pub(crate) lines_before: usize,
}

impl YamlText<'_> {
    /// The place in the file of a byte of the text.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let Position { line, column } = Position::of_byte(self.text, offset);
        Position { line: line + self.lines_before, column }
    }

    /// The problem that a fault at a known byte is.
    pub(crate) fn problem_at(&self, path: &str, offset: usize, fault: Fault) -> Problem {
        Problem {
            path: path.into(),
            position: Some(self.position(offset)),
            cause: fault.cause.into(),
            remedy: fault.remedy.into(),
        }
    }
}

/// Reads the values of an article's front matter: the seam for faster readers of the usual kind of file.
///
/// # Errors
/// A fault when the text is not YAML.
pub(crate) fn parse_yaml(text: &str) -> Result<RawMapping<'_, RawArticle<'_>>, Box<Fault>> {
    yaml::read(text)
}

/// Takes the front matter out of a Markdown file: what stands between a first line `---` and the next such line. What
/// comes behind is never looked at.
///
/// # Errors
/// A problem when the file is too large, has no front matter, or breaks a bound of [`bounds`].
pub(crate) fn of_markdown<'bytes>(
    path: &str,
    bytes: &'bytes [u8],
) -> Result<(YamlText<'bytes>, Measured), Box<Problem>> {
    const REMEDY: &str = "write a line of three dashes before the first key and one after the last value";
    let bytes = without_mark(path, bytes)?;
    let at_start = |cause: &str| {
        Box::new(Problem {
            path: path.into(),
            position: Some(Position { line: 1, column: 1 }),
            cause: cause.into(),
            remedy: REMEDY.into(),
        })
    };
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let opening = lines.next().filter(|line| is_fence(line));
    let Some(opening) = opening else {
        return Err(at_start("the file does not begin with a line of three dashes"));
    };
    let mut end = opening.len();
    for line in lines {
        if is_fence(line) {
            return checked(path, bytes.get(opening.len()..end).unwrap_or_default(), 1);
        }
        end += line.len();
    }
    Err(at_start("the front matter begins here and no second line of three dashes ends it"))
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

/// The file without its byte order mark, if it is not too large.
fn without_mark<'bytes>(path: &str, bytes: &'bytes [u8]) -> Result<&'bytes [u8], Box<Problem>> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(Box::new(Problem {
            path: path.into(),
            position: None,
            cause: format!("the file is larger than {FILE_BYTES_MAX} bytes").into(),
            remedy: "make it smaller; real ones stay below 200000".into(),
        }));
    }
    Ok(bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes))
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
        (Some(error), _) => *Fault::at(
            error.valid_up_to(),
            "here stands a byte that is not UTF-8",
            "save the file in the encoding UTF-8",
        ),
        (None, Err(fault)) => *fault,
    };
    let offset = match fault.spot {
        super::fault::Spot::Offset(offset) => offset,
        super::fault::Spot::Path(_) => 0,
    };
    Err(Box::new(yaml.problem_at(path, offset, fault)))
}
