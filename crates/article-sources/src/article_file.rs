//! The text of an article file that is made from an entry of a feed, and what such a file says of itself.
//!
//! Every value is on one line and in the form that the strict reader of the article format takes. The last line of the
//! front matter, `imported`, is a mark: the entry's identity, and a checksum of all the rest. A file whose mark fits is as
//! it was written; any other file belongs to a person.

use std::fmt::Write;

use article_format::address::characters_as_sent;
use article_format::source_list::FeedRules;
use article_format::{LINK_CHARACTERS_MAX, stable_hash64};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;
use web_feed::Entry;

use crate::scores::{self, RelatedArticle};
use text::{excerpt_of, folded, quoted, shortened};

pub(crate) mod name;
mod text;

/// The begin of the mark.
const MARK: &str = "imported: \"";

/// The end of every file.
const END: &str = "---\n";

/// Characters of the title of a related article, and of a title that is made of an excerpt.
const SHORT_TITLE_CHARS_MAX: usize = 300;
const TITLE_OF_EXCERPT_CHARS_MAX: usize = 100;

/// Characters of the link of a related article. A longer one is left out.
const RELATED_LINK_CHARS_MAX: usize = 500;

/// Authors that a file names, at most.
const AUTHORS_MAX: usize = 10;

/// Stands for an entry in files and in the memory of fetching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Identity(pub(crate) u64);

impl Identity {
    /// `None` for an entry without id, link and title.
    pub(crate) fn of(entry: &Entry) -> Option<Self> {
        entry.identity().map(|identity| Self(stable_hash64(&identity)))
    }
}

/// What an entry says, as the file will say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Content {
    identity: Identity,
    title: String,
    excerpt: Option<String>,
    published_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    link: Option<String>,
    is_video: bool,
    quality: u8,
    provider_name: Option<String>,
    provider_domain: Option<String>,
    authors: Vec<String>,
    topics: Vec<String>,
    picture: Option<(String, Option<u32>, Option<u32>)>,
}

/// What a file keeps when its entry changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The date of an entry that has none of its own.
    pub(crate) published_at: Timestamp,
    /// `false` for history.
    pub(crate) is_announced: bool,
    /// What the story adds to heat.
    further_heat: i64,
    /// The lines of `related`.
    related: String,
}

impl Kept {
    /// For a new file.
    pub(crate) fn new(published_at: Timestamp, is_announced: bool) -> Self {
        Self { published_at, is_announced, further_heat: 0, related: String::new() }
    }
}

impl Content {
    /// `None` for an entry that has no identity or nothing that could be a title.
    pub(crate) fn of(entry: &Entry, rules: &FeedRules, topics: &[String]) -> Option<Self> {
        let identity = Identity::of(entry)?;
        let link = entry.link.as_ref().and_then(usable).or_else(|| entry.media.as_ref().and_then(usable));
        let excerpt = entry.excerpt.as_deref().map(excerpt_of).filter(|excerpt| !excerpt.is_empty());
        let title = entry.title.as_deref().map(folded).filter(|title| !title.is_empty());
        let title = title
            .or_else(|| excerpt.as_deref().map(|text| shortened(text, TITLE_OF_EXCERPT_CHARS_MAX)))
            .or_else(|| {
                link.as_deref().map(|link| link.split_once("://").map_or(link, |(_, rest)| rest).to_owned())
            })?;
        // A text that repeats the title says nothing.
        let excerpt = excerpt.filter(|excerpt| *excerpt != title);
        let picture = entry.picture.as_ref();
        let picture =
            picture.and_then(|picture| Some((usable(&picture.url)?, picture.width, picture.height)));
        let source = entry.source.as_ref();
        let provider_name = source.and_then(|source| source.name.as_deref()).map(folded);
        let domain_of = |address: &Url| {
            let host = address.host_str()?;
            Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
        };
        let provider_domain = match source {
            Some(source) => source.link.as_ref().and_then(domain_of),
            None => entry.link.as_ref().or(entry.media.as_ref()).and_then(domain_of),
        };
        let topics = topics.iter().map(|topic| folded(topic)).filter(|topic| !topic.is_empty());
        let authors = entry.authors.iter().map(|author| folded(author)).filter(|author| !author.is_empty());
        Some(Self {
            identity,
            quality: scores::quality(rules.quality, picture.is_some(), excerpt.is_some()),
            title,
            excerpt,
            published_at: entry.published.filter(has_usual_year),
            updated_at: entry.updated.filter(has_usual_year),
            link,
            is_video: entry.is_video,
            provider_name: provider_name.filter(|name| !name.is_empty()),
            provider_domain,
            authors: authors.take(AUTHORS_MAX).collect(),
            topics: topics.collect(),
            picture,
        })
    }

