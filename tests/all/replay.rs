//! The real history of a collection, replayed into a folder with faults mixed in: after every change the collection is
//! what a fresh load gives, apart from the last good versions of bad files, which a model keeps by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::Arc;

use article_format::{Article, ArticleId};
use flate2::read::GzDecoder;
use heatwire::collection::HalfLife;
use heatwire::collection::incremental::Loader;
use heatwire::collection::load;
use heatwire::collection::{Collection, Position};
use heatwire::reload::Reloads;
use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;

use crate::corpus::corpus;
use crate::harness::{PATIENCE, folder};

/// One moment of the history: the files that were written then, with their texts.
type Moment = Vec<(String, String)>;

fn history() -> Option<Vec<Moment>> {
    let file = fs::File::open(corpus()?.join("history-first.jsonl.gz")).unwrap();
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    let moment = |line: String| -> Moment {
        let line: Value = serde_json::from_str(&line).unwrap();
        let changes = line["changes"].as_object().unwrap().iter();
        changes.map(|(name, text)| (name.clone(), text.as_str().unwrap().to_owned())).collect()
    };
    let history: Vec<Moment> = lines.map(|line| moment(line.unwrap())).collect();
    assert_eq!(history.len(), 829);
    Some(history)
}

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides as u64).unwrap()
    }
}

/// What the folder holds, and what is to be shown of it, by nothing but the rules.
struct Model {
    root: TempDir,
    dice: Dice,
    /// By path: the last good version, and whether the file is bad now.
    files: BTreeMap<String, (Option<Article>, bool)>,
    /// What was done since anybody looked, by path: what it is now.
    unseen: BTreeMap<String, Unseen>,
    topics: BTreeSet<String>,
    /// How often each fault was tried, so that a test cannot pass without any.
    tried: BTreeMap<&'static str, usize>,
}

enum Unseen {
    Text(String),
    Link,
    Gone,
}

impl Model {
    fn new() -> Self {
        let (files, unseen, topics, tried) = Default::default();
        Self { root: folder(&[]), dice: Dice(7), files, unseen, topics, tried }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn write(&mut self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if path.is_symlink() {
            fs::remove_file(&path).unwrap();
        }
        fs::write(path, text).unwrap();
        self.files.entry(name.to_owned()).or_default();
        self.unseen.insert(name.to_owned(), Unseen::Text(text.to_owned()));
    }

    /// Somebody looks: what was between this look and the last is never shown.
    fn look(&mut self) {
        for (name, now) in std::mem::take(&mut self.unseen) {
            let entry = self.files.entry(name.clone()).or_default();
            match now {
                Unseen::Text(text) => {
                    let id = ArticleId::new(name.strip_suffix(".md").unwrap());
                    match article_format::parse(id, &name, text.as_bytes()) {
                        Ok(article) => *entry = (Some(article), false),
                        Err(_) => entry.1 = true,
                    }
                }
                Unseen::Link => entry.1 = true,
                Unseen::Gone => {
                    self.files.remove(&name);
                }
            }
        }
    }

    /// A file that is there.
    fn any(&mut self) -> Option<String> {
        let there: Vec<&String> =
            self.files.keys().filter(|name| !matches!(self.unseen.get(*name), Some(Unseen::Gone))).collect();
        let at = self.dice.roll(there.len().max(1));
        there.get(at).map(|name| (*name).clone())
    }

    fn delete(&mut self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
        self.unseen.insert(name.to_owned(), Unseen::Gone);
    }

    fn rename(&mut self, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(from)).unwrap_or_default();
        fs::create_dir_all(self.path(to).parent().unwrap()).unwrap();
        if self.path(from).is_symlink() {
            return;
        }
        fs::rename(self.path(from), self.path(to)).unwrap();
        self.unseen.insert(from.to_owned(), Unseen::Gone);
        self.files.entry(to.to_owned()).or_default();
        self.unseen.insert(to.to_owned(), Unseen::Text(text));
    }

