//! One fetch of a feed, from the request to the files.
//!
//! The order of the steps makes a fetch safe: a note says that files will be written, the files are written one by one, and
//! the memory is written last. If the program ends in between, the next fetch finds the note, and recognises the files that
//! are already there by the marks in them.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use thiserror::Error;
use url::Url;
use web_feed::{Feed, FeedError};

use crate::feed_source::FeedSource;
use crate::folder::Folder;
use crate::http::{Document, Fetched, HttpClient, HttpError, Validators};
use crate::memory::{KnownEntry, MemoryError, OpenMemory, Progress};
use crate::plan::{EntryCounts, Plan, Planning};
use crate::topics::TopicKeywords;

/// What all fetches share.
#[derive(Debug, Clone)]
pub struct FetchSettings {
    /// `ARTICLES_DIR`.
    pub articles: PathBuf,
    /// How many days an imported file stays; `None` keeps all.
    pub keep_days: Option<u32>,
    /// The keywords of the topic files.
    pub topics: Arc<TopicKeywords>,
}

/// What a fetch that succeeded did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FetchReport {
    /// Whether the server said that nothing changed.
    pub is_not_modified: bool,
    /// Whether the entries are history: no fetch of the source was complete before.
    pub is_first: bool,
    /// The new address, if the server says that the feed moved for good.
    pub moved_to: Option<Url>,
    /// What became of the entries.
    pub counts: EntryCounts,
    /// What is remembered of the source after the fetch.
    pub progress: Progress,
}

/// Why a fetch did not succeed. The source goes on with the next fetch, except after [`FetchError::Gone`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FetchError {
    /// There is no answer.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The answer is no feed.
    #[error(transparent)]
    Feed(#[from] FeedError),
    /// The server says that the feed is gone for good.
    #[error(
        "the server says that the feed is gone for good (410); delete the source from sources.yaml, or write its new address"
    )]
    Gone,
    /// The server asks to come back later.
    #[error("the server asks to wait until {0}")]
    Wait(Timestamp),
    /// The memory of the source cannot be used.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The list of feeds cannot be read.
    #[error("cannot read the list {}: {cause}", .path.display())]
    List {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        cause: io::Error,
    },
    /// The folder of the source cannot be used. What was written stays, the rest follows with the next fetch.
    #[error("cannot write into {}: {cause}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        cause: io::Error,
    },
    /// The program ends, or a defect of it ended the work.
    #[error("the work was ended before it was complete")]
    Ended,
}

impl FetchError {
    /// The reason for people who may not know the paths of the server.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::List { cause, .. } => format!("the file with the list of feeds cannot be read: {cause}"),
            Self::Folder { cause, .. } => format!("the articles of this source cannot be written: {cause}"),
            Self::Memory(_) => {
                "what is known of this source cannot be read or written; the log says why".to_owned()
            }
            other => other.to_string(),
        }
    }
}

/// Fetches a feed, and writes its files. `now` is when the fetch begins.
///
/// # Errors
/// The fetch did not succeed. The memory has the reason too, unless the memory is the reason.
pub async fn fetch(
    client: &HttpClient,
    settings: &FetchSettings,
    source: &FeedSource,
    now: Timestamp,
) -> Result<FetchReport, FetchError> {
    let (articles, name) = (settings.articles.clone(), source.name.clone());
    let mut open = blocking(move || Ok(OpenMemory::open(&articles, &name)?)).await?;
    open.memory.set_address(&source.address);
    let answer = request(client, source, &open, now).await;
    let (settings, source) = (settings.clone(), source.clone());
    blocking(move || record(&mut open, &settings, &source, answer, now)).await
}

/// Runs work that waits for files where waiting is allowed.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FetchError> + Send + 'static,
) -> Result<T, FetchError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| FetchError::Ended)?
}

async fn request(
    client: &HttpClient,
    source: &FeedSource,
    open: &OpenMemory,
    now: Timestamp,
) -> Result<Fetched, HttpError> {
    // Only a whole feed shows which entries the unknown files belong to, so the server must send it again.
    let validators = if open.must_recover { Validators::default() } else { open.memory.validators.clone() };
    let address = open.memory.progress.moved_to.as_ref().unwrap_or(&source.address);
    client.get(address, &validators, source.rules.is_private, now).await
}

/// Writes the files of an answer, then the memory.
pub(crate) fn record(
    open: &mut OpenMemory,
    settings: &FetchSettings,
    source: &FeedSource,
    answer: Result<Fetched, HttpError>,
    now: Timestamp,
) -> Result<FetchReport, FetchError> {
    let moved_to = answer.as_ref().ok().and_then(Fetched::moved_to).cloned();
    if let Some(address) = &moved_to {
        tracing::info!(
            source = &*source.name,
            "the feed moved to {address}; write this address into the list of sources"
        );
    }
    let report = record_answer(open, answer, now, |open, document| {
        let Some(document) = document else {
            let counts = write(open, settings, source, None, now)?;
            let report = FetchReport { is_not_modified: true, moved_to, counts, ..FetchReport::default() };
            return Ok(Acted { done: report, ttl: None, is_whole: true });
        };
        let feed = web_feed::read(&document.bytes, document.content_type.as_deref(), &document.address)?;
        let is_first = !open.memory.progress.is_known;
        let counts = write(open, settings, source, Some(&feed), now)?;
        if feed.is_cut_off {
            tracing::warn!(source = &*source.name, "the answer ended in the middle of the feed");
        }
        open.memory.progress.title = feed.title;
        let done = FetchReport { is_first, moved_to, counts, ..FetchReport::default() };
        Ok(Acted { done, ttl: feed.ttl, is_whole: !feed.is_cut_off })
    })?;
    Ok(FetchReport { progress: open.memory.progress.clone(), ..report })
}

