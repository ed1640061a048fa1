//! Which rule holds an article back, and that exactly those pass which nothing holds back.

use super::*;
use article_format::Provider;
use article_format::fixture::article;
use proptest::prelude::*;

const NOW: &str = "2026-06-10T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn rules(change: impl FnOnce(&mut Rules)) -> Rules {
    let mut rules = Rules { quality_min: 60, max_age_days: 7, ..Rules::default() };
    change(&mut rules);
    rules
}

fn good(change: impl FnOnce(&mut Article)) -> Article {
    article("a", |article| {
        article.quality = Some(60);
        article.heat = 10;
        article.published_at = "2026-06-03T12:00:00Z".parse().ok();
        article.kind = Some("Article".into());
        article.topics = ["Rust".into()].into();
        change(article);
    })
}

fn check(rules: &Rules, article: Article, expected: Option<Hold>) {
    let collection = Collection::new(vec![article], &[], Vec::new());
    let applied = rules.applied_to(&collection);
    assert_eq!(applied.hold(Position::new(0), now()), expected);
    assert_eq!(applied.passing(now()).is_empty(), expected.is_some());
}

#[test]
fn each_rule_holds_back_what_does_not_meet_it() {
    let plain = rules(|_| {});
    check(&plain, good(|_| {}), None);
    check(&plain, good(|article| article.is_published = false), Some(Hold::Unpublished));
    check(&plain, good(|article| article.is_removed = true), Some(Hold::Removed));
    check(&plain, good(|article| article.link = None), Some(Hold::NoLink));
    check(&plain, good(|article| article.is_draft = true), Some(Hold::Draft));
    check(&plain, good(|article| article.is_announced = false), Some(Hold::NotAnnounced));
    let link_of = |characters: usize| format!("https://example.com/{:a<1$}", "", characters - 20);
    check(&plain, good(|article| article.link = Some(link_of(2048).into())), None);
    check(&plain, good(|article| article.link = Some(link_of(2049).into())), Some(Hold::LinkTooLong));
    let tomorrow: Timestamp = "2026-06-11T12:00:00Z".parse().unwrap();
    check(&plain, good(|article| article.published_at = Some(tomorrow)), Some(Hold::NotYet(tomorrow)));
    check(&plain, good(|article| article.published_at = None), Some(Hold::Undated));
    let published_at: Timestamp = "2026-06-03T11:59:59Z".parse().unwrap();
    check(
        &plain,
        good(|article| article.published_at = Some(published_at)),
        Some(Hold::TooOld { published_at }),
    );
    let quality = |quality| Some(Hold::Quality { quality, quality_min: 60 });
    check(&plain, good(|article| article.quality = Some(59)), quality(Some(59)));
    check(&plain, good(|article| article.quality = None), quality(None));
}

#[test]
fn rules_that_a_feed_does_not_set_hold_back_nothing() {
    let open = rules(|rules| {
        rules.quality_min = 0;
        rules.max_age_days = 0;
    });
    check(&open, good(|article| article.quality = None), None);
    check(&open, good(|article| article.published_at = None), None);
    check(&open, good(|article| article.published_at = "1999-01-01T00:00:00Z".parse().ok()), None);
    check(&open, good(|article| article.kind = None), None);
}

#[test]
fn topic_type_and_heat_are_rules_too() {
    let topic = |name: &str| rules(|rules| rules.topic = Some(name.into()));
    check(&topic("rust"), good(|_| {}), None);
    check(&topic("Go"), good(|_| {}), Some(Hold::UnknownTopic));
    check(
        &topic("Rust"),
        good(|article| article.quality = None),
        Some(Hold::Quality { quality: None, quality_min: 60 }),
    );
    let collection = Collection::new(
        vec![good(|_| {}), article("b", |article| article.topics = ["Go".into()].into())],
        &[],
        Vec::new(),
    );
    let go = topic("Go");
    assert_eq!(go.applied_to(&collection).hold(Position::new(0), now()), Some(Hold::OtherTopic));
    let kind = |name: &str| rules(|rules| rules.kind = Some(name.into()));
    check(&kind("article"), good(|_| {}), None);
    check(&kind("video"), good(|_| {}), Some(Hold::OtherKind));
    check(&kind("video"), good(|article| article.kind = None), Some(Hold::OtherKind));
    let hot = rules(|rules| rules.heat_min = Some(11));
    check(&hot, good(|_| {}), Some(Hold::Heat { heat: 10, heat_min: 11 }));
    check(&hot, good(|article| article.heat = 11), None);
}

