//! The next post, the wait for it, and posts of unknown outcome.

use super::*;
use crate::delivery::record::AttemptTime;
use crate::delivery::wait::{DiscordWait, WaitReason};
use crate::feed::pacing::{Digest, QuietHours, Zone};

/// An attempt so many seconds ago.
fn begun(seconds: i64) -> Option<AttemptTime> {
    Some(AttemptTime { host: ago(seconds), discord: Some(ago(seconds)) })
}

fn scene(count: usize) -> Scene {
    Scene::new(
        (0..count).map(|at| story(&format!("s{at}"), 100 - i64::try_from(at).unwrap(), |_| {})).collect(),
    )
}

/// The wait of the feed's next post: the reason and the seconds.
fn wait(scene: &Scene) -> Option<(WaitReason, i64)> {
    let wait = scene.plan().forecasts.remove(0).wait?;
    Some((wait.reason, wait.until.duration_since(scene.now).as_secs()))
}

#[test]
fn a_feed_that_does_not_post_keeps_what_is_due() {
    let mut scene = scene(2);
    for status in [
        FeedStatus::PausedByModerator,
        FeedStatus::Paused(PauseReason::ChannelHidden),
        FeedStatus::PausedByBoth(PauseReason::ChannelHidden),
        left(),
    ] {
        scene.feed().status = status;
        assert_eq!((scene.step(), scene.due()[0].len()), ("nothing".to_owned(), 2));
    }
}

#[test]
fn a_digest_has_room_for_five_and_counts_the_rest() {
    for (count, digest, expected) in [
        (1, Digest::Hourly, "feed 1 posts s0 and leaves 0"),
        (5, Digest::Hourly, "feed 1 posts s0 s1 s2 s3 s4 and leaves 0"),
        (8, Digest::Hourly, "feed 1 posts s0 s1 s2 s3 s4 and leaves 3"),
        (8, Digest::Off, "feed 1 posts s0 and leaves 0"),
    ] {
        let mut scene = scene(count);
        scene.feed().settings.pacing.digest = digest;
        assert_eq!(scene.step(), expected);
    }
}

#[test]
fn a_digest_comes_at_its_time_and_not_twice() {
    let mut scene = scene(2);
    scene.feed().settings.pacing.digest = Digest::Hourly;
    scene.feed().digested_at = ago(0);
    assert_eq!((wait(&scene), scene.step()), (Some((WaitReason::Digest, HOUR)), "nothing".to_owned()));
    scene.feed().digested_at = ago(1);
    assert_eq!(scene.step(), "feed 1 posts s0 s1 and leaves 0");
    // A story was sent again in a post of its own.
    scene.sent(1, &["s0"], |post| post.first_tried_at = ago(0));
    assert_eq!(wait(&scene), None);
    // A digest was tried since. Its outcome does not matter.
    scene.sent(2, &["s0"], |post| (post.first_tried_at, post.shape) = (ago(0), PostShape::Digest));
    assert_eq!(wait(&scene), Some((WaitReason::Digest, HOUR)));
    // No story is due at the digest's time. The plan records the time, so that a later story waits for the
    // next digest.
    let mut empty = Scene::new(Vec::new());
    empty.feed().settings.pacing.digest = Digest::Hourly;
    empty.feed().digested_at = ago(1);
    assert_eq!(empty.changes(), [FeedChange::Digested(now()).of(FeedId(1))]);
}

#[test]
fn a_clock_that_was_ahead_holds_up_no_digest_after_it_is_put_right() {
    let mut scene = scene(2);
    scene.feed().settings.pacing.digest = Digest::Hourly;
    // A digest in the next year was posted and recorded.
    scene.sent(1, &["s0"], |post| (post.first_tried_at, post.shape) = (ago(-365 * DAY), PostShape::Digest));
    scene.feed().digested_at = ago(-366 * DAY);
    assert_eq!(scene.changes(), [FeedChange::Digested(now()).of(FeedId(1))]);
    scene.feed().digested_at = ago(0);
    assert_eq!(wait(&scene), Some((WaitReason::Digest, HOUR)));
}

