//! Keeps the bot's requests within Discord's rate limits. Discord's docs: "Rate Limits".
//!
//! The headers of each response describe a window: how many requests a bucket of routes and one channel or guild may still make,
//! and until when. A request for a used-up window waits here. Requests for other channels and other buckets do not wait.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::time::Instant;

/// The most requests of the worker in a second, over all channels. Discord allows a bot 50 in all (Discord's docs, "Global Rate
/// Limit").
pub(crate) const REQUESTS_PER_SECOND_MAX: usize = 40;
/// The most requests in a second for the start and for commands: the rest of the 50. So no person waits for the worker.
pub(crate) const ANSWERS_PER_SECOND_MAX: usize = 10;
/// The longest wait for a window. A request that would wait longer fails at once with the outcome of a 429.
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(20);
/// The most windows. At the bound, ended windows go. If none has ended, the window goes that ends first.
const WINDOWS_MAX: usize = 10_000;
/// The most routes. The bot uses fewer than 20. At the bound, all routes go, and the next responses bring them back.
const ROUTES_MAX: usize = 100;
/// Discord's names of buckets are shorter. A response with a longer name is ignored.
const BUCKET_BYTES_MAX: usize = 64;
/// A window counts as this long at most.
const WINDOW_MAX: Duration = Duration::from_secs(24 * 60 * 60);
/// Two responses belong to the same window if their ends differ by less than this.
const SAME_WINDOW: Duration = Duration::from_millis(500);
const SECOND: Duration = Duration::from_secs(1);

/// The route of a request and its channel or guild. Discord has one limit for each bucket of routes and each channel or guild.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lane {
    /// Method and path, with `*` in place of each id.
    route: String,
    /// The id of the channel or guild in the path. 0 if the path has none.
    major: u64,
}

impl Lane {
    /// The lane of a request. `path` is a path with its first slash, or a whole address.
    #[must_use]
    pub(crate) fn of(method: &str, path: &str) -> Self {
        let (mut route, mut major) = (method.to_owned(), 0);
        let mut before = "";
        for part in path.split('/').filter(|part| !part.is_empty()) {
            let id: Option<u64> = part.parse().ok();
            if major == 0 && matches!(before, "channels" | "guilds") {
                major = id.unwrap_or(0);
            }
            route.push('/');
            route.push_str(if id.is_some() { "*" } else { part });
            before = part;
        }
        Self { route, major }
    }
}

/// A request was not sent, because its wait would be too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    /// The rest of the wait.
    pub(crate) retry_after: Duration,
    /// Whether all requests of the bot wait.
    pub(crate) is_global: bool,
}

/// Decides when a request may be sent, by tokio's clock.
#[derive(Debug)]
pub(crate) struct Pacer {
    per_second_max: usize,
    state: Mutex<PacerState>,
    /// When the requests of the last second were sent, oldest first. The lock is fair, so requests get their turns in order.
    sent_at: tokio::sync::Mutex<VecDeque<Instant>>,
}

#[derive(Debug, Default)]
struct PacerState {
    buckets: HashMap<String, Box<str>>,
    windows: HashMap<(Box<str>, u64), Window>,
    paused_until: Option<Instant>,
}

#[derive(Debug, Clone, Copy)]
struct Window {
    remaining: u64,
    ends_at: Instant,
}

impl Default for Pacer {
    fn default() -> Self {
        Self::new(REQUESTS_PER_SECOND_MAX)
    }
}

impl Pacer {
    /// A pacer without windows. It admits `per_second_max` requests in a second, but at least one.
    #[must_use]
    pub(crate) fn new(per_second_max: usize) -> Self {
        Self {
            per_second_max: per_second_max.max(1),
            state: Mutex::default(),
            sent_at: tokio::sync::Mutex::default(),
        }
    }

    /// Waits until the request may be sent, and counts the request as sent.
    ///
    /// # Errors
    /// [`Held`] if the wait would be longer than [`WAIT_MAX`].
    pub(crate) async fn admit(&self, lane: &Lane) -> Result<(), Held> {
        let began = Instant::now();
        loop {
            let now = Instant::now();
            let Err((until, is_global)) = self.state().admit(lane, now) else { break };
            if until.duration_since(began) > WAIT_MAX {
                return Err(Held { retry_after: until.duration_since(now), is_global });
            }
            tokio::time::sleep_until(until).await;
        }
        let mut sent_at = self.sent_at.lock().await;
        if let Some(oldest) = sent_at.front().copied().filter(|_| sent_at.len() >= self.per_second_max) {
            tokio::time::sleep_until(oldest + SECOND).await;
            sent_at.pop_front();
        }
        sent_at.push_back(Instant::now());
        Ok(())
    }

