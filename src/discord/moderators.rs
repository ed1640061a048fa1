//! Who is a moderator: the bot decides by itself, whatever Discord let through.
//!
//! A moderator has Manage Server or Administrator, or is allowed the command by the guild's integration settings.
//! Discord's docs: "Application Commands", "Permissions".

use std::future::Future;

use super::reply::Reply;
use crate::ids::{ChannelId, GuildId, RoleId, UserId};
use crate::messages::{Words, say};

/// `ADMINISTRATOR` (Discord's docs, "Permissions").
const ADMINISTRATOR: u64 = 1 << 3;
/// `MANAGE_GUILD`, which clients call Manage Server (Discord's docs, "Permissions").
pub const MANAGE_GUILD: u64 = 1 << 5;

/// Who wants something, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user's id.
    pub user: UserId,
    /// `None` in direct messages.
    pub member: Option<CallerMember>,
}

impl Caller {
    /// A caller in direct messages.
    #[must_use]
    pub fn direct(user: UserId) -> Self {
        Self { user, member: None }
    }
}

/// A caller in a guild.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerMember {
    /// The guild's id.
    pub guild: GuildId,
    /// The channel's id.
    pub channel: ChannelId,
    /// The ids of the member's roles, without `@everyone`.
    pub roles: Vec<RoleId>,
    /// The member's permissions in the channel, as the interaction gives them; 0 if it does not.
    pub permissions: u64,
}

/// What a guild's settings say of the bot's commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuildCommandSettings {
    /// For commands that have no settings of their own.
    pub of_bot: Vec<Override>,
    /// For single commands, by the command's id.
    pub of_commands: Vec<(u64, Vec<Override>)>,
}

/// One line of a guild's settings.
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
    /// A role; the guild's own id stands for `@everyone`.
    Role(RoleId),
    /// A member.
    User(UserId),
    /// A channel; the guild's id less one stands for all.
    Channel(ChannelId),
}

/// Whether the caller may use what is for moderators and belongs to these commands: one that they may use is enough. The ids
/// are Discord's word, never a button's. `settings` is asked only if the caller's own permissions do not decide.
///
/// # Errors
/// What to answer instead.
pub(crate) async fn require_moderator(
    caller: &Caller,
    commands: &[u64],
    settings: impl Future<Output = Result<GuildCommandSettings, String>>,
    words: &Words,
) -> Result<(), Reply> {
    let Some(member) = &caller.member else {
        return Err(Reply::to_asker(say!(words, "moderators-no-server")));
    };
    if member.permissions & (ADMINISTRATOR | MANAGE_GUILD) != 0 {
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

/// Whether the guild's settings allow this member this very command. Those of the whole bot only say where it may be
/// used: whoever opens the bot to everyone means `/news`, and makes nobody a moderator.
fn is_allowed(user: UserId, member: &CallerMember, command: u64, settings: &GuildCommandSettings) -> bool {
    let of_command = settings.of_commands.iter().find(|(id, _)| *id == command).map(|(_, entries)| entries);
    let Some(of_command) = of_command else { return false };
    let all_channels = Target::Channel(ChannelId(member.guild.0.saturating_sub(1)));
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
        .or_else(|| said(of_command, Target::Role(RoleId(member.guild.0))))
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
    const GUILD: GuildId = GuildId(100);
    const EVERYONE: RoleId = RoleId(GUILD.0);
    const ALL_CHANNELS: ChannelId = ChannelId(GUILD.0 - 1);
    const ADA: UserId = UserId(11);
    const ROLE: RoleId = RoleId(21);
    const OTHER_ROLE: RoleId = RoleId(22);
    const CHANNEL: ChannelId = ChannelId(31);

    fn caller(permissions: u64) -> Caller {
        let member =
            CallerMember { guild: GUILD, channel: CHANNEL, roles: vec![ROLE, OTHER_ROLE], permissions };
        Caller { user: ADA, member: Some(member) }
    }

    async fn decide(caller: &Caller, settings: Result<GuildCommandSettings, String>) -> Result<(), Reply> {
        require_moderator(caller, &[COMMAND], std::future::ready(settings), Words::english()).await
    }

    fn entries(said: &[(Target, bool)]) -> Vec<Override> {
        said.iter().map(|&(target, is_allowed)| Override { target, is_allowed }).collect()
    }

    async fn check(of_command: &[(Target, bool)], of_bot: &[(Target, bool)], expected: bool) {
        let settings = GuildCommandSettings {
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
    async fn manage_guild_and_administrator_decide_without_asking() {
        for permissions in [MANAGE_GUILD, ADMINISTRATOR, ADMINISTRATOR | MANAGE_GUILD | 1] {
            let never = std::future::pending();
            let decided = require_moderator(&caller(permissions), &[COMMAND], never, Words::english()).await;
            assert_eq!(decided, Ok(()));
        }
    }

    #[tokio::test]
    async fn members_are_refused_and_so_are_direct_messages() {
        let refused = decide(&caller(!(ADMINISTRATOR | MANAGE_GUILD)), Ok(GuildCommandSettings::default()))
            .await
            .unwrap_err();
        assert!(refused.content.contains("Manage Server"));
        let direct = Caller { user: ADA, member: None };
        let words = decide(&direct, Ok(GuildCommandSettings::default())).await.unwrap_err().content;
        assert!(words.contains("direct messages"));
        let unread = decide(&caller(0), Err("no connection".into())).await.unwrap_err();
        assert!(unread.content.contains("could not ask"), "who cannot be checked is refused");
    }

    #[tokio::test]
    async fn the_guilds_settings_allow_and_deny() {
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
        let allowed = || GuildCommandSettings {
            of_commands: vec![(COMMAND, entries(&[(Target::User(ADA), true)]))],
            ..GuildCommandSettings::default()
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
