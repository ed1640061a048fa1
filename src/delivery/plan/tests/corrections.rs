//! Edits in place, their pauses and their end; threads and crossposts.

use super::*;

type Alter = fn(&mut Article);
type PostChange = fn(&mut Post);
const WORDS: Alter = |article| article.excerpt = Some("Corrected".into());
const HEAT: Alter = |article| article.heat = 500;

/// A post of `a` of some age, whose article changed since.
fn corrected(age: i64, change: Alter, of_post: impl FnOnce(&mut Post)) -> Scene {
    let mut scene = Scene::new(vec![story("a", 1, |_| {})]);
    scene.sent(1, &["a"], |post| {
        (post.first_tried_at, post.sent_at) = (ago(age), Some(ago(age)));
        of_post(post);
    });
    change(scene.article("a"));
    scene
}

#[test]
fn each_kind_of_change_has_its_pause() {
    let published = |post: &mut Post| post.crosspost = FollowUp::Done;
    let plain = |_: &mut Post| {};
    let cases: [(&str, Alter, PostChange, i64); 4] = [
        ("words", WORDS, plain, 10),
        ("heat alone", HEAT, plain, HOUR),
        ("words of a published message", WORDS, published, 20 * 60),
        ("heat of a published message", HEAT, published, HOUR),
    ];
    for (what, change, of_post, pause) in cases {
        assert_eq!(corrected(pause, change, of_post).step(), "edits a", "{what}");
        let early = corrected(pause - 1, change, of_post);
        assert_eq!((early.step(), early.plan().again_at), ("nothing".to_owned(), Some(ago(-1))), "{what}");
        // The pause counts from the last edit.
        let edited = corrected(2 * DAY, change, |post| {
            of_post(post);
            post.edited_at = Some(ago(pause - 1));
        });
        assert_eq!(edited.step(), "nothing", "{what}");
    }
    assert_eq!(corrected(HOUR, |_| {}, |_| {}).step(), "nothing", "nothing changed");
}

#[test]
fn cards_are_corrected_for_fourteen_days_to_the_second() {
    for (age, expected) in [(14 * DAY, "edits a"), (14 * DAY + 1, "nothing")] {
        assert_eq!(corrected(age, WORDS, |_| {}).step(), expected, "{age}");
    }
}

#[test]
fn who_is_corrected_follows_the_feed() {
    for (status, expected) in [
        (FeedStatus::Active, "edits a"),
        (FeedStatus::PausedByModerator, "edits a"),
        (FeedStatus::Paused(PauseReason::ChannelHidden), "nothing"),
        (FeedStatus::PausedByBoth(PauseReason::ChannelHidden), "nothing"),
        (left(), "nothing"),
    ] {
        let mut scene = corrected(HOUR, WORDS, |_| {});
        scene.feed().status = status;
        assert_eq!(scene.step(), expected);
    }
    let mut removed = corrected(HOUR, WORDS, |_| {});
    removed.feeds.clear();
    assert_eq!(removed.step(), "nothing", "a removed feed's messages stay as they are");
}

#[test]
fn a_story_whose_article_goes_is_told_by_another_that_tells_it() {
    let same = |article: &mut Article| article.addresses = identities(["https://example.com/same"]);
    let mut scene = Scene::new(vec![story("a", 9, same), story("b", 5, same), story("c", 1, |_| {})]);
    scene.row("c", DeliveryState::Baseline, None);
    scene.sent(1, &["a"], |_| {});
    // `b` shares an address with the row.
    scene.rows.enter(Delivery { id: DeliveryId(2), ..scene.rows.delivery(DeliveryId(2)).unwrap().clone() });
    let changes = scene.changes();
    assert!(
        matches!(&changes[..], [Change::Widen { .. }]),
        "the other's id and title are noted: {changes:?}"
    );
    for change in [
        |scene: &mut Scene| scene.remove("a"),
        |scene: &mut Scene| scene.article("a").is_removed = true,
        |scene: &mut Scene| {
            scene.remove("a");
            scene.unreadable = vec!["a"];
        },
    ] {
        let mut scene = Scene::new(vec![story("a", 9, same), story("b", 5, same)]);
        scene.sent(1, &["a"], |_| {});
        let mut row = scene.rows.delivery(DeliveryId(1)).unwrap().clone();
        row.widen(&[Identity::of(&scene.articles[1])]);
        scene.rows.enter(row);
        assert_eq!(scene.step(), "nothing");
        change(&mut scene);
        assert_eq!(scene.step(), "edits b");
    }
}

