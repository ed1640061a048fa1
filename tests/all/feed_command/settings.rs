//! `/settings` as moderators use it.

use super::*;

impl FeedBot {
    pub(super) async fn settings(&self, options: Value) -> String {
        let answer = self.mona().command("settings", options).await.unwrap().settled().await.unwrap();
        assert!(answer.is_ephemeral());
        answer.content().to_owned()
    }

    /// The messages that everybody sees in a channel, oldest first.
    pub(super) fn open_messages(&self, channel: &str) -> Vec<Arc<Value>> {
        let is_ephemeral = |message: &Arc<Value>| message["flags"].as_u64().unwrap_or(0) & 64 != 0;
        let messages = self.sandbox.posted_in(channel).unwrap().into_iter();
        messages.filter(|message| !is_ephemeral(message)).collect()
    }

    /// The texts of these messages.
    pub(super) fn texts(&self, channel: &str) -> Vec<String> {
        let messages = self.open_messages(channel);
        messages.iter().map(|message| message["content"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn a_channel_for_notices_is_tested_and_the_test_says_what_it_is() {
    let bot = FeedBot::start().await;
    let general = bot.channel("general");
    bot.deny("general", SEND_MESSAGES);
    let refused = bot.settings(json!({ "notices": "general" })).await;
    let lacks =
        format!("⚠️ The bot lacks permissions in <#{general}>: **Send Messages**. It changed nothing.");
    assert!(refused.starts_with(&lacks), "{refused}");
    bot.deny("general", VIEW_CHANNEL);
    let hidden = bot.settings(json!({ "notices": "general" })).await;
    assert!(hidden.contains(": **View Channel**. It changed nothing."), "{hidden}");
    assert!(bot.settings(json!({})).await.contains("**Reports of troubles:** no channel"));
    bot.sandbox.remove_overwrite(general, bot.sandbox.application_id()).unwrap();
    assert!(bot.texts("general").is_empty());

    let set = bot.settings(json!({ "notices": "general", "language": "ja" })).await;
    assert!(set.starts_with(&format!("✅ The bot reports troubles in <#{general}> from now on.")), "{set}");
    let test = bot.texts("general").pop().unwrap();
    assert!(test.starts_with("**テストメッセージ。**"), "in the language of posts: {test}");
    let message = bot.sandbox.posted_in("general").unwrap().pop().unwrap();
    assert_eq!((&message["mentions"], &message["mention_everyone"]), (&json!([]), &json!(false)));
    assert!(bot.settings(json!({})).await.contains(&format!("**Reports of troubles:** <#{general}>\n")));
    bot.settings(json!({ "clear": "notices" })).await;
    assert!(bot.settings(json!({})).await.contains("**Reports of troubles:** no channel"));
    assert_eq!(bot.texts("general").len(), 1, "only the test");
    bot.end().await;
}

#[tokio::test]
async fn members_and_other_servers_channels_are_refused() {
    let bot = FeedBot::start().await;
    let commands = bot.sandbox.commands();
    let command = commands.iter().find(|command| command["name"] == "settings").unwrap();
    let options = json!([{ "name": "language", "type": 3, "value": "de" }]);
    let data = json!({ "id": command["id"], "name": "settings", "type": 1, "options": options });
    let ben = bot.sandbox.person("ben");
    let refused = ben.interaction(json!({ "type": 2, "data": data })).await.unwrap().settled().await.unwrap();
    assert!(refused.content().contains("Manage Server"), "{}", refused.content());
    assert!(bot.settings(json!({})).await.contains("English, because"));
    // A moderator of another server chooses a channel of this one.
    bot.sandbox.add_bot_elsewhere();
    let theirs = bot.sandbox.person("mod").in_channel("elsewhere");
    let channel = bot.channel("general").to_string();
    let answer = theirs.command("settings", json!({ "notices": channel })).await.unwrap();
    let answer = answer.settled().await.unwrap();
    assert!(answer.content().contains("is not a channel of this server"), "{}", answer.content());
    assert!(bot.texts("general").is_empty());
    bot.end().await;
}
