//! Small inputs that readers and editors stumbled over, held against what is permission. They are not ours to ship: `.ci/run` hands
//! over the folder that has one folder for each case.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use discord_sandbox::{Sandbox, SandboxOptions};
use heatwire::collection::{Collection, Position, load};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::first_feed;
use crate::harness::{PATIENCE, article, folder, program, sandbox_with};

/// The cases, of which each has a test below.
const KNOWN: [&str; 15] = [
    "angle-brackets",
    "configmap",
    "draft-true",
    "env-bom",
    "first-key-without-colon-space",
    "fragment-addresses",
    "hash-cuts",
    "long-link",
    "nbsp-indent",
    "readme-case",
    "restore",
    "same-title-daily",
    "same-title-releases",
    "text-behind-quote",
    "unpublished-hint",
];

/// Levels of folders of a case that are copied.
const LEVELS_MAX: usize = 4;

/// The folder of all cases. In a plain clone there is none, which is said aloud; in CI its absence is a failure.
fn cases() -> Option<PathBuf> {
    let folder = std::env::var_os("HEATWIRE_CASES").map(PathBuf::from);
    if folder.is_none() {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "HEATWIRE_CASES has to be set in CI");
        // Not by `eprintln`: the test runner would keep that to itself.
        let words = b"LEFT OUT: the cases are not at hand (HEATWIRE_CASES)\n";
        std::io::stderr().write_all(words).unwrap();
    }
    folder
}

/// A copy of one case, with links where a copy made text of them; `None` where the case is not at hand.
fn case(name: &str) -> Option<TempDir> {
    assert!(KNOWN.contains(&name), "{name} is not listed");
    let source = cases()?.join(name);
    if !source.is_dir() {
        let words = format!("LEFT OUT: the case {name} is not at hand\n");
        std::io::stderr().write_all(words.as_bytes()).unwrap();
        return None;
    }
    let copy = tempfile::tempdir().unwrap();
    copy_folder(&source, copy.path(), LEVELS_MAX);
    Some(copy)
}

fn copy_folder(source: &Path, target: &Path, levels: usize) {
    assert!(levels > 0, "{} nests too deeply", source.display());
    for entry in fs::read_dir(source).unwrap() {
        let entry = entry.unwrap();
        let (from, to) = (entry.path(), target.join(entry.file_name()));
        let kind = entry.file_type().unwrap();
        if kind.is_symlink() {
            symlink(fs::read_link(&from).unwrap(), &to).unwrap();
        } else if kind.is_dir() {
            fs::create_dir(&to).unwrap();
            copy_folder(&from, &to, levels - 1);
        } else {
            let bytes = fs::read(&from).unwrap();
            // A link that a checkout without links has as a file: it holds where it leads to.
            let link =
                str::from_utf8(&bytes).ok().filter(|text| text.starts_with("..") && !text.contains('\n'));
            match link {
                Some(link) => symlink(link, &to).unwrap(),
                None => fs::write(&to, bytes).unwrap(),
            }
        }
    }
}

/// Runs `heatwire check` there. What it finds, as `path:line cause; remedy`, and its exit code.
fn checked(folder: &Path, arguments: &[&str]) -> (Option<i32>, Vec<String>) {
    let mut command = program(&["check", ".", "--format", "json"], &[]);
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let problems = report["problems"].as_array().cloned().unwrap_or_default();
    let shown = problems.iter().map(|problem| {
        let text = |key: &str| problem[key].as_str().unwrap_or_default().to_owned();
        format!("{}:{} {}; {}", text("path"), problem["line"], text("cause"), text("remedy"))
    });
    (output.status.code(), shown.collect())
}

/// Expects exactly these findings, each by its place and some words of it.
fn expect(folder: &Path, arguments: &[&str], expected: &[(&str, &str)]) {
    let (code, found) = checked(folder, arguments);
    let is_as_expected = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(found, (place, words))| found.starts_with(&format!("{place} ")) && found.contains(words));
    assert!(is_as_expected, "{found:#?}\nnot {expected:#?}");
    assert_eq!(code, Some(i32::from(!expected.is_empty())));
}

/// The articles of a folder that has no problem.
fn loaded(folder: &Path) -> Collection {
    let loaded = load::load(folder).unwrap();
    assert_eq!(loaded.problems, []);
    Collection::new(loaded.articles, &loaded.topic_files, Vec::new())
}

/// Expects so many articles, each of which tells a story of its own.
fn expect_stories(folder: &Path, count: usize) {
    let collection = loaded(folder);
    assert_eq!(collection.articles().len(), count);
    for position in collection.positions() {
        let others: Vec<Position> = collection.stories().others(position).collect();
        assert!(others.is_empty(), "{:?}", collection.article(position).unwrap().id);
    }
}

#[test]
fn every_case_has_a_test() {
    let Some(cases) = cases() else { return };
    let folders =
        fs::read_dir(cases).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    let names: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    let unknown: Vec<&String> = names.iter().filter(|name| !KNOWN.contains(&name.as_str())).collect();
    assert!(!names.is_empty(), "there is no case");
    assert!(unknown.is_empty(), "these cases have no test: {unknown:?}");
}

#[test]
fn titles_with_angle_brackets_are_shown_as_written() {
    let Some(case) = case("angle-brackets") else { return };
    let collection = loaded(case.path());
    assert!(!collection.articles().is_empty());
    for article in collection.articles() {
        let text = fs::read_to_string(case.path().join(format!("{}.md", article.id))).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("title: ")).unwrap();
        assert_eq!(&*article.title, line.trim_matches('"'));
    }
}

