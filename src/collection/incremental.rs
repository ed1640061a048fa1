//! Reads a folder repeatedly. A reload reads only changed files, and the last good version of a file stays until a new one
//! comes.
//!
//! - A file is read again when its stamp changed. It is also read again when it was written shortly before it was read,
//!   because a later write may have left the same stamp.
//! - A file that turned bad, or cannot be read, keeps its last good version. Its problem is reported.
//! - A folder that cannot be read keeps its articles.
//! - A root that cannot be read keeps everything. So does a root that is another folder than before and has no file, as a
//!   mount point has none while nothing is mounted there.
//! - The first load is a reload of an empty collection: a bad file has no last good version.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::beneath::{Opener, Root};
use super::diff::Difference;
use super::file_problem::{displayed_name, problem};
use super::folder_identity::{FolderIdentity, identity};
use super::load_error::LoadError;
use super::orders::HalfLife;
use super::read::{Content, Ending, FileOutcome, read};
use super::walk::{Fault, FileKind, FoundFile, FoundFiles, Stamp, each_file_of};
use super::{Change, Collection};
use article_format::Article;
use article_format::problem::Problem;
use article_format::shared_texts::SharedTexts;
use article_format::topic_file::TopicFile;
use jiff::Timestamp;

/// The coarsest time of a file system, in seconds (FAT: 2 s). A file that was read within this time after a write may have
/// been written again later with the same time.
pub const COARSEST_TICK_SECONDS: u8 = 2;

/// A source of the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A folder and its content as of the last load.
pub struct Loader {
    root: PathBuf,
    clock: Clock,
    files: HashMap<Box<str>, KnownFile>,
    texts: SharedTexts,
    collection: Arc<Collection>,
    half_life: HalfLife,
    /// The number of the load. Each file keeps the number of the load that last saw it.
    load: u64,
    /// The folder that was read last.
    folder: Option<FolderIdentity>,
}

/// The result of one reload.
#[derive(Debug, Clone)]
pub struct Reloaded {
    /// The collection now; the same one as before where nothing changed.
    pub collection: Arc<Collection>,
    /// The difference from the collection before.
    pub difference: Difference,
    /// How many files were read.
    pub files_read: usize,
    /// How many bytes were read.
    pub bytes_read: u64,
    /// Whether the load saw all files. If not, a missing file may exist.
    pub is_complete: bool,
    /// Whether a file may still be being written. Another reload is then due after [`COARSEST_TICK_SECONDS`].
    pub is_unsettled: bool,
}

/// A file as of its last check.
struct KnownFile {
    kind: FileKind,
    stamp: Option<Stamp>,
    /// Whether an equal stamp means equal content.
    is_settled: bool,
    seen_in_load: AtomicU64,
    good: Option<GoodVersion>,
    problems: Box<[Problem]>,
}

/// The result of checking a file.
enum CheckedFile {
    AsBefore,
    Read(FoundFile, Box<FileOutcome>),
    /// The system gave an error for the file.
    Hidden(Box<Fault>),
}

/// The last good version of a file.
#[derive(Clone)]
enum GoodVersion {
    Article(Arc<Article>),
    TopicFile(Arc<TopicFile>),
}

/// A file whose good version changed.
struct ChangedFile {
    name: Box<str>,
    before: Option<GoodVersion>,
    after: Option<GoodVersion>,
}

#[derive(Default)]
struct LoadProgress {
    changed: Vec<ChangedFile>,
    /// How many files are as before.
    unchanged: usize,
    /// How many files are known from this load.
    read: usize,
    files_read: usize,
    bytes_read: u64,
    is_unsettled: bool,
}

impl Loader {
    /// A loader that has read nothing yet.
    #[must_use]
    pub fn new(root: PathBuf, clock: Clock) -> Self {
        Self {
            root,
            clock,
            files: HashMap::new(),
            texts: SharedTexts::default(),
            collection: Arc::default(),
            half_life: HalfLife::default(),
            load: 0,
            folder: None,
        }
    }

