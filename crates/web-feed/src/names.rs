//! The names of elements, whatever their case, prefixes and namespaces.

use std::collections::HashMap;

use crate::markup::Tag;

/// Prefixes that a document may declare. Further ones count for what they usually mean.
const PREFIXES_MAX: usize = 100;

/// The vocabulary that a name is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    /// RSS, RDF, Atom and whatever a document declares as its own.
    Feed,
    DublinCore,
    Media,
    Itunes,
    Content,
    Rdf,
    Xhtml,
    Other,
}

/// What an element means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Element {
    Feed,
    Entry,
    Html,
    Opml,
    Title,
    OtherTitle,
    Link,
    Id,
    Published,
    /// A date that is the published one if there is no other.
    Created,
    Updated,
    Description,
    Summary,
    OtherSummary,
    Content,
    Author,
    Creator,
    Category,
    Keywords,
    Source,
    Enclosure,
    MediaContent,
    Thumbnail,
    PodcastImage,
    Image,
    TimeToLive,
    Language,
    YoutubeVideo,
    /// Nothing of its own: its children belong to the element around it.
    Group,
    /// What is inside belongs to no entry.
    Other,
}

/// The prefixes that a document has declared.
#[derive(Debug, Default)]
pub(crate) struct Prefixes {
    declared: HashMap<String, Vocabulary>,
}

impl Prefixes {
    /// Remembers the prefixes that a start tag declares. The default namespace of a document is always that of feeds.
    pub(crate) fn declare(&mut self, tag: Tag<'_>) {
        for (name, address) in tag.attributes() {
            if let Some(prefix) = name.strip_prefix("xmlns:")
                && self.declared.len() < PREFIXES_MAX
            {
                let vocabulary = of_address(&address.trim().to_ascii_lowercase());
                self.declared.insert(prefix.to_ascii_lowercase(), vocabulary.unwrap_or(of_prefix(prefix)));
            }
        }
    }

    /// What a name means.
    pub(crate) fn element(&self, name: &str) -> Element {
        let name = name.to_ascii_lowercase();
        let (vocabulary, local) = match name.split_once(':') {
            None => (Vocabulary::Feed, name.as_str()),
            Some((prefix, local)) => {
                (self.declared.get(prefix).copied().unwrap_or_else(|| of_prefix(prefix)), local)
            }
        };
        match vocabulary {
            Vocabulary::Feed => of_feed(local),
            Vocabulary::DublinCore => of_dublin_core(local),
            Vocabulary::Media => of_media(local),
            Vocabulary::Itunes => of_itunes(local),
            Vocabulary::Content if local == "encoded" => Element::Content,
            Vocabulary::Rdf if local == "rdf" => Element::Feed,
            Vocabulary::Xhtml if local == "body" => Element::Content,
            Vocabulary::Other if name == "yt:videoid" => Element::YoutubeVideo,
            Vocabulary::Content | Vocabulary::Rdf | Vocabulary::Xhtml | Vocabulary::Other => Element::Other,
        }
    }
}

/// The vocabulary of a namespace, by the part of its address that all its versions and misspellings share.
fn of_address(address: &str) -> Option<Vocabulary> {
    const PARTS: &[(&str, Vocabulary)] = &[
        ("purl.org/dc/", Vocabulary::DublinCore),
        ("purl.org/rss/1.0/modules/content", Vocabulary::Content),
        ("purl.org/rss/1.0/modules/", Vocabulary::Other),
        ("search.yahoo.com/mrss", Vocabulary::Media),
        ("itunes.com/dtds/podcast", Vocabulary::Itunes),
        ("22-rdf-syntax-ns", Vocabulary::Rdf),
        ("1999/xhtml", Vocabulary::Xhtml),
        ("w3.org/2005/atom", Vocabulary::Feed),
        ("purl.org/atom/", Vocabulary::Feed),
        ("purl.org/rss/1.0", Vocabulary::Feed),
        ("my.netscape.com/rdf/simple", Vocabulary::Feed),
        ("channel.netscape.com/rdf/simple", Vocabulary::Feed),
        ("backend.userland.com/rss", Vocabulary::Feed),
        ("blogs.law.harvard.edu/tech/rss", Vocabulary::Feed),
    ];
    PARTS.iter().find(|(part, _)| address.contains(part)).map(|(_, vocabulary)| *vocabulary)
}

/// What a prefix usually means, where it is not declared, or declared as something unknown.
fn of_prefix(prefix: &str) -> Vocabulary {
    match prefix.to_ascii_lowercase().as_str() {
        "atom" | "atom10" | "a10" | "rss" => Vocabulary::Feed,
        "dc" | "dcterms" | "dcq" => Vocabulary::DublinCore,
        "media" => Vocabulary::Media,
        "itunes" => Vocabulary::Itunes,
        "content" => Vocabulary::Content,
        "rdf" => Vocabulary::Rdf,
        "xhtml" => Vocabulary::Xhtml,
        _ => Vocabulary::Other,
    }
}

fn of_feed(local: &str) -> Element {
    match local {
        "rss" | "rdf" | "feed" | "channel" => Element::Feed,
        "item" | "entry" => Element::Entry,
        "html" => Element::Html,
        "opml" => Element::Opml,
        "title" => Element::Title,
        "link" => Element::Link,
        "id" | "guid" => Element::Id,
        "pubdate" | "published" | "issued" => Element::Published,
        "created" | "date" => Element::Created,
        "updated" | "modified" | "lastbuilddate" => Element::Updated,
        "description" => Element::Description,
        "summary" => Element::Summary,
        "abstract" | "subtitle" | "tagline" => Element::OtherSummary,
        "content" | "body" | "fullitem" => Element::Content,
        "author" => Element::Author,
        "category" => Element::Category,
        "keywords" => Element::Keywords,
        "source" => Element::Source,
        "enclosure" => Element::Enclosure,
        "image" => Element::Image,
        "ttl" => Element::TimeToLive,
        "language" => Element::Language,
        "items" => Element::Group,
        _ => Element::Other,
    }
}

fn of_dublin_core(local: &str) -> Element {
    match local {
        "title" => Element::OtherTitle,
        "date" | "created" => Element::Created,
        "issued" | "available" => Element::Published,
        "modified" => Element::Updated,
        "description" | "abstract" => Element::OtherSummary,
        "creator" | "author" => Element::Creator,
        "subject" => Element::Category,
        "language" => Element::Language,
        _ => Element::Other,
    }
}

fn of_media(local: &str) -> Element {
    match local {
        "title" => Element::OtherTitle,
        "description" => Element::OtherSummary,
        "content" => Element::MediaContent,
        "thumbnail" => Element::Thumbnail,
        "keywords" => Element::Keywords,
        "group" => Element::Group,
        _ => Element::Other,
    }
}

fn of_itunes(local: &str) -> Element {
    match local {
        "title" => Element::OtherTitle,
        "summary" | "subtitle" => Element::OtherSummary,
        "image" => Element::PodcastImage,
        "keywords" => Element::Keywords,
        "author" => Element::Creator,
        _ => Element::Other,
    }
}
