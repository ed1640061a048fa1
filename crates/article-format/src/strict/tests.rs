//! The law: what the strict reader accepts, the full parser reads the same, within its bounds.

use proptest::prelude::*;

use super::super::bounds::{self, Measured};
use super::super::checks::Checks;
use super::super::front_matter::{YamlText, read_yaml};
use super::super::{ArticleId, parse_in_full, parse_strictly, surrogates, validate};
use super::*;

/// A file as real ones are, with every key.
const USUAL: &str = r#"category: news
title: "The harbour: what it \"keeps\" \u00e9 C:\\dir"
excerpt: "Two sentences, or three. They end\n\nin the middle of"
publishedDateTime: 2023-05-26T09:00:00Z
updatedDateTime: 2023-05-27T09:00:00+02:00
webUrl: "https://www.example.com/a/story-of-it?id=7&x=1#top"
originalUrl: https://example.com/a/story-of-it
ampWebUrl: https://amp.example.com/a
type: video
quality: 63
heat: -1
published: true
removed: false

featuredContent: "<iframe src=\"https://example.com/\"></iframe>"

# how it was found
provider:
  name: The Example
  domain: example.com
  images:
    - url: /i/example.com-50x50.jpg
      width: 50
      height: 50
  authors:
    - name: 'O''Hara'

topics:
  - Power Apps
  - C#
levels: []
ratings: {}
length: PT9M7S
price: ~

images:
  - url: "https://example.com/i.jpg"
    width: 1200
    height: 820
    isCached: true
    title: It's a title
    attribution:

actions:
  - url: https://example.com/x
    kinds:
    - a
    - b

related:
  - title: "Another"
    excerpt: ""
    publishedDateTime: 2020-05-11T11:00:02Z
    webUrl: https://example.net/1
    type: article
    provider:
      name: Other
      images:
      - url: https://example.net/i.png
    quality: 85
  - title: Third - with a dash
    excerpt: "It's \"called\" \u00e9 C:\\dir\n"
    originalUrl: "https://Example.net/3 "
    webUrl: ""
    provider:
      domain: example.net
      authors:
        - name: ~
    images:
      - url: /i/other.png
        width: 50
        height: ~
        isCached: no
        attribution: Someone

secured: "aUjBVzxBLcSg1RrzXG0S8+5yjklm/A==;FKkU0Z7ssl0bKxCOZC2rgQ=="
"#;

