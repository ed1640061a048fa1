//! RSS, RDF, Atom and CDF, as they come.
//!
//! All their versions share one vocabulary, so one reader takes each element for what its name says, wherever the
//! document puts it. An end tag closes what it names and all that is open within it; one that closes nothing is passed
//! over. A text ends at the latest where an element begins that cannot be part of it.

use std::borrow::Cow;
use std::rc::Rc;
use std::time::Duration;

use url::Url;

use crate::address::{absolute, resolved};
use crate::bounds::{DEPTH_MAX, TITLE_CHARS_MAX};
use crate::discover::discover_in;
use crate::draft::{Best, Draft, LinkPlace, Place};
use crate::entries::Entries;
use crate::error::FeedError;
use crate::feed::Feed;
use crate::markup::{Dialect, Tag, Token, Tokens, local_name};
use crate::names::{Element, Prefixes};
use crate::text::{language, plain_text};
use content::{Content, text_kind};

mod content;
mod entry;

/// Reads a feed in XML.
pub(crate) fn feed_of(text: &str, address: &Url) -> Result<Feed, FeedError> {
    let mut reader = Reader::new(text, address);
    while let Some(token) = reader.tokens.next() {
        match token {
            Token::Start(tag) => reader.start(tag)?,
            Token::End(name) => reader.end(name),
            Token::Text(_) | Token::Cdata(_) => {}
        }
    }
    reader.finish()
}

/// An element that has begun.
struct Open<'a> {
    name: &'a str,
    element: Element,
    /// What `xml:base` says, here or around.
    base: Option<Rc<Url>>,
}

