//! The fields of an entry.

use super::{atom, entry, item, link, picture, published};
use crate::Entry;

#[track_caller]
fn title_of_rss(title: &str, expected: &str) {
    assert_eq!(item(&format!("<title>{title}</title>")).title.as_deref(), Some(expected), "{title}");
}

#[test]
fn titles_are_plain_text() {
    title_of_rss("  Two\n\t words\u{A0}\u{2028}more ", "Two words more");
    title_of_rss("<![CDATA[Tom & Jerry <3]]>", "Tom & Jerry <3");
    title_of_rss("<![CDATA[a]]> <![CDATA[b]]>", "a b");
    title_of_rss("<![CDATA[Q&amp;A: <em>why</em>?]]>", "Q&A: why?");
    title_of_rss("&lt;b&gt;Bold&lt;/b&gt; &amp;amp; bare", "Bold & bare");
    title_of_rss("&amp;lt;b&amp;gt;Twice&amp;lt;/b&amp;gt;", "Twice");
    title_of_rss("Vec&lt;T&gt; &amp; the &lt;dialog&gt; element", "Vec<T> & the <dialog> element");
    title_of_rss("The &amp;lt;p&amp;gt; tag", "The <p> tag");
    title_of_rss("Inline <i>markup</i> &amp; <br/>more", "Inline markup & more");
    title_of_rss("&#8220;Quotes&#x201D; and caf&eacute;&hellip;", "“Quotes” and café…");
    title_of_rss("It&#146;s windows&#150;1252", "It’s windows–1252");
    title_of_rss("a &unknown; b & c &amp d", "a &unknown; b & c &amp d");
    title_of_rss("bell\u{7} and \u{B}tab", "bell and tab");
}

#[test]
fn the_type_of_a_text_counts() {
    let title =
        |attributes: &str, title: &str| atom(&format!("<title {attributes}>{title}</title>")).title.unwrap();
    assert_eq!(title("type='text'", "a &lt;b&gt;c&lt;/b&gt; &amp;amp;"), "a <b>c</b> &amp;");
    assert_eq!(title("type='html'", "a &lt;b&gt;c&lt;/b&gt; &lt;T&gt;"), "a c");
    assert_eq!(title("type='xhtml'", "<div>a <b>c</b> &lt;T&gt;</div>"), "a c <T>");
    assert_eq!(title("type='application/x-unknown'", "a"), "a");
    assert_eq!(title("", "a &amp;amp; b"), "a & b");
}

#[test]
fn a_bare_less_than_is_text() {
    title_of_rss("1 < 2 and x <- y <3", "1 < 2 and x <- y <3");
}

#[test]
fn the_own_title_comes_before_others() {
    let entry = item(
        "<media:title>M</media:title><dc:title>D</dc:title><title>Own</title><itunes:title>I</itunes:title>",
    );
    assert_eq!(entry.title.as_deref(), Some("Own"));
    assert_eq!(item("<media:group><media:title>M</media:title></media:group>").title.as_deref(), Some("M"));
    assert_eq!(
        item("<media:content url='x.mp4'><media:title>M</media:title></media:content>").title.as_deref(),
        Some("M")
    );
    let inside = "<media:content url='https://x.example/a.png' medium='image'><media:title>Jo Doe</media:title></media:content><author><title>Dr</title></author>";
    assert_eq!(item(inside).title, None);
}

#[test]
fn excerpts_come_from_summaries_and_else_from_contents() {
    let excerpt = |elements: &str| item(elements).excerpt;
    let content = "<content:encoded><![CDATA[<style>p{}</style><p>One</p><p>two<br>three</p><script>if (a<b) {}</script>]]></content:encoded>";
    assert_eq!(excerpt(content).as_deref(), Some("One two three"));
    assert_eq!(excerpt(&format!("{content}<description>Short</description>")).as_deref(), Some("Short"));
    assert_eq!(excerpt(&format!("{content}<description>  </description>")).as_deref(), Some("One two three"));
    assert_eq!(excerpt("<itunes:summary>A talk</itunes:summary>").as_deref(), Some("A talk"));
    assert_eq!(excerpt("<description>&lt;p&gt;cut off &lt;a href='x").as_deref(), Some("cut off"));
    assert_eq!(excerpt("<description></description>"), None);
    let long = "word ".repeat(5_000);
    assert_eq!(excerpt(&format!("<description>{long}</description>")).unwrap().chars().count(), 4_999);
}

