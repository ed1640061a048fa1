//! Changes of feeds are announced to the process that delivers.

use tokio::sync::mpsc;

use super::*;
use crate::delivery::change::Task;
use crate::delivery::ledger::follow_announcements;

#[tokio::test]
async fn each_change_of_another_process_is_announced_when_it_is_there() {
    if homes::server().is_none() {
        return;
    }
    let (kept, feed) = Kept::with_a_post(Home::Postgres).await;
    let (tell, mut heard) = mpsc::channel(16);
    let url = kept.url();
    let follows = tokio::spawn(async move {
        follow_announcements(&url, || tell.try_send(()).unwrap()).await;
    });
    heard.recv().await.unwrap();
    let beside = Ledger::open_beside(&kept.url()).await.unwrap();

    let added = beside.add_feed(&new_feed(), at(5)).await.unwrap();
    heard.recv().await.unwrap();
    assert_eq!(kept.ledger.feed_versions().await.unwrap().len(), 2);
    let paused = |feed: &Feed| Feed { status: FeedStatus::PausedByModerator, ..feed.clone() };
    beside.change_feeds(FeedsOf::Feed(added.id), paused).await.unwrap();
    heard.recv().await.unwrap();
    assert!(beside.decide((feed.channel, feed.id), None, &[]).await.unwrap());
    heard.recv().await.unwrap();
    beside.add_task(&Task::ThreadGone { guild: feed.guild, thread: feed.channel }).await.unwrap();
    heard.recv().await.unwrap();

    // What changes nothing is not announced: the next one is of the change after it.
    assert!(!beside.decide((feed.channel, feed.id), Some(DeliveryId(77)), &[]).await.unwrap());
    beside.decide((feed.channel, feed.id), None, &[]).await.unwrap();
    heard.recv().await.unwrap();
    assert!(heard.try_recv().is_err());
    follows.abort();
}
