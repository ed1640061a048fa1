//! What a moderator gave with `/feed add` or `/feed edit`, as Discord sends it.

use serenity::model::application::{ResolvedOption, ResolvedValue, Unresolved};

use crate::discord::options;
use crate::feed::BACKFILL_MAX;
use crate::feed::pacing::POSTS_PER_HOUR_MAX;
use crate::ids::RoleId;

/// Options as they were given, not yet checked; `None` for what was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Given {
    /// A topic's name, its hash, or "none".
    pub(super) topic: Option<String>,
    /// A type's name, its hash, or "none".
    pub(super) kind: Option<String>,
    /// The least quality.
    pub(super) quality_min: Option<i64>,
    /// The least heat.
    pub(super) heat_min: Option<i64>,
    /// Days after which an article is not new; 0 is no limit.
    pub(super) max_age_days: Option<i64>,
    /// The role to mention.
    pub(super) mention: Option<GivenRole>,
    /// Posts an hour.
    pub(super) posts_per_hour_max: Option<i64>,
    /// As 22:00-07:00, or "none".
    pub(super) quiet_hours: Option<String>,
    /// A time zone's name.
    pub(super) zone: Option<String>,
    /// As "daily 09:00".
    pub(super) digest: Option<String>,
    /// Whether each post opens a thread.
    pub(super) opens_thread: Option<bool>,
    /// Whether each post is published.
    pub(super) crossposts: Option<bool>,
    /// How many of the hottest are posted at once.
    pub(super) backfill: Option<i64>,
    /// What `/feed edit` is to take away: a value of its option `clear`.
    pub(super) clear: Option<String>,
}

/// A role as Discord describes it beside the option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GivenRole {
    /// Its id; that of `@everyone` is the guild's.
    pub(super) id: RoleId,
    /// Whether everybody may mention it; `None` if Discord does not say.
    pub(super) is_mentionable: Option<bool>,
}

/// What a number may be, both ends included. The option has the same bounds, and the bot holds them itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    /// At least 0: serenity takes no less.
    pub(super) min: i64,
    /// At most this.
    pub(super) max: i64,
}

impl Bounds {
    /// Of `min_quality`: far above what articles have.
    pub(super) const QUALITY: Self = Self { min: 0, max: 1_000_000 };
    /// Of `min_heat`: far above what articles have.
    pub(super) const HEAT: Self = Self { min: 0, max: 1_000_000 };
    /// Of `max_age_days`: ten years.
    pub(super) const AGE_DAYS: Self = Self { min: 0, max: 3_650 };
    /// Of `max_per_hour`.
    pub(super) const PER_HOUR: Self = Self { min: 1, max: POSTS_PER_HOUR_MAX as i64 };
    /// Of `backfill`.
    pub(super) const BACKFILL: Self = Self { min: 0, max: BACKFILL_MAX as i64 };
}

impl Given {
    /// Reads the options of the subcommand.
    pub(super) fn parse(options: &[ResolvedOption<'_>]) -> Self {
        let text = |name: &str| options::text(options, name);
        Self {
            topic: text("topic"),
            kind: text("type"),
            quality_min: integer(options, "min_quality"),
            heat_min: integer(options, "min_heat"),
            max_age_days: integer(options, "max_age_days"),
            mention: options.iter().find(|option| option.name == "mention").and_then(role),
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

    /// Whether no setting is named. A backfill alone lets nothing in.
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

fn role(option: &ResolvedOption<'_>) -> Option<GivenRole> {
    match &option.value {
        ResolvedValue::Role(role) => {
            Some(GivenRole { id: role.id.into(), is_mentionable: Some(role.mentionable) })
        }
        ResolvedValue::Unresolved(Unresolved::RoleId(id)) => {
            Some(GivenRole { id: (*id).into(), is_mentionable: None })
        }
        _ => None,
    }
}
