//! The elements of an entry.

use std::borrow::Cow;

use url::Url;

use super::content::text_kind;
use super::{Reader, address_of, child};
use crate::address::{absolute, resolved};
use crate::bounds::TITLE_CHARS_MAX;
use crate::date;
use crate::draft::{Draft, LinkPlace, Place};
use crate::feed::Source;
use crate::markup::Tag;
use crate::names::Element;
use crate::picture::{MediaKind, PicturePlace, is_of_kind, picture, picture_of_tag};
use crate::references::decoded;
use crate::text::{TextKind, language, plain_text};

impl<'a> Reader<'a> {
    /// Begins an entry. One that is still open ends here.
    pub(super) fn start_entry(&mut self, tag: Tag<'a>) {
        if let Some(depth) = self.open.iter().position(|open| open.element == Element::Entry) {
            self.close(depth);
        }
        // An entry always has a place among the open elements, so that it ends.
        self.open.truncate(crate::bounds::DEPTH_MAX - 1);
        let base = self.base(tag);
        let mut draft = Draft::default();
        if let Some(about) = tag.attribute("about") {
            draft.offer_id(&about);
            draft.link.offer(LinkPlace::Id, absolute(&about));
        }
        // CDF has the address and the date here.
        draft.link.offer(LinkPlace::Page, tag.attribute("href").and_then(|href| resolved(&href, &base)));
        draft.updated = tag.attribute("lastmod").and_then(|date| date::parse(&date));
        draft.language = tag.attribute("lang").and_then(|name| language(&name));
        self.draft = Some(draft);
        self.push(tag, Element::Entry);
        if tag.is_empty {
            self.finish_entry();
        }
    }

    pub(super) fn finish_entry(&mut self) {
        if let Some(draft) = self.draft.take() {
            self.entries.push(draft.finish(self.feed.language.as_deref()));
        }
    }

    pub(super) fn start_in_entry(&mut self, tag: Tag<'a>, element: Element) {
        match element {
            Element::Link => self.read_link(tag),
            Element::Author | Element::Source | Element::Image => self.read_compound(tag, element),
            Element::MediaContent => {
                self.read_file(tag, element);
                // The title of a picture is not that of the entry.
                let is_picture =
                    tag.attribute("medium").is_some_and(|medium| medium.eq_ignore_ascii_case("image"));
                self.push(tag, if is_picture { element } else { Element::Group });
            }
            Element::Enclosure | Element::Thumbnail | Element::PodcastImage => {
                self.read_file(tag, element);
                self.push(tag, Element::Other);
            }
            Element::YoutubeVideo => {
                self.edit(Draft::has_video);
                self.push(tag, Element::Other);
            }
            Element::Group | Element::Html | Element::Opml | Element::Other | Element::TimeToLive => {
                let is_group = element == Element::Group;
                self.push(tag, if is_group { Element::Group } else { Element::Other });
            }
            _ => self.read_text(tag, element),
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut Draft)) {
        if let Some(draft) = &mut self.draft {
            change(draft);
        }
    }

