use url::Url;

use crate::{Entry, Feed, FeedError, read};

mod broken;
mod discovery;
mod encodings;
mod entry;
mod formats;
mod hostile;
mod sites;

/// Where the feeds of these tests come from.
fn address() -> Url {
    Url::parse("https://news.example.org/blog/feed.xml").unwrap()
}

#[track_caller]
fn feed(text: &str) -> Feed {
    read(text.as_bytes(), None, &address()).unwrap()
}

fn refused(text: &str) -> FeedError {
    read(text.as_bytes(), None, &address()).unwrap_err()
}

/// The only entry of a feed.
#[track_caller]
fn entry(text: &str) -> Entry {
    let mut entries = feed(text).entries;
    assert_eq!(entries.len(), 1, "{text}");
    entries.remove(0)
}

/// The entry of an RSS feed with these elements.
#[track_caller]
fn item(elements: &str) -> Entry {
    entry(&format!("<rss version='2.0'><channel><title>T</title><item>{elements}</item></channel></rss>"))
}

/// The entry of an Atom feed with these elements.
#[track_caller]
fn atom(elements: &str) -> Entry {
    entry(&format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry>{elements}</entry></feed>"))
}

fn link(entry: &Entry) -> Option<&str> {
    entry.link.as_ref().map(Url::as_str)
}

fn picture(entry: &Entry) -> Option<&str> {
    entry.picture.as_ref().map(|picture| picture.url.as_str())
}

fn published(entry: &Entry) -> Option<String> {
    entry.published.map(|published| published.to_string())
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_deref().unwrap_or_default()).collect()
}
