//! What the bot may do in a channel: checked before a card would vanish, and named when Discord refuses.

use heatwire::discord::channel_permissions::{ChannelFacts, fetch_channel, missing, needed_by_feed};
use heatwire::discord::sender::requests::Requests;
use heatwire::feed;

use super::*;

const IN_THREADS: u64 = 1 << 38;
const PUBLIC_THREADS: u64 = 1 << 35;

fn requests(scene: &Scene) -> Requests {
    Requests::new(&settings(&scene.sandbox)).unwrap()
}

async fn fetched(scene: &Scene, channel: ChannelId) -> ChannelFacts {
    fetch_channel(&requests(scene), scene.guild(), channel, Timestamp::now()).await.unwrap()
}

#[tokio::test]
async fn permissions_follow_roles_overwrites_and_timeouts() {
    let scene = Scene::new().await;
    let news = scene.channel("news");
    let needed = needed_by_feed(feed::ChannelKind::Text, true);
    let facts = fetched(&scene, news).await;
    assert_eq!((facts.name.as_str(), facts.feed_kind()), ("news", Some(feed::ChannelKind::Text)));
    assert_eq!(missing(facts.permissions, needed), 0);
    scene.deny(news, EMBED | PUBLIC_THREADS);
    let place = scene.posted(scene.channel("general"), 1).await;
    assert_eq!(missing(fetched(&scene, news).await.permissions, needed), EMBED | PUBLIC_THREADS);
    // A thread has the overwrites of its channel.
    scene.sender.send(&Action::OpenThread { place, name: "talk".to_owned() }).await;
    scene.deny(place.channel, SEND);
    let thread = fetched(&scene, ChannelId(place.message.0)).await;
    assert_eq!((thread.parent, thread.feed_kind()), (Some(place.channel), Some(feed::ChannelKind::Thread)));
    assert_eq!(missing(thread.permissions, needed), SEND);
    scene.sandbox.time_out_bot(true);
    let late = fetched(&scene, scene.channel("announcements")).await;
    assert_eq!(late.permissions, VIEW | HISTORY);
    assert_eq!(late.feed_kind(), Some(feed::ChannelKind::Announcement));
    scene.sandbox.time_out_bot(false);
    let forum = fetched(&scene, scene.channel("discussions")).await;
    assert_eq!(forum.feed_kind(), Some(feed::ChannelKind::Forum));
    let tags: Vec<(&str, bool)> =
        forum.tags.iter().map(|tag| (tag.name.as_str(), tag.is_moderated)).collect();
    assert_eq!(tags, [("News", false), ("Discussion", false), ("Pinned by staff", true)]);
    scene.sandbox.require_tag(forum.id.0, true).unwrap();
    assert!(fetched(&scene, forum.id).await.requires_tag && !forum.requires_tag);
    scene.deny(news, VIEW);
    let hidden = fetch_channel(&requests(&scene), scene.guild(), news, Timestamp::now()).await.unwrap_err();
    let Outcome::Refused(refusal) = hidden else { panic!("{hidden:?}") };
    assert_eq!((refusal.status, refusal.code), (403, 50_001));
}

#[tokio::test]
async fn without_embed_links_nothing_is_sent() {
    let scene = Scene::new().await;
    let (news, forum) = (scene.channel("news"), scene.channel("discussions"));
    for channel in [news, forum] {
        scene.deny(channel, EMBED);
    }
    for outcome in [scene.post(news, card(1), "n").await, scene.forum_post(1, &[]).await] {
        let refusal = refused(outcome);
        assert_eq!((refusal.status, refusal.code, refusal.lacks), (403, 50_013, EMBED));
    }
    assert!(scene.sandbox.requests().iter().all(|request| request.method == "GET"));
    for channel in [news, forum] {
        scene.sandbox.remove_overwrite(channel.0, scene.sandbox.application_id()).unwrap();
    }
    scene.posted(news, 1).await;
    scene.posted_in_forum(2).await;
}

#[tokio::test]
async fn an_edit_that_would_drop_the_card_is_not_made() {
    let scene = Scene::new().await;
    let place = scene.posted(scene.channel("news"), 1).await;
    // Another process, which knows nothing of the channel yet.
    let later = DiscordSender::new(&settings(&scene.sandbox), Arc::new(Timestamp::now)).unwrap();
    scene.deny(place.channel, EMBED);
    let refusal = refused(later.send(&Action::Edit { place, message: card(1) }).await);
    assert_eq!((refusal.code, refusal.lacks), (50_013, EMBED));
    assert_eq!(scene.seen("news")[0]["embeds"][0]["title"], "Story 1");
}

#[tokio::test]
async fn a_refusal_names_the_permission_that_is_missing() {
    let scene = Scene::new().await;
    let news = scene.channel("news");
    scene.deny(news, SEND);
    let refusal = refused(scene.post(news, card(1), "n").await);
    assert_eq!((refusal.code, refusal.lacks), (50_013, SEND));
    scene.deny(news, 0);
    let place = scene.posted(news, 1).await;
    scene.deny(news, PUBLIC_THREADS);
    let refusal = refused(scene.sender.send(&Action::OpenThread { place, name: "talk".to_owned() }).await);
    assert_eq!((refusal.code, refusal.lacks), (50_013, PUBLIC_THREADS));
}

#[tokio::test]
async fn in_a_forums_post_the_permission_for_threads_is_what_is_missing() {
    let scene = Scene::new().await;
    let place = scene.posted_in_forum(1).await;
    scene.deny(scene.channel("discussions"), IN_THREADS);
    scene.fault("PATCH /channels/*/messages/*", FaultKind::Code { status: 403, code: 50_013 });
    let refusal = refused(scene.sender.send(&Action::Edit { place, message: card(1) }).await);
    assert_eq!((refusal.code, refusal.lacks), (50_013, IN_THREADS));
}

#[tokio::test]
async fn a_question_before_a_post_that_fails_holds_up_no_post_in_a_text_channel() {
    let scene = Scene::new().await;
    let news = scene.channel("news");
    // Until the channel's guild is known, nothing is posted.
    scene.fault("GET /channels/*", FaultKind::Status(503));
    let outcome = scene.post(news, card(1), "n").await;
    assert!(matches!(outcome, Outcome::Lost { may_have_arrived: false, .. }), "{outcome:?}");
    scene.fault("GET /guilds/*", FaultKind::Status(503));
    scene.posted(news, 1).await;
    scene.fault("GET /channels/*", FaultKind::Status(503));
    scene.posted(news, 2).await;
    scene.fault("GET /channels/*", FaultKind::Status(503));
    let outcome = scene.forum_post(2, &["News"]).await;
    assert!(matches!(outcome, Outcome::Lost { may_have_arrived: false, .. }), "{outcome:?}");
}

#[tokio::test]
async fn what_is_known_of_a_guild_serves_all_its_channels() {
    let scene = Scene::new().await;
    for (key, channel) in (1..).zip(["news", "general", "announcements", "news"]) {
        scene.posted(scene.channel(channel), key).await;
    }
    let reads = |path_end: String| {
        let requests = scene.sandbox.requests();
        requests.iter().filter(|one| one.method == "GET" && one.path.ends_with(&path_end)).count()
    };
    assert_eq!(reads(format!("/guilds/{}", scene.guild())), 1);
    assert_eq!(reads(format!("/members/{}", scene.sandbox.application_id())), 1);
    assert_eq!(reads("/users/@me".to_owned()), 1);
    assert_eq!(reads(format!("/channels/{}", scene.channel("news"))), 1);
}
