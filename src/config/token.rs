//! The bot's token: its form, its file, and other settings that hold a token by mistake.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::SecretString;

use super::file::text_of;
use super::names::{SETTINGS, TOKEN_FILE, value_of};

/// Checks the form of the bot's token.
///
/// # Errors
/// Text that is no token, in words that do not repeat the text.
pub(super) fn check(value: &str) -> Result<SecretString, String> {
    if value.starts_with("Bot ") {
        return Err("DISCORD_TOKEN begins with “Bot ”; write only the token that follows".to_owned());
    }
    if !value.chars().all(|character| character.is_ascii_graphic()) {
        return Err(
            "DISCORD_TOKEN has characters that no token has, for example spaces or accents; copy the token again from \
             Discord's developer portal (your application, Bot, Reset Token)"
                .to_owned(),
        );
    }
    Ok(SecretString::from(value))
}

/// The token from the file that `DISCORD_TOKEN_FILE` names.
///
/// # Errors
/// A file that cannot be used, in words that do not repeat its path: an operator may have written the token itself there.
pub(super) fn read_file(settings: &BTreeMap<String, String>) -> Result<Option<String>, String> {
    let Some(path) = value_of(settings, TOKEN_FILE) else { return Ok(None) };
    if value_of(settings, "DISCORD_TOKEN").is_some() {
        return Err(format!("{TOKEN_FILE} and DISCORD_TOKEN are both set; remove one of them"));
    }
    let text = text_of(Path::new(path)).map_err(|fault| format!("{TOKEN_FILE}: the named file {fault}"))?;
    match text.trim() {
        "" => Err(format!("{TOKEN_FILE}: the named file is empty; write the bot's token into the file")),
        token => Ok(Some(token.to_owned())),
    }
}

/// A fault for each other setting that holds a token: messages show some settings, for example paths.
pub(super) fn misplaced(settings: &BTreeMap<String, String>) -> Vec<String> {
    let token = settings.get("DISCORD_TOKEN").map_or("", |token| token.trim());
    let holds_token = |value: &str| {
        (token.len() >= TOKEN_PARTS.iter().sum() && value.contains(token))
            || value.split(|sign: char| !(is_of_token_part(sign) || sign == '.')).any(looks_like_a_token)
    };
    let names = SETTINGS.iter().map(|(name, _)| *name).filter(|name| *name != "DISCORD_TOKEN");
    names
        .filter(|name| settings.get(*name).is_some_and(|value| holds_token(value)))
        .map(|name| {
            format!(
                "{name} holds text that looks like a bot's token; write the token into DISCORD_TOKEN, and only there"
            )
        })
        .collect()
}

/// The shortest lengths of the three parts of a token: the bot's id in base64, a time, and a signature.
const TOKEN_PARTS: [usize; 3] = [18, 5, 25];

fn is_of_token_part(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')
}

fn looks_like_a_token(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts
        .windows(TOKEN_PARTS.len())
        .any(|parts| parts.iter().zip(TOKEN_PARTS).all(|(part, length_min)| part.len() >= length_min))
}
