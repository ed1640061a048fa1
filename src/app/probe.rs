//! What `/healthz`, `/readyz` and `/metrics` say of the running bot. The service manager gets the same answers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use article_sources::runner::SourceStatus;
use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::task::AbortOnDropHandle;

use super::store_watch::StoreState;
use crate::delivery::board::{Board, Counts, Work};
use crate::discord::gateway::GatewayState;
use crate::discord::state::State;
use crate::ops::http::{self, Check, Probe};
use crate::ops::metrics::Facts;

/// A worker that has made no turn for this long hangs. A live one makes a turn at least every 15 s, and a turn with much to write
/// may take longer.
const TURN_MAX: Duration = Duration::from_secs(120);
/// A database whose last trial ended before this does not answer.
const STORE_MAX: Duration = Duration::from_secs(30);

/// Knows the running bot. There is none at the start, and while this process waits for the database.
#[derive(Default)]
pub(super) struct BotProbe {
    known: Arc<Known>,
    /// Serves until this is dropped.
    _server: Option<AbortOnDropHandle<()>>,
}

#[derive(Default)]
struct Known {
    running: ArcSwapOption<Running>,
}

/// The parts of a running bot that the probe asks.
pub(super) struct Running {
    state: Arc<State>,
    board: Arc<Board>,
    store: watch::Receiver<StoreState>,
}

impl Running {
    pub(super) fn new(state: Arc<State>, board: Arc<Board>, store: watch::Receiver<StoreState>) -> Self {
        Self { state, board, store }
    }
}

/// Begins to serve on an address. Without an address nothing is served.
///
/// # Errors
/// The address cannot be used.
pub(super) async fn serve(address: Option<SocketAddr>) -> anyhow::Result<BotProbe> {
    let Some(address) = address else { return Ok(BotProbe::default()) };
    let listener = http::bind(address).await?;
    let address = listener.local_addr().unwrap_or(address);
    tracing::info!(%address, "serves /healthz, /readyz and /metrics");
    let known = Arc::new(Known::default());
    let probe: Arc<dyn Probe> = Arc::<Known>::clone(&known);
    let server = AbortOnDropHandle::new(tokio::spawn(http::serve(listener, probe)));
    Ok(BotProbe { known, _server: Some(server) })
}

impl BotProbe {
    /// What the checks ask, also without an address.
    pub(super) fn checks(&self) -> Arc<dyn Probe> {
        Arc::<Known>::clone(&self.known)
    }

    /// From now on the probe asks this bot.
    pub(super) fn bot_runs(&self, running: Running) {
        self.known.running.store(Some(Arc::new(running)));
    }
}

impl Probe for Known {
    fn health(&self) -> Vec<Check> {
        let work = self.running.load().as_ref().and_then(|running| running.board.work());
        vec![Check { name: "worker", fault: hanging(work, Instant::now()) }]
    }

    fn readiness(&self) -> BoxFuture<'_, Vec<Check>> {
        Box::pin(async {
            let Some(running) = self.running.load_full() else {
                let waits =
                    "the bot does not run yet; it starts, or waits until no other process has the database";
                return vec![Check { name: "bot", fault: Some(waits.to_owned()) }];
            };
            let gateway = disconnected(running.state.gateway().state().await);
            let store = unusable(*running.store.borrow(), Instant::now());
            vec![
                Check { name: "gateway", fault: gateway },
                // The bot runs with the collection of its first load at least.
                Check { name: "collection", fault: None },
                Check { name: "database", fault: store },
            ]
        })
    }

    fn facts(&self) -> BoxFuture<'_, Facts> {
        Box::pin(async {
            match self.running.load_full() {
                Some(running) => facts(&running).await,
                None => Facts::default(),
            }
        })
    }
}

fn hanging(work: Option<Work>, now: Instant) -> Option<String> {
    let silent_for = now.saturating_duration_since(work?.turned_at);
    let seconds = silent_for.as_secs();
    (silent_for > TURN_MAX)
        .then(|| format!("the worker has made no turn for {seconds} s; start heatwire again"))
}

