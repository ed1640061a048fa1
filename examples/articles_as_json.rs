//! Prints a folder's articles, one JSON object a line, by id: `cargo run --example articles_as_json -- FOLDER`.
//! Problems go to standard error, and the exit code is 1 if there is any. `.ci/compare_articles.py` compares the lines with
//! another reading of the same folder, which shares no code with this one.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use article_format::Article;
use heatwire::collection::load;
use serde_json::{Value, json};

fn main() -> Result<ExitCode> {
    let folder = std::env::args_os().nth(1).context("name the folder to read")?;
    let loaded = load::load(Path::new(&folder))?;
    let mut output = BufWriter::new(io::stdout().lock());
    for article in &loaded.articles {
        writeln!(output, "{}", as_json(article))?;
    }
    output.flush()?;
    let mut errors = io::stderr().lock();
    for problem in &loaded.problems {
        writeln!(errors, "{problem}")?;
    }
    Ok(if loaded.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn as_json(article: &Article) -> Value {
    json!({
        "id": article.id.as_str(),
        "title": article.title,
        "link": article.link,
        "heat": article.heat,
        "quality": article.quality,
        "published_at": article.published_at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        "topics": &*article.topics,
        "is_published": article.is_published,
        "is_removed": article.is_removed,
        "is_draft": article.is_draft,
        "is_announced": article.is_announced,
        "related": article.related.len(),
    })
}