/// Whether the strict reader accepts the text; if so, the full parser must as well, and see the same.
fn accepted(text: &str) -> bool {
    let Some((strict, stories)) = read(text) else { return false };
    assert_eq!(bounds::check(text).ok(), Some(Measured { may_have_aliases: false }), "{text:?}");
    // YAML has one escape for what JSON writes as two.
    let joined = surrogates::joined(text).filter(|_| read_yaml::<RawArticle<'_>>(text).is_err());
    let mut full: RawMapping<'_, RawArticle<'_>> = read_yaml(joined.as_deref().unwrap_or(text)).expect(text);
    if let Raw::Given(article) = &mut full {
        let mut checks = Checks::new(YamlText { text, lines_before: 1 }, false);
        assert_eq!(
            validate::related(&mut checks, &std::mem::take(&mut article.value.related)),
            stories,
            "{text:?}"
        );
        assert!(checks.is_without_fault(), "{text:?}");
    }
    assert_eq!(full, strict, "{text:?}");
    let file = format!("---\n{text}\n---\n");
    if let Some(article) = parse_strictly(file.as_bytes()) {
        assert_eq!(parse_in_full(ArticleId::new(""), "", file.as_bytes()), Ok(article), "{text:?}");
    }
    true
}

#[test]
fn the_usual_file_is_accepted() {
    assert!(accepted(USUAL));
    assert!(accepted(&USUAL.replace('\n', "\r\n")));
    assert!(accepted(USUAL.trim_end()));
    assert!(accepted("title:\ntopics:\nprovider:\nheat: null"));
    assert!(accepted("title: T   \n\n   \n      # far off\ntopics:\n- A\n-   B\n"));
    assert!(accepted("title: T\ntopics:\n      - A\n      - B\nrelated:\n-   title: R\n    heat: 1\n"));
    assert!(accepted("title: \"a \\ud83d\\uDE00\\uD83D\\ude01\"\nsecured: \"\\ud83d\\ude00\""));
    assert!(accepted("title: \"a\\x41\\/\\t\"\nexcerpt: ''\nprice: ''''"));
    assert!(accepted(
        "title: é – “quoted” and a: colon".replace("a: colon", "a:colon #").trim_end_matches(" #")
    ));
}

/// Texts with something in them that the reader does not know.
const DECLINED: &[&str] = &[
    "",
    "# only a comment",
    "words",
    "- a",
    " title: T\nheat: 1",
    "title: T\n  heat: 1",
    "title: T\n words",
    "title: \"T\n  two\"",
    "title: \"T\" # why",
    "title: T # why",
    "title: T: U",
    "title: T:",
    "title: \"T\": U",
    "title: \"\\q\"",
    "title: \"\\u12\"",
    "title: \"\\uD83D\"",
    "title: \"\\uDE00\\uD83D\"",
    "title: \"\\uD83D\\u0041\"",
    "title: \"open",
    "related:\n- title: R\n  images:\n  - url: https://ann@example.com/i.png",
    "related:\n- title: R\n  images:\n  - url: \"https://ann\\u0040example.com/i.png\"",
    "related:\n- title: R\n  provider:\n    images:\n    - url: //ann@example.com/i.png",
    "related:\n- title: R\n  webUrl: https://@example.com/",
    "related:\n- title: R\n  cdnAmpWebUrl: https://ann:@example.com/",
    "title: 'open",
    "title: 'it's'",
    "title: |\n  T",
    "title: >\n  T",
    "title: &a T",
    "title: *a",
    "title: !t T",
    "title: @T",
    "title: `T",
    "title: %T",
    "title: [a]",
    "title: []",
    "title: {a: b}",
    "title: - T",
    "title: ? T",
    "title: T\ntitle: U",
    "title:\ntitle: U",
    "unknown: 1\nunknown: 2",
    "topics: A",
    "topics:\n  -\n  - A",
    "topics:\n  - - A",
    "topics:\n  - A: B",
    "topics:\n  - A\n - B",
    "topics:\n - A\n  - B",
    "provider: A",
    "provider:\n  - name: A",
    "images:\n  - A",
    "\"title\": T",
    "? title\n: T",
    "{title: T}",
    "title : T",
    "title:T",
    "<<: T",
    "a b: T",
    "title: T\tU",
    "\ttitle: T",
    "title: T\u{85}U",
    "title: T\u{2028}U",
    "title: T\u{7}",
    "title: T\u{FEFF}",
    "title: T\rheat: 1",
    "title: T\r",
    "title: T\n--- x",
    "title: T\n...",
    "%YAML 1.1\ntitle: T",
    "unknown: [a, b]",
    "unknown:\n  - a\n  b: c",
    "unknown:\n  \"a\": b",
];

#[test]
fn uncertain_text_is_declined() {
    for text in DECLINED {
        assert!(!accepted(text), "{text:?}");
    }
}

#[test]
fn every_character_is_safe_or_declined_in_every_place() {
    let odd = [
        '\u{7}', '\u{7F}', '\u{80}', '\u{85}', '\u{9F}', '\u{A0}', '\u{2027}', '\u{2028}', '\u{2029}',
        '\u{202A}',
    ];
    let marks = ['\u{FEFE}', '\u{FEFF}', '\u{FFFD}', '\u{FFFE}', '\u{FFFF}', '’', '\r', '\t'];
    for character in odd.into_iter().chain(marks) {
        for before in 0..140 {
            for behind in ["", "x", "’"] {
                accepted(&format!("title: {}{character}{behind}", "x".repeat(before)));
            }
        }
    }
}

#[test]
fn hostile_texts_are_declined_or_within_the_bounds() {
    let levels: String = (0..60).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    let comments: String = (0..70).map(|level| format!("{}# a\n", " ".repeat(level))).collect();
    assert!(!accepted(&levels));
    assert!(!accepted(&format!("title: T\n{comments}")));
    assert!(!accepted(&"a".repeat(70)));
    for unit in ["topics: \n", "- a\n", "a: b\n", "title: \"[[[[\"\n", "x: \"a, [b\"\n"] {
        accepted(&unit.repeat(1 << 17));
    }
    assert!(!accepted(&format!("topics:\n{}", "- a\n".repeat(LIST_ITEMS_MAX + 1))));
    assert!(accepted(&format!("topics:\n{}", "- a\n".repeat(LIST_ITEMS_MAX))));
    assert!(!accepted(&format!("title: \"{}\"", "- [, ".repeat(60_000))));
    assert!(!accepted("title: \"&x *x\"\nexcerpt: \"a: *x\""));
}

/// Pieces of which texts near the subset are made.
const PIECES: [&str; 73] = [
    "title: T\n",
    "title:\n",
    "heat: -1\n",
    "topics:\n",
    "- A\n",
    "  - A\n",
    "  - B # c\n",
    "provider:\n",
    "  name: N\n",
    "  images:\n",
    "    - url: x\n",
    "      width: 1\n",
    "  - url: x\n",
    "    width: 1\n",
    "images:\n",
    "images: []\n",
    "related:\n",
    "  - title: R\n",
    "    title: R\n",
    "    provider:\n",
    "      name: N\n",
    "    quality: 7\n",
    "    quality: hot\n",
    "    webUrl: https://example.com/a b\n",
    "    ampWebUrl: x\n",
    "    publishedDateTime: 2023-05-26T09:00:00Z\n",
    "    publishedDateTime: 2023-05-26\n",
    "    images:\n",
    "      - width: wide\n",
    "unknown:\n",
    "unknown: \"x\"\n",
    "other: {}\n",
    "secured: 'a''b'\n",
    "\n",
    "  \n",
    "# c\n",
    "    # c\n",
    "- title: S\n",
    "  title: S\n",
    "x: &a b\n",
    "y: *a\n",
    "z: !t b\n",
    "  more\n",
    "more\n",
    "    more\n",
    "\"",
    "'",
    ":",
    ": ",
    " ",
    "  ",
    "-",
    "- ",
    "#",
    " #",
    "\r\n",
    "\r",
    "\t",
    "\\",
    "\\\"",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "|\n",
    ">\n",
    "\u{85}",
    "\u{2028}",
    "\u{FEFF}",
    "é",
    "null",
    "---\n",
];

fn pieces() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..14).prop_map(|pieces| pieces.concat())
}

