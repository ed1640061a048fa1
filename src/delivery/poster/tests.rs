//! The poster against a Discord of a few lines, with an injected clock: faults and crashes come by a seed, and after each
//! run every story stands in its channel once.

mod database;
mod digests;
mod fake;
mod first_run;
mod languages;
mod moderated;
mod moderators;
mod one_request;
mod open_rows;
mod replay;
mod simulation;
