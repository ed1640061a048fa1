//! Who is a moderator. The bot checks this itself, also if Discord already allowed the command.
//!
//! A moderator has Manage Server or Administrator, or the integration settings of the guild allow the member the command.
//! Discord's docs: "Application Commands", "Permissions".

use std::future::Future;

use super::channel_permissions::ADMINISTRATOR;
use super::reply::Reply;
use crate::ids::{ChannelId, CommandId, GuildId, RoleId, UserId};
use crate::messages::{Words, say};

/// Clients call this permission Manage Server (Discord's docs, "Permissions").
pub const MANAGE_GUILD: u64 = 1 << 5;

/// The user who uses a command or a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user.
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

/// A caller as a member of a guild.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallerMember {
    /// The guild.
    pub guild: GuildId,
    /// The channel of the interaction.
    pub channel: ChannelId,
    /// The member's roles, without `@everyone`.
    pub roles: Vec<RoleId>,
    /// The bits of the member's permissions in the channel. 0 if the interaction has none.
    pub permissions: u64,
    /// Whether the member may write messages in the channel.
    pub may_write: bool,
    /// Whether Discord shows the bot's answers to all. Where only an account has the bot, Discord makes all answers ephemeral
    /// without Use External Apps (Discord's docs, "Permissions").
    pub may_show: bool,
}

/// The integration settings of a guild for the bot's commands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuildCommandSettings {
    /// The settings of the whole bot.
    pub of_bot: Vec<Override>,
    /// The settings of single commands, by the id of the command.
    pub of_commands: Vec<(CommandId, Vec<Override>)>,
}

/// One entry of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The role, member or channel of the entry.
    pub target: Target,
    /// Whether the entry allows the command.
    pub is_allowed: bool,
}

/// The role, member or channel of an [`Override`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A role. The role `@everyone` has the id of the guild.
    Role(RoleId),
    /// A member.
    User(UserId),
    /// A channel. The id of the guild minus one means all channels.
    Channel(ChannelId),
}

/// Checks that the caller is a moderator for at least one of these commands. The ids come from Discord, never from a button.
/// `settings` is awaited only if the caller's own permissions do not decide.
///
/// # Errors
/// The refusal, as an answer.
pub(crate) async fn require_moderator(
    caller: &Caller,
    commands: &[CommandId],
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
            tracing::warn!(cause, "the settings of a server for the bot's commands cannot be read");
            Err(Reply::to_asker(say!(words, "moderators-unknown")))
        }
    }
}

/// Whether the settings allow this member this command. The settings of the whole bot decide only about channels. An admin who
/// allows the whole bot to everyone thinks of `/news`, so this makes nobody a moderator.
fn is_allowed(
    user: UserId,
    member: &CallerMember,
    command: CommandId,
    settings: &GuildCommandSettings,
) -> bool {
    let of_command = settings.of_commands.iter().find(|(id, _)| *id == command).map(|(_, entries)| entries);
    let Some(of_command) = of_command else { return false };
    let all_channels = Target::Channel(ChannelId(member.guild.0.saturating_sub(1)));
    let channel = [of_command, &settings.of_bot]
        .into_iter()
        .find_map(|entries| {
            entry_for(entries, Target::Channel(member.channel)).or_else(|| entry_for(entries, all_channels))
        })
        .unwrap_or(true);
    let of_roles: Vec<bool> =
        member.roles.iter().filter_map(|role| entry_for(of_command, Target::Role(*role))).collect();
    // The most specific entry decides: the member, then the roles (one that allows is enough), then everyone.
    let person = entry_for(of_command, Target::User(user))
        .or_else(|| (!of_roles.is_empty()).then(|| of_roles.contains(&true)))
        .or_else(|| entry_for(of_command, Target::Role(RoleId(member.guild.0))))
        .unwrap_or(false);
    channel && person
}

fn entry_for(entries: &[Override], target: Target) -> Option<bool> {
    entries.iter().find(|entry| entry.target == target).map(|entry| entry.is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAND: CommandId = CommandId(2);
    const OTHER_COMMAND: CommandId = CommandId(3);
    const GUILD: GuildId = GuildId(100);
    const EVERYONE: RoleId = RoleId(GUILD.0);
    const ALL_CHANNELS: ChannelId = ChannelId(GUILD.0 - 1);
    const ADA: UserId = UserId(11);
    const ROLE: RoleId = RoleId(21);
    const OTHER_ROLE: RoleId = RoleId(22);
    const CHANNEL: ChannelId = ChannelId(31);

    fn caller(permissions: u64) -> Caller {
        let member = CallerMember {
            guild: GUILD,
            channel: CHANNEL,
            roles: vec![ROLE, OTHER_ROLE],
            permissions,
            may_write: true,
            may_show: true,
        };
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
                (OTHER_COMMAND, entries(&[(Target::User(ADA), true)])),
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
            [(&[OTHER_COMMAND, COMMAND][..], true), (&[OTHER_COMMAND], false), (&[], false)]
        {
            let settings = std::future::ready(Ok(allowed()));
            let decided = require_moderator(&caller(0), commands, settings, Words::english()).await;
            assert_eq!(decided.is_ok(), expected, "{commands:?}");
        }
    }
}