struct Reader<'a> {
    text: &'a str,
    address: Rc<Url>,
    /// The page of the feed, once it is known.
    page: Option<Rc<Url>>,
    tokens: Tokens<'a>,
    prefixes: Prefixes,
    open: Vec<Open<'a>>,
    /// The name of the first element.
    root: Option<&'a str>,
    /// Whether an HTML page has begun.
    is_page: bool,
    /// Whether an element of a feed has begun.
    is_feed: bool,
    feed: Feed,
    title: Best<Place, String>,
    link: Best<LinkPlace, Url>,
    /// The entry that is open.
    draft: Option<Draft>,
    entries: Entries,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, address: &Url) -> Self {
        Self {
            text,
            address: Rc::new(address.clone()),
            page: None,
            tokens: Tokens::of(text, Dialect::Xml),
            prefixes: Prefixes::default(),
            open: Vec::new(),
            root: None,
            is_page: false,
            is_feed: false,
            feed: Feed::default(),
            title: Best::default(),
            link: Best::default(),
            draft: None,
            entries: Entries::default(),
        }
    }

    fn finish(mut self) -> Result<Feed, FeedError> {
        if self.is_page && !self.is_feed {
            return Err(FeedError::Page { feeds: discover_in(self.text, &self.address) });
        }
        if !self.is_feed {
            return Err(FeedError::OtherXml { root: self.root.map(str::to_owned) });
        }
        self.feed.title = self.title.into_value();
        self.feed.link = self.link.into_value();
        self.feed.entries = self.entries.into_vec();
        let is_of_feed = |open: &Open<'_>| matches!(open.element, Element::Feed | Element::Entry);
        self.feed.is_cut_off = self.open.iter().any(is_of_feed);
        Ok(self.feed)
    }

    fn start(&mut self, tag: Tag<'a>) -> Result<(), FeedError> {
        if tag.may_declare() {
            self.prefixes.declare(tag);
        }
        let element = self.prefixes.element(tag.name);
        self.root.get_or_insert(tag.name);
        match element {
            Element::Opml if !self.is_feed => return Err(FeedError::List),
            Element::Html => self.is_page = true,
            // Some pages hold a feed, and some have elements with the names of smaller ones.
            Element::Feed => self.is_feed |= !self.is_page || local_name(tag.name) != "channel",
            Element::Entry => self.is_feed |= !self.is_page,
            _ => {}
        }
        match (element, self.context()) {
            (Element::Entry, _) => self.start_entry(tag),
            (Element::Feed, _) => self.start_feed(tag),
            (_, Element::Entry) => self.start_in_entry(tag, element),
            (Element::Thumbnail, Element::MediaContent) => self.start_in_entry(tag, element),
            (_, Element::Feed) => self.start_in_feed(tag, element),
            _ => self.push(tag, Element::Other),
        }
        Ok(())
    }

    /// The element to which what follows belongs.
    fn context(&self) -> Element {
        let around =
            self.open.iter().rev().map(|open| open.element).find(|element| *element != Element::Group);
        around.unwrap_or(Element::Feed)
    }

    /// What completes the relative addresses of an element: `xml:base` here or around, else the page of the feed, else the
    /// address of the document.
    fn base(&self, tag: Tag<'_>) -> Rc<Url> {
        let base = self.declared_base(tag).or_else(|| self.page.clone());
        base.unwrap_or_else(|| Rc::clone(&self.address))
    }

    /// What `xml:base` says, at an element or around it.
    fn declared_base(&self, tag: Tag<'_>) -> Option<Rc<Url>> {
        let around = self.open.last().and_then(|open| open.base.clone());
        let own =
            tag.attribute("base").and_then(|base| resolved(&base, around.as_ref().unwrap_or(&self.address)));
        own.map(Rc::new).or(around)
    }

    fn push(&mut self, tag: Tag<'a>, element: Element) {
        if !tag.is_empty && self.open.len() < DEPTH_MAX {
            let base = self.declared_base(tag);
            self.open.push(Open { name: tag.name, element, base });
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(depth) = self.depth_of(name) {
            self.close(depth);
        }
    }

    /// Where the innermost open element of this name stands.
    fn depth_of(&self, name: &str) -> Option<usize> {
        self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name))
    }

    /// Closes elements until so many are open.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            if self.open.pop().is_some_and(|open| open.element == Element::Entry) {
                self.finish_entry();
            }
        }
    }

    fn start_feed(&mut self, tag: Tag<'a>) {
        // A CDF channel has its address here.
        let base = self.base(tag);
        self.link.offer(LinkPlace::Page, tag.attribute("href").and_then(|href| resolved(&href, &base)));
        if self.feed.language.is_none() {
            self.feed.language = tag.attribute("lang").and_then(|name| language(&name));
        }
        self.push(tag, Element::Feed);
    }

    fn start_in_feed(&mut self, tag: Tag<'a>, element: Element) {
        match element {
            Element::Title | Element::OtherTitle => {
                let content = self.content(tag, element);
                let title = plain_text(&content.text, text_kind(tag, &content, element), TITLE_CHARS_MAX);
                let place = if element == Element::Title { Place::Own } else { Place::Other };
                self.title.offer(place, Some(title).filter(|title| !title.is_empty()));
            }
            Element::Link => {
                self.link_of(tag).offer_to(&mut self.link);
                self.page = self.link.value().cloned().map(Rc::new);
            }
            Element::Id => {
                let id = self.content(tag, element).text;
                self.link.offer(LinkPlace::Id, absolute(&id));
            }
            Element::TimeToLive => {
                let minutes = self.content(tag, element).text.trim().parse::<u64>().ok();
                let ttl = minutes.filter(|minutes| *minutes > 0).and_then(|minutes| minutes.checked_mul(60));
                self.feed.ttl = ttl.map(Duration::from_secs).or(self.feed.ttl);
            }
            Element::Language => {
                self.feed.language = language(&self.content(tag, element).text);
            }
            Element::Group => self.push(tag, element),
            _ => self.push(tag, Element::Other),
        }
    }

    /// Reads a `link` element.
    fn link_of(&mut self, tag: Tag<'a>) -> PageLink {
        let base = self.base(tag);
        let href = tag.attribute("href").map(Cow::into_owned);
        let address = href.unwrap_or_else(|| self.content(tag, Element::Link).text.into_owned());
        let is_atom = self.root.map(local_name).is_some_and(|root| root == "feed" || root == "entry");
        let rel = tag.attribute("rel").map(|rel| rel.to_ascii_lowercase());
        let media_type = tag.attribute("type").map(|media_type| media_type.to_ascii_lowercase());
        let place = match &media_type {
            Some(media_type) if !media_type.contains("html") => LinkPlace::OtherForm,
            None if is_atom && rel.is_none() => LinkPlace::Unmarked,
            _ => LinkPlace::Page,
        };
        let is_alternate = rel.as_ref().is_none_or(|rel| rel.rsplit('/').next() == Some("alternate"));
        let address = resolved(&address, &base).filter(|_| is_alternate);
        PageLink { place, address, is_of_rss: !is_atom && rel.is_none() }
    }

    /// Reads the content of an element, and goes behind its end tag.
    fn content(&mut self, tag: Tag<'a>, element: Element) -> Content<'a> {
        if tag.is_empty {
            return Content::default();
        }
        let mut content = self.content_as_written(tag, element);
        if content::is_base64(tag) {
            content.text = content::of_base64(&content.text).into();
        }
        content
    }

    fn content_as_written(&mut self, tag: Tag<'a>, element: Element) -> Content<'a> {
        let begin = self.tokens.position();
        let mut content = Content::default();
        let mut depth = 0_usize;
        let mut end = begin;
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Text(text) => content.push_text(text),
                Token::Cdata(text) => content.push_cdata(text),
                Token::Start(inner) => {
                    if content::closes(element, self.prefixes.element(inner.name)) {
                        self.tokens.go_back(end);
                        break;
                    }
                    content.has_markup = true;
                    depth += usize::from(!inner.is_empty && inner.name.eq_ignore_ascii_case(tag.name));
                }
                Token::End(name) if name.eq_ignore_ascii_case(tag.name) => {
                    if depth == 0 {
                        return content.finish(self.text.get(begin..end).unwrap_or_default());
                    }
                    depth -= 1;
                }
                Token::End(name) if self.depth_of(name).is_some() => {
                    self.tokens.go_back(end);
                    break;
                }
                Token::End(_) => content.has_markup = true,
            }
            end = self.tokens.position();
        }
        content.finish(self.text.get(begin..end).unwrap_or_default())
    }
}

