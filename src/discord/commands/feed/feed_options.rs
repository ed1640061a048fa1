//! The options of `/feed add` and `/feed edit`, as Discord sends them.

use serenity::model::application::{ResolvedOption, ResolvedValue, Unresolved};

use crate::discord::options;
use crate::feed::BACKFILL_MAX;
use crate::feed::pacing::POSTS_PER_HOUR_MAX;
use crate::ids::RoleId;

/// The options, not checked yet. `None` for an option that the moderator left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FeedOptions {
    /// A topic's name, or its hash.
    pub(super) topic: Option<String>,
    /// A type's name, or its hash.
    pub(super) kind: Option<String>,
    /// A provider's name, or its hash.
    pub(super) source: Option<String>,
    /// Words and phrases between commas.
    pub(super) words: Option<String>,
    /// Words and phrases between commas.
    pub(super) without: Option<String>,
    pub(super) quality_min: Option<i64>,
    pub(super) heat_min: Option<i64>,
    /// 0 means no limit.
    pub(super) max_age_days: Option<i64>,
    pub(super) mention: Option<MentionedRole>,
    pub(super) is_silent: Option<bool>,
    pub(super) posts_per_hour_max: Option<i64>,
    /// For example "22:00-07:00".
    pub(super) quiet_hours: Option<String>,
    /// The name of a time zone.
    pub(super) zone: Option<String>,
    /// For example "daily 09:00".
    pub(super) digest: Option<String>,
    pub(super) opens_thread: Option<bool>,
    pub(super) crossposts: Option<bool>,
    pub(super) backfill: Option<i64>,
    /// The setting that `/feed edit` removes.
    pub(super) clear: Option<String>,
}

/// The role from the option `mention`, as Discord describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MentionedRole {
    /// The role `@everyone` has the id of the guild.
    pub(super) id: RoleId,
    /// Whether everybody may mention the role. `None` if Discord does not say.
    pub(super) is_mentionable: Option<bool>,
}

/// The bounds of a number, both included. Discord checks them for the option, and the bot checks them again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    /// At least 0, because serenity accepts no smaller bound.
    pub(super) min: i64,
    pub(super) max: i64,
}

impl Bounds {
    /// For `min_quality`. Articles have much lower values.
    pub(super) const QUALITY: Self = Self { min: 0, max: 1_000_000 };
    /// For `min_heat`. Articles have much lower values.
    pub(super) const HEAT: Self = Self { min: 0, max: 1_000_000 };
    /// For `max_age_days`: ten years.
    pub(super) const AGE_DAYS: Self = Self { min: 0, max: 3_650 };
    pub(super) const PER_HOUR: Self = Self { min: 1, max: POSTS_PER_HOUR_MAX as i64 };
    pub(super) const BACKFILL: Self = Self { min: 0, max: BACKFILL_MAX as i64 };
}

impl FeedOptions {
    /// Reads the options of the subcommand.
    pub(super) fn parse(options: &[ResolvedOption<'_>]) -> Self {
        let text = |name: &str| options::text(options, name);
        Self {
            topic: text("topic"),
            kind: text("type"),
            source: text("source"),
            words: text("words"),
            without: text("without"),
            quality_min: integer(options, "min_quality"),
            heat_min: integer(options, "min_heat"),
            max_age_days: integer(options, "max_age_days"),
            mention: options.iter().find(|option| option.name == "mention").and_then(role),
            is_silent: flag(options, "silent"),
            posts_per_hour_max: integer(options, "max_per_hour"),
            quiet_hours: text("quiet_hours"),
            zone: text("timezone"),
            digest: text("digest"),
            opens_thread: flag(options, "thread"),
            crossposts: flag(options, "crosspost"),
            backfill: integer(options, "backfill"),
            clear: text("clear"),
        }
    }

    /// Whether the options change no setting. A backfill alone changes nothing.
    pub(super) fn changes_nothing(&self) -> bool {
        Self { backfill: None, ..self.clone() } == Self::default()
    }
}

fn integer(options: &[ResolvedOption<'_>], name: &str) -> Option<i64> {
    options.iter().find(|option| option.name == name).and_then(|option| match option.value {
        ResolvedValue::Integer(number) => Some(number),
        _ => None,
    })
}

fn flag(options: &[ResolvedOption<'_>], name: &str) -> Option<bool> {
    options.iter().find(|option| option.name == name).and_then(|option| match option.value {
        ResolvedValue::Boolean(flag) => Some(flag),
        _ => None,
    })
}

fn role(option: &ResolvedOption<'_>) -> Option<MentionedRole> {
    match &option.value {
        ResolvedValue::Role(role) => {
            Some(MentionedRole { id: role.id.into(), is_mentionable: Some(role.mentionable) })
        }
        ResolvedValue::Unresolved(Unresolved::RoleId(id)) => {
            Some(MentionedRole { id: (*id).into(), is_mentionable: None })
        }
        _ => None,
    }
}
