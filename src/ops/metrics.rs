//! Every metric of the bot, by Prometheus' naming conventions. This module alone names them, and `docs/metrics.md` lists them.
//!
//! Counters and histograms count from the start of the process, whether somebody reads them or not. A scrape sets the gauges. No
//! label names a person, a guild or a channel, and each label has a bounded number of values.

use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::prometheus_text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::{Family, MetricConstructor};
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Metric, Registry};

/// The type of the text that [`rendered`] returns.
pub(crate) const CONTENT_TYPE: &str = prometheus_text::CONTENT_TYPE;

/// The prefix of each name.
const PREFIX: &str = "heatwire";

/// The upper bounds of the buckets of all histograms, in seconds. Discord gives up on an interaction after 3 s, and the bot on a
/// request after 8 s.
const BUCKETS_SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 8.0];

/// Statuses that are counted one by one. All others are counted by their class.
const STATUSES: [(u16, &str); 14] = [
    (200, "200"),
    (201, "201"),
    (204, "204"),
    (304, "304"),
    (400, "400"),
    (401, "401"),
    (403, "403"),
    (404, "404"),
    (405, "405"),
    (429, "429"),
    (500, "500"),
    (502, "502"),
    (503, "503"),
    (504, "504"),
];

/// The names and values of a metric's labels.
type Labels<const N: usize> = [(&'static str, &'static str); N];
type Counters<const N: usize> = Family<Labels<N>, Counter>;
type Gauges = Family<Labels<1>, Gauge>;
type Seconds = Gauge<f64, AtomicU64>;
type Durations<const N: usize> = Family<Labels<N>, Histogram, Buckets>;

static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// Makes histograms with [`BUCKETS_SECONDS`].
#[derive(Debug, Clone, Copy)]
struct Buckets;

impl MetricConstructor<Histogram> for Buckets {
    fn new_metric(&self) -> Histogram {
        Histogram::new(BUCKETS_SECONDS)
    }
}

struct Metrics {
    registry: Registry,
    events: Events,
    state: State,
}

/// What happened since the start.
struct Events {
    interactions: Counters<3>,
    interaction_duration: Durations<2>,
    discord_requests: Counters<2>,
    discord_request_duration: Durations<1>,
    gateway_sessions: Counters<1>,
    reloads: Counters<1>,
    reload_duration: Histogram,
    deliveries: Counters<1>,
    database_errors: Counters<1>,
}

/// What is now.
struct State {
    gateway_shards: Gauges,
    gateway_latency: Seconds,
    articles: Gauges,
    problems: Gauge,
    sources: Gauges,
    feeds: Gauges,
    deliveries_open: Gauges,
    deliveries_due_age: Seconds,
    lease_held: Gauge,
}

impl Metrics {
    fn new() -> Self {
        let mut registry = Registry::with_prefix(PREFIX);
        let (events, state) = (Events::new(&mut registry), State::new(&mut registry));
        let build: Gauges = Family::default();
        build.get_or_create(&[("version", env!("CARGO_PKG_VERSION"))]).set(1);
        register(&mut registry, "build_info", "1, with the version of heatwire as its label", build);
        Self { registry, events, state }
    }
}

impl Events {
    fn new(registry: &mut Registry) -> Self {
        Self {
            interactions: register(
                registry,
                "interactions",
                "Commands, choices of options and presses of buttons, by outcome",
                Family::default(),
            ),
            interaction_duration: register(
                registry,
                "interaction_duration_seconds",
                "Time from the arrival of an interaction to Discord's confirmation of the whole answer",
                Family::new_with_constructor(Buckets),
            ),
            discord_requests: register(
                registry,
                "discord_requests",
                "Requests to Discord's REST API, by route and status; none: there was no answer",
                Family::default(),
            ),
            discord_request_duration: register(
                registry,
                "discord_request_duration_seconds",
                "Time until Discord answered a request, without waits for rate limits",
                Family::new_with_constructor(Buckets),
            ),
            gateway_sessions: register(
                registry,
                "gateway_sessions",
                "Sessions with Discord's gateway that began anew or were resumed",
                Family::default(),
            ),
            reloads: register(registry, "reloads", "Loads of the collection, by outcome", Family::default()),
            reload_duration: register(
                registry,
                "reload_duration_seconds",
                "Time that a load of the collection took",
                Histogram::new(BUCKETS_SECONDS),
            ),
            deliveries: register(
                registry,
                "deliveries",
                "Deliveries that got this state since the start of the process",
                Family::default(),
            ),
            database_errors: register(
                registry,
                "database_errors",
                "Failures of the database, by kind",
                Family::default(),
            ),
        }
    }
}

