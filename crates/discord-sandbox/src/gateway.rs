//! The gateway. Discord's docs: "Gateway" and "Gateway Events".

pub(crate) mod connection;
mod receive;
mod sessions;
#[cfg(test)]
mod tests;

pub use sessions::Identify;
pub(crate) use sessions::{Gateway, INTENT_DIRECT_MESSAGES, INTENT_GUILD_MESSAGES, INTENT_GUILDS};
