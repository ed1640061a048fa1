//! The drawer of the page: the newest requests, and faults on demand.
//!
//! `POST /page/faults` takes `{"person": ID, "kind": ...}` from a moderator, with these keys:
//!
//! | kind | further keys |
//! |---|---|
//! | `status` | `route`, `count`, `status` (503) |
//! | `delay` | `route`, `count`, `ms` (5000) |
//! | `unanswered`, `reset_before`, `reset_after` | `route`, `count` |
//! | `rate_limit` | `route`, `count`, `scope` (`user`, `shared`, `global`), `ms` (5000), `header_ms` |
//! | `lose_event` | `route` (the event's name, `INTERACTION_CREATE`), `count` |
//! | `close` | `code` (4000): every gateway connection |
//! | `drop`, `reconnect` | every gateway connection |
//! | `slow` | `ms`: the delay of every gateway event; 0 ends it |
//! | `outage` | `ms`: the duration; without it the outage lasts until `outage_end` |
//! | `withdraw` | `number`: of a planned fault |
//! | `outage_end`, `clear` | |
//!
//! `route` is `METHOD /path` below `/api/v10`, with `*` for a part and `**` for any rest. `*` alone, the default, is
//! every request. `count` is 1 by default. The answer, as of `GET /page/faults`, has the faults that are not used up:
//! `{"faults": [{"number", "route", "kind", "count"}]}`.
//!
//! `GET /page/requests` answers `{"requests": [{"at", "method", "path", "status", "error_code", "body"}]}`,
//! newest first, without tokens. A `status` of 0 means that no answer was sent.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::view::{answer, error, person_of};
use crate::faults::{Fault, FaultKind};
use crate::rate_limit::Scope;
use crate::shared::Shared;
use crate::state::World;

/// Requests in one answer.
const REQUESTS_SHOWN_MAX: usize = 100;
/// How many requests a fault of the drawer can hit.
const COUNT_MAX: u32 = 1000;

#[derive(Debug, Deserialize)]
struct FaultRequest {
    person: String,
    kind: String,
    #[serde(default = "every_route")]
    route: String,
    #[serde(default = "once")]
    count: u32,
    status: Option<u16>,
    code: Option<u16>,
    ms: Option<u64>,
    header_ms: Option<u64>,
    scope: Option<String>,
    number: Option<u64>,
}

fn every_route() -> String {
    "*".to_owned()
}

fn once() -> u32 {
    1
}

/// `POST /page/faults`.
pub(super) async fn plan(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let wanted: FaultRequest = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(fault) => return error(&format!("not understood: {fault}")),
    };
    match person_of(Some(&wanted.person)) {
        None => return error("there is no such person"),
        Some(person) if !person.is_moderator => return error("only a moderator plans faults"),
        Some(_) => {}
    }
    let mut world = shared.world();
    match apply(&mut world, &wanted) {
        Ok(()) => answer(&json!({"faults": planned(&world)})),
        Err(words) => error(words),
    }
}

/// `GET /page/faults`.
pub(super) async fn faults(State(shared): State<Arc<Shared>>) -> Response {
    let planned = planned(&shared.world());
    answer(&json!({"faults": planned}))
}

/// `GET /page/requests`.
pub(super) async fn requests(State(shared): State<Arc<Shared>>) -> Response {
    let records = shared.world().requests.records();
    let newest = records.iter().rev().take(REQUESTS_SHOWN_MAX).map(|record| {
        json!({
            "at": record.at.to_string(), "method": record.method, "path": record.path,
            "status": record.status, "error_code": record.error_code, "body": *record.body,
        })
    });
    answer(&json!({"requests": newest.collect::<Vec<Value>>()}))
}

fn apply(world: &mut World, wanted: &FaultRequest) -> Result<(), &'static str> {
    if !(1..=COUNT_MAX).contains(&wanted.count) {
        return Err("the count must be 1 to 1000");
    }
    let now = world.now();
    match wanted.kind.as_str() {
        "close" => {
            let code = wanted.code.unwrap_or(4000);
            if !(1000..5000).contains(&code) {
                return Err("a close code is 1000 to 4999");
            }
            world.gateway.disconnect_all(Some(code), now);
            world.publish_presence();
        }
        "drop" => {
            world.gateway.disconnect_all(None, now);
            world.publish_presence();
        }
        "reconnect" => world.gateway.ask_reconnect(),
        "slow" => world.faults.event_delay = milliseconds(wanted.ms.unwrap_or(0)),
        "outage" => world.begin_outage(wanted.ms.map(milliseconds)),
        "outage_end" => world.faults.end_outage(),
        "clear" => world.faults.clear(),
        "withdraw" => {
            if !world.faults.withdraw(wanted.number.unwrap_or_default()) {
                return Err("this fault is not planned any more");
            }
        }
        "lose_event" => {
            if !world.faults.lose_events(&wanted.route, wanted.count) {
                return Err("too many faults are planned already");
            }
        }
        _ => {
            let kind = kind_of(wanted)?;
            if !world.faults.plan(Fault { route: wanted.route.clone(), kind, count: wanted.count }) {
                return Err("too many faults are planned already");
            }
        }
    }
    Ok(())
}

fn kind_of(wanted: &FaultRequest) -> Result<FaultKind, &'static str> {
    let pause = milliseconds(wanted.ms.unwrap_or(5000));
    Ok(match wanted.kind.as_str() {
        "status" => match wanted.status.unwrap_or(503) {
            status @ 400..=599 => FaultKind::Status(status),
            _ => return Err("a status is 400 to 599"),
        },
        "delay" => FaultKind::Delay(pause),
        "unanswered" => FaultKind::Unanswered,
        "reset_before" => FaultKind::ResetBefore,
        "reset_after" => FaultKind::ResetAfter,
        "rate_limit" => {
            let scope = match wanted.scope.as_deref() {
                None | Some("user") => Scope::User,
                Some("shared") => Scope::Shared,
                Some("global") => Scope::Global,
                Some(_) => return Err("a scope is user, shared or global"),
            };
            FaultKind::RateLimit { scope, retry_after: pause, header: wanted.header_ms.map(milliseconds) }
        }
        _ => return Err("there is no such kind of fault"),
    })
}

/// A duration of at most an hour.
fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count.min(3_600_000))
}

fn planned(world: &World) -> Vec<Value> {
    let word = |kind: FaultKind| match kind {
        FaultKind::Status(_) => "status",
        FaultKind::Code { .. } => "code",
        FaultKind::Delay(_) => "delay",
        FaultKind::Unanswered => "unanswered",
        FaultKind::ResetBefore => "reset_before",
        FaultKind::ResetAfter => "reset_after",
        FaultKind::RateLimit { .. } => "rate_limit",
    };
    let planned = world.faults.planned().iter().map(|(number, fault)| {
        json!({"number": number, "route": fault.route, "kind": word(fault.kind), "count": fault.count})
    });
    let lost = world.faults.lost_events().iter().map(
        |(number, lost)| json!({"number": number, "route": lost.name, "kind": "lose_event", "count": lost.count}),
    );
    planned.chain(lost).collect()
}
