//! `heatwire fetch` is killed at each point that a fetch passes. The next fetch completes the work: each entry is one file, and no
//! file is half written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::feed_server::FeedServer;

const SOURCES: [&str; 2] = ["one", "two"];
const STORY: &str = "The harbour town opens a new library beside the lighthouse";

/// Fetches once, and is killed at this point, if any.
fn fetch(folder: &Path, kill_at: Option<u32>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heatwire"));
    command.arg("fetch").env_clear().current_dir(folder).stdin(Stdio::null());
    if let Some(nth) = kill_at {
        command.env("HEATWIRE_KILL_AT", nth.to_string());
    }
    command.output().unwrap()
}

/// The texts of all files in the folders of the sources, hidden files too.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for source in SOURCES {
        for entry in fs::read_dir(folder.join("articles").join(source)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            files.insert(format!("{source}/{name}"), fs::read_to_string(&path).unwrap());
        }
    }
    files
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy_path = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &copy_path);
        } else {
            fs::copy(&path, copy_path).unwrap();
        }
    }
}

fn copy_of(folder: &TempDir) -> TempDir {
    let copied = tempfile::tempdir().unwrap();
    copy(folder.path(), copied.path());
    copied
}

#[test]
fn killed_at_each_point_of_a_fetch_no_entry_is_lost_and_no_file_is_half() {
    let server = FeedServer::start();
    let begun = tempfile::tempdir().unwrap();
    let mut list = "sources:\n".to_owned();
    for name in SOURCES {
        server.serve(&format!("/{name}"), &format!("{name}.example"), &["Something old"]);
        list += &format!("- name: {name}\n  feed: {}/{name}\n  private: true\n", server.address);
    }
    fs::write(begun.path().join("sources.yaml"), list).unwrap();
    assert!(fetch(begun.path(), None).status.success());
    let old = files(begun.path());
    for name in SOURCES {
        let own = format!("Only {name} has this");
        server.serve(&format!("/{name}"), &format!("{name}.example"), &["Something old", STORY, &own]);
    }
    // What comes of a fetch that nobody kills: files, and new heat for the story.
    let whole = copy_of(&begun);
    assert!(fetch(whole.path(), None).status.success());
    let expected = files(whole.path());
    assert_eq!(expected.values().filter(|text| text.contains("\nheat: 60\n")).count(), 2, "{expected:?}");
    assert_eq!((old.len(), expected.len()), (2, 6));
    let mut nth = 1;
    loop {
        let killed = copy_of(&begun);
        let ended = fetch(killed.path(), Some(nth));
        for (path, text) in files(killed.path()).iter().filter(|(path, _)| !path.contains("/.")) {
            assert!(text.starts_with("---\n") && text.ends_with("\"\n---\n"), "{nth}: {path}: {text}");
        }
        if ended.status.code().is_some() {
            assert!(ended.status.success(), "{nth}: {}", String::from_utf8_lossy(&ended.stderr));
            break;
        }
        let completed = fetch(killed.path(), None);
        assert!(completed.status.success(), "{nth}: {}", String::from_utf8_lossy(&completed.stderr));
        assert_eq!(files(killed.path()), expected, "killed at point {nth}");
        nth += 1;
    }
    assert!(nth > 40, "only {nth} points were passed");
}
