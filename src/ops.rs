//! For the operator: the log, text that is safe in a terminal, and the HTTP server with health checks and metrics.

pub(crate) mod http;
pub(crate) mod logging;
pub(crate) mod metrics;
pub(crate) mod terminal;
