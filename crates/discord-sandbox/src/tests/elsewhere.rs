//! The second guild.

use reqwest::Method;
use serde_json::{Value, json};

use super::raw_bot::RawBot;
use crate::{Sandbox, SandboxOptions};

#[tokio::test]
async fn the_second_guild_has_its_own_channels_and_roles_and_gets_the_bot_on_request() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let bot = RawBot::identified(&sandbox).await;
    let (first, second) = (sandbox.guild_id().to_string(), sandbox.elsewhere_id().to_string());
    let guild = format!("/guilds/{second}");
    let channel = sandbox.channel_id("elsewhere").expect("a channel");
    let path = format!("/channels/{channel}");
    assert_eq!(bot.rest(Method::GET, &guild, Value::Null).await.1["code"], 10_004);
    assert_eq!(bot.rest(Method::GET, &path, Value::Null).await.1["code"], 50_001);
    sandbox.add_bot_elsewhere();
    assert_eq!(bot.rest(Method::GET, &guild, Value::Null).await.1["name"], "Elsewhere");
    assert_eq!(bot.rest(Method::GET, &path, Value::Null).await.1["guild_id"], json!(second));
    let (_, roles) = bot.rest(Method::GET, &format!("{guild}/roles"), Value::Null).await;
    assert_eq!((roles[0]["id"].as_str(), roles.as_array().map(Vec::len)), (Some(&*second), Some(3)));
    let (_, channels) = bot.rest(Method::GET, &format!("{guild}/channels"), Value::Null).await;
    assert_eq!(channels.as_array().map(Vec::len), Some(2));
    let (_, posted) = bot.rest(Method::POST, &format!("{path}/messages"), json!({"content": "x"})).await;
    assert!(posted["id"].is_string(), "{posted}");
    let news = sandbox.channel_id("news").expect("a channel");
    let (_, ours) = bot.rest(Method::GET, &format!("/channels/{news}"), Value::Null).await;
    assert_eq!(ours["guild_id"], json!(first));
    sandbox.remove_bot_elsewhere();
    assert_eq!(bot.rest(Method::GET, &path, Value::Null).await.1["code"], 50_001);
}
