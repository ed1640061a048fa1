//! Whole fetches from a server on loopback.

use super::*;

struct Scene {
    server: Server,
    client: HttpClient,
    articles: tempfile::TempDir,
    settings: FetchSettings,
}

impl Scene {
    async fn new() -> Self {
        let articles = tempfile::tempdir().unwrap();
        let settings = settings(articles.path());
        let client = HttpClient::new("tester/1 (+https://tester.example)").unwrap();
        Self { server: Server::start().await, client, articles, settings }
    }

    async fn fetch(&self, path: &str, minutes: i64) -> Result<FetchReport, FetchError> {
        fetch(&self.client, &self.settings, &source(&self.server.url(path)), minute(minutes)).await
    }

    fn progress(&self) -> Progress {
        progress_of(self.articles.path(), "blog").unwrap()
    }
}

#[tokio::test]
async fn an_unchanged_feed_costs_no_body() {
    let scene = Scene::new().await;
    let headers = [("ETag", "\"1\""), ("Cache-Control", "max-age=3600")];
    scene.server.plan("/feed", Answer::new("200 OK", &headers, rss(&[("1", "One")])));
    scene.fetch("/feed", 0).await.unwrap();
    assert_eq!(scene.progress().fresh_for, Some(Duration::from_secs(3600)));
    scene.server.plan("/feed", Answer::new("304 Not Modified", &[], ""));
    scene.server.take_requests();
    // The planned answer of before comes once more.
    scene.fetch("/feed", 60).await.unwrap();
    let report = scene.fetch("/feed", 120).await.unwrap();
    assert!(report.is_not_modified);
    assert!(scene.server.take_requests()[1].contains("if-none-match: \"1\""));
    assert_eq!((scene.progress().last_success, scene.progress().fresh_for), (Some(minute(120)), None));
    assert_eq!(files(scene.articles.path()).len(), 1);
}

#[tokio::test]
async fn a_feed_that_is_cut_off_is_asked_again_as_a_whole() {
    let scene = Scene::new().await;
    let whole = rss(&[("1", "One"), ("2", "Two"), ("3", "Three")]);
    let cut_off = &whole[..whole.find("Three").unwrap()];
    scene.server.plan("/feed", Answer::new("200 OK", &[("ETag", "\"1\"")], cut_off));
    scene.server.plan("/feed", Answer::ok(whole));
    scene.fetch("/feed", 0).await.unwrap();
    assert_eq!(titles(scene.articles.path()), [("One".into(), false), ("Two".into(), false)]);
    scene.fetch("/feed", 15).await.unwrap();
    assert!(scene.server.take_requests().iter().all(|request| !request.contains("if-none-match")));
    // The first fetch was not complete, so the rest of the feed is history too.
    let history = [("One".into(), false), ("Three".into(), false), ("Two".into(), false)];
    assert_eq!(titles(scene.articles.path()), history);
}

#[tokio::test]
async fn a_feed_that_is_always_cut_off_gives_news_all_the_same() {
    let scene = Scene::new().await;
    for (id, title) in [("1", "One"), ("2", "Two"), ("3", "Three")] {
        let text = rss(&[(id, title), ("9", "cut off")]);
        scene.server.plan("/feed", Answer::ok(&text[..text.find("cut off").unwrap()]));
    }
    for minutes in [0, 15, 30] {
        scene.fetch("/feed", minutes).await.unwrap();
    }
    let expected = [("One".into(), false), ("Three".into(), true), ("Two".into(), false)];
    assert_eq!(titles(scene.articles.path()), expected);
}

#[tokio::test]
async fn a_feed_that_moved_for_good_is_asked_at_its_new_address() {
    let scene = Scene::new().await;
    scene.server.plan("/old", Answer::new("301 Moved Permanently", &[("Location", "/new")], ""));
    scene.server.plan("/new", Answer::ok(rss(&[("1", "One")])));
    let report = scene.fetch("/old", 0).await.unwrap();
    assert_eq!(report.moved_to, Some(scene.server.url("/new")));
    scene.server.take_requests();
    scene.fetch("/old", 15).await.unwrap();
    let requests = scene.server.take_requests();
    assert!(requests.len() == 1 && requests[0].starts_with("GET /new "), "{requests:?}");
    assert_eq!(scene.progress().moved_to, Some(scene.server.url("/new")));
    // Another address in the list of sources is another source: nothing of the old one counts.
    scene.server.plan("/other", Answer::ok(rss(&[("9", "Nine")])));
    assert!(scene.fetch("/other", 30).await.unwrap().is_first);
    assert_eq!(scene.progress().moved_to, None);
    assert_eq!(titles(scene.articles.path()), [("Nine".into(), false), ("One".into(), false)]);
}

#[tokio::test]
async fn a_new_address_that_fails_is_forgotten() {
    let scene = Scene::new().await;
    scene.server.plan("/old", Answer::new("308 Permanent Redirect", &[("Location", "/new")], ""));
    scene.server.plan("/new", Answer::ok(rss(&[("1", "One")])));
    scene.server.plan("/new", Answer::new("404 Not Found", &[], ""));
    scene.fetch("/old", 0).await.unwrap();
    assert!(scene.fetch("/old", 15).await.is_err());
    scene.server.take_requests();
    assert!(scene.fetch("/old", 30).await.is_err());
    assert!(scene.server.take_requests()[0].starts_with("GET /old "));
}

