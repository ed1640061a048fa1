//! The log: standard error, filtered by `RUST_LOG`, and never a token.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{FilterExt, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry};

use super::terminal::Lines;

/// Starts the log. A second call changes nothing. `listener` has a filter of its own: it gets events that the log does not show.
pub(crate) fn start(filter: &Targets, listener: Box<dyn Layer<Registry> + Send + Sync>) {
    let events = tracing_subscriber::fmt::layer().with_writer(|| Lines(std::io::stderr())).with_ansi(false);
    let events = events.with_filter(filter.clone().and(token_cap())).boxed();
    // Only a test starts a second subscriber. The first one stays.
    let _first_stays = tracing_subscriber::registry().with(vec![events, listener]).try_init();
}

/// The highest levels of libraries, whatever `RUST_LOG` asks for. Below these levels, libraries log tokens:
///
/// - tungstenite logs whole frames at trace level, and the identify frame holds the bot's token.
/// - serenity logs requests at debug level, with the token of an interaction in the path. As a warning, serenity logs each
///   payload that it cannot decode.
/// - Spans of reqwest and hyper have addresses.
///
/// heatwire logs its own failures, so an operator misses nothing.
fn token_cap() -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("heatwire", LevelFilter::TRACE)
        .with_target("serenity::gateway::ws", LevelFilter::OFF)
        .with_target("serenity::http", LevelFilter::OFF)
}