impl State {
    fn new(registry: &mut Registry) -> Self {
        Self {
            gateway_shards: register(
                registry,
                "gateway_shards",
                "Shards of this process, by whether they are connected",
                Family::default(),
            ),
            gateway_latency: register(
                registry,
                "gateway_latency_seconds",
                "Time that the gateway took to answer a heartbeat, of the slowest shard; 0: not known",
                Gauge::default(),
            ),
            articles: register(
                registry,
                "articles",
                "Articles of the collection, by visibility",
                Family::default(),
            ),
            problems: register(registry, "problems", "Problems of the collection's files", Gauge::default()),
            sources: register(registry, "sources", "Sources, by state", Family::default()),
            feeds: register(
                registry,
                "feeds",
                "Feeds, by status; 0 in a process that does not deliver",
                Family::default(),
            ),
            deliveries_open: register(
                registry,
                "deliveries_open",
                "Deliveries that are not finished, by state; 0 in a process that does not deliver",
                Family::default(),
            ),
            deliveries_due_age: register(
                registry,
                "deliveries_due_age_seconds",
                "For how long a channel has had due deliveries without a break, of the channel that waits longest",
                Gauge::default(),
            ),
            lease_held: register(
                registry,
                "lease_held",
                "1 in the process that delivers: it has the lock of the database file or the lease of the server",
                Gauge::default(),
            ),
        }
    }
}

fn register<M: Metric + Clone>(registry: &mut Registry, name: &str, help: &str, metric: M) -> M {
    registry.register(name, help, metric.clone());
    metric
}

/// Counts an answered interaction. `kind` is `command`, `choices` or `component`, and `name` one of the bot's own names.
pub(crate) fn interaction(kind: &'static str, name: &'static str, outcome: &'static str, took: Duration) {
    let events = &METRICS.events;
    let (kind, name) = (("kind", kind), ("name", name));
    events.interactions.get_or_create(&[kind, name, ("outcome", outcome)]).inc();
    events.interaction_duration.get_or_create(&[kind, name]).observe(took.as_secs_f64());
}

/// Counts an interaction that the bot refused without any work. `outcome` says why.
pub(crate) fn interaction_refused(kind: &'static str, name: &'static str, outcome: &'static str) {
    METRICS.events.interactions.get_or_create(&[("kind", kind), ("name", name), ("outcome", outcome)]).inc();
}

/// Counts a request to Discord. `status` is `None` where there was no answer.
pub(crate) fn discord_request(route: &'static str, status: Option<u16>, took: Duration) {
    let events = &METRICS.events;
    events.discord_requests.get_or_create(&[("route", route), ("status", status_label(status))]).inc();
    events.discord_request_duration.get_or_create(&[("route", route)]).observe(took.as_secs_f64());
}

fn status_label(status: Option<u16>) -> &'static str {
    let Some(status) = status else { return "none" };
    let known = STATUSES.iter().find(|(known, _)| *known == status).map(|(_, label)| *label);
    known.unwrap_or(match status {
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500..600 => "5xx",
        _ => "other",
    })
}

/// Counts a session with the gateway: `new` or `resumed`.
pub(crate) fn gateway_session(kind: &'static str) {
    METRICS.events.gateway_sessions.get_or_create(&[("kind", kind)]).inc();
}

/// Counts a load of the collection: `changed`, `unchanged` or `failed`.
pub(crate) fn reload(outcome: &'static str, took: Duration) {
    let events = &METRICS.events;
    events.reloads.get_or_create(&[("outcome", outcome)]).inc();
    events.reload_duration.observe(took.as_secs_f64());
}

/// Counts deliveries that got a state.
pub(crate) fn deliveries(state: &'static str, count: usize) {
    METRICS.events.deliveries.get_or_create(&[("state", state)]).inc_by(count as u64);
}

/// Counts a failure of the database.
pub(crate) fn database_error(kind: &'static str) {
    METRICS.events.database_errors.get_or_create(&[("kind", kind)]).inc();
}

/// The state of the bot when somebody asks for the metrics. The words are values of labels.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// Connected shards, and shards that are not.
    pub(crate) shards: [usize; 2],
    /// Of the slowest shard.
    pub(crate) latency: Option<Duration>,
    /// Visible articles, and hidden ones.
    pub(crate) articles: [usize; 2],
    pub(crate) problems: usize,
    pub(crate) sources: Vec<(&'static str, usize)>,
    pub(crate) feeds: Vec<(&'static str, usize)>,
    pub(crate) deliveries: Vec<(&'static str, usize)>,
    pub(crate) due_for: Option<Duration>,
    pub(crate) is_delivering: bool,
}

/// All metrics in Prometheus' text format.
pub(crate) fn rendered(facts: &Facts) -> String {
    let state = &METRICS.state;
    let [connected, not_connected] = facts.shards;
    set_all(&state.gateway_shards, "state", &[("connected", connected), ("not_connected", not_connected)]);
    state.gateway_latency.set(facts.latency.unwrap_or_default().as_secs_f64());
    let [visible, hidden] = facts.articles;
    set_all(&state.articles, "visibility", &[("visible", visible), ("hidden", hidden)]);
    state.problems.set(as_gauge(facts.problems));
    set_all(&state.sources, "state", &facts.sources);
    set_all(&state.feeds, "status", &facts.feeds);
    set_all(&state.deliveries_open, "state", &facts.deliveries);
    state.deliveries_due_age.set(facts.due_for.unwrap_or_default().as_secs_f64());
    state.lease_held.set(i64::from(facts.is_delivering));
    let mut text = String::new();
    // Writing to a string never fails.
    let _is_written = prometheus_text::encode(&mut text, &METRICS.registry);
    text
}

fn set_all(gauges: &Gauges, label: &'static str, values: &[(&'static str, usize)]) {
    for (value, count) in values {
        gauges.get_or_create(&[(label, *value)]).set(as_gauge(*count));
    }
}

fn as_gauge(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
