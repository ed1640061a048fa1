//! The Rust files of the workspace, and their code.

use std::fs;
use std::path::{Path, PathBuf};

/// The sources of all packages: the bot at the root, and the crates beside it.
pub(crate) const SOURCES: [&str; 5] = [
    "src",
    "crates/article-format/src",
    "crates/article-sources/src",
    "crates/discord-sandbox/src",
    "crates/web-feed/src",
];

/// All folders with Rust code.
pub(crate) const ALL: [&str; 5] = ["src", "crates", "tests", "benches", "examples"];

/// The Rust files of a folder, in order.
pub(crate) fn rust_files(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    assert!(root.is_dir(), "{folder} does not exist");
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The path of a file from the root of the repository.
pub(crate) fn relative(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().to_owned()
}

/// The lines of code: no comments, and nothing that is compiled for tests only. rustfmt closes an item at the
/// indentation at which it began, so an item behind `#[cfg(test)]` ends there.
pub(crate) fn code_lines(text: &str) -> Vec<(usize, &str)> {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let mut code = Vec::new();
    let mut lines = text.lines().enumerate().map(|(number, line)| (number + 1, line));
    while let Some((number, line)) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let depth = indentation(line);
            let ends = |line: &str| {
                indentation(line) == depth
                    && (line.ends_with(';') || line.trim_end().ends_with('}') || line.trim() == ");")
            };
            let _of_a_test = lines.by_ref().find(|(_, line)| !line.is_empty() && ends(line));
        } else if !line.trim_start().starts_with("//") {
            code.push((number, line));
        }
    }
    code
}

#[test]
fn only_test_code_and_comments_are_left_out() {
    let text =
        "use a;\n#[cfg(test)]\nmod tests;\nuse b;\n#[cfg(test)]\nfn c() {\n    d();\n}\n// e\nuse f;\n";
    let code: Vec<&str> = code_lines(text).into_iter().map(|(_, line)| line).collect();
    assert_eq!(code, ["use a;", "use b;", "use f;"]);
}