    fn read_link(&mut self, tag: Tag<'a>) {
        let is_enclosure = tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("enclosure"));
        if is_enclosure {
            self.read_file(tag, Element::Enclosure);
            return self.push(tag, Element::Other);
        }
        let link = self.link_of(tag);
        self.edit(|draft| link.offer_to(&mut draft.link));
    }

    /// An element whose content is one text.
    fn read_text(&mut self, tag: Tag<'a>, element: Element) {
        let base = self.base(tag);
        let content = self.content(tag, element);
        let kind = text_kind(tag, &content, element);
        let text = content.text.as_ref();
        let Some(draft) = &mut self.draft else { return };
        match element {
            Element::Title => draft.offer_title(Place::Own, text, kind),
            Element::OtherTitle => draft.offer_title(Place::Other, text, kind),
            Element::Id => {
                draft.offer_id(text);
                let says = |value: &str| {
                    tag.attribute("isPermaLink").is_some_and(|says| says.eq_ignore_ascii_case(value))
                };
                let link = if says("true") { resolved(text, &base) } else { absolute(text) };
                draft.link.offer(LinkPlace::Id, link.filter(|_| !says("false")));
            }
            Element::Published => draft.published.offer(Place::Own, date::parse(text)),
            Element::Created => draft.published.offer(Place::Other, date::parse(text)),
            Element::Updated => draft.updated = date::parse(text).or(draft.updated),
            Element::Description | Element::Summary => draft.offer_text(Place::Own, text, kind, &base),
            Element::Content => draft.offer_text(Place::Content, text, kind, &base),
            Element::OtherSummary => draft.offer_text(Place::Other, text, kind, &base),
            Element::Creator => draft.offer_author(text),
            Element::Category => {
                let named = ["label", "term"].into_iter().find_map(|name| tag.attribute(name));
                draft.offer_category(&named.unwrap_or(Cow::Borrowed(text)));
            }
            Element::Keywords => text.split(',').for_each(|keyword| draft.offer_category(keyword)),
            Element::Language => draft.language = language(text),
            _ => {}
        }
    }

    /// An element that has either a text or elements of its own.
    fn read_compound(&mut self, tag: Tag<'a>, element: Element) {
        let base = self.base(tag);
        let content = self.content(tag, element);
        let text = content.text.as_ref();
        let Some(draft) = &mut self.draft else { return };
        match element {
            Element::Author => match child(text, "name").filter(|_| content.has_markup) {
                Some((_, name)) => draft.offer_author(&decoded(name)),
                None if content.has_markup => {}
                None => draft.offer_author(text),
            },
            Element::Source => draft.source = source_of(tag, text, &base).or(draft.source.take()),
            _ => {
                let address = match child(text, "url").filter(|_| content.has_markup) {
                    Some((_, url)) => Some(decoded(url).into_owned()),
                    None => address_of(tag).or_else(|| Some(text.to_owned()).filter(|_| !content.has_markup)),
                };
                let found = address.and_then(|address| picture(&address, None, None, &base));
                draft.offer_picture(PicturePlace::Element, found);
            }
        }
    }

    /// An element whose attributes describe a file.
    fn read_file(&mut self, tag: Tag<'a>, element: Element) {
        let base = self.base(tag);
        let Some(address) = address_of(tag) else { return };
        let Some(draft) = &mut self.draft else { return };
        let image = || picture_of_tag(tag, &address, &base);
        let media_type = tag.attribute("type");
        match element {
            Element::Thumbnail => draft.offer_picture(PicturePlace::Thumbnail, image()),
            Element::PodcastImage => draft.offer_picture(PicturePlace::Podcast, image()),
            Element::MediaContent => {
                let medium = tag.attribute("medium").unwrap_or_default().to_ascii_lowercase();
                let is = |kind, name| {
                    medium == name || (medium.is_empty() && is_of_kind(kind, media_type.as_deref(), &address))
                };
                if is(MediaKind::Image, "image") {
                    return draft.offer_picture(PicturePlace::Media, image());
                }
                // YouTube gives the address of its old player.
                let is_video = is(MediaKind::Video, "video")
                    || media_type.as_deref() == Some("application/x-shockwave-flash");
                draft.offer_media(&address, is_video, is(MediaKind::Audio, "audio"), &base);
            }
            _ => draft.offer_file(&address, media_type.as_deref(), &base),
        }
    }
}

/// The source that an RSS `source` (a text, and an address as its attribute) or an Atom one (with elements) names.
fn source_of(tag: Tag<'_>, text: &str, base: &Url) -> Option<Source> {
    let title = child(text, "title").map(|(_, title)| title);
    let is_link = |link: &str| resolved(link, base);
    let link = address_of(tag).or_else(|| {
        let (link, content) = child(text, "link")?;
        address_of(link).or_else(|| Some(decoded(content).into_owned()))
    });
    let name = plain_text(title.unwrap_or(text), TextKind::Html, TITLE_CHARS_MAX);
    let source = Source {
        name: Some(name).filter(|name| !name.is_empty() && (title.is_some() || !text.contains("</"))),
        link: link.and_then(|link| is_link(&link)),
    };
    (source.name.is_some() || source.link.is_some()).then_some(source)
}
