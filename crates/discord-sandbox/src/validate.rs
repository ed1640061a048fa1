//! Discord's limits on the bodies that a bot sends: pure checks of JSON, without state and HTTP.
//!
//! The limits come from Discord's docs of messages, components and commands, else from its OpenAPI description. Not all
//! error codes of Discord are documented. The sandbox's own codes begin with `SANDBOX_`.

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
