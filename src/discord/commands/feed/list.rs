//! `/feed list`: all feeds of a guild, and the deliveries and withdrawals that wait for a moderator's decision, with buttons.

use super::desk::{self, answered};
use super::words;
use crate::card::{or_untitled, text};
use crate::delivery::desk::{Desk, FeedReport};
use crate::delivery::record::DeliveryId;
use crate::discord::choices;
use crate::discord::component::{Kind, Pressed};
use crate::discord::custom_id::{CustomId, Fields};
use crate::discord::invocation::Invocation;
use crate::discord::pager;
use crate::discord::reply::{CONTENT_CHARACTERS_MAX, Reply, Row};
use crate::feed::{FeedId, FeedStatus};
use crate::messages::{Words, say};
use crate::query::Page;

pub(in crate::discord) mod items;

use items::{Decision, Item, items, titled};

/// The most characters for the items of a page. The rest of the message is for the heading and for the effect of a button.
const PAGE_CHARACTERS_MAX: usize = CONTENT_CHARACTERS_MAX - 420;
/// The most rows of buttons for items. A message has five rows (Discord's docs, "Components"), and one row turns the pages.
const ROWS_PER_PAGE: usize = 4;
const LABEL_TITLE_CHARACTERS_MAX: usize = 50;
/// Yes and no in the `custom_id` of a [`DeliveryDecision`].
const SEND_OR_LEAVE: [&str; 2] = ["send", "leave"];
/// Yes and no in the `custom_id` of a [`WithdrawalsDecision`].
const ALL_OR_NONE: [&str; 2] = ["all", "none"];

/// A button that shows a page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeedListPage {
    /// From 0.
    pub(crate) page: usize,
}

impl Kind for FeedListPage {
    const TAG: &'static str = "feeds1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        CustomId::new(Self::TAG).index(self.page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { page: fields.index()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let desk = desk::of(pressed.invocation.state, pressed.invocation.words)?;
        page(self.page, desk, &pressed.invocation).await.map_err(Reply::to_asker)
    }
}

/// A button that decides about a delivery that is unknown or failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeliveryDecision {
    pub(crate) delivery: DeliveryId,
    /// Whether the bot sends the delivery again. Otherwise the delivery stays as it is, and the list no longer shows it.
    pub(crate) is_resent: bool,
    /// The page of the button, from 0.
    pub(crate) page: usize,
}

impl Kind for DeliveryDecision {
    const TAG: &'static str = "delivery1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        let Self { delivery, is_resent, page } = *self;
        CustomId::new(Self::TAG).number(delivery.0).choice(is_resent, SEND_OR_LEAVE).index(page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let delivery = DeliveryId(fields.number()?);
        Some(Self { delivery, is_resent: fields.choice(SEND_OR_LEAVE)?, page: fields.index()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let desk = desk::of(pressed.invocation.state, pressed.invocation.words)?;
        let (guild, words) = (pressed.invocation.guild(), pressed.invocation.words);
        let outcome = if self.is_resent {
            answered(desk.resend(guild, self.delivery), words).await.map(|of| {
                let (title, channel) = (titled(words, &of), format!("<#{}>", of.channel));
                match of.is_refused_withdrawal() {
                    true => say!(words, "decided-withdraw", title = title),
                    false => say!(words, "decided-resend", title = title, channel = channel),
                }
            })
        } else {
            let dismissed = answered(desk.dismiss(guild, self.delivery), words).await;
            dismissed.map(|of| say!(words, "decided-dismiss", title = titled(words, &of)))
        };
        page_after(outcome, self.page, desk, &pressed.invocation).await
    }
}

/// A button that decides about the waiting withdrawals of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WithdrawalsDecision {
    pub(crate) feed: FeedId,
    /// Whether the bot withdraws the messages. Otherwise the messages stay.
    pub(crate) are_done: bool,
    /// The page of the button, from 0.
    pub(crate) page: usize,
}

impl Kind for WithdrawalsDecision {
    const TAG: &'static str = "withdraw1";
    const UPDATES: bool = true;

    fn id(&self) -> CustomId {
        let Self { feed, are_done, page } = *self;
        CustomId::new(Self::TAG).number(feed.0).choice(are_done, ALL_OR_NONE).index(page)
    }

    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let feed = FeedId(fields.number()?);
        Some(Self { feed, are_done: fields.choice(ALL_OR_NONE)?, page: fields.index()? })
    }

    async fn run(self, pressed: &Pressed<'_>) -> Result<Reply, Reply> {
        let Self { feed, are_done, .. } = self;
        let desk = desk::of(pressed.invocation.state, pressed.invocation.words)?;
        let (guild, words) = (pressed.invocation.guild(), pressed.invocation.words);
        let decided = answered(desk.decide_withdrawals(guild, feed, are_done), words).await;
        let feed = feed.to_string();
        let outcome = decided.map(|posts| match are_done {
            true => say!(words, "decided-withdraw-all", posts = posts, feed = feed),
            false => say!(words, "decided-keep-all", posts = posts, feed = feed),
        });
        page_after(outcome, self.page, desk, &pressed.invocation).await
    }
}

