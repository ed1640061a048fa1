//! Faults on demand: failures between a bot and Discord, by route and count.
//!
//! Tests plan faults with [`Sandbox::plan_fault`](crate::Sandbox::plan_fault), the page's drawer with
//! `POST /page/faults`. Each request takes the first planned fault whose route matches.

use std::time::Duration;

use jiff::Timestamp;

use crate::rate_limit::{RateLimited, Scope};

/// Faults planned at once. At the bound a further one is refused.
const PLANNED_MAX: usize = 100;

/// How a request fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// An answer with this HTTP status. The request has no effect. 5xx have a body that is not JSON, as from a proxy.
    Status(u16),
    /// A refusal with this HTTP status and JSON error code. The request has no effect.
    Code {
        /// The HTTP status.
        status: u16,
        /// Discord's JSON error code.
        code: u32,
    },
    /// The request waits for this real time, then the sandbox handles it as usual.
    Delay(Duration),
    /// The request has its effect, but no answer comes: the client runs into its timeout.
    Unanswered,
    /// The connection is reset. The request has no effect.
    ResetBefore,
    /// The connection is reset after the request had its effect.
    ResetAfter,
    /// A 429. The request has no effect.
    RateLimit {
        /// The scope of the limit.
        scope: Scope,
        /// The waiting time in the body.
        retry_after: Duration,
        /// The waiting time in the header. `None` is the one of the body.
        header: Option<Duration>,
    },
}

/// A fault for requests of one route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Method and path below `/api/v10`. Each part is a word or `*`: `POST /channels/*/messages`. The last part may be
    /// `**`, for any rest. `*` alone matches every request.
    pub route: String,
    /// How the requests fail.
    pub kind: FaultKind,
    /// How many requests fail.
    pub count: u32,
}

/// All planned faults.
#[derive(Default)]
pub(crate) struct Faults {
    /// Each with the number that withdraws it.
    planned: Vec<(u64, Fault)>,
    number_last: u64,
    outage: Option<Outage>,
    /// Events that will not reach the bot.
    lost_events: Vec<(u64, LostEvents)>,
    /// How long each event waits before it is sent, in real time.
    pub(crate) event_delay: Duration,
}

/// The loss of the next `count` events of a name.
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

    /// Withdraws a fault or a loss of events. False when no such one is planned.
    pub(crate) fn withdraw(&mut self, number: u64) -> bool {
        let count = self.planned.len() + self.lost_events.len();
        self.planned.retain(|(known, _)| *known != number);
        self.lost_events.retain(|(known, _)| *known != number);
        self.planned.len() + self.lost_events.len() < count
    }

    /// Withdraws all faults, and ends an outage and a delay of events.
    pub(crate) fn clear(&mut self) {
        // The numbers go on: an old number withdraws no later fault.
        *self = Self { number_last: self.number_last, ..Self::default() };
    }

    /// The faults that are not used up, with their numbers.
    pub(crate) fn planned(&self) -> &[(u64, Fault)] {
        &self.planned
    }

    /// The losses of events that are not used up, with their numbers.
    pub(crate) fn lost_events(&self) -> &[(u64, LostEvents)] {
        &self.lost_events
    }

    /// Takes the fault for this request, and counts it.
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

    /// Begins an outage that ends at `until`, or with [`Faults::end_outage`].
    pub(crate) fn begin_outage(&mut self, until: Option<Timestamp>) {
        self.outage = Some(Outage { until });
    }

    pub(crate) fn end_outage(&mut self) {
        self.outage = None;
    }

    /// Whether an outage is on. One whose time is over ends here.
    pub(crate) fn is_down(&mut self, now: Timestamp) -> bool {
        let is_over = |outage: &mut Outage| outage.until.is_some_and(|until| now >= until);
        self.outage.take_if(is_over);
        self.outage.is_some()
    }

    /// Plans the loss of events of that name; false at the bound.
    pub(crate) fn lose_events(&mut self, name: &str, count: u32) -> bool {
        let has_room = self.lost_events.len() < PLANNED_MAX;
        if has_room && count > 0 {
            let number = self.next_number();
            self.lost_events.push((number, LostEvents { name: name.to_owned(), count }));
        }
        has_room
    }

    /// Whether this event is lost. Counts the loss.
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

/// Whether a route such as `METHOD /a/*/b` matches a request.
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
