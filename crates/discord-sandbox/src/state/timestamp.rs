//! Times as Discord writes them.

use jiff::Timestamp;

/// A time with microseconds and `+00:00`.
pub(crate) fn discord_time(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}
