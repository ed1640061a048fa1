//! Runs sources whose fetches the test decides, with tokio's paused clock.

use std::sync::Mutex;

use article_format::source_list::{FeedRules, Repository};

use super::*;

/// What fetches the test saw: the name and the second.
type Log = Arc<Mutex<Vec<(String, i64)>>>;

struct Scripted {
    log: Log,
    clock: Clock,
    answer: fn(&str) -> SourceFetch,
}

impl FetchSource for Scripted {
    async fn fetch(&self, source: Arc<Source>, _: Option<u32>) -> SourceFetch {
        self.log.lock().unwrap().push((source.name.to_string(), (self.clock)().as_second()));
        tokio::time::sleep(Duration::from_secs(1)).await;
        (self.answer)(&source.name)
    }

    fn remembered(&self, source: &Source) -> Remembered {
        let second = |second| Timestamp::from_second(second).unwrap();
        let last = LastFetch { at: second(-300), failures: 0, not_before: None, fresh_for: None };
        match &*source.name {
            "known" => Remembered { last: Some(last), ..Remembered::default() },
            "old-list" => {
                Remembered { last: Some(last), feeds: vec![feed("of-old-list")], ..Remembered::default() }
            }
            _ => Remembered::default(),
        }
    }
}

fn unchanged() -> SourceFetch {
    SourceFetch::succeeded(FetchCounts::default())
}

fn failed(reason: &str) -> SourceFetch {
    SourceFetch::failed(SourceFailure { reason: reason.into(), cause: reason.into() })
}

/// A clock that goes with tokio's.
fn paused_clock() -> Clock {
    let begin = tokio::time::Instant::now();
    Arc::new(move || Timestamp::UNIX_EPOCH.checked_add(begin.elapsed()).unwrap())
}

fn runner(answer: fn(&str) -> SourceFetch) -> (Runner<Scripted>, Log) {
    let (log, clock) = (Log::default(), paused_clock());
    let fetch = Scripted { log: Arc::clone(&log), clock: Arc::clone(&clock), answer };
    (Runner::new(fetch, clock), log)
}

fn rules() -> FeedRules {
    FeedRules { topics: [].into(), quality: 60, is_private: false }
}

fn feed(name: &str) -> Source {
    let address = Url::parse(&format!("https://{name}.example.com/feed")).unwrap();
    Source {
        name: name.into(),
        origin: Origin::Feed { address, rules: rules() },
        every: Duration::from_secs(600),
    }
}

fn list_of(sources: Vec<Source>) -> SourceList {
    SourceList { keep_days: None, sources }
}

#[tokio::test(start_paused = true)]
async fn one_run_fetches_each_source_once_and_the_feeds_of_lists() {
    let (mut runner, log) = runner(|name| match name {
        "list" => SourceFetch { feeds: vec![feed("a"), feed("c")], ..unchanged() },
        "b" => failed("no"),
        "a" => SourceFetch::succeeded(FetchCounts { files: 2, ..FetchCounts::default() }),
        _ => unchanged(),
    });
    let list = OpmlPlace::File("x.opml".into());
    let list = Source { name: "list".into(), origin: Origin::Opml { list, rules: rules() }, ..feed("x") };
    runner.set_list(list_of(vec![feed("a"), feed("b"), list])).await;
    let mut failed = Vec::new();
    runner
        .run_once(|source, fetched| {
            if fetched.outcome.is_err() {
                failed.push(source.name.clone());
            }
        })
        .await;
    let mut names: Vec<String> = log.lock().unwrap().iter().map(|(name, _)| name.clone()).collect();
    names.sort();
    assert_eq!(names, ["a", "b", "c", "list"]);
    assert_eq!(failed, ["b".into()]);
    let statuses = runner.statuses();
    assert_eq!(statuses.iter().map(|status| &*status.name).collect::<Vec<_>>(), ["a", "b", "list", "c"]);
    assert_eq!(statuses[0].files, 2);
    assert_eq!(statuses[1].failure, Some(("no".into(), 1)));
}

#[tokio::test(start_paused = true)]
async fn sources_are_fetched_on_schedule_until_the_list_changes() {
    let (mut runner, log) = runner(|name| match name {
        "over" => SourceFetch { is_over: true, ..failed("gone") },
        "broken" => failed("no"),
        "panics" => panic!("on purpose"),
        _ => unchanged(),
    });
    let all = ["good", "broken", "over", "panics"].map(feed).to_vec();
    let (send, lists) = watch::channel(list_of(all));
    let last: Arc<Mutex<Vec<SourceStatus>>> = Arc::default();
    let seen = Arc::clone(&last);
    let task = tokio::spawn(async move {
        runner.run(lists, |statuses, _| *seen.lock().unwrap() = statuses).await;
    });
    tokio::time::sleep(Duration::from_secs(3600)).await;
    let times = |name: &str| -> Vec<i64> {
        let log = log.lock().unwrap();
        log.iter().filter(|(logged, _)| logged == name).map(|(_, second)| *second).collect()
    };
    let good = times("good");
    assert!((5..=6).contains(&good.len()), "{good:?}");
    assert!(good.windows(2).all(|pair| pair[1] - pair[0] >= 600), "{good:?}");
    assert_eq!(times("broken").len(), 2);
    assert_eq!(times("over").len(), 1);
    let failure = |name: &str| {
        last.lock().unwrap().iter().find(|status| &*status.name == name).unwrap().failure.clone()
    };
    assert_eq!(failure("broken").unwrap().1, 2);
    assert_eq!(failure("panics").unwrap().0.as_ref(), FAULT);
    // A known source keeps its time, a new one is fetched at once, and one that is gone is fetched no more.
    send.send(list_of(vec![feed("good"), feed("new")])).unwrap();
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!((times("good").len(), times("new").len()), (good.len(), 1));
    tokio::time::sleep(Duration::from_secs(7200)).await;
    assert_eq!(times("broken").len(), 2);
    drop(send);
    task.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_restart_waits_for_what_was_fetched_a_moment_ago() {
    let (mut runner, log) = runner(|_| unchanged());
    let list = OpmlPlace::File("x.opml".into());
    let list = Source { name: "old-list".into(), origin: Origin::Opml { list, rules: rules() }, ..feed("x") };
    let (send, lists) = watch::channel(list_of(vec![feed("known"), list]));
    let task = tokio::spawn(async move { runner.run(lists, |_, _| {}).await });
    tokio::time::sleep(Duration::from_secs(10)).await;
    let names = || log.lock().unwrap().iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(), ["of-old-list"]);
    tokio::time::sleep(Duration::from_secs(400)).await;
    assert_eq!(names().len(), 3, "{:?}", names());
    drop(send);
    task.await.unwrap();
}

#[test]
fn the_host_is_that_of_the_address() {
    let of_git = |address: &str| {
        host(&Origin::Git(Repository { address: address.into(), branch: None, folders: [].into() }))
    };
    assert_eq!(of_git("git@GitHub.com:a/b.git").as_deref(), Some("github.com"));
    assert_eq!(of_git("ssh://git@github.com:22/a/b").as_deref(), Some("github.com"));
    assert_eq!(of_git("https://github.com/a/b").as_deref(), Some("github.com"));
    assert_eq!(of_git("file:///a/b").as_deref(), None);
    assert_eq!(host(&feed("a").origin).as_deref(), Some("a.example.com"));
}
