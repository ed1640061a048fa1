//! What the program that hosts a sandbox says of its channels and messages, for whoever looks at the page.

/// How many notes are kept; further ones are left out.
pub(crate) const NOTES_MAX: usize = 1_000;
/// How many characters a note has; the rest is cut off.
pub(crate) const TEXT_CHARACTERS_MAX: usize = 600;

/// How a note looks. Its words say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is done.
    Good,
    /// Something is waited for.
    Waiting,
    /// Somebody should look.
    Trouble,
}

impl Tone {
    /// What the page calls it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Waiting => "waiting",
            Self::Trouble => "trouble",
        }
    }
}

/// A line that stands over a channel, or under one message of it. No bot can see or write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The channel's or thread's id.
    pub channel: u64,
    /// The message's id; `None` for a line of the channel.
    pub message: Option<u64>,
    /// How it looks.
    pub tone: Tone,
    /// Markdown, as in a message.
    pub text: String,
}
