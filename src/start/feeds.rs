//! Feeds: the ledger, the poster and the desk, put together.

use std::sync::Arc;

use anyhow::Context;
use secrecy::ExposeSecret;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::collection::incremental::Clock;
use crate::config::Config;
use crate::delivery::desk::{Desk, Request};
use crate::delivery::ledger::Ledger;
use crate::delivery::poster::{Poster, PosterError, Tools};
use crate::discord;
use crate::discord::sender::DiscordSender;
use crate::discord::state::State;
use crate::feed::{ChannelKind, FeedDefaults, NewFeed};

/// How many of the hottest articles the demo's feed begins with.
const DEMO_BACKFILL: u8 = 3;

/// Feeds that are looked after as long as this is held.
pub(super) struct Feeds {
    poster: JoinHandle<Result<(), PosterError>>,
    sender: Arc<DiscordSender>,
}

impl Feeds {
    /// Reads the ledger and starts the poster. It works from when the bot is `connected` until `stop`: before that nobody knows
    /// whether Discord takes the token, and a start has requests enough of its own.
    pub(super) async fn start(
        ledger: Ledger,
        requests: mpsc::Receiver<Request>,
        settings: &discord::Settings,
        state: &State,
        clock: Clock,
        stop: CancellationToken,
    ) -> anyhow::Result<Self> {
        let sender = Arc::new(DiscordSender::new(settings, Arc::clone(&clock))?);
        let reader = state.reloads().clone();
        let tools = Tools {
            ledger,
            sender: Arc::clone(&sender),
            clock,
            current: reader.follow(),
            look_again: Box::new(move || {
                // Where loading has ended the bot is stopping.
                let _is_loading = reader.nudge();
            }),
        };
        let poster = Poster::start(tools).await?;
        let connected = state.connected().clone();
        let poster = tokio::spawn(async move {
            tokio::select! {
                () = connected.cancelled() => poster.run(requests, stop).await,
                () = stop.cancelled() => Ok(()),
            }
        });
        Ok(Self { poster, sender })
    }

    /// Waits for the poster to end: by `stop`, or because it cannot go on.
    pub(super) async fn ended(&mut self) -> anyhow::Result<()> {
        (&mut self.poster)
            .await
            .context("the poster ended by a fault of the bot's own; please report this")??;
        Ok(())
    }

    /// Makes the feed of `NEWS_CHANNEL_ID` once the bot is connected, if it was not made before. A channel that cannot be looked
    /// at is tried again at the next start; until then the log says why there is no feed.
    pub(super) fn make_first(
        &self,
        channel: u64,
        desk: Desk,
        defaults: FeedDefaults,
        connected: CancellationToken,
    ) {
        let sender = Arc::clone(&self.sender);
        tokio::spawn(async move {
            connected.cancelled().await;
            let place = sender.place_of_feed(channel).await;
            let made = match place {
                Ok((server, kind)) => desk.add_first(new_feed(server, channel, kind, defaults, 0)).await,
                Err(cause) => return tracing::error!(channel, cause, "NEWS_CHANNEL_ID gets no feed"),
            };
            match made {
                Ok(Some(feed)) => tracing::info!(channel, feed = feed.id.0, "NEWS_CHANNEL_ID has a feed now"),
                Ok(None) => {}
                Err(error) => tracing::error!(channel, %error, "NEWS_CHANNEL_ID gets no feed"),
            }
        });
    }

    /// Makes the demo's feed once the bot is connected, with a few articles to begin with.
    pub(super) fn make_demo(server: u64, channel: u64, desk: Desk, defaults: FeedDefaults) {
        // The starter collection is not written anew each week.
        let defaults = FeedDefaults { max_age_days: 0, ..defaults };
        let feed = new_feed(server, channel, ChannelKind::Text, defaults, DEMO_BACKFILL);
        tokio::spawn(async move {
            if let Err(error) = desk.add(feed).await {
                tracing::error!(%error, "the demo has no feed");
            }
        });
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
