//! Posts that a moderator asks for.

use tokio::sync::oneshot;

use super::fake::Fault;
use super::moderators::feed;
use super::simulation::{Bot, GUILD, hashes, now, posted, story};
use crate::article_key::ArticleKey;
use crate::delivery::desk::{DeskError, PostFailure, Request};
use crate::feed::{FeedId, FeedStatus};
use article_format::Article;

/// A paused feed, and an article that its rules hold back.
async fn paused() -> (Bot, FeedId) {
    let mut bot = Bot::new(vec![Article { quality: Some(10), ..story(1, now()) }]).await;
    bot.add_feed(|_| {}).await;
    bot.settle(60).await;
    let id = feed(&mut bot).await.id;
    bot.ask(|answer| Request::Pause(GUILD, id, answer)).await.unwrap();
    (bot, id)
}

async fn tasks(bot: &mut Bot) -> usize {
    bot.worker().dependencies.ledger.tasks().await.unwrap().len()
}

#[tokio::test]
async fn an_article_is_posted_once_whatever_the_feed_says() {
    for crashes in [false, true] {
        for fault in [Fault::None, Fault::Trouble { has_effect: false }, Fault::LostAfter] {
            let (mut bot, id) = paused().await;
            let article = ArticleKey::of("story-1");
            bot.service().answer(Request::Post(GUILD, id, article, oneshot::channel().0)).await;
            if crashes {
                bot.crash().await;
            }
            bot.discord.world().script.push_back(fault);
            bot.settle(600).await;
            assert_eq!(posted(&bot), hashes(&[1]), "{fault:?}, crashes: {crashes}");
            assert_eq!(tasks(&mut bot).await, 0);
            let again = bot.ask(|answer| Request::Post(GUILD, id, article, answer)).await;
            assert_eq!(again.err(), Some(DeskError::NoPost(PostFailure::Stands)));
            assert_eq!(feed(&mut bot).await.status, FeedStatus::PausedByModerator);
        }
    }
}

#[tokio::test]
async fn a_withdrawn_story_is_posted_again_when_a_moderator_asks() {
    let mut bot = Bot::new(Vec::new()).await;
    bot.add_feed(|_| {}).await;
    bot.articles = vec![story(1, now())];
    bot.load().await;
    bot.settle(60).await;
    bot.articles[0].is_removed = true;
    bot.load().await;
    bot.settle(60).await;
    let (id, article) = (feed(&mut bot).await.id, ArticleKey::of("story-1"));
    let hidden = bot.ask(|answer| Request::Post(GUILD, id, article, answer)).await;
    assert_eq!(hidden.err(), Some(DeskError::NoPost(PostFailure::NotVisible)));
    bot.articles[0].is_removed = false;
    bot.load().await;
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[]), "not by itself");
    bot.ask(|answer| Request::Post(GUILD, id, article, answer)).await.unwrap();
    bot.settle(60).await;
    assert_eq!(posted(&bot), hashes(&[1]));
}

#[tokio::test]
async fn a_refusal_ends_the_request_of_a_moderator() {
    let (mut bot, id) = paused().await;
    bot.discord.world().script.push_back(Fault::Refused { status: 403, code: 50_013 });
    let before = bot.discord.world().requests;
    bot.ask(|answer| Request::Post(GUILD, id, ArticleKey::of("story-1"), answer)).await.unwrap();
    bot.settle(3_600).await;
    let requests = bot.discord.world().requests - before;
    assert_eq!((requests, tasks(&mut bot).await), (1, 0));
    assert_eq!(posted(&bot), hashes(&[]));
}
