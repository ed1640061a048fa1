//! An article as a card: plain data within Discord's limits, made of harmless text.
//!
//! Limits: embed title 256, description 4096, 25 fields of 256 and 1024, footer 2048, author 256,
//! addresses 2048, and 6000 characters over all embeds of a message (Discord's docs, "Embed Limits").
//! Our own bounds are tighter, so five cards always fit into one message.

use jiff::Timestamp;

use article_format::related::Related;
use article_format::{Article, LINK_CHARACTERS_MAX, Story, stable_hash64};

pub mod text;

use text::{address_in_link, escaped, inert, with_plain_dots, without_breaks};

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
const RELATED_TITLE_CHARACTERS_MAX: usize = 150;
const RELATED_SOURCE_CHARACTERS_MAX: usize = 60;
/// The title of a related story with a longer address has no link. Five longest addresses would leave no room for the card.
const RELATED_ADDRESS_CHARACTERS_MAX: usize = 300;
const HEAT_FIELD: &str = "Heat";
const HOT: char = '🔥';
const COLD: char = '❄';
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

    /// Appends the card's parts to `content`, and the parts that depend on the heat to `heat`.
    fn write_down(&self, content: &mut String, heat: &mut String) {
        let timestamp = self.timestamp.map(|at| at.to_string());
        let footer = match self.footer.split_once(FACTS_SEPARATOR) {
            Some((first, rest)) if is_heat(first) => rest,
            None if is_heat(&self.footer) => "",
            _ => &self.footer,
        };
        // Members do not see the characters that keep clients from making links, so such a change edits no post.
        let (title, description) = (with_plain_dots(&self.title), with_plain_dots(&self.description));
        let footer = without_breaks(footer);
        let name = self.author.as_ref().map(|author| without_breaks(&author.name));
        let icon_url = self.author.as_ref().map(|author| author.icon_url.as_deref());
        let author = name.as_deref().map(Some).into_iter().chain(icon_url);
        let picture = self.picture.iter().map(|picture| match picture {
            Picture::Thumbnail(url) | Picture::Full(url) => Some(&**url),
        });
        let fields = self.fields.iter().filter(|(name, _)| name != HEAT_FIELD);
        let fields: Vec<String> =
            fields.flat_map(|(name, value)| [name.clone(), with_plain_dots(value)]).collect();
        let fields = fields.iter().map(|text| Some(text.as_str()));
        let parts =
            [Some(&*title), self.url.as_deref(), Some(&description), Some(&footer), timestamp.as_deref()];
        for part in parts.into_iter().chain(author).chain(picture).chain(fields) {
            content.push_str(part.unwrap_or("\u{1}"));
            content.push('\u{2}');
        }
        content.push('\u{3}');
        let warmth =
            self.fields.iter().find(|(name, _)| name == HEAT_FIELD).map_or(&*self.footer, |(_, value)| value);
        let warmth = without_breaks(warmth);
        heat.push_str(&format!("{warmth}\u{2}{}\u{3}", self.colour));
    }
}

/// Two hashes of cards, the same in every run. A posted card is edited when they change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// Without the parts that depend on the heat: its number and the colour.
    pub without_heat: u64,
    /// Everything.
    pub with_heat: u64,
}

impl Fingerprint {
    /// The fingerprint of the cards of one message and of the articles that its buttons lead to
    /// ([`article_format::ArticleId::hash64`]). When a file is renamed, only the article of the buttons changes.
    #[must_use]
    pub fn of(cards: &[Card], leads_to: impl IntoIterator<Item = u64>) -> Self {
        let (mut without_heat, mut heat) = (String::new(), String::new());
        for article in leads_to {
            without_heat.push_str(&format!("{article}\u{2}"));
        }
        for card in cards {
            card.write_down(&mut without_heat, &mut heat);
        }
        let with_heat = stable_hash64(&format!("{without_heat}{heat}"));
        Self { without_heat: stable_hash64(&without_heat), with_heat }
    }
}

