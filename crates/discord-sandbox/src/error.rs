//! Errors of a sandbox.

use std::io;
use std::time::Duration;

use thiserror::Error;

/// Why a sandbox did not start, or what a test waited for did not come.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// The port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Bind {
        /// The port asked for.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// The folder for recorded requests cannot be written to.
    #[error("cannot record the requests")]
    Record(#[source] io::Error),
    /// A channel, role or member that a test names is not there, or the guild is full.
    #[error("the sandbox has no such {0}")]
    NotThere(&'static str),
    /// The bot did not come in time.
    #[error("the bot was not there after {0:?}")]
    BotNotReady(Duration),
}
