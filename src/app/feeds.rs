//! Puts the parts together that post: the ledger, the worker, and the service that commands ask.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use secrecy::ExposeSecret;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::collection::incremental::Clock;
use crate::config::Config;
use crate::delivery::board::Board;
use crate::delivery::desk::{Desk, Request};
use crate::delivery::ledger::Ledger;
use crate::delivery::service::Service;
use crate::delivery::snapshots::Snapshots;
use crate::delivery::worker::{Dependencies, Worker};
use crate::discord;
use crate::discord::sender::DiscordSender;
use crate::discord::state::State;
use crate::feed::{ChannelKind, FeedDefaults, NewFeed};
use crate::ids::{ChannelId, GuildId};

/// The feed of the demo posts this many of the hottest articles first.
const DEMO_BACKFILL: u8 = 3;

/// How long giving the lease back to the database may take.
const RELEASE_MAX: Duration = Duration::from_secs(3);

/// Posting ended because another process has taken over, or because what this one knows is not what the database has.
#[derive(Debug, thiserror::Error)]
#[error("another heatwire has taken the database over")]
pub(super) struct Superseded;

/// The running worker.
pub(super) struct Feeds {
    worker: JoinHandle<anyhow::Result<()>>,
    sender: Arc<DiscordSender>,
}

impl Feeds {
    /// Reads the ledger and starts the worker. The worker waits until the bot is connected: before that, Discord may still refuse
    /// the token, and the start makes many requests of its own.
    pub(super) async fn start(
        ledger: Ledger,
        requests: mpsc::Receiver<Request>,
        settings: &discord::Settings,
        state: &State,
        clock: Clock,
        stop: CancellationToken,
    ) -> anyhow::Result<Self> {
        let hold = ledger.hold();
        let may_write = hold.clone();
        let sender = DiscordSender::new(settings, Arc::clone(&clock))?
            .writing_only_if(Arc::new(move || may_write.suffices_for_a_request()));
        let sender = Arc::new(sender);
        let (reader, languages) = (state.reloads().clone(), state.guild_languages().clone());
        let dependencies = Dependencies {
            ledger,
            board: Arc::new(Board::default()),
            snapshots: Arc::new(Snapshots::default()),
            sender: Arc::clone(&sender),
            clock,
            current: reader.follow(),
            language_of: Arc::new(move |guild: GuildId| languages.of(GuildId(guild.0))),
            reload: Box::new(move || {
                // Loading ends only when the bot stops.
                let _is_loading = reader.nudge();
            }),
        };
        tokio::spawn(Service::new(&dependencies).run(requests, stop.clone()));
        let worker = Worker::start(dependencies).await?;
        let connected = state.connected().clone();
        let worker = tokio::spawn(async move {
            let run = async {
                tokio::select! {
                    () = connected.cancelled() => worker.run(stop.clone()).await,
                    () = stop.cancelled() => Ok(()),
                }
            };
            tokio::select! {
                ended = run => ended?,
                () = hold.lost() => return Err(Superseded.into()),
            }
            match tokio::time::timeout(RELEASE_MAX, hold.release()).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(cause = %error, "the next process has to wait for 20 s"),
                Err(_elapsed) => tracing::warn!("the next process has to wait for 20 s"),
            }
            Ok(())
        });
        Ok(Self { worker, sender })
    }

    /// Waits until the worker ends, after `stop` or with an error.
    pub(super) async fn ended(&mut self) -> anyhow::Result<()> {
        (&mut self.worker)
            .await
            .context("posting ended because of an error in heatwire; please report this")?
    }

    /// Makes the feed of `NEWS_CHANNEL_ID` when the bot is connected, if no earlier start made the feed. If the channel cannot be
    /// checked, the log says why, and the next start tries again.
    pub(super) fn make_first(
        &self,
        channel: ChannelId,
        desk: Desk,
        defaults: FeedDefaults,
        connected: CancellationToken,
    ) {
        let sender = Arc::clone(&self.sender);
        tokio::spawn(async move {
            connected.cancelled().await;
            let place = sender.place_of_feed(channel).await;
            let made = match place {
                Ok((guild, kind)) => desk.add_first(new_feed(guild, channel, kind, defaults, 0)).await,
                Err(cause) => {
                    return tracing::error!(
                        %channel,
                        cause,
                        "NEWS_CHANNEL_ID gets no feed; the next start tries again"
                    );
                }
            };
            match made {
                Ok(Some(feed)) => {
                    tracing::info!(%channel, feed = feed.id.0, "made the feed of NEWS_CHANNEL_ID");
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(%channel, %error, "NEWS_CHANNEL_ID gets no feed; the next start tries again");
                }
            }
        });
    }

    /// Makes the feed of the demo. The feed first posts a few of the hottest articles.
    pub(super) fn make_demo(guild: GuildId, channel: ChannelId, desk: Desk, defaults: FeedDefaults) {
        // The articles of the starter collection grow old, and the demo shows them all the same.
        let defaults = FeedDefaults { max_age_days: 0, ..defaults };
        let feed = new_feed(guild, channel, ChannelKind::Text, defaults, DEMO_BACKFILL);
        tokio::spawn(async move {
            if let Err(error) = desk.add(feed).await {
                tracing::error!(%error, "the feed of the demo cannot be made");
            }
        });
    }
}

pub(super) async fn open_ledger(config: &Config) -> anyhow::Result<Ledger> {
    Ok(Ledger::open(config.database_url.expose_secret()).await?)
}

fn new_feed(
    guild: GuildId,
    channel: ChannelId,
    channel_kind: ChannelKind,
    defaults: FeedDefaults,
    backfill: u8,
) -> NewFeed {
    NewFeed { guild, channel, channel_kind, settings: defaults.settings(), backfill }
}

#[cfg(test)]
mod tests;
