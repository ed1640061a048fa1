//! The worker's requests over real HTTP: each action, each outcome, nothing twice.

use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Fault, FaultKind, RateLimits, Sandbox, SandboxOptions, Scope};
use heatwire::article_key::ArticleKey;
use heatwire::card::{Card, CardAuthor, Fingerprint, Picture};
use heatwire::delivery::record::PostKey;
use heatwire::delivery::send::{Action, FeedMessage, Found, Made, Outcome, Place, Refusal, Search, Sender};
use heatwire::discord::sender::DiscordSender;
use heatwire::ids::{ChannelId, GuildId, MessageId, RoleId};
use heatwire::messages::Language;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::harness::{sandbox_with, settings};
use heatwire::shards::Shards;

mod history;
mod permissions;
mod press;

const VIEW: u64 = 1 << 10;
const SEND: u64 = 1 << 11;
const EMBED: u64 = 1 << 14;
const HISTORY: u64 = 1 << 16;
const MANAGE_THREADS: u64 = 1 << 34;

/// A sender in a sandbox of its own.
struct Scene {
    sandbox: Arc<Sandbox>,
    sender: DiscordSender,
}

impl Scene {
    async fn new() -> Self {
        // More posts than five in five seconds, where a test is not about that.
        let rate_limits = RateLimits {
            messages_per_window: 1_000,
            global_per_second: 1_000,
            others_per_second: 1_000,
            ..RateLimits::default()
        };
        Self::with(SandboxOptions { rate_limits, ..SandboxOptions::default() }).await
    }

    async fn with(options: SandboxOptions) -> Self {
        let per_second = options.rate_limits.global_per_second.min(options.rate_limits.others_per_second);
        let sandbox = Arc::new(sandbox_with(options).await);
        let sender = DiscordSender::new(&settings(&sandbox), Arc::new(Timestamp::now)).unwrap();
        // As the sandbox allows it, less what the tests' own clocks differ.
        let sender = sender.with_requests_per_second(per_second as usize - 5);
        Self { sandbox, sender }
    }

    fn channel(&self, name: &str) -> ChannelId {
        ChannelId(self.sandbox.channel_id(name).unwrap())
    }

    fn guild(&self) -> GuildId {
        GuildId(self.sandbox.guild_id())
    }

    async fn post(&self, channel: ChannelId, message: FeedMessage, nonce: &str) -> Outcome {
        let guild = self.guild();
        self.sender.send(&Action::Post { guild, channel, message, nonce: nonce.to_owned() }).await
    }

    /// A card in a channel.
    async fn posted(&self, channel: ChannelId, key: u64) -> Place {
        let made = done(self.post(channel, card(key), &format!("{channel}-{key}")).await);
        assert_eq!(made.thread, None);
        Place { channel, message: made.message.unwrap() }
    }

    async fn forum_post(&self, key: u64, topics: &[&str]) -> Outcome {
        let topics = topics.iter().map(|topic| (*topic).to_owned()).collect();
        let (channel, name) = (self.channel("discussions"), "A \u{202e}story".to_owned());
        let guild = self.guild();
        self.sender.send(&Action::ForumPost { guild, channel, name, topics, message: card(key) }).await
    }

    /// The first message of a new post of the forum.
    async fn posted_in_forum(&self, key: u64) -> Place {
        let made = done(self.forum_post(key, &[]).await);
        Place { channel: made.thread.unwrap(), message: made.message.unwrap() }
    }

    fn fault(&self, route: &str, kind: FaultKind) {
        self.sandbox.plan_fault(Fault { route: route.to_owned(), kind, count: 1 }).unwrap();
    }

    /// What the bot may not do in a channel.
    fn deny(&self, channel: ChannelId, permissions: u64) {
        self.sandbox.set_overwrite(channel.0, self.sandbox.application_id(), 0, permissions).unwrap();
    }

    /// The messages that stand in a channel, as a member sees them.
    fn seen(&self, channel: &str) -> Vec<Value> {
        let seen = self.sandbox.person("ada").sees(channel).unwrap();
        seen.iter().map(|answer| (**answer).clone()).collect()
    }

