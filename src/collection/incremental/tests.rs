//! Reloads of a folder that changes under them, fault by fault.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use jiff::SignedDuration;

use super::super::walk::each_file;
use super::*;

/// A folder, a loader, and a clock that the test sets against the folder's times.
struct Folder {
    folder: tempfile::TempDir,
    loader: Loader,
    late_by: Arc<Mutex<SignedDuration>>,
}

fn article(title: &str, heat: i64) -> String {
    format!("---\ntitle: \"{title}\"\nheat: {heat}\n---\n")
}

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let late_by = Arc::new(Mutex::new(SignedDuration::ZERO));
        let clock = Arc::clone(&late_by);
        let now = move || Timestamp::now().checked_add(*clock.lock().unwrap()).unwrap();
        let loader = Loader::new(folder.path().to_owned(), Arc::new(now));
        let folder = Self { folder, loader, late_by };
        files.iter().for_each(|(name, text)| folder.write(name, text));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    /// Reloads as if an hour had gone by since every file was written.
    fn later(&mut self) -> Reloaded {
        *self.late_by.lock().unwrap() = SignedDuration::from_hours(1);
        self.loader.reload().unwrap()
    }

    /// Reloads right after the last change.
    fn at_once(&mut self) -> Reloaded {
        *self.late_by.lock().unwrap() = SignedDuration::ZERO;
        self.loader.reload().unwrap()
    }

    /// Each article's id and title, hottest first.
    fn shown(&self) -> Vec<(String, String)> {
        let articles = self.loader.collection().articles().iter();
        articles.map(|article| (article.id.to_string(), article.title.to_string())).collect()
    }

    fn titles(&self) -> Vec<String> {
        self.shown().into_iter().map(|(_, title)| title).collect()
    }

    fn problems(&self) -> Vec<String> {
        self.loader.collection().problems().iter().map(ToString::to_string).collect()
    }

    fn topics(&self) -> Vec<String> {
        let names = self.loader.collection().topics().names();
        (0..names.len()).map(|index| names.text(index).to_owned()).collect()
    }
}

fn names(listed: &super::super::diff::Listed<Box<str>>) -> Vec<&str> {
    assert_eq!(listed.count, listed.first.len());
    listed.first.iter().map(|name| &**name).collect()
}

#[test]
fn a_start_is_a_reload_from_nothing() {
    let mut folder = Folder::with(&[
        ("b/two.md", &article("Two", 2)),
        ("one.md", &article("One", 1)),
        ("bad.md", "no front matter"),
        ("ai.yaml", "taxonomy: topic\nname: AI\n"),
    ]);
    let start = folder.later();
    assert_eq!(folder.titles(), ["Two", "One"]);
    assert_eq!(names(&start.difference.articles.added), ["b/two", "one"]);
    assert_eq!(names(&start.difference.topic_files.added), ["ai.yaml"]);
    assert_eq!(start.difference.articles.removed.count, 0);
    assert_eq!(start.difference.problems.count, 1);
    assert!(folder.problems()[0].starts_with("bad.md:1:1: the file does not begin"));
    assert_eq!(start.files_read, 4);
    assert!(start.is_complete && !start.is_unsettled);
}

#[test]
fn only_what_changed_is_read_and_what_did_not_is_shared() {
    let mut folder = Folder::with(&[("a.md", &article("A", 1)), ("b.md", &article("B", 2))]);
    let start = folder.later();
    let same = folder.later();
    assert_eq!(same.files_read, 0);
    assert!(same.difference.is_empty());
    assert!(Arc::ptr_eq(&start.collection, &same.collection), "nothing is built for nothing");

    folder.write("a.md", &article("A", 3));
    folder.write("c.md", &article("C", 0));
    fs::remove_file(folder.path("b.md")).unwrap();
    let changed = folder.later();
    assert_eq!(changed.files_read, 2);
    assert_eq!(folder.titles(), ["A", "C"]);
    let articles = &changed.difference.articles;
    assert_eq!((names(&articles.added), names(&articles.removed)), (vec!["c"], vec!["b"]));
    assert_eq!((&*articles.changed.first[0].name, &articles.changed.first[0].keys), ("a", &vec!["heat"]));

    // Written again with the same text: read, but neither changed nor copied.
    let before = Arc::clone(&folder.loader.collection().articles()[0]);
    folder.write("a.md", &article("A", 3));
    let again = folder.later();
    assert_eq!(again.files_read, 1);
    assert!(again.difference.is_empty());
    assert!(Arc::ptr_eq(&before, &folder.loader.collection().articles()[0]));
    assert_eq!(start.collection.articles().len(), 2, "whoever holds the first snapshot still has it");
}

