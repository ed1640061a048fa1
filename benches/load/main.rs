//! The cost of loading a collection, as a ratio to only reading its files: `cargo bench --bench load`. A number behind `--`
//! sets the number of files.
//!
//! All sides are measured in one run, warm, in turns and on two threads. The shortest of several rounds counts. Absolute
//! times mean little on a shared machine, so the lines give ratios. The heavy tree of 20,000 files takes
//! 540 MB below the system's temporary folder while the bench runs.

#![expect(clippy::print_stdout, reason = "a bench prints its ratios")]

#[path = "../material/processor_time.rs"]
mod processor_time;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use heatwire::collection::Collection;
use heatwire::collection::load;
use processor_time::Shortest;
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

fn compare(shape: Shape, root: &Path) -> Result<()> {
    let [mut listing, mut reading, mut loading, mut whole] = [Shortest::NONE; 4];
    let (mut bytes, mut articles) = (0, 0);
    for _ in 0..ROUNDS {
        listing.time(|| walk(root));
        bytes = reading.time(|| read(walk(root)));
        articles = loading.time(|| load::load(root))?.articles.len();
        let collection = whole.time(|| -> Result<Collection> {
            let loaded = load::load(root)?;
            Ok(Collection::new(loaded.articles, &loaded.topic_files, loaded.problems))
        })?;
        drop(collection);
    }
    let limits = match shape {
        Shape::Light => (2.0, 3.0),
        Shape::Heavy => (4.0, 4.5),
    };
    let name = shape.name();
    println!("{name}: {articles} articles, {} bytes a file, {THREADS} threads", bytes / articles.max(1));
    let steps = [
        ("whole load / listing and reading the same files", loading, format!(" (limit {})", limits.0)),
        ("with all indexes", whole, format!(" (limit {})", limits.1)),
        ("of the listing and reading, the listing alone is", listing, String::new()),
    ];
    for (step, time, limit) in steps {
        let (passed, worked) = time.times(reading);
        println!("{name}: {step}: {passed:.2}{limit}; in time of processors {worked:.2}");
    }
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

/// The speed of the strict reader on one thread, with its checks, and the number of files that it left to the full parser.
fn strict_reader(shape: Shape, root: &Path) {
    let contents: Vec<Vec<u8>> = walk(root).into_iter().filter_map(|path| fs::read(path).ok()).collect();
    let mut best = Duration::MAX;
    let mut declined = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        declined = contents.iter().filter(|bytes| article_format::parse_strictly(bytes).is_none()).count();
        best = best.min(start.elapsed());
    }
    let megabytes = contents.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let name = shape.name();
    println!("{name}: strict reader with checks: {:.0} MB/s on one thread", megabytes / best.as_secs_f64());
    println!("{name}: files that fell back to the full parser: {declined} of {}", contents.len());
}
