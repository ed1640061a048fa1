//! The demo: the same bot against the sandbox, with small feeds of its own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use discord_sandbox::{PageAction, Sandbox, SandboxOptions};
use tempfile::TempDir;

use super::feeds::{Feeds, Place};
use super::stop::stop_on_signal;
use super::{Bot, probe, unreadable};
use crate::collection::walk;
use crate::config::Config;
use crate::delivery::ledger::Ledger;
use crate::discord;
use crate::ids::{ChannelId, GuildId};
use crate::ops::terminal;
use crate::shards::Shards;
use crate::sources::keep::Listed;
use newsroom::Newsroom;

mod newsroom;
mod notes;

/// How the demo runs.
#[derive(Debug)]
pub(crate) struct DemoOptions {
    /// The person's own folder of articles.
    pub(crate) articles: Option<PathBuf>,
    /// The port on 127.0.0.1. With 0, the system chooses a free port.
    pub(crate) port: u16,
    /// Whether the system's browser opens the page.
    pub(crate) opens_browser: bool,
}

/// The folder of articles, the sources, the button of the page, and the feeds behind it.
struct Stage {
    articles: PathBuf,
    listed: Listed,
    actions: Vec<PageAction>,
    newsroom: Option<Newsroom>,
    /// Deletes the copy of the articles when the demo ends.
    _copy: Option<TempDir>,
}

/// Runs the bot against the sandbox until SIGINT or SIGTERM, and prints the address of the page.
///
/// # Errors
///
/// A port that another program uses, a folder that cannot be read or copied, and the errors of [`super::bot`].
pub(crate) async fn run(config: Config, options: DemoOptions) -> anyhow::Result<()> {
    let port = options.port;
    let stop = stop_on_signal()?;
    let Stage { articles, listed, actions, newsroom, _copy } = stage(&config, options.articles).await?;
    let config = Config { articles_dir: articles, ..config };
    let hint = actions.first().map(|action| {
        format!(" The button “{}” on the page shows how articles come by themselves.", action.name)
    });
    let sandbox = Sandbox::start(SandboxOptions { port, actions, ..SandboxOptions::default() })
        .await
        .with_context(|| format!("the demo cannot use port {port}; choose another port with --port"))?;
    let settings = discord::Settings {
        token: sandbox.token().into(),
        guild_id: None,
        api_url: Some(sandbox.api_url()),
        shards: Shards::Recommended,
    };
    let ledger = Ledger::open("sqlite::memory:").await?;
    let probe = probe::serve(config.http_addr).await?;
    let mut bot = Bot::start(&config, listed, &settings, Place::Own(ledger), &probe, &stop).await?;
    let address = sandbox.address();
    writeln!(
        std::io::stdout(),
        "heatwire runs in a local Discord. Open http://{address}/ and type /news ai. If you save an article in {}, it \
         appears in #news.{} Press Ctrl+C to stop.",
        terminal::escaped(&config.articles_dir.display().to_string()),
        hint.unwrap_or_default()
    )?;
    if options.opens_browser {
        // The demo works without a browser, and the address is printed above.
        if let Err(error) = open::that_detached(format!("http://{address}/")) {
            tracing::warn!(%error, "the browser cannot be opened; open the address yourself");
        }
    }
    if let Some(channel) = sandbox.channel_id("news") {
        let (guild, channel) = (GuildId(sandbox.guild_id()), ChannelId(channel));
        Feeds::make_demo(guild, channel, bot.desk.clone(), config.feed_defaults);
    }
    let (desk, state) = (bot.desk.clone(), Arc::clone(&bot.state));
    let begun = || newsroom.iter().for_each(Newsroom::begin);
    let result = tokio::select! {
        result = bot.run(&settings, stop) => result,
        never = notes::keep(&sandbox, &desk, &state, begun) => match never {},
    };
    sandbox.stop().await;
    result
}

/// Somebody who names a folder or has a list of sources sees their own articles. Everybody else sees a copy of the articles
/// and the demo's own feeds, so that the demo changes no folder of theirs.
async fn stage(config: &Config, own_articles: Option<PathBuf>) -> anyhow::Result<Stage> {
    if own_articles.is_some() || config.sources_file.exists() {
        return Ok(Stage {
            articles: own_articles.unwrap_or_else(|| config.articles_dir.clone()),
            listed: Listed::In(config.sources_file.clone()),
            actions: Vec::new(),
            newsroom: None,
            _copy: None,
        });
    }
    let copy = tempfile::Builder::new().prefix("heatwire-demo-").tempdir();
    let copy = copy.context("the demo cannot make a temporary folder for a copy of the articles")?;
    let articles = copy.path().join("articles");
    copy_articles(&config.articles_dir, &articles)?;
    let newsroom = Newsroom::open().await.context("the demo cannot serve its feeds on 127.0.0.1")?;
    let listed = Listed::Always(newsroom.sources());
    let publisher = newsroom.clone();
    let run = Arc::new(move || publisher.publish());
    let actions = vec![PageAction { name: "Add a feed entry".to_owned(), run }];
    Ok(Stage { articles, listed, actions, newsroom: Some(newsroom), _copy: Some(copy) })
}

/// Copies the article and topic files.
fn copy_articles(from: &Path, to: &Path) -> anyhow::Result<()> {
    let found = walk::find(from).map_err(|fault| unreadable(from, &fault))?;
    let copy_all = || {
        fs::create_dir_all(to)?;
        found.files.iter().try_for_each(|file| {
            let copy = to.join(&*file.name);
            copy.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::copy(from.join(&*file.name), copy).map(|_| ())
        })
    };
    copy_all().context("the demo cannot copy the articles into a temporary folder")
}
