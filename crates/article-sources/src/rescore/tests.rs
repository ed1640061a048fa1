use std::fs;

use crate::article_file::{Content, Kept};
use crate::scores::RelatedArticle;
use crate::tests::{article, minute, source};

use super::*;

/// A folder with one imported article.
fn articles() -> (tempfile::TempDir, std::path::PathBuf) {
    let articles = tempfile::tempdir().unwrap();
    let entry = web_feed::Entry {
        title: Some("One".into()),
        excerpt: Some("A text.".into()),
        ..web_feed::Entry::default()
    };
    let rules = source(&"https://blog.example/".parse().unwrap()).rules;
    let text = Content::of(&entry, &rules, &[]).unwrap().file(&Kept::new(minute(0), true));
    let path = articles.path().join("blog/one.md");
    fs::create_dir(articles.path().join("blog")).unwrap();
    fs::write(&path, text).unwrap();
    (articles, path)
}

fn scores(further_providers: usize) -> [ArticleScores; 1] {
    let related = RelatedArticle { title: "Other".into(), link: None, published_at: None, provider: None };
    [ArticleScores { path: "blog/one.md".into(), further_providers, related: vec![related] }]
}

#[test]
fn a_file_gets_new_scores_at_most_every_fifteen_minutes() {
    let (articles, path) = articles();
    let mut rescorer = Rescorer::default();
    let mut apply = |further, minutes| {
        let report = rescorer.apply(articles.path(), &scores(further), minute(minutes));
        (report.written, report.postponed, article(&fs::read_to_string(&path).unwrap()).heat)
    };
    assert_eq!(apply(1, 0), (1, 0, 80));
    assert_eq!(apply(2, 1), (0, 1, 80));
    assert_eq!(apply(3, 14), (0, 1, 80));
    assert_eq!(apply(3, 15), (1, 0, 120));
    assert_eq!(apply(3, 40), (0, 0, 120));
    assert_eq!(article(&fs::read_to_string(&path).unwrap()).related.len(), 1);
}

#[test]
fn only_files_as_they_were_written_get_new_scores() {
    let (articles, path) = articles();
    let edited = fs::read_to_string(&path).unwrap().replace("One", "By hand");
    fs::write(&path, &edited).unwrap();
    let mut rescorer = Rescorer::default();
    let report = rescorer.apply(articles.path(), &scores(1), minute(0));
    assert_eq!(report, RescoreReport { left_to_people: 1, ..RescoreReport::default() });
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    let elsewhere =
        ["blog/missing.md", "one.md"].map(|path| ArticleScores { path: path.into(), ..scores(1)[0].clone() });
    let report = rescorer.apply(articles.path(), &elsewhere, minute(0));
    assert_eq!(report, RescoreReport { left_to_people: 2, ..RescoreReport::default() });
}

#[test]
fn new_scores_wait_for_a_fetch() {
    let (articles, _) = articles();
    let lock = memory::lock(articles.path(), "blog").unwrap();
    let mut rescorer = Rescorer::default();
    assert_eq!(rescorer.apply(articles.path(), &scores(1), minute(0)).postponed, 1);
    drop(lock);
    assert_eq!(rescorer.apply(articles.path(), &scores(1), minute(0)).written, 1);
}
