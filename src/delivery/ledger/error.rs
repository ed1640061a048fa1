//! Why the ledger could not do what it was asked.

use std::error::Error;
use std::fmt;

/// A read or a write that was not done: nothing of it was.
#[derive(Debug)]
pub struct LedgerError {
    kind: LedgerErrorKind,
    cause: Box<dyn Error + Send + Sync>,
}

/// What kind of trouble it is. The first three may pass: the same may be tried again later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerErrorKind {
    /// Another program holds the file.
    Busy,
    /// The disk is full.
    Full,
    /// The file may not be written.
    ReadOnly,
    /// The file is damaged, or a row says what no version of heatwire wrote.
    Damaged,
    /// Anything else.
    Other,
}

impl LedgerErrorKind {
    /// The trouble and its remedy, in words for a log.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Busy => "the database is held by another program; end what else has it open",
            Self::Full => "the database's disk is full; make room",
            Self::ReadOnly => {
                "the database may not be written; give heatwire the right to write its file and folder"
            }
            Self::Damaged => "the database is damaged; stop heatwire and put a backup in its place",
            Self::Other => "the database cannot be used",
        }
    }
}

impl LedgerError {
    /// An error of this kind, with its cause for the log.
    pub fn new(kind: LedgerErrorKind, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, cause: cause.into() }
    }

    pub(super) fn into_cause(self) -> Box<dyn Error + Send + Sync> {
        self.cause
    }

    /// What kind of trouble it is.
    #[must_use]
    pub fn kind(&self) -> LedgerErrorKind {
        self.kind
    }
}

/// With the cause: this is for logs only. People get [`LedgerErrorKind::words`].
impl fmt::Display for LedgerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.kind.words(), self.cause)
    }
}

/// It has no source: sqlx's errors have theirs in their words already.
impl Error for LedgerError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_has_the_cause_once_whether_it_writes_the_chain_or_not() {
        let error = LedgerError::new(LedgerErrorKind::Full, "no page left");
        assert!(error.to_string().ends_with("make room: no page left"), "{error}");
        let chain = format!("{:#}", anyhow::Error::from(error));
        assert_eq!(chain.matches("no page left").count(), 1, "{chain}");
    }
}
