//! Which posts are claimed together with the next one.

use super::*;
use crate::feed::pacing::{Digest, QuietHours};

fn scene(count: usize) -> Scene {
    let mut scene = Scene::new(
        (0..count).map(|at| story(&format!("s{at}"), 100 - i64::try_from(at).unwrap(), |_| {})).collect(),
    );
    scene.feed().settings.pacing.posts_per_hour_max = 1000;
    scene
}

/// The posts that are claimed together, in words.
fn claimed(scene: &Scene) -> String {
    let snapshot = scene.snapshot();
    let Plan { step, following, .. } = scene.plan();
    let names = step.iter().chain(&following).map(|step| match step {
        Step::Post { stories, .. } => {
            stories.iter().map(|at| name(&snapshot, *at)).collect::<Vec<_>>().join("+")
        }
        other => format!("{other:?}"),
    });
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn the_hottest_are_claimed_together_up_to_the_bound() {
    assert_eq!(claimed(&scene(3)), "s0 s1 s2");
    assert_eq!(claimed(&scene(CLAIMS_MAX)).split(' ').count(), CLAIMS_MAX);
    assert_eq!(claimed(&scene(CLAIMS_MAX + 1)).split(' ').count(), CLAIMS_MAX);
}

#[test]
fn no_more_than_the_hour_has_room_for_are_claimed() {
    for (max, tried, expected) in [(1, 0, "s0"), (2, 0, "s0 s1"), (3, 1, "s0 s1"), (3, 2, "s0"), (3, 3, "")] {
        let mut scene = scene(4);
        scene.feed().settings.pacing.posts_per_hour_max = max;
        for key in 0..tried {
            let name = format!("t{key}");
            scene.articles.push(story(&name, 200, |_| {}));
            scene.sent(key, &[&name], |post| post.first_tried_at = ago(60));
        }
        assert_eq!(claimed(&scene), expected, "{max} an hour, {tried} tried");
    }
}

#[test]
fn what_is_claimed_may_still_be_posted_when_the_time_of_the_claim_is_over() {
    let mut quiet_soon = scene(2);
    quiet_soon.feed().settings.pacing.quiet_hours = QuietHours::parse("12:01-13:00").ok();
    assert_eq!(claimed(&quiet_soon), "s0 s1");
    quiet_soon.now = ago(-60 + CLAIM_SECONDS_MAX);
    assert_eq!(claimed(&quiet_soon), "s0");
    let mut old_soon = scene(3);
    old_soon.article("s1").published_at = Some(ago(7 * DAY - CLAIM_SECONDS_MAX));
    assert_eq!(claimed(&old_soon), "s0 s1 s2");
    old_soon.article("s1").published_at = Some(ago(7 * DAY - CLAIM_SECONDS_MAX + 1));
    assert_eq!(claimed(&old_soon), "s0", "what comes first is not passed over");
}

#[test]
fn digests_and_forums_are_posted_one_by_one() {
    let mut digest = scene(8);
    digest.feed().settings.pacing.digest = Digest::Hourly;
    assert_eq!(claimed(&digest), "s0+s1+s2+s3+s4");
    let mut forum = scene(2);
    forum.feed().channel_kind = ChannelKind::Forum;
    assert_eq!(claimed(&forum), "s0", "it has no nonce by which it would be known again");
}

#[test]
fn several_feeds_of_a_channel_keep_the_order_of_heat() {
    let mut scene = scene(4);
    scene.article("s0").kind = Some("video".into());
    scene.article("s2").kind = Some("video".into());
    scene.feed().settings.rules.kind = Some("video".into());
    scene.add_feed(|_| {});
    assert_eq!(claimed(&scene), "s0 s1 s2 s3");
    scene.feeds[0].settings.pacing.posts_per_hour_max = 1;
    assert_eq!(claimed(&scene), "s0 s1 s3", "the first feed waits for its hour");
    scene.feeds[1].settings.pacing.digest = Digest::Hourly;
    assert_eq!(claimed(&scene), "s0");
    scene.feeds[1].settings.pacing.digest = Digest::Off;
    scene.feeds[0].status = FeedStatus::PausedByModerator;
    assert_eq!(claimed(&scene), "s0 s1 s2 s3", "the second posts what both take");
}

#[test]
fn what_has_anything_in_common_with_a_claimed_story_waits_for_its_row() {
    let mut scene = scene(4);
    // Of one title, and too far apart to be told as one story.
    for (name, days) in [("s0", 1), ("s2", 6)] {
        scene.article(name).title = "The same title of both of them".into();
        scene.article(name).published_at = Some(ago(days * DAY));
    }
    assert_eq!(claimed(&scene), "s0 s1");
}

#[test]
fn posts_under_way_are_counted_and_not_looked_for() {
    let mut scene = scene(4);
    scene.sending("s0", |post| {
        (post.uncertain_since, post.first_tried_at) = (Some(ago(500)), ago(500));
    });
    assert_eq!(scene.step(), "looks");
    scene.under_way = vec![PostKey(100)];
    assert_eq!(claimed(&scene), "s1 s2 s3");
    scene.feed().settings.pacing.posts_per_hour_max = 3;
    assert_eq!(claimed(&scene), "s1 s2");
}

#[test]
fn after_a_crash_several_are_settled_one_by_one_before_anything_new() {
    let mut scene = scene(4);
    scene.sending("s1", |post| {
        (post.uncertain_since, post.first_tried_at) = (Some(ago(119)), ago(119));
    });
    let row = scene.row("s2", DeliveryState::Sending, Some(PostKey(101)));
    let post = scene.book.post(PostKey(100)).unwrap().clone();
    scene.book.enter_post(Post { key: PostKey(101), ..post });
    assert_eq!((scene.step(), claimed(&scene).contains("s0")), ("tries s1 again".to_owned(), false));
    let first = scene.book.delivery(DeliveryId(row.0 - 1)).unwrap().clone();
    scene.book.enter(Delivery { state: DeliveryState::Sent, ..first });
    assert_eq!(scene.step(), "tries s2 again");
    scene.now = ago(-1);
    assert_eq!(scene.step(), "looks");
}
