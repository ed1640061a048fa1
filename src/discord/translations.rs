//! The translations of a command's texts (Discord's docs, "Application Commands", "Localization").

use serde_json::{Value, json};

/// The texts of a command, an option or a choice that Discord shows.
const TEXTS: [&str; 2] = ["name", "description"];
/// The lists of a command or an option whose items have texts too.
const LISTS: [&str; 2] = ["options", "choices"];

/// Adds the texts of `translated` to `definition`, for these locales. Both define the same command. A text that is the same in both
/// needs no translation: Discord shows the text itself then.
pub(super) fn add(definition: &mut Value, translated: &Value, locales: &[&str]) {
    for field in TEXTS {
        let (text, translation) = (&definition[field], &translated[field]);
        if translation.is_string() && text != translation {
            let translations = &mut definition[format!("{field}_localizations")];
            if !translations.is_object() {
                *translations = json!({});
            }
            for locale in locales {
                translations[*locale] = translation.clone();
            }
        }
    }
    for list in LISTS {
        let items = definition.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
        let translated = translated.get(list).and_then(Value::as_array).into_iter().flatten();
        items.zip(translated).for_each(|(item, translated)| add(item, translated, locales));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_a_translation() {
        let definition = |description: &str, first: &str, choice: &str| {
            json!({
                "name": "news", "description": description,
                "options": [
                    { "name": "topic", "description": first },
                    { "name": "sort", "description": "", "choices": [{ "name": choice, "value": "heat" }] },
                ],
            })
        };
        let mut command = definition("Shows articles", "A topic", "hottest first");
        add(&mut command, &definition("Zeigt Artikel", "Ein Thema", "heißeste zuerst"), &["de"]);
        add(&mut command, &definition("Muestra artículos", "A topic", "hottest first"), &["es-ES", "es-419"]);
        let expected = json!({
            "name": "news", "description": "Shows articles",
            "description_localizations": {
                "de": "Zeigt Artikel", "es-ES": "Muestra artículos", "es-419": "Muestra artículos"
            },
            "options": [
                { "name": "topic", "description": "A topic", "description_localizations": { "de": "Ein Thema" } },
                { "name": "sort", "description": "", "choices": [{
                    "name": "hottest first", "value": "heat", "name_localizations": { "de": "heißeste zuerst" }
                }] },
            ],
        });
        assert_eq!(command, expected);
    }
}
