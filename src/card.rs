//! An article as a card: plain data within Discord's limits, made of harmless text.
//!
//! Limits: embed title 256, description 4096, 25 fields of 256 and 1024, footer 2048, author 256,
//! addresses 2048, and 6000 characters over all embeds of a message (Discord's docs, "Embed Limits").
//! Our own bounds are tighter, so five cards always fit into one message.

use std::ops::Range;

use jiff::Timestamp;

use article_format::related::Related;
use article_format::{Article, LINK_CHARACTERS_MAX, Story};

use crate::messages::{ISOLATE_CHARACTERS, Words, isolated, say};

mod fingerprint;
pub mod text;

pub use fingerprint::Fingerprint;

use text::{address_in_link, escaped, inert};

/// The most characters in all embeds of one message (Discord's docs, "Embed Limits").
pub const MESSAGE_CHARACTERS_MAX: usize = 6000;
/// The most characters in an embed's title.
pub const TITLE_CHARACTERS_MAX: usize = 256;
/// The most characters in an address (Discord's OpenAPI description).
pub const ADDRESS_CHARACTERS_MAX: usize = LINK_CHARACTERS_MAX;
/// Related stories on one page.
pub const RELATED_PER_PAGE: usize = 5;

/// A paper may have hundreds of authors. A list names the first two and counts the rest.
const LIST_AUTHORS_MAX: usize = 2;
const LIST_AUTHOR_CHARACTERS_MAX: usize = 80;
const LIST_EXCERPT_CHARACTERS_MAX: usize = 350;
const LIST_FOOTER_CHARACTERS_MAX: usize = 200;
const FULL_AUTHOR_CHARACTERS_MAX: usize = 256;
const FULL_EXCERPT_CHARACTERS_MAX: usize = 1500;
const FULL_FOOTER_CHARACTERS_MAX: usize = 300;
const FIELD_CHARACTERS_MAX: usize = 200;
const EXTRA_CHARACTERS_MAX: usize = 150;
/// How many other sources of a story a card names.
const COVERAGE_SOURCES_MAX: usize = 5;
const COVERAGE_CHARACTERS_MAX: usize = 100;
/// What stands between two names, in the language with the longest: ", and ".
const COVERAGE_SEPARATOR_CHARACTERS: usize = 6;
const RELATED_TITLE_CHARACTERS_MAX: usize = 150;
const RELATED_SOURCE_CHARACTERS_MAX: usize = 60;
const RELATED_QUALITY_CHARACTERS_MAX: usize = 40;
/// The title of a related story with a longer address has no link. Five longest addresses would leave no room for the card.
const RELATED_ADDRESS_CHARACTERS_MAX: usize = 300;
const FACTS_SEPARATOR: &str = " · ";

/// One embed as plain data. `title`, `description` and the fields are escaped Markdown. All other texts are plain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// The source.
    pub author: Option<CardAuthor>,
    /// Never empty.
    pub title: String,
    /// The address behind the title.
    pub url: Option<String>,
    /// May be empty.
    pub description: String,
    /// 0xRRGGBB.
    pub colour: u32,
    /// The picture, small or large.
    pub picture: Option<Picture>,
    /// Names and values.
    pub fields: Vec<(String, String)>,
    /// May be empty.
    pub footer: String,
    /// When the article came out.
    pub timestamp: Option<Timestamp>,
}

/// The publisher of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAuthor {
    /// Plain text.
    pub name: String,
    /// An http(s) address.
    pub icon_url: Option<String>,
}

/// A card's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// Small, at the right.
    Thumbnail(String),
    /// In the card's full width.
    Full(String),
}

impl Card {
    /// The characters that Discord counts against [`MESSAGE_CHARACTERS_MAX`].
    #[must_use]
    pub fn characters(&self) -> usize {
        let author = self.author.as_ref().map_or(0, |author| text::count(&author.name));
        let fields: usize =
            self.fields.iter().map(|(name, value)| text::count(name) + text::count(value)).sum();
        author
            + text::count(&self.title)
            + text::count(&self.description)
            + text::count(&self.footer)
            + fields
    }
}

/// Gives the parts of a text that are bold, as ranges of bytes, ascending, none touching another one.
pub(crate) type BoldParts<'a> = &'a dyn Fn(&str) -> Vec<Range<usize>>;

