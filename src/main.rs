//! The command line of heatwire: it reads the arguments and starts a subcommand.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use heatwire::config::Config;
use heatwire::ops::logging;
use heatwire::start::{self, DemoOptions};

#[derive(Parser)]
#[command(version, about = "A Discord bot that surfaces articles, hottest first")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Connect to Discord (the default); needs DISCORD_TOKEN
    Run,
    /// Run the bot in a local Discord with a web page: no account, no network
    Demo {
        /// The folder of articles; ARTICLES_DIR if not given
        #[arg(long, value_name = "DIR")]
        articles: Option<PathBuf>,
        /// Where the page is served on 127.0.0.1; 0 takes any free port
        #[arg(long, default_value_t = 4280)]
        port: u16,
        /// Open the page in the system's browser
        #[arg(long)]
        open: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command.unwrap_or(Command::Run)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line with its causes, for a person. Standard error gone is no reason to fail in another way.
            let _no_one_reads = writeln!(std::io::stderr(), "heatwire: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(command: Command) -> anyhow::Result<()> {
    let mut config = Config::load()?;
    logging::start(&config.log_filter);
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    match command {
        Command::Run => start::bot(&config).await,
        Command::Demo { articles, port, open } => {
            config.articles_dir = articles.unwrap_or(config.articles_dir);
            start::demo(&config, &DemoOptions { port, opens_browser: open }).await
        }
    }
}
