//! Reasons in words: why a feed is paused, why a delivery has its state, what a feed waits for, why a moderator's request failed. Each
//! argument is escaped and bounded, so each text has a bounded length.

use jiff::Timestamp;

use super::channel_permissions::{
    CREATE_PUBLIC_THREADS, EMBED_LINKS, MANAGE_THREADS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use super::permission_names::permission_names;
use crate::card::text;
use crate::delivery::desk::{DeskError, PostFailure, ResendFailure, TestFailure};
use crate::delivery::ledger::LedgerErrorKind;
use crate::delivery::reason::{
    DeliveryReason, FollowUpRefusal, RefusalKind, RefusedRequest, SearchFailure, WithdrawalCause,
};
use crate::delivery::wait::{DiscordWait, Wait, WaitReason};
use crate::feed::pause::{PauseReason, Setting, UnreadableSetting};
use crate::ids::ChannelId;
use crate::messages::{Words, say};

/// The most characters of Discord's own words.
const SAID_CHARACTERS_MAX: usize = 120;
/// The most faulty fields, and the most characters of each.
const FIELDS_MAX: usize = 3;
const FIELD_CHARACTERS_MAX: usize = 40;
/// The most unreadable settings, and the most characters of each.
const SETTINGS_MAX: usize = 4;
const SETTING_CHARACTERS_MAX: usize = 40;

/// Why a feed is paused, and what a moderator can do.
pub(crate) fn of_pause(reason: &PauseReason, words: &Words) -> String {
    let permissions = |bits| permission_names(bits, words);
    match reason {
        PauseReason::ChannelDeleted => say!(words, "pause-channel-deleted"),
        PauseReason::RoleDeleted => say!(words, "pause-role-deleted"),
        PauseReason::SettingsUnreadable(settings) => {
            let shown = settings.iter().take(SETTINGS_MAX).map(|setting| of_setting(setting, words));
            let settings = words.list(&shown.collect::<Vec<_>>());
            say!(words, "pause-settings-unreadable", settings = settings)
        }
        PauseReason::RowUnreadable(row) => say!(words, "pause-row-unreadable", row = row.to_string()),
        PauseReason::ChannelUnknown => say!(words, "pause-channel-unknown"),
        PauseReason::NotInGuild => say!(words, "pause-not-in-server"),
        PauseReason::ChannelHidden => {
            say!(words, "pause-channel-hidden", permission = permissions(VIEW_CHANNEL))
        }
        PauseReason::PermissionsMissing(bits) => {
            say!(words, "pause-permissions-missing", permissions = permissions(*bits))
        }
        PauseReason::PostingForbidden => {
            let permissions = permissions(VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS);
            say!(words, "pause-posting-forbidden", permissions = permissions)
        }
        PauseReason::ChangingForbidden => {
            let permissions = permissions(VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS);
            say!(words, "pause-changing-forbidden", permissions = permissions)
        }
        PauseReason::ChangingForumPostsForbidden => {
            let permissions = permissions(VIEW_CHANNEL | SEND_MESSAGES_IN_THREADS | EMBED_LINKS);
            say!(words, "pause-changing-forum-posts-forbidden", permissions = permissions)
        }
        PauseReason::ChannelKindChanged => say!(words, "pause-channel-type-changed"),
        PauseReason::NoTagAllowed => say!(words, "pause-no-tag-allowed"),
        PauseReason::NoTagMatches => say!(words, "pause-no-tag-matches"),
        PauseReason::ThreadLocked => {
            say!(words, "pause-thread-locked", permission = permissions(MANAGE_THREADS))
        }
        PauseReason::Unknown(_) => say!(words, "pause-unknown"),
    }
}

/// Why the bot cannot report troubles in a channel, and what a moderator can do.
pub(crate) fn of_notices_fault(fault: &PauseReason, channel: ChannelId, words: &Words) -> String {
    let channel = format!("<#{channel}>");
    let lacks = match fault {
        PauseReason::ChannelUnknown => return say!(words, "notices-channel-gone", channel = channel),
        PauseReason::ChannelHidden => VIEW_CHANNEL,
        PauseReason::PermissionsMissing(bits) => *bits,
        _ => return say!(words, "notices-refused", channel = channel),
    };
    let permissions = permission_names(lacks, words);
    say!(words, "notices-lacking", channel = channel, permissions = permissions)
}

fn of_setting(unreadable: &UnreadableSetting, words: &Words) -> String {
    let value = text::escaped(&unreadable.value, SETTING_CHARACTERS_MAX);
    match unreadable.setting {
        Setting::ChannelKind => say!(words, "setting-channel-type", value = value),
        Setting::Words => say!(words, "setting-words", value = value),
        Setting::Without => say!(words, "setting-without", value = value),
        Setting::MaxAge => say!(words, "setting-max-age", value = value),
        Setting::PostsPerHour => say!(words, "setting-posts-per-hour", value = value),
        Setting::QuietHours => say!(words, "setting-quiet-hours", value = value),
        Setting::TimeZone => say!(words, "setting-time-zone", value = value),
        Setting::Digest => say!(words, "setting-digest", value = value),
        Setting::Backfill => say!(words, "setting-backfill", value = value),
        Setting::Status => say!(words, "setting-status", value = value),
        Setting::Time => say!(words, "setting-time", value = value),
    }
}

/// Why a delivery has its state, and what a moderator can do.
pub(crate) fn of_delivery(reason: &DeliveryReason, words: &Words) -> String {
    match reason {
        DeliveryReason::PostRefused(refused) => of_refusal(refused, words),
        DeliveryReason::WithdrawalRefused(refused) => {
            say!(words, "delivery-withdrawal-refused", refusal = of_refusal(refused, words))
        }
        DeliveryReason::CorrectionRefused(refused) => {
            say!(words, "delivery-correction-refused", refusal = of_refusal(refused, words))
        }
        DeliveryReason::FollowUpRefused(refusal) => of_follow_up(refusal, words),
        DeliveryReason::Withdrawn(WithdrawalCause::FileHides) => say!(words, "delivery-file-hid"),
        DeliveryReason::Withdrawn(WithdrawalCause::FileGone) => say!(words, "delivery-file-gone"),
        DeliveryReason::Withdrawn(WithdrawalCause::MessageDeleted) => say!(words, "delivery-message-deleted"),
        DeliveryReason::Unconfirmed(failure) => {
            say!(words, "delivery-unconfirmed", cause = of_search(failure, words))
        }
        DeliveryReason::Unknown(_) => say!(words, "delivery-reason-unknown"),
    }
}

fn of_follow_up(refusal: &FollowUpRefusal, words: &Words) -> String {
    let permission = |bits| permission_names(bits, words);
    match refusal {
        FollowUpRefusal::ThreadsForbidden => {
            say!(words, "follow-up-threads-forbidden", permission = permission(CREATE_PUBLIC_THREADS))
        }
        FollowUpRefusal::CrosspostsForbidden => {
            say!(words, "follow-up-crossposts-forbidden", permission = permission(SEND_MESSAGES))
        }
        FollowUpRefusal::ThreadDeletionForbidden => {
            say!(words, "follow-up-thread-deletion-forbidden", permission = permission(MANAGE_THREADS))
        }
        FollowUpRefusal::WrongChannelKind => say!(words, "follow-up-wrong-channel-type"),
        FollowUpRefusal::Refused(refused) => {
            say!(words, "follow-up-refused", refusal = of_refusal(refused, words))
        }
    }
}

fn of_search(failure: &SearchFailure, words: &Words) -> String {
    match failure {
        SearchFailure::HistoryHidden(bits) => {
            say!(words, "search-history-hidden", permissions = permission_names(*bits, words))
        }
        SearchFailure::TooManyMessages => say!(words, "search-too-many-messages"),
        SearchFailure::ForumPostDeleted => say!(words, "search-forum-post-deleted"),
        SearchFailure::Paused(reason) => of_pause(reason, words),
        SearchFailure::Refused(refused) => of_refusal(refused, words),
    }
}

/// Why Discord refused a request, with Discord's own words.
fn of_refusal(refused: &RefusedRequest, words: &Words) -> String {
    let permission = |bits| permission_names(bits, words);
    let cause = match refused.kind() {
        RefusalKind::MessageGone => say!(words, "refusal-message-gone"),
        RefusalKind::Explicit => say!(words, "refusal-explicit"),
        RefusalKind::AutoModText => say!(words, "refusal-automod-text"),
        RefusalKind::AutoModTitle => say!(words, "refusal-automod-title"),
        RefusalKind::HarmfulLink => say!(words, "refusal-harmful-link"),
        RefusalKind::FaultyContent => say!(words, "refusal-faulty-content"),
        RefusalKind::ImpossibleMessage => say!(words, "refusal-impossible-message"),
        RefusalKind::ThreadArchived => {
            say!(words, "refusal-thread-archived", permission = permission(SEND_MESSAGES_IN_THREADS))
        }
        RefusalKind::ThreadLocked => {
            say!(words, "refusal-thread-locked", permission = permission(MANAGE_THREADS))
        }
        RefusalKind::Other => say!(words, "refusal-other"),
    };
    // As text: a number would get the separators of a count.
    let (status, code) = (refused.status.to_string(), refused.code.to_string());
    let fields = refused.faulty_fields.iter().take(FIELDS_MAX);
    let fields: Vec<String> = fields.map(|field| text::escaped(field, FIELD_CHARACTERS_MAX)).collect();
    let details = if fields.is_empty() {
        say!(words, "refusal-details", status = status, code = code)
    } else {
        say!(words, "refusal-details-fields", status = status, code = code, fields = words.list(&fields))
    };
    let said = text::escaped(&refused.said, SAID_CHARACTERS_MAX);
    if said.is_empty() {
        say!(words, "refusal-without-words", cause = cause, details = details)
    } else {
        say!(words, "refusal-with-words", cause = cause, said = said, details = details)
    }
}

/// What a feed's next post waits for.
pub(crate) fn of_wait(wait: &Wait, words: &Words) -> String {
    let when = relative(wait.until);
    match wait.reason {
        WaitReason::QuietHours => say!(words, "wait-quiet-hours", when = when),
        WaitReason::FullHour => say!(words, "wait-full-hour", when = when),
        WaitReason::Digest => say!(words, "wait-digest", when = when),
        WaitReason::Discord(DiscordWait::NoAnswer) => say!(words, "wait-no-answer", when = when),
        WaitReason::Discord(DiscordWait::Outage(status)) => {
            say!(words, "wait-outage", when = when, status = status.to_string())
        }
        WaitReason::Discord(DiscordWait::Blocked) => say!(words, "wait-blocked", when = when),
        WaitReason::Discord(DiscordWait::TooManyThreads) => say!(words, "wait-too-many-threads", when = when),
        WaitReason::Discord(DiscordWait::CrosspostLimit) => say!(words, "wait-crosspost-limit", when = when),
        WaitReason::Discord(DiscordWait::EditLimit) => say!(words, "wait-edit-limit", when = when),
        WaitReason::Discord(DiscordWait::Limit) => say!(words, "wait-limit", when = when),
        WaitReason::Database(trouble) => {
            let cause = match trouble {
                LedgerErrorKind::Busy => say!(words, "database-busy"),
                LedgerErrorKind::Unreachable => say!(words, "database-unreachable"),
                LedgerErrorKind::Full => say!(words, "database-full"),
                LedgerErrorKind::ReadOnly => say!(words, "database-read-only"),
                LedgerErrorKind::Damaged => say!(words, "database-damaged"),
                LedgerErrorKind::Superseded | LedgerErrorKind::Other => say!(words, "database-unusable"),
            };
            say!(words, "wait-database", cause = cause, when = when)
        }
    }
}

/// Why a moderator's request failed, and what a moderator can do.
pub(crate) fn of_desk_error(error: &DeskError, words: &Words) -> String {
    match error {
        DeskError::TooManyFeeds(feeds) => say!(words, "desk-too-many-feeds", feeds = *feeds),
        DeskError::NoSuchFeed => say!(words, "desk-no-such-feed"),
        DeskError::ForeignChannel => say!(words, "desk-foreign-channel"),
        DeskError::NoSuchDelivery => say!(words, "desk-no-such-delivery"),
        DeskError::Database => say!(words, "desk-database"),
        DeskError::Stopping => say!(words, "desk-stopping"),
        DeskError::NoTest(failure) => of_test(failure, words),
        DeskError::NoResend(ResendFailure::FeedPaused(feed)) => {
            say!(words, "resend-feed-paused", feed = feed.to_string())
        }
        DeskError::NoResend(ResendFailure::NoArticle) => say!(words, "resend-no-article"),
        DeskError::NoPost(PostFailure::NotVisible) => say!(words, "post-not-visible"),
        DeskError::NoPost(PostFailure::NoLink) => say!(words, "post-no-link"),
        DeskError::NoPost(PostFailure::Stands) => say!(words, "post-stands"),
        DeskError::NoPost(PostFailure::Open) => say!(words, "post-open"),
    }
}

fn of_test(failure: &TestFailure, words: &Words) -> String {
    let cause = match failure {
        TestFailure::NoPlace => return say!(words, "test-no-place"),
        TestFailure::Unconfirmed => return say!(words, "test-unconfirmed"),
        TestFailure::Deleted => return say!(words, "test-deleted"),
        TestFailure::NoArticle => say!(words, "test-no-article"),
        TestFailure::Limited => say!(words, "test-limited"),
        TestFailure::NotNow => say!(words, "test-not-now"),
        TestFailure::Paused(reason) => of_pause(reason, words),
        TestFailure::Refused(refused) => of_refusal(refused, words),
        TestFailure::WrongToken => say!(words, "test-wrong-token"),
        TestFailure::Picture => say!(words, "test-picture"),
    };
    say!(words, "test-not-posted", cause = cause)
}

/// A time in Discord's own form. Each client shows it as "3 hours ago", in its language and up to date. Discord's docs: "Timestamp
/// Styles".
pub(crate) fn relative(at: Timestamp) -> String {
    format!("<t:{}:R>", at.as_second())
}
