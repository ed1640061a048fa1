//! Due stories, baseline, and stories that came too late.

use super::super::due::newly_let_in;
use super::*;
use crate::feed::FeedSettings;

fn names(list: &[NewDelivery]) -> Vec<&str> {
    list.iter().map(|new| &*new.article_id).collect()
}

/// The articles of a baseline.
fn baseline(change: Option<Change>) -> Vec<String> {
    match change {
        Some(Change::Record { state: DeliveryState::Baseline, deliveries, .. }) => {
            names(&deliveries).iter().map(ToString::to_string).collect()
        }
        None => Vec::new(),
        other => panic!("{other:?}"),
    }
}

fn three() -> Vec<Article> {
    vec![story("a", 30, |_| {}), story("b", 20, |_| {}), story("c", 10, |_| {})]
}

#[test]
fn a_story_is_due_unless_the_channel_has_a_row_for_it() {
    for state in DeliveryState::ALL {
        let mut scene = Scene::new(three());
        scene.row("b", state, None);
        assert_eq!(scene.due(), [["a", "c"]], "{state:?}");
    }
}

#[test]
fn a_row_knows_its_story_by_anything_that_was_ever_seen_of_it() {
    type Alter = fn(&mut Article);
    let cases: [(&str, Alter, bool); 8] = [
        ("as it was", |_| {}, false),
        ("corrected link", |article| article.addresses = identities(["https://example.com/new"]), false),
        ("moved file", |article| article.id = article_format::ArticleId::new("moved/a"), false),
        (
            "another provider, the same title within 3 days",
            |article| {
                of_another_provider(article);
                article.published_at = Some(ago(DAY) - SignedDuration::from_hours(72));
            },
            false,
        ),
        (
            "another provider, the same title 3 days and a second apart",
            |article| {
                of_another_provider(article);
                article.published_at = Some(ago(DAY + 1) - SignedDuration::from_hours(72));
            },
            true,
        ),
        (
            "a moved file with a corrected link",
            |article| {
                article.id = article_format::ArticleId::new("z");
                article.addresses = identities(["https://example.com/z"]);
            },
            false,
        ),
        (
            // A provider that repeats a title tells another story with it.
            "the same provider and title, another id, address and date",
            |article| {
                article.id = article_format::ArticleId::new("z");
                article.addresses = identities(["https://example.com/z"]);
                article.published_at = Some(ago(DAY) + SignedDuration::from_secs(1));
            },
            true,
        ),
        (
            "nothing in common",
            |article| {
                article.id = article_format::ArticleId::new("z");
                article.addresses = identities(["https://example.com/z"]);
                article.title = "Another".into();
            },
            true,
        ),
    ];
    for (what, change, is_due) in cases {
        let mut scene = Scene::new(vec![story("a", 1, |article| article.title = LONG_TITLE.into())]);
        scene.row("a", DeliveryState::Baseline, None);
        change(scene.article("a"));
        assert_eq!(!scene.due()[0].is_empty(), is_due, "{what}");
    }
}

fn of_another_provider(article: &mut Article) {
    article.id = article_format::ArticleId::new("z");
    article.addresses = identities(["https://z.example/z"]);
    article.link = Some("https://z.example/z".into());
}

const LONG_TITLE: &str = "A title that tells a story by itself";

#[test]
fn an_equal_title_is_a_row_of_another_provider_only() {
    let at = |hours: i64| Some(ago(DAY) + SignedDuration::from_hours(hours));
    let check = |title: &'static str, host: &str, hours: i64, is_due: bool| {
        let told = |name: &'static str, link: String, hours: i64| {
            story(name, 1, |article| {
                article.title = title.into();
                article.addresses = identities([&*link]);
                article.link = Some(link.as_str().into());
                article.published_at = at(hours);
            })
        };
        let mut scene = Scene::new(vec![told("a", "https://a.example/1".to_owned(), 0)]);
        scene.row("a", DeliveryState::Baseline, None);
        scene.articles.push(told("b", format!("https://{host}/2"), hours));
        assert_eq!(!scene.due()[0].is_empty(), is_due, "{title}, {host}, {hours}");
    };
    check(LONG_TITLE, "b.example", 1, false);
    check(LONG_TITLE, "b.example", -73, true);
    check(LONG_TITLE, "a.example", 1, true);
    check(LONG_TITLE, "www.a.example", 1, true);
    check("v3.1.4", "b.example", 1, true);
}

