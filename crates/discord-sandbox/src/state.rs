//! The data of the sandbox: one [`World`] behind one lock.

pub(crate) mod answer;
mod attachment;
pub(crate) mod channel;
mod commands;
pub(crate) mod component;
mod crosspost;
mod edit;
mod embed;
pub(crate) mod guild;
pub(crate) mod guilds;
pub(crate) mod history;
pub(crate) mod ids;
mod interaction;
mod lifecycle;
pub(crate) mod member;
mod mention;
mod message;
mod moderation;
mod nonces;
pub(crate) mod payload;
pub(crate) mod permission;
mod register;
mod thread;
pub(crate) mod timestamp;
mod world;

pub(crate) use commands::CommandScope;
pub(crate) use interaction::{InteractionKind, InteractionSource, Progress};
pub(crate) use world::{BotPresence, World};
