//! Feeds: the ledger, the poster and the desk, put together.

use std::sync::Arc;

use anyhow::Context;
use secrecy::ExposeSecret;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::collection::incremental::Clock;
use crate::config::Config;
use crate::delivery::desk::{Desk, NewFeed, Request};
use crate::delivery::ledger::Ledger;
use crate::delivery::poster::{Poster, PosterError, Tools};
use crate::discord;
use crate::discord::sender::DiscordSender;
use crate::feed::{ChannelKind, FeedDefaults};
use crate::reload::Reloads;

/// How many of the hottest articles the demo's feed begins with.
const DEMO_BACKFILL: u8 = 3;

/// Feeds that are looked after as long as this is held.
pub(super) struct Feeds {
    /// Whom moderators' commands ask.
    pub(super) desk: Desk,
    poster: JoinHandle<Result<(), PosterError>>,
    sender: Arc<DiscordSender>,
}

impl Feeds {
    /// Opens the ledger and starts the poster. It works until `stop`.
    pub(super) async fn start(
        ledger: Ledger,
        settings: &discord::Settings,
        reloads: &Reloads,
        clock: Clock,
        stop: CancellationToken,
    ) -> anyhow::Result<Self> {
        let sender = Arc::new(DiscordSender::new(settings, Arc::clone(&clock))?);
        let reader = reloads.clone();
        let tools = Tools {
            ledger,
            sender: Arc::clone(&sender),
            clock,
            current: reloads.follow(),
            look_again: Box::new(move || {
                // Where loading has ended the bot is stopping.
                let _is_loading = reader.nudge();
            }),
        };
        let (desk, requests): (Desk, tokio::sync::mpsc::Receiver<Request>) = Desk::new();
        let poster = Poster::start(tools).await?;
        Ok(Self { desk, poster: tokio::spawn(poster.run(requests, stop)), sender })
    }

    /// Waits for the poster to end: by `stop`, or because it cannot go on.
    pub(super) async fn ended(&mut self) -> anyhow::Result<()> {
        (&mut self.poster)
            .await
            .context("the poster ended by a fault of the bot's own; please report this")??;
        Ok(())
    }

    /// Makes the feed of `NEWS_CHANNEL_ID`, if it was not made before. A channel that cannot be looked at is tried again at
    /// the next start; until then the log says why there is no feed.
    pub(super) async fn make_first(&self, channel: u64, defaults: FeedDefaults) {
        let (server, channel_kind) = match self.sender.place_of_feed(channel).await {
            Ok(place) => place,
            Err(cause) => {
                tracing::error!(channel, cause, "NEWS_CHANNEL_ID gets no feed");
                return;
            }
        };
        match self.desk.add_first(new_feed(server, channel, channel_kind, defaults, 0)).await {
            Ok(Some(feed)) => tracing::info!(channel, feed = feed.id.0, "NEWS_CHANNEL_ID has a feed now"),
            Ok(None) => {}
            Err(error) => tracing::error!(channel, %error, "NEWS_CHANNEL_ID gets no feed"),
        }
    }

    /// Makes the demo's feed, with a few articles to begin with.
    pub(super) async fn make_demo(
        &self,
        server: u64,
        channel: u64,
        defaults: FeedDefaults,
    ) -> anyhow::Result<()> {
        // The starter collection is not written anew each week.
        let defaults = FeedDefaults { max_age_days: 0, ..defaults };
        self.desk.add(new_feed(server, channel, ChannelKind::Text, defaults, DEMO_BACKFILL)).await?;
        Ok(())
    }
}

/// Opens the ledger that the settings name.
pub(super) async fn open_ledger(config: &Config) -> anyhow::Result<Ledger> {
    Ok(Ledger::open(config.database_url.expose_secret()).await?)
}

fn new_feed(
    server: u64,
    channel: u64,
    channel_kind: ChannelKind,
    defaults: FeedDefaults,
    backfill: u8,
) -> NewFeed {
    NewFeed { server, channel, channel_kind, settings: defaults.settings(), backfill }
}
