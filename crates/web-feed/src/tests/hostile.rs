//! Bytes that want to stop the program.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::address;
use crate::bounds::{ENTRIES_MAX, EXCERPT_CHARS_MAX, ID_BYTES_MAX, NAMES_MAX, TITLE_CHARS_MAX};
use crate::{Feed, discover, read, subscriptions};

/// Everything that reads bytes reads these.
fn read_all(bytes: &[u8], content_type: Option<&str>) -> Option<Feed> {
    let _feeds = discover(bytes, content_type, &address());
    let _list = subscriptions(bytes);
    read(bytes, content_type, &address()).ok()
}

fn time_of(text: &str) -> Duration {
    let start = Instant::now();
    let _feed = read_all(text.as_bytes(), None);
    start.elapsed()
}

/// Expects that eight times the bytes take less than 24 times as long: a quadratic reader takes 64 times as long. Other
/// programs run beside this one, so one of several attempts counts, and what is over soon is not measured.
fn assert_linear(label: &str, text: impl Fn(usize) -> String) {
    let (small, large) = (text(1), text(8));
    let attempts = (0..6).map(|_| (time_of(&small), time_of(&large)));
    let is_linear = |(few, many): (Duration, Duration)| many < few * 24 || many < Duration::from_millis(150);
    let mut times = Vec::new();
    let found = attempts.inspect(|attempt| times.push(*attempt)).any(is_linear);
    assert!(found, "{label}: {times:?}");
}

/// Units that make a quadratic reader take minutes: each is repeated within a feed.
const UNITS: &[&str] = &[
    "<a>",
    "</a>",
    "<a",
    "<a ",
    "<a b='",
    "<a b=\"<a b='",
    "<",
    "</",
    "<!",
    "<!--",
    "<!-->",
    "<![CDATA[",
    "<![CDATA[]]>",
    "<!DOCTYPE a [",
    "<!DOCTYPE a [<!ENTITY b '&b;&b;'>",
    "<?",
    "&",
    "&amp;",
    "&#",
    "&lt;",
    "&lt;script&gt;",
    "&lt;img src='",
    " ",
    "<item>",
    "<item/>",
    "<item><title>",
    "<item><link>x</link>",
    "<title>",
    "<title><b>",
    "<title></b>",
    "<description><p>",
    "<author><name>",
    "<source><title>",
    "<category>a</category>",
    "<media:group>",
    "<media:thumbnail url='x'>",
    "<xhtml:div xml:base='a/'>",
    "<link xml:base='a/' href='b'/>",
    "<x xmlns:a='b'>",
    "<script>",
    "<link rel=feed href=a>",
    "<pubDate>1:1:1:1:</pubDate>",
    "\u{80}",
];

#[test]
fn time_is_in_proportion_to_the_bytes() {
    const BEGINS: &[&str] =
        &["<rss><channel>", "<rss><item><title>", "<rss><item><description><![CDATA[", "<html>"];
    for begin in BEGINS {
        for unit in UNITS {
            let text = |size: usize| format!("{begin}{}", unit.repeat(size * 25_000 / unit.len()));
            assert_linear(&format!("{begin}{unit}"), text);
        }
    }
}

#[test]
fn attributes_without_number_are_read_in_one_go() {
    let attributes =
        |count: usize| (0..count).map(|number| format!(" a{number}='{number}'")).collect::<String>();
    for tag in ["item", "link", "media:content", "img", "x xmlns:a='b'"] {
        assert_linear(tag, |size| {
            format!("<rss><channel><{tag}{}/></channel></rss>", attributes(size * 5_000))
        });
    }
}

#[test]
fn long_bases_do_not_multiply() {
    let links = "<item><link>a</link></item>".repeat(20_000);
    let text = format!("<rss><channel xml:base='https://a.example/{}/'>{links}", "a".repeat(500_000));
    assert!(time_of(&text) < Duration::from_secs(20));
}

#[test]
fn deep_json_is_no_trouble() {
    for unit in ["[", "{\"a\":", "{\"items\":["] {
        let _feed = read_all(format!("{{\"items\":[{}", unit.repeat(200_000)).as_bytes(), None);
    }
}

