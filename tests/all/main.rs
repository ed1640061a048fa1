//! The real bot, over HTTP and websocket, against the sandbox: what members, operators and editors get.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

mod harness;
mod home;
#[path = "../kill/lease.rs"]
mod lease;
#[path = "../kill/server.rs"]
mod server;

mod article_command;
mod backup;
mod cases;
mod check;
mod client;
mod corpus;
mod demo;
mod docs;
mod doctor;
mod everywhere;
mod fault_matrix;
mod feed_command;
mod feed_server;
mod first_feed;
mod flood;
mod hostile_api;
mod http;
mod many_moderators;
mod more_like_this;
mod near_titles;
mod news;
mod registration;
mod reload;
mod replay;
mod search;
mod secrets;
mod sender;
mod service_manager;
mod source_faults;
mod sources;
mod stories;
mod topics;
mod use_limits;
