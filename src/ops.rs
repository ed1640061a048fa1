//! For the operator: the log, text that is safe in a terminal, the HTTP server with health checks and metrics, and the messages to
//! the service manager.

pub(crate) mod http;
pub(crate) mod logging;
pub(crate) mod metrics;
pub(crate) mod service_manager;
pub(crate) mod terminal;
