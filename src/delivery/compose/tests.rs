//! Posts in English and in the language for tests.

use std::sync::Arc;

use super::*;
use crate::collection::{Collection, Position};
use crate::messages::untranslated;
use article_format::fixture::article;

const LANGUAGES: [(&str, Language); 2] = [("english", Language::English), ("pseudo", Language::Pseudo)];

fn snapshot() -> Snapshot {
    let named = |id: &str, title: &str| {
        article(id, |article| {
            (article.title, article.quality) = (title.into(), Some(60));
        })
    };
    let articles = vec![named("a", "10"), named("b", "20"), named("c", "\u{200b}")];
    Snapshot::new(Arc::new(Collection::new(articles, &[], Vec::new())))
}

fn post(language: Language, positions: &[usize]) -> FeedMessage {
    let positions: Vec<Position> = positions.iter().copied().map(Position::new).collect();
    let now = "2026-06-15T12:00:00Z".parse().unwrap();
    message(&snapshot(), language, PostKey(1), PostShape::Single, &positions, now)
}

#[test]
fn texts_of_posts_are_in_the_language_of_the_guild() {
    for (name, language) in LANGUAGES {
        let (one, mut several) = (post(language, &[0]), post(language, &[0, 1, 2]));
        let mut texts: Vec<String> = [(1, 0), (2, 0), (1, 1), (1_234, 2)]
            .map(|(stories, rest)| digest_heading(language, stories, rest))
            .into();
        texts.extend([forum_post_title(&one), forum_post_title(&several)]);
        texts.extend([thread_title(language, Some("10")), thread_title(language, Some(" \u{200b}"))]);
        texts.push(thread_title(language, None));
        texts.push(mark_as_test(&mut several));
        texts.push(several.content);
        texts.extend(several.stories.into_iter().map(|(_, title)| title));
        let [card] = one.cards.as_slice() else { panic!("{:?}", one.cards) };
        texts.extend(card.fields.iter().map(|(name, value)| format!("{name}: {value}")));
        if language == Language::Pseudo {
            assert_eq!(untranslated(&texts.join("\n"), &[]), Vec::<String>::new());
        }
        insta::assert_snapshot!(name, texts.join("\n"));
    }
}

#[test]
fn the_language_is_no_part_of_what_a_post_says() {
    for positions in [&[0][..], &[0, 1, 2]] {
        let (english, pseudo) = (post(Language::English, positions), post(Language::Pseudo, positions));
        assert_eq!(english.fingerprint, pseudo.fingerprint);
        assert_ne!(english.cards, pseudo.cards);
    }
    assert_ne!(post(Language::English, &[0]).fingerprint, post(Language::English, &[1]).fingerprint);
    assert_ne!(post(Language::English, &[0, 1]).fingerprint, post(Language::English, &[1, 0]).fingerprint);
}

/// The most characters of a message's content and of a thread's name (Discord's docs, "Create Message",
/// "Channel").
#[test]
fn texts_of_posts_keep_to_discords_limits() {
    for (_, language) in LANGUAGES {
        assert!(text::count(&digest_heading(language, usize::MAX, usize::MAX)) <= 2_000);
        assert!(text::count(&mark_as_test(&mut post(language, &[0, 1]))) <= 100);
        let long = "long ".repeat(100);
        assert!(text::count(&thread_title(language, Some(&long))) <= 100);
    }
}
