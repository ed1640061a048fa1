//! Why bytes are no feed.

use thiserror::Error;
use url::Url;

/// Why bytes are no feed, in words for the person who named the address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FeedError {
    /// There is nothing but white space.
    #[error("the document is empty")]
    Empty,
    /// An HTML page. `feeds` are those that the page names.
    #[error("the document is a web page, not a feed; {}", named(feeds))]
    Page {
        /// The addresses of feeds that the page names, in its order.
        feeds: Vec<Url>,
    },
    /// A list of feeds.
    #[error("the document is an OPML list of feeds, not a feed")]
    List,
    /// XML or text of another kind. `root` is its first element, if there is one.
    #[error("the document is no feed: {}", .root.as_deref().map_or_else(|| "it has no elements".to_owned(), |root| format!("its first element is <{root}>")))]
    OtherXml {
        /// The name of the first element.
        root: Option<String>,
    },
    /// JSON of another kind, or broken before the first item.
    #[error("the document is no JSON Feed: {reason}")]
    OtherJson {
        /// What is wrong.
        reason: String,
    },
}

fn named(feeds: &[Url]) -> String {
    match feeds {
        [] => "the page names no feed".to_owned(),
        [first, ..] => format!("the page names the feed {first}"),
    }
}
