//! Who is a moderator: the bot decides by itself, whatever Discord let through.
//!
//! A moderator has Manage Server or Administrator, or is allowed the command by the server's integration settings.
//! Discord's docs: "Application Commands", "Permissions".

use std::future::Future;

use super::reply::Reply;
use crate::ids::{ChannelId, GuildId, RoleId, UserId};
use crate::messages::{Words, say};

/// `ADMINISTRATOR` (Discord's docs, "Permissions").
const ADMINISTRATOR: u64 = 1 << 3;
/// `MANAGE_GUILD`, which clients call Manage Server (Discord's docs, "Permissions").
pub const MANAGE_SERVER: u64 = 1 << 5;

/// Who wants something, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user's id.
    pub user: UserId,
    /// `None` in direct messages.
    pub member: Option<Membership>,
}

impl Caller {
    /// A caller in direct messages.
    #[must_use]
    pub fn direct(user: UserId) -> Self {
        Self { user, member: None }
    }
}

/// A caller in a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The server's id.
    pub server: GuildId,
    /// The channel's id.
    pub channel: ChannelId,
    /// The ids of the member's roles, without `@everyone`.
    pub roles: Vec<RoleId>,
    /// The member's rights in the channel, as the interaction gives them; 0 if it does not.
    pub rights: u64,
}

/// What a server's settings say of the bot's commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerSettings {
    /// For commands that have no settings of their own.
    pub of_bot: Vec<Override>,
    /// For single commands, by the command's id.
    pub of_commands: Vec<(u64, Vec<Override>)>,
}

/// One line of a server's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Whom or what it is for.
    pub target: Target,
    /// Whether the command may be used.
    pub is_allowed: bool,
}

/// Whom or what an [`Override`] is for, by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A role; the server's own id stands for `@everyone`.
    Role(RoleId),
    /// A member.
    User(UserId),
    /// A channel; the server's id less one stands for all.
    Channel(ChannelId),
}

/// Whether the caller may use what is for moderators and belongs to these commands: one that they may use is enough. The ids
/// are Discord's word, never a button's. `settings` is asked only if the caller's own rights do not decide.
///
/// # Errors
/// What to answer instead.
pub(crate) async fn require_moderator(
    caller: &Caller,
    commands: &[u64],
    settings: impl Future<Output = Result<ServerSettings, String>>,
    words: &Words,
) -> Result<(), Reply> {
    let Some(member) = &caller.member else {
        return Err(Reply::to_asker(say!(words, "moderators-no-server")));
    };
    if member.rights & (ADMINISTRATOR | MANAGE_SERVER) != 0 {
        return Ok(());
    }
    match settings.await {
        Ok(settings)
            if commands.iter().any(|command| is_allowed(caller.user, member, *command, &settings)) =>
        {
            Ok(())
        }
        Ok(_) => Err(Reply::to_asker(say!(words, "moderators-only"))),
        Err(cause) => {
            tracing::warn!(cause, "the command permissions of a server cannot be read");
            Err(Reply::to_asker(say!(words, "moderators-unknown")))
        }
    }
}

/// Whether the server's settings allow this member this very command. Those of the whole bot only say where it may be
/// used: whoever opens the bot to everyone means `/news`, and makes nobody a moderator.
fn is_allowed(user: UserId, member: &Membership, command: u64, settings: &ServerSettings) -> bool {
    let of_command = settings.of_commands.iter().find(|(id, _)| *id == command).map(|(_, entries)| entries);
    let Some(of_command) = of_command else { return false };
    let all_channels = Target::Channel(ChannelId(member.server.0.saturating_sub(1)));
    let channel = [of_command, &settings.of_bot]
        .into_iter()
        .find_map(|entries| {
            said(entries, Target::Channel(member.channel)).or_else(|| said(entries, all_channels))
        })
        .unwrap_or(true);
    let of_roles: Vec<bool> =
        member.roles.iter().filter_map(|role| said(of_command, Target::Role(*role))).collect();
    // The nearest decides: the member, then their roles (one that allows is enough), then everyone.
    let person = said(of_command, Target::User(user))
        .or_else(|| (!of_roles.is_empty()).then(|| of_roles.contains(&true)))
        .or_else(|| said(of_command, Target::Role(RoleId(member.server.0))))
        .unwrap_or(false);
    channel && person
}

