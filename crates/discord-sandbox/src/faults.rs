//! Faults on demand: what goes wrong between a bot and Discord, by route and count.
//!
//! A test plans them with [`Sandbox::plan_fault`](crate::Sandbox::plan_fault), the page's drawer with
//! `POST /page/faults`. Each request takes the first planned fault that fits it.

use std::time::Duration;

use jiff::Timestamp;

use crate::rate_limit::{RateLimited, Scope};

/// Faults planned at once; at the bound a further one is not taken.
const PLANNED_MAX: usize = 100;

/// What goes wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// An answer with this HTTP status, and no effect. 5xx have a body that is not JSON, as from a proxy.
    Status(u16),
    /// A refusal with this HTTP status and Discord's JSON code, and no effect.
    Code {
        /// The status.
        status: u16,
        /// The code.
        code: u32,
    },
    /// The request waits for this real time before it is handled as any other.
    Delay(Duration),
    /// The request has its effect, and the answer never comes: until the client gives up.
    Unanswered,
    /// The connection is reset, and nothing has happened.
    ResetBefore,
    /// The connection is reset after the request had its effect.
    ResetAfter,
    /// 429 without effect.
    RateLimit {
        /// Whose limit it is.
        scope: Scope,
        /// What the body says.
        retry_after: Duration,
        /// What the header says, when it does not agree with the body.
        header: Option<Duration>,
    },
}

/// A fault for requests of one route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Method and path below `/api/v10`, each part a word or `*`: `POST /channels/*/messages`; `*` alone
    /// is every route. The last part may be `**`, which is any rest.
    pub route: String,
    /// What goes wrong.
    pub kind: FaultKind,
    /// How many requests it hits.
    pub count: u32,
}

/// Everything that is planned.
#[derive(Default)]
pub(crate) struct Faults {
    /// With a number, by which one can be taken back.
    planned: Vec<(u64, Fault)>,
    number_last: u64,
    outage: Option<Outage>,
    /// Events that will not reach the bot, by name, with how often.
    lost_events: Vec<(u64, LostEvents)>,
    /// How long each event waits before it is sent, in real time.
    pub(crate) event_delay: Duration,
}

/// The loss of the next events of a name.
#[derive(Debug, Clone)]
pub(crate) struct LostEvents {
    pub(crate) name: String,
    pub(crate) count: u32,
}

struct Outage {
    until: Option<Timestamp>,
}

impl Faults {
    /// Adds a fault; false at the bound.
    pub(crate) fn plan(&mut self, fault: Fault) -> bool {
        let has_room = self.planned.len() < PLANNED_MAX;
        if has_room && fault.count > 0 {
            let number = self.next_number();
            self.planned.push((number, fault));
        }
        has_room
    }

    fn next_number(&mut self) -> u64 {
        self.number_last += 1;
        self.number_last
    }

    /// Takes back one fault, or the loss of events, by its number; false when it is used up or was never there.
    pub(crate) fn withdraw(&mut self, number: u64) -> bool {
        let count = self.planned.len() + self.lost_events.len();
        self.planned.retain(|(known, _)| *known != number);
        self.lost_events.retain(|(known, _)| *known != number);
        self.planned.len() + self.lost_events.len() < count
    }

    /// Forgets everything that is planned, and ends an outage.
    pub(crate) fn clear(&mut self) {
        // Numbers are never used again, so that nothing is taken back by mistake.
        *self = Self { number_last: self.number_last, ..Self::default() };
    }

    /// What is planned for requests and not used up, with its numbers.
    pub(crate) fn planned(&self) -> &[(u64, Fault)] {
        &self.planned
    }

    /// The losses of events that are planned, with their numbers.
    pub(crate) fn lost_events(&self) -> &[(u64, LostEvents)] {
        &self.lost_events
    }

    /// The fault that hits this request; its count goes down.
    pub(crate) fn take(&mut self, method: &str, segments: &[&str]) -> Option<FaultKind> {
        let index = self.planned.iter().position(|(_, fault)| matches(&fault.route, method, segments))?;
        let (_, fault) = self.planned.get_mut(index)?;
        let kind = fault.kind;
        fault.count -= 1;
        if fault.count == 0 {
            self.planned.remove(index);
        }
        Some(kind)
    }

    /// Discord is down until the clock's `until`, or until it is ended.
    pub(crate) fn begin_outage(&mut self, until: Option<Timestamp>) {
        self.outage = Some(Outage { until });
    }

    pub(crate) fn end_outage(&mut self) {
        self.outage = None;
    }

    /// Whether Discord is down. An outage whose time is over ends here.
    pub(crate) fn is_down(&mut self, now: Timestamp) -> bool {
        let is_over = |outage: &mut Outage| outage.until.is_some_and(|until| now >= until);
        self.outage.take_if(is_over);
        self.outage.is_some()
    }

    /// Plans the loss of events of that name.
    pub(crate) fn lose_events(&mut self, name: &str, count: u32) -> bool {
        let has_room = self.lost_events.len() < PLANNED_MAX;
        if has_room && count > 0 {
            let number = self.next_number();
            self.lost_events.push((number, LostEvents { name: name.to_owned(), count }));
        }
        has_room
    }

    /// Whether this event is lost; the count goes down.
    pub(crate) fn loses(&mut self, name: &str) -> bool {
        let index = self.lost_events.iter().position(|(_, lost)| lost.name == name);
        let Some(index) = index else { return false };
        if let Some((_, lost)) = self.lost_events.get_mut(index) {
            lost.count -= 1;
            if lost.count == 0 {
                self.lost_events.remove(index);
            }
        }
        true
    }
}

impl FaultKind {
    /// The refusal of a rate-limit fault.
    pub(crate) fn rate_limited(self) -> Option<RateLimited> {
        match self {
            Self::RateLimit { scope, retry_after, header } => {
                Some(RateLimited { scope, retry_after, header: header.unwrap_or(retry_after), code: None })
            }
            _ => None,
        }
    }
}

/// Whether `METHOD /a/*/b` fits a request.
fn matches(route: &str, method: &str, segments: &[&str]) -> bool {
    if route == "*" {
        return true;
    }
    let Some((wanted, path)) = route.split_once(' ') else { return false };
    if wanted != "*" && !wanted.eq_ignore_ascii_case(method) {
        return false;
    }
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let takes_rest = parts.pop_if(|last| *last == "**").is_some();
    let fits = parts.iter().zip(segments).all(|(part, segment)| *part == "*" || part == segment);
    fits && (parts.len() == segments.len() || takes_rest && segments.len() >= parts.len())
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn routes_match_by_part() {
        let segments = ["channels", "5", "messages"];
        let cases = [
            ("*", true),
            ("POST /channels/*/messages", true),
            ("post /channels/5/messages", true),
            ("* /channels/**", true),
            ("* /**", true),
            ("GET /channels/*/messages", false),
            ("POST /channels/*", false),
            ("POST /channels/6/messages", false),
            ("POST /channels/*/messages/*", false),
            ("POST", false),
        ];
        for (route, wanted) in cases {
            assert_eq!(matches(route, "POST", &segments), wanted, "{route}");
        }
    }
}
