//! `/why`: what the answer says, and which article is meant. `languages` shows every fate.

use super::languages::{LANGUAGES, check_but_for, shown};
use super::worker::{
    World, ask, data, details, feed, longest_refusal, moderator, offered, press, refused, report, with_world,
};
use super::*;
use crate::article_key::ArticleKey;
use crate::card::text;
use crate::delivery::desk::Explanation;
use crate::delivery::reason::{DeliveryReason, FollowUpRefusal, WithdrawalCause};
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::delivery::wait::{Wait, WaitReason};
use crate::discord::commands::why::WhyPage;
use crate::discord::reply::CONTENT_CHARACTERS_MAX;
use crate::feed::{Feed, FeedId, Hold};
use crate::ids::MessageId;
use article_format::stable_hash64;

async fn why(article: &str, state: &State) -> Reply {
    ask(data("why", None, &json!({ "article": article }), None), ChannelLookup::Gone, state).await
}

pub(super) fn each_explanation() -> Vec<Explanation> {
    let at = "2026-06-15T13:00:00Z".parse().unwrap();
    let recorded = |(id, state)| {
        let message = (state != DeliveryState::Failed).then_some(MessageId(900));
        Explanation::Recorded(DeliveryDetails {
            message,
            feed: FeedId(id),
            ..details(1, state, "Kept title")
        })
    };
    let in_forum = DeliveryDetails {
        feed: FeedId(2),
        article_id: "ai-2".into(),
        thread: Some(ChannelId(700)),
        message: Some(MessageId(701)),
        reason: Some(DeliveryReason::FollowUpRefused(FollowUpRefusal::ThreadsForbidden)),
        ..details(1, DeliveryState::Sent, "Kept title")
    };
    let wait = Some(Wait { until: at, reason: WaitReason::FullHour });
    let mut each_explanation: Vec<Explanation> = (1..).zip(DeliveryState::ALL).map(recorded).collect();
    each_explanation.extend([
        Explanation::Recorded(in_forum),
        Explanation::Due { before: 0, wait: None },
        Explanation::Due { before: 2, wait },
        Explanation::Paused,
        Explanation::NotBegun,
        Explanation::ReportedBy("news/other_story".into()),
    ]);
    each_explanation.extend(
        [
            Hold::Unpublished,
            Hold::Removed,
            Hold::Draft,
            Hold::LinkTooLong,
            Hold::NotAnnounced,
            Hold::NotYet(at),
            Hold::NoLink,
            Hold::UnknownTopic,
            Hold::OtherTopic,
            Hold::OtherKind,
            Hold::Quality { quality: Some(45), quality_min: 60 },
            Hold::Quality { quality: None, quality_min: 60 },
            Hold::Heat { heat: 3, heat_min: 10 },
            Hold::Undated,
            Hold::TooOld { published_at: at },
        ]
        .map(Explanation::Held),
    );
    let stands = DeliveryDetails {
        feed: FeedId(i64::try_from(each_explanation.len()).unwrap() + 1),
        message: Some(MessageId(900)),
        reason: Some(DeliveryReason::WithdrawalRefused(refused())),
        ..details(1, DeliveryState::Failed, "Kept title")
    };
    each_explanation.push(Explanation::Recorded(stands));
    for fate in [Explanation::Withheld, Explanation::Kept] {
        let feed = FeedId(i64::try_from(each_explanation.len()).unwrap() + 1);
        each_explanation.push(fate(DeliveryDetails {
            feed,
            message: Some(MessageId(900)),
            ..details(1, DeliveryState::Sent, "Kept title")
        }));
    }
    each_explanation.extend([true, false].map(|posts| Explanation::DueThrough { feed: FeedId(7), posts }));
    each_explanation
}

pub(super) fn explanations(each_explanation: Vec<Explanation>) -> Vec<(Feed, Explanation)> {
    let on_rust = |settings: &mut crate::feed::FeedSettings| {
        settings.rules.topic = Some("Rust*".into());
        settings.rules.kind = Some("course".into());
    };
    (1..).zip(each_explanation).map(|(id, fate)| (feed(id, on_rust), fate)).collect()
}

/// The explanation of an article whose story was withdrawn for a reason, whether members see the article now or not.
async fn taken_back(cause: WithdrawalCause, told_by: &str, is_published: bool) -> String {
    let mut all = articles();
    all.push(article("back/again", |article| article.is_published = is_published));
    let row = DeliveryDetails {
        reason: Some(DeliveryReason::Withdrawn(cause)),
        article_id: told_by.into(),
        ..details(1, DeliveryState::Withdrawn, "Kept title")
    };
    let explanations = vec![(feed(1, |_| ()), Explanation::Recorded(row))];
    let (state, _) = with_world(all, World { explanations, ..World::default() });
    why("back/again", &state).await.content
}