fn disconnected(gateway: Option<GatewayState>) -> Option<String> {
    match gateway {
        None => Some("not connected yet".to_owned()),
        Some(GatewayState { shards, connected, .. }) if connected < shards => {
            Some(format!("{connected} of {shards} shards are connected"))
        }
        Some(_) => None,
    }
}

fn unusable(store: StoreState, now: Instant) -> Option<String> {
    let silent_for = now.saturating_duration_since(store.at);
    match store.fault {
        Some(kind) => Some(kind.words().to_owned()),
        None if silent_for > STORE_MAX => Some(format!("no answer for {} s", silent_for.as_secs())),
        None => None,
    }
}

async fn facts(running: &Running) -> Facts {
    let Running { state, board, .. } = running;
    let gateway = state.gateway().state().await.unwrap_or_default();
    let (collection, now) = (state.collection(), state.now());
    let visible = collection.dates().visible(now).count();
    let work = board.work();
    let counts = work.map(|work| work.counts).unwrap_or_default();
    let due_for = counts.due_since.map(|since| now.duration_since(since));
    let (feeds, deliveries) = labelled(&counts);
    Facts {
        shards: [gateway.connected, gateway.shards.saturating_sub(gateway.connected)],
        latency: gateway.latency,
        articles: [visible, collection.articles().len().saturating_sub(visible)],
        problems: collection.problems().len(),
        sources: sources(&state.sources().report().sources),
        feeds,
        deliveries,
        due_for: due_for.and_then(|due_for| due_for.try_into().ok()),
        is_delivering: work.is_some(),
    }
}

type Labelled = Vec<(&'static str, usize)>;

/// The counts of feeds and of deliveries, with their labels.
fn labelled(counts: &Counts) -> (Labelled, Labelled) {
    let feeds = vec![
        ("active", counts.active),
        ("paused_by_moderator", counts.paused_by_moderator),
        ("paused_by_trouble", counts.paused_by_trouble),
        ("foreign_channel", counts.foreign),
        ("left", counts.left),
    ];
    let deliveries = vec![
        ("due", counts.due),
        ("sending", counts.sending),
        ("failed", counts.failed),
        ("unknown", counts.unknown),
    ];
    (feeds, deliveries)
}

/// How many sources are in each state.
fn sources(all: &[SourceStatus]) -> Labelled {
    let state = |source: &SourceStatus| match source {
        SourceStatus { is_over: true, .. } => "over",
        SourceStatus { failure: Some(_), .. } => "failing",
        SourceStatus { last_success: None, .. } => "new",
        _ => "good",
    };
    let count = |wanted| (wanted, all.iter().filter(|source| state(source) == wanted).count());
    ["good", "failing", "new", "over"].map(count).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_worker_hangs_only_after_many_turns_that_did_not_come() {
        let work = Work { turned_at: Instant::now(), counts: Counts::default() };
        assert_eq!(hanging(None, Instant::now()), None, "a process that waits for the lease is healthy");
        tokio::time::advance(TURN_MAX).await;
        assert_eq!(hanging(Some(work), Instant::now()), None);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(hanging(Some(work), Instant::now()).unwrap().contains("start heatwire again"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_database_is_unusable_after_a_fault_and_after_silence() {
        let good = StoreState { at: Instant::now(), fault: None };
        assert_eq!(unusable(good, Instant::now()), None);
        let full = StoreState { fault: Some(crate::delivery::ledger::LedgerErrorKind::Full), ..good };
        assert!(unusable(full, Instant::now()).unwrap().contains("disk is full"));
        tokio::time::advance(STORE_MAX + Duration::from_secs(1)).await;
        assert!(unusable(good, Instant::now()).unwrap().contains("no answer"));
    }

    #[test]
    fn all_shards_have_to_be_connected() {
        let of = |shards, connected| GatewayState { shards, connected, latency: None };
        assert!(disconnected(None).is_some() && disconnected(Some(of(2, 1))).is_some());
        assert_eq!(disconnected(Some(of(2, 2))), None);
    }
}
