//! The current messages of feeds.

use std::collections::HashSet;

use super::{Service, trouble};
use crate::delivery::channel_state::ChannelState;
use crate::delivery::desk::{DeskError, PostReport};
use crate::delivery::record::{DeliveryId, DeliveryState, Post};
use crate::delivery::send::{Sender, place};
use crate::feed::FeedId;
use crate::ids::{ChannelId, GuildId};

/// How many messages are reported, the newest first.
const POSTS_MAX: usize = 200;

impl<S: Sender> Service<S> {
    /// The newest messages of a guild's feeds that are in their channels.
    pub(super) async fn posts(&self, guild: GuildId) -> Result<Vec<PostReport>, DeskError> {
        let view = self.view(guild).await.map_err(|error| trouble(&error))?;
        let feeds: HashSet<FeedId> = view.feeds().map(|feed| feed.id).collect();
        let mut reports = Vec::new();
        for (channel, known) in &view.channels {
            let withheld: HashSet<DeliveryId> =
                known.forecasts.iter().flat_map(|forecast| forecast.withheld.iter().copied()).collect();
            let newest = known.state.sent().rev().filter(|post| feeds.contains(&post.feed));
            let newest_reports = newest.filter_map(|post| report(*channel, &known.state, post, &withheld));
            reports.extend(newest_reports.take(POSTS_MAX));
        }
        reports.sort_by_key(|report| std::cmp::Reverse((report.sent_at, report.place.message.0)));
        reports.truncate(POSTS_MAX);
        Ok(reports)
    }
}

/// `None` for a message that is not in the channel any more.
fn report(
    channel: ChannelId,
    rows: &ChannelState,
    post: &Post,
    withheld: &HashSet<DeliveryId>,
) -> Option<PostReport> {
    let place = place(channel, post)?;
    let count = |state| rows.carried_by(post.key).filter(|row| row.state == state).count();
    let (stories, refused) = (count(DeliveryState::Sent), count(DeliveryState::Failed));
    (stories + refused > 0).then_some(PostReport {
        feed: post.feed,
        place,
        sent_at: post.sent_at?,
        edited_at: post.edited_at,
        stories,
        withdrawn: count(DeliveryState::Withdrawn),
        withheld: rows.carried_by(post.key).filter(|row| withheld.contains(&row.id)).count(),
        refused,
        discussion: post.discussion,
        crosspost: post.crosspost,
    })
}
