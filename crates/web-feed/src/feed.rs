//! What a feed holds.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

/// A web feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feed {
    /// Plain text on one line.
    pub title: Option<String>,
    /// The page that the feed belongs to.
    pub link: Option<Url>,
    /// How long the feed asks to wait before it is fetched again.
    pub ttl: Option<Duration>,
    /// As the feed writes it: `en`, `de-AT`.
    pub language: Option<String>,
    /// In the order of the feed, [`crate::bounds::ENTRIES_MAX`] at most.
    pub entries: Vec<Entry>,
    /// Whether the text ends before the feed does. An entry that is cut off is left out: its link or id may be one half.
    pub is_cut_off: bool,
}

/// An entry of a feed. All texts are plain text on one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What the feed calls the entry, whatever its form.
    pub id: Option<String>,
    /// An absolute `http` or `https` address.
    pub link: Option<Url>,
    /// Microblogs have none.
    pub title: Option<String>,
    /// The summary, else the begin of the content.
    pub excerpt: Option<String>,
    /// `None` where the feed does not say, or says something that is no date.
    pub published: Option<Timestamp>,
    /// As [`Self::published`].
    pub updated: Option<Timestamp>,
    /// The picture that shows best what the entry is about.
    pub picture: Option<Picture>,
    /// Whether the entry carries a video.
    pub is_video: bool,
    /// The sound or video that the entry carries. A podcast without pages has only this address.
    pub media: Option<Url>,
    /// [`crate::bounds::NAMES_MAX`] at most.
    pub categories: Vec<String>,
    /// [`crate::bounds::NAMES_MAX`] at most.
    pub authors: Vec<String>,
    /// Where the entry comes from, if the feed gathers others' entries and says so.
    pub source: Option<Source>,
    /// As the feed writes it: `en`, `de-AT`.
    pub language: Option<String>,
}

/// A picture of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// An `http` or `https` address.
    pub url: Url,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
}

/// The feed or site from which an entry was taken over. At least one of the two is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub name: Option<String>,
    /// Its page or its feed.
    pub link: Option<Url>,
}

impl Entry {
    /// What tells this entry from the others of its feed, also when the feed is read again: its id, else its link, else its
    /// title and date. `None` if the entry has none of them.
    #[must_use]
    pub fn identity(&self) -> Option<String> {
        if let Some(id) = &self.id {
            return Some(id.clone());
        }
        if let Some(link) = &self.link {
            return Some(link.as_str().to_owned());
        }
        let title = self.title.as_deref()?;
        Some(self.published.map_or_else(|| title.to_owned(), |published| format!("{title} {published}")))
    }
}
