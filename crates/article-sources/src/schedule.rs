//! When a source is fetched, and which sources are fetched at the same time. Pure: the caller passes the time.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Fetches at the same time, at most.
pub const FETCHES_MAX: usize = 8;

/// The longest wait after failures, and the longest wait that a server may ask for. A source that is fetched more rarely
/// keeps its own time.
pub const WAIT_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// The jitter is below this part of the wait: one tenth.
const JITTER_PART: u32 = 10;

/// The last fetch of a source, as far as it decides the time of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastFetch {
    /// When the fetch ended.
    pub at: Timestamp,
    /// Failed fetches since the last success.
    pub failures: u32,
    /// The time of `Retry-After`: the server wants no request before.
    pub not_before: Option<Timestamp>,
    /// How long the answer stays fresh: the larger one of `max-age` and of the feed's `ttl`.
    pub fresh_for: Option<Duration>,
}

/// When a source is due after its last fetch.
///
/// The wait is `every`, or longer: doubled for each failure, and as long as the server asks, both up to [`WAIT_MAX`].
/// The jitter comes on top of it, so that sources do not stay in step. `seed` tells sources apart.
#[must_use]
pub fn due_after(last: &LastFetch, every: Duration, seed: u64) -> Timestamp {
    let longest = WAIT_MAX.max(every);
    let doubled = every.saturating_mul(2_u32.saturating_pow(last.failures));
    let asked = last.not_before.map_or(Duration::ZERO, |at| {
        Duration::try_from(at.duration_since(last.at)).unwrap_or(Duration::ZERO)
    });
    let wait = doubled.max(asked).max(last.fresh_for.unwrap_or_default()).min(longest).max(every);
    let wait = wait.saturating_add(jitter(wait, last.at, seed)).min(longest);
    // At the end of time, a source is due at once. Only a clock that is wrong by millennia comes there.
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    last.at.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// Another jitter for each source and each fetch.
fn jitter(wait: Duration, at: Timestamp, seed: u64) -> Duration {
    // A step of SplitMix64.
    let mut mixed = seed.wrapping_add(at.as_second().unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let thousandth = u32::try_from((mixed ^ (mixed >> 31)) % 1000).unwrap_or_default();
    (wait / JITTER_PART / 1000).saturating_mul(thousandth)
}

/// A source that waits for its fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// `None` for a source that needs no host, for example a repository on the same disk.
    pub host: Option<&'a str>,
    /// When its fetch is due.
    pub due_at: Timestamp,
}

/// Which sources start now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starts {
    /// Indexes of waiting sources, the longest due first.
    pub now: Vec<usize>,
    /// When the next source is due, if no fetch ends before. `None` if all others wait for the end of a fetch.
    pub wake_at: Option<Timestamp>,
}