    pub(crate) fn identity(&self) -> Identity {
        self.identity
    }

    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// The date of a new file: that of the entry, else the time at which the entry was first seen.
    pub(crate) fn first_date(&self, now: Timestamp) -> Timestamp {
        self.published_at.or(self.updated_at).unwrap_or(now)
    }

    /// Changes whenever the entry or its rules change. The date of the last change alone does not count: some feeds renew
    /// it with each request.
    pub(crate) fn fingerprint(&self) -> u64 {
        let without_change = Self { updated_at: None, ..self.clone() };
        stable_hash64(&without_change.file(&Kept::new(Timestamp::UNIX_EPOCH, true)))
    }

    /// The text of the file.
    pub(crate) fn file(&self, kept: &Kept) -> String {
        let published_at = self.published_at.unwrap_or(kept.published_at);
        let mut lines = String::from("---\n");
        let mut line = |key: &str, value: &str| {
            lines.push_str(key);
            lines.push_str(value);
            lines.push('\n');
        };
        line("title: ", &quoted(&self.title));
        if let Some(excerpt) = &self.excerpt {
            line("excerpt: ", &quoted(excerpt));
        }
        line("publishedDateTime: ", &date(published_at));
        if let Some(updated_at) = self.updated_at.filter(|updated_at| *updated_at > published_at) {
            line("updatedDateTime: ", &date(updated_at));
        }
        if let Some(link) = &self.link {
            line("webUrl: ", &quoted_address(link));
        }
        line("type: ", if self.is_video { "video" } else { "article" });
        line("quality: ", &self.quality.to_string());
        line("heat: ", &i64::from(self.quality).saturating_add(kept.further_heat).to_string());
        if !kept.is_announced {
            line("announce: ", "false");
        }
        self.push_groups(&mut lines);
        lines.push_str(&kept.related);
        marked(&lines, self.identity)
    }

    fn push_groups(&self, lines: &mut String) {
        let mut push = |text: &str| lines.push_str(text);
        if self.provider_name.is_some() || self.provider_domain.is_some() || !self.authors.is_empty() {
            push("provider:\n");
            for (key, value) in [("name", &self.provider_name), ("domain", &self.provider_domain)] {
                if let Some(value) = value {
                    push(&format!("  {key}: {}\n", quoted(value)));
                }
            }
            if !self.authors.is_empty() {
                push("  authors:\n");
            }
            for author in &self.authors {
                push(&format!("    - name: {}\n", quoted(author)));
            }
        }
        if !self.topics.is_empty() {
            push("topics:\n");
        }
        for topic in &self.topics {
            push(&format!("  - {}\n", quoted(topic)));
        }
        if let Some((address, width, height)) = &self.picture {
            push(&format!("images:\n  - url: {}\n", quoted_address(address)));
            for (key, pixels) in [("width", width), ("height", height)] {
                if let Some(pixels) = pixels {
                    push(&format!("    {key}: {pixels}\n"));
                }
            }
        }
    }
}

/// A file that is as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenFile<'a> {
    pub(crate) identity: Identity,
    /// All lines above the mark.
    lines: &'a str,
}

