//! Warnings about the channel of a feed: missing permissions of the bot, and missing tags.

use super::feed_options::MentionedRole;
use crate::card::text;
use crate::collection::fold::fold;
use crate::discord::channel_lookup::ChannelLookup;
use crate::discord::channel_permissions::{
    ChannelFacts, MANAGE_THREADS, MENTION_EVERYONE, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL, missing,
    needed_by_feed,
};
use crate::discord::commands::feed::words::NAME_CHARACTERS_MAX;
use crate::discord::permission_names::permission_names;
use crate::feed::{ChannelKind, FeedSettings};
use crate::ids::ChannelId;
use crate::messages::{Words, say};

/// All warnings, the most important first. `mention` is the role from the options of the command.
pub(super) fn warnings(
    lookup: &ChannelLookup,
    channel: ChannelId,
    kind: ChannelKind,
    settings: &FeedSettings,
    mention: Option<MentionedRole>,
    words: &Words,
) -> Vec<String> {
    let shown = format!("<#{channel}>");
    match lookup {
        ChannelLookup::Found(facts) => of_facts(facts, &shown, kind, settings, mention, words),
        ChannelLookup::Hidden => vec![lacking(&shown, VIEW_CHANNEL, words)],
        ChannelLookup::Gone | ChannelLookup::Elsewhere => {
            vec![say!(words, "advice-channel-gone", channel = shown)]
        }
        ChannelLookup::Unknown(cause) => {
            tracing::warn!(cause, "the channel of a feed cannot be read");
            vec![say!(words, "advice-unknown", channel = shown)]
        }
    }
}

fn of_facts(
    facts: &ChannelFacts,
    channel: &str,
    kind: ChannelKind,
    settings: &FeedSettings,
    mention: Option<MentionedRole>,
    words: &Words,
) -> Vec<String> {
    let mut warnings = Vec::new();
    let lacks = |permission| missing(facts.permissions, permission) != 0;
    let needed = missing(facts.permissions, needed_by_feed(kind, settings.opens_thread));
    if needed != 0 {
        warnings.push(lacking(channel, needed, words));
    }
    let is_bound = mention.is_some_and(|role| role.is_mentionable == Some(false));
    if let Some(role) = settings.mention.filter(|_| is_bound && lacks(MENTION_EVERYONE)) {
        let (role, permission) = (format!("<@&{role}>"), permission_names(MENTION_EVERYONE, words));
        warnings.push(say!(words, "advice-mention", role = role, permission = permission, channel = channel));
    }
    if facts.is_locked && lacks(MANAGE_THREADS) {
        let permission = permission_names(MANAGE_THREADS, words);
        warnings.push(say!(words, "advice-thread-locked", permission = permission, channel = channel));
    }
    if kind == ChannelKind::Forum {
        warnings.extend(tags(facts, channel, settings, words));
        if lacks(MANAGE_THREADS) {
            let permission = permission_names(MANAGE_THREADS, words);
            warnings.push(say!(words, "advice-thread-deletion", permission = permission, channel = channel));
        }
        if lacks(SEND_MESSAGES_IN_THREADS) {
            let permission = permission_names(SEND_MESSAGES_IN_THREADS, words);
            warnings.push(say!(words, "advice-archived-posts", permission = permission, channel = channel));
        }
    }
    warnings
}

/// A warning for a forum that requires a tag. A post gets the tags that have the names of the article's topics.
fn tags(facts: &ChannelFacts, channel: &str, settings: &FeedSettings, words: &Words) -> Option<String> {
    if !facts.requires_tag {
        return None;
    }
    let may_moderate = missing(facts.permissions, MANAGE_THREADS) == 0;
    let mut settable = facts.tags.iter().filter(|tag| may_moderate || !tag.is_moderated);
    let Some(topic) = settings.rules.topic.as_deref() else {
        return Some(say!(words, "advice-tags", channel = channel));
    };
    let has_tag = settable.any(|tag| fold(&tag.name) == fold(topic));
    let topic = text::escaped(topic, NAME_CHARACTERS_MAX);
    (!has_tag).then(|| say!(words, "advice-no-tag", channel = channel, topic = topic))
}

fn lacking(channel: &str, permissions: u64, words: &Words) -> String {
    let permissions = permission_names(permissions, words);
    say!(words, "advice-lacking", channel = channel, permissions = permissions)
}
