//! Bounds of a text before a YAML parser reads the text.
//!
//! YAML parsers of the libyaml family take time in proportion to tokens times open brackets. With aliases, a small text
//! can stand for a huge one. These checks read the bytes once, from left to right. Their counts are upper bounds: they
//! may count text in quotes as tokens, but they never miss a token. Real files stay far below: the densest of 497 files
//! has one token in 24 bytes, and 3 brackets.

use std::collections::HashSet;

use super::fault::Fault;

/// The largest size of an article file or a topic file: 1 MiB. A larger file is a problem, and the bot reads no byte beyond the bound.
pub const FILE_BYTES_MAX: usize = 1 << 20;

/// Tokens at most: line ends, commas, brackets, and `:` before white space count once, `-` and `?` before white space
/// count twice, so no token counts for more than it has bytes. The bound limits the parser's time, and its memory to
/// some 20 MB.
const TOKENS_MAX: usize = 65_536;

/// Brackets and braces that may be open at once.
const OPEN_MAX: usize = 4096;

/// Tokens times open brackets: the steps of the parser's scanner. A step takes some 2 ns.
const SCANNER_STEPS_MAX: usize = 1 << 23;

/// Levels of indentation at most. Real files have 6.
const LEVELS_MAX: usize = 64;

/// Lines that begin with `%`: each may be a directive, and the parser compares each directive with all earlier ones.
const DIRECTIVE_LINES_MAX: usize = 64;

/// Aliases, and the size in bytes of a text that may have any. Each alias can at most double the work of the earlier
/// ones, within the repetitions that yaml_serde allows. Eight aliases multiply the work at most 18-fold.
const ALIASES_MAX: usize = 8;
const BYTES_WITH_ALIASES_MAX: usize = 24 * 1024;

/// A result of the checks, for a text that keeps all bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Measured {
    /// Whether the text may have aliases. Then the value of one key may also appear under another key.
    pub(crate) may_have_aliases: bool,
}

/// Checks all bounds of a YAML text.
///
/// # Errors
/// The first bound that the text breaks.
pub(crate) fn check(text: &str) -> Result<Measured, Box<Fault>> {
    check_characters(text)?;
    check_tokens(text)?;
    check_levels(text)?;
    check_aliases(text)
}

/// Whether a text with at most this many tokens and brackets keeps their bounds, wherever they are.
pub(super) fn are_surely_kept(tokens: usize, brackets: usize) -> bool {
    tokens <= TOKENS_MAX && brackets <= OPEN_MAX && brackets.saturating_mul(tokens) <= SCANNER_STEPS_MAX
}

/// Whether a text may have aliases, allowed or too many.
pub(super) fn may_have_aliases(text: &str) -> bool {
    let has_stars = memchr::memchr(b'*', text.as_bytes()).is_some();
    has_stars && !matches!(check_aliases(text), Ok(Measured { may_have_aliases: false }))
}

/// Refuses the characters that YAML does not allow. The parser refuses them too, but does not say where they are.
fn check_characters(text: &str) -> Result<(), Box<Fault>> {
    let is_wrong = |character: &char| match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        other => other.is_control(),
    };
    match text.char_indices().find(|(_, character)| is_wrong(character)) {
        None => Ok(()),
        Some((offset, character)) => Err(Fault::at(
            offset,
            format!("this is the control character U+{:04X}", u32::from(character)),
            "delete it",
        )),
    }
}

/// The brackets of the current line.
#[derive(Debug)]
struct LineBrackets {
    /// No byte of the line was read yet, not even white space.
    is_empty: bool,
    /// Opening brackets of the line that may be tokens.
    openers: usize,
    /// Opening brackets that no closing bracket of the same line has closed.
    unclosed: usize,
    /// The last byte that is not white space, or 0 before the first one.
    last: u8,
    /// The line has `"`, `'` or `#`. A closing bracket may be text then, so none counts.
    has_text_marks: bool,
    /// The line has `&` or `!`: an anchor or a tag, and a bracket may follow.
    has_property: bool,
}

