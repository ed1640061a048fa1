//! What whole files become: every key of the format, every kind of fault.

use proptest::prelude::*;

use serde::Deserialize;

use super::problem::Problem;
use super::raw::RawArticle;
use super::yaml::{Raw, RawMapping};
use super::yaml_tree::Node;
use super::{Article, ArticleId, parse};

/// Parses a file with this front matter.
fn article_of(front_matter: &str) -> Result<Article, Vec<Problem>> {
    parse(ArticleId::new("a"), "a.md", format!("---\n{front_matter}\n---\nBody\n").as_bytes())
}

fn valid(front_matter: &str) -> Article {
    article_of(front_matter).unwrap_or_else(|problems| panic!("{front_matter}\n{problems:#?}"))
}

/// Expects these problems, each as `line:column: cause; remedy`, of which the beginning is enough.
fn check(front_matter: &str, expected: &[&str]) {
    let problems = article_of(front_matter).expect_err(front_matter);
    let shown: Vec<String> =
        problems.iter().map(|problem| problem.to_string().replacen("a.md:", "", 1)).collect();
    let is_expected = shown.len() == expected.len()
        && shown.iter().zip(expected).all(|(shown, expected)| shown.starts_with(expected));
    assert!(is_expected, "{front_matter}\ngave {shown:#?}\nnot {expected:#?}");
}

/// Every key of the format, once.
const COMPLETE: &str = r##"category: news
title: "A &amp; B: <b>bo</b>ld"
excerpt: "<p>One</p><p>two&nbsp; three</p>"
publishedDateTime: 2023-05-26T11:00:00+02:00
updatedDateTime: "2023-05-27T00:00:00Z"
webUrl: https://Example.com/a b
originalUrl: https://example.org/a
ampWebUrl: https://amp.example.com/a
cdnAmpWebUrl: https://amp-example-com.cdn.ampproject.org/c/s/amp.example.com/a
type: course
quality: "63"
heat: -1
published: no
removed: TRUE
featuredContent: "<iframe>"
length: PT1H30M
price: Free
levels: [Beginner, Advanced]
ratings:
  average: 4.63
  count: 12
provider:
  name: The Example
  domain: example.com
  images:
    - url: /relative.png
    - url: https://example.com/icon.png
      width: 50
      height: 50
  authors:
    - name: Ann
    - name:
    - homepage: nobody
topics:
  - AI
  -
  - " AI "
  - C#
images:
  - url: data:image/png;base64,AAAA
    width: 1
  - url: "https://example.com/i.jpg?w=620&s=1"
    width: 620
    height: 372
    isCached: true
    title: "What it <i>shows</i>"
    attribution: Someone
  - url: https://example.com/second.jpg
related:
  - title: "Other"
    excerpt: ""
    publishedDateTime: 2023-05-26T11:59:00Z
    originalUrl: https://example.net/other
    type: article
    quality: 37
    heat: not read here
    provider: {name: "", domain: example.net}
    images: [{url: "http://example.net/i.png", width: 2, height: 1}]
  - title: Bare
secured: "0fQ95yqYJP+DDy=="
another: [key, {nobody: lists}]"##;