#[test]
fn two_feeds_of_a_channel_post_a_story_once() {
    let mut scene = Scene::new(three());
    scene.add_feed(|feed| feed.settings.rules.heat_min = Some(15));
    assert_eq!(scene.due(), [vec!["a", "b", "c"], vec![]]);
    scene.feed().settings.rules.heat_min = Some(25);
    assert_eq!(scene.due(), [vec!["a"], vec!["b"]]);
    assert_eq!(scene.step(), "feed 1 posts a and leaves 0");
    scene.row("a", DeliveryState::Sent, None);
    assert_eq!(scene.step(), "feed 2 posts b and leaves 0");
}

#[test]
fn a_feed_that_is_paused_keeps_no_story_from_another_but_what_waited_for_it_when_that_was_made() {
    let none: [&str; 0] = [];
    let paused = [FeedStatus::PausedByModerator, FeedStatus::Paused(PauseReason::ChannelHidden)];
    for status in paused {
        let mut scene = Scene::new(three());
        scene.add_feed(|_| {});
        scene.feeds[0].status = status.clone();
        assert_eq!(scene.due(), [&none[..], &["a", "b", "c"]], "both were made before these came out");
        assert_eq!(scene.step(), "feed 2 posts a and leaves 0");
        scene.feeds[1].created_at = now();
        assert_eq!(scene.due(), [&["a", "b", "c"], &none[..]]);
        assert_eq!(scene.step(), "nothing");
        scene.articles.push(story("new", 20, |article| article.published_at = Some(now())));
        scene.articles.push(story("undated", 20, |article| article.published_at = None));
        scene.feeds.iter_mut().for_each(|feed| feed.settings.rules.max_age_days = 0);
        assert_eq!(scene.due(), [&["a", "b", "undated", "c"][..], &["new"]]);
        scene.feeds[0].status = FeedStatus::Active;
        assert_eq!(scene.due(), [&["a", "new", "b", "undated", "c"], &none[..]]);
        // The later feed has the stories that no other feed accepts.
        scene.feeds[1].status = status;
        scene.feeds[0].settings.rules.heat_min = Some(20);
        assert_eq!(scene.due(), [&["a", "new", "b", "undated"][..], &["c"]]);
    }
}

#[test]
fn what_a_change_of_rules_lets_in_is_known_though_a_paused_feed_has_it_to_post() {
    let let_in = |scene: &Scene, feed: usize| {
        let settings = FeedDefaults::default().settings();
        scene.with_input(|input| baseline(newly_let_in(input, input.feeds[feed], &settings, 0)))
    };
    for changed in [0, 1] {
        let mut scene = Scene::new(three());
        scene.add_feed(|_| {});
        scene.feeds[changed].settings.rules.heat_min = Some(30);
        scene.feeds[1 - changed].status = FeedStatus::PausedByModerator;
        assert_eq!(let_in(&scene, changed), ["b", "c"]);
        scene.feeds[1 - changed].status = FeedStatus::Active;
        assert_eq!(let_in(&scene, changed).len(), 0, "they are posted by the other in any case");
    }
    let mut scene = Scene::new(three());
    scene.add_feed(|feed| (feed.settings.rules.heat_min, feed.created_at) = (Some(30), now()));
    scene.feeds[0].status = FeedStatus::PausedByModerator;
    assert_eq!(let_in(&scene, 1).len(), 0, "they wait for the first, and the second leaves them to it");
}