/// Where a `link` element leads.
struct PageLink {
    place: LinkPlace,
    /// Nothing if the element leads elsewhere than to the page of the feed or the entry.
    address: Option<Url>,
    /// Whether the element does not say how the page is related, as in RSS.
    is_of_rss: bool,
}

impl PageLink {
    /// Of several links, the first one counts in Atom, the last one in RSS: so other readers have it.
    fn offer_to(self, best: &mut Best<LinkPlace, Url>) {
        if self.is_of_rss {
            best.offer_last(self.place, self.address);
        } else {
            best.offer(self.place, self.address);
        }
    }
}

/// The attribute that carries the address of a file.
fn address_of(tag: Tag<'_>) -> Option<String> {
    let address = ["url", "href", "uri"].into_iter().find_map(|name| tag.attribute(name));
    address.map(Cow::into_owned)
}

/// The first element of a name in a piece of markup: its attributes and its content.
fn child<'t>(markup: &'t str, name: &str) -> Option<(Tag<'t>, &'t str)> {
    let mut tokens = Tokens::of(markup, Dialect::Xml);
    let tag = tokens.by_ref().find_map(|token| match token {
        Token::Start(tag) if local_name(tag.name).eq_ignore_ascii_case(name) => Some(tag),
        _ => None,
    })?;
    let begin = tokens.position();
    let mut end = begin;
    while let Some(token) = tokens.next().filter(|_| !tag.is_empty) {
        if matches!(token, Token::End(found) if found.eq_ignore_ascii_case(tag.name)) {
            break;
        }
        end = tokens.position();
    }
    Some((tag, markup.get(begin..end).unwrap_or_default()))
}
