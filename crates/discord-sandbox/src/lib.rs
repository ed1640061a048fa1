//! A local Discord for one bot: REST, gateway, a guild with persons, and a web page. A bot connects to it over real
//! HTTP and websockets. Tests start it in the same process.
//!
//! The crate shares no code with the bots that it serves: its reading of Discord's docs is its own. It refuses requests
//! that it does not support, with an explanation. The README of this crate lists them.
//!
//! - [`Sandbox`] is a running sandbox; its methods also change the guild and plan faults.
//! - [`Person`] acts as a member of the guild.
//! - [`Note`] is a line that the host program shows on the page, and [`PageAction`] a button.
//!
//! Inside: `rest` answers requests, `gateway` keeps the websocket sessions, `page` serves the web page. `state` holds
//! the data of all three behind one lock. `validate` checks Discord's limits on what a bot sends, `client` does the
//! checks of Discord's own client.

mod actions;
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

pub use actions::PageAction;
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