#[test]
fn a_topic_counts_its_children() {
    let on = |name: &str, topic: &str| story(name, 1, |article| article.topics = [topic.into()].into());
    let mut scene = Scene::new(vec![
        on("cloud", "Cloud"),
        on("azure", "Azure"),
        on("functions", "Functions"),
        on("other", "Other"),
    ]);
    scene.topic_files = vec![
        TopicFile::named("Cloud"),
        TopicFile { parent: Some("Cloud".into()), ..TopicFile::named("Azure") },
        TopicFile { parent: Some("Azure".into()), ..TopicFile::named("Functions") },
    ];
    for (topic, expected) in [
        ("Cloud", vec!["azure", "cloud", "functions"]),
        ("azure", vec!["azure", "functions"]),
        ("Functions", vec!["functions"]),
        ("Gone", vec![]),
    ] {
        scene.feed().settings.rules.topic = Some(topic.into());
        let mut due = scene.due().remove(0);
        due.sort();
        assert_eq!(due, expected, "{topic}");
    }
}

#[test]
fn the_age_limit_is_kept_to_the_second_and_what_is_dated_ahead_waits_for_its_time() {
    let dated = |at: Option<Timestamp>| Scene::new(vec![story("a", 1, |article| article.published_at = at)]);
    let cases = [
        (Some(ago(7 * DAY)), true),
        (Some(ago(7 * DAY + 1)), false),
        (Some(ago(0)), true),
        (Some(ago(-1)), false),
        (None, false),
    ];
    for (at, is_due) in cases {
        assert_eq!(!dated(at).due()[0].is_empty(), is_due, "{at:?}");
    }
    let mut unlimited = dated(None);
    unlimited.feed().settings.rules.max_age_days = 0;
    assert_eq!(unlimited.due(), [["a"]]);
}

#[test]
fn what_grew_too_old_since_the_feed_was_last_looked_through_expires() {
    let old = |name: &str, seconds: i64| {
        story(name, 1, |article| article.published_at = Some(ago(7 * DAY + seconds)))
    };
    let mut scene = Scene::new(vec![old("just now", 1), old("before the last look", 61), old("in time", 0)]);
    let plan = scene.plan();
    let [checked, Change::Record { state: DeliveryState::Expired, deliveries: outgrown, .. }] =
        &plan.changes[..]
    else {
        panic!("{plan:?}")
    };
    assert_eq!(*checked, FeedChange::Checked(now()).of(FeedId(1)));
    assert_eq!(names(outgrown), ["just now"]);
    assert_eq!(plan.step, None, "what is to be written down comes first");
    scene.row("just now", DeliveryState::Expired, None);
    assert_eq!(scene.changes(), []);
    // Another article reports the story in time.
    let mut told = Scene::new(vec![old("a", 1), old("b", 0)]);
    for name in ["a", "b"] {
        told.article(name).addresses = identities(["https://example.com/same"]);
    }
    assert_eq!((told.changes(), told.due()), (vec![], vec![vec!["b".to_owned()]]));
}

#[test]
fn a_feed_begins_with_the_first_complete_load() {
    let mut scene = Scene::new(three());
    scene.begin(Some(1));
    assert_eq!(known(&scene), Some((vec!["b".to_owned(), "c".to_owned()], true)));
    scene.is_complete = false;
    assert_eq!((known(&scene), scene.step()), (None, "nothing".to_owned()));
    scene.is_complete = true;
    scene.begin(Some(10));
    assert_eq!(known(&scene), Some((vec![], true)));
}

/// The feed that begins, its baseline, and whether that is complete.
fn known_of(changes: &[Change]) -> Option<(FeedId, Vec<String>, bool)> {
    let mut is_all = false;
    let (mut feed, mut known) = (None, Vec::new());
    for change in changes {
        match change {
            Change::Feed { feed: id, change: FeedChange::Checked(_) } if feed.is_none() => feed = Some(*id),
            Change::Feed { feed: id, change: FeedChange::Begun } if feed == Some(*id) => is_all = true,
            Change::Record { state: DeliveryState::Baseline, deliveries, .. } => {
                known.extend(names(deliveries).iter().map(ToString::to_string));
            }
            other => panic!("{other:?}"),
        }
    }
    feed.map(|feed| (feed, known, is_all))
}

/// The baseline of a feed that begins, and whether it is complete; `None` if the feed does not begin.
fn known(scene: &Scene) -> Option<(Vec<String>, bool)> {
    known_of(&scene.changes()).map(|(_, known, is_all)| (known, is_all))
}

