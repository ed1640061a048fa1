//! Puts the parts together that post: the ledger, the worker, and the service that commands ask.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::store_watch::{StoreState, watch_store};
use crate::collection::incremental::Clock;
use crate::config::Config;
use crate::delivery::board::Board;
use crate::delivery::desk::{Desk, Request};
use crate::delivery::ledger::{DatabaseHold, Ledger, follow_announcements};
use crate::delivery::service::Service;
use crate::delivery::snapshots::Snapshots;
use crate::delivery::worker::{Dependencies, Worker};
use crate::discord;
use crate::discord::guild_languages::GuildLanguages;
use crate::discord::notices;
use crate::discord::sender::DiscordSender;
use crate::discord::state::State;
use crate::feed::{ChannelKind, FeedDefaults, NewFeed};
use crate::ids::{ChannelId, GuildId};
use crate::processes::Processes;
use crate::reload::Reloads;

/// The feed of the demo posts this many of the hottest articles first.
const DEMO_BACKFILL: u8 = 3;

/// How long the bot waits from one look at the troubles of all guilds to the next.
const NOTICES_PAUSE: Duration = Duration::from_secs(60);

/// After how long a process tries to open its database again.
pub(super) const OPEN_AGAIN: Duration = Duration::from_secs(5);

/// How long giving the lease back to the database may take.
const RELEASE_MAX: Duration = Duration::from_secs(3);

/// Posting ended because another process has taken over, or because what this one knows is not what the database has.
#[derive(Debug, thiserror::Error)]
#[error("another heatwire has taken the database over")]
pub(super) struct Superseded;

/// Where feeds and deliveries are.
pub(super) enum Place {
    /// This process alone may use the database now, and delivers.
    Own(Ledger),
    /// Processes with other shards use the database too. This process delivers while it has the lease.
    Shared {
        /// What the commands of this process use.
        beside: Ledger,
        /// `DATABASE_URL`.
        database_url: SecretString,
    },
}

impl Place {
    /// What this process can ask at any time.
    pub(super) fn ledger(&self) -> &Ledger {
        match self {
            Self::Own(ledger) | Self::Shared { beside: ledger, .. } => ledger,
        }
    }
}

/// Starts the fetching of sources, until the token is cancelled. The process that delivers fetches.
pub(super) type StartFetching = Box<dyn Fn(CancellationToken) -> anyhow::Result<()> + Send + Sync>;

/// The running service and worker.
pub(super) struct Feeds {
    worker: JoinHandle<anyhow::Result<()>>,
    sender: Arc<DiscordSender>,
    board: Arc<Board>,
    store: watch::Receiver<StoreState>,
}

/// What the service and each worker of this process share.
#[derive(Clone)]
struct Parts {
    settings: discord::Settings,
    board: Arc<Board>,
    snapshots: Arc<Snapshots>,
    reloads: Reloads,
    languages: GuildLanguages,
    clock: Clock,
    connected: CancellationToken,
}

impl Parts {
    /// For a service or a worker that uses this ledger.
    fn with(&self, ledger: Ledger) -> anyhow::Result<Dependencies<DiscordSender>> {
        let hold = ledger.hold();
        let sender = DiscordSender::new(&self.settings, Arc::clone(&self.clock))?
            .writing_only_if(Arc::new(move || hold.suffices_for_a_request()));
        let (reader, languages) = (self.reloads.clone(), self.languages.clone());
        Ok(Dependencies {
            ledger,
            board: Arc::clone(&self.board),
            snapshots: Arc::clone(&self.snapshots),
            sender: Arc::new(sender),
            clock: Arc::clone(&self.clock),
            current: reader.follow(),
            language_of: Arc::new(move |guild: GuildId| languages.of(guild)),
            reload: Box::new(move || {
                // Loading ends only when the bot stops.
                let _is_loading = reader.nudge();
            }),
        })
    }
}

