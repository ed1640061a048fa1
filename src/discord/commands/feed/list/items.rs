//! The items of `/feed list`, in words and in order.

use crate::card::{or_untitled, text};
use crate::delivery::desk::FeedReport;
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::discord::commands::feed::words as feed_words;
use crate::discord::reasons::{self, relative};
use crate::feed::{FeedId, FeedStatus};
use crate::messages::{Words, say};

const TITLE_CHARACTERS_MAX: usize = 100;

/// A feed, or a delivery that waits for a decision.
pub(in crate::discord) struct Item<'a> {
    /// One or several lines.
    pub(super) text: String,
    pub(super) decision: Option<Decision<'a>>,
}

/// A decision that a moderator has to make.
pub(in crate::discord) enum Decision<'a> {
    Delivery(&'a DeliveryDetails),
    /// The number of waiting withdrawals of a feed.
    Withdrawals(FeedId, usize),
}

/// Troubles come first: feeds that Discord or a deletion stopped, feeds with waiting withdrawals, waiting deliveries. Then the others.
pub(super) fn items<'a>(
    reports: &'a [FeedReport],
    open: &'a [DeliveryDetails],
    awaits_articles: bool,
    words: &Words,
) -> Vec<Item<'a>> {
    let mut ordered: Vec<&FeedReport> = reports.iter().collect();
    // The sort is stable, so feeds of the same rank stay in the desk's order.
    ordered.sort_by_key(|report| match report.feed.status {
        FeedStatus::Paused(_) | FeedStatus::PausedByBoth(_) | FeedStatus::ForeignChannel => 0,
        _ if report.withheld > 0 => 1,
        FeedStatus::PausedByModerator => 2,
        FeedStatus::Active | FeedStatus::Left { .. } => 3,
    });
    let troubled =
        ordered.iter().take_while(|report| report.feed.status.is_troubled() || report.withheld > 0).count();
    let (first, rest) = ordered.split_at(troubled);
    let feeds = |reports: &[&'a FeedReport]| {
        reports.iter().map(|report| feed(report, awaits_articles, words)).collect::<Vec<_>>()
    };
    let is_removed = |feed: FeedId| reports.iter().all(|report| report.feed.id != feed);
    let deliveries = open.iter().map(|details| Item {
        text: delivery(details, is_removed(details.feed), words),
        decision: Some(Decision::Delivery(details)),
    });
    feeds(first).into_iter().chain(deliveries).chain(feeds(rest)).collect()
}

fn feed<'a>(report: &'a FeedReport, awaits_articles: bool, words: &Words) -> Item<'a> {
    let feed = &report.feed;
    let text = format!(
        "**{}** <#{}> · {} · {}\n-# {}",
        feed.id,
        feed.channel,
        feed_words::rules(&feed.settings, words),
        feed_words::pacing(&feed.settings, feed.channel_kind, words),
        feed_words::state_and_counts(report, awaits_articles, words)
    );
    let decision = (report.withheld > 0).then_some(Decision::Withdrawals(feed.id, report.withheld));
    Item { text, decision }
}

/// A delivery that waits for a decision.
pub(in crate::discord) fn delivery(
    details: &DeliveryDetails,
    is_of_removed_feed: bool,
    words: &Words,
) -> String {
    let what = match details.state {
        DeliveryState::Failed if details.is_refused_withdrawal() => {
            say!(words, "feed-delivery-not-withdrawn")
        }
        DeliveryState::Failed => say!(words, "feed-delivery-failed"),
        // The desk lists no other state.
        _ => say!(words, "feed-delivery-unknown"),
    };
    let reason = details.reason.as_ref().map(|reason| reasons::of_delivery(reason, words));
    let state = std::iter::once(what).chain(reason).collect::<Vec<_>>().join(" ");
    let (channel, id) = (format!("<#{}>", details.channel), details.feed.to_string());
    let feed = match is_of_removed_feed {
        true => say!(words, "feed-delivery-removed-feed", feed = id),
        false => say!(words, "feed-delivery-feed", feed = id),
    };
    let (title, when) = (titled(words, details), relative(details.since));
    say!(words, "feed-delivery", title = title, channel = channel, feed = feed, when = when, state = state)
}

pub(super) fn titled(words: &Words, details: &DeliveryDetails) -> String {
    or_untitled(words, text::escaped(&details.title, TITLE_CHARACTERS_MAX))
}
