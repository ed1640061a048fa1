//! Close codes of the gateway after which no session can begin. serenity 0.12 does not return these errors: it only logs a line and
//! tries again without end. So this module reads serenity's log lines.

use std::fmt::{Debug, Write};
use std::sync::LazyLock;

use tokio::sync::watch;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::Registry;

use super::RunError;

/// The target of the log line.
const TARGET: &str = "serenity::gateway::shard";
/// The words in the log line for each close code (Discord's docs, "Gateway Close Event Codes").
const WORDS: [(u16, &str); 3] = [
    (4010, "Sent invalid shard data"),
    (4011, "Shard has too many guilds"),
    (4012, "Unknown unclean close 4012"),
];
/// The most bytes of a line that are read.
const LINE_BYTES_MAX: usize = 1_000;

/// The last of these close codes. A process has one log, so one value is enough.
static CLOSED: LazyLock<watch::Sender<u16>> = LazyLock::new(|| watch::Sender::new(0));

/// Reads serenity's log lines.
struct CloseCodeListener;

/// The layer for the subscriber of the log. It gets its lines also if the log does not show them.
#[must_use]
pub(crate) fn listener() -> Box<dyn Layer<Registry> + Send + Sync> {
    CloseCodeListener.with_filter(Targets::new().with_target(TARGET, LevelFilter::WARN)).boxed()
}

impl<S: Subscriber> Layer<S> for CloseCodeListener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = LogMessage(String::new());
        event.record(&mut line);
        if let Some((code, _)) = WORDS.iter().find(|(_, words)| line.0.contains(words)) {
            CLOSED.send_replace(*code);
        }
    }
}

/// The message of an event.
struct LogMessage(String);

impl Visit for LogMessage {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            // Writing to a string never fails.
            let _is_written = write!(self.0, "{value:?}");
            self.0.truncate(self.0.floor_char_boundary(LINE_BYTES_MAX));
        }
    }
}

/// Follows the close codes from now on.
pub(super) fn follow() -> watch::Receiver<u16> {
    CLOSED.subscribe()
}

/// Waits for a close code, and returns its error.
pub(super) async fn refused(mut codes: watch::Receiver<u16>) -> RunError {
    if codes.changed().await.is_err() {
        // This never happens: the sender lives as long as the process.
        std::future::pending::<()>().await;
    }
    match *codes.borrow() {
        4012 => RunError::RefusedVersion,
        _ => RunError::RefusedShards,
    }
}
