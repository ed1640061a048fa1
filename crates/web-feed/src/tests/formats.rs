//! Each format, as its specification has it.

use std::time::Duration;

use super::{address, entry, feed, link, published, refused, titles};
use crate::{FeedError, read};

#[test]
fn rss_2() {
    let feed = feed(
        r#"<?xml version="1.0"?><rss version="2.0"><channel>
        <title>Harbour &amp; Town</title><link>https://harbour.example/</link><description>All of it</description>
        <language>en-gb</language><ttl>45</ttl>
        <image><title>Logo</title><url>https://harbour.example/logo.png</url><link>https://harbour.example/about</link></image>
        <textInput><title>Search</title><name>q</name><link>https://harbour.example/search</link></textInput>
        <item><title>Ferry is late</title><link>https://harbour.example/1</link><guid isPermaLink="false">h-1</guid>
        <description>&lt;p&gt;Fog &amp;amp; ice.&lt;/p&gt;</description><author>mo@harbour.example (Mo Lind)</author>
        <category domain="x">Ferries</category><category>Weather</category>
        <pubDate>Tue, 03 Feb 2026 07:05:09 +0100</pubDate><source url="https://coast.example/rss">Coast News</source></item>
        <item><title>Second</title></item></channel></rss>"#,
    );
    assert_eq!(feed.title.as_deref(), Some("Harbour & Town"));
    assert_eq!(feed.link.as_ref().unwrap().as_str(), "https://harbour.example/");
    assert_eq!(feed.ttl, Some(Duration::from_secs(45 * 60)));
    assert_eq!(titles(&feed), ["Ferry is late", "Second"]);
    let first = &feed.entries[0];
    assert_eq!(first.id.as_deref(), Some("h-1"));
    assert_eq!(link(first), Some("https://harbour.example/1"));
    assert_eq!(first.excerpt.as_deref(), Some("Fog & ice."));
    assert_eq!(first.authors, ["Mo Lind"]);
    assert_eq!(first.categories, ["Ferries", "Weather"]);
    assert_eq!(published(first).as_deref(), Some("2026-02-03T06:05:09Z"));
    assert_eq!(first.language.as_deref(), Some("en-gb"));
    let source = first.source.as_ref().unwrap();
    assert_eq!(source.name.as_deref(), Some("Coast News"));
    assert_eq!(source.link.as_ref().unwrap().as_str(), "https://coast.example/rss");
}

#[test]
fn early_rss() {
    for version in ["version='0.91'", "version='0.92'", "version='0.93'", "version='0.94'", "version='9'", ""]
    {
        let text = format!(
            "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://x.example/rss.dtd'>
            <rss {version}><channel><title>Old</title><item><title>A</title><link>http://o.example/a</link></item></channel></rss>"
        );
        assert_eq!(link(&entry(&text)), Some("http://o.example/a"));
    }
}

#[test]
fn rdf() {
    for namespace in ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"] {
        let text = format!(
            r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{namespace}"
            xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://r.example/"><title>R</title>
            <link>https://r.example/</link><items><rdf:Seq><rdf:li rdf:resource="https://r.example/1"/></rdf:Seq></items></channel>
            <item rdf:about="https://r.example/1"><title>One</title><link>https://r.example/1?from=rss</link>
            <dc:date>2026-03-01T10:00:00Z</dc:date><dc:creator>Ida</dc:creator><dc:subject>Birds</dc:subject></item></rdf:RDF>"#
        );
        let feed = feed(&text);
        assert_eq!((feed.title.as_deref(), titles(&feed)), (Some("R"), vec!["One"]));
        let one = &feed.entries[0];
        assert_eq!(one.id.as_deref(), Some("https://r.example/1"));
        assert_eq!(link(one), Some("https://r.example/1?from=rss"));
        assert_eq!(published(one).as_deref(), Some("2026-03-01T10:00:00Z"));
        assert_eq!(
            (one.authors.as_slice(), one.categories.as_slice()),
            (&["Ida".to_owned()][..], &["Birds".to_owned()][..])
        );
    }
}

