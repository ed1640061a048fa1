//! JSON Feed.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use url::Url;

use crate::address::resolved;
use crate::bounds::TITLE_CHARS_MAX;
use crate::date;
use crate::draft::{Draft, LinkPlace, Place};
use crate::entries::Entries;
use crate::error::FeedError;
use crate::feed::{Entry, Feed};
use crate::picture::{PicturePlace, picture};
use crate::text::{TextKind, language, plain_text};

/// Reads a JSON Feed. If the document is cut off, the reader keeps the entries before the cut.
pub(crate) fn feed_of(text: &str, address: &Url) -> Result<Feed, FeedError> {
    let mut reading = Reading { feed: Feed::default(), entries: Entries::default(), is_feed: false, address };
    let mut json = serde_json::Deserializer::from_str(text);
    let result = json.deserialize_map(FeedVisitor(&mut reading));
    match result {
        Err(error) if !reading.is_feed => Err(FeedError::OtherJson { reason: error.to_string() }),
        Ok(()) if !reading.is_feed => {
            Err(FeedError::OtherJson { reason: "the object has no `items`".to_owned() })
        }
        _ => Ok(Feed { entries: reading.entries.into_vec(), ..reading.feed }),
    }
}

/// What has been read so far.
struct Reading<'a> {
    feed: Feed,
    entries: Entries,
    /// Whether the document has shown that it is a feed.
    is_feed: bool,
    address: &'a Url,
}

struct FeedVisitor<'r, 'a>(&'r mut Reading<'a>);

impl<'de> Visitor<'de> for FeedVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" {
                map.next_value_seed(ItemsSeed(self.0))?;
                continue;
            }
            match key.as_str() {
                "version" | "title" | "home_page_url" | "language" => {
                    let value: Value = map.next_value()?;
                    self.0.set(&key, value.as_str().unwrap_or_default());
                }
                _ => {
                    let _other: IgnoredAny = map.next_value()?;
                }
            }
        }
        Ok(())
    }
}

impl Reading<'_> {
    fn set(&mut self, key: &str, value: &str) {
        match key {
            "version" => self.is_feed |= value.contains("jsonfeed.org/version"),
            "title" => self.feed.title = title_of(value),
            "home_page_url" => self.feed.link = resolved(value, self.address),
            _ => self.feed.language = language(value),
        }
    }
}

/// The title of a feed is plain text in JSON Feed, but many programs write HTML.
fn title_of(value: &str) -> Option<String> {
    Some(plain_text(value, TextKind::Unknown, TITLE_CHARS_MAX)).filter(|title| !title.is_empty())
}

struct ItemsSeed<'r, 'a>(&'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for ItemsSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ItemsSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of items")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        self.0.is_feed = true;
        while let Some(item) = seq.next_element::<Value>()? {
            if item.is_object() {
                let entry = entry_of(&item, self.0.address, self.0.feed.language.as_deref());
                self.0.entries.push(entry);
            }
        }
        Ok(())
    }
}

fn entry_of(item: &Value, address: &Url, language_of_feed: Option<&str>) -> Entry {
    let text =
        |key: &str| item.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let mut draft = Draft::default();
    match item.get("id") {
        Some(Value::Number(id)) => draft.offer_id(&id.to_string()),
        _ => draft.offer_id(text("id").unwrap_or_default()),
    }
    let link = |key| text(key).and_then(|link| resolved(link, address));
    draft.link.offer(LinkPlace::Page, link("url"));
    draft.link.offer(LinkPlace::OtherForm, link("external_url"));
    draft.link.offer(LinkPlace::Id, text("id").and_then(crate::address::absolute));
    let base = draft.link.value().unwrap_or(address).clone();
    draft.offer_title(Place::Own, text("title").unwrap_or_default(), TextKind::Unknown);
    draft.offer_text(Place::Own, text("summary").unwrap_or_default(), TextKind::Unknown, &base);
    draft.offer_text(Place::Content, text("content_text").unwrap_or_default(), TextKind::Plain, &base);
    draft.published.offer(Place::Own, text("date_published").and_then(date::parse));
    draft.updated = text("date_modified").and_then(date::parse);
    for key in ["image", "banner_image"] {
        draft.offer_picture(
            PicturePlace::Media,
            text(key).and_then(|image| picture(image, None, None, &base)),
        );
    }
    draft.offer_text(Place::Content, text("content_html").unwrap_or_default(), TextKind::Html, &base);
    for file in list(item, "attachments") {
        let address = file.get("url").and_then(Value::as_str).unwrap_or_default();
        draft.offer_file(address, file.get("mime_type").and_then(Value::as_str), &base);
    }
    for tag in list(item, "tags") {
        draft.offer_category(tag.as_str().unwrap_or_default());
    }
    for author in list(item, "authors").iter().chain(item.get("author")) {
        draft.offer_author(author.get("name").and_then(Value::as_str).unwrap_or_default());
    }
    draft.language = text("language").and_then(language);
    draft.finish(language_of_feed)
}

fn list<'v>(item: &'v Value, key: &str) -> &'v [Value] {
    item.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
