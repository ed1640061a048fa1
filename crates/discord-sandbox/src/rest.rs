//! Discord's REST API, version 10, as far as the bot uses it. Discord's docs: "API Reference".

mod access;
mod application;
mod body;
mod call;
mod channel;
mod command;
mod guild;
mod interaction;
mod limiter;
mod log;
mod reply;
mod route;
mod serve;
mod thread;

pub(crate) use limiter::Limiter;
pub use log::RequestRecord;
pub(crate) use log::{RequestLog, recording};
pub(crate) use serve::serve;
