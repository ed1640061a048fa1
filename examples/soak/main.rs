//! The soak: the real bot lives through a busy time beside a local Discord, and has to keep its promises.
//!
//! `cargo run --release --example soak -- --minutes 20` starts the bot as a process of its own on SQLite, then as two processes
//! on PostgreSQL. Members ask 50 times a second. Articles come, change and go. Requests fail, and the gateway's connections
//! break. In the end each expected story stands in each channel exactly once, every question has its answer, and no memory
//! was lost. The exit code is 1 if a promise broke. Times are stated and decide nothing: the machine may be busy.

#![expect(clippy::unwrap_used, reason = "a soak that cannot go on shall say where")]

mod articles;
mod bot;
mod chart;
mod commands;
#[path = "../../tests/all/feed_server.rs"]
mod feed_server;
mod figures;
mod posts;
mod report;
mod scene;
mod series;
#[path = "../../tests/kill/server.rs"]
mod server;
mod troubles;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use report::Report;
use scene::{Home, Scene};
use series::Series;

#[derive(Parser)]
#[command(about = "The bot lives through a busy time, and has to keep its promises")]
struct Arguments {
    /// How long members ask, in minutes, for each database
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=60))]
    minutes: u64,
    /// The database: sqlite, or the address of a PostgreSQL server [default: SQLite, then the server that HEATWIRE_TEST_POSTGRES
    /// names]
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
    /// Write the metrics of the bot, as they change, to this file (CSV)
    #[arg(long, value_name = "FILE")]
    series: Option<PathBuf>,
}

impl Arguments {
    fn homes(&self) -> Vec<Home> {
        match self.database.as_deref() {
            Some("sqlite") => vec![Home::Sqlite],
            Some(address) => vec![Home::Postgres(address.to_owned())],
            None => [Home::Sqlite].into_iter().chain(server::server().map(Home::Postgres)).collect(),
        }
    }
}

fn main() -> ExitCode {
    // A child of the soak is the program `heatwire`: its `main` is this call.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == "run") {
        return heatwire::cli::run();
    }
    let arguments = Arguments::parse();
    let mut series = arguments.series.as_deref().map(|file| Series::create(file).unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut are_kept = true;
    for home in arguments.homes() {
        let length = Duration::from_secs(arguments.minutes * 60);
        let report = runtime.block_on(soak(&home, length, series.as_mut()));
        let mut output = io::stdout().lock();
        report.write(&mut output).unwrap();
        output.flush().unwrap();
        are_kept &= report.broken_promises().is_empty();
    }
    if are_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One busy time with one database.
async fn soak(home: &Home, length: Duration, series: Option<&mut Series>) -> Report {
    let mut scene = Scene::start(home).await;
    let busy = scene.be_busy(length, series).await;
    scene.settle().await;
    let report = Report::of(&mut scene, busy, length);
    if !report.broken_promises().is_empty() {
        scene.keep_folder();
    }
    report
}
