//! Feeds in words: rules, pacing, state. Everything is escaped and bounded, so that a list of feeds keeps its size.

use jiff::Timestamp;

use crate::card::text;
use crate::delivery::desk::{FeedReport, PostReport, Wait, WaitReason};
use crate::delivery::record::Aftermath;
use crate::feed::pacing::Digest;
use crate::feed::{ChannelKind, FOREIGN_CHANNEL, Feed, FeedSettings, FeedStatus};

/// Of a topic's or a type's name.
pub(in crate::discord::commands) const NAME_CHARACTERS_MAX: usize = 60;
/// Of a reason that somebody else put into words.
const REASON_CHARACTERS_MAX: usize = 300;

/// "feed **3** in <#5>".
pub(in crate::discord::commands) fn named(feed: &Feed) -> String {
    format!("feed **{}** in <#{}>", feed.id, feed.channel)
}

/// "on **AI** · type **video** · quality from 60 · at most 7 days old".
pub(super) fn rules(settings: &FeedSettings) -> String {
    let rules = &settings.rules;
    let name = |name: &str| text::escaped(name, NAME_CHARACTERS_MAX);
    let topic = rules.topic.as_deref().map_or_else(
        || "on any topic".to_owned(),
        |topic| format!("on **{}** and its children", name(topic)),
    );
    let mut parts = vec![topic];
    parts.extend(rules.kind.as_deref().map(|kind| format!("type **{}**", name(kind))));
    parts.push(match rules.quality_min {
        0 => "any quality".to_owned(),
        bar => format!("quality from {bar}"),
    });
    parts.extend(rules.heat_min.map(|bar| format!("heat from {bar}")));
    parts.push(match rules.max_age_days {
        0 => "of any age".to_owned(),
        days => format!("at most {} old", counted(usize::from(days), "day", "days")),
    });
    parts.join(" · ")
}

/// "at most 10 an hour · quiet 22:00-07:00 · digest daily 09:00 (Europe/Berlin) · mentions <@&7>".
pub(super) fn pacing(settings: &FeedSettings, kind: ChannelKind) -> String {
    let pacing = &settings.pacing;
    let mut timed = Vec::new();
    timed.extend(pacing.quiet_hours.map(|quiet| format!("quiet {quiet}")));
    timed.extend((pacing.digest != Digest::Off).then(|| format!("digest {}", pacing.digest)));
    let mut parts = vec![format!("at most {} an hour", pacing.posts_per_hour_max)];
    if !timed.is_empty() {
        let zone = text::escaped(pacing.zone.name(), NAME_CHARACTERS_MAX);
        parts.push(format!("{} ({zone})", timed.join(" · ")));
    }
    if settings.opens_thread && kind != ChannelKind::Forum {
        parts.push("with a thread".to_owned());
    }
    if settings.crossposts && kind == ChannelKind::Announcement {
        parts.push("published".to_owned());
    }
    parts.extend(settings.mention.map(|role| format!("mentions <@&{role}>")));
    parts.join(" · ")
}

/// Whether it posts; the reason and the remedy if not.
pub(super) fn state(feed: &Feed, awaits_articles: bool) -> String {
    match &feed.status {
        FeedStatus::Active if feed.pending_backfill.is_some() && awaits_articles => {
            "begins when there are articles, and all of them have been read".to_owned()
        }
        FeedStatus::Active => "active".to_owned(),
        FeedStatus::PausedByModerator => "⏸️ paused by a moderator; `/feed resume` ends it".to_owned(),
        FeedStatus::Paused(reason) => {
            format!("⚠️ **paused**: {}", cut_reason(reason))
        }
        FeedStatus::ForeignChannel => format!("⚠️ **paused**: {FOREIGN_CHANNEL}"),
        FeedStatus::PausedByBoth(reason) => {
            format!("⚠️ **paused** by a moderator, and cannot go on: {}", cut_reason(reason))
        }
        FeedStatus::Left { since, .. } => format!("left behind with this server {}", relative(*since)),
    }
}

/// "active · 4 due, waiting for its quiet hours to end <t:5:R> · 12 sent · ⚠️ 1 failed".
pub(crate) fn how_it_does(report: &FeedReport, awaits_articles: bool) -> String {
    format!("{} · {}", state(&report.feed, awaits_articles), counts(report))
}

