//! For the operator: the log, and text that is safe in a terminal.

pub(crate) mod logging;
pub(crate) mod terminal;
