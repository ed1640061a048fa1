//! OPML: lists of feeds that readers export.

use url::Url;

use crate::address::absolute;
use crate::bounds::{SUBSCRIPTIONS_MAX, TITLE_CHARS_MAX};
use crate::encoding::text_of;
use crate::error::FeedError;
use crate::markup::{Dialect, Token, Tokens, local_name};
use crate::text::{TextKind, plain_text};

/// A feed of an OPML list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The name that the list gives the feed.
    pub title: Option<String>,
    /// The address of the feed.
    pub address: Url,
}

/// The feeds of an OPML list, whatever folders they are in: each address once, in the order of the list,
/// [`SUBSCRIPTIONS_MAX`] at most. Outlines without an address are folders or notes and are passed over.
///
/// # Errors
/// The bytes are no OPML.
pub fn subscriptions(bytes: &[u8]) -> Result<Vec<Subscription>, FeedError> {
    let text = text_of(bytes, None);
    let mut known = std::collections::HashSet::new();
    let mut found = Vec::new();
    let mut root: Option<&str> = None;
    for token in Tokens::of(&text, Dialect::Xml) {
        let Token::Start(tag) = token else { continue };
        let root = *root.get_or_insert(tag.name);
        if !local_name(root).eq_ignore_ascii_case("opml") {
            return Err(FeedError::OtherXml { root: Some(root.to_owned()) });
        }
        if found.len() == SUBSCRIPTIONS_MAX || !local_name(tag.name).eq_ignore_ascii_case("outline") {
            continue;
        }
        let Some(address) = tag.attribute("xmlUrl").and_then(|address| absolute(&address)) else { continue };
        if known.insert(address.clone()) {
            let title = tag.attribute("title").or_else(|| tag.attribute("text"));
            let title = title.map(|title| plain_text(&title, TextKind::Unknown, TITLE_CHARS_MAX));
            found.push(Subscription { title: title.filter(|title| !title.is_empty()), address });
        }
    }
    if root.is_none() { Err(FeedError::OtherXml { root: None }) } else { Ok(found) }
}