/// "feed **3** · posted <t:5:R> · corrected <t:6:R> · ⚠️ 1 to be taken back, if a moderator says so".
pub(crate) fn how_it_stands(post: &PostReport) -> String {
    let mut parts = vec![format!("feed **{}**", post.feed), format!("posted {}", relative(post.sent_at))];
    parts.extend(post.edited_at.map(|at| format!("corrected {}", relative(at))));
    let followed = |aftermath, done: &str, due: &str, refused: &str| match aftermath {
        Aftermath::Unwanted => None,
        Aftermath::Due => Some(due.to_owned()),
        Aftermath::Done => Some(done.to_owned()),
        Aftermath::Refused => Some(format!("⚠️ {refused}")),
    };
    parts.extend(followed(post.discussion, "with a thread", "its thread is still to come", "no thread"));
    parts.extend(followed(post.crosspost, "published", "still to be published", "not published"));
    let total = post.stories + post.withdrawn + post.refused;
    parts.extend((post.withdrawn > 0).then(|| format!("{} of {total} stories taken back", post.withdrawn)));
    parts.extend(
        (post.withheld > 0).then(|| format!("⚠️ {} to be taken back, if a moderator says so", post.withheld)),
    );
    parts.extend((post.refused > 0).then(|| "⚠️ it should be taken back, and Discord refuses".to_owned()));
    parts.join(" · ")
}

/// "4 due, waiting for its quiet hours to end <t:5:R> · 12 sent · ⚠️ 1 failed".
fn counts(report: &FeedReport) -> String {
    let wait = report.wait.as_ref().map(|wait| format!(", waiting {}", waiting(wait))).unwrap_or_default();
    let mut parts = vec![format!("{} due{wait}", report.due), format!("{} sent", report.sent)];
    for (count, words) in [(report.failed, "failed"), (report.unknown, "unknown")] {
        parts.extend((count > 0).then(|| format!("⚠️ {count} {words}")));
    }
    parts.extend((report.expired > 0).then(|| format!("{} expired", report.expired)));
    parts.extend((report.withdrawn > 0).then(|| format!("{} taken back", report.withdrawn)));
    if report.withheld > 0 {
        parts.push(format!("⚠️ {} to be taken back, if you say so", report.withheld));
    }
    parts.join(" · ")
}

/// "for the quiet hours to end <t:5:R>".
pub(in crate::discord::commands) fn waiting(wait: &Wait) -> String {
    let until = relative(wait.until);
    match &wait.reason {
        WaitReason::QuietHours => format!("for its quiet hours to end {until}"),
        WaitReason::FullHour => format!("because this hour is full, until {until}"),
        WaitReason::Digest => format!("for the digest {until}"),
        WaitReason::Discord(said) => format!("until {until}: {}", cut_reason(said)),
        WaitReason::Database(said) => {
            format!("until {until}, because my database cannot be written: {}", cut_reason(said))
        }
    }
}

/// A reason, which is Markdown already: whoever found it put it into words and escaped what is not theirs. Cut between two
/// words, with code closed.
pub(in crate::discord::commands) fn cut_reason(reason: &str) -> String {
    let reason = reason.trim();
    if text::count(reason) <= REASON_CHARACTERS_MAX {
        return reason.to_owned();
    }
    // Room for the ellipsis and for closing code.
    let end = reason.char_indices().nth(REASON_CHARACTERS_MAX - 2).map_or(reason.len(), |(end, _)| end);
    let kept = reason.get(..end).unwrap_or_default();
    let words = kept.rfind(' ').and_then(|end| kept.get(..end)).unwrap_or(kept).trim_end_matches('\\');
    let opens_code = (words.matches('`').count() - words.matches("\\`").count()) % 2 == 1;
    format!("{words}…{}", if opens_code { "`" } else { "" })
}

/// "3 hours ago", in the reader's own language and up to date. Discord's docs: "Timestamp Styles".
pub(in crate::discord::commands) fn relative(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}

/// "1 article", "2 articles".
pub(in crate::discord::commands) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// The address of a message, which clients show as a link to it.
pub(in crate::discord::commands) fn link(server: u64, channel: u64, message: u64) -> String {
    format!("https://discord.com/channels/{server}/{channel}/{message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_reason_is_cut_between_words_with_code_closed() {
        let short = r"I lack \*Embed Links\*. Grant it, then `/feed resume`.";
        assert_eq!(cut_reason(&format!(" {short}\n")), short);
        let before = "word ".repeat(58);
        assert_eq!(cut_reason(&format!("{before}`/feed resume` and more")), format!("{before}`/feed…`"));
        let escaped = format!("{before}`/feed` \\` \\` and more words");
        assert_eq!(cut_reason(&escaped), format!("{before}`/feed`…"));
        let wordless = "\\*".repeat(400);
        let cut = cut_reason(&wordless);
        assert!(text::count(&cut) <= REASON_CHARACTERS_MAX && cut.ends_with("*…"), "{cut}");
        assert!(text::count(&cut_reason(&"wört ".repeat(99))) <= REASON_CHARACTERS_MAX);
    }
}