#[test]
fn every_key_of_the_format_is_read() {
    let article = valid(COMPLETE);
    assert_eq!((&*article.title, article.excerpt.as_deref()), ("A & B: bold", Some("One two three")));
    assert_eq!(article.published_at, "2023-05-26T09:00:00Z".parse().ok());
    let details = article.details.expect("details");
    assert_eq!(details.updated_at, "2023-05-27T00:00:00Z".parse().ok());
    assert_eq!(article.link.as_deref(), Some("https://example.com/a%20b"));
    // The one of the AMP cache leads to the same as the one of the AMP page.
    assert_eq!(
        *article.addresses,
        *super::address::identities([
            "https://example.com/a b",
            "https://example.org/a",
            "https://example.com/a"
        ])
    );
    assert_eq!(article.addresses.len(), 3);
    assert_eq!((article.kind.as_deref(), article.category.as_deref()), (Some("course"), Some("news")));
    assert_eq!((article.quality, article.heat), (Some(63), -1));
    assert_eq!((article.is_published, article.is_removed), (false, true));
    assert_eq!((details.length_seconds, details.price.as_deref()), (Some(5400), Some("Free")));
    assert_eq!(*details.levels, ["Beginner".into(), "Advanced".into()]);
    assert_eq!(details.rating.map(|rating| (rating.average, rating.count)), Some(("4.63".into(), Some(12))));
    let provider = article.provider.expect("a provider");
    assert_eq!((&*provider.name, provider.domain.as_deref()), ("The Example", Some("example.com")));
    assert_eq!(provider.icon.as_deref(), Some("https://example.com/icon.png"));
    assert_eq!(*provider.authors, ["Ann".into()]);
    assert_eq!(*article.topics, ["AI".into(), "C#".into()]);
    let picture = article.picture.expect("a picture");
    assert_eq!(&*picture.url, "https://example.com/i.jpg?w=620&s=1");
    assert_eq!(picture.attribution.as_deref(), Some("Someone"));
    let [other, bare] = article.related.iter().collect::<Vec<_>>()[..] else {
        panic!("{:?}", article.related)
    };
    assert_eq!((other.title, other.quality, other.source), ("Other", Some(37), Some("example.net")));
    assert_eq!(other.link, Some("https://example.net/other"));
    assert_eq!((bare.title, bare.link), ("Bare", None));
}

#[test]
fn missing_and_empty_values_have_a_default() {
    let bare = valid("title: T");
    assert_eq!((bare.heat, bare.quality, bare.is_published, bare.is_removed), (0, None, true, false));
    assert!(bare.link.is_none() && bare.topics.is_empty() && bare.related.is_empty());
    for empty in ["", "null", "~", "\"\"", "'  '"] {
        let text = |key: &str| format!("{key}: {empty}\n");
        let keys =
            ["heat", "quality", "published", "webUrl", "publishedDateTime", "excerpt", "type", "length"];
        let article = valid(&format!("title: T\n{}", keys.map(text).concat()));
        assert_eq!(article, bare, "{empty:?}");
    }
    let lists = "title: T\ntopics:\nrelated: ~\nimages: null\nprovider:\nratings:\nlevels: []";
    assert_eq!(valid(lists), bare);
    assert_eq!(valid("title: T\nprovider: {}\nimages: [{}, null]\nratings: {count: 3}"), bare);
}

#[test]
fn text_stays_as_written() {
    for text in
        ["2020", "yes", "0x10", "1e3", "007", "1_000", "-.inf", "2023-05-26", "!!int 5", "0o7", "12:30"]
    {
        assert_eq!(&*valid(&format!("title: {text}")).title, text.trim_start_matches("!!int "));
    }
    assert_eq!(&*valid("title: \"null\"").title, "null");
    assert_eq!(&*valid("title: |\n  two\n  lines\nheat: 1").title, "two lines");
    assert_eq!(&*valid("title: \"a\\u0041\\\n  b\"").title, "aAb");
    assert_eq!(*valid("title: T\ntopics: [2020, no, 1e3]").topics, ["2020", "no", "1e3"].map(Box::from));
    assert_eq!(&*valid("title: &a T\ncategory: *a").category.unwrap_or_default(), "T");
    // A file with a list where a text belongs is read the other way: it must see the same texts.
    check(
        "title: 0x10\nheat: 0x10\nquality: 1e3\nprice: []",
        &[
            "3:7: heat is “0x10”",
            "4:10: quality is “1e3”",
            "5:8: price is a list, and must be a single value; write one value after the key",
        ],
    );
}