#[test]
fn links_are_absolute() {
    let of = |elements: &str| item(elements).link.map(String::from);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(of("<link> \n https://a.example/x?a=1&amp;b=2 </link>"), some("https://a.example/x?a=1&b=2"));
    assert_eq!(of("<link>https://a.example/x?a=1&b=2</link>"), some("https://a.example/x?a=1&b=2"));
    assert_eq!(of("<link><![CDATA[https://a.example/a b]]></link>"), some("https://a.example/a%20b"));
    assert_eq!(of("<link>/x</link>"), some("https://news.example.org/x"));
    assert_eq!(of("<link>x</link>"), some("https://news.example.org/blog/x"));
    assert_eq!(of("<link>//b.example/x</link>"), some("https://b.example/x"));
    assert_eq!(
        of("<link>https://one.example/</link><link>https://two.example/</link>"),
        some("https://two.example/")
    );
    assert_eq!(of("<link/><guid>https://a.example/g</guid>"), some("https://a.example/g"));
    assert_eq!(of("<guid isPermaLink='true'>/g</guid>"), some("https://news.example.org/g"));
    assert_eq!(of("<guid isPermaLink='false'>https://a.example/g</guid>"), None);
    assert_eq!(of("<guid>g-1</guid>"), None);
    assert_eq!(
        of("<guid>https://a.example/g</guid><link>https://a.example/l</link>"),
        some("https://a.example/l")
    );
    assert_eq!(of("<link>javascript:alert(1)</link>"), None);
    assert_eq!(
        of("<link>https://a.example/</link><atom:link rel='self' href='https://a.example/self'/>"),
        some("https://a.example/")
    );
    assert_eq!(of(&format!("<link>https://a.example/{}</link>", "x".repeat(5_000))), None);
}

#[test]
fn of_several_links_the_one_to_a_page_counts() {
    let of = |links: &str| atom(links).link.map(String::from);
    let some = |name: &str| Some(format!("https://a.example/{name}"));
    let bare = "<link href='https://a.example/bare'/>";
    let marked = "<link rel='alternate' type='text/html' href='https://a.example/page'/>";
    let second = "<link rel='alternate' type='text/html' hreflang='de' href='https://a.example/seite'/>";
    let others = "<link rel='self' href='/s'/><link rel='edit' href='/e'/><link rel='replies' type='text/html' href='/r'/>";
    assert_eq!(of(&[others, bare, marked, second].concat()), some("page"));
    assert_eq!(of(&[bare, others].concat()), some("bare"));
    assert_eq!(
        of("<link rel='http://www.iana.org/assignments/relation/alternate' href='https://a.example/x'/>"),
        some("x")
    );
    assert_eq!(
        of("<link rel='alternate' type='application/pdf' href='https://a.example/x.pdf'/>"),
        some("x.pdf")
    );
    assert_eq!(of(others), None);
}

#[test]
fn relative_links_follow_their_base() {
    let text = "<rss><channel><link>https://site.example/home/</link><item xml:base='https://base.example/a/'><link>x</link></item></channel></rss>";
    assert_eq!(link(&entry(text)), Some("https://base.example/a/x"));
    let text =
        "<rss><channel><link>https://site.example/home/</link><item><link>x</link></item></channel></rss>";
    assert_eq!(link(&entry(text)), Some("https://site.example/home/x"));
    let text =
        "<feed xml:base='/deep/'><entry xml:base='er/'><link xml:base='est/' href='x'/></entry></feed>";
    assert_eq!(link(&entry(text)), Some("https://news.example.org/deep/er/est/x"));
}

#[test]
fn dates_come_from_the_best_element() {
    let of = |elements: &str| published(&item(elements));
    assert_eq!(of("<pubDate>2026-01-02</pubDate>").as_deref(), Some("2026-01-02T00:00:00Z"));
    assert_eq!(
        of("<dc:date>2026-01-03</dc:date><pubDate>2026-01-02</pubDate>").as_deref(),
        Some("2026-01-02T00:00:00Z")
    );
    assert_eq!(
        of("<dc:date>2026-01-03</dc:date><pubDate>soon</pubDate>").as_deref(),
        Some("2026-01-03T00:00:00Z")
    );
    assert_eq!(of("<pubDate/>"), None);
    assert_eq!(of("<atom:updated>2026-01-02T00:00:00Z</atom:updated>"), None);
}