    /// Reads the rate-limit headers of a response.
    pub(crate) fn note(&self, lane: &Lane, headers: &HeaderMap) {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let bucket = text("x-ratelimit-bucket").filter(|bucket| bucket.len() <= BUCKET_BYTES_MAX);
        let remaining = text("x-ratelimit-remaining").and_then(|remaining| remaining.parse().ok());
        let reset_after = text("x-ratelimit-reset-after").and_then(seconds);
        let (Some(bucket), Some(remaining), Some(reset_after)) = (bucket, remaining, reset_after) else {
            return;
        };
        let now = Instant::now();
        let window = Window { remaining, ends_at: now + reset_after.min(WINDOW_MAX) };
        self.state().note(lane, bucket, window, now);
    }

    /// Delays all requests: Discord answered with a global 429.
    pub(crate) fn pause(&self, all_for: Duration) {
        let until = Instant::now() + all_for.min(WINDOW_MAX);
        let mut state = self.state();
        state.paused_until = state.paused_until.max(Some(until));
    }

    fn state(&self) -> MutexGuard<'_, PacerState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PacerState {
    /// Counts a request. The error is the end of the wait, and whether all requests wait.
    fn admit(&mut self, lane: &Lane, now: Instant) -> Result<(), (Instant, bool)> {
        if let Some(until) = self.paused_until.filter(|until| *until > now) {
            return Err((until, true));
        }
        let key = self.buckets.get(&lane.route).map(|bucket| (bucket.clone(), lane.major));
        let window = key.and_then(|key| self.windows.get_mut(&key)).filter(|window| window.ends_at > now);
        if let Some(window) = window.as_ref().filter(|window| window.remaining == 0) {
            return Err((window.ends_at, false));
        }
        if let Some(window) = window {
            window.remaining -= 1;
        }
        Ok(())
    }

    fn note(&mut self, lane: &Lane, bucket: &str, new: Window, now: Instant) {
        if self.buckets.get(&lane.route).is_none_or(|known| **known != *bucket) {
            if self.buckets.len() >= ROUTES_MAX {
                self.buckets.clear();
            }
            self.buckets.insert(lane.route.clone(), bucket.into());
        }
        let key = (Box::from(bucket), lane.major);
        let mut window = new;
        if let Some(known) = self.windows.get(&key) {
            let (earlier, later) = (known.ends_at.min(new.ends_at), known.ends_at.max(new.ends_at));
            // Discord has not counted the requests that are on their way.
            if known.ends_at > now && later.duration_since(earlier) < SAME_WINDOW {
                window.remaining = new.remaining.min(known.remaining);
            }
        } else {
            self.make_room(now);
        }
        self.windows.insert(key, window);
    }

    fn make_room(&mut self, now: Instant) {
        if self.windows.len() < WINDOWS_MAX {
            return;
        }
        self.windows.retain(|_, window| window.ends_at > now);
        if self.windows.len() >= WINDOWS_MAX
            && let Some(first) =
                self.windows.iter().min_by_key(|(_, window)| window.ends_at).map(|(key, _)| key.clone())
        {
            self.windows.remove(&first);
        }
    }
}

