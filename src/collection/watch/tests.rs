//! Folders that change in every way that a watch has to notice. Each test waits for the watch, and never for a time.

use std::fs;
use std::os::unix::fs::symlink;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::Sender;

use super::*;

const PATIENCE: Duration = Duration::from_secs(60);
const NEVER: Duration = Duration::from_secs(3600);

/// Only events and checks of the root lead to walks.
fn times() -> Times {
    Times {
        quiet: Duration::from_millis(20),
        quiet_wait_max: Duration::from_millis(500),
        look_every: Duration::from_millis(20),
        poll_every: NEVER,
        sweep_every: NEVER,
    }
}

/// A watch that says when it wants a walk.
struct Watched {
    folder: tempfile::TempDir,
    walks: Receiver<()>,
    _watch: Watch,
}

fn telling(walks: Sender<()>) -> impl FnMut() -> bool + Send {
    move || walks.send(()).is_ok()
}

impl Watched {
    fn with(times: Times, make: MakeWatcher) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("root")).unwrap();
        let (tell, walks) = std::sync::mpsc::channel();
        let watch = Watch::with(folder.path().join("root"), times, make, telling(tell)).unwrap();
        let watched = Self { folder, walks, _watch: watch };
        watched.wait(); // for what changed before
        watched
    }

    fn by_events() -> Self {
        Self::with(times(), Box::new(real_watcher))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("root").join(name)
    }

    fn wait(&self) {
        self.walks.recv_timeout(PATIENCE).unwrap();
    }

    /// Does something, and waits until a walk is wanted that began after it.
    fn notices(&self, change: impl FnOnce()) {
        while self.walks.try_recv().is_ok() {}
        change();
        self.wait();
    }

    /// Waits until the watcher has reported everything so far: it reports changes in their order.
    fn settle(&self) {
        self.notices(|| fs::write(self.path("settled"), "x").unwrap());
        while self.walks.recv_timeout(Duration::from_millis(200)).is_ok() {}
    }
}

#[test]
fn files_that_come_change_and_go_are_noticed() {
    let watched = Watched::by_events();
    let path = watched.path("a.md");
    watched.notices(|| fs::write(&path, "1").unwrap());
    watched.notices(|| fs::write(&path, "2").unwrap());
    watched.notices(|| fs::rename(&path, watched.path("b.md")).unwrap());
    watched.notices(|| fs::remove_file(watched.path("b.md")).unwrap());
}

#[test]
fn an_editors_save_by_rename_is_noticed() {
    let watched = Watched::by_events();
    watched.settle();
    fs::write(watched.path(".a.md.swp"), "draft").unwrap();
    watched.notices(|| fs::rename(watched.path(".a.md.swp"), watched.path("a.md")).unwrap());
}

#[test]
fn new_and_renamed_folders_are_watched_to_any_depth() {
    let watched = Watched::by_events();
    watched.notices(|| fs::create_dir_all(watched.path("a/b/c")).unwrap());
    watched.settle();
    watched.notices(|| fs::write(watched.path("a/b/c/x.md"), "1").unwrap());
    watched.notices(|| fs::rename(watched.path("a"), watched.path("z")).unwrap());
    watched.settle();
    watched.notices(|| fs::write(watched.path("z/b/c/x.md"), "2").unwrap());
    // From elsewhere, with files in it.
    fs::create_dir_all(watched.folder.path().join("elsewhere/deep")).unwrap();
    watched.notices(|| fs::rename(watched.folder.path().join("elsewhere"), watched.path("in")).unwrap());
    watched.settle();
    watched.notices(|| fs::write(watched.path("in/deep/y.md"), "1").unwrap());
}

