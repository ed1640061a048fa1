//! Feeds in words: rules, pacing, state. Everything is escaped and bounded, so that a list of feeds keeps its size.

use crate::card::text;
use crate::delivery::desk::{FeedReport, PostReport};
use crate::delivery::record::Aftermath;
use crate::discord::reasons::{self, relative};
use crate::feed::pacing::Digest;
use crate::feed::{ChannelKind, Feed, FeedSettings, FeedStatus};
use crate::messages::{Words, say};

/// Of a topic's or a type's name.
pub(in crate::discord::commands) const NAME_CHARACTERS_MAX: usize = 60;

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
pub(super) fn state(feed: &Feed, awaits_articles: bool, words: &Words) -> String {
    match &feed.status {
        FeedStatus::Active if feed.pending_backfill.is_some() && awaits_articles => {
            say!(words, "feed-state-awaiting-articles")
        }
        FeedStatus::Active => say!(words, "feed-state-active"),
        FeedStatus::PausedByModerator => say!(words, "feed-state-paused-by-moderator"),
        FeedStatus::Paused(reason) => {
            say!(words, "feed-state-paused", reason = reasons::of_pause(reason, words))
        }
        FeedStatus::ForeignChannel => say!(words, "feed-state-foreign-channel"),
        FeedStatus::PausedByBoth(reason) => {
            say!(words, "feed-state-paused-by-both", reason = reasons::of_pause(reason, words))
        }
        FeedStatus::Left { since, .. } => say!(words, "feed-state-left", when = relative(*since)),
    }
}

/// "active · 4 due · The feed waits until its quiet hours end <t:5:R>. · 12 sent · ⚠️ 1 failed".
pub(crate) fn how_it_does(report: &FeedReport, awaits_articles: bool, words: &Words) -> String {
    format!("{} · {}", state(&report.feed, awaits_articles, words), counts(report, words))
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

/// "4 due · The feed waits until its quiet hours end <t:5:R>. · 12 sent · ⚠️ 1 failed".
fn counts(report: &FeedReport, words: &Words) -> String {
    let mut parts = vec![format!("{} due", report.due)];
    parts.extend(report.wait.as_ref().map(|wait| reasons::of_wait(wait, words)));
    parts.push(format!("{} sent", report.sent));
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

/// "1 article", "2 articles".
pub(in crate::discord::commands) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// The address of a message, which clients show as a link to it.
pub(in crate::discord::commands) fn link(server: u64, channel: u64, message: u64) -> String {
    format!("https://discord.com/channels/{server}/{channel}/{message}")
}
