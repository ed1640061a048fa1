//! Why a person got no answer.

use thiserror::Error;

use crate::client::Refusal;

/// Why a person got no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PersonError {
    /// There is no person of that name.
    #[error("there is no person {0}")]
    UnknownPerson(String),
    /// No bot has a session at the gateway.
    #[error("the bot is offline")]
    BotOffline,
    /// Discord's own client would not send this: an unknown command or option, a disabled component. The text is the
    /// reason.
    #[error("Discord's client would not send this: {0}")]
    Refused(String),
    /// No answer came within Discord's 3 seconds, or within the person's timeout.
    #[error("the application did not respond")]
    NotAnswered,
    /// The bot did not complete a deferred answer within the person's timeout.
    #[error("the application deferred its answer and did not complete it")]
    NotSettled,
}

impl From<Refusal> for PersonError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.0)
    }
}
