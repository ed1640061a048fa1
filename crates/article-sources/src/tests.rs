//! What the tests of several files share.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use article_format::source_list::FeedRules;
use article_format::{Article, parse_strictly};
use jiff::Timestamp;
use url::Url;

use crate::fetch::record;
use crate::http::{Document, Fetched, Validators};
use crate::memory::OpenMemory;
use crate::{FeedSource, FetchError, FetchReport, FetchSettings, TopicKeywords};

pub(crate) mod server;

/// A time of the tests: minutes after the morning of 2026-11-28.
pub(crate) fn minute(minutes: i64) -> Timestamp {
    let morning: Timestamp = "2026-11-28T08:00:00Z".parse().unwrap();
    Timestamp::from_second(morning.as_second() + minutes * 60).unwrap()
}

pub(crate) fn settings(articles: &Path) -> FetchSettings {
    let topics = Arc::new(TopicKeywords::of([]).unwrap());
    FetchSettings { articles: articles.to_owned(), keep_days: Some(365), topics }
}

pub(crate) fn source(address: &Url) -> FeedSource {
    FeedSource {
        name: "blog".into(),
        address: address.clone(),
        rules: FeedRules { topics: Box::default(), quality: 60, is_private: true },
        every: Duration::from_secs(900),
    }
}

/// An RSS feed with an item for each pair of id and title. An item is a year old if its id begins with `old`, and has no
/// date if the id begins with `undated`.
pub(crate) fn rss(items: &[(&str, &str)]) -> String {
    let item = |(id, title): &(&str, &str)| {
        let date = match id {
            id if id.starts_with("undated") => "",
            id if id.starts_with("old") => "<pubDate>Fri, 28 Nov 2025 07:00:00 GMT</pubDate>",
            _ => "<pubDate>Sat, 28 Nov 2026 07:00:00 GMT</pubDate>",
        };
        format!(
            "<item><guid>{id}</guid><title>{title}</title><link>https://blog.example/{id}</link>{date}</item>"
        )
    };
    let items: String = items.iter().map(item).collect();
    format!("<rss version='2.0'><channel><title>Blog</title>{items}</channel></rss>")
}

/// What a fetch does that gets this document.
pub(crate) fn fetched(
    settings: &FetchSettings,
    text: &str,
    now: Timestamp,
) -> Result<FetchReport, FetchError> {
    let address = Url::parse("https://blog.example/feed.xml").unwrap();
    let source = source(&address);
    let mut open = OpenMemory::open(&settings.articles, &source.name)?;
    open.memory.set_address(&address);
    let document = Document {
        bytes: text.as_bytes().to_vec(),
        content_type: None,
        address,
        validators: Validators { etag: Some("\"1\"".into()), last_modified: None },
        max_age: None,
        moved_to: None,
    };
    record(&mut open, settings, &source, Ok(Fetched::Document(document)), now)
}

/// The texts of all files in the folder of the source, hidden ones included.
pub(crate) fn files(articles: &Path) -> BTreeMap<String, String> {
    let Ok(folder) = std::fs::read_dir(articles.join("blog")) else { return BTreeMap::new() };
    let text = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        (name, std::fs::read_to_string(entry.path()).unwrap())
    };
    folder.map(text).collect()
}

/// The article of a file.
#[track_caller]
pub(crate) fn article(text: &str) -> Article {
    parse_strictly(text.as_bytes()).unwrap_or_else(|| panic!("no article: {text}"))
}

/// For each file its title, and whether it is announced.
#[track_caller]
pub(crate) fn titles(articles: &Path) -> Vec<(String, bool)> {
    let articles = files(articles).into_values().map(|text| article(&text));
    articles.map(|article| (article.title.into(), article.is_announced)).collect()
}
