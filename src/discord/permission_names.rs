//! The names of permissions, as Discord's clients show them.

use super::channel_permissions::{
    ADMINISTRATOR, CREATE_PUBLIC_THREADS, EMBED_LINKS, MANAGE_THREADS, MENTION_EVERYONE,
    READ_MESSAGE_HISTORY, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL,
};
use crate::messages::{Words, say};

/// The permissions of these bits as a list, each name in bold.
pub(crate) fn permission_names(bits: u64, words: &Words) -> String {
    let known = [
        (VIEW_CHANNEL, say!(words, "permission-view-channel")),
        (SEND_MESSAGES, say!(words, "permission-send-messages")),
        (EMBED_LINKS, say!(words, "permission-embed-links")),
        (READ_MESSAGE_HISTORY, say!(words, "permission-read-message-history")),
        (MENTION_EVERYONE, say!(words, "permission-mention-everyone")),
        (CREATE_PUBLIC_THREADS, say!(words, "permission-create-public-threads")),
        (SEND_MESSAGES_IN_THREADS, say!(words, "permission-send-messages-in-threads")),
        (MANAGE_THREADS, say!(words, "permission-manage-threads")),
        (ADMINISTRATOR, say!(words, "permission-administrator")),
    ];
    let nameless = known.iter().fold(bits, |rest, (bit, _)| rest & !bit);
    let mut names: Vec<String> =
        known.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, name)| format!("**{name}**")).collect();
    // The bot needs no other permissions. The database of another version may name one.
    names.extend((nameless != 0).then(|| say!(words, "permission-other")));
    words.list(&names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::channel_permissions::{missing, needed_by_feed};
    use crate::feed::ChannelKind;

    #[test]
    fn permissions_have_the_names_that_discord_shows() {
        let words = Words::english();
        let needed = needed_by_feed(ChannelKind::Text, true);
        assert_eq!(
            permission_names(missing(VIEW_CHANNEL | SEND_MESSAGES, needed), words),
            "**Embed Links**, **Read Message History**, and **Create Public Threads**"
        );
        assert_eq!(permission_names(EMBED_LINKS | 1 << 50, words), "**Embed Links** and another permission");
        assert!(!permission_names(needed | MENTION_EVERYONE | MANAGE_THREADS, words).contains("another"));
    }
}