#[test]
fn atom_1() {
    let feed = feed(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="html">Berg &amp;amp; Tal</title>
        <link rel="self" href="https://b.example/feed"/><link href="https://b.example/"/><id>urn:b</id>
        <author><name>Everyone</name></author>
        <entry><title type="text">1 &lt; 2</title><id>urn:b:1</id><link rel="enclosure" href="https://b.example/1.mp3"/>
        <link rel="alternate" type="application/json" href="https://b.example/1.json"/>
        <link rel="alternate" type="text/html" href="https://b.example/1"/><link rel="related" href="https://else.example/"/>
        <author><name>Eva</name><uri>https://eva.example/</uri></author><author><name>Udo</name></author>
        <category term="hike" label="Hiking"/><published>2026-01-02T03:04:05.6+01:00</published><updated>2026-01-03T00:00:00Z</updated>
        <summary>Up.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Far <b>up</b>.</p></div></content>
        <source><title>Peaks</title><link href="https://peaks.example/"/><id>urn:p</id><updated>2020-01-01T00:00:00Z</updated></source>
        </entry></feed>"#,
    );
    assert_eq!(feed.title.as_deref(), Some("Berg & Tal"));
    assert_eq!(feed.link.as_ref().unwrap().as_str(), "https://b.example/");
    let entry = &feed.entries[0];
    assert_eq!(entry.title.as_deref(), Some("1 < 2"));
    assert_eq!(entry.id.as_deref(), Some("urn:b:1"));
    assert_eq!(link(entry), Some("https://b.example/1"));
    assert_eq!(entry.authors, ["Eva", "Udo"]);
    assert_eq!(entry.categories, ["Hiking"]);
    assert_eq!(published(entry).as_deref(), Some("2026-01-02T02:04:05.6Z"));
    assert_eq!(entry.updated.unwrap().to_string(), "2026-01-03T00:00:00Z");
    assert_eq!(entry.excerpt.as_deref(), Some("Up."));
    assert_eq!(entry.source.as_ref().unwrap().name.as_deref(), Some("Peaks"));
    assert_eq!(entry.source.as_ref().unwrap().link.as_ref().unwrap().as_str(), "https://peaks.example/");
    assert_eq!(entry.language.as_deref(), Some("de"));
    assert_eq!(entry.media.as_ref().unwrap().as_str(), "https://b.example/1.mp3");
}

#[test]
fn atom_0_3() {
    let entry = entry(
        r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="escaped" type="text/html">A &lt;i&gt;b&lt;/i&gt;</title>
        <link rel="alternate" type="text/html" href="/1"/><issued>2004-05-06T07:08:09Z</issued><modified>2004-05-07</modified>
        <summary type="text/plain" mode="base64">SGVsbG8sIHdvcmxkLg==</summary></entry></feed>"#,
    );
    assert_eq!(entry.title.as_deref(), Some("A b"));
    assert_eq!(link(&entry), Some("https://news.example.org/1"));
    assert_eq!(published(&entry).as_deref(), Some("2004-05-06T07:08:09Z"));
    assert_eq!(entry.updated.unwrap().to_string(), "2004-05-07T00:00:00Z");
    assert_eq!(entry.excerpt.as_deref(), Some("Hello, world."));
}

#[test]
fn an_atom_entry_alone_is_a_feed() {
    let entry = entry("<entry xmlns='http://www.w3.org/2005/Atom'><title>Alone</title></entry>");
    assert_eq!(entry.title.as_deref(), Some("Alone"));
}

#[test]
fn cdf() {
    let feed = feed(
        "<CHANNEL HREF='http://c.example/'><TITLE>C</TITLE><ITEM HREF='http://c.example/1' LASTMOD='1999-01-02'>
        <TITLE>One</TITLE><ABSTRACT>About one.</ABSTRACT></ITEM></CHANNEL>",
    );
    assert_eq!(feed.link.as_ref().unwrap().as_str(), "http://c.example/");
    assert_eq!((link(&feed.entries[0]), titles(&feed)), (Some("http://c.example/1"), vec!["One"]));
    assert_eq!(feed.entries[0].excerpt.as_deref(), Some("About one."));
}

