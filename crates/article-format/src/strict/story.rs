//! Related stories, the largest part of real files. They are read, checked and packed in one pass. The checks are those of
//! [`super::super::validate`]. If a check would find a fault, this reader declines.

use std::borrow::Cow;

use jiff::Timestamp;

use super::super::plain_text::plain_text;
use super::super::related::Related;
use super::super::validate::link_of;
use super::super::values;
use super::super::yaml::{Raw, RawList};
use super::keys::keys;
use super::scalar::{self, Scalar};
use super::{Keys, Reader, Value};

/// The values of a related story. `checked` stands for values that are only checked.
#[derive(Default)]
struct Story<'text> {
    title: Option<Cow<'text, str>>,
    published_at: Option<Timestamp>,
    web_url: Option<Cow<'text, str>>,
    original_url: Option<Cow<'text, str>>,
    quality: Option<i64>,
    provider: Source<'text>,
    checked: (),
}

#[derive(Default)]
struct Source<'text> {
    name: Option<Cow<'text, str>>,
    domain: Option<Cow<'text, str>>,
    checked: (),
}

#[derive(Default)]
struct Author {
    checked: (),
}

#[derive(Default)]
struct Image {
    checked: (),
}

keys!(Story<'text>:
    "title" title plain,
    "excerpt" checked any_text,
    "publishedDateTime" published_at date,
    "webUrl" web_url address,
    "originalUrl" original_url address,
    "ampWebUrl" checked any_address,
    "cdnAmpWebUrl" checked any_address,
    "type" checked any_text,
    "provider" provider source,
    "quality" quality integer,
    "images" checked pictures,
);

keys!(Source<'text>:
    "name" name plain,
    "domain" domain word,
    "images" checked pictures,
    "authors" checked authors,
);

keys!(Author: "name" checked any_text);

keys!(Image:
    "url" checked picture_address,
    "width" checked size,
    "height" checked size,
    "isCached" checked boolean,
    "title" checked any_text,
    "attribution" checked any_text,
);