/// One change of a text.
#[derive(Debug, Clone)]
enum Change {
    Swap(usize, usize),
    Repeat(usize),
    Remove(usize),
    Indent(usize, usize),
    Outdent(usize),
    Insert(usize, &'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let line = 0..64_usize;
    prop_oneof![
        (line.clone(), line.clone()).prop_map(|(left, right)| Change::Swap(left, right)),
        line.clone().prop_map(Change::Repeat),
        line.clone().prop_map(Change::Remove),
        (line.clone(), 1..4_usize).prop_map(|(line, columns)| Change::Indent(line, columns)),
        line.prop_map(Change::Outdent),
        (0..USUAL.len(), proptest::sample::select(&PIECES[..]))
            .prop_map(|(at, piece)| Change::Insert(at, piece)),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let count = lines.len().max(1);
    match change {
        Change::Swap(left, right) if !lines.is_empty() => lines.swap(left % count, right % count),
        Change::Repeat(line) if !lines.is_empty() => lines.insert(line % count, lines[line % count].clone()),
        Change::Remove(line) if !lines.is_empty() => drop(lines.remove(line % count)),
        Change::Indent(line, columns) if !lines.is_empty() => {
            lines[line % count].insert_str(0, &" ".repeat(*columns));
        }
        Change::Outdent(line) if !lines.is_empty() => {
            let line = &mut lines[line % count];
            *line = line.strip_prefix("  ").unwrap_or(line).to_owned();
        }
        Change::Insert(at, piece) => {
            let at = text.floor_char_boundary(*at);
            return format!("{}{piece}{}", &text[..at], &text[at..]);
        }
        _ => {}
    }
    lines.concat()
}

/// Dates, most of them nearly right: the last days there are, long fractions, every offset.
fn dates() -> impl Strategy<Value = String> {
    let day = "(9999-12-(30|31)|0000-01-01|2024-02-(29|30)|2023-05-2[0-9])";
    let time = "([Tt ](0[0-9]|2[0-5]):[0-6][0-9](:[0-6][0-9])?(\\.[0-9]{0,14})?)?";
    let offset = "([Zz]|[+-]([01][0-9]|2[0-5]):[0-6][0-9])?";
    (day, time, offset).prop_map(|(day, time, offset)| format!("{day}{time}{offset}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_law_holds_for_any_date(one in dates(), other in dates()) {
        accepted(&format!(
            "title: T\npublishedDateTime: {one}\nupdatedDateTime: \"{other}\"\nrelated:\n  - title: R\n    \
            publishedDateTime: {other}\n  - title: S\n    publishedDateTime: '{one}'\n"
        ));
    }

    #[test]
    fn the_law_holds_near_the_usual_file(changes in proptest::collection::vec(change(), 1..4)) {
        accepted(&changes.iter().fold(USUAL.to_owned(), |text, change| changed(&text, change)));
    }

    #[test]
    fn the_law_holds_for_anything_made_of_pieces(text in pieces()) {
        accepted(&text);
        accepted(&format!("title: T\n{text}"));
    }

    #[test]
    fn the_law_holds_for_any_value(value in "[ -~é\\u{A0}]{0,12}", second in "[a-z\"'\\\\: #-]{0,8}") {
        for text in [
            format!("title: {value}\n"),
            format!("title: \"{value}\"\n"),
            format!("title: '{second}'\n"),
            format!("topics:\n  - {value}\n  - {second}\n"),
            format!("{second}: {value}\n"),
            format!("images:\n  - {second}: \"{value}\"\n    {second}: {value}\n"),
            format!("unknown:\n  - {value}\n  - {second}: {value}\n"),
        ] {
            accepted(&text);
        }
    }
}
