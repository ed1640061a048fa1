//! An entry while it is read: of several candidates for a field, the best stays.

use jiff::Timestamp;
use url::Url;

use crate::address::resolved;
use crate::bounds::{EXCERPT_CHARS_MAX, ID_BYTES_MAX, NAMES_MAX, TITLE_CHARS_MAX};
use crate::feed::{Entry, Picture, Source};
use crate::picture::{MediaKind, PicturePlace, first_picture, is_of_kind, picture};
use crate::text::{TextKind, folded, plain_text};

/// A value, and how good it is: the first of the lowest rank stays.
#[derive(Debug)]
pub(crate) struct Best<R, T>(Option<(R, T)>);

impl<R: Ord, T> Best<R, T> {
    pub(crate) fn offer(&mut self, rank: R, value: Option<T>) {
        if let Some(value) = value
            && self.0.as_ref().is_none_or(|(known, _)| rank < *known)
        {
            self.0 = Some((rank, value));
        }
    }

    /// As [`Self::offer`], but the last of the lowest rank stays.
    pub(crate) fn offer_last(&mut self, rank: R, value: Option<T>) {
        if value.is_some() && self.0.as_ref().is_some_and(|(known, _)| rank == *known) {
            self.0 = None;
        }
        self.offer(rank, value);
    }

    pub(crate) fn into_value(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }

    pub(crate) fn value(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }
}

impl<R, T> Default for Best<R, T> {
    fn default() -> Self {
        Self(None)
    }
}

/// Where a link of a feed or an entry stands. The first kind that there is counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LinkPlace {
    /// The page, by its own element.
    Page,
    /// In Atom, a link that does not say that it leads to a page.
    Unmarked,
    /// The same in a form that is no page.
    OtherForm,
    /// An id that is an address.
    Id,
}

/// Where a text or a date stands. The first kind that there is counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Own,
    /// The content of the entry. The excerpt can be made from its beginning.
    Content,
    /// An element of another vocabulary, or with another meaning.
    Other,
}

/// An entry while it is read.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) id: Option<String>,
    pub(crate) link: Best<LinkPlace, Url>,
    title: Best<Place, String>,
    excerpt: Best<Place, String>,
    pub(crate) published: Best<Place, Timestamp>,
    pub(crate) updated: Option<Timestamp>,
    picture: Best<PicturePlace, Picture>,
    is_video: bool,
    media: Option<Url>,
    categories: Vec<String>,
    authors: Vec<String>,
    pub(crate) source: Option<Source>,
    pub(crate) language: Option<String>,
}

impl Draft {
    pub(crate) fn offer_id(&mut self, id: &str) {
        let id = folded(id.get(..id.floor_char_boundary(ID_BYTES_MAX)).unwrap_or_default(), ID_BYTES_MAX);
        if self.id.is_none() && !id.is_empty() {
            self.id = Some(id);
        }
    }

    pub(crate) fn offer_title(&mut self, place: Place, title: &str, kind: TextKind) {
        self.title
            .offer(place, Some(plain_text(title, kind, TITLE_CHARS_MAX)).filter(|title| !title.is_empty()));
    }

    /// A text about the entry, with the pictures in it.
    pub(crate) fn offer_text(&mut self, place: Place, text: &str, kind: TextKind, base: &Url) {
        let excerpt = plain_text(text, kind, EXCERPT_CHARS_MAX);
        self.excerpt.offer(place, Some(excerpt).filter(|excerpt| !excerpt.is_empty()));
        if kind != TextKind::Plain && self.picture.value().is_none() {
            self.offer_picture(PicturePlace::Content, first_picture(text, base));
        }
    }

    /// A picture. Of several in the same place, the widest stays.
    pub(crate) fn offer_picture(&mut self, place: PicturePlace, picture: Option<Picture>) {
        let width = |picture: &Picture| picture.width.unwrap_or(0);
        match (&mut self.picture.0, picture) {
            (Some((known_place, known)), Some(picture)) if *known_place == place => {
                if width(&picture) > width(known) {
                    *known = picture;
                }
            }
            (_, picture) => self.picture.offer(place, picture),
        }
    }

    /// A file that comes with the entry.
    pub(crate) fn offer_file(&mut self, address: &str, media_type: Option<&str>, base: &Url) {
        let is = |kind| is_of_kind(kind, media_type, address);
        if is(MediaKind::Image) {
            return self.offer_picture(PicturePlace::Enclosure, picture(address, None, None, base));
        }
        self.offer_media(address, is(MediaKind::Video), is(MediaKind::Audio), base);
    }

    /// A sound or a video that comes with the entry.
    pub(crate) fn offer_media(&mut self, address: &str, is_video: bool, is_audio: bool, base: &Url) {
        self.is_video |= is_video;
        if self.media.is_none() && (is_video || is_audio) {
            self.media = resolved(address, base);
        }
    }

    pub(crate) fn has_video(&mut self) {
        self.is_video = true;
    }

    pub(crate) fn offer_category(&mut self, name: &str) {
        push_name(&mut self.categories, name);
    }

    pub(crate) fn offer_author(&mut self, name: &str) {
        push_name(&mut self.authors, author_name(name));
    }

    /// The entry. Its language is that of its feed if it has none of its own.
    pub(crate) fn finish(self, language: Option<&str>) -> Entry {
        let link = self.link.into_value();
        let is_video = self.is_video || link.as_ref().is_some_and(is_video_page);
        Entry {
            id: self.id,
            link,
            title: self.title.into_value(),
            excerpt: self.excerpt.into_value(),
            published: self.published.into_value(),
            updated: self.updated,
            picture: self.picture.into_value(),
            is_video,
            media: self.media,
            categories: self.categories,
            authors: self.authors,
            source: self.source,
            language: self.language.or_else(|| language.map(str::to_owned)),
        }
    }
}

/// Keeps a name once, within the bounds.
fn push_name(names: &mut Vec<String>, name: &str) {
    let name = plain_text(name, TextKind::Unknown, TITLE_CHARS_MAX);
    if !name.is_empty() && names.len() < NAMES_MAX && !names.contains(&name) {
        names.push(name);
    }
}

/// RSS has addresses with names in brackets: `jo@example.com (Jo Doe)`.
fn author_name(author: &str) -> &str {
    let author = author.trim();
    match author.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end().trim_end_matches(')'),
        _ => author,
    }
}

/// Whether a page shows one video and little else.
fn is_video_page(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default();
    let path = address.path();
    match host.trim_start_matches("www.").trim_start_matches("m.") {
        "youtube.com" => path == "/watch" || path.starts_with("/shorts/") || path.starts_with("/live/"),
        "youtu.be" => path.len() > 1,
        "vimeo.com" => path.len() > 1 && path.bytes().skip(1).all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}
