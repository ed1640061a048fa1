//! Withdrawals and their safeguards, at their exact bounds.

use super::*;

type Alter = fn(&mut Scene);

/// So many stories, each in a post of its own.
fn posted(count: usize) -> Scene {
    let mut scene = Scene::new((0..count).map(|at| story(&format!("s{at}"), 1, |_| {})).collect());
    for at in 0..count {
        scene.sent(u64::try_from(at).unwrap() + 1, &[&*format!("s{at}")], |_| {});
    }
    scene
}

#[test]
fn more_than_five_that_are_more_than_a_fifth_wait_for_a_word() {
    for (sent, gone, is_withheld) in [
        (5, 5, false),
        (6, 5, false),
        (6, 6, true),
        (29, 6, true),
        (30, 6, false),
        (34, 7, true),
        (35, 7, false),
        (100, 20, false),
        (99, 20, true),
    ] {
        let mut scene = posted(sent);
        for at in 0..gone {
            scene.article(&format!("s{at}")).is_published = false;
        }
        let withheld = if is_withheld { gone } else { 0 };
        assert_eq!(scene.plan().forecasts[0].withheld.len(), withheld, "{gone} of {sent}");
        let expected = if is_withheld { "nothing" } else { "takes row 1 back and keeps []" };
        assert_eq!(scene.step(), expected, "{gone} of {sent}");
    }
}

#[test]
fn a_moderators_word_is_kept() {
    let mut scene = posted(6);
    for at in 0..6 {
        scene.article(&format!("s{at}")).is_removed = true;
    }
    let say = |scene: &mut Scene, id: i64, withdrawal| {
        let row = scene.rows.delivery(DeliveryId(id)).unwrap().clone();
        scene.rows.enter(Delivery { withdrawal, ..row });
    };
    say(&mut scene, 4, WithdrawalWord::Withdraw);
    assert_eq!(scene.step(), "takes row 4 back and keeps []");
    assert_eq!(scene.plan().forecasts[0].withheld.len(), 5);
    say(&mut scene, 4, WithdrawalWord::Keep);
    assert_eq!(scene.step(), "takes row 1 back and keeps []", "five are few enough");
}

#[test]
fn a_missing_file_has_to_be_missing_in_two_complete_loads_ten_seconds_apart() {
    let cases: [(&str, Alter, &str, bool); 7] = [
        ("the first load", |_| {}, "nothing", true),
        ("9 s apart", |scene| missing(scene, 9), "nothing", true),
        ("10 s apart", |scene| missing(scene, 10), "takes row 1 back and keeps []", false),
        (
            "not all could be looked at",
            |scene| {
                missing(scene, 60);
                scene.is_complete = false;
            },
            "nothing",
            false,
        ),
        (
            "an empty folder",
            |scene| {
                missing(scene, 60);
                scene.articles.clear();
            },
            "nothing",
            false,
        ),
        (
            "it has a problem",
            |scene| {
                missing(scene, 60);
                scene.unreadable = vec!["s0"];
            },
            "nothing",
            false,
        ),
        (
            "a feed that Discord keeps out",
            |scene| {
                missing(scene, 60);
                scene.feed().status = FeedStatus::Paused(PauseReason::ChannelHidden);
            },
            "nothing",
            false,
        ),
    ];
    for (what, change, expected, is_doubtful) in cases {
        let mut scene = posted(2);
        scene.remove("s0");
        change(&mut scene);
        let doubtful = if is_doubtful { vec![ArticleKey::of("s0")] } else { vec![] };
        assert_eq!((scene.step(), scene.plan().doubtful), (expected.to_owned(), doubtful), "{what}");
    }
}