#[test]
fn links_as_kubernetes_makes_them_are_followed() {
    let Some(case) = case("configmap") else { return };
    assert!(case.path().join("a.md").is_symlink() && case.path().join("..data").is_symlink());
    expect(case.path(), &["--strict"], &[]);
    let collection = loaded(case.path());
    let ids: Vec<&str> = collection.articles().iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["a"]);
}

#[test]
fn a_draft_is_known_and_not_shown() {
    let Some(case) = case("draft-true") else { return };
    expect(case.path(), &["--strict"], &[]);
    assert_eq!(loaded(case.path()).articles()[0].visible_from(), None);
}

#[test]
fn the_mark_at_the_beginning_of_the_settings_is_passed_over() {
    let Some(case) = case("env-bom") else { return };
    let mut command = program(&["check"], &[]);
    let output = command.current_dir(case.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_slip_in_the_first_key_is_named_in_its_line() {
    let Some(case) = case("first-key-without-colon-space") else { return };
    let expected = [
        ("comment-first.md:3", "space after the colon"),
        ("conflict.md:2", "merge conflict"),
        ("fullwidth.md:2", "wide colon"),
        ("nbsp.md:2", "no-break space"),
        ("nospace.md:2", "space after the colon"),
    ];
    expect(case.path(), &[], &expected);
    expect(case.path(), &["--strict"], &expected);
}

#[test]
fn addresses_with_other_fragments_are_other_stories() {
    let Some(case) = case("fragment-addresses") else { return };
    expect_stories(case.path(), 4);
    expect(case.path(), &["--strict"], &[]);
}

#[test]
fn values_cut_at_a_number_sign_are_warned_of() {
    let Some(case) = case("hash-cuts") else { return };
    expect(case.path(), &[], &[]);
    let expected = ["1.md:2", "1.md:3", "1.md:5"].map(|place| (place, "put the whole value in quotes"));
    expect(case.path(), &["--strict"], &expected);
}

#[test]
fn a_link_that_is_too_long_for_discord_is_warned_of() {
    let Some(case) = case("long-link") else { return };
    let (code, found) = checked(case.path(), &["--strict"]);
    assert_eq!(code, Some(1));
    for path in ["1.md:", "2.md:"] {
        assert!(found.iter().any(|found| found.starts_with(path) && found.contains("2048")), "{found:#?}");
    }
}

#[test]
fn no_break_spaces_in_the_indentation_are_named() {
    let Some(case) = case("nbsp-indent") else { return };
    let expected = [("1.md:4", "no-break space (U+00A0) is in the indentation; indent with spaces")];
    expect(case.path(), &[], &expected);
    expect(case.path(), &["--strict"], &expected);
}

#[test]
fn a_readme_is_passed_over_in_any_case() {
    let Some(case) = case("readme-case") else { return };
    expect(case.path(), &["--strict"], &[]);
}

#[test]
fn equal_titles_of_a_daily_column_are_stories_of_their_own() {
    let Some(case) = case("same-title-daily") else { return };
    expect_stories(case.path(), 5);
}

#[test]
fn equal_releases_of_two_projects_are_stories_of_their_own() {
    let Some(case) = case("same-title-releases") else { return };
    expect_stories(case.path(), 2);
}

#[test]
fn text_behind_a_closing_mark_is_named_with_its_remedy() {
    let Some(case) = case("text-behind-quote") else { return };
    let expected = [
        ("1.md:2", "put the whole value in single quotes"),
        ("2.md:2", "put the whole value in double quotes"),
        ("3.md:2", "put the whole value in quotes"),
    ];
    expect(case.path(), &[], &expected);
}

#[test]
fn unpublished_is_answered_with_published_false() {
    let Some(case) = case("unpublished-hint") else { return };
    expect(case.path(), &[], &[]);
    expect(case.path(), &["--strict"], &[("1.md:7", "write “published: false”")]);
}

async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let wait = async {
        while !is_so().await {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, wait).await.is_ok(), "never came true: {what}");
}

/// How many cards with this title everybody sees.
fn cards(sandbox: &Sandbox, title: &str) -> usize {
    let seen = sandbox.person("ben").sees("news").unwrap();
    seen.iter().filter(|message| message["embeds"][0]["title"] == title).count()
}

#[tokio::test]
async fn an_article_that_is_published_again_is_not_called_unpublished() {
    let Some(case) = case("restore") else { return };
    let text = fs::read_to_string(case.path().join("1.md")).unwrap();
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let place = folder(&[("articles/old.md", &article("Old", "AI", 1, ""))]);
    let channel = sandbox.channel_id("news").unwrap().to_string();
    let bot = first_feed::started(&sandbox, place.path(), &channel).await;
    first_feed::until_listed(&sandbox, "1 feed").await;
    // What is older than the feed may be history.
    let date = text.lines().find(|line| line.starts_with("publishedDateTime:")).unwrap();
    let text = text.replace(date, &format!("publishedDateTime: {}", Timestamp::now()));
    let write = |text: &str| fs::write(place.path().join("articles/1.md"), text).unwrap();
    write(&text);
    until("it is posted", async || cards(&sandbox, "Restored") == 1).await;
    write(&text.replacen("title:", "published: false\ntitle:", 1));
    until("the post is withdrawn", async || cards(&sandbox, "Restored") == 0).await;
    write(&text);
    let why = async || {
        let answer = sandbox.person("mod").command("why", json!({ "article": "Restored" })).await.unwrap();
        answer.settled().await.unwrap().content().to_owned()
    };
    until("/why no longer calls the file unpublished", async || {
        let why = why().await;
        why.contains("Restored") && !why.contains("The file says that the article is not published")
    })
    .await;
    assert_eq!(cards(&sandbox, "Restored"), 0, "it is not posted again by itself: {}", why().await);
    first_feed::stop(bot).await;
}
