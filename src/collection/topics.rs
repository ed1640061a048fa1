//! The topics of a collection. Articles name them; topic files add aliases and parents.

use std::collections::HashMap;
use std::sync::Arc;

use super::fold::fold;
use super::names::{Name, Names};
use super::position::Position;
use super::position_map::PositionMap;
use super::postings::Postings;
use super::weights::Weights;
use article_format::Article;
use article_format::topic_file::TopicFile;

/// A topic includes the articles of topics at most this many levels below, itself counted. The bound keeps the cost of a
/// topic the same whatever topic files say.
pub const LEVELS_MAX: usize = 64;

/// The topics of a collection and the articles of each, children's included.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Topics {
    /// Numbered in the order of their folded forms.
    names: Names,
    /// The topic by a folded text of an article or a topic file.
    by_folded: HashMap<String, usize>,
    /// Whether the topic has no file. Its hottest article then decides how its name is written.
    is_named_by_articles: Vec<bool>,
    /// By topic: the positions of its articles and its descendants' articles, in the collection's order.
    articles: Postings,
    weights: Weights,
    parents: Vec<Option<usize>>,
    files: Arc<[TopicFile]>,
}

impl Topics {
    /// Merges topic files with the topics that articles name. An article names a topic by the file's `name`, `_id` or
    /// `shortname`; a topic without a file has its name alone. A parent that would close a circle is left out.
    #[must_use]
    pub fn new(files: &[TopicFile], articles: &[Arc<Article>]) -> Self {
        let mut draft = Draft::from_files(files);
        let of_files = draft.names.len();
        let own: Vec<Vec<Position>> = draft.own_articles(articles);
        let parents = draft.parents(files);
        let mut all: Vec<Vec<Position>> = vec![Vec::new(); own.len()];
        for (topic, positions) in own.iter().enumerate() {
            for ancestor in ancestors(&parents, topic) {
                all.get_mut(ancestor).into_iter().for_each(|list| list.extend(positions));
            }
        }
        for list in &mut all {
            list.sort_unstable();
            list.dedup();
        }
        let mut by_name: Vec<(String, usize)> =
            draft.names.iter().zip(0..).map(|(name, topic)| (fold(&name.text), topic)).collect();
        by_name.sort_unstable();
        let mut renumbered = vec![0; by_name.len()];
        for (number, (_, topic)) in by_name.iter().enumerate() {
            renumbered.get_mut(*topic).into_iter().for_each(|place| *place = number);
        }
        let new_number = |topic: usize| renumbered.get(topic).copied().unwrap_or_default();
        let in_order = || by_name.iter().map(|(_, topic)| *topic);
        let lists: Vec<Vec<Position>> =
            in_order().map(|topic| all.get_mut(topic).map(std::mem::take).unwrap_or_default()).collect();
        let lists = Postings::of(lists.iter().map(|list| &**list));
        let weights = Weights::of(articles, &lists);
        let names = in_order().zip(0..).filter_map(|(topic, number)| {
            let name = draft.names.get(topic)?;
            Some(Name { weight: weights.get(number), ..name.clone() })
        });
        Self {
            names: Names::new(names.collect()),
            is_named_by_articles: in_order().map(|topic| topic >= of_files).collect(),
            parents: in_order().map(|topic| parents.get(topic).copied().flatten().map(new_number)).collect(),
            by_folded: draft.by_folded.into_iter().map(|(text, topic)| (text, new_number(topic))).collect(),
            articles: lists,
            weights,
            files: files.into(),
        }
    }

    /// The topic files, in the order of their paths.
    #[must_use]
    pub fn files(&self) -> &Arc<[TopicFile]> {
        &self.files
    }

