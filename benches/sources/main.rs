//! How fast feeds become files, beside Python's feedparser, which only parses them: `cargo bench --bench sources`. It fails
//! where fetching takes more than a tenth of feedparser's time.
//!
//! Fetching includes the request on loopback, the plan, and writing each file safely. A sync of the disk waits for what other
//! programs write: on a busy machine, `TMPDIR=/dev/shm` shows what the program itself takes.

#![expect(clippy::print_stdout, reason = "a bench prints its ratios")]

mod feeds;
mod served;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use article_format::source_list::FeedRules;
use article_sources::http::HttpClient;
use article_sources::{FeedSource, FetchSettings, TopicKeywords, fetch};
use jiff::Timestamp;

const FEEDS_OF_A_KIND: usize = 20;
const ENTRIES: usize = 50;
const ROUNDS: usize = 3;

/// How many times as many entries a second as feedparser, at least.
const RATIO_MIN: f64 = 10.0;

fn main() -> Result<()> {
    let count = feeds::KINDS.len() * FEEDS_OF_A_KIND;
    let kind_of = |number: usize| feeds::KINDS[number % feeds::KINDS.len()];
    let texts: Arc<[String]> =
        (0..count).map(|number| feeds::feed(kind_of(number), number, ENTRIES)).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let (their_entries, theirs) = feedparser(&texts)?;
    ensure!(their_entries == count * ENTRIES, "feedparser found {their_entries} entries");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ours = runtime.block_on(shortest_fetch(Arc::clone(&texts)))?;
    let entries = f64::from(u32::try_from(their_entries)?);
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    println!("{count} feeds of {ENTRIES} entries, {} KiB", bytes / 1024);
    println!("from bytes to files: {:.0} entries a second", entries / ours.as_secs_f64());
    println!("feedparser, parsing only: {:.0} entries a second", entries / theirs.as_secs_f64());
    println!("ratio: {ratio:.1} (at least {RATIO_MIN})");
    ensure!(ratio >= RATIO_MIN, "fetching is not {RATIO_MIN} times as fast as feedparser");
    Ok(())
}

/// Entries, and the shortest time of all rounds.
fn feedparser(texts: &[String]) -> Result<(usize, Duration)> {
    let folder = tempfile::tempdir().context("a temporary folder")?;
    for (number, text) in texts.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{number:04}.xml")), text).context("a feed")?;
    }
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches/sources/parse_all.py");
    let run = Command::new("python3").arg(program).arg(folder.path()).arg(ROUNDS.to_string()).output();
    let output = run.context(
        "python3 does not start; install Python 3 and feedparser (pip install feedparser==6.0.12)",
    )?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("python3 cannot run the comparison; try pip install feedparser==6.0.12\n{said}");
    }
    let printed = String::from_utf8(output.stdout)?;
    let (entries, seconds) = printed.trim().split_once(' ').context("two numbers")?;
    Ok((entries.parse()?, Duration::from_secs_f64(seconds.parse()?)))
}

/// The shortest time of all rounds. Each round writes all files into a new folder.
async fn shortest_fetch(texts: Arc<[String]>) -> Result<Duration> {
    let count = texts.len();
    let address = served::serve(texts).await?;
    let client = HttpClient::new("bench/1.0 (+https://example.com)")?;
    let now: Timestamp = "2026-11-29T00:00:00Z".parse()?;
    let mut shortest = Duration::MAX;
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir().context("a temporary folder")?;
        let settings = FetchSettings {
            articles: folder.path().to_owned(),
            keep_days: None,
            topics: Arc::new(TopicKeywords::default()),
        };
        let begin = Instant::now();
        for number in 0..count {
            let source = FeedSource {
                name: format!("feed{number}").into(),
                address: format!("http://{address}/{number}").parse()?,
                rules: FeedRules { topics: Box::default(), quality: 60, is_private: true },
                every: Duration::from_secs(900),
            };
            let report = fetch(&client, &settings, &source, now).await?;
            ensure!(report.counts.created == ENTRIES, "not every entry became a file: {:?}", report.counts);
        }
        shortest = shortest.min(begin.elapsed());
    }
    Ok(shortest)
}
