//! The memory of a collection: `cargo bench --bench memory`. A number behind `--` sets the number of files. The bench of
//! times is a separate program, because counting every allocation would slow it down.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod tree;

use anyhow::{Context, Result};
use heatwire::collection::Collection;
use heatwire::collection::load;
use peak_alloc::PeakAlloc;
use tree::Shape;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn main() -> Result<()> {
    let files = tree::files_wanted();
    for shape in Shape::ALL {
        let folder = tempfile::tempdir().context("a temporary folder")?;
        tree::write(folder.path(), shape, files)?;
        // The first load fills caches of libraries, which do not belong to a collection.
        drop(load::load(folder.path())?);
        let before = ALLOCATOR.current_usage();
        let loaded = load::load(folder.path())?;
        let count = loaded.articles.len().max(1);
        let per_article = |before: usize| ALLOCATOR.current_usage().saturating_sub(before) / count;
        let loaded_bytes = per_article(before);
        let related: usize = loaded.articles.iter().map(|article| article.related.len()).sum();
        let collection = Collection::new(loaded.articles, &loaded.topic_files, loaded.problems);
        let indexed_bytes = per_article(before);
        let name = shape.name();
        println!("{name}: {count} articles with {:.1} related stories each", related as f64 / count as f64);
        println!(
            "{name}: live heap per article: {loaded_bytes} bytes as loaded, {indexed_bytes} with all indexes"
        );
        drop(collection);
    }
    Ok(())
}
