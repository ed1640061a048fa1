//! Close codes after which no session can begin, of which serenity 0.12 only writes a line into the log, to try again for ever: it
//! drops these errors where it runs a shard, and nothing else of it tells. So its log is listened to.

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

/// Who writes the line.
const TARGET: &str = "serenity::gateway::shard";
/// What stands in it, by close code (Discord's docs, "Gateway Close Event Codes").
const WORDS: [(u16, &str); 3] = [
    (4010, "Sent invalid shard data"),
    (4011, "Shard has too many guilds"),
    (4012, "Unknown unclean close 4012"),
];
/// No line of serenity's that matters is longer.
const LINE_BYTES_MAX: usize = 1_000;

/// The last of these codes. A process has one log, so it has one of these.
static CLOSED: LazyLock<watch::Sender<u16>> = LazyLock::new(|| watch::Sender::new(0));

/// What listens to the log.
struct CloseCodeListener;

/// To be put beside the log, whatever that shows.
#[must_use]
pub fn listener() -> Box<dyn Layer<Registry> + Send + Sync> {
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
            // Writing to a text does not fail.
            let _is_written = write!(self.0, "{value:?}");
            self.0.truncate(self.0.floor_char_boundary(LINE_BYTES_MAX));
        }
    }
}

/// The codes that come from now on.
pub(super) fn follow() -> watch::Receiver<u16> {
    CLOSED.subscribe()
}

/// Waits for one of these codes.
pub(super) async fn refused(mut codes: watch::Receiver<u16>) -> RunError {
    if codes.changed().await.is_err() {
        // Its sender lives as long as the process.
        std::future::pending::<()>().await;
    }
    match *codes.borrow() {
        4012 => RunError::RefusedVersion,
        _ => RunError::RefusedShards,
    }
}
