//! Notices that files changed.
//!
//! An event says only that the folder has to be walked, and the walk finds the changes. So events may be incomplete, out of
//! order or lost, and the watch keeps no state for a path.
//!
//! - The watch waits until events pause. A `git checkout` of thousands of files leads to one walk, or a few.
//! - After an overflow of the system's queue or a failed watch, the folder is watched anew, then walked.
//! - Where there are no events (remote file systems, no watches left), the folder is walked at intervals.
//! - A root that was deleted or replaced, or is a link that leads elsewhere now, is watched anew when it exists.
//! - In any case, the folder is walked every minute.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::file_problem::words_of;
use super::folder_identity::{FolderIdentity, identity};
use super::remote;

/// How long events have to pause before a walk, so that files are complete and many changes lead to one walk.
const QUIET: Duration = Duration::from_millis(200);
/// How long a walk waits for that pause at most.
const QUIET_WAIT_MAX: Duration = Duration::from_secs(2);
/// How often the watch checks whether the root is still the same folder.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often the folder is walked where there are no events.
const POLL_EVERY: Duration = Duration::from_secs(10);
/// How often the folder is walked where there are events.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// A watch of a folder, which ends when it is dropped.
#[derive(Debug)]
pub struct Watch {
    signal: Arc<Signal>,
}

impl Watch {
    /// Starts to watch a folder on a new thread. The thread calls `changed` whenever the folder has to be walked, and once at the
    /// start. `changed` must not block. Watching ends when it returns false.
    ///
    /// # Errors
    /// When the system refuses a new thread.
    pub fn start(root: PathBuf, changed: impl FnMut() -> bool + Send + 'static) -> std::io::Result<Self> {
        Self::with(root, Times::default(), Box::new(real_watcher), changed)
    }

    fn with(
        root: PathBuf,
        times: Times,
        make: MakeWatcher,
        changed: impl FnMut() -> bool + Send + 'static,
    ) -> std::io::Result<Self> {
        // One place is enough: one pending wake leads to a walk that finds all changes.
        let (wake, woken) = sync_channel(1);
        let signal =
            Arc::new(Signal { wake, is_doubtful: AtomicBool::new(false), is_over: AtomicBool::new(false) });
        let keeper = Keeper {
            root,
            times,
            make,
            signal: Arc::clone(&signal),
            woken,
            mode: Mode::Absent,
            logged_reason: None,
        };
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || keeper.run(changed))?;
        Ok(Self { signal })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.signal.is_over.store(true, Ordering::Release);
        self.signal.wake();
    }
}

/// The intervals of a watch. Tests have shorter ones.
struct Times {
    quiet: Duration,
    quiet_wait_max: Duration,
    look_every: Duration,
    poll_every: Duration,
    sweep_every: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            quiet: QUIET,
            quiet_wait_max: QUIET_WAIT_MAX,
            look_every: LOOK_EVERY,
            poll_every: POLL_EVERY,
            sweep_every: SWEEP_EVERY,
        }
    }
}

/// The messages to the keeper's thread, from the library's thread and from the owner of the watch.
#[derive(Debug)]
struct Signal {
    wake: SyncSender<()>,
    /// Whether there may be folders that are not watched.
    is_doubtful: AtomicBool,
    is_over: AtomicBool,
}

impl Signal {
    fn wake(&self) {
        // If the channel is full, the keeper wakes soon anyway. If it is closed, the keeper has ended.
        let _is_awake = self.wake.try_send(());
    }

    /// Handles an event below `root`.
    fn take(&self, root: &Path, event: &notify::Result<Event>) {
        match event {
            Ok(event) if is_our_reading(event) || is_hidden(root, event) => return,
            Ok(event) if brings_no_folder(event) && !takes_root(root, event) => {}
            // A new or moved folder may have had files before it was watched. So may any folder where events or watches were
            // lost.
            _ => self.is_doubtful.store(true, Ordering::Release),
        }
        self.wake();
    }
}

/// Whether an event only reports reading, as our own walks do.
fn is_our_reading(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}

/// Whether an event is only about paths below hidden names, as `.git`, which are no part of a collection.
///
/// Links to files may lead below hidden names. Kubernetes mounts files so: `a.md` leads to `..data/a.md`, and `..data` is a
/// link that is swapped. So names with two leading dots count, and so do links. Changes of other targets wait for the next
/// sweep.
fn is_hidden(root: &Path, event: &Event) -> bool {
    let is_hidden = |path: &PathBuf| {
        let below = path.strip_prefix(root).unwrap_or(path);
        let mut names = below.components().map(|name| name.as_os_str().as_encoded_bytes());
        let hidden = names.find(|name| name.starts_with(b"."));
        hidden.is_some_and(|name| !name.starts_with(b"..")) && !path.is_symlink()
    };
    !event.need_rescan() && !event.paths.is_empty() && event.paths.iter().all(is_hidden)
}

fn brings_no_folder(event: &Event) -> bool {
    let may_bring = match event.kind {
        EventKind::Create(CreateKind::Folder) => true,
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => event.paths.iter().any(|path| path.is_dir()),
        _ => event.need_rescan(),
    };
    !may_bring
}

