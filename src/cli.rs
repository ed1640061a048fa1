//! The command line: reads the arguments and starts a subcommand.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use article_format::schema::FileKind;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::app;
use crate::app::demo::{self, DemoOptions};
use crate::check;
use crate::config::{Config, ConfigFaults};
use crate::discord;
use crate::doctor;
use crate::ops::{logging, terminal};
use crate::sources::ListFaults;

#[derive(Parser)]
#[command(version, about = "A Discord bot that surfaces articles, hottest first")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Connect to Discord (the default). Needs DISCORD_TOKEN
    Run,
    /// Run the bot in a local Discord with a web page. Needs no account and no network
    Demo {
        /// The folder of articles [default: a copy of the folder in the setting ARTICLES_DIR, with the articles of small feeds of
        /// the demo's own; if there is a list of sources, the folder itself, with the articles of these sources]
        #[arg(long, value_name = "DIR")]
        articles: Option<PathBuf>,
        /// The port of the web page on 127.0.0.1. With 0, the system chooses a free port
        #[arg(long, default_value_t = 4280)]
        port: u16,
        /// Open the page in the browser of this system
        #[arg(long)]
        open: bool,
    },
    /// Fetch all sources once. Exit code: 0 if all were fetched, 1 if some were not, 2 for wrong settings or a wrong list
    Fetch(FetchArguments),
    /// Test the setup: token, Discord, permissions, database, articles, sources, disk. Exit code: 0 if nothing failed, 1 if something
    /// did, 2 for wrong settings. A bot that runs is not disturbed
    Doctor {
        /// The form of the report
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,
    },
    /// Copy an SQLite database to a new file. The bot may run meanwhile
    Backup {
        /// The file for the copy. It must not exist yet
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Copy the database into an empty one: from SQLite to PostgreSQL, or back. No bot may run meanwhile
    Migrate {
        /// The database that the bot used, in the form of DATABASE_URL
        #[arg(value_name = "FROM")]
        from: String,
        /// An empty database, in the form of DATABASE_URL
        #[arg(value_name = "TO")]
        to: String,
    },
    /// Report every problem in a folder of articles. Exit code: 0 for no problem, 1 for any problem, 2 if the folder cannot be read
    Check(CheckArguments),
}

#[derive(Args)]
struct FetchArguments {
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Show what the feed at this address would give, or the feed that this web page names, and write nothing
    #[arg(long = "try", value_name = "URL", conflicts_with = "dry_run")]
    address: Option<String>,
    /// With --try: allow an address in a private network
    #[arg(long, requires = "address")]
    private: bool,
}

#[derive(Args)]
struct CheckArguments {
    /// The folder of articles [default: the setting ARTICLES_DIR]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// Warn of more: unknown keys, values that a “ #” cuts off, links that are too long for Discord, stories that several
    /// articles report, wrong parents of topics, and files with the wrong ending. Warnings count as problems
    #[arg(long)]
    strict: bool,
    /// Print the JSON Schema of articles, of topic files or of the list of sources, and check nothing
    #[arg(long, value_enum, value_name = "KIND", num_args = 0..=1, default_missing_value = "article")]
    #[arg(conflicts_with_all = ["folder", "format", "strict"])]
    schema: Option<SchemaKind>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    /// For people: each problem with its line
    Text,
    /// For programs: docs/check-json.md and docs/doctor.md describe the form
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaKind {
    /// The front matter of articles
    Article,
    /// Topic files
    Topic,
    /// The list of sources (the setting SOURCES_FILE)
    Sources,
}

/// The exit code of `check` and `doctor` without a report.
const NOT_CHECKED: u8 = 2;

/// The exit code of `fetch` if the settings or the list of sources are wrong.
const NOT_FETCHED: u8 = 2;

/// Runs the subcommand that the arguments of the process name.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let (result, failure) = match arguments.command.unwrap_or(Command::Run) {
        Command::Run => (run_bot(None), ExitCode::FAILURE),
        Command::Demo { articles, port, open } => {
            (run_bot(Some(DemoOptions { articles, port, opens_browser: open })), ExitCode::FAILURE)
        }
        Command::Doctor { format } => (doctor(format), ExitCode::from(NOT_CHECKED)),
        Command::Backup { file } => (backup(&file), ExitCode::FAILURE),
        Command::Migrate { from, to } => (migrate(&from, &to), ExitCode::FAILURE),
        Command::Fetch(arguments) => (fetch(&arguments), ExitCode::from(NOT_FETCHED)),
        Command::Check(arguments) => (check(&arguments), ExitCode::from(NOT_CHECKED)),
    };
    result.unwrap_or_else(|error| {
        // An error is one line with its causes. Each fault of the settings has a line of its own.
        let text = format!("{error:#}");
        let lines: Vec<String> = if error.is::<ConfigFaults>() || error.is::<ListFaults>() {
            text.lines().map(terminal::escaped).collect()
        } else {
            vec![terminal::escaped(&text)]
        };
        write_error(&lines.join("\n"));
        failure
    })
}

