//! Commands as a bot registers, changes and removes them.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::raw_bot::{RawBot, sandbox_with_clock};
use crate::{Sandbox, SandboxOptions};

fn paths(sandbox: &Sandbox) -> [String; 2] {
    let (application, guild) = (sandbox.application_id(), sandbox.guild_id());
    [
        format!("/applications/{application}/commands"),
        format!("/applications/{application}/guilds/{guild}/commands"),
    ]
}

fn code(answer: &(u16, Value)) -> (u16, i64) {
    (answer.0, answer.1["code"].as_i64().unwrap_or(0))
}

#[tokio::test]
async fn commands_keep_their_ids_when_they_are_registered_again() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let bot = RawBot::connect(&sandbox).await;
    let path = format!("/applications/{}/guilds/{}/commands", sandbox.application_id(), sandbox.guild_id());
    let news = |description: &str| json!({"name": "news", "description": description});
    let (_, first) =
        bot.rest(Method::PUT, &path, json!([news("a"), {"name": "old", "description": "d"}])).await;
    let (_, second) = bot.rest(Method::PUT, &path, json!([news("b")])).await;
    assert_eq!((&second[0]["id"], &second[0]["description"]), (&first[0]["id"], &json!("b")));
    assert_ne!(second[0]["version"], first[0]["version"]);
    let (status, third) = bot.rest(Method::POST, &path, json!({"name": "topics", "description": "d"})).await;
    assert_eq!(status, 201);
    let (status, _) = bot.rest(Method::POST, &path, json!({"name": "topics", "description": "e"})).await;
    assert_eq!(status, 200);
    let (_, listed) = bot.rest(Method::GET, &path, Value::Null).await;
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
    assert_eq!(listed[1]["id"], third["id"]);
    assert_eq!(sandbox.commands().len(), 2);
}

#[tokio::test]
async fn one_command_is_read_changed_and_removed_globally_and_in_the_guild() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let bot = RawBot::connect(&sandbox).await;
    for path in paths(&sandbox) {
        let news = json!({"name": "news", "description": "d", "default_member_permissions": "32", "options": [
            {"type": 3, "name": "topic", "description": "d"}]});
        let (_, made) = bot.rest(Method::POST, &path, news).await;
        bot.rest(Method::POST, &path, json!({"name": "topics", "description": "d"})).await;
        let one = format!("{path}/{}", made["id"].as_str().expect("an id"));
        assert_eq!(bot.rest(Method::GET, &one, Value::Null).await, (200, made.clone()));

        let (status, changed) = bot.rest(Method::PATCH, &one, json!({"description": "e"})).await;
        assert_eq!((status, &changed["description"]), (200, &json!("e")));
        for key in ["id", "name", "options", "default_member_permissions"] {
            assert_eq!(changed[key], made[key], "{key} was not named and stays");
        }
        assert_ne!(changed["version"], made["version"]);
        let (_, renamed) = bot.rest(Method::PATCH, &one, json!({"name": "cards", "options": []})).await;
        assert_eq!(
            (&renamed["name"], &renamed["id"], &renamed["options"]),
            (&json!("cards"), &made["id"], &json!([]))
        );
        let taken = bot.rest(Method::PATCH, &one, json!({"name": "topics"})).await;
        assert_eq!(code(&taken), (400, 40041));
        let (status, refused) = bot.rest(Method::PATCH, &one, json!({"name": "No Good"})).await;
        assert_eq!(
            (status, &refused["errors"]["name"]["_errors"][0]["code"]),
            (400, &json!("APPLICATION_COMMAND_INVALID_NAME"))
        );
        let (_, same) = bot.rest(Method::GET, &one, Value::Null).await;
        assert_eq!(same["name"], "cards", "a refused change changes nothing");

        assert_eq!(bot.rest(Method::DELETE, &one, Value::Null).await.0, 204);
        for method in [Method::GET, Method::PATCH, Method::DELETE] {
            assert_eq!(code(&bot.rest(method, &one, json!({"description": "f"})).await), (404, 10063));
        }
        assert_eq!(code(&bot.rest(Method::POST, &path, json!({"name": "b a d"})).await), (400, 50035));
    }
    assert_eq!(sandbox.commands().len(), 2, "one name in two scopes is two commands");
}

