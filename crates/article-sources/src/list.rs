//! Fetches lists of feeds. The last good list stays, so a list that cannot be fetched loses no feed.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use url::Url;

use crate::feed_source::{FeedSource, ListPlace, ListSource};
use crate::fetch::{Acted, FetchError, blocking, record_answer};
use crate::http::{BODY_BYTES_MAX, Document, Fetched, HttpClient, HttpError, Validators};
use crate::memory::{self, OpenMemory, Progress};

/// A list that was fetched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FetchedList {
    /// Its feeds.
    pub feeds: Vec<FeedSource>,
    /// What is remembered of a list on the web after the fetch. Nothing is remembered of a file of the operator.
    pub progress: Progress,
}

/// Fetches a list. A list on the web is remembered for [`last_list`].
///
/// # Errors
/// The list cannot be fetched or is no OPML. [`last_list`] still gives the feeds of before.
pub async fn fetch_list(
    client: &HttpClient,
    articles: &Path,
    list: &ListSource,
    now: Timestamp,
) -> Result<FetchedList, FetchError> {
    let (articles, list) = (articles.to_owned(), list.clone());
    let ListPlace::Address(address) = list.place.clone() else {
        let feeds = blocking(move || last_list(&articles, &list)).await?;
        return Ok(FetchedList { feeds, progress: Progress::default() });
    };
    let (opened_in, name) = (articles.clone(), list.name.clone());
    let mut open = blocking(move || Ok(OpenMemory::open(&opened_in, &name)?)).await?;
    open.memory.set_address(&address);
    let has_copy = copy_of(&articles, &list).exists();
    let validators = if has_copy { open.memory.validators.clone() } else { Validators::default() };
    let asked: Url = open.memory.progress.moved_to.clone().unwrap_or(address);
    let answer = client.get(&asked, &validators, list.rules.is_private, now).await;
    blocking(move || record(&mut open, &articles, &list, answer, now)).await
}

/// The feeds of a list as it last was: the file of the operator, or what was fetched last. A list that was never fetched has
/// no feeds.
///
/// # Errors
/// The file of the operator cannot be read, or is no OPML.
pub fn last_list(articles: &Path, list: &ListSource) -> Result<Vec<FeedSource>, FetchError> {
    let (path, is_copy) = match &list.place {
        ListPlace::File(path) => (path.clone(), false),
        ListPlace::Address(_) => (copy_of(articles, list), true),
    };
    match read(&path) {
        Ok(bytes) => Ok(list.feeds_in(&bytes)?),
        Err(cause) if is_copy && cause.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(cause) => Err(FetchError::List { path, cause }),
    }
}

fn copy_of(articles: &Path, list: &ListSource) -> PathBuf {
    articles.join(memory::FOLDER).join(format!("{}.opml", list.name))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let bytes_max = u64::try_from(BODY_BYTES_MAX).unwrap_or(u64::MAX);
    fs::File::open(path)?.take(bytes_max + 1).read_to_end(&mut bytes)?;
    if bytes.len() > BODY_BYTES_MAX {
        return Err(io::Error::other(format!("the file has more than {} MiB", BODY_BYTES_MAX >> 20)));
    }
    Ok(bytes)
}

fn record(
    open: &mut OpenMemory,
    articles: &Path,
    list: &ListSource,
    answer: Result<Fetched, HttpError>,
    now: Timestamp,
) -> Result<FetchedList, FetchError> {
    // A list has no files of its own.
    open.must_recover = false;
    let feeds = record_answer(open, answer, now, |_, document| {
        let feeds = match document {
            Some(document) => keep_copy(articles, list, document)?,
            None => last_list(articles, list)?,
        };
        Ok(Acted { done: feeds, ttl: None, is_whole: true })
    })?;
    Ok(FetchedList { feeds, progress: open.memory.progress.clone() })
}

/// Reads the feeds of a document, and keeps a copy of it for [`last_list`].
fn keep_copy(articles: &Path, list: &ListSource, document: &Document) -> Result<Vec<FeedSource>, FetchError> {
    let feeds = list.feeds_in(&document.bytes)?;
    let path = copy_of(articles, list);
    let aside = path.with_extension("opml.new");
    let write = || {
        fs::write(&aside, &document.bytes)?;
        fs::File::open(&aside)?.sync_all()?;
        fs::rename(&aside, &path)
    };
    write().map_err(|cause| FetchError::List { path: path.clone(), cause })?;
    Ok(feeds)
}

#[cfg(test)]
mod tests;