    /// The topics after a change of articles alone; `None` where a name comes, goes or changes, so that the topics have to be
    /// made anew.
    pub(super) fn changed(
        &self,
        map: &PositionMap<'_>,
        before: &[Arc<Article>],
        after: &[Arc<Article>],
    ) -> Option<Self> {
        let mut weights = self.weights.clone();
        let mut come: Vec<(usize, Position)> = Vec::new();
        for &position in &map.come {
            let article = position.of(after)?;
            for topic in self.of_article(article)? {
                weights.add(topic, article);
                come.push((topic, position));
            }
        }
        for &position in map.gone {
            let article = position.of(before)?;
            for topic in self.of_article(article)? {
                weights.subtract(topic, article);
            }
        }
        let changed = Self {
            names: self.names.weighted(|topic| weights.get(topic)),
            by_folded: self.by_folded.clone(),
            is_named_by_articles: self.is_named_by_articles.clone(),
            articles: self.articles.changed(map, come),
            weights,
            parents: self.parents.clone(),
            files: Arc::clone(&self.files),
        };
        let come = map.come.iter().filter_map(|&position| position.of(after));
        let gone = map.gone.iter().filter_map(|&position| position.of(before));
        let mut touched = come.chain(gone).flat_map(|article| article.topics.iter());
        touched.all(|name| changed.is_named_so(name, after)).then_some(changed)
    }

    /// All topics of an article, ancestors included, each once; `None` where the article names a new topic.
    fn of_article(&self, article: &Article) -> Option<Vec<usize>> {
        let mut topics = Vec::new();
        for name in article.topics.iter() {
            topics.extend(ancestors(&self.parents, *self.by_folded.get(&fold(name))?));
        }
        topics.sort_unstable();
        topics.dedup();
        Some(topics)
    }

    /// Whether a topic that an article names so keeps its name: from its file, or as its hottest article writes it.
    fn is_named_so(&self, name: &str, articles: &[Arc<Article>]) -> bool {
        let Some(&topic) = self.by_folded.get(&fold(name)) else { return false };
        if !self.is_named_by_articles.get(topic).is_some_and(|is| *is) {
            return true;
        }
        let hottest = self.articles(topic).first().and_then(|&position| position.of(articles));
        let mut names = hottest.into_iter().flat_map(|article| article.topics.iter());
        let shown = names.find(|name| self.by_folded.get(&fold(name)) == Some(&topic));
        shown.is_some_and(|shown| **shown == *self.names.text(topic))
    }

    /// The topics' names.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The topic with this name, or whose file has this `_id` or `shortname`.
    #[must_use]
    pub fn meant_by(&self, text: &str) -> Option<usize> {
        self.by_folded.get(&fold(text)).copied()
    }

    /// The positions of a topic's articles and its descendants' articles, in the collection's order.
    #[must_use]
    pub fn articles(&self, topic: usize) -> &[Position] {
        self.articles.get(topic)
    }

    /// The topic itself, then the one above it, and so on, at most [`LEVELS_MAX`].
    pub fn with_those_above(&self, topic: usize) -> impl Iterator<Item = usize> {
        ancestors(&self.parents, topic)
    }
}

/// The topic itself, then its parent, and so on, at most [`LEVELS_MAX`] topics. `parents` has no shorter circle
/// ([`Draft::parents`]).
fn ancestors(parents: &[Option<usize>], topic: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(topic), |&child| parents.get(child).copied().flatten()).take(LEVELS_MAX)
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
        // A name takes precedence over another topic's id or short name, so all names come first.
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

    /// The topic of this name. Adds a new one.
    fn topic(&mut self, name: &str) -> usize {
        let next = self.names.len();
        let topic = *self.by_folded.entry(fold(name)).or_insert(next);
        if topic == next {
            self.names.push(Name { text: name.into(), aliases: Vec::new(), weight: 0 });
        }
        topic
    }

    fn own_articles(&mut self, articles: &[Arc<Article>]) -> Vec<Vec<Position>> {
        let mut own = Vec::new();
        // Articles share equal lists of topics (`SharedTexts`), so an address in memory that is known saves folding the names.
        let mut by_place: HashMap<*const [Box<str>], Box<[usize]>> = HashMap::new();
        for (article, position) in articles.iter().zip(Position::all(articles.len())) {
            let topics = by_place
                .entry(Arc::as_ptr(&article.topics))
                .or_insert_with(|| article.topics.iter().map(|name| self.topic(name)).collect());
            for &topic in topics.iter() {
                if own.len() <= topic {
                    own.resize(topic + 1, Vec::new());
                }
                own.get_mut(topic).into_iter().for_each(|positions| positions.push(position));
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
