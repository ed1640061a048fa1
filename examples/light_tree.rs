//! Writes the light tree of the benches into a folder: `cargo run --example light_tree -- FOLDER FILES`. The comparison
//! with other programs (`benches/peers/run`) reads it.

#[path = "../benches/load/tree.rs"]
mod tree;

use std::path::Path;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let folder = std::env::args_os().nth(1).context("name the folder to write")?;
    let [light, _] = tree::Shape::ALL;
    let files = tree::files_wanted();
    tree::write(Path::new(&folder), light, files)
        .with_context(|| format!("writing the {} tree", light.name()))
}
