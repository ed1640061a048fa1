//! Errors of [`Sandbox`](crate::Sandbox).

use std::io;
use std::time::Duration;

use thiserror::Error;

/// Why a sandbox did not start, could not change its guild, or saw no bot in time.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// The port is taken, or the system does not allow it.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Bind {
        /// The requested port.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// The folder for recorded requests cannot be written to.
    #[error("cannot record the requests")]
    Record(#[source] io::Error),
    /// The named channel, role or member does not exist, or the guild has no room for one more.
    #[error("the sandbox has no {0}")]
    NotThere(&'static str),
    /// The bot did not connect, or registered no command, in this time.
    #[error("the bot was not ready after {0:?}")]
    BotNotReady(Duration),
}