#[test]
fn pictures_come_from_the_best_place() {
    let of = |elements: &str| picture(&item(elements)).map(str::to_owned);
    let some = |name: &str| Some(format!("https://p.example/{name}"));
    let html = "<description>&lt;img src='https://p.example/html.png'&gt;</description>";
    let enclosure = "<enclosure url='https://p.example/enclosure.jpg' type='image/jpeg' length='1'/>";
    let podcast = "<itunes:image href='https://p.example/podcast.jpg'/>";
    let thumbnail = "<media:thumbnail url='https://p.example/thumb.jpg' width='640' height='480'/>";
    let media = "<media:content url='https://p.example/small.jpg' medium='image' width='300'/><media:content url='https://p.example/wide' type='image/webp' width='900'/>";
    assert_eq!(of(html), some("html.png"));
    assert_eq!(of(&[html, podcast].concat()), some("podcast.jpg"));
    assert_eq!(of(&[html, podcast, enclosure].concat()), some("enclosure.jpg"));
    assert_eq!(of(&[html, podcast, enclosure, thumbnail].concat()), some("thumb.jpg"));
    assert_eq!(of(&[html, podcast, enclosure, thumbnail, media].concat()), some("wide"));
    assert_eq!(of("<image><url>https://p.example/i.png</url></image>"), some("i.png"));
    assert_eq!(of("<image>https://p.example/i.png</image>"), some("i.png"));
    assert_eq!(
        of(
            "<media:group><media:content url='https://p.example/v.mp4' type='video/mp4'><media:thumbnail url='https://p.example/t.jpg'/></media:content></media:group>"
        ),
        some("t.jpg")
    );
    assert_eq!(of("<enclosure url='https://p.example/a.png'/>"), some("a.png"));
}

#[test]
fn icons_and_counters_are_no_pictures() {
    let of = |html: &str| {
        picture(&item(&format!("<content:encoded><![CDATA[{html}]]></content:encoded>"))).map(str::to_owned)
    };
    let real = "<img src=https://p.example/real.png width=100%>";
    let some = Some("https://p.example/real.png".to_owned());
    assert_eq!(of(&format!("<img src='https://p.example/dot.gif' width='1' height='1'>{real}")), some);
    assert_eq!(of(&format!("<img src='data:image/png;base64,AAAA'>{real}")), some);
    assert_eq!(of(&format!("<img src='https://secure.gravatar.com/avatar/1'>{real}")), some);
    assert_eq!(of("<img src='data:,' data-src='https://p.example/real.png'>"), some);
    assert_eq!(of("<img alt='a > b' src=\"/r.png\">").as_deref(), Some("https://news.example.org/r.png"));
}

#[test]
fn videos_and_sounds() {
    let video = item("<enclosure url='https://v.example/1.mp4' type='video/mp4'/>");
    assert_eq!((video.is_video, video.media.unwrap().as_str()), (true, "https://v.example/1.mp4"));
    let sound = item("<enclosure url='https://v.example/1' type='audio/mpeg'/>");
    assert_eq!((sound.is_video, sound.media.unwrap().as_str()), (false, "https://v.example/1"));
    assert!(item("<media:content url='https://v.example/1.webm'/>").is_video);
    for page in ["www.youtube.com/watch?v=1", "youtu.be/1", "m.youtube.com/shorts/1", "vimeo.com/123"] {
        assert!(item(&format!("<link>https://{page}</link>")).is_video, "{page}");
    }
    for page in ["www.youtube.com/@someone", "vimeo.com/blog", "example.com/watch"] {
        assert!(!item(&format!("<link>https://{page}</link>")).is_video, "{page}");
    }
}

#[test]
fn categories_are_kept_once() {
    let entry = item(
        "<category>A</category><category> A </category><dc:subject>B</dc:subject><media:keywords>C, D,,</media:keywords><category/>",
    );
    assert_eq!(entry.categories, ["A", "B", "C", "D"]);
    let many: String = (0..200).map(|number| format!("<category>{number}</category>")).collect();
    assert_eq!(item(&many).categories.len(), 50);
}

#[test]
fn the_identity_is_the_id_else_the_link_else_title_and_date() {
    let of = |elements: &str| item(elements).identity();
    let (id, link, title) = ("<guid>i</guid>", "<link>https://a.example/</link>", "<title>T</title>");
    let date = "<pubDate>2026-01-02</pubDate>";
    assert_eq!(of(&[id, link, title, date].concat()).as_deref(), Some("i"));
    assert_eq!(of(&[link, title, date].concat()).as_deref(), Some("https://a.example/"));
    assert_eq!(of(&[title, date].concat()).as_deref(), Some("T 2026-01-02T00:00:00Z"));
    assert_eq!(of(title).as_deref(), Some("T"));
    assert_eq!(of(date), None);
    assert_eq!(Entry::default().identity(), None);
}