#[test]
fn of_two_that_turn_out_to_be_one_story_the_one_that_goes_does_not_show_the_other_again() {
    let changes: [(Alter, bool); 5] = [
        (|scene| scene.article("s0").is_published = false, true),
        (|scene| scene.article("s0").is_draft = true, true),
        (|scene| scene.article("s0").is_announced = false, false),
        (|scene| scene.remove("s0"), true),
        (
            |scene| {
                scene.remove("s0");
                scene.unreadable = vec!["s0"];
            },
            false,
        ),
    ];
    for (change, expected) in changes {
        let mut scene = posted(2);
        scene.article("s0").addresses = scene.article("s1").addresses.clone();
        let both: Vec<Identity> = scene.articles.iter().map(Identity::of).collect();
        let mut row = scene.rows.delivery(DeliveryId(1)).unwrap().clone();
        row.widen(&both);
        scene.rows.enter(row);
        missing(&mut scene, 60);
        change(&mut scene);
        let step = scene.plan().step;
        assert!(!matches!(step, Some(Step::Edit { post: PostKey(1), .. })), "{step:?}");
        let is_taken_back = matches!(step, Some(Step::Withdraw { delivery: DeliveryId(1), .. }));
        assert_eq!(is_taken_back, expected, "{step:?}");
    }
}

#[test]
fn a_problem_in_the_file_to_which_a_story_moved_takes_nothing_back() {
    let mut scene = posted(2);
    scene.article("s0").id = article_format::ArticleId::new("moved/s0");
    let widened = scene.changes().pop().unwrap();
    assert!(matches!(widened, Change::Widen { .. }), "{widened:?}");
    scene.rows.apply(&widened);
    // After a restart there is no last good version of the file.
    scene.remove("moved/s0");
    missing(&mut scene, 60);
    scene.unreadable = vec!["moved/s0"];
    assert_eq!((scene.step(), scene.plan().doubtful), ("nothing".to_owned(), vec![]));
    scene.unreadable = vec!["moved/s1"];
    assert_eq!(scene.step(), "takes row 1 back and keeps []");
}

fn missing(scene: &mut Scene, seconds: i64) {
    scene.missing_since.insert(ArticleKey::of("s0"), ago(seconds));
}

#[test]
fn a_withdrawal_has_no_time_limit() {
    let mut scene = posted(1);
    scene.sent(2, &["s0"], |post| post.sent_at = Some(ago(400 * DAY)));
    scene.article("s0").is_published = false;
    assert_eq!(scene.step(), "takes row 1 back and keeps []");
}

/// A digest of `a`, `b` and `c`, of which `a` is unpublished.
fn digest() -> Scene {
    let mut scene = Scene::new(vec![
        story("a", 3, |_| {}),
        story("b", 2, |_| {}),
        story("c", 1, |_| {}),
        story("d", 0, |_| {}),
    ]);
    scene.row("d", DeliveryState::Baseline, None);
    scene.sent(1, &["a", "b", "c"], |_| {});
    scene.article("a").is_published = false;
    scene
}

#[test]
fn a_story_leaves_a_digest_and_the_others_stay() {
    let mut scene = digest();
    assert_eq!(scene.step(), "takes row 2 back and keeps [b c]");
    scene.article("b").is_removed = true;
    assert_eq!(scene.step(), "takes row 2 back and keeps [c]", "b goes next");
    scene.article("c").is_removed = true;
    assert_eq!(scene.step(), "takes row 2 back and keeps []");
}

#[test]
fn a_story_leaves_a_digest_only_when_each_other_can_be_shown_or_goes_too() {
    let cases: [(&str, Alter); 4] = [
        ("unreadable", |scene| {
            scene.remove("b");
            scene.unreadable = vec!["b"];
        }),
        ("missing, not for sure", |scene| scene.remove("b")),
        ("dated ahead", |scene| scene.article("b").published_at = Some(ago(-HOUR))),
        ("kept by a moderator", |scene| {
            scene.article("b").is_removed = true;
            let row = scene.rows.delivery(DeliveryId(3)).unwrap().clone();
            scene.rows.enter(Delivery { withdrawal: WithdrawalWord::Keep, ..row });
        }),
    ];
    for (what, change) in cases {
        let mut scene = digest();
        change(&mut scene);
        assert_eq!(scene.step(), "nothing", "{what}");
        // A story in a post of its own is withdrawn meanwhile.
        scene.sent(2, &["d"], |_| {});
        scene.article("d").is_removed = true;
        assert_eq!(scene.step(), "takes row 5 back and keeps []", "{what}");
    }
}
