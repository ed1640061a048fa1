//! `heatwire check` as editors and their CI run it: words, exit codes, JSON, and what is never shown.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{article, folder, program};

/// What a run leaves behind.
struct Run {
    code: Option<i32>,
    output: String,
    errors: String,
}

/// Runs `heatwire check` in a folder of its own, so that paths are the same everywhere.
fn check(directory: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Run {
    let mut command = program(&["check"], settings);
    command.args(arguments).current_dir(directory);
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), output: text(output.stdout), errors: text(output.stderr) }
}

fn good() -> TempDir {
    let one = article("One", "AI", 1, "secured: s3cret\n");
    let modeline = "---\n# yaml-language-server: $schema=../article.schema.json\n";
    folder(&[
        ("ai/one.md", &one.replacen("---\n", modeline, 1)),
        ("topics/ai.yaml", "taxonomy: topic\nname: AI\nservices: {news: x}\n"),
        ("docker-compose.yaml", "services: ["),
        ("README.md", "not an article"),
    ])
}

/// One file of each kind of fault, and a good one.
fn bad() -> TempDir {
    let aliases: String = (0..20).map(|_| "  - *a\n").collect();
    let folder = folder(&[
        ("aliases.md", &format!("---\ntitle: T\nbomb: &a [x]\nmore:\n{aliases}---\n")),
        ("bell\u{7}\u{1B}[31m\u{202E}.md", "---\ntitle: T\nheat: \u{202E}hot\n---\n"),
        ("deep.md", &format!("---\ntitle: T\nx: {}\n---\n", "[".repeat(200_000))),
        ("dup/duplicate.md", "---\ntitle: T\nheat: 1\nheat: 2\n---\n"),
        ("good.md", &article("Good", "AI", 1, "")),
        ("long.md", &format!("---\ntitle: T\nheat: {}\n---\n", "hot ".repeat(2000))),
        ("no-end.md", "---\ntitle: T\n"),
        ("no-front-matter.md", "Just text\n"),
        ("number.md", "---\ntitle: T\r\nheat: 99999999999999999999 # too hot\r\n---\r\n"),
        ("tab.md", "---\ntitle: T\nprovider:\n\tname: N\n---\n"),
        ("topic.yaml", "taxonomy: topic\nname: [A]\n"),
    ]);
    fs::write(folder.path().join("utf8.md"), b"---\ntitle: caf\xE9\n---\n").unwrap();
    fs::write(folder.path().join(OsStr::from_bytes(b"latin-\xE9.md")), b"---\ntitle: T\n---\n").unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("fifo.md")).status().unwrap().success());
    folder
}

#[test]
fn a_good_folder_has_no_problems() {
    let folder = good();
    let run = check(folder.path(), &["."], &[]);
    assert_eq!((run.code, &*run.output, &*run.errors), (Some(0), "no problems in 3 files\n", ""));
    let run = check(folder.path(), &[".", "--strict"], &[]);
    assert_eq!((run.code, &*run.output), (Some(0), "no problems in 3 files\n"));
    let empty = tempfile::tempdir().unwrap();
    let run = check(empty.path(), &["."], &[]);
    assert_eq!((run.code, &*run.output), (Some(0), "no problems in 0 files\n"));
}

#[test]
fn each_problem_is_shown_with_its_place_and_remedy() {
    let folder = bad();
    let run = check(folder.path(), &["."], &[]);
    assert_eq!((run.code, &*run.errors), (Some(1), ""));
    insta::assert_snapshot!(run.output);
    assert!(run.output.lines().all(|line| line.chars().count() <= 200));
    let is_obeyed =
        |character: char| character != '\n' && (character.is_control() || character == '\u{202E}');
    assert!(!run.output.contains(is_obeyed));
}

#[test]
fn the_json_report_has_a_fixed_form() {
    let folder = bad();
    let run = check(folder.path(), &[".", "--format", "json"], &[]);
    assert_eq!((run.code, &*run.errors), (Some(1), ""));
    insta::assert_snapshot!(run.output);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    assert_eq!(report["counts"]["errors"], report["problems"].as_array().unwrap().len());
    let clean = check(good().path(), &[".", "--format=json"], &[]);
    let report: Value = serde_json::from_str(&clean.output).unwrap();
    assert_eq!((clean.code, report["problems"].as_array().map(Vec::len)), (Some(0), Some(0)));
}

