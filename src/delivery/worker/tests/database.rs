//! A database that fails, before a request or between a request and its outcome, with and without a crash:
//! nothing is lost or doubled, and moderators see the cause of the wait.

use super::fake::Message;
use super::simulation::{Bot, CHANNEL, now, story};
use crate::delivery::ledger::tests::homes::Home;
use crate::delivery::ledger::tests::trouble::Trouble;
use crate::delivery::record::DeliveryState;
use crate::delivery::wait::WaitReason;
use crate::feed::ChannelKind;
use article_format::address::identities;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Post,
    ForumPost,
    Edit,
    Withdraw,
    Crosspost,
    OpenThread,
}

const ALL: [Asked; 6] =
    [Asked::Post, Asked::ForumPost, Asked::Edit, Asked::Withdraw, Asked::Crosspost, Asked::OpenThread];

/// When the failure begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    BeforeTheRequest,
    BeforeItIsSettled,
}

/// A bot whose next request is this one.
async fn about_to(asked: Asked) -> Bot {
    // What goes wrong here goes wrong with a file.
    let mut bot = Bot::in_home(Home::Sqlite, Vec::new()).await;
    bot.add_feed(|feed| {
        match asked {
            Asked::ForumPost => feed.channel_kind = ChannelKind::Forum,
            Asked::Crosspost => feed.channel_kind = ChannelKind::Announcement,
            _ => {}
        }
        feed.settings.opens_thread = asked == Asked::OpenThread;
        feed.settings.crossposts = asked == Asked::Crosspost;
    })
    .await;
    bot.articles = vec![story(1, now())];
    // More addresses than a page holds, so that a full disk matters.
    let addresses: Vec<String> = (0..900).map(|number| format!("https://example.com/{number}")).collect();
    bot.articles[0].addresses = identities(addresses.iter().map(String::as_str));
    bot.load().await;
    match asked {
        Asked::Post | Asked::ForumPost => {}
        Asked::Crosspost | Asked::OpenThread => bot.work(1).await,
        Asked::Edit | Asked::Withdraw => {
            bot.settle(60).await;
            bot.articles[0].excerpt = Some("Corrected".into());
            bot.articles[0].is_published = asked == Asked::Edit;
            bot.load().await;
        }
    }
    bot
}

fn is_done(asked: Asked, standing: &[Message]) -> bool {
    match (asked, standing) {
        (Asked::Withdraw, []) | (Asked::Post | Asked::ForumPost, [_]) => true,
        (Asked::Edit, [message]) => message.edits > 0,
        (Asked::Crosspost, [message]) => message.is_published,
        (Asked::OpenThread, [message]) => message.has_thread,
        _ => false,
    }
}

async fn play(trouble: Trouble, asked: Asked, moment: Moment, crashes: bool) -> String {
    let what = format!("{trouble:?}, {asked:?}, {moment:?}, {crashes}");
    let mut bot = about_to(asked).await;
    let folder = bot.database.folder().to_owned();
    if moment == Moment::BeforeItIsSettled {
        bot.worker().work().await;
        assert!(bot.worker().channels.values().any(|channel| channel.running.is_some()), "{what}");
    }
    let begun = trouble.begin(&bot.worker().dependencies.ledger, &folder).await;
    bot.settle(120).await;
    let report = bot.reports().await.remove(0);
    let is_told = report.wait.is_some_and(|wait| matches!(wait.reason, WaitReason::Database(_)));
    // The report reads the disk: a story is due until the disk has its outcome.
    if matches!(asked, Asked::Post | Asked::ForumPost) && moment == Moment::BeforeTheRequest {
        assert!(is_told && report.due == 1, "{what}: {} due", report.due);
    }
    begun.end(&bot.worker().dependencies.ledger).await;
    if crashes {
        bot.crash().await;
    }
    bot.settle(3600).await;
    assert!(is_done(asked, &bot.discord.standing(CHANNEL)), "{what}: {:?}", bot.discord.standing(CHANNEL));
    let all = bot.discord.world().messages.len();
    assert_eq!(all, 1, "{what}: no second message, not even one that is gone");
    let state = if asked == Asked::Withdraw { DeliveryState::Withdrawn } else { DeliveryState::Sent };
    assert_eq!(bot.states(state).await, 1, "{what}");
    let requests = bot.discord.world().requests;
    format!("{}{requests}", if is_told { "told, " } else { "" })
}

#[tokio::test]
async fn a_database_that_says_no_loses_and_doubles_nothing() {
    let mut table = String::new();
    for trouble in Trouble::ALL {
        for moment in [Moment::BeforeTheRequest, Moment::BeforeItIsSettled] {
            for crashes in [false, true] {
                let crash = if crashes { ", then a crash" } else { "" };
                table += &format!("\n{trouble:?} {moment:?}{crash}:");
                for asked in ALL {
                    let cell = play(trouble, asked, moment, crashes).await;
                    table += &format!(" {asked:?}: {cell} requests;");
                }
            }
        }
    }
    println!("{table}");
    insta::assert_snapshot!("database_faults", table.trim());
}
