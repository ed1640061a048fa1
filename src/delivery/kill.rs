//! Points at which a test has the process killed, as a crash would. A release has none: without the feature `kill-points` this
//! is an empty function.

/// Ends the process here, at once, if the test asked for it.
#[cfg(not(feature = "kill-points"))]
pub(crate) fn point(_name: &str) {}

#[cfg(feature = "kill-points")]
pub(crate) use armed::point;
#[cfg(feature = "kill-points")]
pub use armed::{MIGRATION_POINTS, POINTS, arm};

#[cfg(feature = "kill-points")]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    /// Every point there is, in the order in which a delivery passes them.
    pub const POINTS: [&str; 8] = [
        "before-migration",
        "after-migration",
        "before-claim",
        "after-claim",
        "before-request",
        "after-answer",
        "before-settle",
        "after-settle",
    ];

    /// Those that are passed while a migration is made. The first is passed many times, within its transaction.
    pub const MIGRATION_POINTS: [&str; 2] = ["during-migration", "before-migration-commit"];

    struct Armed {
        name: String,
        passes_left: AtomicU32,
    }

    static ARMED: OnceLock<Armed> = OnceLock::new();

    /// Has the process killed when it passes this point for the `nth` time, from 1: `name:nth`.
    pub fn arm(name_and_nth: &str) {
        let (name, nth) = name_and_nth.split_once(':').unwrap_or((name_and_nth, "1"));
        let passes_left = AtomicU32::new(nth.parse().unwrap_or(1));
        let _was_armed_before = ARMED.set(Armed { name: name.to_owned(), passes_left });
    }

    pub(crate) fn point(name: &str) {
        let Some(armed) = ARMED.get().filter(|armed| armed.name == name) else { return };
        if armed.passes_left.fetch_sub(1, Ordering::SeqCst) == 1 {
            // No destructor runs, nothing is flushed: what a crash or a power cut of the process leaves.
            let _cannot_fail =
                rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        }
    }
}