#[test]
fn a_rename_is_an_article_gone_and_one_come() {
    let mut folder = Folder::with(&[("a/x.md", &article("X", 1))]);
    folder.later();
    fs::rename(folder.path("a"), folder.path("b")).unwrap();
    let renamed = folder.later();
    let articles = &renamed.difference.articles;
    assert_eq!((names(&articles.added), names(&articles.removed)), (vec!["b/x"], vec!["a/x"]));
}

/// Writes other text of the same length into the same file and puts its time back.
fn write_unseen(path: &Path, text: &str) {
    let metadata = fs::metadata(path).unwrap();
    assert_eq!(metadata.len(), text.len() as u64);
    fs::write(path, text).unwrap();
    File::options().write(true).open(path).unwrap().set_modified(metadata.modified().unwrap()).unwrap();
}

#[test]
fn a_change_that_keeps_size_time_and_inode_is_not_missed() {
    let mut folder = Folder::with(&[("a.md", &article("A", 1))]);
    // As a coarse clock sees it: read within the tick in which it was written, and written again in that tick.
    assert_eq!(folder.at_once().files_read, 1);
    let known = folder.loader.files.get("a.md").unwrap().stamp;
    write_unseen(&folder.path("a.md"), &article("B", 1));
    folder.loader.files.get_mut("a.md").unwrap().stamp = Some(found_stamp(&folder));
    assert_ne!(known, None);
    assert_eq!(folder.later().files_read, 1);
    assert_eq!(folder.titles(), ["B"]);
    assert_eq!(folder.later().files_read, 0, "from then on it is settled");
    // A program that puts the time back cannot put back the one that the system keeps.
    write_unseen(&folder.path("a.md"), &article("C", 1));
    folder.later();
    assert_eq!(folder.titles(), ["C"]);
}

fn found_stamp(folder: &Folder) -> Stamp {
    let stamped = each_file(folder.folder.path(), |files, file| file.stamp(files).unwrap().unwrap());
    stamped.unwrap().files[0]
}

#[test]
fn a_file_from_the_future_is_read_each_time() {
    let mut folder = Folder::with(&[("a.md", &article("A", 1))]);
    let future = SystemTime::now() + Duration::from_secs(86_400);
    File::options().write(true).open(folder.path("a.md")).unwrap().set_modified(future).unwrap();
    assert_eq!((folder.later().files_read, folder.later().files_read), (1, 1));
}

#[test]
fn a_file_that_turned_bad_keeps_its_last_good_version_until_it_is_fixed() {
    let mut folder = Folder::with(&[("a.md", &article("A", 1)), ("b.md", &article("B", 2))]);
    folder.later();
    for (bad, words) in [
        ("", "a.md:1:1: the file "),
        ("---\ntitle: \"A\"\nhe", "a.md:"),
        ("---\ntitle: \"A\"\nheat: hot\n---\n", "a.md:3:7: heat is “hot”"),
    ] {
        folder.write("a.md", bad);
        for reloaded in [folder.at_once(), folder.later(), folder.later()] {
            assert!(reloaded.difference.articles.is_empty());
            assert_eq!(folder.titles(), ["B", "A"]);
            assert!(folder.problems()[0].starts_with(words), "{:?}", folder.problems());
        }
    }
    folder.write("a.md", &article("Fixed", 3));
    let fixed = folder.later();
    assert_eq!(names(&fixed.difference.fixed), ["a.md"]);
    assert_eq!((folder.titles(), folder.problems().len()), (vec!["Fixed".into(), "B".into()], 0));
    // A bad file that is deleted takes its article along, and is not fixed.
    folder.write("a.md", "");
    folder.later();
    fs::remove_file(folder.path("a.md")).unwrap();
    let deleted = folder.later();
    assert_eq!(
        (names(&deleted.difference.articles.removed), names(&deleted.difference.fixed)),
        (vec!["a"], vec![])
    );
    assert_eq!((folder.titles(), folder.problems().len()), (vec!["B".into()], 0));
}

