//! The feeds that a web page names.

use url::Url;

use crate::address::resolved;
use crate::bounds::DISCOVERED_MAX;
use crate::encoding::text_of;
use crate::markup::{Dialect, Tag, Token, Tokens};

/// The addresses of the feeds that an HTML page names: each once, in the order of the page, [`DISCOVERED_MAX`] at most.
/// `address` is that of the page; relative addresses are completed by it or by the page's `base` element.
#[must_use]
pub fn discover(page: &[u8], content_type: Option<&str>, address: &Url) -> Vec<Url> {
    discover_in(&text_of(page, content_type), address)
}

pub(crate) fn discover_in(html: &str, address: &Url) -> Vec<Url> {
    let mut base = None;
    let mut feeds = Vec::new();
    let mut tokens = Tokens::of(html, Dialect::Html);
    while let Some(token) = tokens.next() {
        let Token::Start(tag) = token else { continue };
        match tag.name.to_ascii_lowercase().as_str() {
            name @ ("script" | "style" | "template") => tokens.skip_raw(name),
            "base" if base.is_none() => {
                base = tag.attribute("href").and_then(|href| resolved(&href, address));
            }
            "link" if names_feed(tag) => {
                let href = tag.attribute("href");
                let feed = href.and_then(|href| resolved(&href, base.as_ref().unwrap_or(address)));
                feeds.extend(feed.filter(|feed| !feeds.contains(feed)));
            }
            _ => {}
        }
        if feeds.len() == DISCOVERED_MAX {
            break;
        }
    }
    feeds
}

/// Whether a `link` element leads to a feed.
fn names_feed(tag: Tag<'_>) -> bool {
    const TYPES: &[&str] = &[
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    ];
    let rel = tag.attribute("rel").unwrap_or_default().to_ascii_lowercase();
    let media_type = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let has = |word: &str| rel.split_ascii_whitespace().any(|found| found == word);
    // WordPress names its interface for programs with the type that JSON Feed had at first.
    let is_json_feed = || {
        media_type == "application/json"
            && tag.attribute("href").is_some_and(|href| !href.contains("/wp-json/"))
    };
    has("feed") || (has("alternate") && !has("stylesheet") && (TYPES.contains(&media_type) || is_json_feed()))
}
