//! Addresses as feeds write them.

use url::Url;

use crate::bounds::ADDRESS_BYTES_MAX;

/// The web address that a text of a feed means: relative ones are completed by `base`, white space around goes. Only
/// `http` and `https` lead anywhere.
pub(crate) fn resolved(text: &str, base: &Url) -> Option<Url> {
    let text = text.trim_matches(|character: char| character.is_whitespace() || character.is_control());
    if text.is_empty() || text.len() > ADDRESS_BYTES_MAX || base.as_str().len() > ADDRESS_BYTES_MAX {
        return None;
    }
    base.join(text).ok().filter(is_web)
}

/// As [`resolved`], for a text that must be a whole address.
pub(crate) fn absolute(text: &str) -> Option<Url> {
    let text = text.trim();
    if text.len() > ADDRESS_BYTES_MAX {
        return None;
    }
    Url::parse(text).ok().filter(is_web)
}

fn is_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https") && address.as_str().len() <= ADDRESS_BYTES_MAX
}
