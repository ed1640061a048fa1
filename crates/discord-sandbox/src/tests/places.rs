//! Channels, threads and forums, and the permissions of the bot in them.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::raw_bot::{Arrived, RawBot, sandbox_with_clock};
use crate::{ChannelKind, RateLimits, Sandbox, SandboxOptions};

const MANAGE_CHANNELS: u64 = 1 << 4;
const VIEW: u64 = 1 << 10;
const SEND: u64 = 1 << 11;
const EMBED: u64 = 1 << 14;
const HISTORY: u64 = 1 << 16;
const EVERYONE: u64 = 1 << 17;
const IN_THREADS: u64 = 1 << 38;

async fn scene() -> (Sandbox, RawBot) {
    // More posts than five in five seconds.
    let rate_limits = RateLimits { messages_per_window: 100, ..RateLimits::default() };
    let options = SandboxOptions { rate_limits, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let bot = RawBot::identified(&sandbox).await;
    (sandbox, bot)
}

fn messages(sandbox: &Sandbox, channel: &str) -> String {
    format!("/channels/{}/messages", sandbox.channel_id(channel).expect("a channel"))
}

fn code(answer: &(u16, Value)) -> (u16, i64) {
    (answer.0, answer.1["code"].as_i64().unwrap_or(0))
}

fn card() -> Value {
    json!({"embeds": [{"title": "t"}]})
}

#[tokio::test]
async fn permissions_decide_what_the_bot_can_post() {
    let (sandbox, mut bot) = scene().await;
    let (news, path) = (sandbox.channel_id("news").expect("a channel"), messages(&sandbox, "news"));
    let me = sandbox.application_id();
    let text = || json!({"content": "x"});
    let both = || json!({"content": "x @everyone", "embeds": [{"title": "t"}]});
    let cases = [
        (VIEW, text(), (403, 50001)),
        (SEND, text(), (403, 50013)),
        (EMBED, card(), (403, 50013)),
        (EMBED, text(), (200, 0)),
        (HISTORY, json!({"content": "x", "message_reference": {"message_id": "1"}}), (400, 160_002)),
    ];
    for (denied, body, wanted) in cases {
        sandbox.set_overwrite(news, me, 0, denied).expect("set");
        assert_eq!(code(&bot.rest(Method::POST, &path, body).await), wanted, "{denied:x}");
        let event = bot.event("CHANNEL_UPDATE").await;
        let is_hidden = denied == VIEW;
        assert_eq!(event["name"] == "___hidden___", is_hidden);
        assert_eq!(event["flags"], if is_hidden { 1 << 17 } else { 0 });
    }
    sandbox.set_overwrite(news, me, EVERYONE, EMBED).expect("set");
    let (_, posted) = bot.rest(Method::POST, &path, both()).await;
    assert_eq!((&posted["embeds"], &posted["mention_everyone"]), (&json!([]), &json!(true)));
    let one = format!("{path}/{}", posted["id"].as_str().expect("an id"));
    let (_, edited) = bot.rest(Method::PATCH, &one, card()).await;
    assert_eq!(edited["embeds"], json!([]), "an edit drops them as well");
    sandbox.remove_overwrite(news, me).expect("removed");
    let (_, posted) = bot.rest(Method::POST, &path, both()).await;
    assert_eq!(
        (posted["embeds"].as_array().map(Vec::len), &posted["mention_everyone"]),
        (Some(1), &json!(false))
    );
    sandbox.set_overwrite(news, me, 0, HISTORY).expect("set");
    assert_eq!(bot.rest(Method::GET, &path, Value::Null).await, (200, json!([])));
    assert_eq!(code(&bot.rest(Method::GET, &one, Value::Null).await), (403, 50013));
}

#[tokio::test]
async fn a_text_channel_turns_into_an_announcement_channel_and_back_and_a_forum_does_not() {
    let (sandbox, mut bot) = scene().await;
    let news = sandbox.channel_id("news").expect("a channel");
    let (_, posted) = bot.rest(Method::POST, &messages(&sandbox, "news"), card()).await;
    let publish =
        format!("{}/{}/crosspost", messages(&sandbox, "news"), posted["id"].as_str().expect("an id"));
    assert_eq!(code(&bot.rest(Method::POST, &publish, Value::Null).await), (400, 50024));
    sandbox.turn_channel(news).expect("turned");
    assert_eq!(bot.event("CHANNEL_UPDATE").await["type"], 5);
    assert_eq!(bot.rest(Method::POST, &publish, Value::Null).await.0, 200);
    sandbox.turn_channel(news).expect("turned");
    assert_eq!(bot.event("CHANNEL_UPDATE").await["type"], 0);
    let forum = sandbox.create_channel("posts", ChannelKind::Forum).expect("a channel");
    assert!(sandbox.turn_channel(forum).is_err());
}

#[tokio::test]
async fn a_channel_and_the_bot_can_be_removed() {
    let (sandbox, mut bot) = scene().await;
    let path = messages(&sandbox, "general");
    sandbox.delete_channel(sandbox.channel_id("general").expect("a channel")).expect("deleted");
    assert_eq!(bot.event("CHANNEL_DELETE").await["name"], "general");
    assert_eq!(code(&bot.rest(Method::POST, &path, card()).await), (404, 10003));
    let made = sandbox.create_channel("later", ChannelKind::Text).expect("a channel");
    assert_eq!(bot.event("CHANNEL_CREATE").await["id"], made.to_string());
    assert_eq!(bot.rest(Method::POST, &format!("/channels/{made}/messages"), card()).await.0, 200);
    sandbox.delete_role(sandbox.role_id("Moderator").expect("a role")).expect("deleted");
    bot.event("GUILD_ROLE_DELETE").await;
    sandbox.set_role_permissions(sandbox.guild_id(), VIEW).expect("set");
    assert_eq!(bot.event("GUILD_ROLE_UPDATE").await["role"]["permissions"], VIEW.to_string());
    sandbox.set_preferred_locale("de");
    assert_eq!(bot.event("GUILD_UPDATE").await["preferred_locale"], "de");
    sandbox.remove_bot();
    let gone = bot.event("GUILD_DELETE").await;
    assert!(gone["unavailable"].is_null());
    let guild = format!("/guilds/{}", sandbox.guild_id());
    assert_eq!(code(&bot.rest(Method::GET, &guild, Value::Null).await), (404, 10004));
    assert_eq!(code(&bot.rest(Method::POST, &messages(&sandbox, "news"), card()).await), (403, 50001));
    sandbox.add_bot();
    assert_eq!(bot.event("GUILD_CREATE").await["preferred_locale"], "de");
    sandbox.time_out_bot(true);
    assert_eq!(code(&bot.rest(Method::POST, &messages(&sandbox, "news"), card()).await), (403, 50013));
}

#[tokio::test]
async fn announcements_are_published_once() {
    let (sandbox, bot) = scene().await;
    let path = messages(&sandbox, "announcements");
    let (_, posted) = bot.rest(Method::POST, &path, card()).await;
    let publish = format!("{path}/{}/crosspost", posted["id"].as_str().expect("an id"));
    let (status, published) = bot.rest(Method::POST, &publish, Value::Null).await;
    assert_eq!((status, &published["flags"]), (200, &json!(1)));
    assert_eq!(code(&bot.rest(Method::POST, &publish, Value::Null).await), (400, 40033));
    let path = messages(&sandbox, "news");
    let (_, posted) = bot.rest(Method::POST, &path, card()).await;
    let publish = format!("{path}/{}/crosspost", posted["id"].as_str().expect("an id"));
    assert_eq!(code(&bot.rest(Method::POST, &publish, Value::Null).await), (400, 50024));
}

#[tokio::test]
async fn a_message_has_one_thread_that_a_post_reopens_and_a_lock_closes() {
    let (sandbox, mut bot) = scene().await;
    let path = messages(&sandbox, "news");
    let (_, posted) = bot.rest(Method::POST, &path, card()).await;
    let id = posted["id"].as_str().expect("an id").to_owned();
    let start = format!("{path}/{id}/threads");
    let (status, thread) = bot.rest(Method::POST, &start, json!({"name": "talk"})).await;
    assert_eq!((status, &thread["id"], &thread["type"]), (201, &json!(id), &json!(11)));
    assert_eq!(bot.event("THREAD_CREATE").await["newly_created"], true);
    assert_eq!(code(&bot.rest(Method::POST, &start, json!({"name": "talk"})).await), (400, 160_004));
    let (_, message) = bot.rest(Method::GET, &format!("{path}/{id}"), Value::Null).await;
    assert_eq!(message["flags"], 1 << 5);
    let inside = format!("/channels/{id}/messages");
    sandbox
        .set_overwrite(sandbox.channel_id("news").expect("a channel"), sandbox.guild_id(), 0, SEND)
        .expect("set");
    let thread_id: u64 = id.parse().expect("an id");
    sandbox.set_thread(thread_id, true, false).expect("set");
    assert_eq!(bot.event("THREAD_UPDATE").await["thread_metadata"]["archived"], true);
    assert_eq!(bot.rest(Method::POST, &inside, card()).await.0, 200, "the bot's role counts there");
    assert_eq!(bot.event("THREAD_UPDATE").await["thread_metadata"]["archived"], false);
    sandbox.set_thread(thread_id, true, true).expect("set");
    assert_eq!(code(&bot.rest(Method::POST, &inside, card()).await), (400, 50083));
    sandbox.set_thread(thread_id, false, true).expect("set");
    assert_eq!(code(&bot.rest(Method::POST, &inside, card()).await), (400, 160_005));
    let news = sandbox.channel_id("news").expect("a channel");
    sandbox.set_thread(thread_id, false, false).expect("set");
    sandbox.set_overwrite(news, sandbox.application_id(), 0, IN_THREADS).expect("set");
    assert_eq!(code(&bot.rest(Method::POST, &inside, card()).await), (403, 50013));
    sandbox.delete_channel(news).expect("deleted");
    assert_eq!(code(&bot.rest(Method::POST, &inside, card()).await), (404, 10003));
}

#[tokio::test]
async fn a_forum_takes_posts_with_tags() {
    let (sandbox, bot) = scene().await;
    let forum = sandbox.channel_id("discussions").expect("a forum");
    assert_eq!(code(&bot.rest(Method::POST, &messages(&sandbox, "discussions"), card()).await), (400, 40058));
    let path = format!("/channels/{forum}/threads");
    let tags = sandbox.tags(forum);
    let post = |tags: Value| json!({"name": "A card", "message": card(), "applied_tags": tags});
    let (status, made) = bot.rest(Method::POST, &path, post(json!([tags[0].0.to_string()]))).await;
    assert_eq!(
        (status, &made["message"]["id"], &made["parent_id"]),
        (201, &made["id"], &json!(forum.to_string()))
    );
    assert_eq!(made["applied_tags"], json!([tags[0].0.to_string()]));
    sandbox.require_tag(forum, true).expect("set");
    assert_eq!(code(&bot.rest(Method::POST, &path, post(json!([]))).await), (400, 40067));
    assert_eq!(
        code(&bot.rest(Method::POST, &path, post(json!([tags[2].0.to_string()]))).await),
        (400, 50035)
    );
    assert_eq!(code(&bot.rest(Method::POST, &path, json!({"name": "n"})).await), (400, 50035));
    sandbox.set_overwrite(forum, sandbox.application_id(), 0, SEND).expect("set");
    assert_eq!(code(&bot.rest(Method::POST, &path, post(json!([]))).await), (403, 50013));
}

#[tokio::test]
async fn archived_posts_are_listed_and_take_no_changes() {
    let (sandbox, clock) = sandbox_with_clock().await;
    let bot = RawBot::identified(&sandbox).await;
    let forum = sandbox.channel_id("discussions").expect("a forum");
    let path = format!("/channels/{forum}/threads");
    let mut ids = Vec::new();
    for _ in 0..3 {
        let post = json!({"name": "A card", "message": card()});
        let (_, made) = bot.rest(Method::POST, &path, post).await;
        ids.push(made["id"].as_str().expect("an id").to_owned());
    }
    for id in [&ids[1], &ids[0]] {
        clock.advance(Duration::from_secs(1));
        sandbox.set_thread(id.parse().expect("an id"), true, false).expect("set");
    }
    let list = async |query: &str| {
        let (status, page) =
            bot.rest(Method::GET, &format!("{path}/archived/public{query}"), Value::Null).await;
        assert_eq!(status, 200, "{page}");
        let ids = page["threads"].as_array().expect("a list").iter().map(|thread| thread["id"].clone());
        (ids.collect::<Vec<_>>(), page["has_more"].clone(), page["threads"][0]["thread_metadata"].clone())
    };
    assert_eq!(list("").await.0, [json!(ids[0]), json!(ids[1])]);
    let (first, has_more, metadata) = list("?limit=1").await;
    assert_eq!((first, has_more), (vec![json!(ids[0])], json!(true)));
    let before = metadata["archive_timestamp"].as_str().expect("a time").replace('+', "%2B");
    assert_eq!(list(&format!("?before={before}")).await.0, [json!(ids[1])]);
    let first = format!("/channels/{0}/messages/{0}", ids[0]);
    assert_eq!(code(&bot.rest(Method::PATCH, &first, card()).await), (400, 50083));
    assert_eq!(code(&bot.rest(Method::DELETE, &first, Value::Null).await), (400, 50083));
    bot.rest(Method::PATCH, &format!("/channels/{}", ids[0]), json!({"archived": false})).await;
    assert_eq!(bot.rest(Method::PATCH, &first, card()).await.0, 200);
    sandbox.set_overwrite(forum, sandbox.application_id(), 0, HISTORY).expect("set");
    let hidden = bot.rest(Method::GET, &format!("{path}/archived/public"), Value::Null).await;
    assert_eq!(code(&hidden), (403, 50013));
}

#[tokio::test]
async fn direct_messages_are_opened_and_can_be_closed() {
    let (sandbox, mut bot) = scene().await;
    let body = json!({"recipient_id": sandbox.person("ada").id().expect("an id").to_string()});
    let (status, channel) = bot.rest(Method::POST, "/users/@me/channels", body).await;
    assert_eq!((status, &channel["type"]), (200, &json!(1)));
    let path = format!("/channels/{}/messages", channel["id"].as_str().expect("an id"));
    assert_eq!(bot.rest(Method::POST, &path, card()).await.0, 200);
    sandbox.set_direct_messages("ada", false).expect("set");
    assert_eq!(code(&bot.rest(Method::POST, &path, card()).await), (403, 50007));
    assert_eq!(sandbox.person("ada").sees("dm").map(|seen| seen.len()), Ok(1));
    // Without the intent for direct messages the bot gets no event of its message.
    bot.send(&json!({"op": 1, "d": null})).await;
    assert!(matches!(bot.next().await, Arrived::Json(ack) if ack["op"] == 11));
}

#[tokio::test]
async fn manage_channels_allows_a_new_name_and_a_slow_mode() {
    let (sandbox, mut bot) = scene().await;
    let news = sandbox.channel_id("news").expect("a channel");
    let path = format!("/channels/{news}");
    let change = json!({"name": "cards", "rate_limit_per_user": 30});
    assert_eq!(code(&bot.rest(Method::PATCH, &path, change.clone()).await), (403, 50013));
    sandbox.set_overwrite(news, sandbox.application_id(), MANAGE_CHANNELS, 0).expect("set");
    bot.event("CHANNEL_UPDATE").await;
    let (status, changed) = bot.rest(Method::PATCH, &path, change).await;
    assert_eq!(
        (status, &changed["name"], &changed["rate_limit_per_user"]),
        (200, &json!("cards"), &json!(30))
    );
    assert_eq!(bot.event("CHANNEL_UPDATE").await["name"], "cards");
    for refused in [json!({"name": ""}), json!({"rate_limit_per_user": 21_601}), json!({"nsfw": true})] {
        assert_eq!(code(&bot.rest(Method::PATCH, &path, refused.clone()).await), (400, 50035), "{refused}");
    }
}
