//! Posts have the language of their guild.

use super::simulation::{Bot, now, story};
use crate::feed::pacing::Digest;
use crate::messages::Language;

const DAY: i64 = 24 * 3600;

#[tokio::test]
async fn another_language_edits_no_message_and_the_next_correction_is_in_it() {
    for digest in [Digest::Off, Digest::Hourly] {
        let mut bot = Bot::new(Vec::new()).await;
        bot.add_feed(|feed| feed.settings.pacing.digest = digest).await;
        bot.articles = (0..2).map(|number| story(number, now())).collect();
        bot.load().await;
        bot.settle(2 * 3600).await;
        *bot.language.lock().unwrap() = Language::Pseudo;
        // A new collection computes its fingerprints again.
        bot.load().await;
        bot.settle(DAY).await;
        let messages = |bot: &Bot| -> Vec<(Language, usize)> {
            bot.discord.world().messages.values().map(|known| (known.language, known.edits)).collect()
        };
        assert!(messages(&bot).iter().all(|known| *known == (Language::English, 0)), "{digest:?}");
        for article in &mut bot.articles {
            article.title = "Another title".into();
        }
        bot.load().await;
        bot.settle(DAY).await;
        assert!(!messages(&bot).is_empty());
        assert!(messages(&bot).iter().all(|known| *known == (Language::Pseudo, 1)), "{digest:?}");
    }
}
