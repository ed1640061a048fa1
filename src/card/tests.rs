//! The laws of cards over arbitrary articles, and a golden set.

use proptest::prelude::*;

use super::*;
use crate::messages::{Language, untranslated};
use article_format::fixture::article;
use article_format::related::RelatedStories;
use article_format::{Details, Image, Provider, Rating};

fn english() -> &'static Words {
    Words::english()
}

/// The most that one message carries: a full page of the list, or a full card with a page of related.
fn messages(words: &Words, articles: &[Article]) -> Vec<Vec<Card>> {
    let mut messages: Vec<Vec<Card>> = articles.chunks(5).map(|page| list(words, &stories(page))).collect();
    for article in articles {
        let related_stories: Vec<Related<'_>> = article.related.iter().take(RELATED_PER_PAGE).collect();
        let story = Story { article, others: articles.iter().collect() };
        let heading = say!(words, "related-page", page = say!(words, "pager-page", page = 36, pages = 36));
        messages.push(vec![full(words, &story), related(words, &related_stories, &heading)]);
    }
    messages
}

/// Each article as a story that all the others cover too.
fn stories(articles: &[Article]) -> Vec<Story<'_>> {
    articles.iter().map(|article| Story { article, others: articles.iter().collect() }).collect()
}

fn alone(article: &Article) -> Story<'_> {
    Story { article, others: Vec::new() }
}

fn any_text() -> impl Strategy<Value = Box<str>> {
    prop_oneof![
        3 => ".{0,80}".prop_map(Into::into),
        1 => any::<String>().prop_map(Into::into),
        1 => r"[*_\[\]()<:@ ]{1000,2500}".prop_map(Into::into),
        1 => "[א-ת·, ]{1,400}".prop_map(Into::into),
    ]
}

fn any_address() -> impl Strategy<Value = Box<str>> {
    prop_oneof![
        Just("https://example.com/same".into()),
        "[a-z()]{1,20}".prop_map(|path| format!("https://example.com/{path}").into()),
        "[a-z]{2020,2060}".prop_map(|path| format!("https://example.com/{path}").into()),
    ]
}

prop_compose! {
    fn any_provider()(name in any_text(), icon in proptest::option::of(any_address()),
                      authors in proptest::collection::vec(any_text(), 0..4)) -> Provider {
        Provider { name, domain: None, icon, authors: authors.into() }
    }
}

prop_compose! {
    fn any_related()(title in any_text(), link in proptest::option::of(any_address()),
                     source in proptest::option::of(any_text()), quality in any::<Option<i64>>()) -> RelatedStories {
        let (title, link, source) = (&title, link.as_deref(), source.as_deref());
        [Related { title, link, quality, source, published_at: None }].into_iter().collect()
    }
}

prop_compose! {
    fn any_article()(
        title in any_text(), excerpt in proptest::option::of(any_text()), kind in proptest::option::of(any_text()),
        link in proptest::option::of(any_address()), provider in proptest::option::of(any_provider()),
        picture in proptest::option::of((any_address(), proptest::option::of(any_text()))),
        topics in proptest::collection::vec(any_text(), 0..5), levels in proptest::collection::vec(any_text(), 0..5),
        numbers in any::<(i64, Option<i64>, Option<u64>, Option<u64>, i64)>(), price in proptest::option::of(any_text()),
        related in proptest::collection::vec(any_related(), 0..6),
    ) -> Article {
        let (heat, quality, length_seconds, count, second) = numbers;
        article("any", |article| {
            article.title = title;
            article.excerpt = excerpt;
            article.category = kind.clone().map(Into::into);
            article.kind = kind.map(Into::into);
            article.link = link;
            article.provider = provider.map(Into::into);
            article.picture = picture.map(|(url, attribution)| Image { url, attribution });
            article.topics = topics.into();
            article.heat = heat;
            article.quality = quality;
            let rating = Some(Rating { average: "4.7".into(), count });
            let details = Details { length_seconds, price, levels: levels.into(), rating, ..Details::default() };
            article.details = Some(details.into());
            article.related = related.iter().flat_map(RelatedStories::iter).collect();
            article.published_at = Timestamp::from_second(second).ok();
        })
    }
}