    /// The same with another half-life of the trending order.
    #[must_use]
    pub fn with_half_life(mut self, half_life: HalfLife) -> Self {
        self.half_life = half_life;
        self
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The collection of the last reload.
    #[must_use]
    pub fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// Reads the changed files.
    ///
    /// # Errors
    /// Only when the root is missing, unreadable, or became another folder without any file. The collection then stays as it
    /// was.
    pub fn reload(&mut self) -> Result<Reloaded, LoadError> {
        match self.reload_once() {
            // A deployment may swap the root for another folder, which is then the one to read.
            Err(LoadError::Replaced) => self.reload_once(),
            other => other,
        }
    }

    fn reload_once(&mut self) -> Result<Reloaded, LoadError> {
        let folder = identity(&self.root)?;
        // Taken after the walk, the time would make files seem older than they are.
        let started_ns = (self.clock)().as_nanosecond();
        let FoundFiles { files, mut faults, is_cut_off } = self.walk(folder)?;
        let is_another = self.folder.is_some_and(|before| before != folder);
        if is_another && files.is_empty() && !self.files.is_empty() {
            return Err(LoadError::Emptied);
        }
        let is_first = self.folder.replace(folder).is_none();
        let mut progress = LoadProgress::default();
        for checked in files {
            match checked {
                CheckedFile::AsBefore => progress.unchanged += 1,
                CheckedFile::Read(file, outcome) => self.take(file, *outcome, started_ns, &mut progress),
                CheckedFile::Hidden(fault) => faults.push(*fault),
            }
        }
        let kept_count = self.forget_unseen(&faults, &mut progress);
        progress.changed.sort_by(|one, other| walk_order(&one.name, &other.name));
        let is_hidden = faults.iter().any(|fault| fault.hides_files);
        let problems = self.problems(faults);
        let difference = self.difference(&progress.changed, &problems);
        if is_first || !progress.changed.is_empty() || problems != self.collection.problems() {
            self.collection = Arc::new(self.collect(&progress.changed, problems));
            self.texts.forget_unused();
        }
        Ok(Reloaded {
            collection: Arc::clone(&self.collection),
            difference,
            files_read: progress.files_read,
            bytes_read: progress.bytes_read,
            is_complete: !is_cut_off && !is_hidden && kept_count == 0,
            is_unsettled: progress.is_unsettled,
        })
    }

    /// Checks each file. Every walk has its own number, so files that a failed walk saw do not count as seen.
    fn walk(&mut self, folder: FolderIdentity) -> Result<FoundFiles<CheckedFile>, LoadError> {
        self.load += 1;
        each_file_of(&self.root, folder, FileKind::of, |files, file| self.check(files, file, self.load))
    }

    /// Marks a file as seen if it is as before, and reads it if it may have changed. A new file is read without asking for its
    /// stamp first.
    fn check(&self, files: &mut Opener<'_>, file: FoundFile, load: u64) -> CheckedFile {
        if let Some(known) = self.files.get(&file.name).filter(|known| known.is_settled) {
            match file.stamp(files) {
                Ok(stamp) if stamp == known.stamp => {
                    known.seen_in_load.store(load, Ordering::Relaxed);
                    return CheckedFile::AsBefore;
                }
                Ok(_) => {}
                Err(fault) => return CheckedFile::Hidden(Box::new(fault)),
            }
        }
        let outcome = read(files, &file, &self.texts);
        CheckedFile::Read(file, Box::new(outcome))
    }

    /// Notes the result of reading a file.
    fn take(&mut self, file: FoundFile, outcome: FileOutcome, started_ns: i128, progress: &mut LoadProgress) {
        progress.files_read += usize::from(outcome.bytes_read.is_some());
        progress.bytes_read += outcome.bytes_read.unwrap_or(0);
        if matches!(outcome.content, Content::Gone) {
            return; // As if the walk had not found the file.
        }
        // A file that could not be read has no stamp, so the next load reads it again.
        let age_ns = outcome.stamp.map_or(0, |stamp| started_ns - stamp.latest_ns());
        let tick_ns = i128::from(COARSEST_TICK_SECONDS) * 1_000_000_000;
        let (stamp, is_settled) = (outcome.stamp, age_ns > tick_ns);
        let before = self.files.get(&file.name).and_then(|known| known.good.clone());
        let taken = judge(&file.name, before.as_ref(), outcome, age_ns.abs() <= tick_ns);
        progress.is_unsettled |= taken.is_held;
        let known = KnownFile {
            kind: file.kind,
            stamp,
            is_settled,
            seen_in_load: AtomicU64::new(self.load),
            good: taken.good.clone(),
            problems: taken.problems.into(),
        };
        self.files.insert(file.name.clone(), known);
        progress.read += 1;
        if !is_same(before.as_ref(), taken.good.as_ref()) {
            progress.changed.push(ChangedFile { name: file.name, before, after: taken.good });
        }
    }

    /// Forgets the files that the walk did not find, except those that a fault hides. Returns how many are hidden.
    fn forget_unseen(&mut self, faults: &[Fault], progress: &mut LoadProgress) -> usize {
        let hidden: HashSet<&str> = faults.iter().filter_map(|fault| fault.name.as_deref()).collect();
        let load = self.load;
        let mut kept_count = 0;
        if progress.unchanged + progress.read == self.files.len() {
            return kept_count; // The walk saw all files.
        }
        self.files.retain(|name, known| {
            if *known.seen_in_load.get_mut() == load {
                return true;
            }
            if known.good.is_some() && is_below_any(name, &hidden) {
                kept_count += 1;
                // The file may have changed by the time it can be seen again.
                known.stamp = None;
                if hidden.contains(&**name) {
                    known.problems = Box::default(); // The fault takes their place.
                }
                return true;
            }
            if let Some(before) = known.good.take() {
                progress.changed.push(ChangedFile { name: name.clone(), before: Some(before), after: None });
            }
            false
        });
        kept_count
    }

    fn problems(&self, faults: Vec<Fault>) -> Vec<Problem> {
        let of_files = self.files.values().flat_map(|known| known.problems.iter().cloned());
        let mut problems: Vec<Problem> =
            faults.into_iter().map(|fault| fault.problem).chain(of_files).collect();
        problems.sort_unstable();
        problems
    }

    fn difference(&self, changed: &[ChangedFile], problems: &[Problem]) -> Difference {
        let mut difference = Difference::default();
        for ChangedFile { name, before, after } in changed {
            match before.as_ref().or(after.as_ref()) {
                Some(GoodVersion::Article(article)) => {
                    let (before, after) = (article_of(before.as_ref()), article_of(after.as_ref()));
                    difference.articles.note(article.id.as_str(), before, after);
                }
                Some(GoodVersion::TopicFile(_)) => {
                    let (before, after) = (topic_file_of(before.as_ref()), topic_file_of(after.as_ref()));
                    difference.topic_files.note(&displayed_name(name), before, after);
                }
                None => {}
            }
        }
        let root = Root::open(&self.root);
        let is_there = |path: &str| root.as_ref().is_ok_and(|root| Opener::new(root).is_there(path));
        difference.note_problems(self.collection.problems(), problems, is_there);
        difference
    }

    /// The new snapshot. Unchanged articles are shared with the last one.
    fn collect(&self, changed: &[ChangedFile], problems: Vec<Problem>) -> Collection {
        let mut topic_files: Vec<(&str, &TopicFile)> = self
            .files
            .iter()
            .filter(|(_, known)| known.kind == FileKind::Yaml)
            .filter_map(|(name, known)| Some((&**name, topic_file_of(known.good.as_ref())?)))
            .collect();
        topic_files.sort_by(|(one, _), (other, _)| walk_order(one, other));
        let topic_files: Vec<TopicFile> = topic_files.into_iter().map(|(_, file)| file.clone()).collect();
        let come = changed.iter().filter_map(|file| match &file.after {
            Some(GoodVersion::Article(article)) => Some(Arc::clone(article)),
            Some(GoodVersion::TopicFile(_)) | None => None,
        });
        if self.collection.articles().is_empty() {
            let collection = Collection::of_shared(come.collect(), &topic_files, problems);
            return collection.with_half_life(self.half_life);
        }
        let is_of_topic = |good: &Option<GoodVersion>| matches!(good, Some(GoodVersion::TopicFile(_)));
        self.collection.changed(Change {
            gone: changed.iter().filter_map(|file| article_of(file.before.as_ref())).collect(),
            come: come.collect(),
            topic_files: &topic_files,
            are_topic_files_the_same: !changed
                .iter()
                .any(|file| is_of_topic(&file.before) || is_of_topic(&file.after)),
            problems,
        })
    }
}

/// The version of a file to keep from now on.
struct JudgedFile {
    good: Option<GoodVersion>,
    problems: Vec<Problem>,
    /// Whether the file needs another check, because it may still be being written.
    is_held: bool,
}

/// Decides which version of a file counts from now on. `is_fresh` says whether the file was written just now.
fn judge(name: &str, before: Option<&GoodVersion>, outcome: FileOutcome, is_fresh: bool) -> JudgedFile {
    // Many editors empty a file before they fill it. A half-written article lacks its closing `---`. Of a topic file, only its
    // end shows it.
    if let Some(GoodVersion::TopicFile(shown)) = before {
        let says_the_same = matches!(&outcome.content, Content::TopicFile(now) if **now == **shown);
        let cause = match outcome.ending {
            _ if says_the_same => None,
            Ending::Blank => Some(("the topic file is empty", "write it again, or delete it")),
            Ending::InLine if is_fresh => Some((
                "the file ends inside a line, so it may still be being written",
                "end it with a line break",
            )),
            Ending::InLine | Ending::Whole => None,
        };
        if let Some((cause, remedy)) = cause {
            let problems = vec![problem(&displayed_name(name), cause, remedy)];
            return JudgedFile { good: before.cloned(), problems, is_held: outcome.ending == Ending::InLine };
        }
    }
    let good = |good: GoodVersion| JudgedFile { good: Some(good), problems: Vec::new(), is_held: false };
    match (outcome.content, before) {
        // A file with the same content stays the version that other snapshots share.
        (Content::Article(now), Some(GoodVersion::Article(shown))) if *now == **shown => {
            good(GoodVersion::Article(Arc::clone(shown)))
        }
        (Content::TopicFile(now), Some(GoodVersion::TopicFile(shown))) if *now == **shown => {
            good(GoodVersion::TopicFile(Arc::clone(shown)))
        }
        (Content::Article(now), _) => good(GoodVersion::Article(Arc::from(now))),
        (Content::TopicFile(now), _) => good(GoodVersion::TopicFile(Arc::from(now))),
        (Content::Problems(problems), before)
        | (Content::ProblemsIfKnown(problems), before @ Some(GoodVersion::TopicFile(_))) => {
            JudgedFile { good: before.cloned(), problems, is_held: false }
        }
        (Content::ProblemsIfKnown(_) | Content::Foreign | Content::Gone, _) => {
            JudgedFile { good: None, problems: Vec::new(), is_held: false }
        }
    }
}

/// Whether both are the same version in memory.
fn is_same(before: Option<&GoodVersion>, after: Option<&GoodVersion>) -> bool {
    match (before, after) {
        (None, None) => true,
        (Some(GoodVersion::Article(before)), Some(GoodVersion::Article(after))) => Arc::ptr_eq(before, after),
        (Some(GoodVersion::TopicFile(before)), Some(GoodVersion::TopicFile(after))) => {
            Arc::ptr_eq(before, after)
        }
        _ => false,
    }
}

fn article_of(good: Option<&GoodVersion>) -> Option<&Article> {
    match good {
        Some(GoodVersion::Article(article)) => Some(article),
        Some(GoodVersion::TopicFile(_)) | None => None,
    }
}

fn topic_file_of(good: Option<&GoodVersion>) -> Option<&TopicFile> {
    match good {
        Some(GoodVersion::TopicFile(topic_file)) => Some(topic_file),
        Some(GoodVersion::Article(_)) | None => None,
    }
}

/// Whether one of these paths is the path itself or a folder above it.
fn is_below_any(name: &str, paths: &HashSet<&str>) -> bool {
    let above = name.match_indices('/').filter_map(|(at, _)| name.get(..at));
    !paths.is_empty() && above.chain([name]).any(|path| paths.contains(path))
}

/// The order in which a walk meets two paths. It compares names, not characters: `a/x` comes before `a-/x`.
fn walk_order(one: &str, other: &str) -> std::cmp::Ordering {
    one.split('/').cmp(other.split('/'))
}

#[cfg(test)]
mod tests;
