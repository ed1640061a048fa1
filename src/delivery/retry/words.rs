//! What moderators are told of a refusal: the cause and the remedy.

use super::ActionKind;
use crate::card::text;
use crate::delivery::send::Refusal;

/// How much of Discord's own words is repeated.
const QUOTE_CHARACTERS_MAX: usize = 300;

pub(super) const WRONG_TOKEN: &str = "Discord refuses the token; copy it again from the developer portal (Bot, Reset Token) into DISCORD_TOKEN";
pub(super) const KEPT_OUT: &str = "Discord's front door refuses all that I send, whatever it is; I keep trying, slowly. Whoever runs me finds more in my log.";
pub(super) const TOO_MANY_THREADS: &str = "This server has as many open threads as Discord allows, so no post can be made. Close or archive some; I keep trying.";
pub(super) const NO_THREADS: &str = "The post stands, but I could not open a thread at it: grant me Create Public Threads in its channel, for the next ones.";
pub(super) const NO_CROSSPOSTS: &str = "The post stands, but I could not publish it to the channels that follow: grant me Send Messages in its channel, for the next ones.";
pub(super) const NO_DELETED_THREADS: &str = "I may not delete the thread, only my message in it: grant me Manage Threads in its forum, for the next ones.";
pub(super) const WRONG_KIND_FOR_AFTERMATH: &str = "The post stands, but its channel is of a kind that has no such thing; `/feed edit` can turn threads and publishing off.";

/// Why the feed pauses; `None` for a code that pauses none.
pub(super) fn of_pause(kind: ActionKind, refusal: &Refusal) -> Option<String> {
    let words = match refusal.code {
        10_003 => {
            "The channel is gone. Remove this feed with `/feed remove`, and add one for another channel."
        }
        10_004 => {
            "I am not in this server any more. Invite me again, then let this feed go on with `/feed resume`."
        }
        50_001 => {
            "I cannot see the channel: grant me View Channel in it, then let this feed go on with `/feed resume`."
        }
        50_013 if !refusal.lacks.is_empty() => {
            let lacks = refusal.lacks.join(", ");
            return Some(format!(
                "I lack permissions in the channel: grant me {lacks} there (or end my timeout), then let this feed go on with `/feed resume`."
            ));
        }
        50_013 => missing_permission(kind),
        50_008 | 50_024 | 40_058 => {
            "The channel is of another kind than when this feed was made. Remove this feed with `/feed remove`, and add it again."
        }
        40_066 => {
            "This forum wants a tag on every post and has none that I may set. Add one that is not for moderators only, or turn “Require tags” off, then let this feed go on with `/feed resume`."
        }
        40_067 => {
            "This forum wants a tag on every post, and none is named as a topic of the article. Add tags named as your topics, or turn “Require tags” off, then let this feed go on with `/feed resume`."
        }
        _ => return None,
    };
    Some(words.to_owned())
}

/// Discord never says which permission it is.
fn missing_permission(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Post | ActionKind::ForumPost => {
            "I may not post in the channel: grant me View Channel, Send Messages and Embed Links in it, then let this feed go on with `/feed resume`."
        }
        ActionKind::EditForumPost | ActionKind::DeleteForumPost => {
            "I may not change my own messages in the forum's posts: grant me View Channel, Send Messages in Threads and Embed Links in the forum, and end my timeout if I have one; then let this feed go on with `/feed resume`."
        }
        _ => {
            "I may not change my own messages in the channel: grant me View Channel, Send Messages and Embed Links in it, and end my timeout if I have one; then let this feed go on with `/feed resume`."
        }
    }
}

/// Why one delivery ends.
pub(super) fn of_failure(refusal: &Refusal) -> String {
    let known = match refusal.code {
        10_008 => "The message is gone.",
        20_009 => "Discord takes it for explicit content and does not let it into this channel.",
        200_000 => {
            "This server's AutoMod does not let its text through; a moderator can change its rules under Server Settings."
        }
        200_001 => {
            "This server's AutoMod does not let its title through; a moderator can change its rules under Server Settings."
        }
        240_000 => "Discord takes one of its links for harmful.",
        50_035 => "Discord finds a fault in it that only the article's file can mend.",
        50_006 | 50_045 | 50_109 | 40_005 => {
            "Discord cannot take a message of this form or size; please report this."
        }
        50_083 => {
            "Its thread is archived, and I may not open it again: grant me Send Messages in Threads in the forum."
        }
        160_005 => "Its thread is locked: unlock it, or grant me Manage Threads in the forum.",
        _ => "Discord refused it.",
    };
    let fields = match refusal.faulty_fields.as_slice() {
        [] => String::new(),
        fields => format!(", {}", fields.join(", ")),
    };
    let said = format!("{} (status {}, code {}{fields})", refusal.words, refusal.status, refusal.code);
    format!("{known} It said: {}", text::escaped(said.trim(), QUOTE_CHARACTERS_MAX))
}

/// What a limit is about.
pub(super) fn limited(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Crosspost => {
            "Discord lets me publish only a few posts an hour from one channel; the rest follow."
        }
        ActionKind::Edit | ActionKind::EditForumPost => {
            "Discord lets me change only a few older posts at a time; the rest follow."
        }
        _ => "Discord asks me to wait a little in this channel; the rest follows.",
    }
}