#[test]
fn entities_are_not_expanded() {
    let text = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><rss><channel><title>&b;</title></channel></rss>";
    assert_eq!(super::feed(text).title.as_deref(), Some("&b;"));
}

fn assert_bounds(feed: &Feed) {
    assert!(feed.entries.len() <= ENTRIES_MAX);
    for entry in &feed.entries {
        let is_line = |text: &str, max: usize| {
            assert!(text.chars().count() <= max && !text.is_empty(), "{text:?}");
            assert!(
                !text.contains(char::is_control) && text.trim() == text && !text.contains("  "),
                "{text:?}"
            );
        };
        entry.title.iter().for_each(|title| is_line(title, TITLE_CHARS_MAX));
        entry.excerpt.iter().for_each(|excerpt| is_line(excerpt, EXCERPT_CHARS_MAX));
        entry.id.iter().for_each(|id| is_line(id, ID_BYTES_MAX));
        entry.categories.iter().chain(&entry.authors).for_each(|name| is_line(name, TITLE_CHARS_MAX));
        assert!(entry.categories.len() <= NAMES_MAX && entry.authors.len() <= NAMES_MAX);
        assert!(entry.link.iter().all(|link| matches!(link.scheme(), "http" | "https")));
    }
}

const WHOLE: &str = r#"<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel xml:base="https://x.example/a/">
    <title>T &amp; t</title><link>/</link><ttl>5</ttl><item><title><![CDATA[A <b>b</b>]]></title><link>1?a=1&amp;b=2</link><guid isPermaLink="true">g</guid>
    <pubDate>Tue, 03 Feb 2026 07:05:09 EST</pubDate><description>&lt;p&gt;x &lt;img src="y.png" width=50&gt;</description><author>a@b (C)</author>
    <media:group><media:content url="z.mp4" type="video/mp4"><media:thumbnail url="t.png"/></media:content></media:group></item>
    <entry xmlns="http://www.w3.org/2005/Atom"><title type="xhtml"><div>d</div></title><link href="e"/><updated>2026-01-02T03:04:05+01:00</updated>
    <source><title>S</title></source><content type="html" mode="base64">SGVsbG8=</content></entry></channel></rss>"#;

const WHOLE_JSON: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","url":"https://x.example/1",
    "content_html":"<p>a</p>","date_published":"2026-01-02T03:04:05Z","authors":[{"name":"n"}],"tags":["t"]}]}"#;

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _feed = read_all(&bytes, None);
    }

    #[test]
    fn feeds_with_faults_are_read_within_the_bounds(
        is_json in any::<bool>(),
        faults in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..12, any::<Vec<u8>>()), 1..6),
        content_type in proptest::option::of("text/xml; charset=(utf-16|utf-8|gbk|euc-jp|x)"),
    ) {
        let mut bytes = if is_json { WHOLE_JSON } else { WHOLE }.as_bytes().to_vec();
        for (index, removed, inserted) in faults {
            let begin = index.index(bytes.len() + 1);
            let end = (begin + removed).min(bytes.len());
            bytes.splice(begin..end, inserted.into_iter().take(6));
        }
        if let Some(feed) = read_all(&bytes, content_type.as_deref()) {
            assert_bounds(&feed);
        }
    }

    #[test]
    fn markup_in_any_order_is_read_within_the_bounds(
        parts in proptest::collection::vec(prop::sample::select(UNITS), 0..60),
        words in proptest::collection::vec("\\PC{0,4}", 0..60),
    ) {
        let mixed: String = parts.iter().zip(words.iter().chain(std::iter::repeat(&String::new()))).map(|(part, word)| format!("{part}{word}")).collect();
        if let Some(feed) = read_all(format!("<rss><channel>{mixed}").as_bytes(), None) {
            assert_bounds(&feed);
        }
    }

    #[test]
    fn any_text_is_a_date_or_none(text in "[0-9a-zA-Z:+,./ äйT月年日-]{0,30}") {
        let _date = crate::date::parse(&text);
    }
}
