//! What a fetch would write, without writing anything.

use std::collections::HashSet;
use std::path::Path;

use jiff::Timestamp;
use url::Url;
use web_feed::{Feed, FeedError};

use crate::feed_source::{FeedSource, ListPlace, ListSource};
use crate::fetch::{FetchError, FetchSettings, blocking};
use crate::folder::Folder;
use crate::http::{Document, Fetched, HttpClient, Validators};
use crate::list::last_list;
use crate::memory::Memory;
use crate::plan::{EntryCounts, Planning, ReadFile};

/// A file that a fetch would write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewFile {
    /// Its name in the folder of the source.
    pub name: String,
    /// All of it.
    pub text: String,
    /// Whether the file is there and changes.
    pub is_rewritten: bool,
}

/// What a fetch would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// The address of the feed, after all redirects.
    pub address: Option<Url>,
    /// The title of the feed.
    pub title: Option<String>,
    /// The files, in the order of the feed.
    pub files: Vec<PreviewFile>,
    /// What would become of the entries.
    pub counts: EntryCounts,
}

/// What [`crate::fetch()`] would do now. The source may be fetched meanwhile: nothing is locked and nothing written.
///
/// # Errors
/// As [`crate::fetch()`].
pub async fn dry_run(
    client: &HttpClient,
    settings: &FetchSettings,
    source: &FeedSource,
    now: Timestamp,
) -> Result<Preview, FetchError> {
    let document = document(client, &source.address, source.rules.is_private, now).await?;
    let (settings, source) = (settings.clone(), source.clone());
    blocking(move || {
        let mut memory = Memory::read(&settings.articles, &source.name)?;
        memory.set_address(&source.address);
        let folder_error = |cause| FetchError::Folder { path: settings.articles.join(&*source.name), cause };
        let folder = Folder::open(&settings.articles, &source.name).map_err(folder_error)?;
        let names =
            folder.as_ref().map_or_else(|| Ok(HashSet::new()), Folder::names).map_err(folder_error)?;
        let read = |name: &str| folder.as_ref().map_or(Ok(None), |folder| folder.read(name));
        preview(&settings, &source, &document, &mut memory, (&names, &read), now)
    })
    .await
}

/// The feeds that [`crate::fetch_list()`] would give now. Nothing is locked and nothing written.
///
/// # Errors
/// The list cannot be fetched or read, or is no OPML.
pub async fn dry_run_of_list(
    client: &HttpClient,
    articles: &Path,
    list: &ListSource,
    now: Timestamp,
) -> Result<Vec<FeedSource>, FetchError> {
    match &list.place {
        ListPlace::Address(address) => {
            Ok(list.feeds_in(&document(client, address, list.rules.is_private, now).await?.bytes)?)
        }
        ListPlace::File(_) => {
            let (articles, list) = (articles.to_owned(), list.clone());
            blocking(move || last_list(&articles, &list)).await
        }
    }
}

/// What the feed at an address would give as a new source. If the address is a web page, the first feed that the page
/// names is taken. `rules` and `name` of `source` count, and its address is the one to try.
///
/// # Errors
/// There is no answer, or the answer is no feed and names none.
pub async fn try_address(
    client: &HttpClient,
    settings: &FetchSettings,
    source: &FeedSource,
    now: Timestamp,
) -> Result<Preview, FetchError> {
    let is_private = source.rules.is_private;
    let mut found = document(client, &source.address, is_private, now).await?;
    if let Err(FeedError::Page { feeds }) = feed_of(&found)
        && let Some(feed) = feeds.first()
    {
        found = document(client, feed, is_private, now).await?;
    }
    let (settings, source) = (settings.clone(), source.clone());
    let nothing = |_: &str| Ok(None);
    blocking(move || {
        preview(&settings, &source, &found, &mut Memory::default(), (&HashSet::new(), &nothing), now)
    })
    .await
}

async fn document(
    client: &HttpClient,
    address: &Url,
    is_private: bool,
    now: Timestamp,
) -> Result<Document, FetchError> {
    match client.get(address, &Validators::default(), is_private, now).await? {
        Fetched::Document(document) => Ok(document),
        Fetched::Wait(until) => Err(FetchError::Wait(until)),
        // Without validators no server says that nothing changed.
        Fetched::Gone | Fetched::NotModified { .. } => Err(FetchError::Gone),
    }
}

fn feed_of(document: &Document) -> Result<Feed, FeedError> {
    web_feed::read(&document.bytes, document.content_type.as_deref(), &document.address)
}

fn preview(
    settings: &FetchSettings,
    source: &FeedSource,
    document: &Document,
    memory: &mut Memory,
    (names, read): (&HashSet<String>, ReadFile<'_>),
    now: Timestamp,
) -> Result<Preview, FetchError> {
    let feed = feed_of(document)?;
    let planning = Planning {
        read,
        names,
        rules: &source.rules,
        topics: &settings.topics,
        keep_days: settings.keep_days,
        now,
    };
    let plan = planning
        .recover(memory)
        .and_then(|()| planning.plan(&feed, memory))
        .map_err(|cause| FetchError::Folder { path: settings.articles.join(&*source.name), cause })?;
    let files = plan.writes.into_iter().map(|write| PreviewFile {
        is_rewritten: write.old.is_some(),
        name: write.name,
        text: write.text,
    });
    Ok(Preview {
        address: Some(document.address.clone()),
        title: feed.title,
        files: files.collect(),
        counts: plan.counts,
    })
}

#[cfg(test)]
mod tests;