impl Default for LineBrackets {
    fn default() -> Self {
        Self { is_empty: true, openers: 0, unclosed: 0, last: 0, has_text_marks: false, has_property: false }
    }
}

impl LineBrackets {
    fn take(&mut self, byte: u8) {
        self.is_empty = false;
        match byte {
            b' ' | b'\t' => return,
            b'"' | b'\'' | b'#' => self.has_text_marks = true,
            b'&' | b'!' => self.has_property = true,
            b'[' | b'{' if self.may_open() => {
                self.openers += 1;
                self.unclosed += 1;
            }
            b']' | b'}' => self.unclosed = self.unclosed.saturating_sub(1),
            _ => {}
        }
        self.last = byte;
    }

    /// A bracket opens a collection only where a value begins: at the start of a line, after an indicator, after
    /// another opening bracket, or after an anchor or tag. Elsewhere a bracket is text, or an error that ends the
    /// parsing.
    fn may_open(&self) -> bool {
        self.has_property || matches!(self.last, 0 | b'-' | b'?' | b':' | b',' | b'[' | b'{')
    }

    /// How many brackets of this line may be open at its end.
    fn open(&self) -> usize {
        if self.has_text_marks { self.openers } else { self.unclosed }
    }
}

fn check_tokens(text: &str) -> Result<(), Box<Fault>> {
    let (mut tokens, mut open_before, mut open_deepest, mut directive_lines) =
        (0_usize, 0_usize, 0_usize, 0_usize);
    let mut line = LineBrackets::default();
    let mut before = 0;
    for (offset, &byte) in text.as_bytes().iter().enumerate() {
        if byte.is_ascii_whitespace() {
            tokens += match before {
                // A list or mapping may begin here. The parser remembers both its begin and its end.
                b'-' | b'?' => 2,
                b':' => 1,
                _ => 0,
            };
        }
        if is_line_end(before, byte) {
            // A CRLF counts once.
            tokens += usize::from((before, byte) != (b'\r', b'\n'));
            open_before += line.open();
            line = LineBrackets::default();
        } else {
            directive_lines += usize::from(byte == b'%' && line.is_empty);
            tokens += usize::from(matches!(byte, b',' | b'[' | b'{'));
            line.take(byte);
        }
        // The deepest point counts, because closing brackets does not undo the work.
        open_deepest = open_deepest.max(open_before + line.open());
        before = byte;
        if open_deepest > OPEN_MAX || open_deepest.saturating_mul(tokens) > SCANNER_STEPS_MAX {
            return Err(Fault::at(
                offset,
                "brackets are nested too deeply here",
                "put values with brackets in quotes",
            ));
        }
        if tokens > TOKENS_MAX {
            let cause = format!("the text up to here has more than {TOKENS_MAX} lines and separators");
            return Err(Fault::at(offset, cause, "split the file"));
        }
        if directive_lines > DIRECTIVE_LINES_MAX {
            let cause = format!("more than {DIRECTIVE_LINES_MAX} lines begin with “%”");
            return Err(Fault::at(offset, cause, "indent these lines, or put the value in quotes"));
        }
    }
    Ok(())
}

/// Whether `byte`, after `before`, ends a line in YAML: LF, CR, or the last byte of NEL, LS or PS.
fn is_line_end(before: u8, byte: u8) -> bool {
    match byte {
        b'\n' | b'\r' => true,
        0x85 => before == 0xC2,
        0xA8 | 0xA9 => before == 0x80,
        _ => false,
    }
}

