//! Feeds in words: rules, pacing, state. Every argument is escaped and bounded, so each text has a bounded length.

use jiff::civil::Weekday;

use crate::card::text;
use crate::delivery::desk::{FeedReport, PostReport};
use crate::delivery::record::FollowUp;
use crate::discord::reasons::{self, relative};
use crate::feed::pacing::{Digest, weekday_word};
use crate::feed::phrases::Phrases;
use crate::feed::{ChannelKind, Feed, FeedSettings, FeedStatus};
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::messages::{Words, say};

/// The most characters of the name of a topic or a type.
pub(in crate::discord::commands) const NAME_CHARACTERS_MAX: usize = 60;

/// The most characters of a list of words, with the signs that make them harmless.
pub(in crate::discord::commands) const PHRASES_SHOWN_MAX: usize = 150;

/// "topic **AI** and the topics below it · type **video** · quality of 60 or more · at most 7 days old".
pub(super) fn rules(settings: &FeedSettings, words: &Words) -> String {
    let rules = &settings.rules;
    let name = |name: &str| text::escaped(name, NAME_CHARACTERS_MAX);
    let mut parts = vec![match rules.topic.as_deref() {
        Some(topic) => say!(words, "rule-topic", topic = name(topic)),
        None => say!(words, "rule-any-topic"),
    }];
    parts.extend(rules.kind.as_deref().map(|kind| say!(words, "rule-type", kind = name(kind))));
    parts.extend(rules.source.as_deref().map(|source| say!(words, "rule-source", source = name(source))));
    let listed = |phrases: &Phrases| text::escaped(&phrases.to_string(), PHRASES_SHOWN_MAX);
    let is_given = |phrases: &&Phrases| !phrases.is_empty();
    let (wanted, excluded) = (Some(&rules.words), Some(&rules.without));
    parts.extend(wanted.filter(is_given).map(|list| say!(words, "rule-words", words = listed(list))));
    parts.extend(excluded.filter(is_given).map(|list| say!(words, "rule-without", words = listed(list))));
    parts.push(match rules.quality_min {
        0 => say!(words, "rule-any-quality"),
        min => say!(words, "rule-quality", min = min),
    });
    parts.extend(rules.heat_min.map(|min| say!(words, "rule-heat", min = min)));
    parts.push(match rules.max_age_days {
        0 => say!(words, "rule-any-age"),
        days => say!(words, "rule-age", days = days),
    });
    parts.join(" · ")
}

/// "at most 10 posts an hour · quiet hours 22:00-07:00 · time zone Europe/Berlin · mentions <@&7>".
pub(super) fn pacing(settings: &FeedSettings, kind: ChannelKind, words: &Words) -> String {
    let pacing = &settings.pacing;
    let mut parts = vec![say!(words, "pacing-per-hour", posts = pacing.posts_per_hour_max)];
    parts
        .extend(pacing.quiet_hours.map(|quiet| say!(words, "pacing-quiet-hours", hours = quiet.to_string())));
    parts.extend(match pacing.digest {
        Digest::Off => None,
        Digest::Hourly => Some(say!(words, "pacing-digest-hourly")),
        Digest::Daily(at) => {
            Some(say!(words, "pacing-digest-daily", time = at.strftime("%H:%M").to_string()))
        }
        Digest::Weekly(day, at) => {
            let (day, time) = (weekday(day, words), at.strftime("%H:%M").to_string());
            Some(say!(words, "pacing-digest-weekly", day = day, time = time))
        }
    });
    // The time zone matters only with quiet hours or a digest.
    if parts.len() > 1 {
        let zone = text::escaped(pacing.zone.name(), NAME_CHARACTERS_MAX);
        parts.push(say!(words, "pacing-time-zone", zone = zone));
    }
    if settings.opens_thread && kind != ChannelKind::Forum {
        parts.push(say!(words, "pacing-thread"));
    }
    if settings.crossposts && kind == ChannelKind::Announcement {
        parts.push(say!(words, "pacing-crosspost"));
    }
    parts.extend(settings.is_silent.then(|| say!(words, "pacing-silent")));
    parts.extend(settings.mention.map(|role| say!(words, "pacing-mention", role = format!("<@&{role}>"))));
    parts.join(" · ")
}

