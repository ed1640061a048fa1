//! What loading a collection costs beside only reading its files: `cargo bench --bench load`, or with a number of files
//! behind `--` for a quick look.
//!
//! Everything is measured in one run, warm, in turns and on two threads, and the shortest of several rounds counts:
//! absolute times mean little on a shared machine, so the lines give ratios. The heavy tree of 20,000 files takes
//! 540 MB below the system's temporary folder while the bench runs.

#![expect(clippy::print_stdout, reason = "a bench prints its ratios")]

mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use heatwire::article;
use heatwire::collection::Collection;
use heatwire::collection::load;
use rayon::ThreadPoolBuilder;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use tree::Shape;
use walkdir::WalkDir;

const THREADS: usize = 2;
const ROUNDS: usize = 9;

fn main() -> Result<()> {
    let files = tree::files_wanted();
    let threads = ThreadPoolBuilder::new().num_threads(THREADS).build().context("threads")?;
    for shape in Shape::ALL {
        let folder = tempfile::tempdir().context("a temporary folder")?;
        tree::write(folder.path(), shape, files)?;
        threads.install(|| compare(shape, folder.path()))?;
        strict_reader(shape, folder.path());
    }
    Ok(())
}

/// The shortest time of each step.
struct Times {
    walk: Duration,
    read: Duration,
    load: Duration,
    index: Duration,
}

fn compare(shape: Shape, root: &Path) -> Result<()> {
    let mut best =
        Times { walk: Duration::MAX, read: Duration::MAX, load: Duration::MAX, index: Duration::MAX };
    let (mut bytes, mut articles) = (0, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let paths = walk(root);
        best.walk = best.walk.min(start.elapsed());
        bytes = read(paths);
        best.read = best.read.min(start.elapsed());

        let start = Instant::now();
        let loaded = load::load(root)?;
        best.load = best.load.min(start.elapsed());
        articles = loaded.articles.len();

        let start = Instant::now();
        let collection = Collection::new(loaded.articles, &loaded.topic_files, loaded.problems);
        best.index = best.index.min(start.elapsed());
        drop(collection);
    }
    let ratio = |time: Duration| time.as_secs_f64() / best.read.as_secs_f64();
    let limits = match shape {
        Shape::Light => (2.0, 3.0),
        Shape::Heavy => (4.0, 4.5),
    };
    let name = shape.name();
    println!("{name}: {articles} articles, {} bytes a file, {THREADS} threads", bytes / articles.max(1));
    println!(
        "{name}: whole load / listing and reading the same files: {:.2} (limit {})",
        ratio(best.load),
        limits.0
    );
    println!("{name}: with all indexes: {:.2} (limit {})", ratio(best.load + best.index), limits.1);
    println!("{name}: of the listing and reading, the listing alone is {:.2}", ratio(best.walk));
    Ok(())
}

/// The files of the tree, in the order in which a load takes them.
fn walk(root: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn read(paths: Vec<PathBuf>) -> usize {
    paths.into_par_iter().map(|path| fs::read(path).map_or(0, |bytes| bytes.len())).sum()
}

/// How fast the strict reader is on one thread, its checks included, and how many files it left to the full parser.
fn strict_reader(shape: Shape, root: &Path) {
    let contents: Vec<Vec<u8>> = walk(root).into_iter().filter_map(|path| fs::read(path).ok()).collect();
    let mut best = Duration::MAX;
    let mut declined = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        declined = contents.iter().filter(|bytes| article::parse_strictly(bytes).is_none()).count();
        best = best.min(start.elapsed());
    }
    let megabytes = contents.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let name = shape.name();
    println!("{name}: strict reader with checks: {:.0} MB/s on one thread", megabytes / best.as_secs_f64());
    println!("{name}: files that fell back to the full parser: {declined} of {}", contents.len());
}