    /// The body of the last request of this kind.
    fn last_body(&self, method: &str, path_end: &str) -> Value {
        let requests = self.sandbox.requests();
        let mut fitting =
            requests.iter().rev().filter(|one| one.method == method && one.path.ends_with(path_end));
        (*fitting.next().unwrap().body).clone()
    }
}

fn card(key: u64) -> FeedMessage {
    let card = Card {
        author: Some(CardAuthor {
            name: "The Source".into(),
            icon_url: Some("https://example.com/i.png".into()),
        }),
        title: format!("Story {key}"),
        url: Some(format!("https://example.com/{key}")),
        description: "What it is about".into(),
        picture: Some(Picture::Full("https://example.com/p.png".into())),
        footer: "❄ 0".into(),
        timestamp: Some(Timestamp::UNIX_EPOCH),
        ..Card::default()
    };
    FeedMessage {
        key: PostKey(key),
        language: Language::English,
        content: String::new(),
        cards: vec![card],
        stories: vec![(ArticleKey(key), format!("Story {key}"))],
        mention: None,
        is_silent: false,
        fingerprint: Fingerprint::default(),
    }
}

fn done(outcome: Outcome) -> Made {
    let made = if let Outcome::Done(made) = outcome { Ok(made) } else { Err(outcome) };
    made.unwrap()
}

fn refused(outcome: Outcome) -> Refusal {
    let refusal = if let Outcome::Refused(refusal) = outcome { Ok(refusal) } else { Err(outcome) };
    refusal.unwrap()
}

fn code(outcome: Outcome) -> (u16, u32) {
    let refusal = refused(outcome);
    (refusal.status, refusal.code)
}

#[tokio::test]
async fn a_card_is_posted_edited_and_deleted() {
    let scene = Scene::new().await;
    let news = scene.channel("news");
    let place = scene.posted(news, 1).await;
    let [seen] = &scene.seen("news")[..] else { panic!() };
    assert_eq!(seen["id"], place.message.to_string());
    assert_eq!(seen["embeds"][0]["title"], "Story 1");
    assert_eq!(seen["components"][0]["components"][1]["url"], "https://example.com/1");
    let message = FeedMessage { content: "Changed".to_owned(), ..card(1) };
    let edited = scene.sender.send(&Action::Edit { place, message }).await;
    assert_eq!(edited, Outcome::Done(Made::default()));
    assert_eq!(scene.seen("news")[0]["content"], "Changed");
    let delete = Action::Delete { place };
    assert_eq!(scene.sender.send(&delete).await, Outcome::Done(Made::default()));
    assert!(scene.seen("news").is_empty());
    assert_eq!(code(scene.sender.send(&delete).await), (404, 10_008));
    let edit = Action::Edit { place, message: card(1) };
    assert_eq!(code(scene.sender.send(&edit).await), (404, 10_008));
}

#[tokio::test]
async fn only_the_role_is_pinged_and_edits_ping_nobody() {
    let scene = Scene::new().await;
    let role = scene.sandbox.role_id("Moderator").unwrap();
    let hostile = FeedMessage { content: "@everyone".to_owned(), mention: Some(RoleId(role)), ..card(1) };
    let outcome = scene.post(scene.channel("news"), hostile.clone(), "n").await;
    let Outcome::Done(Made { message: Some(message), .. }) = outcome else { panic!("{outcome:?}") };
    let body = scene.last_body("POST", "/messages");
    assert_eq!(body["allowed_mentions"], json!({"parse": [], "users": [], "roles": [role.to_string()]}));
    assert_eq!(scene.seen("news")[0]["content"], format!("<@&{role}> @everyone"));
    assert_eq!(scene.seen("news")[0]["mention_everyone"], false);
    let place = Place { channel: scene.channel("news"), message };
    scene.sender.send(&Action::Edit { place, message: hostile }).await;
    let seen = &scene.seen("news")[0];
    assert_eq!(seen["content"], format!("<@&{role}> @everyone"));
    assert_eq!(
        scene.last_body("PATCH", &format!("/messages/{message}"))["allowed_mentions"],
        json!({"parse": [], "users": [], "roles": []})
    );
}

