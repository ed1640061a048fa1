//! Reading a folder again and again: only what changed is read, and what was good stays until something better comes.
//!
//! - A file is read again when its stamp changed, or when it was written so shortly before it was read that a later
//!   write may have left the same stamp.
//! - A file that turned bad, or cannot be read, keeps its last good version; its problem is reported.
//! - A folder that cannot be read keeps its articles; a root that cannot be read keeps everything, and so does one that
//!   is another folder than before and has no file at all, as a mount point does when nothing is mounted there.
//! - A start is a reload from nothing: there a bad file has no last good version.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::beneath::{Opener, Root};
use super::diff::Difference;
use super::folder_identity::{FolderIdentity, identity};
use super::load::LoadError;
use super::orders::HalfLife;
use super::read::{Content, Ending, Outcome, problem, read};
use super::walk::{Fault, FileKind, Found, FoundFile, Stamp, each_file_of, shown_name};
use super::{Change, Collection};
use article_format::Article;
use article_format::problem::Problem;
use article_format::shared_texts::SharedTexts;
use article_format::topic_file::TopicFile;
use jiff::Timestamp;

/// File systems keep times as coarse as this (FAT: 2 s). A file that was written less than this before it was read may
/// have been written once more since, within the same tick of its time.
pub const COARSEST_TICK_SECONDS: u8 = 2;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A folder, and what it held when it was last read.
pub struct Loader {
    root: PathBuf,
    clock: Clock,
    files: HashMap<Box<str>, Known>,
    texts: SharedTexts,
    collection: Arc<Collection>,
    half_life: HalfLife,
    /// Counts the loads, so that a file knows whether this one saw it.
    load: u64,
    /// Which folder was read last.
    folder: Option<FolderIdentity>,
}

/// What one reload found.
#[derive(Debug, Clone)]
pub struct Reloaded {
    /// The collection as it is now; the same one where nothing changed.
    pub collection: Arc<Collection>,
    /// What changed.
    pub difference: Difference,
    /// How many files were read.
    pub files_read: usize,
    /// How many bytes were read.
    pub bytes_read: u64,
    /// Whether all files could be looked at. Where not, a file that is not there may well exist.
    pub is_complete: bool,
    /// Whether a file seems to be still written, so that another reload after [`COARSEST_TICK_SECONDS`] is due.
    pub is_unsettled: bool,
}

/// A file as it was when it was last looked at.
struct Known {
    kind: FileKind,
    stamp: Option<Stamp>,
    /// Whether an equal stamp means equal content.
    is_settled: bool,
    seen_in_load: AtomicU64,
    good: Option<Good>,
    problems: Box<[Problem]>,
}

/// What a look at a file found.
enum Looked {
    AsBefore,
    Read(FoundFile, Box<Outcome>),
    /// The system does not say what it is.
    Hidden(Box<Fault>),
}

/// The last good version of a file.
#[derive(Clone)]
enum Good {
    Article(Arc<Article>),
    TopicFile(Arc<TopicFile>),
}

/// A file whose good version changed.
struct Touched {
    name: Box<str>,
    before: Option<Good>,
    after: Option<Good>,
}

#[derive(Default)]
struct Progress {
    touched: Vec<Touched>,
    /// Files that are as before, and others that are known now.
    unchanged: usize,
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

    /// The collection as the last reload left it.
    #[must_use]
    pub fn collection(&self) -> &Arc<Collection> {
        &self.collection
    }

    /// Reads what changed.
    ///
    /// # Errors
    /// Only when the root is missing, unreadable or all at once another folder without any file; then everything stays as
    /// it was.
    pub fn reload(&mut self) -> Result<Reloaded, LoadError> {
        match self.reload_once() {
            // Whoever deploys puts another folder in the root's place all at once: that is the one to read.
            Err(LoadError::Replaced) => self.reload_once(),
            other => other,
        }
    }

