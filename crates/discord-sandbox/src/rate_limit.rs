//! The limits on requests, and the refusal of a request that is over a limit.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

/// The code for too many changes of a published message. Discord's issue 6109: the header says one second, the body the
/// real waiting time.
pub(crate) const CODE_WRITES: u32 = 20028;
/// The code for too many changes of messages older than an hour.
pub(crate) const CODE_OLD_EDITS: u32 = 30046;

/// The limits on requests. `u32::MAX` turns a limit off. The default is Discord's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// Requests in a second, without those of interactions and their webhooks: 50.
    pub global_per_second: u32,
    /// Writes of messages in a channel in 5 s, counted apart for each method: 5.
    pub messages_per_window: u32,
    /// Messages published in a channel in an hour: 10.
    pub crossposts_per_hour: u32,
    /// Changes of messages older than an hour, in a channel in 6 s: 3. One more gets code 30046.
    pub old_edits_per_window: u32,
    /// Changes of one published message in an hour: 3. One more gets code 20028.
    pub published_edits_per_hour: u32,
    /// Requests in a second in each other bucket: 50.
    pub others_per_second: u32,
    /// Answers with 401, 403 and 429 in 10 minutes until all requests are refused: 10,000. Shared limits do not count.
    pub invalid_requests_max: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            global_per_second: 50,
            messages_per_window: 5,
            crossposts_per_hour: 10,
            old_edits_per_window: 3,
            published_edits_per_hour: 3,
            others_per_second: 50,
            invalid_requests_max: 10_000,
        }
    }
}

/// The scope of the limit that a 429 reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The bot's limit in one bucket.
    User,
    /// A limit that the bot shares with others. Such a 429 is no invalid request.
    Shared,
    /// The bot's limit over all buckets.
    Global,
}

/// A 429.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RateLimited {
    pub(crate) scope: Scope,
    /// The waiting time in the body.
    pub(crate) retry_after: Duration,
    /// The waiting time in the header, where it is rounded up to whole seconds.
    pub(crate) header: Duration,
    pub(crate) code: Option<u32>,
}

impl RateLimited {
    pub(crate) fn of(scope: Scope, left: Duration) -> Self {
        Self { scope, retry_after: left, header: left, code: None }
    }

    /// The JSON body.
    pub(crate) fn body(&self) -> Value {
        let message = match self.code {
            Some(CODE_WRITES) => {
                "The write action you are performing on the channel has hit the write rate limit."
            }
            Some(CODE_OLD_EDITS) => {
                "Maximum number of edits to messages older than 1 hour reached. Try again later."
            }
            _ => "You are being rate limited.",
        };
        let mut body = json!({
            "message": message, "retry_after": self.retry_after.as_secs_f64(),
            "global": self.scope == Scope::Global,
        });
        if let Some(code) = self.code {
            body["code"] = json!(code);
        }
        body
    }

    /// Adds the headers that only a 429 has.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) {
        let whole_s = self.header.as_secs() + u64::from(self.header.subsec_nanos() > 0);
        headers.insert("retry-after", HeaderValue::from(whole_s));
        let scope = match self.scope {
            Scope::User => "user",
            Scope::Shared => "shared",
            Scope::Global => "global",
        };
        headers.insert("x-ratelimit-scope", HeaderValue::from_static(scope));
        if self.scope == Scope::Global {
            headers.insert("x-ratelimit-global", HeaderValue::from_static("true"));
        }
    }
}
