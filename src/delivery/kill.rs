//! Points at which a test kills the process, as a crash would. Without the feature `kill-points`, as in a
//! release, each point is an empty function.

/// Kills the process, if the test armed this point.
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

    /// Every point, in the order in which a delivery passes them.
    pub const POINTS: [&str; 8] = [
        "before-migration",
        "after-migration",
        "before-claim",
        "after-claim",
        "before-request",
        "after-answer",
        "before-outcome",
        "after-outcome",
    ];

    /// The points that are passed during a migration. The first is passed many times, within the transaction.
    pub const MIGRATION_POINTS: [&str; 2] = ["during-migration", "before-migration-commit"];

    struct Armed {
        name: String,
        passes_left: AtomicU32,
    }

    static ARMED: OnceLock<Armed> = OnceLock::new();

    /// Arms a point: `name:nth` kills the process at the `nth` pass, from 1.
    pub fn arm(name_and_nth: &str) {
        let (name, nth) = name_and_nth.split_once(':').unwrap_or((name_and_nth, "1"));
        let passes_left = AtomicU32::new(nth.parse().unwrap_or(1));
        let _was_armed_before = ARMED.set(Armed { name: name.to_owned(), passes_left });
    }

    pub(crate) fn point(name: &str) {
        let Some(armed) = ARMED.get().filter(|armed| armed.name == name) else { return };
        if armed.passes_left.fetch_sub(1, Ordering::SeqCst) == 1 {
            // No destructor runs and nothing is flushed, as in a real crash.
            let _cannot_fail =
                rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        }
    }
}