/// One page, or the last page if there are fewer pages by now.
///
/// # Errors
/// Cause and remedy, in words.
pub(super) async fn page(page: usize, desk: &Desk, invocation: &Invocation<'_>) -> Result<Reply, String> {
    let (guild, words) = (invocation.guild(), invocation.words);
    let (reports, open) = tokio::join!(answered(desk.feeds(guild), words), answered(desk.open(guild), words));
    let (reports, open) = (reports?, open?);
    let items = items(&reports, &open, invocation.state.awaits_articles(), words);
    Ok(show(page, &reports, items, words))
}

/// The page again, below the effect of a decision.
///
/// # Errors
/// The answer if the page cannot be made.
async fn page_after(
    outcome: Result<String, String>,
    page_index: usize,
    desk: &Desk,
    invocation: &Invocation<'_>,
) -> Result<Reply, Reply> {
    let list = page(page_index, desk, invocation).await.map_err(Reply::to_asker)?;
    let outcome = outcome.unwrap_or_else(|fault| format!("⚠️ {fault}"));
    Ok(Reply { content: format!("{outcome}\n{}", list.content), ..list })
}

fn show(page: usize, reports: &[FeedReport], items: Vec<Item<'_>>, words: &Words) -> Reply {
    if items.is_empty() {
        return Reply::to_asker(say!(words, "no-feeds"));
    }
    let size = |item: &Item<'_>| (text::count(&item.text) + 1, usize::from(item.decision.is_some()));
    let pages = pager::packed(items, (PAGE_CHARACTERS_MAX, ROWS_PER_PAGE), size);
    let page = Page::of(&pages, page, 1);
    let mut lines = vec![heading(reports, &page, words)];
    let items = page.items.first().map_or(&[][..], Vec::as_slice);
    lines.extend(items.iter().map(|item| item.text.clone()));
    let rows = items.iter().filter_map(|item| buttons(item, page.index, words));
    let turn = pager::buttons(words, &page, |page| FeedListPage { page }.id());
    Reply { rows: rows.chain(turn).collect(), ..Reply::to_asker(lines.join("\n")) }
}

/// The buttons of an item that needs a decision. `page` is the page of the buttons.
fn buttons(item: &Item<'_>, page: usize, words: &Words) -> Option<Row> {
    Some(decision_buttons(item.decision.as_ref()?, page, words))
}

/// The buttons of a decision. `page` is the page of the list that a press shows.
pub(in crate::discord) fn decision_buttons(decision: &Decision<'_>, page: usize, words: &Words) -> Row {
    let (yes, no) = match decision {
        Decision::Delivery(of) => {
            let delivery = of.id;
            let title = or_untitled(words, text::plain(&of.title, LABEL_TITLE_CHARACTERS_MAX));
            let id = |is_resent| DeliveryDecision { delivery, is_resent, page }.id();
            let dismiss = say!(words, "button-dismiss", title = title.as_str());
            let resend = match of.is_refused_withdrawal() {
                true => say!(words, "button-withdraw", title = title),
                false => say!(words, "button-resend", title = title),
            };
            ((resend, id(true)), (dismiss, id(false)))
        }
        Decision::Withdrawals(feed, posts) => {
            let (feed, posts, number) = (*feed, *posts, feed.to_string());
            let id = |are_done| WithdrawalsDecision { feed, are_done, page }.id();
            let withdraw = say!(words, "button-withdraw-all", posts = posts, feed = number.as_str());
            let keep = say!(words, "button-keep-all", posts = posts, feed = number);
            ((withdraw, id(true)), (keep, id(false)))
        }
    };
    Row::Buttons([yes, no].map(|(label, id)| choices::button(&label, id)).into())
}

fn heading<T>(reports: &[FeedReport], page: &Page<'_, T>, words: &Words) -> String {
    let paused = reports.iter().filter(|report| report.feed.status != FeedStatus::Active).count();
    let sum = |count: fn(&FeedReport) -> usize| reports.iter().map(count).sum::<usize>();
    let mut parts = vec![say!(words, "feeds-count", feeds = reports.len())];
    parts.extend((paused > 0).then(|| say!(words, "feeds-paused", feeds = paused)));
    parts.extend(words::troubles(sum(|report| report.failed), sum(|report| report.unknown), words));
    parts.push(say!(words, "posts-due", posts = sum(|report| report.due)));
    parts.extend((page.count > 1).then(|| pager::page_in_words(words, page)));
    parts.join(" · ")
}
