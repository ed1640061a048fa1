//! The log: standard error, filtered by `RUST_LOG`, and never a token.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{FilterExt, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry};

use super::terminal::Lines;

/// Starts the log. To be called once; a second call changes nothing. The `listener` hears what it asks for, whatever is shown.
pub fn start(filter: &Targets, listener: Box<dyn Layer<Registry> + Send + Sync>) {
    let events = tracing_subscriber::fmt::layer().with_writer(|| Lines(std::io::stderr())).with_ansi(false);
    let events = events.with_filter(filter.clone().and(token_cap())).boxed();
    // A second subscriber is a test's; the first one stays.
    let _first_stays = tracing_subscriber::registry().with(vec![events, listener]).try_init();
}

/// What libraries may say at most, whatever `RUST_LOG` asks for.
///
/// tungstenite prints whole frames at trace level, the bot's token in the identify frame among them;
/// serenity prints requests with an interaction's token in their path at debug level, and each payload
/// that it cannot decode as a warning; reqwest's and hyper's spans carry addresses. We report
/// our own failures in words, so nothing is lost that an operator could act on.
fn token_cap() -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("heatwire", LevelFilter::TRACE)
        .with_target("serenity::gateway::ws", LevelFilter::OFF)
        .with_target("serenity::http", LevelFilter::OFF)
}