    /// Does one thing that the history has few of.
    fn disturb(&mut self, step: usize) {
        let Some(name) = self.any() else { return };
        let text = fs::read_to_string(self.path(&name)).unwrap_or_default();
        let what = match self.dice.roll(9) {
            0 => {
                self.delete(&name);
                "deleted"
            }
            1 => {
                self.rename(&name, &format!("renamed/{step}.md"));
                "renamed"
            }
            2 => {
                self.write(&name, "");
                "emptied"
            }
            3 => {
                let half: String = text.chars().take(text.chars().count() / 2).collect();
                self.write(&name, &half);
                "halved"
            }
            4 => {
                self.write(&name, &text.replacen("\nheat: ", "\nheat: about ", 1));
                "broken"
            }
            5 => {
                fs::remove_file(self.path(&name)).unwrap();
                symlink("/nowhere", self.path(&name)).unwrap();
                self.unseen.insert(name, Unseen::Link);
                "linked"
            }
            6 => {
                let topic = format!("Seeded {step}");
                let path = self.path(&format!("topics/{step}.yaml"));
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, format!("taxonomy: topic\nname: {topic}\n")).unwrap();
                self.topics.insert(topic);
                "topic added"
            }
            7 => {
                let bad = self.files.iter().find(|(_, (_, is_bad))| *is_bad).map(|(name, _)| name.clone());
                if let Some(bad) = bad {
                    self.write(&bad, &format!("---\ntitle: \"Fixed {step}\"\nheat: {step}\n---\n"));
                }
                "fixed"
            }
            _ => {
                // Saved as editors do: beside, then over.
                let beside = self.path(".saved.md~");
                let saved = format!("---\ntitle: \"Saved {step}\"\n---\n");
                fs::write(&beside, &saved).unwrap();
                fs::rename(beside, self.path(&name)).unwrap();
                self.write(&name, &saved);
                "saved"
            }
        };
        *self.tried.entry(what).or_default() += 1;
    }

    /// The articles that are to be shown, by id.
    fn expected(&self) -> BTreeMap<&str, &Article> {
        let good = self.files.values().filter_map(|(good, _)| good.as_ref());
        good.map(|article| (article.id.as_str(), article)).collect()
    }

    fn is_shown(&self, collection: &Collection) -> bool {
        let shown: BTreeMap<&str, &Article> =
            collection.articles().iter().map(|article| (article.id.as_str(), &**article)).collect();
        let bad: BTreeSet<&str> = collection.problems().iter().map(|problem| &*problem.path).collect();
        let expected_bad =
            self.files.iter().filter(|(_, (_, is_bad))| *is_bad).map(|(name, _)| name.as_str());
        let names = collection.topics().names();
        shown == self.expected()
            && bad == expected_bad.collect()
            && self.topics.iter().all(|topic| names.exact(topic).is_some())
    }

    /// Holds a collection against a fresh load: all that is not a last good version is the same.
    fn check_against_fresh_load(&self, collection: &Collection) {
        let fresh = load::load(self.root.path()).unwrap();
        assert_eq!(fresh.problems, collection.problems());
        let kept: BTreeSet<&str> = self
            .files
            .iter()
            .filter(|(_, (_, is_bad))| *is_bad)
            .filter_map(|(_, (good, _))| Some(good.as_ref()?.id.as_str()))
            .collect();
        let mut with_kept = fresh.articles;
        with_kept.extend(
            collection
                .articles()
                .iter()
                .filter(|article| kept.contains(article.id.as_str()))
                .map(|article| Article::clone(article)),
        );
        let rebuilt = Collection::new(with_kept, &fresh.topic_files, fresh.problems);
        assert_eq!(rebuilt.articles(), collection.articles());
        assert_eq!(names_and_articles(&rebuilt), names_and_articles(collection));
        assert!(
            collection
                .positions()
                .all(|at| rebuilt.stories().story_of(at) == collection.stories().story_of(at))
        );
        assert_eq!(
            rebuilt.titles().containing("power").collect::<Vec<_>>(),
            collection.titles().containing("power").collect::<Vec<_>>()
        );
    }
}

