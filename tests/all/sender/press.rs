//! What members do with a feed's message.

use super::*;
use crate::harness::{Bot, borrowed, titles, twelve_and_one};

#[tokio::test]
async fn anybody_opens_the_article_of_a_card_also_after_a_restart() {
    let bot = Bot::with_files(&borrowed(&twelve_and_one())).await;
    let sender = DiscordSender::new(&settings(&bot.sandbox), Arc::new(Timestamp::now)).unwrap();
    let guild = GuildId(bot.sandbox.guild_id());
    let channel = ChannelId(bot.sandbox.channel_id("news").unwrap());
    let single = FeedMessage { stories: vec![(ArticleKey::of("ai/3"), "Story 3".to_owned())], ..card(1) };
    let stories =
        vec![(ArticleKey::of("ai/1"), "Story 1".to_owned()), (ArticleKey::of("ai/2"), "Story 2".to_owned())];
    let digest = FeedMessage { stories, ..card(2) };
    let gone = FeedMessage { stories: vec![(ArticleKey::of("never"), "Gone".to_owned())], ..card(3) };
    let mut posted = Vec::new();
    for (message, nonce) in [(single, "1"), (digest, "2"), (gone, "3")] {
        let outcome = sender.send(&Action::Post { guild, channel, message, nonce: nonce.to_owned() }).await;
        posted.push(done(outcome).message.unwrap());
    }
    let digest_id = json!(posted[1].to_string());
    let bot = bot.restart().await;
    for person in [bot.ada(), bot.ben()] {
        let opened = person.press(posted[0].0, "Details").await.unwrap();
        assert!(opened.is_ephemeral());
        assert_eq!(titles(&opened), ["Story 3"]);
        let seen = person.sees("news").unwrap();
        let digest = seen.iter().find(|message| message["id"] == digest_id).unwrap();
        let menu = &digest["components"][0]["components"][0];
        let value = menu["options"][1]["value"].as_str().unwrap();
        let opened = person.choose(posted[1].0, menu["custom_id"].as_str().unwrap(), &[value]).await.unwrap();
        assert!(opened.is_ephemeral());
        assert_eq!(titles(&opened), ["Story 2"]);
        let words = person.press(posted[2].0, "Details").await.unwrap();
        assert!(
            words.is_ephemeral() && words.content().contains("not in the collection any more"),
            "{}",
            words.content()
        );
    }
}
