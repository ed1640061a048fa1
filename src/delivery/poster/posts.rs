//! The messages of feeds, as they stand.

use std::collections::HashSet;

use super::Poster;
use super::steps::place;
use crate::delivery::book::Book;
use crate::delivery::desk::PostReport;
use crate::delivery::record::{DeliveryId, DeliveryState, Post};
use crate::delivery::send::Sender;
use crate::feed::FeedId;
use crate::ids::{ChannelId, GuildId};

/// How many are told of, the newest.
const POSTS_MAX: usize = 200;

impl<S: Sender> Poster<S> {
    /// The newest messages of a server's feeds that stand in their channels.
    pub(super) fn posts(&self, server: GuildId) -> Vec<PostReport> {
        let feeds: HashSet<FeedId> = self.of_server(server).map(|feed| feed.id).collect();
        let mut reports = Vec::new();
        for (channel, state) in &self.channels {
            let withheld: HashSet<DeliveryId> =
                state.outlooks.iter().flat_map(|outlook| outlook.withheld.iter().copied()).collect();
            let newest = state.book.sent().rev().filter(|post| feeds.contains(&post.feed));
            let told = newest.filter_map(|post| report(*channel, &state.book, post, &withheld));
            reports.extend(told.take(POSTS_MAX));
        }
        reports.sort_by_key(|report| std::cmp::Reverse(report.sent_at));
        reports.truncate(POSTS_MAX);
        reports
    }
}

/// `None` for a message that does not stand there any more.
fn report(
    channel: ChannelId,
    book: &Book,
    post: &Post,
    withheld: &HashSet<DeliveryId>,
) -> Option<PostReport> {
    let place = place(channel, post)?;
    let count = |state| book.carried_by(post.key).filter(|row| row.state == state).count();
    let (stories, refused) = (count(DeliveryState::Sent), count(DeliveryState::Failed));
    (stories + refused > 0).then_some(PostReport {
        feed: post.feed,
        place,
        sent_at: post.sent_at?,
        edited_at: post.edited_at,
        stories,
        withdrawn: count(DeliveryState::Withdrawn),
        withheld: book.carried_by(post.key).filter(|row| withheld.contains(&row.id)).count(),
        refused,
        discussion: post.discussion,
        crosspost: post.crosspost,
    })
}
