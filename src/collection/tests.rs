//! A collection that was changed is the one that is made of its articles at once.

use crate::article_key::ArticleKey;
use proptest::prelude::*;

use super::*;
use article_format::Provider;
use article_format::fixture::article;

/// What an article of a test says, each part drawn from few, so that articles have much in common.
#[derive(Debug, Clone)]
struct Said {
    id: u8,
    heat: i64,
    quality: Option<i64>,
    day: Option<i64>,
    title: usize,
    topics: Vec<usize>,
    source: Option<(usize, Option<usize>)>,
    kind: Option<usize>,
    addresses: Vec<u64>,
    is_published: bool,
}

const TITLES: [&str; 4] =
    ["One title that tells a story", "One title that tells a story!", "Two words", "***"];
const TOPICS: [&str; 7] = ["AI", "ai", "ml", "Databases", "SQL", "Rust", "C++"];
const SOURCES: [&str; 4] = ["The Source", "the-source", "Other", "Thîrd"];
const DOMAINS: [&str; 4] = ["source.example", "Source.Example", "other.example", "other"];
const KINDS: [&str; 3] = ["article", "Article", "video"];

prop_compose! {
    fn said()(
        id in 0_u8..24, heat in -1_i64..3, quality in proptest::option::of(0_i64..3), day in proptest::option::of(0_i64..9),
        title in 0..TITLES.len(), topics in proptest::collection::vec(0..TOPICS.len(), 0..3),
        source in proptest::option::of((0..SOURCES.len(), proptest::option::of(0..DOMAINS.len()))),
        kind in proptest::option::of(0..KINDS.len()), addresses in proptest::collection::vec(0_u64..12, 0..3),
        is_published in prop::bool::weighted(0.9),
    ) -> Said {
        Said { id, heat, quality, day, title, topics, source, kind, addresses, is_published }
    }
}

fn made(said: &Said) -> Arc<Article> {
    Arc::new(article(&format!("a{}", said.id), |article| {
        article.heat = said.heat;
        article.quality = said.quality;
        article.published_at = said.day.and_then(|day| Timestamp::from_second(day * 86_400).ok());
        article.title = TITLES[said.title].into();
        article.topics = said.topics.iter().map(|&topic| TOPICS[topic].into()).collect();
        article.provider = said.source.map(|(source, domain)| {
            let domain = domain.map(|domain| DOMAINS[domain].into());
            Arc::new(Provider { domain, ..Provider::named(SOURCES[source]) })
        });
        article.kind = said.kind.map(|kind| KINDS[kind].into());
        // All keys are equal: the index has to look closer.
        article.addresses =
            said.addresses.iter().map(|&address| address % 6 + ((address / 6) << 20)).collect();
        article.is_published = said.is_published;
    }))
}

fn topic_files(count: usize) -> Vec<TopicFile> {
    let file = |name: &str, id: Option<&str>, parent: Option<&str>| TopicFile {
        id: id.map(Into::into),
        parent: parent.map(Into::into),
        ..TopicFile::named(name)
    };
    [file("ML", None, Some("AI")), file("Databases", Some("sql"), None), file("AI", None, Some("Science"))]
        .into_iter()
        .take(count)
        .collect()
}

/// Everything that both say, index by index.
#[track_caller]
fn assert_same(changed: &Collection, made: &Collection) {
    assert_eq!(changed.articles, made.articles);
    assert_eq!(changed.by_hash, made.by_hash);
    assert_eq!(changed.topics, made.topics);
    assert_eq!(changed.sources, made.sources);
    assert_eq!(changed.kinds, made.kinds);
    assert_eq!(changed.titles, made.titles);
    assert_eq!(changed.stories, made.stories);
    assert_eq!(changed.dates, made.dates);
    let count = made.articles.len();
    assert_eq!(changed.newest_first.all(count), made.newest_first.all(count));
    assert_eq!(changed.best_first.all(count), made.best_first.all(count));
    assert_eq!(changed.trending_first.all(count), made.trending_first.all(count));
    assert_eq!(changed.problems, made.problems);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Each step writes some articles, which come or change, and deletes some; now and then a topic file comes or goes.
    #[test]
    fn a_changed_collection_is_the_one_made_anew(
        steps in proptest::collection::vec(
            (proptest::collection::vec(said(), 0..9), proptest::collection::vec(0_u8..24, 0..4), 0..8_usize), 1..7,
        )
    ) {
        let mut files = topic_files(0);
        let mut collection = Collection::of_shared(Vec::new(), &files, Vec::new());
        for (written, deleted, file_count) in steps {
            let before = files.len();
            // Most steps leave the topic files as they are.
            if file_count < 4 {
                files = topic_files(file_count);
            }
            let mut come: Vec<Arc<Article>> = Vec::new();
            for said in &written {
                let article = made(said);
                come.retain(|other| other.id != article.id);
                come.push(article);
            }
            let is_gone = |article: &Article| {
                deleted.iter().any(|id| article.id.as_str() == format!("a{id}"))
                    || come.iter().any(|other| other.id == article.id)
            };
            let (gone, stay): (Vec<_>, Vec<_>) = collection.articles.iter().cloned().partition(|article| is_gone(article));
            let change = Change {
                gone: gone.iter().map(|article| &**article).collect(),
                come: come.clone(),
                topic_files: &files,
                are_topic_files_the_same: files.len() == before,
                problems: Vec::new(),
            };
            collection = collection.changed(change);
            let all: Vec<Arc<Article>> = stay.into_iter().chain(come).collect();
            let anew = Collection::of_shared(all, &files, Vec::new());
            assert_same(&collection, &anew);
            for article in &anew.articles {
                let found = collection.visible_by_key(ArticleKey::from(&article.id), Timestamp::MAX);
                prop_assert_eq!(found.is_some(), article.is_published);
            }
        }
    }
}

#[test]
fn parents_without_end_or_in_a_circle_cost_no_more_than_some() {
    const COUNT: usize = 2_000;
    for is_circle in [false, true] {
        let file = |number: usize| TopicFile {
            parent: (is_circle || number > 0).then(|| format!("T{}", (number + COUNT - 1) % COUNT).into()),
            ..TopicFile::named(&format!("T{number}"))
        };
        let files: Vec<TopicFile> = (0..COUNT).map(file).collect();
        let topics: Arc<[Box<str>]> = [format!("T{}", COUNT - 1).into()].into();
        let article =
            |number: usize| article(&number.to_string(), |article| article.topics = Arc::clone(&topics));
        let collection = Collection::new((0..COUNT).map(article).collect(), &files, Vec::new());
        let of = |number: usize| {
            let topic = collection.topics().meant_by(&format!("T{number}")).unwrap();
            collection.topics().articles(topic).len()
        };
        assert_eq!((of(COUNT - 1), of(COUNT - 2), of(COUNT - topics::LEVELS_MAX)), (COUNT, COUNT, COUNT));
        let held: usize = (0..COUNT).map(of).sum();
        assert_eq!(held, topics::LEVELS_MAX * COUNT);
    }
}
