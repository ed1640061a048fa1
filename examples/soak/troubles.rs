//! What goes wrong between the bot and Discord while members ask.

use std::time::{Duration, Instant};

use article_format::stable_hash64;
use discord_sandbox::{Fault, FaultKind, Sandbox, Scope};

/// From one failing request to the next.
const FAULT_EVERY: Duration = Duration::from_secs(2);
/// From one break of the gateway's connections to the next, as a number of failing requests.
const BREAK_EVERY: u64 = 10;
/// Faults that wait for their request. At the bound no further one is planned.
const WAITING_MAX: usize = 6;
/// Requests of a feed.
const ROUTES: [&str; 6] = [
    "POST /channels/*/messages",
    "POST /channels/*/messages",
    "POST /channels/*/threads",
    "PATCH /channels/*/messages/*",
    "POST /channels/*/messages/*/crosspost",
    "POST /channels/*/messages/*/threads",
];

/// What went wrong.
#[derive(Default)]
pub(crate) struct Troubles {
    pub(crate) failed_requests: usize,
    pub(crate) breaks: usize,
}

fn kinds() -> [FaultKind; 10] {
    let limited = |scope, wait| FaultKind::RateLimit { scope, retry_after: wait, header: None };
    [
        FaultKind::Status(500),
        FaultKind::Status(502),
        FaultKind::Status(503),
        FaultKind::ResetBefore,
        FaultKind::ResetAfter,
        FaultKind::Unanswered,
        FaultKind::Delay(Duration::from_secs(2)),
        limited(Scope::User, Duration::from_secs(2)),
        limited(Scope::Shared, Duration::from_secs(1)),
        limited(Scope::Global, Duration::from_millis(300)),
    ]
}

/// Has requests fail and connections break, until then.
pub(crate) async fn make(sandbox: &Sandbox, until: Instant) -> Troubles {
    let mut troubles = Troubles::default();
    let mut ticks = tokio::time::interval(FAULT_EVERY);
    let mut number = 0;
    while Instant::now() < until {
        ticks.tick().await;
        number += 1;
        if number % BREAK_EVERY == 0 {
            break_connections(sandbox, number / BREAK_EVERY);
            troubles.breaks += 1;
        }
        if sandbox.planned_faults().len() < WAITING_MAX {
            let chance = stable_hash64(&format!("fault {number}"));
            let (routes, kinds) = (ROUTES.len() as u64, kinds());
            let route = ROUTES[usize::try_from(chance % routes).unwrap_or(0)].to_owned();
            let kind = kinds[usize::try_from(chance / routes % kinds.len() as u64).unwrap_or(0)];
            sandbox.plan_fault(Fault { route, kind, count: 1 }).unwrap();
            troubles.failed_requests += 1;
        }
    }
    troubles.failed_requests -= sandbox.planned_faults().len();
    sandbox.clear_faults();
    troubles
}

/// The ways in which a session's connection ends, and the session goes on.
fn break_connections(sandbox: &Sandbox, number: u64) {
    match number % 4 {
        0 => sandbox.drop_connections(),
        1 => sandbox.close_connections(4000),
        2 => sandbox.ask_reconnect(),
        _ => sandbox.invalidate_sessions(true),
    }
}
