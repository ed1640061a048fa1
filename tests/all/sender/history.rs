//! After a lost answer: is the post there?

use heatwire::delivery::reason::SearchFailure;
use heatwire::delivery::record::AttemptTime;

use super::*;

async fn found(scene: &Scene, channel: &str, key: u64, since: Timestamp) -> Found {
    found_since(scene, channel, key, AttemptTime { host: since, discord: Some(since) }).await
}

async fn found_since(scene: &Scene, channel: &str, key: u64, since: AttemptTime) -> Found {
    let search = Search {
        guild: scene.guild(),
        channel: scene.channel(channel),
        is_forum: channel == "discussions",
        key: PostKey(key),
        since,
        known_threads: Vec::new(),
    };
    scene.sender.find(&search).await
}

#[tokio::test]
async fn a_post_without_its_first_message_matters_only_if_nobody_knows_which_it_is() {
    let scene = Scene::new().await;
    let since = Timestamp::now();
    let other = scene.posted_in_forum(1).await;
    scene.sandbox.delete_message(other.channel.0, other.message.0).unwrap();
    assert!(matches!(found(&scene, "discussions", 2, since).await, Found::Unreadable(_)));
    let search = Search {
        guild: scene.guild(),
        channel: scene.channel("discussions"),
        is_forum: true,
        key: PostKey(2),
        since: AttemptTime { host: since, discord: Some(since) },
        known_threads: vec![other.channel],
    };
    assert_eq!(scene.sender.find(&search).await, Found::Absent);
}

fn there(place: Place) -> Found {
    Found::There {
        message: place.message,
        thread: (place.channel == ChannelId(place.message.0)).then_some(place.channel),
    }
}

#[tokio::test]
async fn a_post_is_found_by_its_key_among_others() {
    let scene = Scene::new().await;
    let since = Timestamp::now();
    for channel in ["news", "announcements"] {
        assert_eq!(found(&scene, channel, 2, since).await, Found::Absent);
        scene.posted(scene.channel(channel), 1).await;
        let place = scene.posted(scene.channel(channel), 2).await;
        scene.posted(scene.channel(channel), 3).await;
        assert_eq!(found(&scene, channel, 2, since).await, there(place));
        assert_eq!(found(&scene, channel, 4, since).await, Found::Absent);
        let late = since + SignedDuration::from_secs(3_600);
        assert_eq!(found(&scene, channel, 2, late).await, Found::Absent, "it is older than the try");
    }
    let digest =
        FeedMessage { stories: vec![(ArticleKey(1), "a".into()), (ArticleKey(2), "b".into())], ..card(9) };
    let Outcome::Done(made) = scene.post(scene.channel("general"), digest, "d").await else { panic!() };
    let place = Place { channel: scene.channel("general"), message: made.message.unwrap() };
    assert_eq!(found(&scene, "general", 9, since).await, there(place));
}

#[tokio::test]
async fn a_post_whose_answer_was_lost_is_found() {
    let scene = Scene::new().await;
    let since = Timestamp::now();
    scene.fault("POST /channels/*/messages", FaultKind::ResetAfter);
    scene.fault("POST /channels/*/threads", FaultKind::ResetAfter);
    scene.post(scene.channel("news"), card(1), "n").await;
    scene.forum_post(1, &[]).await;
    for channel in ["news", "discussions"] {
        assert!(matches!(found(&scene, channel, 1, since).await, Found::There { .. }), "{channel}");
    }
    scene.fault("POST /channels/*/messages", FaultKind::ResetBefore);
    scene.fault("POST /channels/*/threads", FaultKind::ResetBefore);
    scene.post(scene.channel("news"), card(2), "m").await;
    scene.forum_post(2, &[]).await;
    for channel in ["news", "discussions"] {
        assert_eq!(found(&scene, channel, 2, since).await, Found::Absent, "{channel}");
    }
}

#[tokio::test]
async fn every_page_is_read_to_the_end() {
    for number in [99, 100, 101, 200] {
        let scene = Scene::new().await;
        let since = Timestamp::now();
        for key in 1..number {
            scene.posted(scene.channel("news"), key).await;
        }
        assert_eq!(found(&scene, "news", number, since).await, Found::Absent, "{number}");
        let place = scene.posted(scene.channel("news"), number).await;
        assert_eq!(found(&scene, "news", number, since).await, there(place), "{number}");
    }
}

