//! Why the ledger failed.

use std::error::Error;
use std::fmt;

use crate::ops::metrics;

/// A read or write that failed and had no effect.
#[derive(Debug)]
pub struct LedgerError {
    kind: LedgerErrorKind,
    cause: Box<dyn Error + Send + Sync>,
}

/// The kind of a failure. The first four kinds may pass: a later attempt may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerErrorKind {
    /// Another program holds the file.
    Busy,
    /// The server does not answer, or takes no connection.
    Unreachable,
    /// The disk is full.
    Full,
    /// The file may not be written.
    ReadOnly,
    /// The file is damaged, or a row is one that no version of heatwire wrote.
    Damaged,
    /// Another process has taken over the database, or the outcome of the last commit is unknown. The memory of this process may
    /// differ from the database, so every call fails until the ledger is opened anew.
    Superseded,
    /// Anything else.
    Other,
}

impl LedgerErrorKind {
    /// The kind as a label of the metrics.
    fn label(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Unreachable => "unreachable",
            Self::Full => "full",
            Self::ReadOnly => "read_only",
            Self::Damaged => "damaged",
            Self::Superseded => "superseded",
            Self::Other => "other",
        }
    }

    /// The failure and its remedy, for the log.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Busy => "the database is held by another program; end what else has it open",
            Self::Unreachable => {
                "the database server cannot be reached; check that it runs and takes connections"
            }
            Self::Full => "the database's disk is full; make room",
            Self::ReadOnly => "the database may not be written; give heatwire the right to write there",
            Self::Damaged => "the database is damaged; stop heatwire and put a backup in its place",
            Self::Superseded => "another heatwire uses the database now; this one begins anew",
            Self::Other => "the database cannot be used",
        }
    }
}

impl LedgerError {
    /// An error of this kind. The log shows the cause.
    pub fn new(kind: LedgerErrorKind, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        metrics::database_error(kind.label());
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

/// The text has the cause and is for the log only. People read [`LedgerErrorKind::words`].
impl fmt::Display for LedgerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.kind.words(), self.cause)
    }
}

/// There is no source: the texts of sqlx's errors hold their sources.
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
