//! Why the client does not send something.

use std::fmt;

/// The reason, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) String);

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A refusal with this reason.
pub(crate) fn refused<T>(words: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(words.into()))
}
