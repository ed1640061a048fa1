use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;
use crate::http::{BODY_BYTES_MAX, TIME_MAX};
use crate::memory::{Memory, progress_of};
use crate::stop::armed;
use crate::tests::server::{Answer, Server};
use crate::tests::{article, fetched, files, minute, rss, settings, source, titles};

mod answers;

fn counts(settings: &FetchSettings, text: &str, now: Timestamp) -> EntryCounts {
    fetched(settings, text, now).unwrap().counts
}

fn path(articles: &Path, name: &str) -> PathBuf {
    articles.join("blog").join(name)
}

#[test]
fn the_first_complete_fetch_is_history_and_news_are_announced() {
    let articles = tempfile::tempdir().unwrap();
    let settings = settings(articles.path());
    let first = fetched(&settings, &rss(&[("1", "One"), ("2", "Two")]), minute(0)).unwrap();
    assert!(first.is_first);
    assert_eq!(first.counts, EntryCounts { entries: 2, created: 2, ..EntryCounts::default() });
    assert_eq!(titles(articles.path()), [("One".into(), false), ("Two".into(), false)]);
    let second = fetched(&settings, &rss(&[("3", "Three"), ("2", "Two")]), minute(15)).unwrap();
    assert!(!second.is_first);
    assert_eq!((second.counts.created, second.counts.unchanged), (1, 1));
    let expected = [("One".into(), false), ("Three".into(), true), ("Two".into(), false)];
    assert_eq!(titles(articles.path()), expected);
    let progress = progress_of(articles.path(), "blog").unwrap();
    assert_eq!(second.progress, progress);
    assert_eq!((progress.files, progress.title.as_deref()), (3, Some("Blog")));
    assert_eq!(progress.last_success, Some(minute(15)));
}

#[test]
fn a_changed_entry_rewrites_its_file_and_one_that_leaves_changes_nothing() {
    let articles = tempfile::tempdir().unwrap();
    let settings = settings(articles.path());
    counts(&settings, &rss(&[("1", "One"), ("undated", "Two")]), minute(0));
    let before = files(articles.path());
    let changed = counts(&settings, &rss(&[("undated", "Two, corrected")]), minute(15));
    assert_eq!((changed.rewritten, changed.created), (1, 0));
    let after = files(articles.path());
    assert!(before.keys().eq(after.keys()));
    assert_eq!(after["2026-11-28-one.md"], before["2026-11-28-one.md"]);
    let two = article(&after["2026-11-28-two.md"]);
    assert_eq!((&*two.title, two.is_announced, two.published_at), ("Two, corrected", false, Some(minute(0))));
    let back = counts(&settings, &rss(&[("1", "One"), ("undated", "Two, corrected")]), minute(30));
    assert_eq!((back.unchanged, back.entries), (2, 2));
}

#[test]
fn what_a_person_changed_or_deleted_is_never_written_again() {
    let articles = tempfile::tempdir().unwrap();
    let settings = settings(articles.path());
    counts(&settings, &rss(&[("1", "One"), ("2", "Two"), ("3", "Three")]), minute(0));
    let (one, two) = (path(articles.path(), "2026-11-28-one.md"), path(articles.path(), "2026-11-28-two.md"));
    let edited = fs::read_to_string(&one).unwrap().replace("One", "By hand");
    fs::write(&one, &edited).unwrap();
    fs::remove_file(&two).unwrap();
    let news = rss(&[("1", "One again"), ("2", "Two again"), ("3", "Three again")]);
    let found = counts(&settings, &news, minute(15));
    assert_eq!((found.left_to_people, found.rewritten), (2, 1));
    assert_eq!((fs::read_to_string(&one).unwrap(), two.exists()), (edited.clone(), false));
    counts(&settings, &rss(&[("1", "One, third"), ("2", "Two, third")]), minute(30));
    assert_eq!((fs::read_to_string(&one).unwrap(), two.exists()), (edited.clone(), false));
    // Without the memory, only the deletion is forgotten, and all that is new is history.
    fs::remove_dir_all(articles.path().join(".heatwire")).unwrap();
    let news = rss(&[("1", "One, fourth"), ("2", "Two, fourth"), ("3", "Three again"), ("4", "Four")]);
    let found = counts(&settings, &news, minute(45));
    assert_eq!((found.created, found.left_to_people, found.unchanged), (2, 1, 1));
    assert_eq!(fs::read_to_string(&one).unwrap(), edited);
    let mut expected = [("By hand", false), ("Four", false), ("Three again", false), ("Two, fourth", false)];
    expected.sort_unstable();
    let mut found = titles(articles.path());
    found.sort_unstable();
    assert_eq!(found, expected.map(|(title, is)| (title.to_owned(), is)));
}

