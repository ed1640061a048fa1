//! Reads the options of a command.

use serenity::model::application::{ResolvedOption, ResolvedValue};

use crate::collection::fold::{TYPED_CHARACTERS_MAX, cut};

/// The text of an option, also while a person types it. `None` if the option is absent or blank. A text that is longer than any
/// option needs is cut.
pub(crate) fn text(options: &[ResolvedOption<'_>], name: &str) -> Option<String> {
    let option = options.iter().find(|option| option.name == name)?;
    let text = match option.value {
        ResolvedValue::String(text) => text,
        ResolvedValue::Autocomplete { value, .. } => value,
        _ => return None,
    };
    Some(cut(text.trim(), TYPED_CHARACTERS_MAX).to_owned()).filter(|text| !text.is_empty())
}

/// The name of the option that a person types, and the text so far. A text that is longer than any option needs is cut.
pub(crate) fn focused<'a>(options: &[ResolvedOption<'a>]) -> Option<(&'a str, &'a str)> {
    options.iter().find_map(|option| match option.value {
        ResolvedValue::Autocomplete { value, .. } => Some((option.name, cut(value, TYPED_CHARACTERS_MAX))),
        _ => None,
    })
}
