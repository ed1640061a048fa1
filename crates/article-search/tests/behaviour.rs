//! What matches what, and in which order.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on shall say where")]

use article_search::{Document, Indexer, Query, SEGMENTS_MAX, Snapshot};

fn documents<'a>(texts: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = Document<'a>> {
    (0..).zip(texts).map(|(key, &(title, excerpt))| Document {
        key,
        title,
        excerpt,
        topics: &[],
        provider: "",
    })
}

fn titled(key: u64, title: &str) -> Document<'_> {
    Document { key, title, excerpt: "", topics: &[], provider: "" }
}

fn index(texts: &[(&str, &str)]) -> Snapshot {
    Indexer::new().unwrap().apply([], documents(texts), (0..).take(texts.len())).unwrap()
}

fn positions(index: &Snapshot, text: &str) -> Vec<usize> {
    let found = index.search(&Query::parse(text), &|_| true).unwrap();
    found.hits.iter().map(|hit| hit.position).collect()
}

#[track_caller]
fn check(texts: &[(&str, &str)], cases: &[(&str, &[usize])]) {
    let index = index(texts);
    for (text, expected) in cases {
        assert_eq!(positions(&index, text), *expected, "{text:?}");
    }
}

#[test]
fn stems_accents_and_case_do_not_count() {
    check(
        &[("Running with scissors", ""), ("Café Łódź", ""), ("Straße und Ærø", "")],
        &[
            ("runs", &[0]),
            ("RUN", &[0]),
            ("cafe lodz", &[1]),
            ("CAFÉ", &[1]),
            ("strasse", &[2]),
            ("aero", &[2]),
            ("scissor", &[0]),
        ],
    );
}

#[test]
fn the_title_counts_more_than_the_excerpt_and_order_breaks_ties() {
    check(
        &[
            ("Apples", "About pears."),
            ("Pears", "About plums."),
            ("Plums", "About pears."),
            ("Pears", "About figs."),
        ],
        &[("pears", &[1, 3, 0, 2]), ("plums", &[2, 1])],
    );
}

#[test]
fn topics_and_providers_are_found() {
    let topics: [Box<str>; 1] = ["Machine learning".into()];
    let document =
        Document { key: 7, title: "One", excerpt: "", topics: &topics, provider: "The Daily Planet" };
    let index = Indexer::new().unwrap().apply([], [document], [7]).unwrap();
    for text in ["machine", "daily planet", "one learning", "\"machine learning\""] {
        assert_eq!(positions(&index, text), [0], "{text}");
    }
    assert_eq!(positions(&index, "\"learning the\"").len(), 0, "no phrase goes from one text into the next");
}

#[test]
fn beginnings_and_one_error_are_forgiven_but_not_in_short_words_and_numbers() {
    check(
        &[("Kubernetes operators", ""), ("The cat sat", ""), ("Model 4711", "")],
        &[
            ("kub", &[0]),
            ("kubernetes op", &[0]),
            ("kuberntes", &[0]),
            ("kubenretes", &[0]),
            ("kuberneets", &[0]),
            ("kxbernexes", &[]),
            ("cet", &[]),
            ("car", &[]),
            ("4712", &[]),
            ("471", &[2]),
        ],
    );
}

#[test]
fn what_matches_as_typed_stands_before_what_matches_by_an_error() {
    check(&[("Planet", ""), ("Planes", ""), ("Plane", "")], &[("planes", &[1, 2, 0])]);
}

#[test]
fn a_word_that_many_articles_have_is_no_error() {
    let mut texts = vec![("Planet of storms", ""), ("Planes of storms", ""), ("Planes of storks", "")];
    // Few articles have "planes", and few have "storms".
    check(&texts, &[("planes storms", &[1, 0, 2])]);
    texts.extend([("Planes", ""); 5]);
    check(&texts, &[("planes storms", &[1, 2])]);
    texts.extend([("Storms", ""); 5]);
    check(&texts, &[("planes storms", &[1])]);
    // Nothing matches as typed, so each word may be an error.
    texts.remove(1);
    check(&texts, &[("planes storms", &[0, 1])]);
}

#[test]
fn phrases_and_exclusions() {
    check(
        &[("Open source", ""), ("Source open", ""), ("Open the source", ""), ("An open-source tool", "")],
        &[
            ("\"open source\"", &[0, 3]),
            ("\"open source\" -tool", &[0]),
            ("open source -\"open source\"", &[1, 2]),
            ("source -opened", &[]),
            ("\"open source", &[0, 1, 2, 3]),
        ],
    );
}

#[test]
fn joined_and_parted_words_match_each_other() {
    check(
        &[("GPT-4 and Wi-Fi", ""), ("Database design", ""), ("Machine learning", ""), ("RFC 3339", "")],
        &[
            ("gpt4", &[0]),
            ("gpt-4", &[0]),
            ("wifi", &[0]),
            ("data base", &[1]),
            ("machinelearning", &[2]),
            ("rfc3339", &[3]),
        ],
    );
}

#[test]
fn other_scripts() {
    check(
        &[
            ("日本語の形態素解析", ""),
            ("東京タワー", ""),
            ("인공지능의 미래", ""),
            ("Новости искусственного интеллекта", ""),
            ("الذكاء الاصطناعي", ""),
            ("ปัญญาประดิษฐ์ในไทย", ""),
            ("कृत्रिम बुद्धिमत्ता", ""),
            ("Τεχνητή νοημοσύνη", ""),
        ],
        &[
            ("形態素", &[0]),
            ("解", &[0]),
            ("析", &[0]),
            ("タワー", &[1]),
            ("ﾀﾜｰ", &[1]),
            ("인공지능", &[2]),
            ("новости", &[3]),
            ("интелект", &[3]),
            ("الذكاء", &[4]),
            ("ไทย", &[5]),
            ("बुद्धिमत्ता", &[6]),
            ("τεχνητη", &[7]),
            ("\"日本語の\"", &[0]),
            ("東京 -タワー", &[]),
        ],
    );
}

