//! `/settings`: moderators choose a channel for notices and the language of posts. Without options, it shows what they chose.

use serenity::all::{ChannelType, CommandOptionType};
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{ResolvedOption, ResolvedValue};

use crate::delivery::desk::DeskError;
use crate::delivery::ledger::{GuildChoices, GuildStore, LedgerError};
use crate::discord::command::{Access, Command, from_another_version};
use crate::discord::invocation::Invocation;
use crate::discord::reasons;
use crate::discord::reply::{Reply, fitting};
use crate::ids::ChannelId;
use crate::messages::{LANGUAGES, Language, Words, say};

mod notices_channel;

/// `/settings`.
pub(crate) static COMMAND: Command = Command {
    name: "settings",
    access: Access::Moderators,
    definition,
    autocomplete: None,
    run: |invocation| Box::pin(run(invocation)),
};

const NOTICES: &str = "notices";
const LANGUAGE: &str = "language";
const CLEAR: &str = "clear";

fn definition(command: CreateCommand, words: &'static Words) -> CreateCommand {
    let option = |kind, name, description: String| CreateCommandOption::new(kind, name, description);
    let notices = option(CommandOptionType::Channel, NOTICES, say!(words, "settings-option-notices"))
        .channel_types(vec![ChannelType::Text, ChannelType::News]);
    let language = option(CommandOptionType::String, LANGUAGE, say!(words, "settings-option-language"));
    let language = LANGUAGES.into_iter().fold(language, |option, language| {
        option.add_string_choice(name_of(language, words), language.tag())
    });
    let clear = option(CommandOptionType::String, CLEAR, say!(words, "settings-option-clear"))
        .add_string_choice(say!(words, "settings-clear-notices"), NOTICES)
        .add_string_choice(say!(words, "settings-clear-language"), LANGUAGE);
    command
        .description(say!(words, "settings-description"))
        .add_option(notices)
        .add_option(language)
        .add_option(clear)
}

/// The options of one use.
#[derive(Debug, Default)]
struct Given {
    notices: Option<ChannelId>,
    language: Option<Language>,
    clear: Option<&'static str>,
}

impl Given {
    /// `None` for a choice of another version.
    fn read(options: &[ResolvedOption<'_>]) -> Option<Self> {
        let mut given = Self::default();
        for option in options {
            match (option.name, &option.value) {
                (NOTICES, ResolvedValue::Channel(channel)) => given.notices = Some(channel.id.into()),
                (LANGUAGE, ResolvedValue::String(tag)) => given.language = Some(Language::of_tag(tag)?),
                (CLEAR, ResolvedValue::String(name)) => {
                    given.clear = Some([NOTICES, LANGUAGE].into_iter().find(|known| known == name)?);
                }
                _ => {}
            }
        }
        Some(given)
    }

    fn is_contradiction(&self) -> bool {
        self.clear == Some(NOTICES) && self.notices.is_some()
            || self.clear == Some(LANGUAGE) && self.language.is_some()
    }

    fn change(&self, chosen: &mut GuildChoices) {
        match self.clear {
            Some(NOTICES) => chosen.notices = None,
            Some(_) => chosen.language = None,
            None => {}
        }
        if chosen.notices.is_none() || self.notices.is_some() {
            // The test message was sent a moment ago.
            chosen.notices_fault = None;
        }
        chosen.notices = self.notices.or(chosen.notices);
        chosen.language = self.language.or(chosen.language);
    }
}

async fn run(invocation: &Invocation<'_>) -> Reply {
    let words = invocation.words;
    let Some(given) = Given::read(&invocation.options) else { return from_another_version(words) };
    let Some(guilds) = invocation.state.guilds() else {
        return Reply::to_asker(say!(words, "settings-without-database"));
    };
    let answered = answer(&given, guilds, invocation).await;
    Reply::to_asker(answered.map_or_else(|fault| fault, |lines| fitting(words, &lines)))
}

/// Makes the change, if any, and shows all choices.
///
/// # Errors
/// Cause and remedy, in words. Nothing was changed.
async fn answer(
    given: &Given,
    guilds: &GuildStore,
    invocation: &Invocation<'_>,
) -> Result<Vec<String>, String> {
    let Invocation { words, state, .. } = invocation;
    let guild = invocation.guild();
    if given.is_contradiction() {
        return Err(say!(words, "settings-contradiction"));
    }
    let failed = |error: LedgerError| {
        tracing::error!(cause = %error, "the settings of a server cannot be read or written");
        reasons::of_desk_error(&DeskError::Database, words)
    };
    let is_question = given.notices.is_none() && given.language.is_none() && given.clear.is_none();
    if is_question {
        return Ok(all(&guilds.of(guild).await.map_err(failed)?, invocation));
    }
    if let Some(channel) = given.notices {
        notices_channel::test(channel, given.language, invocation).await?;
    }
    let chosen = guilds.choose(guild, |chosen| given.change(chosen)).await.map_err(failed)?;
    state.guild_languages().choose(guild, chosen.language);
    let mut lines = effects(given, words);
    lines.extend(all(&chosen, invocation));
    Ok(lines)
}

fn effects(given: &Given, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(given.notices.map(|channel| say!(words, "settings-notices-set", channel = shown(channel))));
    lines.extend(
        given
            .language
            .map(|language| say!(words, "settings-language-set", language = name_of(language, words))),
    );
    lines.extend(given.clear.map(|clear| match clear {
        NOTICES => say!(words, "settings-notices-cleared"),
        _ => say!(words, "settings-language-cleared"),
    }));
    lines
}

/// What is chosen now.
fn all(chosen: &GuildChoices, invocation: &Invocation<'_>) -> Vec<String> {
    let words = invocation.words;
    let language = name_of(invocation.state.guild_languages().of(invocation.guild()), words);
    vec![
        match (chosen.notices, &chosen.notices_fault) {
            (Some(channel), Some(fault)) => reasons::of_notices_fault(fault, channel, words),
            (Some(channel), None) => say!(words, "settings-notices", channel = shown(channel)),
            (None, _) => say!(words, "settings-notices-none"),
        },
        match chosen.language {
            Some(_) => say!(words, "settings-language", language = language),
            None => say!(words, "settings-language-of-server", language = language),
        },
    ]
}

fn shown(channel: ChannelId) -> String {
    format!("<#{channel}>")
}

fn name_of(language: Language, words: &Words) -> String {
    match language {
        Language::German => say!(words, "language-german"),
        Language::French => say!(words, "language-french"),
        Language::Spanish => say!(words, "language-spanish"),
        Language::BrazilianPortuguese => say!(words, "language-brazilian-portuguese"),
        Language::Japanese => say!(words, "language-japanese"),
        _ => say!(words, "language-english"),
    }
}