impl<'a> WrittenFile<'a> {
    /// `None` for a file that a person wrote or changed.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        let text = str::from_utf8(bytes).ok()?;
        let (lines, mark) = text.strip_suffix(END)?.rsplit_once(MARK)?;
        let (identity, checksum) = mark.strip_suffix("\"\n")?.split_once('-')?;
        let is_at_line = lines.ends_with('\n');
        let fits = u64::from_str_radix(checksum, 16).ok()? == stable_hash64(lines);
        let identity = Identity(u64::from_str_radix(identity, 16).ok()?);
        (is_at_line && fits).then_some(Self { identity, lines })
    }

    /// What stays when the entry changes.
    pub(crate) fn kept(&self) -> Option<Kept> {
        let number = |key| self.value(key)?.parse::<i64>().ok();
        Some(Kept {
            published_at: self.value("publishedDateTime: ")?.parse().ok()?,
            is_announced: self.value("announce: ").is_none(),
            further_heat: number("heat: ")?.saturating_sub(number("quality: ")?),
            related: self.lines.get(self.related_start()..)?.to_owned(),
        })
    }

    /// The file with other scores; the same text if it has these scores.
    pub(crate) fn with_scores(&self, further_providers: usize, related: &[RelatedArticle]) -> Option<String> {
        let quality = self.value("quality: ")?.parse().ok()?;
        let heat = scores::heat(quality, further_providers);
        let head = self.lines.get(..self.related_start())?;
        let mut lines = String::with_capacity(self.lines.len());
        for line in head.split_inclusive('\n') {
            if line.starts_with("heat: ") {
                lines.push_str(&format!("heat: {heat}\n"));
            } else {
                lines.push_str(line);
            }
        }
        lines.push_str(&related_lines(related));
        Some(marked(&lines, self.identity))
    }

    /// The rest of the line that begins with `key`.
    fn value(&self, key: &str) -> Option<&'a str> {
        self.lines.lines().find_map(|line| line.strip_prefix(key))
    }

    fn related_start(&self) -> usize {
        self.lines.find("\nrelated:\n").map_or(self.lines.len(), |at| at + 1)
    }
}

/// The identity of the entry that a file was made from. Later changes by people do not matter.
pub(crate) fn identity_in(bytes: &[u8]) -> Option<Identity> {
    let text = str::from_utf8(bytes).ok()?;
    let mark = text.lines().find_map(|line| line.strip_prefix(MARK))?;
    u64::from_str_radix(mark.split_once('-')?.0, 16).ok().map(Identity)
}

fn marked(lines: &str, Identity(identity): Identity) -> String {
    format!("{lines}{MARK}{identity:016x}-{:016x}\"\n{END}", stable_hash64(lines))
}

fn related_lines(related: &[RelatedArticle]) -> String {
    let mut lines = String::new();
    for article in related {
        let title = shortened(&folded(&article.title), SHORT_TITLE_CHARS_MAX);
        if title.is_empty() {
            continue;
        }
        if lines.is_empty() {
            lines.push_str("related:\n");
        }
        // Writing to a text never fails.
        let _ = writeln!(lines, "  - title: {}", quoted(&title));
        if let Some(published_at) = article.published_at.filter(has_usual_year) {
            let _ = writeln!(lines, "    publishedDateTime: {}", date(published_at));
        }
        let link = article.link.as_deref().and_then(|link| usable(&Url::parse(link).ok()?));
        if let Some(link) = link.filter(|link| link.len() <= RELATED_LINK_CHARS_MAX) {
            let _ = writeln!(lines, "    webUrl: {}", quoted_address(&link));
        }
        let provider =
            article.provider.as_deref().map(|provider| shortened(&folded(provider), SHORT_TITLE_CHARS_MAX));
        if let Some(provider) = provider.filter(|provider| !provider.is_empty()) {
            let _ = writeln!(lines, "    provider:\n      domain: {}", quoted(&provider));
        }
    }
    lines
}

/// The address as a file holds it. `None` for one with user info, and for one that Discord refuses as too long.
fn usable(address: &Url) -> Option<String> {
    let characters = characters_as_sent(address.as_str())?;
    (characters <= LINK_CHARACTERS_MAX).then(|| address.as_str().to_owned())
}

/// An address has no white space and no control characters; it is no text, so `&` stays `&`.
fn quoted_address(address: &str) -> String {
    format!("\"{}\"", address.replace('\\', "\\\\").replace('"', "\\\""))
}

fn date(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Whether the year has four digits.
fn has_usual_year(instant: &Timestamp) -> bool {
    let year = jiff::tz::TimeZone::UTC.to_datetime(*instant).year();
    (1000..=9999).contains(&year)
}

#[cfg(test)]
mod tests;