#[test]
fn a_link_or_folder_in_the_place_of_a_file() {
    let mut folder = Folder::with(&[("a.md", &article("A", 1)), ("b.md", &article("B", 2))]);
    folder.later();
    fs::remove_file(folder.path("a.md")).unwrap();
    symlink("nowhere.md", folder.path("a.md")).unwrap();
    let linked = folder.later();
    assert_eq!(folder.titles(), ["B", "A"]);
    assert_eq!(linked.difference.problems.first[0].path, "a.md".into());
    fs::remove_file(folder.path("a.md")).unwrap();
    folder.write("a.md", &article("A", 9));
    assert_eq!(names(&folder.later().difference.fixed), ["a.md"]);
    assert_eq!(folder.titles(), ["A", "B"]);
    fs::remove_file(folder.path("a.md")).unwrap();
    folder.write("a.md/inside.md", &article("Inside", 5));
    folder.later();
    assert_eq!(folder.titles(), ["Inside", "B"]);
}

#[test]
fn links_into_a_folder_that_is_swapped_show_what_they_lead_to_now() {
    let mut folder =
        Folder::with(&[("..1/a.md", &article("One", 1)), ("..2/a.md", &article("Two", 2)), ("..3/b.md", "")]);
    symlink("..1", folder.path("..data")).unwrap();
    symlink("..data/a.md", folder.path("a.md")).unwrap();
    folder.later();
    assert_eq!(folder.titles(), ["One"]);
    assert_eq!(folder.later().files_read, 0, "what did not change is not read again");
    let swap = |folder: &Folder, target: &str| {
        symlink(target, folder.path("..data_tmp")).unwrap();
        fs::rename(folder.path("..data_tmp"), folder.path("..data")).unwrap();
    };
    swap(&folder, "..2");
    assert_eq!(&*folder.later().difference.articles.changed.first[0].name, "a");
    assert_eq!(folder.titles(), ["Two"]);
    // The target is gone: the last good version stays until there is one again.
    swap(&folder, "..3");
    assert_eq!(folder.later().difference.problems.first[0].path, "a.md".into());
    assert_eq!(folder.titles(), ["Two"]);
    swap(&folder, "..1");
    folder.later();
    assert_eq!((folder.titles(), folder.problems().len()), (vec!["One".into()], 0));
    // What is written to the target is seen as well.
    fs::write(folder.path("..1/a.md"), article("Three", 3)).unwrap();
    folder.later();
    assert_eq!(folder.titles(), ["Three"]);
}

#[test]
fn a_root_that_is_gone_keeps_everything_and_says_so() {
    let mut folder = Folder::with(&[("in/a.md", &article("A", 1))]);
    folder.loader.root.push("in");
    let start = folder.later();
    assert_eq!(folder.titles(), ["A"]);
    fs::rename(folder.path("in"), folder.path("away")).unwrap();
    assert_eq!(folder.loader.reload().unwrap_err().to_string(), "the articles folder does not exist");
    folder.write("in", "a file");
    assert_eq!(folder.loader.reload().unwrap_err().to_string(), "the articles folder is not a folder");
    assert!(Arc::ptr_eq(&start.collection, folder.loader.collection()));
    fs::remove_file(folder.path("in")).unwrap();
    folder.write("in/b.md", &article("B", 1));
    let back = folder.later();
    let articles = &back.difference.articles;
    assert_eq!((names(&articles.added), names(&articles.removed)), (vec!["b"], vec!["a"]));
}

#[test]
fn an_empty_folder_in_the_place_of_the_root_keeps_everything_and_says_so() {
    let mut folder = Folder::with(&[("in/a.md", &article("A", 1))]);
    folder.loader.root.push("in");
    let start = folder.later();
    // As a disk that is not mounted any more, and is mounted again.
    fs::rename(folder.path("in"), folder.path("away")).unwrap();
    fs::create_dir(folder.path("in")).unwrap();
    let error = folder.loader.reload().unwrap_err().to_string();
    assert!(error.contains("another one without any file, as where a disk is not mounted"), "{error}");
    assert!(error.ends_with("(if it is to be empty, restart the bot)"), "{error}");
    assert!(Arc::ptr_eq(&start.collection, folder.loader.collection()));
    fs::remove_dir(folder.path("in")).unwrap();
    fs::rename(folder.path("away"), folder.path("in")).unwrap();
    assert!(folder.later().difference.is_empty());
    // Whoever takes the last file away means it.
    fs::remove_file(folder.path("in/a.md")).unwrap();
    assert_eq!(names(&folder.later().difference.articles.removed), ["a"]);
}

