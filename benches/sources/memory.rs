//! How much memory sources take between their fetches: `cargo bench --bench sources_memory`. It fails where a source takes more
//! than 10 KB. Apart from the bench of times, which counting every allocation would slow down.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod feeds;
mod served;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use article_format::source_list::{FeedRules, Origin, Source, SourceList};
use article_sources::git::{Git, GitBounds};
use article_sources::http::HttpClient;
use article_sources::runner::Runner;
use article_sources::{Fetcher, TopicKeywords};
use jiff::Timestamp;
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const SOURCES: usize = 1_000;
const ENTRIES: usize = 20;
const BYTES_MAX: usize = 10_000;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(measure())
}

async fn measure() -> Result<()> {
    let folder = tempfile::tempdir().context("a temporary folder")?;
    let kind_of = |number: usize| feeds::KINDS[number % feeds::KINDS.len()];
    let address =
        served::serve((0..SOURCES).map(|number| feeds::feed(kind_of(number), number, ENTRIES)).collect())
            .await?;
    let source = |number: usize| -> Result<Source> {
        let rules = FeedRules { topics: ["Software".into()].into(), quality: 60, is_private: true };
        let address = format!("http://{address}/{number}").parse()?;
        let (name, every) = (format!("source{number}").into(), Duration::from_secs(900));
        Ok(Source { name, origin: Origin::Feed { address, rules }, every })
    };
    // The first fetch pays for what all fetches share.
    let first = runner_of(folder.path(), vec![source(0)?]).await?;
    let before = ALLOCATOR.current_usage();
    let sources = (0..SOURCES).map(source).collect::<Result<Vec<Source>>>()?;
    let runner = runner_of(folder.path(), sources).await?;
    let after = ALLOCATOR.current_usage();
    let each = after.saturating_sub(before) / SOURCES;
    println!("{each} bytes for each of {SOURCES} sources that were fetched once (at most {BYTES_MAX})");
    ensure!(runner.statuses().iter().all(|status| status.files == ENTRIES), "not every entry became a file");
    ensure!(each <= BYTES_MAX, "a source takes more than {BYTES_MAX} bytes");
    drop((first, runner));
    Ok(())
}

/// A runner that fetched each source once.
async fn runner_of(articles: &Path, sources: Vec<Source>) -> Result<Runner<Fetcher>> {
    let fetcher = Fetcher {
        client: HttpClient::new("bench/1.0 (+https://example.com)")?,
        git: Git::default(),
        git_bounds: GitBounds::default(),
        articles: articles.to_owned(),
        list_folder: articles.to_owned(),
        topics: Box::new(|| Arc::new(TopicKeywords::default())),
        clock: Arc::new(Timestamp::now),
    };
    let mut runner = Runner::new(fetcher, Arc::new(Timestamp::now));
    runner.set_list(SourceList { keep_days: None, sources }).await;
    runner.run_once(|_, _| {}).await;
    Ok(runner)
}
