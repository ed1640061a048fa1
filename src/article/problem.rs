//! What is wrong with a file, where, and how to mend it.

use std::fmt;

/// One fault in one file: `path:line:column: what is wrong; how to mend it`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The path below the collection's folder, with `/`; bytes that are not UTF-8 are shown as U+FFFD.
    pub path: Box<str>,
    /// From 1. `None` when the fault is the whole file's (a FIFO, a file that cannot be read).
    pub position: Option<Position>,
    /// What is wrong, in words, without a full stop.
    pub cause: Box<str>,
    /// How to mend it, in words, without a full stop.
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

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path)?;
        if let Some(Position { line, column }) = self.position {
            write!(formatter, ":{line}:{column}")?;
        }
        write!(formatter, ": {}; {}", self.cause, self.remedy)
    }
}
