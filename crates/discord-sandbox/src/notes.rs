//! What the program that hosts a sandbox says of its channels and messages, for whoever looks at the page.

use std::sync::Arc;

use super::Sandbox;

/// How many notes are kept; further ones are left out.
const NOTES_MAX: usize = 1_000;
/// How many characters a note has; the rest is cut off.
const TEXT_CHARACTERS_MAX: usize = 600;

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

impl Sandbox {
    /// From now on these are the notes, in this order; open pages show them at once. The same notes again change nothing.
    pub fn set_notes(&self, mut notes: Vec<Note>) {
        notes.truncate(NOTES_MAX);
        for note in &mut notes {
            if let Some((end, _)) = note.text.char_indices().nth(TEXT_CHARACTERS_MAX) {
                note.text.truncate(end);
            }
        }
        let mut world = self.shared.world();
        if *world.notes != *notes {
            world.notes = Arc::from(notes);
            world.note_notes();
        }
    }
}
