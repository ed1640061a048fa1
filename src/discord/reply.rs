//! The bot's answers as plain data, so tests of handlers need no connection.

use crate::card::{Card, text};
use crate::messages::{Words, isolated, say};

use super::custom_id::CustomId;

/// The most characters of a message's content (Discord's docs, "Create Message").
pub const CONTENT_CHARACTERS_MAX: usize = 2000;
/// The most characters of a button's label (Discord's docs, "Components").
pub const LABEL_CHARACTERS_MAX: usize = 80;
/// The most characters of a choice's name or value, and of the label, description or value of a menu's option (Discord's docs,
/// "Application Command Option Choice", "Select Option").
pub const CHOICE_CHARACTERS_MAX: usize = 100;
/// The most characters of a link button's address (Discord's docs, "Button").
pub const BUTTON_ADDRESS_CHARACTERS_MAX: usize = 512;
/// The most choices, and the most options of a menu (Discord's docs).
pub const CHOICES_MAX: usize = 25;

/// A deferral, for an answer that may take longer than the 3 seconds that Discord waits. The answer follows later, and only the
/// asker sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deferral {
    /// A new message will follow.
    Message,
    /// The message of the button will change.
    Update,
}

/// The answer to an interaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A new message.
    Message(Reply),
    /// The new content of the message whose button or menu was used.
    Update(Reply),
    /// The choices while a person types.
    Choices(Vec<Choice>),
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    /// Escaped Markdown.
    pub content: String,
    /// At most ten, within [`crate::card::MESSAGE_CHARACTERS_MAX`] together.
    pub cards: Vec<Card>,
    /// At most five.
    pub rows: Vec<Row>,
    /// Who sees the message.
    pub audience: Audience,
}

/// Who sees a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Everybody who can view the channel.
    #[default]
    Everyone,
    /// Only the person who asked; Discord calls it ephemeral.
    AskerOnly,
}

/// One row of components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// One to five.
    Buttons(Vec<Button>),
    /// A menu. It takes a whole row.
    Menu(Menu),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// Plain text.
    pub label: String,
    /// The effect of a press.
    pub press: Press,
}

/// The effect of a press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Discord sends an interaction with this `custom_id`.
    Ask(CustomId),
    /// None: the button is disabled. Discord requires a `custom_id` all the same.
    Nothing(CustomId),
    /// The browser opens an address of at most [`BUTTON_ADDRESS_CHARACTERS_MAX`] characters.
    Open(String),
}

/// A menu. A person chooses one option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// Discord sends it back with the value of the chosen option.
    pub custom_id: CustomId,
    /// The text of the closed menu.
    pub placeholder: String,
    /// One to 25.
    pub options: Vec<MenuOption>,
}

/// One option of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuOption {
    /// Plain text.
    pub label: String,
    /// Plain text, may be empty.
    pub description: String,
    /// Discord sends it back.
    pub value: String,
}

/// One choice of an autocompleted option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The text that the person sees.
    pub name: String,
    /// The value that the option gets.
    pub value: String,
}

/// The content of a message with as many lines as fit. The last line says how many are left out.
pub(crate) fn fitting(words: &Words, lines: &[String]) -> String {
    let cut = |left_out: usize| say!(words, "list-cut", lines = left_out);
    let content_max = CONTENT_CHARACTERS_MAX - text::count(&cut(lines.len()));
    let mut characters = 0;
    let fitting = lines.iter().take_while(|line| {
        characters += text::count(line) + 1;
        characters <= content_max
    });
    let mut shown: Vec<&str> = fitting.map(String::as_str).collect();
    let left_out = lines.len() - shown.len();
    let rest = cut(left_out);
    if left_out > 0 {
        shown.push(&rest);
    }
    shown.join("\n")
}

impl Answer {
    /// See [`Reply::without_cards`].
    pub(crate) fn without_cards(self, words: &Words) -> Self {
        match self {
            Self::Message(reply) => Self::Message(reply.without_cards(words)),
            Self::Update(reply) => Self::Update(reply.without_cards(words)),
            choices @ Self::Choices(_) => choices,
        }
    }
}

impl Reply {
    /// A text for the asker alone, as for an error.
    #[must_use]
    pub fn to_asker(content: impl Into<String>) -> Self {
        Self { content: content.into(), audience: Audience::AskerOnly, ..Self::default() }
    }

    /// The same reply with titles and addresses as text in place of the cards. For a channel where the bot lacks Embed Links: Discord
    /// would drop the cards and report no error.
    pub(crate) fn without_cards(mut self, words: &Words) -> Self {
        if self.cards.is_empty() {
            return self;
        }
        let mut lines = vec![self.content, say!(words, "cards-not-allowed")];
        for card in self.cards.drain(..) {
            let address = card.url.map(|url| format!(" <{}>", text::address_in_link(&url)));
            lines.push(format!("• {}{}", isolated(&card.title), address.unwrap_or_default()));
        }
        self.content = String::new();
        for line in lines.iter().filter(|line| !line.is_empty()) {
            if text::count(&self.content) + text::count(line) < CONTENT_CHARACTERS_MAX {
                self.content.push_str(if self.content.is_empty() { "" } else { "\n" });
                self.content.push_str(line);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Language;

    #[test]
    fn lines_fill_a_message_and_the_rest_is_counted() {
        let lines = |count: usize| (0..count).map(|_| "ä".repeat(97)).collect::<Vec<_>>();
        let english = Words::english();
        assert_eq!(fitting(english, &lines(19)), lines(19).join("\n"));
        let cut = fitting(english, &lines(25));
        assert!(cut.ends_with("\n(6 more lines do not fit into this message.)"), "{cut}");
        for words in [Words::english(), Words::of(Language::Pseudo)] {
            for lines in [lines(25), lines(12_345), vec!["x".repeat(3_000)], vec!["x".to_owned(); 9_999]] {
                assert!(text::count(&fitting(words, &lines)) <= CONTENT_CHARACTERS_MAX);
            }
        }
        assert_eq!(fitting(english, &[]), "");
    }
}