#[test]
fn a_wrong_value_has_its_position() {
    check("title: T\nheat: hot", &["3:7: heat is “hot”, not a whole number; write digits, for example 73"]);
    check("title: T\nquality: 73.5", &["3:10: quality is “73.5”, not a whole number"]);
    check("title: T\nheat: 99999999999999999999", &["3:7: heat is “99999999999999999999”, out of range"]);
    check("title: T\nheat:   \"hot\"  # why", &["3:9: heat is “hot”"]);
    check("heat: \"h\\x6ft\"\ntitle: T", &["2:7: heat is “hot”"]);
    check("title: T\nheat:\n  # a comment\n  hot", &["5:3: heat is “hot”"]);
    check("title: é\n\"heat\": {a: 1}", &["3:9: heat is a group of keys, and must be a single value"]);
    check("{title: ééé, heat: hot}", &["2:20: heat is “hot”"]);
    check("title: T\r\nheat: hot\r", &["3:7: heat is “hot”"]);
    check("title: T\npublished: maybe", &["3:12: published is “maybe”, neither true nor false"]);
    check("title: T\nremoved: 1", &["3:10: removed is “1”, neither true nor false"]);
    check(
        "title: T\npublishedDateTime: 2023-05-26T09:00:00",
        &["3:20: publishedDateTime is “2023-05-26T09:00:00”, a date without a time or without"],
    );
    check(
        "title: T\nwebUrl: javascript:alert(1)",
        &["3:9: webUrl is “javascript:alert(1)”, not an http or https address"],
    );
    check("title: T\noriginalUrl: /a", &["3:14: originalUrl is"]);
    check("title: T\nampWebUrl: ftp://a", &["3:12: ampWebUrl is"]);
    check("title: T\nlength: 9 minutes", &["3:9: length is “9 minutes”, not an ISO 8601 duration"]);
    check(
        "title: T\nratings:\n  average: good\n  count: -1",
        &["4:12: ratings.average is “good”", "5:10: ratings.count is “-1”, negative"],
    );
    check("title: T\nimages:\n  - url: x\n    width: wide", &["5:12: images.width is “wide”"]);
    check(
        "title: T\nprovider:\n  images:\n    - url: x\n      height: -1",
        &["6:15: provider.images.height is “-1”, not a size in pixels"],
    );
    check("title: T\nimages:\n  - {url: x, isCached: perhaps}", &["4:24: images.isCached is “perhaps”"]);
    check("title: T\nrelated:\n  - title: R\n    quality: good", &["5:14: related.quality is “good”"]);
}

#[test]
fn a_wrong_kind_has_its_position() {
    check("title: T\ntopics: AI", &["3:9: topics is a single value, and must be a list; write each entry"]);
    check("title: [T]", &["2:8: title is a list, and must be a single value"]);
    check(
        "title: T\ntopics:\n  - A: B\n",
        &["4:5: an entry of topics is a group of keys, and must be a single value; put the value in quotes"],
    );
    check("title: T\ntopics:\n  - [A]\n", &["4:6: an entry of topics is a list"]);
    check(
        "title: T\nprovider: The Example",
        &["3:11: provider is a single value, and must be a group of keys"],
    );
    check("title: T\nimages:\n  - https://example.com/a.png", &["4:5: an entry of images is a single value"]);
    check("title: T\nrelated: {title: R}", &["3:10: related is a group of keys, and must be a list"]);
    check("- title: T", &["2:3: the file is a list, and must be a group of keys"]);
    check("only words", &["2:1: the file is a single value"]);
    // Without a space, or with one that only looks like it, a colon is a letter.
    let no_space = "this key has no space after its colon; write “key: value” with a space after the colon";
    check("title:T\nheat:3", &[&format!("2:6: {no_space}")]);
    check(
        "title:\u{a0}T",
        &["2:7: a no-break space (U+00A0) follows the colon; write an ordinary space instead"],
    );
    check("title: T\nheat:3\n", &[&format!("3:5: {no_space}")]);
    check("title: T\n? [a]\n: b", &["3:3: this key is not a text"]);
}

#[test]
fn a_title_is_required() {
    check("heat: 1", &["2:1: the article has no title; add a line title: \"...\""]);
    check("", &["2:1: the article has no title"]);
    check("title:", &["2:1: the article has no title"]);
    check("title: \"<b> </b>\"", &["2:8: title has no text"]);
    assert_eq!(&*valid("title: <dialog>").title, "<dialog>");
    check("title: T\nrelated:\n  - title: R\n  - heat: 1", &["5:5: an entry of related has no title"]);
    check("title: T\nrelated:\n  - title: R\n  -", &["5:3: an entry of related has no title"]);
    check("title: T\nrelated:\n  -\n  - title: R\n  -\n  -", &["4:3: an", "6:3: an", "7:3: an"]);
}

