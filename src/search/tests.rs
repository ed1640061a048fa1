use std::fs;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::*;
use crate::collection::HalfLife;
use article_format::fixture::article;

/// How long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(60);

fn ids(index: &SearchIndex, words: &str) -> Vec<String> {
    let found = index.find(&Query::parse(words), &|_| true).unwrap();
    let collection = index.collection();
    found.stories.iter().map(|&position| collection.article(position).unwrap().id.to_string()).collect()
}

fn titled(id: &str, title: &str, heat: i64) -> Article {
    article(id, |article| {
        article.title = title.into();
        article.heat = heat;
    })
}

#[test]
fn one_story_is_found_once_and_heat_breaks_near_ties() {
    let covered = |id: &str, heat| Article { addresses: [7].into(), ..titled(id, "Rust wins", heat) };
    let articles =
        vec![covered("cold", 1), covered("hot", 9), titled("other", "Rust loses", 5), titled("go", "Go", 3)];
    let collection = Arc::new(Collection::new(articles, &[], Vec::new()));
    let search = Search::of(collection).unwrap();
    let index = search.current().unwrap();
    assert_eq!(ids(&index, "rust"), ["hot", "other"]);
}

fn write(root: &Path, name: &str, title: &str) {
    let text =
        format!("---\ntitle: {title}\nexcerpt: An excerpt.\nwebUrl: https://example.com/{name}\n---\n");
    fs::write(root.join(format!("{name}.md")), text).unwrap();
}

/// Waits until the words lead to these articles.
async fn expect(search: &Search, words: &str, expected: &[&str]) {
    let becomes = async {
        loop {
            if search.current().is_some_and(|index| ids(&index, words) == expected) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let found = || search.current().map(|index| ids(&index, words));
    tokio::time::timeout(PATIENCE, becomes).await.unwrap_or_else(|_| panic!("{words}: {:?}", found()));
}

#[tokio::test]
async fn the_index_follows_each_load() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "stays", "Quantum computers");
    write(folder.path(), "changes", "Classical computers");
    write(folder.path(), "goes", "Mechanical computers");
    let root = folder.path().to_owned();
    let reloads = Reloads::start(root, HalfLife::default(), Arc::new(Timestamp::now)).await.unwrap();
    let search = Search::follow(&reloads);
    expect(&search, "mechanical", &["goes"]).await;
    write(folder.path(), "changes", "Steam engines and their boilers");
    write(folder.path(), "comes", "Optical computers");
    fs::remove_file(folder.path().join("goes.md")).unwrap();
    reloads.reload().await.unwrap();
    expect(&search, "optical", &["comes"]).await;
    let index = search.current().unwrap();
    for (words, expected) in
        [("mechanical", &[] as &[&str]), ("classical", &[]), ("steam", &["changes"]), ("quantum", &["stays"])]
    {
        assert_eq!(ids(&index, words), expected, "{words}");
    }
}