/// Three unknown keys, and a story that is told three times: hottest, by address, and by title and time.
fn sloppy() -> TempDir {
    folder(&[
        ("hottest.md", &article("A story that is told twice", "AI", 9, "")),
        (
            "address.md",
            &article(
                "Other",
                "AI",
                2,
                "originalUrl: http://www.example.com/a-story-that-is-told-twice/?utm_source=x\n",
            )
            .replace("2026-06-01", "2026-06-02"),
        ),
        (
            "title.md",
            "---\ntitle: \"A story that is told twice!\"\nwebUrl: https://example.org/x\npublishedDateTime: 2026-06-03T00:00:00Z\n---\n",
        ),
        ("hidden.md", &article("A story that is told twice", "AI", 99, "published: false\n")),
        (
            "future.md",
            &article("A story that is told twice", "AI", 99, "").replace("2026-06-01", "2999-06-01"),
        ),
        ("keys.md", &article("Keys", "AI", 1, "publishedDatetime: x\nsecure: s3cret\ncolour: s3cret\n")),
        ("topic.yaml", "taxonomy: topic\nname: AI\nkeyword: [a]\n"),
    ])
}

/// The exit code and the problems of `check --strict`.
fn strict_problems(folder: &Path) -> (Option<i32>, Vec<Value>) {
    let run = check(folder, &[".", "--strict", "--format", "json"], &[]);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    (run.code, report["problems"].as_array().unwrap().clone())
}

#[test]
fn strict_warns_of_unknown_keys_and_repeated_stories() {
    let folder = sloppy();
    let run = check(folder.path(), &["."], &[]);
    assert_eq!((run.code, &*run.output), (Some(0), "no problems in 7 files\n"));
    let run = check(folder.path(), &[".", "--strict"], &[]);
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!(run.output);
    let run = check(folder.path(), &[".", "--strict", "--format", "json"], &[]);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    let counts = serde_json::json!({ "files": 7, "files_with_problems": 4, "errors": 0, "warnings": 6 });
    assert_eq!((run.code, &report["counts"]), (Some(1), &counts));
}

#[test]
fn strict_warns_of_cut_values_and_answers_keys_of_other_programs() {
    let more = "unpublished: true\ndate: 2026-06-15\n";
    let cut = article("Cut", "AI", 1, more).replace("title: \"Cut\"", "title: Cut #7 short");
    let folder = folder(&[("cut.md", &cut)]);
    let run = check(folder.path(), &["."], &[]);
    assert_eq!((run.code, &*run.output), (Some(0), "no problems in 1 file\n"));
    let (code, problems) = strict_problems(folder.path());
    let shown = |problem: &Value| format!("{}:{} {}", problem["line"], problem["column"], problem["remedy"]);
    let found: Vec<String> = problems.iter().map(shown).collect();
    let expected = [
        "2:12 \"put the whole value in quotes, or write the comment in a line of its own\"",
        "13:1 \"write “published: false” to hide the article\"",
        "14:1 \"write it as publishedDateTime, with time and zone, as 2026-06-15T09:00:00Z\"",
    ];
    assert_eq!((code, found), (Some(1), expected.map(str::to_owned).to_vec()));
}

