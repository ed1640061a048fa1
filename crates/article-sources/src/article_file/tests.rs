use article_format::keys::KnownKeys;
use article_format::schema::FileKind;
use article_format::{Article, ArticleId, parse, parse_in_full, parse_strictly};
use proptest::option::of as maybe;
use proptest::prelude::*;
use web_feed::{Picture, Source};

use super::*;

fn rules() -> FeedRules {
    FeedRules { topics: Box::default(), quality: 60, is_private: false }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a date")
}

fn entry() -> Entry {
    Entry {
        id: Some("urn:1".into()),
        title: Some("Rust 1.94 & <more>".into()),
        excerpt: Some("What is “new”.".into()),
        link: Url::parse("https://www.example.com/a?b=1&c=2").ok(),
        published: Some(at("2026-11-28T10:00:00Z")),
        ..Entry::default()
    }
}

fn file(entry: &Entry, kept: &Kept) -> String {
    Content::of(entry, &rules(), &["Rust".into()]).expect("an entry with a title").file(kept)
}

fn read(text: &str) -> Article {
    let article =
        parse_strictly(text.as_bytes()).unwrap_or_else(|| panic!("the strict reader declines\n{text}"));
    let in_full = parse_in_full(ArticleId::new(""), "a.md", text.as_bytes());
    assert_eq!(in_full.as_ref(), Ok(&article), "{text}");
    article
}

#[test]
fn a_file_says_what_the_entry_says() {
    let kept = Kept::new(at("2026-11-29T00:00:00Z"), false);
    let entry = Entry {
        updated: Some(at("2026-11-28T12:00:00Z")),
        authors: vec!["Ada".into()],
        picture: Some(Picture {
            url: Url::parse("https://example.com/p.png").expect("a URL"),
            width: Some(600),
            height: None,
        }),
        ..entry()
    };
    let text = file(&entry, &kept);
    let expected = "---\ntitle: \"Rust 1.94 & &lt;more>\"\nexcerpt: \"What is “new”.\"\n\
        publishedDateTime: 2026-11-28T10:00:00Z\nupdatedDateTime: 2026-11-28T12:00:00Z\n\
        webUrl: \"https://www.example.com/a?b=1&c=2\"\ntype: article\nquality: 70\nheat: 70\nannounce: false\n\
        provider:\n  domain: \"example.com\"\n  authors:\n    - name: \"Ada\"\ntopics:\n  - \"Rust\"\n\
        images:\n  - url: \"https://example.com/p.png\"\n    width: 600\nimported: \"";
    assert!(text.starts_with(expected), "{text}");
    let article = read(&text);
    assert_eq!(&*article.title, "Rust 1.94 & <more>");
    assert_eq!((article.quality, article.heat, article.is_announced), (Some(70), 70, false));
}

#[test]
fn the_source_that_an_entry_names_is_its_provider() {
    let source =
        Source { name: Some("The Paper".into()), link: Url::parse("https://www.paper.example/feed").ok() };
    let article =
        read(&file(&Entry { source: Some(source), ..entry() }, &Kept::new(at("2026-11-29T00:00:00Z"), true)));
    let provider = article.provider.expect("a provider");
    assert_eq!((&*provider.name, provider.domain.as_deref()), ("The Paper", Some("paper.example")));
}

#[test]
fn an_entry_without_a_title_is_named_by_its_text_or_its_link() {
    let title = |entry: Entry| Content::of(&entry, &rules(), &[]).map(|content| content.title);
    assert_eq!(title(Entry { title: None, ..entry() }).as_deref(), Some("What is “new”."));
    let bare = Entry { title: Some(" ".into()), excerpt: None, ..entry() };
    assert_eq!(title(bare).as_deref(), Some("www.example.com/a?b=1&c=2"));
    assert_eq!(title(Entry { id: Some("x".into()), ..Entry::default() }), None);
    assert_eq!(title(Entry::default()), None);
    let long = Entry { title: None, excerpt: Some("word ".repeat(200)), ..entry() };
    assert_eq!(title(long), Some(format!("{}…", "word ".repeat(19).trim_end())));
}

