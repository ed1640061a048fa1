//! Feeds in the style of well-known sites.

use super::{entry, link, picture, published};

#[test]
fn youtube() {
    let entry = entry(
        r#"<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
        <title>Channel</title><entry><id>yt:video:abc</id><yt:videoId>abc</yt:videoId><title>How boats float</title>
        <link rel="alternate" href="https://www.youtube.com/watch?v=abc"/><author><name>Boats</name><uri>https://www.youtube.com/channel/x</uri></author>
        <published>2026-05-06T07:08:09+00:00</published><media:group><media:title>How boats float</media:title>
        <media:content url="https://www.youtube.com/v/abc?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
        <media:thumbnail url="https://i1.ytimg.com/vi/abc/hqdefault.jpg" width="480" height="360"/>
        <media:description>They are hollow.</media:description></media:group></entry></feed>"#,
    );
    assert!(entry.is_video);
    assert_eq!(
        (entry.title.as_deref(), entry.excerpt.as_deref()),
        (Some("How boats float"), Some("They are hollow."))
    );
    assert_eq!(picture(&entry), Some("https://i1.ytimg.com/vi/abc/hqdefault.jpg"));
    assert_eq!(entry.authors, ["Boats"]);
}

#[test]
fn podcast() {
    let entry = entry(
        r#"<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Cast</title>
        <itunes:owner><itunes:name>Owner</itunes:name></itunes:owner><itunes:image href="https://c.example/cover.jpg"/>
        <item><title>12: Nets</title><itunes:title>Nets</itunes:title><guid isPermaLink="false">c12</guid><itunes:author>Kim</itunes:author>
        <enclosure url="https://c.example/12.mp3?x=1" length="123" type="audio/mpeg"/><itunes:image href="https://c.example/12.jpg"/>
        <itunes:summary>All about nets.</itunes:summary><itunes:keywords>nets, fish</itunes:keywords></item></channel></rss>"#,
    );
    assert_eq!((entry.title.as_deref(), link(&entry)), (Some("12: Nets"), None));
    assert_eq!(entry.media.as_ref().unwrap().as_str(), "https://c.example/12.mp3?x=1");
    assert_eq!(picture(&entry), Some("https://c.example/12.jpg"));
    assert_eq!((entry.is_video, entry.excerpt.as_deref()), (false, Some("All about nets.")));
    assert_eq!((entry.authors.as_slice(), entry.categories.len()), (&["Kim".to_owned()][..], 2));
}

#[test]
fn mastodon() {
    let entry = entry(
        r#"<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Ada</title><link>https://m.example/@ada</link>
        <item><guid isPermaLink="true">https://m.example/@ada/1</guid><link>https://m.example/@ada/1</link>
        <pubDate>Sat, 07 Mar 2026 08:09:10 +0000</pubDate><description>&lt;p&gt;Hello &lt;a href="https://x.example"&gt;&lt;span class="invisible"&gt;https://&lt;/span&gt;&lt;span&gt;x.example&lt;/span&gt;&lt;/a&gt;&lt;/p&gt;</description>
        <media:content url="https://m.example/1.png" type="image/png" fileSize="1" medium="image"><media:rating scheme="urn:simple">nonadult</media:rating><media:description type="plain">A boat</media:description></media:content>
        <category>boats</category></item></channel></rss>"#,
    );
    assert_eq!((entry.title.as_deref(), entry.excerpt.as_deref()), (None, Some("Hello https://x.example")));
    assert_eq!(picture(&entry), Some("https://m.example/1.png"));
}

#[test]
fn reddit() {
    let entry = entry(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><category term="boats" label="r/boats"/>
        <entry><author><name>/u/sailor</name><uri>https://www.reddit.com/user/sailor</uri></author><category term="boats" label="r/boats"/>
        <content type="html">&lt;table&gt;&lt;tr&gt;&lt;td&gt;My boat &lt;/td&gt;&lt;td&gt;submitted by &amp;#32; /u/sailor&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</content>
        <id>t3_1</id><media:thumbnail url="https://b.thumbs.redditmedia.com/1.jpg"/><link href="https://www.reddit.com/r/boats/1/"/>
        <updated>2026-01-02T03:04:05+00:00</updated><published>2026-01-02T03:04:05+00:00</published><title>My boat</title></entry></feed>"#,
    );
    assert_eq!(
        (entry.id.as_deref(), link(&entry)),
        (Some("t3_1"), Some("https://www.reddit.com/r/boats/1/"))
    );
    assert_eq!(entry.excerpt.as_deref(), Some("My boat submitted by /u/sailor"));
    assert_eq!(picture(&entry), Some("https://b.thumbs.redditmedia.com/1.jpg"));
    assert_eq!(entry.categories, ["r/boats"]);
}

