//! How much one person, one guild and all together may ask of the bot. Over a limit the bot
//! sends at most a short sentence and does no work, so others do not wait.

use jiff::{SignedDuration, Timestamp};
use serenity::all::Interaction;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::budget::Budget;
use super::budgets::Budgets;
use super::reply::Reply;
use crate::ids::{GuildId, UserId};
use crate::messages::{Words, say};

/// Commands and presses of one person, in all guilds and direct messages. A person who clicks fast presses four buttons in a second, and
/// not for half a minute.
const OF_PERSON: Budget = Budget { at_once: 60, one_each: SignedDuration::from_millis(500) };
/// Commands and presses of all members of one guild.
const OF_GUILD: Budget = Budget { at_once: 1_000, one_each: SignedDuration::from_millis(20) };
/// The most interactions under way, of all persons and of every kind. Each one ends: a request to Discord is bounded in time.
const UNDER_WAY_MAX: usize = 500;

/// What was used, for all persons and guilds.
pub(super) struct UseLimits {
    persons: Budgets<UserId>,
    guilds: Budgets<GuildId>,
    under_way: Semaphore,
}

/// A budget that is used up. The whole seconds until a use comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OverBudget {
    Person(i64),
    Guild(i64),
}

impl Default for UseLimits {
    fn default() -> Self {
        Self {
            persons: Budgets::new(OF_PERSON),
            guilds: Budgets::new(OF_GUILD),
            under_way: Semaphore::new(UNDER_WAY_MAX),
        }
    }
}

impl UseLimits {
    /// A place among the interactions under way, until it is dropped. `None` if all are taken.
    pub(super) fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.under_way.try_acquire().ok()
    }

    /// Charges a command or a press to the person, and then to the guild. So a person over budget takes nothing from the guild.
    /// Choices while a person types are free.
    ///
    /// # Errors
    /// The budget that is used up.
    pub(super) fn charge(&self, interaction: &Interaction, now: Timestamp) -> Result<(), OverBudget> {
        let (person, guild) = match interaction {
            Interaction::Command(command) => (command.user.id, command.guild_id),
            Interaction::Component(component) => (component.user.id, component.guild_id),
            _ => return Ok(()),
        };
        self.persons.take(person.into(), now).map_err(OverBudget::Person)?;
        let of_guild = guild.map_or(Ok(()), |guild| self.guilds.take(guild.into(), now));
        of_guild.map_err(OverBudget::Guild)
    }
}

impl OverBudget {
    /// The outcome for the metrics.
    pub(super) fn outcome(self) -> &'static str {
        match self {
            Self::Person(_) => "person_over_budget",
            Self::Guild(_) => "server_over_budget",
        }
    }

    /// The answer.
    pub(super) fn reply(self, words: &Words) -> Reply {
        Reply::to_asker(match self {
            Self::Person(seconds) => say!(words, "person-over-budget", seconds = seconds),
            Self::Guild(seconds) => say!(words, "server-over-budget", seconds = seconds),
        })
    }
}