/// Whether the root itself went away. The next folder there may have the same inode, but is not watched.
fn takes_root(root: &Path, event: &Event) -> bool {
    let goes = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    goes && event.paths.iter().any(|path| path == root)
}

type Handler = Box<dyn FnMut(notify::Result<Event>) + Send>;
type MakeWatcher = Box<dyn Fn(Handler) -> notify::Result<Box<dyn Watcher + Send>> + Send>;

fn real_watcher(handler: Handler) -> notify::Result<Box<dyn Watcher + Send>> {
    // A link below the root may lead anywhere.
    let config = Config::default().with_follow_symlinks(false);
    Ok(Box::new(RecommendedWatcher::new(handler, config)?))
}

/// The way in which the folder is watched.
enum Mode {
    /// There is no folder to watch.
    Absent,
    /// By events. The identity tells the folder from another one in its place.
    Events { _watcher: Box<dyn Watcher + Send>, identity: FolderIdentity },
    /// By walks.
    Polling { identity: FolderIdentity },
}

struct Keeper {
    root: PathBuf,
    times: Times,
    make: MakeWatcher,
    signal: Arc<Signal>,
    woken: Receiver<()>,
    mode: Mode,
    /// The last logged reason for the lack of events.
    logged_reason: Option<String>,
}

impl Keeper {
    fn run(mut self, mut changed: impl FnMut() -> bool) {
        self.establish();
        let mut walked_at = Instant::now();
        let mut goes_on = changed();
        while goes_on {
            let is_woken = match self.woken.recv_timeout(self.wait()) {
                Ok(()) => true,
                Err(RecvTimeoutError::Timeout) => false,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if is_woken {
                self.wait_until_quiet();
            }
            if self.signal.is_over.load(Ordering::Acquire) {
                return;
            }
            let is_another = self.is_another_folder();
            if is_another || (is_woken && self.signal.is_doubtful.swap(false, Ordering::AcqRel)) {
                self.establish();
            }
            let is_due = match self.mode {
                Mode::Absent => false,
                Mode::Events { .. } => walked_at.elapsed() >= self.times.sweep_every,
                Mode::Polling { .. } => walked_at.elapsed() >= self.times.poll_every,
            };
            if is_woken || is_another || is_due {
                walked_at = Instant::now();
                goes_on = changed();
            }
        }
    }

    fn wait(&self) -> Duration {
        match self.mode {
            Mode::Absent | Mode::Events { .. } => self.times.look_every.min(self.times.sweep_every),
            Mode::Polling { .. } => self.times.poll_every,
        }
    }

    fn wait_until_quiet(&self) {
        let until = Instant::now() + self.times.quiet_wait_max;
        while self.woken.recv_timeout(self.times.quiet).is_ok() {
            if Instant::now() >= until || self.signal.is_over.load(Ordering::Acquire) {
                return;
            }
        }
    }

    fn is_another_folder(&self) -> bool {
        match (&self.mode, identity(&self.root)) {
            (Mode::Absent, there) => there.is_ok(),
            (_, Err(_)) => true,
            (Mode::Events { identity, .. } | Mode::Polling { identity }, Ok(now)) => *identity != now,
        }
    }

    /// Watches the folder that exists now. The watch starts before the next walk, so no change is missed between the two.
    fn establish(&mut self) {
        self.mode = Mode::Absent; // Ends the old watch first, which frees its watches.
        let Ok(identity) = identity(&self.root) else {
            tracing::debug!("there is no articles folder to watch");
            return;
        };
        match self.watched() {
            Ok(watcher) => {
                self.logged_reason = None;
                self.mode = Mode::Events { _watcher: watcher, identity };
            }
            Err(reason) => {
                if self.logged_reason.as_ref() != Some(&reason) {
                    let seconds = self.times.poll_every.as_secs();
                    tracing::warn!(
                        "{reason}; the bot checks the articles folder every {seconds} seconds instead"
                    );
                    self.logged_reason = Some(reason);
                }
                self.mode = Mode::Polling { identity };
            }
        }
    }

    fn watched(&self) -> Result<Box<dyn Watcher + Send>, String> {
        if let Some(kind) = remote::file_system(&self.root) {
            return Err(format!(
                "the file system of the articles folder ({kind}) does not report changes by other machines"
            ));
        }
        // The root itself may be a link, which the library would not follow.
        let root = self.root.canonicalize().map_err(|_| "the articles folder cannot be found".to_owned())?;
        let signal = Arc::clone(&self.signal);
        let below = root.clone();
        let handler = Box::new(move |event| signal.take(&below, &event));
        let mut watcher = (self.make)(handler).map_err(|error| in_words(&error))?;
        watcher.watch(&root, RecursiveMode::Recursive).map_err(|error| in_words(&error))?;
        Ok(watcher)
    }
}

fn in_words(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system allows no more watches (raise fs.inotify.max_user_watches)".to_owned()
        }
        ErrorKind::Io(error) if error.raw_os_error() == Some(libc::EMFILE) => {
            "the system allows no more watchers (raise fs.inotify.max_user_instances)".to_owned()
        }
        ErrorKind::Io(error) => {
            format!("changes cannot be watched: {}", words_of(error))
        }
        _ => "changes cannot be watched".to_owned(),
    }
}

#[cfg(test)]
mod tests;
