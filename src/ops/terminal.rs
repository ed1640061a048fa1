//! Text for the terminal and for the log. Others wrote parts of this text (an API, a proxy, the name of a file), so a terminal
//! must not act on the text, and the text must not look like a line that heatwire wrote.

use std::fmt::Write as _;
use std::io;

use article_format::problem::acts_on_a_terminal;

/// The text on one line, with every character that a terminal could act on written as an escape: `\n`, `\u{1b}`, `\u{202e}`.
#[must_use]
pub(crate) fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if acts_on_a_terminal(character) {
            // Writing to a string never fails.
            let _is_written = write!(line, "{}", character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

/// Writes each text as one line of the log, whatever the text holds.
#[derive(Debug)]
pub(crate) struct Lines<W>(pub(crate) W);

impl<W: io::Write> io::Write for Lines<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        let line_end = if text.ends_with('\n') { "\n" } else { "" };
        let words = text.strip_suffix('\n').unwrap_or(&text);
        self.0.write_all(format!("{}{line_end}", escaped(words)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn no_character_that_a_terminal_acts_on_is_left() {
        for (text, expected) in [
            ("a\nheatwire: all is well", r"a\nheatwire: all is well"),
            ("a\r\tb", r"a\r\tb"),
            ("\u{1b}[2J\u{1b}]0;title\u{7}", r"\u{1b}[2J\u{1b}]0;title\u{7}"),
            ("\u{9b}31m \u{7f}", r"\u{9b}31m \u{7f}"),
            ("pay\u{202e}lap \u{2066}x\u{2069} \u{200f}", r"pay\u{202e}lap \u{2066}x\u{2069} \u{200f}"),
            ("\u{2028}\u{2029}\u{feff}", r"\u{2028}\u{2029}\u{feff}"),
            ("Größe 日本語 “ok” 👩\u{200d}🚀", "Größe 日本語 “ok” 👩\u{200d}🚀"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn an_event_is_one_line_of_the_log() {
        let mut written = Vec::new();
        let mut lines = Lines(&mut written);
        lines.write_all(b"WARN said=\"one\ntwo\x1b[1m\"\n").unwrap();
        lines.write_all(b"INFO next\n").unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "WARN said=\"one\\ntwo\\u{1b}[1m\"\nINFO next\n");
    }
}
