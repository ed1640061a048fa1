//! Files that try to take much time or memory, compared with a good file of the largest size: `cargo bench --bench hostile`.
//! The bench fails if a file exceeds a bound below. `.ci/run` runs the bench.

#![expect(clippy::print_stdout, reason = "a bench prints its ratios")]

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use article_format::ArticleId;
use article_format::bounds::FILE_BYTES_MAX;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// A hostile file may take this many times the time of the good file.
const TIME_MAX: f64 = 5.0;

/// A hostile file may take this much more memory than the good file.
const MORE_MEMORY_MAX_BYTES: usize = 10_000_000;

/// The shortest of this many runs counts, because other work of the machine only makes runs longer. Good and hostile runs take turns.
const RUNS: usize = 5;

/// If a file still takes too long, it and the good file run again, at most this many times.
const TRIES: usize = 5;

/// Words of the problems of broken bounds.
const BOUNDS: [&str; 6] = [
    "larger than",
    "brackets are nested",
    "lines and separators",
    "levels of indentation",
    "alias",
    "lines begin with",
];

fn file(front_matter: &str) -> Vec<u8> {
    format!("---\n{front_matter}\n---\n").into_bytes()
}

fn breaks_bound(file: &[u8]) -> bool {
    article_format::parse(ArticleId::new("a"), "a.md", file).is_err_and(|problems| {
        problems.iter().any(|problem| BOUNDS.iter().any(|bound| problem.cause.contains(bound)))
    })
}

/// Repeats `unit` nearly as often as the bounds allow.
fn largest(before: &str, unit: &str, behind: &str) -> Vec<u8> {
    let of = |times: usize| file(&format!("title: T\n{before}{}{behind}", unit.repeat(times)));
    let mut times = FILE_BYTES_MAX / unit.len();
    while times > 0 && breaks_bound(&of(times)) {
        times = times * 15 / 16;
    }
    of(times)
}

/// A related story of the usual form. Its comment makes the strict reader decline, so the parser of all of YAML reads the good
/// file, as it reads the hostile ones.
const STORY: &str = "  - title: \"A title as long as titles are\"\n    excerpt: \"What it says, in a sentence or two\" # said\n    \
    publishedDateTime: 2023-05-26T11:59:00Z\n    webUrl: \"https://example.com/a/story/with/a/long/address\"\n";

fn hostile_files() -> Vec<(&'static str, Vec<u8>)> {
    let brackets = |count: usize| format!("x: {}", "[".repeat(count));
    let bomb = |end: &str| format!("]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: &d [*c,*c]\n{end}: *d\n");
    let keys: String = (0..100_000).map(|number| format!("k{number}: 1\n")).collect();
    vec![
        ("200 KB of brackets", file(&"[".repeat(200_000))),
        ("20,000 levels", file(&"- ".repeat(20_000))),
        ("a list of 5,000,000", file(&format!("title: T\ntopics: [{}]", "a,".repeat(5_000_000)))),
        ("100,000 keys", file(&format!("title: T\n{keys}"))),
        ("no UTF-8", [b"---\ntitle: T\nexcerpt: \"", &*b"\xFF".repeat(1_000_000), b"\"\n---\n"].concat()),
        ("NULs", file(&format!("title: \"{}\"", "\0".repeat(1_000_000)))),
        ("250 open brackets", largest(&brackets(250), "a,", "")),
        ("1,000 open brackets", largest(&brackets(1000), "a: b,", "")),
        ("2,000 open brackets and words", largest(&brackets(2000), "a ", "")),
        ("2,000 open brackets and lines", largest(&brackets(2000), "a,\n ", "")),
        ("levels in a line", largest("x:\n", "- ? - ? - ? - ? - ? - ? - ? - ? a\n", "")),
        ("tags", largest("", "- !a b\n", "")),
        ("directives", largest("", "%TAG !a! b\n", "")),
        ("one long tag", largest("x: ", "!", "")),
        ("questions", largest("", "? a\n", "")),
        ("one key again and again", largest("", "a: b\n", "")),
        ("faults", largest("related:\n", "  - quality: hot\n", "")),
        ("empty stories", largest("related: [", "{},", "]")),
        ("topics", largest("topics: [", "a,", "]")),
        ("HTML that never ends", largest("excerpt: \"", "<a =x <a =' ", "\"")),
        ("a bomb of texts", largest("a: &a [", "abc,", &bomb("topics"))),
        ("a bomb of stories", largest("a: &a [", "{},", &bomb("related"))),
    ]
}

#[derive(Debug, Clone, Copy)]
struct Cost {
    time: Duration,
    memory_bytes: usize,
}

fn cost(file: &[u8]) -> Cost {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let start = Instant::now();
    let read = article_format::parse(ArticleId::new("a"), "a.md", file);
    let time = start.elapsed();
    drop(read);
    Cost { time, memory_bytes: ALLOCATOR.peak_usage().saturating_sub(before) }
}

impl Cost {
    fn or_less(self, other: Self) -> Self {
        Self { time: self.time.min(other.time), memory_bytes: self.memory_bytes.min(other.memory_bytes) }
    }

    fn times(self, good: Self) -> f64 {
        self.time.as_secs_f64() / good.time.as_secs_f64()
    }
}

fn main() -> Result<()> {
    let good_file = largest("related:\n", STORY, "");
    ensure!(
        article_format::parse(ArticleId::new("a"), "a.md", &good_file).is_ok(),
        "the good file has a problem"
    );
    println!("compared with a good file of {} bytes", good_file.len());
    let mut good = cost(&good_file);
    for (name, file) in hostile_files() {
        let mut hostile = cost(&file);
        for _ in 0..TRIES {
            for _ in 0..RUNS {
                good = good.or_less(cost(&good_file));
                hostile = hostile.or_less(cost(&file));
            }
            if hostile.times(good) <= TIME_MAX {
                break;
            }
        }
        let more_bytes = hostile.memory_bytes.saturating_sub(good.memory_bytes);
        println!("{name}: {:.2} times as long, {:.1} MB more", hostile.times(good), more_bytes as f64 / 1e6);
        ensure!(hostile.times(good) <= TIME_MAX, "{name} takes {:.1} times as long", hostile.times(good));
        ensure!(more_bytes <= MORE_MEMORY_MAX_BYTES, "{name} takes {more_bytes} bytes more");
    }
    Ok(())
}
