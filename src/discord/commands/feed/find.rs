//! Finds the feed that a moderator typed, and the feeds to choose from.

use crate::card::text;
use crate::collection::fold::fold;
use crate::discord::channel_list::ChannelList;
use crate::discord::reply::{CHOICE_CHARACTERS_MAX, CHOICES_MAX, Choice};
use crate::feed::{Feed, FeedStatus};
use crate::messages::{Words, say};

const TYPED_CHARACTERS_MAX: usize = 60;
/// The most characters of a topic or a type in a choice.
const NAME_CHARACTERS_MAX: usize = 30;
/// The most characters of a channel's name in a choice.
const CHANNEL_CHARACTERS_MAX: usize = 40;

/// The feed with this number, or else the only feed whose channel has this name.
///
/// # Errors
/// Cause and remedy, in words.
pub(super) fn find<'a>(
    typed: &str,
    feeds: &'a [Feed],
    channels: &ChannelList,
    words: &Words,
) -> Result<&'a Feed, String> {
    if feeds.is_empty() {
        return Err(say!(words, "no-feeds"));
    }
    let wanted = folded(typed);
    let is_number = |feed: &Feed| {
        let number = feed.id.to_string();
        wanted == number || wanted == folded(&say!(words, "feed-typed", feed = number))
    };
    if let Some(found) = feeds.iter().find(|feed| is_number(feed)) {
        return Ok(found);
    }
    let is_channel = |feed: &Feed| {
        folded(&channel_name(feed, channels, words)) == wanted
            || typed.trim() == format!("<#{}>", feed.channel)
    };
    let mut found = feeds.iter().filter(|feed| is_channel(feed));
    let typed = text::escaped(typed, TYPED_CHARACTERS_MAX);
    match (found.next(), found.next()) {
        (Some(found), None) => Ok(found),
        (Some(_), Some(_)) => Err(say!(words, "several-feeds", typed = typed)),
        (None, _) => Err(say!(words, "no-such-feed", typed = typed)),
    }
}

/// The choices for a typed text: feeds whose label contains it.
pub(super) fn offered(typed: &str, feeds: &[Feed], channels: &ChannelList, words: &Words) -> Vec<Choice> {
    let wanted = folded(typed);
    let choices =
        feeds.iter().map(|feed| Choice { name: label(feed, channels, words), value: feed.id.to_string() });
    choices.filter(|choice| folded(&choice.name).contains(&wanted)).take(CHOICES_MAX).collect()
}

/// "Feed 3 (paused): #news · AI · video", as plain text. A long label loses its end, which is the topic or the type.
fn label(feed: &Feed, channels: &ChannelList, words: &Words) -> String {
    let rules = &feed.settings.rules;
    let names = [rules.topic.as_deref(), rules.kind.as_deref()].into_iter().flatten();
    let channel = text::plain(&channel_name(feed, channels, words), CHANNEL_CHARACTERS_MAX);
    let about: Vec<String> =
        std::iter::once(channel).chain(names.map(|name| text::plain(name, NAME_CHARACTERS_MAX))).collect();
    let (number, about) = (feed.id.to_string(), about.join(" · "));
    let label = match feed.status {
        FeedStatus::Active => say!(words, "choice-feed", feed = number, about = about),
        _ => say!(words, "choice-feed-paused", feed = number, about = about),
    };
    text::plain(&label, CHOICE_CHARACTERS_MAX)
}

fn channel_name(feed: &Feed, channels: &ChannelList, words: &Words) -> String {
    let name = channels.name(feed.guild, feed.channel);
    name.unwrap_or_else(|| say!(words, "choice-channel", channel = feed.channel.to_string()))
}

fn folded(text: &str) -> String {
    fold(text.trim().trim_start_matches('#'))
}
