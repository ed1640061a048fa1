//! Pages that name feeds, and lists of feeds.

use super::address;
use crate::{FeedError, discover, subscriptions};

fn found(page: &str) -> Vec<String> {
    discover(page.as_bytes(), Some("text/html"), &address()).into_iter().map(String::from).collect()
}

#[test]
fn a_page_names_its_feeds() {
    let page = "<html><head><link rel=alternate type=application/rss+xml href=rss.xml>
        <LINK REL='Alternate home' TYPE='application/atom+xml; charset=utf-8' HREF='//other.example/atom?a=1&amp;b=2'/>
        <link rel='alternate' type='application/feed+json' href='/feed.json'><link rel='feed' href='/h'>
        <link rel='alternate' type='application/rss+xml' href='rss.xml'><link rel='alternate' type='application/json' href='/j.json'>
        <link rel='alternate' type='application/json' href='/wp-json/1'><link rel='alternate' hreflang='de' href='/de'>
        <link rel='alternate stylesheet' type='text/xml' href='/s'><link rel='stylesheet' type='text/css' href='/s.css'>
        <link rel='alternate' type='application/rss+xml'><link rel='alternate' type='application/rss+xml' href='javascript:x'>
        <script>'<link rel=alternate type=application/rss+xml href=script>'</script><!-- <link rel=feed href=comment> -->";
    let base = "https://news.example.org";
    let expected = [
        format!("{base}/blog/rss.xml"),
        "https://other.example/atom?a=1&b=2".to_owned(),
        format!("{base}/feed.json"),
        format!("{base}/h"),
        format!("{base}/j.json"),
    ];
    assert_eq!(found(page), expected);
}

#[test]
fn the_base_of_a_page_counts() {
    assert_eq!(
        found("<base href='/b/'><base href='/c/'><link rel=feed href=f>"),
        ["https://news.example.org/b/f"]
    );
}

#[test]
fn at_most_fifty_feeds_of_a_page_count() {
    let page: String = (0..100).map(|number| format!("<link rel=feed href='/{number}'>")).collect();
    assert_eq!(found(&page).len(), 50);
}

#[test]
fn opml_gives_the_feeds_of_all_folders() {
    let list = "<?xml version='1.0'?><opml version='2.0'><head><title>Mine</title></head><body>
        <outline text='News'><outline text='Deep'><outline type='rss' text='A &amp; B' title='A &amp;amp; B' xmlUrl=' https://a.example/feed '/></outline>
        <outline text='Twice' xmlUrl='https://a.example/feed'/></outline><outline text='note'/><outline XMLURL='http://b.example/rss' text='B'>
        <outline xmlurl='ftp://c.example/'/><outline xmlUrl='relative'/></body></opml>";
    let found = subscriptions(list.as_bytes()).unwrap();
    let found: Vec<_> = found.iter().map(|feed| (feed.title.as_deref(), feed.address.as_str())).collect();
    assert_eq!(found, [(Some("A & B"), "https://a.example/feed"), (Some("B"), "http://b.example/rss")]);
}

#[test]
fn opml_is_bounded() {
    let outlines: String =
        (0..10_100).map(|number| format!("<outline xmlUrl='https://a.example/{number}'>")).collect();
    assert_eq!(subscriptions(format!("<opml><body>{outlines}").as_bytes()).unwrap().len(), 10_000);
}

#[test]
fn what_is_no_opml_is_refused() {
    assert_eq!(subscriptions(b"<rss/>"), Err(FeedError::OtherXml { root: Some("rss".to_owned()) }));
    assert_eq!(subscriptions(b""), Err(FeedError::OtherXml { root: None }));
}
