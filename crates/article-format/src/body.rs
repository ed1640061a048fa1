//! The body of an article file. Its first paragraph replaces a missing excerpt.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::plain_text::{folded, markup};

/// The parser reads only this many bytes of a body. A paragraph that begins later is ignored.
const BODY_BYTES_MAX: usize = 8 * 1024;

/// Characters of an excerpt from a body. A longer text is cut after a word, with “…” at the end.
const EXCERPT_CHARACTERS_MAX: usize = 600;

/// The start of paragraphs that are instructions for a site generator (Hugo, Jekyll).
const INSTRUCTIONS: [&str; 2] = ["{{", "{%"];

/// The first paragraph of a file's Markdown body, as plain text on one line. Headings, pictures, code blocks, tables
/// and blocks of HTML (also comments) are skipped. `yaml_bytes` is the length of the front matter between its lines
/// `---`.
pub(super) fn first_paragraph(file: &[u8], yaml_bytes: usize) -> Option<Box<str>> {
    let body = behind_front_matter(file, yaml_bytes)?;
    if body.trim_ascii().is_empty() {
        return None;
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut paragraph: Option<String> = None;
    let (mut pictures, mut footnotes) = (0_usize, 0_usize);
    for event in Parser::new_ext(valid_start(body), options) {
        match event {
            Event::Start(Tag::FootnoteDefinition(_)) => footnotes += 1,
            Event::End(TagEnd::FootnoteDefinition) => footnotes = footnotes.saturating_sub(1),
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Start(Tag::Paragraph) if footnotes == 0 => paragraph = Some(String::new()),
            Event::End(TagEnd::Paragraph) => {
                let text = paragraph.take().unwrap_or_default();
                let text = folded(&text);
                if !text.is_empty() && !INSTRUCTIONS.iter().any(|mark| text.starts_with(mark)) {
                    return Some(cut(&text));
                }
            }
            inline if pictures == 0 => paragraph.iter_mut().for_each(|text| push(text, &inline)),
            _ => {}
        }
    }
    None
}

/// The file without its front matter and both lines `---`.
fn behind_front_matter(file: &[u8], yaml_bytes: usize) -> Option<&[u8]> {
    let file = file.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(file);
    let yaml_start = memchr::memchr(b'\n', file)? + 1;
    let fence = file.get(yaml_start + yaml_bytes..)?;
    fence.get(memchr::memchr(b'\n', fence)? + 1..)
}

/// The start of a body that the parser reads. It ends before the first byte that is not UTF-8.
fn valid_start(body: &[u8]) -> &str {
    let start = body.get(..BODY_BYTES_MAX).unwrap_or(body);
    start.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// Adds the text of a part of a paragraph.
fn push(text: &mut String, inline: &Event<'_>) {
    match inline {
        Event::Text(words) | Event::Code(words) => text.push_str(words),
        Event::SoftBreak | Event::HardBreak => text.push(' '),
        Event::InlineHtml(html) if html.starts_with("<!--") => {}
        Event::InlineHtml(html) => match markup::element(html) {
            Some((_, name)) if markup::separates(name) => text.push(' '),
            Some(_) => {}
            // Such as the end of `Vec<T>`.
            None => text.push_str(html),
        },
        _ => {}
    }
}

fn cut(text: &str) -> Box<str> {
    let Some((end, _)) = text.char_indices().nth(EXCERPT_CHARACTERS_MAX) else { return text.into() };
    let start = text.get(..end).unwrap_or_default();
    let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    format!("{}…", words.trim_end()).into()
}

#[cfg(test)]
mod tests {
    use super::super::{ArticleId, parse, parse_in_full};

    #[track_caller]
    fn check(body: &str, expected: Option<&str>) {
        for front_matter in ["title: T\n", "title: T\nexcerpt: \"\"\n", "{title: \"\\ud83d\\ude00\"}\n"] {
            for mark in ["", "\u{FEFF}"] {
                let file = format!("{mark}---\n{front_matter}---\n{body}");
                let article = parse(ArticleId::new("a"), "a.md", file.as_bytes()).unwrap();
                assert_eq!(article.excerpt.as_deref(), expected, "{file}");
                let in_full = parse_in_full(ArticleId::new("a"), "a.md", file.as_bytes());
                assert_eq!(in_full, Ok(article));
            }
        }
    }

    #[test]
    fn the_first_paragraph_is_plain_text() {
        check("Words\nand more.\n\nNot this.", Some("Words and more."));
        check("\r\nWords\r\nand more.\r\n\r\nNot this.", Some("Words and more."));
        check("A **bold** [link](https://example.com), `Vec<u8>`, Vec<T> & &lt;b&gt;", {
            Some("A bold link, Vec<u8>, Vec<T> & <b>")
        });
        check("a <b>b</b><br>c<!-- d --> <https://example.com>", Some("a b c https://example.com"));
        check("> quoted", Some("quoted"));
    }

    #[test]
    fn blocks_that_are_no_text_are_skipped() {
        for before in [
            "# Heading",
            "Heading\n=======",
            "![a picture](i.png)",
            "[![a](i.png)](https://example.com)",
            "```rust\nlet code = 1;\n```",
            "    code",
            "<!-- a\n\ncomment -->",
            "<div>\n<p>HTML</p>\n</div>",
            "| a | b |\n|---|---|\n| c | d |",
            "---",
            "{{< figure src=\"i.png\" >}}",
            "{% include x.html %}",
            "[link]: https://example.com",
            "[^1]: A note",
        ] {
            check(&format!("{before}\n\nWords"), Some("Words"));
            check(before, None);
        }
        check("", None);
        check(" \n\n", None);
    }

    #[test]
    fn only_the_start_of_a_body_is_read() {
        check(&format!("{}\n\nWords", "# Heading\n".repeat(1000)), None);
        let long = "words ".repeat(100_000);
        check(&long, Some(&format!("{}…", "words ".repeat(100).trim_end())));
        check(&"é".repeat(10_000), Some(&format!("{}…", "é".repeat(600))));
        for hostile in ["[", "![", "<", "*a", "`", "> ", "- ", "<!--", "[^", "&", "|", "\\"] {
            let file = format!("---\ntitle: T\n---\n{}", hostile.repeat(500_000 / hostile.len()));
            assert!(parse(ArticleId::new("a"), "a.md", file.as_bytes()).is_ok());
        }
    }

    #[test]
    fn a_body_that_is_no_text_costs_nothing() {
        let article = parse(ArticleId::new("a"), "a.md", b"---\ntitle: T\n---\nWords\n\n\xFF").unwrap();
        assert_eq!(article.excerpt.as_deref(), Some("Words"));
        let article = parse(ArticleId::new("a"), "a.md", b"---\ntitle: T\n---\n\xFF Words").unwrap();
        assert_eq!(article.excerpt, None);
    }
}