proptest! {
    #[test]
    fn limits_hold_for_any_article(articles in proptest::collection::vec(any_article(), 1..6)) {
        let languages = [Language::English, Language::Pseudo].map(Words::of);
        for cards in languages.iter().flat_map(|words| messages(words, &articles)) {
            let total: usize = cards.iter().map(Card::characters).sum();
            prop_assert!(total <= MESSAGE_CHARACTERS_MAX, "{} characters", total);
            let addresses: Vec<&String> = cards.iter().filter_map(|card| card.url.as_ref()).collect();
            let distinct: std::collections::HashSet<_> = addresses.iter().collect();
            prop_assert_eq!(distinct.len(), addresses.len());
            for card in &cards {
                prop_assert!(!card.title.is_empty() && text::count(&card.title) <= TITLE_CHARACTERS_MAX);
                prop_assert!(text::count(&card.description) <= 4096);
                prop_assert!(text::count(&card.footer) <= 2048);
                prop_assert!(card.url.as_ref().is_none_or(|url| fits(url)));
                prop_assert!(card.author.as_ref().is_none_or(|author| !author.name.is_empty() && text::count(&author.name) <= 256));
                for (name, value) in &card.fields {
                    prop_assert!(!name.is_empty() && text::count(name) <= 256);
                    prop_assert!(!value.is_empty() && text::count(value) <= 1024);
                }
            }
        }
    }
}

fn golden() -> Vec<Article> {
    vec![
        article("plain", |article| {
            article.title = "What RFC 9110 says about safe methods".into();
            article.excerpt = Some("GET and HEAD are safe: the client asks for nothing to change.".into());
            article.provider = Some(
                Provider {
                    name: "RFC Editor".into(),
                    domain: Some("rfc-editor.org".into()),
                    icon: Some("https://example.com/icon.png".into()),
                    authors: Box::default(),
                }
                .into(),
            );
            article.heat = 73;
            article.quality = Some(63);
            article.kind = Some("article".into());
            article.category = Some("news".into());
            article.topics = ["The web".into(), "Open source".into()].into();
            article.published_at = "2026-05-26T09:00:00Z".parse().ok();
            article.picture = Some(Image {
                url: "https://example.com/picture.png".into(),
                attribution: Some("A. Painter".into()),
            });
        }),
        article("course", |article| {
            article.title = "A course".into();
            article.kind = Some("course".into());
            article.details = Some(Box::new(Details {
                length_seconds: Some(5_430),
                price: Some("Free".into()),
                levels: ["Beginner".into(), "Intermediate".into()].into(),
                rating: Some(Rating { average: "4.7".into(), count: Some(950) }),
                ..Details::default()
            }));
        }),
        article("hostile", |article| {
            article.title = "\u{202e}**@everyone** [win](https://evil.example) <@1>".into();
            article.excerpt = Some("# Big\n> quote `code` ||spoiler|| <t:0:R> https://evil.example".into());
            article.heat = -1;
            article.link = Some("https://example.com/a_(b)".into());
        }),
        article("invisible", |article| {
            article.title = "\u{200b}\u{3164}".into();
            article.link = None;
            article.heat = 3_694;
        }),
        article("same-address", |article| article.link = Some("https://example.com/a_(b)".into())),
    ]
}

