//! Deliveries: every new article reaches the channels of its feeds once.
//!
//! [`plan`] decides from a snapshot, the feeds, the [`book`] (what the ledger knows) and the clock what is to be done next;
//! the [`ledger`] keeps it through every crash.

pub mod book;
pub mod compose;
pub mod desk;
pub mod identity;
pub mod kill;
pub mod ledger;
pub mod plan;
pub mod poster;
pub mod reason;
pub mod record;
pub mod retry;
pub mod send;
pub mod snapshot;
pub mod wait;
