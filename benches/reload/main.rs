//! The cost of a reload when few of many files changed, as a ratio to only asking the system for all stamps.
//!
//! `cargo bench --bench reload` writes 20,000 files of 1.6 KB, changes 100 of them again and again, and prints ratios of
//! the shortest rounds. Both sides have two threads and a warm cache.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on shall say why, and it prints its ratios"
)]

#[path = "../material/processor_time.rs"]
mod processor_time;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use heatwire::collection::Collection;
use heatwire::collection::incremental::Loader;
use jiff::{SignedDuration, Timestamp};
use processor_time::Shortest;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use walkdir::WalkDir;

const FILES: usize = 20_000;
const CHANGED: usize = 100;
const ROUNDS: usize = 15;
const LIMIT: f64 = 1.6;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().expect("two threads");
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..FILES {
        write(folder.path(), number, 0);
    }
    // An hour later nothing is fresh, so that an equal stamp means an unchanged file.
    let later = || Timestamp::now().saturating_add(SignedDuration::from_hours(1)).expect("a later time");
    let mut loader = Loader::new(folder.path().to_owned(), Arc::new(later));
    let start = loader.reload().expect("the folder can be read");
    assert_eq!(start.collection.articles().len(), FILES);
    let [mut walk, mut changed, mut unchanged, mut rebuilt] = [Shortest::NONE; 4];
    for round in 1..=ROUNDS {
        walk.time(|| assert_eq!(stamps(folder.path()), FILES));
        unchanged.time(|| assert_eq!(reload(&mut loader), 0));
        for number in 0..CHANGED {
            write(folder.path(), (number * 197 + round) % FILES, round);
        }
        changed.time(|| assert_eq!(reload(&mut loader), CHANGED));
        // The work that amending the indexes saves.
        let articles = loader.collection().articles().to_vec();
        rebuilt.time(|| black_box(Collection::of_shared(articles, &[], Vec::new())));
    }
    let (passed, worked) = changed.times(walk);
    println!(
        "reload with {CHANGED} of {FILES} changed / the stat walk alone: {passed:.2} (limit {LIMIT}); in time of processors {worked:.2}"
    );
    let (passed, worked) = unchanged.times(walk);
    println!(
        "reload with none changed / the stat walk alone: {passed:.2}; in time of processors {worked:.2}"
    );
    let (passed, worked) = rebuilt.times(walk);
    println!(
        "making the indexes anew instead of amending them, by itself / the stat walk alone: {passed:.2}; in time of processors {worked:.2}"
    );
}

/// How many articles changed.
fn reload(loader: &mut Loader) -> usize {
    loader.reload().expect("the folder can be read").difference.articles.changed.count
}

/// Lists the folder, asks for every file's stamp and drops it.
fn stamps(root: &Path) -> usize {
    let entries = WalkDir::new(root).into_iter().map(|entry| entry.expect("an entry"));
    let files: Vec<PathBuf> =
        entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect();
    let stamped = files.into_par_iter().map(|path| fs::symlink_metadata(path).expect("a stamp"));
    stamped.map(black_box).count()
}

fn write(root: &Path, number: usize, round: usize) {
    let path = root.join(format!("_news/{}/2026-01-01-story-number-{number}.md", number / 500));
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    let (heat, topic, source) = ((number * 7919 + round * 31) % 400, number % 200, number % 1_500);
    let text = format!(
        "---\ncategory: news\ntitle: \"The release of an engine for storage and search, number {number}\"\n\
         excerpt: \"A few words on it, as long as an excerpt is in real collections, which is about this long.\"\n\
         publishedDateTime: 2026-01-01T00:{:02}:{:02}Z\noriginalUrl: \"https://example.com/stories/{number}\"\n\
         webUrl: \"https://example.com/stories/{number}\"\ntype: article\nquality: {}\nheat: {heat}\n\
         published: true\n\nprovider:\n  name: Source {source}\n  domain: source-{source}.example\n\n\
         topics:\n  - Topic {topic}\n\nsecured: \"{}\"\n---\n\n",
        number / 60 % 60,
        number % 60,
        heat / 4,
        "c2VjdXJlZA+/".repeat(95),
    );
    fs::write(path, text).expect("a file");
}
