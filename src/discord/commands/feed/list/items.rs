//! What `/feed list` lists, in words and in order.

use crate::card::text;
use crate::delivery::desk::FeedReport;
use crate::delivery::record::{DeliveryDetails, DeliveryState};
use crate::discord::choices;
use crate::discord::commands::feed::words;
use crate::feed::{FeedId, FeedStatus};

const TITLE_CHARACTERS_MAX: usize = 100;

/// A feed, or a delivery that waits for a word.
pub(super) struct Item<'a> {
    /// One or several lines.
    pub(super) text: String,
    pub(super) asks: Option<Asks<'a>>,
}

/// A question to the moderators.
pub(super) enum Asks<'a> {
    Delivery(&'a DeliveryDetails),
    /// How many withdrawals of a feed wait for a word.
    Withdrawals(FeedId, usize),
}

/// Troubles first: feeds that Discord or a deletion stopped, feeds whose withdrawals wait, deliveries that wait; then the rest.
pub(super) fn items<'a>(
    reports: &'a [FeedReport],
    open: &'a [DeliveryDetails],
    awaits_articles: bool,
) -> Vec<Item<'a>> {
    let mut ordered: Vec<&FeedReport> = reports.iter().collect();
    // Stable: else in the desk's order.
    ordered.sort_by_key(|report| match report.feed.status {
        FeedStatus::Paused(_) | FeedStatus::PausedByBoth(_) | FeedStatus::ForeignChannel => 0,
        _ if report.withheld > 0 => 1,
        FeedStatus::PausedByModerator => 2,
        FeedStatus::Active | FeedStatus::Left { .. } => 3,
    });
    let troubled = ordered
        .iter()
        .take_while(|report| report.feed.status.trouble().is_some() || report.withheld > 0)
        .count();
    let (first, rest) = ordered.split_at(troubled);
    let feeds = |reports: &[&'a FeedReport]| {
        reports.iter().map(|report| feed(report, awaits_articles)).collect::<Vec<_>>()
    };
    let is_removed = |feed: FeedId| reports.iter().all(|report| report.feed.id != feed);
    let deliveries = open.iter().map(|details| Item {
        text: delivery(details, is_removed(details.feed)),
        asks: Some(Asks::Delivery(details)),
    });
    feeds(first).into_iter().chain(deliveries).chain(feeds(rest)).collect()
}

fn feed(report: &FeedReport, awaits_articles: bool) -> Item<'_> {
    let feed = &report.feed;
    let text = format!(
        "**{}** <#{}> · {} · {}\n-# {}",
        feed.id,
        feed.channel,
        words::rules(&feed.settings),
        words::pacing(&feed.settings, feed.channel_kind),
        words::how_it_does(report, awaits_articles)
    );
    let asks = (report.withheld > 0).then_some(Asks::Withdrawals(feed.id, report.withheld));
    Item { text, asks }
}

fn delivery(details: &DeliveryDetails, is_of_removed_feed: bool) -> String {
    let what = match details.state {
        DeliveryState::Unknown => "it is not known whether it was posted".to_owned(),
        DeliveryState::Failed if details.is_refused_withdrawal() => "it stands there".to_owned(),
        DeliveryState::Failed => "failed".to_owned(),
        other => other.word().to_owned(),
    };
    let reason = details.reason.as_deref().map(|reason| format!(": {}", words::cut_reason(reason)));
    format!(
        "⚠️ {} in <#{}>, feed **{}**{}, {}: {what}{}",
        titled(details),
        details.channel,
        details.feed,
        if is_of_removed_feed { " that was removed" } else { "" },
        words::relative(details.since),
        reason.unwrap_or_default()
    )
}

pub(super) fn titled(details: &DeliveryDetails) -> String {
    format!("“{}”", choices::or_untitled(text::escaped(&details.title, TITLE_CHARACTERS_MAX)))
}
