//! The keywords of the topic files, in the form that fetching needs.

use std::sync::{Arc, Mutex, PoisonError};

use article_format::topic_file::TopicFile;
use article_sources::TopicKeywords;

/// Keywords, made anew only if the topic files changed.
#[derive(Default)]
pub(crate) struct KeywordCache(Mutex<Option<Cached>>);

/// Topic files, and their keywords.
type Cached = (Arc<[TopicFile]>, Arc<TopicKeywords>);

impl KeywordCache {
    pub(crate) fn of(&self, files: &Arc<[TopicFile]>) -> Arc<TopicKeywords> {
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*cached {
            Some((known, keywords)) if Arc::ptr_eq(known, files) => Arc::clone(keywords),
            _ => {
                let keywords = Arc::new(made_of(files));
                *cached = Some((Arc::clone(files), Arc::clone(&keywords)));
                keywords
            }
        }
    }
}

fn made_of(files: &[TopicFile]) -> TopicKeywords {
    TopicKeywords::of(files).unwrap_or_else(|error| {
        tracing::warn!("{error}; new articles get no topics by keywords");
        TopicKeywords::default()
    })
}
