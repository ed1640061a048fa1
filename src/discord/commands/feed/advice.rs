//! What a moderator has to know of the channel of a feed: rights that the bot lacks there, tags that are missing.

use super::given::GivenRole;
use crate::card::text;
use crate::collection::names::fold;
use crate::discord::channel_look::Look;
use crate::discord::channel_rights::{
    ChannelFacts, MANAGE_THREADS, MENTION_EVERYONE, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL, missing,
    needed_by_feed,
};
use crate::discord::commands::feed::words::NAME_CHARACTERS_MAX;
use crate::feed::{ChannelKind, FeedSettings};

/// Warnings, the worst first. `mention` is the role as Discord described it with this command.
pub(super) fn warnings(
    look: &Look,
    channel: u64,
    kind: ChannelKind,
    settings: &FeedSettings,
    mention: Option<GivenRole>,
) -> Vec<String> {
    match look {
        Look::Seen(facts) => of_facts(facts, channel, kind, settings, mention),
        Look::Hidden => vec![lacking(channel, &missing(0, VIEW_CHANNEL))],
        Look::Gone | Look::Elsewhere => vec![format!(
            "⚠️ Discord says that there is no <#{channel}> any more, so nothing can be posted there."
        )],
        Look::Unknown(cause) => {
            tracing::warn!(cause, "a channel cannot be looked at");
            vec![format!(
                "⚠️ I could not read from Discord what I may do in <#{channel}>; `/feed test` tells."
            )]
        }
    }
}

fn of_facts(
    facts: &ChannelFacts,
    channel: u64,
    kind: ChannelKind,
    settings: &FeedSettings,
    mention: Option<GivenRole>,
) -> Vec<String> {
    let mut warnings = Vec::new();
    let lacks = missing(facts.rights, needed_by_feed(kind, settings.opens_thread));
    if !lacks.is_empty() {
        warnings.push(lacking(channel, &lacks));
    }
    let is_bound = mention.is_some_and(|role| role.is_mentionable == Some(false));
    let lacks = missing(facts.rights, MENTION_EVERYONE);
    if let (true, Some(role), Some(right)) = (is_bound, settings.mention, lacks.first()) {
        warnings.push(format!(
            "⚠️ <@&{role}> may not be mentioned by everybody, and I lack **{right}** in <#{channel}>: posts will show the role \
             and ping nobody. Grant me that, or allow everybody to mention the role."
        ));
    }
    if kind == ChannelKind::Forum {
        warnings.extend(tags(facts, channel, settings));
        if let Some(right) = missing(facts.rights, MANAGE_THREADS).first() {
            warnings.push(format!(
                "Without **{right}** in <#{channel}> I can take back only the first message of a post, not the post itself. \
                 That is optional."
            ));
        }
        if let Some(right) = missing(facts.rights, SEND_MESSAGES_IN_THREADS).first() {
            warnings.push(format!(
                "Without **{right}** in <#{channel}> I cannot correct a post once Discord has archived it. That is optional."
            ));
        }
    }
    warnings
}

/// A forum that asks for a tag gets those that are called as the article's topics.
fn tags(facts: &ChannelFacts, channel: u64, settings: &FeedSettings) -> Option<String> {
    if !facts.requires_tag {
        return None;
    }
    let may_moderate = missing(facts.rights, MANAGE_THREADS).is_empty();
    let mut settable = facts.tags.iter().filter(|tag| may_moderate || !tag.is_moderated);
    let Some(topic) = settings.rules.topic.as_deref() else {
        return Some(format!(
            "⚠️ <#{channel}> asks for a tag on each post. I set those that are called as an article's topics; an article \
             without one cannot be posted there, and pauses the feed."
        ));
    };
    let has_tag = settable.any(|tag| fold(&tag.name) == fold(topic));
    (!has_tag).then(|| {
        format!(
            "⚠️ <#{channel}> asks for a tag on each post, and has none that is called **{}** and that I may set; make one, or \
             switch off that tags are required.",
            text::escaped(topic, NAME_CHARACTERS_MAX)
        )
    })
}

fn lacking(channel: u64, rights: &[&str]) -> String {
    format!(
        "⚠️ In <#{channel}> I lack **{}**. Until that is granted (Edit Channel, Permissions) the feed cannot do its work.",
        rights.join("**, **")
    )
}
