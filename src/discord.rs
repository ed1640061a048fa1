//! The Discord client: it checks what can be checked, registers the commands, connects, and answers.
//!
//! This module alone names serenity. `handler` receives the events of the gateway, [`request`] reads an interaction, and
//! the lists in `commands` and `components` say who answers it, with a plain [`reply`].

pub(crate) mod article_pages;
mod budget;
mod budgets;
pub(crate) mod channel_list;
pub mod channel_lookup;
pub mod channel_permissions;
pub(crate) mod choices;
pub(crate) mod close_codes;
pub(crate) mod command;
pub(crate) mod commands;
pub(crate) mod component;
pub(crate) mod components;
pub mod connect;
pub mod custom_id;
pub mod failure;
pub(crate) mod gateway;
pub mod guild_events;
pub(crate) mod guild_languages;
pub mod guild_settings;
mod guilds;
mod handler;
mod ids;
pub(crate) mod inspect;
mod interactions;
pub mod invocation;
pub mod membership;
pub(crate) mod message;
pub mod moderators;
pub mod notices;
pub mod operator_guilds;
pub(crate) mod options;
pub(crate) mod pager;
mod permission_names;
mod reasons;
pub mod register;
pub(crate) mod registered;
pub mod reply;
pub mod request;
mod run;
mod run_error;
pub mod sender;
mod settings;
pub mod state;
mod translations;
mod use_limits;

pub use run::run;
pub use run_error::RunError;
pub use settings::Settings;

#[cfg(test)]
mod tests;