#[tokio::test]
async fn why_a_story_was_taken_back_is_told_as_what_was_then() {
    let stays = "The bot does not post a withdrawn article again automatically.";
    for (cause, then) in [
        (WithdrawalCause::FileHides, "Its file said that the article was unpublished, removed, or a draft."),
        (WithdrawalCause::FileGone, "Its file was gone."),
    ] {
        let hidden = taken_back(cause, "back/again", false).await;
        assert!(hidden.ends_with(&format!("R>. {then} {stays}")), "{hidden}");
        let shown = taken_back(cause, "back/again", true).await;
        assert!(shown.ends_with(&format!("{then} Members can see the article again. {stays}")), "{shown}");
        // Nothing is known here about the file of the other article.
        let another = taken_back(cause, "other/one", true).await;
        assert!(another.contains(then) && !another.contains("see the article again"), "{another}");
    }
    let deleted = taken_back(WithdrawalCause::MessageDeleted, "back/again", true).await;
    assert!(deleted.ends_with(&format!("Somebody deleted the message in Discord. {stays}")), "{deleted}");
}

#[tokio::test]
async fn the_list_is_named_only_for_rows_that_it_has() {
    for (of, is_named) in [(1, true), (2, false)] {
        for state in [DeliveryState::Failed, DeliveryState::Unknown] {
            let row = DeliveryDetails { feed: FeedId(of), ..details(1, state, "Kept title") };
            let explanations = vec![(feed(1, |_| ()), Explanation::Recorded(row))];
            let (state, _) = with_world(articles(), World { explanations, ..World::default() });
            let shown = why("ai-1", &state).await.content;
            assert_eq!(shown.contains("`/feed list`"), is_named, "feed 2 may have been removed: {shown}");
        }
    }
}

#[tokio::test]
async fn the_longest_explanations_fit_into_a_message() {
    let long = DeliveryDetails {
        reason: Some(DeliveryReason::PostRefused(longest_refusal())),
        ..details(1, DeliveryState::Failed, &"*Title* ".repeat(60))
    };
    let explanation = |id| {
        let feed = Feed { channel: ChannelId(u64::MAX), ..feed(id, |_| ()) };
        (feed, Explanation::Recorded(long.clone()))
    };
    let explanations = (i64::MAX - 24..=i64::MAX).map(explanation).collect();
    let (state, _) = with_world(Vec::new(), World { explanations, ..World::default() });
    let shown = why("gone/article", &state).await;
    assert!(text::count(&shown.content) <= CONTENT_CHARACTERS_MAX, "{}", text::count(&shown.content));
    assert!(shown.content.contains("Page 1 of "));
}

#[tokio::test]
async fn hidden_and_unloaded_articles_are_explained_too() {
    let mut all = articles();
    all.push(article("hidden/draft", |article| {
        article.title = "A draft nobody sees".into();
        article.is_published = false;
    }));
    let world = World {
        reports: vec![report(feed(1, |_| ()))],
        explanations: explanations(vec![Explanation::Held(Hold::Unpublished)]),
        ..World::default()
    };
    let (state, world) = with_world(all, world);
    let typing = data("why", None, &json!({ "article": "draft nobody" }), Some("article"));
    let choices = offered(moderator(), typing, &state).await;
    assert_eq!(choices.len(), 1);
    let mut member = moderator();
    member.member.as_mut().unwrap().permissions = 0;
    let typing = data("why", None, &json!({ "article": "draft nobody" }), Some("article"));
    assert!(offered(member, typing, &state).await.is_empty());
    let asked = |id: &str| format!("why {}", stable_hash64(id));
    for typed in [choices[0].1.as_str(), "draft nobody", "hidden/draft", " hidden/draft.md"] {
        let shown = why(typed, &state).await;
        assert!(shown.content.starts_with("**A draft nobody sees**\n"), "{}", shown.content);
        assert_eq!(world.lock().unwrap().done.pop(), Some(asked("hidden/draft")));
    }
    // The ledger alone knows this one.
    world.lock().unwrap().explanations =
        vec![(feed(1, |_| ()), Explanation::Recorded(details(1, DeliveryState::Withdrawn, "Kept *title*")))];
    let gone = why("gone/article", &state).await;
    assert!(
        gone.content.starts_with(r"**Kept \*title\*** is not among the articles any more."),
        "{}",
        gone.content
    );
    assert_eq!(world.lock().unwrap().done.pop(), Some(asked("gone/article")));
}

