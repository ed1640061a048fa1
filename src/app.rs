//! Puts the parts of the program together for each subcommand.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use jiff::Timestamp;
use secrecy::ExposeSecret;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::collection::incremental::Clock;
use crate::collection::load_error::{LoadError, place_of};
use crate::collection::watch::Watch;
use crate::config::Config;
use crate::delivery::desk::Desk;
use crate::delivery::ledger::{self, Copied, Ledger};
use crate::discord;
use crate::discord::state::State;
use crate::ops::{service_manager, terminal};
use crate::processes::Processes;
use crate::reload::Reloads;
use crate::search::Search;
use crate::shards::Shards;
use crate::sources::keep::{self, Listed};
use crate::sources::{KeywordCache, SourceBoard, coverage};
use feeds::{Feeds, OPEN_AGAIN, Place, StartFetching, Superseded};
use probe::{BotProbe, Running};
use stop::stop_on_signal;

pub(crate) mod demo;
mod feeds;
pub(crate) mod fetch;
mod probe;
mod stop;
mod store_watch;

/// What to do if the folder of articles cannot be read.
const FOLDER_REMEDY: &str =
    "set ARTICLES_DIR to the folder of your article files, or for the demo: heatwire demo --articles DIR";

/// Connects to Discord, and answers and posts until SIGINT or SIGTERM.
///
/// # Errors
///
/// No token, a folder of articles that cannot be read, a database that cannot be used, or an error of [`discord::run`].
pub(crate) async fn bot(config: &Config) -> anyhow::Result<()> {
    let token = config.discord_token.clone().context(
        "DISCORD_TOKEN is not set; write DISCORD_TOKEN=... into the file .env (README, “A real server”), or try the bot \
         without an account: heatwire demo",
    )?;
    let stop = stop_on_signal()?;
    let probe = probe::serve(config.http_addr).await?;
    let settings = discord::Settings {
        token,
        guild_id: config.discord_guild_id,
        api_url: config.discord_api_url.clone(),
        shards: config.discord_shards,
    };
    let reports = service_manager::report(probe.checks(), stop.clone());
    let reports = AbortOnDropHandle::new(tokio::spawn(reports));
    until_stopped(config, &settings, &probe, stop.clone()).await?;
    stop.cancel();
    // The last report is that of the stop.
    let _is_told = reports.await;
    tracing::info!("stopped");
    Ok(())
}

/// Answers and posts until `stop`.
async fn until_stopped(
    config: &Config,
    settings: &discord::Settings,
    probe: &BotProbe,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    if let Shards::Own(shards) = config.discord_shards {
        tracing::info!(%shards, "this process runs some of the bot's shards");
        let beside = Ledger::open_beside(config.database_url.expose_secret()).await?;
        let place = Place::Shared { beside, database_url: config.database_url.clone() };
        return run_once(config, settings, place, probe, stop).await;
    }
    let mut is_first = true;
    // Where another process has taken the database over, this one waits until the database is free again.
    while !stop.is_cancelled() {
        let opened = tokio::select! {
            opened = feeds::open_ledger(config) => opened,
            () = stop.cancelled() => break,
        };
        let ledger = match opened {
            Err(error) if !is_first => {
                tracing::error!("{error:#}; trying again in {} s", OPEN_AGAIN.as_secs());
                let _is_stopped = tokio::time::timeout(OPEN_AGAIN, stop.cancelled()).await;
                continue;
            }
            opened => opened?,
        };
        is_first = false;
        let stop = stop.child_token();
        match run_once(config, settings, Place::Own(ledger), probe, stop).await {
            Err(error) if error.is::<Superseded>() => tracing::warn!("{error}; this process begins anew"),
            ended => {
                ended?;
                break;
            }
        }
    }
    Ok(())
}

/// Answers and posts until `stop`, or until another process takes the database over.
async fn run_once(
    config: &Config,
    settings: &discord::Settings,
    place: Place,
    probe: &BotProbe,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let listed = Listed::In(config.sources_file.clone());
    let mut bot = Bot::start(config, listed, settings, place, probe, &stop).await?;
    if let Some(channel) = config.news_channel_id {
        let connected = bot.state.connected().clone();
        bot.feeds.make_first(channel, bot.desk.clone(), config.feed_defaults, connected);
    }
    bot.run(settings, stop).await
}

/// Copies the database to a new file, and prints where the copy is. A running bot is not disturbed.
///
/// # Errors
///
/// No database, a `file` that exists, or a `file` that cannot be written.
pub(crate) async fn backup(config: &Config, file: &Path) -> anyhow::Result<()> {
    ledger::backup(config.database_url.expose_secret(), file).await?;
    writeln!(
        std::io::stdout(),
        "The backup is {}. The README tells under “Backups” how to restore it.",
        terminal::escaped(&file.display().to_string())
    )?;
    Ok(())
}

