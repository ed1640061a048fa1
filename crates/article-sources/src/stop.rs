//! Points at which a test ends a fetch, as a crash would. A unit test has the point fail, and from then on every point does, so
//! nothing is tidied up. A test of the whole program has the process killed. A release has neither: there, a point does nothing.

#[cfg(not(any(test, feature = "kill-points")))]
#[expect(clippy::unnecessary_wraps, reason = "a test makes the function fail")]
pub(crate) fn point() -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(feature = "kill-points", not(test)))]
pub use killing::kill_at;
#[cfg(all(feature = "kill-points", not(test)))]
pub(crate) use killing::point;

#[cfg(all(feature = "kill-points", not(test)))]
mod killing {
    use std::io;
    use std::sync::atomic::{AtomicU32, Ordering};

    use rustix::process::{Signal, getpid, kill_process};

    /// 0 kills nobody.
    static PASSES_LEFT: AtomicU32 = AtomicU32::new(0);

    /// Has the process killed when fetching passes its `nth` point, from 1.
    pub fn kill_at(nth: u32) {
        PASSES_LEFT.store(nth, Ordering::SeqCst);
    }

    pub(crate) fn point() -> io::Result<()> {
        let before = PASSES_LEFT.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if before == Ok(1) {
            // No destructor runs, and nothing is flushed: a crash leaves the same.
            kill_process(getpid(), Signal::KILL)?;
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) use armed::point;

#[cfg(test)]
pub(crate) mod armed {
    use std::cell::Cell;
    use std::io;

    thread_local! {
        static POINTS_LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    }

    /// Lets this thread pass so many points. The next one stops it.
    pub(crate) fn stop_after(points: usize) {
        POINTS_LEFT.set(points);
    }

    /// Lets this thread pass all points again. Returns whether it was stopped.
    pub(crate) fn resume() -> bool {
        POINTS_LEFT.replace(usize::MAX) == 0
    }

    pub(crate) fn point() -> io::Result<()> {
        let left = POINTS_LEFT.get();
        if left == 0 {
            return Err(io::Error::other("a test stopped the fetch"));
        }
        if left != usize::MAX {
            POINTS_LEFT.set(left - 1);
        }
        Ok(())
    }
}