/// Bounds the levels of indentation: the columns of all open blocks, also of text in blocks.
fn check_levels(text: &str) -> Result<(), Box<Fault>> {
    let mut open_columns: Vec<usize> = Vec::with_capacity(LEVELS_MAX + 1);
    let mut line_start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let mut column = 0;
        let bytes = line.trim_end().as_bytes();
        while let Some(&byte) = bytes.get(column) {
            if byte == b' ' {
                column += 1;
                continue;
            }
            while open_columns.last().is_some_and(|open| *open >= column) {
                open_columns.pop();
            }
            open_columns.push(column);
            if open_columns.len() > LEVELS_MAX {
                let cause = format!("this line has more than {LEVELS_MAX} levels of indentation");
                return Err(Fault::at(line_start + column, cause, "use fewer levels"));
            }
            // After `- `, `? ` and `: ` another block can begin in the same line.
            let next = bytes.get(column + 1);
            if !(matches!(byte, b'-' | b'?' | b':') && matches!(next, Some(b' '))) {
                break;
            }
            column += 2;
        }
        line_start += line.len();
    }
    Ok(())
}

/// Counts `*name` at the start of values, if the text defines `&name`.
fn check_aliases(text: &str) -> Result<Measured, Box<Fault>> {
    let bytes = text.as_bytes();
    let anchors: HashSet<&[u8]> = memchr::memchr_iter(b'&', bytes)
        .map(|offset| name_at(bytes, offset + 1))
        .filter(|name| !name.is_empty())
        .collect();
    let mut aliases = 0;
    if anchors.is_empty() {
        return Ok(Measured { may_have_aliases: false });
    }
    for offset in memchr::memchr_iter(b'*', bytes) {
        if !anchors.contains(name_at(bytes, offset + 1)) || !may_begin_value(bytes, offset) {
            continue;
        }
        aliases += 1;
        if bytes.len() > BYTES_WITH_ALIASES_MAX {
            let cause = format!(
                "this is an alias (“*name”), and a text of more than {BYTES_WITH_ALIASES_MAX} bytes may have none"
            );
            return Err(Fault::at(offset, cause, "write the value in full, or put it in quotes"));
        }
        if aliases > ALIASES_MAX {
            let cause = format!("there are more than {ALIASES_MAX} aliases (“*name”)");
            return Err(Fault::at(offset, cause, "write the values in full, or put them in quotes"));
        }
    }
    Ok(Measured { may_have_aliases: aliases > 0 })
}

/// The name of an anchor or alias at `start`, or empty.
fn name_at(bytes: &[u8], start: usize) -> &[u8] {
    let rest = bytes.get(start..).unwrap_or_default();
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    rest.get(..rest.iter().take_while(is_name).count()).unwrap_or_default()
}

