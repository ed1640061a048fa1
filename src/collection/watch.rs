//! Notices that files changed.
//!
//! What changed is no matter here: every event, lost ones included, leads to one incremental walk, which finds out. So
//! nothing depends on an event being complete, in order or there at all, and nothing has to be kept for each path.
//!
//! - Events are waited out until it is quiet: a `git checkout` of thousands of files is one walk, or a few.
//! - The system's queue overflowed, or a watch failed: everything is watched anew, then walked.
//! - No events can be had (file systems of other machines, no watches left): the folder is walked every so often.
//! - The root was deleted, replaced or is a link that leads elsewhere now: it is watched anew when it is there.
//! - Against what nobody thought of, it is walked every minute in any case.

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

/// How long it has to be quiet before a walk, so that a file being written is whole and many changes are one.
const QUIET: Duration = Duration::from_millis(200);
/// How long a walk waits for that at most.
const QUIET_WAIT_MAX: Duration = Duration::from_secs(2);
/// How often the root is asked whether it is still the one that is watched.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often the folder is walked where no events can be had.
const POLL_EVERY: Duration = Duration::from_secs(10);
/// How often the folder is walked where events can be had.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watch {
    signal: Arc<Signal>,
}

impl Watch {
    /// Begins to watch a folder on a thread of its own. `changed` is called there whenever the folder is to be walked, and
    /// once at the beginning, for what changed before; it must not wait. When it returns false, watching ends.
    ///
    /// # Errors
    /// When there can be no further thread.
    pub fn start(root: PathBuf, changed: impl FnMut() -> bool + Send + 'static) -> std::io::Result<Self> {
        Self::with(root, Times::default(), Box::new(real_watcher), changed)
    }

    fn with(
        root: PathBuf,
        times: Times,
        make: MakeWatcher,
        changed: impl FnMut() -> bool + Send + 'static,
    ) -> std::io::Result<Self> {
        // One place is enough: whoever finds it taken has nothing to add.
        let (wake, woken) = sync_channel(1);
        let signal =
            Arc::new(Signal { wake, is_doubtful: AtomicBool::new(false), is_over: AtomicBool::new(false) });
        let keeper =
            Keeper { root, times, make, signal: Arc::clone(&signal), woken, mode: Mode::Absent, said: None };
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

/// How long things take; tests have it shorter.
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

/// What the library's thread and whoever ends the watch tell the keeper.
#[derive(Debug)]
struct Signal {
    wake: SyncSender<()>,
    /// Whether there may be folders that are not watched.
    is_doubtful: AtomicBool,
    is_over: AtomicBool,
}

impl Signal {
    fn wake(&self) {
        // Full: the keeper is about to wake anyway. Disconnected: it has ended.
        let _is_awake = self.wake.try_send(());
    }

    /// Takes an event of a folder below `root`.
    fn take(&self, root: &Path, event: &notify::Result<Event>) {
        match event {
            Ok(event) if is_our_reading(event) || is_hidden(root, event) => return,
            Ok(event) if brings_no_folder(event) && !takes_root(root, event) => {}
            // A folder that is new, or came from elsewhere, may have had files before it was watched; so may any
            // where events or watches were lost.
            _ => self.is_doubtful.store(true, Ordering::Release),
        }
        self.wake();
    }
}

/// To look at a file is no change; our own walks do it all the time.
fn is_our_reading(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    }
}

/// Whether all that happened is below names that are no part of a collection, as `.git`.
///
/// Links to files may lead below such names. Kubernetes mounts files so: `a.md` leads to `..data/a.md`, and `..data` is a
/// link that is swapped. So names that start with two dots count, and links do. Other targets wait for the next sweep.
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

/// Whether the root itself went away: one that is there a moment later may have its inode, but not its watch.
fn takes_root(root: &Path, event: &Event) -> bool {
    let goes = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
    goes && event.paths.iter().any(|path| path == root)
}

type Handler = Box<dyn FnMut(notify::Result<Event>) + Send>;
type MakeWatcher = Box<dyn Fn(Handler) -> notify::Result<Box<dyn Watcher + Send>> + Send>;

fn real_watcher(handler: Handler) -> notify::Result<Box<dyn Watcher + Send>> {
    // A link below the root is none of ours, and may lead to all there is.
    let config = Config::default().with_follow_symlinks(false);
    Ok(Box::new(RecommendedWatcher::new(handler, config)?))
}

/// How the folder is watched.
enum Mode {
    /// There is no folder to watch.
    Absent,
    /// By events. The identity tells the folder from another in its place.
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
    /// Why there are no events, as the log was told.
    said: Option<String>,
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

    /// Watches the folder that is there now. The watch stands before the walk that follows: what comes in between is
    /// found by the one or told by the other.
    fn establish(&mut self) {
        self.mode = Mode::Absent; // the old watch ends first, and gives back what it holds
        let Ok(identity) = identity(&self.root) else {
            tracing::debug!("there is no articles folder to watch");
            return;
        };
        match self.watched() {
            Ok(watcher) => {
                self.said = None;
                self.mode = Mode::Events { _watcher: watcher, identity };
            }
            Err(reason) => {
                if self.said.as_ref() != Some(&reason) {
                    let seconds = self.times.poll_every.as_secs();
                    tracing::warn!(
                        "{reason}; the articles folder is looked through every {seconds} seconds instead"
                    );
                    self.said = Some(reason);
                }
                self.mode = Mode::Polling { identity };
            }
        }
    }

    fn watched(&self) -> Result<Box<dyn Watcher + Send>, String> {
        if let Some(kind) = remote::file_system(&self.root) {
            return Err(format!(
                "its file system ({kind}) does not tell of changes that other machines make"
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
