//! Reads web feeds: bytes become a [`Feed`] or an error that a person can read.
//!
//! RSS 0.9x to 2.0, RDF (RSS 1.0), Atom 0.3 and 1.0, CDF and JSON Feed become one kind of [`Entry`]. Real feeds are
//! broken in many ways, so one tolerant reader reads them all: what can be read is read. Nothing here touches the network,
//! the clock or a file. Time is in proportion to the bytes, whatever they are, and [`bounds`] says how much is kept.

pub use discover::discover;
pub use error::FeedError;
pub use feed::{Entry, Feed, Picture, Source};
pub use opml::{Subscription, subscriptions};
pub use read::read;

mod address;
pub mod bounds;
mod date;
mod discover;
mod draft;
mod encoding;
mod entries;
mod error;
mod feed;
mod json;
mod markup;
mod names;
mod opml;
mod picture;
mod read;
mod references;
#[cfg(test)]
mod tests;
mod text;
mod xml;
