//! Loads that are asked for at once, and roots that go away.

use std::fs;

use super::*;

fn article(title: &str) -> String {
    format!("---\ntitle: \"{title}\"\n---\n")
}

async fn started(folder: &tempfile::TempDir) -> Reloads {
    fs::write(folder.path().join("a.md"), article("A")).unwrap();
    Reloads::start(folder.path().to_owned(), HalfLife::default(), Arc::new(Timestamp::now)).await.unwrap()
}

/// The loads so far: each leaves a report of its own.
async fn distinct_reports(asked: Vec<Arc<Report>>) -> usize {
    let mut addresses: Vec<*const Report> = asked.iter().map(Arc::as_ptr).collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses.len()
}

#[tokio::test]
async fn loads_asked_for_at_once_become_one() {
    let folder = tempfile::tempdir().unwrap();
    let reloads = started(&folder).await;
    // On one thread all of these ask before the service runs.
    let asked = futures_util::future::join_all((0..40).map(|_| reloads.reload())).await;
    let reports: Vec<Arc<Report>> = asked.into_iter().map(Result::unwrap).collect();
    assert_eq!(distinct_reports(reports).await, 1);
}

#[tokio::test]
async fn whoever_asks_during_a_load_gets_one_that_begins_later() {
    let folder = tempfile::tempdir().unwrap();
    let reloads = started(&folder).await;
    let loader = Arc::new(Mutex::new(Loader::new(folder.path().to_owned(), Arc::new(Timestamp::now))));
    let shared = Arc::clone(&reloads.shared);
    let (asks, asked) = mpsc::channel(ASKERS_MAX);
    let held = Arc::clone(&loader);
    let service = Service {
        loader,
        root: PathBuf::new(),
        clock: Arc::new(Timestamp::now),
        shared: Arc::clone(&shared),
        is_unsettled: false,
    };
    let reloads = Reloads { shared, asks };
    tokio::spawn(service.serve(asked));
    // A load that cannot go on while this test holds the loader.
    let (release, released) = std::sync::mpsc::sync_channel::<()>(0);
    let (hold, is_held) = oneshot::channel();
    let holder = Arc::clone(&held);
    let holding = std::thread::spawn(move || {
        let _guard = holder.lock().unwrap();
        hold.send(()).unwrap();
        released.recv().unwrap();
    });
    is_held.await.unwrap();
    let first = tokio::spawn({
        let reloads = reloads.clone();
        async move { reloads.reload().await.unwrap() }
    });
    while reloads.asks.capacity() < ASKERS_MAX || Arc::strong_count(&held) < 4 {
        tokio::task::yield_now().await;
    }
    fs::write(folder.path().join("late.md"), article("Late")).unwrap();
    let later: Vec<_> = (0..5)
        .map(|_| {
            let reloads = reloads.clone();
            tokio::spawn(async move { reloads.reload().await.unwrap() })
        })
        .collect();
    while reloads.asks.capacity() > ASKERS_MAX - 5 {
        tokio::task::yield_now().await;
    }
    assert!(reloads.nudge(), "one who does not wait joins them");
    release.send(()).unwrap();
    holding.join().unwrap();
    let first = first.await.unwrap();
    let mut reports = Vec::new();
    for report in later {
        reports.push(report.await.unwrap());
    }
    assert!(reports.iter().all(|report| !Arc::ptr_eq(report, &first)));
    assert_eq!(distinct_reports(reports).await, 1);
    assert_eq!(reloads.collection().articles().len(), 2);
}

#[tokio::test]
async fn a_root_that_is_gone_is_told_and_keeps_the_collection() {
    let parent = tempfile::tempdir().unwrap();
    let root = parent.path().join("articles");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("a.md"), article("A")).unwrap();
    let reloads = Reloads::start(root.clone(), HalfLife::default(), Arc::new(Timestamp::now)).await.unwrap();
    fs::remove_dir_all(&root).unwrap();
    let report = reloads.reload().await.unwrap();
    assert_eq!(report.outcome.as_ref().unwrap_err(), "the articles folder does not exist");
    assert!(!report.is_complete);
    assert_eq!(reloads.collection().articles().len(), 1);
    assert!(reloads.last().unwrap().outcome.is_err());
    let missing = Reloads::start(root, HalfLife::default(), Arc::new(Timestamp::now)).await;
    assert_eq!(missing.err().unwrap().to_string(), "the articles folder does not exist");
}