impl<'text> Reader<'text> {
    /// Packs the stories of a list. The result is [`Raw::Missing`], so nothing else reads them again.
    pub(super) fn related_stories<T>(&mut self, value: Value<'text>) -> Option<RawList<T>> {
        self.stories.reserve_for(self.text.len().saturating_sub(self.next));
        self.each_mapping(value, |reader, story: Story<'text>| {
            let Source { name, domain, .. } = story.provider;
            reader.stories.push(&Related {
                // A story without a title is a fault.
                title: &story.title?,
                published_at: story.published_at,
                link: link_of(
                    [&story.web_url, &story.original_url].into_iter().filter_map(|url| url.as_deref()),
                ),
                quality: story.quality,
                source: name.or_else(|| plain(domain?)).as_deref(),
            });
            Some(())
        })?;
        Some(Raw::Missing)
    }

    fn each_mapping<T: Keys<'text>>(
        &mut self,
        value: Value<'text>,
        mut take: impl FnMut(&mut Self, T) -> Option<()>,
    ) -> Option<()> {
        let read = |reader: &mut Self, column| {
            let mut value = T::default();
            reader.keys_at(column, &mut value)?;
            take(reader, value)
        };
        self.each_entry(value, read)
    }

    /// The text of a value without white space at its ends. The inner `None` stands for no text.
    fn word(&mut self, value: Value<'text>) -> Option<Option<Cow<'text, str>>> {
        let text = match value {
            Value::Null => return Some(None),
            Value::Line(content) => match scalar::read(content)? {
                Scalar::Null => return Some(None),
                Scalar::Text(text) => text,
                Scalar::EmptyList | Scalar::EmptyMapping => return None,
            },
            Value::List(_) | Value::Mapping(_) => return None,
        };
        Some(match text {
            // Nearly all texts.
            Cow::Borrowed(text) if has_plain_ends(text) => Some(Cow::Borrowed(text)),
            Cow::Borrowed(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed),
            Cow::Owned(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()).map(Cow::Owned),
        })
    }

    fn plain(&mut self, value: Value<'text>) -> Option<Option<Cow<'text, str>>> {
        Some(self.word(value)?.and_then(plain))
    }

    fn any_text(&mut self, value: Value<'text>) -> Option<()> {
        match value {
            Value::Null => Some(()),
            Value::Line(content) => scalar::is_text(content).then_some(()),
            Value::List(_) | Value::Mapping(_) => None,
        }
    }

    fn address(&mut self, value: Value<'text>) -> Option<Option<Cow<'text, str>>> {
        match self.word(value)? {
            None => Some(None),
            Some(Cow::Borrowed(text)) => values::address(text).ok().map(Some),
            Some(Cow::Owned(text)) => Some(Some(Cow::Owned(values::address(&text).ok()?.into_owned()))),
        }
    }

    /// Any text without user info.
    fn picture_address(&mut self, value: Value<'text>) -> Option<()> {
        match value {
            // Nearly all values: they have no escape.
            Value::Line(content)
                if memchr::memchr(b'\\', content.as_bytes()).is_none()
                    && !values::may_have_user_info(content) =>
            {
                scalar::is_text(content).then_some(())
            }
            value => match self.word(value)? {
                Some(address) if values::has_user_info(&address) => None,
                Some(_) | None => Some(()),
            },
        }
    }

    fn any_address(&mut self, value: Value<'text>) -> Option<()> {
        self.address(value).map(|_| ())
    }

    fn date(&mut self, value: Value<'text>) -> Option<Option<Timestamp>> {
        if let Value::Line(content) = value
            && let Some(instant) = values::date_in_utc(content.as_bytes())
        {
            return Some(Some(instant));
        }
        self.converted(value, values::date)
    }

    fn integer(&mut self, value: Value<'text>) -> Option<Option<i64>> {
        match value {
            Value::Line(content) if is_small_number(content) => content.parse().ok().map(Some),
            value => self.converted(value, values::integer),
        }
    }

    fn size(&mut self, value: Value<'text>) -> Option<()> {
        match value {
            Value::Line(content) if is_small_number(content) => Some(()),
            value => self.converted(value, values::pixels).map(|_| ()),
        }
    }

    fn boolean(&mut self, value: Value<'text>) -> Option<()> {
        match value {
            Value::Line("true" | "false") => Some(()),
            value => self.converted(value, values::boolean).map(|_| ()),
        }
    }

    fn converted<T>(
        &mut self,
        value: Value<'text>,
        convert: impl Fn(&str) -> Result<T, values::Refusal>,
    ) -> Option<Option<T>> {
        match self.word(value)? {
            None => Some(None),
            Some(word) => convert(&word).ok().map(Some),
        }
    }

    fn source(&mut self, value: Value<'text>) -> Option<Source<'text>> {
        let mut source = Source::default();
        if let Some(column) = self.mapping_column(value)? {
            self.keys_at(column, &mut source)?;
        }
        Some(source)
    }

    fn authors(&mut self, value: Value<'text>) -> Option<()> {
        self.each_mapping(value, |_, _: Author| Some(()))
    }

    fn pictures(&mut self, value: Value<'text>) -> Option<()> {
        self.each_mapping(value, |_, _: Image| Some(()))
    }
}

/// The plain text of a word, or `None` if nothing is left.
fn plain(word: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let plain = match word {
        Cow::Borrowed(text) => plain_text(text),
        Cow::Owned(text) => Cow::Owned(plain_text(&text).into_owned()),
    };
    Some(plain).filter(|text| !text.is_empty())
}

/// Whether there is surely nothing to trim.
fn has_plain_ends(text: &str) -> bool {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last())
}

/// Whether a value is a few digits, like most sizes and qualities. Every reader of YAML reads the same number.
fn is_small_number(content: &str) -> bool {
    matches!(content.len(), 1..=9) && content.bytes().all(|byte| byte.is_ascii_digit())
}
