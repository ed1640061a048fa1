//! heatwire: a Discord bot that surfaces articles, hottest first.
//!
//! Read the modules in this order; it is also the way of one article:
//!
//! 1. [`article_format`]: a Markdown file with YAML front matter becomes a valid [`article_format::Article`], or problems;
//! 2. [`collection`]: all articles of a folder, indexed, as an immutable snapshot;
//! 3. `query`: what a member asked becomes a selection of articles;
//! 4. [`card`]: an article becomes a card, within Discord's limits and harmless;
//! 5. [`discord`]: the client, its commands, buttons and menus.
//!
//! Around it: `check` (what is wrong with a folder, for editors), `doctor` (what is wrong with a setup, for operators), [`config`] (settings), `messages` (every text for people), [`reload`] (the collection
//! follows its folder), [`search`] (the search index follows the collection), `sources` (the list of web feeds and git repositories), `cli` and `app` (the subcommands), `ops` (the log), and [`discord_sandbox`], a local
//! Discord for the demo and the tests, which knows nothing of the rest.

mod app;
pub mod article_key;
pub mod card;
mod check;
pub mod cli;
pub mod collection;
pub mod config;
pub mod delivery;
pub mod discord;
mod doctor;
pub mod feed;
pub mod ids;
pub mod messages;
pub mod notices;
mod ops;
pub mod processes;
pub(crate) mod query;
pub mod reload;
pub mod search;
pub mod shards;
mod sources;
