//! Points at which a test ends a fetch, as a crash would. Outside of tests this is an empty function.

use std::io;

/// Ends the fetch here, if the test asked for it. From then on every point does, so nothing is tidied up.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "a test makes the function fail")]
pub(crate) fn point() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(crate) use armed::point;

#[cfg(test)]
pub(crate) mod armed {
    use std::cell::Cell;

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

    pub(crate) fn point() -> super::io::Result<()> {
        let left = POINTS_LEFT.get();
        if left == 0 {
            return Err(super::io::Error::other("a test stopped the fetch"));
        }
        if left != usize::MAX {
            POINTS_LEFT.set(left - 1);
        }
        Ok(())
    }
}
