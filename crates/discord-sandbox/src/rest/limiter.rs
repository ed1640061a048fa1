//! Rate limits by buckets. Discord's docs: "Rate Limits". The docs give no numbers. Bots observe five messages in five
//! seconds and ten publications an hour.

use std::collections::HashMap;
use std::hash::Hasher;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use siphasher::sip::SipHasher13;

use super::call::Call;
use crate::rate_limit::{CODE_OLD_EDITS, CODE_WRITES, RateLimited, RateLimits, Scope};

/// Buckets kept. At the bound those whose window is over are dropped, or all if there is none.
const BUCKETS_MAX: usize = 20_000;
/// Discord's docs: "Invalid Request Limit".
const INVALID_WINDOW: Duration = Duration::from_secs(10 * 60);

const OLD_AGE: Duration = Duration::from_secs(3600);

#[derive(Debug, Clone, Copy)]
struct Window {
    began: Timestamp,
    used: u32,
    length: Duration,
}

impl Window {
    fn left(&self, now: Timestamp) -> Duration {
        let age = now.duration_since(self.began).unsigned_abs();
        self.length.saturating_sub(age)
    }

    /// The running window, or a new one that begins at `now`.
    fn at(window: Option<Self>, length: Duration, now: Timestamp) -> Self {
        let running = window.filter(|window| window.length == length && !window.left(now).is_zero());
        running.unwrap_or(Self { began: now, used: 0, length })
    }
}

/// A change of a message, for the limits on changes.
pub(super) struct MessageEdit {
    pub(super) channel_id: u64,
    pub(super) message_id: u64,
    pub(super) posted_at: Timestamp,
    pub(super) is_published: bool,
}

/// The decision about one request: the headers of its bucket, and a refusal if it is over a limit.
pub(super) struct LimitDecision {
    pub(super) headers: HeaderMap,
    pub(super) refusal: Option<RateLimited>,
}

/// The state of all buckets.
#[derive(Default)]
pub(crate) struct Limiter {
    /// By route and top-level resource.
    buckets: HashMap<(u64, String), Window>,
    global: Option<Window>,
    invalid: Option<Window>,
}

impl Limiter {
    /// Counts a request, unless it is refused.
    pub(super) fn check(&mut self, call: &Call<'_>, limits: &RateLimits, now: Timestamp) -> LimitDecision {
        let (limit, length) = bucket_size(call, limits);
        let key = (route_hash(call), top_level(call));
        let window = Window::at(self.buckets.get(&key).copied(), length, now);
        let is_exempt = matches!(call.segments.first(), Some(&("interactions" | "webhooks")));
        let global = Window::at(self.global, Duration::from_secs(1), now);
        let refusal = if !is_exempt && global.used >= limits.global_per_second {
            Some(RateLimited::of(Scope::Global, global.left(now)))
        } else if window.used >= limit {
            Some(RateLimited::of(Scope::User, window.left(now)))
        } else {
            None
        };
        let hash = key.0;
        let used = window.used + u32::from(refusal.is_none());
        if refusal.is_none() {
            self.make_room(now);
            self.buckets.insert(key, Window { used, ..window });
            if !is_exempt {
                self.global = Some(Window { used: global.used + 1, ..global });
            }
        }
        let headers = headers(limit, limit.saturating_sub(used), window.left(now), hash, now);
        LimitDecision { headers, refusal }
    }

    /// Counts a change of a message. These limits come after the bucket, whose headers do not show them. The numbers
    /// are from Discord's issues 6109 and 4413 and from unofficial docs.
    pub(super) fn check_edit(
        &mut self,
        edit: &MessageEdit,
        limits: &RateLimits,
        now: Timestamp,
    ) -> Result<(), RateLimited> {
        let hour = Duration::from_secs(3600);
        if edit.is_published {
            let key = (CODE_WRITES.into(), format!("messages/{}", edit.message_id));
            let left = self.take(key, limits.published_edits_per_hour, hour, now);
            let header = Duration::from_secs(1);
            left.map_err(|retry_after| RateLimited {
                header,
                code: Some(CODE_WRITES),
                ..RateLimited::of(Scope::Shared, retry_after)
            })?;
        }
        if now.duration_since(edit.posted_at).unsigned_abs() > OLD_AGE {
            let key = (CODE_OLD_EDITS.into(), format!("channels/{}", edit.channel_id));
            let left = self.take(key, limits.old_edits_per_window, Duration::from_secs(6), now);
            left.map_err(|retry_after| RateLimited {
                code: Some(CODE_OLD_EDITS),
                ..RateLimited::of(Scope::Shared, retry_after)
            })?;
        }
        Ok(())
    }