#[tokio::test]
async fn failures_are_counted_and_a_success_ends_them() {
    let scene = Scene::new().await;
    scene
        .server
        .plan("/feed", Answer::ok("<html><head><title>Sign in</title></head><body>Hello</body></html>"));
    scene.server.plan("/feed", Answer::new("500 Internal Server Error", &[], ""));
    scene.server.plan("/feed", Answer::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<rss>".to_vec()));
    scene.server.plan("/feed", Answer::new("503 Service Unavailable", &[("Retry-After", "3600")], ""));
    scene.server.plan("/feed", Answer::ok(rss(&[("1", "One")])));
    let expected = [
        ("the document is a web page, not a feed; the page names no feed", 1),
        ("the server answers with the status 500 Internal Server Error", 2),
        ("the answer of the server is incomplete or damaged: ", 3),
        ("the server asks to wait until ", 3),
    ];
    for (minutes, (reason, failures)) in (0..).zip(expected) {
        let error = scene.fetch("/feed", minutes).await.unwrap_err().to_string();
        let progress = scene.progress();
        assert!(error.starts_with(reason), "{error}");
        assert_eq!((progress.last_error, progress.failures), (Some(error), failures));
        assert_eq!((progress.last_attempt, progress.is_known), (Some(minute(minutes)), false));
    }
    assert_eq!(scene.progress().wait_until, Some(minute(3 + 60)));
    assert!(scene.fetch("/feed", 64).await.unwrap().is_first);
    let progress = scene.progress();
    assert_eq!((progress.failures, progress.last_error, progress.wait_until), (0, None, None));
}

#[tokio::test]
async fn a_feed_that_is_gone_is_noted_and_keeps_its_files() {
    let scene = Scene::new().await;
    scene.server.plan("/feed", Answer::ok(rss(&[("1", "One")])));
    scene.fetch("/feed", 0).await.unwrap();
    scene.server.plan("/gone", Answer::new("410 Gone", &[], ""));
    assert!(matches!(scene.fetch("/gone", 15).await, Err(FetchError::Gone)));
    assert!(scene.progress().is_gone);
    assert_eq!(files(scene.articles.path()).len(), 1);
}

#[tokio::test]
async fn a_wrong_charset_does_not_spoil_titles() {
    let scene = Scene::new().await;
    let text = rss(&[("1", "Größe")]);
    let headers = [("Content-Type", "text/xml; charset=us-ascii")];
    scene.server.plan("/utf8", Answer::new("200 OK", &headers, &text));
    scene.fetch("/utf8", 0).await.unwrap();
    let latin1: Vec<u8> =
        rss(&[("2", "Maße")]).chars().map(|sign| u8::try_from(u32::from(sign)).unwrap()).collect();
    let headers = [("Content-Type", "application/rss+xml; charset=utf-8")];
    scene.server.plan("/latin1", Answer::new("200 OK", &headers, latin1));
    scene.fetch("/latin1", 15).await.unwrap();
    assert_eq!(titles(scene.articles.path()), [("Größe".into(), false), ("Maße".into(), false)]);
}

#[tokio::test]
async fn a_source_is_fetched_by_one_at_a_time() {
    let scene = Scene::new().await;
    scene.server.plan("/feed", Answer::ok(rss(&[("1", "One")])));
    let lock = OpenMemory::open(scene.articles.path(), "blog").unwrap();
    let busy = scene.fetch("/feed", 0).await.unwrap_err();
    assert_eq!(busy.to_string(), "the source blog is being fetched right now");
    assert!(scene.server.take_requests().is_empty());
    drop(lock);
    scene.fetch("/feed", 0).await.unwrap();
}

#[tokio::test]
async fn a_broken_memory_is_set_aside_and_what_is_found_then_is_history() {
    let scene = Scene::new().await;
    scene.server.plan("/feed", Answer::ok(rss(&[("1", "One")])));
    scene.fetch("/feed", 0).await.unwrap();
    let memory = scene.articles.path().join(".heatwire/blog.json");
    fs::write(&memory, "{\"entries\": [").unwrap();
    assert_eq!(scene.progress(), Progress::default());
    // A failure in between loses nothing: the files are still to be found.
    assert!(scene.fetch("/missing", 15).await.is_err());
    scene.server.plan("/feed", Answer::ok(rss(&[("1", "One"), ("2", "Two")])));
    scene.fetch("/feed", 30).await.unwrap();
    let report = scene.fetch("/feed", 45).await.unwrap();
    assert_eq!(report.counts.unchanged + report.counts.created, 2, "{report:?}");
    assert_eq!(titles(scene.articles.path()), [("One".into(), false), ("Two".into(), true)]);
    assert!(memory.with_extension("broken").exists() && memory.exists());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_loses_no_entry() {
    let scene = Scene::new().await;
    scene.server.plan("/feed", Answer::new("200 OK", &[("ETag", "\"1\"")], rss(&[("1", "One")])));
    let outside = tempfile::tempdir().unwrap();
    let folder = scene.articles.path().join("blog");
    std::os::unix::fs::symlink(outside.path(), &folder).unwrap();
    assert!(matches!(scene.fetch("/feed", 0).await, Err(FetchError::Folder { .. })));
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    fs::remove_file(&folder).unwrap();
    let report = scene.fetch("/feed", 15).await.unwrap();
    assert_eq!((report.is_first, report.counts.created), (true, 1));
}

#[tokio::test]
async fn an_idle_source_takes_no_memory_but_its_file() {
    let scene = Scene::new().await;
    scene.server.plan("/feed", Answer::ok(rss(&[("1", "One")])));
    scene.fetch("/feed", 0).await.unwrap();
    let memory = Memory::read(scene.articles.path(), "blog").unwrap();
    assert_eq!(memory.entries.len(), 1);
    assert!(size_of::<FeedSource>() + size_of::<Progress>() < 1024);
    const { assert!(BODY_BYTES_MAX == 5 * 1024 * 1024 && TIME_MAX.as_secs() == 30) };
}