#[test]
fn a_source_and_words_are_rules_too() {
    let told = |source: Option<&str>, title: &str, excerpt: &str| {
        good(|article| {
            article.provider = source.map(|source| std::sync::Arc::new(Provider::named(source)));
            (article.title, article.excerpt) = (title.into(), Some(excerpt.into()));
        })
    };
    let source = rules(|rules| rules.source = Some("the daily".into()));
    check(&source, told(Some("The Daily"), "", ""), None);
    check(&source, told(Some("Another"), "", ""), Some(Hold::OtherSource));
    check(&source, told(None, "", ""), Some(Hold::OtherSource));
    let phrases = |text: &str| Phrases::parse(text).unwrap();
    let both = rules(|rules| {
        rules.words = phrases("Rust, machine learning");
        rules.without = phrases("Crypto, job");
    });
    check(&both, told(None, "On rust", ""), None);
    check(&both, told(None, "News", "What MACHINE-LEARNING does"), None);
    check(&both, told(None, "On Go", "Trust me"), Some(Hold::NoWord));
    check(&both, told(None, "Rust at work", "A job"), Some(Hold::ExcludedWord("job".into())));
    check(&rules(|rules| rules.without = phrases("Crypto")), told(None, "Cryptography", ""), None);
}

#[test]
fn only_what_no_other_rule_holds_back_outgrows_the_age_limit() {
    let told = good(|article| {
        article.title = "On rust".into();
        article.published_at = Some(now() - SignedDuration::from_hours(24 * 7 + 1));
    });
    let collection = Collection::new(vec![told], &[], Vec::new());
    let before = now() - SignedDuration::from_hours(2);
    let is_outgrown = |change: &dyn Fn(&mut Rules)| {
        let rules = rules(|rules| change(rules));
        rules.applied_to(&collection).is_outgrown(Position::new(0), before, now())
    };
    let phrases = |text: &str| Phrases::parse(text).unwrap();
    assert!(is_outgrown(&|_| {}));
    assert!(is_outgrown(&|rules| rules.words = phrases("rust")));
    assert!(!is_outgrown(&|rules| rules.words = phrases("go")));
    assert!(!is_outgrown(&|rules| rules.without = phrases("rust")));
    assert!(!is_outgrown(&|rules| rules.source = Some("The Source".into())));
    assert!(!is_outgrown(&|rules| rules.quality_min = 61));
}

proptest! {
    #[test]
    fn exactly_those_pass_that_nothing_holds_back(
        articles in proptest::collection::vec(
            (0..4_i64, 0..4_i64, 0..4_i64, 0..3_usize, 0..3_usize, any::<[bool; 4]>()), 0..20),
        topic in proptest::option::of(0..3_usize),
        kind in proptest::option::of(0..3_usize),
        source in proptest::option::of(0..3_usize),
        (words, without) in (proptest::option::of(0..3_usize), proptest::option::of(0..3_usize)),
        numbers in (0..4_i64, proptest::option::of(0..4_i64), 0..3_u16),
    ) {
        let names = ["Rust", "Go", "Zig"];
        let made = articles.iter().enumerate().map(|(number, (quality, heat, days, topic, kind, flags))| {
            article(&number.to_string(), |article| {
                article.quality = flags[0].then_some(*quality);
                article.heat = *heat;
                article.published_at = flags[1].then(|| now() - SignedDuration::from_hours(24 * days - 1));
                article.topics = [names[*topic].into()].into();
                article.kind = Some(names[*kind].into());
                article.provider = Some(std::sync::Arc::new(Provider::named(names[*topic])));
                article.title = format!("On {} and {}", names[*topic], names[*kind]).into();
                article.is_published = flags[2] || flags[3];
                if !flags[3] { article.link = article.link.take().filter(|_| flags[0]); }
            })
        });
        let collection = Collection::new(made.collect(), &[], Vec::new());
        let phrases =
            |word: Option<usize>| word.map(|word| Phrases::parse(names[word]).unwrap()).unwrap_or_default();
        let rules = Rules {
            topic: topic.map(|topic| names[topic].into()),
            kind: kind.map(|kind| names[kind].into()),
            quality_min: numbers.0,
            heat_min: numbers.1,
            max_age_days: numbers.2,
            source: source.map(|source| names[source].into()),
            words: phrases(words),
            without: phrases(without),
        };
        let applied = rules.applied_to(&collection);
        let expected: Vec<Position> =
            Position::all(articles.len()).filter(|&position| applied.hold(position, now()).is_none()).collect();
        prop_assert_eq!(applied.passing(now()), expected);
    }
}