    /// Counts one use of a window, or returns how long the window is full.
    fn take(
        &mut self,
        key: (u64, String),
        limit: u32,
        length: Duration,
        now: Timestamp,
    ) -> Result<(), Duration> {
        let window = Window::at(self.buckets.get(&key).copied(), length, now);
        if window.used >= limit {
            return Err(window.left(now));
        }
        self.make_room(now);
        self.buckets.insert(key, Window { used: window.used + 1, ..window });
        Ok(())
    }

    /// Counts an answer that Discord calls an invalid request.
    pub(super) fn count_answer(&mut self, status: u16, refusal: Option<RateLimited>, now: Timestamp) {
        let is_shared = refusal.is_some_and(|refusal| refusal.scope == Scope::Shared);
        if matches!(status, 401 | 403 | 429) && !is_shared {
            let window = Window::at(self.invalid, INVALID_WINDOW, now);
            self.invalid = Some(Window { used: window.used + 1, ..window });
        }
    }

    /// Invalid requests in the current ten minutes.
    pub(crate) fn invalid_requests(&self, now: Timestamp) -> u32 {
        Window::at(self.invalid, INVALID_WINDOW, now).used
    }

    fn make_room(&mut self, now: Timestamp) {
        if self.buckets.len() >= BUCKETS_MAX {
            self.buckets.retain(|_, window| !window.left(now).is_zero());
        }
        if self.buckets.len() >= BUCKETS_MAX {
            self.buckets.clear();
        }
    }
}

fn bucket_size(call: &Call<'_>, limits: &RateLimits) -> (u32, Duration) {
    match (call.method, call.segments.as_slice()) {
        ("POST", ["channels", _, "messages", _, "crosspost"]) => {
            (limits.crossposts_per_hour, Duration::from_secs(3600))
        }
        ("POST" | "PATCH" | "DELETE", ["channels", _, "messages", ..]) => {
            (limits.messages_per_window, Duration::from_secs(5))
        }
        _ => (limits.others_per_second, Duration::from_secs(1)),
    }
}

/// The channel, guild, or webhook with its token. Each has its own buckets.
fn top_level(call: &Call<'_>) -> String {
    match call.segments.as_slice() {
        [first @ ("webhooks" | "interactions"), id, token, ..] => format!("{first}/{id}/{token}"),
        [first @ ("channels" | "guilds"), id, ..] => format!("{first}/{id}"),
        _ => String::new(),
    }
}

/// The bucket of a route: a hash of its method and words, without ids and tokens.
fn route_hash(call: &Call<'_>) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(call.method.as_bytes());
    for segment in &call.segments {
        let is_word =
            segment.len() <= 24 && segment.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'@');
        hasher.write(if is_word { segment.as_bytes() } else { b"*" });
        hasher.write(b"/");
    }
    hasher.finish()
}

fn headers(limit: u32, remaining: u32, left: Duration, hash: u64, now: Timestamp) -> HeaderMap {
    let reset_ms = now.as_millisecond().unsigned_abs() + u64::try_from(left.as_millis()).unwrap_or(0);
    let texts = [
        ("x-ratelimit-limit", limit.to_string()),
        ("x-ratelimit-remaining", remaining.to_string()),
        ("x-ratelimit-reset", format!("{}.{:03}", reset_ms / 1000, reset_ms % 1000)),
        ("x-ratelimit-reset-after", format!("{:.3}", left.as_secs_f64())),
        ("x-ratelimit-bucket", format!("{hash:016x}")),
        // discord.py takes a 429 without `Via` for a ban by Cloudflare.
        ("via", "1.1 google".to_owned()),
    ];
    let mut headers = HeaderMap::new();
    for (name, text) in texts {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
    headers
}