#[test]
fn json_feed() {
    let feed = feed(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "https://j.example/", "language": "fr",
        "items": [
          {"id": 7, "url": "/7", "title": "Seven &amp; more", "summary": "Short.", "content_html": "<p>Long</p><img src='7.png'>",
           "date_published": "2026-01-02T03:04:05Z", "date_modified": "2026-01-03T03:04:05Z", "tags": ["a", "b", 3],
           "authors": [{"name": "Zoe"}], "attachments": [{"url": "https://j.example/7.mp4", "mime_type": "video/mp4"}]},
          {"id": "https://j.example/8", "content_text": "Only <text>", "author": {"name": "Old"}, "image": "https://j.example/8.jpg"},
          {"id": "9", "external_url": "https://else.example/9"}, "no item"
        ]}"#,
    );
    assert_eq!((feed.title.as_deref(), feed.entries.len()), (Some("J"), 3));
    let [seven, eight, nine] = feed.entries.as_slice() else { unreachable!() };
    assert_eq!((seven.id.as_deref(), link(seven)), (Some("7"), Some("https://news.example.org/7")));
    assert_eq!((seven.title.as_deref(), seven.excerpt.as_deref()), (Some("Seven & more"), Some("Short.")));
    assert_eq!(published(seven).as_deref(), Some("2026-01-02T03:04:05Z"));
    assert_eq!(super::picture(seven), Some("https://news.example.org/7.png"));
    assert!(seven.is_video);
    assert_eq!((seven.categories.len(), seven.authors.as_slice()), (2, &["Zoe".to_owned()][..]));
    assert_eq!((eight.excerpt.as_deref(), link(eight)), (Some("Only <text>"), Some("https://j.example/8")));
    assert_eq!(
        (eight.authors.as_slice(), super::picture(eight)),
        (&["Old".to_owned()][..], Some("https://j.example/8.jpg"))
    );
    assert_eq!((link(nine), nine.language.as_deref()), (Some("https://else.example/9"), Some("fr")));
}

#[test]
fn json_feed_that_is_cut_off() {
    let feed = feed(r#"{"title": "J", "items": [{"id": "1", "title": "One"}, {"id": "2", "ti"#);
    assert_eq!((feed.title.as_deref(), titles(&feed)), (Some("J"), vec!["One"]));
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    assert_eq!(refused(" \u{FEFF}\n"), FeedError::Empty);
    assert_eq!(
        refused("<urlset><url/></urlset>").to_string(),
        "the document is no feed: its first element is <urlset>"
    );
    assert_eq!(refused("Not found").to_string(), "the document is no feed: it has no elements");
    assert_eq!(refused("<opml version='2.0'><body/></opml>"), FeedError::List);
    assert_eq!(
        refused(r#"{"error": 404}"#).to_string(),
        "the document is no JSON Feed: the object has no `items`"
    );
    assert!(matches!(refused("{"), FeedError::OtherJson { .. }));
    assert!(matches!(refused(r#"{"items": 3}"#), FeedError::OtherJson { .. }));
}

#[test]
fn a_page_names_its_feed() {
    let page = b"<!doctype html><html><head><title>Home</title><link rel='alternate' type='application/rss+xml' href='/rss'></head>
        <body><item>x</item></body></html>";
    let error = read(page, Some("text/html"), &address()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the document is a web page, not a feed; the page names the feed https://news.example.org/rss"
    );
    let error = refused("<html><body>nothing</body></html>");
    assert_eq!(error.to_string(), "the document is a web page, not a feed; the page names no feed");
}

#[test]
fn a_page_around_a_feed_is_passed_over() {
    let text = "<html><body><rss version='2.0'><channel><item><title>In</title></item></channel></rss></body></html>";
    assert_eq!(titles(&feed(text)), ["In"]);
}

#[test]
fn only_the_newest_of_too_many_entries_stay() {
    use crate::bounds::ENTRIES_MAX;
    let item = |number: usize| {
        format!("<item><title>{number}</title><pubDate>{}</pubDate></item>", 1_000_000_000 + number)
    };
    let oldest_first: String = (0..5 * ENTRIES_MAX).map(item).collect();
    let kept = feed(&format!("<rss><channel>{oldest_first}</channel></rss>"));
    let expected: Vec<String> = (4 * ENTRIES_MAX..5 * ENTRIES_MAX).map(|number| number.to_string()).collect();
    assert_eq!(titles(&kept), expected);
    let undated: String =
        (0..5 * ENTRIES_MAX).map(|number| format!("<item><title>{number}</title></item>")).collect();
    let kept = feed(&format!("<rss><channel>{undated}</channel></rss>"));
    assert_eq!((kept.entries.len(), titles(&kept)[999]), (ENTRIES_MAX, "999"));
}