#[test]
fn a_file_is_as_written_until_one_byte_changes() {
    let text = file(&entry(), &Kept::new(at("2026-11-29T00:00:00Z"), true));
    let written = WrittenFile::of(text.as_bytes()).expect("as written");
    assert_eq!(Some(written.identity), Identity::of(&entry()));
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] ^= 1;
        let found = WrittenFile::of(&changed);
        assert!(found.is_none_or(|found| Some(found.identity) != Identity::of(&entry())), "{at}");
    }
    let with_body = format!("{text}A body.\n");
    let bare = "---\ntitle: \"A\"\n---\n";
    for other in [bare, &*with_body, "", "---\n", &*text.replace('\n', "\r\n")] {
        assert_eq!(WrittenFile::of(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn a_changed_entry_keeps_announce_date_heat_and_related() {
    let undated = Entry { published: None, ..entry() };
    let first = file(&undated, &Kept::new(at("2026-11-29T08:00:00Z"), false));
    let related = RelatedArticle {
        title: "The same <b>story</b>".into(),
        link: Some("https://other.example/x".into()),
        published_at: Some(at("2026-11-28T11:00:00.5Z")),
        provider: Some("other.example".into()),
    };
    let scored =
        WrittenFile::of(first.as_bytes()).and_then(|file| file.with_scores(2, &[related])).expect("scores");
    let written = WrittenFile::of(scored.as_bytes()).expect("as written");
    let changed = Entry { title: Some("Another title".into()), ..undated };
    let article = read(&file(&changed, &written.kept().expect("our own form")));
    assert_eq!((&*article.title, article.heat, article.is_announced), ("Another title", 100, false));
    assert_eq!(article.published_at, Some(at("2026-11-29T08:00:00Z")));
    assert_eq!(article.related.len(), 1);
    let back = written.with_scores(0, &[]).expect("scores");
    assert_eq!(back, first);
}

#[test]
fn the_date_of_the_last_change_alone_is_no_change() {
    let fingerprint = |entry: Entry| Content::of(&entry, &rules(), &[]).expect("content").fingerprint();
    let usual = fingerprint(entry());
    assert_eq!(fingerprint(Entry { updated: Some(at("2026-11-29T00:00:00Z")), ..entry() }), usual);
    assert_ne!(fingerprint(Entry { title: Some("B".into()), ..entry() }), usual);
    assert_ne!(fingerprint(Entry { published: Some(at("2026-11-29T00:00:00Z")), ..entry() }), usual);
}

#[test]
fn an_address_that_a_reader_refuses_is_left_out() {
    for address in ["https://ada:secret@example.com/a", &format!("https://example.com/{}", "a".repeat(2048))]
    {
        let link = Url::parse(address).ok();
        let picture = link.clone().map(|url| Picture { url, width: None, height: None });
        let article =
            read(&file(&Entry { link, picture, ..entry() }, &Kept::new(at("2026-11-29T00:00:00Z"), true)));
        assert_eq!((article.link, article.picture), (None, None), "{address}");
    }
}

/// Texts with what YAML, HTML and the bounds of the reader care about.
fn text() -> impl Strategy<Value = String> {
    let hostile = "([-*&\\[\\]{}<>:#|%@`'\"\\\\,?!/;=~. \t\n]|amp|lt|&amp;|&#60;|<b>|</b>|<br>|---|\u{FEFF}|\u{2028}|\u{85}|a|é|😀){0,60}";
    prop_oneof!["\\PC{0,80}", hostile, "(- \\*amp;|\\[\\*lt|&amp; ?){0,60}", "(\\[|\\{|- ){0,1000}"]
}

fn address() -> impl Strategy<Value = Url> {
    "https?://(www\\.)?[a-z]{1,5}\\.example(:[1-9][0-9]{1,3})?/[\\PC]{0,40}"
        .prop_filter_map("an address", |text| Url::parse(&text).ok().filter(Url::has_host))
}

prop_compose! {
    fn any_entry()(
        id in maybe(text()), link in maybe(address()), media in maybe(address()), title in maybe(text()), excerpt in maybe(text()),
        published in maybe(any::<i64>()), updated in maybe(any::<i64>()), is_video in any::<bool>(),
        picture in maybe((address(), maybe(any::<u32>()), maybe(any::<u32>()))),
        authors in prop::collection::vec(text(), 0..3), source in maybe((maybe(text()), maybe(address()))),
    ) -> Entry {
        let instant = |seconds: i64| Timestamp::from_second(seconds % 300_000_000_000).ok();
        Entry {
            id, link, media, title, excerpt, is_video, authors,
            published: published.and_then(instant), updated: updated.and_then(instant),
            picture: picture.map(|(url, width, height)| Picture { url, width, height }),
            source: source.map(|(name, link)| Source { name, link }),
            ..Entry::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_entry_becomes_a_file_that_both_readers_take(
        entry in any_entry(), topics in prop::collection::vec(text(), 0..4),
        related in prop::collection::vec((text(), maybe(address()), maybe(text())), 0..6), further in 0_usize..5,
    ) {
        let Some(content) = Content::of(&entry, &rules(), &topics) else { return Ok(()) };
        let text = content.file(&Kept::new(at("2026-11-29T00:00:00Z"), true));
        let article = read(&text);
        prop_assert_eq!(&*article.title, &*content.title);
        if let Some(title) = entry.title.as_deref().map(folded).filter(|title| !title.is_empty()) {
            prop_assert_eq!(&*article.title, title);
        }
        prop_assert_eq!(article.excerpt.as_deref(), content.excerpt.as_deref());
        prop_assert_eq!(&article.link, &content.link.as_deref().map(Into::into));
        if let Some(published) = entry.published.filter(has_usual_year) {
            prop_assert_eq!(article.published_at.map(Timestamp::as_second), Some(published.as_second()));
        }
        let written = WrittenFile::of(text.as_bytes()).expect("as written");
        prop_assert_eq!(Some(written.identity), Identity::of(&entry));
        let kept = written.kept().expect("our own form");
        prop_assert_eq!(&content.file(&kept), &text);
        let related: Vec<RelatedArticle> = related.into_iter().map(|(title, link, provider)| RelatedArticle {
            title, link: link.map(Into::into), published_at: None, provider,
        }).collect();
        let scored = written.with_scores(further, &related).expect("our own form");
        let expected = scores::heat(i64::from(content.quality), further);
        prop_assert_eq!(read(&scored).heat, expected);
        let keys = KnownKeys::of(FileKind::Article);
        prop_assert_eq!(keys.unknown_in("a.md", scored.as_bytes()), vec![]);
        prop_assert_eq!(keys.cut_values_in("a.md", scored.as_bytes()), vec![]);
        let id = ArticleId::new("");
        prop_assert!(parse(id, "a.md", scored.as_bytes()).is_ok());
    }
}