fn said(entries: &[Override], target: Target) -> Option<bool> {
    entries.iter().find(|entry| entry.target == target).map(|entry| entry.is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAND: u64 = 2;
    const SERVER: GuildId = GuildId(100);
    const EVERYONE: RoleId = RoleId(SERVER.0);
    const ALL_CHANNELS: ChannelId = ChannelId(SERVER.0 - 1);
    const ADA: UserId = UserId(11);
    const ROLE: RoleId = RoleId(21);
    const OTHER_ROLE: RoleId = RoleId(22);
    const CHANNEL: ChannelId = ChannelId(31);

    fn caller(rights: u64) -> Caller {
        let member = Membership { server: SERVER, channel: CHANNEL, roles: vec![ROLE, OTHER_ROLE], rights };
        Caller { user: ADA, member: Some(member) }
    }

    async fn decide(caller: &Caller, settings: Result<ServerSettings, String>) -> Result<(), Reply> {
        require_moderator(caller, &[COMMAND], std::future::ready(settings), Words::english()).await
    }

    fn entries(said: &[(Target, bool)]) -> Vec<Override> {
        said.iter().map(|&(target, is_allowed)| Override { target, is_allowed }).collect()
    }

    async fn check(of_command: &[(Target, bool)], of_bot: &[(Target, bool)], expected: bool) {
        let settings = ServerSettings {
            of_bot: entries(of_bot),
            of_commands: vec![
                (COMMAND + 1, entries(&[(Target::User(ADA), true)])),
                (COMMAND, entries(of_command)),
            ],
        };
        let decided = decide(&caller(0), Ok(settings)).await;
        assert_eq!(decided.is_ok(), expected, "{decided:?}");
    }

    #[tokio::test]
    async fn manage_server_and_administrator_decide_without_asking() {
        for rights in [MANAGE_SERVER, ADMINISTRATOR, ADMINISTRATOR | MANAGE_SERVER | 1] {
            let never = std::future::pending();
            let decided = require_moderator(&caller(rights), &[COMMAND], never, Words::english()).await;
            assert_eq!(decided, Ok(()));
        }
    }

    #[tokio::test]
    async fn members_are_refused_and_so_are_direct_messages() {
        let refused = decide(&caller(!(ADMINISTRATOR | MANAGE_SERVER)), Ok(ServerSettings::default()))
            .await
            .unwrap_err();
        assert!(refused.content.contains("Manage Server"));
        let direct = Caller { user: ADA, member: None };
        let words = decide(&direct, Ok(ServerSettings::default())).await.unwrap_err().content;
        assert!(words.contains("direct messages"));
        let unread = decide(&caller(0), Err("no connection".into())).await.unwrap_err();
        assert!(unread.content.contains("could not ask"), "who cannot be checked is refused");
    }

    #[tokio::test]
    async fn the_servers_settings_allow_and_deny() {
        use Target::{Channel, Role, User};
        check(&[], &[], false).await;
        check(&[(User(ADA), true)], &[], true).await;
        check(&[(User(UserId(12)), true)], &[], false).await;
        check(&[(Role(ROLE), true)], &[], true).await;
        check(&[(Role(ROLE), false), (Role(OTHER_ROLE), true)], &[], true).await;
        check(&[(Role(ROLE), false), (Role(EVERYONE), true)], &[], false).await;
        check(&[(Role(EVERYONE), true)], &[], true).await;
        check(&[(User(ADA), false), (Role(ROLE), true)], &[], false).await;
        check(&[(User(ADA), true), (Channel(CHANNEL), false)], &[], false).await;
        check(&[(User(ADA), true), (Channel(ALL_CHANNELS), false)], &[], false).await;
        check(&[(User(ADA), true), (Channel(ALL_CHANNELS), false), (Channel(CHANNEL), true)], &[], true)
            .await;
    }

    #[tokio::test]
    async fn the_settings_of_the_whole_bot_make_nobody_a_moderator() {
        use Target::{Channel, Role, User};
        check(&[], &[(Role(EVERYONE), true), (User(ADA), true)], false).await;
        check(&[(User(ADA), true)], &[(Channel(ALL_CHANNELS), false)], false).await;
        check(&[(User(ADA), true)], &[(User(ADA), false)], true).await;
    }

    #[tokio::test]
    async fn one_of_the_commands_that_a_button_belongs_to_is_enough() {
        let allowed = || ServerSettings {
            of_commands: vec![(COMMAND, entries(&[(Target::User(ADA), true)]))],
            ..ServerSettings::default()
        };
        for (commands, expected) in
            [(&[COMMAND + 1, COMMAND][..], true), (&[COMMAND + 1], false), (&[], false)]
        {
            let settings = std::future::ready(Ok(allowed()));
            let decided = require_moderator(&caller(0), commands, settings, Words::english()).await;
            assert_eq!(decided.is_ok(), expected, "{commands:?}");
        }
    }
}