#[test]
fn what_came_out_since_a_feed_was_made_is_new_whenever_it_is_seen() {
    let undated = story("undated", 40, |article| article.published_at = None);
    let mut scene = Scene::new(three().into_iter().chain([undated]).collect());
    scene.feed().settings.rules.max_age_days = 0;
    scene.begin(Some(0));
    scene.feed().created_at = ago(DAY);
    assert_eq!(known(&scene), Some((vec!["undated".to_owned()], true)), "those of a day ago are new");
    scene.feed().created_at = ago(DAY - 1);
    let all = ["undated", "a", "b", "c"].map(str::to_owned).to_vec();
    assert_eq!(known(&scene), Some((all, true)));
}

#[test]
fn what_is_not_announced_is_posted_only_on_request_and_due_once_it_is_announced() {
    let unannounced = |name, heat| story(name, heat, |article| article.is_announced = false);
    let mut scene =
        Scene::new(three().into_iter().chain([unannounced("x", 40), unannounced("y", 1)]).collect());
    assert_eq!(scene.due(), [["a", "b", "c"]]);
    // The baseline of a feed that begins contains none of it.
    scene.begin(Some(0));
    assert_eq!(known(&scene), Some((["a", "b", "c"].map(str::to_owned).to_vec(), true)));
    scene.begin(Some(2));
    assert_eq!(known(&scene), Some((vec!["b".to_owned(), "c".to_owned()], false)), "x is to be posted first");
    for name in ["b", "c"] {
        scene.row(name, DeliveryState::Baseline, None);
    }
    assert_eq!((known(&scene), scene.due()), (None, vec![vec!["x".to_owned(), "a".to_owned()]]));
    assert_eq!(scene.step(), "feed 1 posts x and leaves 0");
    scene.sent(7, &["x"], |_| {});
    assert_eq!(known(&scene), Some((vec![], true)), "a is due by itself");
    scene.feed().pending_backfill = None;
    assert_eq!(scene.due(), [["a"]]);
    scene.article("y").is_announced = true;
    assert_eq!(scene.due(), [["a", "y"]]);
}

#[test]
fn a_story_is_told_by_the_hottest_article_that_is_announced() {
    let mut scene = Scene::new(vec![story("a", 30, |_| {}), story("b", 10, |_| {})]);
    scene.article("a").is_announced = false;
    scene.article("b").addresses = scene.articles[0].addresses.clone();
    assert_eq!(scene.due(), [["b"]]);
    scene.begin(Some(1));
    assert_eq!((known(&scene), scene.due()), (Some((vec![], true)), vec![vec!["b".to_owned()]]));
}

#[test]
fn a_folder_without_articles_begins_nothing() {
    let mut scene = Scene::new(Vec::new());
    scene.begin(Some(3));
    assert_eq!((known(&scene), scene.plan().wants_load), (None, false));
}

#[test]
fn as_long_as_articles_arrive_a_feed_takes_more_as_known() {
    let mut scene = Scene::new(three());
    scene.begin(Some(2));
    scene.arrived_at = ago(14);
    assert_eq!(known(&scene), Some((vec!["c".to_owned()], false)));
    scene.row("c", DeliveryState::Baseline, None);
    assert_eq!(scene.due(), [["a", "b"]]);
    let plan = scene.plan();
    assert_eq!(
        (scene.changes(), plan.again_at, plan.wants_load),
        (vec![], Some(ago(-1)), false),
        "it settles"
    );
    // One story was posted already, so only the hottest of the rest is posted.
    scene.row("b", DeliveryState::Sent, None);
    scene.articles.push(story("d", 40, |_| {}));
    assert_eq!(known(&scene), Some((vec!["a".to_owned()], false)));
    scene.row("a", DeliveryState::Baseline, None);
    assert_eq!(scene.due(), [["d"]]);
    scene.articles.push(story("e", 50, |article| article.published_at = Some(now())));
    assert_eq!((known(&scene), scene.due()), (None, vec![vec!["e".to_owned(), "d".to_owned()]]), "e is new");
    scene.arrived_at = now();
    assert!(scene.plan().wants_load, "nothing was loaded since");
    scene.arrived_at = ago(15);
    assert_eq!(known(&scene), Some((vec![], true)));
}

