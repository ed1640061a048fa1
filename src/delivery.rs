//! Deliveries: every new article reaches the channels of its feeds once.
//!
//! [`plan`] decides the next [`change`]s of a channel from a snapshot of the articles, the [`channel_state`] and the
//! clock. The [`ledger`] keeps them through every crash.

pub mod board;
pub mod change;
pub mod channel_state;
pub mod compose;
pub mod desk;
mod examine;
pub mod identity;
pub mod kill;
pub mod ledger;
pub mod plan;
pub mod reason;
pub mod record;
pub mod retry;
pub mod send;
pub mod service;
pub mod snapshot;
pub mod snapshots;
pub mod wait;
pub mod worker;