#[test]
fn what_nobody_can_show_for_certain_stays_as_it_is() {
    let unreadable = |scene: &mut Scene| {
        scene.remove("a");
        scene.unreadable = vec!["a"];
    };
    let dated_ahead = |scene: &mut Scene| scene.article("a").published_at = Some(ago(-HOUR));
    for change in [unreadable, dated_ahead] {
        let mut scene = corrected(HOUR, |_| {}, |_| {});
        change(&mut scene);
        assert_eq!((scene.step(), scene.plan().doubtful), ("nothing".to_owned(), vec![]));
    }
    // A digest is edited only when all its cards can be made.
    let mut digest = Scene::new(vec![story("a", 2, |_| {}), story("b", 1, |_| {})]);
    digest.sent(1, &["a", "b"], |_| {});
    WORDS(digest.article("b"));
    assert_eq!(digest.step(), "edits a b");
    digest.remove("a");
    digest.unreadable = vec!["a"];
    assert_eq!(digest.step(), "nothing");
}

#[test]
fn what_follows_a_post_is_done_while_it_stands() {
    let due = |post: &mut Post| (post.discussion, post.crosspost) = (FollowUp::Due, FollowUp::Due);
    let mut scene = Scene::new(vec![story("a", 1, |_| {})]);
    scene.sent(1, &["a"], due);
    assert_eq!(scene.step(), "opens a thread");
    let wait = Wait { until: ago(-60), reason: crate::delivery::wait::WaitReason::FullHour };
    scene.blocks.set(StepKind::Discussion, wait);
    assert_eq!(scene.step(), "publishes", "each kind waits by itself");
    scene.blocks.set(StepKind::Crosspost, wait);
    assert_eq!((scene.step(), scene.plan().again_at), ("nothing".to_owned(), Some(ago(-60))));
    scene.blocks = Blocks::default();
    let row = scene.rows.delivery(DeliveryId(1)).unwrap().clone();
    scene.rows.enter(Delivery { state: DeliveryState::Withdrawn, ..row });
    assert_eq!(scene.step(), "nothing", "it was taken back");
}

/// Posts of `count` articles `s0`, `s1`, ..., each an hour older than the one before; the first one is two hours old.
fn several(count: u32) -> Scene {
    let names: Vec<String> = (0..count).map(|number| format!("s{number}")).collect();
    let mut scene = Scene::new(names.iter().map(|name| story(name, 1, |_| {})).collect());
    for (name, hours) in names.iter().zip(2..) {
        let at = ago(hours * HOUR);
        scene.sent(u64::try_from(hours).unwrap(), &[name], |post| {
            (post.first_tried_at, post.sent_at) = (at, Some(at));
        });
    }
    scene
}

#[test]
fn content_is_corrected_first_then_what_waits_longest_and_heat_last() {
    let mut scene = several(4);
    HEAT(scene.article("s3"));
    assert_eq!(scene.step(), "edits s3");
    for name in ["s0", "s1", "s2"] {
        WORDS(scene.article(name));
    }
    assert_eq!(scene.step(), "edits s2", "the oldest post, whose heat alone changed, waits");
    // An edited post waits for its turn, although it is the oldest.
    let post = scene.rows.post(PostKey(4)).unwrap().clone();
    scene.rows.enter_post(Post { edited_at: Some(ago(60)), ..post });
    assert_eq!(scene.step(), "edits s1");
}

#[test]
fn edits_for_heat_alone_are_so_many_in_an_hour() {
    let mut scene = several(12);
    HEAT(scene.article("s11"));
    for number in 0..10_u32 {
        let post = scene.rows.post(PostKey(u64::from(number) + 2)).unwrap().clone();
        let edited_at = Some(ago(HOUR - 60 * i64::from(number) - 1));
        scene.rows.enter_post(Post { edited_at, ..post });
    }
    assert_eq!((scene.step(), scene.plan().again_at), ("nothing".to_owned(), Some(ago(-1))));
    WORDS(scene.article("s11"));
    assert_eq!(scene.step(), "edits s11", "content has no such bound");
}

#[test]
fn a_version_that_covers_other_things_edits_no_post_and_corrects_what_changes_later() {
    let mut scene = corrected(
        HOUR,
        |_| {},
        |post| {
            (post.fingerprint_version, post.displayed, post.displayed_with_heat) = (0, 1, 2);
        },
    );
    let changes = scene.changes();
    assert!(matches!(&changes[..], [Change::Save(post)] if post.fingerprint_version == Fingerprint::VERSION));
    changes.iter().for_each(|change| scene.rows.apply(change));
    assert_eq!((scene.changes(), scene.step()), (vec![], "nothing".to_owned()));
    WORDS(scene.article("a"));
    assert_eq!(scene.step(), "edits a");
}