/// The golden articles: the second one is covered by others, and the third one has no words for its title.
fn golden_cards(words: &Words) -> (Vec<Card>, Vec<Card>, Card) {
    let articles = golden();
    let mut stories: Vec<Story<'_>> = articles.iter().map(alone).collect();
    stories[1].others = vec![&articles[0]];
    let related_story = |title, link, quality| Related { title, link, quality, ..Related::default() };
    let related_stories = [
        related_story("Brackets ] ( in [a] title", Some("https://example.com/a_(b)"), Some(37)),
        related_story("No link", None, None),
        related_story("https://looks.like/a-link", Some("https://example.com/"), Some(-3)),
    ];
    let heading = say!(words, "related");
    let fulls = stories.iter().map(|story| full(words, story)).collect();
    (list(words, &stories), fulls, related(words, &related_stories, &heading))
}

#[test]
fn golden_cards_in_english_and_in_the_language_for_tests() {
    for (name, language) in [("english", Language::English), ("pseudo", Language::Pseudo)] {
        let (list, fulls, related) = golden_cards(Words::of(language));
        insta::assert_debug_snapshot!(format!("list_{name}"), list);
        insta::assert_debug_snapshot!(format!("full_{name}"), fulls);
        insta::assert_debug_snapshot!(format!("related_{name}"), related);
    }
}

/// What stands in the files of the golden articles, and what Markdown escapes of it.
const OF_FILES: [&str; 17] = [
    "What RFC 9110 says about safe methods",
    "GET and HEAD are safe\\: the client asks for nothing to change.",
    "RFC Editor",
    "article",
    "news",
    "The web, Open source",
    "A. Painter",
    "A course",
    "course",
    "Free",
    "Beginner, Intermediate",
    "**@everyone** \\[win\\]",
    "Title of same\\-address",
    "Brackets",
    "in \\[a\\] title",
    "No link",
    "example.com",
];

#[test]
fn all_words_of_cards_come_from_the_files_of_texts() {
    let (list, fulls, related) = golden_cards(Words::of(Language::Pseudo));
    for card in list.into_iter().chain(fulls).chain([related]) {
        let fields = card.fields.into_iter().flat_map(|(name, value)| [name, value]);
        let author = card.author.map(|author| author.name);
        let parts = [card.title, card.description, card.footer];
        for part in parts.into_iter().chain(author).chain(fields) {
            // The hostile article and addresses have words of their own.
            if !part.contains("evil") && !part.contains("https") {
                assert_eq!(untranslated(&part, &OF_FILES), Vec::<String>::new(), "{part}");
            }
        }
    }
}

#[test]
fn other_coverage_names_each_source_once() {
    let from = |id: &str, source: &str| {
        article(id, |article| {
            article.provider = Some(
                Provider { name: source.into(), domain: None, icon: None, authors: Box::default() }.into(),
            );
        })
    };
    let articles =
        [from("a", "Own"), from("b", "BBC"), from("c", "BBC"), from("d", "Own"), from("e", "The *Star*")];
    let story = Story { article: &articles[0], others: articles[1..].iter().collect() };
    assert_eq!(full(english(), &story).description, r"Also covered by BBC and The \*Star\*");
    assert_eq!(list(english(), &[story])[0].description, r"Also covered by BBC and The \*Star\*");
}

#[test]
fn what_runs_from_right_to_left_moves_nothing_beside_it() {
    let from = |id: &str, source: &str| {
        article(id, |article| {
            article.title = "קו הים".into();
            article.quality = Some(70);
            article.topics = ["Sea".into(), "ים".into()].into();
            let (name, authors) = (source.into(), Box::default());
            article.provider = Some(Provider { name, domain: None, icon: None, authors }.into());
        })
    };
    let articles = [from("a", "Own"), from("b", "עיתון"), from("c", "Star")];
    let story = Story { article: &articles[0], others: articles[1..].iter().collect() };
    let card = list(english(), std::slice::from_ref(&story)).remove(0);
    let shown = |text: &str| text.replace('\u{2068}', "<").replace('\u{2069}', ">");
    assert_eq!(shown(&card.footer), "<❄ 0 · quality 70 · Sea, ים>");
    // The outer marks are those of an argument, the inner ones those of an item of its list.
    assert_eq!(shown(&card.description), "Also covered by <<עיתון> and Star>");
    let coverage = other_coverage(english(), &story, 1_000).unwrap();
    assert_eq!(
        shown(&coverage.description),
        "• <[קו הים](https://example.com/b)> · <עיתון> · quality 70\n• <[קו הים](https://example.com/c)> · Star · quality 70"
    );
    // A title and an excerpt have lines of their own.
    assert_eq!(card.title, "קו הים");
}