#[test]
fn many_changes_are_few_walks() {
    let watched = Watched::by_events();
    watched.settle();
    watched.notices(|| {
        for number in 0..3_000 {
            let path = watched.path(&format!("{}/{number}.md", number % 50));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
    });
    let mut walks = 1;
    while watched.walks.recv_timeout(Duration::from_millis(300)).is_ok() {
        walks += 1;
    }
    assert!(walks < 100, "{walks}");
}

#[test]
fn reading_and_hidden_folders_lead_to_no_walk() {
    let watched = Watched::by_events();
    fs::write(watched.path("a.md"), "1").unwrap();
    fs::create_dir(watched.path(".git")).unwrap();
    watched.settle();
    for _ in 0..10 {
        fs::read(watched.path("a.md")).unwrap();
        fs::read_dir(watched.folder.path().join("root")).unwrap().count();
        fs::write(watched.path(".git/index"), "x").unwrap();
    }
    assert!(watched.walks.recv_timeout(Duration::from_millis(300)).is_err());
}

#[test]
fn a_hidden_link_that_is_swapped_is_noticed() {
    let watched = Watched::by_events();
    for (data, next) in [("..data", "..data_tmp"), (".current", ".next")] {
        let swap = |target: &str| {
            symlink(target, watched.path(next)).unwrap();
            fs::rename(watched.path(next), watched.path(data)).unwrap();
        };
        fs::create_dir(watched.path("..1")).unwrap();
        fs::create_dir(watched.path("..2")).unwrap();
        swap("..1");
        watched.settle();
        watched.notices(|| swap("..2"));
        watched.settle();
        watched.notices(|| fs::remove_dir(watched.path("..1")).unwrap());
        fs::remove_dir(watched.path("..2")).unwrap();
        watched.settle();
    }
}

#[test]
fn a_root_that_is_deleted_and_comes_back_is_watched_again() {
    let watched = Watched::by_events();
    let root = watched.folder.path().join("root");
    for _ in 0..2 {
        fs::write(watched.path("a.md"), "1").unwrap();
        watched.notices(|| fs::remove_dir_all(&root).unwrap());
        while watched.walks.recv_timeout(Duration::from_millis(200)).is_ok() {}
        watched.notices(|| fs::create_dir(&root).unwrap());
        watched.settle();
        watched.notices(|| fs::write(watched.path("b.md"), "1").unwrap());
    }
}

#[test]
fn a_root_that_is_replaced_in_a_moment_is_watched_again() {
    // No look at the root helps: the new folder often has the inode of the old one.
    let watched = Watched::with(Times { look_every: NEVER, ..times() }, Box::new(real_watcher));
    let root = watched.folder.path().join("root");
    for _ in 0..5 {
        watched.notices(|| {
            fs::remove_dir_all(&root).unwrap();
            fs::create_dir(&root).unwrap();
        });
        watched.settle();
        watched.notices(|| fs::write(watched.path("b.md"), "1").unwrap());
    }
}

#[test]
fn a_root_that_is_a_link_is_followed_to_where_it_leads_now() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("one")).unwrap();
    fs::create_dir(path("two")).unwrap();
    symlink("one", path("root")).unwrap();
    let (tell, walks) = std::sync::mpsc::channel();
    let watch = Watch::with(path("root"), times(), Box::new(real_watcher), telling(tell)).unwrap();
    let watched = Watched { folder, walks, _watch: watch };
    watched.wait();
    watched.settle();
    watched.notices(|| fs::write(watched.path("a.md"), "1").unwrap());
    watched.settle();
    let path = |name: &str| watched.folder.path().join(name);
    watched.notices(|| {
        symlink("two", path("next")).unwrap();
        fs::rename(path("next"), path("root")).unwrap();
    });
    watched.settle();
    watched.notices(|| fs::write(path("two/b.md"), "1").unwrap());
}

/// A watcher that the test speaks for.
#[derive(Debug)]
struct Fake {
    allows: bool,
}

impl Watcher for Fake {
    fn new<F: notify::EventHandler>(_: F, _: Config) -> notify::Result<Self> {
        Ok(Self { allows: true })
    }

    fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
        if self.allows { Ok(()) } else { Err(notify::Error::new(ErrorKind::MaxFilesWatch)) }
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::NullWatcher
    }
}

