//! A problem of a file: where, what, and how to fix it.

use std::fmt;

/// One fault in one file: `path:line:column: what is wrong; how to fix it`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The path below the collection's folder, with `/`; bytes that are not UTF-8 and characters that control
    /// a terminal are shown as U+FFFD.
    pub path: Box<str>,
    /// `None` if the problem is the whole file (a FIFO, a file that cannot be read).
    pub position: Option<Position>,
    /// What is wrong, in words, without a full stop.
    pub cause: Box<str>,
    /// How to fix it, in words, without a full stop.
    pub remedy: Box<str>,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalar values.
    pub column: usize,
}

impl Position {
    /// The position of the byte `offset` of `text`. Lines end with LF, CRLF or CR, as in a text editor. An offset
    /// inside a character means this character. An offset after the end means the end.
    pub(crate) fn of_byte(text: &str, offset: usize) -> Self {
        let mut position = Self { line: 1, column: 1 };
        let mut characters = text.char_indices().peekable();
        while let Some((start, character)) = characters.next() {
            if start + character.len_utf8() > offset {
                break;
            }
            // The CR of a CRLF is a character of the line that its LF ends.
            let next = characters.peek().map(|(_, next)| *next);
            if character == '\n' || (character == '\r' && next != Some('\n')) {
                position = Self { line: position.line + 1, column: 1 };
            } else {
                position.column += 1;
            }
        }
        position
    }
}

/// The character, or one that is safe to print in its place: a space for white space, else U+FFFD.
#[must_use]
pub fn printable(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => ' ',
        other if acts_on_a_terminal(other) => '\u{FFFD}',
        other => other,
    }
}

/// Whether a terminal does something else with the character than to show it: control characters (C0 and C1), ends of lines,
/// invisible characters, and characters that change the direction of others. The joiners U+200C and U+200D are parts of words
/// and emoji, so they are none of these.
#[must_use]
pub fn acts_on_a_terminal(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        if let Some(Position { line, column }) = self.position {
            write!(formatter, ":{line}:{column}")?;
        }
        write!(formatter, ": {}; {}", self.cause, self.remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_has_a_line_and_a_column() {
        let check = |text: &str, offset: usize, line: usize, column: usize| {
            assert_eq!(Position::of_byte(text, offset), Position { line, column }, "{text:?} at {offset}");
        };
        check("", 0, 1, 1);
        check("ab", 1, 1, 2);
        check("a\nb", 2, 2, 1);
        check("a\r\nb", 3, 2, 1);
        check("a\rb", 2, 2, 1);
        check("é–x", 5, 1, 3);
        check("é", 1, 1, 1);
        check("a\n", 99, 2, 1);
        check("a\r", 2, 2, 1);
    }

    #[test]
    fn invisible_and_direction_changing_characters_are_replaced() {
        for character in
            ['\u{7}', '\u{1B}', '\u{9F}', '\u{61C}', '\u{200E}', '\u{202E}', '\u{2066}', '\u{E0041}']
        {
            assert_eq!(printable(character), '\u{FFFD}', "{character:?}");
        }
        assert_eq!("é\u{301} –\t".chars().map(printable).collect::<String>(), "é\u{301} – ");
        assert_eq!("👩\u{200D}🚀".chars().map(printable).collect::<String>(), "👩\u{200D}🚀");
    }

    #[test]
    fn a_problem_reads_as_one_line() {
        let problem = Problem {
            path: "news/a.md".into(),
            position: Some(Position { line: 3, column: 7 }),
            cause: "heat is “hot”, not a whole number".into(),
            remedy: "write digits, for example 73".into(),
        };
        assert_eq!(
            problem.to_string(),
            "news/a.md:3:7: heat is “hot”, not a whole number; write digits, for example 73"
        );
        let whole = Problem { position: None, ..problem };
        assert_eq!(
            whole.to_string(),
            "news/a.md: heat is “hot”, not a whole number; write digits, for example 73"
        );
    }
}
