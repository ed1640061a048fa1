//! Texts that many articles have in common, kept once: a collection has far fewer sources, topics and types than
//! articles.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use super::article::{Article, Provider};

/// The texts that articles of one collection share.
#[derive(Debug, Default)]
pub struct SharedTexts(Mutex<Tables>);

#[derive(Debug, Default)]
struct Tables {
    words: HashSet<Arc<str>>,
    topics: HashSet<Arc<[Box<str>]>>,
    providers: HashSet<Arc<Provider>>,
}

impl SharedTexts {
    /// Replaces texts of this article with equal texts of earlier articles.
    pub fn share(&self, article: &mut Article) {
        // After a panic of another thread, the tables are still usable.
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Tables { words, topics, providers } = &mut *tables;
        for word in [&mut article.kind, &mut article.category].into_iter().flatten() {
            share(words, word);
        }
        if !article.topics.is_empty() {
            share(topics, &mut article.topics);
        }
        if let Some(provider) = &mut article.provider {
            share(providers, provider);
        }
    }

    /// Removes texts that no article has any more.
    pub fn forget_unused(&self) {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tables.words.retain(|word| Arc::strong_count(word) > 1);
        tables.topics.retain(|topics| Arc::strong_count(topics) > 1);
        tables.providers.retain(|provider| Arc::strong_count(provider) > 1);
    }
}

fn share<T: Eq + Hash + ?Sized>(known: &mut HashSet<Arc<T>>, value: &mut Arc<T>) {
    match known.get(&**value) {
        Some(same) => *value = Arc::clone(same),
        None => {
            known.insert(Arc::clone(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::article;

    #[test]
    fn common_texts_exist_once_and_only_as_long_as_their_articles() {
        let made = |id: &str, topic: &str| {
            article(id, |article| {
                article.kind = Some("video".into());
                article.topics = [topic.into()].into();
                article.provider = Some(Provider::named("P").into());
            })
        };
        let texts = SharedTexts::default();
        let [mut one, mut other] = [made("one", "AI"), made("other", "AI")];
        let before = one.clone();
        texts.share(&mut one);
        texts.share(&mut other);
        assert_eq!(one, before);
        let is_shared = |one: &Option<Arc<str>>, other: &Option<Arc<str>>| {
            one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| Arc::ptr_eq(one, other))
        };
        assert!(is_shared(&one.kind, &other.kind));
        assert!(Arc::ptr_eq(&one.topics, &other.topics));
        assert!(Arc::ptr_eq(one.provider.as_ref().unwrap(), other.provider.as_ref().unwrap()));
        let counts = |texts: &SharedTexts| {
            let tables = texts.0.lock().unwrap();
            [tables.words.len(), tables.topics.len(), tables.providers.len()]
        };
        drop((one, before));
        texts.forget_unused();
        assert_eq!(counts(&texts), [1, 1, 1]);
        drop(other);
        texts.forget_unused();
        assert_eq!(counts(&texts), [0, 0, 0]);
    }
}