/// Whether a value can begin at `offset`: at the start of a line, or after an indicator and white space.
fn may_begin_value(bytes: &[u8], offset: usize) -> bool {
    let before = bytes.get(..offset).unwrap_or_default();
    let blanks = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let before = before.get(..before.len() - blanks).unwrap_or_default();
    match before {
        [] => true,
        [.., first, last] if is_line_end(*first, *last) => true,
        [.., last] => matches!(last, b'\n' | b'\r' | b'-' | b'?' | b':' | b',' | b'[' | b'{'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expects the text to keep all bounds (`None`), or to break the one whose words hold these.
    fn check_text(text: &str, expected: Option<&str>) {
        let shown: String = text.chars().take(40).collect();
        match (check(text), expected) {
            (Ok(_), None) => {}
            (Err(fault), Some(words)) => assert!(fault.cause.contains(words), "{shown:?}: {}", fault.cause),
            (outcome, _) => panic!("{shown:?} gave {outcome:?}, not {expected:?}"),
        }
    }

    #[test]
    fn control_characters_have_their_position() {
        check_text("a: b\u{0}", Some("U+0000"));
        check_text("a: \u{1B}[31m", Some("U+001B"));
        check_text("a: \u{9B}", Some("U+009B"));
        check_text("a: \u{FEFF}b", Some("U+FEFF"));
        check_text("a: \u{85}\u{2028}é\u{202E}🦀\t\r\n", None);
        assert_eq!(check("a: é\u{7}").unwrap_err().spot, super::super::fault::Spot::Offset(5));
    }

    #[test]
    fn open_brackets_are_bounded() {
        let nests = Some("brackets are nested");
        check_text(&"[".repeat(100_000), nests);
        check_text(&"{".repeat(100_000), nests);
        check_text(&"[\n".repeat(100_000), nests);
        check_text(&"- [ ".repeat(50_000), nests);
        check_text(&"[ # ]\n".repeat(5000), nests);
        check_text(&"['', \n".repeat(5000), nests);
        check_text(&"&a [ ".repeat(5000), nests);
        check_text(&"!t [\n".repeat(5000), nests);
        check_text(&"a\u{85}[".repeat(5000), nests);
        check_text(&"a\u{2028}[".repeat(5000), nests);
        check_text(&"[a]: [".repeat(5000), nests);
        check_text(&format!("{}{}", "[".repeat(5000), "]".repeat(5000)), nests);
        check_text(&format!("{}{}", "[".repeat(300), "a,".repeat(60_000)), nests);
        // What text and ordinary lists look like.
        check_text(&"- text [1], (see [2]) and {more}\n".repeat(9000), None);
        check_text(&"- \"text [1] and [2]\"\n".repeat(9000), None);
        check_text(&"a: [b, [c, d], {e: f}]\n".repeat(5000), None);
        check_text(&format!("{}{}", "[".repeat(2800), "]".repeat(2800)), None);
    }

    #[test]
    fn tokens_are_bounded() {
        let many = Some("lines and separators");
        for unit in
            ["\n", "a\n", "a,", "- ", "? ", "a: ", "-\n", "[],", "{},", "\"a\",", "\r", "\u{85}", "a\u{2028}"]
        {
            check_text(&unit.repeat(70_000), many);
        }
        check_text(&"words without end ".repeat(50_000), None);
        check_text(&"a\r\n".repeat(60_000), None);
    }

    #[test]
    fn levels_of_indentation_are_bounded() {
        let staircase =
            |steps: usize| (0..steps).map(|step| format!("{}a:\n", " ".repeat(step))).collect::<String>();
        check_text(&staircase(LEVELS_MAX), None);
        check_text(&staircase(LEVELS_MAX + 1), Some("levels of indentation"));
        check_text(&format!("{}a", "- ".repeat(LEVELS_MAX - 1)), None);
        check_text(&format!("{}a", "- ".repeat(LEVELS_MAX)), Some("levels of indentation"));
        check_text(&"- ? ".repeat(40), Some("levels of indentation"));
        check_text(&staircase(60).repeat(20), None);
        check_text(&"- - a\n  - b\n".repeat(1000), None);
    }

    #[test]
    fn directives_are_bounded() {
        check_text(&"%TAG !a! b\n".repeat(65), Some("begin with “%”"));
        check_text(&" %TAG !a! b\n".repeat(65), None);
        check_text(&"100%\n".repeat(65), None);
    }

    #[test]
    fn aliases_are_bounded() {
        let with = |aliases: usize| format!("a: &x 1\n{}", "b: *x\n".repeat(aliases));
        check_text(&with(8), None);
        check_text(&with(9), Some("more than 8 aliases"));
        for spot in ["[*x]", "{*x : 1}", "[a,*x]", "- *x", "? *x", "\n*x : 1", ":\t*x", "[\"a\":*x]"] {
            check_text(&format!("a: &x 1\n{}", format!("{spot}\n").repeat(9)), Some("more than 8 aliases"));
        }
        let long = "a: &x 1\n".to_owned() + &"long ".repeat(14_000);
        check_text(&(long.clone() + "\nb: *x"), Some("more than 24576 bytes"));
        check_text(&(long + "*x"), None);
        // Text with stars and ampersands.
        check_text(&"- *emphasis* & more &x\n".repeat(100), None);
        check_text(&"- * point\n- R&D *here*\n".repeat(100), None);
        assert!(check("a: &x 1\nb: *x").unwrap().may_have_aliases);
        assert!(!check("a: &x 1\nb: c *x").unwrap().may_have_aliases);
    }
}
