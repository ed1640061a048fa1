//! Parents of topics that are no topics, or form a circle.

use std::collections::HashSet;

use crate::collection::Collection;
use crate::collection::topics::Topics;
use article_format::problem::{Position, Problem};
use article_format::quoted;
use article_format::topic_file::TopicFile;

/// A problem names at most this many topics of a circle.
const NAMED_MAX: usize = 8;

/// The topics of a collection.
pub(super) struct Parents<'a> {
    topics: &'a Topics,
    /// Topics that a topic file or an article names. The others are only parents.
    named: HashSet<usize>,
}

impl<'a> Parents<'a> {
    pub(super) fn of(collection: &'a Collection, files: &[TopicFile]) -> Self {
        let topics = collection.topics();
        let by_articles = collection.articles().iter().flat_map(|article| article.topics.iter());
        let names = files.iter().map(|file| &file.name).chain(by_articles);
        Self { topics, named: names.filter_map(|name| topics.meant_by(name)).collect() }
    }

    /// The problem of a topic's parent. `position` is the position of the parent in the file.
    pub(super) fn problem(
        &self,
        path: &str,
        file: &TopicFile,
        position: impl FnOnce() -> Option<Position>,
    ) -> Option<Problem> {
        let text = file.parent.as_deref()?;
        let (topic, parent) = (self.topics.meant_by(&file.name)?, self.topics.meant_by(text)?);
        let (cause, remedy) = if !self.named.contains(&parent) {
            // The problem does not quote the name: through an alias or an open quotation mark, the name may hold a secret.
            let cause =
                "this parent is not a topic, because neither a topic file nor an article has its name"
                    .to_owned();
            (cause, "correct the name, or write a topic file for it")
        } else if topic == parent {
            (
                "the topic is its own parent, so the bot ignores this parent".to_owned(),
                "name another parent, or none",
            )
        } else {
            (self.circle(topic, parent)?, "remove the parent from one of these files")
        };
        Some(Problem { path: path.into(), position: position(), cause: cause.into(), remedy: remedy.into() })
    }

    /// For example “the parents form a circle (“AI”, “Data”, “AI”), so the bot ignores this parent”, if they do.
    fn circle(&self, topic: usize, parent: usize) -> Option<String> {
        let above: Vec<usize> = self.topics.with_those_above(parent).collect();
        let end = above.iter().position(|above| *above == topic)?;
        let name = |topic: &usize| quoted(self.topics.names().text(*topic));
        let mut names: Vec<String> =
            std::iter::once(&topic).chain(&above).take(NAMED_MAX.min(end + 1)).map(name).collect();
        if end >= NAMED_MAX {
            names.push("…".to_owned());
        }
        names.push(name(&topic));
        Some(format!("the parents form a circle ({}), so the bot ignores this parent", names.join(", ")))
    }
}
