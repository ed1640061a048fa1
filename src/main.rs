//! The command line of heatwire: it reads the arguments and starts a subcommand.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use article_format::schema::FileKind;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use heatwire::check;
use heatwire::config::{Config, ConfigFaults};
use heatwire::discord;
use heatwire::ops::{logging, terminal};
use heatwire::start::{self, DemoOptions};
use jiff::Timestamp;

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
    /// Copy the database to a new file, also while the bot runs
    Backup {
        /// The copy; nothing may be there yet
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Report every problem in a folder of articles: exit code 0 if there is none, 1 if there is any, 2 if it cannot be read
    Check(CheckArguments),
}

#[derive(Args)]
struct CheckArguments {
    /// The folder of articles; ARTICLES_DIR if not given
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// Also warn of unknown keys, stories that are told twice, parents of topics that lead nowhere, and files passed over for
    /// their names; warnings count as problems
    #[arg(long)]
    strict: bool,
    /// Check nothing, and print the JSON Schema of articles or of topic files
    #[arg(long, value_enum, value_name = "KIND", num_args = 0..=1, default_missing_value = "article")]
    #[arg(conflicts_with_all = ["folder", "format", "strict"])]
    schema: Option<SchemaKind>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// For people, as rustc shows errors
    Text,
    /// For programs, as docs/check-json.md describes
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaKind {
    /// The front matter of articles
    Article,
    /// Topic files
    Topic,
}

/// The exit code of `check` when there is no report.
const NOT_CHECKED: u8 = 2;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let (result, failure) = match arguments.command.unwrap_or(Command::Run) {
        Command::Run => (run(None), ExitCode::FAILURE),
        Command::Demo { articles, port, open } => {
            (run(Some((articles, DemoOptions { port, opens_browser: open }))), ExitCode::FAILURE)
        }
        Command::Backup { file } => (backup(&file), ExitCode::FAILURE),
        Command::Check(arguments) => (check(&arguments), ExitCode::from(NOT_CHECKED)),
    };
    result.unwrap_or_else(|error| {
        // One line with its causes, for a person; faults of the settings have a line each.
        let words = format!("{error:#}");
        let lines: Vec<String> = if error.is::<ConfigFaults>() {
            words.lines().map(terminal::escaped).collect()
        } else {
            vec![terminal::escaped(&words)]
        };
        say(&lines.join("\n"));
        failure
    })
}

/// Standard error gone is no reason to fail in another way.
fn say(words: &str) {
    let _no_one_reads = writeln!(std::io::stderr(), "heatwire: {words}");
}

/// The help and the version as they are. A fault of the arguments is said without what was written: it may be a token, and clap
/// would repeat it.
fn refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let is_printed = error.print().is_ok();
        return if is_printed { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let mut words = format!("the arguments are wrong: {}", error.kind());
    for (kind, before) in [
        (ContextKind::InvalidArg, " for "),
        (ContextKind::ValidValue, "; it may be "),
        (ContextKind::SuggestedArg, "; did you mean "),
        (ContextKind::SuggestedSubcommand, "; did you mean "),
    ] {
        // Where an argument is unknown, this is what was written; else the name of one of ours.
        let is_ours = kind != ContextKind::InvalidArg || error.kind() != ErrorKind::UnknownArgument;
        let known = match error.get(kind).filter(|_| is_ours) {
            Some(ContextValue::String(name)) => name.clone(),
            Some(ContextValue::Strings(names)) => names.join(", "),
            _ => continue,
        };
        words.push_str(before);
        words.push_str(&known);
    }
    say(&format!("{}; heatwire --help says what there is", terminal::escaped(&words)));
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(NOT_CHECKED))
}

/// Runs the bot: with Discord, or in the local one with these articles and options.
#[tokio::main]
async fn run(demo: Option<(Option<PathBuf>, DemoOptions)>) -> anyhow::Result<ExitCode> {
    let mut config = Config::load()?;
    logging::start(&config.log_filter, discord::closes::listener());
    #[cfg(feature = "kill-points")]
    if let Some(kill_at) = &config.kill_at {
        heatwire::delivery::kill::arm(kill_at);
    }
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    match demo {
        None => start::bot(&config).await?,
        Some((articles, options)) => {
            config.articles_dir = articles.unwrap_or(config.articles_dir);
            start::demo(&config, &options).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[tokio::main]
async fn backup(file: &Path) -> anyhow::Result<ExitCode> {
    start::backup(&Config::load()?, file).await?;
    Ok(ExitCode::SUCCESS)
}

fn check(arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    if let Some(kind) = arguments.schema {
        let kind = match kind {
            SchemaKind::Article => FileKind::Article,
            SchemaKind::Topic => FileKind::Topic,
        };
        check::write_schema(kind, &mut output)?;
        return Ok(ExitCode::SUCCESS);
    }
    let config = Config::load()?;
    let has_colours = config.allows_colours && std::io::stdout().is_terminal();
    let options = check::Options {
        folder: arguments.folder.as_deref().unwrap_or(&config.articles_dir),
        format: match arguments.format {
            ReportFormat::Text => check::Format::Text { has_colours },
            ReportFormat::Json => check::Format::Json,
        },
        strict: arguments.strict.then(Timestamp::now),
        shows_progress: std::io::stderr().is_terminal(),
    };
    Ok(match check::run(&options, &mut output)? {
        check::Outcome::Clean => ExitCode::SUCCESS,
        check::Outcome::HasFindings => ExitCode::FAILURE,
    })
}
