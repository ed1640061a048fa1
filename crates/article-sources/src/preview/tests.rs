use crate::tests::server::{Answer, Server};
use crate::tests::{files, minute, rss, settings, source};

use super::*;

#[tokio::test]
async fn a_dry_run_shows_what_a_fetch_writes_and_writes_nothing() {
    let server = Server::start().await;
    let articles = tempfile::tempdir().unwrap();
    let (settings, client) = (settings(articles.path()), HttpClient::new("tester/1").unwrap());
    let source = source(&server.url("/feed"));
    server.plan("/feed", Answer::ok(rss(&[("1", "One"), ("2", "Two")])));
    let shown = dry_run(&client, &settings, &source, minute(0)).await.unwrap();
    assert_eq!(std::fs::read_dir(articles.path()).unwrap().count(), 0);
    crate::fetch(&client, &settings, &source, minute(0)).await.unwrap();
    let written = files(articles.path());
    let shown: Vec<(String, String)> = shown.files.into_iter().map(|file| (file.name, file.text)).collect();
    assert_eq!(shown, written.clone().into_iter().collect::<Vec<_>>());
    server.plan("/feed", Answer::ok(rss(&[("1", "One, corrected"), ("3", "Three")])));
    crate::fetch(&client, &settings, &source, minute(15)).await.unwrap();
    let before = files(articles.path());
    server.plan("/feed", Answer::ok(rss(&[("1", "One again"), ("4", "Four")])));
    let _the_answer_of_before = dry_run(&client, &settings, &source, minute(30)).await.unwrap();
    let shown = dry_run(&client, &settings, &source, minute(30)).await.unwrap();
    let kinds: Vec<bool> = shown.files.iter().map(|file| file.is_rewritten).collect();
    assert_eq!((kinds, shown.counts.created, shown.counts.rewritten), (vec![true, false], 1, 1));
    assert_eq!(files(articles.path()), before);
    // Without the memory, the marks in the files say which entries are there.
    std::fs::remove_dir_all(articles.path().join(".heatwire")).unwrap();
    let shown = dry_run(&client, &settings, &source, minute(30)).await.unwrap();
    assert_eq!((shown.counts.created, shown.counts.rewritten), (1, 1));
}

#[tokio::test]
async fn an_address_to_try_may_be_a_page_that_names_a_feed() {
    let server = Server::start().await;
    let articles = tempfile::tempdir().unwrap();
    let (settings, client) = (settings(articles.path()), HttpClient::new("tester/1").unwrap());
    let page = "<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>";
    server.plan("/", Answer::new("200 OK", &[("Content-Type", "text/html")], page));
    server.plan("/feed", Answer::ok(rss(&[("1", "One")])));
    let shown = try_address(&client, &settings, &source(&server.url("/")), minute(0)).await.unwrap();
    assert_eq!((shown.address, shown.title.as_deref()), (Some(server.url("/feed")), Some("Blog")));
    assert_eq!(shown.files.len(), 1);
    server.plan("/none", Answer::ok("<html><body>Hello</body></html>"));
    let refused = try_address(&client, &settings, &source(&server.url("/none")), minute(0)).await;
    assert!(matches!(refused, Err(FetchError::Feed(FeedError::Page { .. }))));
    assert_eq!(std::fs::read_dir(articles.path()).unwrap().count(), 0);
}