#[test]
fn feeds_that_begin_together_leave_to_the_first_what_it_is_to_post() {
    let mut scene = Scene::new(three());
    scene.begin(Some(1));
    scene.add_feed(|feed| (feed.pending_backfill, feed.created_at) = (Some(1), now()));
    assert_eq!(known(&scene), Some((vec!["b".to_owned(), "c".to_owned()], true)));
    for name in ["b", "c"] {
        scene.row(name, DeliveryState::Baseline, None);
    }
    scene.feed().pending_backfill = None;
    assert_eq!(known(&scene), Some((vec![], true)), "a is the first one's");
}

#[test]
fn a_new_feed_takes_nothing_from_one_that_still_has_it_to_post() {
    let mut scene = Scene::new(three());
    scene.feed().settings.rules.heat_min = Some(20);
    for status in
        [FeedStatus::Active, FeedStatus::PausedByModerator, FeedStatus::Paused(PauseReason::ChannelHidden)]
    {
        scene.feed().status = status.clone();
        scene.feeds.truncate(1);
        scene.add_feed(|feed| (feed.pending_backfill, feed.created_at) = (Some(0), now()));
        let begun = known_of(&scene.changes());
        let expected = (FeedId(2), vec!["c".to_owned()], true);
        assert_eq!(begun, Some(expected), "{status:?}: a and b stay due for the first feed");
    }
}

#[test]
fn feeds_of_a_channel_begin_one_after_the_other_and_expire_a_story_once() {
    let mut scene = Scene::new(three());
    scene.begin(Some(0));
    scene.add_feed(|feed| (feed.pending_backfill, feed.created_at) = (Some(0), now()));
    let (feed, known, is_all) = known_of(&scene.changes()).unwrap();
    assert_eq!((feed, known.len(), is_all), (FeedId(1), 3, true));
    let old = story("old", 1, |article| article.published_at = Some(ago(7 * DAY + 1)));
    let mut scene = Scene::new(vec![old]);
    scene.add_feed(|_| {});
    let expired = scene.changes();
    assert!(
        matches!(&expired[..], [Change::Feed { feed: FeedId(1), .. }, Change::Record { .. }]),
        "{expired:?}"
    );
}

#[test]
fn an_edited_feed_takes_as_known_what_it_newly_lets_in_and_nothing_else() {
    let mut scene = Scene::new(three());
    scene.feed().settings.rules.heat_min = Some(25);
    let newly = |scene: &Scene, change: fn(&mut FeedSettings)| {
        let mut settings = scene.feeds[0].settings.clone();
        change(&mut settings);
        let new = scene.with_input(|input| newly_let_in(input, input.feeds[0], &settings, 0));
        baseline(new)
    };
    assert_eq!(newly(&scene, |settings| settings.rules.heat_min = None), ["b", "c"], "a was due before");
    assert_eq!(newly(&scene, |settings| settings.rules.heat_min = Some(28)), [""; 0]);
    scene.row("b", DeliveryState::Sent, None);
    assert_eq!(newly(&scene, |settings| settings.rules.heat_min = None), ["c"]);
    // Another feed of the channel has the story to post.
    scene.add_feed(|feed| feed.settings.rules.heat_min = Some(5));
    assert_eq!(newly(&scene, |settings| settings.rules.heat_min = None), [""; 0]);
}

#[test]
fn a_row_learns_what_its_story_is_known_by_as_well() {
    let mut scene = Scene::new(vec![story("a", 1, |_| {})]);
    scene.row("a", DeliveryState::Sent, None);
    assert_eq!(scene.changes(), []);
    let address = identities(["https://example.com/a", "https://example.com/other"]);
    scene.article("a").addresses = address;
    let changes = scene.changes();
    assert!(matches!(&changes[..], [Change::Widen { delivery: DeliveryId(1), .. }]), "{changes:?}");
}