#[test]
fn a_list_counts_the_authors_that_it_does_not_name() {
    let by = |authors: &[&str]| {
        let article = article("a", |article| {
            let authors = authors.iter().map(|&author| author.into()).collect();
            article.provider =
                Some(Provider { name: "arXiv".into(), domain: None, icon: None, authors }.into());
        });
        let story = alone(&article);
        let in_list = list(english(), std::slice::from_ref(&story)).remove(0);
        (in_list.author.unwrap().name, full(english(), &story).author.unwrap().name)
    };
    assert_eq!(by(&[]).0, "arXiv");
    assert_eq!(by(&["Ada", "Ben"]).0, "arXiv · Ada and Ben");
    let four = by(&["Ada", "Ben", "Cem", "Dee"]);
    assert_eq!(
        four,
        ("arXiv · Ada, Ben, and 2 more".to_owned(), "arXiv · Ada, Ben, Cem, and Dee".to_owned())
    );
}

#[test]
fn colours_warm_with_heat() {
    let colours: Vec<u32> = [-5, 0, 1, 19, 20, 49, 50, 150, 400, i64::MAX].map(colour_of_heat).into();
    assert_eq!(colours[0], colours[1]);
    assert_eq!(colours[2], colours[3]);
    assert_eq!(colours[4], colours[5]);
    let distinct: std::collections::HashSet<_> = colours.iter().collect();
    assert_eq!(distinct.len(), COLOURS_BY_HEAT.len());
}

fn fingerprint(change: impl FnOnce(&mut Article)) -> Fingerprint {
    let article = article("a", |article| {
        article.heat = 10;
        article.quality = Some(60);
        article.title = "Node.js: news".into();
        change(article);
    });
    Fingerprint::of(&alone(&article))
}

#[test]
fn a_fingerprint_tells_what_changed() {
    let first = fingerprint(|_| {});
    assert_eq!(first, fingerprint(|_| {}));
    for heat in [11, 0, -1, 500] {
        let other = fingerprint(|article| article.heat = heat);
        assert_eq!(first.without_heat, other.without_heat, "{heat}");
        assert_ne!(first.with_heat, other.with_heat, "{heat}");
    }
    let changes: [fn(&mut Article); 11] = [
        |article| article.title = "Other".into(),
        |article| article.quality = Some(61),
        |article| article.excerpt = Some("Words".into()),
        |article| article.kind = Some("Words".into()),
        |article| article.category = Some("Words".into()),
        |article| article.topics = ["Words".into()].into(),
        |article| article.link = Some("https://example.com/other".into()),
        |article| article.published_at = "2026-06-01T00:00:00Z".parse().ok(),
        |article| article.picture = Some(Image { url: "https://example.com/p".into(), attribution: None }),
        |article| {
            article.details = Some(Box::new(Details { price: Some("Free".into()), ..Details::default() }));
        },
        |article| {
            let authors = ["Ada".into()].into();
            article.provider =
                Some(Provider { name: "BBC".into(), domain: None, icon: None, authors }.into());
        },
    ];
    let mut known = std::collections::HashSet::from([first.without_heat]);
    for change in changes {
        assert!(known.insert(fingerprint(change).without_heat));
    }
}

