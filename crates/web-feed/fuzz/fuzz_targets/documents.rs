//! Whatever the bytes are, nothing panics, and what is read keeps the bounds.
//!
//! `cargo +nightly fuzz run documents` begins with the texts of `corpus/documents`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use url::Url;
use web_feed::bounds::{ENTRIES_MAX, EXCERPT_CHARS_MAX, ID_BYTES_MAX, NAMES_MAX, TITLE_CHARS_MAX};
use web_feed::{discover, read, subscriptions};

/// The first byte chooses one of these.
const CONTENT_TYPES: [Option<&str>; 6] = [
    None,
    Some("text/html"),
    Some("application/json"),
    Some("text/xml; charset=utf-16"),
    Some("text/xml; charset=gbk"),
    Some("text/xml; charset=nonsense"),
];

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else { return };
    let content_type = CONTENT_TYPES[usize::from(*first) % CONTENT_TYPES.len()];
    let address = Url::parse("https://example.com/feed").expect("an address");
    let _feeds = discover(bytes, content_type, &address);
    let _list = subscriptions(bytes);
    let Ok(feed) = read(bytes, content_type, &address) else { return };
    assert!(feed.entries.len() <= ENTRIES_MAX);
    let is_short = |text: &String, max: usize| !text.is_empty() && text.chars().count() <= max;
    for entry in &feed.entries {
        assert!(entry.title.iter().all(|title| is_short(title, TITLE_CHARS_MAX)));
        assert!(entry.excerpt.iter().all(|excerpt| is_short(excerpt, EXCERPT_CHARS_MAX)));
        assert!(entry.id.iter().all(|id| is_short(id, ID_BYTES_MAX)));
        assert!(entry.categories.len() <= NAMES_MAX && entry.authors.len() <= NAMES_MAX);
        assert!(entry.link.iter().all(|link| matches!(link.scheme(), "http" | "https")));
    }
});