/// Copies a database into an empty one, and prints how much was copied.
///
/// # Errors
///
/// A database that cannot be used, one that a bot uses, or a target that is not empty.
pub(crate) async fn migrate(from: &str, to: &str) -> anyhow::Result<()> {
    let Copied { feeds, posts, deliveries } = ledger::copy(from, to).await?;
    writeln!(
        std::io::stdout(),
        "Copied {feeds} feeds, {posts} posts and {deliveries} deliveries. Set DATABASE_URL to the new database before the \
         bot starts again."
    )?;
    Ok(())
}

/// A folder of articles that cannot be read, with the remedy.
fn unreadable(folder: &Path, fault: &LoadError) -> anyhow::Error {
    anyhow::anyhow!("{fault}{}; {FOLDER_REMEDY}", place_of(folder, fault))
}

/// The bot's parts.
struct Bot {
    state: Arc<State>,
    desk: Desk,
    feeds: Feeds,
    /// Keeps the collection up to date until this is dropped.
    _watch: Option<Watch>,
}

impl Bot {
    async fn start(
        config: &Config,
        listed: Listed,
        settings: &discord::Settings,
        place: Place,
        probe: &BotProbe,
        stop: &CancellationToken,
    ) -> anyhow::Result<Self> {
        let clock: Clock = Arc::new(Timestamp::now);
        let reloads = Reloads::start(config.articles_dir.clone(), config.half_life, Arc::clone(&clock))
            .await
            .map_err(|fault| unreadable(&config.articles_dir, &fault))?;
        let watch =
            if config.articles_watch { Some(reloads.watch(config.articles_dir.clone())?) } else { None };
        let (board, fetching) = sources(config, listed, &reloads, &clock);
        let (desk, requests) = Desk::new();
        let search = Search::follow(&reloads);
        let guilds = place.ledger().guilds();
        let processes = match (&place, config.discord_shards) {
            (Place::Shared { beside, database_url }, Shards::Own(shards)) => {
                Some(Processes::new(beside.clone(), database_url.clone(), shards))
            }
            _ => None,
        };
        let state = State::following(reloads, Arc::clone(&clock))
            .with_search(search)
            .with_feeds(desk.clone(), config.feed_defaults)
            .with_news_sort(config.news_sort)
            .with_sources(board)
            .with_operator_guilds(config.operator_guilds.clone())
            .with_shards(config.discord_shards)
            .with_processes(processes.clone())
            .with_guilds(guilds)
            .await?;
        let feeds = Feeds::start(place, requests, settings, &state, clock, fetching, stop.clone()).await?;
        if let Some(processes) = processes {
            feeds.report_process(processes, &state, stop.clone());
        }
        let state = Arc::new(state);
        feeds.report_troubles(Arc::clone(&state), stop.clone());
        probe.bot_runs(Running::new(Arc::clone(&state), Arc::clone(feeds.board()), feeds.store().clone()));
        Ok(Self { state, desk, feeds, _watch: watch })
    }

    /// Answers and posts until `stop`. If one of both ends with an error, the other one stops too.
    async fn run(&mut self, settings: &discord::Settings, stop: CancellationToken) -> anyhow::Result<()> {
        let answering = discord::run(settings, Arc::clone(&self.state), stop.clone());
        tokio::pin!(answering);
        let answered = tokio::select! {
            answered = &mut answering => answered.map_err(anyhow::Error::from),
            posted = self.feeds.ended() => {
                stop.cancel();
                return posted.and(answering.await.map_err(anyhow::Error::from));
            }
        };
        stop.cancel();
        answered.and(self.feeds.ended().await)
    }
}

/// The board that says how the sources are, and what starts their fetching.
fn sources(
    config: &Config,
    listed: Listed,
    reloads: &Reloads,
    clock: &Clock,
) -> (Arc<SourceBoard>, StartFetching) {
    let board = Arc::new(SourceBoard::default());
    let (config, reloads, clock, shown) =
        (config.clone(), reloads.clone(), Arc::clone(clock), Arc::clone(&board));
    let start = move |stop: CancellationToken| {
        let (keywords, collections) = (KeywordCache::default(), reloads.clone());
        let topics = move || keywords.of(collections.collection().topics().files());
        let fetcher = fetch::fetcher(&config, topics, Arc::clone(&clock))?;
        let (shown, listed, reloads) = (Arc::clone(&shown), listed.clone(), reloads.clone());
        let (articles, is_watched) = (config.articles_dir.clone(), config.articles_watch);
        let clock = Arc::clone(&clock);
        tokio::spawn(async move {
            let wrote = || {
                // A bot that watches its folder sees the files by itself. A bot that stops loads nothing.
                let _loads = is_watched || reloads.nudge();
            };
            tokio::select! {
                () = keep::keep(fetcher, listed, &shown, wrote) => {}
                () = coverage::follow(&articles, reloads.follow(), clock, wrote) => {}
                () = stop.cancelled() => {}
            }
        });
        Ok(())
    };
    (board, Box::new(start))
}