/// Files that are passed over for their names, and parents of topics that lead nowhere.
fn passed_over() -> TempDir {
    let topic = |name: &str, parent: &str| format!("taxonomy: topic\nname: {name}\nparent: {parent}\n");
    folder(&[
        ("CAPITALS.MD", &article("A", "AI", 1, "")),
        ("long.markdown", "---\n\"title\" : [broken\n---\n"),
        ("topics/yml.yml", &topic("Yml", "AI")),
        ("topics/broken.Yml", "taxonomy: topic\nname: [\n"),
        ("topics/capitals.YAML", &topic("Capitals", "AI")),
        // None of ours, whatever their names.
        ("notes.MD", "# Notes\n"),
        ("page.markdown", "---\nlayout: page\n---\n"),
        ("compose.yml", "services: {topic: [taxonomy"),
        (".hidden.MD", &article("A", "AI", 1, "")),
        ("title.txt", &article("A", "AI", 1, "")),
        // Parents: an article's topic, another's short name, none, itself, and three in a circle.
        ("topics/ai.yaml", "taxonomy: topic\nname: Intelligence\nshortname: AI\nparent: Only\n"),
        ("only.md", &article("Only", "only", 1, "")),
        ("topics/ml.yaml", &topic("ML", "ai")),
        ("topics/lost.yaml", &topic("Lost", "Inteligence")),
        ("topics/self.yaml", &topic("Self", "self")),
        ("topics/1.yaml", &topic("One", "Two")),
        ("topics/2.yaml", &topic("Two", "Three")),
        ("topics/3.yaml", &topic("Three", "One")),
        ("topics/3-child.yaml", &topic("Child of three", "Three")),
    ])
}

#[test]
fn strict_warns_of_files_passed_over_for_their_names_and_of_parents_that_lead_nowhere() {
    let folder = passed_over();
    let run = check(folder.path(), &["."], &[]);
    assert_eq!((run.code, &*run.output), (Some(0), "no problems in 9 files\n"));
    let run = check(folder.path(), &[".", "--strict"], &[]);
    assert_eq!((run.code, &*run.errors), (Some(1), ""));
    insta::assert_snapshot!(run.output);
    let run = check(folder.path(), &[".", "--strict", "--format", "json"], &[]);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    let counts = serde_json::json!({ "files": 14, "files_with_problems": 8, "errors": 0, "warnings": 8 });
    assert_eq!(report["counts"], counts);
    let found: Vec<String> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| format!("{}:{}:{}", problem["path"], problem["line"], problem["severity"]))
        .collect();
    assert_eq!(found[0], "\"CAPITALS.MD\":null:\"warning\"");
    assert!(found.contains(&"\"topics/lost.yaml\":3:\"warning\"".to_owned()), "{found:?}");
}

