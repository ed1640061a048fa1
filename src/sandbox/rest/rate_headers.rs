//! Rate-limit headers. The sandbox sets no limits yet, so each answer says, truly, that there is
//! plenty left. Discord's docs: "Rate Limits", "Header Format".

use std::hash::Hasher;

use axum::http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use siphasher::sip::SipHasher13;

use super::Call;

const LIMIT: u32 = 10_000;
const WINDOW_MS: i64 = 1000;

/// The headers of an answer to this call.
pub(super) fn of(call: &Call<'_>, now: Timestamp) -> HeaderMap {
    let reset_ms = now.as_millisecond() + WINDOW_MS;
    let texts = [
        ("x-ratelimit-limit", LIMIT.to_string()),
        ("x-ratelimit-remaining", (LIMIT - 1).to_string()),
        ("x-ratelimit-reset", format!("{}.{:03}", reset_ms / 1000, reset_ms.unsigned_abs() % 1000)),
        ("x-ratelimit-reset-after", format!("{}.{:03}", WINDOW_MS / 1000, WINDOW_MS % 1000)),
        ("x-ratelimit-bucket", bucket(call)),
    ];
    let mut headers = HeaderMap::new();
    for (name, text) in texts {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
    headers
}

/// One bucket for each kind of route: ids and tokens do not count, words do.
fn bucket(call: &Call<'_>) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write(call.method.as_bytes());
    for segment in &call.segments {
        let is_word =
            segment.len() <= 24 && segment.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'@');
        hasher.write(if is_word { segment.as_bytes() } else { b"*" });
        hasher.write(b"/");
    }
    format!("{:016x}", hasher.finish())
}