#[test]
fn a_topic_file_that_is_no_yaml_any_more_stays_however_it_said_that_it_was_one() {
    let text = "name: AI\ntaxonomy:\n  topic\n";
    let mut folder = Folder::with(&[("ai.yaml", text), ("a.md", &article("A", 1))]);
    folder.later();
    let topics = |folder: &Folder| folder.loader.collection().topics().names().len();
    for broken in [text.replace("AI", "[AI"), text.replace("topic", "topic: [broken")] {
        folder.write("ai.yaml", &broken);
        let difference = folder.later().difference;
        assert_eq!((difference.topic_files.removed.count, topics(&folder)), (0, 1), "{broken:?}");
        assert_eq!(folder.loader.collection().problems().len(), 1, "{broken:?}");
    }
    folder.write("ai.yaml", "taxonomy: category\n");
    assert_eq!(folder.later().difference.topic_files.removed.count, 1);
    assert_eq!((topics(&folder), folder.loader.collection().problems().len()), (0, 0));
}

#[test]
fn an_empty_root_in_the_place_of_the_old_one_keeps_everything_even_with_its_inode() {
    let mut folder = Folder::with(&[("in/a.md", &article("A", 1))]);
    folder.loader.root.push("in");
    folder.later();
    // Most file systems give the number that is free again to the next folder, but many say when it was made.
    if fs::metadata(folder.path("in")).unwrap().created().is_err() {
        return;
    }
    for _ in 0..5 {
        let before = identity(&folder.path("in")).unwrap();
        fs::remove_file(folder.path("in/a.md")).unwrap();
        // Within a tick of the system's clock it is the same again.
        while identity(&folder.path("in")).unwrap() == before {
            fs::remove_dir(folder.path("in")).unwrap();
            fs::create_dir(folder.path("in")).unwrap();
        }
        assert!(matches!(folder.loader.reload(), Err(LoadError::Emptied)));
        assert_eq!(folder.titles(), ["A"]);
        fs::write(folder.path("in/a.md"), article("A", 1)).unwrap();
        assert!(folder.later().difference.is_empty());
    }
}

#[test]
fn a_root_that_leads_elsewhere_in_mid_load_is_read_where_it_leads_now() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for release in ["one", "two"] {
        fs::create_dir(path(release)).unwrap();
        fs::write(path(release).join(format!("{release}.md")), article(release, 1)).unwrap();
    }
    symlink("one", path("current")).unwrap();
    symlink("two", path("next")).unwrap();
    let (current, next) = (path("current"), path("next"));
    // The clock is asked while a load is under way: in the second one the link is put elsewhere at that moment.
    let asked = AtomicU64::new(0);
    let clock = move || {
        if asked.fetch_add(1, Ordering::Relaxed) == 1 {
            fs::rename(&next, &current).unwrap();
        }
        Timestamp::now()
    };
    let mut loader = Loader::new(path("current"), Arc::new(clock));
    loader.reload().unwrap();
    let articles = loader.reload().unwrap().difference.articles;
    assert_eq!((names(&articles.added), names(&articles.removed)), (vec!["two"], vec!["one"]));
}

#[test]
fn a_root_that_leads_elsewhere_again_and_again_keeps_everything_until_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for release in ["0", "1"] {
        fs::create_dir(path(release)).unwrap();
        fs::write(path(release).join("both.md"), article("both", 1)).unwrap();
        fs::write(path(release).join(format!("{release}.md")), article(release, 1)).unwrap();
    }
    symlink("0", path("current")).unwrap();
    let (current, next) = (path("current"), path("next"));
    // From the second load on, the link is put elsewhere in the middle of each load, four times.
    let asked = AtomicU64::new(0);
    let clock = move || {
        let count = asked.fetch_add(1, Ordering::Relaxed);
        if (1..5).contains(&count) {
            symlink((count % 2).to_string(), &next).unwrap();
            fs::rename(&next, &current).unwrap();
        }
        Timestamp::now()
    };
    let mut loader = Loader::new(path("current"), Arc::new(clock));
    let first = loader.reload().unwrap();
    for _ in 0..2 {
        assert!(matches!(loader.reload(), Err(LoadError::Replaced)));
        assert!(Arc::ptr_eq(&first.collection, loader.collection()));
    }
    fs::remove_file(path("0/both.md")).unwrap();
    let articles = loader.reload().unwrap().difference.articles;
    assert_eq!((names(&articles.added).len(), names(&articles.removed)), (0, vec!["both"]));
}