#[test]
fn every_fault_is_reported_up_to_a_limit() {
    check(
        "heat: hot\ntopics: AI\nquality: [1]\nremoved: x\nheat: 2\nnote: 1\nnote: 2\nprovider: {name: a, name: b}",
        &[
            "2:1: the article has no title",
            "2:7: heat is “hot”",
            "3:9: topics is a single value",
            "4:10: quality is a list",
            "5:10: removed is “x”",
            "6:1: the key “heat” appears here a second time (first in line 2); delete one of the two",
            "8:1: the key “note” appears here a second time (first in line 7)",
            "9:21: the key “name” appears here a second time (first in line 9)",
        ],
    );
    let many = format!("title: T\nrelated:\n{}", "  - heat: 1\n".repeat(60));
    let problems = article_of(&many).expect_err("60 faults");
    assert_eq!(problems.len(), 51);
    assert!(problems[50].cause.contains("the file has more problems"), "{}", problems[50]);
}

#[test]
fn no_problem_holds_a_hidden_value() {
    let shown = |front_matter: &str| {
        let problems = article_of(front_matter).expect_err(front_matter);
        problems.iter().map(Problem::to_string).collect::<Vec<_>>().concat()
    };
    for front_matter in [
        "title: T\nsecured: SECRET\nheat: hot",
        "title: T\nsecured: [SECRET, {a: SECRET}]\nheat: []",
        "title: T\nsecured: &a SECRET\nheat: *a",
        "title: T\nheat: []\nsecured: &a SECRET\nquality: *a",
        "title: T\nsecured: \"SECRET",
        "title: T\nsecured: SECRET\n\tx",
        "title: T\nsecured: SECRET\nsecured: SECRET",
        "title: T\nheat: \"7\nsecured: SECRET\"",
        "title: T\nheat: >\n  7\n  featuredContent: SECRET",
    ] {
        assert!(!shown(front_matter).contains("SECRET"), "{}", shown(front_matter));
    }
}

#[test]
fn user_info_is_a_problem_of_every_address_and_never_repeated() {
    let image = |key: &str| format!("{key}:\n  - url: ADDRESS");
    let mut places: Vec<String> =
        ["webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl"].map(|key| format!("{key}: ADDRESS")).into();
    places.push(image("images"));
    places.push(format!("provider:\n  {}", image("images").replace('\n', "\n  ")));
    let in_related: Vec<String> = places
        .iter()
        .map(|place| format!("related:\n  - title: R\n    {}", place.replace('\n', "\n    ")))
        .collect();
    for place in places.iter().chain(&in_related) {
        for address in [
            "https://news.example:HIDDEN@other.example/story",
            "https://HIDDEN@example.com",
            "\"https://HIDDEN\\x40example.com/\"",
            "https:\\\\HIDDEN@example.com/",
            "https://HIDDEN%40example.com/",
        ] {
            let front_matter = format!("title: T\n{}", place.replace("ADDRESS", address));
            let problems = article_of(&front_matter).expect_err(&front_matter);
            let [problem] = &problems[..] else { panic!("{front_matter}: {problems:?}") };
            let shown = problem.to_string();
            assert!(shown.contains("a user name or a password") && !shown.contains("HIDDEN"), "{shown}");
        }
    }
    // What is no address at all may still hold a password.
    check("title: T\nwebUrl: ann:hidden@example.com", &["3:9: webUrl is not an http or https address"]);
    assert!(valid("title: T\nimages:\n  - url: /i@2x.png").picture.is_none());
}

#[test]
fn a_draft_is_never_visible_and_an_unannounced_article_is() {
    let draft = valid("title: T\ndraft: true");
    assert!(draft.is_draft && draft.is_announced && draft.visible_from().is_none());
    let quiet = valid("title: T\nannounce: no\ndraft: off");
    assert!(!quiet.is_draft && !quiet.is_announced && quiet.visible_from().is_some());
    check("title: T\ndraft: maybe\nannounce: 0", &["3:8: draft is “maybe”", "4:11: announce is “0”"]);
}

#[test]
fn the_link_is_the_first_address_that_discord_has_room_for() {
    let long = |character: &str, count: usize| format!("https://example.com/{}", character.repeat(count));
    let (longest, too_long) = (long("a", 2028), long("a", 2029));
    // An umlaut is sent as six characters.
    let escaped = long("ü", 339);
    for (web, original, expected) in [
        (&longest, &escaped, Some(&longest)),
        (&too_long, &longest, Some(&longest)),
        (&escaped, &longest, Some(&longest)),
        (&too_long, &escaped, None),
    ] {
        let text = format!("title: T\nwebUrl: {web}\noriginalUrl: {original}");
        let article = valid(&text);
        assert_eq!(article.usable_link(), expected.map(String::as_str));
        assert!(article.link.is_some_and(|link| expected.is_some() || *link == **web));
        let related = valid(&format!("title: T\nrelated:\n  - {}", text.replace('\n', "\n    ")));
        let link = related.related.iter().next().and_then(|story| story.link.map(str::to_owned));
        assert_eq!(link.as_ref(), Some(expected.unwrap_or(web)));
    }
}