#[test]
fn old_entries_are_not_written_and_old_files_go_once() {
    let articles = tempfile::tempdir().unwrap();
    let mut settings = settings(articles.path());
    settings.keep_days = Some(365);
    let feed = rss(&[("old", "Old"), ("undated", "Undated"), ("1", "One")]);
    assert_eq!(counts(&settings, &feed, minute(0)).too_old, 0, "365 days ago is not older than 365 days");
    let edited = path(articles.path(), "2026-11-28-one.md");
    fs::write(&edited, fs::read_to_string(&edited).unwrap() + "By hand.\n").unwrap();
    let a_day = 24 * 60;
    let found = counts(&settings, &feed, minute(a_day));
    assert_eq!((found.deleted, found.created), (1, 0));
    let found = counts(&settings, &rss(&[("old-too", "Old, too")]), minute(a_day));
    assert_eq!((found.too_old, found.created, found.deleted), (1, 0, 0));
    // The feed still has the entry without a date, and its file does not come back.
    let found = counts(&settings, &feed, minute(366 * a_day));
    assert_eq!((found.deleted, found.created), (1, 0));
    assert_eq!(counts(&settings, &feed, minute(367 * a_day)).created, 0);
    assert_eq!(files(articles.path()).into_keys().collect::<Vec<_>>(), ["2026-11-28-one.md"]);
    settings.keep_days = None;
    let found = counts(&settings, &rss(&[("older", "Older")]), minute(2000 * a_day));
    assert_eq!((found.created, found.deleted), (1, 0));
}

/// Stops one of two fetches after so many points, and then does all that was missed. `None` if the fetch has fewer points.
fn stopped(
    documents: [(&str, Timestamp); 2],
    stopped: usize,
    points: usize,
) -> Option<BTreeMap<String, String>> {
    let articles = tempfile::tempdir().unwrap();
    let settings = settings(articles.path());
    let mut was_stopped = false;
    for (number, (text, now)) in documents.into_iter().enumerate() {
        if number == stopped {
            armed::stop_after(points);
            let _may_be_an_error = fetched(&settings, text, now);
            was_stopped = armed::resume();
            for (name, text) in files(articles.path()) {
                if !name.starts_with('.') {
                    article(&text);
                }
            }
        }
        counts(&settings, text, now);
    }
    was_stopped.then(|| files(articles.path()))
}

#[test]
fn many_entries_become_as_many_files_and_nothing_else() {
    let articles = tempfile::tempdir().unwrap();
    let items: Vec<(String, String)> =
        (0..50).map(|number| (number.to_string(), format!("Title {number}"))).collect();
    let items: Vec<(&str, &str)> = items.iter().map(|(id, title)| (&**id, &**title)).collect();
    // A crash in an earlier batch left this.
    fs::create_dir(articles.path().join("blog")).unwrap();
    fs::write(path(articles.path(), ".heatwire-staged-700"), "half a fi").unwrap();
    assert_eq!(counts(&settings(articles.path()), &rss(&items), minute(0)).created, 50);
    let names: Vec<String> = files(articles.path()).into_keys().collect();
    assert_eq!(names.len(), 50);
    assert!(names.iter().all(|name| name.starts_with("2026-11-28-title-")), "{names:?}");
}

#[test]
fn old_files_go_also_while_the_feed_stays_as_it_was() {
    let articles = tempfile::tempdir().unwrap();
    let settings = settings(articles.path());
    counts(&settings, &rss(&[("old", "Old"), ("1", "One")]), minute(0));
    let unchanged = |minutes| {
        let mut open = OpenMemory::open(articles.path(), "blog").unwrap();
        let source = source(&Url::parse("https://blog.example/feed.xml").unwrap());
        let answer = Ok(Fetched::NotModified { max_age: None, moved_to: None });
        record(&mut open, &settings, &source, answer, minute(minutes)).unwrap().counts.deleted
    };
    assert_eq!(unchanged(60), 0);
    assert_eq!(unchanged(24 * 60), 1);
    assert_eq!(unchanged(25 * 60), 0);
    assert_eq!(titles(articles.path()), [("One".into(), false)]);
}

#[test]
fn a_kill_at_any_step_leaves_no_half_file_loses_no_entry_and_doubles_none() {
    let first = rss(&[("1", "One"), ("2", "Two"), ("old", "Old")]);
    // A day later two entries are new, one changed, and the file of one is too old.
    let second = rss(&[("3", "Three"), ("4", "Four"), ("1", "One, corrected"), ("2", "Two")]);
    let documents = [(&*first, minute(0)), (&*second, minute(24 * 60))];
    let reference = tempfile::tempdir().unwrap();
    for (text, now) in documents {
        counts(&settings(reference.path()), text, now);
    }
    let expected = files(reference.path());
    assert_eq!(expected.len(), 4);
    for (fetch, points_min) in [(0, 20), (1, 20)] {
        let mut points = 0;
        while let Some(found) = stopped(documents, fetch, points) {
            assert_eq!(found, expected, "fetch {fetch} was stopped after {points} points");
            points += 1;
        }
        assert!(points > points_min, "{points}");
    }
}
