//! What holds for every text.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

use article_search::{Document, Found, Indexer, Query, Snapshot};
use proptest::prelude::*;

fn index(titles: &[String], excerpts: &[String]) -> Snapshot {
    let documents = (0..).zip(titles.iter().zip(excerpts)).map(|(key, (title, excerpt))| Document {
        key,
        title,
        excerpt,
        topics: &[],
        provider: "",
    });
    Indexer::new().unwrap().apply([], documents, (0..).take(titles.len())).unwrap()
}

fn titled(key: u64, title: &str) -> Document<'_> {
    Document { key, title, excerpt: "", topics: &[], provider: "" }
}

fn search(index: &Snapshot, text: &str) -> Found {
    index.search(&Query::parse(text), &|_| true).unwrap()
}

/// Words that often share beginnings, letters and scripts, and any text at all.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-c]{1,6}",
        2 => "(run|runs|running|garden|gardens|the|of|gpt-4|c\\+\\+|1\\.5)",
        1 => "[日本語東京]{1,4}",
        1 => "\\PC{0,4}",
        1 => any::<String>(),
    ];
    proptest::collection::vec(word, 0..8).prop_map(|words| words.join(" "))
}

/// A text of a query, with operators.
fn query() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => text(),
        1 => text().prop_map(|text| format!("\"{text}\"")),
        1 => text().prop_map(|text| format!("-{text}")),
        1 => "[-\"*?+~^:()\\[\\]{}|&!\\\\ ]{0,8}",
    ];
    proptest::collection::vec(part, 0..4).prop_map(|parts| parts.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_query_on_any_documents_is_answered(
        titles in proptest::collection::vec(text(), 0..12), excerpt in text(),
        queries in proptest::collection::vec(query(), 1..8), shown in text(),
    ) {
        let excerpts = vec![excerpt; titles.len()];
        let index = index(&titles, &excerpts);
        for query in &queries {
            let found = search(&index, query);
            let mut positions: Vec<usize> = found.hits.iter().map(|hit| hit.position).collect();
            positions.sort_unstable();
            positions.dedup();
            prop_assert_eq!(positions.len(), found.hits.len(), "each document once");
            prop_assert!(positions.iter().all(|&position| position < titles.len()));
            let spans = found.matched.spans(&shown);
            prop_assert!(spans.iter().all(|span| shown.get(span.clone()).is_some_and(|part| !part.is_empty())));
            prop_assert!(spans.windows(2).all(|pair| pair[0].end < pair[1].start));
            index.nearest_words(&Query::parse(query)).unwrap();
            index.search_titles(&Query::parse(query), &|_| true).unwrap();
        }
    }

    #[test]
    fn an_exact_title_finds_its_article_first(
        titles in proptest::collection::vec(text(), 1..12), excerpt in text(), at in any::<proptest::sample::Index>(),
    ) {
        let title = at.get(&titles);
        // A word behind a minus sign is an exclusion, also in a title.
        let query = Query::parse(title);
        prop_assume!(!query.is_empty() && !title.contains('-') && title.chars().count() < 500);
        let excerpts = vec![excerpt; titles.len()];
        let found = search(&index(&titles, &excerpts), title);
        let first = found.hits.first().map(|hit| Query::parse(&titles[hit.position]));
        prop_assert_eq!(first, Some(query));
    }

    #[test]
    fn an_amended_index_finds_what_a_new_one_finds(
        before in proptest::collection::vec(text(), 0..10), after in proptest::collection::vec(text(), 0..10),
        queries in proptest::collection::vec(query(), 1..6),
    ) {
        let all = |titles: &[String]| (0..).take(titles.len());
        let mut indexer = Indexer::new().unwrap();
        indexer.apply([], (0..).zip(&before).map(|(key, title)| titled(key, title)), all(&before)).unwrap();
        let changed = |key: &u64| {
            let key = usize::try_from(*key).unwrap();
            before.get(key) != after.get(key)
        };
        let gone = all(&before).filter(changed);
        let come = (0..).zip(&after).filter(|(key, _)| changed(key)).map(|(key, title)| titled(key, title));
        let amended = indexer.apply(gone, come, all(&after)).unwrap();
        let new = index(&after, &vec![String::new(); after.len()]);
        for query in &queries {
            let positions = |index: &Snapshot| {
                let mut positions: Vec<usize> = search(index, query).hits.iter().map(|hit| hit.position).collect();
                positions.sort_unstable();
                positions
            };
            prop_assert_eq!(positions(&amended), positions(&new), "{:?}", query);
        }
    }
}

#[test]
fn hostile_queries_are_answered() {
    let titles: Vec<String> =
        (0..500).map(|number| format!("word{number} some common words of title {number}")).collect();
    let excerpts = vec![String::new(); titles.len()];
    let index = index(&titles, &excerpts);
    for query in [
        "x".repeat(10_000),
        "word ".repeat(2_000),
        "w ".repeat(5_000),
        "-".repeat(10_000),
        "\"".repeat(10_000),
        "\"a\" ".repeat(2_500),
        "-\"a b\" ".repeat(1_000),
        "(.*)+$^[a-z]{1,9}|\\d".repeat(500),
        "\0".repeat(10_000),
        "AND OR NOT title:word* ~2 ^5 TO [a TO b]".to_owned(),
        "日".repeat(10_000),
        "e\u{301}".repeat(5_000),
        "\u{301}".repeat(10_000),
        "\u{202e}\u{feff}\u{200d}".repeat(3_000),
    ] {
        let query = Query::parse(&query);
        index.search(&query, &|_| true).unwrap();
        index.nearest_words(&query).unwrap();
        index.search_titles(&query, &|_| true).unwrap();
    }
}
