//! The difference that a reload made.

use std::collections::BTreeSet;

use article_format::problem::Problem;
use article_format::topic_file::TopicFile;
use article_format::{Article, Details};

/// A [`Difference`] names at most this many items of each kind, and counts the rest.
pub const NAMED_MAX: usize = 1_000;

/// What one reload changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Articles.
    pub articles: Changes,
    /// Topic files, by their path.
    pub topic_files: Changes,
    /// Files and folders that had problems and have none now, by path.
    pub fixed: Listed<Box<str>>,
    /// Problems that were not there before.
    pub problems: Listed<Problem>,
    /// How many other problems are gone: their file was deleted, or still has further problems.
    pub problems_gone: usize,
}

/// The changed files of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// New ones.
    pub added: Listed<Box<str>>,
    /// Those with other content. A file that was written again with the same content does not count.
    pub changed: Listed<Changed>,
    /// Deleted ones.
    pub removed: Listed<Box<str>>,
}

/// An article or topic file with other content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The article's id, or the path of the topic file.
    pub name: Box<str>,
    /// The keys that differ, in the order of the contract. `addresses` stands for the four that identify a story (`webUrl`,
    /// `originalUrl`, `ampWebUrl`, `cdnAmpWebUrl`).
    pub keys: Vec<&'static str>,
}

/// A count of items, with the first [`NAMED_MAX`] of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// How many items there are.
    pub count: usize,
    /// The first items, by name.
    pub first: Vec<T>,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { count: 0, first: Vec::new() }
    }
}

impl<T> Listed<T> {
    /// Counts an item, and keeps it if there is room.
    pub fn push(&mut self, item: T) {
        self.count += 1;
        if self.first.len() < NAMED_MAX {
            self.first.push(item);
        }
    }
}

/// An article or a topic file.
pub trait Compared: PartialEq {
    /// The keys in which two differ.
    fn keys_changed(&self, other: &Self) -> Vec<&'static str>;
}

impl Changes {
    /// Adds one file. The caller adds files in the order of their names.
    pub fn note<T: Compared>(&mut self, name: &str, before: Option<&T>, after: Option<&T>) {
        match (before, after) {
            (None, Some(_)) => self.added.push(name.into()),
            (Some(_), None) => self.removed.push(name.into()),
            (Some(before), Some(after)) if before != after => {
                self.changed.push(Changed { name: name.into(), keys: before.keys_changed(after) });
            }
            _ => {}
        }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.count + self.changed.count + self.removed.count == 0
    }
}

impl Difference {
    /// Adds the problems of before and of now, both sorted. `is_there` says whether a path exists: a bad file that was deleted
    /// is not fixed.
    pub fn note_problems(&mut self, before: &[Problem], after: &[Problem], is_there: impl Fn(&str) -> bool) {
        for problem in after.iter().filter(|problem| before.binary_search(problem).is_err()) {
            self.problems.push(problem.clone());
        }
        let bad_now: BTreeSet<&str> = after.iter().map(|problem| &*problem.path).collect();
        let bad_before: BTreeSet<&str> = before.iter().map(|problem| &*problem.path).collect();
        let fixed: BTreeSet<&str> =
            bad_before.difference(&bad_now).copied().filter(|path| is_there(path)).collect();
        let is_gone =
            |problem: &&Problem| after.binary_search(problem).is_err() && !fixed.contains(&*problem.path);
        self.problems_gone += before.iter().filter(is_gone).count();
        for path in fixed {
            self.fixed.push(path.into());
        }
    }

    /// Whether nothing changed, problems included.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
            && self.topic_files.is_empty()
            && self.fixed.count + self.problems.count + self.problems_gone == 0
    }
}

