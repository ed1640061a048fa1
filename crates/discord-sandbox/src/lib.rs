//! A local stand-in for Discord, good enough that the real bot runs against it: REST, gateway, one
//! guild with persons in it, and a web page. Tests start it in-process, `heatwire demo` on a port.
//!
//! It imports nothing of the other modules: it must stay a fair opponent, with its own reading of
//! Discord's docs. What it does not do, it refuses in words; the list is in the README of this crate.
//!
//! - `rest` answers requests, `gateway` keeps websocket sessions, `page` serves the web page;
//! - `state` is the world behind them, under one lock;
//! - `validate` holds Discord's limits, `client` what Discord's own client checks;
//! - `control` is what a test changes in the guild, `faults` what goes wrong on demand;
//! - [`Person`] acts in a test; a [`Note`] is what the host of a sandbox says on its page.

mod api_error;
mod client;
mod control;
mod error;
mod faults;
mod gateway;
mod listener;
mod notes;
mod options;
mod page;
mod person;
mod rate_limit;
mod rest;
mod sandbox;
mod shared;
mod state;
#[cfg(test)]
mod tests;
mod validate;

pub use error::SandboxError;
pub use faults::{Fault, FaultKind};
pub use gateway::Identify;
pub use notes::{Note, Tone};
pub use options::{Clock, SandboxOptions};
pub use person::{Answer, AnswerKind, Choice, MessageId, Person, PersonError};
pub use rate_limit::{RateLimits, Scope};
pub use rest::RequestRecord;
pub use sandbox::Sandbox;
pub use state::channel::ChannelKind;
