//! What the operator sees of the running bot.

pub mod logging;
pub mod terminal;
