//! What holds for stories whatever the articles are.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::collection::Position;
use crate::collection::contract_order::order;
use article_format::fixture::article;

const WORDS: [&str; 9] = ["harbour", "museum", "opens", "new", "bridge", "river", "not", "sues", "2026"];

/// What an article of a test says, each part drawn from few, so that many titles are nearly equal.
#[derive(Debug, Clone)]
struct Said {
    words: Vec<usize>,
    excerpt: Vec<usize>,
    provider: usize,
    hour: Option<i64>,
    address: Option<u64>,
}

prop_compose! {
    fn said()(
        words in proptest::collection::vec(0..WORDS.len(), 4..8), excerpt in proptest::collection::vec(0..WORDS.len(), 0..8),
        provider in 0_usize..4, hour in proptest::option::weighted(0.9, 0_i64..150), address in proptest::option::weighted(0.2, 0_u64..6),
    ) -> Said {
        Said { words, excerpt, provider, hour, address }
    }
}

fn made(number: usize, said: &Said) -> Arc<Article> {
    let text = |words: &[usize]| words.iter().map(|&word| WORDS[word]).collect::<Vec<_>>().join(" ");
    Arc::new(article(&format!("a{number}"), |article| {
        article.title = text(&said.words).into();
        article.excerpt = (!said.excerpt.is_empty()).then(|| text(&said.excerpt).into());
        article.link = Some(format!("https://{}.example/{number}", said.provider).into());
        article.published_at = said.hour.and_then(|hour| Timestamp::from_second(hour * 3_600).ok());
        article.addresses = said.address.into_iter().collect();
    }))
}

fn headline_of(title: &str) -> Option<headline::Headline> {
    headline::Headline::of(title, &title_identity(title))
}

/// Articles before a change; the change writes some, which come or change, and deletes some.
fn after_change(
    before: &[Arc<Article>],
    stories: &Stories,
    written: Vec<Arc<Article>>,
    deleted: &[usize],
) -> (Vec<Arc<Article>>, Stories) {
    let mut come: Vec<Arc<Article>> = Vec::new();
    for article in written {
        come.retain(|other| other.id != article.id);
        come.push(article);
    }
    come.sort_by(|one, other| order(one, other));
    let is_gone = |article: &Article| {
        deleted.iter().any(|number| article.id.as_str() == format!("a{number}"))
            || come.iter().any(|other| other.id == article.id)
    };
    let gone = Position::all(before.len())
        .zip(before)
        .filter(|(_, article)| is_gone(article))
        .map(|(position, _)| position);
    let gone: Vec<Position> = gone.collect();
    let (map, after) = PositionMap::of(before, &gone, come);
    let stories = stories.changed(&map, before, &after);
    (after, stories)
}

/// The ids of each story.
fn stories_by_id(articles: &[Arc<Article>]) -> BTreeSet<BTreeSet<String>> {
    let stories = Stories::new(articles);
    let story = |at: Position| {
        std::iter::once(at)
            .chain(stories.others(at))
            .map(|at| at.of(articles).unwrap().id.to_string())
            .collect()
    };
    Position::all(articles.len()).map(story).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_of_files_does_not_matter(
        (said, order) in proptest::collection::vec(said(), 1..25)
            .prop_flat_map(|said| { let count = said.len(); (Just(said), Just((0..count).collect::<Vec<_>>()).prop_shuffle()) })
    ) {
        let articles: Vec<_> = said.iter().enumerate().map(|(number, said)| made(number, said)).collect();
        let shuffled: Vec<_> = order.iter().map(|&at| Arc::clone(&articles[at])).collect();
        prop_assert_eq!(stories_by_id(&articles), stories_by_id(&shuffled));
    }

    /// Articles without an address join only the oldest of a story, and only as another provider within three days.
    #[test]
    fn a_title_joins_other_providers_within_three_days(said in proptest::collection::vec(said(), 1..25)) {
        let said = said.into_iter().map(|said| Said { address: None, ..said });
        let articles: Vec<_> = said.enumerate().map(|(number, said)| made(number, &said)).collect();
        let stories = Stories::new(&articles);
        let article = |at: Position| &**at.of(&articles).unwrap();
        for at in Position::all(articles.len()) {
            let members: Vec<Position> = std::iter::once(at).chain(stories.others(at)).collect();
            let oldest = members.iter().copied().map(|at| (article(at).published_at, &article(at).id, at)).min().unwrap().2;
            for other in members.iter().copied().filter(|&other| other != oldest) {
                let (first, joined) = (article(oldest), article(other));
                let apart = joined.published_at.unwrap().duration_since(first.published_at.unwrap());
                prop_assert!(apart <= SAME_TITLE_WITHIN);
                prop_assert_ne!(provider_of(first), provider_of(joined));
                prop_assert!(matches!(stories.reason(&articles, oldest, other), Some(JoinedBy::EqualTitle | JoinedBy::NearTitle(_))));
            }
        }
    }

    /// Gathering again what a change touches gives the same stories as gathering all anew.
    #[test]
    fn stories_after_a_change_are_those_made_anew(
        steps in proptest::collection::vec(
            (
                proptest::collection::vec((0_usize..40, said(), 0_i64..3), 0..12),
                proptest::collection::vec(0_usize..40, 0..4),
            ),
            1..8,
        )
    ) {
        let (mut articles, mut stories) = (Vec::new(), Stories::default());
        for (written, deleted) in steps {
            let written = written.iter().map(|(number, said, heat)| {
                let mut article = Arc::unwrap_or_clone(made(*number, said));
                article.heat = *heat;
                Arc::new(article)
            });
            (articles, stories) = after_change(&articles, &stories, written.collect(), &deleted);
            prop_assert_eq!(&stories, &Stories::new(&articles));
        }
    }

    /// Whatever texts say, comparing them is the same from both sides.
    #[test]
    fn likeness_has_no_direction(one in "\\PC{0,80}", other in "\\PC{0,80}") {
        if let (Some(left), Some(right)) = (headline_of(&one), headline_of(&other)) {
            let (left_excerpt, right_excerpt) = (headline::meanings_of_excerpt(&other), headline::meanings_of_excerpt(&one));
            let left = likeness::Told { headline: &left, excerpt: &left_excerpt };
            let right = likeness::Told { headline: &right, excerpt: &right_excerpt };
            prop_assert_eq!(likeness::likeness(left, right), likeness::likeness(right, left));
        }
    }
}
