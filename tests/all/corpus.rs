//! Real articles, where they are at hand.

use std::io::Write;
use std::path::PathBuf;

use heatwire::collection::load;

/// The folder of real articles that `.ci/run` hands over. In a plain clone there is none, which is said aloud; in CI
/// its absence is a failure.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("HEATWIRE_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "HEATWIRE_CORPUS has to be set in CI");
        // Not by `eprintln`: the test runner would keep that to itself.
        let words = b"LEFT OUT: the real articles are not at hand (HEATWIRE_CORPUS)\n";
        std::io::stderr().write_all(words).unwrap();
    }
    folder
}

#[test]
fn every_real_article_loads_without_a_problem() {
    let Some(folder) = corpus() else { return };
    let loaded = load::load(&folder).unwrap();
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(loaded.articles.len() >= 497, "{}", loaded.articles.len());
    assert!(loaded.topic_files.len() >= 27, "{}", loaded.topic_files.len());
}
