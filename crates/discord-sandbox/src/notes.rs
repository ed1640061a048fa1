//! Notes of the host program about channels and messages. Only the page displays them.

/// How many notes a sandbox keeps; further ones are dropped.
pub(crate) const NOTES_MAX: usize = 1_000;
/// How many characters a note keeps; the rest is cut off.
pub(crate) const TEXT_CHARACTERS_MAX: usize = 600;

/// The look of a note. Its text must be clear without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// Something is still to come.
    Waiting,
    /// Somebody should act.
    Trouble,
}

impl Tone {
    /// The name in the page's JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Waiting => "waiting",
            Self::Trouble => "trouble",
        }
    }
}

/// A line above a channel, or below one of its messages. No bot can see or write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The channel's or thread's id.
    pub channel: u64,
    /// The message's id. `None` puts the line above the channel.
    pub message: Option<u64>,
    /// Its look.
    pub tone: Tone,
    /// Markdown, as in a message.
    pub text: String,
}
