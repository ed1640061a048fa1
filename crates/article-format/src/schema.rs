//! The keys of both kinds of file, described once. `heatwire check --schema` prints them as JSON Schema, and `--strict`
//! compares the keys of files with them. A test compares them with the keys of the reader.
//!
//! The schema accepts everything that the reader accepts: a number in quotes, a text that looks like a number, and an
//! empty value.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

/// The kind of file that a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// The front matter of an article.
    Article,
    /// A topic file.
    Topic,
    /// The list of sources.
    Sources,
}

impl FileKind {
    /// The JSON Schema (draft 7, which every editor knows), without references.
    #[must_use]
    pub fn json_schema(self) -> Value {
        let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
        let generator = settings.into_generator();
        let schema = match self {
            Self::Article => generator.into_root_schema_for::<ArticleKeys>(),
            Self::Topic => generator.into_root_schema_for::<TopicKeys>(),
            Self::Sources => generator.into_root_schema_for::<SourceListKeys>(),
        };
        schema.to_value()
    }
}

/// The front matter of a heatwire article.
#[derive(JsonSchema)]
#[schemars(rename = "heatwire article", rename_all = "camelCase")]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct ArticleKeys {
    /// The title of the card.
    title: Text,
    /// The text of the card. Without an excerpt, the card shows the first paragraph of the body.
    excerpt: Option<Text>,
    /// When the article came out, for example 2026-05-26T09:00:00Z. With a date in the future, the article stays hidden
    /// until then.
    published_date_time: Option<DateTime>,
    /// When the article last changed, for example 2026-05-26T09:00:00Z.
    updated_date_time: Option<DateTime>,
    /// The link of the card.
    web_url: Option<WebAddress>,
    /// The link of the card if webUrl is missing.
    original_url: Option<WebAddress>,
    /// Another address of the same story. No card shows it.
    amp_web_url: Option<WebAddress>,
    /// Another address of the same story. No card shows it.
    cdn_amp_web_url: Option<WebAddress>,
    /// The kind of article: article, video, course, download, webinar, collection, ...
    #[schemars(rename = "type")]
    kind: Option<Text>,
    /// The purpose: news, learning, ...
    category: Option<Text>,
    /// How good the article is. Feeds have a lowest quality.
    quality: Option<WholeNumber>,
    /// How hot the article is. Lists show the hottest articles first. Without a heat, the heat is 0.
    heat: Option<WholeNumber>,
    /// false hides the article.
    published: Option<TrueOrFalse>,
    /// true hides the article.
    removed: Option<TrueOrFalse>,
    /// true hides the article.
    draft: Option<TrueOrFalse>,
    /// false: no feed posts the article on its own. Commands show it.
    announce: Option<TrueOrFalse>,
    /// Who published the article.
    provider: Option<ProviderKeys>,
    /// The topics of the article.
    topics: Option<Vec<Option<Text>>>,
    /// Pictures. The card shows the first one with an http(s) address.
    images: Option<Vec<Option<ImageKeys>>>,
    /// Related stories.
    related: Option<Vec<RelatedKeys>>,
    /// How long a course or video takes, for example PT9M7S or P1M.
    length: Option<Text>,
    /// The price.
    price: Option<Text>,
    /// For whom a course is: beginner, intermediate, ...
    levels: Option<Vec<Option<Text>>>,
    /// The rating by learners.
    ratings: Option<RatingsKeys>,
    /// The bot never reads or shows this value.
    secured: Option<Value>,
    /// The bot never reads or shows this value.
    featured_content: Option<Value>,
    /// The bot does not read this value: actions for readers elsewhere.
    actions: Option<Value>,
    /// The bot does not read this value: the items of a collection.
    items: Option<Value>,
    /// The mark of a file that heatwire made from an entry of a web feed. If the rest of the file changes, the mark no longer
    /// fits, and heatwire never writes the file again.
    imported: Option<Value>,
}

/// Who published the article.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct ProviderKeys {
    /// The name that the card shows.
    name: Option<Text>,
    /// The domain, for example example.com.
    domain: Option<Text>,
    /// Icons. The card shows the first one with an http(s) address.
    images: Option<Vec<Option<ImageKeys>>>,
    /// Who wrote the article.
    authors: Option<Vec<Option<AuthorKeys>>>,
}

/// Who wrote the article.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct AuthorKeys {
    /// The name.
    name: Option<Text>,
}

/// A picture.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct ImageKeys {
    /// The address. Cards show only absolute http(s) addresses.
    url: Option<Text>,
    /// The width in pixels.
    width: Option<WholeNumber>,
    /// The height in pixels.
    height: Option<WholeNumber>,
    /// Whether a cache has the picture. The bot does not use this value.
    is_cached: Option<TrueOrFalse>,
    /// What the picture shows.
    title: Option<Text>,
    /// The person or organisation to name for the picture.
    attribution: Option<Text>,
}