    fn reload_once(&mut self) -> Result<Reloaded, LoadError> {
        let folder = identity(&self.root)?;
        // The time before the walk: taken later, it would make files look older than they are.
        let started_ns = (self.clock)().as_nanosecond();
        let Found { files, mut faults, is_cut_off } = self.walk(folder)?;
        let is_another = self.folder.is_some_and(|before| before != folder);
        if is_another && files.is_empty() && !self.files.is_empty() {
            return Err(LoadError::Emptied);
        }
        let is_first = self.folder.replace(folder).is_none();
        let mut progress = Progress::default();
        for looked in files {
            match looked {
                Looked::AsBefore => progress.unchanged += 1,
                Looked::Read(file, outcome) => self.take(file, *outcome, started_ns, &mut progress),
                Looked::Hidden(fault) => faults.push(*fault),
            }
        }
        let kept_count = self.forget_unseen(&faults, &mut progress);
        progress.touched.sort_by(|one, other| walk_order(&one.name, &other.name));
        let is_hidden = faults.iter().any(|fault| fault.hides_files);
        let problems = self.problems(faults);
        let difference = self.difference(&progress.touched, &problems);
        if is_first || !progress.touched.is_empty() || problems != self.collection.problems() {
            self.collection = Arc::new(self.collect(&progress.touched, problems));
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

    /// Looks at each file. Every walk has a number of its own: what one saw that ended in an error is no statement.
    fn walk(&mut self, folder: FolderIdentity) -> Result<Found<Looked>, LoadError> {
        self.load += 1;
        each_file_of(&self.root, folder, FileKind::of, |files, file| self.look(files, file, self.load))
    }

    /// Marks a file as seen if it is as before, and reads it if it may have changed. A file that nobody knows is not asked
    /// for its stamp first.
    fn look(&self, files: &mut Opener<'_>, file: FoundFile, load: u64) -> Looked {
        if let Some(known) = self.files.get(&file.name).filter(|known| known.is_settled) {
            match file.stamp(files) {
                Ok(stamp) if stamp == known.stamp => {
                    known.seen_in_load.store(load, Ordering::Relaxed);
                    return Looked::AsBefore;
                }
                Ok(_) => {}
                Err(fault) => return Looked::Hidden(Box::new(fault)),
            }
        }
        let outcome = read(files, &file, &self.texts);
        Looked::Read(file, Box::new(outcome))
    }

    /// Takes over what a file says now.
    fn take(&mut self, file: FoundFile, outcome: Outcome, started_ns: i128, progress: &mut Progress) {
        progress.files_read += usize::from(outcome.bytes_read.is_some());
        progress.bytes_read += outcome.bytes_read.unwrap_or(0);
        if matches!(outcome.content, Content::Gone) {
            return; // not marked as seen: the same as if the walk had not found it
        }
        // What could not be read has no stamp, and is looked at again.
        let age_ns = outcome.stamp.map_or(0, |stamp| started_ns - stamp.latest_ns());
        let tick_ns = i128::from(COARSEST_TICK_SECONDS) * 1_000_000_000;
        let (stamp, is_settled) = (outcome.stamp, age_ns > tick_ns);
        let before = self.files.get(&file.name).and_then(|known| known.good.clone());
        let taken = judge(&file.name, before.as_ref(), outcome, age_ns.abs() <= tick_ns);
        progress.is_unsettled |= taken.is_held;
        let known = Known {
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
            progress.touched.push(Touched { name: file.name, before, after: taken.good });
        }
    }

    /// Forgets the files that the walk did not find, but for those that a fault hides. Returns how many it hides.
    fn forget_unseen(&mut self, faults: &[Fault], progress: &mut Progress) -> usize {
        let hidden: HashSet<&str> = faults.iter().filter_map(|fault| fault.name.as_deref()).collect();
        let load = self.load;
        let mut kept_count = 0;
        if progress.unchanged + progress.read == self.files.len() {
            return kept_count; // all were seen
        }
        self.files.retain(|name, known| {
            if *known.seen_in_load.get_mut() == load {
                return true;
            }
            if known.good.is_some() && is_below_any(name, &hidden) {
                kept_count += 1;
                // Whatever is there when it can be seen again has to be read.
                known.stamp = None;
                if hidden.contains(&**name) {
                    known.problems = Box::default(); // the fault is what is wrong with it now
                }
                return true;
            }
            if let Some(before) = known.good.take() {
                progress.touched.push(Touched { name: name.clone(), before: Some(before), after: None });
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

    fn difference(&self, touched: &[Touched], problems: &[Problem]) -> Difference {
        let mut difference = Difference::default();
        for Touched { name, before, after } in touched {
            match before.as_ref().or(after.as_ref()) {
                Some(Good::Article(article)) => {
                    let (before, after) = (article_of(before.as_ref()), article_of(after.as_ref()));
                    difference.articles.note(article.id.as_str(), before, after);
                }
                Some(Good::TopicFile(_)) => {
                    let (before, after) = (topic_file_of(before.as_ref()), topic_file_of(after.as_ref()));
                    difference.topic_files.note(&shown_name(name), before, after);
                }
                None => {}
            }
        }
        let root = Root::open(&self.root);
        let is_there = |path: &str| root.as_ref().is_ok_and(|root| Opener::new(root).is_there(path));
        difference.note_problems(self.collection.problems(), problems, is_there);
        difference
    }

    /// The new snapshot. It shares the articles that did not change with the last one.
    fn collect(&self, touched: &[Touched], problems: Vec<Problem>) -> Collection {
        let mut topic_files: Vec<(&str, &TopicFile)> = self
            .files
            .iter()
            .filter(|(_, known)| known.kind == FileKind::Yaml)
            .filter_map(|(name, known)| Some((&**name, topic_file_of(known.good.as_ref())?)))
            .collect();
        topic_files.sort_by(|(one, _), (other, _)| walk_order(one, other));
        let topic_files: Vec<TopicFile> = topic_files.into_iter().map(|(_, file)| file.clone()).collect();
        let come = touched.iter().filter_map(|file| match &file.after {
            Some(Good::Article(article)) => Some(Arc::clone(article)),
            Some(Good::TopicFile(_)) | None => None,
        });
        if self.collection.articles().is_empty() {
            let collection = Collection::of_shared(come.collect(), &topic_files, problems);
            return collection.with_half_life(self.half_life);
        }
        let is_of_topic = |good: &Option<Good>| matches!(good, Some(Good::TopicFile(_)));
        self.collection.changed(Change {
            gone: touched.iter().filter_map(|file| article_of(file.before.as_ref())).collect(),
            come: come.collect(),
            topic_files: &topic_files,
            are_topic_files_the_same: !touched
                .iter()
                .any(|file| is_of_topic(&file.before) || is_of_topic(&file.after)),
            problems,
        })
    }
}

/// What is made of a file.
struct Taken {
    good: Option<Good>,
    problems: Vec<Problem>,
    /// Whether it is to be looked at once more, because it may be still written.
    is_held: bool,
}

/// What is shown from now on of a file that was read. `is_fresh` says whether it was written just now.
fn judge(name: &str, before: Option<&Good>, outcome: Outcome, is_fresh: bool) -> Taken {
    // A file that an editor writes is cut off first and then filled. An article shows that by its missing `---`, a
    // topic file by nothing but its end.
    if let Some(Good::TopicFile(shown)) = before {
        let says_the_same = matches!(&outcome.content, Content::TopicFile(now) if **now == **shown);
        let cause = match outcome.ending {
            _ if says_the_same => None,
            Ending::Blank => Some(("the topic file is empty", "write it again, or delete it")),
            Ending::InLine if is_fresh => Some((
                "the file ends inside a line, as one does that is being written",
                "end it with a line break",
            )),
            Ending::InLine | Ending::Whole => None,
        };
        if let Some((cause, remedy)) = cause {
            let problems = vec![problem(&shown_name(name), cause, remedy)];
            return Taken { good: before.cloned(), problems, is_held: outcome.ending == Ending::InLine };
        }
    }
    let good = |good: Good| Taken { good: Some(good), problems: Vec::new(), is_held: false };
    match (outcome.content, before) {
        // What was only written again stays the one that other snapshots hold.
        (Content::Article(now), Some(Good::Article(shown))) if *now == **shown => {
            good(Good::Article(Arc::clone(shown)))
        }
        (Content::TopicFile(now), Some(Good::TopicFile(shown))) if *now == **shown => {
            good(Good::TopicFile(Arc::clone(shown)))
        }
        (Content::Article(now), _) => good(Good::Article(Arc::from(now))),
        (Content::TopicFile(now), _) => good(Good::TopicFile(Arc::from(now))),
        (Content::Problems(problems), before)
        | (Content::ProblemsIfKnown(problems), before @ Some(Good::TopicFile(_))) => {
            Taken { good: before.cloned(), problems, is_held: false }
        }
        (Content::ProblemsIfKnown(_) | Content::Foreign | Content::Gone, _) => {
            Taken { good: None, problems: Vec::new(), is_held: false }
        }
    }
}

/// Whether both are the very same version.
fn is_same(before: Option<&Good>, after: Option<&Good>) -> bool {
    match (before, after) {
        (None, None) => true,
        (Some(Good::Article(before)), Some(Good::Article(after))) => Arc::ptr_eq(before, after),
        (Some(Good::TopicFile(before)), Some(Good::TopicFile(after))) => Arc::ptr_eq(before, after),
        _ => false,
    }
}

fn article_of(good: Option<&Good>) -> Option<&Article> {
    match good {
        Some(Good::Article(article)) => Some(article),
        Some(Good::TopicFile(_)) | None => None,
    }
}

fn topic_file_of(good: Option<&Good>) -> Option<&TopicFile> {
    match good {
        Some(Good::TopicFile(topic_file)) => Some(topic_file),
        Some(Good::Article(_)) | None => None,
    }
}

/// Whether a path is one of these or below one of them.
fn is_below_any(name: &str, paths: &HashSet<&str>) -> bool {
    let above = name.match_indices('/').filter_map(|(at, _)| name.get(..at));
    !paths.is_empty() && above.chain([name]).any(|path| paths.contains(path))
}

/// The order in which a walk meets two paths: name by name, not character by character.
fn walk_order(one: &str, other: &str) -> std::cmp::Ordering {
    one.split('/').cmp(other.split('/'))
}

#[cfg(test)]
mod tests;