#[tokio::test]
async fn the_same_nonce_twice_is_one_message() {
    let scene = Scene::new().await;
    let news = scene.channel("news");
    let first = scene.post(news, card(1), "same").await;
    assert_eq!(scene.post(news, card(1), "same").await, first);
    scene.fault("POST /channels/*/messages", FaultKind::ResetAfter);
    let lost = scene.post(news, card(2), "lost").await;
    assert!(matches!(lost, Outcome::Lost { may_have_arrived: true, .. }), "{lost:?}");
    assert_eq!(scene.seen("news").len(), 2);
    let Outcome::Done(made) = scene.post(news, card(2), "lost").await else { panic!() };
    assert_eq!(scene.seen("news").len(), 2);
    scene.sandbox.delete_message(news.0, made.message.unwrap().0).unwrap();
    assert_eq!(code(scene.post(news, card(2), "lost").await), (404, 10_008), "posted, then deleted");
}

#[tokio::test]
async fn faults_before_and_after_the_effect_are_told_as_what_they_are() {
    let scene = Scene::new().await;
    let route = "POST /channels/*/messages";
    let news = scene.channel("news");
    for status in [500, 502, 503] {
        scene.fault(route, FaultKind::Status(status));
        assert_eq!(code(scene.post(news, card(1), "n").await), (status, 0));
    }
    scene.fault(route, FaultKind::Status(401));
    assert_eq!(code(scene.post(news, card(1), "n").await), (401, 0));
    scene.fault(route, FaultKind::ResetBefore);
    assert!(matches!(scene.post(news, card(1), "n").await, Outcome::Lost { may_have_arrived: true, .. }));
    assert!(scene.seen("news").is_empty());
    let lines = [
        ("POST /channels/*/messages/*/crosspost", FaultKind::ResetAfter),
        ("PATCH /channels/*/messages/*", FaultKind::ResetAfter),
        ("DELETE /channels/*/messages/*", FaultKind::ResetAfter),
    ];
    let place = scene.posted(scene.channel("announcements"), 2).await;
    for (route, kind) in lines {
        scene.fault(route, kind);
    }
    for action in
        [Action::Crosspost { place }, Action::Edit { place, message: card(3) }, Action::Delete { place }]
    {
        let outcome = scene.sender.send(&action).await;
        assert!(matches!(outcome, Outcome::Lost { may_have_arrived: true, .. }), "{action:?}: {outcome:?}");
    }
    assert!(scene.seen("announcements").is_empty());
}

#[tokio::test]
async fn a_process_knows_discords_time_before_its_first_post() {
    let sandbox = sandbox_with(SandboxOptions::default()).await;
    let sender = DiscordSender::new(&settings(&sandbox), Arc::new(Timestamp::now)).unwrap();
    assert_eq!(sender.discord_now(), None);
    sender.learn_time().await;
    assert!(sender.discord_now().is_some());
}

