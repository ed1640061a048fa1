//! Topics as members know them: named in articles, refined by topic files with aliases and parents.

use std::collections::HashMap;
use std::sync::Arc;

use super::names::{Name, Names, fold};
use crate::article::Article;
use crate::article::topic_file::TopicFile;

/// The topics of a collection and the articles of each, children's included.
#[derive(Debug, Default)]
pub struct Topics {
    names: Names,
    /// By topic: positions of articles in the collection's order, its own and its descendants'.
    articles: Vec<Box<[usize]>>,
    parents: Vec<Option<usize>>,
}

impl Topics {
    /// Brings topic files and the topics that articles name together. An article names a topic by the
    /// file's name, `_id` or `shortname`; a topic without a file works by its name alone. A parent that
    /// leads back to its child is cut where the circle closes, so that every topic has an end.
    #[must_use]
    pub fn new(files: &[TopicFile], articles: &[Arc<Article>]) -> Self {
        let mut draft = Draft::from_files(files);
        let own: Vec<Vec<usize>> = draft.own_articles(articles);
        let parents = draft.parents(files);
        let mut all: Vec<Vec<usize>> = vec![Vec::new(); own.len()];
        for (topic, positions) in own.iter().enumerate() {
            for ancestor in ancestors(&parents, topic) {
                if let Some(list) = all.get_mut(ancestor) {
                    list.extend(positions);
                }
            }
        }
        let articles_by_topic = all.into_iter().map(|mut positions| {
            positions.sort_unstable();
            positions.dedup();
            positions.into_boxed_slice()
        });
        let by_topic: Vec<Box<[usize]>> = articles_by_topic.collect();
        for (name, positions) in draft.names.iter_mut().zip(&by_topic) {
            name.weight = super::weight(articles, positions);
        }
        Self { names: Names::new(draft.names), articles: by_topic, parents }
    }

    /// The topics' names.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Positions of a topic's articles in the collection's order, its descendants' included.
    #[must_use]
    pub fn articles(&self, topic: usize) -> &[usize] {
        self.articles.get(topic).map_or(&[], |positions| positions)
    }

    /// The topic above this one.
    #[must_use]
    pub fn parent(&self, topic: usize) -> Option<usize> {
        self.parents.get(topic).copied().flatten()
    }
}

/// The topic itself, then its parent, and so on. `parents` has no circle, see [`Draft::parents`].
fn ancestors(parents: &[Option<usize>], topic: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(topic), |&child| parents.get(child).copied().flatten())
}

#[derive(Default)]
struct Draft {
    names: Vec<Name>,
    by_folded: HashMap<String, usize>,
}

impl Draft {
    fn from_files(files: &[TopicFile]) -> Self {
        let mut draft = Self::default();
        for file in files {
            let topic = draft.topic(&file.name);
            let hashtags = file.hashtags.iter().map(|tag| tag.trim_start_matches('#').into());
            let other_names = file.id.iter().chain(&file.shortname).cloned();
            if let Some(name) = draft.names.get_mut(topic) {
                name.aliases.extend(other_names.chain(file.keywords.iter().cloned()).chain(hashtags));
            }
        }
        // Only after every name has its place: a name beats another topic's id or short name.
        for file in files {
            let topic = draft.topic(&file.name);
            for other in file.id.iter().chain(&file.shortname) {
                draft.by_folded.entry(fold(other)).or_insert(topic);
            }
        }
        for parent in files.iter().filter_map(|file| file.parent.as_deref()) {
            draft.topic(parent);
        }
        draft
    }

    /// The topic of this name, made if it is new.
    fn topic(&mut self, name: &str) -> usize {
        let next = self.names.len();
        let topic = *self.by_folded.entry(fold(name)).or_insert(next);
        if topic == next {
            self.names.push(Name { text: name.into(), aliases: Vec::new(), weight: 0 });
        }
        topic
    }

    fn own_articles(&mut self, articles: &[Arc<Article>]) -> Vec<Vec<usize>> {
        let mut own = Vec::new();
        for (position, article) in articles.iter().enumerate() {
            for name in article.topics.iter() {
                let topic = self.topic(name);
                if own.len() <= topic {
                    own.resize(topic + 1, Vec::new());
                }
                if let Some(positions) = own.get_mut(topic) {
                    positions.push(position);
                }
            }
        }
        own.resize(self.names.len(), Vec::new());
        own
    }

    fn parents(&mut self, files: &[TopicFile]) -> Vec<Option<usize>> {
        let mut parents: Vec<Option<usize>> = vec![None; self.names.len()];
        for file in files {
            let topic = self.topic(&file.name);
            let parent = file.parent.as_deref().and_then(|parent| self.by_folded.get(&fold(parent)).copied());
            let closes_circle = |parent: usize| ancestors(&parents, parent).any(|above| above == topic);
            let accepted = parent.filter(|&parent| !closes_circle(parent));
            if let Some(slot) = parents.get_mut(topic) {
                *slot = slot.or(accepted);
            }
        }
        parents
    }
}