#[test]
fn github_releases() {
    let entry = entry(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en-US"><id>tag:github.com,2008:x</id>
        <link type="text/html" rel="alternate" href="https://github.com/o/r/releases"/><link type="application/atom+xml" rel="self" href="https://github.com/o/r/releases.atom"/>
        <entry><id>tag:github.com,2008:Repository/1/v1.2.0</id><updated>2026-01-02T03:04:05Z</updated>
        <link rel="alternate" type="text/html" href="https://github.com/o/r/releases/tag/v1.2.0"/><title>v1.2.0</title>
        <content type="html">&lt;h2&gt;Fixes&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;&lt;code&gt;Vec&amp;lt;T&amp;gt;&lt;/code&gt;&lt;/li&gt;&lt;/ul&gt;</content>
        <author><name>octo</name></author><media:thumbnail height="30" width="30" url="https://avatars.githubusercontent.com/u/1?s=60"/></entry></feed>"#,
    );
    assert_eq!((entry.title.as_deref(), entry.excerpt.as_deref()), (Some("v1.2.0"), Some("Fixes Vec<T>")));
    assert_eq!(link(&entry), Some("https://github.com/o/r/releases/tag/v1.2.0"));
    assert_eq!((picture(&entry), published(&entry)), (None, None));
    assert_eq!(entry.updated.unwrap().to_string(), "2026-01-02T03:04:05Z");
}

#[test]
fn arxiv() {
    let entry = entry(
        r#"<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>cs.XX updates</title>
        <skipDays><day>Sunday</day></skipDays><item><title>On Knots:
  a Survey</title><link>https://arxiv.org/abs/2601.00001</link><description>arXiv:2601.00001v1 Announce Type: new
Abstract: We tie $x &lt; y$.</description><guid isPermaLink="false">oai:arXiv.org:2601.00001v1</guid><category>cs.XX</category>
        <pubDate>Fri, 02 Jan 2026 00:00:00 -0500</pubDate><arxiv:announce_type>new</arxiv:announce_type><dc:creator>A. One, B. Two</dc:creator></item></channel></rss>"#,
    );
    assert_eq!(entry.title.as_deref(), Some("On Knots: a Survey"));
    assert_eq!(
        entry.excerpt.as_deref(),
        Some("arXiv:2601.00001v1 Announce Type: new Abstract: We tie $x < y$.")
    );
}

#[test]
fn hacker_news() {
    let entry = entry(
        r#"<rss version="2.0"><channel><title>Hacker News</title><link>https://news.ycombinator.com/</link><item><title>Show HN: A boat</title>
        <link>https://boat.example/</link><pubDate>Fri, 2 Jan 2026 03:04:05 +0000</pubDate><comments>https://news.ycombinator.com/item?id=1</comments>
        <description><![CDATA[<a href="https://news.ycombinator.com/item?id=1">Comments</a>]]></description></item></channel></rss>"#,
    );
    assert_eq!(
        (entry.title.as_deref(), link(&entry)),
        (Some("Show HN: A boat"), Some("https://boat.example/"))
    );
    assert_eq!(published(&entry).as_deref(), Some("2026-01-02T03:04:05Z"));
}

#[test]
fn wordpress_authors_are_no_pictures() {
    let entry = super::item(
        "<media:content url='https://1.gravatar.com/avatar/1?s=96' medium='image'><media:title type='html'>jo</media:title></media:content>\
        <media:thumbnail url='https://w.example/real.jpg'/>",
    );
    assert_eq!((picture(&entry), entry.title.as_deref()), (Some("https://w.example/real.jpg"), None));
}
