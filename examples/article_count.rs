//! Prints how many articles a folder holds: `cargo run --example article_count -- FOLDER`. The shortest program that
//! loads a collection, for comparison with those of others (`benches/peers/run`).

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use heatwire::collection::load;

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).context("name the folder to read")?;
    let loaded = load::load(Path::new(&folder))?;
    writeln!(io::stdout(), "{}", loaded.articles.len())?;
    // The process ends, and the system takes back its memory at once.
    std::mem::forget(loaded);
    Ok(())
}
