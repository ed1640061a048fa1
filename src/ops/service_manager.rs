//! Tells the service manager how the program is: systemd with `Type=notify` and `WatchdogSec=`. Without a service manager nobody is
//! told (`sd_notify(3)`).

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;
use tokio_util::sync::CancellationToken;

use super::http::Probe;

/// The pause between two looks whether the bot is ready.
const READY_PAUSE: Duration = Duration::from_millis(500);

/// Reports until `stop`, to the service manager that the environment names: `READY=1` once all checks of `/readyz` are well,
/// `WATCHDOG=1` while those of `/healthz` are, and `STOPPING=1` at the stop.
pub(crate) async fn report(probe: Arc<dyn Probe>, stop: CancellationToken) {
    let tell = |state: NotifyState<'_>| {
        if let Err(error) = sd_notify::notify(&[state]) {
            tracing::warn!(%error, "the service manager cannot be told how the bot is (NOTIFY_SOCKET)");
        }
    };
    report_to(tell, sd_notify::watchdog_enabled(), probe, stop).await;
}

/// `watchdog` is how long the service manager waits for a sign of life before it ends the program.
async fn report_to(
    tell: impl Fn(NotifyState<'_>),
    watchdog: Option<Duration>,
    probe: Arc<dyn Probe>,
    stop: CancellationToken,
) {
    let running = async {
        tokio::join!(tell_when_ready(&tell, &*probe), tell_while_well(&tell, watchdog, &*probe));
    };
    let _is_stopped = stop.run_until_cancelled(running).await;
    stop.cancelled().await;
    tell(NotifyState::Stopping);
}

async fn tell_when_ready(tell: impl Fn(NotifyState<'_>), probe: &dyn Probe) {
    while probe.readiness().await.iter().any(|check| check.fault.is_some()) {
        tokio::time::sleep(READY_PAUSE).await;
    }
    tell(NotifyState::Ready);
}

/// Gives two signs of life in the time in which the service manager waits for one.
async fn tell_while_well(tell: impl Fn(NotifyState<'_>), watchdog: Option<Duration>, probe: &dyn Probe) {
    let Some(wait) = watchdog.filter(|wait| !wait.is_zero()) else { return };
    loop {
        if probe.health().iter().all(|check| check.fault.is_none()) {
            tell(NotifyState::Watchdog);
        }
        tokio::time::sleep(wait / 2).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;

    use futures_util::future::BoxFuture;

    use super::*;
    use crate::ops::http::Check;
    use crate::ops::metrics::Facts;

    #[derive(Default)]
    struct Switches {
        is_well: AtomicBool,
        is_ready: AtomicBool,
    }

    fn check(is_well: &AtomicBool) -> Vec<Check> {
        let fault = (!is_well.load(Ordering::SeqCst)).then(|| "not well".to_owned());
        vec![Check { name: "part", fault }]
    }

    impl Probe for Switches {
        fn health(&self) -> Vec<Check> {
            check(&self.is_well)
        }

        fn readiness(&self) -> BoxFuture<'_, Vec<Check>> {
            Box::pin(async { check(&self.is_ready) })
        }

        fn facts(&self) -> BoxFuture<'_, Facts> {
            Box::pin(async { Facts::default() })
        }
    }

    /// What was told in the next so many milliseconds.
    async fn told_in(ms: u64, told: &mpsc::Receiver<String>) -> Vec<String> {
        tokio::time::sleep(Duration::from_millis(ms)).await;
        told.try_iter().collect()
    }

    fn begin(watchdog: Option<Duration>) -> (Arc<Switches>, CancellationToken, mpsc::Receiver<String>) {
        let (switches, stop) = (Arc::new(Switches::default()), CancellationToken::new());
        let (telling, told) = mpsc::channel();
        let tell = move |state: NotifyState<'_>| telling.send(state.to_string()).unwrap();
        let probe: Arc<dyn Probe> = Arc::<Switches>::clone(&switches);
        tokio::spawn(report_to(tell, watchdog, probe, stop.clone()));
        (switches, stop, told)
    }

    #[tokio::test(start_paused = true)]
    async fn a_bot_that_hangs_gives_no_sign_of_life() {
        let (switches, stop, told) = begin(Some(Duration::from_millis(200)));
        assert!(told_in(1_050, &told).await.is_empty(), "neither well nor ready");
        switches.is_well.store(true, Ordering::SeqCst);
        assert_eq!(told_in(300, &told).await, ["WATCHDOG=1"; 3]);
        switches.is_well.store(false, Ordering::SeqCst);
        assert!(told_in(1_000, &told).await.is_empty());
        stop.cancel();
        assert_eq!(told_in(1, &told).await, ["STOPPING=1"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_bot_is_ready_once_and_then_stops() {
        let (switches, stop, told) = begin(None);
        switches.is_well.store(true, Ordering::SeqCst);
        assert!(told_in(2_000, &told).await.is_empty(), "not ready yet, and nobody waits for signs of life");
        switches.is_ready.store(true, Ordering::SeqCst);
        assert_eq!(told_in(600, &told).await, ["READY=1"]);
        switches.is_ready.store(false, Ordering::SeqCst);
        assert!(told_in(2_000, &told).await.is_empty());
        stop.cancel();
        assert_eq!(told_in(1, &told).await, ["STOPPING=1"]);
    }
}