impl Feeds {
    /// Starts the service and the worker. The worker waits until the bot is connected: before that, Discord may still refuse the
    /// token, and the start makes many requests of its own.
    pub(super) async fn start(
        place: Place,
        requests: mpsc::Receiver<Request>,
        settings: &discord::Settings,
        state: &State,
        clock: Clock,
        fetching: StartFetching,
        stop: CancellationToken,
    ) -> anyhow::Result<Self> {
        let parts = Parts {
            settings: settings.clone(),
            board: Arc::default(),
            snapshots: Arc::default(),
            reloads: state.reloads().clone(),
            languages: state.guild_languages().clone(),
            clock,
            connected: state.connected().clone(),
        };
        let (board, store) = (Arc::clone(&parts.board), watch_store(place.ledger().clone(), stop.clone()));
        match place {
            Place::Own(ledger) => {
                let hold = ledger.hold();
                let dependencies = parts.with(ledger)?;
                let sender = Arc::clone(&dependencies.sender);
                tokio::spawn(Service::new(&dependencies).run(requests, stop.clone()));
                fetching(stop.clone())?;
                let worker = Worker::start(dependencies).await?;
                let work = work(worker, Arc::clone(&sender), hold, Arc::clone(&board), parts.connected, stop);
                Ok(Self { worker: tokio::spawn(work), sender, board, store })
            }
            Place::Shared { beside, database_url } => {
                let dependencies = parts.with(beside)?;
                let sender = Arc::clone(&dependencies.sender);
                tokio::spawn(Service::new(&dependencies).run(requests, stop.clone()));
                let worker = tokio::spawn(async move {
                    tokio::select! {
                        () = stop.cancelled() => Ok(()),
                        ended = deliver_in_turn(&parts, &database_url, &fetching, &stop) => ended,
                    }
                });
                Ok(Self { worker, sender, board, store })
            }
        }
    }

    /// Where the worker tells what it does.
    pub(super) fn board(&self) -> &Arc<Board> {
        &self.board
    }

    /// Whether the database could be used a moment ago.
    pub(super) fn store(&self) -> &watch::Receiver<StoreState> {
        &self.store
    }

    /// Reports troubles to moderators until `stop`.
    pub(super) fn report_troubles(&self, state: Arc<State>, stop: CancellationToken) {
        let sender = Arc::clone(&self.sender);
        tokio::spawn(async move {
            tokio::select! {
                never = notices::keep(&state, &sender, NOTICES_PAUSE) => match never {},
                () = stop.cancelled() => {}
            }
        });
    }

    /// Reports this process to those that share its database, until `stop`.
    pub(super) fn report_process(&self, processes: Processes, state: &State, stop: CancellationToken) {
        let (reloads, languages) = (state.reloads().clone(), state.guild_languages().clone());
        let board = Arc::clone(&self.board);
        tokio::spawn(async move {
            tokio::select! {
                () = processes.keep(&board, &reloads, &languages) => {}
                () = stop.cancelled() => processes.leave().await,
            }
        });
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

/// Works until `stop`, or until another process takes over.
async fn work(
    worker: Worker<DiscordSender>,
    sender: Arc<DiscordSender>,
    hold: DatabaseHold,
    board: Arc<Board>,
    connected: CancellationToken,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let run = async {
        tokio::select! {
            () = connected.cancelled() => {}
            () = stop.cancelled() => return Ok(()),
        }
        tokio::select! {
            () = sender.learn_time() => {}
            () = stop.cancelled() => return Ok(()),
        }
        worker.run(stop.clone()).await
    };
    let ended = tokio::select! {
        ended = run => ended.map_err(anyhow::Error::from),
        () = hold.lost() => Err(Superseded.into()),
    };
    board.note_end_of_work();
    ended?;
    match tokio::time::timeout(RELEASE_MAX, hold.release()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(cause = %error, "the next process has to wait for 20 s"),
        Err(_elapsed) => tracing::warn!("the next process has to wait for 20 s"),
    }
    Ok(())
}

/// Delivers and fetches whenever this process has the lease, until `stop`.
async fn deliver_in_turn(
    parts: &Parts,
    database_url: &SecretString,
    fetching: &StartFetching,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    parts.connected.cancelled().await;
    while !stop.is_cancelled() {
        let ledger = match Ledger::open(database_url.expose_secret()).await {
            Ok(ledger) => ledger,
            Err(error) => {
                let error = anyhow::Error::from(error);
                tracing::error!("{error:#}; trying again in {} s", OPEN_AGAIN.as_secs());
                tokio::time::sleep(OPEN_AGAIN).await;
                continue;
            }
        };
        tracing::info!("this process delivers");
        let (hold, fetches) = (ledger.hold(), stop.child_token());
        fetching(fetches.clone())?;
        let (url, board) = (database_url.clone(), Arc::clone(&parts.board));
        let _follows = AbortOnDropHandle::new(tokio::spawn(async move {
            follow_announcements(url.expose_secret(), || board.announce_change()).await;
        }));
        let dependencies = parts.with(ledger)?;
        let sender = Arc::clone(&dependencies.sender);
        let worker = Worker::start(dependencies).await?;
        parts.board.set_delivers(true);
        let ended =
            work(worker, sender, hold, Arc::clone(&parts.board), parts.connected.clone(), stop.clone()).await;
        parts.board.set_delivers(false);
        fetches.cancel();
        match ended {
            Err(error) if error.is::<Superseded>() => {
                tracing::warn!("{error}; this process answers, and waits for its turn to deliver");
            }
            ended => return ended,
        }
    }
    Ok(())
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
