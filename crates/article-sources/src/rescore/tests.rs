use std::collections::BTreeMap;
use std::fs;

use crate::scores::RelatedArticle;
use crate::stop::armed;
use crate::tests::{article, fetched, files, minute, rss, settings};

use super::*;

/// A folder with two imported articles.
fn articles() -> tempfile::TempDir {
    let articles = tempfile::tempdir().unwrap();
    fetched(&settings(articles.path()), &rss(&[("1", "One"), ("2", "Two")]), minute(0)).unwrap();
    articles
}

const ONE: &str = "2026-11-28-one.md";
const TWO: &str = "2026-11-28-two.md";

fn scores(name: &str, further_providers: usize) -> ArticleScores {
    let related = RelatedArticle { title: "Other".into(), link: None, published_at: None, provider: None };
    ArticleScores { path: format!("blog/{name}"), further_providers, related: vec![related] }
}

fn heat(articles: &Path, name: &str) -> i64 {
    article(&files(articles)[name]).heat
}

#[test]
fn a_file_gets_new_scores_at_most_every_fifteen_minutes_also_after_a_restart() {
    let articles = articles();
    let apply = |further, minutes| {
        let report = rescore(articles.path(), &[scores(ONE, further)], minute(minutes));
        (report.written, report.postponed, report.next_at, heat(articles.path(), ONE))
    };
    assert_eq!(apply(1, 0), (1, 0, None, 60));
    assert_eq!(apply(2, 1), (0, 1, Some(minute(15)), 60));
    // A fetch between two writes keeps the scores and their time.
    let changed = rss(&[("1", "One, corrected"), ("2", "Two")]);
    fetched(&settings(articles.path()), &changed, minute(10)).unwrap();
    assert_eq!(heat(articles.path(), ONE), 60);
    assert_eq!(apply(3, 14), (0, 1, Some(minute(15)), 60));
    assert_eq!(apply(3, 15), (1, 0, None, 100));
    assert_eq!(apply(3, 16), (0, 0, None, 100));
    assert_eq!(article(&files(articles.path())[ONE]).related.len(), 1);
    // The clock was wrong by hours and is right again.
    assert_eq!(apply(4, -500), (1, 0, None, 120));
}

#[test]
fn only_files_as_they_were_written_get_new_scores() {
    let articles = articles();
    let edited = files(articles.path())[ONE].replace("One", "By hand");
    fs::write(articles.path().join("blog").join(ONE), &edited).unwrap();
    // A person moved the other file, and copied it.
    fs::create_dir(articles.path().join("mine")).unwrap();
    let two = articles.path().join("blog").join(TWO);
    fs::copy(&two, articles.path().join("blog/copy.md")).unwrap();
    fs::rename(two, articles.path().join("mine").join(TWO)).unwrap();
    let before = files(articles.path());
    let moved = ArticleScores { path: format!("mine/{TWO}"), ..scores(TWO, 1) };
    let top = ArticleScores { path: "one.md".into(), ..scores(ONE, 1) };
    let all = [scores(ONE, 1), scores(TWO, 1), scores("copy.md", 1), moved, top];
    let report = rescore(articles.path(), &all, minute(0));
    assert_eq!(report, RescoreReport { left_to_people: 5, ..RescoreReport::default() });
    assert_eq!(files(articles.path()), before);
}

#[test]
fn new_scores_wait_for_a_fetch() {
    let articles = articles();
    let open = OpenMemory::open(articles.path(), "blog").unwrap();
    let report = rescore(articles.path(), &[scores(ONE, 1)], minute(0));
    assert_eq!((report.postponed, report.next_at), (1, Some(minute(0) + BUSY_PAUSE)));
    drop(open);
    assert_eq!(rescore(articles.path(), &[scores(ONE, 1)], minute(0)).written, 1);
}

#[test]
fn a_kill_at_any_step_leaves_whole_files_and_the_next_attempt_completes_them() {
    let all = [scores(ONE, 1), scores(TWO, 2)];
    let mut points = 0;
    loop {
        let articles = articles();
        armed::stop_after(points);
        let _may_have_failed = rescore(articles.path(), &all, minute(0));
        let was_stopped = armed::resume();
        let visible = files(articles.path()).into_iter().filter(|(name, _)| !name.starts_with('.'));
        let heats: BTreeMap<String, i64> = visible.map(|(name, text)| (name, article(&text).heat)).collect();
        assert!([40, 60].contains(&heats[ONE]) && [40, 80].contains(&heats[TWO]), "{points}: {heats:?}");
        rescore(articles.path(), &all, minute(60));
        let names: Vec<String> = files(articles.path()).into_keys().collect();
        assert_eq!((heat(articles.path(), ONE), heat(articles.path(), TWO)), (60, 80), "{points}");
        // A stop before the last step of the first attempt may leave a hidden file until the next write.
        assert!(names.iter().all(|name| was_stopped || !name.starts_with('.')), "{points}: {names:?}");
        if !was_stopped {
            break;
        }
        points += 1;
    }
    assert!(points > 10, "{points}");
}
