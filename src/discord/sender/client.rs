//! The HTTP client for Discord's REST API, and the bounds of its responses.

use std::time::Duration;

use crate::discord::failure;
use crate::discord::run_error::RunError;

/// The most seconds for a connection.
pub(crate) const CONNECT_SECONDS_MAX: u64 = 5;
/// The most seconds for a whole request. The request ends before another process could take over (`delivery::ledger::DatabaseHold`).
const REQUEST_SECONDS_MAX: u64 = 8;

/// A client that bounds the time of each request and follows no redirect. Discord's API has no redirects. A redirect would turn a
/// POST into a GET, and would send the request to an address from a response.
pub(crate) fn http_client() -> Result<reqwest::Client, RunError> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
        .timeout(Duration::from_secs(REQUEST_SECONDS_MAX))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(|error| RunError::Ended(format!("no HTTP client can be built ({})", error.without_url())))
}

/// Reads the body of a response of at most `bytes_max` bytes.
///
/// # Errors
///
/// The cause, for the log: the body is longer, or the connection broke.
pub(crate) async fn body(response: &mut reqwest::Response, bytes_max: usize) -> Result<Vec<u8>, String> {
    let too_long = || format!("Discord's answer has more than {bytes_max} bytes");
    if response.content_length().is_some_and(|length| length > bytes_max as u64) {
        return Err(too_long());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failure::transport_in_words(&error))? {
        if body.len() + chunk.len() > bytes_max {
            return Err(too_long());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
