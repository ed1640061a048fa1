//! Each kind of component: its ids are short, come back as they were, and differ from those of every other kind.

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::prelude::*;

use super::*;
use crate::article_key::ArticleKey;
use crate::delivery::record::DeliveryId;
use crate::delivery::record::PostKey;
use crate::discord::commands::article::ArticleMenu;
use crate::discord::commands::article::buttons::ShareArticle;
use crate::discord::commands::article::open::{FeedCardButton, FeedDigestMenu, post_key};
use crate::discord::commands::feed::list::{DeliveryDecision, FeedListPage, WithdrawalsDecision};
use crate::discord::commands::feed::post::PostNow;
use crate::discord::commands::feed::resume_button::ResumeFeed;
use crate::discord::commands::more_like_this::MoreLikeMenu;
use crate::discord::commands::news::NewsPage;
use crate::discord::commands::problems::{ProblemsPage, ShowProblems};
use crate::discord::commands::search::{SearchPage, WORDS_CHARACTERS_MAX};
use crate::discord::commands::topics::TopicMenu;
use crate::discord::commands::why::WhyPage;
use crate::discord::component::read;
use crate::discord::custom_id::{CHARACTERS_MAX, INDEX_MAX};
use crate::discord::reply::Audience;
use crate::feed::FeedId;
use crate::query::{Query, Since, Sort, Wanted};

/// The tag of a kind whose id fits and comes back.
fn tag_of<K: Kind + Debug + PartialEq>(kind: K) -> &'static str {
    let id = kind.id().to_string();
    assert!(id.chars().count() <= CHARACTERS_MAX, "{id}");
    assert_eq!(read::<K>(&id).as_ref(), Some(&kind), "{id}");
    assert!(components::find(&id).is_some_and(|(component, _)| component.tag == K::TAG), "{id}");
    K::TAG
}

fn tags(number: u64, page: usize, is_yes: bool, query: Query) -> Vec<&'static str> {
    let (key, article) = (PostKey(number), ArticleKey(number.rotate_left(7)));
    let audience = if is_yes { Audience::Everyone } else { Audience::AskerOnly };
    let feed = FeedId(number.cast_signed());
    vec![
        tag_of(NewsPage { query: query.clone(), page, slot: page % 25 }),
        tag_of(SearchPage {
            words: "é. "
                .repeat(WORDS_CHARACTERS_MAX)
                .chars()
                .take(page % (WORDS_CHARACTERS_MAX + 1))
                .collect(),
            query: Query { kind: None, sort: Sort::Heat, ..query },
            page,
            slot: page % 5,
        }),
        tag_of(TopicsPage { page }),
        tag_of(TopicMenu),
        tag_of(ArticleMenu),
        tag_of(RelatedPage { article, page, audience }),
        tag_of(ShareArticle { article }),
        tag_of(FeedCardButton { key, article }),
        tag_of(FeedDigestMenu { key }),
        tag_of(MoreLikeMenu),
        tag_of(ShowProblems),
        tag_of(ProblemsPage { page }),
        tag_of(FeedListPage { page }),
        tag_of(DeliveryDecision { delivery: DeliveryId(number.cast_signed()), is_resent: is_yes, page }),
        tag_of(WithdrawalsDecision { feed, are_done: is_yes, page }),
        tag_of(ResumeFeed { feed }),
        tag_of(PostNow { feed, article }),
        tag_of(WhyPage { article, page }),
    ]
}

fn any_query() -> impl Strategy<Value = Query> {
    let wanted = || proptest::option::of(any::<u64>().prop_map(Wanted::Hash));
    let since = proptest::option::of((0..Since::ALL.len()).prop_map(|at| Since::ALL[at]));
    let sort = (0..Sort::ALL.len()).prop_map(|at| Sort::ALL[at]);
    (wanted(), wanted(), wanted(), since, sort).prop_map(|(topic, kind, source, since, sort)| Query {
        topic,
        kind,
        source,
        since,
        sort,
    })
}

proptest! {
    #[test]
    fn ids_fit_and_come_back(
        number in any::<u64>(), page in 0..=INDEX_MAX, is_yes in any::<bool>(), query in any_query(),
    ) {
        let listed: Vec<&str> = components::COMPONENTS.iter().map(|component| component.tag).collect();
        prop_assert_eq!(tags(number, page, is_yes, query), listed, "a kind is missing here");
    }

    #[test]
    fn other_texts_are_refused_without_a_panic(text in r"(news1|open1|topics1|related1|feedcard1|feeddigest1|delivery1|x)?[.A-Za-z0-9_-]{0,100}") {
        fn check<K: Kind + Debug + PartialEq>(text: &str) {
            if let Some(kind) = read::<K>(text) {
                tag_of(kind);
            }
        }
        check::<NewsPage>(&text);
        check::<TopicsPage>(&text);
        check::<ArticleMenu>(&text);
        check::<RelatedPage>(&text);
        check::<FeedCardButton>(&text);
        check::<FeedDigestMenu>(&text);
        check::<DeliveryDecision>(&text);
    }
}

#[test]
fn each_kind_has_a_tag_of_its_own_with_a_version() {
    let tags: BTreeSet<&str> = components::COMPONENTS.iter().map(|component| component.tag).collect();
    assert_eq!(tags.len(), components::COMPONENTS.len());
    for tag in tags {
        assert!(tag.ends_with(|last: char| last.is_ascii_digit()), "{tag}");
    }
}

#[test]
fn a_feeds_message_is_known_by_its_key() {
    assert_eq!(
        post_key(&FeedCardButton { key: PostKey(7), article: ArticleKey(8) }.id().to_string()),
        Some(PostKey(7))
    );
    assert_eq!(post_key(&FeedDigestMenu { key: PostKey(7) }.id().to_string()), Some(PostKey(7)));
    assert_eq!(
        post_key(
            &RelatedPage { article: ArticleKey(7), page: 0, audience: Audience::Everyone }.id().to_string()
        ),
        None
    );
}