#[tokio::test]
async fn a_topic_file_that_was_held_back_is_looked_at_again_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ai.yaml");
    fs::write(&path, "taxonomy: topic\nname: AI\n").unwrap();
    let reloads = started(&folder).await;
    fs::write(&path, "taxonomy: topic\nname: Artificial").unwrap();
    reloads.reload().await.unwrap();
    let name = || reloads.collection().topics().names().text(0).to_owned();
    assert_eq!(name(), "AI");
    let patience = Duration::from_secs(60);
    let shown = tokio::time::timeout(patience, async {
        while name() != "Artificial" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    shown.await.unwrap();
}

#[tokio::test]
async fn a_topic_file_that_was_held_back_is_looked_at_again_after_the_root_was_away() {
    let parent = tempfile::tempdir().unwrap();
    let (root, away) = (parent.path().join("articles"), parent.path().join("away"));
    fs::create_dir(&root).unwrap();
    let path = root.join("ai.yaml");
    fs::write(&path, "taxonomy: topic\nname: AI\n").unwrap();
    let reloads = Reloads::start(root.clone(), HalfLife::default(), Arc::new(Timestamp::now)).await.unwrap();
    fs::write(&path, "taxonomy: topic\nname: Artificial").unwrap();
    reloads.reload().await.unwrap();
    fs::rename(&root, &away).unwrap();
    assert!(reloads.reload().await.unwrap().outcome.is_err());
    fs::rename(&away, &root).unwrap();
    let shown = tokio::time::timeout(Duration::from_secs(60), async {
        while reloads.collection().topics().names().text(0) != "Artificial" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    shown.await.unwrap();
}

/// The lines that this thread logs.
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

#[tokio::test]
async fn what_does_not_change_is_logged_once() {
    let parent = tempfile::tempdir().unwrap();
    let (root, away) = (parent.path().join("articles"), parent.path().join("away"));
    fs::create_dir(&root).unwrap();
    fs::write(root.join("a.md"), article("A")).unwrap();
    let logged = Logged::default();
    let writer = logged.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let reloads = Reloads::start(root.clone(), HalfLife::default(), Arc::new(Timestamp::now)).await.unwrap();
    for _ in 0..2 {
        fs::rename(&root, &away).unwrap();
        for _ in 0..3 {
            reloads.reload().await.unwrap();
        }
        fs::rename(&away, &root).unwrap();
        for _ in 0..3 {
            reloads.reload().await.unwrap();
        }
    }
    let logged = String::from_utf8(logged.0.lock().unwrap().clone()).unwrap();
    let count = |words: &str| logged.matches(words).count();
    let warning = format!(
        "the articles folder does not exist (the bot looked for {}); the bot keeps the articles of the last load",
        root.display()
    );
    assert_eq!(count(&warning), 2, "{logged}");
    assert_eq!(count("the articles folder can be read again"), 2, "{logged}");
    assert_eq!(count("loaded: articles: 1 added"), 1, "{logged}");
}

#[tokio::test]
async fn a_watched_link_is_followed_to_each_next_release_and_to_what_changes_there() {
    let parent = tempfile::tempdir().unwrap();
    let path = |name: &str| parent.path().join(name);
    let release = |number: usize| {
        fs::create_dir(path(&number.to_string())).unwrap();
        fs::write(path(&format!("{number}/a.md")), article(&number.to_string())).unwrap();
        std::os::unix::fs::symlink(number.to_string(), path("next")).unwrap();
        fs::rename(path("next"), path("current")).unwrap();
    };
    release(0);
    let reloads =
        Reloads::start(path("current"), HalfLife::default(), Arc::new(Timestamp::now)).await.unwrap();
    let _watch = reloads.watch(path("current")).unwrap();
    let mut current = reloads.follow();
    let mut shows = async |expected: &str| {
        let is_shown = |current: &Current| {
            current.collection.articles().iter().map(|article| &*article.title).collect::<Vec<_>>().join(" ")
                == expected
        };
        let waited = tokio::time::timeout(Duration::from_secs(60), current.wait_for(is_shown)).await;
        assert!(waited.is_ok(), "{expected}");
    };
    for number in 1..4 {
        release(number);
        // The folder of the release before last often leaves its inode to the next.
        fs::remove_dir_all(path(&(number - 1).to_string())).unwrap();
        shows(&number.to_string()).await;
        fs::write(path(&format!("{number}/b.md")), article("later")).unwrap();
        shows(&format!("{number} later")).await;
    }
}

#[tokio::test]
async fn without_a_folder_nobody_loads() {
    let reloads = Reloads::detached(Arc::default());
    assert_eq!(reloads.reload().await.err(), Some(Stopped));
    assert!(!reloads.nudge());
}
