//! A property by which members filter and of which an article has at most one: its source, its type.

use std::collections::HashMap;
use std::sync::Arc;

use super::names::{Name, Names, fold};
use crate::article::Article;

/// The values of one property and the articles of each.
#[derive(Debug, Default)]
pub struct Facet {
    names: Names,
    articles: Vec<Box<[usize]>>,
}

impl Facet {
    /// By provider; its domain is an alias.
    pub(super) fn of_sources(articles: &[Arc<Article>]) -> Self {
        Self::new(articles, |article| {
            let provider = article.provider.as_ref()?;
            Some((&*provider.name, provider.domain.as_deref()))
        })
    }

    /// By `type`.
    pub(super) fn of_kinds(articles: &[Arc<Article>]) -> Self {
        Self::new(articles, |article| Some((article.kind.as_deref()?, None)))
    }

    /// Values that differ only in case, accents or hyphens are one, shown as the hottest article writes it.
    fn new<'a>(
        articles: &'a [Arc<Article>],
        value: impl Fn(&'a Article) -> Option<(&'a str, Option<&'a str>)>,
    ) -> Self {
        let mut names: Vec<Name> = Vec::new();
        let mut lists: Vec<Vec<usize>> = Vec::new();
        let mut by_folded: HashMap<String, usize> = HashMap::new();
        for (position, article) in articles.iter().enumerate() {
            let Some((text, alias)) = value(article) else { continue };
            let index = *by_folded.entry(fold(text)).or_insert(names.len());
            if index == names.len() {
                names.push(Name { text: text.into(), aliases: Vec::new(), weight: 0 });
                lists.push(Vec::new());
            }
            if let (Some(name), Some(list)) = (names.get_mut(index), lists.get_mut(index)) {
                if let Some(alias) =
                    alias.filter(|alias| !name.aliases.iter().any(|known| **known == **alias))
                {
                    name.aliases.push(alias.into());
                }
                list.push(position);
            }
        }
        for (name, list) in names.iter_mut().zip(&lists) {
            name.weight = super::weight(articles, list);
        }
        Self { names: Names::new(names), articles: lists.into_iter().map(Vec::into_boxed_slice).collect() }
    }

    /// The values as names.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Positions of a value's articles in the collection's order.
    #[must_use]
    pub fn articles(&self, value: usize) -> &[usize] {
        self.articles.get(value).map_or(&[], |positions| positions)
    }
}