#[test]
fn of_several_waits_the_longest_is_told() {
    let mut scene = scene(3);
    scene.feed().settings.pacing.posts_per_hour_max = 1;
    scene.sent(1, &["s0"], |post| post.first_tried_at = ago(HOUR - 60));
    assert_eq!((wait(&scene), scene.step()), (Some((WaitReason::FullHour, 60)), "nothing".to_owned()));
    assert_eq!(scene.plan().again_at, Some(ago(-60)));
    scene.feed().settings.pacing.quiet_hours = QuietHours::parse("11:00-13:30").ok();
    assert_eq!(wait(&scene), Some((WaitReason::QuietHours, 90 * 60)));
    scene.feed().settings.pacing.zone = Zone::parse("Europe/Berlin").unwrap();
    assert_eq!(wait(&scene), Some((WaitReason::FullHour, 60)), "there it is two in the afternoon");
    let asked = WaitReason::Discord(DiscordWait::Limit);
    scene.blocks.set(StepKind::Post, Wait { until: ago(-2 * HOUR), reason: asked });
    assert_eq!(wait(&scene), Some((asked, 2 * HOUR)));
    let shorter = Wait { until: ago(-60), reason: WaitReason::Discord(DiscordWait::NoAnswer) };
    scene.blocks.set(StepKind::Post, shorter);
    assert_eq!(
        wait(&scene),
        Some((WaitReason::Discord(DiscordWait::Limit), 2 * HOUR)),
        "a longer wait stays"
    );
    scene.blocks = Blocks::default();
    scene.rows = ChannelState::default();
    assert_eq!((wait(&scene), scene.step()), (None, "feed 1 posts s0 and leaves 0".to_owned()));
}

#[test]
fn an_hour_is_full_until_its_first_post_is_an_hour_old() {
    for (first_tried, expected) in [(HOUR - 1, Some((WaitReason::FullHour, 1))), (HOUR, None)] {
        let mut scene = scene(3);
        scene.feed().settings.pacing.posts_per_hour_max = 2;
        scene.sent(1, &["s0"], |post| post.first_tried_at = ago(first_tried));
        scene.sent(2, &["s1"], |post| post.first_tried_at = ago(10));
        assert_eq!(wait(&scene), expected, "{first_tried}");
    }
}

#[test]
fn several_feeds_of_a_channel_keep_the_order_of_heat() {
    let mut scene = scene(2);
    scene.article("s1").kind = Some("video".into());
    scene.feed().settings.rules.kind = Some("video".into());
    scene.add_feed(|_| {});
    assert_eq!(scene.due(), [["s1"], ["s0"]]);
    assert_eq!(scene.step(), "feed 2 posts s0 and leaves 0");
}

#[test]
fn a_feed_that_waits_holds_up_no_other_of_its_channel() {
    let mut scene = scene(2);
    scene.feed().settings.pacing.quiet_hours = QuietHours::parse("11:00-13:00").ok();
    scene.feed().settings.rules.heat_min = Some(100);
    scene.add_feed(|_| {});
    assert_eq!(scene.due(), [["s0"], ["s1"]]);
    assert_eq!(scene.step(), "feed 2 posts s1 and leaves 0");
}

/// An attempt so many seconds ago by the clock of the machine and by Discord's.
fn by(host: i64, discord: Option<i64>) -> Option<AttemptTime> {
    Some(AttemptTime { host: ago(host), discord: discord.map(ago) })
}