/// The answer after a moderator resumed a feed.
pub(super) fn resumed(feed: &Feed, awaits_articles: bool, words: &Words) -> String {
    let (id, channel) = (feed.id.to_string(), format!("<#{}>", feed.channel));
    let resumed = say!(words, "feed-resumed", feed = id, channel = channel);
    format!("{resumed}\n• {}", state(feed, awaits_articles, words))
}

/// The name of a day of the week.
pub(super) fn weekday(day: Weekday, words: &Words) -> String {
    say!(words, "weekday", day = weekday_word(day))
}

/// Whether the feed posts. If not, the reason and the remedy.
pub(in crate::discord) fn state(feed: &Feed, awaits_articles: bool, words: &Words) -> String {
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
pub(super) fn state_and_counts(report: &FeedReport, awaits_articles: bool, words: &Words) -> String {
    format!("{} · {}", state(&report.feed, awaits_articles, words), counts(report, words))
}

/// The note of a post on the page of the demo: "feed **3** · posted <t:5:R> · corrected <t:6:R> · ⚠️ 1 to withdraw, if a moderator decides so".
pub(crate) fn post_note(post: &PostReport, words: &Words) -> String {
    let mut parts = vec![
        say!(words, "post-feed", feed = post.feed.to_string()),
        say!(words, "post-sent", when = relative(post.sent_at)),
    ];
    parts.extend(post.edited_at.map(|at| say!(words, "post-corrected", when = relative(at))));
    parts.extend(match post.discussion {
        FollowUp::Unwanted => None,
        FollowUp::Due => Some(say!(words, "post-thread-due")),
        FollowUp::Done => Some(say!(words, "post-thread-done")),
        FollowUp::Refused => Some(say!(words, "post-thread-refused")),
    });
    parts.extend(match post.crosspost {
        FollowUp::Unwanted => None,
        FollowUp::Due => Some(say!(words, "post-crosspost-due")),
        FollowUp::Done => Some(say!(words, "post-crosspost-done")),
        FollowUp::Refused => Some(say!(words, "post-crosspost-refused")),
    });
    let PostReport { withdrawn, withheld, refused, .. } = *post;
    let stories = post.stories + withdrawn + refused;
    let withdrawals = [
        (withdrawn, say!(words, "post-stories-withdrawn", withdrawn = withdrawn, stories = stories)),
        (withheld, say!(words, "post-withheld", stories = withheld)),
        (refused, say!(words, "post-withdrawal-refused")),
    ];
    parts.extend(not_none(withdrawals));
    parts.join(" · ")
}

/// The note of a feed on the page of the demo: "Feed **3** · active · 4 due · 12 sent".
pub(crate) fn feed_note(report: &FeedReport, awaits_articles: bool, words: &Words) -> String {
    let feed = say!(words, "note-feed", feed = report.feed.id.to_string());
    format!("{feed} · {}", state_and_counts(report, awaits_articles, words))
}

/// "4 due · The feed waits until its quiet hours end <t:5:R>. · 12 sent · ⚠️ 1 failed".
fn counts(report: &FeedReport, words: &Words) -> String {
    let FeedReport { due, sent, failed, unknown, expired, withdrawn, withheld, .. } = *report;
    let mut parts = vec![say!(words, "posts-due", posts = due)];
    parts.extend(report.wait.as_ref().map(|wait| reasons::of_wait(wait, words)));
    parts.push(say!(words, "posts-sent", posts = sent));
    parts.extend(troubles(failed, unknown, words));
    parts.extend(not_none([
        (expired, say!(words, "posts-expired", posts = expired)),
        (withdrawn, say!(words, "posts-withdrawn", posts = withdrawn)),
        (withheld, say!(words, "posts-withheld", posts = withheld)),
    ]));
    parts.join(" · ")
}

/// "⚠️ 1 failed" and "⚠️ 2 unknown", where there are any.
pub(super) fn troubles(failed: usize, unknown: usize, words: &Words) -> impl Iterator<Item = String> {
    not_none([
        (failed, say!(words, "posts-failed", posts = failed)),
        (unknown, say!(words, "posts-unknown", posts = unknown)),
    ])
}

/// The texts whose count is not 0.
fn not_none<const N: usize>(counted: [(usize, String); N]) -> impl Iterator<Item = String> {
    counted.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text)
}

/// The address of a message.
pub(in crate::discord::commands) fn link(guild: GuildId, channel: ChannelId, message: MessageId) -> String {
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}
