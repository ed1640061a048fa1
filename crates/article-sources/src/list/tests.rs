use crate::memory::progress_of;
use crate::preview::dry_run_of_list;
use crate::tests::server::{Answer, Server};
use crate::tests::{minute, source};

use super::*;

const OPML: &str = "<opml><body><outline xmlUrl='https://a.example/feed'/></body></opml>";

fn list(place: ListPlace) -> ListSource {
    let rules = source(&"https://a.example/".parse().unwrap()).rules;
    ListSource { name: "all".into(), place, rules, every: std::time::Duration::from_secs(900) }
}

#[tokio::test]
async fn the_last_good_list_stays_when_the_server_fails() {
    let server = Server::start().await;
    let articles = tempfile::tempdir().unwrap();
    let client = HttpClient::new("tester/1").unwrap();
    let list = list(ListPlace::Address(server.url("/list")));
    assert_eq!(last_list(articles.path(), &list).unwrap(), []);
    server.plan("/list", Answer::new("200 OK", &[("ETag", "\"1\"")], OPML));
    let shown = dry_run_of_list(&client, articles.path(), &list, minute(0)).await.unwrap();
    assert_eq!(fs::read_dir(articles.path()).unwrap().count(), 0);
    let feeds = fetch_list(&client, articles.path(), &list, minute(0)).await.unwrap();
    assert_eq!(feeds.progress, progress_of(articles.path(), "all").unwrap());
    let feeds = feeds.feeds;
    assert_eq!(shown, feeds);
    assert_eq!(&*feeds[0].name, "all/a.example");
    for answer in
        [Answer::new("304 Not Modified", &[], ""), Answer::ok("<html>"), Answer::new("410 Gone", &[], "")]
    {
        server.plan("/list", answer);
    }
    fetch_list(&client, articles.path(), &list, minute(1)).await.unwrap();
    assert_eq!(fetch_list(&client, articles.path(), &list, minute(2)).await.unwrap().feeds, feeds);
    let refused = fetch_list(&client, articles.path(), &list, minute(3)).await;
    assert!(matches!(refused, Err(FetchError::Feed(_))), "{refused:?}");
    assert!(matches!(fetch_list(&client, articles.path(), &list, minute(4)).await, Err(FetchError::Gone)));
    assert_eq!(last_list(articles.path(), &list).unwrap(), feeds);
    let progress = progress_of(articles.path(), "all").unwrap();
    assert_eq!((progress.failures, progress.last_success), (2, Some(minute(2))));
}

#[tokio::test]
async fn a_list_of_the_operator_is_read_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let client = HttpClient::new("tester/1").unwrap();
    let path = folder.path().join("list.opml");
    let list = list(ListPlace::File(path.clone()));
    let missing = fetch_list(&client, folder.path(), &list, minute(0)).await.unwrap_err().to_string();
    assert!(missing.starts_with("cannot read the list ") && missing.contains("list.opml"), "{missing}");
    fs::write(&path, OPML).unwrap();
    assert_eq!(fetch_list(&client, folder.path(), &list, minute(0)).await.unwrap().feeds.len(), 1);
    fs::write(&path, vec![b' '; BODY_BYTES_MAX + 1]).unwrap();
    assert!(matches!(last_list(folder.path(), &list), Err(FetchError::List { .. })));
}