#[test]
fn lost_events_and_failed_watches_lead_to_a_new_watch_and_a_walk() {
    let handlers: Arc<Mutex<Vec<Handler>>> = Arc::default();
    let made = Arc::clone(&handlers);
    let make = move |handler: Handler| -> notify::Result<Box<dyn Watcher + Send>> {
        made.lock().unwrap().push(handler);
        Ok(Box::new(Fake { allows: true }))
    };
    let watched = Watched::with(times(), Box::new(make));
    let overflow = Ok(Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan));
    let failed = Err(notify::Error::new(ErrorKind::MaxFilesWatch));
    for (count, event) in [(2, overflow), (3, failed)] {
        watched.notices(|| handlers.lock().unwrap().last_mut().unwrap()(event));
        assert_eq!(handlers.lock().unwrap().len(), count);
    }
    let changed = Ok(Event::new(EventKind::Modify(ModifyKind::Any)).add_path(watched.path("a.md")));
    watched.notices(|| handlers.lock().unwrap().last_mut().unwrap()(changed));
    assert_eq!(handlers.lock().unwrap().len(), 3, "a plain change leaves the watch as it is");
}

#[test]
fn without_watches_the_folder_is_polled() {
    let tries = Arc::new(AtomicUsize::new(0));
    let tried = Arc::clone(&tries);
    let make = move |_: Handler| -> notify::Result<Box<dyn Watcher + Send>> {
        tried.fetch_add(1, Ordering::Relaxed);
        Ok(Box::new(Fake { allows: false }))
    };
    let watched = Watched::with(Times { poll_every: Duration::from_millis(20), ..times() }, Box::new(make));
    for _ in 0..5 {
        watched.wait();
    }
    assert_eq!(tries.load(Ordering::Relaxed), 1);
    assert!(in_words(&notify::Error::new(ErrorKind::MaxFilesWatch)).contains("max_user_watches"));
}

/// What is logged by the thread that a test runs on.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn each_change_to_polling_is_logged_once() {
    let folder = tempfile::tempdir().unwrap();
    let allows = Arc::new(AtomicBool::new(false));
    let is_allowed = Arc::clone(&allows);
    let (wake, woken) = sync_channel(1);
    let mut keeper = Keeper {
        root: folder.path().to_owned(),
        times: Times::default(),
        make: Box::new(move |_| Ok(Box::new(Fake { allows: is_allowed.load(Ordering::Relaxed) }))),
        signal: Arc::new(Signal { wake, is_doubtful: false.into(), is_over: false.into() }),
        woken,
        mode: Mode::Absent,
        logged_reason: None,
    };
    let logged = Logged::default();
    let writer = logged.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    tracing::subscriber::with_default(subscriber, || {
        for is_allowed in [false, false, false, true, true, false, false] {
            allows.store(is_allowed, Ordering::Relaxed);
            keeper.establish();
            assert_eq!(matches!(keeper.mode, Mode::Events { .. }), is_allowed);
        }
    });
    let logged = String::from_utf8(logged.0.lock().unwrap().clone()).unwrap();
    let words = "the system allows no more watches (raise fs.inotify.max_user_watches); the bot checks the articles \
        folder every 10 seconds instead";
    assert_eq!(logged.matches(words).count(), 2, "{logged}");
    assert_eq!(logged.lines().count(), 2, "{logged}");
}

#[test]
fn even_without_any_event_the_folder_is_walked_now_and_then() {
    let deaf =
        |_: Handler| -> notify::Result<Box<dyn Watcher + Send>> { Ok(Box::new(Fake { allows: true })) };
    let watched = Watched::with(Times { sweep_every: Duration::from_millis(20), ..times() }, Box::new(deaf));
    for _ in 0..5 {
        watched.wait();
    }
}

#[test]
fn a_watch_that_is_dropped_or_not_wanted_any_more_ends() {
    let watched = Watched::by_events();
    let Watched { folder, walks, _watch: watch } = watched;
    drop(watch);
    while walks.recv_timeout(PATIENCE).is_ok() {}
    assert_eq!(walks.try_recv(), Err(std::sync::mpsc::TryRecvError::Disconnected));
    drop(folder);
}