#[test]
fn a_long_circle_of_parents_names_only_some_of_it() {
    let files: Vec<(String, String)> = (0..300)
        .map(|number| {
            let parent = if number % 60 == 59 { number - 59 } else { number + 1 };
            let text = format!("taxonomy: topic\nname: \"T{number}\"\nparent: \"T{parent}\"\n");
            (format!("{number:03}.yaml"), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    let folder = folder(&files);
    let run = check(folder.path(), &[".", "--strict", "--format", "json"], &[]);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    let problems = report["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 5);
    assert_eq!(
        problems[0]["cause"],
        "the parents form a circle (“T59”, “T0”, “T1”, “T2”, “T3”, “T4”, “T5”, “T6”, …, “T59”), so the bot ignores this parent"
    );
}

#[test]
fn a_story_that_a_third_article_joins_says_so() {
    let address = |path: &str| format!("https://example.com/{path}");
    let file = |heat: i64, urls: [&str; 2]| {
        let [web, original] = urls.map(address);
        format!("---\ntitle: \"{heat}\"\nheat: {heat}\nwebUrl: {web}\noriginalUrl: {original}\n---\n")
    };
    let folder = folder(&[
        ("first.md", &file(9, ["a", "a"])),
        ("middle.md", &file(5, ["x", "y"])),
        ("bridge.md", &file(1, ["a", "x"])),
    ]);
    let (_, problems) = strict_problems(folder.path());
    let shown = |problem: &Value| format!("{}:{}: {}", problem["path"], problem["line"], problem["cause"]);
    let found: Vec<String> = problems.iter().map(shown).collect();
    let expected = [
        "\"bridge.md\":4: \"first.md reports the same story (the address is the same), and lists show only that article\"",
        "\"middle.md\":2: \"first.md reports the same story (a third article joins both), and lists show only that article\"",
    ];
    assert_eq!(found, expected);
}

#[test]
fn values_of_secured_are_never_shown() {
    let faults = [
        "heat: hot",
        "\ttab: 1",
        "a: b: c",
        "x: \u{1}",
        "q: \"open",
        "heat: 1",
        "secure: s3cret",
        "heat:1",
        "\u{A0}a: 1",
        "q: \"a\" b",
        "<<<<<<< HEAD",
        "q: a #b",
        "secure:s3cret",
        "secure：s3cret",
        "\u{A0}secure: s3cret",
    ];
    let secrets = [
        "secured:s3cret",
        "secured：s3cret",
        "secured:\u{A0}s3cret",
        "\u{A0}\u{A0}secured: s3cret",
        "secured: \"s3cret\" s3cret",
        "secured: s3cret #s3cret",
        "secured:\n\u{A0}\u{A0}a: s3cret",
        "<<<<<<< HEAD\nsecured: s3cret\n=======\nsecured: s3cret\n>>>>>>> other",
        "secured: s3cret",
        "secured: \"s3cret",
        "secured: {a: s3cret",
        "secured: a: s3cret",
        "secured:\n  a: s3cret\n\tb: s3cret",
        "secured: |\n  s3cret\n s3cret",
        "\"secured\": [s3cret,\ns3cret: s3cret",
        "b: &a s3cret\nsecured: *a\nheat: *a",
    ];
    let mut files = Vec::new();
    for (number, secret) in secrets.iter().enumerate() {
        for (other, fault) in faults.iter().enumerate() {
            files.push((format!("{number}-{other}.md"), format!("---\ntitle: T\n{secret}\n{fault}\n---\n")));
            files.push((format!("{number}-{other}-.md"), format!("---\n{fault}\n{secret}\n---\n")));
            files.push((format!("{number}-{other}.yaml"), format!("taxonomy: topic\n{secret}\n{fault}\n")));
        }
    }
    for (name, parent) in
        [("alias", "*a"), ("quote", "\"x\nsecured: s3cret\""), ("block", ">-\n  secured: s3cret")]
    {
        let text = format!("taxonomy: topic\nname: {name}\nsecured: &a s3cret\nparent: {parent}\n");
        files.push((format!("parent-{name}.yaml"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    let folder = folder(&files);
    for arguments in [&["."][..], &[".", "--strict"], &[".", "--strict", "--format", "json"]] {
        let run = check(folder.path(), arguments, &[]);
        assert_eq!(run.code, Some(1));
        let at = run.output.lines().position(|line| line.contains("s3cret"));
        let lines: Vec<&str> = run.output.lines().collect();
        assert!(at.is_none(), "{:#?}", at.map(|at| &lines[at.saturating_sub(5)..=at]));
    }
}

#[test]
fn passwords_in_addresses_are_never_shown() {
    let of_web = |address: &str| format!("---\ntitle: T\nwebUrl: {address}\n---\n");
    let files = [
        ("name.md", of_web("https://s3cret@example.com/")),
        ("password.md", of_web("https://ann:s3cret@example.com/a")),
        ("quotes.md", of_web("\"https://ann:s3cret\\u0040example.com\"")),
        ("slashes.md", of_web("https:\\\\ann:s3cret@example.com")),
        ("scheme.md", of_web("ann:s3cret@example.com")),
        (
            "topic.yaml",
            "taxonomy: topic\nname: T\nimages:\n- https://ann:s3cret@example.com/i.png\n".to_owned(),
        ),
    ];
    let folder = folder(&files.each_ref().map(|(name, text)| (*name, &**text)));
    for arguments in [&["."][..], &[".", "--strict"], &[".", "--strict", "--format", "json"]] {
        let run = check(folder.path(), arguments, &[]);
        assert_eq!(run.code, Some(1));
        assert!(files.iter().all(|(name, _)| run.output.contains(name)), "{}", run.output);
        assert!(!run.output.contains("s3cret"), "{}", run.output);
    }
}

#[test]
fn strict_warns_of_links_that_discord_has_no_room_for() {
    let escaped = format!("https://example.com/{}", "ö".repeat(339));
    let text = |key: &str| format!("---\ntitle: {key}\nheat: 1\n{key}: {escaped}\n---\n");
    let folder = folder(&[
        ("original.md", &text("originalUrl")),
        ("web.md", &text("webUrl")),
        ("amp.md", &text("ampWebUrl")),
    ]);
    let run = check(folder.path(), &[".", "--strict", "--format", "json"], &[]);
    let report: Value = serde_json::from_str(&run.output).unwrap();
    let problems = report["problems"].as_array().unwrap().iter();
    let found: Vec<String> = problems
        .map(|problem| format!("{}:{}: {}", problem["path"], problem["line"], problem["cause"]))
        .filter(|problem| !problem.contains("reports the same story"))
        .collect();
    let expected = [
        "\"original.md\":4: \"originalUrl has 2054 characters as Discord counts them, and Discord allows 2048\"",
        "\"web.md\":4: \"webUrl has 2054 characters as Discord counts them, and Discord allows 2048\"",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_folder_that_cannot_be_read_is_another_exit_code() {
    let folder = good();
    for (name, cause) in [("nowhere", "does not exist"), ("README.md", "is not a folder")] {
        for format in ["text", "json"] {
            let run = check(folder.path(), &[name, "--format", format], &[]);
            assert_eq!((run.code, &*run.output), (Some(2), ""));
            let expected = format!(
                "heatwire: the articles folder {cause} (the bot looked for {}); name your folder of articles as heatwire check DIR, or set \
                ARTICLES_DIR\n",
                folder.path().canonicalize().unwrap().join(name).display()
            );
            assert_eq!(run.errors, expected);
        }
    }
    let run = check(folder.path(), &["."], &[("RUST_LOG", "a=b=c")]);
    assert_eq!((run.code, &*run.output), (Some(2), ""));
}

#[test]
fn the_folder_comes_from_the_setting_or_the_argument() {
    let (good, bad) = (good(), bad());
    let path = bad.path().to_str().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let from_setting = check(elsewhere.path(), &[], &[("ARTICLES_DIR", path)]);
    let from_argument = check(good.path(), &[path], &[]);
    let with_slashes = check(good.path(), &[&format!("{path}//")], &[("ARTICLES_DIR", ".")]);
    assert_eq!(from_setting.code, Some(1));
    assert!(from_setting.output.contains(&format!("--> {path}/tab.md:4:1\n")), "{}", from_setting.output);
    assert_eq!(from_setting.output, from_argument.output);
    assert_eq!(from_setting.output, with_slashes.output);
}

#[test]
fn no_output_is_coloured_without_a_terminal() {
    let folder = bad();
    let terminal = ("TERM", "xterm-256color");
    for settings in [&[terminal][..], &[terminal, ("NO_COLOR", "1")], &[terminal, ("CLICOLOR_FORCE", "1")]] {
        let run = check(folder.path(), &["."], settings);
        assert!(!run.output.contains('\u{1B}') && run.errors.is_empty());
    }
}

#[test]
fn the_schemas_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let schema = |arguments: &[&str]| -> Value {
        let run = check(folder.path(), arguments, &[("ARTICLES_DIR", "nowhere")]);
        assert_eq!((run.code, &*run.errors), (Some(0), ""));
        serde_json::from_str(&run.output).unwrap()
    };
    let article = schema(&["--schema"]);
    assert_eq!(article, schema(&["--schema", "article"]));
    assert_eq!(article["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(article["required"], serde_json::json!(["title"]));
    let of_related = &article["properties"]["related"]["items"]["properties"];
    assert!(of_related["publishedDateTime"]["description"].is_string(), "{of_related}");
    let topic = schema(&["--schema", "topic"]);
    assert_eq!(topic["required"], serde_json::json!(["taxonomy", "name"]));
    let sources = schema(&["--schema", "sources"]);
    assert!(sources["properties"]["sources"]["description"].is_string(), "{sources}");
    assert_eq!(check(folder.path(), &["--schema", "folder"], &[]).code, Some(2));
}

#[test]
fn the_starter_collection_is_clean() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = check(root, &["articles", "--strict"], &[]);
    assert_eq!(run.code, Some(0), "{}", run.output);
}