/// Chooses from the waiting sources. `running` has the host of each fetch that runs.
#[must_use]
pub fn starts(waiting: &[Waiting<'_>], running: &[Option<&str>], now: Timestamp) -> Starts {
    let mut order: Vec<usize> = (0..waiting.len()).collect();
    let due_at = |index: usize| waiting.get(index).map(|source| source.due_at);
    order.sort_by_key(|index| due_at(*index));
    let mut hosts: BTreeSet<&str> = running.iter().copied().flatten().collect();
    let mut chosen = Vec::new();
    let mut wake_at = None;
    for index in order {
        let Some(source) = waiting.get(index) else { continue };
        if source.due_at > now {
            wake_at = Some(source.due_at);
            break;
        }
        let has_room = running.len() + chosen.len() < FETCHES_MAX;
        if has_room && source.host.is_none_or(|host| hosts.insert(host)) {
            chosen.push(index);
        }
    }
    Starts { now: chosen, wake_at }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    fn wait(last: &LastFetch, every: Duration, seed: u64) -> Duration {
        Duration::try_from(due_after(last, every, seed).duration_since(last.at)).unwrap()
    }

    const CALM: LastFetch =
        LastFetch { at: Timestamp::UNIX_EPOCH, failures: 0, not_before: None, fresh_for: None };

    #[test]
    fn a_failure_doubles_the_wait() {
        for (failures, minutes) in [(0, 15), (1, 30), (2, 60), (6, 960), (7, 1440), (40, 1440)] {
            let waited = wait(&LastFetch { failures, ..CALM }, seconds(15 * 60), 1);
            let (least, most) = (seconds(minutes * 60), seconds(minutes * 66));
            assert!((least..=most.min(WAIT_MAX)).contains(&waited), "{failures}: {waited:?}");
        }
    }

    #[test]
    fn the_server_may_ask_for_a_longer_wait_up_to_a_day() {
        let every = seconds(900);
        assert!(wait(&LastFetch { not_before: Some(at(7200)), ..CALM }, every, 1) >= seconds(7200));
        assert!(wait(&LastFetch { fresh_for: Some(seconds(3600)), ..CALM }, every, 1) >= seconds(3600));
        assert!(wait(&LastFetch { not_before: Some(at(-5)), ..CALM }, every, 1) < seconds(1000));
        let never = LastFetch { not_before: Some(Timestamp::MAX), fresh_for: Some(Duration::MAX), ..CALM };
        assert_eq!(wait(&never, every, 1), WAIT_MAX);
    }

    #[test]
    fn the_longest_due_source_is_first_and_its_host_is_busy_then() {
        let source = |host, due| Waiting { host, due_at: at(due) };
        let waiting = [
            source(Some("a"), 5),
            source(Some("a"), 3),
            source(Some("b"), 4),
            source(None, 9),
            source(None, 7),
        ];
        let starts_with = |running: &[Option<&str>], now| starts(&waiting, running, at(now));
        assert_eq!(starts_with(&[], 6), Starts { now: vec![1, 2], wake_at: Some(at(7)) });
        assert_eq!(starts_with(&[Some("a")], 8), Starts { now: vec![2, 4], wake_at: Some(at(9)) });
        assert_eq!(starts_with(&[None; FETCHES_MAX], 9), Starts { now: vec![], wake_at: None });
        assert_eq!(starts_with(&[None; FETCHES_MAX - 1], 9).now, [1]);
    }

    prop_compose! {
        fn last_fetches()(
            second in 0..4_000_000_000_i64,
            failures in 0..50_u32,
            not_before in option::of(-4_000_000_000..8_000_000_000_i64),
            fresh_for in option::of(0..10_000_000_u64),
        ) -> LastFetch {
            let not_before = not_before.map(at);
            LastFetch { at: at(second), failures, not_before, fresh_for: fresh_for.map(seconds) }
        }
    }

    proptest! {
        #[test]
        fn a_source_never_waits_less_than_its_time_nor_more_than_a_day(
            last in last_fetches(), every in 60..2_592_000_u64, seed: u64,
        ) {
            let every = seconds(every);
            let waited = wait(&last, every, seed);
            prop_assert!(waited >= every);
            prop_assert!(waited <= WAIT_MAX.max(every));
        }

        /// Sources with hosts by number, with fetches of any length, over some hours.
        #[test]
        fn no_host_is_fetched_twice_at_once_and_no_more_than_eight_sources(
            sources in vec((option::of(0..6_usize), 60..900_u64, 1..300_i64), 1..30),
        ) {
            const HOSTS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
            let host = |index: usize| sources[index].0.map(|number| HOSTS[number]);
            let mut due: Vec<Option<Timestamp>> = vec![Some(at(0)); sources.len()];
            let mut started = vec![Timestamp::MIN; sources.len()];
            let mut fetches = vec![0; sources.len()];
            let mut running: Vec<(i64, usize)> = Vec::new();
            for now in (0..10_000).step_by(20) {
                running.retain(|(end, index)| {
                    let every = seconds(sources[*index].1);
                    if *end <= now {
                        due[*index] = Some(due_after(&LastFetch { at: at(now), ..CALM }, every, 1));
                    }
                    *end > now
                });
                let indexes: Vec<usize> = (0..due.len()).filter(|index| due[*index].is_some()).collect();
                let waiting: Vec<Waiting<'_>> = indexes
                    .iter()
                    .map(|index| Waiting { host: host(*index), due_at: due[*index].unwrap() })
                    .collect();
                let busy: Vec<Option<&str>> = running.iter().map(|(_, index)| host(*index)).collect();
                for chosen in starts(&waiting, &busy, at(now)).now {
                    let index = indexes[chosen];
                    let since = at(now).duration_since(started[index]);
                    prop_assert!(since >= SignedDuration::try_from(seconds(sources[index].1)).unwrap());
                    due[index] = None;
                    started[index] = at(now);
                    fetches[index] += 1;
                    running.push((now + sources[index].2, index));
                }
                prop_assert!(running.len() <= FETCHES_MAX);
                let mut hosts: Vec<&str> = running.iter().filter_map(|(_, index)| host(*index)).collect();
                hosts.sort_unstable();
                let count = hosts.len();
                hosts.dedup();
                prop_assert_eq!(hosts.len(), count);
            }
            prop_assert!(fetches.iter().all(|count| *count > 0), "{fetches:?}");
        }
    }
}
