//! Why a person got no answer.

use thiserror::Error;

use crate::client::Refusal;

/// Why a person got no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PersonError {
    /// No person of that name.
    #[error("there is no person {0}")]
    UnknownPerson(String),
    /// No bot has identified, or its session ended.
    #[error("the bot is offline")]
    BotOffline,
    /// Discord's own client would not send this: command or option unknown, component disabled, ...
    #[error("Discord's client would not send this: {0}")]
    Refused(String),
    /// No answer within Discord's 3 seconds, or within the driver's timeout.
    #[error("the application did not respond")]
    NotAnswered,
    /// A deferred answer was not completed within the driver's timeout.
    #[error("the application deferred its answer and did not complete it")]
    NotSettled,
}

impl From<Refusal> for PersonError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.0)
    }
}