fn keys<const N: usize>(differences: [(&'static str, bool); N]) -> Vec<&'static str> {
    differences.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key).collect()
}

impl Compared for Article {
    fn keys_changed(&self, other: &Self) -> Vec<&'static str> {
        let none = Details::default();
        let details = self.details.as_deref().unwrap_or(&none);
        let others = other.details.as_deref().unwrap_or(&none);
        keys([
            ("title", self.title != other.title),
            ("excerpt", self.excerpt != other.excerpt),
            ("publishedDateTime", self.published_at != other.published_at),
            ("updatedDateTime", details.updated_at != others.updated_at),
            ("addresses", self.link != other.link || self.addresses != other.addresses),
            ("type", self.kind != other.kind),
            ("category", self.category != other.category),
            ("quality", self.quality != other.quality),
            ("heat", self.heat != other.heat),
            ("published", self.is_published != other.is_published),
            ("removed", self.is_removed != other.is_removed),
            ("draft", self.is_draft != other.is_draft),
            ("announce", self.is_announced != other.is_announced),
            ("imported", self.is_imported != other.is_imported),
            ("provider", self.provider != other.provider),
            ("topics", self.topics != other.topics),
            ("images", self.picture != other.picture),
            ("related", self.related != other.related),
            ("length", details.length_seconds != others.length_seconds),
            ("price", details.price != others.price),
            ("levels", details.levels != others.levels),
            ("ratings", details.rating != others.rating),
        ])
    }
}

impl Compared for TopicFile {
    fn keys_changed(&self, other: &Self) -> Vec<&'static str> {
        keys([
            ("_id", self.id != other.id),
            ("name", self.name != other.name),
            ("shortname", self.shortname != other.shortname),
            ("parent", self.parent != other.parent),
            ("keywords", self.keywords != other.keywords),
            ("hashtags", self.hashtags != other.hashtags),
            ("images", self.images != other.images),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use article_format::fixture::article;
    use article_format::related::Related;
    use article_format::{Image, Provider, Rating};

    fn check(change: impl FnOnce(&mut Article), expected: &'static str) {
        let before = article("a", |_| ());
        let after = article("a", change);
        assert_eq!(before.keys_changed(&after), [expected]);
        let mut changes = Changes::default();
        changes.note("a", Some(&before), Some(&after));
        changes.note("b", Some(&before), Some(&before.clone()));
        assert_eq!(changes.changed.first, [Changed { name: "a".into(), keys: vec![expected] }]);
        assert_eq!(changes.changed.count, 1);
    }

    fn detail(change: impl FnOnce(&mut Details), expected: &'static str) {
        check(|article| change(article.details.get_or_insert_default()), expected);
    }

    #[test]
    fn every_changed_key_of_an_article_is_reported() {
        let date = "2026-06-01T00:00:00Z".parse().ok();
        let picture = || Image { url: "u".into(), attribution: None };
        let story = Related { title: "T", published_at: None, link: None, quality: None, source: None };
        check(|article| article.title = "other".into(), "title");
        check(|article| article.excerpt = Some("other".into()), "excerpt");
        check(|article| article.published_at = date, "publishedDateTime");
        detail(|details| details.updated_at = date, "updatedDateTime");
        check(|article| article.link = None, "addresses");
        check(|article| article.addresses = [1].into(), "addresses");
        check(|article| article.kind = Some("video".into()), "type");
        check(|article| article.category = Some("news".into()), "category");
        check(|article| article.quality = Some(1), "quality");
        check(|article| article.heat = 1, "heat");
        check(|article| article.is_published = false, "published");
        check(|article| article.is_removed = true, "removed");
        check(|article| article.is_draft = true, "draft");
        check(|article| article.is_announced = false, "announce");
        check(|article| article.is_imported = true, "imported");
        check(|article| article.provider = Some(Provider::named("P").into()), "provider");
        check(|article| article.topics = ["AI".into()].into(), "topics");
        check(|article| article.picture = Some(picture()), "images");
        check(|article| article.related = [story].into_iter().collect(), "related");
        detail(|details| details.length_seconds = Some(1), "length");
        detail(|details| details.price = Some("1".into()), "price");
        detail(|details| details.levels = ["one".into()].into(), "levels");
        let rating = Rating { average: "4".into(), count: None };
        detail(|details| details.rating = Some(rating), "ratings");
    }

    #[test]
    fn changed_keys_of_topic_files_are_reported() {
        let before = TopicFile::named("AI");
        let after =
            TopicFile { parent: Some("Data".into()), keywords: ["ml".into()].into(), ..before.clone() };
        assert_eq!(before.keys_changed(&after), ["parent", "keywords"]);
    }

    #[test]
    fn problems_are_new_fixed_or_gone_with_their_file() {
        let problem = |path: &str, cause: &str| Problem {
            path: path.into(),
            position: None,
            cause: cause.into(),
            remedy: "fix it".into(),
        };
        let before = [problem("a", "1"), problem("b", "1"), problem("b", "2"), problem("gone", "1")];
        let after = [problem("b", "2"), problem("b", "3"), problem("c", "1")];
        let mut difference = Difference::default();
        difference.note_problems(&before, &after, |path| path != "gone");
        assert_eq!(difference.problems.first, [problem("b", "3"), problem("c", "1")]);
        assert_eq!(difference.fixed.first, ["a".into()]);
        assert_eq!(difference.problems_gone, 2, "of b, which has others, and of the file that is gone");
        assert!(!difference.is_empty() && Difference::default().is_empty());
    }

    #[test]
    fn names_are_bounded_and_counts_are_not() {
        let mut changes = Changes::default();
        for number in 0..NAMED_MAX + 5 {
            changes.note::<TopicFile>(&number.to_string(), None, Some(&TopicFile::named("A")));
        }
        assert_eq!((changes.added.count, changes.added.first.len()), (NAMED_MAX + 5, NAMED_MAX));
    }
}