#[test]
fn a_post_of_unknown_outcome_is_settled_before_anything_new() {
    type Alter = fn(&mut Post);
    let cases: [(&str, Alter, &str); 12] = [
        ("within the window", |post| post.uncertain_since = begun(119), "tries s0 again"),
        ("after it", |post| post.uncertain_since = begun(120), "looks"),
        ("a clock put back", |post| post.uncertain_since = begun(-1), "looks"),
        ("Discord's time is unknown", |post| post.uncertain_since = by(1, None), "looks"),
        ("this clock was put back", |post| post.uncertain_since = by(1, Some(120)), "looks"),
        ("this machine slept", |post| post.uncertain_since = by(120, Some(1)), "looks"),
        (
            "Discord's dates are whole seconds",
            |post| post.uncertain_since = by(0, Some(-1)),
            "tries s0 again",
        ),
        (
            "a forum takes no nonce",
            |post| (post.uncertain_since, post.shape) = (begun(1), PostShape::ForumPost),
            "looks",
        ),
        ("certainly not there", |_| {}, "tries s0 again"),
        ("of a feed that is gone", |post| (post.uncertain_since, post.feed) = (begun(1), FeedId(9)), "looks"),
        ("asked for by a moderator", |post| post.attempts = 0, "tries s0 again"),
        ("tried a day long", |post| post.first_tried_at = ago(DAY), "tries s0 again"),
    ];
    for (what, change, expected) in cases {
        let mut scene = scene(2);
        scene.sending("s0", change);
        assert_eq!(scene.step(), expected, "{what}");
    }
}

#[test]
fn several_posts_of_unknown_outcome_are_settled_one_by_one() {
    let mut scene = scene(4);
    scene.sending("s1", |post| {
        (post.uncertain_since, post.first_tried_at) = (begun(119), ago(119));
    });
    let row = scene.row("s2", DeliveryState::Sending, Some(PostKey(101)));
    let post = scene.rows.post(PostKey(100)).unwrap().clone();
    scene.rows.enter_post(Post { key: PostKey(101), ..post });
    assert_eq!(scene.step(), "tries s1 again");
    let first = scene.rows.delivery(DeliveryId(row.0 - 1)).unwrap().clone();
    scene.rows.enter(Delivery { state: DeliveryState::Sent, ..first });
    assert_eq!(scene.step(), "tries s2 again");
    scene.now = ago(-1);
    assert_eq!(scene.step(), "looks");
}

#[test]
fn a_claim_whose_feed_pauses_or_whose_story_goes_is_looked_for_or_taken_back() {
    type Alter = fn(&mut Scene);
    let gone: [(&str, Alter); 5] = [
        ("paused", |scene| scene.feed().status = FeedStatus::PausedByModerator),
        ("unpublished", |scene| scene.article("s0").is_published = false),
        ("removed file", |scene| scene.remove("s0")),
        ("dated ahead", |scene| scene.article("s0").published_at = Some(ago(-1))),
        ("unreadable", |scene| {
            scene.remove("s0");
            scene.unreadable = vec!["s0"];
        }),
    ];
    for (what, change) in gone {
        let mut scene = scene(1);
        scene.sending("s0", |_| {});
        change(&mut scene);
        assert_eq!(scene.changes(), [Change::Unclaim { post: PostKey(100), at: now() }], "{what}");
        let mut scene = self::scene(1);
        scene.sending("s0", |post| post.uncertain_since = begun(1));
        change(&mut scene);
        assert_eq!((scene.changes(), scene.step()), (vec![], "looks".to_owned()), "{what}");
    }
}

#[test]
fn a_claim_that_outgrows_the_age_limit_expires_only_when_it_is_certainly_not_there() {
    let expired = Change::Settle {
        deliveries: vec![DeliveryId(1)],
        state: DeliveryState::Expired,
        reason: None,
        since: now(),
    };
    for (uncertain, attempts, changes, step) in [
        (None, 1, vec![expired], "nothing"),
        (begun(1), 1, vec![], "looks"),
        // A moderator sends the story again, whatever its age.
        (None, 0, vec![], "tries s0 again"),
    ] {
        let mut scene = scene(1);
        scene.article("s0").published_at = Some(ago(7 * DAY + 1));
        scene.feed().checked_at = now();
        scene.sending("s0", |post| (post.uncertain_since, post.attempts) = (uncertain, attempts));
        assert_eq!((scene.changes(), scene.step()), (changes, step.to_owned()), "{uncertain:?} {attempts}");
    }
}
