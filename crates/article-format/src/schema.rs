//! The keys of the two kinds of file, described once: `heatwire check --schema` prints them as JSON Schema, and
//! `--strict` takes from them which keys are known. A test holds them equal to the keys that the reader reads.
//!
//! The schema never refuses what the reader takes: a number may stand in quotes, a text may look like a number, and
//! an empty value is none.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

/// Which kind of file a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// The front matter of an article.
    Article,
    /// A topic file.
    Topic,
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
        };
        schema.to_value()
    }
}

/// The front matter of a heatwire article.
#[derive(JsonSchema)]
#[schemars(rename = "heatwire article", rename_all = "camelCase")]
#[expect(dead_code, reason = "a description, of which no value is ever made")]
struct ArticleKeys {
    /// The title of the card.
    title: Text,
    /// The text of the card; without it, the first paragraph of the body.
    excerpt: Option<Text>,
    /// When it came out, as 2026-05-26T09:00:00Z; an article dated in the future stays hidden until then.
    published_date_time: Option<DateTime>,
    /// When it last changed, as 2026-05-26T09:00:00Z.
    updated_date_time: Option<DateTime>,
    /// The link of the card.
    web_url: Option<WebAddress>,
    /// The link of the card where there is no webUrl.
    original_url: Option<WebAddress>,
    /// Another address of the same story; never shown.
    amp_web_url: Option<WebAddress>,
    /// Another address of the same story; never shown.
    cdn_amp_web_url: Option<WebAddress>,
    /// What it is: article, video, course, download, webinar, collection, ...
    #[schemars(rename = "type")]
    kind: Option<Text>,
    /// What it is for: news, learning, ...
    category: Option<Text>,
    /// How good it is.
    quality: Option<WholeNumber>,
    /// How hot it is: what the lists are sorted by; 0 if missing.
    heat: Option<WholeNumber>,
    /// false hides it.
    published: Option<TrueOrFalse>,
    /// true hides it.
    removed: Option<TrueOrFalse>,
    /// true hides it.
    draft: Option<TrueOrFalse>,
    /// false keeps feeds from posting it by themselves; commands show it.
    announce: Option<TrueOrFalse>,
    /// Who published it.
    provider: Option<ProviderKeys>,
    /// The topics under which it is found.
    topics: Option<Vec<Option<Text>>>,
    /// Pictures; the first with an http(s) address is shown.
    images: Option<Vec<Option<ImageKeys>>>,
    /// Other stories on the matter.
    related: Option<Vec<RelatedKeys>>,
    /// How long a course or video takes, as PT9M7S or P1M.
    length: Option<Text>,
    /// What it costs.
    price: Option<Text>,
    /// For whom a course is: beginner, intermediate, ...
    levels: Option<Vec<Option<Text>>>,
    /// What learners gave it.
    ratings: Option<RatingsKeys>,
    /// Never read, never shown.
    secured: Option<Value>,
    /// Never read, never shown.
    featured_content: Option<Value>,
    /// Not read: what a reader may do with it elsewhere.
    actions: Option<Value>,
    /// Not read: what a collection holds.
    items: Option<Value>,
}

/// Who published it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a description, of which no value is ever made")]
struct ProviderKeys {
    /// The name that the card shows.
    name: Option<Text>,
    /// The domain, as example.com.
    domain: Option<Text>,
    /// Icons; the first with an http(s) address is shown.
    images: Option<Vec<Option<ImageKeys>>>,
    /// Who wrote it.
    authors: Option<Vec<Option<AuthorKeys>>>,
}

/// Who wrote it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a description, of which no value is ever made")]
struct AuthorKeys {
    /// The name.
    name: Option<Text>,
}

/// A picture.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "a description, of which no value is ever made")]
struct ImageKeys {
    /// The address; only an absolute http(s) one is shown.
    url: Option<Text>,
    /// In pixels.
    width: Option<WholeNumber>,
    /// In pixels.
    height: Option<WholeNumber>,
    /// Whether a cache has it; not used.
    is_cached: Option<TrueOrFalse>,
    /// What it shows.
    title: Option<Text>,
    /// Whom to name for it.
    attribution: Option<Text>,
}

/// Another story on the matter.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "a description, of which no value is ever made")]
struct RelatedKeys {
    /// The title.
    title: Text,
    /// What it is about.
    excerpt: Option<Text>,
    /// When it came out, as 2026-05-26T09:00:00Z.
    published_date_time: Option<DateTime>,
    /// The link.
    web_url: Option<WebAddress>,
    /// The link where there is no webUrl.
    original_url: Option<WebAddress>,
    /// Another address of the same story; never shown.
    amp_web_url: Option<WebAddress>,
    /// Another address of the same story; never shown.
    cdn_amp_web_url: Option<WebAddress>,
    /// What it is: article, video, ...
    #[schemars(rename = "type")]
    kind: Option<Text>,
    /// How good it is.
    quality: Option<WholeNumber>,
    /// Who published it.
    provider: Option<ProviderKeys>,
    /// Pictures.
    images: Option<Vec<Option<ImageKeys>>>,
}

/// What learners gave it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a description, of which no value is ever made")]
struct RatingsKeys {
    /// The average, as 4.7.
    average: Option<DecimalNumber>,
    /// How many rated it.
    count: Option<WholeNumber>,
}

/// A heatwire topic file.
#[derive(JsonSchema)]
#[schemars(rename = "heatwire topic")]
#[expect(dead_code, reason = "a description, of which no value is ever made")]
struct TopicKeys {
    /// Always topic: it makes the file a topic file.
    taxonomy: TopicWord,
    /// A short name for programs.
    #[schemars(rename = "_id")]
    id: Option<Text>,
    /// The name, as articles write it under topics.
    name: Text,
    /// A shorter name.
    shortname: Option<Text>,
    /// The name of the topic above this one, whose news include those of this one.
    parent: Option<Text>,
    /// Other words by which members may ask for it.
    keywords: Option<Vec<Option<Text>>>,
    /// Hashtags, with their #.
    hashtags: Option<Vec<Option<Text>>>,
    /// Addresses of pictures.
    images: Option<Vec<Option<Text>>>,
    /// Not read: where other programs find the topic.
    services: Option<Value>,
}

/// A single value: what it is described as, and its JSON Schema.
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
    /// YAML takes some texts for numbers or booleans; here they stay what they are.
    Text = { "type": ["string", "number", "boolean"] };
    /// With or without quotes.
    WholeNumber = { "type": ["integer", "string"], "pattern": "^\\s*([+-]?[0-9]+)?\\s*$" };
    /// With or without quotes.
    DecimalNumber = { "type": ["number", "string"], "pattern": "^\\s*([0-9]+(\\.[0-9]+)?)?\\s*$" };
    /// In the words of YAML 1.1, of which YAML 1.2 takes all but the first two for texts.
    TrueOrFalse = {
        "type": ["boolean", "string"],
        "pattern": "^\\s*(true|True|TRUE|yes|Yes|YES|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)?\\s*$"
    };
    /// RFC 3339. A pattern, not a format: what a format means, programs do not agree on.
    DateTime = {
        "type": "string",
        "pattern": "^\\s*([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?\\s*$"
    };
    /// Absolute, http or https.
    WebAddress = { "type": "string", "pattern": "^\\s*([Hh][Tt][Tt][Pp][Ss]?://.+)?\\s*$" };
    /// One word.
    TopicWord = { "type": "string", "pattern": "^\\s*topic\\s*$" };
}
