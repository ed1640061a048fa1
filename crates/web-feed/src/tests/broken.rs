//! Feeds that break the rules of their format, as real ones do.

use super::{atom, entry, feed, item, link, titles};

#[test]
fn junk_before_the_feed() {
    let rss = "<?xml version='1.0'?><rss><channel><item><title>A</title></item></channel></rss>";
    for junk in [
        "\u{FEFF}",
        " \n\r\t",
        "\u{0}\u{1}",
        "<br />\n<b>Warning</b>: x in <b>y.php</b><br />\n",
        "junk\n",
        "<!-- c -->",
        "<?php ?>",
    ] {
        assert_eq!(titles(&feed(&format!("{junk}{rss}"))), ["A"], "{junk:?}");
    }
}

#[test]
fn junk_behind_the_feed() {
    let rss = "<rss><channel><item><title>A</title></item></channel></rss>";
    for junk in ["</rss>", "<script>1</script>", "\u{0}", "<!-- ", "text", "<", "</", "<x"] {
        assert_eq!(titles(&feed(&format!("{rss}{junk}"))), ["A"], "{junk:?}");
    }
}

#[test]
fn a_feed_cut_off_anywhere_gives_what_came() {
    let text = "<?xml version='1.0'?><rss version='2.0'><channel><title>T</title><item><title>One &amp; only</title><link>https://a.example/1</link>\
        <description><![CDATA[<p>Hello</p>]]></description></item><item><title>Two</title><link>https://a.example/2</link></item></channel></rss>";
    let first = text.find("</item>").unwrap() + "</item>".len();
    for end in text.find("<rss version='2.0'>").unwrap() + 20..text.len() {
        let feed = feed(&text[..end]);
        assert!(feed.is_cut_off || text[..end].ends_with("</rss"), "{end}");
        if end >= first {
            assert_eq!(link(&feed.entries[0]), Some("https://a.example/1"), "{end}");
            assert_eq!(feed.entries[0].excerpt.as_deref(), Some("Hello"));
        }
        // Half a link would be another link, and half an id another entry.
        for entry in &feed.entries {
            assert!(["One & only", "Two"].contains(&entry.title.as_deref().unwrap()), "{end}");
            assert!(link(entry).unwrap().ends_with(['1', '2']), "{end}");
        }
    }
    assert!(!feed(text).is_cut_off);
}

#[test]
fn a_control_character_is_no_space() {
    assert_eq!(item("<title>ab\u{8}cd\u{1} e\u{B}f</title>").title.as_deref(), Some("abcd e f"));
}

#[test]
fn end_tags_that_do_not_match() {
    let entry = item("<title>A</titel><link>https://a.example/</link></foo><pubDate>2026-01-02</pubDate>");
    assert_eq!((entry.title.as_deref(), link(&entry)), (Some("A"), Some("https://a.example/")));
    assert!(entry.published.is_some());
    let text =
        "<rss><channel><item><title>A</title><description>x</item><item><title>B</title></channel></rss>";
    assert_eq!(titles(&feed(text)), ["A", "B"]);
    let text = "<rss><channel><item><title>A<item><title>B</rss>";
    assert_eq!(titles(&feed(text)), ["A", "B"]);
    let text = "<rss><channel><item><foo><bar></item><item><title>B</title></item></channel></rss>";
    assert_eq!(titles(&feed(text)), ["", "B"]);
}

#[test]
fn a_section_that_is_never_closed_ends_with_its_element() {
    let entry = item("<title><![CDATA[A & b</title><link>https://a.example/</link>");
    assert_eq!((entry.title.as_deref(), link(&entry)), (Some("A & b"), Some("https://a.example/")));
}

#[test]
fn tags_that_are_never_closed() {
    let entry = item("<title <guid>g</guid><link>https://a.example/</link>");
    assert_eq!((entry.id.as_deref(), link(&entry)), (Some("g"), Some("https://a.example/")));
    let entry = atom("<link href='https://a.example/>\n<title type='text'>A</title>");
    assert_eq!((entry.title.as_deref(), link(&entry)), (Some("A"), Some("https://a.example/")));
    let entry = atom("<link rel=alternate href=https://a.example/x><title>A</title></link>");
    assert_eq!(link(&entry), Some("https://a.example/x"));
}

#[test]
fn names_in_any_case_and_with_any_prefix() {
    let entry = entry(
        "<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>A</TITLE><GUID ISPERMALINK='FALSE'>https://a.example/</GUID></ITEM></CHANNEL></RSS>",
    );
    assert_eq!((entry.title.as_deref(), link(&entry)), (Some("A"), None));
    let text =
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>A</a:title></a:entry></a:feed>";
    assert_eq!(titles(&feed(text)), ["A"]);
    let text = "<rss xmlns:m='http://search.yahoo.com/mrss/' xmlns:media='https://wrong.example/'><channel><item>
        <m:thumbnail url='https://a.example/t.png'/></item><item><media:thumbnail url='https://a.example/u.png'/></item></channel></rss>";
    let pictures: Vec<_> =
        feed(text).entries.iter().map(|entry| super::picture(entry).map(str::to_owned)).collect();
    assert_eq!(
        pictures,
        [Some("https://a.example/t.png".to_owned()), Some("https://a.example/u.png".to_owned())]
    );
}

#[test]
fn elements_whose_prefix_is_something_else_are_passed_over() {
    let entry = item("<podcast:title>P</podcast:title><x:link>https://x.example/</x:link><title>A</title>");
    assert_eq!((entry.title.as_deref(), link(&entry)), (Some("A"), None));
}

#[test]
fn wrong_places() {
    // Entries without a channel, and a channel that ends too early.
    assert_eq!(titles(&feed("<rss><item><title>A</title></item></rss>")), ["A"]);
    assert_eq!(titles(&feed("<rss><channel></channel><item><title>A</title></item></rss>")), ["A"]);
    assert_eq!(
        titles(&feed("<rss><channel><items><item><title>A</title></item></items></channel></rss>")),
        ["A"]
    );
}

#[test]
fn an_entry_may_be_empty() {
    let feed = feed("<rss><channel><item/><item></item><item><title/></item></channel></rss>");
    assert_eq!(feed.entries, vec![crate::Entry::default(); 3]);
}

#[test]
fn comments_and_declarations_are_passed_over() {
    let text = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'x>y'><!-- ] --><!ELEMENT title (#PCDATA)>]><rss><channel>\
        <!-- <item><title>no</title></item> --><item><title>A<!-- b -->c<!----> &a;</title></item></channel></rss>";
    assert_eq!(titles(&feed(text)), ["Ac &a;"]);
    let text = "<!DOCTYPE rss [<!ENTITY a 'b'><rss><channel><item><title>A</title></item></channel></rss>";
    assert_eq!(titles(&feed(text)), ["A"]);
    let text = "<rss><channel><item><title>A</title><!-- never ended ><link>https://a.example/</link></item></channel></rss>";
    assert_eq!(titles(&feed(text)), ["A"]);
}
