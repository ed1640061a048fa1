//! What fetching remembers of a source, in `ARTICLES_DIR/.heatwire/<source>.json`.
//!
//! A fetch holds the lock of its source, so only one process fetches the source at a time. A lost or broken memory counts as
//! empty, and the next fetch treats all entries as history.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;

use crate::article_file::Identity;
use crate::http::Validators;
use crate::lock::FileLock;
use crate::stop;

/// The folder of all memories, below `ARTICLES_DIR`. Its name begins with a dot, so it holds no articles.
pub(crate) const FOLDER: &str = ".heatwire";

/// Entries that are remembered of a source, at most. Of more, those go first that left the feed longest ago.
pub(crate) const ENTRIES_MAX: usize = 20_000;

/// Bytes of a memory at most: more than [`ENTRIES_MAX`] entries take.
const BYTES_MAX: u64 = 16 << 20;

/// Characters of the last error that are remembered.
const REASON_CHARS_MAX: usize = 500;

/// Why the memory of a source cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MemoryError {
    /// Another process, or another task of this one, fetches the source right now.
    #[error("the source {0} is being fetched right now")]
    Busy(String),
    /// The system refuses to read or write a file.
    #[error("cannot use {}: {cause}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        #[source]
        cause: io::Error,
    },
}

/// What a schedule needs to know of a source, and what people want to know.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// When the source was last asked, whatever came of it.
    pub last_attempt: Option<Timestamp>,
    /// When the source last answered well, also that nothing changed.
    pub last_success: Option<Timestamp>,
    /// Failed attempts since the last success.
    pub failures: u32,
    /// Why the last attempt failed, in words without a path of the server.
    pub last_error: Option<String>,
    /// The server asks not to come back before.
    pub wait_until: Option<Timestamp>,
    /// How long the last answer stays fresh by `Cache-Control` and the feed's `ttl`, the longer of both.
    pub fresh_for: Option<Duration>,
    /// The server says that the feed is gone for good.
    pub is_gone: bool,
    /// The new address, if the feed moved for good.
    pub moved_to: Option<Url>,
    /// Whether a fetch was complete. Until then, entries are history.
    pub is_known: bool,
    /// The title of the feed.
    pub title: Option<String>,
    /// Files that fetching wrote and still knows.
    pub files: usize,
}

impl Progress {
    /// Notes an attempt that failed.
    pub(crate) fn note_failure(&mut self, reason: String, now: Timestamp) {
        self.note_wait(reason, now);
        self.failures = self.failures.saturating_add(1);
    }

    /// Notes an attempt after which the server asked to wait: nothing is wrong with the source.
    pub(crate) fn note_wait(&mut self, reason: String, now: Timestamp) {
        self.last_attempt = Some(now);
        self.last_error = Some(reason.chars().take(REASON_CHARS_MAX).collect());
    }

    /// Notes an attempt that succeeded.
    pub(crate) fn note_success(&mut self, now: Timestamp) {
        self.last_attempt = Some(now);
        self.last_success = Some(now);
        self.failures = 0;
        self.last_error = None;
        self.wait_until = None;
        self.is_gone = false;
    }
}

/// An entry that was found once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KnownEntry {
    /// The name of its file. `None` if the file is gone: a person deleted it, or it was too old.
    #[serde(default, rename = "f", skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// Tells whether the entry changed. 0 is unknown.
    #[serde(default, rename = "p", skip_serializing_if = "is_zero")]
    pub(crate) fingerprint: u64,
    /// When the feed last had the entry, in seconds since 1970.
    #[serde(rename = "s")]
    pub(crate) seen: i64,
    /// When new scores were last written into the file, in seconds since 1970.
    #[serde(default, rename = "r", skip_serializing_if = "Option::is_none")]
    pub(crate) rescored: Option<i64>,
}

impl KnownEntry {
    /// An entry without a file.
    pub(crate) fn seen_at(now: Timestamp) -> Self {
        Self { file: None, fingerprint: 0, seen: now.as_second(), rescored: None }
    }
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// The memory of one source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Memory {
    /// The address in `sources.yaml`.
    pub(crate) address: Option<Url>,
    pub(crate) progress: Progress,
    pub(crate) validators: Validators,
    /// The last day on which old files were searched for.
    pub(crate) tidied_on: Option<Date>,
    pub(crate) entries: BTreeMap<Identity, KnownEntry>,
}

impl Memory {
    /// The memory of a source, without its lock. One that is missing or broken is empty.
    ///
    /// # Errors
    /// The system refuses to read the file.
    pub(crate) fn read(articles: &Path, source: &str) -> Result<Self, MemoryError> {
        Ok(MemoryFiles::of(articles, source).read()?.ok().flatten().unwrap_or_default())
    }

    /// Another address under the same name is another source: what is found there is history. Its entries may be known.
    pub(crate) fn set_address(&mut self, address: &Url) {
        if self.address.as_ref() != Some(address) {
            let files = self.progress.files;
            self.progress = Progress { files, ..Progress::default() };
            self.validators = Validators::default();
            self.address = Some(address.clone());
        }
    }

    /// Forgets the entries beyond the bound.
    fn keep_bounds(&mut self) {
        if self.entries.len() > ENTRIES_MAX {
            let mut by_age: Vec<(i64, Identity)> =
                self.entries.iter().map(|(identity, entry)| (entry.seen, *identity)).collect();
            by_age.sort_unstable();
            for (_, identity) in by_age.iter().take(self.entries.len() - ENTRIES_MAX) {
                self.entries.remove(identity);
            }
        }
        self.progress.files = self.entries.values().filter(|entry| entry.file.is_some()).count();
    }
}