#[tokio::test]
async fn what_nobody_knows_is_told_in_words() {
    let (state, _) = with_world(articles(), World::default());
    assert!(why("no *such* words", &state).await.content.contains(r"“no \*such\* words”"));
    assert!(why("ai-1", &state).await.content.contains("no feeds yet"));
    let gone = WhyPage { article: ArticleKey(5), page: 0 }.id();
    let Answer::Update(words) = press(&gone, &state).await else { panic!() };
    assert!(words.content.contains("not in the collection any more"), "{}", words.content);
}

/// An article of a story, from a host.
fn told_by(id: &str, host: &str, title: &str, change: impl FnOnce(&mut Article)) -> Article {
    article(id, |article| {
        article.title = title.into();
        article.published_at = "2026-06-14T12:00:00Z".parse().ok();
        article.link = Some(format!("https://{host}/{id}").into());
        article.addresses = [stable_hash64(id)].into();
        change(article);
    })
}

#[tokio::test]
async fn why_articles_tell_one_story_is_told_in_the_readers_language() {
    const TITLE: &str = "The harbour town opens a new library beside the old lighthouse";
    let near = "Harbour town opens its new library and reading room beside the old lighthouse";
    let shares_address = |article: &mut Article| article.addresses = [1, stable_hash64("by-address")].into();
    let all = vec![
        told_by("first", "first.example", TITLE, |article| {
            article.published_at = "2026-06-13T12:00:00Z".parse().ok();
            article.addresses = [1].into();
            article.excerpt = Some("It has a reading room.".into());
        }),
        told_by("equal", "equal.example", TITLE, |_| ()),
        told_by("near", "near.example", near, |_| ()),
        told_by("by-address", "address.example", "Something else", shares_address),
        told_by("connected", "connected.example", "A third thing", |article| {
            article.addresses = [stable_hash64("by-address")].into();
        }),
        told_by("alone", "alone.example", "Nothing of that", |_| ()),
    ];
    for (name, locale) in LANGUAGES {
        let mut answers = Vec::new();
        for asked in ["first", "equal", "near", "connected", "alone"] {
            let world = World { explanations: explanations(vec![Explanation::Paused]), ..World::default() };
            let (state, _) = with_world(all.clone(), world);
            let mut pressed = pressed(moderator(), &state);
            pressed.invocation.words = Words::of_locale(locale);
            let page = WhyPage { article: ArticleKey::of(asked), page: 0 }.id();
            let Answer::Update(reply) = use_component(&page, &pressed, GuildCommandSettings::default()).await
            else {
                panic!()
            };
            check_but_for(
                locale,
                &reply,
                &[
                    TITLE,
                    near,
                    "Something else",
                    "A third thing",
                    "Nothing of that",
                    "example",
                    "first",
                    "equal",
                    "near",
                    "address",
                    "connected",
                ],
            );
            answers.push(shown(&reply));
        }
        insta::assert_snapshot!(format!("why_story_{name}"), answers.join("\n\n"));
    }
    let (state, _) = with_world(all, World::default());
    let without_feeds = why("first", &state).await.content;
    assert!(
        without_feeds.contains("no feeds yet") && without_feeds.contains("the same story as"),
        "{without_feeds}"
    );
}

#[tokio::test]
async fn a_story_of_long_titles_leaves_room_for_the_longest_verdict() {
    let long = "*Title* of a story ".repeat(20);
    let all = (0..30).map(|number| {
        told_by(
            &format!("a/{number}"),
            &format!("{number}-{}.example", "host".repeat(20)),
            &long,
            |article| {
                article.addresses = [1].into();
            },
        )
    });
    let row = DeliveryDetails {
        reason: Some(DeliveryReason::PostRefused(longest_refusal())),
        ..details(1, DeliveryState::Failed, &long)
    };
    let explanation = |id| {
        let feed = Feed { channel: ChannelId(u64::MAX), ..feed(id, |_| ()) };
        (feed, Explanation::Recorded(row.clone()))
    };
    let explanations = (i64::MAX - 24..=i64::MAX).map(explanation).collect();
    let (state, _) = with_world(all.collect(), World { explanations, ..World::default() });
    let shown = why("a/1", &state).await.content;
    assert!(text::count(&shown) <= CONTENT_CHARACTERS_MAX, "{}", text::count(&shown));
    assert!(shown.contains("and 26 more") && shown.contains("• Feed"), "{shown}");
}