/// A related story.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct RelatedKeys {
    /// The title.
    title: Text,
    /// A summary.
    excerpt: Option<Text>,
    /// When the story came out, for example 2026-05-26T09:00:00Z.
    published_date_time: Option<DateTime>,
    /// The link.
    web_url: Option<WebAddress>,
    /// The link if webUrl is missing.
    original_url: Option<WebAddress>,
    /// Another address of the same story. No card shows it.
    amp_web_url: Option<WebAddress>,
    /// Another address of the same story. No card shows it.
    cdn_amp_web_url: Option<WebAddress>,
    /// The kind of story: article, video, ...
    #[schemars(rename = "type")]
    kind: Option<Text>,
    /// How good the story is.
    quality: Option<WholeNumber>,
    /// Who published the story.
    provider: Option<ProviderKeys>,
    /// Pictures.
    images: Option<Vec<Option<ImageKeys>>>,
}

/// The rating by learners.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct RatingsKeys {
    /// The average, for example 4.7.
    average: Option<DecimalNumber>,
    /// How many learners rated it.
    count: Option<WholeNumber>,
}

/// A heatwire topic file.
#[derive(JsonSchema)]
#[schemars(rename = "heatwire topic")]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct TopicKeys {
    /// Always topic. This value makes the file a topic file.
    taxonomy: TopicWord,
    /// A short name for programs.
    #[schemars(rename = "_id")]
    id: Option<Text>,
    /// The name, as articles write it under topics.
    name: Text,
    /// A shorter name.
    shortname: Option<Text>,
    /// The name of the topic above this one. The news of the topic above include the news of this one.
    parent: Option<Text>,
    /// Other words for the topic. Members may use them in commands.
    keywords: Option<Vec<Option<Text>>>,
    /// Hashtags, with their #.
    hashtags: Option<Vec<Option<Text>>>,
    /// Addresses of pictures.
    images: Option<Vec<Option<Text>>>,
    /// The bot does not read this value: the topic in other programs.
    services: Option<Value>,
}

/// Where heatwire's articles come from.
#[derive(JsonSchema)]
#[schemars(rename = "heatwire sources")]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct SourceListKeys {
    /// The time between two fetches of a source, as 15m, 2h or 1d; 15m if missing.
    every: Option<Period>,
    /// How many days an imported file stays; 365 if missing, and 0 keeps all files.
    keep_days: Option<WholeNumber>,
    /// The sources.
    sources: Option<Vec<SourceKeys>>,
}

/// Where articles come from: exactly one of feed, opml and git.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "this type only describes keys; the program makes no value")]
struct SourceKeys {
    /// The folder of the files; if missing, a name made of the address.
    name: Option<Text>,
    /// The address of a feed: RSS, Atom or JSON Feed.
    feed: Option<WebAddress>,
    /// The path or address of an OPML file, which lists feeds.
    opml: Option<Text>,
    /// The address of a git repository with article files.
    git: Option<Text>,
    /// The time between two fetches of this source.
    every: Option<Period>,
    /// Topics of every article of the feed.
    topics: Option<Vec<Option<Text>>>,
    /// The quality of the feed's articles, 0 to 100; 60 if missing.
    quality: Option<WholeNumber>,
    /// true allows private, loopback and link-local addresses.
    private: Option<TrueOrFalse>,
    /// The branch of the repository; if missing, its default branch.
    branch: Option<Text>,
    /// The folders of the repository that hold articles and topics; if missing, all.
    folders: Option<Vec<Option<Text>>>,
}

/// A single value: its name here, and its JSON Schema.
macro_rules! single_values {
    ($($(#[$comment:meta])* $name:ident = $schema:tt;)*) => {
        $(
            $(#[$comment])*
            struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!($schema)
                }
            }
        )*
    };
}

single_values! {
    /// YAML reads some texts as numbers or booleans. heatwire keeps them as texts.
    Text = { "type": ["string", "number", "boolean"] };
    /// With or without quotes.
    WholeNumber = { "type": ["integer", "string"], "pattern": "^\\s*([+-]?[0-9]+)?\\s*$" };
    /// With or without quotes.
    DecimalNumber = { "type": ["number", "string"], "pattern": "^\\s*([0-9]+(\\.[0-9]+)?)?\\s*$" };
    /// In the words of YAML 1.1. YAML 1.2 reads all but the first two as texts.
    TrueOrFalse = {
        "type": ["boolean", "string"],
        "pattern": "^\\s*(true|True|TRUE|yes|Yes|YES|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)?\\s*$"
    };
    /// RFC 3339. The schema has a pattern, because programs do not agree about the meaning of a format.
    DateTime = {
        "type": "string",
        "pattern": "^\\s*([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?\\s*$"
    };
    /// Absolute, http or https.
    WebAddress = { "type": "string", "pattern": "^\\s*([Hh][Tt][Tt][Pp][Ss]?://.+)?\\s*$" };
    /// A whole number and its unit.
    Period = { "type": "string", "pattern": "^\\s*([0-9]+\\s*[smhd])?\\s*$" };
    /// One word.
    TopicWord = { "type": "string", "pattern": "^\\s*topic\\s*$" };
}