#[test]
fn what_a_walk_saw_that_came_to_nothing_is_no_statement() {
    let mut folder = Folder::with(&[("a.md", &article("A", 1)), ("b.md", &article("B", 2))]);
    folder.later();
    // The root is another folder at the end of this walk.
    assert!(matches!(folder.loader.walk(identity(Path::new("/")).unwrap()), Err(LoadError::Replaced)));
    fs::remove_file(folder.path("a.md")).unwrap();
    assert_eq!(names(&folder.later().difference.articles.removed), ["a"]);
    assert_eq!(folder.titles(), ["B"]);
}

#[test]
fn a_start_without_a_root_is_an_error_and_the_next_reload_makes_up_for_it() {
    let mut folder = Folder::with(&[]);
    folder.loader.root.push("in");
    assert!(folder.loader.reload().is_err());
    folder.write("in/a.md", &article("A", 1));
    assert_eq!(folder.later().difference.articles.added.count, 1);
}

#[test]
fn an_unreadable_folder_keeps_its_articles() {
    let files =
        [("a.md", article("A", 1)), ("shut/b.md", article("B", 2)), ("shut/er/c.md", article("C", 3))];
    let mut folder = Folder::with(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    folder.later();
    // What the walk says of a folder that it may not list; the superuser, as whom some machines run tests, may.
    let name = Some("shut".into());
    let fault =
        Fault { name, problem: problem("shut", "this cannot be read", "check it"), hides_files: true };
    folder.loader.load += 1;
    let load = folder.loader.load;
    folder.loader.files.get_mut("a.md").unwrap().seen_in_load = load.into();
    let mut progress = LoadProgress::default();
    assert_eq!(folder.loader.forget_unseen(&[fault], &mut progress), 2);
    assert!(progress.changed.is_empty());
    let back = folder.later();
    assert_eq!(back.files_read, 2, "what was hidden is read when it can be seen again");
    assert!(back.difference.articles.is_empty());

    fs::set_permissions(folder.path("shut"), fs::Permissions::from_mode(0o000)).unwrap();
    let is_bound = fs::read_dir(folder.path("shut")).is_err();
    let shut = folder.later();
    fs::set_permissions(folder.path("shut"), fs::Permissions::from_mode(0o700)).unwrap();
    if is_bound {
        assert!(!shut.is_complete);
        assert_eq!((folder.titles().len(), folder.problems().len()), (3, 1));
        assert_eq!(names(&folder.later().difference.fixed), ["shut"]);
    }
}

#[test]
fn a_topic_file_being_written_never_shows_half() {
    let whole = "taxonomy: topic\nname: AI\nkeywords: [ml]\n";
    let mut folder = Folder::with(&[("a.md", &article("A", 1)), ("ai.yaml", whole)]);
    folder.later();
    assert_eq!(folder.topics(), ["AI"]);
    folder.write("ai.yaml", "");
    let cut = folder.at_once();
    assert!(cut.difference.topic_files.is_empty());
    assert_eq!(folder.problems(), ["ai.yaml: the topic file is empty; write it again, or delete it"]);
    folder.write("ai.yaml", "taxonomy: topic\nname: Arti");
    let half = folder.at_once();
    assert!(half.is_unsettled && half.difference.topic_files.is_empty());
    assert_eq!(folder.topics(), ["AI"]);
    // Whoever ends a file without a line break is believed once nothing came for a while.
    let settled = folder.later();
    assert_eq!((folder.topics(), folder.problems().len()), (vec!["Arti".to_owned()], 0));
    assert_eq!(settled.difference.topic_files.changed.first[0].keys, ["name", "keywords"]);
    folder.write("ai.yaml", whole);
    folder.at_once();
    assert_eq!(folder.topics(), ["AI"]);
    folder.write("ai.yaml", "taxonomy: category\nname: AI\n");
    assert_eq!(names(&folder.later().difference.topic_files.removed), ["ai.yaml"]);
    assert_eq!(folder.topics(), Vec::<String>::new());
}

#[test]
fn topic_files_come_in_the_order_of_a_fresh_load() {
    let topic = |name: &str| format!("taxonomy: topic\nname: {name}\n");
    let mut folder = Folder::with(&[("a-/x.yaml", &topic("First")), ("a/x.yaml", &topic("FIRST"))]);
    folder.later();
    let fresh = super::super::load::load(folder.folder.path()).unwrap();
    assert_eq!(folder.topics(), [&*fresh.topic_files[0].name]);
    assert_eq!(walk_order("a/x", "a-/x"), std::cmp::Ordering::Less);
}