/// Parses a number of seconds, with or without decimals, as in Discord's headers.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.trim().parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(method: &str, channel: u64) -> Lane {
        Lane::of(method, &format!("https://discord.com/api/v10/channels/{channel}/messages/77"))
    }

    fn headers(bucket: &str, remaining: u32, reset_after: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-ratelimit-bucket", bucket.parse().unwrap());
        headers.insert("x-ratelimit-remaining", remaining.to_string().parse().unwrap());
        headers.insert("x-ratelimit-reset-after", reset_after.parse().unwrap());
        headers
    }

    /// How long a request waits for its turn.
    async fn wait(pacer: &Pacer, lane: &Lane) -> Duration {
        let began = Instant::now();
        pacer.admit(lane).await.unwrap();
        began.elapsed()
    }

    #[test]
    fn lanes_tell_routes_and_channels_apart() {
        assert_eq!(
            lane("PATCH", 5),
            Lane { route: "PATCH/https:/discord.com/api/v10/channels/*/messages/*".into(), major: 5 }
        );
        assert_ne!(lane("PATCH", 5), lane("DELETE", 5));
        assert_ne!(lane("PATCH", 5), lane("PATCH", 6));
        assert_eq!(Lane::of("GET", "/guilds/9/threads/active").major, 9);
        assert_eq!(Lane::of("GET", "/users/@me").major, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_used_up_window_is_waited_for_in_its_own_lane_alone() {
        let pacer = Pacer::default();
        pacer.note(&lane("PATCH", 1), &headers("b", 2, "5.000"));
        for _ in 0..2 {
            assert_eq!(wait(&pacer, &lane("PATCH", 1)).await, Duration::ZERO);
        }
        assert_eq!(wait(&pacer, &lane("PATCH", 2)).await, Duration::ZERO, "another channel");
        assert_eq!(wait(&pacer, &lane("DELETE", 1)).await, Duration::ZERO, "another kind of request");
        assert_eq!(wait(&pacer, &lane("PATCH", 1)).await, Duration::from_secs(5));
        assert_eq!(
            wait(&pacer, &lane("PATCH", 1)).await,
            Duration::ZERO,
            "what comes after is not known yet"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn routes_of_one_bucket_share_its_window() {
        let pacer = Pacer::default();
        pacer.note(&lane("PATCH", 1), &headers("shared", 5, "3"));
        pacer.note(&lane("DELETE", 1), &headers("shared", 0, "3"));
        assert_eq!(wait(&pacer, &lane("PATCH", 1)).await, Duration::from_secs(3));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_does_not_forget_what_is_under_way() {
        let pacer = Pacer::default();
        pacer.note(&lane("PATCH", 1), &headers("b", 2, "5"));
        wait(&pacer, &lane("PATCH", 1)).await;
        wait(&pacer, &lane("PATCH", 1)).await;
        pacer.note(&lane("PATCH", 1), &headers("b", 1, "5"));
        assert_eq!(wait(&pacer, &lane("PATCH", 1)).await, Duration::from_secs(5));
        pacer.note(&lane("PATCH", 1), &headers("b", 1, "5"));
        assert_eq!(wait(&pacer, &lane("PATCH", 1)).await, Duration::ZERO, "the next window");
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_would_wait_too_long_fails_at_once() {
        let pacer = Pacer::default();
        pacer.note(&lane("POST", 1), &headers("crossposts", 0, "3600"));
        let held = Held { retry_after: Duration::from_secs(3600), is_global: false };
        assert_eq!(pacer.admit(&lane("POST", 1)).await, Err(held));
        tokio::time::advance(Duration::from_secs(3590)).await;
        assert_eq!(wait(&pacer, &lane("POST", 1)).await, Duration::from_secs(10));
    }

    #[tokio::test(start_paused = true)]
    async fn all_wait_when_discord_says_so() {
        let pacer = Pacer::default();
        pacer.pause(Duration::from_secs(4));
        pacer.pause(Duration::from_secs(2));
        assert_eq!(wait(&pacer, &lane("POST", 1)).await, Duration::from_secs(4));
        pacer.pause(Duration::from_secs(60));
        let held = Held { retry_after: Duration::from_secs(60), is_global: true };
        assert_eq!(pacer.admit(&lane("GET", 2)).await, Err(held));
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_has_more_requests_than_it_may() {
        let pacer = Pacer::default();
        let mut made = Vec::new();
        let began = Instant::now();
        for channel in 0..200 {
            pacer.admit(&lane("POST", channel)).await.unwrap();
            made.push(began.elapsed());
            tokio::time::advance(Duration::from_millis(channel % 7)).await;
        }
        for (index, at) in made.iter().enumerate() {
            let in_second = made.iter().filter(|other| **other >= *at && **other < *at + SECOND).count();
            assert!(in_second <= REQUESTS_PER_SECOND_MAX, "{in_second} from the {index}th on");
        }
        assert!(*made.last().unwrap() < Duration::from_secs(6), "and hardly fewer");
    }

    #[tokio::test(start_paused = true)]
    async fn a_thousand_at_once_get_their_turns_in_order() {
        let pacer = std::sync::Arc::new(Pacer::default());
        let began = Instant::now();
        let mut waiting = tokio::task::JoinSet::new();
        for number in 0..1_000_u64 {
            let pacer = std::sync::Arc::clone(&pacer);
            waiting.spawn(async move {
                pacer.admit(&lane("POST", number)).await.unwrap();
                (began.elapsed(), number)
            });
        }
        let mut turns = waiting.join_all().await;
        turns.sort_unstable();
        assert!(
            turns
                .iter()
                .map(|(_, number)| number)
                .is_sorted_by_key(|number| *number / REQUESTS_PER_SECOND_MAX as u64)
        );
        assert_eq!(turns.last().unwrap().0.as_secs(), 999 / REQUESTS_PER_SECOND_MAX as u64);
    }

    #[tokio::test(start_paused = true)]
    async fn windows_and_routes_are_bounded() {
        let pacer = Pacer::default();
        for channel in 0..WINDOWS_MAX as u64 + 500 {
            pacer.note(&lane("POST", channel), &headers("b", 0, &format!("{}", 10 + channel)));
        }
        for route in 0..1_000 {
            pacer.note(&Lane::of("GET", &format!("/x{route}")), &headers("c", 0, "1"));
        }
        let sizes = |known: &PacerState| (known.windows.len(), known.buckets.len());
        let (windows, buckets) = sizes(&pacer.state());
        assert!(windows <= WINDOWS_MAX && buckets <= ROUTES_MAX);
        let long_name = "b".repeat(1_000);
        pacer.note(&lane("PUT", 1), &headers(&long_name, 0, "10"));
        assert_eq!(wait(&pacer, &lane("PUT", 1)).await, Duration::ZERO);
    }

    #[test]
    fn numbers_of_seconds_are_read() {
        for (text, expected) in
            [("1.5", Some(1_500)), ("0", Some(0)), (" 65 ", Some(65_000)), ("-1", None), ("x", None)]
        {
            assert_eq!(seconds(text), expected.map(Duration::from_millis), "{text}");
        }
        assert_eq!(seconds("1e999"), None);
        assert_eq!(seconds("NaN"), None);
    }
}