#[tokio::test]
async fn nobody_listening_is_a_request_that_did_not_arrive() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let api_url = Some(format!("http://{}", listener.local_addr().unwrap()));
    drop(listener);
    let settings = heatwire::discord::Settings {
        token: "secret-token".into(),
        guild_id: None,
        api_url,
        shards: Shards::Recommended,
    };
    let sender = DiscordSender::new(&settings, Arc::new(Timestamp::now)).unwrap();
    let post =
        Action::Post { guild: GuildId(1), channel: ChannelId(1), message: card(1), nonce: "n".to_owned() };
    let outcome = sender.send(&post).await;
    assert!(matches!(outcome, Outcome::Lost { may_have_arrived: false, .. }), "{outcome:?}");
    let text = format!("{outcome:?} {sender:?}");
    assert!(!text.contains("secret") && !text.contains("/channels/"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_never_comes_is_given_up() {
    // The clock stands still while anything is under way and leaps to the deadline when nothing is.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api_url = Some(format!("http://{}", silent.local_addr().unwrap()));
    let settings = heatwire::discord::Settings {
        token: "fake".into(),
        guild_id: None,
        api_url,
        shards: Shards::Recommended,
    };
    let sender = DiscordSender::new(&settings, Arc::new(Timestamp::now)).unwrap();
    let place = Place { channel: ChannelId(1), message: MessageId(2) };
    let Outcome::Lost { may_have_arrived: true, cause } = sender.send(&Action::Delete { place }).await else {
        panic!()
    };
    assert!(cause.contains("no answer in time"), "{cause}");
}

#[tokio::test]
async fn limits_are_told_by_the_longer_of_header_and_body() {
    let scene = Scene::new().await;
    let place = scene.posted(scene.channel("news"), 1).await;
    let edit = || Action::Edit { place, message: card(1) };
    let limit = |scope, body, header| FaultKind::RateLimit {
        scope,
        retry_after: Duration::from_secs(body),
        header: Some(Duration::from_secs(header)),
    };
    for (scope, body, header) in [(Scope::User, 1163, 1), (Scope::Shared, 1, 65)] {
        scene.fault("PATCH /channels/*/messages/*", limit(scope, body, header));
        let refusal = refused(scene.sender.send(&edit()).await);
        assert_eq!((refusal.status, refusal.is_global), (429, false));
        assert_eq!(refusal.retry_after, Some(Duration::from_secs(body.max(header))));
    }
    scene.fault("PATCH /channels/*/messages/*", limit(Scope::Global, 100, 1));
    assert!(refused(scene.sender.send(&edit()).await).is_global);
    let asked = scene.sandbox.requests().len();
    let refusal = refused(scene.sender.send(&edit()).await);
    assert!(refusal.is_global && refusal.retry_after > Some(Duration::from_secs(90)), "{refusal:?}");
    assert_eq!(scene.sandbox.requests().len(), asked, "all wait, so nothing was asked");
}

#[tokio::test]
async fn a_burst_in_one_channel_meets_no_limit_and_holds_up_no_other() {
    let scene = Scene::with(SandboxOptions::default()).await;
    let (news, general) = (scene.channel("news"), scene.channel("general"));
    // Discord's window of five posts, of which nothing is known before the first answer.
    for key in 1..=5 {
        scene.posted(news, key).await;
    }
    let waits = scene.posted(news, 6);
    let others = async {
        for key in 11..=15 {
            scene.posted(general, key).await;
        }
        scene.seen("news").len()
    };
    let (_, in_news_meanwhile) = tokio::join!(waits, others);
    assert_eq!(in_news_meanwhile, 5);
    assert!(scene.sandbox.requests().iter().all(|request| request.status == 200));
}

#[tokio::test]
async fn crossposts_are_done_once_and_wait_for_their_hour() {
    let scene = Scene::new().await;
    let announcements = scene.channel("announcements");
    for key in 1..=10 {
        let place = scene.posted(announcements, key).await;
        assert_eq!(scene.sender.send(&Action::Crosspost { place }).await, Outcome::Done(Made::default()));
    }
    let place = scene.posted(announcements, 11).await;
    let asked = scene.sandbox.requests().len();
    let refusal = refused(scene.sender.send(&Action::Crosspost { place }).await);
    assert_eq!(refusal.status, 429);
    assert!(!refusal.is_global && refusal.retry_after > Some(Duration::from_secs(3_000)), "{refusal:?}");
    assert_eq!(scene.sandbox.requests().len(), asked, "the quota is known to be used up");
    scene.posted(announcements, 12).await;
    let scene = Scene::new().await;
    let place = scene.posted(scene.channel("announcements"), 1).await;
    scene.sender.send(&Action::Crosspost { place }).await;
    assert_eq!(code(scene.sender.send(&Action::Crosspost { place }).await), (400, 40_033));
}

#[tokio::test]
async fn a_post_gets_its_one_thread() {
    let scene = Scene::new().await;
    let place = scene.posted(scene.channel("news"), 1).await;
    let open = || Action::OpenThread { place, name: "Talk ".repeat(40) };
    let made = Made { message: None, thread: Some(ChannelId(place.message.0)) };
    assert_eq!(scene.sender.send(&open()).await, Outcome::Done(made));
    assert_eq!(scene.last_body("POST", "/threads")["name"].as_str().unwrap().chars().count(), 100);
    assert_eq!(code(scene.sender.send(&open()).await), (400, 160_004));
    let thread = Action::DeleteThread { thread: ChannelId(place.message.0) };
    assert_eq!(code(scene.sender.send(&thread).await), (403, 50_013));
    scene.sandbox.set_overwrite(place.channel.0, scene.sandbox.application_id(), MANAGE_THREADS, 0).unwrap();
    assert_eq!(scene.sender.send(&thread).await, Outcome::Done(Made::default()));
    assert_eq!(code(scene.sender.send(&thread).await), (404, 10_003));
}

#[tokio::test]
async fn a_forums_post_has_the_tags_of_its_topics() {
    let scene = Scene::new().await;
    let forum = scene.channel("discussions");
    let outcome = scene.forum_post(1, &["Rust", "news", "Pinned by staff"]).await;
    let Outcome::Done(Made { message: Some(message), thread: Some(thread) }) = outcome else {
        panic!("{outcome:?}")
    };
    let body = scene.last_body("POST", "/threads");
    assert_eq!(body["applied_tags"], json!([scene.sandbox.tags(forum.0)[0].0.to_string()]));
    assert_eq!(body["name"], "A story");
    assert_eq!(ChannelId(message.0), thread);
    scene.sandbox.require_tag(forum.0, true).unwrap();
    assert_eq!(code(scene.forum_post(2, &["Rust"]).await), (400, 40_067));
    assert!(matches!(scene.forum_post(2, &["Discussion"]).await, Outcome::Done(_)));
    assert_eq!(code(scene.post(forum, card(3), "n").await), (400, 40_058));
}

#[tokio::test]
async fn an_archived_post_is_opened_for_its_correction_and_a_locked_one_is_not() {
    let scene = Scene::new().await;
    let place = scene.posted_in_forum(1).await;
    scene.sandbox.set_thread(place.channel.0, true, false).unwrap();
    let edit = || Action::Edit { place, message: FeedMessage { content: "Changed".to_owned(), ..card(1) } };
    assert_eq!(scene.sender.send(&edit()).await, Outcome::Done(Made::default()));
    scene.sandbox.set_thread(place.channel.0, true, true).unwrap();
    assert_eq!(code(scene.sender.send(&edit()).await), (400, 50_083));
    scene.sandbox.set_thread(place.channel.0, true, false).unwrap();
    assert_eq!(scene.sender.send(&Action::Delete { place }).await, Outcome::Done(Made::default()));
}

#[tokio::test]
async fn what_goes_wrong_in_a_channel_has_its_code() {
    let scene = Scene::new().await;
    let news = scene.channel("news");
    scene.deny(news, VIEW);
    assert_eq!(code(scene.post(news, card(1), "n").await), (403, 50_001));
    scene.deny(news, 0);
    scene.sandbox.delete_channel(news.0).unwrap();
    assert_eq!(code(scene.post(news, card(1), "n").await), (404, 10_003));
    let mut picture = card(2);
    picture.cards[0].picture = Some(Picture::Full("ftp://example.com/p.png".into()));
    let refusal = refused(scene.post(scene.channel("general"), picture, "n").await);
    assert_eq!((refusal.code, &refusal.faulty_fields[..]), (50_035, &["embeds.0.image.url".to_owned()][..]));
    let bare = FeedMessage { cards: Vec::new(), stories: Vec::new(), ..card(3) };
    assert_eq!(code(scene.post(scene.channel("general"), bare, "n").await), (400, 50_006));
    scene.sandbox.remove_bot();
    assert_eq!(code(scene.post(scene.channel("general"), card(1), "n").await), (403, 50_001));
}