#[tokio::test]
async fn where_history_is_hidden_nothing_is_called_absent() {
    let scene = Scene::new().await;
    let since = Timestamp::now();
    scene.posted(scene.channel("news"), 1).await;
    scene.posted_in_forum(1).await;
    for channel in ["news", "discussions"] {
        scene.deny(scene.channel(channel), HISTORY);
        for key in [1, 2] {
            let Found::Unreadable(cause) = found(&scene, channel, key, since).await else {
                panic!("{channel}")
            };
            assert_eq!(cause, SearchFailure::HistoryHidden(HISTORY));
        }
    }
}

#[tokio::test]
async fn a_forums_posts_are_found_open_and_archived() {
    let scene = Scene::new().await;
    let since = Timestamp::now();
    let (open, archived) = (scene.posted_in_forum(1).await, scene.posted_in_forum(2).await);
    scene.sandbox.set_thread(archived.channel.0, true, false).unwrap();
    assert_eq!(found(&scene, "discussions", 1, since).await, there(open));
    assert_eq!(found(&scene, "discussions", 2, since).await, there(archived));
    assert_eq!(found(&scene, "discussions", 3, since).await, Found::Absent);
    let late = since + SignedDuration::from_secs(3_600);
    assert_eq!(found(&scene, "discussions", 1, late).await, Found::Absent);
    scene.sandbox.delete_message(open.channel.0, open.message.0).unwrap();
    let gone = found(&scene, "discussions", 3, since).await;
    assert!(matches!(gone, Found::Unreadable(_)), "nobody can tell whether it was this one: {gone:?}");
}

#[tokio::test]
async fn archived_posts_are_paged() {
    let scene = Scene::new().await;
    let since = Timestamp::now();
    let mut first = None;
    for key in 1..=101 {
        let place = scene.posted_in_forum(key).await;
        scene.sandbox.set_thread(place.channel.0, true, false).unwrap();
        first = first.or(Some(place));
    }
    assert_eq!(found(&scene, "discussions", 1, since).await, there(first.unwrap()));
}

#[tokio::test]
async fn a_question_that_fails_is_trouble_and_no_answer() {
    let scene = Scene::new().await;
    let since = Timestamp::now();
    let wait = Duration::from_secs(7);
    let limit = FaultKind::RateLimit { scope: Scope::User, retry_after: wait, header: None };
    for (kind, status) in [(FaultKind::Status(503), 503), (limit, 429)] {
        scene.fault("GET /channels/*/messages", kind);
        let Found::Trouble(outcome) = found(&scene, "news", 1, since).await else { panic!("{kind:?}") };
        let refusal = refused(outcome);
        assert_eq!(refusal.status, status);
        assert_eq!(refusal.retry_after, (status == 429).then_some(wait));
    }
    scene.fault("GET /channels/*", FaultKind::ResetBefore);
    assert!(matches!(found(&scene, "news", 1, since).await, Found::Trouble(Outcome::Lost { .. })));
    scene.sandbox.delete_channel(scene.channel("news").0).unwrap();
    let gone = Search {
        guild: scene.guild(),
        channel: ChannelId(5),
        is_forum: false,
        key: PostKey(1),
        since: AttemptTime { host: since, discord: Some(since) },
        known_threads: Vec::new(),
    };
    let Found::Trouble(outcome) = scene.sender.find(&gone).await else { panic!() };
    assert_eq!(code(outcome), (404, 10_003));
}

/// The clock of the bot's machine matters only where Discord's clock was not known, and then it may be wrong.
#[tokio::test]
async fn a_post_is_found_whatever_the_clock_of_the_machine_says() {
    let scene = Scene::new().await;
    let place = scene.posted(scene.channel("news"), 1).await;
    let (now, hour) = (Timestamp::now(), SignedDuration::from_hours(1));
    for host in [now - 9 * hour, now - hour, now, now + hour, now + 9_000 * hour] {
        for discord in [Some(now), None] {
            let found = found_since(&scene, "news", 1, AttemptTime { host, discord }).await;
            assert_eq!(found, there(place), "{host} {discord:?}");
        }
    }
}
