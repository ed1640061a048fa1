//! `/search`: answers in English and in the language for tests, pages, and what it offers where nothing is found.

use super::languages::LANGUAGES;
use super::member_languages::{ask_in, check, press_in};
use super::*;
use crate::discord::commands::search::SearchPage;
use crate::query::{Query, Wanted};
use crate::search::Search;

fn search_data(options: &[(&str, &str)]) -> Value {
    let options: Vec<Value> =
        options.iter().map(|(name, value)| json!({ "name": name, "type": 3, "value": value })).collect();
    json!({ "id": "5", "name": "search", "type": 1, "options": options })
}

fn searchable(articles: Vec<Article>) -> State {
    let state = state(articles);
    let search = Search::of(state.collection()).unwrap();
    state.with_search(Arc::new(search))
}

fn with_excerpts() -> Vec<Article> {
    let mut articles = articles();
    for article in &mut articles {
        article.excerpt = Some("An excerpt with *signs* on gardening and gardens.".into());
    }
    articles
}

async fn search(options: &[(&str, &str)], state: &State) -> Reply {
    run(Caller::direct(ADA), search_data(options), state).await
}

#[tokio::test]
async fn search_speaks_the_readers_language() {
    for (name, locale) in LANGUAGES {
        let full = searchable(with_excerpts());
        let unready = state(articles());
        let ask = async |options: &[(&str, &str)], state| ask_in(locale, search_data(options), state).await;
        let gone = Query { topic: Some(Wanted::Hash(1)), ..Query::default() };
        let gone = SearchPage { words: "title".into(), query: gone, page: 0, slot: 0 }.id();
        let beyond = SearchPage { words: "title".into(), query: Query::default(), page: 99, slot: 0 }.id();
        let replies = [
            ("a word in titles", ask(&[("words", "title"), ("topic", "artifical inteligence")], &full).await),
            ("a stem in excerpts", ask(&[("words", "garden"), ("topic", "rust")], &full).await),
            ("some of the words", ask(&[("words", "gardening zzzzzz"), ("topic", "rust")], &full).await),
            ("nothing with conditions", ask(&[("words", "seven related"), ("topic", "rust")], &full).await),
            ("nothing", ask(&[("words", "gardxxing")], &full).await),
            ("no word", ask(&[("words", "-title")], &full).await),
            ("no such topic", ask(&[("words", "title"), ("topic", "gardening")], &full).await),
            ("no such source", ask(&[("words", "title"), ("source", "gardening")], &full).await),
            ("gone", press_in(locale, &gone, Vec::new(), &full).await),
            ("beyond the last page", press_in(locale, &beyond, Vec::new(), &full).await),
            ("not ready", ask(&[("words", "title")], &unready).await),
        ];
        check(&format!("search_{name}"), locale, &replies);
    }
}

#[tokio::test]
async fn pages_turn_in_place_with_the_words_as_they_were() {
    let state = searchable(articles());
    let words = r#"title "title of" -rust . é"#;
    let first = search(&[("words", words), ("topic", "ai")], &state).await;
    assert_eq!(first.audience, Audience::Everyone);
    assert!(first.content.ends_with("12 articles · page 1 of 3"), "{}", first.content);
    let Answer::Update(second) = press(ADA, &button(&first, "Next"), &state).await else { panic!() };
    assert!(second.content.ends_with("12 articles · page 2 of 3"), "{}", second.content);
    assert!(titles(&first).iter().all(|title| !titles(&second).contains(title)));
    let Answer::Update(again) = press(ADA, &button(&second, "Previous"), &state).await else { panic!() };
    assert_eq!(again, first);
}

#[tokio::test]
async fn words_from_right_to_left_turn_no_line() {
    let state = searchable(vec![article("a", |article| {
        article.title = "רכבת לים".into();
        article.topics = ["ים".into()].into();
    })]);
    let marked = |text: &str| text.replace('\u{2068}', "<").replace('\u{2069}', ">");
    let found = search(&[("words", "רכבת"), ("topic", "ים")], &state).await;
    assert_eq!(marked(&found.content), "“<רכבת>” · <**ים**> · 1 article · page 1 of 1");
    let topics = run(Caller::direct(ADA), json!({ "id": "6", "name": "topics", "type": 1 }), &state).await;
    let tree = marked(&topics.cards[0].description);
    assert_eq!(tree, "<**ים**> · 1 article\n❄ 0 <[רכבת לים](https://example.com/a)>");
    let as_text = marked(&found.without_cards(Words::english()).content);
    assert!(as_text.contains("• <רכבת לים> <https"), "{as_text}");
}

#[tokio::test]
async fn words_of_others_have_no_effect() {
    let state = searchable(articles());
    let hostile = search(&[("words", "@everyone **x** https://evil.example")], &state).await;
    assert_eq!(hostile.audience, Audience::AskerOnly);
    assert!(hostile.content.contains(r"\@everyone \*\*x\*\* https\://evil\.example"), "{}", hostile.content);
}

#[tokio::test]
async fn where_nothing_is_found_the_nearest_words_are_buttons() {
    let state = searchable(with_excerpts());
    let nothing = search(&[("words", "gardxxing")], &state).await;
    assert_eq!(nothing.audience, Audience::AskerOnly);
    let Answer::Update(found) = press(ADA, &button(&nothing, "gardening"), &state).await else { panic!() };
    assert!(found.content.starts_with("“gardening”"), "{}", found.content);
    assert!(found.cards[0].description.contains(r"\*signs\* on **gardening** and"), "{:?}", found.cards[0]);
}

#[tokio::test]
async fn titles_with_an_error_are_offered_where_no_title_has_the_words() {
    let state = searchable(articles());
    let data = json!({ "id": "6", "name": "article", "type": 1,
        "options": [{ "name": "title", "type": 3, "value": "relatd stories sevn", "focused": true }] });
    let offered = choices(Caller::direct(ADA), data, &state).await;
    assert_eq!(
        offered.iter().map(|choice| &*choice.name).collect::<Vec<_>>(),
        ["One with seven related stories"]
    );
}
