//! How long all threads of the process have worked. Where others want the processors too, it says more than the time that passed.

use std::fs;
use std::time::{Duration, Instant};

/// The shortest that something took: time that passed, and time of processors.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shortest {
    pub(crate) passed: Duration,
    pub(crate) worked: Duration,
}

impl Shortest {
    /// Nothing was timed yet.
    pub(crate) const NONE: Self = Self { passed: Duration::MAX, worked: Duration::MAX };

    /// Times some work, and counts it if it was shorter than all before.
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (started_at, before) = (Instant::now(), worked());
        let done = work();
        self.passed = self.passed.min(started_at.elapsed());
        self.worked = self.worked.min(worked().saturating_sub(before));
        done
    }

    /// How many times as long as the other, in both times.
    pub(crate) fn times(self, other: Self) -> (f64, f64) {
        let ratio = |this: Duration, other: Duration| this.as_secs_f64() / other.as_secs_f64();
        (ratio(self.passed, other.passed), ratio(self.worked, other.worked))
    }
}

/// What the system counts for each thread, in nanoseconds.
fn worked() -> Duration {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let of_thread = |path: std::path::PathBuf| -> Option<u64> {
        fs::read_to_string(path.join("schedstat")).ok()?.split_whitespace().next()?.parse().ok()
    };
    Duration::from_nanos(threads.filter_map(|thread| of_thread(thread.path())).sum())
}
