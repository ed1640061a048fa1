//! Character references: `&amp;`, `&eacute;`, `&#8220;`.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// A text with its character references decoded, once. References that HTML does not define stay as they are.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    let text = html_escape::decode_html_entities(text);
    if text.contains(is_c1_control) { Cow::Owned(text.chars().map(of_windows_1252).collect()) } else { text }
}

/// No text has these controls. Where one stands, somebody took text in windows-1252 for ISO 8859-1.
fn is_c1_control(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9F}')
}

fn of_windows_1252(character: char) -> char {
    match u8::try_from(character) {
        Ok(byte) if is_c1_control(character) => {
            WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(character)
        }
        _ => character,
    }
}
