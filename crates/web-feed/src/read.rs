//! From bytes to a feed.

use url::Url;

use crate::encoding::text_of;
use crate::error::FeedError;
use crate::feed::Feed;
use crate::{json, xml};

/// Reads a feed. `content_type` is the HTTP header of that name; `address` is where the bytes come from, after redirects:
/// relative links are completed by it. The caller bounds the bytes.
///
/// # Errors
/// The bytes are no feed. An HTML page gives [`FeedError::Page`] with the feeds that the page names.
pub fn read(bytes: &[u8], content_type: Option<&str>, address: &Url) -> Result<Feed, FeedError> {
    let text = text_of(bytes, content_type);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}');
    if text.is_empty() {
        return Err(FeedError::Empty);
    }
    if text.starts_with('{') {
        return json::feed_of(text, address);
    }
    xml::feed_of(text, address)
}
