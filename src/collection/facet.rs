//! The sources and the types of articles. An article has at most one of each.

use std::collections::HashMap;
use std::sync::Arc;

use super::fold::fold;
use super::names::{Name, Names};
use super::position::Position;
use super::position_map::PositionMap;
use super::postings::Postings;
use super::weights::Weights;
use article_format::Article;

/// The values of one property and the articles of each.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Facet {
    property: Property,
    /// Numbered in the order of their folded forms.
    names: Names,
    articles: Postings,
    weights: Weights,
}

/// The property of articles that a facet is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Property {
    /// The provider, with its domain as an alias.
    #[default]
    Source,
    /// `type`.
    Kind,
}

impl Property {
    /// The article's value and its alias.
    fn of(self, article: &Article) -> Option<(&str, Option<&str>)> {
        match self {
            Self::Source => {
                let provider = article.provider.as_deref()?;
                Some((&provider.name, provider.domain.as_deref()))
            }
            Self::Kind => Some((article.kind.as_deref()?, None)),
        }
    }
}

/// A value while its articles are collected.
struct Draft {
    folded: String,
    name: Name,
    articles: Vec<Position>,
}

impl Facet {
    /// Values that differ only in case, accents or hyphens are one value. The hottest article decides how it is written.
    pub(super) fn new(property: Property, articles: &[Arc<Article>]) -> Self {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut by_folded: HashMap<String, usize> = HashMap::new();
        // Articles share equal texts (`SharedTexts`), so an address in memory that is known saves folding the text.
        let mut by_place: HashMap<(*const str, Option<*const str>), usize> = HashMap::new();
        for (article, position) in articles.iter().zip(Position::all(articles.len())) {
            let Some((text, alias)) = property.of(article) else { continue };
            let place = (std::ptr::from_ref(text), alias.map(std::ptr::from_ref));
            let index = *by_place.entry(place).or_insert_with(|| {
                let index = *by_folded.entry(fold(text)).or_insert_with_key(|folded| {
                    let name = Name { text: text.into(), aliases: Vec::new(), weight: 0 };
                    drafts.push(Draft { folded: folded.clone(), name, articles: Vec::new() });
                    drafts.len() - 1
                });
                let aliases = drafts.get_mut(index).map(|draft| &mut draft.name.aliases);
                aliases.into_iter().zip(alias).for_each(|(aliases, alias)| aliases.push(alias.into()));
                index
            });
            drafts.get_mut(index).into_iter().for_each(|draft| draft.articles.push(position));
        }
        drafts.sort_unstable_by(|one, other| one.folded.cmp(&other.folded));
        let lists = Postings::of(drafts.iter().map(|draft| &*draft.articles));
        let weights = Weights::of(articles, &lists);
        let names = drafts
            .into_iter()
            .zip(0..)
            .map(|(draft, value)| Name { weight: weights.get(value), ..draft.name });
        Self { property, names: Names::new(names.collect()), articles: lists, weights }
    }

    /// The facet after a change; `None` where a name comes, goes or changes, so that the facet has to be made anew.
    pub(super) fn changed(
        &self,
        map: &PositionMap<'_>,
        before: &[Arc<Article>],
        after: &[Arc<Article>],
    ) -> Option<Self> {
        let value_of = |article: &Article| match self.property.of(article) {
            None => Some(None),
            Some((text, _)) => self.names.exact(text).map(Some),
        };
        let mut weights = self.weights.clone();
        let mut come: Vec<(usize, Position)> = Vec::new();
        for &position in &map.come {
            let article = position.of(after)?;
            if let Some(value) = value_of(article)? {
                weights.add(value, article);
                come.push((value, position));
            }
        }
        for &position in map.gone {
            let article = position.of(before)?;
            if let Some(value) = value_of(article)? {
                weights.subtract(value, article);
            }
        }
        let articles = self.articles.changed(map, come);
        let changed = Self {
            property: self.property,
            names: self.names.weighted(|value| weights.get(value)),
            articles,
            weights,
        };
        let come = map.come.iter().filter_map(|&position| position.of(after));
        let gone = map.gone.iter().filter_map(|&position| position.of(before));
        let mut touched = come.chain(gone).filter_map(|article| self.property.of(article));
        touched.all(|(text, alias)| changed.is_named_so(text, alias, after)).then_some(changed)
    }

    /// Whether the value of an article that came or went still has its name and alias: the hottest article writes the name, and
    /// any article gives the alias.
    fn is_named_so(&self, text: &str, alias: Option<&str>, articles: &[Arc<Article>]) -> bool {
        let Some(value) = self.names.exact(text) else { return false };
        let mut members = self.articles(value).iter().filter_map(|&position| position.of(articles));
        let hottest = members.clone().next().and_then(|article| self.property.of(article));
        if hottest.is_none_or(|(shown, _)| shown != self.names.text(value)) {
            return false;
        }
        let Some(alias) = alias.map(fold).filter(|alias| !alias.is_empty() && *alias != fold(text)) else {
            return true;
        };
        let is_known = self.names.folded_aliases(value).iter().any(|known| **known == *alias);
        let alias_of =
            |article: &Arc<Article>| self.property.of(article).and_then(|(_, alias)| alias.map(fold));
        is_known && members.any(|article| alias_of(article).as_deref() == Some(&*alias))
    }

    /// The values as names.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Positions of a value's articles in the collection's order.
    #[must_use]
    pub fn articles(&self, value: usize) -> &[Position] {
        self.articles.get(value)
    }
}