#[test]
fn pairs_of_escapes_from_json_are_one_character() {
    let expected = ("Launch 🚀 day", "🚀🚀");
    for front_matter in [
        "title: \"Launch \\ud83d\\ude80 day\"\nexcerpt: \"\\uD83D\\uDE80🚀\"",
        "{\"title\":\"Launch \\ud83d\\ude80 day\",\"excerpt\":\"\\uD83D\\uDE80🚀\"}",
        "title: \"Launch \\ud83d\\ude80\n  day\"\nexcerpt: \"\\uD83D\\uDE80🚀\"",
    ] {
        let article = valid(front_matter);
        assert_eq!((&*article.title, article.excerpt.as_deref()), (expected.0, Some(expected.1)));
    }
    check("title: \"\\ud83d\\ude80\"\nheat: hot", &["3:7: heat is “hot”"]);
    assert!(article_of("title: \"\\ud83d\"").is_err());
}

#[test]
fn an_alias_bomb_is_refused_or_harmless() {
    let bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\ntitle: T\ntopics: [*d,*d]";
    // The place is where the value is written out.
    check(bomb, &["2:8: an entry of topics is a list", "2:8: an entry of topics is a list"]);
    check(&format!("{bomb}\nlevels: *d"), &["8:9: there are more than 8 aliases"]);
    check("title: T\nheat: *nothing", &["3:7: “*” refers to a name that no “&” defines"]);
}

proptest! {
    #[test]
    fn both_ways_of_reading_see_the_same(
        values in proptest::collection::vec("[a-z0-9 .~_-]{0,6}|\"[a-z\\\\n ]{0,4}\"|null|!x [a-z]{1,3}|&a b|[|]\n  a|\\[a, ~\\]", 6)
    ) {
        let [title, heat, topic, name, url, unknown] = &*values else { return Ok(()) };
        let text = format!(
            "title: {title}\nheat: {heat}\ntopics:\n- {topic}\nprovider:\n  name: {name}\nimages: [{{url: x}}]\n\
            webUrl: {url}\nunknown: {unknown}\ntitle: again"
        );
        let at_once: Result<RawMapping<'_, RawArticle<'_>>, _> = serde_yaml::from_str(&text);
        if let (Ok(at_once), Ok(tree)) = (at_once, Node::read(&text)) {
            prop_assert_eq!(Raw::deserialize(&tree).map_err(|error| error.to_string()), Ok(at_once));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        refused_in_words(&bytes);
        refused_in_words(&[b"---\n", &*bytes, b"\n---\n"].concat());
    }

    #[test]
    fn any_marks_are_read_or_refused(
        marks in "(?:[-?:,\\[\\]{}#&*!|>'\"%@` \t\r\n]|title|a|\u{85}|\u{2028}|é|- |: |\n  ){0,120}"
    ) {
        refused_in_words(format!("---\ntitle: T\n{marks}\n---\n").as_bytes());
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(
        at in 0..COMPLETE.len(), length in 0..40_usize, bytes in proptest::collection::vec(any::<u8>(), 0..4),
    ) {
        let mut file = format!("---\n{COMPLETE}\n---\n").into_bytes();
        let end = (at + length).min(file.len());
        file.splice(at..end, bytes);
        refused_in_words(&file);
    }
}

/// Whatever a file is, it becomes an article or problems that are one line each and stand inside it.
fn refused_in_words(bytes: &[u8]) {
    let Err(problems) = parse(ArticleId::new("a"), "a.md", bytes) else { return };
    assert!(!problems.is_empty());
    let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    for problem in problems {
        assert!(!problem.to_string().contains(char::is_control), "{problem}");
        assert!(problem.position.is_some_and(|position| (1..=lines).contains(&position.line)), "{problem}");
    }
}