#[test]
fn a_fingerprint_tells_who_else_covers_a_story() {
    let from = |id: &str, source: &str| {
        article(id, |article| {
            let (name, authors) = (source.into(), Box::default());
            article.provider = Some(Provider { name, domain: None, icon: None, authors }.into());
        })
    };
    let articles = [from("a", "Own"), from("b", "BBC"), from("c", "BBC"), from("d", "Star")];
    let of = |others: &[usize]| {
        let others = others.iter().map(|&at| &articles[at]).collect();
        Fingerprint::of(&Story { article: &articles[0], others })
    };
    assert_eq!(of(&[1]), of(&[1, 2]));
    assert_ne!(of(&[1]), of(&[1, 3]));
    assert_ne!(Fingerprint::of_message([of(&[1]), of(&[])]), Fingerprint::of_message([of(&[]), of(&[1])]));
}

#[test]
fn what_shows_nothing_is_no_change_of_an_article() {
    let first = fingerprint(|_| {});
    assert_eq!(first, fingerprint(|article| article.title = "Node.js:  \u{200b}news".into()));
    assert_ne!(first, fingerprint(|article| article.title = "Nodejs: news".into()));
}

/// Posts keep these numbers in the database. Another number edits every message of the last 14 days.
#[test]
fn a_fingerprint_is_the_same_in_every_version() {
    let of_all: Vec<Fingerprint> = golden().iter().map(|article| Fingerprint::of(&alone(article))).collect();
    insta::assert_debug_snapshot!((&of_all, Fingerprint::of_message(of_all.iter().copied())));
}

/// A card of an article whose every text is this.
fn all_saying(words: &str) -> Vec<Card> {
    let article = article("any", |article| {
        article.title = words.into();
        article.excerpt = Some(words.into());
        article.kind = Some(words.into());
        article.topics = [words.into()].into();
        article.picture =
            Some(Image { url: "https://example.com/p.png".into(), attribution: Some(words.into()) });
        article.provider = Some(
            Provider { name: words.into(), domain: None, icon: None, authors: [words.into()].into() }.into(),
        );
    });
    let other = article.clone();
    let mut stories = [Story { article: &article, others: Vec::new() }];
    let own = Article { provider: None, ..article.clone() };
    stories[0].others.push(&other);
    let covered = Story { article: &own, others: vec![&other] };
    let fulls = [full(english(), &stories[0]), full(english(), &covered)];
    list(english(), &stories).into_iter().chain(fulls).collect()
}

#[test]
fn no_part_of_a_card_mentions_or_links_to_what_its_article_says() {
    for live in ["<@1>", "@everyone", "https://evil.example", "discord.gg/evil", "discord.com/invite/evil"] {
        for card in all_saying(live) {
            let author = card.author.as_ref().map(|author| author.name.clone());
            let fields = card.fields.iter().map(|(_, value)| value.clone());
            let parts = [card.title, card.description, card.footer].into_iter().chain(author).chain(fields);
            for part in parts {
                // An escaped sign begins nothing.
                let live_left = part.replace(r"\@", "").contains(live);
                assert!(!live_left, "{part}");
            }
        }
    }
    for card in all_saying("evil.example") {
        let fields = card.fields.iter().map(|(_, value)| value);
        for rendered in [&card.title, &card.description].into_iter().chain(fields) {
            assert!(!rendered.contains("evil.example"), "{rendered}");
        }
    }
    let covered = all_saying("discord.gg/evil").pop();
    let words = covered.map(|card| card.description).unwrap_or_default();
    assert!(words.ends_with(r"Also covered by discord\.gg/evil"), "{words}");
}

#[test]
fn lengths_are_told_in_minutes_hours_or_days() {
    let cases = [
        (59, "1 min"),
        (3_600, "1 h"),
        (5_430, "1 h 31 min"),
        (47 * 3_600, "47 h"),
        (30 * 86_400, "30 days"),
    ];
    for (seconds, words) in cases {
        assert_eq!(length_in_words(english(), seconds), words);
    }
}