/// The memory of a source in the hands of the one who fetches it.
#[derive(Debug)]
pub(crate) struct OpenMemory {
    pub(crate) memory: Memory,
    /// Whether the folder may have files that the memory does not know, because the memory was lost or the last fetch did not
    /// end. The code that adds these files to the memory sets this to `false`.
    pub(crate) must_recover: bool,
    files: MemoryFiles,
    _lock: FileLock,
}

impl OpenMemory {
    /// # Errors
    /// The source is in use, or the system refuses.
    pub(crate) fn open(articles: &Path, source: &str) -> Result<Self, MemoryError> {
        let files = MemoryFiles::of(articles, source);
        let io_error = |cause| MemoryError::Io { path: files.lock.clone(), cause };
        let lock = FileLock::take(&files.lock).map_err(io_error)?;
        let lock = lock.ok_or_else(|| MemoryError::Busy(source.to_owned()))?;
        let memory = files.read_or_set_aside()?;
        let must_recover = memory.is_none() || files.unfinished.exists();
        Ok(Self { memory: memory.unwrap_or_default(), must_recover, files, _lock: lock })
    }

    /// Says that files will be written. Until [`Self::save`], they may be there without being known.
    ///
    /// # Errors
    /// The system refuses.
    pub(crate) fn begin(&self) -> Result<(), MemoryError> {
        let begin = || {
            stop::point()?;
            File::create(&self.files.unfinished)?.sync_all()?;
            self.files.sync_folder()?;
            stop::point()
        };
        begin().map_err(|cause| MemoryError::Io { path: self.files.unfinished.clone(), cause })
    }

    /// Writes the memory, whole or not at all.
    ///
    /// # Errors
    /// The system refuses.
    pub(crate) fn save(&mut self) -> Result<(), MemoryError> {
        if self.must_recover {
            self.begin()?;
        }
        self.memory.keep_bounds();
        let saved = self
            .files
            .save(&self.memory)
            .and_then(|()| if self.must_recover { Ok(()) } else { self.files.end() });
        saved.map_err(|cause| MemoryError::Io { path: self.files.memory.clone(), cause })
    }
}

/// What fetching remembers of a source, for reports and the schedule. `source` is [`crate::FeedSource::name`]. A memory
/// that is missing or broken is empty.
///
/// # Errors
/// The system refuses to read the file.
pub fn progress_of(articles: &Path, source: &str) -> Result<Progress, MemoryError> {
    /// A memory without its entries, which are nearly all of it.
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct ProgressAlone {
        progress: Progress,
    }
    let read = MemoryFiles::of(articles, source).read::<ProgressAlone>()?;
    Ok(read.ok().flatten().unwrap_or_default().progress)
}

/// Whether anything is remembered of a source.
pub(crate) fn is_known(articles: &Path, source: &str) -> bool {
    MemoryFiles::of(articles, source).memory.exists()
}

/// The files that hold a memory.
#[derive(Debug)]
struct MemoryFiles {
    folder: PathBuf,
    memory: PathBuf,
    lock: PathBuf,
    /// There from before the first file is written until the memory knows all of them.
    unfinished: PathBuf,
}

impl MemoryFiles {
    fn of(articles: &Path, source: &str) -> Self {
        let path = |ending: &str| articles.join(FOLDER).join(format!("{source}.{ending}"));
        let memory = path("json");
        let folder = memory.parent().unwrap_or(articles).to_owned();
        Self { folder, memory, lock: path("lock"), unfinished: path("unfinished") }
    }

    /// The outer error is one of the system, the inner one says that the file is broken.
    fn read<T: DeserializeOwned>(&self) -> Result<Result<Option<T>, ()>, MemoryError> {
        let io_error = |cause| MemoryError::Io { path: self.memory.clone(), cause };
        let mut bytes = Vec::new();
        match File::open(&self.memory) {
            Ok(file) => file.take(BYTES_MAX).read_to_end(&mut bytes).map_err(io_error)?,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Ok(None)),
            Err(cause) => return Err(io_error(cause)),
        };
        Ok(serde_json::from_slice(&bytes).map(Some).map_err(|_| ()))
    }

    /// A broken memory gets another name, so that a person can see it, and counts as lost.
    fn read_or_set_aside(&self) -> Result<Option<Memory>, MemoryError> {
        if let Ok(memory) = self.read()? {
            return Ok(memory);
        }
        let aside = self.memory.with_extension("broken");
        fs::rename(&self.memory, &aside).map_err(|cause| MemoryError::Io { path: aside.clone(), cause })?;
        tracing::warn!(file = %aside.display(), "a memory of fetching was broken; what is found now is history");
        Ok(None)
    }

    fn save(&self, memory: &Memory) -> io::Result<()> {
        stop::point()?;
        let text = serde_json::to_string(memory)?;
        let aside = self.memory.with_extension("new");
        let mut file = File::create(&aside)?;
        file.write_all(text.as_bytes())?;
        stop::point()?;
        file.sync_all()?;
        fs::rename(&aside, &self.memory)?;
        stop::point()?;
        self.sync_folder()
    }

    /// The memory knows all files.
    fn end(&self) -> io::Result<()> {
        match fs::remove_file(&self.unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => stop::point(),
        }
    }

    fn sync_folder(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }
}
