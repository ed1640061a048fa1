//! The slash commands, one file each: definition, parsing, and `run`, which turns input into a plain answer.

use serenity::builder::CreateCommand;
use serenity::model::application::{ResolvedOption, ResolvedValue};

pub mod article;
pub mod news;
pub mod topics;

/// Every command the bot registers.
#[must_use]
pub fn definitions() -> Vec<CreateCommand> {
    vec![news::definition(), topics::definition(), article::definition()]
}

/// The text of an option, also while it is being typed; `None` where it is absent or blank.
fn text_option(options: &[ResolvedOption<'_>], name: &str) -> Option<String> {
    let option = options.iter().find(|option| option.name == name)?;
    let text = match option.value {
        ResolvedValue::String(text) => text,
        ResolvedValue::Autocomplete { value, .. } => value,
        _ => return None,
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The option that a member is typing, and what they have typed of it so far.
fn focused_option<'a>(options: &[ResolvedOption<'a>]) -> Option<(&'a str, &'a str)> {
    options.iter().find_map(|option| match option.value {
        ResolvedValue::Autocomplete { value, .. } => Some((option.name, value)),
        _ => None,
    })
}