#[test]
fn where_no_document_has_all_words_some_are_enough() {
    let index = index(&[("Red apples", ""), ("Green apples", ""), ("Blue sky", "")]);
    let found = index.search(&Query::parse("red apples zzzzz"), &|_| true).unwrap();
    assert!(!found.has_all_words);
    assert_eq!(found.hits.iter().map(|hit| hit.position).collect::<Vec<_>>(), [0]);
    let all = index.search(&Query::parse("apples"), &|_| true).unwrap();
    assert!(all.has_all_words);
    let none = index.search(&Query::parse("zzzzz"), &|_| true).unwrap();
    assert!(none.has_all_words && none.hits.is_empty());
}

#[test]
fn stop_words_need_not_match() {
    check(
        &[("Install the compiler", ""), ("The who", ""), ("Nothing", "")],
        &[("how to install a compiler", &[0]), ("the who", &[1])],
    );
}

#[test]
fn what_matched_can_be_marked() {
    let index = index(&[("Running shoes", "He runs, she ran, and GPT-4 reads 日本語 text.")]);
    let marked = |query: &str| {
        let found = index.search(&Query::parse(query), &|_| true).unwrap();
        let text = "He runs, she ran, and GPT-4 reads 日本語 text.";
        let spans = found.matched.spans(text);
        spans.into_iter().map(|span| text[span].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marked("run"), ["runs"]);
    assert_eq!(marked("gpt4"), ["GPT-4"]);
    assert_eq!(marked("日本語"), ["日本語"]);
    assert_eq!(marked("tex"), ["text"]);
    assert_eq!(marked("the shoes"), [] as [&str; 0]);
}

#[test]
fn the_nearest_words_of_an_unknown_one() {
    let index = index(&[("Gardening", ""), ("Gardens", ""), ("Guarding", "")]);
    assert_eq!(index.nearest_words(&Query::parse("gardxxing")).unwrap(), ["gardening"]);
    assert_eq!(index.nearest_words(&Query::parse("gardens")).unwrap(), [] as [&str; 0]);
}

#[test]
fn titles_are_found_by_beginnings_in_any_order_with_errors() {
    let index = index(&[("Transaction isolation in PostgreSQL", ""), ("Other", "transaction isolation")]);
    for text in ["iso trans", "postgr isolatoin", "transacton", "in isolation"] {
        let found = index.search_titles(&Query::parse(text), &|_| true).unwrap();
        assert_eq!(found.iter().map(|hit| hit.position).collect::<Vec<_>>(), [0], "{text}");
    }
}

#[test]
fn many_small_changes_keep_few_segments_and_one_truth() {
    let mut indexer = Indexer::new().unwrap();
    let title = |number: u64, round: u64| format!("word{number} round{round}");
    let titles: Vec<String> = (0..40).map(|number| title(number, 0)).collect();
    let all = (0..).zip(&titles).map(|(key, title)| titled(key, title));
    let mut index = indexer.apply([], all, 0..40).unwrap();
    for round in 1..=4 * SEGMENTS_MAX as u64 {
        let key = round % 40;
        let title = title(key, round);
        index = indexer.apply([key], [titled(key, &title)], 0..40).unwrap();
        let position = usize::try_from(key).unwrap();
        assert_eq!(positions(&index, &format!("\"round{round}\"")), [position], "round {round}");
        assert_eq!(positions(&index, &format!("\"word{key}\"")), [position], "round {round}");
    }
    assert!(index.segments() <= SEGMENTS_MAX, "{}", index.segments());
    assert_eq!(positions(&index, "round0").len(), 40 - 4 * SEGMENTS_MAX);
}

fn like(index: &Snapshot, document: Document<'_>, own: usize) -> Vec<usize> {
    let hits = index.like(&document, &|position| position != own).unwrap();
    hits.iter().map(|hit| hit.position).collect()
}

#[test]
fn documents_are_alike_by_their_rare_words() {
    let texts = [
        ("The telescope at Paranal", "A mirror of silver."),
        ("A new telescope", "In Chile."),
        ("How mirrors are made", "For a telescope, of silver."),
        ("A new cake", "Of flour."),
        ("Bread", "Of flour, for a new day."),
        ("Wine", "From Chile."),
    ];
    let index = index(&texts);
    let all: Vec<Document<'_>> = documents(&texts).collect();
    // The title counts most, and a stem is enough.
    assert_eq!(like(&index, all[0], 0), [2, 1]);
    assert_eq!(like(&index, all[3], 3), [1, 4]);
    // The document need not be in the index, and stop words lead nowhere.
    assert_eq!(like(&index, titled(9, "Silver mirrors"), 9), [2, 0]);
    assert!(like(&index, titled(9, "The a of for"), 9).is_empty());
    assert!(like(&index, titled(9, ""), 9).is_empty());
}

#[test]
fn a_long_document_is_compared_by_its_weightiest_words() {
    let texts: Vec<(String, String)> =
        (0..60).map(|number| (format!("word{number} common"), "word1 word2".to_owned())).collect();
    let texts: Vec<(&str, &str)> =
        texts.iter().map(|(title, text)| (title.as_str(), text.as_str())).collect();
    let index = index(&texts);
    let title: String = (0..60).map(|number| format!("word{number} ")).collect();
    let excerpt = "common word3 ".repeat(5_000);
    let hits = index.like(&Document { excerpt: &excerpt, ..titled(99, &title) }, &|_| true).unwrap();
    assert!(!hits.is_empty() && hits.len() <= 60, "{}", hits.len());
}