/// The cards of one message, in the order of the stories: short excerpts, small pictures, distinct addresses.
#[must_use]
pub fn list(stories: &[Story<'_>]) -> Vec<Card> {
    let mut cards: Vec<Card> = stories.iter().map(in_list).collect();
    make_addresses_distinct(&mut cards);
    cards
}

fn in_list(story: &Story<'_>) -> Card {
    let article = story.article;
    let mut facts = vec![heat_in_words(article.heat)];
    facts.extend(article.quality.map(|quality| format!("quality {quality}")));
    facts.extend(article.kind.as_deref().map(str::to_owned));
    facts.extend((!article.topics.is_empty()).then(|| article.topics.join(", ")));
    Card {
        author: author(article, LIST_AUTHORS_MAX, LIST_AUTHOR_CHARACTERS_MAX),
        description: description(story, LIST_EXCERPT_CHARACTERS_MAX),
        picture: picture_address(article).map(Picture::Thumbnail),
        footer: inert(&facts.join(FACTS_SEPARATOR), LIST_FOOTER_CHARACTERS_MAX),
        ..base(article)
    }
}

/// One article in full size.
#[must_use]
pub fn full(story: &Story<'_>) -> Card {
    let article = story.article;
    let mut fields = vec![(HEAT_FIELD.to_owned(), heat_in_words(article.heat))];
    fields.extend(article.quality.map(|quality| ("Quality".to_owned(), quality.to_string())));
    if !article.topics.is_empty() {
        fields.push(("Topics".to_owned(), escaped(&article.topics.join(", "), FIELD_CHARACTERS_MAX)));
    }
    fields.retain(|(_, value)| !value.is_empty());
    let mut facts: Vec<String> =
        [&article.kind, &article.category].into_iter().flatten().map(ToString::to_string).collect();
    facts.dedup();
    let credit = article.picture.as_ref().and_then(|picture| picture.attribution.as_deref());
    facts.extend(credit.map(|credit| format!("picture: {credit}")));
    Card {
        author: author(article, usize::MAX, FULL_AUTHOR_CHARACTERS_MAX),
        description: description(story, FULL_EXCERPT_CHARACTERS_MAX),
        picture: picture_address(article).map(Picture::Full),
        fields,
        footer: inert(&facts.join(" · "), FULL_FOOTER_CHARACTERS_MAX),
        ..base(article)
    }
}

/// A page of related stories as one card of links.
#[must_use]
pub fn related(stories: &[Related<'_>], heading: &str) -> Card {
    let lines: Vec<String> = stories.iter().map(related_line).collect();
    Card {
        title: escaped(heading, TITLE_CHARACTERS_MAX),
        description: lines.join("\n"),
        colour: COLOURS_BY_HEAT[0].1,
        ..Card::default()
    }
}

fn related_line(story: &Related<'_>) -> String {
    let title = or_untitled(escaped(story.title, RELATED_TITLE_CHARACTERS_MAX));
    let address = story.link.map(address_in_link);
    let title = match address.filter(|address| text::count(address) <= RELATED_ADDRESS_CHARACTERS_MAX) {
        Some(address) => format!("[{title}]({address})"),
        None => title,
    };
    let source = story.source.map(|source| escaped(source, RELATED_SOURCE_CHARACTERS_MAX));
    let quality = story.quality.map(|quality| format!("quality {}", escaped(&quality.to_string(), 30)));
    let facts: Vec<String> =
        [source, quality].into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    if facts.is_empty() { format!("• {title}") } else { format!("• {title} · {}", facts.join(" · ")) }
}

/// The parts that short and full cards share.
fn base(article: &Article) -> Card {
    Card {
        title: or_untitled(escaped(&article.title, TITLE_CHARACTERS_MAX)),
        url: article.link.as_deref().filter(|link| fits(link)).map(str::to_owned),
        colour: colour_of_heat(article.heat),
        timestamp: article.published_at.filter(|at| *at >= FIRST_YEAR),
        ..Card::default()
    }
}

/// Discord does not read the ISO 8601 form of years before 1.
const FIRST_YEAR: Timestamp = Timestamp::constant(-62_135_596_800, 0);

fn or_untitled(title: String) -> String {
    if title.is_empty() { "Untitled".to_owned() } else { title }
}

fn author(article: &Article, authors_max: usize, characters_max: usize) -> Option<CardAuthor> {
    let provider = article.provider.as_ref()?;
    let mut words = provider.name.to_string();
    let named = provider.authors.get(..authors_max).unwrap_or(&provider.authors);
    if !named.is_empty() {
        words = format!("{words} · {}", named.join(", "));
    }
    let unnamed = provider.authors.len() - named.len();
    if unnamed > 0 {
        words = format!("{words} and {unnamed} more");
    }
    let name = inert(&words, characters_max);
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
fn description(story: &Story<'_>, excerpt_characters_max: usize) -> String {
    let excerpt = escaped(story.article.excerpt.as_deref().unwrap_or(""), excerpt_characters_max);
    let lines = [excerpt, extra_line(story.article), coverage_line(story)];
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The extra line of courses and videos: length, price, levels, rating.
fn extra_line(article: &Article) -> String {
    let Some(details) = &article.details else { return String::new() };
    let mut facts: Vec<String> = Vec::new();
    facts.extend(details.length_seconds.map(length_in_words));
    facts.extend(details.price.as_deref().map(str::to_owned));
    facts.extend((!details.levels.is_empty()).then(|| details.levels.join(", ")));
    facts.extend(details.rating.as_ref().map(|rating| match rating.count {
        Some(count) => format!("rated {} by {count}", rating.average),
        None => format!("rated {}", rating.average),
    }));
    escaped(&facts.join(" · "), EXTRA_CHARACTERS_MAX)
}

/// The other sources that cover the story, each once.
fn coverage_line(story: &Story<'_>) -> String {
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
    let sources = escaped(&sources.join(", "), COVERAGE_CHARACTERS_MAX);
    if sources.is_empty() { sources } else { format!("Also covered by {sources}") }
}

/// From this many hours on, a length is given in days.
const HOURS_IN_DAYS_MIN: u64 = 48;

fn length_in_words(seconds: u64) -> String {
    let minutes = seconds.div_ceil(60);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, _) if hours >= HOURS_IN_DAYS_MIN => format!("{} days", hours.div_ceil(24)),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
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
#[must_use]
pub fn heat_in_words(heat: i64) -> String {
    if heat > 0 { format!("{HOT} {heat}") } else { format!("{COLD} {heat}").replace('-', "−") }
}

fn is_heat(fact: &str) -> bool {
    fact.starts_with(HOT) || fact.starts_with(COLD)
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
