//! Discord's limits on what a bot sends, as pure checks of JSON: no state, no HTTP.
//!
//! The limits come from Discord's docs (message, component and command resources) and, where those
//! are silent, from its OpenAPI description. Discord's error codes are not all documented: a code
//! that starts with `SANDBOX_` stands where we do not know Discord's.

pub(crate) mod callback;
mod command;
mod command_option;
mod component;
mod component_field;
mod embed;
mod field;
mod form_errors;
pub(crate) mod layout;
mod mention;
pub(crate) mod message;
mod modal;
mod named;
mod select;
#[cfg(test)]
mod tests;
mod thread;

pub(crate) use command::{check_command, check_command_list, commands_max};
pub(crate) use form_errors::FormErrors;
pub(crate) use named::LOCALES;
pub(crate) use thread::{check_post, check_thread, check_thread_change};
