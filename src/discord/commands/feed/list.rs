//! `/feed list`: all feeds of a server, and what waits for a moderator's word, with buttons for it.

use super::{answered, words};
use crate::card::text;
use crate::delivery::desk::{Desk, FeedReport};
use crate::delivery::record::{DeliveryDetails, DeliveryId, DeliveryState};
use crate::discord::choices;
use crate::discord::custom_id::CustomId;
use crate::discord::pager;
use crate::discord::reply::{CONTENT_CHARACTERS_MAX, Reply, Row};
use crate::discord::state::State;
use crate::feed::{FeedId, FeedStatus};
use crate::query::Page;

/// The items of a page; the rest of a message is for the heading and for what a button has just done.
const PAGE_CHARACTERS_MAX: usize = CONTENT_CHARACTERS_MAX - 420;
/// A message has five rows (Discord's docs, "Components"); one turns the pages.
const ROWS_PER_PAGE: usize = 4;
const TITLE_CHARACTERS_MAX: usize = 100;
const LABEL_TITLE_CHARACTERS_MAX: usize = 50;

/// What a button of the list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// About a delivery that is unknown or failed: whether it is posted after all.
    Delivery(DeliveryId, bool),
    /// About a feed's withdrawals that wait for a word: whether they are done.
    Withdrawals(FeedId, bool),
}

/// One page, or the last where there are fewer by now.
pub(super) async fn page(server: u64, page: usize, desk: &Desk, state: &State) -> Result<Reply, String> {
    let (reports, open) = tokio::join!(answered(desk.feeds(server)), answered(desk.open(server)));
    let (reports, open) = (reports?, open?);
    let items = items(&reports, &open, state.awaits_articles());
    Ok(show(page, &reports, items))
}

/// One page, as a button asks for it.
///
/// # Errors
/// What to answer instead.
pub async fn turn(server: u64, page_index: usize, state: &State) -> Result<Reply, String> {
    let desk = super::desk(state).map_err(|reply| reply.content)?;
    page(server, page_index, desk, state).await
}

/// Does what a button says, then shows the page again, with what came of it above.
///
/// # Errors
/// What to answer instead.
pub async fn decide(
    server: u64,
    page_index: usize,
    decision: Decision,
    state: &State,
) -> Result<Reply, String> {
    let desk = super::desk(state).map_err(|reply| reply.content)?;
    let outcome = match decision {
        Decision::Delivery(delivery, true) => {
            answered(desk.resend(server, delivery)).await.map(|of| match of.is_refused_withdrawal() {
                true => format!("✅ {} will be taken back, if its file still says so.", titled(&of)),
                false => format!("✅ {} will be posted in <#{}>.", titled(&of), of.channel),
            })
        }
        Decision::Delivery(delivery, false) => answered(desk.dismiss(server, delivery))
            .await
            .map(|of| format!("✅ {} is left as it is.", titled(&of))),
        Decision::Withdrawals(feed, are_done) => {
            let counted = |count| words::counted(count, "message", "messages");
            answered(desk.decide_withdrawals(server, feed, are_done)).await.map(|count| match are_done {
                true => format!("✅ {} of feed **{feed}** will be taken back.", counted(count)),
                false => format!("✅ {} of feed **{feed}** stay.", counted(count)),
            })
        }
    };
    let list = page(server, page_index, desk, state).await?;
    let outcome = outcome.unwrap_or_else(|fault| format!("⚠️ {fault}"));
    Ok(Reply { content: format!("{outcome}\n{}", list.content), ..list })
}

fn show(page: usize, reports: &[FeedReport], items: Vec<Item<'_>>) -> Reply {
    if items.is_empty() {
        return Reply::to_asker("This server has no feeds yet; `/feed add` makes one.");
    }
    let size = |item: &Item<'_>| (text::count(&item.text) + 1, usize::from(item.asks.is_some()));
    let pages = pager::packed(items, (PAGE_CHARACTERS_MAX, ROWS_PER_PAGE), size);
    let page = Page::of(&pages, page, 1);
    let mut lines = vec![heading(reports, &page)];
    let items = page.items.first().map_or(&[][..], Vec::as_slice);
    lines.extend(items.iter().map(|item| item.text.clone()));
    let rows = items.iter().filter_map(|item| item.buttons(page.index));
    let turn = pager::buttons(&page, |page| CustomId::FeedList { page });
    Reply { rows: rows.chain(turn).collect(), ..Reply::to_asker(lines.join("\n")) }
}

/// A feed, or a delivery that waits for a word.
struct Item<'a> {
    /// One or several lines.
    text: String,
    asks: Option<Asks<'a>>,
}

enum Asks<'a> {
    Delivery(&'a DeliveryDetails),
    Withdrawals(FeedId, usize),
}

impl Item<'_> {
    fn buttons(&self, page: usize) -> Option<Row> {
        let (yes, no) = match self.asks.as_ref()? {
            Asks::Delivery(of) => {
                let delivery = of.id;
                let title = choices::or_untitled(text::plain(&of.title, LABEL_TITLE_CHARACTERS_MAX));
                let id = |is_resent| CustomId::Delivery { delivery, is_resent, page };
                let verb = if of.is_refused_withdrawal() { "Take back" } else { "Resend" };
                ((format!("{verb} “{title}”"), id(true)), (format!("Dismiss “{title}”"), id(false)))
            }
            Asks::Withdrawals(feed, count) => {
                let feed = *feed;
                let id = |are_done| CustomId::Withdrawals { feed, are_done, page };
                let label = |verb: &str| format!("{verb} all {count} of feed {feed}");
                ((label("Withdraw"), id(true)), (label("Keep"), id(false)))
            }
        };
        Some(Row::Buttons([yes, no].map(|(label, id)| choices::button(&label, id)).into()))
    }
}

/// Troubles first: feeds that Discord or a deletion stopped, feeds whose withdrawals wait, deliveries that wait; then the rest.
fn items<'a>(reports: &'a [FeedReport], open: &'a [DeliveryDetails], awaits_articles: bool) -> Vec<Item<'a>> {
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

fn titled(details: &DeliveryDetails) -> String {
    format!("“{}”", choices::or_untitled(text::escaped(&details.title, TITLE_CHARACTERS_MAX)))
}

fn heading<T>(reports: &[FeedReport], page: &Page<'_, T>) -> String {
    let paused = reports.iter().filter(|report| report.feed.status != FeedStatus::Active).count();
    let sum = |count: fn(&FeedReport) -> usize| reports.iter().map(count).sum::<usize>();
    let mut parts = vec![format!("**{}**", words::counted(reports.len(), "feed", "feeds"))];
    for (count, words) in [
        (paused, "paused"),
        (sum(|report| report.failed), "failed"),
        (sum(|report| report.unknown), "unknown"),
    ] {
        parts.extend((count > 0).then(|| format!("⚠️ {count} {words}")));
    }
    parts.push(format!("{} due", sum(|report| report.due)));
    parts.extend((page.count > 1).then(|| pager::page_in_words(page)));
    parts.join(" · ")
}
