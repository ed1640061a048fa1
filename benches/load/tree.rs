//! Folders of generated articles, the same in every run, of the shape and size of real collections.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use words::WORDS;

#[path = "../material/words.rs"]
mod words;

/// Files of a tree, unless the command line sets another number.
const FILES: usize = 20_000;

/// Files of one folder.
const FILES_PER_FOLDER: usize = 1_000;

/// The kind of collection that a tree resembles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// 1.6 KB a file: a story with a long `secured` value and a short body.
    Light,
    /// 27 KB a file on average, up to 150 KB. Most of a file is `related`, with up to 179 entries.
    Heavy,
}

impl Shape {
    /// Both, the light one first.
    pub(crate) const ALL: [Self; 2] = [Self::Light, Self::Heavy];

    /// As the tables call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Heavy => "heavy",
        }
    }
}

/// How many files each tree is to have: the first number on the command line, else 20,000.
pub(crate) fn files_wanted() -> usize {
    std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(FILES)
}

/// Writes a tree below `root`.
///
/// # Errors
/// When the file system refuses a write.
pub(crate) fn write(root: &Path, shape: Shape, files: usize) -> Result<()> {
    for number in 0..files {
        let folder = root.join(format!("_news/{:04}", number / FILES_PER_FOLDER));
        if number % FILES_PER_FOLDER == 0 {
            fs::create_dir_all(&folder).context("a folder for the tree")?;
        }
        let mut random = Random(number as u64 + 1);
        let slug = random.words(7).replace(' ', "-");
        let day = number % 28 + 1;
        let path = folder.join(format!("2023-05-{day:02}-{slug}-{number}.md"));
        fs::write(path, article(&mut random, shape, number)).context("a file of the tree")?;
    }
    Ok(())
}

fn article(random: &mut Random, shape: Shape, number: usize) -> String {
    let mut text = String::from("---\ncategory: news\n");
    let title = format!("{}, number {number}", random.sentence(7));
    story(random, &mut text, "", &title, 245);
    let _ = writeln!(text, "heat: {}\npublished: true\n", random.below(700));
    if random.below(5) < 2 {
        let _ = writeln!(
            text,
            "featuredContent: \"<iframe width=\\\"800\\\" height=\\\"500\\\" src=\\\"https://video.example/embed/{number}\\\" \
             allow=\\\"accelerometer; autoplay; encrypted-media; gyroscope\\\" allowfullscreen></iframe>\"\n"
        );
    }
    let source = random.below(1_500);
    let _ = write!(
        text,
        "provider:\n  name: The Source {source}\n  domain: source-{source}.example\n  images:\n    - url: \
         /assets/images/organizations/source-{source}.example-50x50.jpg\n      width: 50\n      height: 50\n\ntopics:\n"
    );
    for _ in 0..=random.below(5) / 4 {
        let _ = writeln!(text, "  - Topic {}", random.below(200));
    }
    text.push_str("\nimages:\n");
    image(random, &mut text, "  ");
    if shape == Shape::Heavy {
        related(random, &mut text);
    }
    let _ = write!(text, "\nsecured: \"{}\"\n---\n", random.base64(430));
    if random.below(4) == 0 {
        let _ = writeln!(text, "<p>{}</p>", random.sentence(100));
    }
    text
}

/// Up to 179 entries, 30 on average: most files have few.
fn related(random: &mut Random, text: &mut String) {
    let share = |random: &mut Random| random.below(1_000);
    let product = share(random) * share(random) / 1_000 * share(random) / 1_000;
    let entries = 179 * product / 1_000 * 4 / 3;
    text.push_str("\nrelated:\n");
    for _ in 0..=entries.min(178) {
        let title = random.sentence(9);
        text.push_str("  - ");
        story(random, text, "    ", &title, 210);
        let source = random.below(1_500);
        let _ = writeln!(
            text,
            "    provider:\n      name: The Source {source}\n      domain: source-{source}.example"
        );
        if random.below(10) < 7 {
            text.push_str("    images:\n");
            image(random, text, "      ");
        }
    }
}

/// The keys that an article and a related story share. The first line is not indented.
fn story(random: &mut Random, text: &mut String, indentation: &str, title: &str, excerpt_bytes: usize) {
    let mut excerpt = random.sentence(excerpt_bytes / 7);
    if random.below(3) == 0 {
        excerpt.push_str("\\n\\nIt’s called \\\"the rest\\\"");
    }
    let path = format!("{:04}/{}", random.below(10_000), random.words(8).replace(' ', "-"));
    let host = random.below(1_500);
    let (day, hour, minute) = (random.below(28) + 1, random.below(24), random.below(60));
    let kind = if random.below(4) == 0 { "video" } else { "article" };
    let _ = writeln!(text, "title: \"{title}\"");
    let _ = writeln!(text, "{indentation}excerpt: \"{excerpt}\"");
    let _ = writeln!(text, "{indentation}publishedDateTime: 2023-05-{day:02}T{hour:02}:{minute:02}:00Z");
    let _ = writeln!(text, "{indentation}webUrl: \"https://www.source-{host}.example/{path}/\"");
    if random.below(3) == 0 {
        let _ = writeln!(text, "{indentation}ampWebUrl: \"https://amp.source-{host}.example/{path}/\"");
        let cache = format!("https://amp-source--{host}-example.cdn.ampproject.org/c/s/");
        let _ = writeln!(text, "{indentation}cdnAmpWebUrl: \"{cache}amp.source-{host}.example/{path}/\"");
    }
    let _ = writeln!(text, "{indentation}type: {kind}\n{indentation}quality: {}", random.below(120));
}

fn image(random: &mut Random, text: &mut String, indentation: &str) {
    let name = random.words(6).replace(' ', "-");
    let _ =
        writeln!(text, "{indentation}- url: \"https://images.example/{}/{name}.jpg\"", random.below(100_000));
    let _ = writeln!(
        text,
        "{indentation}  width: 1200\n{indentation}  height: 820\n{indentation}  isCached: true"
    );
}

/// A small generator of numbers (splitmix64). With one of a library, a new version could change the trees.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 32).unwrap_or_default() % end.max(1)
    }

    fn words(&mut self, count: usize) -> String {
        let mut words = String::new();
        for number in 0..count {
            if number > 0 {
                words.push(' ');
            }
            words.push_str(WORDS[self.below(WORDS.len())]);
        }
        words
    }

    fn sentence(&mut self, count: usize) -> String {
        let mut words = self.words(count);
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        words
    }

    fn base64(&mut self, count: usize) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        (0..count).map(|_| char::from(DIGITS[self.below(DIGITS.len())])).collect()
    }
}