/// Nothing is bold.
const PLAIN: BoldParts<'static> = &|_| Vec::new();

/// The cards of one message, in the order of the stories: short excerpts, small pictures, distinct addresses.
pub(crate) fn list(words: &Words, stories: &[Story<'_>]) -> Vec<Card> {
    list_with_bold(words, stories, PLAIN)
}

/// As [`list`], with bold parts in the excerpts.
pub(crate) fn list_with_bold(words: &Words, stories: &[Story<'_>], bold: BoldParts<'_>) -> Vec<Card> {
    let mut cards: Vec<Card> = stories.iter().map(|story| in_list(words, story, bold)).collect();
    make_addresses_distinct(&mut cards);
    cards
}

fn in_list(words: &Words, story: &Story<'_>, bold: BoldParts<'_>) -> Card {
    let article = story.article;
    let mut facts = vec![heat_in_words(words, article.heat)];
    facts.extend(article.quality.map(|quality| say!(words, "fact-quality", quality = quality)));
    facts.extend(article.kind.as_deref().map(str::to_owned));
    facts.extend((!article.topics.is_empty()).then(|| side_by_side(&article.topics)));
    Card {
        author: author(words, article, LIST_AUTHORS_MAX, LIST_AUTHOR_CHARACTERS_MAX),
        description: description(words, story, LIST_EXCERPT_CHARACTERS_MAX, bold),
        picture: picture_address(article).map(Picture::Thumbnail),
        footer: footer(&facts, LIST_FOOTER_CHARACTERS_MAX),
        ..base(words, article)
    }
}

/// One article in full size.
pub(crate) fn full(words: &Words, story: &Story<'_>) -> Card {
    let article = story.article;
    let mut fields = vec![(say!(words, "card-heat"), heat_in_words(words, article.heat))];
    fields.extend(article.quality.map(|quality| (say!(words, "card-quality"), quality.to_string())));
    let topics = escaped(&side_by_side(&article.topics), FIELD_CHARACTERS_MAX);
    fields.extend((!topics.is_empty()).then(|| (say!(words, "card-topics"), topics)));
    let mut facts: Vec<String> =
        [&article.kind, &article.category].into_iter().flatten().map(ToString::to_string).collect();
    facts.dedup();
    let credit = article.picture.as_ref().and_then(|picture| picture.attribution.as_deref());
    facts.extend(credit.map(|credit| say!(words, "fact-picture", credit = credit)));
    Card {
        author: author(words, article, usize::MAX, FULL_AUTHOR_CHARACTERS_MAX),
        description: description(words, story, FULL_EXCERPT_CHARACTERS_MAX, PLAIN),
        picture: picture_address(article).map(Picture::Full),
        fields,
        footer: footer(&facts, FULL_FOOTER_CHARACTERS_MAX),
        ..base(words, article)
    }
}

/// Facts for the end of a card. Discord writes the date behind them into the same line.
fn footer(facts: &[String], characters_max: usize) -> String {
    isolated(&inert(&facts.join(FACTS_SEPARATOR), characters_max - ISOLATE_CHARACTERS)).into_owned()
}

/// A page of related stories as one card of links.
pub(crate) fn related(words: &Words, stories: &[Related<'_>], heading: &str) -> Card {
    let lines: Vec<String> = stories.iter().map(|story| related_line(words, story)).collect();
    Card {
        title: escaped(heading, TITLE_CHARACTERS_MAX),
        description: lines.join("\n"),
        colour: COLOURS_BY_HEAT[0].1,
        ..Card::default()
    }
}

/// The other articles of a story as one card of links. It has at most so many characters; `None` where not one article fits.
pub(crate) fn other_coverage(words: &Words, story: &Story<'_>, characters_max: usize) -> Option<Card> {
    let lines = story.others.iter().map(|other| {
        let source = other.provider.as_deref().map(|provider| &*provider.name);
        let link = other.usable_link();
        let quality = other.quality;
        related_line(words, &Related { title: &other.title, link, source, quality, published_at: None })
    });
    let title = escaped(&say!(words, "other-coverage"), TITLE_CHARACTERS_MAX);
    let mut left = characters_max.checked_sub(text::count(&title))?;
    let fitting = lines.take(RELATED_PER_PAGE).take_while(|line| {
        let characters = text::count(line) + 1;
        let fits = characters <= left;
        left = left.saturating_sub(characters);
        fits
    });
    let description = fitting.collect::<Vec<_>>().join("\n");
    (!description.is_empty()).then(|| Card {
        title,
        description,
        colour: COLOURS_BY_HEAT[0].1,
        ..Card::default()
    })
}

fn related_line(words: &Words, story: &Related<'_>) -> String {
    let title = or_untitled(words, escaped(story.title, RELATED_TITLE_CHARACTERS_MAX));
    let address = story.link.map(address_in_link);
    let title = match address.filter(|address| text::count(address) <= RELATED_ADDRESS_CHARACTERS_MAX) {
        Some(address) => isolated(&format!("[{title}]({address})")).into_owned(),
        None => isolated(&title).into_owned(),
    };
    let source = story.source.map(|source| escaped(source, RELATED_SOURCE_CHARACTERS_MAX));
    let source = source.map(|source| isolated(&source).into_owned());
    let quality = story.quality.map(|quality| say!(words, "fact-quality", quality = quality));
    let quality = quality.map(|quality| escaped(&quality, RELATED_QUALITY_CHARACTERS_MAX));
    let facts: Vec<String> =
        [source, quality].into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    if facts.is_empty() {
        format!("• {title}")
    } else {
        format!("• {title} · {}", facts.join(FACTS_SEPARATOR))
    }
}

/// Names beside each other, as on a label.
fn side_by_side(names: &[Box<str>]) -> String {
    names.join(", ")
}

/// The parts that short and full cards share.
fn base(words: &Words, article: &Article) -> Card {
    Card {
        title: or_untitled(words, escaped(&article.title, TITLE_CHARACTERS_MAX)),
        url: article.link.as_deref().filter(|link| fits(link)).map(str::to_owned),
        colour: colour_of_heat(article.heat),
        timestamp: article.published_at.filter(|at| *at >= FIRST_YEAR),
        ..Card::default()
    }
}

/// Discord does not read the ISO 8601 form of years before 1.
const FIRST_YEAR: Timestamp = Timestamp::constant(-62_135_596_800, 0);

/// The title, or words for it where it shows nothing. Discord refuses an empty title or label.
pub(crate) fn or_untitled(words: &Words, title: String) -> String {
    if title.is_empty() { say!(words, "untitled") } else { title }
}

fn author(words: &Words, article: &Article, authors_max: usize, characters_max: usize) -> Option<CardAuthor> {
    let provider = article.provider.as_ref()?;
    let named = provider.authors.get(..authors_max).unwrap_or(&provider.authors);
    let mut authors: Vec<String> = named.iter().map(ToString::to_string).collect();
    let left_out = provider.authors.len() - named.len();
    if left_out > 0 {
        authors.push(say!(words, "names-left-out", count = left_out));
    }
    let parts = [provider.name.to_string(), words.list(&authors)];
    let parts = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let name = inert(&parts.join(FACTS_SEPARATOR), characters_max);
    let icon_url = provider.icon.as_deref().filter(|icon| fits(icon)).map(str::to_owned);
    (!name.is_empty()).then_some(CardAuthor { name, icon_url })
}

fn picture_address(article: &Article) -> Option<String> {
    article.picture.as_ref().map(|picture| &*picture.url).filter(|url| fits(url)).map(str::to_owned)
}

fn fits(address: &str) -> bool {
    text::count(address) <= ADDRESS_CHARACTERS_MAX
}

/// Excerpt, extra line and other coverage, each on its own line.
fn description(
    words: &Words,
    story: &Story<'_>,
    excerpt_characters_max: usize,
    bold: BoldParts<'_>,
) -> String {
    let excerpt = story.article.excerpt.as_deref().unwrap_or("");
    let excerpt = text::marked(excerpt, excerpt_characters_max, bold);
    let lines = [excerpt, extra_line(words, story.article), coverage_line(words, story)];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The extra line of courses and videos: length, price, levels, rating.
fn extra_line(words: &Words, article: &Article) -> String {
    let Some(details) = &article.details else { return String::new() };
    let mut facts: Vec<String> = Vec::new();
    facts.extend(details.length_seconds.map(|seconds| length_in_words(words, seconds)));
    facts.extend(details.price.as_deref().map(str::to_owned));
    facts.extend((!details.levels.is_empty()).then(|| side_by_side(&details.levels)));
    facts.extend(details.rating.as_ref().map(|rating| {
        let average = &*rating.average;
        match rating.count {
            Some(count) => say!(words, "rated-by", average = average, count = count),
            None => say!(words, "rated", average = average),
        }
    }));
    escaped(&facts.join(FACTS_SEPARATOR), EXTRA_CHARACTERS_MAX)
}

/// The other sources that cover the story, each once.
fn coverage_line(words: &Words, story: &Story<'_>) -> String {
    let mut left = COVERAGE_CHARACTERS_MAX;
    let mut sources: Vec<String> = Vec::new();
    for source in coverage(story) {
        let source = escaped(source, COVERAGE_CHARACTERS_MAX);
        let characters = text::count(&source) + COVERAGE_SEPARATOR_CHARACTERS;
        if sources.is_empty() || characters <= left {
            left = left.saturating_sub(characters);
            sources.extend((!source.is_empty()).then_some(source));
        }
    }
    if sources.is_empty() {
        String::new()
    } else {
        say!(words, "also-covered", sources = words.list(&sources))
    }
}

/// The sources of a story, each once, without the article's own.
fn coverage<'a>(story: &Story<'a>) -> Vec<&'a str> {
    fn source(article: &Article) -> Option<&str> {
        article.provider.as_ref().map(|provider| &*provider.name)
    }
    let own = source(story.article);
    let mut sources: Vec<&str> = Vec::new();
    for other in story.others.iter().filter_map(|other| source(other)) {
        if Some(other) != own && !sources.contains(&other) && sources.len() < COVERAGE_SOURCES_MAX {
            sources.push(other);
        }
    }
    sources
}

/// From this many hours on, a length is given in days.
const HOURS_IN_DAYS_MIN: u64 = 48;

fn length_in_words(words: &Words, seconds: u64) -> String {
    let minutes = seconds.div_ceil(60);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => say!(words, "length-minutes", minutes = minutes),
        (hours, _) if hours >= HOURS_IN_DAYS_MIN => say!(words, "length-days", days = hours.div_ceil(24)),
        (hours, 0) => say!(words, "length-hours", hours = hours),
        (hours, minutes) => say!(words, "length-hours-minutes", hours = hours, minutes = minutes),
    }
}

/// The lowest heat of each colour: blue, green, yellow, orange, red. The steps follow real collections, where half of all
/// articles have a heat below 20, and one in a hundred has more than 400.
const COLOURS_BY_HEAT: [(i64, u32); 6] = [
    (i64::MIN, 0x5b_7c_99),
    (1, 0x3b_88_c3),
    (20, 0x3f_a7_6c),
    (50, 0xd9_a4_1e),
    (150, 0xe0_6c_2b),
    (400, 0xd0_3a_3a),
];

fn colour_of_heat(heat: i64) -> u32 {
    let reached = COLOURS_BY_HEAT.iter().take_while(|(from, _)| heat >= *from);
    reached.last().map_or(COLOURS_BY_HEAT[0].1, |(_, colour)| *colour)
}

/// "🔥 73", or a snowflake where there is no heat.
pub(crate) fn heat_in_words(words: &Words, heat: i64) -> String {
    if heat > 0 { say!(words, "heat-hot", heat = heat) } else { say!(words, "heat-cold", heat = heat) }
}

/// Discord shows two embeds with the same address as one, so a repeated address gets a fragment of its own, which leads to
/// the same page. Where there is no room for the fragment, the title has no link.
fn make_addresses_distinct(cards: &mut [Card]) {
    let mut seen = std::collections::HashSet::new();
    for (number, card) in cards.iter_mut().enumerate() {
        let Some(url) = card.url.take() else { continue };
        let separator = if url.contains('#') { '-' } else { '#' };
        let other = format!("{url}{separator}{}", number + 1);
        card.url = [url, other].into_iter().filter(|url| fits(url)).find(|url| !seen.contains(url));
        seen.extend(card.url.clone());
    }
}

#[cfg(test)]
mod tests;
