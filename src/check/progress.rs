//! How far a long run is, on a terminal.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is over by then shows nothing.
const SHORT_RUN: Duration = Duration::from_secs(1);

/// How often the bar is drawn.
const INTERVAL: Duration = Duration::from_millis(100);

/// What is shown while it is not known how much there is, and then.
const SPINNER: &str = "{spinner} {msg}";
const BAR: &str = "{spinner} {msg} {wide_bar} {pos}/{len}";

/// What is done of how much. Work counts here whether or not anything is shown.
#[derive(Debug, Default)]
pub(super) struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
}

impl Progress {
    /// How many steps are ahead from here on.
    pub(super) fn begin(&self, total: usize) {
        self.total.store(total, Ordering::Relaxed);
    }

    /// One step is done.
    pub(super) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Until steps are known, a spinner turns.
    fn draw(&self, bar: &ProgressBar) {
        match self.total.load(Ordering::Relaxed) {
            0 => bar.set_message("reading the articles"),
            total => {
                if bar.length().is_none()
                    && let Ok(style) = ProgressStyle::with_template(BAR)
                {
                    bar.set_style(style);
                }
                bar.set_message("checking keys");
                bar.set_length(u64::try_from(total).unwrap_or(u64::MAX));
                bar.set_position(u64::try_from(self.done.load(Ordering::Relaxed)).unwrap_or(u64::MAX));
            }
        }
        bar.tick();
    }
}

/// Does the work, and shows its progress on standard error if that `is_shown` and it takes long.
pub(super) fn shown<T>(is_shown: bool, work: impl FnOnce(&Progress) -> T) -> T {
    let progress = &Progress::default();
    if !is_shown {
        return work(progress);
    }
    thread::scope(|scope| {
        let (is_done, done) = sync_channel::<()>(1);
        scope.spawn(move || draw_until(&done, SHORT_RUN, progress, ProgressDrawTarget::stderr));
        let result = work(progress);
        drop(is_done);
        result
        // The scope waits until the bar is gone, so that the report does not stand in its line.
    })
}

/// Draws from `first` on until the other end of `done` is dropped; then nothing is left of the bar.
fn draw_until(
    done: &Receiver<()>,
    first: Duration,
    progress: &Progress,
    target: impl FnOnce() -> ProgressDrawTarget,
) {
    if done.recv_timeout(first) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, target());
    if let Ok(style) = ProgressStyle::with_template(SPINNER) {
        bar.set_style(style);
    }
    loop {
        progress.draw(&bar);
        if done.recv_timeout(INTERVAL) != Err(RecvTimeoutError::Timeout) {
            break;
        }
    }
    bar.finish_and_clear();
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use indicatif::TermLike;

    use super::*;

    /// Counts what is drawn.
    #[derive(Debug, Default, Clone)]
    struct Terminal(Arc<AtomicUsize>);

    impl TermLike for Terminal {
        fn width(&self) -> u16 {
            80
        }
        fn move_cursor_up(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> std::io::Result<()> {
            Ok(())
        }
        fn write_line(&self, line: &str) -> std::io::Result<()> {
            self.write_str(line)
        }
        fn write_str(&self, text: &str) -> std::io::Result<()> {
            if text.contains("checking keys") {
                self.0.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        }
        fn clear_line(&self) -> std::io::Result<()> {
            Ok(())
        }
        fn flush(&self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// How often the bar is drawn when the work lasts until the bar is first drawn, or ends before.
    fn drawn(first: Duration, is_long: bool) -> usize {
        let terminal = Terminal::default();
        let progress = Progress::default();
        progress.begin(10);
        let (is_done, done) = sync_channel::<()>(1);
        let mut is_done = Some(is_done).filter(|_| is_long);
        let target = || {
            // The work ends as soon as the bar is there.
            drop(is_done.take());
            ProgressDrawTarget::term_like(Box::new(terminal.clone()))
        };
        draw_until(&done, first, &progress, target);
        terminal.0.load(Ordering::Relaxed)
    }

    #[test]
    fn only_a_long_run_shows_a_bar() {
        assert_eq!(drawn(Duration::from_secs(3600), false), 0);
        assert!(drawn(Duration::ZERO, true) >= 1);
    }

    #[test]
    fn the_work_is_done_whether_or_not_it_is_shown() {
        for is_shown in [false, true] {
            assert_eq!(shown(is_shown, |progress| progress.done.fetch_add(7, Ordering::Relaxed) + 1), 1);
        }
    }
}
