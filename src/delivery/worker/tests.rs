//! The worker with a Discord of a few lines and an injected clock. Faults and crashes come from a seed. At
//! the end every story is in its channel once.

mod asked_posts;
mod database;
mod day;
mod dice;
mod digests;
mod fake;
mod first_run;
mod foreign;
mod languages;
mod memory;
mod moderated;
mod moderators;
mod one_request;
mod open_rows;
mod replay;
mod simulation;
