//! Which feed a moderator means, and the feeds to choose from.

use crate::card::text;
use crate::collection::names::fold;
use crate::delivery::desk::FeedReport;
use crate::discord::channel_list::ChannelList;
use crate::discord::reply::{CHOICE_CHARACTERS_MAX, CHOICES_MAX, Choice};
use crate::feed::{Feed, FeedStatus};

const TYPED_CHARACTERS_MAX: usize = 60;

/// The feed of this number, else the only one whose channel is called so.
///
/// # Errors
/// Cause and remedy, in words.
pub(super) fn find<'a>(
    typed: &str,
    reports: &'a [FeedReport],
    channels: &ChannelList,
) -> Result<&'a FeedReport, String> {
    if reports.is_empty() {
        return Err("This server has no feeds yet; `/feed add` makes one.".to_owned());
    }
    // As answers and choices name it: "feed 3", "number 3".
    let folded_number = folded(typed);
    let named = ["feed ", "number "].iter().find_map(|word| folded_number.strip_prefix(word));
    let number = named.unwrap_or(&folded_number).parse::<i64>().ok();
    let by_number = number.and_then(|number| reports.iter().find(|report| report.feed.id.0 == number));
    if let Some(found) = by_number {
        return Ok(found);
    }
    let wanted = folded(typed);
    let of_channel = |feed: &Feed| {
        folded(&channels.shown(feed.server, feed.channel)) == wanted
            || typed.trim() == format!("<#{}>", feed.channel)
    };
    let mut found = reports.iter().filter(|report| of_channel(&report.feed));
    let typed = text::escaped(typed, TYPED_CHARACTERS_MAX);
    match (found.next(), found.next()) {
        (Some(found), None) => Ok(found),
        (Some(_), Some(_)) => {
            Err(format!("“{typed}” has several feeds; choose one of what is offered, by its number."))
        }
        (None, _) => Err(format!(
            "There is no feed “{typed}” here; choose one of what is offered, or see `/feed list`."
        )),
    }
}

/// Feeds to offer for what was typed: by number, channel and topic.
pub(super) fn offered(typed: &str, reports: &[FeedReport], channels: &ChannelList) -> Vec<Choice> {
    let wanted = folded(typed);
    let choices = reports
        .iter()
        .map(|report| Choice { name: label(&report.feed, channels), value: report.feed.id.to_string() });
    choices.filter(|choice| folded(&choice.name).contains(&wanted)).take(CHOICES_MAX).collect()
}

/// "#news · AI · video · number 3 · paused", as plain text.
fn label(feed: &Feed, channels: &ChannelList) -> String {
    let rules = &feed.settings.rules;
    let short = |name: &str| text::plain(name, 30);
    let mut parts = vec![text::plain(&channels.shown(feed.server, feed.channel), 40)];
    parts.extend(rules.topic.as_deref().map(short));
    parts.extend(rules.kind.as_deref().map(short));
    parts.push(format!("number {}", feed.id));
    parts.extend((feed.status != FeedStatus::Active).then(|| "paused".to_owned()));
    text::plain(&parts.join(" · "), CHOICE_CHARACTERS_MAX)
}

fn folded(text: &str) -> String {
    fold(text.trim().trim_start_matches('#'))
}