fn write_error(text: &str) {
    // A closed standard error changes nothing else.
    let _nobody_reads = writeln!(std::io::stderr(), "heatwire: {text}");
}

/// Prints the help and the version. For wrong arguments, prints what is wrong without the argument itself: clap would repeat
/// the argument, and the argument may be a token.
fn refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let is_printed = error.print().is_ok();
        return if is_printed { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let mut text = format!("the arguments are wrong: {}", error.kind());
    for (kind, before) in [
        (ContextKind::InvalidArg, " for "),
        (ContextKind::ValidValue, "; possible values: "),
        (ContextKind::SuggestedArg, "; did you mean "),
        (ContextKind::SuggestedSubcommand, "; did you mean "),
    ] {
        // For an unknown argument, clap holds the text that the person typed. Otherwise clap holds a name of ours.
        let is_ours = kind != ContextKind::InvalidArg || error.kind() != ErrorKind::UnknownArgument;
        let known = match error.get(kind).filter(|_| is_ours) {
            Some(ContextValue::String(name)) => name.clone(),
            Some(ContextValue::Strings(names)) => names.join(", "),
            _ => continue,
        };
        text.push_str(before);
        text.push_str(&known);
    }
    write_error(&format!("{}; heatwire --help lists all arguments", terminal::escaped(&text)));
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(NOT_CHECKED))
}

/// Runs the bot with Discord, or in the local Discord with these articles and options.
#[tokio::main]
async fn run_bot(demo_options: Option<DemoOptions>) -> anyhow::Result<ExitCode> {
    let config = Config::load()?;
    logging::start(&config.log_filter, discord::close_codes::listener());
    #[cfg(feature = "kill-points")]
    if let Some(kill_at) = &config.kill_at {
        crate::delivery::kill::arm(kill_at);
    }
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    match demo_options {
        None => app::bot(&config).await?,
        Some(options) => demo::run(config, options).await?,
    }
    Ok(ExitCode::SUCCESS)
}

#[tokio::main]
async fn doctor(format: ReportFormat) -> anyhow::Result<ExitCode> {
    let config = Config::load()?;
    let report = doctor::examine(&config).await;
    let mut output = BufWriter::new(std::io::stdout().lock());
    match format {
        ReportFormat::Text => report.write_text(&mut output)?,
        ReportFormat::Json => report.write_json(&mut output)?,
    }
    output.flush()?;
    Ok(if report.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

#[tokio::main]
async fn backup(file: &Path) -> anyhow::Result<ExitCode> {
    app::backup(&Config::load()?, file).await?;
    Ok(ExitCode::SUCCESS)
}

#[tokio::main]
async fn migrate(from: &str, to: &str) -> anyhow::Result<ExitCode> {
    app::migrate(from, to).await?;
    Ok(ExitCode::SUCCESS)
}

#[tokio::main]
async fn fetch(arguments: &FetchArguments) -> anyhow::Result<ExitCode> {
    let config = Config::load()?;
    logging::start(&config.log_filter, discord::close_codes::listener());
    #[cfg(feature = "kill-points")]
    if let Some(nth) = config.kill_at.as_deref().and_then(|nth| nth.parse().ok()) {
        article_sources::kill_at(nth);
    }
    let mut output = BufWriter::new(std::io::stdout().lock());
    let is_complete = match &arguments.address {
        Some(address) => app::fetch::try_address(&config, address, arguments.private, &mut output).await?,
        None if arguments.dry_run => app::fetch::dry_run(&config, &mut output).await?,
        None => app::fetch::all(&config, std::io::stderr().is_terminal(), &mut output).await?,
    };
    Ok(if is_complete { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(std::io::stdout().lock());
    if let Some(kind) = arguments.schema {
        let kind = match kind {
            SchemaKind::Article => FileKind::Article,
            SchemaKind::Topic => FileKind::Topic,
            SchemaKind::Sources => FileKind::Sources,
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
        check::CheckOutcome::Clean => ExitCode::SUCCESS,
        check::CheckOutcome::HasFindings => ExitCode::FAILURE,
    })
}