#[tokio::test]
async fn a_day_allows_200_new_commands_and_known_names_do_not_count() {
    let (sandbox, clock) = sandbox_with_clock().await;
    let bot = RawBot::connect(&sandbox).await;
    let [path, guild_path] = paths(&sandbox);
    let named = |from: usize, count: usize| -> Value {
        (from..from + count).map(|number| json!({"name": format!("c{number}"), "description": "d"})).collect()
    };
    assert_eq!(bot.rest(Method::PUT, &path, named(0, 100)).await.0, 200);
    assert_eq!(bot.rest(Method::PUT, &path, named(0, 100)).await.0, 200, "nothing of it is new");
    clock.advance(Duration::from_secs(3600));
    assert_eq!(bot.rest(Method::PUT, &path, named(99, 100)).await.0, 200);
    assert_eq!(code(&bot.rest(Method::PUT, &path, named(198, 3)).await), (400, 30034));
    let (_, listed) = bot.rest(Method::GET, &path, Value::Null).await;
    assert_eq!(listed.as_array().map(Vec::len), Some(100), "a refused list replaces nothing");
    assert_eq!(bot.rest(Method::PUT, &path, named(198, 2)).await.0, 200, "the 200th");
    let one_more = json!({"name": "more", "description": "d"});
    assert_eq!(code(&bot.rest(Method::POST, &path, one_more.clone()).await), (400, 30034));
    assert_eq!(bot.rest(Method::POST, &guild_path, one_more.clone()).await.0, 201, "the guild has its own");
    clock.advance(Duration::from_secs(23 * 3600));
    assert_eq!(bot.rest(Method::POST, &path, one_more).await.0, 201);
}

#[tokio::test]
async fn a_list_of_commands_has_translations_only_on_request() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let bot = RawBot::connect(&sandbox).await;
    for path in paths(&sandbox) {
        let news = json!({"name": "news", "description": "d", "name_localizations": {"de": "neues"},
            "contexts": [0], "integration_types": [0, 1], "options": [
            {"type": 3, "name": "sort", "description": "d", "description_localizations": {"de": "e"}, "choices": [
                {"name": "Heat", "value": "heat", "name_localizations": {"de": "Hitze"}}]}]});
        let (_, written) = bot.rest(Method::PUT, &path, json!([news])).await;
        assert_eq!(written[0]["name_localizations"]["de"], "neues");
        let (_, plain) = bot.rest(Method::GET, &path, Value::Null).await;
        let option = &plain[0]["options"][0];
        assert!(plain[0].get("name_localizations").is_none(), "{plain}");
        assert!(plain[0].get("description_localizations").is_none(), "{plain}");
        assert!(option.get("description_localizations").is_none(), "{plain}");
        assert!(option["choices"][0].get("name_localizations").is_none(), "{plain}");
        let (_, full) = bot.rest(Method::GET, &format!("{path}?with_localizations=true"), Value::Null).await;
        assert_eq!(full, written);
        let is_global = !path.contains("/guilds/");
        assert_eq!(full[0].get("contexts").is_some(), is_global, "a guild's command has no places");
        assert_eq!(full[0].get("integration_types").is_some(), is_global);
    }
}

#[tokio::test]
async fn a_message_names_the_command_with_its_subcommands() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.expect("a sandbox");
    let mut bot = RawBot::identified(&sandbox).await;
    let list = json!({"type": 1, "name": "list", "description": "d"});
    let group = json!({"type": 2, "name": "of", "description": "d", "options": [list]});
    bot.register(&sandbox, json!([{"name": "feed", "description": "d", "options": [list, group]}])).await;
    let ada = sandbox.person("ada");
    for (options, name) in [(json!({"list": {}}), "feed list"), (json!({"of": {"list": {}}}), "feed of list")]
    {
        let (answer, ()) = tokio::join!(ada.command("feed", options), async {
            let event = bot.event("INTERACTION_CREATE").await;
            bot.callback(&event, json!({"type": 4, "data": {"content": "x"}})).await;
        });
        assert_eq!(answer.expect("an answer").message()["interaction_metadata"]["name"], name);
    }
}