/// Every topic, source and type with its articles.
fn names_and_articles(collection: &Collection) -> BTreeMap<String, Vec<Position>> {
    let mut all = BTreeMap::new();
    let topics = collection.topics();
    for at in 0..topics.names().len() {
        all.insert(format!("topic {}", topics.names().text(at)), topics.articles(at).to_vec());
    }
    for (what, facet) in [("source", collection.sources()), ("type", collection.kinds())] {
        for at in 0..facet.names().len() {
            all.insert(format!("{what} {}", facet.names().text(at)), facet.articles(at).to_vec());
        }
    }
    all
}

#[test]
fn the_whole_history_with_faults_mixed_in() {
    let Some(history) = history() else { return };
    let mut model = Model::new();
    let root = model.root.path().to_owned();
    let mut loader = Loader::new(root, Arc::new(Timestamp::now));
    for (step, moment) in history.iter().enumerate() {
        for (name, text) in moment {
            model.write(name, text);
        }
        for _ in 0..model.dice.roll(3) {
            model.disturb(step);
        }
        model.look();
        let before = Arc::clone(loader.collection());
        let reloaded = loader.reload().unwrap();
        assert!(model.is_shown(&reloaded.collection), "at step {step}");
        if step > 0 {
            check_difference(&before, &reloaded.collection, &reloaded.difference.articles, step);
        }
        if step % 40 == 0 || step + 1 == history.len() {
            model.check_against_fresh_load(&reloaded.collection);
        }
        if step % 100 == 50 {
            lose_the_root(&model, &mut loader);
        }
    }
    assert!(model.tried.len() == 9 && model.tried.values().all(|count| *count > 20), "{:?}", model.tried);
}

/// The reported difference leads from the one collection to the other.
fn check_difference(
    before: &Collection,
    after: &Collection,
    reported: &heatwire::collection::diff::Changes,
    step: usize,
) {
    fn ids(collection: &Collection) -> BTreeMap<&str, &Article> {
        collection.articles().iter().map(|article| (article.id.as_str(), &**article)).collect()
    }
    let (before, after) = (ids(before), ids(after));
    let added = after.keys().filter(|id| !before.contains_key(*id)).count();
    let removed = before.keys().filter(|id| !after.contains_key(*id)).count();
    let changed = after.iter().filter(|(id, article)| before.get(*id).is_some_and(|old| old != *article));
    let counts = (reported.added.count, reported.changed.count, reported.removed.count);
    assert_eq!(counts, (added, changed.count(), removed), "at step {step}");
    assert!(reported.changed.first.iter().all(|changed| !changed.keys.is_empty()));
}

fn lose_the_root(model: &Model, loader: &mut Loader) {
    let away = model.root.path().with_extension("away");
    fs::rename(model.root.path(), &away).unwrap();
    assert!(loader.reload().is_err());
    assert!(model.is_shown(loader.collection()));
    fs::rename(away, model.root.path()).unwrap();
    let back = loader.reload().unwrap();
    assert!(back.difference.is_empty() && model.is_shown(&back.collection));
}

async fn shown_in_time(model: &Model, reloads: &Reloads, step: usize) {
    let waited = tokio::time::timeout(PATIENCE, async {
        while !model.is_shown(&reloads.collection()) {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    });
    assert!(waited.await.is_ok(), "at step {step}");
}

#[tokio::test]
async fn a_sample_of_the_history_into_a_watched_folder() {
    let Some(history) = history() else { return };
    let mut model = Model::new();
    let root = model.root.path().to_owned();
    let reloads = Reloads::start(root.clone(), HalfLife::default(), Arc::new(Timestamp::now)).await.unwrap();
    let _watch = reloads.watch(root).unwrap();
    for (step, moment) in history.iter().enumerate().filter(|(step, _)| step % 30 == 0) {
        for (name, text) in moment {
            model.write(name, text);
        }
        model.look();
        shown_in_time(&model, &reloads, step).await;
        model.disturb(step);
        model.look();
        shown_in_time(&model, &reloads, step).await;
    }
    model.check_against_fresh_load(&reloads.collection());
}