/// The result of a fetched document.
pub(crate) struct Acted<T> {
    pub(crate) done: T,
    /// How long the document itself says that it stays fresh.
    pub(crate) ttl: Option<Duration>,
    /// Whether the document was not cut off.
    pub(crate) is_whole: bool,
}

/// Acts on an answer, and saves its outcome in the memory. `act` gets the document, or `None` if the document is as it was.
///
/// # Errors
/// The server gave no document, `act` failed, or the memory cannot be saved.
pub(crate) fn record_answer<T>(
    open: &mut OpenMemory,
    answer: Result<Fetched, HttpError>,
    now: Timestamp,
    act: impl FnOnce(&mut OpenMemory, Option<&Document>) -> Result<Acted<T>, FetchError>,
) -> Result<T, FetchError> {
    let recorded = act_on(open, answer, act);
    match &recorded {
        Ok(_) => open.memory.progress.note_success(now),
        Err(wait @ FetchError::Wait(_)) => open.memory.progress.note_wait(wait.reason(), now),
        Err(error) => open.memory.progress.note_failure(error.reason(), now),
    }
    open.save()?;
    recorded
}

fn act_on<T>(
    open: &mut OpenMemory,
    answer: Result<Fetched, HttpError>,
    act: impl FnOnce(&mut OpenMemory, Option<&Document>) -> Result<Acted<T>, FetchError>,
) -> Result<T, FetchError> {
    let (acted, max_age, moved_to) = match answer {
        Ok(Fetched::Document(document)) => {
            let acted = act(open, Some(&document))?;
            // What was cut off comes with the next fetch, and is history too if this one was the first. A source that is cut off
            // each time is known all the same.
            let is_next = open.memory.progress.last_success.is_some();
            open.memory.progress.is_known |= acted.is_whole || is_next;
            open.memory.validators = if acted.is_whole { document.validators } else { Validators::default() };
            (acted, document.max_age, document.moved_to)
        }
        Ok(Fetched::NotModified { max_age, moved_to }) => (act(open, None)?, max_age, moved_to),
        Ok(Fetched::Gone) => {
            open.memory.progress.is_gone = true;
            return Err(FetchError::Gone);
        }
        Ok(Fetched::Wait(until)) => {
            open.memory.progress.wait_until = Some(until);
            return Err(FetchError::Wait(until));
        }
        Err(error) => {
            // The new address may be wrong. The next fetch asks the old one.
            open.memory.progress.moved_to = None;
            return Err(error.into());
        }
    };
    let progress = &mut open.memory.progress;
    progress.fresh_for = max_age.max(acted.ttl);
    progress.moved_to = moved_to.or(progress.moved_to.take());
    Ok(acted.done)
}

/// Writes and deletes the files that a feed asks for. Without a feed, only old files are deleted.
fn write(
    open: &mut OpenMemory,
    settings: &FetchSettings,
    source: &FeedSource,
    feed: Option<&Feed>,
    now: Timestamp,
) -> Result<EntryCounts, FetchError> {
    let folder_error = |cause| FetchError::Folder { path: settings.articles.join(&*source.name), cause };
    let folder = Folder::open_or_create(&settings.articles, &source.name).map_err(folder_error)?;
    let plan = plan(open, settings, source, &folder, feed, now).map_err(folder_error)?;
    if !plan.writes.is_empty() || !plan.deletions.is_empty() {
        open.begin()?;
        let applied = apply(open, &folder, &plan, now);
        applied.and(folder.finish()).map_err(folder_error)?;
    }
    Ok(plan.counts)
}

fn plan(
    open: &mut OpenMemory,
    settings: &FetchSettings,
    source: &FeedSource,
    folder: &Folder,
    feed: Option<&Feed>,
    now: Timestamp,
) -> io::Result<Plan> {
    let names = folder.names()?;
    let planning = Planning {
        read: &|name| folder.read(name),
        names: &names,
        rules: &source.rules,
        topics: &settings.topics,
        keep_days: settings.keep_days,
        now,
    };
    if open.must_recover {
        planning.recover(&mut open.memory)?;
        open.must_recover = false;
    }
    match feed {
        Some(feed) => planning.plan(feed, &mut open.memory),
        None => planning.plan_without_feed(&mut open.memory),
    }
}

/// Writes and deletes files, and notes each in the memory. After an error the memory knows what was done.
fn apply(open: &mut OpenMemory, folder: &Folder, plan: &Plan, now: Timestamp) -> io::Result<()> {
    let entries = &mut open.memory.entries;
    for (number, write) in plan.writes.iter().enumerate() {
        folder.stage(number, &write.text)?;
    }
    folder.sync_staged(plan.writes.len())?;
    for (number, write) in plan.writes.iter().enumerate() {
        match &write.old {
            None => folder.create(&write.name, number)?,
            // A person was faster: the file stays as the person left it.
            Some(old) => {
                folder.replace(&write.name, old, number)?;
            }
        }
        let known = entries.entry(write.identity).or_insert_with(|| KnownEntry::seen_at(now));
        known.file = Some(write.name.clone());
        known.fingerprint = write.fingerprint;
    }
    for (name, identity) in &plan.deletions {
        folder.remove(name)?;
        // A feed that still has the entry does not bring the file back.
        entries.entry(*identity).or_insert_with(|| KnownEntry::seen_at(now)).file = None;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
